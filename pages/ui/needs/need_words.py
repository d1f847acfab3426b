"""Values, classes, places and findings of the needs page said in the visitor's language."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import numpy as np

from data.texts import Texts, load_texts
from geo.classify import IntArray
from geo.indicators import INSUFFICIENT_DATA, KNOWN, MISSING, NOT_APPLICABLE, WITHHELD
from geo.need_view import NeedSelection
from pages.ui.knowledge import Knowledge

ABSENT = {
    MISSING: "missing",
    WITHHELD: "withheld",
    NOT_APPLICABLE: "not_applicable",
    INSUFFICIENT_DATA: "insufficient",
}
"""States without a value: each has its own word (`needs.absent.<name>`) and its own pattern on the map."""
INDEX_DECIMALS = 1
BARE = ("points", "deviations", "index")
SIGNED_UNITS = {"pct": "pct_points", "pct_change": "pct", "points": "index_points", "index": "index_points"}


def subject(selection: NeedSelection, t: Texts) -> str:
    """Name what is shown."""
    return t("needs.index") if selection.indicator is None else indicator(selection.indicator.code, t)


def indicator(code: str, t: Texts) -> str:
    """Name an indicator."""
    return t.label("indicator", f"{code}.label", code)


def need(theme: str, t: Texts) -> str:
    """Name a need."""
    return t.label("theme", theme)


def amount(value: float, unit: str, decimals: int, t: Texts, *, signed: bool = False) -> str:
    """Write a value with its unit; with its sign when it is a difference."""
    return _amount(round(value, decimals) + 0.0, unit, decimals, t.language, signed)


@lru_cache(maxsize=20_000)
def _amount(rounded: float, unit: str, decimals: int, language: str, signed: bool) -> str:  # noqa: FBT001 - a cache's key
    """Write a rounded value once: 1,503 communes share few different ones."""
    t = load_texts(language)
    number = t.signed(rounded, decimals) if signed else t.number(rounded, decimals)
    if signed:
        unit = SIGNED_UNITS.get(unit, unit)
    return t(f"needs.unit.{unit}", value=number)


def amount_of(label: str, unit: str, t: Texts) -> str:
    """Write a name with its unit after it: «need index out of 100»."""
    kind = "unit_of" if unit == "deviations" else "unit"  # values abbreviate what a title spells out
    return t(f"needs.{kind}.{unit}", value=label)


def decimals(selection: NeedSelection) -> int:
    """Decimals of the values shown."""
    if selection.unit == "pct_change" or selection.indicator is None:
        return INDEX_DECIMALS
    return selection.indicator.decimals


def figure(selection: NeedSelection, row: int, t: Texts, *, short: bool = False) -> str:
    """Write the value of a territory of the level, or the word for why there is none."""
    state = int(selection.state[row])
    if state != KNOWN:
        return t(f"needs.absent.{ABSENT[state]}")
    said = value(selection, float(selection.value[row]), t, short=short)
    return about(said, t) if is_ours(selection, selection.computed[row]) else said


def is_ours(selection: NeedSelection, computed: object) -> bool:
    """Whether a figure stands for a published one that does not exist: the index is ours by nature, not by lack."""
    return selection.indicator is not None and bool(computed)


def about(said: str, t: Texts) -> str:
    """Mark a figure we computed."""
    return t("needs.about", value=said)


def value(selection: NeedSelection, number: float, t: Texts, *, short: bool = False) -> str:
    """Write a value of the subject; short leaves out the unit that everybody can guess."""
    if short and selection.unit in BARE and not selection.is_change:
        return t.number(number, decimals(selection))
    return amount(number, selection.unit, decimals(selection), t, signed=selection.is_change)


def concerned(selection: NeedSelection, row: int, t: Texts) -> str:
    """Write how many people or households a value is about; ≈ because a rate of one decimal is multiplied."""
    people = selection.people
    if people.state[row] != KNOWN:
        return t("needs.absent.missing")
    return people_of(float(people.value[row]), selection.people_unit, t)


def people_of(number: float, unit: str, t: Texts) -> str:
    """Write a number of people or households: exact for inhabitants, ≈ for what a rate gives."""
    return t(f"needs.people.{unit}", n=round(number))


def people_header(selection: NeedSelection, t: Texts) -> str:
    """Name the column of people concerned."""
    if selection.people_unit == "population" or selection.indicator is None:
        return t("needs.column.population")
    said = t.label("indicator", f"{selection.indicator.code}.people", t("needs.column.people"))
    return said[:1].upper() + said[1:]


def period(selection: NeedSelection) -> str:
    """Write the year shown, or the two years of a change."""
    return "–".join(map(str, selection.years))


def class_labels(selection: NeedSelection, t: Texts) -> list[str]:
    """Write the range of each class, lowest first."""
    bounds = selection.breaks.bounds
    if not bounds:
        return [t("needs.class.all")]

    def said(number: float) -> str:
        exact = round(number, 2 if abs(number) < 1 else 1)
        if selection.unit in BARE and not selection.is_change:
            return bare(number)  # the title of the legend says the unit
        return amount(exact, selection.unit, needed(exact), t, signed=selection.is_change)

    def bare(number: float) -> str:
        exact = round(number, 2 if abs(number) < 1 else 1)
        return t.signed(exact, needed(exact)) if selection.is_change or exact < 0 else t.number(exact, needed(exact))

    middle = [t("needs.class.between", low=bare(low), high=said(high)) for low, high in pairwise(bounds)]
    return [t("needs.class.upto", high=said(bounds[0])), *middle, t("needs.class.above", low=said(bounds[-1]))]


def needed(number: float) -> int:
    """Return how many decimals, two at most, a round number needs."""
    return next(places for places in range(3) if round(number, places) == round(number, 2))


def counted(selection: NeedSelection, count: int, t: Texts) -> str:
    """Write «21 communes out of 175»: out of those that have a value."""
    known = int(selection.known[selection.rows].sum())
    return t(f"needs.counted.{selection.level.name}", n=count, total=known)


def headline(know: Knowledge, selection: NeedSelection, t: Texts) -> str:
    """Say the finding in one sentence."""
    place = know.territories.name(selection.asked.territory, t.language)
    if selection.milieu != "total":
        place = t("needs.finding.in_milieu", place=place, milieu=t(f"needs.sheet.{selection.milieu}"))
    known = selection.rows[selection.known[selection.rows]]
    context = {"label": subject(selection, t), "place": place, "year": period(selection)}
    if not len(known):
        return t("needs.finding.none", **context)
    if len(selection) == 1:
        return t("needs.finding.single", value=figure(selection, int(known[0]), t), **context)
    if selection.is_change:
        return _change_headline(selection, known, context, t)
    if selection.indicator is None:
        return _index_headline(know, selection, known, context, t)
    if selection.threshold is not None:
        limit = amount(selection.threshold, selection.unit, needed(selection.threshold), t)
        number = counted(selection, int(selection.beyond[selection.rows].sum()), t)
        side = "below" if selection.worse < 0 else "above"
        return t(f"needs.finding.{side}", limit=limit, counted=number, **context)
    low, high = (int(known[pick(selection.value[known])]) for pick in (np.argmin, np.argmax))
    ends = {
        "low": figure(selection, low, t),
        "high": figure(selection, high, t),
        "low_place": know.territories.name(selection.level.codes[low], t.language),
        "high_place": know.territories.name(selection.level.codes[high], t.language),
    }
    return t("needs.finding.range", **ends, **context)


def _index_headline(
    know: Knowledge, selection: NeedSelection, known: IntArray, context: Mapping[str, str], t: Texts
) -> str:
    top = int(known[np.argmax(selection.value[known])])
    said = {
        "top": know.territories.name(selection.level.codes[top], t.language),
        "value": figure(selection, top, t),
        **context,
    }
    above = int(selection.beyond[selection.rows].sum())
    if selection.threshold is None or not above:
        return t("needs.finding.index_none", **said)
    limit = t.number(selection.threshold, needed(selection.threshold))
    return t("needs.finding.index", counted=counted(selection, above, t), limit=limit, **said)


def _change_headline(selection: NeedSelection, known: IntArray, context: Mapping[str, str], t: Texts) -> str:
    small = -selection.breaks.bounds[1] if len(selection.breaks.bounds) > 1 else 0.0
    moved = selection.value[known] * (selection.worse or 1)
    kind = "change" if selection.worse else "change_neutral"
    return t(
        f"needs.finding.{kind}",
        better=counted(selection, int((moved < -small).sum()), t),
        worse=int((moved >= small).sum()) if kind == "change" else int((moved > small).sum()),
        still=int((np.abs(moved) <= small).sum()),
        **context,
    )
