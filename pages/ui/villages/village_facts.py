"""What the register knows of the communes villages lie in: projects there, and those that answer a service."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from geo.selection import select
from geo.state import State
from geo.summary import by_place
from pages.ui.knowledge import Held, Knowledge


def projects_of_commune(know: Knowledge, commune: int, service: str) -> tuple[int, int]:
    """Return how many projects the register places in a commune, and how many of them answer the service."""
    everything = _projects(know.version, (), know=Held(know))
    answering = _projects(know.version, know.catalog.services[service].sectors, know=Held(know))
    return int(everything[commune]), int(answering[commune])


@lru_cache(maxsize=16)
def _projects(version: str, sectors: tuple[str, ...], *, know: Held) -> npt.NDArray[np.int64]:  # noqa: ARG001 - the version is the key
    """Count, for each commune number, the projects of some sectors (none named: all) known by that commune or finer."""
    register, codes = know.value.register, know.value.territories.commune_codes
    found = by_place(select(register, State(territory="MA", sector=sectors)), codes)
    return np.asarray(found.set_index("territory_code")["projects"].reindex(list(codes)), dtype=np.int64)
