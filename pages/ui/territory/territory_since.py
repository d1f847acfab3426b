"""What became of each need of a place since the census before: in a cell of the table, and in sentences under it."""

from typing import Any

from data.texts import Texts
from geo.need_change import NeedChange, need_changes
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words
from pages.ui.territory.territory_place import Place, needs_measured

ALL = ""


def changes(know: Knowledge, found: Place) -> dict[str, NeedChange]:
    """Return the changes of the place by need, of all of them together under an empty name; those known only."""
    return {change.theme: change for change in need_changes(know.needs, found.territory) if change.is_known}


def cell(change: NeedChange | None, t: Texts) -> dict[str, Any]:
    """Write the points of both years, and by which indicators where they are not all those of the need."""
    if change is None:
        return {"text": t("needs.absent.short")}
    note = t("territory.since.only", names=_indicators(change, t)) if change.theme and not change.whole else ""
    return {"text": t("territory.since.points", **_points(change, t)), "note": note}


def said(know: Knowledge, found: Place, t: Texts) -> str:
    """Say where need fell most and where it grew, how that was compared, and what cannot be."""
    known = changes(know, found)
    if not known:
        return t("territory.since.unknown")
    by_need = [change for theme, change in known.items() if theme != ALL]
    most = min(by_need, key=lambda change: change.difference)
    grown = [change for change in by_need if _moved(change) > 0]
    parts = [t("territory.since.all", **_points(known[ALL], t))] if ALL in known else []
    if _moved(most) < 0:
        parts.append(t("territory.since.fell", need=t(f"territory.for.{most.theme}"), **_points(most, t)))
    if grown:
        names = [
            t("territory.since.each", need=t(f"territory.for.{change.theme}"), **_points(change, t)) for change in grown
        ]
        parts.append(t("territory.since.grew", needs=t("list.separator").join(names)))
    never = [need_words.need(theme, t) for theme in needs_measured(know) if theme not in known]
    if never:
        parts.append(t("territory.since.never", needs=t("list.separator").join(never)))
    partly = [
        t("territory.since.partly", need=need_words.need(change.theme, t), names=_indicators(change, t))
        for change in by_need
        if not change.whole
    ]
    return " ".join([*parts, t("territory.since.scale", partly=t("list.separator").join(partly))])


def _moved(change: NeedChange) -> int:
    """Return the difference of the points as they are written, so that words and figures agree."""
    return round(change.after) - round(change.before)


def _points(change: NeedChange, t: Texts) -> dict[str, Any]:
    first, last = change.years
    return {
        "before": t.number(change.before, 0),
        "after": t.number(change.after, 0),
        "first": str(first),
        "last": str(last),
    }


def _indicators(change: NeedChange, t: Texts) -> str:
    names = [t.label("indicator", f"{code}.short", need_words.indicator(code, t)) for code in change.measured]
    return t("list.separator").join(names)
