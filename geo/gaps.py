"""Where need and money do not meet: both side by side, place by place, with what cannot be placed beside them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import MeasureError
from geo.absence import NO_REPORTER, WIDEST, absences, located_counts, place_units
from geo.allocation import CENTIMES
from geo.boundaries import Territories
from geo.classify import NO_CLASS, Breaks, assign, class_breaks
from geo.concentration import concentration_curve, concentration_index
from geo.inequality import hoover
from geo.need_levels import Level, level_of
from geo.needs import RANK_DECIMALS, rank
from geo.placement import area_wide
from geo.register import AREA_WIDE
from geo.selection import Selection
from geo.shares import Curve

STEPS = 3  # low, middle, high
SPREAD = {1: (1,), 2: (0, 2), 3: (0, 1, 2)}
"""Which steps are used when the values give one, two or three classes."""


@dataclass(frozen=True)
class Gap:
    """Need against located money in the communes, or the provinces, of a territory.

    Attributes
    ----------
    table
        One row a commune or province (index: its code):

        - `need`: score in points, NaN when not known; `people`: inhabitants
        - `projects`: selected projects placed in it; `with_money`: those whose amount is known and counted
        - `absence`: "", `area_only`, `none_reported` or `no_reporter` (see `geo.absence`)
        - `money_mad`, `mad_per_person`: located money; 0 where no project is reported; NaN where it is not known: no
          amount of any of its projects, or no reporter
        - `need_step`, `money_step`: 0 low, 1 middle, 2 high; -1 when not known
        - `in_need`: people concerned, NaN when not known; `need_share`, `money_share`: shares (0 to 1) over the
          communes where both are known; `mismatch_pp`: money share - need share in percentage points, below 0 where
          money lags
        - `need_rank` (1 the neediest), `money_rank` (1 the most per person), `rank_gap`: need_rank - money_rank,
          below 0 where money lags behind need
    not_located
        Money and projects known only by a territory wider than the rows: see `geo.placement.area_wide`.
    need_breaks, money_breaks
        Ends of the steps.
    located_mad, not_located_mad
        They sum to the money of the selection, to the centime.
    """

    table: pd.DataFrame
    not_located: pd.DataFrame
    need_breaks: Breaks
    money_breaks: Breaks
    located_mad: float
    not_located_mad: float

    @cached_property
    def would_have_to_move(self) -> float:
        """Share of the located money that would have to move to follow the people in need; NaN without either."""
        known = self.table.dropna(subset=["need_share", "money_share"])
        return hoover(known["money_share"], known["need_share"]) if len(known) else float("nan")

    @cached_property
    def concentration(self) -> float:
        """Concentration of money per person by need: below 0 it goes to the neediest; NaN when there is no money."""
        known = self._both_known
        return concentration_index(known["mad_per_person"], known["need"], known["people"]) if len(known) else np.nan

    @cached_property
    def curve(self) -> Curve | None:
        """Cumulative money over people, from the neediest; None when there is no money."""
        known = self._both_known
        return concentration_curve(known["mad_per_person"], known["need"], known["people"]) if len(known) else None

    @cached_property
    def unfunded(self) -> pd.DataFrame:
        """Rows of high need in which no project is reported, the neediest first; the kind of absence stays beside."""
        chosen = (self.table["need_step"] == STEPS - 1) & (self.table["projects"] == 0)
        return self.table[chosen].sort_values(["need", "people"], ascending=False, kind="stable")

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Communes and people of each of the nine cells: need_step, money_step, communes, people."""
        known = self.table[(self.table["need_step"] >= 0) & (self.table["money_step"] >= 0)]
        grouped = known.groupby(["need_step", "money_step"]).agg(communes=("people", "size"), people=("people", "sum"))
        every = pd.MultiIndex.from_product([range(STEPS), range(STEPS)], names=["need_step", "money_step"])
        return grouped.reindex(every, fill_value=0).reset_index()

    def with_money_steps(self, thresholds: tuple[float, float]) -> "Gap":
        """Return the same comparison, the steps of money ending at other amounts (dirhams per inhabitant).

        Raises
        ------
        MeasureError
            The thresholds do not ascend.
        """
        breaks = _steps(self.table["mad_per_person"], self.table["people"], thresholds)
        table = self.table.assign(money_step=_stepped(self.table["mad_per_person"], breaks))
        return replace(self, table=table, money_breaks=breaks)

    @property
    def _both_known(self) -> pd.DataFrame:
        known = self.table.dropna(subset=["need", "mad_per_person", "people"])
        return known if (known["mad_per_person"] * known["people"]).sum() > 0 else known.iloc[:0]


def gap(
    selection: Selection,
    territories: Territories,
    need: pd.Series,
    people: pd.Series,
    *,
    level: Level | None = None,
    in_need: pd.Series | None = None,
    need_thresholds: tuple[float, float] | None = None,
    money_thresholds: tuple[float, float] | None = None,
    reported: npt.NDArray[np.bool_] | None = None,
    widest: str = WIDEST,
) -> Gap:
    """Compare need with the located money of a selection, in the communes or provinces of its territory.

    Parameters
    ----------
    need
        Score of each place (index: code), higher = more need; NaN or absent when not known.
    people
        Inhabitants of each place, of one census, stated beside the result.
    level
        The places compared; communes when not given. Money known by a province is located among provinces.
    in_need
        People without the service in each place: counts, not the index. Without them there is no mismatch (NaN).
    need_thresholds, money_thresholds
        Ends of the low and middle steps (points; dirhams per inhabitant). Terciles of the people when not given.
    reported, widest
        Places somebody reports on, widest level that covers: see `geo.absence.absences`.

    Raises
    ------
    MeasureError
        Thresholds do not ascend.

    Notes
    -----
    Funding and need in one year explain nothing of each other (Briggs 2017): the table says where they part, not why.
    """
    units = level_of(territories, "commune") if level is None else level
    rows = np.flatnonzero(units.inside(territories, selection.state.territory))
    table, centimes = _placed(selection, territories, units, absences_of=(reported, widest))
    codes = table.index[rows]
    # Equal needs must be equal: the queue from the neediest and the ends of steps are read off them.
    table = table.loc[codes].assign(need=need.reindex(codes).astype("float64").round(RANK_DECIMALS))
    table["people"] = people.reindex(codes).astype("float64")
    table["mad_per_person"] = table["money_mad"] / table["people"].where(table["people"] > 0)
    need_breaks = _steps(table["need"], table["people"], need_thresholds)
    money_breaks = _steps(table["mad_per_person"], table["people"], money_thresholds)
    table["need_step"] = _stepped(table["need"], need_breaks)
    table["money_step"] = _stepped(table["mad_per_person"], money_breaks)
    concerned = pd.Series(np.nan, codes) if in_need is None else in_need.reindex(codes).astype("float64")
    wide = area_wide(selection)
    return Gap(
        table=_ranked(_shared(table.assign(in_need=concerned))),
        not_located=wide[~wide["territory_code"].isin(units.codes)].reset_index(drop=True),
        need_breaks=need_breaks,
        money_breaks=money_breaks,
        located_mad=centimes / CENTIMES,
        not_located_mad=(int(selection.centimes.sum()) - centimes) / CENTIMES,
    )


def _placed(
    selection: Selection,
    territories: Territories,
    units: Level,
    *,
    absences_of: tuple[npt.NDArray[np.bool_] | None, str],
) -> tuple[pd.DataFrame, int]:
    """Return projects, kind of absence and money of every place of the level, and the centimes placed in all."""
    unit, count = place_units(selection.register, units), len(units.codes)
    projects, with_money = located_counts(selection, unit, count)
    reported, widest = absences_of
    absence = absences(selection, territories, level=units, reported=reported, widest=widest)
    cells = selection.register.cells
    inside = selection.cell & (unit[cells.place] != AREA_WIDE)
    centimes = np.bincount(unit[cells.place[inside]], cells.centimes[inside], minlength=count)
    unknown = ((projects > 0) & (with_money == 0)) | (absence == NO_REPORTER)
    table = pd.DataFrame(
        {
            "projects": projects,
            "with_money": with_money,
            "absence": absence,
            "money_mad": np.where(unknown, np.nan, centimes / CENTIMES),
        },
        index=pd.Index(units.codes, name="territory_code"),
    )
    return table, int(centimes.sum())


def people_terciles(values: pd.Series, people: pd.Series) -> Breaks:
    """Cut values where a third and two thirds of the people are reached, not of the places.

    When a third of the people or more stand at 0 (no money), 0 is the low step and the others are halved: a tercile
    inside the zeros would tell equal places apart. Fewer distinct values make fewer steps, and it is noted.
    """
    known = pd.DataFrame({"value": values, "people": people}).dropna()
    known = known[known["people"] > 0].sort_values("value", kind="stable")
    if known.empty:
        return Breaks("people", (), np.nan, np.nan, "no_values")
    low, high = float(known["value"].iloc[0]), float(known["value"].iloc[-1])
    reached = known["people"].cumsum() / known["people"].sum()
    at_zero = low == 0 and float(reached[known["value"] == 0].iloc[-1]) >= 1 / STEPS
    rest = known[known["value"] > 0] if at_zero else known
    bounds = [0.0] if at_zero else []
    if len(rest):
        share = rest["people"].cumsum() / rest["people"].sum()
        parts = STEPS - len(bounds)
        bounds += [float(rest["value"][share >= part / parts - 1e-12].iloc[0]) for part in range(1, parts)]
    ends = tuple(sorted({bound for bound in bounds if bound < high}))
    note = "constant" if low == high else "fewer" if len(ends) < STEPS - 1 else ""
    return Breaks("people", ends, low, high, note)


def _steps(values: pd.Series, people: pd.Series, thresholds: tuple[float, float] | None) -> Breaks:
    if thresholds is None:
        return people_terciles(values, people)
    if len(thresholds) != STEPS - 1:
        raise MeasureError(f"gap: thresholds {thresholds}; allowed: two, the end of low and the end of middle")
    return class_breaks(values, "thresholds", thresholds=thresholds)


def _stepped(values: pd.Series, breaks: Breaks) -> pd.Series:
    classes = assign(values, breaks)
    steps = np.array((*SPREAD[breaks.count], NO_CLASS))
    return pd.Series(steps[classes], index=values.index, dtype="int64")  # class -1 takes the last entry: not known


def _shared(table: pd.DataFrame) -> pd.DataFrame:
    """Add shares of need and of money over the communes where both are known."""
    known = table["in_need"].notna() & table["money_mad"].notna()
    for name, column in (("need_share", "in_need"), ("money_share", "money_mad")):
        total = table.loc[known, column].sum()
        table[name] = table[column].where(known) / total if total > 0 else np.nan
    return table.assign(mismatch_pp=(table["money_share"] - table["need_share"]) * 100)


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    need_rank, money_rank = rank(table["need"]), rank(table["mad_per_person"])
    return table.assign(need_rank=need_rank, money_rank=money_rank, rank_gap=need_rank - money_rank)
