"""The database opens at the present schema, refuses a newer one, and says why it does not answer."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from data.records import audit, schema
from data.records.database import Database
from data.records.errors import SchemaError, StoreUnavailable
from data.records.repository import Repository
from data.records.tables import METADATA, records


# SQLAlchemy does not know the type that PostGIS gives the places.
@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_migrations_make_the_tables_as_they_are_declared(database):
    with database.reading() as connection:
        # What PostGIS brings along is not ours to declare.
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _object, name, kind, *_: kind != "table" or name != "spatial_ref_sys"},
        )
        found = [difference for difference in compare_metadata(context, METADATA) if "geometry" not in str(difference)]
        assert schema.revision(connection) == schema.present()
    assert found == []


def test_a_database_of_a_newer_atlas_is_left_alone(database, database_url):
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="9999") as refused:
        Database.open(database_url)
    assert refused.value.reason == "newer_schema"


@pytest.fixture
def sqlite_file(tmp_path):
    file = tmp_path / "atlas.sqlite"
    database = Database.open(f"sqlite:///{file}")
    Repository(database).add("project", {"n": 1}, actor="amina")
    database.close()
    return file


def test_a_full_disk_is_said_and_what_was_kept_stays(sqlite_file):
    database = Database.open(f"sqlite:///{sqlite_file}")
    repository = Repository(database)
    with pytest.raises(StoreUnavailable) as refused, database.writing() as connection:  # noqa: PT012 - the disk fills in between
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.execute(text("INSERT INTO counters VALUES ('x', 1, :long)"), {"long": "x" * 1_000_000})
    assert refused.value.reason == "disk_full"
    assert len(repository.find()) == 1
    assert audit.verify(database) == []


def test_a_damaged_file_is_said(sqlite_file):
    sqlite_file.write_bytes(b"not a database at all, whatever its name" * 200)
    with pytest.raises(StoreUnavailable) as refused:
        Database.open(f"sqlite:///{sqlite_file}")
    assert refused.value.reason == "corrupt"


def test_a_file_others_hold_is_said_to_be_locked(sqlite_file, monkeypatch):
    monkeypatch.setattr("data.records.database.WAIT_MS", 50)
    database = Database.open(f"sqlite:///{sqlite_file}")
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable) as refused:
        Repository(database).add("project", {"n": 2}, actor="amina")
    other.close()
    assert refused.value.reason == "locked"
    Repository(database).add("project", {"n": 2}, actor="amina")


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be", "utf-8")
    with pytest.raises(StoreUnavailable) as refused:
        Database.open(f"sqlite:///{tmp_path / 'taken' / 'atlas.sqlite'}")
    assert refused.value.reason == "read_only"


def test_a_server_that_is_not_there_is_said():
    with pytest.raises(StoreUnavailable) as refused:
        Database.open("postgresql://atlas@127.0.0.1:9/atlas")
    assert refused.value.reason == "unreachable"


def test_who_reads_sees_one_state_whatever_is_written_meanwhile(database, repository):
    first = repository.add("project", {"n": 1}, actor="amina")
    asked = select(records.c.version).where(records.c.record_id == first.record_id)
    with database.reading() as connection:
        assert connection.execute(asked).scalar_one() == 1
        repository.update(first.record_id, version=1, actor="amina", content={"n": 2})
        repository.add("project", {"n": 3}, actor="amina")
        assert connection.execute(asked).scalar_one() == 1
        assert connection.execute(select(func.count()).select_from(records)).scalar_one() == 1
    assert len(repository.find()) == 2
