"""The directory can be written in every language, and its cards say what the tables say: three bodies read by hand."""

import datetime as dt
import json
from html import unescape

import pandas as pd
import pytest

from data import store
from data.exchange.contract import ORGANISATIONS
from data.exchange.reading import read_export
from data.texts import languages, load_texts
from geo.actor_selection import select_actors
from geo.actors_state import LISTS, TABS, ActorsState
from pages import PAGES
from pages.ui.actors import (
    actor_abroad,
    actor_choices,
    actor_downloads,
    actor_map,
    actor_partners,
    actor_sheet,
    actor_table,
    actor_where,
    actor_words,
)
from pages.ui.files.file_formats import MEDIA_TYPES, WRITERS
from pages.ui.knowledge import knowledge
from pages.ui.templating import render
from tests.pages.visit import visit

PAGE = next(page for page in PAGES if page.key == "actors")


@pytest.fixture(scope="module")
def know():
    return knowledge()


def chosen(know, **fields):
    return select_actors(know.directory, ActorsState(**({"territory": "09"} | fields)))


def card(know, code, language="fr"):
    content = actor_sheet.body_sheet(know, chosen(know), code, load_texts(language))
    return unescape(render("sheet.html", **content))


def test_the_card_of_migrations_et_developpement_says_what_its_pages_say(know):
    html = card(know, "migrations-developpement")
    for said in ("Migrations & Développement", "M&D", "1986", "Marseille", "100 membres, 23 salariés", "pseau.org"):
        assert said in html
    # Counted in project_organisations and projects: 14 projects, 11 closed, 2 under way, one whose state is not given.
    assert "Projets réalisés (11)" in html
    assert "Projets en cours (2)" in html


def test_the_card_of_idd_says_where_it_works_and_that_its_origin_is_not_known(know):
    html = card(know, "idd")
    for said in ("Immigration Développement Démocratie", "Figuig", "Tata", "Guelmim", "15 associations de migrants"):
        assert said in html
    assert load_texts("fr")("actors.unknown.origin") in html
    assert "projects?lang=fr&v=1&territory=MA&sel=" in html


def test_the_card_of_the_association_of_figuig_says_its_founding_and_that_its_type_is_to_confirm(know):
    html = card(know, "aacf-figuig")
    for said in ("25 août 1995", "Figuig (ksar Zenaga)", "AACF"):
        assert said in html
    assert load_texts("fr")("actors.unknown.type") in html


@pytest.mark.parametrize("language", languages())
def test_every_body_has_a_card(know, language):
    t, selection = load_texts(language), chosen(know)
    listed = know.actors.bodies["organisation_code"][know.directory.listed]
    assert len(listed) == 448
    for code in listed if language == "fr" else listed[::9]:
        html = render("sheet.html", **actor_sheet.body_sheet(know, selection, code, t))
        assert t("actors.sheet.link") in html


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("fields", [{}, {"territory": "MA"}, {"text": "هجرة"}, {"tie": ("origin",)}, {"text": "qqq"}])
def test_the_parts_are_written_and_agree_with_the_selection(know, language, fields):
    t, selection = load_texts(language), chosen(know, **fields)
    assert t.number(len(selection)) in actor_words.headline(know, selection, t) or len(selection) < 3
    listed = actor_table.directory(know, selection, t)
    assert len(listed["rows"]) == min(20, len(selection))
    model = actor_choices.model(know, selection, t)
    assert set(model["counts"]) == set(LISTS)
    _, state = actor_map.drawing(know, selection, t)
    assert state["title"]
    assert state["legend"]["rows"]


def test_an_empty_list_offers_choices_that_lead_out_of_it(know):
    selection = chosen(know, text="qqq", type=("ngo",))
    ways = actor_words.ways_out(know, selection, load_texts("fr"))["ways"]
    assert ways[0]["act"] == {"text": ""}
    assert {"territory": "MA"} in [way["act"] for way in ways]


def test_the_sheet_of_a_commune_lists_those_at_work_there(know):
    html = unescape(render("sheet.html", **actor_sheet.place_sheet(know, chosen(know), "095410723", load_texts("fr"))))
    for said in ("High Atlas Foundation", "Souss Initiatives", "À l’œuvre ici (6)"):
        assert said in html


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("tab", TABS)
def test_each_tab_opens_in_each_language_with_a_card(language, tab):
    seen = visit(PAGE, language, tab=tab, sel="migrations-developpement")
    assert seen.failures == []
    assert load_texts(language)("actors.sheet.link") in seen.html


def test_a_body_that_does_not_exist_is_reported_and_the_rest_of_the_address_kept():
    seen = visit(PAGE, "fr", sel="no-such-body", type="ngo.no_such_type", sector="drinking_water")
    assert seen.failures == []
    assert "no-such-body" in seen.said
    assert "no_such_type" in seen.said
    assert "type=ngo" in "&".join(f"{name}={value}" for name, value in seen.address.items())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("fields", [{}, {"territory": "MA"}, {"territory": "095410723"}, {"text": "qqq"}])
def test_the_other_tabs_are_written_whatever_is_selected(know, language, fields):
    t, selection = load_texts(language), chosen(know, **fields)
    assert t("actors.where.total") in unescape(render("heat.html", **actor_where.table(know, selection, t)))
    assert t("actors.partners.note") in unescape(render("ties.html", **actor_partners.drawing(know, selection, t)))
    assert t("actors.abroad.note") in unescape(render("flows.html", **actor_abroad.drawing(know, selection, t)))
    for table in (actor_partners.table, actor_abroad.table):
        assert render("listing.html", **table(know, selection, t))


def test_a_cell_of_the_table_of_sectors_opens_the_bodies_it_counts(know):
    selection = chosen(know)
    rows = actor_where.table(know, selection, load_texts("fr"))["rows"]
    cells = [cell for row in rows for cell in row["cells"] if cell["act"]]
    assert len(cells) > 60
    for cell in cells[::9]:
        opened = chosen(know, sector=tuple(cell["act"]["sector"]), territory=cell["act"]["territory"])
        assert cell["value"] == load_texts("fr").number(len(opened))


def test_the_names_of_a_drawing_never_cover_each_other(know):
    t = load_texts("fr")
    for fields in ({}, {"selected": "migrations-developpement"}):
        drawing = actor_partners.drawing(know, chosen(know, **fields), t)
        assert 10 < len(drawing["names"]) <= 24
        assert drawing["height"] == len(drawing["names"]) * drawing["row"]


def test_the_partners_of_migrations_et_developpement_are_those_of_its_projects(know):
    table = know.directory.partnerships
    drawing = actor_partners.drawing(know, chosen(know, selected="migrations-developpement"), load_texts("fr"))
    assert drawing["names"][0]["value"] == "Union européenne"
    assert drawing["names"][0]["note"] == "4 projets ensemble"
    both = table[["organisation_a", "organisation_b"]].eq("migrations-developpement").any(axis=1)
    assert len(drawing["names"]) == table[both][["organisation_a", "organisation_b"]].drop_duplicates().shape[0] == 19


def test_a_body_without_partner_is_said_and_the_closest_pairs_are_drawn(know):
    alone = "aacf-figuig"
    drawing = actor_partners.drawing(know, chosen(know, selected=alone), load_texts("fr"))
    assert know.organisation_name(alone, load_texts("fr")) in drawing["said"]
    assert drawing["names"]


def test_all_figures_on_communities_abroad_are_shown_each_with_its_own_source(know):
    t, shown = load_texts("fr"), 0
    for subject in know.actor_codes["figure"]:
        content = actor_abroad.figures(know, chosen(know, figure=subject), t)
        rows = [row for block in content["blocks"] for row in block["rows"]]
        shown += len(rows)
        assert content["absences"]
        charted = [row for row in rows if row["share"]]
        assert (subject == "press_list") == (not charted)
        assert all(0 < row["share"] <= 100 for row in charted)
    assert shown == 254


def test_differing_sources_of_one_country_and_year_stand_side_by_side(know):
    t = load_texts("fr")
    blocks = actor_abroad.figures(know, chosen(know, figure="residents"), t)["blocks"]
    by_country = next(block for block in blocks if any(row["what"] == "France" for row in block["rows"]))
    france = [(row["year"], row["value"]) for row in by_country["rows"] if row["what"] == "France"]
    assert ("2014", t.number(1_200_000)) in france
    assert ("2015", t.number(930_000)) in france
    places = [row["what"] for row in by_country["rows"]]
    assert places.index("France") + len(france) == next(
        place for place in range(len(places)) if place > places.index("France") and places[place] != "France"
    )


def test_the_map_of_ties_abroad_counts_only_bodies_with_a_seat_abroad(know):
    everyone, abroad = chosen(know), chosen(know, tab="abroad")
    assert 0 < abroad.by_commune.sum() < everyone.by_commune.sum()
    assert (abroad.by_commune <= everyone.by_commune).all()


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_every_file_of_the_directory_holds_what_is_listed(know, form):
    t = load_texts("ar")
    selection = chosen(know, territory="09", type=("association", "mre_association"))
    made = actor_downloads.export(know, selection, t, made_on=dt.date(2026, 1, 2), address="actors")
    content = WRITERS[form](made)
    read = read_export(content, name=f"directory.{form}", tables=(ORGANISATIONS,))
    assert list(read.rows["organisation_code"]) == list(selection.codes)
    assert len(selection) > 40
    pd.testing.assert_frame_equal(read.rows, made.rows, check_dtype=False)
    assert read.provenance.filters_said == made.provenance.filters_said
    assert len(read.provenance.sources) >= 4


def test_a_seat_is_drawn_where_it_is_known_to_lie_in_morocco_and_nowhere_else(know):
    selection = chosen(know, territory="MA")
    made = actor_downloads.export(know, selection, load_texts("fr"), made_on=dt.date(2026, 1, 2), address="actors")
    features = json.loads(WRITERS["geojson"](made))["features"]
    drawn = {feature["id"] for feature in features if feature["geometry"]}
    seats = store.load("organisations").set_index("organisation_code")["seat_code"].dropna()
    assert drawn == set(seats.index) & set(selection.codes)
    by_code = {feature["id"]: feature["properties"] for feature in features}
    md = by_code["migrations-developpement"]
    assert (md["country"], md["territory_code"]) == ("FR", None)
    assert (md["projects"], md["projects_done"], md["projects_under_way"]) == (14, 11, 2)
