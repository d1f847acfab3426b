"""What is known of every territory, indicator by indicator: values, why there is none, change, and people concerned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import CodeError
from data.measures import Indicator
from geo.adding_up import Step, add_up, steps
from geo.boundaries import Territories

STATES = ("known", "missing", "withheld", "not_applicable")
"""Known; missing: not published; withheld: kept back by its publisher; not applicable: has no meaning there."""
KNOWN, MISSING, WITHHELD, NOT_APPLICABLE = range(len(STATES))
INSUFFICIENT_DATA = len(STATES)
"""A state that no source gives: something is known, but too little for a score."""
STATE_CODES = (*STATES, "insufficient")
MILIEUX = ("total", "urban", "rural")
PERCENT = 100.0
DIFFERENCE_DECIMALS = 9  # takes off what subtracting two decimals leaves, so that a class limit is met exactly

FloatArray = npt.NDArray[np.float64]
StateArray = npt.NDArray[np.uint8]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Reading:
    """What is known of one territory: its value (None unless the state is `known`), and whether we computed it.

    `state` is one of `STATE_CODES`.
    """

    value: float | None
    state: str
    computed: bool


@dataclass(frozen=True)
class Observed:
    """One thing known of many territories, arrays in the order of `codes`.

    Attributes
    ----------
    value
        In the unit of the indicator; NaN wherever `state` is not `KNOWN`.
    state
        KNOWN, MISSING, WITHHELD or NOT_APPLICABLE.
    computed
        Whether we computed the value (from communes, or from a rate and a count); shown with ≈.
    """

    codes: tuple[str, ...]
    value: FloatArray
    state: StateArray
    computed: BoolArray
    _row_of: Mapping[str, int]

    @classmethod
    def of_codes(cls, codes: Sequence[str], value: FloatArray, state: StateArray, computed: BoolArray) -> "Observed":
        """Return what is known of the codes given, each once."""
        return cls(tuple(codes), value, state, computed, {code: row for row, code in enumerate(codes)})

    @property
    def known(self) -> BoolArray:
        """Where there is a value."""
        return np.asarray(self.state == KNOWN)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many territories are in each state, by its name."""
        return dict(zip(STATES, np.bincount(self.state, minlength=len(STATES)).tolist(), strict=True))

    def at(self, code: str) -> Reading:
        """Return what is known of one territory.

        Raises
        ------
        CodeError
            The code is not among `codes`.
        """
        row = self._row(code)
        value = float(self.value[row]) if self.state[row] == KNOWN else None
        return Reading(value, STATE_CODES[self.state[row]], bool(self.computed[row]))

    def over(self, codes: Iterable[str]) -> "Observed":
        """Return the same for some territories, in the order given; over `commune_codes`, by commune number.

        Raises
        ------
        CodeError
            A code is not among `codes`.
        """
        kept = tuple(codes)
        rows = np.fromiter((self._row(code) for code in kept), np.int64, len(kept))
        return Observed.of_codes(kept, self.value[rows], self.state[rows], self.computed[rows])

    def holding(self, value: FloatArray, state: StateArray, computed: BoolArray) -> "Observed":
        """Return other values of the same territories; NaN and not computed wherever nothing is known."""
        known = state == KNOWN
        shown = np.where(known, value, np.nan)
        return Observed(self.codes, shown, state.astype(np.uint8), computed & known, self._row_of)

    def _row(self, code: str) -> int:
        try:
            return self._row_of[code]
        except (KeyError, TypeError):
            raise CodeError(
                f"territory: found «{code}»; allowed: one of the {len(self.codes)} official codes observed, as text"
            ) from None


@dataclass(frozen=True)
class Observations:
    """Every observation, ready to be asked. Built once, shared by all, never changed."""

    territories: Territories
    indicators: Mapping[str, Indicator]
    _series: Mapping[tuple[str, int, str], Observed]

    @classmethod
    def from_table(
        cls, table: pd.DataFrame, territories: Territories, indicators: Mapping[str, Indicator]
    ) -> "Observations":
        """Lay out the table `observations`.

        Raises
        ------
        CodeError
            A row names an unknown territory, indicator, milieu or state.
        """
        names = {
            "territory_code": territories.codes,
            "indicator_code": tuple(indicators),
            "milieu": MILIEUX,
            "state": STATES,
        }
        numbers = {column: _numbers(table[column], allowed) for column, allowed in names.items()}
        year = table["year"].to_numpy(np.int64)
        key = (numbers["indicator_code"] * np.int64(10_000) + year) * len(MILIEUX) + numbers["milieu"]
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        value = table["value"].to_numpy("float64", na_value=np.nan)
        computed = table["computed"].to_numpy(bool)
        row_of = {code: row for row, code in enumerate(territories.codes)}
        series = {}
        for first, last in zip(starts, [*starts[1:], len(order)], strict=True):
            rows = order[first:last]
            place = numbers["territory_code"][rows]
            observed = _blank(territories.codes, row_of)
            observed.value[place] = value[rows]
            observed.state[place] = numbers["state"][rows]
            observed.computed[place] = computed[rows]
            for array in (observed.value, observed.state, observed.computed):
                array.setflags(write=False)  # shared by all visitors
            code, milieu = names["indicator_code"][numbers["indicator_code"][rows[0]]], numbers["milieu"][rows[0]]
            series[code, int(year[rows[0]]), MILIEUX[milieu]] = observed
        return cls(territories, indicators, series)

    def of(self, indicator: str, *, year: int | None = None, milieu: str = "total") -> Observed:
        """Return the values of an indicator for all territories, in the order of `territories.codes`.

        Parameters
        ----------
        indicator
            Code of `indicators.toml`.
        year
            Census year; the latest when not given.
        milieu
            total, urban or rural; the last two for provinces, regions and the country in 2024 only, missing elsewhere.

        Raises
        ------
        CodeError
            The indicator, the milieu or the year is unknown; so for the other methods.
        """
        about = self._about(indicator)
        if milieu not in MILIEUX:
            raise CodeError(f"milieu: found «{milieu}»; allowed: {', '.join(MILIEUX)}")
        if year is None:
            year = about.latest
        if year not in about.years:
            raise CodeError(f"year of {indicator}: found {year}; allowed: {', '.join(map(str, about.years))}")
        found = self._series.get((indicator, year, milieu))
        return found if found is not None else _blank(self.territories.codes, self._blank_rows)

    def change(self, indicator: str, *, relative: bool = False) -> Observed:
        """Return what changed between the first and the last comparable year.

        Parameters
        ----------
        relative
            False: difference in the unit of the indicator (points for a percentage). True: in percent of the first
            value, missing where that was 0.

        Returns
        -------
        Observed
            Known where both years are; `computed` where either is. Elsewhere the state of the year that lacks a value
            (not applicable before withheld before missing).

        Raises
        ------
        CodeError
            The years of the indicator do not measure the same thing, so that no change may be shown.
        """
        about = self._about(indicator)
        if not about.comparable:
            allowed = ", ".join(code for code, one in self.indicators.items() if one.comparable)
            raise CodeError(f"change of {indicator}: its years do not measure the same thing; allowed: {allowed}")
        before, after = (
            self.of(indicator, year=year) for year in (about.comparable_years[0], about.comparable_years[-1])
        )
        difference = np.round(after.value - before.value, DIFFERENCE_DECIMALS)
        state = np.maximum(before.state, after.state)
        if relative:
            state = np.where((state == KNOWN) & (before.value == 0), np.uint8(MISSING), state)
            difference = np.divide(
                difference * PERCENT, before.value, out=np.full(len(state), np.nan), where=state == KNOWN
            )
        return before.holding(difference, state, before.computed | after.computed)

    def people(self, indicator: str, *, year: int | None = None, milieu: str = "total") -> Observed:
        """Return how many households or persons an indicator is about: those without, or those concerned.

        For a percentage where more is better, those who lack it (100 - rate); for any other, those it counts (rate).
        The unit is that of `denominator(indicator, year)`. Everything is computed, from a rate of one decimal: say ≈.
        A count is returned as it is.

        Above communes it is the sum of the communes (`geo.adding_up`): a region's own rate, rounded once, may be 400
        households off, and a list must add up to its total.

        Raises
        ------
        CodeError
            The indicator is a mean (a distance, a size): it counts nobody. Or its denominator is not known that year.
        """
        about = self._about(indicator)
        if about.is_count:
            return self.of(indicator, year=year, milieu=milieu)
        chosen = about.latest if year is None else year
        rate = self.of(indicator, year=chosen, milieu=milieu)
        counted = self.of(self.denominator(indicator, year=chosen), year=chosen, milieu=milieu)
        share = (PERCENT - rate.value if about.direction == "higher_is_better" else rate.value) / PERCENT
        state = np.maximum(rate.state, counted.state)
        concerned = add_up(self._ladder, share * counted.value, counted.value)
        return rate.holding(concerned, state, np.ones(len(state), np.bool_))

    def denominator(self, indicator: str, *, year: int | None = None) -> str:
        """Return the code of the indicator that counts those a percentage is about."""
        about = self._about(indicator)
        chosen = about.latest if year is None else year
        if chosen not in about.denominator:
            known = (
                ", ".join(map(str, about.denominator)) or "no year: it is a mean or its denominator is not published"
            )
            raise CodeError(f"denominator of {indicator} in {chosen}: not known; allowed: {known}")
        return about.denominator[chosen]

    def _about(self, indicator: str) -> Indicator:
        try:
            return self.indicators[indicator]
        except (KeyError, TypeError):
            raise CodeError(f"indicator: found «{indicator}»; allowed: {', '.join(self.indicators)}") from None

    @cached_property
    def _ladder(self) -> tuple[Step, ...]:
        return steps(self.territories)

    @cached_property
    def _blank_rows(self) -> Mapping[str, int]:
        return {code: row for row, code in enumerate(self.territories.codes)}


def _blank(codes: tuple[str, ...], row_of: Mapping[str, int]) -> Observed:
    size = len(codes)
    return Observed(codes, np.full(size, np.nan), np.full(size, MISSING, np.uint8), np.zeros(size, np.bool_), row_of)


def _numbers(cells: pd.Series, allowed: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the position of each cell in `allowed`."""
    listed = cells.astype("category").cat
    position = pd.Index(allowed).get_indexer(listed.categories)
    used = np.unique(listed.codes.to_numpy())
    unknown = [
        listed.categories[number] if number >= 0 else "" for number in used if number < 0 or position[number] < 0
    ]
    if unknown:
        raise CodeError(
            f"observations: unknown {cells.name} {', '.join(map(str, unknown[:3]))}; "
            f"allowed: one of {len(allowed)}, for example {', '.join(allowed[:4])}"
        )
    return np.asarray(position[listed.codes.to_numpy()], np.int64)
