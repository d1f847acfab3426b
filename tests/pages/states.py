"""States of the cartography drawn at random from the shipped register, for properties that hold under any filter."""

import random

from geo.state import LISTS, SHOWS, SORTS, TABS, UNDERS, State
from pages.ui.knowledge import knowledge


def some_state(chance: random.Random) -> State:
    """Return a state; about one in five selects nothing."""
    know = knowledge()
    options = {name: know.register.dimensions[name].options for name in LISTS}
    filters = {
        "years": [(2015.0, None), (2000.0, 2020.0), (None, 2012.0)],
        "amount": [(None, 5_000_000.0), (100_000.5, None)],
        "text": ["eau", "ماء", "100 % & co = ?"],
        **{name: [tuple(chance.sample(codes, size)) for size in (1, 3)] for name, codes in options.items()},
    }
    held = chance.sample(sorted(filters), chance.choice([0, 1, 1, 2]))
    return State(
        territory=chance.choice(["MA", "MA", "09", "09", "09541", "09163", "095410101"]),
        show=chance.choice(SHOWS),
        under=chance.choice(UNDERS),
        tab=chance.choice(TABS),
        sort=chance.choice(SORTS),
        descending=chance.random() < 0.5,
        page=chance.choice([1, 1, 2]),
        selected=chance.choice(["", "095410101", know.register.projects["project_code"].iloc[0]]),
        view=chance.choice([None, (8.25, 29.91234, -8.6)]),
        **{name: chance.choice(filters[name]) for name in held},
    )
