"""IATI activities of any version as rows: one an activity, its sectors, places and organisations kept as lists."""

from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from data.errors import TableError
from data.exchange.activity import Activity
from data.exchange.iati_codes import ROLE_WORD, STATUS_WORD, TRANSACTION_COMMITMENT
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
    return [
        Sheet(
            asked.name,
            "iati",
            COLUMNS,
            rows,
            {"version": root.get("version", "")},
            [*_notes(activities), *_left_out(root)],
        )
    ]


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


def _left_out(root: Element) -> list[tuple[str, str]]:
    """Count the activities of which something has no place here: an amount is what was committed, and nothing else."""
    counted: Counter[str] = Counter()
    for activity in (one for one in (root, *root) if local(one) == ACTIVITY):
        parts = [(local(child), child) for child in activity]
        kinds = [_code(child, "transaction-type") for name, child in parts if name == "transaction"]
        committed = sum(kind in TRANSACTION_COMMITMENT for kind in kinds)
        counted["no_commitment"] += not committed and (bool(kinds) or any(name == "budget" for name, _ in parts))
        counted["commitments_added"] += committed > 1
        roles = [child.get("role", "").strip().capitalize() for name, child in parts if name == "participating-org"]
        counted["roles_left_out"] += any(role not in ROLE_WORD for role in roles)
        counted["status_left_out"] += _code(activity, "activity-status") not in ("", *STATUS_WORD)
    return [(code, str(count)) for code, count in counted.items() if count]


def _code(element: Element, name: str) -> str:
    return next((child.get("code") or "" for child in element if local(child) == name), "")


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
