"""The directory on a toy worked by hand: filters, counts of options, who does what where, partners, ties abroad."""

import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.actor_selection import select_actors
from geo.actors import build_actors
from geo.actors_state import ADDRESS, LISTS, ActorsState
from geo.boundaries import Territories
from geo.directory import STAGES, UNSAID, lay_out_directory
from geo.partnerships import unplaced, who_does_what
from geo.ties import RELATIONS

# One country, one region R (09), two provinces (09001, 09002), three communes: a and b in the first, c in the second.
A, B, C = "090010101", "090010102", "090020101"
PLACES = [
    ("MA", "country", None),
    ("09", "region", "MA"),
    ("09001", "province", "09"),
    ("09002", "province", "09"),
    (A, "commune", "09001"),
    (B, "commune", "09001"),
    (C, "commune", "09002"),
]
SECTORS = ("water", "roads")


@pytest.fixture(scope="module")
def territories():
    table = pd.DataFrame(PLACES, columns=["territory_code", "level", "parent_code"]).assign(
        name_fr="n", name_ar="ن", milieu=None, population_2024=100
    )
    return Territories.from_table(table)


@pytest.fixture(scope="module")
def directory(territories):
    """Return five bodies: two of one name, one without zone or sector, one kind that is no body, one from abroad."""
    bodies = [
        ("abroad", "Amis d’Aït Baha", "mre_association", "FR", False),
        ("kind", "associations locales", "association", "MA", True),
        ("nothing", "Rien de connu", "association", None, False),
        ("twin-1", "Association Amal", "association", "MA", False),
        ("twin-2", "Association AMAL", "association", "MA", False),
    ]
    columns = ["organisation_code", "name_fr", "organisation_type", "country", "is_generic"]
    organisations = pd.DataFrame(bodies, columns=columns).assign(
        name_ar=[None, None, None, "جمعية الأمل", None], name_en=None, acronym=None, seat_code=[None, None, None, A, C]
    )
    zones = [("abroad", "origin", A), ("abroad", "work", "09002"), ("twin-1", "work", B)]
    projects = [("P1", "closed", 10.0), ("P2", "implementation", None)]
    links = [
        ("P1", "abroad", "funding"),
        ("P1", "twin-1", "implementing"),
        ("P1", "kind", "implementing"),
        ("P2", "twin-1", "implementing"),
    ]
    tables = {
        "organisations": organisations,
        "organisation_zones": pd.DataFrame(zones, columns=["organisation_code", "relation", "territory_code"]),
        "organisation_sectors": pd.DataFrame([("twin-2", "roads")], columns=["organisation_code", "sector_code"]),
        "projects": pd.DataFrame(projects, columns=["project_code", "status", "amount_mad"]),
        "project_sectors": pd.DataFrame([("P1", "water"), ("P2", "roads")], columns=["project_code", "sector_code"]),
        "project_locations": pd.DataFrame([("P1", A), ("P2", "09001")], columns=["project_code", "territory_code"]),
        "project_organisations": pd.DataFrame(links, columns=["project_code", "organisation_code", "role"]),
    }
    actors = build_actors(tables, territories=territories, sector_codes=SECTORS)
    aliases = pd.DataFrame({"alias": ["Les Amis"], "organisation_code": ["abroad"]})
    return lay_out_directory(actors, types=("mre_association", "association", "ngo"), aliases=aliases)


def found(directory, **fields):
    return set(select_actors(directory, ActorsState(**({"territory": "MA"} | fields))).codes)


def test_the_country_keeps_bodies_without_any_place_and_leaves_out_kinds(directory):
    assert found(directory) == {"abroad", "nothing", "twin-1", "twin-2"}


def test_a_territory_keeps_the_bodies_tied_to_it_or_to_a_place_in_it(directory):
    assert found(directory, territory="09001") == {"abroad", "twin-1"}
    assert found(directory, territory="09002") == {"abroad", "twin-2"}  # works in the province; has its seat in c
    assert found(directory, territory=B) == {"twin-1"}


def test_a_tie_is_judged_together_with_the_territory(directory):
    assert found(directory, territory="09001", tie=("origin",)) == {"abroad"}
    assert found(directory, territory="09002", tie=("origin",)) == set()
    assert found(directory, tie=("seat",)) == {"twin-1", "twin-2"}


def test_a_body_without_sector_or_country_answers_to_that_very_choice(directory):
    assert found(directory, sector=(UNSAID,)) == {"nothing"}
    assert found(directory, country=(UNSAID,)) == {"nothing"}
    assert found(directory, record=("none",)) == {"nothing", "twin-2"}


def test_names_are_found_in_any_script_spelling_and_alias(directory):
    assert found(directory, text="amal") == {"twin-1", "twin-2"}
    assert found(directory, text="الامل") == {"twin-1"}
    assert found(directory, text="les amis") == {"abroad"}
    assert found(directory, text="ait BAHA") == {"abroad"}
    assert found(directory, text="?!") == set()


def test_bodies_of_one_name_are_told_apart(directory):
    assert directory.named_alike == {"twin-1", "twin-2"}


def test_projects_are_counted_by_stage(directory):
    row = directory.actors.index["twin-1"]
    assert dict(zip(STAGES, directory.projects[row].tolist(), strict=False)) == {
        "under_way": 1,
        "done": 1,
        "stopped": 0,
        "unknown": 0,
    }


def test_each_option_says_what_it_would_give_under_the_other_filters(directory):
    facets = select_actors(directory, ActorsState(territory="09001", sector=("water",))).facets
    assert facets["sector"].tolist() == [2, 1, 0]  # water: abroad and twin-1; roads: twin-1
    assert facets["type"].tolist() == [1, 1]  # ngo is no body's: not an option
    assert dict(zip(RELATIONS, facets["tie"].tolist(), strict=True)) == {
        "origin": 1,
        "work": 1,
        "project": 2,
        "seat": 1,
    }


def test_the_map_counts_each_body_once_a_commune_by_the_ties_shown(directory, territories):
    selection = select_actors(directory, ActorsState(territory="MA"))
    counts = dict(zip(territories.commune_codes, selection.by_commune.tolist(), strict=True))
    assert counts == {A: 2, B: 1, C: 0}  # at work: the project in a is of two bodies; the seats in a and c do not count
    seats = select_actors(directory, ActorsState(territory="MA", tie=("seat",)))
    assert seats.by_commune.tolist() == [1, 0, 1]


def test_a_body_known_only_by_what_contains_the_territory_is_counted_apart(directory):
    assert select_actors(directory, ActorsState(territory=C)).wider == 1  # abroad works in the province of c
    assert select_actors(directory, ActorsState(territory="MA")).placeless == 1  # nothing


def test_who_does_what_where_counts_bodies_and_those_without_a_part_apart(directory):
    table = select_actors(directory, ActorsState(territory="09")).matrix
    assert list(table.columns) == ["09001", "09002", UNSAID]
    assert table.loc["water"].tolist() == [2, 1, 0]
    assert table.loc["roads"].tolist() == [1, 1, 0]


def test_partners_are_the_named_bodies_of_a_same_project(directory):
    pairs = select_actors(directory, ActorsState(territory="MA")).pairs
    assert pairs[["organisation_a", "organisation_b", "projects"]].to_numpy().tolist() == [["abroad", "twin-1", 1]]


def test_ties_abroad_lead_from_the_country_of_the_seat_to_each_part(directory):
    flows = select_actors(directory, ActorsState(territory="09")).flows
    keys = ["country", "territory_code", "relation", "organisations"]
    assert sorted(flows[keys].to_numpy().tolist()) == [
        ["FR", "09001", "origin", 1],
        ["FR", "09001", "project", 1],
        ["FR", "09002", "work", 1],
    ]


# On the shipped tables -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped():
    from pages.ui.knowledge import knowledge  # noqa: PLC0415 - the toy above needs no tables

    return knowledge().directory


def some_state(chance, directory):
    options = {**directory.options, "tie": RELATIONS}
    held = chance.sample(LISTS, chance.choice([0, 1, 2]))
    return ActorsState(
        territory=chance.choice(["MA", "09", "09541", "095410723", "01"]),
        text=chance.choice(["", "", "", "association", "جمعية"]),
        **{name: tuple(chance.sample(options[name], chance.choice([1, 2]))) for name in held},
    )


def test_every_count_of_an_option_is_the_list_it_would_give(shipped):
    chance = random.Random(20)  # noqa: S311 - no secret
    options = {**shipped.options, "tie": RELATIONS}
    for _ in range(40):
        state = some_state(chance, shipped)
        selection = select_actors(shipped, state)
        assert ADDRESS.decode(
            ADDRESS.encode(state), home="09", known={**options, "territory": shipped.actors.grid.territories.codes}
        ) == (state, ())
        for name in LISTS:
            number = chance.randrange(len(options[name]))
            alone = select_actors(shipped, replace(state, **{name: (options[name][number],)}))
            assert len(alone) == selection.facets[name][number], (state, name, options[name][number])
        code = chance.choice(["MA", "09", "09163", "095410101"])
        assert len(select_actors(shipped, replace(state, territory=code))) == selection.territory_counts.get(code, 0)


def test_without_filters_the_table_is_that_of_the_bodies_themselves(shipped):
    table = select_actors(shipped, ActorsState(territory="09")).matrix
    other = who_does_what(shipped.actors, level="province", within="09")
    assert len(other) > 50
    for line in other.itertuples():
        assert table.loc[line.sector_code, line.territory_code] == line.organisations
    assert table.drop(columns=UNSAID).drop(index=UNSAID).to_numpy().sum() == other["organisations"].sum()


def test_bodies_off_the_map_and_on_it_make_the_list(shipped):
    selection = select_actors(shipped, ActorsState(territory="MA"))
    at_commune = unplaced(shipped.actors, level="commune")
    assert len(selection) - int(selection.on_map.sum()) >= at_commune
    assert np.all(selection.by_commune >= 0)
