"""The parts of the villages page can be written in every language, and say the same numbers as the selection."""

import datetime as dt
from html import unescape

import numpy as np
import pytest

from data.exchange.contract import VILLAGES
from data.exchange.reading import read_export
from data.texts import languages, load_texts
from geo import village_export
from geo.village_selection import select_villages
from geo.villages_state import VillagesState
from layers.packing import unpacked
from pages.ui.files import file_formats
from pages.ui.knowledge import knowledge
from pages.ui.templating import render
from pages.ui.villages import village_downloads, village_map, village_sheet, village_table, village_words, villages_view


@pytest.fixture(scope="module")
def know():
    return knowledge()


def chosen(know, **fields):
    state = VillagesState(**{"territory": "09"} | fields)
    return select_villages(know.villages, know.territories, state, default_km=know.default_km, index=know.village_names)


@pytest.mark.parametrize("language", languages())
def test_the_sentence_says_the_published_total(know, language):
    t = load_texts(language)
    said = village_words.headline(know, chosen(know), t)
    assert t.number(659) in said
    assert t.number(173_941) in said


@pytest.mark.parametrize("language", languages())
def test_under_the_figures_stands_what_the_distance_measures(know, language):
    # Of health centres above all: a mobile team may pass where the building is far.
    t = load_texts(language)
    for service in know.catalog.services:
        source = villages_view.key_figures(know, chosen(know, service=service), t)["source"]
        assert source.startswith(t(f"service.{service}.definition"))


@pytest.mark.parametrize("language", languages())
def test_a_town_of_the_region_listed_is_said_to_have_no_village_not_to_lie_elsewhere(know, language):
    t = load_texts(language)
    town, elsewhere = (village_words.ways_out(know, chosen(know, territory=code), t) for code in ("090010101", "01"))
    assert town["said"] == t("territory.villages.town", place=know.territories.name("090010101", language))
    assert elsewhere["said"] == t("villages.empty.elsewhere")


@pytest.mark.parametrize("language", languages())
def test_a_commune_without_a_far_village_says_for_how_many_nobody_knows(know, language):
    # Tabia: 34 villages, the distances of 33 withheld.
    t, found = load_texts(language), chosen(know, territory="095410321")
    assert t("villages.empty.and_withheld", n=33) in village_words.ways_out(know, found, t)["said"]


@pytest.mark.parametrize("language", languages())
def test_a_total_of_the_country_says_that_only_one_region_is_listed(know, language):
    t, everywhere = load_texts(language), chosen(know, territory="MA")
    region, country = (know.territories.name(code, language) for code in ("09", "MA"))
    said = village_words.headline(know, everywhere, t)
    assert region in said
    assert country not in said
    assert t("villages.listed_only", place=region) in " ".join(village_words.filters(know, everywhere, t))
    assert t("villages.choice.listed") not in " ".join(village_words.filters(know, chosen(know), t))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "fields", [{}, {"tab": "communes"}, {"text": "تاكاديرت"}, {"territory": "MA"}, {"territory": "01"}]
)
def test_tables_and_maps_are_written(know, language, fields):
    t, selection = load_texts(language), chosen(know, **fields)
    assert t("level.commune") in render("listing.html", **village_table.villages(know, selection, t))
    assert t("level.commune") in render("listing.html", **village_table.communes(know, selection, t))
    for show in ("villages", "communes"):
        _, state = village_map.drawing(know, chosen(know, **fields, show=show), t)
        assert state["title"]
        assert bool(state["legend"]["rows"]) == (show == "communes" or selection.totals.villages > 0)


@pytest.mark.parametrize("language", languages())
def test_each_kind_of_village_has_a_sheet(know, language):
    t, villages = load_texts(language), know.villages
    samples = [
        villages.codes[rows[0]]
        for rows in (
            [row for row in range(len(villages)) if villages.withheld[row]],
            [row for row in range(len(villages)) if villages.located[row] and not villages.withheld[row]],
            [row for row in range(len(villages)) if not villages.located[row]],
            [row for row in range(len(villages)) if any(odd[row] for odd in villages.doubtful.values())],
        )
    ]
    assert len(samples) == 4
    for code in samples:
        html = unescape(render("sheet.html", **village_sheet.village_sheet(know, chosen(know), code, t)))
        assert t("villages.unknown.quality") in html
    withheld = unescape(render("sheet.html", **village_sheet.village_sheet(know, chosen(know), samples[0], t)))
    assert t("villages.sheet.withheld") in withheld


def test_the_legend_counts_what_the_map_shows(know):
    t = load_texts("fr")
    selection = chosen(know)
    _, state = village_map.drawing(know, selection, t)
    counts = [row["count"] for row in state["legend"]["rows"]]
    beyond = [int(count.replace("\u202f", "")) for count in counts[1:5]]
    assert sum(beyond) + selection.totals.beyond_unlocated == 659
    assert counts[-1] == t.number(selection.totals.beyond_unlocated)


def test_a_village_found_by_name_without_position_is_signed_at_its_commune(know):
    t = load_texts("fr")
    selection = chosen(know, text="توسوس")
    (row,) = selection.rows
    assert not know.villages.located[row]
    _, state = village_map.drawing(know, selection, t)
    counts = unpacked(state["areas"]["counts"])
    assert list(np.flatnonzero(counts) + state["areas"]["first"]) == [int(know.villages.commune[row])]
    assert state["selection"]["communes"] == [int(know.villages.commune[row])]  # its sign may lie under a name
    last = state["legend"]["rows"][-1]
    assert (last["label"], last["count"]) == (t("villages.legend.unlocated_named"), "1")
    assert villages_view.key_figures(know, selection, t)["figures"][-1]["value"] == "1"


def test_where_no_village_is_listed_the_legend_says_so_instead_of_counting_none(know):
    t = load_texts("fr")
    selection = chosen(know, territory="04")
    _, state = village_map.drawing(know, selection, t)
    assert (state["legend"]["rows"], state["legend"]["note"]) == ([], state["title"])
    _, state = village_map.drawing(know, chosen(know, territory="04", show="communes"), t)
    assert state["legend"]["rows"][-1]["label"] == t("villages.tip.no_village")


def test_another_distance_repaints_the_map_and_the_sheet_of_the_village(know):
    t = load_texts("fr")
    afza = "5410723201001"  # 2 km from a paved road (douars_2024_souss_massa.csv): beyond 1 km, not beyond 2
    painted, beyond = {}, {}
    for km in (1, 2):
        selection = chosen(know, service="paved_road", km=km, selected=afza)
        painted[km] = village_map.drawing(know, selection, t)[1]["dots"]["classes"]
        sections = village_sheet.village_sheet(know, selection, afza, t)["sections"]
        facts = next(section["facts"] for section in sections if section["title"] == t("villages.sheet.distances"))
        beyond[km] = {fact["label"]: fact["note"] for fact in facts}
    assert painted[1] != painted[2]
    road, health = (village_words.service(service, t) for service in ("paved_road", "health_centre"))
    assert (beyond[1][road], beyond[2][road]) == (t("villages.sheet.beyond", value="1"), "")
    assert beyond[1][health] == beyond[2][health] == t("villages.sheet.beyond", value="10")


def test_a_click_on_a_dot_selects_that_village_and_nonsense_selects_nothing(know):
    located = [row for row in range(len(know.villages)) if know.villages.located[row]]
    assert village_map.changes(know, {"kind": "dot", "dot": 5}) == {"selected": know.villages.codes[located[5]]}
    assert village_map.changes(know, {"kind": "dot", "dot": 99_999}) == {"selected": ""}


@pytest.mark.parametrize("form", sorted(file_formats.MEDIA_TYPES))
def test_a_file_of_villages_holds_the_rows_of_the_page_and_withheld_distances_are_never_zero(know, form):
    selection = chosen(know, territory="09541", service="health_centre", km=10)
    assert len(selection) > 20
    made = village_downloads.export(
        know, selection, load_texts("fr"), made_on=dt.date(2026, 1, 1), address="https://atlas.example/villages"
    )
    back = read_export(file_formats.WRITERS[form](made), name=form, tables=(VILLAGES,))
    assert list(back.rows["village_code"]) == [know.villages.codes[row] for row in selection.rows]
    assert back.rows["people"].sum() == selection.totals.people_beyond
    assert (back.rows["health_centre_km"] > 10).all()
    assert set(back.rows["beyond"]) == {"yes"}
    named = village_export.rows(chosen(know, text="ait"), labels=village_export.VillageLabels(Every(), Every()))
    withheld = named[named["distances"] == "withheld"]
    assert len(withheld) > 5
    assert withheld["health_centre_km"].isna().all()
    assert set(withheld["beyond"]) == {"unknown"}


class Every(dict):
    def __missing__(self, code):
        return code

    def get(self, code, _default=None):
        return code
