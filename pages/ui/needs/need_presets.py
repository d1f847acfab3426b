"""Which named set of weights is in force."""

from data.catalog import Catalog
from geo.need_tree import full_weights
from geo.needs_state import NeedsState


def preset_of(catalog: Catalog, state: NeedsState) -> str:
    """Name the preset whose weights are in force; empty when they are the visitor's own."""
    now = full_weights(catalog.indicators, state.weights)
    named = catalog.presets.values()
    same = [one.code for one in named if full_weights(catalog.indicators, one.weights.items()) == now]
    return same[0] if same else ""
