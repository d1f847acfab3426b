"""IATI activities of any version as rows: one an activity, its sectors, places and organisations kept as lists."""

from collections import Counter
from pathlib import Path
from typing import Any

from data.errors import TableError
from data.exchange.activity import Activity
from data.exchange.iati_reading import ACTIVITY, read_iati
from data.imports.formats.xml_text import local, parsed
from data.imports.sheet import Asked, FileRefused, Row, Sheet, hold

COLUMNS = (
    *("external_id", "title_fr", "title_ar", "title_en", "description_fr", "description_ar", "description_en"),
    *("status", "start_date", "end_date", "sectors", "places", "organisations", "amount", "currency", "amount_year"),
    *("beneficiaries_said", "source_url", "source_date"),
)
LANGUAGES = ("fr", "ar", "en")


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read the activities.

    Raises
    ------
    FileRefused
        As XML is, and `no_activities`.
    """
    content = path.read_bytes()
    root = parsed(content)
    if not any(local(element) == ACTIVITY for element in (root, *root)):
        raise FileRefused("no_activities")
    try:
        activities = read_iati(content)
    except (TableError, ValueError, LookupError, AttributeError) as error:
        raise FileRefused("xml_damaged", type(error).__name__) from error
    hold(len(activities), len(COLUMNS))
    rows = [Row(number, [_cell(one, name) for name in COLUMNS]) for number, one in enumerate(activities, 1)]
    return [Sheet(asked.name, "iati", COLUMNS, rows, {"version": root.get("version", "")}, _notes(activities))]


def _notes(activities: list[Activity]) -> list[tuple[str, str]]:
    """Say which languages the atlas has no column for."""
    others = Counter(
        language
        for activity in activities
        if activity.title and not any(activity.title.get(one) for one in LANGUAGES)
        for language in activity.title
    )
    said = ", ".join(f"{language} ({count})" for language, count in others.most_common())
    return [("other_language", said)] if said else []


def _cell(activity: Activity, name: str) -> Any:
    if name == "external_id":
        return activity.identifier
    kind, _, language = name.partition("_")
    if kind in ("title", "description"):
        said = getattr(activity, kind)
        other = next((text for code, text in said.items() if code not in LANGUAGES), None)
        return said.get(language) or (
            other if language == LANGUAGES[0] and not any(said.get(one) for one in LANGUAGES) else None
        )
    if name == "sectors":
        return [vars(one) for one in activity.sectors]
    if name == "places":
        return [{**vars(one)} for one in activity.places]
    if name == "organisations":
        return [{**vars(one)} for one in activity.bodies]
    return getattr(activity, name)
