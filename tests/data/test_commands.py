"""The keeper's commands say what they did to a person and to a program, and by their status to the shell."""

import io
import json

import openpyxl
import pytest

from data.commands import main
from data.commands.export import FORMATS
from data.commands.language import LOCALE
from data.exchange.hxl_file import read_hxl
from data.exchange.iati_reading import read_iati
from data.exchange.reading import read_export
from data.records.accounts import Accounts
from data.records.database import Database
from data.records.repository import Repository
from data.texts import languages, load_texts
from geo.selection import select
from geo.state import State
from pages.ui.knowledge import knowledge


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path / "home"))


def run(capsys, *words):
    status = main([*map(str, words), "--report", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_check_of_an_atlas_nobody_wrote_in_makes_no_store(capsys, tmp_path):
    assert main(["check"]) == 0
    assert "nobody has entered anything" in capsys.readouterr().out
    assert not (tmp_path / "home").exists()


def test_a_store_is_copied_checked_and_put_back(capsys, tmp_path):
    Repository(Database.open()).add("project", {}, actor="amina")
    copy = tmp_path / "copy"
    status, facts = run(capsys, "backup", copy)
    assert (status, facts["sound"], facts["rows"]["records"]) == (0, True, 1)
    assert run(capsys, "backup", copy) == (2, {"error": f"{copy} is there already", "reason": "exists"})
    status, facts = run(capsys, "restore", copy)
    assert (status, facts["rows"]["records"]) == (0, 1)
    status, facts = run(capsys, "check")
    assert (status, facts["store"]["breaks"], facts["tables_wrong"]) == (0, [], [])


def test_a_record_changed_behind_the_audit_makes_the_check_fail(capsys):
    database = Database.open()
    Repository(database).add("project", {}, actor="amina")
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE records SET status = 'validated'")
    status, facts = run(capsys, "check")
    assert (status, facts["store"]["sound"], [one["rule"] for one in facts["store"]["breaks"]]) == (
        1,
        False,
        ["unwritten"],
    )


def test_an_account_is_not_bound_to_a_place_or_a_body_that_is_none(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("une phrase assez longue\n"))
    line = ["account", "add", "brahim", "--role", "validator", "--territory", "09", "--territory", "9541"]
    assert main([*line, "--organisation", "nulle-part"]) == 2
    said = capsys.readouterr().err
    assert "no territory has the code '9541'" in said
    assert "no organisation has the code 'nulle-part'" in said
    assert main([*line[:-2], "--organisation", "migrations-developpement"]) == 0


def test_accounts_are_made_and_closed_with_the_password_read_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("une phrase bien longue\n"))
    assert main(["account", "add", "amina", "--role", "admin"]) == 0
    assert Accounts(Database.open()).sign_in("amina", "une phrase bien longue", "x").role == "admin"
    assert main(["account", "disable", "amina"]) == 2
    assert "last_admin" in capsys.readouterr().err
    assert main(["account", "role", "nobody"]) == 2


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_an_export_is_the_file_of_the_page_for_the_same_filters(form, capsys, tmp_path):
    file = tmp_path / "out"
    asked = "https://atlas.example/projects?lang=en&v=1&territory=09&sector=drinking_water"
    status, facts = run(capsys, "export", "--format", form, "--filter", asked, "--out", file)
    selection = select(knowledge().register, State(territory="09", sector=("drinking_water",)))
    assert (status, facts["projects"], facts["filters"][0]) == (0, len(selection), "Territory: Souss-Massa")
    readers = {"iati": read_iati, "hxl": read_hxl}
    if form in readers:
        assert len(readers[form](file.read_bytes())) == len(selection)
    else:
        back = read_export(file.read_bytes(), name=form)
        assert tuple(back.projects["project_code"]) == selection.codes
        assert back.provenance.checksum == facts["checksum"]
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_an_export_names_all_that_its_filter_has_wrong_and_writes_nothing(capsys, tmp_path):
    status, facts = run(
        capsys, "export", "--format", "csv", "--filter", "sectr=x&territory=99", "--out", tmp_path / "out"
    )
    assert (status, [one["parameter"] for one in facts["problems"]]) == (2, ["sectr", "territory"])
    assert list(tmp_path.iterdir()) == []


def test_an_export_replaces_no_file_unasked_and_says_where_it_cannot_write(capsys, tmp_path):
    file = tmp_path / "kept.csv"
    file.write_text("mine")
    words = ("export", "--format", "csv", "--filter", "territory=095410723", "--out")
    status, facts = run(capsys, *words, file)
    assert (status, facts["reason"], file.read_text()) == (2, "exists", "mine")
    assert run(capsys, *words, file, "--force")[0] == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf#")
    status, facts = run(capsys, *words, tmp_path / "nowhere" / "out.csv")
    assert (status, facts["reason"]) == (2, "unwritable")


LINE = ["export", "--format", "csv", "--out"]


@pytest.mark.parametrize(
    ("language", "system", "said"),
    [
        ("fr", "", "--format : «\u00a0zzz\u00a0» n’est pas possible"),
        ("ar", "", "«zzz» غير متاح"),
        ("", "en_GB.UTF-8", "“zzz” is not allowed"),
        ("", "de_DE.UTF-8", "n’est pas possible"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_in_the_language_of_who_wrote_it(language, system, said, capsys, monkeypatch):
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", system)
    with pytest.raises(SystemExit) as ended:
        main(["export", "--format", "zzz", "--out", "x", *(["--language", language] if language else [])])
    assert ended.value.code == 2
    assert said.replace(" :", "\u00a0:") in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["export", "--format", "csv"], "missing: --out"),
        ([*LINE, "x", "--nonsense"], "unknown: --nonsense"),
        (LINE, "--out: its value is missing"),
        (["import", "x", "--header-row", "a"], "--header-row: “a” is no whole number"),
        (["import", "x", "--language", "en", "--colu", "a", "--reading"], "--reading: its value is missing"),
        ([], "missing: command"),
    ],
)
def test_each_slip_of_a_line_has_its_words(line, said, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(SystemExit):
        main(line)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("language", languages())
def test_an_import_says_each_row_held_back_with_its_remedy_in_the_language_asked_for(language, capsys, tmp_path):
    t = load_texts(language)
    file = tmp_path / "projets.csv"
    file.write_text("Titre;Commune;Secteur;Début\nPuits;Toubkal;Eau;31/02/2014\nPont;Tabia;Routes;2014\n", "utf-8")
    status, facts = run(capsys, "import", file, "--dry-run", "--language", language)
    assert (status, facts["read"], facts["quarantined"]) == (1, 2, 2)
    day, place = facts["problems"]
    assert (day["row"], day["column"], day["value"], day["rule"]) == (2, "Début", "31/02/2014", "no_such_day")
    isolated = "\u206831/02/2014\u2069" if t.direction == "rtl" else "31/02/2014"  # else its numbers change sides
    assert day["said"] == t("import.reason.no_such_day", value=isolated)
    assert "Tabia, Taroudannt (095410321)" in place["said"]
    assert main(["import", str(file), "--dry-run", "--language", language]) == 1
    assert t("command.dry_run") in capsys.readouterr().out
    status, facts = run(capsys, "import", tmp_path / "none.csv", "--language", language)
    assert (status, facts["said"]) == (2, t("command.file.missing", file=tmp_path / "none.csv"))


def test_a_column_or_field_that_is_not_there_is_said_and_nothing_is_read_wrongly(capsys, tmp_path):
    file = tmp_path / "projets.csv"
    file.write_text("Titre;Commune\nPuits;Toubkal\n", "utf-8")
    line = ("import", file, "--dry-run", "--language", "en", "--column", "titel=Titre", "--column", "sectors=Secteur")
    status, facts = run(capsys, *line)
    assert (status, facts["reason"], len(facts["problems"])) == (2, "arguments", 2)
    assert "“Secteur” is no column of the file. It has: Titre, Commune" in facts["problems"]


def test_sheets_that_are_not_read_are_named(capsys, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Lisez-moi"])
    book.active.append(["texte"])
    for row in (["Titre", "Commune", "Secteur"], ["Puits", "Toubkal", "Eau"]):
        (book["Projets"] if "Projets" in book.sheetnames else book.create_sheet("Projets")).append(row)
    book.save(tmp_path / "deux.xlsx")
    status, facts = run(capsys, "import", tmp_path / "deux.xlsx", "--dry-run")
    assert (status, facts["sheet"], facts["sheets_left_out"]) == (0, "Projets", [{"name": "Notes", "rows": 1}])
