"""A workbook: read me, a sheet for each table, columns; right to left in Arabic; no cell is ever a formula."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data.errors import TableError
from data.exchange.contract import rows_of
from data.exchange.export import Export

HEADER_ROWS = 2
"""Row 1 holds the names of the contract, row 2 the words of the language: programs read one, people the other."""
LONGEST_TEXT = 32_767  # of a cell, Excel specifications and limits
WIDTHS = {
    "title": 52,
    "title_fr": 40,
    "project_code": 10,
    "status_label": 16,
    "currency": 8,
    "amount_year": 8,
    "rate_mad": 10,
}
NUMBER_BY_TYPE = {"integer": "#,##0", "number": "#,##0.00"}
WIDTH_BY_TYPE = {"text": 22, "date": 12, "integer": 12, "number": 16, "boolean": 8}
NUMBERS = {
    "rate_mad": "0.0000",
    "amount_year": "0",
    "lon": "0.00000",
    "lat": "0.00000",
    "beneficiaries_count": "#,##0",
    "rank": "0",
    "rank_p5": "0",
    "rank_p95": "0",
    "people": "#,##0",
    "population": "#,##0",
    "weight": "0.000",
}
INK, MUTED, RULE, WASH = "#1F2933", "#7B8794", "#CBD2D9", "#F0F4F8"


@dataclass(frozen=True)
class _Styles:
    """The few looks a cell may have."""

    text: Format
    wrapped: Format
    title: Format
    label: Format
    machine: Format
    header: Format
    numbers: dict[str, Format]


def write_xlsx(export: Export) -> bytes:
    """Return the workbook. Numbers are numbers, dates keep their precision as text, codes keep their zeros.

    Raises
    ------
    TableError
        A text is longer than a cell may hold (32,767 characters).
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(_properties(export))
        styles = _styles(book)
        _readme(_sheet(book, export, "readme"), export, styles)
        for name, frame in export.frames.items():
            _table(_sheet(book, export, name), export, frame, styles)
        _columns(_sheet(book, export, "columns"), export, styles)
    return content.getvalue()


def _properties(export: Export) -> dict[str, Any]:
    made = dt.datetime.combine(export.provenance.made_on, dt.time(), tzinfo=dt.UTC)
    return {
        "title": export.provenance.title,
        "author": "Atlas solidaire",
        "comments": export.provenance.url,
        "created": made,
    }


def _styles(book: Workbook) -> _Styles:
    base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
    # Format "@" keeps a text that starts with "=" a text, even after somebody has edited the cell.
    text = base | {"num_format": "@"}
    small = text | {"font_size": 8, "font_color": MUTED}
    header = text | {"bold": True, "bg_color": WASH, "bottom": 1, "bottom_color": RULE, "text_wrap": True}
    return _Styles(
        text=book.add_format(text),
        wrapped=book.add_format(text | {"text_wrap": True}),
        title=book.add_format(text | {"bold": True, "font_size": 14, "text_wrap": True}),
        label=book.add_format(text | {"bold": True}),
        machine=book.add_format(small),
        header=book.add_format(header),
        numbers={
            pattern: book.add_format(base | {"num_format": pattern})
            for pattern in {*NUMBERS.values(), *NUMBER_BY_TYPE.values()}
        },
    )


def _sheet(book: Workbook, export: Export, name: str) -> Worksheet:
    sheet = book.add_worksheet(export.texts.label("export.sheet", name))
    if export.texts.direction == "rtl":
        sheet.right_to_left()
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    return sheet


def _readme(sheet: Worksheet, export: Export, styles: _Styles) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30, styles.label)
    sheet.set_column(1, 1, 96, styles.wrapped)
    sheet.set_column(2, 2, 26, styles.machine)
    for row, (key, words, value) in enumerate(export.readme()):
        _write(sheet, row, 0, words, styles.label)
        style = styles.title if key == "title" else styles.wrapped
        _write(sheet, row, 1, value, styles.numbers["#,##0.00"] if isinstance(value, float) else style)
        _write(sheet, row, 2, key, styles.machine)


def _table(sheet: Worksheet, export: Export, frame: pd.DataFrame, styles: _Styles) -> None:
    columns = {column.name: column for table in export.tables.values() for column in table.columns}
    looks = []
    for number, name in enumerate(frame):
        kind = columns[name].type
        pattern = NUMBERS.get(name, NUMBER_BY_TYPE.get(kind, ""))
        looks.append(styles.numbers[pattern] if kind in NUMBER_BY_TYPE else styles.text)
        sheet.set_column(number, number, WIDTHS.get(name, WIDTH_BY_TYPE[kind]), looks[-1])
        _write(sheet, 0, number, name, styles.machine)
        _write(sheet, 1, number, export.header(name), styles.header)
    for row, values in enumerate(rows_of(frame), HEADER_ROWS):
        for number, value in enumerate(values):
            _write(sheet, row, number, value, looks[number])
    sheet.freeze_panes(HEADER_ROWS, 2)
    sheet.autofilter(1, 0, max(len(frame), 1) + 1, len(frame.columns) - 1)
    sheet.repeat_rows(0, 1)


def _columns(sheet: Worksheet, export: Export, styles: _Styles) -> None:
    for number, width in enumerate((26, 34, 90)):
        sheet.set_column(number, number, width, styles.wrapped)
        _write(
            sheet,
            0,
            number,
            export.texts.label("export.columns_sheet", ("name", "header", "meaning")[number]),
            styles.header,
        )
    names = dict.fromkeys(name for frame in export.frames.values() for name in frame)
    for row, name in enumerate(names, 1):
        for number, words in enumerate((name, export.header(name), export.meaning(name))):
            _write(sheet, row, number, words, styles.wrapped)
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    """Write one cell by its own type: `write_string` never makes a formula or a link of a text."""
    if value is None or value == "":
        return
    if not isinstance(value, str):
        sheet.write_number(row, column, value, style)
    elif len(value) > LONGEST_TEXT:
        where = f"{sheet.get_name()}, row {row + 1}, column {column + 1}"
        raise TableError(where, [f"text of {len(value)} characters; a cell holds {LONGEST_TEXT}; use another format"])
    else:
        sheet.write_string(row, column, value, style)
