"""Shapefiles in a zip, read by GDAL with every other driver skipped (`data.imports.child`)."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import pyogrio

from data.imports.formats.features import WGS84, Feature, degrees, epsg_of, feature_sheet
from data.imports.formats.tabular import encoding_of
from data.imports.limits import MOST_ROWS
from data.imports.sheet import FileRefused, ReadFile

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED = (".shx", ".dbf", ".prj")
DBF_HEADER_BYTES = 32


def read_shapefile(content: bytes) -> ReadFile:
    """Read the one shapefile of a zip; its parts are taken out one by one, under names of ours.

    Raises
    ------
    FileRefused
        A part is missing (named), there are several, or GDAL cannot read it.
    """
    with tempfile.TemporaryDirectory() as folder:
        encoding = _take_out(content, Path(folder))
        try:
            frame = pyogrio.read_dataframe(
                Path(folder) / "upload.shp", encoding=encoding, max_features=MOST_ROWS + 1, use_arrow=False
            )
        except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, ValueError) as error:
            raise FileRefused("damaged", str(error)[:200]) from error
    if len(frame) > MOST_ROWS:
        raise FileRefused("too_many_rows", str(MOST_ROWS))
    crs = epsg_of(frame.crs) if frame.crs is not None else WGS84
    features: list[tuple[int, Feature]] = []
    lost: list[tuple[int, str]] = []
    names = [name for name in frame.columns if name != frame.geometry.name]
    for number, (values, geometry) in enumerate(zip(frame[names].to_dict("records"), frame.geometry, strict=True), 1):
        if geometry is None:
            lost.append((number, "geometry_damaged"))
            continue
        point = geometry.geom_type == "Point" and not geometry.is_empty
        at = (float(geometry.x), float(geometry.y)) if point else None
        given = {str(name): value for name, value in values.items() if value == value}  # noqa: PLR0124 - NaN
        features.append((number, (given, geometry.geom_type, degrees(at, crs))))
    facts = {"crs": f"EPSG:{crs}", "encoding": encoding or ""}
    return ReadFile("shp", (feature_sheet("", features, lost),), facts)


def _take_out(content: bytes, folder: Path) -> str | None:
    """Write the parts of the shapefile into a folder, and return the encoding of its texts where it does not say."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = {name.lower(): name for name in archive.namelist() if not name.startswith("__MACOSX")}
        shapes = [name for name in names if name.endswith(".shp")]
        if len(shapes) != 1:
            raise FileRefused("shapefiles", str(len(shapes)))
        stem = shapes[0].removesuffix(".shp")
        if missing := [part for part in NEEDED if stem + part not in names]:
            raise FileRefused("shapefile_parts", ", ".join(missing))
        for part in PARTS:
            if stem + part in names:
                (folder / f"upload{part}").write_bytes(archive.read(names[stem + part]))
    if (folder / "upload.cpg").exists():
        return None
    # Without a code page, GDAL would take Arabic for French: the same guess as for CSV.
    return encoding_of((folder / "upload.dbf").read_bytes()[DBF_HEADER_BYTES:]).removesuffix("-sig")
