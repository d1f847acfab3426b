"""From a file to the map: read, previewed, held back, mended in place, written; and who may not."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from data.imports.candidate import RowProblem
from data.imports.knowing import shipped_names
from data.imports.sandbox import read_file
from data.records.import_runs import HeldRow, ImportRuns
from data.records.rights import Person
from data.texts import load_texts
from pages import PAGES
from pages.ui import living
from pages.ui.imports import import_known, import_reading, import_report
from pages.ui.imports.import_past import mended_cells
from tests.data.imports import hostile
from tests.pages.visit import Visit, visit

PAGE = next(page for page in PAGES if page.key == "import")
AUTHOR = Person("acc-amina", "contributor", login="amina")
VALIDATOR = Person("acc-brahim", "validator", login="brahim")
HEADER = "id;Intitulé du projet;Secteur;Commune;Province;Coût (MDH);État\n"
GOOD = f"{HEADER}1;Puits de Tabia;eau;095410723;Taroudannt;1,5;achevé\n"
BAD = GOOD + "2;Piste d'Imilmaiss;pistes;Imilmaiss;Taroudannt;abc;en cours\n"


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))


@pytest.fixture
def signed_in(monkeypatch):
    def sign_in(person: Person) -> None:
        monkeypatch.setattr(living, "person", lambda: person)

    return sign_in


def brought(text: str) -> Visit:
    app = visit(PAGE).app
    return Visit(app.get("file_uploader")[0].set_value(("projets.csv", text.encode("cp1252"), "text/csv")).run())


def button(opened: Visit, key: str):
    return next(one for one in opened.app.get("button") if one.key == key)


def test_a_visitor_is_shown_the_way_to_an_account_and_may_take_the_template():
    opened = visit(PAGE)
    assert opened.failures == []
    assert "account" in opened.html
    assert opened.app.get("file_uploader") == []
    assert "Modèle XLSX" in opened.said


def test_a_contributors_file_is_previewed_then_waits_for_validation(signed_in):
    signed_in(AUTHOR)
    opened = brought(GOOD)
    assert opened.failures == []
    assert "Puits de Tabia" in opened.said
    assert living.repository().find() == []  # looking writes nothing
    done = Visit(button(opened, "import-all").click().run())
    assert done.failures == []
    assert "attendent la validation" in done.app.success[0].value
    (record,) = living.repository().find()
    assert record.status == "submitted"
    assert (record.content["amount"], record.content["currency"]) == ("1500000", "MAD")
    assert record.territory_codes == ("095410723",)


def test_rows_held_back_stop_everything_until_the_good_ones_alone_are_asked_for(signed_in):
    signed_in(VALIDATOR)
    opened = brought(BAD)
    assert button(opened, "import-all").disabled
    assert "«\u00a0abc\u00a0»" in opened.said
    done = Visit(button(opened, "import-valid").click().run())
    assert done.failures == []
    (record,) = living.repository().find()
    assert record.status == "validated"
    assert "Corriger les lignes retenues (1)" in done.said
    (run,) = ImportRuns(living.repository().database).find(created_by=None)
    again = visit(PAGE, run=run.run_id)
    tried = Visit(button(again, "import-retry").click().run())
    assert tried.failures == []
    assert "Aucune ligne n’est encore bonne" in tried.said


def test_a_table_to_mend_offers_no_download_whose_cells_a_spreadsheet_would_run():
    config = tomllib.loads((Path(living.__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["client"]["disableDataExport"] is True


def test_a_distance_has_the_decimals_of_the_language_and_one_meaning_is_not_called_several():
    t = load_texts("fr")
    far = RowProblem("lat", "Lat", "30.287, -8.0424", "outside_commune", "Ait Baha|108.6")
    assert "à 108,6 km de Ait Baha" in import_report.problem_said(far, t)
    near = RowProblem("place", "Commune", "Igherm", "which_place", options=(("", "095410105"),))
    said = import_report.problem_said(near, t)
    assert said.startswith("«\u00a0Igherm\u00a0» n’est le nom officiel d’aucun lieu.")
    assert said.endswith("(095410105)")


def test_what_is_asked_once_stays_answered_and_holds_for_every_row(signed_in):
    signed_in(AUTHOR)
    rows = [f"{n};Puits {n};hydraulique rurale;Aday;;1,5;achevé;03/04/2014" for n in (1, 2)]
    opened = brought("\n".join([HEADER.strip() + ";Début", *rows]))
    (asked,) = (one for one in opened.app.get("selectbox") if "|day_or_month|" in str(one.key))
    assert any("3 avril 2014" in option for option in asked.options)
    (asked,) = (one for one in opened.app.get("selectbox") if "|which_place|" in str(one.key))
    assert any("Tnine Aday · Commune · Tiznit" in option for option in asked.options)
    answers = {"which_place": "095810317", "unknown_sector": "drinking_water", "day_or_month": "dmy"}
    for rule, chosen in answers.items():
        (question,) = (one for one in opened.app.get("selectbox") if f"|{rule}|" in str(one.key))
        opened = Visit(question.set_value(chosen).run())
        assert opened.failures == []
    assert not button(opened, "import-all").disabled
    opened = Visit(opened.app.run())  # whatever is pressed elsewhere, what was said stands
    done = Visit(button(opened, "import-all").click().run())
    assert done.failures == []
    for record in living.repository().find():
        assert record.territory_codes == ("095810317",)
        assert record.content["sectors"] == [{"sector_code": "drinking_water"}]
        assert record.content["start_date"] == "2014-04-03"
    assert len(living.repository().find()) == 2


def test_a_damaged_file_is_said_not_shown_as_a_failure(signed_in):
    signed_in(AUTHOR)
    app = visit(PAGE).app
    opened = Visit(app.get("file_uploader")[0].set_value(("carte.geojson", b'{"type": ', "application/json")).run())
    assert opened.failures == []
    assert "JSON abîmé" in opened.said


def test_a_row_of_names_is_chosen_for_one_sheet_and_a_file_is_read_no_more_than_it_must(signed_in, monkeypatch):
    signed_in(AUTHOR)
    read = []
    monkeypatch.setattr(
        import_reading, "read_file", lambda content, asked: read.append(asked) or read_file(content, asked)
    )
    book = openpyxl.Workbook()
    book.active.title = "Bilan"
    for row in (
        ["Bilan"],
        [],
        ["Titre", "Commune", "Secteur"],
        ["Puits", "Toubkal", "Eau"],
        ["Pont", "Toubkal", "Eau"],
    ):
        book.active.append(row)
    book.create_sheet("Courte").append(["Titre"])
    book["Courte"].append(["Piste"])
    app = visit(PAGE).app
    opened = Visit(app.get("file_uploader")[0].set_value(("bilan.xlsx", hostile.saved(book), "x")).run())
    assert "Puits" in opened.said
    (header,) = (one for one in opened.app.get("number_input") if str(one.key).startswith("header_row"))
    assert header.value == 3
    assert len(read) == 1
    lower = Visit(header.set_value(4).run())
    assert [asked.header_row for asked in read] == [0, 4]
    assert "Pont" in lower.said
    (chooser,) = (one for one in lower.app.get("selectbox") if str(one.key).startswith("sheet-"))
    short = Visit(chooser.set_value("Courte").run())
    assert short.failures == []
    assert "Piste" in short.said
    assert len(read) == 2


def test_places_and_names_are_read_anew_when_the_tables_are_others_and_only_then(monkeypatch):
    read = []
    monkeypatch.setattr(import_known, "shipped_names", lambda: read.append(1) or shipped_names())
    for version in ("test-1", "test-1", "test-2", "test-2"):
        monkeypatch.setattr(import_known.store, "version", lambda version=version: version)
        import_known.known(SimpleNamespace(record_codes={}))
    assert len(read) == 2


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"title": "Puits"}, ["Puits", "1", "eau"]),
        ({"title": None, "amount": 3.5}, [None, "3.5", "eau"]),
        ({"sector": "santé"}, ["?", "1", "eau"]),  # the column was not shown
        ({"title": {"$gt": 0}, "amount": ["1"]}, ["?", "1", "eau"]),
        ({"title": "x" * 9_000}, ["x" * 5_000, "1", "eau"]),
        ("no row", ["?", "1", "eau"]),
    ],
)
def test_of_a_mended_row_only_texts_of_columns_shown_are_taken(sent, kept):
    row = HeldRow(2, ["?", "1", "eau"], [])
    assert mended_cells(row, sent, {"title": 0, "amount": 1}) == kept
