"""The sentence over the map of projects, the key figures under it, and what to do when nothing is selected."""

from collections.abc import Callable
from typing import Any

from data.records.published import REGISTER
from data.texts import Texts
from geo.placement import reached_communes
from geo.selection import Selection
from pages.ui.knowledge import Knowledge


def headline(know: Knowledge, selection: Selection, t: Texts) -> str:
    """Say how many projects there are, where, for how much, and how much of the money has no commune."""
    totals = selection.totals
    place = know.territories.name(selection.state.territory, t.language)
    said = t("finding.projects", n=totals.projects, place=place)
    if not totals.counted_mad:
        return said
    share = totals.area_mad / totals.counted_mad
    return t("finding.with_money", said=said, money=t.short_money(totals.counted_mad), share=t.percent(share))


def figures(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Return what `figures.html` shows: four figures, and the sum that ties the map to the portfolio."""
    totals, state = selection.totals, selection.state
    first, last = know.territories.commune_range(state.territory)
    reached = len(reached_communes(selection))
    money_note = t("figure.money_note", n=totals.without_amount)
    if totals.frameworks:
        money_note += " · " + t("figure.frameworks", n=totals.frameworks, money=t.short_money(totals.frameworks_mad))
    said = _sum(selection, t)
    lacking = "figure.no_such" if state.is_filtered else "figure.no_project"
    return {
        "figures": [
            {"label": t("figure.projects"), "value": t.number(totals.projects), "note": running(selection, t)},
            {"label": t("figure.money"), "value": said(totals.counted_mad), "note": money_note},
            {
                "label": t("figure.communes"),
                "value": t("figure.of", n=reached, total=last - first),
                "note": t(lacking, n=last - first - reached),
            },
            {
                "label": t("figure.estimated"),
                "value": said(totals.estimated_mad),
                "note": t("figure.estimated_note"),
            },
        ],
        "equation": ""
        if _is_unknown(selection)
        else t(
            "figure.equation",
            located=t.money(totals.located_mad),
            area=t.money(totals.area_mad),
            total=t.money(totals.counted_mad),
        ),
        "source": source(know, t),
    }


def _is_unknown(selection: Selection) -> bool:
    """Tell whether no amount of the selection is known in dirhams: their sum is unknown too, and not zero."""
    return 0 < selection.totals.projects == selection.totals.without_amount


def _sum(selection: Selection, t: Texts) -> Callable[[float], str]:
    """Return what says a sum of the selection, short."""
    return (lambda _: t("figure.money_unknown")) if _is_unknown(selection) else t.short_money


def source(know: Knowledge, t: Texts) -> str:
    """Say where the register comes from: public pages, and what people entered where there is any of it."""
    entered = (know.register.projects["register"] == REGISTER).any()
    return t("figure.source_entered" if entered else "figure.source", version=know.version)


def running(selection: Selection, t: Texts) -> str:
    """Say how many of the projects are under way."""
    statuses = selection.register.projects["status"].to_numpy()[selection.rows]
    return t("figure.running", n=int((statuses == "implementation").sum()))


def ways_out(know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    """Say which filter to loosen: those without which something would be found, and how much."""
    names: dict[str, list[str]] = {"sector": [], "funder": [], "status": [], "carrier": [], "precision": []}
    ways = []
    for name in selection.state.in_force(know.catalog.default_territory):
        found = int(selection.without(name).sum())
        if found:
            value: Any = names.get(
                name, know.catalog.default_territory if name == "territory" else "" if name == "text" else None
            )
            ways.append({"act": {name: value}, "label": t("empty.without", name=t(f"filter.{name}"), n=found)})
    return {"said": t("empty.projects"), "ways": [*ways, {"act": {"clear": True}, "label": t("filter.clear")}]}
