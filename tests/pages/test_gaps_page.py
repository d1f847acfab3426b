"""The gaps page by its address: every subject, level and tab opens in each language; what is wrong is said."""

import datetime as dt
import json
import random

import pytest

from data.exchange.contract import GAPS, NOT_LOCATED
from data.exchange.csv_file import write_csv
from data.exchange.reading import read_export
from data.exchange.xlsx_file import write_xlsx
from data.texts import languages, load_texts
from geo.gap_selection import select_gaps
from geo.gaps_state import ADDRESS, SHOWS, TABS, GapsState
from layers.packing import unpacked
from layers.style import HIDDEN
from pages import PAGES
from pages.ui.gaps import gap_charts, gap_downloads, gap_map, gap_table
from pages.ui.knowledge import knowledge
from tests.geo.test_gap_selection import some_state, subjects
from tests.pages.visit import read, visit

PAGE = next(page for page in PAGES if page.key == "gaps")
VISITED_STATES = 12

each_language = pytest.mark.parametrize("language", languages())


def test_a_town_has_no_rank_by_the_distance_to_a_road():
    know, t = knowledge(), load_texts("fr")
    found = select_gaps(know.needs, know.register, know.catalog.themes, GapsState("09", subject="roads"))
    rank_of = gap_table.intervals(found, know.version, t)
    said = {row.Index: rank_of(row) for row in found.table.itertuples()}
    assert said["090010101"] == ""
    assert said["095510711"] == t("gaps.rank", n=1)


def found(territory="09", **fields):
    know = knowledge()
    return select_gaps(know.needs, know.register, know.catalog.themes, GapsState(territory, **fields))


@pytest.mark.parametrize("seed", range(VISITED_STATES))
def test_any_state_opens_and_survives_the_page(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    address = ADDRESS.encode(some_state(chance))
    language = chance.choice(languages())
    seen = visit(PAGE, language, **address)
    assert seen.failures == []
    assert seen.address == {"lang": language} | address
    assert seen.heading()
    assert seen.components["gaps-map"]["state"]["legend"]["rows"]


@each_language
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_in_every_language_and_says_what_a_record_cannot(tab, language):
    seen = visit(PAGE, language, tab=tab, sel="095410725")
    assert seen.failures == []
    t = load_texts(language)
    assert t("gaps.caution", n=100, place=knowledge().territories.name("09", language)) in seen.said
    assert t("gaps.sheet.by_need") in seen.said


@each_language
def test_every_subject_and_drawing_has_a_title_and_a_legend(language):
    t, know = load_texts(language), knowledge()
    assert len(subjects()) == 20
    for subject in subjects():
        for show in SHOWS:
            _, state = gap_map.drawing(know, found(subject=subject, show=show), t)
            assert state["title"]
            assert state["legend"]["rows"]


def test_the_title_says_the_finding():
    seen = visit(PAGE, "fr")
    assert seen.heading().replace("\u00a0", " ").replace("\u202f", " ") == (
        "Tous les besoins, Souss-Massa : besoin élevé dans 28 communes sur 175 ; "
        "aucun projet recensé sur place dans 7 d’entre elles (26 967 habitants)"
    )


def test_the_square_and_the_rows_beside_it_count_every_commune_once():
    seen = visit(PAGE, "en")
    legend = seen.components["gaps-map"]["state"]["legend"]
    square, *rows = legend["rows"]
    in_square = sum(map(int, square["symbol"]["counts"]))
    unknown = sum(int(row["count"]) for row in rows if row["symbol"]["kind"] in ("notapplicable", "withheld", "nodata"))
    assert (in_square, unknown) == (140, 35)
    assert "35 places whose money or need is not known are in none" in seen.html
    assert len(set(square["symbol"]["words"])) == 9


@each_language
def test_a_sector_without_indicator_is_shown_by_its_money_with_a_way_back(language):
    seen = visit(PAGE, language, of="rural_tourism", tab="concentration")
    t = load_texts(language)
    assert seen.failures == []
    assert t("gaps.unmeasured") in seen.said
    assert t("gaps.curve.unmeasured") in seen.said
    assert "of" not in seen.act(subject="index").address


@each_language
def test_years_without_a_project_are_explained_with_a_way_back(language):
    seen = visit(PAGE, language, years="1900-1901")
    assert seen.failures == []
    assert load_texts(language)("gaps.empty") in seen.said
    assert "years" not in seen.act(years=[None, None]).address


def test_a_territory_without_any_project_and_money_known_only_widely_stay_readable():
    assert visit(PAGE, "fr", territory="MA", of="heritage", tab="concentration").failures == []
    wide = visit(PAGE, "fr", of="rural_tourism", tab="not_located")
    assert wide.failures == []
    assert "44 258 857,33" in wide.said.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"of": "happiness"}, "unknown"),
        ({"years": "soon"}, "years"),
        ({"cell": "99"}, "unknown"),
        ({"level": "douar"}, "unknown"),
        ({"sort": "luck"}, "unknown"),
        ({"sel": "000"}, "unknown"),
    ],
)
@each_language
def test_what_the_address_says_wrong_is_said_and_the_page_stays_usable(params, why, language):
    parameter, value = next(iter(params.items()))
    seen = visit(PAGE, language, **params)
    assert load_texts(language)(f"state.problem.{why}", parameter=parameter, value=value) in seen.said
    assert "gaps-map" in seen.components


def test_a_click_on_the_map_selects_the_commune_or_the_province_compared():
    know = knowledge()
    number = know.territories.commune_index["095410725"]
    event = {"kind": "commune", "index": number}
    assert gap_map.changes(know, event, found()) == {"selected": "095410725"}
    assert gap_map.changes(know, event, found(level="province")) == {"selected": "09541"}
    assert gap_map.changes(know, {"kind": "empty"}, found()) == {"selected": ""}


def test_the_list_begins_with_high_need_without_a_project_and_narrows_to_a_cell():
    know, t = knowledge(), load_texts("fr")
    rows = gap_table.ordered(know, found(), t)
    assert rows.index[:7].tolist() == found().gap.unfunded.index.tolist()
    narrowed = gap_table.ordered(know, found(cell="22"), t)
    assert len(narrowed) == 6
    assert set(narrowed["need_step"]) == set(narrowed["money_step"]) == {2}


@pytest.mark.parametrize("sort", ["need", "people", "money", "per_person", "mismatch"])
def test_what_is_not_known_comes_last_whichever_way_the_list_is_sorted(sort):
    know, t = knowledge(), load_texts("fr")
    column = {"money": "money_mad", "per_person": "mad_per_person", "mismatch": "mismatch_pp", "people": "people"}
    for descending in (True, False):
        values = gap_table.ordered(know, found(sort=sort, descending=descending), t)[column.get(sort, sort)]
        known = values.dropna().tolist()
        assert known == sorted(known, reverse=descending)
        assert values.isna().tolist() == sorted(values.isna().tolist())


def test_a_pair_of_projects_is_put_as_a_question_with_both_links():
    know, t = knowledge(), load_texts("fr")
    shown = gap_charts.pairs(know, found(subject="roads"), t)
    assert len(shown["pairs"]) == 2
    assert all(pair["question"].endswith("?") for pair in shown["pairs"])
    assert [len(pair["projects"]) for pair in shown["pairs"]] == [2, 2]
    assert {project["link"].split("?")[0] for pair in shown["pairs"] for project in pair["projects"]} == {"projects"}


def test_the_sheet_leads_to_the_other_pages_of_the_place():
    html = visit(PAGE, "ar", sel="095410725").components["sheet"]["html"]
    links = read(html).links
    for page in ("territory", "projects", "needs", "villages"):
        assert any(link.startswith(f"{page}?lang=ar") for link in links), page


@each_language
def test_files_hold_what_is_shown_and_add_up_to_the_portfolio(language):
    know, t = knowledge(), load_texts(language)
    shown = found(cell="unfunded", subject="water")
    made = gap_downloads.export(know, shown, t, made_on=dt.date(2026, 1, 2), address="https://atlas.example/gaps")
    for write, name in ((write_csv, "csv"), (write_xlsx, "xlsx")):
        back = read_export(write(made), name=name, tables=(GAPS, NOT_LOCATED))
        assert sorted(back.rows["territory_code"]) == sorted(shown.gap.unfunded.index)
    whole = gap_downloads.export(know, found(), t, made_on=dt.date(2026, 1, 2), address="https://atlas.example/gaps")
    money = whole.frames["gaps"]["located_mad"].sum() + whole.frames["not_located"]["not_located_mad"].sum()
    assert round(money * 100) == round(found().selection.totals.counted_mad * 100)


def test_a_change_of_subject_sends_only_a_few_kilobytes_to_the_map():
    seen = visit(PAGE, "fr").act(subject="water")
    assert len(json.dumps(seen.components["gaps-map"]["state"])) < 16_000


def test_a_cell_chosen_leaves_only_its_places_on_the_map():
    know, t = knowledge(), load_texts("fr")
    whole, some = (gap_map.drawing(know, found(cell=cell), t)[1]["choropleth"] for cell in ("", "22"))
    drawn = [len(set(unpacked(state["classes"])) - {HIDDEN}) for state in (whole, some)]
    assert drawn[0] > 5
    assert set(unpacked(some["classes"])) == {HIDDEN, 8}
    assert unpacked(some["classes"]).tolist().count(8) == 6


def test_the_legend_counts_those_nobody_reports_on_as_the_figure_does():
    legend = visit(PAGE, "en", territory="MA").components["gaps-map"]["state"]["legend"]
    counts = {row["symbol"]["kind"]: row["count"] for row in legend["rows"]}
    assert (counts["notapplicable"], counts["passing"], counts["silent"]) == ("559", "710", "72")
