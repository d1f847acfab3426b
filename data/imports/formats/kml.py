"""KML and KMZ: one row a placemark, wherever its folder; what it links to is never followed."""

import html
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from data.imports.formats import archive
from data.imports.formats.features import Feature, sheet_of
from data.imports.formats.geometry import NOWHERE, Where
from data.imports.formats.xml_text import local, parsed
from data.imports.sheet import Asked, FileRefused, Sheet

TEXTS = ("name", "description", "address")
FOLDER = "folder"
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_MARK = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read the placemarks; a KMZ gives a sheet for each document in it.

    Raises
    ------
    FileRefused
        As archives and XML are, and `no_placemarks`.
    """
    with path.open("rb") as stream:
        is_zip = stream.read(2) == b"PK"
    if not is_zip:
        return [_sheet(asked.name, path.read_bytes())]
    names = [name for name in archive.checked(path) if name.casefold().endswith(".kml")]
    if len(names) == 1:
        return [_sheet(asked.name, archive.member(path, names[0]))]
    return [_sheet(PurePosixPath(name).name, archive.member(path, name)) for name in names]


def _sheet(name: str, content: bytes) -> Sheet:
    root = parsed(content)
    placemarks = list(_placemarks(root, ()))
    if not placemarks:
        raise FileRefused("no_placemarks")
    linked = sum(local(element) == "NetworkLink" for element in root.iter())
    marked = sum(
        _MARK.search(child.text or "") is not None
        for placemark, _ in placemarks
        for child in placemark
        if local(child) in TEXTS
    )
    counts = (("links_left_out", linked), ("markup_left_out", marked))
    notes = [(code, str(count)) for code, count in counts if count]
    return sheet_of(name, "kml", _rows(placemarks), facts={"crs": "EPSG:4326"}, notes=notes)


def _placemarks(element: Element, folders: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Yield each placemark with the names of the folders it lies in, the outermost first."""
    for child in element:
        if local(child) == "Placemark":
            yield child, folders
        elif len(child):
            name = next((_text(one) for one in child if local(one) == "name"), "") if local(child) == "Folder" else ""
            yield from _placemarks(child, (*folders, name) if name else folders)


def _rows(placemarks: list[tuple[Element, tuple[str, ...]]]) -> Iterator[Feature]:
    for number, (placemark, folders) in enumerate(placemarks, 1):
        told: dict[str, object] = {}
        for child in placemark:
            if local(child) in TEXTS:
                told[local(child)] = without_markup(_text(child))
        for data in placemark.iter():
            if local(data) in ("Data", "SimpleData") and (name := data.get("name")):
                told[name] = _text(next((one for one in data if local(one) == "value"), data))
        if identifier := placemark.get("id"):
            told.setdefault("id", identifier)
        if folders:
            told.setdefault(FOLDER, " / ".join(folders))
        yield number, told, _where(placemark), ""


def without_markup(text: str) -> str:
    r"""Return what a balloon of HTML says, its lines kept; a text without marks as it is.

    Examples
    --------
    >>> without_markup("<b>Puits</b><br>3,3&nbsp;MDH"), without_markup("débit < 5 l/s")
    ('Puits\n3,3\xa0MDH', 'débit < 5 l/s')
    """
    if not _MARK.search(text):
        return text
    bare = html.unescape(_MARK.sub("", _LINE_END.sub("\n", _UNSEEN.sub("", text))))
    lines = (" ".join(re.split(r"[ \t]+", line)).strip() for line in bare.splitlines())
    return "\n".join(line for line in lines if line)


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _where(placemark: Element) -> Where:
    points = [element for element in placemark.iter() if local(element) == "Point"]
    if not points:
        return NOWHERE
    found = []
    for point in points:
        # People put spaces behind the commas, where KML has none.
        said = _COMMA.sub(",", next((_text(child) for child in point if local(child) == "coordinates"), ""))
        parts = said.split(",")
        # Four parts are decimal commas: "-9,5,30,2" is -9.5 and 30.2, and KML would read the latitude 5.
        if len(parts) not in (2, 3) or len(said.split()) != 1:
            return Where(problem="no_coordinates" if not said else "bad_geometry")
        try:
            found.append((float(parts[0]), float(parts[1])))
        except ValueError:
            return Where(problem="bad_geometry")
    distinct = list(dict.fromkeys(found))
    return Where(*distinct[0]) if len(distinct) == 1 else Where(problem="several_points")
