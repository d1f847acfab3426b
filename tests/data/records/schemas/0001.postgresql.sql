SELECT pg_catalog.set_config('search_path', '', false);
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE FUNCTION public.refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$;
CREATE TABLE public.accounts (
    account_id text NOT NULL,
    login text NOT NULL,
    password_hash text,
    role text NOT NULL,
    territory_codes jsonb NOT NULL,
    organisation_codes jsonb NOT NULL,
    language text,
    disabled boolean NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.attachments (
    attachment_id text NOT NULL,
    record_id text,
    media_type text NOT NULL,
    caption text,
    width integer NOT NULL,
    height integer NOT NULL,
    sha256 text NOT NULL,
    body bytea NOT NULL,
    created_by text NOT NULL,
    created_at text NOT NULL
);
CREATE TABLE public.audit (
    sequence integer NOT NULL,
    at text NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    subject text NOT NULL,
    version integer,
    before text,
    after text,
    previous_hash text NOT NULL,
    hash text NOT NULL
);
CREATE TABLE public.consents (
    consent_id text NOT NULL,
    person text NOT NULL,
    purpose text NOT NULL,
    language text NOT NULL,
    text_version text NOT NULL,
    proof text NOT NULL,
    given_at text NOT NULL,
    withdrawn_at text,
    recorded_by text NOT NULL
);
CREATE TABLE public.contacts (
    contact_id text NOT NULL,
    consent_id text NOT NULL,
    organisation_code text NOT NULL,
    name text,
    phone text,
    email text,
    created_at text NOT NULL
);
CREATE TABLE public.counters (
    name text NOT NULL,
    value integer NOT NULL,
    mark text
);
CREATE TABLE public.import_runs (
    run_id text NOT NULL,
    file_name text NOT NULL,
    file_hash text NOT NULL,
    origin text NOT NULL,
    state text NOT NULL,
    counts jsonb NOT NULL,
    created_by text NOT NULL,
    created_at text NOT NULL
);
CREATE TABLE public.login_attempts (
    attempt_id integer NOT NULL,
    login text NOT NULL,
    address text NOT NULL,
    at text NOT NULL,
    succeeded boolean NOT NULL
);
CREATE SEQUENCE public.login_attempts_attempt_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.login_attempts_attempt_id_seq OWNED BY public.login_attempts.attempt_id;
CREATE TABLE public.notices (
    notice_id integer NOT NULL,
    account_id text NOT NULL,
    event text NOT NULL,
    record_id text,
    detail jsonb NOT NULL,
    at text NOT NULL,
    read_at text
);
CREATE SEQUENCE public.notices_notice_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.notices_notice_id_seq OWNED BY public.notices.notice_id;
CREATE TABLE public.quarantine (
    quarantine_id integer NOT NULL,
    run_id text NOT NULL,
    row_number integer NOT NULL,
    raw jsonb NOT NULL,
    problems jsonb NOT NULL,
    state text NOT NULL
);
CREATE SEQUENCE public.quarantine_quarantine_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.quarantine_quarantine_id_seq OWNED BY public.quarantine.quarantine_id;
CREATE TABLE public.record_places (
    place_id integer NOT NULL,
    record_id text NOT NULL,
    territory_code text NOT NULL,
    place_name text,
    lon double precision,
    lat double precision,
    geometry public.geometry(Point,4326) GENERATED ALWAYS AS (public.st_setsrid(public.st_makepoint(lon, lat), 4326)) STORED
);
CREATE SEQUENCE public.record_places_place_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.record_places_place_id_seq OWNED BY public.record_places.place_id;
CREATE TABLE public.records (
    record_id text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL,
    content_hash text NOT NULL,
    published_content jsonb,
    organisation_code text,
    origin text NOT NULL,
    external_id text,
    reason text,
    merged_into text,
    created_by text NOT NULL,
    created_at text NOT NULL,
    updated_by text NOT NULL,
    updated_at text NOT NULL
);
CREATE TABLE public.sessions (
    token_hash text NOT NULL,
    account_id text NOT NULL,
    created_at text NOT NULL,
    seen_at text NOT NULL,
    ends_at text NOT NULL
);
ALTER TABLE ONLY public.login_attempts ALTER COLUMN attempt_id SET DEFAULT nextval('public.login_attempts_attempt_id_seq'::regclass);
ALTER TABLE ONLY public.notices ALTER COLUMN notice_id SET DEFAULT nextval('public.notices_notice_id_seq'::regclass);
ALTER TABLE ONLY public.quarantine ALTER COLUMN quarantine_id SET DEFAULT nextval('public.quarantine_quarantine_id_seq'::regclass);
ALTER TABLE ONLY public.record_places ALTER COLUMN place_id SET DEFAULT nextval('public.record_places_place_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.audit VALUES (1, '2026-01-01T00:00:01.000000+00:00', 'amina', 'add', 'project-1', 1, NULL, '{"content":{"amount":"120000.00","currency":"MAD","places":[{"lat":30.1,"lon":-8.5,"share_pct":100,"territory_code":"095410723"}],"title":{"ar":"بئر","fr":"Puits"}},"published":null,"status":"draft"}', '0000000000000000000000000000000000000000000000000000000000000000', '26ace7d2f437ee103b932a1b760247c4787aae08d9c2a1009f4c36ebdb6fd28b');
INSERT INTO public.audit VALUES (2, '2026-01-01T00:00:03.000000+00:00', 'brahim', 'validate', 'project-1', 2, '{"content":{"amount":"120000.00","currency":"MAD","places":[{"lat":30.1,"lon":-8.5,"share_pct":100,"territory_code":"095410723"}],"title":{"ar":"بئر","fr":"Puits"}},"published":null,"status":"draft"}', '{"content":{"amount":"120000.00","currency":"MAD","places":[{"lat":30.1,"lon":-8.5,"share_pct":100,"territory_code":"095410723"}],"title":{"ar":"بئر","fr":"Puits"}},"published":"711e0365e9cf4559db9fa48295f918e670d52ac5dc73af880b93ca3d9aa0f33e","status":"validated"}', '26ace7d2f437ee103b932a1b760247c4787aae08d9c2a1009f4c36ebdb6fd28b', '18a00bc326deec1ae60722e159c204a3a86d2d952712071b474df3d4c17bb978');
INSERT INTO public.audit VALUES (3, '2026-01-01T00:00:05.000000+00:00', 'amina', 'add', 'need-2', 1, NULL, '{"content":{"territory_code":"095410723"},"published":null,"status":"draft"}', '18a00bc326deec1ae60722e159c204a3a86d2d952712071b474df3d4c17bb978', '6ad1e7dfce8fc98adb1505b86f691b5d66ca4932a486a0a61a1f8ab954b13474');
INSERT INTO public.counters VALUES ('published', 1, NULL);
INSERT INTO public.counters VALUES ('audit', 3, '6ad1e7dfce8fc98adb1505b86f691b5d66ca4932a486a0a61a1f8ab954b13474');
INSERT INTO public.record_places VALUES (2, 'project-1', '095410723', NULL, -8.5, 30.1, DEFAULT);
INSERT INTO public.record_places VALUES (3, 'need-2', '095410723', NULL, NULL, NULL, DEFAULT);
INSERT INTO public.records VALUES ('project-1', 'project', 'validated', 2, '{"title": {"ar": "بئر", "fr": "Puits"}, "amount": "120000.00", "places": [{"lat": 30.1, "lon": -8.5, "share_pct": 100, "territory_code": "095410723"}], "currency": "MAD"}', '711e0365e9cf4559db9fa48295f918e670d52ac5dc73af880b93ca3d9aa0f33e', '{"title": {"ar": "بئر", "fr": "Puits"}, "amount": "120000.00", "places": [{"lat": 30.1, "lon": -8.5, "share_pct": 100, "territory_code": "095410723"}], "currency": "MAD"}', 'body-1', 'form', NULL, NULL, NULL, 'amina', '2026-01-01T00:00:00.000000+00:00', 'brahim', '2026-01-01T00:00:02.000000+00:00');
INSERT INTO public.records VALUES ('need-2', 'need', 'draft', 1, '{"territory_code": "095410723"}', '65fcb5a1433bd061a376cd7fa49e9529a8b36a7d0dac4103f6ddf36a1c9dbe7a', NULL, NULL, 'file', 'n1', NULL, NULL, 'amina', '2026-01-01T00:00:04.000000+00:00', 'amina', '2026-01-01T00:00:04.000000+00:00');
SELECT pg_catalog.setval('public.login_attempts_attempt_id_seq', 1, false);
SELECT pg_catalog.setval('public.notices_notice_id_seq', 1, false);
SELECT pg_catalog.setval('public.quarantine_quarantine_id_seq', 1, false);
SELECT pg_catalog.setval('public.record_places_place_id_seq', 3, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (account_id);
ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT pk_attachments PRIMARY KEY (attachment_id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (sequence);
ALTER TABLE ONLY public.consents
    ADD CONSTRAINT pk_consents PRIMARY KEY (consent_id);
ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT pk_contacts PRIMARY KEY (contact_id);
ALTER TABLE ONLY public.counters
    ADD CONSTRAINT pk_counters PRIMARY KEY (name);
ALTER TABLE ONLY public.import_runs
    ADD CONSTRAINT pk_import_runs PRIMARY KEY (run_id);
ALTER TABLE ONLY public.login_attempts
    ADD CONSTRAINT pk_login_attempts PRIMARY KEY (attempt_id);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT pk_notices PRIMARY KEY (notice_id);
ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT pk_quarantine PRIMARY KEY (quarantine_id);
ALTER TABLE ONLY public.record_places
    ADD CONSTRAINT pk_record_places PRIMARY KEY (place_id);
ALTER TABLE ONLY public.records
    ADD CONSTRAINT pk_records PRIMARY KEY (record_id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT uq_accounts_login UNIQUE (login);
ALTER TABLE ONLY public.records
    ADD CONSTRAINT uq_records_origin_external_id UNIQUE (origin, external_id);
CREATE INDEX ix_attachments_record_id ON public.attachments USING btree (record_id);
CREATE INDEX ix_audit_subject ON public.audit USING btree (subject);
CREATE INDEX ix_contacts_consent_id ON public.contacts USING btree (consent_id);
CREATE INDEX ix_contacts_organisation_code ON public.contacts USING btree (organisation_code);
CREATE INDEX ix_login_attempts_address ON public.login_attempts USING btree (address);
CREATE INDEX ix_login_attempts_login ON public.login_attempts USING btree (login);
CREATE INDEX ix_notices_account_id ON public.notices USING btree (account_id);
CREATE INDEX ix_quarantine_run_id ON public.quarantine USING btree (run_id);
CREATE INDEX ix_record_places_geometry ON public.record_places USING gist (geometry);
CREATE INDEX ix_record_places_record_id ON public.record_places USING btree (record_id);
CREATE INDEX ix_record_places_territory_code ON public.record_places USING btree (territory_code);
CREATE INDEX ix_records_created_by ON public.records USING btree (created_by);
CREATE INDEX ix_records_kind_status_updated_at ON public.records USING btree (kind, status, updated_at);
CREATE INDEX ix_records_organisation_code ON public.records USING btree (organisation_code);
CREATE INDEX ix_sessions_account_id ON public.sessions USING btree (account_id);
CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_audit_change();
ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT fk_attachments_record_id FOREIGN KEY (record_id) REFERENCES public.records(record_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT fk_contacts_consent_id FOREIGN KEY (consent_id) REFERENCES public.consents(consent_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT fk_notices_account_id FOREIGN KEY (account_id) REFERENCES public.accounts(account_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT fk_quarantine_run_id FOREIGN KEY (run_id) REFERENCES public.import_runs(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.record_places
    ADD CONSTRAINT fk_record_places_record_id FOREIGN KEY (record_id) REFERENCES public.records(record_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_account_id FOREIGN KEY (account_id) REFERENCES public.accounts(account_id) ON DELETE CASCADE;
