"""The table of projects with a row of HXL tags, as humanitarian tools read it (https://hxlstandard.org, version 1.1).

Unlike our CSV for spreadsheets it follows the standard's dialect: commas, decimal points, no comment lines; what the
file says about itself stands in columns tagged `#meta`, on the first row.
"""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.catalog import Table
from data.errors import TableError
from data.exchange.contract import PROJECTS, rows_of
from data.exchange.export import Export
from data.exchange.formulas import neutralise, restore
from data.schema import parse

TAGS: Mapping[str, str] = {
    "project_code": "#activity+code",
    "title": "#activity+name",
    "title_fr": "#activity+name+i_fr",
    "status": "#status+code",
    "status_label": "#status+name",
    "start_date": "#date+start",
    "end_date": "#date+end",
    "sectors": "#sector+code+list",
    "sector_labels": "#sector+name+list",
    "funders": "#org+funder+code+list",
    "funder_names": "#org+funder+name+list",
    "carriers": "#org+impl+code+list",
    "carrier_names": "#org+impl+name+list",
    "places": "#loc+code+list+v_hcp",
    "place_names": "#loc+name+list",
    "precision": "#loc+precision+code",
    "precision_label": "#loc+precision+name",
    "amount": "#value+commitment",
    "currency": "#currency+code",
    "amount_year": "#date+year+commitment",
    "rate_mad": "#value+rate+mad",
    "amount_mad": "#value+commitment+mad",
    "counted_mad_in_selection": "#value+counted+mad",
    "allocation_rule": "#meta+allocation",
    "envelope": "#activity+envelope",
    "part_of": "#activity+parent+code",
    "same_as": "#activity+same+code",
    "beneficiaries_said": "#beneficiary+description",
    "beneficiaries_count": "#beneficiary+num",
    "note": "#description",
    "source_url": "#meta+url",
    "source_date": "#date+source",
    "pictures": "#meta+picture+url+list",
    "picture_captions": "#meta+picture+description+list",
    "picture_credits": "#meta+picture+credit+list",
}
"""Hashtag of each column of the table of projects."""
ABOUT = ("title", "filters", "url", "made_on", "data_version", "checksum")


def write_hxl(export: Export) -> bytes:
    """Return the projects as HXL-tagged CSV, UTF-8: headers, tags, rows; texts no spreadsheet runs as formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = list(export.rows.columns)
    said = export.provenance
    filters = " · ".join(said.filters_said)
    about = [said.title, filters, said.url, said.made_on.isoformat(), said.data_version, said.checksum]
    writer.writerow([*map(neutralise, map(export.header, columns)), *(f"about: {name}" for name in ABOUT)])
    writer.writerow([*(TAGS[column] for column in columns), *(f"#meta+about+{name}" for name in ABOUT)])
    for number, row in enumerate(rows_of(export.rows)):
        extra = about if number == 0 else [""] * len(about)
        writer.writerow([*map(_cell, row), *map(neutralise, extra)])
    return text.getvalue().encode("utf-8")


def read_hxl(content: bytes, table: Table = PROJECTS) -> pd.DataFrame:
    """Read a tagged file back by its tags, whatever the order and the words of its columns.

    Raises
    ------
    TableError
        There is no row of tags, a tag is missing, or a cell breaks the contract.
    """
    column_of = {tag: column for column, tag in TAGS.items()}
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError("hxl", [f"not a CSV file in UTF-8 ({error})"], reason="damaged") from error
    tagged = next((number for number, row in enumerate(rows) if any(cell.startswith("#") for cell in row)), None)
    if tagged is None:
        raise TableError("hxl", ["no row of HXL tags"])
    places = {column_of[tag]: number for number, tag in enumerate(rows[tagged]) if tag in column_of}
    names = [column.name for column in table.columns]
    if missing := [TAGS[name] for name in names if name not in places]:
        raise TableError("hxl", [f"tags missing: {', '.join(missing)}"])
    cells = [[restore(row[places[name]]) for name in names] for row in rows[tagged + 1 :] if any(row)]
    frame, problems = parse(pd.DataFrame(cells, columns=names, dtype="str"), table)
    if problems:
        raise TableError("hxl", [str(problem) for problem in problems])
    return frame


def _cell(value: Any) -> str:
    return "" if value is None else neutralise(value) if isinstance(value, str) else f"{value!r}"
