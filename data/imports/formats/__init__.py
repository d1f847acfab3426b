"""The formats of files, each with `read(path, asked)`; recognised by their first bytes, never by name."""

import re
import zipfile
from importlib import import_module
from pathlib import Path

from data.imports.formats import archive
from data.imports.sheet import Asked, FileRefused, Sheet

HEAD = 65_536
UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
OLD_WORKBOOK = ("\0Workbook\0", "\0Book\0")
SPREADSHEET = b"opendocument.spreadsheet"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
"""The part of an old container in which Excel locks a workbook away."""
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_DBF = re.compile(
    rb"[\x03\x30-\x32\x43\x83\x8b\xf5][\x00-\xff][\x01-\x0c][\x01-\x1f][\x00-\xff]{4}[\x00-\xff]\x00", re.DOTALL
)
"""Kind, date of the last change (year, month, day), number of rows, a head shorter than 256 bytes or a multiple."""
REFUSED = {
    b"%PDF": "pdf",
    b"\x1f\x8b": "compressed",
    b"Rar!": "compressed",
    b"7z\xbc\xaf": "compressed",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"\x80\x02": "pickle",
    b"\x80\x03": "pickle",
    b"\x80\x04": "pickle",
    b"\x80\x05": "pickle",
    b"PAR1": "parquet",
    b"\x7fELF": "program",
    b"MZ": "program",
    b"{\\rtf": "word_processor",
    b"\x00\x00\x27\x0a": "shapefile_alone",
}
"""First bytes of files that people do send, and the reason said to them."""


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read a file, whatever its format.

    Raises
    ------
    FileRefused
        It is of no format we read, is damaged, or asks for more than a file may.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        raise FileRefused("empty")
    name = recognise(path, head)
    sheets: list[Sheet] = import_module(f"data.imports.formats.{name}").read(path, asked)
    if not any(sheet.rows for sheet in sheets):
        raise FileRefused("no_rows")
    return sheets


def recognise(path: Path, head: bytes) -> str:
    """Return the module that reads a file, by its first bytes.

    Raises
    ------
    FileRefused
        None does.
    """
    for start, reason in REFUSED.items():
        if head.startswith(start):
            raise FileRefused(reason)
    if head.startswith(OLD_CONTAINER):
        return _old(path.read_bytes())
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(b"SQLite format 3\x00"):
        return "geopackage"
    if _DBF.match(head):
        raise FileRefused("shapefile_alone")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if wide := UTF_16.get(head[:2]):
        start = head[2:].decode(wide, "ignore").encode().lstrip()
    if start.startswith((b"{", b"[", b"\x1e{")):
        return "geojson"
    if start.startswith(b"<") or b"<\x00?\x00" in head[:8] or b"\x00<\x00?" in head[:8]:
        return _xml(start)
    return "delimited"


def _old(content: bytes) -> str:
    """Tell an old workbook from what else such a container holds: letters, messages, workbooks locked away."""
    if PROTECTED in content:
        raise FileRefused("password")
    if not any(name.encode("utf-16-le") in content for name in OLD_WORKBOOK):
        raise FileRefused("old_office")
    return "other_workbook"


def _zipped(path: Path) -> str:
    names = [name.casefold() for name in archive.checked(path)]
    if any(name.endswith((".shp", ".dbf")) for name in names):
        return "shapefile"
    if "xl/workbook.bin" in names:
        return "other_workbook"
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return "workbook"
    if any(name.endswith(".kml") for name in names):
        return "kml"
    if "mimetype" in names and any(name == "content.xml" for name in names):
        if SPREADSHEET in archive.member(path, "mimetype"):
            return "other_workbook"
        raise FileRefused("open_document")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise FileRefused("word_processor")
    with zipfile.ZipFile(path) as zipped:
        raise FileRefused("unknown_archive", ", ".join(zipped.namelist()[:3]))


def _xml(head: bytes) -> str:
    """Recognise a document by the first of its elements that we know."""
    text = head.replace(b"\x00", b"").lower()
    if b"<!doctype html" in text:
        raise FileRefused("web_page")
    for element in _ROOT.findall(text):
        if element in (b"iati-activities", b"iati-activity"):
            return "iati"
        if element in (b"kml", b"document", b"placemark"):
            return "kml"
        if element in (b"html", b"body"):
            raise FileRefused("web_page")
        if element in (b"iati-organisations", b"workbook", b"gpx", b"rss", b"svg"):
            break
    raise FileRefused("unknown_xml")
