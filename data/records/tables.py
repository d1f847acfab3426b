"""The tables of the store. A change here comes with a migration: a test compares the two.

Times are texts in UTC, ISO 8601: they sort, and mean the same in SQLite and PostgreSQL. JSON that is hashed is kept as
the very text that was hashed.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _key(name: str, of: str) -> Column[str]:
    return Column(name, Text, ForeignKey(of, ondelete="CASCADE"), nullable=False, index=True)


records = Table(
    "records",
    METADATA,
    Column("record_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Json, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("published_content", Json),
    Column("organisation_code", Text, index=True),
    Column("origin", Text, nullable=False),
    Column("external_id", Text),
    Column("reason", Text),
    Column("merged_into", Text),
    Column("created_by", Text, nullable=False, index=True),
    Column("created_at", Text, nullable=False),
    Column("updated_by", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    UniqueConstraint("origin", "external_id"),
    Index(None, "kind", "status", "updated_at"),
)
record_places = Table(
    "record_places",
    METADATA,
    Column("place_id", Integer, primary_key=True, autoincrement=True),
    _key("record_id", "records.record_id"),
    Column("territory_code", Text, nullable=False, index=True),
    Column("place_name", Text),
    Column("lon", Float),
    Column("lat", Float),
)
audit = Table(
    "audit",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("version", Integer),
    Column("before", Text),
    Column("after", Text),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
counters = Table(
    "counters",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    Column("mark", Text),
)
accounts = Table(
    "accounts",
    METADATA,
    Column("account_id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("password_hash", Text),
    Column("role", Text, nullable=False),
    Column("territory_codes", Json, nullable=False),
    Column("organisation_codes", Json, nullable=False),
    Column("language", Text),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
)
sessions = Table(
    "sessions",
    METADATA,
    Column("token_hash", Text, primary_key=True),
    _key("account_id", "accounts.account_id"),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
)
login_attempts = Table(
    "login_attempts",
    METADATA,
    Column("attempt_id", Integer, primary_key=True, autoincrement=True),
    Column("login", Text, nullable=False, index=True),
    Column("address", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("succeeded", Boolean, nullable=False),
)
attachments = Table(
    "attachments",
    METADATA,
    Column("attachment_id", Text, primary_key=True),
    Column("record_id", Text, ForeignKey("records.record_id", ondelete="CASCADE"), index=True),
    Column("media_type", Text, nullable=False),
    Column("caption", Text),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)
consents = Table(
    "consents",
    METADATA,
    Column("consent_id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("proof", Text, nullable=False),
    Column("given_at", Text, nullable=False),
    Column("withdrawn_at", Text),
    Column("recorded_by", Text, nullable=False),
)
contacts = Table(
    "contacts",
    METADATA,
    Column("contact_id", Text, primary_key=True),
    _key("consent_id", "consents.consent_id"),
    Column("organisation_code", Text, nullable=False, index=True),
    Column("name", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("created_at", Text, nullable=False),
)
notices = Table(
    "notices",
    METADATA,
    Column("notice_id", Integer, primary_key=True, autoincrement=True),
    _key("account_id", "accounts.account_id"),
    Column("event", Text, nullable=False),
    Column("record_id", Text),
    Column("detail", Json, nullable=False),
    Column("at", Text, nullable=False),
    Column("read_at", Text),
)
import_runs = Table(
    "import_runs",
    METADATA,
    Column("run_id", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("counts", Json, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)
quarantine = Table(
    "quarantine",
    METADATA,
    Column("quarantine_id", Integer, primary_key=True, autoincrement=True),
    _key("run_id", "import_runs.run_id"),
    Column("row_number", Integer, nullable=False),
    Column("raw", Json, nullable=False),
    Column("problems", Json, nullable=False),
    Column("state", Text, nullable=False),
)
