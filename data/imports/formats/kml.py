"""KML and KMZ: one row a placemark, wherever its folder; what it links to is never followed."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from data.imports.formats import archive
from data.imports.formats.features import Feature, sheet_of
from data.imports.formats.geometry import NOWHERE, Where
from data.imports.formats.xml_text import local, parsed
from data.imports.sheet import Asked, FileRefused, Sheet

TEXTS = ("name", "description", "address")


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read the placemarks.

    Raises
    ------
    FileRefused
        As archives and XML are, and `no_placemarks`.
    """
    with path.open("rb") as stream:
        is_zip = stream.read(2) == b"PK"
    content = path.read_bytes()
    if is_zip:
        names = [name for name in archive.checked(path) if name.casefold().endswith(".kml")]
        content = archive.member(path, "doc.kml" if "doc.kml" in names else names[0])
    root = parsed(content)
    placemarks = [element for element in root.iter() if local(element) == "Placemark"]
    if not placemarks:
        raise FileRefused("no_placemarks")
    linked = sum(local(element) == "NetworkLink" for element in root.iter())
    notes = [("links_left_out", str(linked))] if linked else []
    return [sheet_of(asked.name, "kml", _rows(placemarks), facts={"crs": "EPSG:4326"}, notes=notes)]


def _rows(placemarks: list[Element]) -> Iterator[Feature]:
    for number, placemark in enumerate(placemarks, 1):
        told: dict[str, object] = {}
        for child in placemark:
            if local(child) in TEXTS:
                told[local(child)] = "".join(child.itertext()).strip()
        for data in placemark.iter():
            if local(data) in ("Data", "SimpleData") and (name := data.get("name")):
                told[name] = "".join(data.itertext()).strip()
        if identifier := placemark.get("id"):
            told.setdefault("id", identifier)
        yield number, told, _where(placemark), ""


def _where(placemark: Element) -> Where:
    points = [element for element in placemark.iter() if local(element) == "Point"]
    if not points:
        return NOWHERE
    found = []
    for point in points:
        said = next(("".join(child.itertext()).strip() for child in point if local(child) == "coordinates"), "")
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
