"""On the server, without a browser: one map on A4 as a vector PDF, the projects of Souss-Massa in Arabic.

Median after a first one, which reads type faces and shapes; from the selection to the bytes.
"""

import datetime as dt
import time
from collections.abc import Sequence

from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages.ui.knowledge import knowledge
from pages.ui.paper.printed_map import printed_map
from pages.ui.projects import projects_view
from tests.bench.house import House
from tests.bench.measurement import Row, median

ROUNDS, BUDGET_S = 5, 2.0
DAY = dt.date(2026, 11, 26)


def measure(house: House) -> Sequence[Row]:  # noqa: ARG001 - every measurement is given the house
    """Measure ours; the usual way prints what the browser shows."""
    took, sizes = [], []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        sizes.append(len(_map()))
        took.append(time.perf_counter() - start)
    return [
        Row("one map on A4, as PDF", "s", BUDGET_S, median(took[1:]), note=f"{sizes[-1] / 1000:.0f} kB"),
        Row("the same, the first one of a process", "s", None, took[0]),
    ]


def _map() -> bytes:
    know, t = knowledge(), load_texts("ar")
    seen = projects_view.printed(know, select(know.register, State(territory="09")), t)
    sheet = printed_map(
        know, seen.drawn(), t, filters=seen.filters, sources=seen.sources, address="projects?territory=09", made_on=DAY
    )
    return sheet.pdf()
