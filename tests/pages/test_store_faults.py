"""The store is gone, damaged or of another age: every page stays, says so in its language, and recovers by itself."""

import shutil

import pytest
import streamlit as st

from data.records.database import Database
from data.records.repository import Repository
from data.texts import languages, load_texts
from pages import PAGES
from pages.ui import living
from pages.ui.knowledge import knowledge
from tests.pages.visit import visit

BY_KEY = {page.key: page for page in PAGES}
TITLE = "Puits communautaire de Tabia"
CONTENT = {
    "title": {"fr": TITLE},
    "status": "closed",
    "sectors": [{"sector_code": "drinking_water"}],
    "places": [{"territory_code": "095410723"}],
}


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Give the file of a store in which one project was validated."""
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    monkeypatch.setattr(living, "ASK_AGAIN_S", 0.0)
    living.repository().add("project", CONTENT, actor="amina", status="validated")
    return tmp_path / "atlas.sqlite"


def is_shown() -> bool:
    return any(TITLE in str(name) for name in knowledge().tables["projects"]["title_fr"])


@pytest.mark.parametrize(("fault", "reason"), [("gone", "unreachable"), ("corrupt", "corrupt"), ("empty", "corrupt")])
def test_the_maps_stay_as_they_were_and_it_is_said_until_the_store_is_back(store, fault, reason):
    assert is_shown()
    kept = store.with_name("kept")
    shutil.copyfile(store, kept)
    store.unlink() if fault == "gone" else store.write_bytes({"corrupt": b"rust" * 3000, "empty": b""}[fault])
    opened = visit(BY_KEY["projects"])
    assert opened.failures == []
    assert load_texts("fr")(f"store.stands.{reason}") in opened.said
    assert "map" in opened.components
    assert is_shown()
    assert fault != "gone" or not store.exists()
    kept.replace(store)
    again = visit(BY_KEY["projects"])
    assert load_texts("fr")(f"store.stands.{reason}") not in again.said
    assert living.repository().add("project", CONTENT, actor="amina").version == 1


@pytest.mark.parametrize(
    ("fault", "language"), [*(("corrupt", language) for language in languages()), ("newer_schema", "fr")]
)
def test_an_atlas_that_starts_with_a_store_it_cannot_open_shows_every_page(store, fault, language):
    if fault == "corrupt":
        store.write_bytes(b"rust" * 3000)
    else:
        with Database.open(f"sqlite:///{store}").writing() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    st.cache_resource.clear()
    living._last_known.clear()
    said = load_texts(language)(f"store.stands.{fault}")
    for page in PAGES:
        opened = visit(page, language)
        assert opened.failures == [], page.key
        assert said in opened.said, page.key
        assert opened.heading().strip(), page.key
        assert str(store) not in opened.said, page.key
        assert "Traceback" not in opened.said, page.key


def test_a_store_on_a_server_that_is_away_is_asked_once_for_a_page(monkeypatch):
    monkeypatch.setenv("ATLAS_DATABASE_URL", "postgresql://atlas@127.0.0.1:9/atlas")
    asked = []
    monkeypatch.setattr(living.LOG, "warning", lambda *said: asked.append(said))
    monkeypatch.setattr(living, "ASK_AGAIN_S", 3600.0)
    opened = visit(BY_KEY["sources"])
    assert opened.failures == []
    assert load_texts("fr")("store.stands.unreachable") in opened.said
    assert len(asked) == 1
    living._failed.clear()


def test_where_nobody_entered_anything_nothing_is_said_and_no_store_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    opened = visit(BY_KEY["overview"])
    assert opened.failures == []
    assert living.failure() == ""
    assert list(tmp_path.iterdir()) == []


def test_a_store_put_back_shows_its_own_projects_again(store):
    repository = Repository(Database.open(f"sqlite:///{store}"))
    assert is_shown()
    (record,) = repository.published("project")
    repository.update(record.record_id, version=1, actor="amina", status="withdrawn", reason="essai")
    assert not is_shown()
