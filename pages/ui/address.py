"""The address is the state: read on arrival, changed by what the components send, written back for sharing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar

import streamlit as st

from geo import (
    actors_state,
    gaps_state,
    guide_state,
    matching_state,
    needs_state,
    package_state,
    present_state,
    replication_state,
    territory_state,
    villages_state,
)
from geo import state as projects
from geo.address import Address, Known, StateProblem
from geo.strangers import of_others, strangers
from pages.ui.knowledge import Knowledge
from pages.ui.stories import story_shelf


class PageState(Protocol):
    """What a visitor has chosen on a page."""

    def cleared(self, home: str) -> Self:
        """Return the state with nothing chosen."""


S = TypeVar("S", bound=PageState)


@dataclass(frozen=True)
class PageAddress(Generic[S]):
    """The address of one page, and the state of it that this visitor's session remembers.

    Attributes
    ----------
    page
        Key of the page in the menu: each page remembers its own state.
    address
        Its parameters.
    known
        The codes it may name, by field.
    """

    page: str
    address: Address[S]
    known: Callable[[Knowledge], Known]

    def current(self, know: Knowledge, *, acted: bool) -> tuple[S, tuple[StateProblem, ...]]:
        """Return the state of this run, and what the address says that was not understood.

        Parameters
        ----------
        acted
            Whether a component sent a change in this run. Then the state of the last run is the one it was sent
            from: two quick clicks may both leave the browser before the address has been written.
        """
        asked = st.query_params.to_dict()
        params = {name: asked[name] for name in self.address.keys if name in asked}
        unknown = strangers(asked, self.address.keys)
        remembered: S | None = st.session_state.get(self._remembered)
        if remembered and (acted or not params):
            return remembered, unknown
        state, problems = self.address.decode(params, home=know.catalog.default_territory, known=self.known(know))
        return state, (*problems, *unknown)

    def change(self, know: Knowledge, state: S, changes: Mapping[str, Any] | None) -> S:
        """Return the state after what a component sent; None changes nothing, `clear` goes back to no filter."""
        if not changes:
            return state
        home = know.catalog.default_territory
        if changes.get("clear"):
            return state.cleared(home)
        return self.address.with_changes(state, changes, home=home, known=self.known(know))

    def write(self, state: S) -> None:
        """Write the state into the address in one step (one entry of the browser's history) and remember it.

        What nobody knows leaves the address, so that it is reported once and not passed on.
        """
        st.session_state[self._remembered] = state
        now = st.query_params.to_dict()
        wanted = of_others(now, self.address.keys) | self.address.encode(state)
        if wanted != now:
            st.query_params.from_dict(wanted)

    @property
    def _remembered(self) -> str:
        return f"atlas_state_{self.page}"


PROJECTS = PageAddress("projects", projects.ADDRESS, lambda know: know.known_codes)
NEEDS = PageAddress("needs", needs_state.ADDRESS, lambda know: know.known_needs)
VILLAGES = PageAddress("villages", villages_state.ADDRESS, lambda know: know.village_codes)
ACTORS = PageAddress("actors", actors_state.ADDRESS, lambda know: know.actor_codes)
GAPS = PageAddress("gaps", gaps_state.ADDRESS, lambda know: know.known_gaps)
MATCHING = PageAddress("matching", matching_state.ADDRESS, lambda know: know.matching_codes)
GUIDE = PageAddress("guide", guide_state.ADDRESS, lambda know: know.guide_codes)
TERRITORY = PageAddress("territory", territory_state.ADDRESS, lambda know: know.sheet_codes)
REPLICATE = PageAddress("replicate", replication_state.ADDRESS, lambda know: know.replication_codes)
PRESENT = PageAddress("present", present_state.ADDRESS, lambda _know: {"story": story_shelf.all_stories()})
PACKAGE = PageAddress("package", package_state.ADDRESS, lambda know: know.package_codes)
