"""The sheet of a village, and that of a commune as its villages see it."""

from typing import Any
from urllib.parse import urlencode

from data.texts import Texts
from geo.state import ADDRESS, State
from geo.village_selection import VillageSelection
from geo.villages import Village, ordered
from pages.ui import place_sheet
from pages.ui.knowledge import Knowledge
from pages.ui.records.report_link import report_link
from pages.ui.sheet_head import sheet_head
from pages.ui.territory.territory_link import sheet_link
from pages.ui.villages import village_facts, village_words

LISTED = 30


def village_sheet(know: Knowledge, selection: VillageSelection, code: str, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of one village: who lives there, how far from what, where, what is not known.

    What lies beyond is said by the distance in force for the service looked at, by the usual one for the others.
    """
    village, row = know.villages.at(code), know.villages.row_of[code]
    limits = {**know.default_km, selection.state.service: selection.km}
    return {
        **sheet_head(
            village_words.name(know, row, t), t("level.village"), t, note=village_words.other_name(know, row, t)
        ),
        "report": report_link(code, "village", t),
        "sections": [
            {"title": t("villages.sheet.who"), "facts": _who(know, village, t)},
            {
                "title": t("villages.sheet.distances"),
                "facts": []
                if village.withheld
                else [_distance(village, service, limits[service], t) for service in village.distances],
                "text": t("villages.sheet.withheld") if village.withheld else t("villages.sheet.distances_note"),
            },
            {"title": t("villages.sheet.place"), "facts": _place(village, t)},
            {"title": t("villages.sheet.commune"), "facts": _commune_facts(know, row, t)},
            {"title": t("sheet.unknown"), "entries": [{"value": said} for said in unknowns(village, t)]},
            {"title": t("sheet.source"), "text": t("villages.sheet.source")},
        ],
    }


def commune_sheet(know: Knowledge, selection: VillageSelection, code: str, t: Texts) -> dict[str, Any]:
    """Return what `sheet.html` shows of a territory: its people beyond the distance, and its villages of concern."""
    places = selection.places.set_index("territory_code")
    inside = know.villages.within(code, know.territories) & selection.far
    order = "distance" if selection.state.sort == "distance" else "people"
    rows = ordered(know.villages, inside, by=order, service=selection.state.service)
    people = [int(places.loc[code, name]) for name in _PEOPLE] if code in places.index else None
    facts = [
        {"label": t(f"villages.column.{name}"), "value": t.number(count)}
        for name, count in zip(_PEOPLE, people or (), strict=False)
    ]
    entries = [_entry(know, selection, int(row), t) for row in rows[:LISTED]]
    return {
        **sheet_head(know.territories.name(code, t.language), t(f"level.{know.territories.level_of(code)}"), t),
        "sections": [
            {"title": t("sheet.territory"), "facts": place_sheet.territory_facts(know, code, t)},
            {
                "title": village_words.service(selection.state.service, t),
                "facts": facts,
                "text": "" if people else t("villages.tip.no_village"),
            },
            {
                "title": t("villages.sheet.concern", n=len(rows)),
                "entries": entries,
                "text": t("sheet.more", n=len(rows) - LISTED) if len(rows) > LISTED else "",
            },
        ],
    }


_PEOPLE = ("people", "people_beyond", "people_within", "people_unknown")


def _entry(know: Knowledge, selection: VillageSelection, row: int, t: Texts) -> dict[str, Any]:
    note = t(
        "villages.sheet.entry",
        n=int(know.villages.people[row]),
        km=village_words.km(float(selection.distance[row]), t),
    )
    return {"value": village_words.name(know, row, t), "note": note, "act": {"selected": know.villages.codes[row]}}


def _who(know: Knowledge, village: Village, t: Texts) -> list[dict[str, Any]]:
    commune = village.commune_code
    above = [know.territories.name(up, t.language) for up in know.territories.ancestors(commune)[:2]]
    return [
        {
            "label": t("level.commune"),
            "value": know.territories.name(commune, t.language),
            "act": {"selected": commune},
            "note": t("list.separator").join(above),
        },
        {"label": t("villages.column.people"), "value": t.number(village.people)},
        {"label": t("villages.column.households"), "value": t.number(village.households)},
        {"label": t("villages.sheet.kind"), "value": t(f"villages.kind.{village.kind}")},
        {"label": t("sheet.official_code"), "value": village.code},
        sheet_link(village.code, t),
    ]


def _distance(village: Village, service: str, limit: float, t: Texts) -> dict[str, Any]:
    km = village.distances[service]
    notes = [t("villages.sheet.beyond", value=t.number(limit))] if km is not None and km > limit else []
    if service in village.doubtful:
        notes.append(t("villages.doubtful"))
    value = village_words.km(float("nan") if km is None else km, t)
    return {"label": village_words.service(service, t), "value": value, "note": " · ".join(notes)}


def _place(village: Village, t: Texts) -> list[dict[str, Any]]:
    position = village.position
    if position is None:
        return [{"label": t("villages.sheet.position"), "value": t("villages.sheet.no_position")}]
    # All of Morocco lies west of Greenwich.
    where = t("villages.sheet.coordinates", lat=t.number(position.lat, 4), lon=t.number(abs(position.lon), 4))
    precision = t(f"villages.precision.{min(max(position.decimals, 2), 4)}")
    return [
        {"label": t("villages.sheet.position"), "value": where, "note": precision},
        {
            "label": t("villages.sheet.position_source"),
            "value": t(f"villages.position.{position.source}"),
            "note": t(f"villages.match.{position.match}"),
        },
    ]


def _commune_facts(know: Knowledge, row: int, t: Texts) -> list[dict[str, Any]]:
    number = int(know.villages.commune[row])
    commune = know.territories.commune_codes[number]
    total, _ = village_facts.projects_of_commune(know, number, next(iter(know.catalog.services)))
    address = "projects?" + urlencode({"lang": t.language} | ADDRESS.encode(State(territory=commune)))
    facts: list[dict[str, Any]] = [
        {
            "label": t("villages.column.projects"),
            "value": t("villages.projects", n=total) if total else t("villages.no_project"),
            "link": address,
        }
    ]
    for service in know.catalog.services:
        _, answering = village_facts.projects_of_commune(know, number, service)
        if answering:
            facts.append({"label": village_words.service(service, t), "value": t("villages.projects", n=answering)})
    return facts


def unknowns(village: Village, t: Texts) -> list[str]:
    """Say what is not known of a village; the last is not known of any: whether what is near works."""
    lacking = {
        "distances": village.withheld,
        "position": village.position is None,
        "latin": village.name_latin is None,
        "quality": True,  # the census gives a distance, not whether the school or the centre is open and staffed
    }
    return [t(f"villages.unknown.{name}") for name, is_lacking in lacking.items() if is_lacking]
