"""What files say in ways that could be misread: read as it is meant, asked about, or said; never changed unseen."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter

from data.imports.encodings import BYTES, guess_encoding
from data.imports.formats.shapefile import _encoding
from data.imports.plan import guess_plan
from data.imports.preview import Preview, dry_run
from data.imports.sheet import Asked, FileRefused
from data.records.rights import Person
from tests.data.imports import hostile
from tests.data.imports.here import preview, sheets
from tests.data.imports.test_import_runs_through import known, rules_of

FRENCH = "Réhabilitation du réseau d’assainissement ; École à Aït Baha, 2ème tranche"
ARABIC = "تهيئة الطريق الرابطة بين أكادير وتارودانت، الشطر الثاني; بئر القرية"
POINT = {"type": "Point", "coordinates": [-9.5981, 30.4278]}
HEAD = "Titre;Commune;Secteur;"
ROW = "Puits;Toubkal;Eau;"


def amounts_of(found: Preview) -> list[tuple[str, str]]:
    return [(change.content["amount"], change.content["currency"]) for change in found.changes]


def notes_of(found: Preview) -> list[str]:
    return [note.rule for one in found.judged for note in one.candidate.notes]


def feature(geometry: Any = POINT, **properties: Any) -> dict[str, Any]:
    told = {"titre": "Puits", "secteur": "Eau", **properties}
    return {"type": "Feature", "properties": told, "geometry": geometry}


def collection(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((FRENCH.encode(encoding, "ignore"), encoding) for encoding in ("cp1252", "mac-roman", "cp850")),
        *(
            (ARABIC.encode(encoding, "ignore"), encoding)
            for encoding in ("cp1256", "iso-8859-6", "mac-arabic", "cp720")
        ),
    ],
)
def test_an_encoding_is_the_one_that_makes_words(text, encoding):
    assert encoding in BYTES
    guess = guess_encoding(text)
    assert text.decode(guess.encoding) == text.decode(encoding)
    assert not guess.is_sure


@pytest.mark.parametrize(
    ("stated", "written", "read", "is_told"),
    [
        (b"UTF-8", "utf-8", "utf-8", False),
        (b"UTF-8", "cp1256", "cp1256", True),
        (b"1252", "cp1256", "cp1256", True),
        (b"1256", "cp1256", "cp1256", False),
    ],
)
def test_an_alphabet_that_is_stated_wrongly_is_not_believed_and_said(stated, written, read, is_told):
    table = hostile.dbf([("TITRE", 80, b"C")], [[ARABIC[:40].encode(written)]])
    encoding, _, wrongly = _encoding({".dbf": table, ".cpg": stated}, Asked("x"))
    assert (encoding, bool(wrongly)) == (read, is_told)


@pytest.mark.parametrize(
    ("header", "cell", "amount"),
    [
        ("Coût (MDH)", "environ 3,3", "3300000"),  # a word beside a number is no unit
        ("Coût (MDH)", "3,3 TTC", "3300000"),
        ("Coût (MDH)", "3,3 MDH", "3300000"),
        ("Coût (en milliers de DH)", "1 500", "1500000"),
        ("Coût (en mille DH)", "1500", "1500000"),
        ("الكلفة (بالدرهم)", "١٥٠٠", "1500"),
        ("الكلفة (بملايين الدراهم)", "٣٫٣", "3300000"),
    ],
)
def test_an_amount_is_in_what_its_column_counts_in(header, cell, amount):
    assert amounts_of(preview(f"{HEAD}{header}\n{ROW}{cell}\n")) == [(amount, "MAD")]


@pytest.mark.parametrize(("answer", "amount"), [("counted", "3300000"), ("whole", "3.30")])
def test_a_currency_without_its_multiple_in_a_column_of_millions_is_asked_about(answer, amount):
    (sheet,) = sheets(f"{HEAD}Coût (MDH)\n{ROW}3,3 DH\n")
    plan = guess_plan(sheet, origin="x")
    keeper = Person("keeper", "admin")
    (held,) = dry_run(sheet, plan, known(), repository=None, person=keeper).held_back
    assert [one.rule for one in held.problems] == ["unit_of_column"]
    said = replace(plan, readings={"amount": answer})
    assert amounts_of(dry_run(sheet, said, known(), repository=None, person=keeper)) == [(amount, "MAD")]


@pytest.mark.parametrize(
    ("title", "amount"),
    [
        ("Programme 2021 (en milliers de DH)", "1500000"),
        ("بملايين الدراهم", "1500000000"),
        ("Sommes en MDH", "1500000000"),
    ],
)
def test_a_title_says_what_a_table_counts_in(title, amount):
    assert amounts_of(preview(f"{title};;;\n{HEAD}Montant\n{ROW}1500\n")) == [(amount, "MAD")]


def test_a_sum_in_a_title_is_not_what_its_table_counts_in():
    assert rules_of(preview(f"Programme de 3 milliards de DH;;;\n{HEAD}Montant\n{ROW}1500\n")) == ["no_currency"]


def test_an_amount_finer_than_a_centime_is_rounded_and_said():
    found = preview(f"{HEAD}Montant (DH)\n{ROW}12,34567\n")
    assert (amounts_of(found), notes_of(found)) == ([("12.35", "MAD")], ["rounded"])
    assert (
        notes_of(
            preview(
                hostile.workbook([[*HEAD.strip(";").split(";"), "Montant (DH)"], ["A", "Toubkal", "Eau", 0.1 + 0.2]])
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("number_format", "number", "amount"),
    [
        ('# ##0.0 "MDH"', 3.3, ("3300000", "MAD")),
        ("#,##0.00 [$€-40C]", 1.234, ("1.23", "EUR")),
        ("#,##0\\ [$DH-1]", 1500, ("1500", "MAD")),
    ],
)
def test_the_unit_that_a_number_is_shown_with_is_read(number_format, number, amount):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Titre", "Commune", "Secteur", "Montant"])
        sheet.write_row(1, 0, ["Puits", "Toubkal", "Eau"])
        sheet.write_number(1, 3, number, book.add_format({"num_format": number_format}))
    assert amounts_of(preview(content.getvalue())) == [amount]


def test_names_of_columns_may_take_two_rows():
    found = preview("Titre;Localisation;;Secteur\n;Province;Commune;\nPuits;Taroudannt;Toubkal;Eau\n")
    assert found.plan.columns == {
        "title_fr": "Titre",
        "province": "Province",
        "commune": "Commune",
        "sectors": "Secteur",
    }
    assert [one["territory_code"] for one in found.changes[0].content["places"]] == ["095410723"]
    below = preview("Titre;Lieu;;Secteur\n;Région;Commune;Axe\nPuits;Souss-Massa;Toubkal;Eau\n")
    assert {"title_fr", "region", "commune"} <= below.plan.columns.keys()


def test_names_of_columns_said_again_are_no_row_and_nothing_else_is_said_of_it():
    again = f"{HEAD}Montant (DH)\n"
    assert rules_of(preview(f"{again}{ROW}1\n{again}{ROW.replace('Puits', 'Pont')}2\n")) == ["header_again"]
    assert rules_of(preview(f"{again}{ROW}1\nTotal;;;1\n")) == ["total_row"]
    two = "Titre;Localisation;;Secteur\n;Province;Commune;\n"
    assert rules_of(preview(f"{two}Puits;Taroudannt;Toubkal;Eau\nTitre;Localisation;;Secteur\n")) == ["header_again"]


@pytest.mark.parametrize("code", ["095410723.0", "95410723,0", "95410723"])
def test_a_code_taken_for_a_number_is_the_code(code):
    found = preview(f"Titre;Code commune;Secteur\nPuits;{code};Eau\n")
    assert [change.content["places"] for change in found.changes] == [[{"territory_code": "095410723"}]]


def test_a_code_that_a_spreadsheet_shortened_is_said_as_such():
    assert rules_of(preview("Titre;Code commune;Secteur\nPuits;9.5410723E+07;Eau\n")) == ["scientific"]


@pytest.mark.parametrize("comma", [",", "،"])
def test_a_second_place_behind_a_comma_is_not_lost(comma):
    assert rules_of(preview(f"Titre\tCommune\tSecteur\nPuits\tتوبقال{comma} تابيا\tEau\n")) == ["which_place"]


def test_a_title_in_arabic_letters_is_arabic_where_nothing_says_french():
    found = preview("Titre;Commune;Secteur\nبئر;Toubkal;Eau\n")
    assert (found.changes[0].content["title"], notes_of(found)) == ({"ar": "بئر"}, ["language_by_script"])
    said = preview("Titre en français;Commune;Secteur\nبئر;Toubkal;Eau\n")
    assert said.changes[0].content["title"] == {"fr": "بئر"}


def test_a_property_given_twice_holds_its_feature_back():
    twice = collection(feature()).replace('"titre": "Puits"', '"titre": "Puits", "titre": "Pont"')
    assert "named_twice" in rules_of(preview(twice))


def test_a_list_is_several_and_a_table_written_as_a_list_is_read():
    (change,) = preview(collection(feature(bailleurs=["Bailleur A", "Bailleur B"]))).changes
    assert [one["organisation_name"] for one in change.content["organisations"]] == ["Bailleur A", "Bailleur B"]
    rows = [{"titre": "Puits", "secteur": "Eau", "commune": "Toubkal"}]
    assert preview(json.dumps(rows)).counts["created"] == 1


def test_what_pandas_writes_for_an_empty_cell_is_empty_and_said():
    (sheet,) = sheets(collection(feature(montant=float("nan"))))
    assert dict(zip(sheet.columns, sheet.rows[0].cells, strict=True))["montant"] is None
    assert ("nan_as_empty", "1") in sheet.notes
    nowhere = {"type": "Point", "coordinates": [float("nan"), 30.0]}
    assert sheets(collection(feature(nowhere)))[0].rows[0].problem == "bad_geometry"
    assert sheets(collection(feature(montant=float("inf"))))[0].rows[0].cells[2] == "inf"


@pytest.mark.parametrize("said", [r"\ud800", r"x\udc00y", r"\\\ud83d"])
def test_half_of_a_character_is_damage(said):
    with pytest.raises(FileRefused, match="json_damaged"):
        sheets(collection(feature()).replace("Puits", said))
    assert (
        sheets(collection(feature()).replace("Puits", r"\ud83d\ude00 \\ud800"))[0].rows[0].cells[0]
        == "\U0001f600 \\ud800"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (rb"{\rtf1\ansi Titre}", "word_processor"),
        (hostile.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "word_processor"),
        (hostile.points([(-8.2, 30.7)])[0], "shapefile_alone"),
        (hostile.dbf([("TITRE", 10, b"C")], [[b"Puits"]]), "shapefile_alone"),
        (b"\x93NUMPY\x01\x00" + bytes(range(256)) * 4, "binary"),
    ],
)
def test_files_that_are_no_table_are_called_what_they_are(content, reason):
    with pytest.raises(FileRefused) as caught:
        sheets(content)
    assert caught.value.reason == reason


def test_a_stray_control_holds_one_row_back_and_not_the_file():
    found = preview(f"{HEAD}\nPu\x00its;Toubkal;Eau;\nPont;Toubkal;Eau;\n")
    assert (found.counts["created"], rules_of(found)) == (1, ["contract_control_character"])


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("<budget><value>1</value></budget>", "no_commitment"),
        ('<transaction><transaction-type code="3"/><value>1</value></transaction>', "no_commitment"),
        (2 * '<transaction><transaction-type code="2"/><value>1</value></transaction>', "commitments_added"),
        ('<participating-org role="9"><narrative>X</narrative></participating-org>', "roles_left_out"),
        ('<activity-status code="99"/>', "status_left_out"),
    ],
)
def test_what_of_an_activity_has_no_place_here_is_said(body, note):
    activity = f"<iati-activity><iati-identifier>A</iati-identifier>{body}</iati-activity>"
    (sheet,) = sheets(f'<iati-activities version="2.03">{activity}</iati-activities>')
    assert (note, "1") in sheet.notes


def test_a_column_tagged_with_its_language_comes_before_one_that_is_not():
    tags = "#activity+name;#activity+name+i_fr;#adm3+name;#sector"
    found = preview(f"A;B;C;D\n{tags}\nWell;Puits;Toubkal;Eau\n")
    assert found.changes[0].content["title"] == {"fr": "Puits"}
    assert preview(f"A;C;D\n{tags.replace('#activity+name+i_fr;', '')}\nWell;Toubkal;Eau\n").counts["created"] == 1


def test_the_end_of_a_line_that_a_workbook_writes_as_a_code_is_the_end_of_a_line():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Titre", "Commune"])
        sheet.write_row(1, 0, ["Puits\r\nde Tabia", "Toubkal"])
    assert sheets(content.getvalue())[0].rows[0].cells[0] == "Puits\r\nde Tabia"
