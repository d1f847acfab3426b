"""On the server, without a browser: the need index under 1,000 weightings, a slider moved, the villages filtered.

The first scores all 1,503 communes and ranks them under 1,000 weightings. The others are what a run works out before
the map is told: scores, classes and the state of the map; the distances beyond, the rows and the state of the map.
"""

import json
import time
from collections.abc import Callable, Sequence

from data import store
from data.catalog import load_catalog
from data.texts import load_texts
from geo.boundaries import Territories
from geo.indicators import Observations
from geo.need_levels import NeedsGround
from geo.need_selection import select_needs
from geo.needs_state import NeedsState
from geo.uncertainty import robustness
from geo.village_selection import select_villages
from geo.villages_state import VillagesState
from pages.ui.knowledge import knowledge
from pages.ui.villages import village_map
from tests.bench.house import House
from tests.bench.measurement import Row, median

ROUNDS = 7


def measure(house: House) -> Sequence[Row]:  # noqa: ARG001 - every measurement is given the house
    """Measure ours; the usual way has no index and no villages."""
    territories, catalog = Territories.from_table(store.load("territories")), load_catalog()
    ground = NeedsGround.of(Observations.from_table(store.load("observations"), territories, catalog.indicators))

    def index_under_weightings() -> None:
        robustness(select_needs(ground, NeedsState("MA")).score)

    def slider(weight: int) -> None:
        selection = select_needs(ground, NeedsState("09", weights=(("water", weight),)))
        _ = selection.classes, selection.ranks

    return [
        Row(
            "need index of 1,503 communes with 1,000 weightings",
            "s",
            0.5,
            _median_s(lambda _: index_under_weightings()),
        ),
        Row("a slider moved: index, classes and ranks of the communes", "ms", None, 1000 * _median_s(slider)),
        *_villages(),
    ]


def _villages() -> Sequence[Row]:
    know, t = knowledge(), load_texts("fr")
    sizes: list[int] = []

    def filtered(km: int) -> None:
        state = VillagesState("09", km=km)
        selection = select_villages(
            know.villages, know.territories, state, default_km=know.default_km, index=know.village_names
        )
        _, told = village_map.drawing(know, selection, t)
        sizes.append(len(json.dumps(told)))

    filtered(0)  # addresses and tips are published once
    sizes.clear()
    took = 1000 * _median_s(filtered)
    return [
        Row("5,470 villages filtered: rows, sums and state of the map", "ms", None, took),
        Row("what the map of villages is told, before compression", "kB", 10, median(sizes) / 1000),
    ]


def _median_s(act: Callable[[int], None]) -> float:
    spent = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        act(number % 5)
        spent.append(time.perf_counter() - start)
    return median(spent)
