"""Sets of weights with a name, for those who do not want to set each one."""

from collections.abc import Mapping

from geo.need_levels import NeedsGround
from geo.need_tree import full_weights
from geo.needs_state import NeedsState

PRESETS: Mapping[str, Mapping[str, int]] = {
    "equal": {},
    "water_first": {"water": 5, "sanitation": 3, "electricity": 2, "roads": 2, "education": 2, "cooking": 1},
    "social": {"education": 5, "water": 3, "sanitation": 3, "electricity": 2, "roads": 2, "cooking": 2},
    "remoteness": {"roads": 5, "electricity": 4, "water": 3, "cooking": 2, "sanitation": 2, "education": 2},
}


def preset_of(ground: NeedsGround, state: NeedsState) -> str:
    """Name the preset whose weights are in force; empty when they are the visitor's own."""
    now = full_weights(ground.indicators, state.weights)
    same = [name for name, weights in PRESETS.items() if full_weights(ground.indicators, weights.items()) == now]
    return same[0] if same else ""
