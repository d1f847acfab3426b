"""The selection as tables to take away: what they hold is what is shown, their money sums to the totals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.exchange.contract import MONEY, PLACES, PROJECTS
from geo.portfolio import Labels, places, rows
from geo.register import build_register
from geo.selection import select
from geo.state import State

PARENTS = {"09": "MA", "09541": "09", "09163": "09", "095410101": "09541", "095410103": "09541", "091630101": "09163"}
COMMUNES = ("091630101", "095410101", "095410103")
LABELS = Labels(
    language="ar",
    status={"closed": "منجز"},
    sector={"water": "ماء", "roads": "طرق"},
    organisation={"indh": "INDH"},
    territory={"095410101": "Aoulouz", "09541": "Taroudannt"},
)


class Territories:
    """Region 09, two provinces, three communes of 500, 3,000 and 1,000 people, as the register asks for them."""

    codes = ("MA", *sorted(PARENTS))

    def ancestors(self, code):
        above = PARENTS.get(code)
        return () if above is None else (above, *self.ancestors(above))

    def commune_number(self, code):
        return COMMUNES.index(code) if code in COMMUNES else None

    def population_2024(self, codes):
        return np.array(
            [{"091630101": 500.0, "095410101": 3000.0, "095410103": 1000.0}.get(code, np.nan) for code in codes]
        )


@pytest.fixture(scope="module")
def register():
    """W: 1,000 MAD, water 75 % and roads 25 %, in two communes of 3,000 and 1,000 people.

    V: 200 MAD of road at a village. U: water in the province, amount unknown. F: a framework of 9,000 MAD, in no sum.
    """
    projects = pd.DataFrame(
        {
            "project_code": ["W", "V", "U", "F"],
            "title_fr": ["Eau", "Piste", "Puits", "Programme"],
            "title_ar": ["الماء", None, "", None],
            "status": ["closed", "implementation", "unknown", "closed"],
            "start_date": ["2010-05", "2020", None, "2022"],
            "end_date": ["2012", None, None, None],
            "precision": ["communes", "village", "province", "region"],
            "amount": [1000.0, 200.0, np.nan, 9000.0],
            "amount_mad": [1000.0, 200.0, np.nan, 9000.0],
            "counted_mad": [1000.0, 200.0, np.nan, 0.0],
            "envelope": [None, None, None, "framework"],
            "source_url": ["https://a"] * 4,
        }
    )
    blank = ("title_en", "currency", "part_of", "same_as", "beneficiaries_said", "note", "source_date")
    projects = projects.assign(**dict.fromkeys(blank), rate_mad=1.0)
    projects = projects.assign(amount_year=pd.array([2010, 2020, None, 2022], dtype="Int64"))
    projects["beneficiaries_count"] = pd.array([None, 300, None, None], dtype="Int64")
    spots = [
        ("W", COMMUNES[1], ""),
        ("W", COMMUNES[2], ""),
        ("V", COMMUNES[1], "Tizi"),
        ("U", "09541", ""),
        ("F", "09", ""),
    ]
    locations = pd.DataFrame(spots, columns=["project_code", "territory_code", "place_name"])
    locations = locations.assign(
        lon=np.nan, lat=np.nan, exactness=None, position_source=None, share_pct=np.nan, amount_mad=np.nan
    )
    locations.loc[2, ["lon", "lat"]] = [-8.1, 30.7]
    shares = [
        ("W", "water", 75.0),
        ("W", "roads", 25.0),
        ("V", "roads", 100.0),
        ("U", "water", 100.0),
        ("F", "water", 100.0),
    ]
    links = [("W", "indh", "funding"), ("W", "commune-x", "implementing"), ("W", "commune-x", "accountable")]
    tables = {
        "projects": projects,
        "project_sectors": pd.DataFrame(shares, columns=["project_code", "sector_code", "share_pct"]),
        "project_locations": locations,
        "project_organisations": pd.DataFrame(links, columns=["project_code", "organisation_code", "role"]),
        "organisations": pd.DataFrame(
            {"organisation_code": ["indh", "commune-x"], "organisation_type": ["programme", "commune"]}
        ),
    }
    tables["organisations"] = tables["organisations"].assign(name_fr="x", name_ar=None, name_en=None, acronym=None)
    return build_register(tables, territories=Territories(), sector_codes=("water", "roads"))


def test_the_tables_have_the_columns_of_the_export_in_order(register):
    selection = select(register, State(territory="MA"))
    assert list(rows(selection, labels=LABELS)) == [column.name for column in PROJECTS.columns]
    assert list(places(selection, labels=LABELS)) == [column.name for column in PLACES.columns]


def test_a_project_is_said_in_codes_and_in_words(register):
    row = rows(select(register, State(territory="MA")), labels=LABELS).iloc[0]
    assert (row["sectors"], row["sector_labels"]) == ("water;roads", "ماء; طرق")
    assert (row["funders"], row["funder_names"]) == ("indh", "INDH")
    # An organisation with two carrying roles is named once; without a word its code stands.
    assert (row["carriers"], row["carrier_names"]) == ("commune-x", "commune-x")
    assert (row["places"], row["place_names"]) == ("095410101;095410103", "Aoulouz; 095410103")
    assert (row["status"], row["status_label"]) == ("closed", "منجز")


def test_a_title_that_was_not_translated_is_french(register):
    table = rows(select(register, State(territory="MA")), labels=LABELS)
    assert table["title"].tolist() == ["الماء", "Piste", "Puits", "Programme"]


def test_a_village_is_named_with_its_commune(register):
    table = rows(select(register, State(territory="MA")), labels=LABELS)
    assert table["place_names"][1] == "Tizi (Aoulouz)"


def test_an_unknown_amount_is_missing_and_a_framework_counts_zero(register):
    table = rows(select(register, State(territory="MA")), labels=LABELS).set_index("project_code")
    assert np.isnan(table.loc["U", MONEY])
    assert pd.isna(table.loc["U", "allocation_rule"])
    assert table.loc["F", MONEY] == 0
    assert pd.isna(table.loc["V", "funders"])


def test_under_filters_only_the_money_inside_them_counts(register):
    # W in commune 095410101 (3,000 of 4,000 people), water only (75 %): 1,000 x 0.75 x 0.75 = 562.50.
    selection = select(register, State(territory="095410101", sector=("water",)))
    table = rows(selection, labels=LABELS)
    assert table["project_code"].tolist() == ["W"]
    assert table[MONEY].tolist() == [562.5]
    assert table["allocation_rule"].tolist() == ["population"]
    assert table["places"].tolist() == ["095410101;095410103"]
    inside = places(selection, labels=LABELS)
    assert inside["territory_code"].tolist() == ["095410101"]
    assert inside[MONEY].tolist() == [562.5]


def test_places_say_how_they_are_known(register):
    table = places(select(register, State(territory="MA")), labels=LABELS)
    assert table["located_by"].tolist() == ["commune", "commune", "point", "area", "area"]
    # W: 1,000 over 3,000 and 1,000 people.
    assert table[MONEY].tolist()[:3] == [750.0, 250.0, 200.0]
    assert table["territory_name"].tolist()[3] == "Taroudannt"
    assert np.isnan(table[MONEY][3])


STATES = st.builds(
    State,
    territory=st.sampled_from(("MA", *sorted(PARENTS))),
    sector=st.sampled_from(((), ("water",), ("roads",))),
    status=st.sampled_from(((), ("closed",), ("implementation", "unknown"))),
    amount=st.sampled_from(((None, None), (500.0, None), (None, 500.0))),
)


@given(STATES)
@settings(max_examples=200, deadline=None)
def test_under_any_filter_both_tables_hold_the_ids_and_the_money_of_the_selection(register, state):
    selection = select(register, state)
    projects, spots = rows(selection, labels=LABELS), places(selection, labels=LABELS)
    assert tuple(projects["project_code"]) == selection.codes
    assert set(spots["project_code"]) == set(selection.codes)
    assert projects[MONEY].sum() == pytest.approx(selection.totals.counted_mad, abs=0.001)
    wide = spots["located_by"] == "area"
    assert spots.loc[~wide, MONEY].sum() == pytest.approx(selection.totals.located_mad, abs=0.001)
    assert spots.loc[wide, MONEY].sum() == pytest.approx(selection.totals.area_mad, abs=0.001)
