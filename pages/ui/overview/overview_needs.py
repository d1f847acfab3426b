"""What the overview says of needs: the communes that need most and how sure that is, the villages that wait."""

from typing import Any
from urllib.parse import urlencode

from data.texts import Texts
from geo import needs_state, villages_state
from geo.need_selection import select_needs
from geo.needs_state import NeedsState
from geo.villages import people_beyond
from geo.villages_state import VillagesState
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_robustness

SHOWN_COMMUNES = 6
SHOWN_SERVICES = ("health_centre", "paved_road", "middle_school", "primary_school")


def needs(know: Knowledge, home: str, t: Texts) -> dict[str, Any]:
    """Return the neediest communes of a territory, each with its score, its rank interval and a link."""
    selection = select_needs(know.needs, NeedsState(home))
    table = need_robustness.robust(selection, know.version).table
    values = dict(
        zip((selection.level.codes[row] for row in selection.rows), selection.value[selection.rows], strict=True)
    )
    first = table.dropna(subset="rank").sort_values("rank", kind="stable").head(SHOWN_COMMUNES)
    most = max((values[code] for code in first.index), default=1.0)
    return {
        "title": t("overview.needs.title"),
        "rows": [
            {
                "name": know.territories.name(code, t.language),
                "value": t.number(values[code], 0),
                "width": round(100 * values[code] / most),
                "note": t(
                    "overview.needs.robust" if row["is_robust"] else "overview.needs.interval",
                    low=int(row["rank_p5"]),
                    high=int(row["rank_p95"]),
                ),
                "url": _address("needs", needs_state.ADDRESS.encode(NeedsState(home, selected=code)), t),
            }
            for code, row in first.iterrows()
        ],
        "note": t("overview.needs.note"),
        "see": {
            "label": t("overview.needs.see"),
            "url": _address("needs", needs_state.ADDRESS.encode(NeedsState(home)), t),
        },
    }


def figures(know: Knowledge, home: str, t: Texts) -> list[dict[str, str]]:
    """Return the key figures of need: communes above the threshold, people beyond the usual distance of care."""
    selection = select_needs(know.needs, NeedsState(home))
    known = int(selection.known[selection.rows].sum())
    high = {
        "label": t("overview.high"),
        "value": t("figure.of", n=int(selection.beyond[selection.rows].sum()), total=known),
        "note": t("overview.high_note", limit=t.number(selection.threshold or 0)),
        "url": _address("needs", needs_state.ADDRESS.encode(NeedsState(home)), t),
    }
    return [high] + ([_far(know, home, t)] if _has_villages(know, home) else [])


def villages(know: Knowledge, home: str, t: Texts) -> dict[str, Any] | None:
    """Return how many people live beyond the usual distance of some services; None where villages are not listed."""
    if not _has_villages(know, home):
        return None
    people = {service: _people_beyond(know, home, service) for service in SHOWN_SERVICES}
    most = max(*people.values(), 1)
    return {
        "title": t("overview.villages.title"),
        "rows": [
            {
                "name": _beyond(know, service, t),
                "value": t.number(people[service]),
                "width": round(100 * people[service] / most),
                "url": _villages_address(home, service, t),
            }
            for service in sorted(people, key=people.__getitem__, reverse=True)
        ],
        "note": t("overview.villages.note"),
    }


def _far(know: Knowledge, home: str, t: Texts) -> dict[str, str]:
    service = SHOWN_SERVICES[0]
    return {
        "label": t("overview.far", beyond=_beyond(know, service, t)),
        "value": t.number(_people_beyond(know, home, service)),
        "note": t("overview.far_note"),
        "url": _villages_address(home, service, t),
    }


def _has_villages(know: Knowledge, home: str) -> bool:
    return bool(know.villages.within(home, know.territories).any())


def _people_beyond(know: Knowledge, home: str, service: str) -> int:
    table = people_beyond(know.villages, service, know.default_km[service], know.territories)
    by_code = table.set_index("territory_code")
    if home in by_code.index:
        return int(by_code.loc[home, "people_beyond"])
    return int(table.loc[table["level"] == "region", "people_beyond"].sum())


def _beyond(know: Knowledge, service: str, t: Texts) -> str:
    return t(f"service.{service}.beyond", km=t.number(know.default_km[service]))


def _villages_address(home: str, service: str, t: Texts) -> str:
    return _address("villages", villages_state.ADDRESS.encode(VillagesState(territory=home, service=service)), t)


def _address(page: str, parameters: dict[str, str], t: Texts) -> str:
    return f"{page}?{urlencode({'lang': t.language} | parameters)}"
