"""The workbook to fill in: our columns in the reader's language, with the lists to choose from."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data import store
from data.catalog import load_catalog
from data.imports.fields import ImportField, import_fields
from data.records.contract import load_kinds
from data.texts import Texts

ROWS = 2_000
"""Rows of the sheet that offer their lists."""
CURRENCIES = ("MAD", "EUR", "USD")
INK, WASH, RULE = "#1F2933", "#F0F4F8", "#CBD2D9"
WIDTHS = {"text": 30, "place": 22, "bodies": 26, "sectors": 24}


def fields_of_template() -> list[ImportField]:
    """Return the fields a template has, in order."""
    return [field for field in import_fields().values() if field.is_in_template]


def header(field: ImportField, t: Texts) -> str:
    """Return the name of a field's column."""
    return t(f"import.field.{field.name}")


def write_template(t: Texts) -> bytes:
    """Return the workbook: a sheet to fill in, and the lists it chooses from."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
        text = book.add_format({**base, "num_format": "@"})
        head = book.add_format({**base, "bold": True, "bg_color": WASH, "bottom": 1, "bottom_color": RULE})
        sheet = _sheet(book, t("import.template_sheet"), t)
        lists = _lists(t)
        ranges = _write_lists(_sheet(book, t("import.template_lists"), t), lists, t, head, text)
        for number, field in enumerate(fields_of_template()):
            sheet.write_string(0, number, header(field, t), head)
            sheet.set_column(number, number, WIDTHS.get(field.kind, 16), text)
            if field.name in ranges:
                # A warning only: several sectors in one cell, joined by « ; », are right too.
                rule = {"validate": "list", "source": ranges[field.name], "error_type": "warning"}
                sheet.data_validation(1, number, ROWS, number, rule)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def write_csv_template(t: Texts) -> bytes:
    """Return the header of the template as CSV, as a Moroccan or French spreadsheet opens it."""
    return (";".join(f'"{header(field, t)}"' for field in fields_of_template()) + "\r\n").encode("utf-8-sig")


def _lists(t: Texts) -> Mapping[str, Sequence[str]]:
    territories = store.load("territories")
    column = "name_ar" if t.language == "ar" else "name_fr"
    statuses = load_kinds().kinds["project"]["status"].of
    return {
        "status": [t.label("status", code) for code in statuses],
        "sectors": [t.label("sector", code, sector.label) for code, sector in load_catalog().sectors.items()],
        "province": sorted(territories.loc[territories["level"] == "province", column].dropna()),
        "currency": list(CURRENCIES),
    }


def _write_lists(
    sheet: Worksheet, lists: Mapping[str, Sequence[str]], t: Texts, head: Format, text: Format
) -> Mapping[str, str]:
    ranges = {}
    for number, (name, words) in enumerate(lists.items()):
        sheet.write_string(0, number, t(f"import.field.{name}"), head)
        sheet.set_column(number, number, 30, text)
        for row, word in enumerate(words, 1):
            sheet.write_string(row, number, word, text)
        column = chr(ord("A") + number)
        ranges[name] = f"='{sheet.get_name()}'!${column}$2:${column}${len(words) + 1}"
    return ranges


def _sheet(book: Workbook, name: str, t: Texts) -> Worksheet:
    sheet = book.add_worksheet(name)
    if t.direction == "rtl":
        sheet.right_to_left()
    return sheet
