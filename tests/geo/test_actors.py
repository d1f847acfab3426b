"""Who works with whom, where and on what: counted by hand on a toy, and on rows of the atlas."""

import pandas as pd
import pytest

from data.catalog import load_catalog
from data.errors import CodeError
from data.store import load
from geo.actors import build_actors
from geo.boundaries import Territories
from geo.partnerships import flows, network, partnerships, record, unplaced, who_does_what, worked_with
from tests.bench.hidden_funders import TABLES

SECTOR_CODES = list(load_catalog().sectors)
TERRITORIES = pd.DataFrame(
    {
        "territory_code": ["MA", "01", "01001", "01003", "010010101", "010010103", "010030101"],
        "parent_code": [None, "MA", "01", "01", "01001", "01001", "01003"],
        "level": ["country", "region", "province", "province", "commune", "commune", "commune"],
    }
)
TOY = {
    "organisations": pd.DataFrame(
        [
            ("abroad", "mre_association", "FR", False, None),
            ("abroad-2", "mre_association", "FR", False, None),
            ("here", "association", "MA", False, "010010103"),
            ("kind", "association", None, True, None),
            ("wide", "funder", "FR", False, None),
        ],
        columns=["organisation_code", "organisation_type", "country", "is_generic", "seat_code"],
    ),
    "organisation_zones": pd.DataFrame(
        [("abroad", "origin", "010010101"), ("abroad-2", "origin", "010010101"), ("abroad", "work", "01003")],
        columns=["organisation_code", "relation", "territory_code"],
    ),
    "organisation_sectors": pd.DataFrame(
        [("abroad", "health"), ("here", "roads")], columns=["organisation_code", "sector_code"]
    ),
    "projects": pd.DataFrame(
        {
            "project_code": ["P1", "P2"],
            "status": ["closed", "implementation"],
            "amount_mad": [1_000.0, None],
        }
    ),
    "project_sectors": pd.DataFrame({"project_code": ["P1", "P2"], "sector_code": ["roads", "education"]}),
    "project_locations": pd.DataFrame({"project_code": ["P1", "P2"], "territory_code": ["010010101", "MA"]}),
    "project_organisations": pd.DataFrame(
        [
            ("P1", "abroad", "funding"),
            ("P1", "here", "implementing"),
            ("P1", "here", "accountable"),
            ("P1", "kind", "funding"),
            ("P2", "abroad", "funding"),
            ("P2", "here", "implementing"),
            ("P2", "wide", "funding"),
        ],
        columns=["project_code", "organisation_code", "role"],
    ),
}


@pytest.fixture(scope="module")
def toy():
    return build_actors(TOY, territories=Territories.from_table(TERRITORIES), sector_codes=SECTOR_CODES)


@pytest.fixture(scope="module")
def shipped():
    tables = {name: load(name) for name in TABLES}
    territories = Territories.from_table(load("territories"))
    return build_actors(tables, territories=territories, sector_codes=SECTOR_CODES)


def test_partners_share_a_project_and_kinds_are_no_partners(toy):
    edges = partnerships(toy)
    assert list(zip(edges["organisation_a"], edges["organisation_b"], edges["project_code"], strict=True)) == [
        ("abroad", "here", "P1"),
        ("abroad", "here", "P2"),
        ("abroad", "wide", "P2"),
        ("here", "wide", "P2"),
    ]
    assert edges["roles_b"].iloc[0] == "accountable;implementing"


def test_the_network_counts_shared_projects(toy):
    pairs = network(partnerships(toy)).set_index(["organisation_a", "organisation_b"])
    assert pairs.loc[("abroad", "here")].to_dict() == {"projects": 2, "project_codes": "P1;P2"}
    assert network(partnerships(toy, projects=["P1"]))["projects"].tolist() == [1]


def test_worked_with_is_mutual_and_never_with_itself(toy):
    table = pd.DataFrame({body: worked_with(toy, body) for body in range(len(toy))})
    assert (table.to_numpy() == table.to_numpy().T).all()
    assert not any(table.loc[body, body] for body in range(len(toy)))


def test_the_record_tells_what_is_done_from_what_runs(toy):
    assert record(toy, "here").to_dict("list") == {
        "project_code": ["P1", "P2"],
        "roles": ["accountable;implementing", "implementing"],
        "status": ["closed", "implementation"],
        "stage": ["done", "under_way"],
    }
    with pytest.raises(CodeError, match="nobody"):
        record(toy, "nobody")


def test_who_does_what_counts_each_body_once_a_place_and_sector(toy):
    counts = (
        who_does_what(toy, level="province").set_index(["sector_code", "territory_code"])["organisations"].to_dict()
    )
    # abroad: health (declared), roads and education (projects), tied to both provinces; here: roads and education, by
    # its seat and by P1, in the first province only; P2 is nationwide and places no one.
    assert counts == {
        ("health", "01001"): 1,
        ("health", "01003"): 1,
        ("roads", "01001"): 2,
        ("roads", "01003"): 1,
        ("education", "01001"): 2,
        ("education", "01003"): 1,
    }
    assert unplaced(toy) == 1


def test_counts_within_a_territory_are_those_of_its_parts(toy):
    every, inside = who_does_what(toy, level="commune"), who_does_what(toy, level="commune", within="01001")
    assert set(inside["territory_code"]) <= {"010010101", "010010103"}
    kept = every[every["territory_code"].isin(["010010101", "010010103"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(inside.reset_index(drop=True), kept)


def test_flows_join_countries_of_residence_to_communes(toy):
    found = flows(toy, level="commune")
    origin = found[found["relation"] == "origin"]
    assert origin.to_dict("records") == [
        {
            "country": "FR",
            "territory_code": "010010101",
            "relation": "origin",
            "organisations": 2,
            "organisation_codes": "abroad;abroad-2",
        }
    ]
    assert set(found["relation"]) == {"origin", "project"}
    # The province it works in is wider than a commune; seen by province it is there.
    assert "01003" in set(flows(toy, level="province").query("relation == 'work'")["territory_code"])


def test_the_largest_budget_is_that_of_a_project_carried_or_funded_alone(toy):
    # P1 has two funders: it is no measure of either, but it is of its carrier.
    largest = dict(zip(toy.bodies["organisation_code"], toy.largest_mad, strict=True))
    assert largest["here"] == 1_000
    assert pd.isna(largest["abroad"])


def test_every_body_of_the_atlas_is_there_with_its_projects(shipped):
    assert len(shipped) == len(load("organisations"))
    links = load("project_organisations")
    assert len(shipped.links) == len(links)
    for code in ("migrations-developpement", "afd", "indh"):
        assert len(record(shipped, code)) == links.query("organisation_code == @code")["project_code"].nunique() > 5


def test_hand_check_of_france_to_figuig(shipped):
    # Declared origins: FADEF, Hassanya de Stains and the community of ksar El Maïz, all in France.
    found = flows(shipped).set_index(["country", "territory_code", "relation"])
    assert found.loc[("FR", "022510103", "origin"), "organisation_codes"] == "fadef;hassanya-stains;ksar-el-maiz"
    assert found.loc[("FR", "095811103", "origin"), "organisation_codes"] == "afoulki"


def test_hand_check_of_a_partnership(shipped):
    # B026, valley of the Arghen: Experts-Solidaires with the water agency Rhône Méditerranée Corse, among others.
    pairs = network(partnerships(shipped)).set_index(["organisation_a", "organisation_b"])
    assert "B026" in pairs.loc[("agence-eau-rmc", "experts-solidaires"), "project_codes"].split(";")
    assert "collectivites-francaises" not in set(pairs.reset_index()["organisation_a"])


def test_the_details_of_a_body_say_missing_as_none(shipped):
    body = shipped.of("forim")
    assert (body["acronym"], body["seat_code"]) == ("FORIM", None)
