"""A slider of the needs page moved, a distance of the villages page chosen → map painted, by the clock of the page.

As for a change of filter: headless Chromium, the network shut, from the act to two frames after the map has the new
state.
"""

from collections.abc import Sequence

from tests.bench.house import House
from tests.bench.measurement import Row, median, p95
from tests.bench.visitor import OURS_PAINTED, visit

ACT = """async (number) => {{
  const before = window.AtlasDebug.painted;
  const start = performance.now();
  {act}
  for (;;) {{
    await new Promise(requestAnimationFrame);
    if (window.AtlasDebug.painted > before) return window.AtlasDebug.lastPaint - start;
    if (performance.now() - start > 60000) throw new Error('the map was not painted again');
  }}
}}"""
SLIDER = """const slider = document.querySelector('input[data-weight]');
  slider.value = number % 2 ? slider.max : slider.min;
  slider.dispatchEvent(new Event('input', { bubbles: true }));"""
DISTANCE = """const distance = document.querySelector('input[data-km]');
  distance.value = 2 + number;
  distance.dispatchEvent(new Event('change', { bubbles: true }));"""
WARM_UP, CHANGES = 2, 12
MEDIAN_MS, P95_MS = 100.0, 200.0


def measure(house: House) -> Sequence[Row]:
    """Measure ours; the usual way has neither an index nor villages."""
    rows: list[Row] = []
    with house.ours(0) as server:
        for path, said, act in (
            ("/needs", "a weight moved → map painted", SLIDER),
            ("/villages", "another distance, 5,470 villages → map painted", DISTANCE),
        ):
            with visit(house.chromium, server, path, painted=OURS_PAINTED) as visitor:
                made = [visitor.act(ACT.format(act=act), number + 1) for number in range(WARM_UP + CHANGES)][WARM_UP:]
            times, sizes = zip(*made, strict=True)
            note = f"{len(made)} changes"
            rows += [
                Row(f"{said}, median", "ms", MEDIAN_MS, median(times), note=note),
                Row(f"{said}, p95", "ms", P95_MS, p95(times), note=note),
                Row(f"bytes of it: {said.partition(' →')[0]}", "kB", 10.0, median(sizes) / 1000, note=note),
            ]
    return rows
