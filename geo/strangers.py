"""Parameters of an address that nobody knows: said to the visitor once, and not passed on."""

import re
from collections.abc import Collection, Mapping

from geo.address import MAX_TEXT, StateProblem

MOST_NAMED = 3
"""Unknown parameters that are named; more would fill the page with somebody's typing."""
EVERYWHERE = ("lang", "lean", "map", "embed", "embed_options")
"""Parameters of the frame, of every map and of Streamlit: no page reports them as unknown."""
ADDED_BY_OTHERS = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")
"""What networks and mail services add to links that are passed on: whoever follows such a link did not write it."""


def strangers(params: Mapping[str, str], known: Collection[str]) -> tuple[StateProblem, ...]:
    """Report, all in one, the parameters that neither a page nor the frame knows.

    A wrong name is easily typed (`sectors=` for `sector=`), and the page would look as if it had been understood.

    Parameters
    ----------
    known
        Names of the page's own parameters.
    """
    names = [name for name in params if _is_strange(name, known)]
    if not names:
        return ()
    named = [name[:MAX_TEXT] for name in names[:MOST_NAMED]] + ["…"] * (len(names) > MOST_NAMED)
    return (StateProblem(", ".join(named), "", "stranger"),)


def of_others(params: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Return the parameters that are not a page's own, those nobody knows left out."""
    return {name: value for name, value in params.items() if name not in known and not _is_strange(name, known)}


def _is_strange(name: str, known: Collection[str]) -> bool:
    return name not in known and name not in EVERYWHERE and not ADDED_BY_OTHERS.fullmatch(name)
