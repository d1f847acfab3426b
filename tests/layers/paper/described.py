"""What a PDF says about itself, as its readers and catalogues read it."""

import io
from typing import Any

from pypdf import PdfReader


def described(content: bytes) -> dict[str, Any]:
    """Return title, author, language and direction of a PDF, and whether its XMP says the same."""
    read = PdfReader(io.BytesIO(content))
    root, facts, xmp = read.root_object, read.metadata, read.xmp_metadata
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (xmp.dc_title["x-default"], xmp.dc_creator, xmp.dc_language) == (
        facts.title,
        [facts.author],
        [root["/Lang"]],
    )
    return {
        "title": facts.title,
        "author": facts.author,
        "language": root["/Lang"],
        "from_right": root["/ViewerPreferences"].get("/Direction") == "/R2L",
    }
