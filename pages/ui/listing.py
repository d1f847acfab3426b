"""A table of anything under a map: columns that sort, rows that select, twenty at a time; one template for all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from data.texts import Texts

ROWS_A_PAGE = 20


class Listed(Protocol):
    """The part of a page's state that a table follows."""

    @property
    def page(self) -> int:
        """Page asked for, from 1."""

    @property
    def sort(self) -> str:
        """Name of the column sorted by."""

    @property
    def descending(self) -> bool:
        """Whether the greatest come first."""


@dataclass(frozen=True)
class Column:
    """One column: its word; `sort` names it in the address, empty when it does not sort.

    `kind` is text or number (or a name of the style sheet); `greatest_first` says which way a first click sorts.
    """

    label: str
    kind: str = "number"
    sort: str = ""
    greatest_first: bool = True


def listing(
    state: Listed,
    columns: Sequence[Column],
    rows: Sequence[Any] | NDArray[np.int64],
    written: Callable[[Any], list[dict[str, Any]]],
    t: Texts,
    *,
    caption: str,
    note: str = "",
) -> dict[str, Any]:
    """Return what `listing.html` shows: one page of rows.

    Parameters
    ----------
    rows
        Everything listed, in its order; only those of the page asked for (the last one at most) are written.
    written
        Writes the rows of a page, each with its `code`, whether it is `selected`, and `cells`, the first of which
        names it. A cell has a `value`, perhaps a `note`, `marks` of sectors, or `absent` when it says that a figure is
        not known.
    """
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(state.page, pages)
    return {
        "caption": caption,
        "columns": [_header(column, state) for column in columns],
        "rows": written(rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]),
        "note": note,
        **pager(page, pages, t),
    }


def _header(column: Column, state: Listed) -> Mapping[str, Any]:
    here = bool(column.sort) and state.sort == column.sort
    down = not state.descending if here else column.greatest_first
    return {
        "kind": column.kind,
        "label": column.label,
        "sorted": ("descending" if state.descending else "ascending") if here else "",
        "act": {"sort": ("-" if down else "") + column.sort} if column.sort else None,
    }


def pager(page: int, pages: int, t: Texts) -> dict[str, Any]:
    """Return what a list in pages says of the one shown, of how many, and the ways to its neighbours."""
    return {
        "page": page,
        "pages": pages,
        "pager": {
            "label": t("table.pages"),
            "previous": t("table.previous"),
            "next": t("table.next"),
            "said": t("table.page", page=page, pages=pages),
        },
    }
