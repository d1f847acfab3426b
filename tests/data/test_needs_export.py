"""Exported needs: every format reads back the same rows, says its settings, and shows when it was altered."""

import datetime as dt
import json

import geopandas as gpd
import pytest
import shapely

from data import store
from data.catalog import load_catalog
from data.errors import TableError
from data.exchange.contract import NEEDS, PARTS
from data.exchange.csv_file import write_csv
from data.exchange.drawing import draw_territories, generalise
from data.exchange.export import bind
from data.exchange.geojson_file import write_geojson
from data.exchange.geopackage_file import write_geopackage
from data.exchange.provenance import Provenance
from data.exchange.reading import read_export
from data.exchange.xlsx_file import write_xlsx
from data.texts import load_texts
from geo import need_export
from geo.boundaries import Territories
from geo.indicators import Observations
from geo.need_levels import NeedsGround
from geo.need_selection import select_needs
from geo.needs_state import NeedsState
from geo.uncertainty import robustness

FORMATS = ("csv", "xlsx", "geojson", "gpkg")


@pytest.fixture(scope="module")
def ground():
    territories = Territories.from_table(store.load("territories"))
    return NeedsGround.of(Observations.from_table(store.load("observations"), territories, load_catalog().indicators))


@pytest.fixture(scope="module")
def outlines():
    return store.load_outlines()


def export(ground, territory="09", **choices):
    selection = select_needs(ground, NeedsState(territory, **choices))
    names = {code: ground.territories.name(code, "fr") for code in ground.territories.codes}
    states = dict.fromkeys(("known", "missing", "withheld", "not_applicable", "insufficient"), "mot")
    themes = dict.fromkeys((one.theme for one in ground.indicators.values()), "besoin")
    labels = need_export.NeedLabels("sujet", names, themes, states)
    frames = {}
    if selection.score is None:
        frames[NEEDS] = need_export.rows(selection, labels=labels)
    else:
        inside = selection.score.within([selection.level.codes[row] for row in selection.rows])
        frames[NEEDS] = need_export.rows(selection, labels=labels, robustness=robustness(inside, draws=50))
        frames[PARTS] = need_export.parts(selection, labels=labels)
    about = Provenance(
        title="Besoins",
        filters_said=("Poids : eau 5",),
        url="https://atlas.example/needs?w=water~5",
        made_on=dt.date(2026, 1, 2),
        data_version="abc",
        sources=(),
    )
    return bind(frames, provenance=about, texts=load_texts("ar"))


def written(form, made, outlines):
    if form in ("csv", "xlsx"):
        return {"csv": write_csv, "xlsx": write_xlsx}[form](made)
    return {"geojson": write_geojson, "gpkg": write_geopackage}[form](made, outlines=outlines)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("choices", [{"subject": "paved_road_km"}, {"weights": (("water", 5),)}])
def test_every_format_reads_back_the_same_rows(form, choices, ground, outlines):
    made = export(ground, "09163", **choices)
    tables = (NEEDS, PARTS)[: len(made.frames)]
    back = read_export(written(form, made, outlines), name=form, tables=tables)
    assert back.rows.to_dict("records") == made.rows.to_dict("records") or back.rows.equals(made.rows)
    assert back.provenance == made.provenance
    if back.others is not None:
        assert back.others.equals(made.frames["parts"])


def test_towns_have_no_road_distance_in_a_file_and_the_file_says_why(ground):
    rows = export(ground, subject="paved_road_km").rows
    towns = rows[rows["state"] == "not_applicable"]
    assert len(towns) == 21
    assert towns["value"].isna().all()
    assert towns["class_to"].isna().all()


def test_parts_add_up_to_the_value_of_each_territory(ground):
    made = export(ground, "09")
    sums = made.frames["parts"].groupby("territory_code")["contribution"].sum()
    values = made.rows.set_index("territory_code")["value"]
    assert len(values) == 175
    assert (sums - values).abs().max() < 1e-4


def test_an_altered_value_is_found(ground):
    content = write_csv(export(ground, subject="running_water"))
    altered = content.replace(b'"0";"pct"', b'"9";"pct"', 1)
    assert altered != content
    with pytest.raises(TableError, match="altered"):
        read_export(altered, name="a.csv", tables=(NEEDS,))


def test_provinces_are_drawn_as_the_union_of_their_communes(ground, outlines):
    made = export(ground, "09", subject="running_water", level="province")
    features = json.loads(write_geojson(made, outlines=outlines))["features"]
    assert [feature["id"] for feature in features] == list(made.rows["territory_code"])
    assert len(features) == 6
    assert all(feature["geometry"]["type"].endswith("Polygon") for feature in features)


def test_a_territory_without_any_outline_has_no_geometry():
    squares = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    toy = gpd.GeoDataFrame({"territory_code": ["010110101", "010110103"]}, geometry=squares, crs=4326)
    commune, province, elsewhere = draw_territories(["010110101", "01011", "02022"], generalise(toy))
    assert commune.area == pytest.approx(1)
    assert province.area == pytest.approx(2)
    assert elsewhere is None
