"""Which part of a workbook holds which sheet, as the list of its relations says."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

FOLDER = "xl/"


def targets(relations: Element) -> Mapping[str, str]:
    """Return the parts by the identifier of their relation, their names in small letters."""
    told = {}
    for one in relations:
        target = one.get("Target", "")
        whole = target.removeprefix("/") if target.startswith("/") else FOLDER + target.removeprefix("./")
        told[one.get("Id", "")] = whole.casefold()
    return told
