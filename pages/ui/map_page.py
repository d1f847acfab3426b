"""What happens on a page with a map: a click becomes a state, the state one selection, the selection every part.

The map is written first, for it is what one waits for; then what stands over it, under it and beside it.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from data.texts import Texts
from geo.address import StateProblem
from pages.ui import actions, place_search
from pages.ui.address import PageAddress, PageState
from pages.ui.columns import columns
from pages.ui.knowledge import Knowledge
from pages.ui.paper.print_choices import Seen
from pages.ui.stories.view_acts import view_acts

S = TypeVar("S", bound=PageState)


class Parts(Protocol):
    """The parts of such a page: a module that shows each of them from the one selection."""

    def map_(self, know: Knowledge, selection: Any, t: Texts) -> None:
        """Show the map."""

    def finding(self, know: Knowledge, selection: Any, problems: Sequence[StateProblem], t: Texts) -> None:
        """Show the sentence over the map, and what of the address was not understood."""

    def figures(self, know: Knowledge, selection: Any, t: Texts) -> None:
        """Show the key figures."""

    def under_the_map(self, know: Knowledge, selection: Any, t: Texts) -> None:
        """Show tables, charts and files."""

    def choices(self, know: Knowledge, selection: Any, t: Texts) -> None:
        """Show what can be chosen."""

    def drawer(self, know: Knowledge, selection: Any, t: Texts) -> None:
        """Show the sheet of what is chosen."""

    def printed(self, know: Knowledge, selection: Any, t: Texts) -> Seen:
        """Return the map as it is printed."""


def show_map_page(know: Knowledge, at: PageAddress[S], parts: Parts, t: Texts, *, selected: Callable[[S], Any]) -> None:
    """Show the page as its address asks.

    Parameters
    ----------
    at
        The address of the page; its states name what is open in the drawer `selected`.
    parts
        Shows the parts.
    selected
        Gives the selection of a state.
    """
    changes = place_search.resolve(know, actions.take())
    state: Any
    state, problems = at.current(know, acted=bool(changes))
    state = at.change(know, state, changes)
    selection = selected(state)
    with columns() as page:
        with page.main:
            parts.map_(know, selection, t)
        with page.head:
            parts.finding(know, selection, problems, t)
            view_acts(know, at.page, state, t, seen=lambda: parts.printed(know, selection, t))
        with page.main:
            parts.figures(know, selection, t)
            parts.under_the_map(know, selection, t)
        with page.filters:
            parts.choices(know, selection, t)
        if state.selected:
            with page.drawer():
                parts.drawer(know, selection, t)
    at.write(state)
