"""The schema of the store: forward from any released one, a copy kept before, a newer one refused."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from data.records.errors import SchemaError

FOLDER = Path(__file__).parent / "migrations"


def present() -> str:
    """Return the revision this atlas works with."""
    head = _scripts().get_current_head()
    assert head is not None, "data/records/migrations holds no revision"  # noqa: S101 - true of every release
    return head


def revision(connection: Connection) -> str | None:
    """Return the revision of a database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, writing: Callable[[], AbstractContextManager[Connection]]) -> None:
    """Bring a database to the present schema, in one transaction; a SQLite file is copied beside itself first.

    Parameters
    ----------
    writing
        Gives the one connection that may write: of several that open a new store, the first makes it, the others wait.

    Raises
    ------
    SchemaError
        It was made by a newer atlas: nothing is touched.
    """
    with engine.connect() as connection, connection.begin():
        found = revision(connection)
    if found == present():
        return
    if found is not None and found not in {script.revision for script in _scripts().walk_revisions()}:
        message = (
            f"this database has schema {found}, newer than {present()}: run the atlas that made it, or a later one"
        )
        raise SchemaError(message, reason="newer_schema")
    if engine.dialect.name == "sqlite":
        _make_ready(engine, found)
    with writing() as writer:
        config = _config()
        config.attributes["connection"] = writer
        command.upgrade(config, "head")


def _make_ready(engine: Engine, found: str | None) -> None:
    """Set what a file keeps for good, and copy one that holds something."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a connection just opened has its driver's own
        driver.execute("PRAGMA journal_mode = WAL")  # not within a transaction
        copy = f"{engine.url.database}.before-{present()}"
        if found is not None and not Path(copy).exists():
            driver.execute("VACUUM INTO ?", (copy,))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
