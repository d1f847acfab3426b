"""The official list of territories: complete, in one hierarchy, with the people the census counts."""

import re

import pytest

from data.prepare.census import official_code, tidy
from data.prepare.reading import read_decisions
from data.store import load

# HCP, legal population of the census of 2024: Morocco, and Souss-Massa (also on the page of its Agadir office).
MOROCCO_2024, SOUSS_MASSA_2024 = 36_828_330, 3_020_431
# HCP, municipal population: Souss-Massa and its households in 2024, Morocco in 2014.
SOUSS_MASSA_MUNICIPAL_2024, SOUSS_MASSA_HOUSEHOLDS_2024, MOROCCO_MUNICIPAL_2014 = 2_994_360, 785_208, 33_610_084
COMMUNES_OF_SOUSS_MASSA = {"09001": 13, "09163": 22, "09273": 6, "09541": 89, "09551": 20, "09581": 25}
ARRONDISSEMENTS = {
    "015110100": ("Tanger", 4),
    "032310100": ("Fès", 6),
    "044210100": ("Rabat", 5),
    "044410100": ("Salé", 5),
    "061410100": ("Casablanca", 16),
    "073510100": ("Marrakech", 5),
}
PEOPLE = (
    "population_2024",
    "municipal_population_2024",
    "households_2024",
    "municipal_population_2014",
    "households_2014",
)
# The first digits of a code are those of what contains it.
ABOVE = {"province": ("region", 2), "commune": ("province", 5)}


@pytest.fixture(scope="module")
def places():
    return load("territories").set_index("territory_code")


def communes(places):
    return places[places["level"] == "commune"]


def test_every_level_is_complete_and_codes_are_unique(places):
    assert places.index.is_unique
    assert places["level"].value_counts().to_dict() == {
        "country": 1,
        "region": 12,
        "province": 75,
        "commune": 1503,
        "arrondissement": 41,
    }
    width = {"country": 2, "region": 2, "province": 5, "commune": 9, "arrondissement": 9}
    assert [len(code) for code in places.index] == places["level"].map(width).tolist()
    assert all(code == "MA" or code.isdigit() for code in places.index)


@pytest.mark.parametrize("level", ABOVE)
def test_a_code_begins_with_the_code_of_what_contains_it(places, level):
    above, width = ABOVE[level]
    rows = places[places["level"] == level]
    assert (rows["parent_code"] == rows.index.str[:width]).all()
    assert (places.loc[rows["parent_code"], "level"] == above).all()


def test_regions_lie_in_the_country_and_arrondissements_in_their_city(places):
    assert set(places.loc[places["level"] == "region", "parent_code"]) == {"MA"}
    assert places.index[places["parent_code"].isna()].tolist() == ["MA"]
    parts = places[places["level"] == "arrondissement"]
    found = {city: (places.loc[city, "name_fr"], len(rows)) for city, rows in parts.groupby("parent_code")}
    assert found == ARRONDISSEMENTS


def test_souss_massa_has_its_175_communes(places):
    own = communes(places).loc[lambda rows: rows.index.str.startswith("09")]
    assert own["parent_code"].value_counts().to_dict() == COMMUNES_OF_SOUSS_MASSA
    assert len(own) == sum(COMMUNES_OF_SOUSS_MASSA.values()) == 175


def test_the_people_are_those_the_census_published(places):
    assert places.loc["MA", "population_2024"] == MOROCCO_2024
    assert places.loc["MA", "municipal_population_2014"] == MOROCCO_MUNICIPAL_2014
    region = places.loc["09"]
    assert region["population_2024"] == SOUSS_MASSA_2024
    assert region["municipal_population_2024"] == SOUSS_MASSA_MUNICIPAL_2024
    assert region["households_2024"] == SOUSS_MASSA_HOUSEHOLDS_2024


@pytest.mark.parametrize("column", PEOPLE)
def test_communes_add_up_to_every_level_above_and_arrondissements_to_their_city(places, column):
    counted = communes(places)[column]
    assert counted.notna().all()
    for level, width in (("province", 5), ("region", 2)):
        sums = counted.groupby(counted.index.str[:width]).sum()
        assert sums.to_dict() == places.loc[places["level"] == level, column].to_dict()
    assert counted.sum() == places.loc["MA", column]
    parts = places[places["level"] == "arrondissement"]
    assert parts.groupby("parent_code")[column].sum().to_dict() == places.loc[list(ARRONDISSEMENTS), column].to_dict()


def test_the_legal_population_is_never_below_the_municipal_one(places):
    assert (places["population_2024"] >= places["municipal_population_2024"]).all()


def test_every_territory_has_a_name_in_latin_and_in_arabic_letters(places):
    assert places["name_fr"].str.fullmatch(r"[A-ZÀ-Ý][A-Za-zÀ-ÿ'’ ().-]+").all()
    assert places["name_ar"].str.fullmatch(r"[\u0621-\u064a ()،'.-]+").all()
    assert not places["name_fr"].str.contains("  ").any()


def test_few_commune_names_are_shared_and_none_inside_a_province(places):
    named = communes(places)
    # HCP 2024: 10 names for 21 communes, Oulad Aissa three times.
    shared = named["name_fr"][named["name_fr"].duplicated(keep=False)]
    assert len(shared) == 21
    assert shared.value_counts().head(1).to_dict() == {"Oulad Aissa": 3}
    assert not named.duplicated(["parent_code", "name_fr"]).any()


def test_communes_are_urban_or_rural_and_wider_territories_neither(places):
    small = places["level"].isin(["commune", "arrondissement"])
    assert set(places.loc[small, "milieu"]) == {"urban", "rural"}
    assert places.loc[~small, "milieu"].isna().all()
    assert (communes(places)["milieu"] == "rural").loc[lambda rural: rural.index.str.startswith("09")].sum() == 154


def test_the_crosswalk_is_one_to_one_and_holds_every_commune_and_arrondissement(places):
    pairs = load("crosswalk")
    small = places.index[places["level"].isin(["commune", "arrondissement"])]
    assert sorted(pairs["code_2024"]) == sorted(small)
    assert pairs["code_2014"].is_unique
    assert pairs["code_2014"].str.fullmatch(r"\d{9}").all()
    # As the card of the census of 2014 says on the sources page.
    assert pairs["method"].value_counts().to_dict() == {
        "exact_code": 1337,
        "name_in_province": 203,
        "sole_remaining": 4,
    }
    assert (pairs["code_2014"] == pairs["code_2024"]).eq(pairs["method"] == "exact_code").all()
    assert (pairs["code_2014"].str[:5] == pairs["code_2024"].str[:5]).all(), "no commune changed province since 2014"


def test_thirteen_communes_of_souss_massa_were_renumbered_with_their_cercle(places):
    pairs = load("crosswalk").query("code_2024.str.startswith('09') and code_2014 != code_2024")
    # By hand, from the lists of 2014 and 2024: Ait Amira and Sidi Bibi follow Biougra, the others make a new cercle.
    assert dict(zip(pairs["code_2014"], places.loc[pairs["code_2024"], "name_fr"], strict=True)) == {
        "091630701": "Ait Amira",
        "091630727": "Sidi Bibi",
        "095410901": "Ahmar Laglalcha",
        "095410503": "Argana",
        "095410507": "Bigoudine",
        "095410509": "Eddir",
        "095410513": "Imilmaiss",
        "095410515": "Issen",
        "095410919": "Ida Ou Moumen",
        "095410529": "Sidi Moussa Lhamri",
        "095410931": "Lamnizla",
        "095410531": "Talmakante",
        "095410971": "Zaouia Sidi Tahar",
    }
    assert set(pairs["code_2024"].str[:7]) == {"0916301", "0954111"}


def test_every_seat_and_every_town_of_the_pilot_region_is_named_on_the_map(places):
    towns = load("towns")
    assert towns.query("rank == 1")["name_fr"].tolist() == ["Rabat"]
    seats = read_decisions("seats")
    assert set(seats["territory_code"]) == set(places.index[places["level"].isin(["country", "region", "province"])])
    unnamed = seats.loc[~seats["seat_code"].isin(towns["territory_code"]), "territory_code"]
    # The seat of Aousserd, Bir Gandouz, stands in no gazetteer at a place that can be trusted.
    assert unnamed.tolist() == ["12066"]
    urban = communes(places).loc[lambda rows: rows.index.str.startswith("09") & (rows["milieu"] == "urban")]
    assert set(urban.index) <= set(towns["territory_code"])
    assert len(urban) == 175 - 154


def test_other_spellings_belong_to_a_territory_and_are_no_other_commune_of_that_name(places):
    names = load("place_names")
    assert set(names["territory_code"]) <= set(places.index)
    assert set(names["origin"]) == {"hcp_2014", "geonames", "exonym"}
    assert names["name"].map(lambda name: name == tidy(name)).all()
    assert not names["name"].map(lambda name: bool(re.search(r"[\u0400-\u04ff\u4e00-\u9fff]", name))).any()


@pytest.mark.parametrize(
    ("published", "level", "code"),
    [
        ("10515", "commune", "000010515"),
        ("95410723", "commune", "095410723"),
        ("1511010", "commune", "015110100"),
        ("9541", "province", "09541"),
        ("9", "region", "09"),
    ],
)
def test_a_published_number_gets_its_zeros_back(published, level, code):
    assert official_code(published, level) == code
