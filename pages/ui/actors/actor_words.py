"""Those who act said in words: names, options of the filters, the finding over the map, what to loosen."""

from typing import Any
from urllib.parse import urlencode

from data.texts import Texts
from geo import actors_state
from geo.actor_selection import COUNTRY, ActorSelection
from geo.actors_state import LISTS, ActorsState
from geo.directory import UNSAID
from pages.ui import words
from pages.ui.knowledge import Knowledge

PROBE_ORDER = ("text", "record", "tie", "country", "type", "sector")
"""In which order a choice is offered to be given up, the narrowest first."""


def name(know: Knowledge, row: int, t: Texts) -> str:
    """Name a body in the visitor's language, in French where it has no other name."""
    return know.organisation_name(know.actors.bodies["organisation_code"].iloc[row], t)


def type_of(know: Knowledge, row: int, t: Texts) -> str:
    """Say the type of a body."""
    return words.option(know, "carrier", str(know.actors.bodies["organisation_type"].iloc[row]), t)


def seat(know: Knowledge, row: int, t: Texts) -> str:
    """Say where the seat of a body is: the place as the source writes it, or its commune, then its country."""
    body = know.actors.bodies.iloc[row]
    place = body["seat_place"] if words.given(body["seat_place"]) else ""
    if not place and words.given(body["seat_code"]):
        place = know.territories.name(body["seat_code"], t.language)
    country = t.area(str(body["country"])) if words.given(body["country"]) else ""
    return t("list.separator").join(part for part in (place, country) if part)


def option(know: Knowledge, filter_name: str, code: str, t: Texts) -> str:
    """Word for one option of a filter."""
    if filter_name == "country":
        return t("actors.no_country") if code == UNSAID else t.area(code)
    if filter_name == "sector":
        return t("actors.no_sector") if code == UNSAID else words.option(know, "sector", code, t)
    if filter_name == "type":
        return words.option(know, "carrier", code, t)
    return t(f"actors.record.{code}") if filter_name == "record" else t(f"zone_relation.{code}")


def headline(know: Knowledge, selection: ActorSelection, t: Texts) -> str:
    """Say how many bodies are tied to the territory, and how many have completed a project, here or elsewhere."""
    place = know.territories.name(selection.state.territory, t.language)
    return t("actors.finding", n=len(selection), place=place, done=t.number(done(selection)))


def with_project(selection: ActorSelection) -> int:
    """Count the selected bodies with a project of the register in the territory, or in a place in it."""
    return int(selection.kept[selection.members(selection.state.territory, ("project",))].sum())


def done(selection: ActorSelection) -> int:
    """Count the selected bodies that have a project done in the register."""
    return int((selection.directory.projects[selection.rows, 1] > 0).sum())


def filters(know: Knowledge, selection: ActorSelection, t: Texts) -> list[str]:
    """Say each choice in force in a short sentence, the territory first."""
    state = selection.state
    said = [(t("filter.territory"), words.option(know, "territory", state.territory, t))]
    for filter_name in LISTS:
        if codes := getattr(state, filter_name):
            values = t("list.separator").join(option(know, filter_name, code, t) for code in codes)
            said.append((t(f"actors.filter.{filter_name}"), values))
    if state.text:
        said.append((t("actors.filter.text"), t("quoted", text=state.text)))
    return [t("filter.said", name=label, values=values) for label, values in said]


def ways_out(know: Knowledge, selection: ActorSelection, t: Texts) -> dict[str, Any]:
    """Say why no body is shown, and what to change."""
    state, home = selection.state, know.catalog.default_territory
    ways = [
        {
            "act": {filter_name: "" if filter_name == "text" else []},
            "label": t("actors.empty.forget", name=t(f"actors.filter.{filter_name}")),
        }
        for filter_name in PROBE_ORDER
        if getattr(state, filter_name)
    ]
    if state.territory != COUNTRY:
        country = know.territories.name(COUNTRY, t.language)
        ways.append({"act": {"territory": COUNTRY}, "label": t("actors.empty.everywhere", place=country)})
    said = t("actors.empty.name") if state.text else t("actors.empty.choices")
    if state.territory != home or len(ways) > 1:
        ways.append({"act": {"clear": True}, "label": t("filter.clear")})
    return {"said": said, "ways": ways}


def link(state: ActorsState, t: Texts) -> str:
    """Return the address of the page in a state: anyone who opens it sees the same."""
    return "actors?" + urlencode({"lang": t.language} | actors_state.ADDRESS.encode(state))
