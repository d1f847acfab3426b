"""The sums of the charts, on the four projects that `test_selection` works by hand and on four hundred by chance."""

import numpy as np
import pandas as pd
import pytest

from geo import placement, summary
from tests.geo.test_selection import chosen, register, synthetic, territories

__all__ = ["register", "synthetic"]  # fixtures

# W: water, 1,000 MAD in two communes of 3,000 and 1,000 people (750, 250), by INDH and the Union. V: a road of 200 MAD
# in a village of another province, by INDH. P: health, amount unknown, known by the first province. F: roads, a
# framework known by the region, counted nowhere.


def rows(table):
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


def test_sectors_come_by_their_projects_then_by_their_money(register):
    assert rows(summary.by_sector(chosen(register))) == [
        ["roads", 2, 200.0],
        ["drinking_water", 1, 1000.0],
        ["health", 1, None],  # not known, and not 0
    ]
    assert rows(summary.by_sector(chosen(register, sector=("health",)))) == [["health", 1, None]]
    assert summary.by_sector(chosen(register, text="nothing bears this")).empty


def test_a_funder_has_what_is_known_to_be_its_own(register):
    found = summary.by_funder(chosen(register)).set_index("funder_code")
    assert found.index.tolist() == ["indh", "ue"]
    assert found.loc["indh"].to_dict() == {"projects": 2, "undivided": 1, "contribution_mad": 200}
    assert found.loc["ue", ["projects", "undivided"]].tolist() == [1, 1]
    assert np.isnan(found.loc["ue", "contribution_mad"])


def test_money_known_by_a_wider_territory_belongs_to_none_inside_it(register):
    everything = chosen(register)
    assert rows(summary.by_place(everything, ("09163", "09541"))) == [["09541", 2, 1000.0], ["09163", 1, 200.0]]
    communes = ("091630101", "095410101", "095410103")
    assert rows(summary.by_place(everything, communes)) == [
        ["095410101", 1, 750.0],
        ["095410103", 1, 250.0],
        ["091630101", 1, 200.0],
    ]
    roads = chosen(register, sector=("roads",))
    assert rows(summary.by_place(roads, communes))[0] == ["091630101", 1, 200.0]
    assert rows(summary.by_place(roads, communes))[1:] == [["095410101", 0, None], ["095410103", 0, None]]


def test_years_without_a_start_are_none_and_unknown_years_come_last(register):
    found = summary.by_year(chosen(register))
    begun = found[found["projects"] > 0]
    assert found["year"].dropna().is_monotonic_increasing
    assert pd.isna(found["year"].iloc[-1])
    assert begun["projects"].sum() == 4
    assert begun.iloc[0]["counted_mad"] == 1000
    assert (found.loc[found["projects"] == 0, "counted_mad"] == 0).all()


@pytest.mark.parametrize("filters", [{}, {"territory": "09541"}, {"sector": ("roads", "health")}])
def test_a_project_counts_once_in_each_commune_it_is_known_by(synthetic, filters):
    selection, land = chosen(synthetic, **filters), territories()
    locations = synthetic.locations[["project", "territory_code"]].itertuples(index=False)
    known = [set() for _ in range(3)]
    for (project, code), commune, is_point in zip(locations, synthetic.place_commune, synthetic.is_point, strict=True):
        is_chosen = selection.kept[project] and land.is_within(code, selection.state.territory)
        if is_chosen and not is_point and commune != placement.AREA_WIDE:
            known[commune].add(project)
    assert sum(map(len, known)) > 3
    assert placement.commune_areas(selection, 3).projects.tolist() == [len(projects) for projects in known]
