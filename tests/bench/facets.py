"""On the server, without a browser: select among 100,000 generated projects, count every option, add up the money.

Median over filters of every kind, each on its own and together; the text search is shown apart.
"""

import time
from collections.abc import Sequence

from data import store
from data.catalog import load_catalog
from geo.boundaries import Territories
from geo.register import Register, build_register
from geo.selection import select
from geo.state import State
from tests.bench.house import House
from tests.bench.measurement import Row, median

PROJECTS, ROUNDS, BUDGET_MS = 100_000, 5, 50.0


def measure(house: House) -> Sequence[Row]:
    """Measure ours; the usual way counts no options."""
    catalog = load_catalog()
    register = build_register(
        house.register(PROJECTS),
        territories=Territories.from_table(store.load("territories")),
        sector_codes=tuple(catalog.sectors),
    )
    country = State(territory="MA")
    sectors = tuple(catalog.sectors)
    states = (
        country,
        State(territory=catalog.default_territory),
        State(territory="MA", sector=sectors[:1]),
        State(territory="MA", sector=sectors[:3], status=("implementation",)),
        State(territory="MA", funder=("body-001", "body-002")),
        State(territory="MA", years=(2010, 2020), amount=(100_000.0, None)),
    )
    filters = [_took_ms(register, state) for _ in range(ROUNDS) for state in states]
    text = [_took_ms(register, State(territory="MA", text="école safran")) for _ in range(ROUNDS)]
    said = f"selection, counts of every option and totals over {PROJECTS:,} projects"
    return [
        Row(said, "ms", BUDGET_MS, median(filters)),
        Row(f"the same, the slowest of {len(states)} filters", "ms", None, max(filters)),
        Row("the same, with words searched", "ms", BUDGET_MS, median(text)),
    ]


def _took_ms(register: Register, state: State) -> float:
    start = time.perf_counter()
    selection = select(register, state)
    _ = selection.facets, selection.totals
    return (time.perf_counter() - start) * 1000
