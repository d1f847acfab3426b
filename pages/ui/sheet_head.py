"""The head of the sheet of what has no page of its own in another language, nor sectors: a place, a match, a call."""

from typing import Any

from data.texts import Texts


def sheet_head(title: str, kind: str, t: Texts, *, note: str = "") -> dict[str, Any]:
    """Return the part of `sheet.html` over its sections: a title, what it is of, a remark beside."""
    return {
        "title": title,
        "original": "",
        "marks": [],
        "status": {"code": "place", "label": kind, "note": note},
        "labels": {"close": t("sheet.close")},
    }
