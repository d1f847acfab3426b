"""Files as offices, map makers and funders really send them: nothing is lost or made up in silence."""

from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.imports.formats.kml import without_markup
from data.imports.header import is_total
from data.imports.plan import field_of_tag, guess_plan
from data.imports.preview import Preview, dry_run
from data.imports.sandbox import read_file
from data.imports.sheet import Asked, FileRefused, Sheet
from data.records.rights import Person
from tests.data.imports import hostile
from tests.data.imports.here import judged
from tests.data.imports.test_import_runs_through import known, rules_of

KML = hostile.KML
IATI = '<?xml version="1.0"?>\n<iati-activities version="2.03">{}</iati-activities>'
ACTIVITY = (
    '<iati-activity xml:lang="en" default-currency="EUR"><iati-identifier>A-{number}</iati-identifier>'
    '<title><narrative>Water</narrative><narrative xml:lang="fr">Eau</narrative></title>{body}</iati-activity>'
)
PURPOSE, COUNTRY = '<sector vocabulary="1" code="14030"/>', '<recipient-country code="MA"/>'


def sheets(content: bytes | str) -> list[Sheet]:
    return read_file(content.encode() if isinstance(content, str) else content, Asked("fichier"))


def preview(content: bytes | str) -> Preview:
    (sheet,) = sheets(content)
    return judged(sheet)


def activities(*bodies: str) -> Preview:
    return preview(IATI.format("".join(ACTIVITY.format(number=n, body=body) for n, body in enumerate(bodies))))


def commitment(value: str, currency: str = "EUR") -> str:
    said = f'<transaction-type code="2"/><value currency="{currency}" value-date="2014-01-01">{value}</value>'
    return f"{PURPOSE}{COUNTRY}<transaction>{said}</transaction>"


def test_a_row_that_begins_with_a_hash_is_a_row():
    found = preview("N°;Titre;Commune;Secteur\n# 1;Puits;Toubkal;Eau\n# 2;Piste;Toubkal;Routes\n")
    assert [one.candidate.external_id for one in found.judged] == ["# 1", "# 2"]
    assert preview("# ;Titre\n1;Puits\n").read == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('Titre;Commune\n"Puits;Toubkal\nPiste;Toubkal\n', "quotes"),  # would be one row of two
        (";".join(f"c{n}" for n in range(50_000)) + "\n1;2\n", "too_many_columns"),
        ("Titre;Commune\n" + "x" * 5_000_000, "line_too_long"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (
            "<iati-organisations><iati-organisation><document-link/></iati-organisation></iati-organisations>",
            "unknown_xml",
        ),
        ('{"geometryType": "esriGeometryPoint", "features": []}', "not_geojson"),
    ],
)
def test_what_cannot_be_read_is_said_as_what_it_is(content, reason):
    with pytest.raises(FileRefused) as caught:
        sheets(content)
    assert caught.value.reason == reason


def test_a_sum_at_the_foot_of_a_table_is_no_project():
    found = preview("Projet;Commune;Secteur;Montant (DH)\nPuits;Toubkal;Eau;100\nTotal;Toubkal;;100\n")
    assert rules_of(found) == ["total_row"]
    assert is_total(["", 3.0, "المجموع العام", 100.0])
    assert is_total(["Sous-total (DH) :", 5])
    assert not is_total(["Puits", "Total"])  # the funder of that name
    assert not is_total(["Totale rénovation"])


def test_a_number_beyond_all_money_is_held_back_and_stops_nothing():
    found = preview(
        hostile.workbook([["Projet", "Commune", "Secteur", "Montant (DH)"], ["P", "Toubkal", "Eau", 1e300]])
    )
    assert rules_of(found) == ["contract_out_of_range"]


def test_days_of_an_old_macintosh_begin_in_1904():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["Projet", "Commune", "Secteur", "Date"], ["Puits", "Toubkal", "Eau", 41_710]):
        book.active.append(row)
    (one,) = preview(hostile.saved(book)).judged
    assert one.candidate.content["start_date"] == "2018-03-13"  # 41,710 days after the first of 1904


def test_a_formula_that_failed_is_no_title():
    found = preview("Projet;Commune;Secteur\n#N/A;Toubkal;Eau\n#REF!;Toubkal;Eau\nPuits #1!;Toubkal;Eau\n")
    assert rules_of(found)[:2] == ["spreadsheet_error", "spreadsheet_error"]
    assert found.counts["created"] == 1


def test_what_people_write_for_an_amount_they_do_not_know_is_no_amount():
    unsaid = ("n.c.", "N. C.", "NC", "non communiqué")
    rows = "".join(f"Puits {n};Toubkal;Eau;{said}\n" for n, said in enumerate(unsaid))
    found = preview(f"Projet;Commune;Secteur;Budget (DH)\n{rows}")
    assert (rules_of(found), found.counts["created"]) == ([], 4)


def test_a_name_of_several_communes_is_settled_by_the_point_that_lies_in_one():
    head = "Projet;Commune;Secteur;lat;lon\n"
    (there,) = preview(f"{head}Puits;Tafraout;Eau;29.7217;-8.9734\n").judged
    assert there.candidate.content["places"][0]["territory_code"] == "095810105"
    assert [note.rule for note in there.candidate.notes] == ["place_by_point"]
    assert rules_of(preview(f"{head}Puits;Tafraout;Eau;30.4202;-9.5981\n")) == ["outside_commune"]  # in Agadir
    assert rules_of(preview(f"{head}Puits;Aday;Eau;;\n")) == ["which_place"]


@pytest.mark.parametrize(
    ("name", "code", "note"),
    [
        ("Tata", "095510107", "place_town"),  # and Tataoute, near Taroudannt
        ("Tafraout", "095810105", "place_town"),  # and Tafraouten, Tafraout El Mouloud
        ("Taroudant", "095410113", "place_of_province"),  # officially Taroudannt
        ("تيزنيت", "095810107", "place_of_province"),  # officially تزنيت, its province تيزنيت
    ],
)
def test_the_bare_name_of_a_town_means_the_town_and_the_row_says_so(name, code, note):
    head = "Projet;Commune;Province;Secteur\n"
    (row,) = preview(f"{head}Puits;{name};;Eau\n").judged
    assert [place["territory_code"] for place in row.candidate.content["places"]] == [code]
    assert [(one.rule, one.value) for one in row.candidate.notes] == [(note, name)]
    # Of a rural commune the bare name may be cut short: Aday of Guelmim, or Tnine Aday.
    assert rules_of(preview(f"{head}Puits;Aday;;Eau\n")) == ["which_place"]
    # A province that was named is never left for the town of another.
    elsewhere = preview(f"{head}Puits;{name};Agadir-Ida-Ou-Tanane;Eau\n")
    assert elsewhere.held_back[0].problems[0].field == "commune"


def test_apostrophes_of_old_programs_are_no_controls_and_a_true_control_is_told():
    (row,) = preview("Projet;Commune;Secteur;Financeur\nL\x92eau \x96 phase 1;Toubkal;Eau;Fonds d\x92appui\n").judged
    assert row.candidate.content["title"] == {"fr": "L’eau – phase 1"}
    assert row.candidate.content["organisations"][0]["organisation_name"] == "Fonds d’appui"
    assert [(one.rule, one.field) for one in row.candidate.notes] == [
        ("windows_signs", "title_fr"),
        ("windows_signs", "funders"),
    ]
    held = preview("Projet;Commune;Secteur\nPuits\x81;Toubkal;Eau\n")
    assert rules_of(held) == ["contract_control_character"]


def test_a_province_is_read_in_its_common_spelling():
    (row,) = preview("Projet;Province;Secteur\nPuits;Taroudant;Eau\n").judged
    assert row.candidate.content["places"] == [{"territory_code": "09541"}]
    assert [one.rule for one in row.candidate.notes] == ["place_spelled"]


def test_what_a_purpose_or_a_word_means_is_said_once_for_the_file():
    (sheet,) = sheets(IATI.format(ACTIVITY.format(number=1, body='<sector vocabulary="1" code="99810"/>' + COUNTRY)))
    plan = replace(guess_plan(sheet, origin="x"), readings={"sectors:99810": "multisector"})
    found = dry_run(sheet, plan, known(), repository=None, person=Person("keeper", "admin"))
    assert [change.content["sectors"] for change in found.changes] == [[{"sector_code": "multisector"}]]
    wrong = replace(plan, readings={"sectors:99810": "no_such_sector"})
    assert dry_run(sheet, wrong, known(), repository=None, person=Person("keeper", "admin")).changes == []


@pytest.mark.parametrize("said", ["nan,inf", "1e999,30"])
def test_a_point_that_is_no_number_is_not_a_missing_one(said):
    body = f"<Placemark><name>Puits</name><Point><coordinates>{said}</coordinates></Point></Placemark>"
    (sheet,) = sheets(KML.format(doctype="", body=body))
    assert sheet.rows[0].problem == "bad_geometry"


def test_a_map_of_folders_balloons_and_spaces_is_read():
    place = (
        "<Folder><name>AEP</name><Placemark><name>Puits</name>"
        "<description><![CDATA[<b>Puits</b><br>3,3&nbsp;MDH<script>x</script>]]></description>"
        '<ExtendedData><Data name="Commune"><displayName>La commune</displayName><value>Toubkal</value></Data>'
        "</ExtendedData><Point><coordinates>-8.1234, 30.9876, 1200</coordinates></Point></Placemark></Folder>"
    )
    content = KML.format(doctype="", body=place)
    (sheet,) = sheets(content)
    told = dict(zip(sheet.columns, sheet.rows[0].cells, strict=True))
    assert (told["description"], told["Commune"], told["folder"]) == ("Puits\n3,3\xa0MDH", "Toubkal", "AEP")
    assert (told["@lon"], told["@lat"]) == (-8.1234, 30.9876)
    assert ("markup_left_out", "1") in sheet.notes
    kmz = {"__MACOSX/._a.kml": b"\x00\x05", "a.kml": content.encode(), "b.kml": content.encode()}
    assert [one.name for one in sheets(hostile.zipped(kmz))] == ["a.kml", "b.kml"]
    prefixed = '<k:kml xmlns:k="http://earth.google.com/kml/2.1"><k:Placemark><k:name>A</k:name></k:Placemark></k:kml>'
    assert sheets(prefixed)[0].rows[0].cells == ["A"]
    assert without_markup("débit < 5 l/s > 2") == "débit < 5 l/s > 2"


def test_a_coordinate_system_that_nobody_knows_is_not_taken_for_degrees():
    point = '{"type": "Point", "coordinates": [96727.72, 387394.5]}'
    feature = f'{{"type": "Feature", "properties": {{"titre": "a"}}, "geometry": {point}}}'
    head = '{{"type": "FeatureCollection", "crs": {}, "features": [{}]}}'
    (lost,) = sheets(head.format('{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}}', feature))
    assert ("no_crs", "fichier") in lost.notes
    assert lost.facts["crs"] == ""
    (lambert,) = sheets(head.format('{"type": "EPSG", "properties": {"code": 26192}}', feature))
    assert lambert.rows[0].cells[-2:] == [pytest.approx(-9.598, abs=1e-5), pytest.approx(30.4202, abs=1e-5)]
    assert sheets(head.format("null", feature).encode("utf-16"))[0].rows[0].cells[0] == "a"


def test_an_activity_keeps_its_languages_its_country_and_its_purpose():
    (one,) = activities(PURPOSE + COUNTRY).judged
    assert one.candidate.content["title"] == {"en": "Water", "fr": "Eau"}
    assert one.candidate.content["places"] == [{"territory_code": "MA"}]
    assert one.candidate.content["sectors"] == [{"sector_code": "drinking_water"}]
    assert [note.rule for note in one.candidate.notes] == ["sector_of_purpose"]
    elsewhere = activities(f'{PURPOSE}<recipient-country code="MA"/><recipient-country code="DZ"/>')
    assert [(problem.rule, problem.value) for problem in elsewhere.held_back[0].problems] == [
        ("other_country", "DZ, MA")
    ]
    shares = '<sector code="14031" percentage="60"/><sector code="12230" percentage="60"/>'
    assert "shares_left_out" in [note.rule for note in activities(shares + COUNTRY).judged[0].candidate.notes]
    assert [one.detail for one in activities('<sector code="99810"/>' + COUNTRY).held_back[0].problems] == ["99810"]


def test_a_place_of_another_gazetteer_is_found_by_its_point():
    point = "<point><pos>29.6974 -9.7316</pos></point>"
    (one,) = activities(
        f'{PURPOSE}<location ref="MA-TIZ"><name><narrative>Tiznit</narrative></name>{point}</location>'
    ).judged
    assert one.candidate.content["places"] == [{"territory_code": "095810107", "lon": -9.7316, "lat": 29.6974}]
    assert "code_left_out" in [note.rule for note in one.candidate.notes]


def test_money_that_is_not_one_sum_is_asked_about_never_added_up():
    two = activities(
        commitment("1000") + "<transaction><transaction-type code='2'/><value currency='USD'>5</value></transaction>"
    )
    assert rules_of(two) == ["two_currencies"]
    assert [rules_of(activities(commitment(value))) for value in ("1e999", "NaN", "-5", "1.000.00")] == [
        ["scientific"],
        ["not_finite"],
        ["negative"],
        ["broken_groups"],
    ]
    (european,) = activities(commitment("10.000,00")).judged  # a reader of points alone would make it 10
    assert european.candidate.content["amount"] == "10000"


def test_the_first_version_says_languages_by_elements_and_roles_by_words():
    found = preview(
        '<iati-activities version="1.03" xmlns="http://example.org/iati"><iati-activity default-currency="USD">'
        '<iati-identifier>X</iati-identifier><title xml:lang="en">Wells</title><title xml:lang="fr">Puits</title>'
        '<description xml:lang="es">Pozos</description><participating-org role="funding">Bailleur X</participating-org>'
        '<activity-date type="start-actual" iso-date="15/04/2009"/><recipient-country code="MA"/>'
        '<transaction><transaction-type code="C"/><value value-date="2009-01-01">5000</value>'
        '<sector vocabulary="DAC-3" code="111"/></transaction></iati-activity></iati-activities>'
    )
    (one,) = found.judged
    content = one.candidate.content
    assert (content["title"], content["description"]) == ({"en": "Wells", "fr": "Puits"}, {"fr": "Pozos"})
    assert content["organisations"] == [{"organisation_name": "Bailleur X", "role": "funding"}]
    assert (content["start_date"], content["amount"], content["currency"]) == ("2009-04-15", "5000", "USD")
    assert content["sectors"] == [{"sector_code": "education"}]


@pytest.mark.parametrize("title", ["", "Qui fait quoi, où;;;;\n"])
def test_hashtags_are_read_in_any_order_and_below_a_title(title):
    tags = "#activity +name;#Org+name+impl;#adm3 +name;#sector;#loc+precision+name"
    found = preview(f"{title}A;B;C;D;E\n{tags}\nPuits;AMAP;Toubkal;Eau;x\n")
    assert dict(found.plan.columns) == {"title_fr": "A", "implementers": "B", "commune": "C", "sectors": "D"}
    assert found.counts["created"] == 1
    assert field_of_tag("#activity+parent+code") is None


def test_hashtags_of_a_workbook_may_leave_columns_out():
    rows = [["A", "B", "Montant (DH)"], ["#activity+name", "#adm3+name", None], ["Puits", "Toubkal", 5]]
    found = preview(hostile.workbook(rows))
    assert dict(found.plan.columns) == {"title_fr": "A", "commune": "B", "amount": "Montant (DH)"}
    assert found.read == 1


def test_an_empty_number_of_a_shapefile_is_empty():
    positions = hostile.points([(-8.2, 30.7)])
    table = hostile.dbf([("TITRE", 10, b"C"), ("MONTANT", 10, b"N")], [[b"Puits", b""]])
    (sheet,) = sheets(hostile.zipped(dict(zip(("p.shp", "p.shx", "p.dbf"), (*positions, table), strict=True))))
    assert sheet.rows[0].cells[:2] == ["Puits", None]
