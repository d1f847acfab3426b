"""KML and KMZ: placemarks with their names, extended data and points."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from data.imports.formats.features import WGS84, Feature, feature_sheet, position
from data.imports.limits import MOST_ROWS
from data.imports.sheet import FileRefused, ReadFile

_SAID = ("name", "description", "address")
_KINDS = ("Point", "LineString", "Polygon", "MultiGeometry", "LinearRing", "Model", "Track")


def read_kml(content: bytes) -> ReadFile:
    """Read the placemarks of a KML file: name, description, extended data, the point.

    Raises
    ------
    FileRefused
        It is no XML, has a document type or entities, or no placemark.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise FileRefused("damaged_xml", str(error)[:200]) from error
    features: list[tuple[int, Feature]] = []
    for number, placemark in enumerate(_named(root, "Placemark"), 1):
        if number > MOST_ROWS:
            raise FileRefused("too_many_rows", str(MOST_ROWS))
        attributes = {_tag(child): (child.text or "").strip() for child in placemark if _tag(child) in _SAID}
        for data in _named(placemark, "Data"):
            values = [(one.text or "").strip() for one in data if _tag(one) == "value"]
            attributes[data.get("name", "")] = values[0] if values else ""
        attributes |= {one.get("name", ""): (one.text or "").strip() for one in _named(placemark, "SimpleData")}
        kind = next((_tag(child) for child in placemark.iter() if _tag(child) in _KINDS), "")
        at = None
        if kind == "Point":
            written = next((child.text or "" for child in _named(placemark, "coordinates")), "")
            at = position(written.strip().split(","))
        features.append((number, (attributes, kind, at)))
    return ReadFile("kml", (feature_sheet("", features, []),), {"crs": f"EPSG:{WGS84}"})


_SAID = ("name", "description", "address")
_KINDS = ("Point", "LineString", "Polygon", "MultiGeometry", "LinearRing", "Model", "Track")


def read_kmz(content: bytes) -> ReadFile:
    """Read the KML inside a KMZ."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = [name for name in archive.namelist() if name.lower().endswith(".kml")]
        if not inside:
            raise FileRefused("kmz_without_kml")
        return read_kml(archive.read(inside[0]))


def _named(element: Element, tag: str) -> Iterator[Element]:
    return (child for child in element.iter() if _tag(child) == tag)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


# GeoPackage ---------------------------------------------------------------------------------------------------
