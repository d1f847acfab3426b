"""Files that harm, made anew by each test: no foreign file lies in the repository."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

GEOJSON_HEAD = '{"type": "FeatureCollection", "features": ['
KML = '<?xml version="1.0" encoding="UTF-8"?>{doctype}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))


def zipped(files: Mapping[str, bytes], *, compressed: bool = True) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return content.getvalue()


def zip_bomb() -> bytes:
    return zipped({"doc.kml": b" " * 250_000_000})


def zip_that_lies() -> bytes:
    """Make an archive whose list of contents says 10 bytes where there are many more."""
    content = zipped({"doc.kml": b"<kml>" + b" " * 1_000_000})
    at = content.index(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", 10) + content[at + 28 :]


def zip_link() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        entry = zipfile.ZipInfo("doc.kml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return content.getvalue()


def vrt(target: str) -> bytes:
    layer = f'<OGRVRTLayer name="x"><SrcDataSource>{target}</SrcDataSource></OGRVRTLayer>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode()


def gdalg(target: str) -> bytes:
    command = f"gdal vector pipeline ! read {target} ! write --of stream streamed"
    return json.dumps({"type": "gdal_streamed_alg", "command_line": command}).encode()


def wfs(target: str) -> bytes:
    return f"<OGRWFSDataSource><URL>{target}</URL></OGRWFSDataSource>".encode()


def geopackage(folder: Path, statements: list[str], *, listed: str = "projects", rows: int = 0) -> bytes:
    path = folder / "made.gpkg"
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)")
    base.execute("INSERT INTO gpkg_contents VALUES (?, 'features')", (listed,))
    for statement in statements:
        base.execute(statement)
    for number in range(rows):
        base.execute(f"INSERT INTO {listed} (id, title) VALUES (?, ?)", (number, f"Projet {number}"))  # noqa: S608 - of ours
    base.commit()
    base.close()
    return path.read_bytes()


def nested_wkb(levels: int) -> bytes:
    head = struct.pack("<BII", 1, 7, 1)
    return b"GP\x00\x01\x00\x00\x00\x00" + head * levels + struct.pack("<BII", 1, 7, 0)


def deep_geopackage(folder: Path) -> bytes:
    geometry = (
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)",
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id, definition)",
        "INSERT INTO gpkg_geometry_columns VALUES ('projects', 'geom', 4326)",
        "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326, 'x')",
        "CREATE TABLE projects (id INTEGER, title TEXT, geom BLOB)",
        f"INSERT INTO projects VALUES (1, 'Puits', x'{nested_wkb(20_000).hex()}')",  # noqa: S608 - of ours
    )
    return geopackage(folder, list(geometry))


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def workbook_with(part: str, body: str) -> bytes:
    """Make a workbook of which one part is replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook([["titre", "commune"], ["a", "b"]]))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**files, part: body.encode()})


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{said}<sheetData>{rows}</sheetData></worksheet>'


def far_cell() -> bytes:
    rows = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    said = '<dimension ref="A1:XFD1048576"/>'
    return workbook_with("xl/worksheets/sheet1.xml", SHEET.format(said=said, rows=rows))


def entity_workbook() -> bytes:
    body = "<!DOCTYPE x [" + BOMB + "]>" + SHEET.format(said="", rows="<row><c><v>&a9;</v></c></row>")
    return workbook_with("xl/worksheets/sheet1.xml", body)


def dbf(fields: list[tuple[str, int, bytes]], rows: list[list[bytes]]) -> bytes:
    length = 1 + sum(width for _, width, _ in fields)
    head = struct.pack("<B3BIHH20x", 3, 124, 1, 1, len(rows), 33 + 32 * len(fields), length)
    said = b"".join(struct.pack("<11sc4xB15x", name.encode(), kind, width) for name, width, kind in fields)
    body = b"".join(
        b" " + b"".join(cell.ljust(width)[:width] for cell, (_, width, _) in zip(row, fields, strict=True))
        for row in rows
    )
    return head + said.ljust(32 * len(fields)) + b"\r" + body + b"\x1a"


def points(positions: list[tuple[float, float]]) -> tuple[bytes, bytes]:
    """Return the parts .shp and .shx of points."""

    def head(length: int) -> bytes:
        return struct.pack(">i20xi", 9994, length // 2) + struct.pack("<ii8d", 1000, 1, -10, 30, -9, 31, 0, 0, 0, 0)

    body = b"".join(
        struct.pack(">ii", number, 10) + struct.pack("<idd", 1, *position)
        for number, position in enumerate(positions, 1)
    )
    index = b"".join(struct.pack(">ii", 50 + 14 * number, 10) for number in range(len(positions)))
    return head(100 + len(body)) + body, head(100 + len(index)) + index


PRJ = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
)


def shapefile(*, encoding: str = "cp1256", cpg: bytes | None = None, without: str = "", cut: str = "") -> bytes:
    rows = [
        [b"1", "تزويد الدوار بالماء الشروب".encode(encoding)],
        [b"2", "مدرسة القرية".encode(encoding)],
    ]
    shp, shx = points([(-8.2, 30.7), (-8.3, 30.6)])
    parts = {
        ".shp": shp,
        ".shx": shx,
        ".dbf": dbf([("ID", 10, b"C"), ("TITRE_AR", 60, b"C")], rows),
        ".prj": PRJ.encode(),
    }
    if cpg:
        parts[".cpg"] = cpg
    parts = {name: body[: len(body) - 30] if name == cut else body for name, body in parts.items() if name != without}
    return zipped({f"carte/projets{name}": body for name, body in parts.items()})
