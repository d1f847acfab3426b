"""Names of what a record's fields may hold: places with their level and what contains them, bodies, lists of codes."""

from data.texts import Texts
from geo.spelling import dotted
from pages.ui.knowledge import Knowledge


def place(know: Knowledge, code: str, t: Texts) -> str:
    """Name a territory so that namesakes differ: its name, its level, what contains it."""
    if code not in know.territories:
        return code
    above = know.territories.parent_of(code)
    said = [know.territories.name(code, t.language), t(f"level.{know.territories.level_of(code)}")]
    return " · ".join([*said, know.territories.name(above, t.language)] if above else said)


def place_offered(know: Knowledge, code: str, t: Texts) -> str:
    """Name a territory in a list one types in: with its official code too, found as it is written and without points.

    Examples
    --------
    `Tabia · commune rurale · Taroudannt · 09.541.07.23.`
    """
    return f"{place(know, code, t)} · \u2066{dotted(code)}\u2069"


def body(know: Knowledge, code: str, t: Texts) -> str:
    """Name an organisation in the language, in French where it has no name in it."""
    if code not in know.organisations.index:
        return code
    return know.organisation_name(code, t)


def reason_label(status: str, t: Texts) -> str:
    """Return what stands before the reason for which an entry has a status: it came back to be mended, or it left."""
    return t("record.reason" if status == "returned" else "record.why")
