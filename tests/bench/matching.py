"""Matching: how long all matches of one commune take, and how often it finds the funder who really paid.

The first over 5,000 generated bodies and 10,000 generated projects. The second hides each funder of each completed
project of the register in turn and looks for it among the first five; beside it, the bodies with most projects of the
same sector in the same region.
"""

from collections.abc import Sequence

from tests.bench.hidden_funders import hidden_funders
from tests.bench.house import House
from tests.bench.match_speed import match_seconds
from tests.bench.measurement import Row

PERCENT = 100


def measure(house: House) -> Sequence[Row]:  # noqa: ARG001 - every measurement is given the house
    """Measure ours beside the baseline «same sector and region»."""
    found = hidden_funders()
    note = f"beside it: same sector and region; {found.asked} pairs, {found.once} funders seen once left out"
    return [
        Row("all matches of a commune, 5,000 bodies and 10,000 projects", "s", 0.3, match_seconds()),
        Row(
            "hidden funders found among the first five",
            "%",
            None,
            PERCENT * found.share,
            PERCENT * found.baseline_share,
            note,
        ),
    ]
