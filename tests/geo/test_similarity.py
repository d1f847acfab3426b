"""Gower's likeness, by hand and by its properties; where a success could be repeated, the improved sector left out."""

import numpy as np
import pandas as pd
import pytest

from data.actors_catalog import load_actors_catalog
from data.catalog import load_catalog
from data.errors import CodeError, ScoringError
from data.store import load
from geo.boundaries import Territories
from geo.context import build_context
from geo.indicators import Observations
from geo.similarity import Trait, gower, likeness, repeat, with_ranges, without_sector

NAN = np.nan
# Heights 0 to 2,000 m; B differs from A by 500 m (likeness 0.75), C by 2,000 m (0).
TOY = pd.DataFrame(
    {
        "height_m": [0.0, 500.0, 2000.0, NAN],
        "milieu": ["rural", "rural", "urban", "rural"],
        "has_dam": [True, False, True, False],
    },
    index=["A", "B", "C", "D"],
)
TRAITS = (
    Trait("height_m", lowest=0, highest=2000),
    Trait("milieu", "nominal"),
    Trait("has_dam", "asymmetric"),
)


def of(place, data=TOY, traits=TRAITS):
    return gower(likeness(data, place, traits), traits)["similarity"]


def test_hand_worked_likeness():
    # A and B: (0.75 + 1 + 0) / 3; A and C: (0 + 0 + 1) / 3; A and D: height not known: (1 + 0) / 2.
    assert of("A").round(9).to_dict() == {"A": 1.0, "B": round(1.75 / 3, 9), "C": round(1 / 3, 9), "D": 0.5}


def test_a_kind_nobody_knows_is_neither_the_same_nor_another():
    # The milieu of C is not known: B and C compare height (0.25) and dam (0); from C, nobody's milieu is compared.
    data = TOY.assign(milieu=["rural", "rural", None, "rural"])
    assert of("B", data)["C"] == pytest.approx(0.25 / 2)
    assert likeness(data, "C", TRAITS)["milieu"].isna().all()
    assert with_ranges((Trait("height_m"),), TOY.assign(height_m=NAN))[0] == Trait("height_m", lowest=0, highest=0)


def test_five_patients_are_as_alike_as_in_the_textbook():
    # Everitt, Cluster Analysis, 3rd edition 1993, pages 45-46, its two misprints (2-5, 4-5) mended as by the manual of
    # ClustanGraphics: a weight, anxiety and age as kinds, depression and hallucination as signs that count when there.
    patients = pd.DataFrame(
        {
            "weight": [120.0, 150, 110, 145, 120],
            "anxiety": ["mild", "moderate", "severe", "mild", "mild"],
            "depression": [False, True, True, False, False],
            "hallucination": [False, False, True, True, True],
            "age": ["young", "middle", "old", "old", "young"],
        },
        index=range(1, 6),
    )
    signs = (Trait("depression", "asymmetric"), Trait("hallucination", "asymmetric"))
    traits = with_ranges((Trait("weight"), Trait("anxiety", "nominal"), *signs, Trait("age", "nominal")), patients)
    found = {place: of(place, patients, traits).loc[place + 1 :].tolist() for place in range(1, 5)}
    assert found[1] == pytest.approx([0.0625, 0.15, 0.34375, 0.75])
    assert found[2] == pytest.approx([0.2, 0.175, 0.05])
    assert found[3] == pytest.approx([0.425, 0.35])
    assert found[4] == pytest.approx([0.59375])


def test_two_no_of_an_asymmetric_trait_are_not_compared():
    # B and D: height not known, milieu the same, no dam in both: only the milieu is compared.
    parts = likeness(TOY, "B", TRAITS)
    assert parts.loc["D"].isna().to_dict() == {"height_m": True, "milieu": False, "has_dam": True}
    assert of("B")["D"] == 1
    assert gower(parts, TRAITS).loc["D", "compared"] == pytest.approx(1 / 3)


def test_every_place_is_wholly_like_itself_and_likeness_goes_both_ways():
    table = pd.DataFrame({place: of(place) for place in TOY.index})
    assert np.diag(table).tolist() == [1, 1, 1, 1]
    assert (table.to_numpy() == table.to_numpy().T).all()
    assert ((table.to_numpy() >= 0) & (table.to_numpy() <= 1)).all()


def test_a_change_of_unit_changes_no_likeness():
    feet = TOY.assign(height_m=TOY["height_m"] * 3.28084 + 100)
    traits = with_ranges((Trait("height_m"), *TRAITS[1:]), feet)
    metres = with_ranges((Trait("height_m"), *TRAITS[1:]), TOY)
    pd.testing.assert_series_equal(of("A", feet, traits), of("A", TOY, metres))


def test_the_range_is_fixed_by_the_country_not_by_those_compared():
    traits = with_ranges((Trait("height_m"),), TOY)
    assert (traits[0].lowest, traits[0].highest) == (0, 2000)
    few = TOY.loc[["A", "B"]]
    assert of("A", few, traits)["B"] == 0.75


def test_a_value_beyond_the_range_is_as_unlike_as_can_be_never_negative():
    traits = (Trait("height_m", lowest=0, highest=1000),)
    assert of("A", TOY, traits)["C"] == 0


def test_a_trait_that_is_the_same_everywhere_tells_no_places_apart():
    flat = TOY.assign(height_m=100.0)
    traits = with_ranges((Trait("height_m"),), flat)
    assert set(of("A", flat, traits)) == {1.0}


def test_weights_weigh():
    heavy = (Trait("height_m", weight=3, lowest=0, highest=2000), Trait("milieu", "nominal"))
    # (3 x 0.75 + 1) / 4
    assert of("A", TOY, heavy)["B"] == pytest.approx(3.25 / 4)


def test_nothing_comparable_gives_no_similarity():
    traits = (Trait("height_m", lowest=0, highest=2000),)
    assert of("D", TOY, traits).isna().all()


def test_wrong_questions_are_refused_in_words():
    with pytest.raises(CodeError, match="found «Z»"):
        likeness(TOY, "Z", TRAITS)
    with pytest.raises(CodeError, match="rain"):
        likeness(TOY, "A", (Trait("rain", lowest=0, highest=1),))
    with pytest.raises(ScoringError, match="no range"):
        likeness(TOY, "A", (Trait("height_m"),))
    with pytest.raises(ScoringError, match="kind"):
        Trait("height_m", "fuzzy")
    with pytest.raises(ScoringError, match="not negative"):
        Trait("height_m", weight=-1)


NEED = pd.Series({"A": 0.1, "B": 0.9, "C": 0.6, "D": 0.2})


def test_a_project_is_repeated_where_the_context_is_alike_and_the_need_is_there():
    found = repeat(TOY, TRAITS, origin="A", sector_code="health", need=NEED)
    # A itself never; D is not in need; C is less alike than B.
    assert found.table["territory_code"].tolist() == ["B", "C"]
    assert found.table["need"].tolist() == [0.9, 0.6]


def test_a_place_without_a_known_need_is_no_place_to_repeat():
    found = repeat(TOY, TRAITS, origin="A", sector_code="health", need=NEED.drop("B"))
    assert found.table["territory_code"].tolist() == ["C"]


def test_the_sector_being_improved_is_left_out_of_the_comparison():
    traits = (*TRAITS[:2], Trait("has_dam", "asymmetric", sectors=("drinking_water",)))
    assert [trait.code for trait in without_sector(traits, "drinking_water")] == ["height_m", "milieu"]
    found = repeat(TOY, traits, origin="A", sector_code="drinking_water", need=NEED)
    assert found.left_out == ("has_dam",)
    assert "has_dam" not in found.parts
    assert repeat(TOY, traits, origin="A", sector_code="roads", need=NEED).left_out == ()


def test_a_place_of_which_too_little_is_known_is_not_called_alike():
    # D compares one trait of three (its height unknown, no dam in B either): below two thirds.
    found = repeat(TOY, TRAITS, origin="B", sector_code="health", need=pd.Series({"D": 1.0, "C": 1.0}))
    assert found.table["territory_code"].tolist() == ["C"]


def test_traits_alike_and_different_are_told_in_order_and_the_same_is_no_difference():
    found = repeat(TOY, TRAITS, origin="A", sector_code="health", need=NEED)
    assert found.alike("B", 2) == ["milieu", "height_m"]
    assert found.different("B", 2) == ["has_dam", "height_m"]
    assert found.different("B", 3) == ["has_dam", "height_m"]


def test_what_already_runs_there_and_beside_is_said():
    found = repeat(
        TOY,
        TRAITS,
        origin="A",
        sector_code="health",
        need=NEED,
        running={"B": ["P2", "P1"], "C": ["P3"]},
        neighbours={"B": ["C", "D"], "C": []},
    )
    rows = found.table.set_index("territory_code")
    assert rows["projects"].to_dict() == {"B": "P1;P2", "C": "P3"}
    assert rows["around"].to_dict() == {"B": "P3", "C": ""}


def test_ties_are_broken_by_need_then_by_code():
    same = pd.DataFrame({"height_m": [0.0, 10.0, 10.0, 10.0]}, index=["A", "D", "C", "B"])
    need = pd.Series({"B": 0.8, "C": 0.9, "D": 0.8})
    found = repeat(same, with_ranges((Trait("height_m"),), same), origin="A", sector_code="x", need=need)
    assert found.table["territory_code"].tolist() == ["C", "B", "D"]


def test_a_question_about_no_place_has_an_empty_answer():
    found = repeat(TOY, TRAITS, origin="A", sector_code="health", need=NEED, within=[])
    assert found.table.empty


# --- The shipped context ---


@pytest.fixture(scope="module")
def context():
    catalog = load_catalog()
    territories = Territories.from_table(load("territories"))
    observations = Observations.from_table(load("observations"), territories, catalog.indicators)
    return build_context(
        load_actors_catalog().context,
        territories=territories,
        table=load("territories"),
        commune_context=load("commune_context"),
        observed=lambda code, year, communes: observations.of(code, year=year).over(communes).value,
        sectors_of_theme={code: theme.sectors for code, theme in catalog.themes.items()},
    )


def test_the_context_of_all_communes_is_known_but_where_it_is_not(context):
    assert len(context.values) == 1503
    missing = context.values.isna().sum()
    # No height for 72 communes (most of them towns); paved road is not applicable in 224 urban communes.
    assert (missing["elevation_m"], missing["paved_road_km"], missing["population"]) == (72, 224, 0)


def test_hand_check_of_the_context_of_toubkal(context):
    # 8,538 inhabitants on 275.7 km2; 42 places of GeoNames, median 1,977 m.
    row = context.values.loc["095410723"]
    territory = load("territories").set_index("territory_code").loc["095410723"]
    assert row["population"] == territory["population_2024"] == 8538
    assert row["density_km2"] == pytest.approx(8538 / territory["area_km2"])
    people = territory["municipal_population_2024"] / territory["municipal_population_2014"]
    assert row["growth_pct"] == pytest.approx(100 * (people - 1))
    assert (row["elevation_m"], row["milieu"], row["household_size"]) == (1977, "rural", 4.7)
    placed = load("commune_context").set_index("territory_code").loc["095410723"]
    assert placed["places_count"] == 42


def test_a_town_is_at_no_distance_from_itself_and_the_nearest_is_a_real_one():
    placed = load("commune_context").set_index("territory_code")
    towns = load("towns")
    great = towns[towns["rank"] <= 3]
    assert set(placed["town_code"]) <= set(great["territory_code"])
    assert (placed.loc[great["territory_code"], "town_km"] == 0).all()
    assert placed.loc["095410113", "town_km"] == 0
    assert placed["town_km"].between(0, 400).all()


def test_the_twins_of_a_commune_of_the_anti_atlas_lie_in_the_anti_atlas(context):
    need = pd.Series(1.0, index=context.values.index)
    found = repeat(context.scaled, context.traits, origin="095410311", sector_code="drinking_water", need=need, limit=5)
    # Imi N'tayart: dry mountain communes of Chtouka, Taroudannt and Tiznit; no town, no coast.
    assert set(context.values.loc[found.table["territory_code"], "milieu"]) == {"rural"}
    assert {code[:2] for code in found.table["territory_code"]} == {"09"}
    assert found.table["similarity"].is_monotonic_decreasing
    assert found.table["similarity"].iloc[0] > 0.9


def test_improving_roads_does_not_compare_roads(context):
    left = {
        sector: [t.code for t in context.traits if sector in t.sectors] for sector in ("roads", "education", "health")
    }
    assert left == {"roads": ["paved_road_km"], "education": ["illiteracy"], "health": []}
