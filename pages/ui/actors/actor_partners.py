"""Who worked with whom on what: the partners of the body chosen, else the closest pairs, drawn; and all as a table."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.texts import Texts
from geo.actor_selection import ActorSelection
from pages.ui import words
from pages.ui.actors import actor_words
from pages.ui.knowledge import Knowledge
from pages.ui.listing import Column, listing

ROW_PX = 30
MOST_NODES, MOST_PARTNERS = 16, 24
"""Names a drawing carries: each has a line of its own, so that none covers another."""
THICKEST_PX = 9.0
TITLES = 2


def pairs(know: Knowledge, selection: ActorSelection) -> pd.DataFrame:
    """Return the pairs shown: those of the chosen body when it has any, else those of the selection."""
    code = selection.state.selected
    if code not in know.actors.index:
        return selection.pairs
    table = selection.directory.network
    own = table[(table["organisation_a"] == code) | (table["organisation_b"] == code)].copy()
    if own.empty:
        return selection.pairs
    # The chosen one stands first in each of its pairs.
    turned = own["organisation_b"] == code
    own.loc[turned, ["organisation_a", "organisation_b"]] = own.loc[
        turned, ["organisation_b", "organisation_a"]
    ].to_numpy()
    return own.sort_values(["projects", "organisation_b"], ascending=[False, True], kind="stable", ignore_index=True)


def drawing(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `ties.html` shows: names one under the other, and lines as thick as there are projects together."""
    found = pairs(know, selection)
    chosen = selection.state.selected
    alone = chosen in know.actors.index and (found.empty or chosen not in set(found["organisation_a"]))
    hub = "" if found.empty or alone or chosen not in know.actors.index else know.organisation_name(chosen, t)
    if hub:
        shown = found.head(MOST_PARTNERS)
        title = t("actors.partners.of", name=hub, n=len(found))
        names, lines = _fan(know, shown, t)
    else:
        names, lines, shown = _arcs(know, found, t)
        title = t("actors.partners.strongest", n=len(shown))
    left = len(found) - len(shown)
    return {
        "title": title,
        "said": t("actors.partners.unknown", name=know.organisation_name(chosen, t)) if alone else "",
        "names": names,
        "hub": hub,
        "lines": lines,
        "row": ROW_PX,
        "height": max(1, len(names)) * ROW_PX,
        "note": t("actors.partners.note") + (" " + t("actors.partners.more", n=left) if left > 0 else ""),
    }


def table(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Return what `listing.html` shows: one row a pair, on which projects, and where they stand."""
    found = pairs(know, selection)
    columns = [
        Column(t("actors.column.name"), kind="text"),
        Column(t("actors.partners.with"), kind="text"),
        Column(t("actors.partners.together")),
        Column(t("actors.partners.on_what"), kind="text"),
    ]
    return listing(
        selection.state,
        columns,
        range(len(found)),
        lambda rows: [_pair(know, selection, found.iloc[row], t) for row in rows],
        t,
        caption=t("actors.partners.caption", n=len(found)),
        note=t("actors.partners.table_note"),
    )


def _pair(know: Knowledge, selection: ActorSelection, pair: pd.Series, t: Texts) -> dict[str, Any]:
    register = know.register
    codes = pair["project_codes"].split(";")
    own = [register.projects.iloc[register.row_of[code]] for code in codes]
    titles = words.shortened((words.title(project, t) for project in own), t, limit=TITLES)
    states = dict.fromkeys(t(f"status.{project['status']}") for project in own)
    return {
        "code": pair["organisation_b"],
        "selected": pair["organisation_b"] == selection.state.selected,
        "cells": [
            {"value": know.organisation_name(pair["organisation_a"], t)},
            {"value": know.organisation_name(pair["organisation_b"], t)},
            {"value": t.number(int(pair["projects"]))},
            {"value": titles, "note": t("list.separator").join(states)},
        ],
    }


def _fan(know: Knowledge, shown: pd.DataFrame, t: Texts) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw a line from the chosen body, at the edge, to each of its partners."""
    middle = len(shown) * ROW_PX / 2
    names, lines = [], []
    for position, pair in enumerate(shown.itertuples()):
        y = (position + 0.5) * ROW_PX
        names.append(_name(know, pair.organisation_b, t("actors.sheet.shared", n=int(pair.projects)), t))
        path = f"M0 {y:g}C45 {y:g} 55 {middle:g} 100 {middle:g}"
        lines.append(_line(path, pair.projects, names[-1]["value"], shown["projects"].max(), t))
    return names, lines


def _arcs(
    know: Knowledge, found: pd.DataFrame, t: Texts
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], pd.DataFrame]:
    """Draw an arc between the two of each pair, the closest pairs first, while there is room for their names."""
    order: list[str] = []
    kept = []
    for row, pair in enumerate(found.itertuples()):
        new = [code for code in (pair.organisation_a, pair.organisation_b) if code not in order]
        if len(order) + len(new) <= MOST_NODES:
            _insert(order, new, pair)
            kept.append(row)
    shown = found.iloc[kept]
    place = {code: (position + 0.5) * ROW_PX for position, code in enumerate(order)}
    count = {code: sum(code in pair for pair in _both(shown)) for code in order}
    names = [_name(know, code, t("actors.partners.count", n=count[code]), t) for code in order]
    lines = []
    for pair in shown.itertuples():
        top, bottom = sorted((place[pair.organisation_a], place[pair.organisation_b]))
        reach = 12 + 88 * (bottom - top) / (MOST_NODES * ROW_PX)
        said = " – ".join(know.organisation_name(code, t) for code in (pair.organisation_a, pair.organisation_b))
        path = f"M0 {top:g}C{reach * 1.3:.1f} {top:g} {reach * 1.3:.1f} {bottom:g} 0 {bottom:g}"
        lines.append(_line(path, pair.projects, said, shown["projects"].max(), t))
    return names, lines, shown


def _both(shown: pd.DataFrame) -> Sequence[tuple[str, str]]:
    return list(zip(shown["organisation_a"], shown["organisation_b"], strict=True))


def _insert(order: list[str], new: list[str], pair: Any) -> None:
    """Put a new name right after its partner: arcs stay short."""
    if len(new) == 1:
        known = pair.organisation_a if new[0] == pair.organisation_b else pair.organisation_b
        order.insert(order.index(known) + 1, new[0])
    else:
        order.extend(new)


def _name(know: Knowledge, code: str, note: str, t: Texts) -> dict[str, Any]:
    kind = actor_words.type_of(know, know.actors.row(code), t)
    return {"value": know.organisation_name(code, t), "note": note, "kind": kind, "act": {"selected": code}}


def _line(path: str, projects: int, name: str, most: int, t: Texts) -> dict[str, Any]:
    width = 1 + (THICKEST_PX - 1) * (int(projects) - 1) / max(int(most) - 1, 1)
    said = t("filter.said", name=name, values=t("actors.sheet.shared", n=int(projects)))
    return {"path": path, "width": f"{width:.1f}", "said": said}
