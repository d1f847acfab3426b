"""The head of a territory sheet: names in both scripts, what contains it and lies in it, the finding in a sentence."""

from typing import Any

import numpy as np

from data.texts import Texts
from pages.ui.knowledge import Knowledge
from pages.ui.territory import territory_elsewhere, territory_search
from pages.ui.territory.territory_link import sheet_address
from pages.ui.territory.territory_place import Place, population, standing_in
from pages.ui.villages import village_words

HALF = 0.5
HEAVIEST = 2  # needs named in the finding
LISTED_VILLAGES = 200


def head(know: Knowledge, found: Place, t: Texts, *, problems: list[str]) -> dict[str, Any]:
    """Return what `territory_head.html` shows."""
    village = know.villages.row_of.get(found.code)
    home = know.catalog.default_territory
    return {
        "kicker": t("territory.kicker"),
        "name": name(know, found, t),
        "other_name": _other_name(know, found, t),
        "other_language": "fr" if t.language == "ar" else "ar",
        "tifinagh": know.tifinagh.get(found.code, ""),
        "kind": kind_said(know, found, t),
        "path": [
            {"name": know.territories.name(code, t.language), "url": sheet_address(code, t)}
            for code in reversed(found.codes if village is not None else found.codes[1:])
        ],
        "finding": finding(know, found, t),
        "below": _below(know, found, t),
        "elsewhere": {"title": t("needs.sheet.elsewhere"), "entries": territory_elsewhere.elsewhere(know, found, t)},
        "search": territory_search.answer(know, t),
        "problems": problems,
        "home": {"url": sheet_address(home, t), "name": know.territories.name(home, t.language)},
        "labels": {key: t(f"territory.{key}") for key in ("search", "search_go", "print", "path")},
    }


def name(know: Knowledge, found: Place, t: Texts) -> str:
    """Name the place in the visitor's language."""
    if found.code in know.villages:
        return village_words.name(know, know.villages.row_of[found.code], t)
    return know.territories.name(found.code, t.language)


def finding(know: Knowledge, found: Place, t: Texts) -> str:
    """Say the essential in one sentence: how many people, how the need compares, which needs, which projects."""
    parts = _of_village(know, found, t) if found.level == "village" else _of_territory(know, found, t)
    joined = t("territory.finding.joint").join(part for part in parts if part)
    return t("territory.finding.whole", name=name(know, found, t), parts=joined)


def projects_said(found: Place, t: Texts) -> str:
    """Say how many projects are the place's own, or which kind of absence it shows."""
    if not found.absence:
        kind = "projects_commune" if found.level == "village" else "projects"
        return t(f"territory.finding.{kind}", n=len(found.projects.own))
    return t(f"territory.finding.absent.{found.absence}")


def _of_territory(know: Knowledge, found: Place, t: Texts) -> list[str]:
    people = population(know, found.territory)
    said = t("territory.finding.people", n=int(people)) if np.isfinite(people) else t("territory.finding.no_people")
    return [said, need_said(know, found, t), projects_said(found, t)]


def need_said(know: Knowledge, found: Place, t: Texts) -> str:
    """Say how its need compares with that of its peers in the country, and for what most; empty without a rank."""
    if not found.peers or found.why is None:
        return ""
    stands = standing_in(know, found, found.peers[0])
    if stands is None:
        return ""
    if stands.below >= HALF:
        said = t(f"territory.finding.more.{found_level(found)}", share=t.percent(stands.below))
        heavy = [fact for fact in found.why.sectors if fact.score > fact.median][:HEAVIEST]
        if not heavy:
            return said
        needs = [t(f"territory.for.{fact.code.removeprefix('need.')}") for fact in heavy]
        both = t("territory.and", first=needs[0], second=needs[1]) if len(needs) > 1 else needs[0]
        return t("territory.finding.above", said=said, needs=both)
    higher = (stands.rank - 1) / max(1, stands.ranked - 1)
    return t(f"territory.finding.less.{found_level(found)}", share=t.percent(higher))


def found_level(found: Place) -> str:
    """Return the level of the territory whose figures are shown."""
    return "commune" if found.level == "village" else found.level


def _of_village(know: Knowledge, found: Place, t: Texts) -> list[str]:
    village = know.villages.at(found.code)
    people = t("territory.finding.people", n=village.people)
    if village.withheld:
        return [people, t("territory.finding.withheld"), projects_said(found, t)]
    far = [service for service, km in village.distances.items() if km is not None and km > know.default_km[service]]
    names = t("list.separator").join(t(f"service.{service}.short").lower() for service in far)
    said = t("territory.finding.far", n=len(far), total=len(village.distances), services=names)
    return [people, said if far else t("territory.finding.near"), projects_said(found, t)]


def kind_said(know: Knowledge, found: Place, t: Texts) -> str:
    """Say what kind of place it is, with its official code."""
    territory = know.territories.row(found.territory)
    if found.level == "village":
        kind = t("level.village")
    elif found.level == "commune":
        kind = (
            t(f"territory.kind.{territory['milieu']}")
            if territory["milieu"] in ("urban", "rural")
            else t("level.commune")
        )
    else:
        kind = t(f"level.{found.level}")
    return t("territory.kind.coded", kind=kind, code=found.code)


def _other_name(know: Knowledge, found: Place, t: Texts) -> str:
    if found.level == "village":
        return village_words.other_name(know, know.villages.row_of[found.code], t)
    return know.territories.name(found.territory, "fr" if t.language == "ar" else "ar")


def _below(know: Knowledge, found: Place, t: Texts) -> dict[str, Any] | None:
    """Return what lies directly in the place, each with the link to its sheet; None for a village."""
    if found.level == "village":
        return None
    children = know.territories.children_of(found.territory)
    if children:
        level = know.territories.level_of(children[0])
        entries = [(know.territories.name(code, t.language), code) for code in children]
    else:
        level = "village"
        rows = np.flatnonzero(know.villages.within(found.territory, know.territories))
        if found.level != "commune" or not len(rows):
            return None
        entries = [(village_words.name(know, int(row), t), know.villages.codes[row]) for row in rows[:LISTED_VILLAGES]]
    return {
        "title": t(f"territory.below.{level}", n=len(entries)),
        "entries": [{"name": said, "url": sheet_address(code, t)} for said, code in sorted(entries)],
    }
