"""CSV that opens by a double click in a French or Moroccan Excel, and reads back without guessing.

One file. Lines starting with ``#`` say what it is (key, words, values), as in the W3C's model for tabular data
(https://www.w3.org/TR/tabular-data-model/#parsing). The last of them names the columns in the language of the file,
right above the header of stable names: people read one, programs the other. Then come the projects.

Cells are separated by ``;`` and numbers have a decimal comma whatever the language of the file, because the regional
settings of the spreadsheet decide how it is read, not the language of the atlas: with ``,`` all cells would fall into
the first column, and ``10.85`` would be a text. A ``sep=`` line is left out: it makes Excel ignore the byte order mark,
and Arabic becomes unreadable. What no CSV can prevent is Excel dropping the leading zero of a lone code: the workbook
keeps it.

    pandas.read_csv(file, sep=";", decimal=",", comment="#", encoding="utf-8-sig", dtype={"places": str})
"""

import csv
import io
from typing import Any

import numpy as np

from data.exchange.contract import rows_of
from data.exchange.export import Export
from data.exchange.formulas import neutralise

DELIMITER, DECIMAL, COMMENT = ";", ",", "#"
ENCODING = "utf-8-sig"


def write_csv(export: Export) -> bytes:
    """Return the main table as CSV: UTF-8 with a byte order mark, ``;``, decimal comma, every text in quotes.

    Texts that a spreadsheet would run as formulas carry an apostrophe (`data.exchange.formulas`).
    """
    text = io.StringIO(newline="")
    # Bare cells in the comment lines and quoted ones below: a reader that skips lines by "#" never skips a project.
    comments = csv.writer(text, delimiter=DELIMITER)
    comments.writerows([f"{COMMENT} {key}", *map(_cell, values)] for key, *values in _about(export))
    first, *others = (export.header(name) for name in export.rows)
    comments.writerow([f"{COMMENT} {first}", *map(neutralise, others)])
    table = csv.writer(text, delimiter=DELIMITER, quoting=csv.QUOTE_ALL)
    table.writerow(export.rows.columns)
    table.writerows([_cell(value) for value in row] for row in rows_of(export.rows))
    return text.getvalue().encode(ENCODING)


def _about(export: Export) -> list[list[Any]]:
    """Lay out what the file says of itself, each source on one line: the projects start on the first screen."""
    cited = [
        [f"sources.{number}", export.texts.label("export.readme", "source"), *vars(source).values()]
        for number, source in enumerate(export.provenance.sources, 1)
    ]
    lines: list[list[Any]] = [list(line) for line in export.readme()]
    return [line for line in lines if not line[0].startswith("sources.")] + cited


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralise(value)
    if isinstance(value, int):
        return str(value)
    return np.format_float_positional(value, trim="-").replace(".", DECIMAL)
