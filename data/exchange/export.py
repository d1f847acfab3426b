"""One selection ready to be written: its tables, what it says about itself, and the words of its language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from data.catalog import Table
from data.exchange.activity import Activity
from data.exchange.contract import PLACES, PROJECTS, typed, writable
from data.exchange.provenance import CitedSource, Provenance, as_pairs, checksum_of, sums_of
from data.texts import Texts

OF_ROWS = ("row_count", "place_count", "checksum")


@dataclass(frozen=True)
class Export:
    """What every format writes. Made by `make_export` or `bind`, so that counts, sums and checksum are of the rows.

    Attributes
    ----------
    tables
        Contract of each table, by name; the first one is the main one, which every format holds.
    frames
        Their rows, by name.
    tell_activities
        Gives the same projects whole, for the formats that hold more than tables; nothing for any other table.
    headers
        Words of the columns that are no column of the texts: those of indicators.
    """

    tables: Mapping[str, Table]
    frames: Mapping[str, pd.DataFrame]
    provenance: Provenance
    texts: Texts
    tell_activities: Callable[[], Iterable[Activity]] = tuple
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """The same projects whole. Told when first asked for: most formats are tables, and this takes longest."""
        return tuple(self.tell_activities())

    @property
    def name(self) -> str:
        """Name of the main table."""
        return next(iter(self.frames))

    @property
    def rows(self) -> pd.DataFrame:
        """Rows of the main table."""
        return self.frames[self.name]

    @property
    def projects(self) -> pd.DataFrame:
        """Rows of a selection of projects."""
        return self.frames[PROJECTS.name]

    @property
    def places(self) -> pd.DataFrame:
        """Their places."""
        return self.frames[PLACES.name]

    @property
    def is_register(self) -> bool:
        """Whether it holds projects, drawn by their places; any other table is drawn by its territories."""
        return PROJECTS.name in self.frames

    def file_name(self, extension: str) -> str:
        """Name the file by day and content: two different selections never overwrite each other."""
        return f"atlas-solidaire-{self.provenance.made_on.isoformat()}-{self.provenance.checksum[:8]}.{extension}"

    def readme(self) -> list[tuple[str, str, Any]]:
        """Return what the file says about itself as lines of (key, words of the key, value)."""
        return [(key, self._words(key), value) for key, value in as_pairs(self.provenance)]

    def header(self, column: str) -> str:
        """Return the words for a column."""
        return self.headers.get(column) or self.texts.label("export.column", column)

    def meaning(self, column: str) -> str:
        """Return what a column holds, its unit and what an empty cell means; empty when the header says it all."""
        return self.texts.label("export.meaning", column, "")

    def _words(self, key: str) -> str:
        plain = ".".join(part for part in key.split(".") if not part.isdigit())
        other = f"{plain}_of_rows"  # what is counted and hashed are projects, or the rows of any other table
        return self.texts.label("export.readme", other if plain in OF_ROWS and not self.is_register else plain)


def make_export(
    projects: pd.DataFrame,
    places: pd.DataFrame,
    *,
    provenance: Provenance,
    texts: Texts,
    tell_activities: Callable[[], Iterable[Activity]] = tuple,
) -> Export:
    """Check the tables against their contract, count and sum them, and bind them to what the file will say.

    Parameters
    ----------
    projects, places
        Columns of `data.exchange.contract`: one row per project; one per project and place.
    provenance
        Title, filters, address, day, sources and notes. The language, counts, sums and checksum are filled in here.
    texts
        Words of the file.
    tell_activities
        Gives the same projects in the same order (`geo.activities`), each time anew.

    Raises
    ------
    TableError
        A column is missing or too many.
    """
    bound = bind({PROJECTS: projects, PLACES: places}, provenance=provenance, texts=texts)
    return replace(bound, tell_activities=tell_activities)


def bind(frames: Mapping[Table, pd.DataFrame], *, provenance: Provenance, texts: Texts) -> Export:
    """Bind any tables, the main one first, to what their file will say; see `make_export`."""
    checked = {table.name: typed(frame, table) for table, frame in frames.items()}
    main, *others = checked.values()
    places = others[0] if others else None
    said = replace(
        provenance,
        title=_line(provenance.title),
        filters_said=tuple(map(_line, provenance.filters_said)),
        url=_line(provenance.url),
        language=texts.language,
        sources=tuple(_cited(source) for source in provenance.sources),
        notes=tuple(map(_line, provenance.notes)),
        row_count=len(main),
        place_count=0 if places is None else len(places),
        sums=sums_of(main, places),
        checksum=checksum_of(main),
    )
    return Export({table.name: table for table in frames}, checked, said, texts)


def part_of(export: Export, first: int, count: int) -> Export:
    """Return some rows of the main table, counted, summed and hashed as what they are."""
    main = next(iter(export.tables.values()))
    rows = export.rows.iloc[first : first + count]
    return replace(bind({main: rows}, provenance=export.provenance, texts=export.texts), headers=export.headers)


def _line(text: str) -> str:
    # A visitor's search words may hold line breaks; what a file says about itself is one line each.
    return " ".join(writable(text).split())


def _cited(source: CitedSource) -> CitedSource:
    return replace(source, **{name: _line(said) for name, said in vars(source).items()})
