"""The three columns of a page with a map: the choices, the map with what stands under it, the sheet of what is chosen.

`atlas.css` lays them out by their keys: side by side on a wide screen, the choices behind a button on a phone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


@dataclass(frozen=True)
class Columns:
    """Where the parts of a page go: the map into `main` first of all, for it is what is waited for.

    What is filled first leaves for the browser first, and is painted while the rest is still being written.

    Attributes
    ----------
    filters
        What can be chosen.
    head
        What stands over the map: the finding and what one does with it.
    main
        The map and, under it, what comes after.
    """

    filters: DeltaGenerator
    head: DeltaGenerator
    main: DeltaGenerator

    def drawer(self) -> DeltaGenerator:
        """Open the column of the sheet; a page with nothing chosen has none."""
        return st.container(key="page-drawer")


@contextmanager
def columns() -> Iterator[Columns]:
    """Lay out the columns of the page."""
    with st.container(key="page-columns"):
        filters, main = st.container(key="page-filters"), st.container(key="page-main")
        yield Columns(filters, main.container(key="page-head"), main)
