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


def villages(know: Knowledge, home: str, t: Texts) -> dict[str, Any] | None:
    """Return how many people live beyond the usual distance of some services; None where villages are not listed."""
    if not know.villages.within(home, know.territories).any():
        return None
    return {
        "title": t("overview.villages.title"),
        "entries": [_waiting(know, home, service, t) for service in SHOWN_SERVICES],
        "note": t("overview.villages.note"),
    }


def _waiting(know: Knowledge, home: str, service: str, t: Texts) -> dict[str, str]:
    km = know.default_km[service]
    table = people_beyond(know.villages, service, km, know.territories).set_index("territory_code")
    count = (
        int(table.loc[home, "people_beyond"])
        if home in table.index
        else int(table.loc[table["level"] == "region", "people_beyond"].sum())
    )
    people = t("villages.finding.people", n=count)
    state = VillagesState(territory=home, service=service)
    return {
        "said": t("overview.villages.beyond", people=people, beyond=t(f"service.{service}.beyond", km=t.number(km))),
        "url": _address("villages", villages_state.ADDRESS.encode(state), t),
    }


def _address(page: str, parameters: dict[str, str], t: Texts) -> str:
    return f"{page}?{urlencode({'lang': t.language} | parameters)}"
