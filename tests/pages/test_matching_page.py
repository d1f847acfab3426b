"""The matching page: every reason shown is found in the tables, points sum to the score, and bad input is said."""

from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl

import pytest

from data.actors_catalog import CRITERIA
from data.texts import languages, load_texts
from geo.match_reasons import findings
from geo.matching_selection import select_matches
from geo.matching_state import ASSOCIATION, CALLS, FUNDER, MATCHES, MatchingState
from pages import PAGES
from pages.ui.knowledge import knowledge
from pages.ui.matching import match_calls, match_cards, match_map, match_place, match_sheet, match_words
from pages.ui.templating import render
from tests.pages.visit import read, visit

MATCHING = next(page for page in PAGES if page.key == "matching")
TOUBKAL, SOUSS_MASSA = "095410723", "09"

each_language = pytest.mark.parametrize("language", languages())


@pytest.fixture(scope="module")
def know():
    return knowledge()


def chosen(know, **fields):
    return select_matches(know.matcher, know.expressed_needs, MatchingState(**{"territory": SOUSS_MASSA} | fields))


def toubkal(know, **fields):
    return chosen(know, **{"territory": TOUBKAL, "sector": "drinking_water"} | fields)


@pytest.mark.parametrize(
    "params",
    [
        {"territory": TOUBKAL, "sector": "drinking_water", "sel": "high-atlas-foundation"},
        {"territory": TOUBKAL, "tab": CALLS, "sel": "A06", "amount_mad": "100000"},
        {"way": ASSOCIATION},
        {"way": ASSOCIATION, "body": "idd", "sel": "095510101"},
        {"way": FUNDER, "body": "experts-solidaires", "sel": "E08"},
        {"way": FUNDER, "body": "experts-solidaires", "tab": MATCHES, "sector": "drinking_water"},
    ],
)
@each_language
def test_each_way_in_opens_with_what_is_selected(language, params):
    seen = visit(MATCHING, language, **params)
    assert seen.failures == []
    assert seen.heading().strip()
    assert ("sheet" in seen.components) == ("sel" in params)
    assert seen.address.items() >= params.items()


@each_language
def test_the_reasons_of_a_match_are_those_of_the_tables(know, language):
    """High Atlas Foundation and Toubkal, by hand: C014, C016 and C017 bring water there, one of them is closed.

    The commune is itself named in C016, so the two have worked together.
    """
    t, selection = load_texts(language), toubkal(know, selected="high-atlas-foundation")
    water = know.register.projects.set_index("project_code").loc[["C014", "C016", "C017"], "status"]
    assert list(water).count("closed") == 1
    page = unescape(render("sheet.html", **match_sheet.match_sheet(know, selection, selection.chosen, t)))
    sector = match_words.sector(know, "drinking_water", t)
    for key, values in (
        ("sector_same", {"sector": sector}),
        ("territory_commune", {"relation": t("zone_relation.project")}),
        ("record_done", {"sector": sector, "n": 1}),
        ("partnership", {"partner": know.organisation_name(f"commune-{TOUBKAL}", t)}),
    ):
        assert t(f"match.met.{key}", **values) in page
    # Of the 1,586 communes measured, Toubkal stands above 45.3 % in drinking water.
    assert t("match.not_met.need_lower", sector=sector, percentile=45) in page
    assert t("match.verify.registration") in page


@each_language
def test_a_card_says_nothing_that_is_no_finding_of_its_match(know, language):
    t, selection = load_texts(language), toubkal(know)
    shown = match_cards.cards(know, selection, t)["cards"]
    assert len(shown) == match_cards.CARDS_A_PAGE
    for card, (_, match) in zip(shown, selection.matches.table.iterrows(), strict=False):
        said = {match_words.said(know, one, t) for one in findings(selection.matcher, match)}
        assert {*card["met"], *(one["said"] for one in card["cautions"])} <= said
        assert card["met"]


def test_the_next_step_of_a_card_leads_to_the_theme_of_the_guide_about_its_sector():
    links = read(visit(MATCHING, "fr", territory="095410723").html).links
    guides = sorted({link.partition("?")[2] for link in links if link.startswith("guide?")})
    assert guides
    asked = dict(parse_qsl(guides[0]))
    seen = visit(next(page for page in PAGES if page.key == "guide"), asked.pop("lang"), **asked)
    assert seen.failures == []
    assert seen.address["theme"] == asked["theme"]


def test_whole_points_sum_to_the_score_and_unknown_criteria_have_none(know):
    t, selection = load_texts("fr"), toubkal(know)
    for _, match in selection.matches.table.head(60).iterrows():
        parts = match_words.points(selection, match, t)
        assert sum(part["points"] or 0 for part in parts) == round(match["score"])
        assert [part["code"] for part in parts if part["points"] is None] == [
            name for name in CRITERIA if match[name] != match[name]
        ]


def test_those_left_out_are_counted_with_their_rule(know):
    t, selection = load_texts("fr"), toubkal(know)
    left_out = match_cards.excluded(selection, t)
    assert sum(selection.matches.excluded.values()) + len(selection) == len(know.actors)
    assert [row["label"] for row in left_out["rows"]] == [
        t(f"match.rule.{rule}") for rule in selection.matches.excluded
    ]


def test_the_same_address_shows_the_same_page():
    params = {"territory": TOUBKAL, "sector": "drinking_water", "criteria": "sector~50.territory~50"}
    first, again = (visit(MATCHING, "fr", **params).components["matches"] for _ in range(2))
    assert first == again


@each_language
def test_all_weights_at_zero_are_said_with_a_way_back(language):
    seen = visit(MATCHING, language, criteria=".".join(f"{name}~0" for name in CRITERIA))
    assert seen.failures == []
    assert load_texts(language)("matching.finding.no_weight") == seen.heading()
    assert {"criteria": ""} in read(seen.components["finding"]["html"]).acts
    assert "matches" in seen.act(criteria="").components


@each_language
def test_nonsense_in_the_address_is_said_with_its_value(language):
    seen = visit(MATCHING, language, way="both", body="<b>", amount_mad="0", criteria="sector~999")
    assert seen.failures == []
    t = load_texts(language)
    for parameter, value, why in (
        ("way", "both", "unknown"),
        ("body", "<b>", "unknown"),
        ("amount_mad", "0", "amount_mad"),
        ("criteria", "sector~999", "criteria"),
    ):
        assert t(f"state.problem.{why}", parameter=parameter, value=value) in seen.said
    assert "<b>" not in seen.components["finding"]["html"].replace("&lt;b&gt;", "")


@each_language
def test_a_body_of_which_no_source_says_where_or_what_is_matched_with_nothing_in_words(know, language):
    actors = know.actors
    blank = [
        code
        for code, row in actors.index.items()
        if actors.is_body[row]
        and actors.ties.of(row).start == actors.ties.of(row).stop
        and not actors.practised[row].any()
    ]
    if not blank:
        pytest.skip("every body of the shipped directory has a place or a sector")
    seen = visit(MATCHING, language, way=ASSOCIATION, body=blank[0])
    t = load_texts(language)
    assert seen.failures == []
    assert t("matching.empty.nothing_known", body=know.organisation_name(blank[0], t)) in seen.said


@each_language
def test_a_sector_whose_need_is_not_measured_says_so(language):
    seen = visit(MATCHING, language, territory=TOUBKAL, sector="health")
    t = load_texts(language)
    assert seen.failures == []
    assert t("matching.note.unmeasured", sector=t.label("sector", "health")) in seen.said


@each_language
def test_past_programmes_show_what_was_announced_and_contracted(know, language):
    t = load_texts(language)
    for code, announced, contracted, currency in (
        ("A06", 500_000.0, 459_948.22, "USD"),
        ("S01", 5_000_000.0, 5_271_000.0, "EUR"),
    ):
        state = MatchingState(territory=TOUBKAL, tab=CALLS, selected=code)
        said = unescape(render("sheet.html", **match_calls.sheet(know, state, t)))
        assert t.money(announced, currency) in said
        assert t.money(contracted, currency) in said
        assert t("match.not_met.call_closed") in said


def test_the_calls_are_those_of_the_body_and_its_country_and_closed_ones_never_fit(know):
    state = MatchingState(territory=TOUBKAL, way=ASSOCIATION, body="idd", tab=CALLS)
    who = match_calls.applicant(know, state)
    assert (who.organisation_type, who.country) == ("mre_association", "FR")
    rows = know.calls.for_applicant(who, today="2026-11-26").set_index("call_code")
    closed = know.calls.table.loc[know.calls.table["state"] == "closed", "call_code"]
    assert set(rows.loc[closed, "verdict"]) == {"no"}


def test_a_call_past_its_date_is_refused_even_when_its_source_calls_it_open(know):
    calls = know.calls.table.assign(state="open", deadline="2024-05-15")
    later = replace(know.calls, table=calls).findings(
        "A01", match_calls.applicant(know, MatchingState(TOUBKAL)), today="2024-05-16"
    )
    t = load_texts("fr")
    assert t("match.not_met.call_deadline_past", deadline=t.date("2024-05-15")) in {
        match_words.said(know, one, t) for one in later
    }


def test_an_amount_in_dirhams_is_compared_in_the_currency_of_a_call(know):
    _, rate = know.latest_rates["EUR"]
    below = match_calls.applicant(know, MatchingState(TOUBKAL, amount_mad=int(15_000 * rate)))
    above = match_calls.applicant(know, MatchingState(TOUBKAL, amount_mad=int(15_000 * rate) + 100))
    codes = [{one.code for one in know.calls.findings("A01", who, today="2024-01-01")} for who in (below, above)]
    assert "call_amount" in codes[0]
    assert "call_amount_above" in codes[1]


@each_language
def test_maps_count_what_the_cards_list(know, language):
    t = load_texts(language)
    for selection in (toubkal(know), chosen(know, way=ASSOCIATION, body="idd"), chosen(know, way=FUNDER)):
        _, state = match_map.drawing(know, selection, t)
        assert state["title"] == match_words.headline(know, selection, t)
        assert state["legend"]["rows"]
    _, state = match_map.drawing(know, chosen(know, way=ASSOCIATION, body="idd"), t)
    number = {t.number(count): count for count in range(2000)}
    assert sum(number[row["count"]] for row in state["legend"]["rows"]) == 175  # communes of Souss-Massa


def test_a_click_on_the_map_asks_about_a_commune_or_opens_its_match(know):
    index = know.territories.commune_number("095510101")
    event = {"kind": "commune", "index": index}
    assert match_map.changes(know, chosen(know), event) == {"selected": "", "territory": "095510101"}
    by_body = chosen(know, way=ASSOCIATION, body="idd")
    assert match_map.changes(know, by_body, event) == {"selected": "095510101"}
    assert match_map.changes(know, by_body, {"kind": "commune", "index": 999_999}) == {"selected": ""}


def test_a_village_is_matched_as_its_commune():
    seen = visit(MATCHING, "fr").act(place="Taourirte n’Ougadir")
    assert seen.failures == []
    place = seen.components["match-choices"]["place"]
    assert place["said"]


def test_a_village_found_by_name_offers_its_commune(know, monkeypatch):
    monkeypatch.setattr(match_place.st, "session_state", {})
    row = next(row for row in range(len(know.villages)) if know.villages.name_latin[row])
    for row in range(len(know.villages)):
        name = know.villages.name_latin[row]
        if name and know.places.resolve(name).status != "found" and not know.places.resolve(name).candidates:
            break
    assert "territory" not in match_place.resolve(know, {"place": name})
    found = match_place.answer(know, load_texts("fr"))
    commune = know.territories.commune_codes[know.villages.commune[row]]
    assert commune in [code for code, _ in found["candidates"]]
