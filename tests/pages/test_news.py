"""From a validator's decision to the author: counted in the bar, told on the account page, gone when read."""

from data.records.rights import VISITOR, Person
from data.records.service import Service
from pages import PAGES
from pages.ui import living
from pages.ui.knowledge import knowledge
from tests.pages.visit import Visit, visit

BY_KEY = {page.key: page for page in PAGES}
CONTENT = {
    "title": {"fr": "Puits <b>de Tabia"},
    "status": "closed",
    "sectors": [{"sector_code": "drinking_water"}],
    "places": [{"territory_code": "095410723"}],
}
PASSWORD = "un mot de passe long"  # noqa: S105 - of nobody


def bar(opened: Visit):
    return next(data for key, data in opened.components.items() if key.endswith("frame"))["news"]


def test_an_author_meets_the_decision_in_the_bar_and_on_the_account_page_until_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    admin = living.accounts().create_first("admin", PASSWORD)
    author = living.accounts().create(admin, Person(login="amina", role="contributor"), PASSWORD)
    codes = knowledge().record_codes
    entry = Service(living.repository(), author, codes).create("project", CONTENT, submit=True)
    monkeypatch.setattr(living, "person", lambda: author)
    assert bar(visit(BY_KEY["account"])) is None
    Service(living.repository(), admin, codes).send_back(entry.record_id, version=1, reason="Quelle <i>source ?")
    opened = visit(BY_KEY["account"], lang="en")
    assert opened.failures == []
    assert (bar(opened)["title"], bar(opened)["url"]) == ("1", "account?lang=en")
    assert "sent back to be mended" in opened.html
    assert "Quelle &lt;i&gt;source ?" in opened.html
    assert f"contribute?record={entry.record_id}" in opened.html
    assert 'href="contribute?lang=en"' in opened.html
    assert 'href="review?lang=en"' not in opened.html  # a contributor decides nothing
    (button,) = (one for one in opened.app.get("button") if one.key == "news-read")
    read = Visit(button.click().run())
    assert read.failures == []
    assert bar(read) is None
    assert [one for one in read.app.get("button") if one.key == "news-read"] == []
    monkeypatch.setattr(living, "person", lambda: VISITOR)
    assert "Quelle" not in visit(BY_KEY["account"]).said
