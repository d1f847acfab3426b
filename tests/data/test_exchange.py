"""Exported files: read back they give the same ids and totals in every format; no formula is live; alterations show."""

import csv
import datetime as dt
import io
import json
import random
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

import layers.style
from data.catalog import Source
from data.errors import CrsError, TableError
from data.exchange import qgis_style
from data.exchange.contract import MONEY, PLACES, PROJECTS
from data.exchange.csv_file import write_csv
from data.exchange.drawing import draw, generalise
from data.exchange.export import make_export
from data.exchange.formulas import neutralise, restore
from data.exchange.geojson_file import write_geojson
from data.exchange.geopackage_file import write_geopackage
from data.exchange.hxl_file import TAGS, read_hxl, write_hxl
from data.exchange.provenance import CitedSource, Provenance, cite
from data.exchange.reading import read_export
from data.exchange.xlsx_file import write_xlsx
from data.texts import languages, load_texts

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "{{7*7}}",
    "مشروع الماء",
    'Deux\nlignes ; "entre guillemets"',
    "-5",
    "'=1",
    "#n",
)
COMMUNES = ("095410101", "095410103", "091630101")
ABOUT = Provenance(
    title="Projets – Souss-Massa",
    filters_said=("Secteurs : eau ; routes", "Mots cherchés : =cmd|calc"),
    url="https://atlas.example/projects?v=1&territory=09&q=%3Dcmd",
    made_on=dt.date(2025, 3, 1),
    data_version="0123456789ab",
    sources=(CitedSource("Registre", "Presse", "CC BY 4.0", "2025-01", "codes ajoutés", "https://a", "https://b"),) * 2,
    notes=("Ne pas additionner amount_mad.",),
)


@pytest.fixture(scope="session")
def outlines():
    """Three squares of 0.1 degree: the first two are neighbours, the third stands apart."""
    squares = [
        shapely.box(-9.0, 30.0, -8.9, 30.1),
        shapely.box(-8.9, 30.0, -8.8, 30.1),
        shapely.box(-9.5, 30.0, -9.4, 30.1),
    ]
    return generalise(gpd.GeoDataFrame({"territory_code": COMMUNES}, geometry=squares, crs=4326))


def project(code, title="Eau", money=None, **facts):
    row = dict.fromkeys(column.name for column in PROJECTS.columns)
    known = {
        "amount": money,
        "amount_mad": money,
        MONEY: money,
        "currency": money and "MAD",
        "source_url": "https://s/#1",
    }
    return row | {"project_code": code, "title": title, "title_fr": title, "status": "closed"} | known | facts


def place(code, territory, located_by, money=None, **facts):
    row = dict.fromkeys(column.name for column in PLACES.columns)
    facts = {
        "project_code": code,
        "territory_code": territory,
        "place_name": "",
        "located_by": located_by,
        MONEY: money,
    } | facts
    return row | facts


def projects_and_places():
    """P: one village. C: two neighbouring communes. M: a village and a commune. A: the province. U: amount unknown.

    Counted: 100.10 + 200.20 + 300.30 + 400 + unknown = 1,000.60, of which 400 by the province.
    """
    projects = [
        project("P", HOSTILE[0], 100.10, start_date="2014-04", amount_year=2014, rate_mad=1.0, places="095410101"),
        project("C", HOSTILE[1], 200.20, amount=18.5, currency="EUR", rate_mad=10.8217, places="095410101;095410103"),
        project("M", HOSTILE[2], 300.30, note=HOSTILE[3], funder_names=HOSTILE[4], allocation_rule="population"),
        project("A", HOSTILE[5], 400.0, beneficiaries_said=HOSTILE[6], beneficiaries_count=1200),
        project("U", "Montant inconnu"),
    ]
    places = [
        place("P", COMMUNES[0], "point", 100.10, place_name="Tizi", lon=-8.9512345678, lat=30.05, exactness="1"),
        place("C", COMMUNES[0], "commune", 100.10),
        place("C", COMMUNES[1], "commune", 100.10),
        place("M", COMMUNES[2], "point", 300.0, place_name="@Tizi", lon=-9.45, lat=30.05),
        place("M", COMMUNES[1], "commune", 0.30),
        place("A", "09541", "area", 400.0),
        place("U", COMMUNES[2], "commune"),
    ]
    return pd.DataFrame(projects), pd.DataFrame(places)


def export(language="fr", **changes):
    return make_export(*projects_and_places(), provenance=replace(ABOUT, **changes), texts=load_texts(language))


def write(form, content, outlines):
    writers = {"csv": write_csv, "xlsx": write_xlsx}
    if form in writers:
        return writers[form](content)
    return {"geojson": write_geojson, "gpkg": write_geopackage}[form](content, outlines=outlines)


FORMATS = ("csv", "xlsx", "geojson", "gpkg")
every_format = pytest.mark.parametrize("form", FORMATS)
with_places = pytest.mark.parametrize("form", ["xlsx", "gpkg"])


@every_format
@pytest.mark.parametrize("language", languages())
def test_a_file_read_back_gives_the_same_projects_and_says_the_same_of_itself(form, language, outlines):
    made = export(language)
    back = read_export(write(form, made, outlines), name=form)
    pd.testing.assert_frame_equal(back.projects, made.projects, check_exact=True)
    assert back.provenance == made.provenance
    assert tuple(back.projects["title"][:4]) == (*HOSTILE[:3], HOSTILE[5])
    assert back.provenance.filters_said == ABOUT.filters_said


@with_places
def test_formats_with_places_give_them_back(form, outlines):
    made = export()
    pd.testing.assert_frame_equal(
        read_export(write(form, made, outlines), name=form).places, made.places, check_exact=True
    )


@every_format
def test_the_file_says_its_count_and_its_sums(form, outlines):
    said = read_export(write(form, export(), outlines), name=form).provenance
    assert (said.row_count, said.place_count) == (5, 7)
    # 100.10 + 200.20 + 300.30 + 400.00; by the province: 400; the rest is located.
    assert said.sums == {MONEY: 1000.60, "located_mad": 600.60, "area_wide_mad": 400.0}


@every_format
def test_an_empty_selection_is_a_file_too(form, outlines):
    projects, places = (frame[:0] for frame in projects_and_places())
    made = make_export(projects, places, provenance=replace(ABOUT, filters_said=(), notes=()), texts=load_texts("fr"))
    back = read_export(write(form, made, outlines), name=form)
    assert len(back.projects) == 0
    assert back.provenance == made.provenance
    assert back.provenance.sums[MONEY] == 0


@every_format
@given(rows=st.lists(st.tuples(st.text(min_size=1), st.text(), st.text()), min_size=3, max_size=6))
@example(rows=[(" ", "", "")])  # a filter said by a blank: an empty cell in a spreadsheet
@settings(max_examples=8, deadline=None)  # several texts a file: writing the file is what takes time
def test_any_text_comes_back_as_the_contract_holds_it(form, rows, outlines):
    projects = pd.DataFrame([project(f"P{n}", title, 1.0, note=note) for n, (title, note, _) in enumerate(rows)])
    places = pd.DataFrame(
        [place(f"P{n}", COMMUNES[0], "commune", 1.0, place_name=name) for n, (_, _, name) in enumerate(rows)]
    )
    said = tuple(title for title, _, _ in rows)
    made = make_export(projects, places, provenance=replace(ABOUT, filters_said=said), texts=load_texts("fr"))
    back = read_export(write(form, made, outlines), name=form)
    pd.testing.assert_frame_equal(back.projects, made.projects)
    assert back.provenance == made.provenance


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\nab＝")))
def test_a_text_made_harmless_never_starts_a_formula_and_is_read_back_unchanged(text):
    assert neutralise(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "＝"}
    assert restore(neutralise(text)) == text


def test_no_cell_of_the_csv_starts_a_formula_and_numbers_stay_numbers():
    text = write_csv(export()).decode("utf-8-sig")
    frame = pd.read_csv(io.StringIO(text), sep=";", comment="#", dtype=str, keep_default_na=False)
    assert len(frame) == 5
    assert not frame.melt()["value"].str.contains(r"^[=+\-@\t\r]", regex=True).any()
    assert frame["title"][0] == "'" + HOSTILE[0]
    assert frame["rate_mad"][1] == "10,8217"


def test_the_csv_is_read_by_the_call_its_documentation_gives():
    content = io.BytesIO(write_csv(export()))
    frame = pd.read_csv(content, sep=";", decimal=",", comment="#", encoding="utf-8-sig", dtype={"places": str})
    assert frame[MONEY].sum() == pytest.approx(1000.60)
    assert frame["places"][0] == "095410101"


def test_the_line_above_the_header_of_the_csv_names_the_columns_in_words():
    made = export()
    lines = write_csv(made).decode("utf-8-sig").splitlines()
    header = next(number for number, line in enumerate(lines) if not line.startswith("# "))
    assert lines[header].startswith('"project_code";"title"')
    assert lines[header - 1].startswith(f"# {made.header('project_code')};")


@pytest.mark.parametrize("language", languages())
def test_every_column_sheet_and_layer_has_its_words(language):
    texts = load_texts(language)
    names = {column.name for table in (PROJECTS, PLACES) for column in table.columns}
    keys = {f"export.column.{name}" for name in names} | {
        f"export.sheet.{name}" for name in ("readme", "projects", "places")
    }
    keys |= {f"export.layer.{name}" for name in ("projects_points", "projects_communes", "projects_area_wide")}
    assert {key for key in keys if not texts.has(key)} == set()


def test_no_cell_of_the_workbook_is_a_formula_and_texts_keep_their_zeros():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(export())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    values = {cell.value for cell in cells}
    assert {HOSTILE[0], "095410101", 1000.60, 200.20, 2014} <= values
    assert not [cell for cell in cells if cell.hyperlink]


@pytest.mark.parametrize(("language", "right_to_left"), [("ar", True), ("fr", None)])
def test_the_workbook_runs_in_the_direction_of_its_language_with_frozen_headers(language, right_to_left):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(export(language))))
    assert len(book.worksheets) == 4
    assert {sheet.sheet_view.rightToLeft for sheet in book} == {right_to_left}
    assert book.worksheets[1].freeze_panes == "C3"


def test_a_text_too_long_for_a_cell_is_refused_not_cut():
    made = make_export(
        pd.DataFrame([project("P", "x" * 32_768)]),
        projects_and_places()[1][:0],
        provenance=ABOUT,
        texts=load_texts("fr"),
    )
    with pytest.raises(TableError, match=r"row 3, column 2.*32768 characters; a cell holds 32767"):
        write_xlsx(made)


@every_format
def test_the_same_rows_and_day_give_the_same_bytes(form, outlines):
    first, again = (write(form, export(), outlines) for _ in range(2))
    other_day = write(form, export(made_on=dt.date(2025, 3, 2)), outlines)
    assert first == again
    assert first != other_day


@every_format
def test_what_is_missing_is_empty_never_zero_nor_a_word(form, outlines):
    back = read_export(write(form, export(), outlines), name=form)
    unknown = back.projects.set_index("project_code").loc["U"]
    assert unknown[[MONEY, "amount", "amount_year", "currency", "start_date", "note"]].isna().all()
    texts = back.projects.select_dtypes("str").melt()["value"]
    assert not texts.isin(["nan", "None", "NaN", "<NA>", "NaT"]).any()


def test_a_changed_amount_is_named_with_the_sum_and_the_checksum():
    altered = write_csv(export()).replace(b'"400"', b'"4000"')
    with pytest.raises(TableError) as caught:
        read_export(altered, name="a.csv")
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["checksum", MONEY]
    assert "the file says 1000.6, its rows give 4600.6" in str(caught.value)


def test_a_removed_row_and_a_changed_code_are_seen():
    content = write_csv(export())
    lines = content.splitlines(keepends=True)
    with pytest.raises(TableError, match="row_count: the file says 5, its rows give 4"):
        read_export(b"".join(lines[:-1]), name="a.csv")
    with pytest.raises(TableError, match="checksum"):
        read_export(content.replace(b'"U";', b'"V";'), name="a.csv")


def test_a_formula_put_into_the_workbook_is_refused():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(export())))
    book.worksheets[1]["B3"].data_type = "f"
    altered = io.BytesIO()
    book.save(altered)
    with pytest.raises(TableError, match="B3: a formula"):
        read_export(altered.getvalue(), name="a.xlsx")


@every_format
def test_damaged_bytes_are_refused_with_a_sentence_or_read_nothing_else_happens(form, outlines):
    content = write(form, export(), outlines)
    chance, refused = random.Random(7), 0  # noqa: S311 - no secret
    for _ in range(60):
        damaged = bytearray(content[: chance.choice([len(content), chance.randrange(20, len(content))])])
        for _ in range(chance.choice([1, 3, 20])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_export(bytes(damaged), name=form)
        except TableError:
            refused += 1
    # A changed letter of a title passes: the checksum covers codes and money.
    assert refused > 20


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"{}", b"PK\x03\x04", b"SQLite format 3\x00"])
def test_other_files_are_refused_with_a_sentence(content):
    with pytest.raises(TableError, match="other\\.bin: not a file exported by the atlas"):
        read_export(content, name="other.bin")


def test_a_missing_column_and_one_too_many_are_both_named():
    projects, places = projects_and_places()
    wrong = projects.drop(columns="status").assign(colour="red")
    with pytest.raises(TableError, match=r"status: column missing; colour: column not declared"):
        make_export(wrong, places, provenance=ABOUT, texts=load_texts("fr"))


def test_the_checksum_does_not_depend_on_the_order_of_the_rows():
    projects, places = projects_and_places()
    turned = make_export(projects[::-1], places, provenance=ABOUT, texts=load_texts("fr"))
    assert turned.provenance.checksum == export().provenance.checksum
    assert turned.file_name("csv") == f"atlas-solidaire-2025-03-01-{turned.provenance.checksum[:8]}.csv"


def test_a_source_is_cited_in_the_language_of_the_file_or_in_french():
    source = Source(
        code="a",
        title={"fr": "Registre", "en": "Register"},
        publisher={"fr": "Presse"},
        licence={"fr": "CC BY 4.0"},
        changes={"fr": "codes", "en": "codes added"},
        date="2025",
        url="https://a",
    )
    assert cite(source, "en") == CitedSource("Register", "Presse", "CC BY 4.0", "2025", "codes added", "https://a", "")
    assert cite(source, "ar").changes == "codes"


def features(outlines):
    collection = json.loads(write_geojson(export(), outlines=outlines))
    return collection, {feature["id"]: feature for feature in collection["features"]}


def test_geojson_draws_points_and_communes_and_nothing_wider(outlines):
    collection, by_code = features(outlines)
    assert "crs" not in collection
    kinds = {code: feature["geometry"] and feature["geometry"]["type"] for code, feature in by_code.items()}
    assert kinds == {"P": "Point", "C": "Polygon", "M": "GeometryCollection", "A": None, "U": "Polygon"}
    assert by_code["A"]["properties"]["places_not_drawn"] == "09541"
    assert by_code["P"]["geometry"]["coordinates"] == [-8.95123, 30.05]


def test_neighbouring_communes_become_one_valid_outline_turning_left(outlines):
    outline = shapely.geometry.shape(features(outlines)[1]["C"]["geometry"])
    # Two squares of 0.1 degree side by side: 0.02 square degrees, no border between them.
    assert outline.is_valid
    assert outline.area == pytest.approx(0.02)
    assert outline.exterior.is_ccw


def test_a_commune_without_outline_is_listed_as_not_drawn(outlines):
    drawing = draw(export().places, outlines[:0])
    assert drawing.outlines == {}
    assert drawing.not_drawn["C"] == (COMMUNES[0], COMMUNES[1])
    assert drawing.whole("C") is None


def test_outlines_in_another_coordinate_system_are_refused(outlines):
    with pytest.raises(CrsError, match="EPSG:26191"):
        generalise(outlines.to_crs(26191))


@pytest.fixture
def geopackage(outlines, tmp_path):
    path = tmp_path / "export.gpkg"
    path.write_bytes(write_geopackage(export(), outlines=outlines))
    return path


def test_the_geopackage_has_a_layer_for_each_precision_in_wgs_84(geopackage):
    layers = dict(pyogrio.list_layers(geopackage))
    assert layers == {
        "projects_points": "MultiPoint",
        "projects_communes": "MultiPolygon",
        "projects_area_wide": None,
        "projects": None,
        "places": "Point",
        "readme": None,
        "layer_styles": None,
    }
    drawn = [gpd.read_file(geopackage, layer=name) for name in ("projects_points", "projects_communes", "places")]
    assert [layer.crs.to_epsg() for layer in drawn] == [4326, 4326, 4326]
    assert [len(layer) for layer in drawn] == [2, 3, 7]  # P and M; C, M and U; seven places
    assert int(drawn[2].geometry.notna().sum()) == 2


def test_the_three_layers_of_projects_sum_to_the_portfolio(geopackage):
    # Points 100.10 + 300.00; communes 200.20 + 0.30 + unknown; province 400.00: 1,000.60 in all.
    with closing(sqlite3.connect(geopackage)) as base:
        names = ("projects_points", "projects_communes", "projects_area_wide")
        sums = [base.execute(f"SELECT SUM(counted_mad_in_layer) FROM {name}").fetchone()[0] for name in names]  # noqa: S608 - names of ours
        unknown = base.execute("SELECT counted_mad_in_layer FROM projects_communes WHERE project_code = 'U'").fetchone()
        metadata = base.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]
    assert sums == pytest.approx([400.10, 200.50, 400.0])
    assert unknown == (None,)
    assert export().provenance.checksum in metadata


def test_qgis_finds_a_style_for_each_layer_drawn_and_each_project_follows_one_rule(geopackage):
    with closing(sqlite3.connect(geopackage)) as base:
        base.create_function("left_of", 2, lambda text, length: text and text[:length])
        columns = "f_table_name, f_geometry_column, useAsDefault, styleQML, styleSLD"
        styles = {row[0]: row[1:] for row in base.execute(f"SELECT {columns} FROM layer_styles")}  # noqa: S608 - names of ours
        assert set(styles) == {"projects_points", "projects_communes", "places"}
        drawn_by = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        for name, (column, default, qml, sld) in styles.items():
            assert (column, default) == (drawn_by[name], 1)
            root = etree.fromstring(qml.encode())
            symbols = {symbol.get("name"): symbol.get("type") for symbol in root.iter("symbol")}
            assert set(symbols.values()) == {"fill" if name == "projects_communes" else "marker"}
            assert [rule.get("symbol") for rule in root.iter("rule")] == list(symbols)
            assert len(list(etree.fromstring(sld.encode()).iter("{http://www.opengis.net/se}Rule"))) == len(symbols)
            filters = [rule.get("filter") for rule in root.iter("rule")]
            assert filters[-1] == ("" if name == "places" else "ELSE")
            matched = " + ".join(f"coalesce({one.replace('left(', 'left_of(')}, 0)" for one in filters[:-1]) or "1"
            counts = base.execute(f"SELECT DISTINCT {matched} FROM {name}").fetchall()  # noqa: S608 - ours
            assert counts == [(1,)]


def test_the_colours_of_a_style_are_those_of_the_map():
    drawn = (layers.style.NEED, layers.style.FUNDING, layers.style.GAP)
    assert drawn == (qgis_style.NEED, qgis_style.PLAIN, qgis_style.CHANGE)


def test_writing_a_geopackage_leaves_nothing_on_the_disk(outlines, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    write_geopackage(export(), outlines=outlines)
    assert list(tmp_path.iterdir()) == []


def test_hxl_comes_back_by_its_tags_and_runs_no_formula():
    made = export()
    written = write_hxl(made)
    assert read_hxl(written).equals(made.projects)
    header, tags, *_ = written.decode().splitlines()
    assert tags.startswith("#activity+code,#activity+name")
    assert len(set(TAGS.values())) == len(TAGS) == len(PROJECTS.columns)
    for row in csv.reader(io.StringIO(written.decode())):
        assert not [cell for cell in row if cell[:1] in "=+@" and cell]
    with pytest.raises(TableError, match="no row of HXL tags"):
        read_hxl(header.encode())
    with pytest.raises(TableError, match="tags missing: #sector"):
        read_hxl(written.replace(b"#sector+code+list", b"#other"))
