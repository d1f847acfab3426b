"""Stories as files: one JSON that holds words, views and pictures, ours and those that others bring.

A file from elsewhere is foreign: its size, its depth, its texts and its pictures are checked before anything of it is
kept; pictures are drawn anew, so that nothing else travels inside them.
"""

import base64
import binascii
import hashlib
import re
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from data.errors import AtlasError
from data.imports.sandbox import read_picture
from data.imports.sheet import FileRefused
from data.records.contract import FieldProblem, check

FOLDER = Path(__file__).parent / "stories"
FORMAT, VERSION = "atlas_story", 1
MOST_BYTES = 20_000_000
MOST_PICTURE_BYTES = 8_000_000
MOST_PICTURES, MOST_REMEMBERED = 60, 2_000
PICTURE_NAME = r"[\w .()-]{1,100}"
_drawn: dict[str, bool] = {}
"""Digests of pictures drawn here, the newest last. Visitors' sessions are threads: who writes holds the lock."""
_drawn_lock = threading.Lock()


class StoryFileError(AtlasError, ValueError):
    """A file that is no story the atlas can open; nothing of it was kept.

    Attributes
    ----------
    reason
        Code of the cause (`stories.file.<reason>` in the texts): too_big, not_json, not_a_story, newer, contract,
        picture, too_many_pictures.
    value
        What was found.
    problems
        For `contract`: every field that breaks its rule.
    """

    def __init__(self, reason: str, value: str = "", problems: Sequence[FieldProblem] = ()) -> None:
        self.reason, self.value, self.problems = reason, value, list(problems)
        super().__init__(f"story file: {reason} {value}".strip())


@lru_cache
def shipped() -> Mapping[str, Mapping[str, Any]]:
    """Return the contents of the stories that come with the atlas, by their code.

    Raises
    ------
    StoryFileError
        One of them breaks the contract.
    """
    return {path.stem: read(path.read_bytes())[0] for path in sorted(FOLDER.glob("*.json"), reverse=True)}


def read(body: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the content of a story file, as a record of kind `story` holds it, and its pictures by name.

    A picture that a chapter names and the file lacks is no error: the chapter says that it is missing.

    Raises
    ------
    StoryFileError
        The file is no story, is too large, or a text or picture of it breaks a rule.
    """
    if len(body) > MOST_BYTES:
        raise StoryFileError("too_big", f"{len(body) / 1e6:.0f}")
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise StoryFileError("not_json", str(error.lineno)) from error
    if not isinstance(sent, dict) or FORMAT not in sent:
        raise StoryFileError("not_a_story")
    version = sent.pop(FORMAT)
    if version != VERSION:
        raise StoryFileError("newer", str(version)[:20])
    pictures = _pictures(sent.pop("pictures", None) or {})
    if problems := check("story", sent, {}):
        raise StoryFileError("contract", problems[0].value, problems)
    return sent, pictures


def write(content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """Return the file of a story; `read` gives the same content back. The same story gives the same bytes."""
    held = {name: base64.b64encode(picture).decode() for name, picture in sorted(pictures.items())}
    body = {FORMAT: VERSION, **content, **({"pictures": held} if held else {})}
    return orjson.dumps(body, option=orjson.OPT_INDENT_2)


def picture(body: bytes) -> bytes:
    """Return a picture drawn anew in a process of its own, at a size that suits a screen; nothing else of it stays.

    One that came out of here stays as it is, so that a story handed on does not fade.

    Raises
    ------
    StoryFileError
        It is no picture we read, too large, or damaged.
    """
    if len(body) > MOST_PICTURE_BYTES:
        raise StoryFileError("picture", f"{len(body) / 1e6:.0f} MB")
    if _digest(body) in _drawn:
        return body
    try:
        drawn = read_picture(body).body
    except FileRefused as error:
        raise StoryFileError("picture", error.reason) from error
    with _drawn_lock:
        _drawn[_digest(drawn)] = True
        while len(_drawn) > MOST_REMEMBERED:
            _drawn.pop(next(iter(_drawn)))
    return drawn


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _pictures(sent: Any) -> dict[str, bytes]:
    if not isinstance(sent, dict):
        raise StoryFileError("not_a_story")
    if len(sent) > MOST_PICTURES:
        raise StoryFileError("too_many_pictures", str(len(sent)))
    return {name: _decoded(name, text) for name, text in sent.items()}


def _decoded(name: str, text: Any) -> bytes:
    if not re.fullmatch(PICTURE_NAME, name) or not isinstance(text, str):
        raise StoryFileError("picture", name[:80])
    try:
        return picture(base64.b64decode(text, validate=True))
    except (binascii.Error, StoryFileError) as error:
        raise StoryFileError("picture", name[:80]) from error
