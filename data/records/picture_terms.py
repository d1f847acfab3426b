"""On what terms a picture is shown: whose it is, under which licence, and whether those on it agreed that it leaves."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from data.catalog import CATALOG_FOLDER

FILE = "picture_licences.toml"
CONSENTED = ("nobody", "agreed")
"""Answers to who can be recognised on a picture with which it may be passed on."""


@dataclass(frozen=True)
class Licence:
    """A licence as it is cited; `url` is empty for a picture that is shown in the atlas only."""

    name: str = ""
    url: str = ""


@lru_cache
def licences() -> Mapping[str, Licence]:
    """Return the licences a picture may have, by code, in the order in which they are offered."""
    read = tomllib.loads((CATALOG_FOLDER / FILE).read_text("utf-8"))
    return {code: Licence(**entry) for code, entry in read.items()}


def may_leave(entry: Mapping[str, Any]) -> bool:
    """Tell whether a picture may leave the atlas, by the API and in files.

    Parameters
    ----------
    entry
        What a record says of it: `credit`, `licence` and `people_shown`, each perhaps missing.

    Examples
    --------
    >>> may_leave({"credit": "Amina", "licence": "cc_by_4", "people_shown": "agreed"})
    True
    >>> may_leave({"credit": "Amina", "licence": "cc_by_4"})
    False
    """
    licence = licences().get(str(entry.get("licence")), Licence())
    return bool(entry.get("credit")) and bool(licence.url) and entry.get("people_shown") in CONSENTED
