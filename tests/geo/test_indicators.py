"""What is known of a territory: the four kinds of absence, change only where years compare, people concerned."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.catalog import load_catalog
from data.errors import CodeError
from geo.boundaries import Territories
from geo.indicators import KNOWN, MISSING, NOT_APPLICABLE, WITHHELD, Observations

INDICATORS = load_catalog().indicators
CODES = ("MA", "09", "09541", "095410101", "095410103", "095410105", "095410107")


@pytest.fixture(scope="module")
def toy():
    """One province of four communes, a town among them.

    Households with running water: 80 % of 2,000 in 01, 0 % of 300 in 03, missing in 05, withheld in 07.
    In 2014: 50 %, 10 %, missing, 40 %.
    """
    levels = ("country", "region", "province", *["commune"] * 4)
    parents = (None, "MA", "09", *["09541"] * 4)
    frame = pd.DataFrame({"territory_code": CODES, "level": levels, "parent_code": parents, "population_2024": 1})
    territories = Territories.from_table(frame.assign(name_fr="x", name_ar="x"))
    rows = [
        *_rows("running_water", 2024, {"095410101": 80.0, "095410103": 0.0, "095410107": "withheld"}),
        *_rows("running_water", 2014, {"095410101": 50.0, "095410103": 10.0, "095410107": 40.0}, computed=True),
        *_rows("sedentary_households", 2024, {code: 2000.0 if code == "095410101" else 300.0 for code in CODES}),
        *_rows("paved_road_km", 2024, {"095410101": "not_applicable", "095410103": 0.0}),
        *_rows("municipal_population", 2014, {"095410101": 0.0, "095410103": 400.0}),
        *_rows("municipal_population", 2024, {"095410101": 5.0, "095410103": 300.0}),
        *_rows("illiteracy", 2024, {"095410103": 25.0}),
        *_rows("persons_10_plus", 2024, {"095410103": 260.0}),
    ]
    columns = ["indicator_code", "year", "milieu", "territory_code", "value", "state", "computed"]
    return Observations.from_table(pd.DataFrame(rows, columns=columns), territories, INDICATORS)


def _rows(indicator, year, values, *, computed=False):
    for code, value in values.items():
        known = not isinstance(value, str)
        state = "known" if known else value
        yield indicator, year, "total", code, value if known else np.nan, state, computed


def test_zero_missing_withheld_and_not_applicable_are_four_things(toy):
    water, road = toy.of("running_water"), toy.of("paved_road_km")
    assert (water.at("095410103").value, water.at("095410103").state) == (0.0, "known")
    assert (water.at("095410105").value, water.at("095410105").state) == (None, "missing")
    assert (water.at("095410107").value, water.at("095410107").state) == (None, "withheld")
    assert (road.at("095410101").value, road.at("095410101").state) == (None, "not_applicable")
    assert water.over(CODES[3:]).state.tolist() == [KNOWN, KNOWN, MISSING, WITHHELD]
    assert road.state[3] == NOT_APPLICABLE


def test_a_value_is_there_exactly_where_the_state_is_known(toy):
    for indicator in ("running_water", "paved_road_km"):
        observed = toy.of(indicator)
        assert (np.isfinite(observed.value) == observed.known).all()


def test_values_follow_the_codes_asked_for(toy):
    asked = ("095410103", "095410101")
    assert toy.of("running_water").over(asked).codes == asked
    assert toy.of("running_water").over(asked).value.tolist() == [0.0, 80.0]
    assert len(toy.of("running_water").value) == len(CODES)


def test_the_latest_year_is_meant_when_none_is_said(toy):
    assert toy.of("running_water").at("095410101").value == 80.0
    assert toy.of("running_water", year=2014).at("095410101").value == 50.0


def test_a_series_nobody_published_is_missing_everywhere(toy):
    assert toy.of("running_water", milieu="rural").counts["missing"] == len(CODES)
    assert toy.of("toilets").counts["missing"] == len(CODES)


def test_a_change_is_a_difference_in_points_where_both_years_are_known(toy):
    change = toy.change("running_water")
    assert change.at("095410101").value == 30.0  # 80 - 50
    assert change.at("095410103").value == -10.0  # 0 - 10
    assert change.at("095410101").computed  # 2014 was
    assert change.at("095410105").state == "missing"
    assert change.at("095410107").state == "withheld"  # although 2014 is known
    assert not change.at("095410107").computed  # there is no figure that could have been


def test_a_relative_change_from_nothing_is_missing_not_infinite(toy):
    change = toy.change("municipal_population", relative=True)
    assert change.at("095410103").value == -25.0  # 400 -> 300
    assert change.at("095410101").state == "missing"  # 0 -> 5


@pytest.mark.parametrize(
    "indicator", ["schooling_6_11", "schooling_7_12", "unemployment", "disability", "sanitation", "monetary_poverty"]
)
def test_years_that_do_not_measure_the_same_thing_show_no_change(toy, indicator):
    with pytest.raises(CodeError, match="do not measure the same thing"):
        toy.change(indicator)


def test_those_without_are_counted_when_more_is_better(toy):
    people = toy.people("running_water")
    assert people.at("095410101").value == pytest.approx(400)  # 20 % of 2,000
    assert people.at("095410103").value == 300.0  # all of them
    assert people.at("095410107").state == "withheld"
    assert people.at("095410101").computed


def test_a_province_counts_as_many_people_as_its_communes_together():
    # 20.4 % of 1,000 and 0 % of 3,000 lack water: 204. The province's own rate is rounded: 5.1 % of 4,000 is 204 too,
    # published as 5 % it would be 200.
    levels, parents = ("country", "region", "province", "commune", "commune"), (None, "MA", "09", "09541", "09541")
    frame = pd.DataFrame({"territory_code": CODES[:5], "level": levels, "parent_code": parents, "population_2024": 1})
    territories = Territories.from_table(frame.assign(name_fr="x", name_ar="x"))
    columns = ["indicator_code", "year", "milieu", "territory_code", "value", "state", "computed"]

    def water(rates, counts):
        rows = [
            *_rows("running_water", 2024, dict(zip(CODES, rates, strict=False))),
            *_rows("sedentary_households", 2024, dict(zip(CODES, counts, strict=False))),
        ]
        return Observations.from_table(pd.DataFrame(rows, columns=columns), territories, INDICATORS).people(
            "running_water"
        )

    whole = water((95.0, 95.0, 95.0, 79.6, 100.0), (4000.0, 4000.0, 4000.0, 1000.0, 3000.0))
    assert [whole.at(code).value for code in CODES[:3]] == pytest.approx([204] * 3)
    assert whole.at("09").computed
    # A quarter of the households live where no rate is published: their sum cannot stand for the province.
    partly = water((95.0, 95.0, 95.0, "missing", 100.0), (4000.0, 4000.0, 4000.0, 1000.0, 3000.0))
    assert partly.at("09541").value == pytest.approx(200)
    # One in two thousand does not change the sum, nor what stands above.
    nearly = water((95.0, 95.0, 95.0, "missing", 90.0), (4000.0, 4000.0, 4000.0, 2.0, 3998.0))
    assert [nearly.at(code).value for code in CODES[:3]] == pytest.approx([399.8] * 3)


def test_those_concerned_are_counted_when_more_is_worse(toy):
    assert toy.people("illiteracy").at("095410103").value == 65.0  # 25 % of 260
    assert toy.denominator("illiteracy") == "persons_10_plus"


def test_a_count_counts_itself(toy):
    assert toy.people("municipal_population").at("095410103").value == 300.0


def test_a_mean_counts_nobody(toy):
    with pytest.raises(CodeError, match="denominator of paved_road_km"):
        toy.people("paved_road_km")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (lambda toy: toy.of("runing_water"), "indicator: found «runing_water»"),
        (lambda toy: toy.of("running_water", year=1994), "found 1994; allowed: 2014, 2024"),
        (lambda toy: toy.of("running_water", milieu="town"), "found «town»"),
        (lambda toy: toy.of("running_water").at("95410103"), "found «95410103»"),
        (lambda toy: toy.of("running_water").over(["09999"]), "found «09999»"),
        (lambda toy: toy.of("running_water").at(None), "found «None»"),
    ],
)
def test_a_wrong_code_says_what_is_allowed(toy, question, said):
    with pytest.raises(CodeError, match=said):
        question(toy)


@pytest.mark.parametrize(
    ("column", "value"),
    [("territory_code", "95410103"), ("indicator_code", "water"), ("milieu", "town"), ("state", "unknown")],
)
def test_a_table_with_a_wrong_code_is_refused(toy, column, value):
    row = ("running_water", 2024, "total", "MA", 1.0, "known", False)
    columns = ["indicator_code", "year", "milieu", "territory_code", "value", "state", "computed"]
    table = pd.DataFrame([row], columns=columns).assign(**{column: value})
    with pytest.raises(CodeError, match=f"unknown {column} {value}"):
        Observations.from_table(table, toy.territories, INDICATORS)


def test_what_all_visitors_share_cannot_be_changed(toy):
    with pytest.raises(ValueError, match="read-only"):
        toy.of("running_water").value[0] = 1.0


def test_comparability_is_the_catalogue_s_alone(toy):
    closed = {**INDICATORS, "running_water": replace(INDICATORS["running_water"], comparable_years=())}
    with pytest.raises(CodeError):
        replace(toy, indicators=closed).change("running_water")
