"""Villages said in words: their names, the finding over the map, the choices in force, what to loosen."""

import math
from typing import Any

import numpy as np

from data.texts import Texts
from geo.village_selection import VillageSelection
from pages.ui import words
from pages.ui.knowledge import Knowledge


def name(know: Knowledge, row: int, t: Texts) -> str:
    """Name a village: in Arabic for an Arabic reader, else in Latin letters where they are known."""
    villages = know.villages
    return villages.name_ar[row] if t.language == "ar" or not villages.name_latin[row] else villages.name_latin[row]


def other_name(know: Knowledge, row: int, t: Texts) -> str:
    """Return the name of a village in the other script, empty when only one is known."""
    villages = know.villages
    both = {villages.name_ar[row], villages.name_latin[row]} - {"", name(know, row, t)}
    return both.pop() if both else ""


def commune(know: Knowledge, row: int, t: Texts) -> str:
    """Name the commune of a village."""
    return know.territories.name(know.territories.commune_codes[know.villages.commune[row]], t.language)


def service(code: str, t: Texts) -> str:
    """Name a service."""
    return t(f"service.{code}.label")


def km(distance: float, t: Texts) -> str:
    """Say a distance, or that it is withheld."""
    return t("villages.withheld") if math.isnan(distance) else t("unit.km", value=t.number(distance))


def where(know: Knowledge, territory: str, t: Texts) -> str:
    """Name the territory, or of the country the regions whose villages our tables list: a total is theirs, not its."""
    territories = know.territories
    if territories.level_of(territory) != "country":
        return territories.name(territory, t.language)
    return t("list.separator").join(territories.name(code, t.language) for code in _regions_listed(know))


def _regions_listed(know: Knowledge) -> list[str]:
    """Return the regions whose villages our tables list."""
    territories = know.territories
    communes = np.flatnonzero(np.bincount(know.villages.commune))
    above = {up: None for number in communes for up in territories.ancestors(territories.commune_codes[number])}
    return [code for code in above if territories.level_of(code) == "region"]


def headline(know: Knowledge, selection: VillageSelection, t: Texts) -> str:
    """Say how many villages, with how many people, lie beyond the distance; or how many bear the name asked for."""
    place = where(know, selection.state.territory, t)
    totals = selection.totals
    if not totals.villages:
        return t("villages.finding.none_listed", place=place)
    if selection.named:
        return t("villages.finding.named", n=len(selection), text=selection.state.text, place=place)
    said = t(f"service.{selection.state.service}.beyond", km=t.number(selection.km))
    people = t("villages.finding.people", n=totals.people_beyond)
    return t("villages.finding.beyond", n=totals.beyond, place=place, people=people, beyond=said)


def filters(know: Knowledge, selection: VillageSelection, t: Texts) -> list[str]:
    """Say each choice in force in a short sentence, the territory first."""
    state = selection.state
    said = {
        t("filter.territory"): words.option(know, "territory", state.territory, t),
        t("villages.choice.service"): service(state.service, t),
        t("villages.choice.km"): t("villages.more_than", value=t.number(selection.km)),
    }
    if state.text:
        said[t("villages.choice.text")] = t("quoted", text=state.text)
    if know.territories.level_of(state.territory) == "country":
        said[t("villages.choice.listed")] = t("villages.listed_only", place=where(know, state.territory, t))
    return [t("filter.said", name=name, values=values) for name, values in said.items()]


def is_listed(know: Knowledge, territory: str) -> bool:
    """Tell whether the villages of a territory, if it has any, are among those listed."""
    return any(know.territories.is_within(territory, region) for region in _regions_listed(know))


def ways_out(know: Knowledge, selection: VillageSelection, t: Texts) -> dict[str, Any]:
    """Say why no village is shown, and what to change."""
    totals, state, home = selection.totals, selection.state, know.catalog.default_territory
    ways: list[dict[str, Any]] = []
    if not totals.villages:
        place = know.territories.name(state.territory, t.language)
        is_town = is_listed(know, state.territory)
        said = t("territory.villages.town", place=place) if is_town else t("villages.empty.elsewhere")
        ways.append({"act": {"territory": home}, "label": know.territories.name(home, t.language)})
    elif state.text:
        said = t("villages.empty.named")
        ways.append({"act": {"text": ""}, "label": t("villages.empty.forget_name")})
    elif math.isnan(totals.farthest_km):
        said = t("villages.empty.all_withheld", n=totals.unknown)
    else:
        said = t("villages.empty.nearer", farthest=km(totals.farthest_km, t))
        if totals.unknown:
            said += " " + t("villages.empty.and_withheld", n=totals.unknown)
        ways += [
            {"act": {"km": threshold}, "label": t("villages.more_than", value=t.number(threshold))}
            for threshold in (one.value for one in know.catalog.services[state.service].thresholds)
            if threshold < totals.farthest_km
        ]
    return {"said": said, "ways": [*ways, {"act": {"clear": True}, "label": t("filter.clear")}]}
