"""Workbooks of offices: each cell at its row and column, failed or not, days by the calendar of the workbook."""

import datetime as dt
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.imports.formats.unseen import Unseen
from data.imports.sheet import EPOCH
from tests.data.imports import hostile, workbooks
from tests.data.imports.here import preview, sheets

TABLE = [
    ["", "Titre", "Code commune", "Secteur", "Montant (DH)", "Début"],
    ["", "Puits", "095410723", "Eau", 1250.5, 40000.0],
    ["", "بئر", "095410723", "Eau", None, 2014.0],
    ["", "Piste", "095410723", "Routes", 3.0, ""],
]
BELOW_A_TITLE = [["", "Registre", "", "", "", ""], [""] * 6, *TABLE]
HIDDEN = {"hidden_rows": (4, 6), "hidden_columns": (5,)}
Write = Callable[..., bytes]


def xlsx(
    rows: Sequence[Sequence[str | float | None]],
    *,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    from_1904: bool = False,
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Projets"
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value != "":
                sheet.cell(number, column, "#N/A" if value is None else value)
        sheet.row_dimensions[number].hidden = number in hidden_rows
    for number in hidden_columns:
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].hidden = True
    return hostile.saved(book)


WRITERS = pytest.mark.parametrize("write", [xlsx, workbooks.xls, workbooks.xlsb, workbooks.ods])


@WRITERS
def test_cells_are_read_where_they_stand_and_a_failed_formula_is_held_back_there(write: Write):
    (sheet,) = sheets(write(BELOW_A_TITLE))
    assert (sheet.name, sheet.columns) == ("Projets", tuple(TABLE[0][1:]))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (4, ["Puits", "095410723", "Eau", 1250.5, 40000]),
        (5, ["بئر", "095410723", "Eau", "#N/A", 2014]),
        (6, ["Piste", "095410723", "Routes", 3, None]),
    ]
    found = preview(write(BELOW_A_TITLE))
    (held,) = found.held_back
    assert (held.candidate.row.number, [(one.column, one.value, one.rule) for one in held.problems]) == (
        5,
        [("Montant (DH)", "#N/A", "spreadsheet_error")],
    )
    assert sheet.notes == []


@WRITERS
@pytest.mark.parametrize(("from_1904", "day"), [(False, "2009-07-06"), (True, "2013-07-07")])
def test_days_are_counted_by_the_calendar_of_the_workbook(write: Write, *, from_1904: bool, day: str):
    content = write(TABLE, from_1904=from_1904)
    assert sheets(content)[0].facts.get(EPOCH) == ("1904" if from_1904 else None)
    assert [change.content.get("start_date") for change in preview(content).changes] == [day, None]


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_day_written_as_one_is_that_day(*, from_1904: bool):
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    book.active.append(["Titre", "Début"])
    book.active.append(["Puits", dt.date(2014, 3, 1)])
    assert sheets(hostile.saved(book))[0].rows[0].cells[1] == "2014-03-01"


@WRITERS
def test_hidden_rows_and_columns_are_read_and_named(write: Write):
    (sheet,) = sheets(write(BELOW_A_TITLE, **HIDDEN))
    assert len(sheet.rows) == 3
    assert sheet.notes == [("hidden_rows", "2 (4, 6)"), ("hidden_columns", "1 (E)")]


@WRITERS
def test_the_row_of_names_is_told_and_asked_for_by_its_number_in_the_sheet(write: Write):
    assert sheets(write(BELOW_A_TITLE))[0].facts["header_row"] == "3"
    (sheet,) = sheets(write(BELOW_A_TITLE), header_row=4)
    assert (sheet.facts["header_row"], sheet.columns[0], sheet.rows[0].number) == ("4", "Puits", 5)


def test_the_line_of_names_is_told_and_asked_for_by_its_number_in_the_text():
    content = "\n\nRegistre\n\nTitre;Commune;Secteur\nPuits;Toubkal;Eau\nPiste;Toubkal;Routes\n"
    (sheet,) = sheets(content)
    assert (sheet.facts["header_row"], sheet.rows[0].number) == ("5", 6)
    (lower,) = sheets(content, header_row=6)
    assert (lower.columns[0], lower.rows[0].number) == ("Puits", 7)


def test_a_row_asked_for_beyond_a_short_sheet_leaves_the_others():
    book = openpyxl.Workbook()
    for row in (["Registre"], [], [], ["Titre", "Commune"], ["Puits", "Toubkal"]):
        book.active.append(row)
    book.create_sheet("Courte").append(["Note"])
    (sheet,) = sheets(hostile.saved(book), header_row=4)
    assert sheet.columns == ("Titre", "Commune")


def test_what_a_workbook_does_not_show_is_said_of_its_own_sheet():
    book = openpyxl.Workbook()
    for row in (["Projet", "Commune", "Montant"], ["A", "Toubkal", "=1+1"], ["B", None, 2]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.active.row_dimensions[3].hidden = True
    hidden = book.create_sheet("Ancien")
    hidden.append(["Projet"])
    hidden.append(["C"])
    hidden.sheet_state = "hidden"
    shown, old = sheets(hostile.saved(book))
    assert shown.notes == [
        ("formulas", "1"),
        ("formulas_without_result", "1"),
        ("hidden_rows", "1 (3)"),
        ("merged_rows", "B2:B3"),
    ]
    assert shown.rows[0].cells[2] == "#N/A"  # nobody has computed it: it is no empty cell
    assert old.notes == [("hidden_sheet", "Ancien")]


def test_a_large_old_workbook_lies_in_its_container_as_a_small_one_does_not():
    long = [*TABLE, *(["", "Piste", "095410723", "Routes", float(number), ""] for number in range(300))]
    (sheet,) = sheets(workbooks.xls(long))
    assert len(sheet.rows) == 303
    assert sheet.rows[1].cells[3] == "#N/A"


@pytest.mark.parametrize("name", ["titre", "commune", "bailleurs", "source", "id"])
def test_a_failed_formula_is_no_text_in_any_column(name):
    columns = {"id": "1", "titre": "Puits", "commune": "Toubkal", "secteur": "Eau", "bailleurs": "X", "source": "X"}
    cells = {**columns, name: "#REF!"}
    found = preview(";".join(cells) + "\n" + ";".join(cells.values()) + "\n")
    assert [(one.column, one.rule) for one in found.held_back[0].problems] == [(name, "spreadsheet_error")]


def test_what_is_hidden_is_told_in_runs_and_only_where_something_stands():
    unseen = Unseen({1, 2, 3, 7, 90}, {1, 2, 26, 27}, [(1, 1, 1, 4), (2, 1, 3, 1)])
    rows = [(number, ["x", None, *[None] * 23, "y", "z"]) for number in (1, 2, 3, 4, 7)]
    assert unseen.notes(rows) == [
        ("hidden_rows", "4 (1–3, 7)"),
        ("hidden_columns", "3 (A, Z–AA)"),
        ("merged_rows", "A2:A3"),
    ]
