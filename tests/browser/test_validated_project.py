"""From a form to the public map: entered with a place, sent, validated by another person, seen by everybody."""

import pytest

from data.commands.import_ import KEEPER
from data.records.rights import Person
from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages.ui import living
from pages.ui.knowledge import knowledge
from pages.ui.projects import project_finding
from pages.ui.records import record_words

FR = load_texts("fr")
COMMUNE = "095410723"
TITLE = "Puits communautaire du parcours"
AMOUNT_TYPED, AMOUNT_MAD = "120 000,50", 120_000.5
PASSWORD = "un mot de passe assez long"  # noqa: S105 - of a store made for this test


@pytest.fixture
def people():
    """Make an author and a validator; what they publish is withdrawn at the end, for the counts of other tests."""
    known = living.accounts()
    author = known.create(KEEPER, Person(login="amina.parcours", role="contributor"), PASSWORD)
    validator = known.create(
        KEEPER, Person(login="brahim.parcours", role="validator", territory_codes=("09",)), PASSWORD
    )
    yield author, validator
    repository = living.repository()
    for record in repository.find(created_by=author.account_id):
        repository.update(record.record_id, version=record.version, actor=KEEPER.account_id, status="withdrawn")


def sign_in(seen, person):
    seen.open("/account")
    seen.page.locator("input[name=login]").fill(person.login)
    seen.page.locator("input[name=password]").fill(PASSWORD)
    seen.page.locator("form[action$='sign-in'] button[type=submit]").click()
    seen.until("(login) => document.querySelector('.account')?.innerText.includes(login)", person.login)
    return seen.settle()


def choose(seen, label, word):
    """Type into a list that is searched, and take the answer of that name."""
    field = seen.page.get_by_role("combobox", name=label).first
    field.click()
    field.fill(word)
    seen.page.get_by_role("option", name=word).first.click()
    seen.page.keyboard.press("Tab")
    seen.settle()


def write(seen, label, text):
    seen.page.get_by_role("textbox", name=label).first.fill(text)
    seen.page.keyboard.press("Tab")
    seen.settle()


def shown(seen):
    """Return the key figures under the map: projects, money counted."""
    values = dict(
        zip(*(seen.page.locator(f".figures {part}").all_inner_texts() for part in ("dt", "dd .value")), strict=True)
    )
    return values[FR("figure.projects")], values[FR("figure.money")]


def said_of(selection):
    figures = {one["label"]: one["value"] for one in project_finding.figures(knowledge(), selection, FR)["figures"]}
    return figures[FR("figure.projects")], figures[FR("figure.money")]


def press(seen, label):
    seen.page.get_by_role("button", name=label, exact=True).click()


def test_a_project_entered_by_one_and_validated_by_another_is_on_the_map_and_in_its_total(visitor, people):
    author, validator = people
    know = knowledge()
    before = select(know.register, State(territory=COMMUNE))
    public = visitor().open("/projects", territory=COMMUNE)
    assert shown(public) == said_of(before)
    drawn = public.canvases()[-1]["sum"]

    writing = sign_in(visitor(), author).open("/contribute")
    write(writing, FR("field.title"), TITLE)
    choose(writing, FR("field.status"), FR("choice.status.closed"))
    choose(writing, FR("field.sectors"), FR("sector.drinking_water"))
    choose(writing, FR("field.territory_code"), record_words.place(know, COMMUNE, FR))
    write(writing, FR("field.amount"), AMOUNT_TYPED)
    choose(writing, FR("field.currency"), "MAD")
    press(writing, FR("contribute.submit"))
    writing.until("(said) => document.body.innerText.includes(said)", FR("contribute.done.submitted"))
    assert shown(public.open("/projects", territory=COMMUNE)) == said_of(before)

    deciding = sign_in(visitor(), validator).open("/review")
    deciding.page.get_by_role("link", name=TITLE).click()
    deciding.until(
        "(label) => [...document.querySelectorAll('button')].some((one) => one.innerText === label)",
        FR("review.validate"),
    )
    assert TITLE in deciding.settle().page.locator("body").inner_text()
    press(deciding, FR("review.validate"))
    deciding.until("(said) => document.body.innerText.includes(said)", FR("review.done.validated"))

    public.open("/projects", territory=COMMUNE)
    after = select(knowledge().register, State(territory=COMMUNE))
    assert len(after) == len(before) + 1
    assert after.totals.counted_mad == pytest.approx(before.totals.counted_mad + AMOUNT_MAD, abs=0.001)
    assert shown(public) == said_of(after) != said_of(before)
    assert TITLE in public.rows()
    assert public.canvases()[-1]["sum"] != drawn
