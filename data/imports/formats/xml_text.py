"""XML taken apart with no document type and no entity, whoever wrote it."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from data.imports.sheet import FileRefused

DEEPEST = 60


def parsed(content: bytes) -> Element:
    """Return the root of a document.

    Raises
    ------
    FileRefused
        `doctype`, `xml_damaged` (naming the line), `xml_too_deep`.
    """
    try:
        root: Element = fromstring(content.lstrip(), forbid_dtd=True)  # a line above the declaration is a common slip
    except DefusedXmlException as error:
        raise FileRefused("doctype") from error
    except ParseError as error:
        raise FileRefused("xml_damaged", str(error.position[0])) from error
    except (ValueError, LookupError) as error:  # an encoding nobody knows, or not the one declared
        raise FileRefused("xml_damaged", "1") from error
    _hold_depth(root)
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _hold_depth(root: Element) -> None:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return
    raise FileRefused("xml_too_deep", str(DEEPEST))
