"""Cases that others published, with their figures: each is given to the public functions as anybody would."""

import numpy as np
import pandas as pd
import pytest

from geo.access import floating_catchment
from geo.allocation import apportion
from geo.concentration import concentration_curve, concentration_index
from geo.hierarchy import Leaf, Node
from geo.inequality import gini, hoover, poverty, theil, theil_parts
from geo.needs import Method, score

# UNDP, Human Development Report 2020, table 1 (year 2019): life expectancy, expected and mean years of school, income,
# and the index as published. Inputs are published with one decimal, so the index is met to 0.002.
COUNTRIES = pd.DataFrame(
    [
        ("Norway", 82.4, 18.1, 12.9, 66_494, 0.957),
        ("Australia", 83.4, 22.0, 12.7, 48_085, 0.944),
        ("Qatar", 80.2, 12.0, 9.7, 92_418, 0.848),
        ("Tunisia", 76.7, 15.1, 7.2, 10_414, 0.740),
        ("Morocco", 76.7, 13.7, 5.6, 7_368, 0.686),
        ("Sudan", 65.3, 7.9, 3.8, 3_829, 0.510),
        ("Niger", 62.4, 6.5, 2.1, 1_201, 0.394),
    ],
    columns=["country", "life", "expected", "mean", "income", "published"],
).set_index("country")
# Gross product per head of the 32 states of Mexico in 1940 and their regions (Hanson 1998): data set mexico of PySAL.
STATES = """
10384 22361 9573 3758 2934 8578 8537 6909 17816 12132 4359 2181 4414 5309 3408 3327 6936 4836 9073 1892 3569 11016 21965
4372 4840 6399 2459 7508 3605 5203 7990 3734
"""
REGIONS = "2 1 2 5 5 1 1 3 4 2 3 5 3 3 4 3 3 2 1 5 3 3 5 2 2 1 5 1 3 3 5 2"
# Haughton & Khandker, Handbook on Poverty and Inequality, World Bank 2009: chapters 4 and 6.
INCOMES = [10, 15, 20, 25, 40, 20, 30, 35, 45, 90]


def test_the_human_development_index_of_2019():
    school = Node(
        "school",
        aggregation="arithmetic",
        children=(Leaf("expected", goalposts=(0, 18)), Leaf("mean", goalposts=(0, 15))),
    )
    income = Leaf("income", goalposts=(100, 75_000), transform="log")
    tree = Node("hdi", aggregation="geometric", children=(Leaf("life", goalposts=(20, 85)), school, income))
    result = score(COUNTRIES, tree, method=Method(floor=0))
    assert result.score.to_numpy() / 100 == pytest.approx(COUNTRIES["published"].to_numpy(), abs=0.002)
    assert result.rank.tolist() == [1, 2, 3, 4, 5, 6, 7]
    # Years of school and incomes beyond the goalposts count as the goalpost, and it is said.
    assert {(note.code, note.count) for note in result.notes if note.kind == "beyond_goalposts"} == {
        ("expected", 2),
        ("income", 1),
    }


def test_inequality_among_the_states_of_mexico_and_between_its_regions():
    # PySAL inequality 1.1: Gini, Theil and TheilD.
    states, regions = (np.array(text.split(), float) for text in (STATES, REGIONS))
    assert gini(states) == pytest.approx(0.35372371)
    assert theil(states) == pytest.approx(0.20894344)
    between, within = theil_parts(states, regions)
    assert between == pytest.approx(0.0345889, abs=1e-7)
    assert between + within == pytest.approx(0.20894344)
    assert theil_parts([0, 0, 0, 10, 10, 10], [0, 0, 0, 1, 1, 1]) == pytest.approx((np.log(2), 0.0))


def test_poverty_and_inequality_of_the_handbook():
    # Line 125; country B is half poor like A, its gap 1/250; country C its squares. Table 6.3 with natural logarithms.
    assert [poverty(country, 125) for country in ([100, 100, 150, 150], [124, 124, 150, 150])] == [0.5, 0.5]
    assert poverty([124, 124, 150, 150], 125, alpha=1) == pytest.approx(1 / 250)
    assert poverty([100, 110, 150, 160], 125, alpha=1) == pytest.approx(0.08)
    assert poverty([100, 110, 150, 160], 125, alpha=2) == pytest.approx(0.0136)
    assert gini(INCOMES) == pytest.approx(0.3272727, abs=1e-7)
    assert theil(INCOMES) == pytest.approx(0.1830644, abs=1e-7)
    assert hoover(INCOMES) == pytest.approx(0.2363636, abs=1e-7)


def test_deaths_of_children_in_india_are_concentrated_among_the_poor():
    # World Bank, Technical Note 7: births 1982-92 by fifth of wealth, deaths under five per thousand; index -0.1694.
    births, deaths = [29_939, 28_776, 26_528, 24_689, 19_739], [154.7, 152.9, 119.5, 86.9, 54.3]
    wealth = [1, 2, 3, 4, 5]
    index = concentration_index(deaths, wealth, births, neediest_first=False)
    assert index == pytest.approx(-0.1694, abs=5e-5)
    assert 1 - 2 * concentration_curve(deaths, wealth, births, neediest_first=False).area == pytest.approx(index)


def test_three_places_and_their_doctors_when_the_roads_are_jammed():
    # PySAL access 1.1, example of hospitals, scenario 0: weight 1 / minutes, nothing beyond an hour.
    minutes = np.array([[1, 80, 40], [80, 1, 40], [40, 40, 1]], float)
    weights = np.where(minutes < 61, 1 / minutes, 0.0)
    reached = floating_catchment([100, 50, 10], [15, 20, 100], weights)
    # By hand: 15 doctors for 100 + 10/40, 20 for 50 + 10/40, 100 for 10 + 150/40.
    each = [15 / 100.25, 20 / 50.25, 100 / 13.75]
    by_hand = [each[0] + each[2] / 40, each[1] + each[2] / 40, (each[0] + each[1]) / 40 + each[2]]
    assert reached == pytest.approx(by_hand)
    assert reached == pytest.approx([0.3314441, 0.5798281, 7.2864182])


def test_seats_by_the_largest_remainder():
    # The example that encyclopaedias give: 100,000 votes, ten seats.
    votes = np.array([47_000, 16_000, 15_800, 12_000, 6_100, 3_100], float)
    assert apportion(np.array([10]), np.zeros(6, int), votes).tolist() == [5, 2, 1, 1, 1, 0]
