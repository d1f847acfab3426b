"""Replication said in words: the project, its twins, what is alike and what differs, what is not known."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data.actors_catalog import load_actors_catalog
from data.texts import Texts
from geo.replication import LEAST_NEED, Replication, found_by_words
from geo.state import ADDRESS, State
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.matching import match_words

OFFERED = 8
CARRIERS, FUNDERS = ("accountable", "implementing"), ("funding", "extending")


def project(know: Knowledge, row: int, t: Texts) -> str:
    """Title of a project."""
    return words.title(know.register.projects.iloc[row], t)


def project_note(know: Knowledge, row: int, t: Texts) -> str:
    """Say in short where and when a project was carried out."""
    names = [know.territories.name(code, t.language) for code in know.realised.communes[row]]
    return " · ".join([words.shortened(names, t, limit=2), words.years(know.register.projects.iloc[row], t)])


def link(code: str, t: Texts) -> str:
    """Return the address of the sheet of a project."""
    return "projects?" + urlencode({"lang": t.language} | ADDRESS.encode(State(territory="MA", selected=code)))


def bodies(know: Knowledge, row: int, roles: Sequence[str], t: Texts) -> str:
    """Name the bodies of a project in some roles; says that the source names none."""
    links = know.register.organisations
    own = links.loc[(links["project"] == row) & links["role"].isin(roles), "organisation_code"]
    names = [know.organisation_name(code, t) for code in dict.fromkeys(own)]
    return t("list.separator").join(names) or t("missing.people")


def headline(know: Knowledge, replication: Replication, t: Texts) -> str:
    """Say how many communes are alike and in need, or ask for a project."""
    if replication.row is None:
        return t("replicate.finding.ask")
    return t(
        "replicate.finding.found" if replication.measured else "replicate.finding.unmeasured",
        n=len(replication),
        origin=know.territories.name(replication.origin, t.language),
        place=know.territories.name(replication.state.territory, t.language),
        sector=match_words.sector(know, replication.sector, t),
    )


def filters(know: Knowledge, replication: Replication, t: Texts) -> list[str]:
    """Say each choice in force in a short sentence."""
    pairs = []
    if replication.row is not None:
        pairs += [
            (t("replicate.choice.project"), project(know, replication.row, t)),
            (t("replicate.choice.origin"), know.territories.name(replication.origin, t.language)),
            (t("replicate.choice.sector"), match_words.sector(know, replication.sector, t)),
        ]
    pairs.append((t("replicate.choice.within"), know.territories.name(replication.state.territory, t.language)))
    return [t("filter.said", name=name, values=value) for name, value in pairs]


def ways_out(know: Knowledge, replication: Replication, t: Texts) -> dict[str, Any] | None:
    """Offer projects when none is chosen, the country when nothing is alike in the territory."""
    codes = know.register.projects["project_code"]
    if replication.row is None:
        rows = offered(know, replication)
        acts = [{"act": {"project": codes.iloc[row], "seek": ""}, "label": project(know, row, t)} for row in rows]
        key = "replicate.empty.project" if rows else "replicate.empty.no_project"
        return {"said": t(key, text=replication.state.seek), "ways": acts}
    if len(replication):
        return None
    country = know.territories.name("MA", t.language)
    ways = [{"act": {"territory": "MA"}, "label": country}] if replication.state.territory != "MA" else []
    return {"said": t("replicate.empty.none", share=t.percent(LEAST_NEED)), "ways": ways}


def offered(know: Knowledge, replication: Replication) -> list[int]:
    """Return the rows of the projects to choose from; none once one is chosen and nothing is typed."""
    state = replication.state
    if replication.row is not None and not state.seek:
        return []
    return found_by_words(know.register, know.realised, state.seek)[:OFFERED]


def trait(code: str, t: Texts) -> str:
    """Name a trait."""
    return t(f"trait.{code}")


def value(know: Knowledge, commune: str, code: str, t: Texts) -> str:
    """Say the value of a trait in a commune, or that it is not known."""
    held = know.context.values.loc[commune, code]
    if pd.isna(held):
        return t("missing.short")
    if isinstance(held, str):
        return t(f"milieu.{held}")
    decimals = next(one.decimals for one in load_actors_catalog().context if one.code == code)
    return t(f"trait_value.{code}", value=t.number(float(held), decimals))


def both(know: Knowledge, replication: Replication, commune: str, code: str, t: Texts) -> str:
    """Say a trait with its value in the commune, then in that of the project."""
    return t(
        "replicate.both",
        trait=trait(code, t),
        here=value(know, commune, code, t),
        there=value(know, replication.origin, code, t),
    )


def need(candidate: pd.Series, replication: Replication, t: Texts) -> str:
    """Say where the need of a commune stands, or that it is not measured."""
    if not replication.measured:
        return t("replicate.not_measured")
    return t("replicate.need", percent=t.percent(int(100 * candidate["need"]) / 100))


def running(candidate: pd.Series, t: Texts) -> tuple[str, str]:
    """Say what is known to run in the sector in a commune, then beside it; no project known is not no project."""
    here = [code for code in candidate["projects"].split(";") if code]
    around = [code for code in candidate["around"].split(";") if code]
    return t("replicate.here", n=len(here)), t("replicate.around", n=len(around))
