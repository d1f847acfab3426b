"""Twenty projects read by hand against the rows they come from: money, places, sectors, roles, relations."""

from typing import NamedTuple

import pandas as pd
import pytest

from data.store import load

CENTIME = 0.005


class Read(NamedTuple):
    """What the source row says, and the dirhams worked out by hand: amount x rate of its year, less its parts."""

    status: str
    dates: tuple[str, str]
    money: tuple[float | None, str, str]  # amount, currency, rule of the year
    mad: tuple[float | None, float | None]  # amount in dirhams, counted
    places: set[str]
    sectors: dict[str, float]
    funders: dict[str, float | None]  # own amount, where the row gives it
    carriers: set[str]
    part_of: str = ""


NONE = (None, "", "")
TRANSPORT_COMMUNES = (
    "095410927 095410941 095410911 095410527 095410511 095410523 095411133 095411115 095411171 095410303 095410323 "
    "095410301 095410313 095410737 095410705 095410719 095410725 095410423 095410409 095410425 095410447"
)
ROWS = {
    # 230,041 USD x 8.40633669 (2014)
    "B001": Read(
        "closed",
        ("2014-04", "2016-01"),
        (230_041, "USD", "start"),
        (1_933_802.10, 1_933_802.10),
        {"09", "02"},
        {"migration_governance": 100},
        {"union-europeenne": None, "ddc-suisse": None},
        {"migrations-developpement"},
    ),
    # 5,000,000 + 146,000 + 125,000 = 5,271,000 EUR x 11.16782488 (2014)
    "B003": Read(
        "closed",
        ("2014-04-14", "2017"),
        (5_271_000, "EUR", "start"),
        (58_865_604.94, 58_865_604.94),
        {"MA"},
        {"migration_governance": 100},
        {"union-europeenne": 5_000_000, "france": 146_000, "pays-bas": 125_000},
        {"expertise-france"},
    ),
    "B010": Read(
        "implementation",
        ("2024", ""),
        NONE,
        (None, None),
        {"095411103"},
        {"income_generation": 100},
        {"afd": None},
        {"asif"},
        "B008",
    ),
    # 210,000 EUR x 11.22741292 (2007); water and sanitation, no share given: halves
    "B021": Read(
        "closed",
        ("2007", "2009"),
        (210_000, "EUR", "start"),
        (2_357_756.71, 2_357_756.71),
        {"09541"},
        {"drinking_water": 50, "sanitation": 50},
        {"grand-lyon": None, "veolia-eau": None, "agence-eau-rmc": None},
        {"migrations-developpement", "associations-villageoises"},
    ),
    # 705,000 EUR x 10.83367028 (2015) = 7,637,737.55; B024, 146,000 EUR = 1,581,715.86, taken off
    "B023": Read(
        "closed",
        ("2015", "2017"),
        (705_000, "EUR", "start"),
        (7_637_737.55, 6_056_021.69),
        {"095410301", "095410409", "095410311", "095410469"},
        {"drinking_water": 100},
        {"collectivites-herault": None, "agence-eau-rmc": None},
        {"experts-solidaires"},
    ),
    # No year: not converted
    "B026": Read(
        "implementation",
        ("", ""),
        (1_100_000, "EUR", ""),
        (None, None),
        {"09541"},
        {"drinking_water": 100},
        {"montpellier-metropole": None, "agence-eau-rmc": None, "departement-herault": None, "siwa": None},
        {"experts-solidaires", "fondation-arghen"},
    ),
    # 39.3 + 9.9 = 49.2 MUSD x 9.38610242 (2018)
    "B035": Read(
        "implementation",
        ("2018", "2023"),
        (49_200_000, "USD", "start"),
        (461_796_239.06, 461_796_239.06),
        {"09541", "09581", "09163", "09001", "09273", "07211", "10473", "10261"},
        {"environment": 100},
        {"fonds-vert-climat": 39_300_000, "etat-marocain": 9_900_000},
        {"andzoa", "ada"},
    ),
    # Dirhams need no year
    "B047": Read(
        "closed",
        ("", ""),
        (17_000_000, "MAD", ""),
        (17_000_000, 17_000_000),
        {"09541", "09163", "09581", "09551", "07041"},
        {"rural_tourism": 100},
        {"afd": None, "ads": None, "union-europeenne": None},
        {"migrations-developpement"},
    ),
    "B060": Read(
        "closed",
        ("2018-07", ""),
        (1_500_000, "MAD", "start"),
        (1_500_000, 1_500_000),
        {"095810303"},
        {"roads": 100},
        {"fdr": None},
        set(),
    ),
    # The same 91 projects as B138: counted there
    "B088": Read(
        "implementation",
        ("2025", ""),
        NONE,
        (None, 0),
        {"09541"},
        {"multisector": 100},
        {"indh": None},
        {"indh"},
    ),
    "B099": Read(
        "closed",
        ("2024-04-27", "2024-04-27"),
        NONE,
        (None, None),
        {"095810313"},
        {"health": 100},
        {"etat-marocain": None},
        {"ministere-sante"},
    ),
    # 210,000 EUR x 11.08455998 (2018)
    "B114": Read(
        "closed",
        ("2018", "2023-05-30"),
        (210_000, "EUR", "start"),
        (2_327_757.60, 2_327_757.60),
        {"095410311"},
        {"drinking_water": 50, "sanitation": 50},
        {
            "syndicat-garrigues-campagne": None,
            "agence-eau-rmc": None,
            "departement-herault": None,
            "commune-095410311": None,
        },
        {"experts-solidaires", "commune-095410311"},
    ),
    # 44 MDH contain 20.7 MDH (B133): 23.3 MDH remain
    "B132": Read(
        "unknown",
        ("", ""),
        (44_000_000, "MAD", ""),
        (44_000_000, 23_300_000),
        {"09163"},
        {"drinking_water": 100},
        {
            "indh": None,
            "onee": None,
            "fdr": None,
            "conseil-provincial-chtouka-ait-baha": None,
            "communes-concernees": None,
        },
        {"province-chtouka-ait-baha"},
    ),
    "C001": Read(
        "closed",
        ("2025", "2025-11-27"),
        (9_014_250, "MAD", "start"),
        (9_014_250, 9_014_250),
        set(TRANSPORT_COMMUNES.split()),
        {"transport": 100},
        {"indh": None},
        {"indh", "conseil-provincial-taroudannt"},
    ),
    # Only an end: its year would give the rate
    "C033": Read(
        "closed",
        ("", "2012-08-18"),
        (6_900_000, "MAD", "end"),
        (6_900_000, 6_900_000),
        {"09541"},
        {"roads": 100},
        {},
        set(),
    ),
    "C064": Read(
        "closed",
        ("", "2008"),
        NONE,
        (None, None),
        {"095810309"},
        {"rural_tourism": 100},
        {"ads": None, "afd": None, "union-europeenne": None},
        {"migrations-developpement", "village-toumanar"},
        "B047",
    ),
    # 2,000,000 EUR x 10.84726206 (2020); its calls hold 1.1 + 8.22 + 13.51 + 1.5 MDH, more than it: zero remains
    "C079": Read(
        "closed",
        ("2020", "2025"),
        (2_000_000, "EUR", "start"),
        (21_694_524.12, 0),
        {"09", "02"},
        {"migration_governance": 100},
        {"afd": None},
        {"expertise-france", "associations-non-nommees"},
        "B006",
    ),
    "C101": Read(
        "closed",
        ("2001-07", "2003-05"),
        NONE,
        (None, None),
        {"084010305"},
        {"drinking_water": 100},
        {"lydec": None, "province-ouarzazate": None, "commune-084010305": None},
        {"aquassistance-maroc", "al-amal-tagoudicht"},
    ),
    "C120": Read(
        "closed",
        ("", "2024-02"),
        NONE,
        (None, None),
        {"095810105"},
        {"sanitation": 100},
        {},
        {"onee"},
    ),
    # The commune is not said: the province, no point
    "C126": Read(
        "closed",
        ("1997", ""),
        NONE,
        (None, None),
        {"07041"},
        {"drinking_water": 100},
        {},
        {"abdbo", "hydraulique-sans-frontieres"},
    ),
}


@pytest.fixture(scope="module")
def projects():
    return load("projects").set_index("project_code")


def known(value, missing=""):
    """Return a cell, or what stands for a missing one."""
    return missing if pd.isna(value) else value


@pytest.mark.parametrize("code", ROWS)
def test_status_dates_and_relation_are_those_of_the_row(projects, code):
    row, read = projects.loc[code], ROWS[code]
    assert known(row["part_of"]) == read.part_of
    assert row["status"] == read.status
    assert (known(row["start_date"]), known(row["end_date"])) == read.dates


@pytest.mark.parametrize("code", ROWS)
def test_money_is_that_of_the_row_at_the_rate_of_its_year(projects, code):
    row, (amount, currency, rule), (mad, counted) = projects.loc[code], ROWS[code].money, ROWS[code].mad
    assert (known(row["amount"], None), known(row["currency"])) == (amount, currency)
    assert known(row["amount_year_rule"]) == rule
    for column, expected in (("amount_mad", mad), ("counted_mad", counted)):
        found = known(row[column], None)
        assert found == (None if expected is None else pytest.approx(expected, abs=CENTIME)), column


@pytest.mark.parametrize("code", ROWS)
def test_places_sectors_and_roles_are_those_of_the_row(code):
    read = ROWS[code]
    locations = load("project_locations").query("project_code == @code")
    assert set(locations["territory_code"]) == read.places
    roles = load("project_organisations").query("project_code == @code")
    sectors = load("project_sectors").query("project_code == @code").set_index("sector_code")["share_pct"]
    assert sectors.to_dict() == read.sectors
    funders = roles[roles["role"] == "funding"].set_index("organisation_code")["amount"]
    assert {body: known(amount, None) for body, amount in funders.items()} == read.funders
    assert set(roles.loc[roles["role"] != "funding", "organisation_code"]) == read.carriers


def test_the_sample_is_large_and_varied():
    assert len(ROWS) == 20
    assert {read.money[1] for read in ROWS.values()} == {"", "MAD", "EUR", "USD"}
    assert {len(next(iter(read.places))) for read in ROWS.values()} == {2, 5, 9}
