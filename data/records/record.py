"""One record, as read from the store."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

STATUSES = ("draft", "submitted", "validated", "returned", "withdrawn", "merged")
"""The life of a record."""
PUBLISHED = "validated"
"""The status that publishes a content; it stays published while a later one is drafted, submitted or returned."""
WITHDRAWING = ("withdrawn", "merged")
"""Statuses that end it."""

PICTURE_ID = r"pic-[0-9a-f]{16}-[0-9a-f]{64}"
"""How a picture is called: what nobody can guess, then the digest of its bytes."""

Content = Mapping[str, Any]
"""What a record says, by field of its kind (`data/catalog/records.toml`): JSON values, amounts as decimal texts."""


@dataclass(frozen=True)
class Record:
    """What somebody entered, at one version.

    Attributes
    ----------
    record_id
        Made by the atlas, never reused.
    version
        1 when added, one more with each change: a change names the version it was made from.
    published_content
        What the public sees of it: the content last validated, while a later one waits; None when it is not published.
    organisation_code
        The organisation in whose name it was entered; None for none.
    origin, external_id
        Where an imported record comes from and its identifier there; together they are unique.
    content_hash
        Digest of the content: two records that say the same have the same one.
    reason
        Why it was returned or withdrawn, in words; None otherwise.
    merged_into
        The record that took its place.
    created_at, updated_at
        UTC, ISO 8601.
    """

    record_id: str
    kind: str
    status: str
    version: int
    content: Content
    content_hash: str
    published_content: Content | None
    organisation_code: str | None
    origin: str
    external_id: str | None
    reason: str | None
    merged_into: str | None
    created_by: str
    created_at: str
    updated_by: str
    updated_at: str

    @property
    def territory_codes(self) -> tuple[str, ...]:
        """Official codes of the places it names, each once, in order."""
        return tuple(dict.fromkeys(place["territory_code"] for place in places_of(self.content)))


@dataclass(frozen=True)
class Change:
    """One record to be added, or changed when `record_id` and `version` name an existing one."""

    kind: str
    content: Content
    status: str = "draft"
    record_id: str | None = None
    version: int | None = None
    origin: str = "form"
    external_id: str | None = None
    organisation_code: str | None = None


@dataclass(frozen=True)
class Applied:
    """What became of many changes: records created, updated, left as they were, and those refused (position, why)."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[tuple[int, str], ...]


def canonical(content: object) -> str:
    """Write JSON the one way in which it is hashed: keys in order, no spaces.

    Raises
    ------
    TypeError
        Something that is no JSON value, NaN and infinities included.
    """
    _refuse_what_is_no_number(content)
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()


def content_hash(content: Content) -> str:
    """Return the digest of a content.

    Examples
    --------
    >>> content_hash({"a": 1, "b": "2"}) == content_hash({"b": "2", "a": 1})
    True
    """
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def places_of(content: Content) -> Iterator[Mapping[str, Any]]:
    """Yield the places a content names by an official code: its list of places, and its own territory."""
    if code := content.get("territory_code"):
        yield {"territory_code": code, "lon": content.get("lon"), "lat": content.get("lat")}
    places = content.get("places")
    for place in places if isinstance(places, list) else []:
        if isinstance(place, Mapping) and place.get("territory_code"):
            yield place


def places_of_record(content: Content, published: Content | None) -> Iterator[Mapping[str, Any]]:
    """Yield the places a record names now, then those that only what is published of it names."""
    now = list(places_of(content))
    yield from now
    codes = {place["territory_code"] for place in now}
    yield from (place for place in places_of(published or {}) if place["territory_code"] not in codes)


def pictures_of(content: Content) -> Iterator[Mapping[str, Any]]:
    """Yield the pictures of the store that a content, or a chapter of it, shows: `picture`, and perhaps `caption`."""
    for name in ("pictures", "chapters"):
        entries = content.get(name)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, Mapping) and re.fullmatch(PICTURE_ID, str(entry.get("picture"))):
                yield entry


def _refuse_what_is_no_number(value: object) -> None:
    # orjson writes NaN as null: a figure nobody could read back would pass for "missing".
    if isinstance(value, float) and value - value != 0:
        raise TypeError(f"{value} is no JSON number")
    inside: Iterable[object] = ()
    if isinstance(value, Mapping):
        inside = value.values()
    elif isinstance(value, list | tuple):
        inside = value
    for part in inside:
        _refuse_what_is_no_number(part)


def as_published(record: Record) -> Record:
    """Return a record as the public sees it: with the content last validated, and its digest."""
    if record.status == PUBLISHED:  # what was validated is what is published, and its digest is known
        return record
    content = record.published_content or {}
    return replace(record, content=content, content_hash=content_hash(content))
