"""Why a territory ranks as it does and what could change it: the parts of its score, and a few sentences."""

from typing import Any

import numpy as np

from data.texts import Texts
from geo import reasons
from geo.counting import lacking_sectors
from geo.need_tree import theme_of
from geo.need_view import NeedSelection
from geo.needs import Score, bounds
from pages.ui.knowledge import Knowledge
from pages.ui.marks import Mark, mark
from pages.ui.needs import need_robustness, need_words

LONGEST_LIST = 2
ONE_IN_A_HUNDRED = 0.01


def why(know: Knowledge, selection: NeedSelection, code: str, t: Texts) -> dict[str, Any] | None:
    """Return the parts of the score, largest first, and the sentences; None outside the territory looked at."""
    scored = need_robustness.inside_score(selection)
    if code not in scored.values.index:
        return None
    found = reasons.why(scored, code, robustness=need_robustness.robust(selection, know.version))
    counted = lacking_sectors(scored).loc[code]
    marks = need_marks(know, tuple(theme_of(fact) for fact in scored.sector_codes), t)
    parts = [
        {
            "mark": marks[theme_of(fact.code)],
            "label": need_words.need(theme_of(fact.code), t),
            "width": round(max(fact.contribution, 0), 2),
            "points": t.number(fact.contribution, 1),
            "note": t("needs.why.assumed")
            if fact.is_assumed
            else t("needs.why.part", score=t.number(fact.score, 0), median=t.number(fact.median, 0)),
            "act": {"subject": _first_indicator(know, theme_of(fact.code))},
        }
        for fact in found.sectors
    ]
    total = need_words.amount(found.score, selection.unit, 1, t) if np.isfinite(found.score) else ""
    return {
        "parts": parts if selection.asked.normalisation != "z_score" else [],
        "total": total,
        "sentences": sentences(know, found, t, unit=selection.unit)[
            0 if found.reason else 1 :
        ],  # the head of the sheet gives the rank
        "counted": t("needs.why.lacking", n=int(counted["lacking"]), total=int(counted["decided"])),
        "missing": [need_words.indicator(one, t) for one in found.missing],
        "completeness": _completeness(found, scored, t),
    }


def _completeness(found: reasons.Why, scored: Score, t: Texts) -> str:
    """Say how much is known, and between which ends the score lies whatever is not."""
    share = t.percent(found.completeness)
    low, high = bounds(scored.within([found.place])).iloc[0]
    if not found.missing or not np.isfinite(low):
        return t("needs.why.completeness", share=share)
    return t("needs.why.between", share=share, low=t.number(float(low), 1), high=t.number(float(high), 1))


def sentences(know: Knowledge, found: reasons.Why, t: Texts, *, unit: str = "points") -> list[str]:
    """Say why this rank, how sure it is, and what could change it."""
    name = know.territories.name(found.place, t.language)
    if found.reason:
        return [t(f"needs.why.{found.reason}", name=name)]
    score = need_words.amount(found.score, unit, 1, t)
    said = [t("needs.why.ranked", name=name, rank=found.rank or 0, n=found.ranked, score=score)]
    heavy = [fact for fact in found.sectors if fact.contribution > 0][:LONGEST_LIST]
    if heavy:
        listed = t("list.separator").join(
            t("needs.why.heavy_part", need=_named(fact.code, t), n=round(fact.contribution, 1)) for fact in heavy
        )
        said.append(t("needs.why.heavy", parts=listed))
    if found.dominant:
        said.append(t("needs.why.dominant", indicator=need_words.indicator(found.dominant, t)))
    if found.interval:
        interval = found.interval
        kind = "sure" if interval.is_robust else "unsure" if interval.top_share else "never"
        said.append(
            t(
                f"needs.why.interval.{kind}",
                low=interval.rank_p5,
                high=interval.rank_p95,
                top=interval.top,
                share=t.percent(interval.top_share, 0 if interval.top_share >= ONE_IN_A_HUNDRED else 1),
            )
        )
    lever = max(found.sectors, key=lambda fact: fact.places_moved, default=None)
    if lever and lever.places_moved > 0:
        moved = t("needs.sensitivity.places", n=lever.places_moved)
        said.append(t("needs.why.lever", need=_named(lever.code, t), rank=lever.rank_at_median, moved=moved))
    if found.strengths:
        listed = t("list.separator").join(_named(one, t) for one in found.strengths[:LONGEST_LIST])
        said.append(t("needs.why.strengths", needs=listed))
    return said


def need_marks(know: Knowledge, themes: tuple[str, ...], t: Texts) -> dict[str, Mark]:
    """Give each need the mark of a sector of projects that answers it, no two needs the same where it can be helped."""
    taken: set[tuple[str, str]] = set()
    marks = {}
    for theme in themes:
        options = [mark(know, sector, t) for sector in know.catalog.themes[theme].sectors]
        free = [one for one in options if (one.path, one.colour) not in taken]
        chosen = (free or options)[0]
        taken.add((chosen.path, chosen.colour))
        marks[theme] = Mark(theme, need_words.need(theme, t), chosen.path, chosen.colour)
    return marks


def _named(sector: str, t: Texts) -> str:
    """Name a need as the middle of a sentence does: «l'eau»."""
    theme = theme_of(sector)
    return t.label("territory.for", theme, need_words.need(theme, t))


def _first_indicator(know: Knowledge, theme: str) -> str:
    return next(code for code, one in know.catalog.indicators.items() if one.theme == theme and one.in_index)
