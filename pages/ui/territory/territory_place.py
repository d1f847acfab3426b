"""What is known of the place a territory sheet is about, put together once: all its parts read it here."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from geo.absence import reported_units
from geo.gap_selection import GapSelection, select_gaps
from geo.gaps_state import GapsState
from geo.indicators import KNOWN
from geo.need_levels import layout
from geo.need_selection import index_at, index_score, select_needs
from geo.need_tree import index_indicators, index_themes, node_code
from geo.need_view import NeedSelection
from geo.needs import Score
from geo.needs_state import INDEX, LEVELS, NeedsState
from geo.placement import area_wide
from geo.presence import Presence, absence_of, presence
from geo.profile import comparators
from geo.reasons import Why, why
from geo.selection import select
from geo.standing import Standing, sector_standing, standing
from geo.state import State
from pages.ui.knowledge import Held, Knowledge
from pages.ui.needs import need_robustness

COUNTRY = "MA"


@dataclass(frozen=True)
class Place:
    """A territory or a village, and where it stands.

    Attributes
    ----------
    code
        What was asked for.
    territory
        The territory whose figures are shown: the place itself, or the commune of a village.
    level
        Level of the place: `village`, or that of its territory.
    codes
        The territory and all that contain it, the nearest first.
    projects
        Of the territory.
    absence
        Why none of them is its own; "" where one is (see `geo.absence`).
    score
        Need index of the territory, points of 100; None when not known.
    peers
        Territories it is ranked in, the country first; empty where its level is not ranked (arrondissements, country).
    why
        What explains its rank in the country; None without a rank.
    """

    code: str
    territory: str
    level: str
    codes: tuple[str, ...]
    projects: Presence
    absence: str
    score: float | None
    peers: tuple[str, ...]
    why: Why | None


def place(know: Knowledge, code: str) -> Place:
    """Return what is known of a territory or a village.

    Raises
    ------
    CodeError
        There is none of that code.
    """
    return _place(know.version, code, know=Held(know))


def population(know: Knowledge, code: str) -> float:
    """Legal population of a territory, census 2024; NaN when unknown."""
    return float(know.territories.population_2024([code])[0])


def standing_in(know: Knowledge, found: Place, within: str) -> Standing | None:
    """Return the rank of the territory by all needs among those of its level in a wider one, with its interval."""
    level = know.territories.level_of(found.territory)
    robust = need_robustness.robust(_selection(know.version, within, level, know=Held(know)), know.version)
    return standing(_scored(know.version, within, level, know=Held(know)), found.territory, robust)


def need_standing(know: Knowledge, found: Place, theme: str, within: str) -> Standing | None:
    """Return the rank of the territory by one need."""
    level = know.territories.level_of(found.territory)
    return sector_standing(_scored(know.version, within, level, know=Held(know)), node_code(theme), found.territory)


def is_assumed(know: Knowledge, found: Place, theme: str) -> bool:
    """Tell whether a need has no meaning in the territory, and counts as none in its index: the road in a town."""
    here = layout(know.territories, "any", (found.territory,))
    score = index_score(know.needs, NeedsState(found.territory), here)
    return bool(score.assumed.loc[found.territory, node_code(theme)])


def needs_measured(know: Knowledge) -> tuple[str, ...]:
    """Codes of the needs that the census measures, in the order of the catalogue."""
    return index_themes(index_indicators(know.catalog.indicators))


def region_of(know: Knowledge, territory: str) -> str | None:
    """Return the region a territory is or lies in; None for the country."""
    levels = {know.territories.level_of(code): code for code in (territory, *know.territories.ancestors(territory))}
    return levels.get("region")


def gap_in_region(know: Knowledge, region: str, theme: str | None) -> GapSelection:
    """Set need against located money in the communes of a region, as the gaps page does: one need, or all."""
    return _gap(know.version, region, theme or INDEX, know=Held(know))


def known_widely(know: Knowledge) -> pd.DataFrame:
    """Return projects and money known only by a territory wider than a commune, by its code (`area_wide`)."""
    return _wide(know.version, know=Held(know))


def absence(know: Knowledge, territory: str, projects: Presence) -> str:
    """Say which kind of absence a territory shows for some projects; "" where one is its own."""
    return absence_of(projects, reported=_reported(know.version, territory, know=Held(know)))


@lru_cache(maxsize=512)
def _place(version: str, code: str, *, know: Held) -> Place:  # noqa: ARG001 - the version is the key
    known = know.value
    territories = known.territories
    village = code in known.villages
    territory = territories.commune_codes[known.villages.commune[known.villages.row_of[code]]] if village else code
    level = territories.level_of(territory)
    projects = presence(known.register, territories, territory)
    ranked = level in LEVELS
    wider = [COUNTRY, region_of(known, territory)] if ranked else []
    return Place(
        code=code,
        territory=territory,
        level="village" if village else level,
        codes=comparators(territories, territory),
        projects=projects,
        absence=absence(known, territory, projects),
        score=_score(known, territory),
        peers=tuple(up for up in wider if up and up != territory),
        why=_why(known, territory, level) if ranked else None,
    )


def _score(know: Knowledge, territory: str) -> float | None:
    selection = _selection(know.version, COUNTRY, "commune", know=Held(know))
    found = index_at(selection, layout(know.territories, "any", (territory,)))
    return float(found.value[0]) if found.state[0] == KNOWN else None


def _why(know: Knowledge, territory: str, level: str) -> Why | None:
    found = why(_scored(know.version, COUNTRY, level, know=Held(know)), territory)
    return None if found.rank is None else found


@lru_cache(maxsize=64)
def _selection(version: str, within: str, level: str, *, know: Held) -> NeedSelection:  # noqa: ARG001 - the version is the key
    """Return the index with the usual settings: equal weights, scale fixed for the country."""
    return select_needs(know.value.needs, NeedsState(within, level=level))


@lru_cache(maxsize=64)
def _scored(version: str, within: str, level: str, *, know: Held) -> Score:
    """Return the index of the territories of a level inside one, ranked among themselves."""
    return need_robustness.inside_score(_selection(version, within, level, know=know))


@lru_cache(maxsize=4)
def _wide(version: str, *, know: Held) -> pd.DataFrame:  # noqa: ARG001 - the version is the key
    return area_wide(select(know.value.register, State(territory=COUNTRY))).set_index("territory_code")


@lru_cache(maxsize=128)
def _gap(version: str, region: str, subject: str, *, know: Held) -> GapSelection:  # noqa: ARG001 - the version is the key
    known = know.value
    return select_gaps(known.needs, known.register, known.catalog.themes, GapsState(region, subject=subject))


@lru_cache(maxsize=512)
def _reported(version: str, territory: str, *, know: Held) -> bool:  # noqa: ARG001 - the version is the key
    """Tell whether some source of the register reports on a territory; of an arrondissement, on its city."""
    known = know.value
    level = known.needs.levels.get(known.territories.level_of(territory), known.needs.levels["commune"])
    inside = level.inside(known.territories, territory)
    return bool(reported_units(known.register, known.territories, level)[inside].any())
