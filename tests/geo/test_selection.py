"""One selection feeds map, table, charts and totals: worked by hand on four projects, then on random states."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalog import load_catalog
from geo import placement, summary
from geo.allocation import CENTIMES
from geo.boundaries import Territories
from geo.register import build_register
from geo.selection import select
from geo.state import State
from tests.bench.synthetic import synthetic_tables

SECTORS = ("drinking_water", "roads", "health")


def territories():
    """One country, one region 09, provinces 09541 and 09163, communes of 3,000, 1,000 and 500 people."""
    rows = [
        ("MA", "country", None, 4500),
        ("09", "region", "MA", 4500),
        ("09163", "province", "09", 500),
        ("09541", "province", "09", 4000),
        ("091630101", "commune", "09163", 500),
        ("095410101", "commune", "09541", 3000),
        ("095410103", "commune", "09541", 1000),
    ]
    frame = pd.DataFrame(rows, columns=["territory_code", "level", "parent_code", "population_2024"])
    frame["name_fr"] = frame["name_ar"] = frame["territory_code"]
    for name in ("lon", "lat", "west", "south", "east", "north"):
        frame[name] = 0.0
    return Territories.from_table(frame.astype({"population_2024": "Int64"}))


def tables():
    # W: 1,000 MAD of water in two communes. V: a road of 200 MAD at a village. P: health, province, amount unknown.
    # F: a framework of 9,000 MAD for the region, never added.
    projects = pd.DataFrame(
        {
            "project_code": ["W", "V", "P", "F"],
            "title_fr": ["Eau potable", "Piste de Tizi", "Dispensaire", "Programme"],
            "status": ["closed", "implementation", "unknown", "implementation"],
            "start_date": ["2010-05", "2020", None, "2022"],
            "end_date": ["2012", None, None, "2027"],
            "precision": ["communes", "village", "province", "region"],
            "amount_mad": [1000.0, 200.0, np.nan, 9000.0],
            "counted_mad": [1000.0, 200.0, np.nan, 0.0],
            "envelope": [None, None, None, "framework"],
        }
    )
    blank = ("title_ar", "title_en", "note", "beneficiaries_said", "part_of", "same_as", "currency")
    projects = projects.assign(**dict.fromkeys(blank), amount=projects["amount_mad"], rate_mad=1.0)
    locations = pd.DataFrame(
        {
            "project_code": ["W", "W", "V", "P", "F"],
            "territory_code": ["095410101", "095410103", "091630101", "09541", "09"],
            "place_name": ["", "", "Tizi", "", ""],
            "lon": [np.nan, np.nan, -9.0, np.nan, np.nan],
            "lat": [np.nan, np.nan, 30.0, np.nan, np.nan],
            "share_pct": np.nan,
            "amount_mad": np.nan,
        }
    )
    links = pd.DataFrame(
        {
            "project_code": ["W", "W", "V", "P"],
            "organisation_code": ["indh", "ue", "indh", "com"],
            "role": ["funding", "funding", "funding", "implementing"],
            "amount": [np.nan] * 4,
            "share_pct": [np.nan] * 4,
        }
    )
    bodies = pd.DataFrame(
        {
            "organisation_code": ["indh", "ue", "com"],
            "name_fr": ["INDH", "Union européenne", "Commune"],
            "organisation_type": ["programme", "funder", "commune"],
        }
    ).assign(name_ar=None, name_en=None, acronym=None)
    sectors = pd.DataFrame(
        {
            "project_code": ["W", "V", "P", "F"],
            "sector_code": ["drinking_water", "roads", "health", "roads"],
            "share_pct": 100.0,
        }
    )
    return {
        "projects": projects,
        "project_sectors": sectors,
        "project_locations": locations,
        "project_organisations": links,
        "organisations": bodies,
    }


@pytest.fixture(scope="module")
def register():
    return build_register(tables(), territories=territories(), sector_codes=SECTORS)


def chosen(register, **filters):
    return select(register, State(**({"territory": "MA"} | filters)))


def test_without_filter_everything_is_selected_and_the_framework_is_not_added(register):
    totals = chosen(register).totals
    assert (totals.projects, totals.with_amount, totals.without_amount) == (4, 3, 1)
    assert (totals.counted_mad, totals.located_mad, totals.area_mad) == (1200, 1200, 0)
    assert (totals.frameworks, totals.frameworks_mad) == (1, 9000)


def test_a_commune_gets_its_part_by_population_and_it_is_marked_estimated(register):
    # W is 1,000 MAD over 3,000 and 1,000 people: 250 of it in the second commune.
    totals = chosen(register, territory="095410103").totals
    assert (totals.projects, totals.counted_mad, totals.estimated_mad) == (1, 250, 250)


def test_several_values_widen_and_several_filters_narrow(register):
    assert chosen(register, sector=("drinking_water", "roads")).codes == ("W", "V", "F")
    assert chosen(register, sector=("drinking_water", "roads"), status=("implementation",)).codes == ("V", "F")


def test_counts_say_what_each_option_would_give_under_the_other_filters(register):
    selection = chosen(register, sector=("roads",), status=("implementation",))
    facets = selection.facets
    # Under "implementation" alone: roads 2, others 0. Under "roads" alone: implementation 2.
    assert dict(zip(register.dimensions["sector"].options, facets["sector"].tolist(), strict=True)) == {
        "drinking_water": 0, "roads": 2, "health": 0,
    }  # fmt: skip
    assert facets["status"].tolist() == [0, 2, 0, 0, 0, 0, 0]


def test_a_project_without_date_or_amount_passes_no_filter_on_it(register):
    assert chosen(register, years=(1900, 2100)).codes == ("W", "V", "F")
    assert chosen(register, amount=(0, None)).codes == ("W", "V", "F")


@pytest.mark.parametrize(
    ("bounds", "codes"),
    [
        ((200, 1000), ("W", "V")),  # both ends included
        ((201, 1000), ("W",)),
        ((None, 999.99), ("V",)),
        ((1000.01, None), ("F",)),
        ((0, 0), ()),
    ],
)
def test_an_amount_passes_between_its_bounds(register, bounds, codes):
    # V 200, W 1,000, F 9,000 dirhams; of P no amount is known.
    assert chosen(register, amount=bounds).codes == codes


def test_a_project_is_active_from_its_start_to_its_end_and_a_running_one_until_further_notice(register):
    assert chosen(register, years=(2012, 2012)).codes == ("W",)
    assert chosen(register, years=(2013, 2019)).codes == ()
    assert chosen(register, years=(2040, None)).codes == ("V",)


def test_words_are_found_in_titles_and_organisations_without_accents(register):
    assert chosen(register, text="UNION europeenne").codes == ("W",)
    assert chosen(register, text="tizi").codes == ("V",)
    assert chosen(register, text="tizi eau").codes == ()


def test_an_empty_selection_says_which_filter_holds_it_back(register):
    selection = chosen(register, sector=("health",), status=("closed",))
    assert len(selection) == 0
    assert selection.without("status").sum() == 1
    assert selection.totals.counted_mad == 0


def test_a_village_is_a_point_a_commune_an_area_and_a_province_neither(register):
    selection = chosen(register)
    assert placement.all_points(register).project.tolist() == [1]
    areas = placement.commune_areas(selection, 3)
    assert areas.projects.tolist() == [0, 1, 1]  # the village's commune has a point, not an area
    assert areas.money_mad.tolist() == [200, 750, 250]
    assert placement.known_by(selection) == (1, 1, 2)  # V; W; F and the one known by its province
    wide = placement.area_wide(selection)
    assert wide[["territory_code", "projects", "without_amount", "counted_mad"]].to_numpy().tolist() == [
        ["09", 1, 0, 0.0], ["09541", 1, 1, 0.0],
    ]  # fmt: skip


def test_charts_say_the_same_as_the_totals(register):
    selection = chosen(register)
    by_sector = summary.by_sector(selection).set_index("sector_code")["counted_mad"]
    assert by_sector.dropna().to_dict() == {"roads": 200, "drinking_water": 1000}
    assert by_sector.index.difference(by_sector.dropna().index).tolist() == ["health"]  # amount unknown: not zero
    funders = summary.by_funder(selection).set_index("funder_code")
    # INDH funds V alone (200) and W with another, whose parts nobody gives.
    assert funders.loc["indh", ["projects", "contribution_mad", "undivided"]].tolist() == [2, 200, 1]
    years = summary.by_year(selection)
    assert len(years) == 2022 - 2010 + 2  # every year from the first to the last, and the unknown one
    assert years["projects"].sum() == 4


@pytest.fixture(scope="module")
def synthetic():
    known = territories()
    communes = pd.DataFrame(
        {"territory_code": known.commune_codes, "lon": [-9.0, -8.0, -7.0], "lat": [30.0, 30.5, 31.0]}
    )
    codes = tuple(load_catalog().sectors)
    made = synthetic_tables(400, communes=communes, wider=("09541", "09163", "09", "MA"), sectors=codes, funders=12)
    return build_register(made, territories=known, sector_codes=codes)


def some(options, most=3):
    return st.lists(st.sampled_from(options), unique=True, max_size=most).map(tuple)


@st.composite
def states(draw):
    low = draw(st.one_of(st.none(), st.integers(1990, 2010)))
    return State(
        territory=draw(st.sampled_from(["MA", "09", "09541", "09163", "095410101"])),
        sector=draw(some(tuple(load_catalog().sectors))),
        funder=draw(some([f"body-{number:03d}" for number in range(12)])),
        status=draw(some(["closed", "implementation", "unknown"])),
        precision=draw(some(["village", "commune", "communes", "province"])),
        years=(low, draw(st.one_of(st.none(), st.integers(2011, 2030)))),
        amount=(draw(st.one_of(st.none(), st.integers(0, 10**6))), None),
        text=draw(st.sampled_from(["", "eau", "piste école"])),
    )


@settings(max_examples=250, deadline=None)
@given(state=states())
def test_map_table_charts_and_totals_agree_to_the_centime_under_any_filter(synthetic, state):
    selection = select(synthetic, state)
    totals = selection.totals
    areas = placement.commune_areas(selection, 3)
    wide = placement.area_wide(selection)
    assert totals.projects == len(selection.codes) == len(set(selection.codes))
    assert round(areas.money_mad.sum() * CENTIMES) == round(totals.located_mad * CENTIMES)
    assert round(wide["counted_mad"].sum() * CENTIMES) == round(totals.area_mad * CENTIMES)
    assert round((totals.located_mad + totals.area_mad - totals.counted_mad) * CENTIMES) == 0
    assert round(summary.by_sector(selection)["counted_mad"].sum() * CENTIMES) == round(totals.counted_mad * CENTIMES)
    assert summary.by_year(selection)["projects"].sum() == totals.projects
    drawn = set(synthetic.locations["project"].to_numpy()[placement.chosen_places(selection)])
    assert drawn == set(selection.rows.tolist())
    assert sum(placement.known_by(selection)) == totals.projects


@settings(max_examples=100, deadline=None)
@given(state=states(), name=st.sampled_from(["sector", "funder", "status", "precision", "territory"]))
def test_each_count_is_what_choosing_that_option_alone_gives(synthetic, state, name):
    dimension = synthetic.dimensions[name]
    counts = select(synthetic, state).facets[name]
    for number in range(0, len(dimension.options), 4):
        code = dimension.options[number]
        other = replace(state, **{name: code if name == "territory" else (code,)})
        assert counts[number] == len(select(synthetic, other))
