"""Organisations and sectors named in a cell: by code or a known spelling, else by the words of the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from data.imports.answers import Answers, answers_to
from data.imports.digits import words
from data.imports.outcome import Outcome, Unreadable, Value

_SHARE = re.compile(r"^(.*?)[ (:]*(\d{1,3}(?:[.,]\d+)?) ?%\)?$")
WHOLE = 100.0
UNKNOWN = "unknown_sector"
NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True)
class Names:
    """Known names, folded → code.

    Attributes
    ----------
    sectors, organisations
        Spellings of the catalogue, the texts and the register.
    projects
        Codes of the shipped register.
    purposes
        Sectors by the beginnings of the OECD's purpose codes.
    """

    sectors: Mapping[str, str]
    organisations: Mapping[str, str]
    projects: frozenset[str] = frozenset()
    purposes: Mapping[str, str] = field(default_factory=dict)

    def bodies(self, cell: Any, role: str) -> list[dict[str, Any]]:
        """Return the participations a cell names, in one role; a name nobody knows is kept as it is written."""
        if isinstance(cell, list):
            return [
                self._body(str(one.get("code") or ""), str(one.get("name") or ""), str(one["role"])) for one in cell
            ]
        parts = [part.strip() for part in re.split(r"[;\n|]", str(cell))]
        return [self._body(part, part, role) for part in dict.fromkeys(parts) if part]

    def read_sectors(self, cell: Any, answers: Answers = NO_ANSWERS) -> Outcome:
        """Return the sectors a cell names, with their shares where it gives them; `unknown_sector` names the first.

        Parameters
        ----------
        answers
            What somebody said that unknown words and purpose codes mean.
        """
        if isinstance(cell, list):
            return self._listed(cell, answers)
        text = str(cell)
        whole = self.sectors.get(words(text))
        parts = [text] if whole else [part for part in re.split(r"[;,\n|/+]", text) if part.strip()]
        found: list[dict[str, Any]] = []
        for part in parts:
            share = _SHARE.fullmatch(words(part))
            name = share[1].strip() if share else words(part)
            code = self.sectors.get(name) or self._said(name, answers)
            if code is None:
                return Unreadable(UNKNOWN, name[:80] if share else part.strip()[:80])
            if code not in [one["sector_code"] for one in found]:
                told = {"share_pct": float(share[2].replace(",", "."))} if share else {}
                found.append({"sector_code": code, **told})
        return Value(found) if found else Unreadable(UNKNOWN, text[:80])

    def _said(self, word: str, answers: Answers) -> str | None:
        return next((code for code in answers_to(answers, "sectors", word) if code in self.sectors.values()), None)

    def _listed(self, cell: list[Any], answers: Answers) -> Outcome:
        shares: dict[str, float | None] = {}
        note = ""
        for one in cell:
            said = [str(one.get(name) or "") for name in ("code", "dac_code", "label")]
            code = next((self.sectors[words(name)] for name in said if words(name) in self.sectors), None)
            if code is None and (code := self._sector_of_purpose(said[1])):
                note = "sector_of_purpose"
            word = next(filter(None, said), "")[:80]
            code = code or self._said(word, answers)
            if code is None:
                return Unreadable(UNKNOWN, word)
            share = one.get("share_pct")
            before = shares.get(code)
            shares[code] = share if before is None else before + (share or 0.0)
        known = [share for share in shares.values() if share is not None]
        complete = len(known) == len(shares) and abs(sum(known) - WHOLE) <= len(known) / 100
        if known and not complete:
            note = "shares_left_out"
        return Value(
            [{"sector_code": code, **({"share_pct": share} if complete else {})} for code, share in shares.items()],
            note,
        )

    def _sector_of_purpose(self, code: str) -> str | None:
        starts = (code[:length] for length in range(len(code), 1, -1))
        return next((self.purposes[start] for start in starts if start in self.purposes), None)

    def _body(self, code: str, name: str, role: str) -> dict[str, Any]:
        found = self.organisations.get(words(code)) or self.organisations.get(words(name))
        return {"organisation_code": found, "role": role} if found else {"organisation_name": name[:300], "role": role}
