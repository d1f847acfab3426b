"""Why a body and a place match: what is met, what is not, what is to be checked, what is missing; and the next step.

Every finding is a code with the facts it rests on; pages put it into words (`match.<kind>.<code>` in the texts).
Nothing is said that the tables do not hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data.actors_catalog import CRITERIA, GuideTheme
from geo.match_field import MatchField
from geo.match_score import contributions
from geo.nearness import LEVELS, NO_TIE, SECTOR_LEVELS
from geo.offices import Offices
from geo.ties import RELATIONS

KINDS = ("met", "not_met", "verify", "missing")
REGISTERED_TYPES = ("mre_association", "village_association", "association", "cooperative", "federation", "ngo")
"""Types that must be registered to sign or receive money; no source of the atlas says whether they are today."""
DEFAULT_THEME = "convention_publique"


@dataclass(frozen=True)
class Finding:
    """One thing known of a match: its kind (of `KINDS`), its code, the facts it rests on, the points it gives."""

    kind: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    points: float = 0.0


@dataclass(frozen=True)
class NextStep:
    """What to do next.

    Attributes
    ----------
    code
        `write` (the body has a site), or `ask_office` (it is reached through an office).
    website
        Site of the body.
    competence_code
        Office to contact for the place and the sector; None when no source names one.
    theme_code
        Theme of the practical guide that says how.
    """

    code: str
    website: str | None
    competence_code: str | None
    theme_code: str


def findings(field: MatchField, match: pd.Series) -> list[Finding]:
    """Return what is known of a match: what is met first, the weightiest before the others.

    Parameters
    ----------
    field
        The matcher that made the match.
    match
        One row of `Matches.table`.
    """
    points = contributions(match, field.rules.weight)
    found = [
        *_sector(field, match, points),
        *_place(field, match, points),
        *_need(field, match, points),
        *_record(field, match, points),
        *_to_verify(field, match),
    ]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), -one.points))


def _sector(field: MatchField, match: pd.Series, points: Mapping[str, float]) -> Iterator[Finding]:
    asked = match["sector_code"]
    if match["sector_level"] == NO_TIE:
        yield Finding("missing", "sector_unknown")
        return
    own, level = field.actors.sector_codes[match["own_sector"]], SECTOR_LEVELS[match["sector_level"]]
    if match["sector"] > 0:
        declared = bool(field.actors.declared[match["body"], match["own_sector"]])
        facts = {"sector": asked, "own_sector": own, "declared": declared}
        yield Finding("met", f"sector_{level}", facts, points["sector"])
    else:
        yield Finding("not_met", "sector_other", {"sector": asked})


def _place(field: MatchField, match: pd.Series, points: Mapping[str, float]) -> Iterator[Finding]:
    if match["level"] == NO_TIE:
        yield Finding("missing", "territory_unknown")
        return
    ties = field.actors.ties
    facts = {
        "territory": field.actors.grid.territories.codes[ties.territory[match["tie"]]],
        "relation": RELATIONS[ties.relation[match["tie"]]],
    }
    level = LEVELS[match["level"]]
    if match["territory"] > 0:
        yield Finding("met", f"territory_{level}", facts, points["territory"])
    else:
        yield Finding("not_met", "territory_elsewhere", facts)


def _need(field: MatchField, match: pd.Series, points: Mapping[str, float]) -> Iterator[Finding]:
    if np.isnan(match["need"]):
        yield Finding("missing", "need_unknown", {"sector": match["sector_code"]})
        return
    # Rounded down, so that nothing is said to stand higher than it does.
    facts = {"sector": match["sector_code"], "percentile": int(100 * match["need"])}
    high = match["need"] >= field.rules.high_need
    yield Finding("met" if high else "not_met", "need_high" if high else "need_lower", facts, points["need"])


def _record(field: MatchField, match: pd.Series, points: Mapping[str, float]) -> Iterator[Finding]:
    at = (match["body"], field.actors.sector_codes.index(match["sector_code"]))
    done, stopped = int(field.actors.done[at]), int(field.actors.stopped[at])
    facts: dict[str, Any] = {"sector": match["sector_code"]}
    if np.isnan(match["track_record"]):
        yield Finding("missing", "record_unknown", facts)
    elif done:
        yield Finding("met", "record_done", {**facts, "n": done}, points["track_record"])
    if stopped:
        yield Finding("not_met", "record_stopped", {**facts, "n": stopped})
    largest, asked = field.actors.largest_mad[match["body"]], match["amount_mad"]
    if np.isfinite(asked):
        facts = {"amount_mad": float(asked), "largest_mad": None if np.isnan(largest) else float(largest)}
        if np.isnan(largest):
            yield Finding("missing", "capacity_unknown", facts)
        elif match["capacity"] == 1:
            yield Finding("met", "capacity_enough", facts, points["capacity"])
        else:
            yield Finding("not_met", "capacity_short", facts, points["capacity"])
    if match["partnership"] == 1:
        partner = field.actors.bodies["organisation_code"].iloc[match["partner"]]
        yield Finding("met", "partnership", {"partner": partner}, points["partnership"])


def _to_verify(field: MatchField, match: pd.Series) -> Iterator[Finding]:
    body = field.actors.bodies.iloc[match["body"]]
    if body["organisation_type"] in REGISTERED_TYPES:
        yield Finding("verify", "registration")
    if body.get("type_is_fallback") is True or body.get("type_is_fallback") is np.True_:
        yield Finding("verify", "type")
    if field.actors.projects[match["body"]].sum() == 0:
        yield Finding("verify", "activity")


def next_step(field: MatchField, match: pd.Series, *, offices: Offices, themes: Mapping[str, GuideTheme]) -> NextStep:
    """Return whom to contact for a match, and which theme of the guide says how.

    The office is the nearest one whose subjects hold the sector, of the place of the match. The theme is the first of
    the guide that is about the sector, else that of agreements with public bodies.
    """
    body = field.actors.bodies.iloc[match["body"]]
    website = body.get("website")
    known = isinstance(website, str) and bool(website)
    near = offices.of(match["territory_code"], (match["sector_code"],))
    about = (code for code, theme in themes.items() if match["sector_code"] in theme.subjects and theme.country == "MA")
    return NextStep(
        code="write" if known else "ask_office",
        website=website if known else None,
        competence_code=str(near["competence_code"].iloc[0]) if len(near) else None,
        theme_code=next(about, DEFAULT_THEME),
    )


def shares(match: pd.Series, weight: Mapping[str, float]) -> Sequence[tuple[str, float, float | None]]:
    """Return for each criterion its weight, and the points it gives (None when it is not known), to be drawn."""
    points = contributions(match, weight)
    return [(name, weight[name], points.get(name)) for name in CRITERIA]
