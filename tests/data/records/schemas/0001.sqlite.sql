BEGIN TRANSACTION;
CREATE TABLE accounts (
	account_id TEXT NOT NULL, 
	login TEXT NOT NULL, 
	password_hash TEXT, 
	role TEXT NOT NULL, 
	territory_codes JSON NOT NULL, 
	organisation_codes JSON NOT NULL, 
	language TEXT, 
	disabled BOOLEAN NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (account_id), 
	CONSTRAINT uq_accounts_login UNIQUE (login)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attachments (
	attachment_id TEXT NOT NULL, 
	record_id TEXT, 
	media_type TEXT NOT NULL, 
	caption TEXT, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	body BLOB NOT NULL, 
	created_by TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_attachments PRIMARY KEY (attachment_id), 
	CONSTRAINT fk_attachments_record_id FOREIGN KEY(record_id) REFERENCES records (record_id) ON DELETE CASCADE
);
CREATE TABLE audit (
	sequence INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	act TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	version INTEGER, 
	"before" TEXT, 
	"after" TEXT, 
	previous_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (sequence)
);
INSERT INTO "audit" VALUES(1,'2026-01-01T00:00:01.000000+00:00','amina','add','project-1',1,NULL,'{"content":{"amount":"120000.00","currency":"MAD","places":[{"lat":30.1,"lon":-8.5,"share_pct":100,"territory_code":"095410723"}],"title":{"ar":"بئر","fr":"Puits"}},"published":null,"status":"draft"}','0000000000000000000000000000000000000000000000000000000000000000','26ace7d2f437ee103b932a1b760247c4787aae08d9c2a1009f4c36ebdb6fd28b');
INSERT INTO "audit" VALUES(2,'2026-01-01T00:00:03.000000+00:00','brahim','validate','project-1',2,'{"content":{"amount":"120000.00","currency":"MAD","places":[{"lat":30.1,"lon":-8.5,"share_pct":100,"territory_code":"095410723"}],"title":{"ar":"بئر","fr":"Puits"}},"published":null,"status":"draft"}','{"content":{"amount":"120000.00","currency":"MAD","places":[{"lat":30.1,"lon":-8.5,"share_pct":100,"territory_code":"095410723"}],"title":{"ar":"بئر","fr":"Puits"}},"published":"711e0365e9cf4559db9fa48295f918e670d52ac5dc73af880b93ca3d9aa0f33e","status":"validated"}','26ace7d2f437ee103b932a1b760247c4787aae08d9c2a1009f4c36ebdb6fd28b','18a00bc326deec1ae60722e159c204a3a86d2d952712071b474df3d4c17bb978');
INSERT INTO "audit" VALUES(3,'2026-01-01T00:00:05.000000+00:00','amina','add','need-2',1,NULL,'{"content":{"territory_code":"095410723"},"published":null,"status":"draft"}','18a00bc326deec1ae60722e159c204a3a86d2d952712071b474df3d4c17bb978','6ad1e7dfce8fc98adb1505b86f691b5d66ca4932a486a0a61a1f8ab954b13474');
CREATE TABLE consents (
	consent_id TEXT NOT NULL, 
	person TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	language TEXT NOT NULL, 
	text_version TEXT NOT NULL, 
	proof TEXT NOT NULL, 
	given_at TEXT NOT NULL, 
	withdrawn_at TEXT, 
	recorded_by TEXT NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (consent_id)
);
CREATE TABLE contacts (
	contact_id TEXT NOT NULL, 
	consent_id TEXT NOT NULL, 
	organisation_code TEXT NOT NULL, 
	name TEXT, 
	phone TEXT, 
	email TEXT, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_contacts PRIMARY KEY (contact_id), 
	CONSTRAINT fk_contacts_consent_id FOREIGN KEY(consent_id) REFERENCES consents (consent_id) ON DELETE CASCADE
);
CREATE TABLE counters (
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	mark TEXT, 
	CONSTRAINT pk_counters PRIMARY KEY (name)
);
INSERT INTO "counters" VALUES('audit',3,'6ad1e7dfce8fc98adb1505b86f691b5d66ca4932a486a0a61a1f8ab954b13474');
INSERT INTO "counters" VALUES('published',1,NULL);
CREATE TABLE import_runs (
	run_id TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	file_hash TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	state TEXT NOT NULL, 
	counts JSON NOT NULL, 
	created_by TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_import_runs PRIMARY KEY (run_id)
);
CREATE TABLE login_attempts (
	attempt_id INTEGER NOT NULL, 
	login TEXT NOT NULL, 
	address TEXT NOT NULL, 
	at TEXT NOT NULL, 
	succeeded BOOLEAN NOT NULL, 
	CONSTRAINT pk_login_attempts PRIMARY KEY (attempt_id)
);
CREATE TABLE notices (
	notice_id INTEGER NOT NULL, 
	account_id TEXT NOT NULL, 
	event TEXT NOT NULL, 
	record_id TEXT, 
	detail JSON NOT NULL, 
	at TEXT NOT NULL, 
	read_at TEXT, 
	CONSTRAINT pk_notices PRIMARY KEY (notice_id), 
	CONSTRAINT fk_notices_account_id FOREIGN KEY(account_id) REFERENCES accounts (account_id) ON DELETE CASCADE
);
CREATE TABLE quarantine (
	quarantine_id INTEGER NOT NULL, 
	run_id TEXT NOT NULL, 
	row_number INTEGER NOT NULL, 
	raw JSON NOT NULL, 
	problems JSON NOT NULL, 
	state TEXT NOT NULL, 
	CONSTRAINT pk_quarantine PRIMARY KEY (quarantine_id), 
	CONSTRAINT fk_quarantine_run_id FOREIGN KEY(run_id) REFERENCES import_runs (run_id) ON DELETE CASCADE
);
CREATE TABLE record_places (
	place_id INTEGER NOT NULL, 
	record_id TEXT NOT NULL, 
	territory_code TEXT NOT NULL, 
	place_name TEXT, 
	lon FLOAT, 
	lat FLOAT, 
	CONSTRAINT pk_record_places PRIMARY KEY (place_id), 
	CONSTRAINT fk_record_places_record_id FOREIGN KEY(record_id) REFERENCES records (record_id) ON DELETE CASCADE
);
INSERT INTO "record_places" VALUES(1,'project-1','095410723',NULL,-8.5,30.1);
INSERT INTO "record_places" VALUES(2,'need-2','095410723',NULL,NULL,NULL);
CREATE TABLE records (
	record_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	status TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	content_hash TEXT NOT NULL, 
	published_content JSON, 
	organisation_code TEXT, 
	origin TEXT NOT NULL, 
	external_id TEXT, 
	reason TEXT, 
	merged_into TEXT, 
	created_by TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_by TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_records PRIMARY KEY (record_id), 
	CONSTRAINT uq_records_origin_external_id UNIQUE (origin, external_id)
);
INSERT INTO "records" VALUES('project-1','project','validated',2,'{"title": {"fr": "Puits", "ar": "\u0628\u0626\u0631"}, "places": [{"territory_code": "095410723", "lon": -8.5, "lat": 30.1, "share_pct": 100}], "amount": "120000.00", "currency": "MAD"}','711e0365e9cf4559db9fa48295f918e670d52ac5dc73af880b93ca3d9aa0f33e','{"title": {"fr": "Puits", "ar": "\u0628\u0626\u0631"}, "places": [{"territory_code": "095410723", "lon": -8.5, "lat": 30.1, "share_pct": 100}], "amount": "120000.00", "currency": "MAD"}','body-1','form',NULL,NULL,NULL,'amina','2026-01-01T00:00:00.000000+00:00','brahim','2026-01-01T00:00:02.000000+00:00');
INSERT INTO "records" VALUES('need-2','need','draft',1,'{"territory_code": "095410723"}','65fcb5a1433bd061a376cd7fa49e9529a8b36a7d0dac4103f6ddf36a1c9dbe7a',NULL,NULL,'file','n1',NULL,NULL,'amina','2026-01-01T00:00:04.000000+00:00','amina','2026-01-01T00:00:04.000000+00:00');
CREATE TABLE sessions (
	token_hash TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	seen_at TEXT NOT NULL, 
	ends_at TEXT NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (account_id) ON DELETE CASCADE
);
CREATE INDEX ix_records_created_by ON records (created_by);
CREATE INDEX ix_records_kind_status_updated_at ON records (kind, status, updated_at);
CREATE INDEX ix_records_organisation_code ON records (organisation_code);
CREATE INDEX ix_record_places_record_id ON record_places (record_id);
CREATE INDEX ix_record_places_territory_code ON record_places (territory_code);
CREATE INDEX ix_attachments_record_id ON attachments (record_id);
CREATE INDEX ix_audit_subject ON audit (subject);
CREATE INDEX ix_sessions_account_id ON sessions (account_id);
CREATE INDEX ix_login_attempts_address ON login_attempts (address);
CREATE INDEX ix_login_attempts_login ON login_attempts (login);
CREATE INDEX ix_notices_account_id ON notices (account_id);
CREATE INDEX ix_contacts_consent_id ON contacts (consent_id);
CREATE INDEX ix_contacts_organisation_code ON contacts (organisation_code);
CREATE INDEX ix_quarantine_run_id ON quarantine (run_id);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
COMMIT;
