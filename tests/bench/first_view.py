"""First view with an empty cache, in headless Chromium with the network shut: the overview, from the click on its link.

Bytes as they cross the wire, compressed, headers included, both ways; the web socket counts as ours. Time until
the map and all it fetches are there. Median of three visits, each in a fresh profile; the server has had a visitor
before.
"""

from collections.abc import Sequence

from tests.bench.house import House
from tests.bench.measurement import Row, median
from tests.bench.visitor import NAIVE_PAINTED, OURS_PAINTED, visit

VISITS = 3
TOTAL_MB, OURS_KB = 1.5, 350.0


def measure(house: House) -> Sequence[Row]:
    """Measure both."""
    own: list[tuple[float, float, float]] = []
    arabic: list[float] = []
    with house.ours() as server:
        for _ in range(VISITS + 1):
            with visit(house.chromium, server, "/", painted=OURS_PAINTED) as visitor:
                took = visitor.drawn_at_ms()
                ours = visitor.of("/atlas/") + visitor.crossing.socket
                own.append((took / 1000, visitor.crossing.all / 1e6, ours / 1000))
            with visit(house.chromium, server, "/?lang=ar", painted=OURS_PAINTED) as visitor:
                visitor.drawn_at_ms()
                arabic.append((visitor.of("/atlas/") + visitor.crossing.socket) / 1000)
    usual: list[tuple[float, float]] = []
    with house.naive() as server:
        for _ in range(VISITS + 1):
            with visit(house.chromium, server, "/", painted=NAIVE_PAINTED) as visitor:
                at = visitor.page.evaluate("() => window.NaiveDebug.at - performance.timeOrigin")
                usual.append((float(at) / 1000, visitor.crossing.all / 1e6))
    times, totals, ours_only = (median(values) for values in zip(*own[1:], strict=True))
    naive_times, naive_totals = (median(values) for values in zip(*usual[1:], strict=True))
    return [
        Row("first view: everything there", "s", None, times, naive_times),
        Row("first view: bytes", "MB", TOTAL_MB, totals, naive_totals, note="usual way: without its CDNs"),
        Row("first view: bytes of ours, without Streamlit's", "kB", OURS_KB, ours_only),
        Row("first view in Arabic: bytes of ours", "kB", OURS_KB, median(arabic[1:])),
    ]
