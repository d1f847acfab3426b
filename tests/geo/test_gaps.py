"""Need against money: three communes worked by hand, the three kinds of absence, and R17 under any filter."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from data.errors import CodeError, MeasureError
from geo.absence import absences, reported_units
from geo.allocation import CENTIMES
from geo.gaps import gap, people_terciles
from geo.need_levels import level_of
from geo.register import build_register
from geo.selection import select
from geo.state import State
from tests.geo.test_selection import SECTORS, register, states, synthetic, tables, territories

__all__ = ["register", "synthetic"]  # fixtures: four projects by hand, four hundred by chance

CODES = ["091630101", "095410101", "095410103"]  # 500, 3,000 and 1,000 people, in two provinces
NEED = pd.Series([80.0, 20.0, 50.0], CODES)
PEOPLE = pd.Series([500.0, 3000.0, 1000.0], CODES)
NAN = np.nan


def gap_of(register, need=NEED, territory="MA", **asked):
    filters = {name: asked.pop(name) for name in ("sector", "status") if name in asked}
    return gap(select(register, State(territory=territory, **filters)), territories(), need, PEOPLE, **asked)


def test_located_money_stands_beside_need_commune_by_commune(register):
    # V: 200 MAD in the first; W: 1,000 MAD by population, 750 and 250 (see test_selection).
    table = gap_of(register).table
    assert table["money_mad"].tolist() == [200, 750, 250]
    assert table["mad_per_person"].tolist() == [0.4, 0.25, 0.25]
    assert table["projects"].tolist() == [1, 1, 1]
    assert table["need_rank"].tolist() == [1, 3, 2]
    assert table["money_rank"].tolist() == [1, 2, 2]
    assert table["rank_gap"].tolist() == [0, 1, 0]


def test_steps_are_terciles_of_people_not_of_communes(register):
    # The least needy commune holds two thirds of the people: it fills low and middle, the others are high.
    found = gap_of(register)
    assert found.need_breaks.bounds == (20,)
    assert found.need_breaks.note == "fewer"
    assert found.table["need_step"].tolist() == [2, 0, 2]
    assert found.table["money_step"].tolist() == [2, 0, 0]
    cells = found.cells.set_index(["need_step", "money_step"])
    assert cells.loc[(2, 0), ["communes", "people"]].tolist() == [1, 1000]
    assert cells["communes"].sum() == 3


def test_fixed_thresholds_hold_whatever_the_places(register):
    found = gap_of(register, need_thresholds=(20, 60), money_thresholds=(0.25, 1))
    assert found.table["need_step"].tolist() == [2, 0, 1]
    assert found.table["money_step"].tolist() == [1, 0, 0]
    with pytest.raises(MeasureError, match="two"):
        gap_of(register, need_thresholds=(20, 40, 60))


def test_mismatch_is_the_share_of_money_less_the_share_of_people_in_need(register):
    # People in need 400, 600, 0 of 1,000; money 200, 750, 250 of 1,200.
    found = gap_of(register, in_need=pd.Series([400.0, 600.0, 0.0], CODES))
    assert found.table["mismatch_pp"].tolist() == pytest.approx([100 / 6 - 40, 62.5 - 60, 100 * 250 / 1200])
    assert found.would_have_to_move == pytest.approx(0.4 - 1 / 6)
    assert np.isnan(gap_of(register).would_have_to_move)


def test_concentration_is_by_need_and_per_person(register):
    # Ranks 1/18, 1/9 + 1/9, 2/3; rates 0.4, 0.25 (1,000 people), 0.25 (3,000), mean 1,200 / 4,500.
    mean = 1200 / 4500
    by_hand = 2 * (500 / 4500) * (0.4 - mean) * (1 / 18 - 0.5)
    by_hand += 2 * (1000 / 4500) * (0.25 - mean) * (1 / 9 + 1 / 9 - 0.5)
    by_hand += 2 * (3000 / 4500) * (0.25 - mean) * (1 / 3 + 1 / 3 - 0.5)
    found = gap_of(register)
    assert found.concentration == pytest.approx(by_hand / mean)
    assert found.curve.share.tolist() == pytest.approx([0, 200 / 1200, 450 / 1200, 1])


def test_three_kinds_of_absence_are_told_apart(register):
    # Health: one dispensary known by its province 09541. The other province has a project of another sector.
    found = gap_of(register, sector=("health",))
    assert found.table["absence"].tolist() == ["none_reported", "area_only", "area_only"]
    assert found.table["money_mad"].tolist() == [0, 0, 0]  # reported on, and nothing placed here
    assert found.unfunded.index.tolist() == ["091630101", "095410103"]
    assert np.isnan(found.concentration)
    assert found.curve is None
    # Seen from one commune, its province still covers it.
    assert gap_of(register, sector=("health",), territory="095410103").table["absence"].tolist() == ["area_only"]


def test_a_project_of_the_region_covers_its_communes_unless_only_provinces_count(register):
    # Roads: V in the first commune, and a framework known by the region.
    selection = select(register, State(territory="MA", sector=("roads",)))
    assert absences(selection, territories()).tolist() == ["", "area_only", "area_only"]
    narrow = absences(selection, territories(), widest="province")
    assert narrow.tolist() == ["", "none_reported", "none_reported"]
    with pytest.raises(CodeError, match="allowed: country"):
        absences(selection, territories(), widest="planet")


def test_where_no_source_names_a_place_in_the_province_nothing_is_known_not_even_zero():
    made = tables()
    made["project_locations"] = made["project_locations"].query("project_code != 'V'")
    alone = build_register(made, territories=territories(), sector_codes=SECTORS)
    assert reported_units(alone, territories(), level_of(territories(), "commune")).tolist() == [False, True, True]
    table = gap_of(alone, sector=("drinking_water",)).table
    assert table["absence"].tolist() == ["no_reporter", "", ""]
    assert table["money_mad"].tolist() == pytest.approx([NAN, 750, 250], nan_ok=True)
    assert table["money_step"].tolist()[0] == -1
    # Whoever knows better says so.
    known = gap_of(alone, sector=("drinking_water",), reported=np.array([True, True, True])).table
    assert known["absence"].tolist() == ["none_reported", "", ""]


def test_a_project_whose_amount_nobody_gives_is_not_a_zero():
    made = tables()
    made["projects"] = made["projects"].assign(
        amount_mad=[1000.0, NAN, NAN, 9000.0], counted_mad=[1000.0, NAN, NAN, 0.0]
    )
    table = gap_of(build_register(made, territories=territories(), sector_codes=SECTORS)).table
    assert table["projects"].tolist() == [1, 1, 1]
    assert table["with_money"].tolist() == [0, 1, 1]
    assert table["money_mad"].tolist() == pytest.approx([NAN, 750, 250], nan_ok=True)


def test_a_commune_without_score_or_people_takes_no_step(register):
    table = gap_of(register, need=pd.Series([80.0, NAN], CODES[:2])).table
    assert table["need_step"].tolist() == [1, -1, -1]  # the only one known is neither low nor high
    assert table["need_rank"].tolist() == pytest.approx([1, NAN, NAN], nan_ok=True)


def test_when_a_third_of_the_people_have_nothing_nothing_is_the_low_step():
    money, people = pd.Series([0.0, 0, 1, 2, 3, 4]), pd.Series([10.0] * 6)
    breaks = people_terciles(money, people)
    assert breaks.bounds == (0, 2)
    # Half have nothing: the other half is cut in two, at the second of its three people.
    assert people_terciles(pd.Series([0.0, 0, 0, 1, 2, 3]), people).bounds == (0, 2)
    assert people_terciles(pd.Series([0.0, 1, 2, 3, 4, 5]), people).bounds == (1, 3)
    # People are counted, not places: 60 of 100 live in the third place.
    assert people_terciles(pd.Series([1.0, 2, 3, 4]), pd.Series([10.0, 10, 60, 20])).bounds == (3,)
    assert people_terciles(pd.Series([0.0] * 6), people).note == "constant"
    assert people_terciles(pd.Series([NAN] * 6), people).note == "no_values"


@settings(max_examples=40, deadline=None)
@given(state=states())
def test_map_and_not_located_make_the_portfolio_to_the_centime_under_any_filter(synthetic, state):
    # R17 of the reference cases.
    selection = select(synthetic, state)
    found = gap(selection, territories(), NEED, PEOPLE, in_need=PEOPLE)
    on_map = round(found.table["money_mad"].sum() * CENTIMES)
    beside = round(found.not_located["counted_mad"].sum() * CENTIMES)
    assert on_map == round(found.located_mad * CENTIMES)
    assert beside == round(found.not_located_mad * CENTIMES)
    assert on_map + beside == round(selection.totals.counted_mad * CENTIMES)
    assert ((found.table["projects"] == 0) == (found.table["absence"] != "")).all()
    if found.table["money_share"].notna().any():
        assert found.table["money_share"].sum() == pytest.approx(1)
        assert found.table["mismatch_pp"].sum() == pytest.approx(0, abs=1e-9)


def test_among_provinces_money_known_by_the_province_has_its_place():
    made = tables()
    made["projects"] = made["projects"].assign(counted_mad=[1000.0, 200.0, 70.0, 9000.0], amount_mad=[1000.0] * 4)
    known = build_register(made, territories=territories(), sector_codes=SECTORS)
    level = level_of(territories(), "province")
    need, people = pd.Series([80.0, 20.0], level.codes), pd.Series([500.0, 4000.0], level.codes)
    selection = select(known, State("MA"))
    found = gap(selection, territories(), need, people, level=level)
    # V: 200 in the first. W: 1,000 in two communes of the second, and P: 70 known by that very province. F: the region.
    assert found.table["money_mad"].tolist() == [200, 1070]
    assert found.table["projects"].tolist() == [1, 2]
    assert (found.located_mad, found.not_located_mad) == (1270, 9000)
    assert found.not_located["territory_code"].tolist() == ["09"]
    communes = gap(selection, territories(), NEED, PEOPLE)
    assert (communes.located_mad, communes.not_located_mad) == (1200, 9070)


def test_a_project_of_the_region_covers_a_province_without_its_own(register):
    level = level_of(territories(), "province")
    selection = select(register, State("MA", sector=("roads",)))
    assert absences(selection, territories(), level=level).tolist() == ["", "area_only"]
    assert absences(selection, territories(), level=level, widest="province").tolist() == ["", "none_reported"]
