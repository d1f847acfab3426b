"""What holds for the chosen territory whatever one wants to do: works under way, and how it plans its development."""

from typing import Any
from urllib.parse import urlencode

from data.texts import Texts
from geo import state as projects_state
from geo.guide_state import GuideState
from geo.selection import select
from geo.state import State
from pages.ui.guide import guide_steps, guide_words
from pages.ui.knowledge import Knowledge

UNDER_WAY = "implementation"
PLANNING_SUBJECT = "territory_planning"
PLANNING_LAW = "L5"  # the organic laws of regions, provinces and communes


def works(know: Knowledge, state: GuideState, t: Texts) -> dict[str, Any]:
    """Return how many known projects are under way there, and in the sectors of the theme, each opening the map."""
    place = know.territories.name(state.territory, t.language)
    everything = State(territory=state.territory, status=(UNDER_WAY,))
    lines = [_line("guide.works.all", know, everything, t)]
    subjects = know.guide.themes[state.theme].subjects if state.theme else ()
    sectors = tuple(subject for subject in subjects if subject in know.catalog.sectors)
    if sectors:
        lines.append(_line("guide.works.sectors", know, State(state.territory, sector=sectors, status=(UNDER_WAY,)), t))
    return {"title": t("guide.works.title", place=place), "lines": lines, "note": t("guide.works.note")}


def _line(key: str, know: Knowledge, state: State, t: Texts) -> dict[str, str]:
    names = t("list.separator").join(t.label("sector", code) for code in state.sector)
    address = {"lang": t.language} | projects_state.ADDRESS.encode(state)
    return {
        "said": t(key, n=len(select(know.register, state)), sectors=names),
        "link": "projects?" + urlencode(address),
        "open": t("guide.works.open"),
    }


def planning(know: Knowledge, state: GuideState, t: Texts) -> dict[str, Any]:
    """Return what sources say of the planning there: offices of planning, the laws, and what is not known."""
    rows = know.offices.of(state.territory, (PLANNING_SUBJECT,))
    rows = rows.dropna(subset=["role_fr"])
    facts = [
        {
            "name": know.organisation_name(str(code), t),
            "lines": [
                {"said": guide_words.written(line, "role", t), "source": guide_words.source(line, t)}
                for line in own.to_dict("records")
            ],
        }
        for code, own in rows.groupby("organisation_code", sort=False)
    ]
    return {
        "title": t("guide.planning.title"),
        "unknown": t("guide.planning.unknown"),
        "facts": facts,
        "none": "" if facts else t("guide.planning.none", place=know.territories.name(state.territory, t.language)),
        "law": guide_steps.law(know, PLANNING_LAW, t),
        "not_read": t("guide.laws.not_read"),
    }
