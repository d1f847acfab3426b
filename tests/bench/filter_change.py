"""Click on a sector → map painted, by the clock of the page, in headless Chromium (1440 × 900) with the network shut.

The time runs from the click to two frames after the map has the new state. Bytes are those of the web socket, both
ways, as they cross the wire. The usual way redraws 1,503 communes (112,000 vertices) and the points of the
sector's projects; ours has all that drawn already and receives the new state.
"""

from collections.abc import Sequence

from tests.bench.house import House, Server
from tests.bench.measurement import Row, median, p95
from tests.bench.visitor import NAIVE_ACT, NAIVE_PAINTED, OURS_ACT, OURS_PAINTED, visit

SIZES = {0: "the real projects", 10_000: "+ 10,000 generated projects", 100_000: "+ 100,000 generated projects"}
NAIVE_SIZES = (0, 10_000)  # with 100,000 its map does not come within two minutes
WARM_UP, CHANGES, NAIVE_CHANGES = 2, 20, 4
MEDIAN_MS, P95_MS, BYTES_KB = 100.0, 200.0, 10.0


def measure(house: House) -> Sequence[Row]:
    """Measure both at each size."""
    rows: list[Row] = []
    for size, said in SIZES.items():
        with house.ours(size) as server:
            ours = _changes(house, server, "/projects", painted=OURS_PAINTED, act=OURS_ACT, times=CHANGES)
        naive = None
        if size in NAIVE_SIZES:
            with house.naive(size) as server:
                naive = _changes(house, server, "/", painted=NAIVE_PAINTED, act=NAIVE_ACT, times=NAIVE_CHANGES)
        rows += _rows(said, ours, naive)
    return rows


def _rows(said: str, ours: list[tuple[float, int]], naive: list[tuple[float, int]] | None) -> list[Row]:
    def figures(changes: list[tuple[float, int]]) -> tuple[float, float, float]:
        times, sizes = zip(*changes, strict=True)
        return median(times), p95(times), median(sizes) / 1000

    own, usual = figures(ours), figures(naive) if naive else (None, None, None)
    what = (
        "filter change → map painted, median",
        "filter change → map painted, p95",
        "bytes of a filter change, median",
    )
    units, budgets = ("ms", "ms", "kB"), (MEDIAN_MS, P95_MS, BYTES_KB)
    return [
        Row(f"{what[i]}; {said}", units[i], budgets[i], own[i], usual[i], note=f"{len(ours)} changes") for i in range(3)
    ]


def _changes(house: House, server: Server, path: str, *, painted: str, act: str, times: int) -> list[tuple[float, int]]:
    with visit(house.chromium, server, path, painted=painted) as visitor:
        made = [visitor.act(act, number + 1) for number in range(WARM_UP + times)]
    return made[WARM_UP:]
