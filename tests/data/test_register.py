"""The register of 292 projects: complete, located, converted, counted once, each organisation one identity."""

from pathlib import Path

import pandas as pd
import pytest

from data.catalog import load_catalog
from data.codes import folded
from data.money import convert, count
from data.prepare import organisations, rates, register
from data.prepare.reading import read_decisions
from data.store import TABLES_FOLDER, load

SOURCE = Path(__file__).parents[3] / "shared" / "data"
TABLES = (
    "projects",
    "project_sectors",
    "project_locations",
    "project_organisations",
    "organisations",
    "organisation_aliases",
    "register_decisions",
    "rates",
)
CENTIME = 0.005


@pytest.fixture(scope="module")
def projects():
    return load("projects").set_index("project_code")


@pytest.fixture(scope="module")
def locations():
    return load("project_locations")


def test_every_row_of_both_registers_is_there_once(projects):
    expected = [f"B{number:03}" for number in range(1, 167)] + [f"C{number:03}" for number in range(1, 127)]
    assert sorted(projects.index) == expected
    assert projects["register"].value_counts().to_dict() == {"register_public": 166, "register_public_2": 126}


def test_the_counts_of_the_sources_readme_hold(projects, locations):
    inside = locations[locations["territory_code"].str.startswith("09")]
    communes = set(inside.loc[inside["territory_code"].str.len() == 9, "territory_code"])
    # The readme says 225 projects and counts regions named by the source; B081 names none but three provinces of
    # Souss-Massa (Taroudannt, Tata, Tiznit): 226.
    assert inside["project_code"].nunique() == 225 + 1
    # 130 communes coded by the source, and Tassegdelt, deduced for Talkerdoust (B028) from the list of associations.
    assert "091630337" in communes
    assert len(communes) == 130 + 1
    assert projects["amount"].notna().sum() == 172


def test_every_project_lies_in_official_territories(projects, locations):
    assert set(locations["project_code"]) == set(projects.index)
    assert set(locations["territory_code"]) <= set(load("territories")["territory_code"])


def test_the_precision_word_agrees_with_the_places(projects, locations):
    digits = {"commune": 9, "communes": 9, "village": 9, "province": 5, "provinces": 5, "region": 2, "regions": 2}
    places = locations.groupby("project_code")["territory_code"].agg(set)
    for code, precision in projects["precision"].items():
        if precision in {"country", "unknown"}:
            assert places[code] == {"MA"}, code
        else:
            assert {len(place) for place in places[code]} == {digits[precision]}, code
            assert (len(places[code]) > 1) == precision.endswith("s") or precision == "village", code


def test_a_point_is_given_only_to_a_matched_village_and_lies_in_its_commune(projects, locations):
    points = locations[locations["lon"].notna()]
    assert len(points) == 52
    assert set(points["exactness"]) == {"2"}
    assert set(projects.loc[points["project_code"], "precision"]) == {"village"}
    communes = load("territories").set_index("territory_code").loc[points["territory_code"]]
    # 0.02 degrees, about 2 km: the distance at which a point of the village list may stand outside its commune.
    tolerance = 0.02
    lon, lat = points["lon"].to_numpy(), points["lat"].to_numpy()
    assert ((lon > communes["west"] - tolerance) & (lon < communes["east"] + tolerance)).all()
    assert ((lat > communes["south"] - tolerance) & (lat < communes["north"] + tolerance)).all()


def test_a_village_code_starts_with_the_code_of_its_commune(locations):
    villages = locations[locations["douar_code"].notna()]
    assert len(villages) == 41
    assert (villages["douar_code"].str[:7] == villages["territory_code"].str[2:]).all()


def test_sector_shares_of_each_project_sum_to_100(projects):
    sectors = load("project_sectors")
    assert set(sectors["sector_code"]) <= set(load_catalog().sectors)
    sums = sectors.groupby("project_code")["share_pct"].sum()
    assert set(sums.index) == set(projects.index)
    assert (sums - 100).abs().max() < CENTIME


def test_rates_of_2014_are_those_of_the_imf():
    known = load("rates").set_index(["currency", "year"])["mad_per_unit"]
    assert known["USD", 2014] == pytest.approx(8.4063, abs=5e-5)
    assert known["EUR", 2014] == pytest.approx(11.1678, abs=5e-5)
    # ICMD, 500,000 USD, and Sharaka, 5,000,000 EUR, both of 2014.
    assert round(500_000 * known["USD", 2014]) == 4_203_168
    assert round(5_000_000 * known["EUR", 2014]) == 55_839_124


def test_dirhams_are_the_amount_at_the_rate_shown(projects):
    priced = projects[projects["amount_mad"].notna()]
    assert ((priced["amount"] * priced["rate_mad"] - priced["amount_mad"]).abs() <= CENTIME).all()
    assert (priced.loc[priced["currency"] == "MAD", "rate_mad"] == 1).all()


def test_a_foreign_amount_without_a_year_is_not_converted_and_that_is_said(projects):
    left = projects[projects["amount"].notna() & projects["amount_mad"].isna()]
    assert sorted(left.index) == ["B026", "B104", "B105", "C017", "C099"]
    assert (left["currency"] != "MAD").all()
    assert left["amount_year"].isna().all()
    decided = load("register_decisions")
    assert set(left.index) == set(decided.loc[decided["rule"] == "currency_not_converted", "project_code"])


def family(projects, code):
    """Return a row and all rows below it."""
    return [code] + [one for part in projects.index[projects["part_of"] == code] for one in family(projects, part)]


def test_what_a_package_and_all_it_contains_count_is_the_amount_of_the_package(projects):
    packages = projects[
        (projects["envelope"] == "package") & projects["amount_mad"].notna() & projects["same_as"].isna()
    ]
    # C079 (2 M EUR at 2020) holds calls worth 24.3 MDH at the rates of their own years: it is exceeded and counts zero.
    exceeded = {"C079"}
    assert len(packages) == 28
    for code in set(packages.index) - exceeded:
        counted = projects.loc[family(projects, code), "counted_mad"].sum()
        assert counted == pytest.approx(packages.loc[code, "amount_mad"], abs=CENTIME), code
    assert projects.loc["C079", "counted_mad"] == 0


def test_floods_of_tata_are_counted_once(projects):
    # 250 MDH for 19 works; 4 of them are rows: 4 + 7.85 + 18.3 + 3.7 = 33.85 MDH, so 216.15 remain.
    assert family(projects, "B075") == ["B075", "B076", "B077", "B078", "B079"]
    assert projects.loc["B075", "counted_mad"] == 216_150_000


def test_a_framework_and_a_repeated_row_count_zero(projects):
    shown_only = projects[(projects["envelope"] == "framework") | projects["same_as"].notna()]
    assert len(shown_only) == 13
    assert (shown_only["counted_mad"] == 0).all()


def test_every_other_row_counts_its_own_amount(projects):
    alone = projects[projects["envelope"].isna() & projects["same_as"].isna()]
    pd.testing.assert_series_equal(alone["counted_mad"], alone["amount_mad"], check_names=False)


def test_relations_lead_to_rows_that_can_hold_them(projects):
    held = projects["part_of"].dropna()
    assert set(projects.loc[held, "envelope"]) == {"package", "framework"}
    repeated = projects["same_as"].dropna()
    assert repeated.to_dict() == {"B088": "B138", "B139": "B082", "B140": "B083"}
    assert projects.loc[repeated, "same_as"].isna().all()


def test_the_sum_of_the_register_is_the_one_reported(projects, locations):
    inside = set(locations.loc[locations["territory_code"].str.startswith("09"), "project_code"])
    assert projects["counted_mad"].sum() == pytest.approx(7_617_629_976.38, abs=CENTIME)
    assert projects.loc[sorted(inside), "counted_mad"].sum() == pytest.approx(6_696_037_674.05, abs=CENTIME)


def test_dates_are_in_order_and_never_more_precise_than_the_source(projects):
    both = projects[projects["start_date"].notna() & projects["end_date"].notna()]
    assert len(both) > 50
    assert (both["start_date"].str[:4] <= both["end_date"].str[:4]).all()
    assert projects.loc["B021", ["start_date", "end_date"]].tolist() == ["2007", "2009"]


def test_every_project_has_a_title_in_three_languages_and_a_web_source(projects):
    for column in ("title_fr", "title_ar", "title_en"):
        assert (projects[column].fillna("").str.len() > 3).all(), column
    assert projects["title_ar"].str.contains(r"[\u0600-\u06ff]").all()
    assert projects["source_url"].str.match(r"https?://").all()


def test_every_organisation_is_used_and_every_role_has_an_organisation():
    known, used = load("organisations"), load("project_organisations")
    listed = (load(table)["organisation_code"].dropna() for table in ("organisation_sources", "call_funders"))
    asking = load("expressed_needs")["organisation_code"].dropna()
    assert set(known["organisation_code"]) == set(used["organisation_code"]).union(*listed, asking)
    assert set(known["organisation_type"]) <= set(load_catalog().organisation_types)
    assert set(used["role"]) == {"funding", "accountable", "implementing"}


def test_no_organisation_stands_twice_under_one_name():
    known = load("organisations")
    for column in ("name_fr", "acronym"):
        names = known[column].dropna().map(folded)
        assert not names.duplicated().any(), names[names.duplicated()].tolist()


def test_aliases_lead_to_organisations_and_hold_no_amount():
    aliases = load("organisation_aliases")
    assert set(aliases["organisation_code"]) <= set(load("organisations")["organisation_code"])
    assert not aliases["alias"].str.contains(r"\d \d{3}|%").any()


def test_spellings_of_one_water_agency_are_one_funder():
    funders = load("project_organisations").query("role == 'funding'")
    water = funders[funders["organisation_code"] == "agence-eau-rmc"]
    # Written « Agence de l’eau RMC » in B021 and « AERMC » in the others.
    assert set(water["project_code"]) == {"B021", "B022", "B023", "B024", "B026", "B114", "B115", "B116"}


def test_funding_shares_of_a_project_never_pass_100():
    shares = load("project_organisations").groupby("project_code")["share_pct"].sum()
    assert (shares <= 100).all()


def test_decisions_are_about_rows_of_the_register_and_say_why(projects):
    decided = load("register_decisions")
    assert set(decided["project_code"]) <= set(projects.index)
    assert decided["reason"].str.endswith(".").all()


def test_hand_check_of_the_water_system_of_tafraki(projects):
    # B130: ONEE 2,233,600 + commune (418,800 + 1,189,250) + association 139,600 = 3,981,250 DH.
    row = projects.loc["B130"]
    assert (row["status"], row["start_date"], row["precision"], row["amount_mad"]) == (
        "closed",
        "2014-11-05",
        "commune",
        3_981_250,
    )
    paid = load("project_organisations").query("project_code == 'B130' and role == 'funding'")
    assert paid.set_index("organisation_code")["amount"].to_dict() == {
        "onee": 2_233_600,
        "commune-095410453": 1_608_050,
        "tamount-youssef-mhand": 139_600,
    }
    assert row["beneficiaries_count"] == 1270


def test_hand_check_of_the_village_of_taghzout(projects, locations):
    # C019 is part of C020 (6,244,036 DH), which therefore counts 6,244,036 - 567,888 = 5,676,148 DH.
    row = projects.loc["C019"]
    assert (row["part_of"], row["counted_mad"], row["status"]) == ("C020", 567_888, "unknown")
    assert projects.loc["C020", "counted_mad"] == 5_676_148
    place = locations.query("project_code == 'C019'").iloc[0]
    assert (place["territory_code"], place["douar_code"]) == ("095410709", "5410709202006")
    assert (place["position_source"], place["lon"], place["lat"]) == ("openstreetmap", -8.01863, 30.53953)


def test_hand_check_of_the_programme_of_migration_initiatives(projects):
    # B006: 9,000,000 EUR at 2020 = 97,625,358.54 DH; the calls below it hold 1.1 + 8.22 + 13,511,774.94 + 1.5 MDH
    # = 24,331,774.94 DH; 73,293,583.60 DH remain.
    assert projects.loc["B006", "amount_mad"] == pytest.approx(97_625_358.54, abs=CENTIME)
    assert projects.loc["B006", "counted_mad"] == pytest.approx(73_293_583.60, abs=CENTIME)
    assert len(family(projects, "B006")) == 17


def test_hand_check_of_school_transport_in_chtouka(projects):
    # 43 vehicles (16.1 MDH) contain the 25 of the agreement (9 MDH): 7.1 MDH remain.
    assert projects.loc["B152", "counted_mad"] == 7_100_000
    assert projects.loc["B151", "part_of"] == "B152"
    council = load("project_organisations").query("project_code == 'B151' and role == 'accountable'")
    assert council["organisation_code"].tolist() == ["conseil-provincial-chtouka-ait-baha"]


def test_hand_check_of_the_frozen_project_of_abaynou(projects, locations):
    # B038: 48,932 USD in 2000 at 10.6256 DH.
    row = projects.loc["B038"]
    assert (row["status"], row["amount_year"], row["amount_year_rule"]) == ("cancelled", 2000, "start")
    assert row["amount_mad"] == pytest.approx(519_933.63, abs=CENTIME)
    assert locations.query("project_code == 'B038'")["territory_code"].tolist() == ["102610701"]


def toy(**columns):
    rows = pd.DataFrame(columns | {"project_code": ["A", "B", "C"]}).set_index("project_code")
    return rows.assign(amount_mad=rows["amount_mad"].astype("Float64"))


def test_a_package_in_a_package_is_taken_off_once():
    # A = 100 contains B = 60, which contains C = 10: A counts 100 - 60 = 40, B 60 - 10 = 50, C 10; sum 100.
    rows = toy(amount_mad=[100, 60, 10], envelope=["package", "package", ""], part_of=["", "A", "B"], same_as=[""] * 3)
    assert count(rows).tolist() == [40, 50, 10]


def test_parts_that_exceed_their_package_leave_it_zero_not_negative():
    rows = toy(amount_mad=[100, 80, 30], envelope=["package", "", ""], part_of=["", "A", "A"], same_as=[""] * 3)
    assert count(rows).tolist() == [0, 80, 30]


def test_a_part_without_amount_takes_nothing_off_and_stays_missing():
    rows = toy(amount_mad=[100, None, 30], envelope=["package", "", ""], part_of=["", "A", "A"], same_as=[""] * 3)
    counted = count(rows)
    assert counted["A"] == 70
    assert pd.isna(counted["B"])


def test_parts_that_turn_in_a_circle_are_refused():
    rows = toy(amount_mad=[1, 1, 1], envelope=["package"] * 3, part_of=["", "C", "B"], same_as=[""] * 3)
    with pytest.raises(ValueError, match="circle"):
        count(rows)


def test_the_year_of_an_amount_is_its_start_then_its_end_then_its_note():
    rows = pd.DataFrame(
        {
            "amount": [10.0, 10.0, 10.0, 10.0],
            "currency": "EUR",
            "start_date": ["2014-04", "", "", ""],
            "end_date": ["2016", "2016", "", ""],
            "money_year": ["2018", "2018", "2018", ""],
        }
    )
    known = pd.DataFrame({"currency": "EUR", "year": [2014, 2016, 2018], "mad_per_unit": [11.0, 10.5, 11.5]})
    converted = convert(rows, known)
    assert converted["amount_year_rule"].tolist() == ["start", "end", "source", ""]
    assert converted["amount_mad"].tolist()[:3] == [110.0, 105.0, 115.0]
    assert pd.isna(converted["amount_mad"].iloc[3])


def test_hand_made_decisions_are_about_rows_that_exist(projects):
    for name in ("beneficiaries", "doubts", "notes", "places", "readings", "sectors", "titles", "villages"):
        assert set(read_decisions(name)["project_code"]) <= set(projects.index), name


@pytest.mark.shared
def test_the_tables_are_what_the_preparation_makes(tmp_path):
    if not SOURCE.is_dir():
        pytest.skip("the shared sources are not beside the repository")
    for module in (rates, organisations, register):
        module.prepare(SOURCE, tmp_path)
    for table in TABLES:
        made, shipped = (folder / f"{table}.csv" for folder in (tmp_path, TABLES_FOLDER))
        assert made.read_bytes() == shipped.read_bytes(), f"{table}: run `make tables`"
