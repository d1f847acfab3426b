"""How near a body is to a commune, by its ties, and to a sector, by what it practises; each with its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from geo.actors import Actors, BoolArray
from geo.allocation import FloatArray, IntArray
from geo.ties import NOWHERE, Ties

LEVELS = ("elsewhere", "country", "region", "province", "commune")
"""Nearness of the nearest tie, seen from a commune; positions grow with nearness."""
NO_TIE = -1
SECTOR_LEVELS = ("other", "same_family", "same_dac_category", "same")
DAC_CATEGORY_DIGITS = 3


@dataclass(frozen=True)
class Nearest:
    """For each of many pairs, how near, and by which row of the evidence (`NO_TIE` when nothing is known)."""

    level: IntArray
    evidence: IntArray


class SectorLike(Protocol):
    """What is read of a sector of the catalogue: its code, its family, its five digits of the DAC."""

    @property
    def code(self) -> str: ...  # noqa: D102 - said above
    @property
    def family(self) -> str: ...  # noqa: D102 - said above
    @property
    def dac(self) -> str: ...  # noqa: D102 - said above


def nearest_to(actors: Actors, territory_code: str) -> Nearest:
    """Return for every body how near it is to a territory.

    A tie to the commune itself is `commune`; one in its province, or to the province as a whole, is `province`; so for
    the region; one to the whole country is `country`; any other is `elsewhere`. The nearest tie counts; among equals
    the first relation of `geo.ties.RELATIONS`. Seen from a province no tie is nearer than `province`, and so on.
    """
    ties, place = actors.ties, actors.grid.place(territory_code)
    parts = (ties.commune, ties.province, ties.region)
    levels = _levels([(part == own) & (own != NOWHERE) for part, own in zip(parts, place, strict=True)], _wide(ties))
    best = np.full(len(actors), NO_TIE, np.int64)
    np.maximum.at(best, ties.body, levels)
    evidence = np.full(len(actors), NO_TIE, np.int64)
    # Later writes win: going through the ties backwards leaves the first of the nearest.
    hits = np.flatnonzero(levels == best[ties.body])[::-1]
    evidence[ties.body[hits]] = hits
    return Nearest(best, evidence)


def nearest_of(actors: Actors, body: int) -> Nearest:
    """Return for every commune how near a body is to it; the same answers as `nearest_to`, from the other side."""
    grid, ties, rows = actors.grid, actors.ties, actors.ties.of(body)
    count = len(grid.province)
    best, evidence = np.full(count, NO_TIE, np.int64), np.full(count, NO_TIE, np.int64)
    for tie in range(rows.start, rows.stop):
        places = ((np.arange(count), ties.commune), (grid.province, ties.province), (grid.region, ties.region))
        same = [(own == part[tie]) & (part[tie] != NOWHERE) for own, part in places]
        levels = _levels(same, np.full(count, _wide(ties)[tie]))
        nearer = levels > best
        best[nearer], evidence[nearer] = levels[nearer], tie
    return Nearest(best, evidence)


def _wide(ties: Ties) -> BoolArray:
    """Tell which ties are to the whole country."""
    return np.asarray(ties.region == NOWHERE)


def _levels(same: Sequence[BoolArray], country: BoolArray) -> IntArray:
    """Return the level of each pair from whether it shares the commune, the province, the region, or is nationwide."""
    steps = [*same, country]
    numbers = [np.int64(LEVELS.index(name)) for name in ("commune", "province", "region", "country")]
    return np.select(steps, numbers, np.int64(LEVELS.index("elsewhere"))).astype(np.int64)


def sector_levels(sectors: Sequence[SectorLike], catch_all: Sequence[str]) -> IntArray:
    """Return how near each sector is to each other, a position in `SECTOR_LEVELS`; symmetric.

    Parameters
    ----------
    catch_all
        DAC categories that gather what fits nowhere else (« autres »): sharing one says nothing.
    """
    table = np.zeros((len(sectors), len(sectors)), np.int64)
    for i, one in enumerate(sectors):
        for j, other in enumerate(sectors):
            category = one.dac[:DAC_CATEGORY_DIGITS]
            if i == j:
                level = "same"
            elif category == other.dac[:DAC_CATEGORY_DIGITS] and category not in catch_all:
                level = "same_dac_category"
            else:
                level = "same_family" if one.family == other.family else "other"
            table[i, j] = SECTOR_LEVELS.index(level)
    return table


def nearest_sectors(actors: Actors, between: IntArray) -> Nearest:
    """Return, bodies x sectors, how near what a body practises is to each sector, and which of its sectors that is.

    The evidence is a sector number; `NO_TIE` in both when no sector of the body is known.
    """
    shape = (len(actors), len(actors.sector_codes))
    level, evidence = np.full(shape, NO_TIE, np.int64), np.full(shape, NO_TIE, np.int64)
    for own in range(len(actors.sector_codes)):
        here = actors.practised[:, own, None] & (between[own][None, :] > level)
        level = np.where(here, between[own][None, :], level)
        evidence = np.where(here, own, evidence)
    return Nearest(level, evidence)


def values_of(levels: IntArray, names: Sequence[str], fit: Mapping[str, float]) -> FloatArray:
    """Return the value between 0 and 1 of each level; NaN where nothing is known, 0 for a level without a value."""
    table = np.array([fit.get(name, 0.0) for name in names] + [np.nan])
    return np.asarray(table[levels], np.float64)  # NO_TIE, the last position, is not known
