"""From a contributor's form to the map: drafted, sent, compared, validated, seen; and who may not."""

import pytest
from streamlit.testing.v1 import AppTest

from data.records.rights import VISITOR, Person
from data.records.service import Service
from pages import PAGES
from pages.ui import living
from pages.ui.knowledge import knowledge
from pages.ui.records import coupon_form
from pages.ui.records.record_places import added
from tests.pages.visit import Visit, visit

BY_KEY = {page.key: page for page in PAGES}
AUTHOR = Person("acc-amina", "contributor", login="amina")
VALIDATOR = Person("acc-brahim", "validator", territory_codes=("09",), login="brahim")
ELSEWHERE = Person("acc-elsewhere", "validator", territory_codes=("01",), login="loin")
STRANGER = Person("acc-stranger", "contributor", login="etranger")
TABIA = "095410723"
TITLE = "Puits communautaire de Tabia"
CONTENT = {
    "title": {"fr": TITLE},
    "status": "closed",
    "start_date": "2020",
    "sectors": [{"sector_code": "drinking_water"}],
    "places": [{"territory_code": TABIA}],
    "amount": "120000.00",
    "currency": "MAD",
}


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))


@pytest.fixture
def signed_in(monkeypatch):
    def sign_in(person: Person) -> None:
        monkeypatch.setattr(living, "person", lambda: person)

    return sign_in


def service(person: Person) -> Service:
    return Service(living.repository(), person, knowledge().record_codes)


def widget(app: AppTest, kind: str, key: str):
    return next(one for one in app.get(kind) if one.key and one.key.endswith(key))


def test_a_visitor_is_shown_the_way_to_an_account_and_no_form():
    for page in ("contribute", "review"):
        opened = visit(BY_KEY[page])
        assert opened.failures == []
        assert "account" in opened.html
        assert opened.app.get("text_input") == []


def test_a_contributor_writes_a_project_and_learns_what_is_missing(signed_in):
    signed_in(AUTHOR)
    opened = visit(BY_KEY["contribute"])
    assert opened.failures == []
    widget(opened.app, "text_input", "title.fr").set_value(TITLE)
    sent = Visit(widget(opened.app, "button", "hand-in").click().run())
    # Over the form with the way to the field, and under the field.
    over, _, under = sent.html.partition("Secteurs\u00a0: à remplir.")
    assert over.endswith('project-0-sectors">')
    assert 'project-0-sectors" tabindex="-1"><p>Secteurs\u00a0: à remplir.' in under
    assert service(AUTHOR).mine() == []
    widget(sent.app, "selectbox", ".status").set_value("closed")
    widget(sent.app, "multiselect", ".sectors").set_value(["drinking_water"])
    widget(sent.app, "selectbox", "places.0.territory_code").set_value(TABIA)
    widget(sent.app, "text_input", ".amount").set_value("120 000,5")
    assert "Secteurs\u00a0: à remplir." not in Visit(sent.app.run()).html
    sent = Visit(widget(sent.app, "button", "hand-in").click().run())
    assert sent.html.count("Monnaie\u00a0: à remplir.") == 2  # an amount of nobody knows what enters no sum
    widget(sent.app, "selectbox", ".currency").set_value("MAD")
    kept = Visit(widget(sent.app, "button", "hand-in").click().run())
    assert kept.failures == []
    (record,) = service(AUTHOR).mine()
    assert record.status == "submitted"
    assert record.content == {
        "title": {"fr": TITLE},
        "status": "closed",
        "sectors": [{"sector_code": "drinking_water"}],
        "places": [{"territory_code": TABIA}],
        "amount": "120000.50",
        "currency": "MAD",
    }
    assert kept.address["record"] == record.record_id


def test_a_position_outside_its_commune_is_said_to_who_writes_and_who_decides(signed_in):
    agadir = {"lon": -9.6, "lat": 30.42}
    for position, warned in ((agadir, 1), ({}, 0)):
        places = [{"territory_code": TABIA, **position}]
        record = service(AUTHOR).create("project", CONTENT | {"places": places}, submit=True)
        for person, page in ((AUTHOR, "contribute"), (VALIDATOR, "review")):
            signed_in(person)
            opened = visit(BY_KEY[page], record=record.record_id)
            told = [one.value for one in opened.app.warning]
            assert sum("à 174,5 km de Toubkal, la commune déclarée" in one for one in told) == warned


@pytest.mark.parametrize("away", [False, True])
def test_what_was_typed_outlives_the_session_and_a_store_that_is_away(signed_in, monkeypatch, away):
    signed_in(AUTHOR)
    opened = visit(BY_KEY["contribute"])
    widget(opened.app, "text_input", ".title.fr").set_value(TITLE)
    signed_in(VISITOR)
    if away:
        monkeypatch.setattr(living, "failure", lambda: "unreachable")
    ended = Visit(widget(opened.app, "button", "hand-in").click().run())
    assert ended.failures == []
    assert ("gardé une heure" in ended.said) == (not away)
    assert ended.app.get("text_input") == []
    monkeypatch.setattr(living, "failure", lambda: "")
    monkeypatch.setattr(living, "person", lambda: STRANGER)
    assert widget(visit(BY_KEY["contribute"]).app, "text_input", ".title.fr").value == ""
    monkeypatch.setattr(living, "person", lambda: AUTHOR)
    back = Visit(ended.app.run()) if away else visit(BY_KEY["contribute"])
    assert back.failures == []
    assert widget(back.app, "text_input", ".title.fr").value == TITLE
    assert ["de nouveau là" in one.value for one in back.app.get("success")] == [True]
    assert service(AUTHOR).mine() == []


def test_what_a_validator_validates_is_on_the_projects_page_in_its_sums_and_nowhere_before(signed_in):
    before = knowledge()
    record = service(AUTHOR).create("project", CONTENT, submit=True)
    assert TITLE not in visit(BY_KEY["projects"], territory=TABIA).said
    signed_in(VALIDATOR)
    opened = visit(BY_KEY["review"], record=record.record_id)
    assert opened.failures == []
    assert TITLE in opened.html
    assert "120\u202f000" in opened.html
    done = Visit(widget(opened.app, "button", "validate").click().run())
    assert done.failures == []
    after = knowledge()
    assert len(after.register) == len(before.register) + 1
    assert after.version != before.version
    signed_in(VISITOR)
    assert TITLE in visit(BY_KEY["projects"], territory=TABIA).said
    row = after.register.row_of[record.record_id]
    assert after.register.counted_mad[row] == 120_000


@pytest.mark.parametrize("person", [AUTHOR, ELSEWHERE, VISITOR])
def test_a_forced_address_gives_nobody_what_is_not_theirs_to_decide(signed_in, person):
    other = service(Person("acc-other", "contributor")).create("project", CONTENT, submit=True)
    signed_in(person)
    for page in ("review", "contribute"):
        opened = visit(BY_KEY[page], record=other.record_id)
        assert opened.failures == []
        assert TITLE not in opened.said
        assert [
            one for one in opened.app.get("button") if str(one.key).endswith(("validate", "send-back", "hand-in"))
        ] == []


def test_the_second_editor_sees_both_versions_and_loses_nothing(signed_in):
    record = service(AUTHOR).create("project", CONTENT)
    signed_in(AUTHOR)
    opened = visit(BY_KEY["contribute"], record=record.record_id)
    service(AUTHOR).edit(record.record_id, {**CONTENT, "title": {"fr": "Titre d'un autre"}}, version=1)
    # The form of version 1 is still open in the first window: its button is pressed.
    widget(opened.app, "text_input", "title.fr").set_value("Mon titre")
    late = Visit(widget(opened.app, "button", "keep-draft").click().run())
    assert late.failures == []
    assert "Quelqu’un d’autre a changé cette fiche entre-temps (version 2)" in late.said
    assert "<del>Titre d&#39;un autre</del>" in late.html
    assert "<ins>Mon titre</ins>" in late.html
    assert service(AUTHOR).see(record.record_id).content["title"] == {"fr": "Titre d'un autre"}
    again = Visit(widget(late.app, "button", "begin-again").click().run())
    assert widget(again.app, "text_input", "title.fr").value == "Titre d'un autre"
    widget(again.app, "text_input", "title.fr").set_value("Notre titre")
    kept = Visit(widget(again.app, "button", "keep-draft").click().run())
    assert kept.failures == []
    assert service(AUTHOR).see(record.record_id).content["title"] == {"fr": "Notre titre"}


def test_a_validator_never_publishes_what_was_not_on_the_screen(signed_in):
    record = service(AUTHOR).create("project", CONTENT, submit=True)
    signed_in(VALIDATOR)
    opened = visit(BY_KEY["review"], record=record.record_id)
    service(AUTHOR).edit(record.record_id, {**CONTENT, "title": {"fr": "Autre chose"}}, version=1)
    late = Visit(widget(opened.app, "button", "validate").click().run())
    assert late.failures == []
    assert "cette fiche a changé" in late.said
    assert service(AUTHOR).see(record.record_id).status == "submitted"
    done = Visit(widget(late.app, "button", "validate").click().run())
    assert done.failures == []
    assert service(AUTHOR).see(record.record_id).published_content["title"] == {"fr": "Autre chose"}


def test_the_history_of_a_record_says_what_changed_and_to_who_decides_by_whom(signed_in):
    admin = living.accounts().create_first("admin", "une phrase assez longue")
    author = living.accounts().create(admin, Person(login="amina", role="contributor"), "une phrase assez longue")
    record = service(author).create("project", CONTENT)
    service(author).edit(record.record_id, {**CONTENT, "start_date": "2019"}, version=1, submit=True)
    other = service(author).create("project", CONTENT, submit=True)
    for person, page in ((author, "contribute"), (admin, "review")):
        signed_in(person)
        opened = visit(BY_KEY[page], record=record.record_id)
        assert opened.failures == []
        told = [one.value for one in opened.app.get("text") if one.value.startswith("2 · ")]
        assert [one.splitlines()[1] for one in told] == ["Change\u00a0: Début"]
        assert (" · amina" in told[0]) == (page == "review")
    service(admin).send_back(record.record_id, version=2, reason="Quel village ?")
    service(author).submit(record.record_id, version=3)
    signed_in(author)
    told = [one.value for one in visit(BY_KEY["contribute"], record=record.record_id).app.get("text")]
    assert [one.splitlines()[1:] for one in told if one.startswith("3 · ")] == [["À revoir\u00a0: Quel village ?"]]
    service(admin).validate(record.record_id, version=4)
    service(admin).merge(other.record_id, version=1, into=record.record_id)
    signed_in(author)
    merged = visit(BY_KEY["contribute"], record=other.record_id)
    assert f'href="projects?territory=MA&amp;sel={record.record_id}&amp;lang=fr"' in merged.html


def test_anybody_reports_an_error_and_reads_the_decision(signed_in):
    opened = visit(BY_KEY["corrections"], subject="B001", subject_kind="project")
    assert opened.failures == []
    widget(opened.app, "text_area", ".said").set_value("Le puits est à sec.")
    sent = Visit(widget(opened.app, "button", "report").click().run())
    assert sent.failures == []
    assert "Un signalement attend" in sent.said
    (report,) = service(VALIDATOR).inbox()
    assert (report.content["subject"], report.content["said"]) == ("B001", "Le puits est à sec.")
    signed_in(VALIDATOR)
    assert "projects?territory=MA&amp;sel=B001&amp;lang=fr" in visit(BY_KEY["review"], record=report.record_id).html
    signed_in(VISITOR)
    service(VALIDATOR).decide(report.record_id, version=1, decision="accepted", said="Vérifié en 2026.")
    read = visit(BY_KEY["corrections"])
    assert "Vérifié en 2026." in read.html
    assert "Le puits est à sec." in read.html


def test_a_decision_taken_back_leaves_the_public_list_as_it_was(signed_in):
    report = service(VISITOR).report({"subject_kind": "something_else", "said": "Le puits est à sec."})
    service(VALIDATOR).decide(report.record_id, version=1, decision="accepted", said="Vérifié sur place.")
    service(VALIDATOR).undo(report.record_id, 1, version=2)
    signed_in(VISITOR)
    listed = visit(BY_KEY["corrections"])
    assert listed.failures == []
    assert "Vérifié sur place." in listed.html


def test_a_line_of_a_paper_coupon_is_keyed_in_with_the_place_of_its_cell():
    grid = coupon_form.grid_of(knowledge(), TABIA)
    opened = visit(BY_KEY["corrections"], subject=TABIA, subject_kind="territory", coupon="2026-11-20")
    widget(opened.app, "number_input", "cell-0").set_value(grid.cells + 1)
    refused = Visit(widget(opened.app, "button", "coupon-send").click().run())
    assert refused.failures == []
    assert f"va de 1 à {grid.cells}" in refused.said
    assert service(VALIDATOR).inbox() == []
    widget(refused.app, "number_input", "cell-0").set_value(37)
    widget(refused.app, "text_area", "coupon-0.said").set_value("Le puits est à sec.")
    sent = Visit(widget(refused.app, "button", "coupon-send").click().run())
    assert sent.failures == []
    (report,) = service(VALIDATOR).inbox()
    assert grid.cell_at(report.content["lon"], report.content["lat"]) == report.content["grid_cell"] == 37
    assert report.content["sheet_date"] == "2026-11-20"
    assert report.content["territory_code"] == TABIA
    assert widget(sent.app, "number_input", "cell-1").value is None
    (thanks,) = next(one for one in sent.app.get("expander") if one.label == "Recopier un coupon papier").success
    assert report.record_id in thanks.value  # beside the button, not at the head of the page, out of sight


def test_numbers_of_persons_in_a_report_are_read_by_validators_and_masked_for_all_others(signed_in):
    opened = visit(BY_KEY["corrections"], subject="B001", subject_kind="project")
    widget(opened.app, "text_area", ".said").set_value("À sec. Voir Lahcen, 0661 84 84 84, CIN JB123456.")
    sent = Visit(widget(opened.app, "button", "report").click().run())
    assert "il sera masqué dans la liste publique" in "\n".join(one.value for one in sent.app.get("success"))
    signed_in(VALIDATOR)
    (report,) = service(VALIDATOR).inbox()
    review = visit(BY_KEY["review"], record=report.record_id)
    assert "0661 84 84 84" in review.html
    assert "Ce signalement contient un numéro de téléphone" in review.said
    service(VALIDATOR).decide(report.record_id, version=1, decision="accepted", said="Lahcen, 0661848484, confirme.")
    signed_in(VISITOR)
    read = visit(BY_KEY["corrections"])
    assert "À sec. Voir Lahcen, [téléphone masqué], [numéro de carte d’identité masqué]." in read.html
    assert "Lahcen, [téléphone masqué], confirme." in read.html
    assert not any(number in read.said + read.html for number in ("84 84", "8484", "JB123456"))


def test_a_spot_on_the_map_gives_its_commune_and_its_position(signed_in):
    signed_in(AUTHOR)
    opened = visit(BY_KEY["contribute"])
    assert "pointing-map" in opened.components
    know = knowledge()
    row = next(row for row in range(len(know.villages)) if know.villages.located[row])
    lon, lat = float(know.villages.lon[row]), float(know.villages.lat[row])
    assert know.commune_at(lon, lat) == know.territories.commune_codes[know.villages.commune[row]]
    assert know.commune_at(-20.0, 30.0) is None


def test_the_one_place_of_a_need_is_pointed_at_too_and_a_report_of_words_has_no_map(signed_in):
    signed_in(AUTHOR)
    opened = visit(BY_KEY["contribute"], kind="need")
    assert opened.failures == []
    assert "pointing-map" in opened.components
    assert "pointing-map" not in visit(BY_KEY["contribute"], kind="support_request").components


def test_the_place_pointed_at_stands_in_the_stead_of_the_one_nobody_filled_under_a_number_of_its_own():
    here = {"territory_code": TABIA, "lon": -8.0, "lat": 30.5, "exactness": "2"}
    assert added([(0, {})], here, lambda _number: False) == [(1, here)]
    assert added([(0, {}), (1, here)], here, lambda number: number == 0) == [(0, {}), (1, here), (2, here)]


def test_a_validated_offer_and_a_request_for_support_stand_on_the_sheet_of_their_territory(signed_in):
    authority = Person("acc-admin", "admin", login="admin")
    acts = service(authority)
    offer = {
        "title": {"fr": "Forages à équiper"},
        "offered_by": "Commune d'essai",
        "territory_code": TABIA,
        "sectors": [{"sector_code": "drinking_water"}],
    }
    request = {
        "title": {"fr": "Aide au montage du dossier"},
        "support": "administrative",
        "territory_code": TABIA,
        "asked_by": "Association d'essai",
        "description": {"fr": "Monter un dossier INDH."},
    }
    school = {
        "name": {"fr": "École d'Imlil"},
        "facility_kind": "primary_school",
        "facility_status": "building",
        "territory_code": TABIA,
    }
    for kind, content in (("offer", offer), ("support_request", request), ("facility", school)):
        record = acts.create(kind, content, submit=True)
        assert (content.get("title") or content["name"])["fr"] not in visit(BY_KEY["territory"], territory=TABIA).html
        acts.validate(record.record_id, version=1)
    sheet = visit(BY_KEY["territory"], territory=TABIA)
    assert sheet.failures == []
    assert "Forages à équiper" in sheet.html
    assert "Aide au montage du dossier" in sheet.html
    assert "École d&#39;Imlil" in sheet.html
    assert f"contribute?kind=offer&amp;territory={TABIA}" in sheet.html
    signed_in(AUTHOR)
    form = visit(BY_KEY["contribute"], kind="need", territory=TABIA)
    assert form.failures == []
    assert widget(form.app, "selectbox", ".territory_code").value == TABIA


def test_the_menu_says_what_waits_for_whom(signed_in):
    record = service(AUTHOR).create("project", CONTENT, submit=True)
    titles = {}
    for person in (VALIDATOR, ELSEWHERE, AUTHOR, VISITOR):
        signed_in(person)
        menu = visit(BY_KEY["account"]).components["frame"]["menu"]
        titles[person.login] = {page["title"] for section in menu for page in section["pages"]}
    assert "Valider (1)" in titles["brahim"]
    assert all("Valider" in titles[login] for login in ("loin", "amina", ""))
    service(VALIDATOR).send_back(record.record_id, version=1, reason="Quel village ?")
    signed_in(AUTHOR)
    opened = visit(BY_KEY["contribute"])
    assert "Quel village ?" in opened.html
    menu = opened.components["frame"]["menu"]
    assert "Proposer (1)" in {page["title"] for section in menu for page in section["pages"]}
