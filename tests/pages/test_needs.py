"""The needs page by its address: every subject, tab and level opens; what cannot be shown is said, with a way on."""

import datetime as dt
import json
import random
from dataclasses import replace

import numpy as np
import pytest

from data.exchange.qgis_style import styles_of
from data.texts import languages, load_texts
from geo.need_selection import select_needs
from geo.needs_state import ADDRESS, AGGREGATIONS, LEVELS, METHODS, MILIEUX, NORMALISATIONS, SORTS, TABS, NeedsState
from layers.style import NEED
from pages import PAGES
from pages.ui.knowledge import knowledge
from pages.ui.needs import need_downloads, need_finding, need_map, need_sheet, need_table
from pages.ui.needs.need_ranking import rankings
from tests.pages.visit import read, visit

NEEDS = next(page for page in PAGES if page.key == "needs")
VISITED_STATES = 14
ZERO = "water~0.electricity~0.roads~0.sanitation~0.education~0.cooking~0"

each_language = pytest.mark.parametrize("language", languages())


def some_state(chance: random.Random) -> NeedsState:
    """Return any state of the shipped data, sensible or not."""
    codes = knowledge().known_needs
    weights = {theme: chance.randint(0, 5) for theme in sorted(codes["weights"])}
    return NeedsState(
        territory=chance.choice(["MA", "09", "09541", "095410101"]),
        subject=chance.choice(["index", *sorted(codes["second"])]),
        level=chance.choice(LEVELS),
        period=chance.choice(sorted(codes["period"])),
        milieu=chance.choice(MILIEUX),
        method=chance.choice(METHODS),
        classes=chance.choice([3, 4, 5]),
        weights=chance.choice([(), tuple(weights.items())]),
        normalisation=chance.choice(NORMALISATIONS),
        aggregation=chance.choice(AGGREGATIONS),
        second=chance.choice(["", "illiteracy"]),
        tab=chance.choice(TABS),
        sort=chance.choice(SORTS),
        descending=chance.random() < 0.5,
        page=chance.choice([1, 2, 400]),
        selected=chance.choice(["", "MA", "09", "09541", "095410101", "010510101"]),
    )


@pytest.mark.parametrize("seed", range(VISITED_STATES))
def test_any_state_opens_and_survives_the_page(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    address = ADDRESS.encode(some_state(chance))
    language = chance.choice(languages())
    seen = visit(NEEDS, language, **address)
    assert seen.failures == []
    assert seen.address == {"lang": language} | address
    assert seen.heading()


@pytest.mark.parametrize("code", sorted(knowledge().known_needs["subject"]))
def test_every_subject_has_a_title_a_map_and_a_sheet(code):
    seen = visit(NEEDS, "fr", of=code, territory="09", sel="095410101")
    assert seen.failures == []
    assert "Souss-Massa" in seen.heading()
    assert seen.components["map"]["state"]["legend"]["rows"]
    assert "sheet" in seen.components


def test_the_title_says_the_finding():
    seen = visit(NEEDS, "fr", of="running_water", territory="09")
    assert (
        seen.heading() == "Ménages avec l’eau courante\u00a0: moins de 50 % dans 21 communes sur 175, Souss-Massa, 2024"
    )


def test_the_legend_counts_every_commune_once():
    legend = visit(NEEDS, "en", of="paved_road_km", territory="09").components["map"]["state"]["legend"]
    assert sum(int(row["count"]) for row in legend["rows"]) == 175
    assert [row["count"] for row in legend["rows"]] == ["5", "26", "37", "57", "29", "0", "21"]


@pytest.fixture(scope="module")
def flat():
    """Give the atlas as if every place had running water alike and no electricity: nothing tells them apart."""
    know = knowledge()
    series = dict(know.observations._series)
    for code, value in (("running_water", 60.0), ("electricity", 0.0)):
        for key, observed in know.observations._series.items():
            if key[0] == code:
                series[key] = replace(observed, value=np.where(np.isfinite(observed.value), value, np.nan))
    same = replace(know, version="flat")
    same.__dict__["observations"] = replace(know.observations, _series=series)
    return same


@pytest.mark.parametrize("subject", ["running_water", "electricity"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("period", ["latest", "change"])
def test_values_all_alike_are_one_class_and_one_rank_without_a_failure(flat, subject, method, period):
    t = load_texts("fr")
    state = NeedsState("09", subject=subject, method=method, period=period, selected="095410101")
    selection = select_needs(flat.needs, state)
    assert len(set(selection.classes[selection.known & selection.inside])) == 1
    assert set(selection.ranks[selection.rows][selection.known[selection.rows]]) == {1}
    near = need_finding.around(flat, selection)
    assert need_finding.finding(flat, state, selection, (), None, t)["finding"]
    assert need_finding.figures(flat, selection, near, t)["figures"]
    assert need_map.drawing(flat, selection, t)[1]["legend"]["rows"]
    assert need_sheet.sheet(flat, selection, t)
    assert need_table.table(flat, selection, t)


@pytest.mark.parametrize(
    "params",
    [
        {"of": "running_water", "tab": "ranking"},
        {"of": "running_water", "tab": "distribution", "method": METHODS[-1]},
        {"of": "running_water", "tab": "scatter", "with": "electricity"},
        *({"tab": "ranking", "norm": how} for how in NORMALISATIONS),
        {"tab": "sensitivity", "norm": "min_max"},
    ],
    ids=str,
)
def test_the_page_stays_usable_where_a_column_is_constant(flat, monkeypatch, params):
    monkeypatch.setattr("pages.ui.page.knowledge", lambda: flat)
    seen = visit(NEEDS, "fr", territory="09", sel="095410101", **params)
    assert seen.failures == []
    assert "Souss-Massa" in seen.heading()
    assert seen.components["map"]["state"]["legend"]["rows"]
    assert "nan" not in seen.said.lower().split()


@each_language
def test_weights_all_at_zero_are_explained_with_a_way_back(language):
    t = load_texts(language)
    seen = visit(NEEDS, language, w=ZERO)
    assert seen.failures == []
    assert t("needs.refused.weights_all_zero") in seen.said
    assert "map" not in seen.components
    again = seen.act(weights=None)
    assert "map" in again.components
    assert "w" not in again.address


@pytest.mark.parametrize("tab", ["ranking", "distribution", "scatter", "sensitivity"])
def test_charts_are_headed_right_under_the_title_of_the_page(tab):
    # A heading of the third level under one of the first tells a screen reader that something was skipped.
    seen = visit(NEEDS, "fr", territory="09", tab=tab)
    assert len(seen.app.header) > 0
    assert len(seen.app.subheader) == 0


@each_language
def test_distances_from_the_mean_are_not_said_out_of_100(language):
    t = load_texts(language)
    seen = visit(NEEDS, language, norm="z_score", territory="09", sel="095410321")
    assert t("needs.unit.points", value="") not in seen.said
    assert t("needs.unit_of.deviations", value=t("needs.index")) in seen.components["map"]["state"]["legend"]["title"]


def test_settings_that_exclude_one_another_are_explained():
    seen = visit(NEEDS, "fr", norm="z_score", agg="geometric_complement")
    assert seen.failures == []
    assert load_texts("fr")("needs.refused.mean_undefined") in seen.said


@each_language
def test_one_need_alone_is_an_index_too(language):
    seen = visit(NEEDS, language, w=ZERO.replace("water~0", "water~3"), tab="sensitivity", territory="09")
    assert seen.failures == []
    assert "map" in seen.components


@pytest.mark.parametrize(
    ("params", "why"),
    [({"of": "happiness"}, "unknown"), ({"w": "water~77"}, "weights"), ({"classes": "99"}, "classes")],
)
@each_language
def test_what_the_address_says_wrong_is_said_and_the_page_stays_usable(params, why, language):
    parameter, value = next(iter(params.items()))
    seen = visit(NEEDS, language, **params)
    assert load_texts(language)(f"state.problem.{why}", parameter=parameter, value=value) in seen.said
    assert "map" in seen.components


@each_language
def test_a_subject_of_one_year_says_that_our_sources_have_no_other(language):
    t = load_texts(language)
    seen = visit(NEEDS, language, of="unemployment_women", sel="09")
    assert seen.components["needs"]["period_note"] == t("needs.choices.one_year", year="2024")
    assert "2014" in t("indicator.unemployment_women.caveat")
    assert t("indicator.unemployment_women.caveat") in seen.said


def test_the_road_of_a_town_is_said_without_meaning_never_as_zero():
    t = load_texts("fr")
    know = knowledge()
    selection = select_needs(know.needs, NeedsState("090010101", selected="090010101"))
    (row,) = need_table.table(know, selection, t)["rows"]
    assert [cell["value"] for cell in row["cells"]].count(t("needs.absent.not_applicable")) == 1
    parts = need_sheet.sheet(know, selection, t)["why"]["parts"]
    assert [part["points"] for part in parts if part["note"] == t("needs.why.assumed")] == [t.number(0, 1)]


def test_a_parameter_the_page_does_not_know_is_said_once_and_leaves_the_address():
    seen = visit(NEEDS, "en", weight="water~5", territory="09")
    said = load_texts("en")("state.problem.stranger", parameter="weight")
    assert said in seen.said
    assert "weight" not in seen.address
    assert said not in seen.act(level="province").said


def test_a_slider_and_a_preset_travel_in_the_address():
    seen = visit(NEEDS, "fr", territory="09").act(weights={"water": 5, "roads": 0})
    assert seen.address["w"] == "water~5.roads~0"
    column = seen.components["needs"]
    assert (column["weights"]["water"], column["weights"]["roads"], column["weights"]["education"]) == (5, 0, 3)
    assert column["preset"] == ""
    assert seen.act(weights=None).components["needs"]["preset"] == "equal"


def test_a_change_of_weights_sends_only_a_few_kilobytes_to_the_map():
    seen = visit(NEEDS, "fr", territory="09").act(weights={"water": 5, "roads": 0})

    assert len(json.dumps(seen.components["map"]["state"])) < 10_000


def test_map_row_and_bar_select_the_same_territory():
    seen = visit(NEEDS, "fr", of="running_water", territory="09", tab="table", sort="value").act(selected="095410725")
    chosen = seen.components["map"]["state"]["selection"]["communes"]
    assert len(chosen) == 1
    assert knowledge().territories.commune_codes[chosen[0]] == "095410725"
    assert "Zagmouzen" in read(seen.components["sheet"]["html"]).headings


def test_the_parts_of_the_index_add_up_to_it_on_the_sheet():
    html = visit(NEEDS, "fr", territory="09", sel="095410725").components["sheet"]["html"]
    widths = [float(part.split("%")[0]) for part in html.split("inline-size:")[1:]]
    parts, total = widths[:6], float(html.split("<tfoot>")[1].split('number">')[1].split(" ")[0].replace(",", "."))
    assert sum(parts) == pytest.approx(total, abs=0.1)


def test_the_palette_has_a_colour_for_every_class_the_catalogue_declares():
    limits = [one.breaks.values for one in knowledge().catalog.indicators.values() if one.breaks]
    assert len(limits) > 20
    assert max(map(len, limits)) < len(NEED)


def test_the_ranking_by_people_starts_with_the_most_people_not_with_the_worst_rate():
    know = knowledge()
    selections = [
        select_needs(know.needs, NeedsState("09", subject="running_water", sort=sort)) for sort in ("value", "people")
    ]
    first = [rankings(know, selection, load_texts("fr"))[0].table.iloc[0].tolist() for selection in selections]
    assert first[0][1] == "Tabia"
    most = int(np.nanargmax(np.where(selections[1].inside, selections[1].people.value, np.nan)))
    assert first[1][1] == know.territories.name(selections[1].level.codes[most], "fr")


def test_the_table_opens_with_the_worst_as_the_ranking_does():
    know, t = knowledge(), load_texts("fr")
    water = select_needs(know.needs, NeedsState("09", subject="running_water"))
    wood = select_needs(know.needs, NeedsState("09", subject="wood_cooking"))
    assert [know.territories.name(water.level.codes[need_table.ordered(know, water, t)[0]], "fr")] == ["Tabia"]
    assert wood.value[need_table.ordered(know, wood, t)[0]] == np.nanmax(wood.value[wood.rows])


@each_language
def test_a_file_says_the_settings_the_weights_and_the_sources(language):
    know, t = knowledge(), load_texts(language)
    selection = select_needs(know.needs, NeedsState("09163", weights=(("water", 5), ("roads", 0))))
    made = need_downloads.export(know, selection, t, made_on=dt.date(2026, 1, 2), address="https://atlas.example/needs")
    said = " ".join(made.provenance.filters_said)
    assert f"{t.label('theme', 'water')} 5" in said
    assert f"{t.label('theme', 'roads')} 0" in said
    assert len(made.rows) == len(selection) == 22
    assert any("2024" in source.title or "RGPH" in source.title for source in made.provenance.sources)
    assert [made.header(name) for name in made.rows if made.header(name) == name] == []


@pytest.mark.parametrize(
    "asked", [NeedsState("09"), NeedsState("09", subject="running_water"), NeedsState("MA", subject="paved_road_km")]
)
def test_qgis_draws_each_value_in_the_colour_of_the_map(asked):
    know, t = knowledge(), load_texts("fr")
    selection = select_needs(know.needs, asked)
    made = need_downloads.export(know, selection, t, made_on=dt.date(2026, 1, 2), address="https://atlas.example/needs")
    rules = styles_of(made, {"needs": "fill"})["needs"].rules
    classes, rest = rules[:-1], rules[-1]
    assert rest.value is None
    assert tuple(rule.colour for rule in classes) == need_map.palette(selection)
    drawn = sum((made.rows[rule.column] == rule.value).astype(int) for rule in classes)
    assert (drawn == made.rows["value"].notna().astype(int)).all()
    assert not [rule.label for rule in classes if "pct" in rule.label]


def test_a_territory_without_any_value_keeps_a_usable_page():
    # A town has no distance to a paved road at all.
    town = next(
        code
        for code in knowledge().territories.communes_of("09")
        if knowledge().observations.of("paved_road_km").at(code).state == "not_applicable"
    )
    for tab in TABS:
        seen = visit(NEEDS, "fr", of="paved_road_km", territory=town, tab=tab, sel=town)
        assert seen.failures == []
        assert load_texts("fr")("needs.absent.not_applicable") in seen.said


@pytest.mark.parametrize("territory", ["120660103", "12066"])
@pytest.mark.parametrize("period", ["latest", "change"])
def test_a_commune_of_which_too_little_is_published_keeps_a_usable_page(territory, period):
    # Lagouira, a town of Aousserd: 3,127 inhabitants, no rate in either census. Only the road counts, as no need.
    seen = visit(NEEDS, "fr", territory=territory, sel="120660103", period=period)
    assert seen.failures == []
    assert load_texts("fr")("needs.absent.insufficient") in seen.said
    assert "map" in seen.components


def test_the_title_counts_out_of_those_that_have_a_value():
    # 21 of the 175 communes are towns, without a distance to a paved road.
    heading = visit(NEEDS, "en", of="paved_road_km", territory="09").heading()
    assert "31 communes out of 154" in heading
