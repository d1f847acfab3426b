"""A bad file never harms: the reader may die of it, we go on, nothing is asked of a network, the reason is clear."""

import http.server
import inspect
import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from data.imports import sandbox
from data.imports.sandbox import read_file
from data.imports.sheet import Asked, FileRefused, Sheet
from data.texts import languages, load_texts
from tests.data.imports import hostile, workbooks


@pytest.fixture(scope="module")
def trap():
    """Give the address of a server that nobody may call, and the calls it got."""
    calls: list[str] = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/trap", calls
    server.shutdown()
    server.server_close()
    thread.join()


def refused(content: bytes, name: str = "carte.geojson", **asked: float) -> str:
    with pytest.raises(FileRefused) as caught:
        read_file(content, Asked(name), **asked)
    key = f"import.file.{caught.value.reason}"
    assert all(load_texts(language).has(key) for language in languages())
    return caught.value.reason


def read(content: bytes, name: str = "fichier") -> Sheet:
    (sheet,) = read_file(content, Asked(name))
    return sheet


def test_files_that_point_elsewhere_open_nothing_and_call_nobody(trap):
    address, calls = trap
    secret = str(Path(__file__).resolve())
    for target in (address, f"/vsicurl/{address}", secret, "/etc/passwd"):
        assert refused(hostile.vrt(target)) == "unknown_xml"
        assert refused(hostile.gdalg(target)) == "not_geojson"
        assert refused(hostile.wfs(target)) == "unknown_xml"
    kml = hostile.KML.format(doctype="", body=f"<NetworkLink><Link><href>{address}</href></Link></NetworkLink>")
    assert refused(kml.encode(), "carte.kml") == "no_placemarks"
    xxe = hostile.KML.format(doctype=f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{address}">]>', body="<name>&x;</name>")
    assert refused(xxe.encode(), "carte.kml") == "doctype"
    assert calls == []


def test_a_crs_that_is_an_address_is_never_followed(trap):
    address, calls = trap
    crs = f'"crs": {{"type": "link", "properties": {{"href": "{address}", "name": "{address}"}}}}'
    one = (
        '{"type": "Feature", "properties": {"titre": "Puits"}, "geometry": {"type": "Point", "coordinates": [-9, 30]}}'
    )
    sheet = read(f'{{"type": "FeatureCollection", {crs}, "features": [{one}]}}'.encode())
    assert len(sheet.rows) == 1
    assert calls == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (hostile.zip_bomb(), "archive_size"),
        (hostile.zip_that_lies(), "archive_damaged"),
        (hostile.zip_link(), "archive_link"),
        (hostile.zipped({"../../doc.kml": b"<kml/>"}), "archive_path"),
        (hostile.zipped({"/etc/doc.kml": b"<kml/>"}), "archive_path"),
        (hostile.zipped({"C:\\doc.kml": b"<kml/>"}), "archive_path"),
        (hostile.zipped({"inner.zip": hostile.zipped({"doc.kml": b"<kml/>"})}), "archive_nested"),
        (hostile.zipped({f"{number}.kml": b"" for number in range(600)}), "archive_entries"),
        (hostile.zipped({"lisez-moi.txt": b"rien"}), "unknown_archive"),
        (hostile.zipped({"doc.kml": b"<kml/>"})[:60], "archive_damaged"),
    ],
    ids=["bomb", "lies", "link", "up", "absolute", "drive", "nested", "entries", "unknown", "cut"],
)
def test_archives_are_judged_before_they_are_opened(content, reason):
    assert refused(content, "carte.kmz") == reason


def test_entities_are_refused_wherever_they_hide():
    bomb = hostile.KML.format(doctype=f"<!DOCTYPE kml [{hostile.BOMB}]>", body="<name>&a9;</name>")
    assert refused(bomb.encode(), "carte.kml") == "doctype"
    iati = bomb.replace("<kml", "<iati-activities").replace("</kml>", "</iati-activities>")
    assert refused(iati.encode(), "projets.xml") == "doctype"
    assert refused(hostile.entity_workbook(), "classeur.xlsx") == "doctype"


def test_databases_are_read_by_their_tables_alone(tmp_path):
    secret = tmp_path / "contacts.csv"
    secret.write_text("nom,telephone\nAmina,0600000000\n")
    endless = (
        "CREATE VIEW projects AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n"
    )
    assert refused(hostile.geopackage(tmp_path, [endless]), "carte.gpkg") == "no_rows"
    # What GDAL would take for a table over any file of the machine is not one for us.
    made = f"CREATE VIRTUAL TABLE projects USING VirtualOGR(''{secret}'')"
    virtual = [
        "PRAGMA writable_schema = ON",
        f"INSERT INTO sqlite_master VALUES ('table', 'projects', 'projects', 0, '{made}')",  # noqa: S608 - of ours
    ]
    assert refused(hostile.geopackage(tmp_path, virtual), "carte.gpkg") in ("no_rows", "database_damaged")
    trigger = [
        "CREATE TABLE projects (id INTEGER, title TEXT)",
        "CREATE TABLE hidden (id INTEGER)",
        "INSERT INTO hidden VALUES (7)",
        "CREATE TRIGGER t AFTER INSERT ON projects BEGIN DELETE FROM hidden; END",
    ]
    sheet = read(hostile.geopackage(tmp_path, trigger, rows=3), "carte.gpkg")
    assert (sheet.name, [row.number for row in sheet.rows]) == ("projects", [1, 2, 3])
    assert refused(b"SQLite format 3\x00" + b"\x00" * 4000, "carte.gpkg") == "database_damaged"


def test_a_geometry_nested_without_end_is_no_crash(tmp_path):
    sheet = read(hostile.deep_geopackage(tmp_path), "carte.gpkg")
    assert [row.cells[sheet.columns.index("title")] for row in sheet.rows] == ["Puits"]
    deep = '{"type": "GeometryCollection", "geometries": [' * 200 + "]}" * 200
    whole = f'{hostile.GEOJSON_HEAD}{{"type": "Feature", "properties": {{"a": 1}}, "geometry": {deep}}}]}}'
    assert read(whole.encode()).rows[0].problem == "too_deep"
    assert refused(b'{"a":' * 100_000) == "too_deep"


def test_a_workbook_that_says_it_is_endless_is_read_by_what_it_holds():
    assert refused(hostile.far_cell(), "classeur.xlsx") in ("too_many_columns", "too_many_rows")


def test_formulas_give_their_last_result_and_are_mentioned():
    content = hostile.workbook([["titre", "commune", "montant"], ["Puits", "Toubkal", "=1+1"]])
    sheet = read(content, "classeur.xlsx")
    assert ("formulas", "1") in sheet.notes
    assert sheet.rows[0].cells[2] == "#N/A"  # no spreadsheet has computed it yet, and nothing is run here


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x80\x04\x95cos\nsystem\n", "pickle"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "old_office"),
        (workbooks.xls([["titre"], ["a"]])[:1500], "reader_died"),
        (workbooks.ods([["titre"], ["a"]], doctype="<!DOCTYPE a [<!ENTITY b 'c'>]>"), "doctype"),
        (
            hostile.zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
            "open_document",
        ),
        (b"%PDF-1.7", "pdf"),
        (b"<!DOCTYPE html><html></html>", "web_page"),
        (b"titre,commune\n\x00\x01,b\n", "binary"),
        (b'{"type": "FeatureCollection", "features": [', "json_damaged"),
        (b'{"type": "Topology"}', "not_geojson"),
        (b"titre;commune\n", "no_rows"),
        (b"x" * 20_000_001, "too_large"),
    ],
)
def test_what_is_no_table_is_told_with_what_to_do(content, reason):
    assert refused(content) == reason


def test_a_line_that_cannot_be_read_is_one_bad_row_and_no_silence():
    one = '{"type": "Feature", "properties": {"titre": "Puits"}, "geometry": null}'
    sheet = read(f'{one}\n{{"type": "Feature", "prop\n{one}\n'.encode())
    assert [(row.number, row.problem) for row in sheet.rows] == [(1, ""), (2, "bad_feature"), (3, "")]


def test_numbers_that_are_none_stay_bad_rows():
    for value in ("1e999", '"NaN"', "null"):
        point = f'{{"type": "Point", "coordinates": [{value}, 30]}}'
        whole = f'{hostile.GEOJSON_HEAD}{{"type": "Feature", "properties": {{"titre": "a"}}, "geometry": {point}}}]}}'
        try:
            sheet = read(whole.encode())
        except FileRefused as caught:
            assert caught.reason == "json_damaged"  # noqa: PT017 - infinity is no JSON
        else:
            assert sheet.rows[0].problem == "bad_geometry"


def test_a_decimal_comma_in_kml_is_no_latitude_of_five_degrees():
    mark = "<Placemark><name>Puits</name><Point><coordinates>{}</coordinates></Point></Placemark>"
    for said, problem in (("-9,5,30,2", "bad_geometry"), ("", "no_coordinates"), ("-9.5,30.2", "")):
        sheet = read(hostile.KML.format(doctype="", body=mark.format(said)).encode(), "carte.kml")
        assert sheet.rows[0].problem == problem


@pytest.mark.parametrize("cpg", [None, b"1256"])
def test_an_arabic_shapefile_of_windows_is_arabic(cpg):
    sheet = read(hostile.shapefile(cpg=cpg), "carte.zip")
    assert [row.cells[1] for row in sheet.rows] == ["تزويد الدوار بالماء الشروب", "مدرسة القرية"]
    assert [tuple(row.cells[-2:]) for row in sheet.rows] == [(-8.2, 30.7), (-8.3, 30.6)]
    assert sheet.facts["encoding"] == "cp1256"


def test_a_shapefile_in_parts_names_the_missing_one_and_refuses_what_is_cut():
    with pytest.raises(FileRefused) as caught:
        read_file(hostile.shapefile(without=".dbf"), Asked("carte.zip"))
    assert (caught.value.reason, caught.value.detail) == ("shapefile_part", "projets.dbf")
    for part in (".shp", ".shx", ".dbf"):
        assert refused(hostile.shapefile(cut=part), "carte.zip") == "shapefile_damaged"
    sheet = read(hostile.shapefile(without=".prj"), "carte.zip")
    assert ("no_crs", "projets") in sheet.notes


def test_a_reader_that_takes_too_long_is_ended():
    assert refused(b"titre;commune\na;b\n", wall_s=0.01) == "too_long"


@pytest.mark.skipif(os.name != "posix", reason="only there does the clock leave room for a busy machine")
def test_a_reader_that_waits_for_ever_without_working_is_ended_by_the_clock(tmp_path, monkeypatch):
    started: list[subprocess.Popen] = []
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *words, **said: started.append(start(*words, **said)) or started[0])
    os.mkfifo(tmp_path / sandbox.ASKED)  # nobody writes to it: reading it never ends, and costs no processor
    assert sandbox._run("sheets", tmp_path, 1.0) is None
    assert [process.returncode for process in started] == [-signal.SIGKILL]
    assert sandbox.WALL_S == inspect.signature(read_file).parameters["wall_s"].default == 90.0
