"""Which village does a name mean? In Arabic or Latin letters, in any usual spelling; namesakes are all shown."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from geo.boundaries import Territories
from geo.places import PREFIX_SCORE, SEARCH_RATIO, WORD_SCORE
from geo.spelling import code_digits, name_key, read_query, sound_key
from geo.villages import BoolArray, FloatArray, IntArray, Villages

SAME_SCORE = 100.0
SHORTEST_CODE = 4  # digits: fewer would match everywhere
KINDS = {name_key(word) for word in ("douar", "village", "دوار", "الدوار", "قرية")}
"""Words put before a name that most villages do not bear."""
CONTEXT_LEVELS = ("commune", "province")


@dataclass(frozen=True)
class VillageMatch:
    """One village a text may mean: its row in `Villages`, a score from 0 to 100, and the spelling that was met."""

    code: str
    row: int
    score: float
    matched_name: str


@dataclass(frozen=True)
class VillageIndex:
    """Every village name in both scripts, ready to be searched."""

    villages: Villages
    territories: Territories
    _names: tuple[str, ...]
    _owner: IntArray
    _keys: npt.NDArray[np.str_]
    _spaced: npt.NDArray[np.str_]
    _sounds: npt.NDArray[np.str_]

    @classmethod
    def of(cls, villages: Villages, territories: Territories) -> "VillageIndex":
        """Build the index."""
        named = [
            (row, name, name_key(name, joined=False))
            for names in (villages.name_ar, villages.name_latin)
            for row, name in enumerate(names)
        ]
        known = [entry for entry in named if entry[2]]
        keys = [words.replace(" ", "") for _, _, words in known]
        return cls(
            villages=villages,
            territories=territories,
            _names=tuple(name for _, name, _ in known),
            _owner=np.array([row for row, _, _ in known], np.int64),
            _keys=np.array(keys, np.str_),
            _spaced=np.array([f" {words}" for _, _, words in known], np.str_),
            _sounds=np.array([sound_key(key) for key in keys], np.str_),
        )

    def search(self, text: str, *, within: str | None = None, limit: int = 8) -> list[VillageMatch]:
        """Return the villages a text being typed may mean, the likeliest first, then the most populous.

        Parameters
        ----------
        text
            A name, the beginning of one, or the beginning of a code; « Anamer (Aït Abdallah) » looks in that commune
            or province only.
        within
            Territory to look in.
        limit
            How many at most.

        Raises
        ------
        CodeError
            `within` is unknown.
        """
        allowed = np.ones(len(self.villages), np.bool_)
        if within is not None:
            allowed &= self.villages.within(within, self.territories)
        digits = code_digits(text)
        if digits:
            return self._begun(digits, allowed, limit)
        query = read_query(text)
        if query.context is not None:
            around = self._around(query.context)
            if around.any():
                allowed &= around
            else:
                query = read_query(text.replace(",", " ").replace("،", " ").replace("(", " ").replace(")", " "))
        scores = np.zeros(len(self._keys))
        for name in query.names:
            scores = np.maximum(scores, self._scores(name))
        return self._ranked(np.where(allowed[self._owner], scores, 0.0), limit)

    def bearing(self, text: str, *, within: str | None = None) -> list[VillageMatch]:
        """Return all villages that bear a name, or begin with it, in any spelling; those alike only where none does.

        See `search` for the parameters.
        """
        found = self.search(text, within=within, limit=len(self.villages))
        sure = [match for match in found if match.score >= WORD_SCORE]
        first, _, rest = text.strip().partition(" ")
        if not sure and rest and name_key(first) in KINDS:
            return self.bearing(rest, within=within)
        return sure or found

    def _scores(self, name: str) -> FloatArray:
        key, spaced = name_key(name), name_key(name, joined=False)
        ratios = process.cdist([key], self._keys.tolist(), scorer=fuzz.ratio, score_cutoff=SEARCH_RATIO, workers=1)[0]
        scores = np.asarray(ratios, np.float64)
        for marked, score in (
            (self._sounds == sound_key(key), WORD_SCORE),
            (np.strings.find(self._spaced, f" {spaced}") >= 0, WORD_SCORE),
            (np.strings.startswith(self._keys, key), PREFIX_SCORE),
            (self._keys == key, SAME_SCORE),
        ):
            scores = np.maximum(scores, np.where(marked, score, 0.0))
        return scores

    def _begun(self, digits: str, allowed: BoolArray, limit: int) -> list[VillageMatch]:
        if len(digits) < SHORTEST_CODE:
            return []
        rows = [row for row, code in enumerate(self.villages.codes) if allowed[row] and code.startswith(digits)]
        return [
            VillageMatch(code, row, SAME_SCORE, code) for row in rows[:limit] for code in [self.villages.codes[row]]
        ]

    def _around(self, context: str) -> BoolArray:
        """Mark the villages of every commune or province that bears a name."""
        wanted = {name_key(name) for name in read_query(context).names}
        marked = np.zeros(len(self.villages), np.bool_)
        for code in self.territories.codes:
            row = self.territories.row(code)
            if row["level"] in CONTEXT_LEVELS and wanted & {name_key(str(row[f"name_{one}"])) for one in ("fr", "ar")}:
                marked |= self.villages.within(code, self.territories)
        return marked

    def _ranked(self, scores: FloatArray, limit: int) -> list[VillageMatch]:
        people = self.villages.people[self._owner]
        found: dict[int, VillageMatch] = {}
        for number in np.lexsort((self._owner, -people, -scores)):
            row = int(self._owner[number])
            if scores[number] <= 0 or len(found) >= limit:
                break
            if row not in found:
                name = self._names[number]
                found[row] = VillageMatch(self.villages.codes[row], row, float(scores[number]), name)
        return list(found.values())
