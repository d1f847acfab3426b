"""A store of any released schema comes to the present one with all it holds; a migration that fails changes nothing."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from data.records import audit, schema
from data.records.backup import check
from data.records.database import Database
from data.records.errors import SchemaError
from data.records.repository import Repository

KEPT = Path(__file__).parent / "schemas"
EARLIER = sorted(file.name.partition(".")[0] for file in KEPT.glob("*.sqlite.sql"))
NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "later", "{before}", None, None


def upgrade():
    op.add_column("records", sa.Column("colour", sa.Text()))
    op.execute("{then}")
"""


def load(kept: str, url: str) -> None:
    """Make the store that was kept as text."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.executescript(kept)
        return
    server = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with server.begin() as connection:
        connection.connection.driver_connection.execute(kept)
    server.dispose()


@pytest.fixture
def a_later_atlas(tmp_path, monkeypatch):
    """Give this atlas one migration more; its last statement is the test's."""

    def become(then: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(schema.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "later.py").write_text(NEXT.format(before=schema.present(), then=then), "utf-8")
        monkeypatch.setattr(schema, "FOLDER", folder)

    return become


def test_a_store_of_every_schema_before_the_present_one_was_kept():
    known = sorted(script.revision for script in schema._scripts().walk_revisions())
    assert EARLIER
    assert set(known) - set(EARLIER) <= {schema.present()}


@pytest.mark.parametrize("revision", EARLIER)
def test_a_store_of_an_earlier_schema_comes_forward_with_all_it_holds(revision, database_url):
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    load((KEPT / f"{revision}.{kind}.sql").read_text("utf-8"), database_url)
    repository = Repository(Database.open(database_url))
    health = check(repository.database)
    assert health.is_sound
    assert (health.rows["records"], health.rows["record_places"], health.rows["audit"]) == (2, 2, 3)
    (project,) = repository.published("project")
    assert (project.content["title"], project.content["amount"]) == ({"fr": "Puits", "ar": "بئر"}, "120000.00")
    assert list(repository.by_external("file", ["n1"])) == ["n1"]
    former = repository.content_at(project.record_id, 1)
    assert repository.update(project.record_id, version=2, actor="amina", content=former).version == 3
    repository.database.close()


def test_a_migration_keeps_what_was_there_and_a_copy_from_before(repository, database_url, a_later_atlas):
    record = repository.add("project", {"n": 1}, actor="amina")
    repository.database.close()
    before = schema.present()
    a_later_atlas("UPDATE records SET colour = 'blue'")
    later = Repository(Database.open(database_url))
    assert later.get(record.record_id) == record
    assert audit.verify(later.database) == []
    with later.database.reading() as connection:
        assert schema.revision(connection) == "later"
        assert connection.execute(text("SELECT colour FROM records")).scalar() == "blue"
    if later.database.file:
        copy = sqlite3.connect(f"{later.database.file}.before-later")
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(before,)]
        assert copy.execute("SELECT count(*) FROM records").fetchall() == [(1,)]
        copy.close()
    later.database.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(repository, database_url, a_later_atlas, monkeypatch):
    record = repository.add("project", {"n": 1}, actor="amina")
    repository.database.close()
    a_later_atlas("UPDATE records SET no_such_column = 1")
    with pytest.raises(SchemaError) as refused:
        Database.open(database_url)
    assert refused.value.reason == "migration"
    monkeypatch.undo()
    as_before = Repository(Database.open(database_url))
    assert as_before.get(record.record_id) == record
    with as_before.database.reading() as connection:
        columns = connection.execute(text("SELECT * FROM records")).keys()
    assert "colour" not in columns
    as_before.database.close()


def test_several_that_open_a_new_store_at_once_make_one(database_url):
    with ThreadPoolExecutor(4) as openers:
        opened = list(openers.map(lambda _: Database.open(database_url), range(4)))
    assert check(opened[0]).is_sound
    for database in opened:
        database.close()
