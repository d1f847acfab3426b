"""Which official territory does a name or code mean? In French, Arabic or digits; when it is not sure, it asks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from data.errors import CodeError
from geo.boundaries import LEVELS, Territories
from geo.place_names import begin_alike, distinct_names
from geo.resolution import Asked, Match, Resolution
from geo.spelling import code_digits, consonant_key, name_key, official_codes, read_query, sound_key

# Measured on 195 pairs of commune names of 2004 and 2024 inside their province: at 90 no false pair, 2 true ones of
# 173 missed; nor any false one over Souss-Massa. In the whole country names come closer (« آيت أحمد » is 93 % like
# أيت امحمد, of another region): 95 there.
SURE_RATIO, SURE_RATIO_WIDE, MARGIN = 90.0, 95.0, 5.0
REVIEW_RATIO, SEARCH_RATIO = 80.0, 65.0
PREFIX_SCORE, WORD_SCORE = 95.0, 90.0
HINT_SCORE = 79.0  # below the ratios that count: the same sound, one name inside the other, the same rare first word
MOST_CANDIDATES = 8
OUTNUMBERED = 10.0
SHORTEST_SHARED = 4  # letters of a name found inside what was typed
FEWEST_CONSONANTS = 3  # fewer are alike by chance
CONTEXT_LEVELS = ("region", "province")

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PlaceIndex:
    """Every official name and known spelling of the territories, ready to be searched."""

    _territories: Territories
    _names: tuple[str, ...]
    _keys: npt.NDArray[np.str_]
    _spaced: npt.NDArray[np.str_]
    _sounds: npt.NDArray[np.str_]
    _consonants: npt.NDArray[np.str_]
    _with_key: Mapping[str, tuple[int, ...]]
    _owner: npt.NDArray[np.int64]
    _weight: FloatArray

    @classmethod
    def from_tables(cls, territories: pd.DataFrame, place_names: pd.DataFrame) -> "PlaceIndex":
        """Build the index from the tables `territories` and `place_names`.

        Raises
        ------
        CodeError
            A name belongs to an unknown territory, or the hierarchy is not sound.
        """
        hierarchy = Territories.from_table(territories)
        names = distinct_names(territories, place_names)
        keys = [key for _, key in names]
        position = {code: number for number, code in enumerate(hierarchy.codes)}
        people = np.nan_to_num(hierarchy.population_2024(hierarchy.codes))
        rank = np.array([LEVELS.index(hierarchy.level_of(code)) for code in hierarchy.codes], np.float64)
        with_key: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            with_key.setdefault(key, []).append(number)
        spaced = [f" {name_key(name, joined=False)}" for name in names.values()]
        return cls(
            _territories=hierarchy,
            _names=tuple(names.values()),
            _keys=np.array(keys, dtype=np.str_),
            _spaced=np.array(spaced, dtype=np.str_),
            _sounds=np.array([sound_key(key) for key in keys], dtype=np.str_),
            _consonants=np.array([f" {consonant_key(words)} " for words in spaced], dtype=np.str_),
            _with_key={key: tuple(numbers) for key, numbers in with_key.items()},
            _owner=np.array([position[hierarchy.row(code)["territory_code"]] for code, _ in names], np.int64),
            _weight=people / (people.max(initial=0.0) + 1.0) - rank,
        )

    def search(self, text: str, *, within: str | None = None, level: str | None = None, limit: int = 8) -> list[Match]:
        """Return the territories a text being typed may mean, the likeliest first.

        Parameters
        ----------
        text
            A name, the beginning of one, or a code, in any usual spelling; « province de Tiznit » and « Oulad Aissa
            (Taroudannt) » narrow the search.
        within
            Keep only this territory and what lies in it.
        level
            Keep only this level.
        limit
            How many at most. Of equal scores the wider territory comes first, then the more populous.

        Raises
        ------
        CodeError
            `within` or `level` is unknown.
        """
        coded = self._coded(text, within, level) or self._begun(text, within, level)
        if coded:
            return coded[:limit]
        asked = self._read(text, within, level)
        scores = np.zeros(len(self._keys))
        for key, spaced in zip(asked.keys, asked.spaced, strict=True):
            ratios = self._ratios(key)
            scores = np.maximum(scores, np.where(ratios >= SEARCH_RATIO, ratios, 0.0))
            scores = np.maximum(scores, np.where(self._heard(key, spaced), HINT_SCORE, 0.0))
            scores = np.maximum(scores, np.where(np.strings.find(self._spaced, f" {spaced}") >= 0, WORD_SCORE, 0.0))
            starts = np.strings.startswith(self._keys, key) & (self._keys != key)
            scores = np.maximum(scores, np.where(starts, PREFIX_SCORE, 0.0))
        return self._ranked(np.where(asked.allowed, scores, 0.0), asked, limit)

    def resolve(self, text: str, *, level: str | None = None, within: str | None = None) -> Resolution:
        """Say which territory a text means, only when it can be said.

        Parameters
        ----------
        text, level, within
            As for `search`.

        Returns
        -------
        Resolution
            `found` when the text is an official code, when exactly one territory bears that name and none of its
            level bears a longer one that is often cut to it (Tnine Aday is called Aday, Tafraouten Tafraout), unless
            it is the official name of one in the province that was named (Ifrane beside Oued Ifrane), or when
            one is spelled at least 90 % alike (95 % when the whole country is searched) and every other one at least
            5 points less. Otherwise `ambiguous` with what it may mean (namesakes; the province and the commune of
            one name; spellings 80 % alike; the same sound or rare first word; one name inside the other), or `unknown`.

        Raises
        ------
        CodeError
            `within` or `level` is unknown.
        """
        coded = self._coded(text, within, level)
        if coded:
            return Resolution("found", tuple(coded))
        asked = self._read(text, within, level)
        same = self._same(asked)
        if same:
            alone = len(same) > 1 or (asked.in_province and self._is_official(same[0]))
            meant = same if alone else [*same, *self._longer_names(asked, same[0])]
            return Resolution("found" if len(meant) == 1 else "ambiguous", tuple(meant[:MOST_CANDIDATES]))
        scores = np.zeros(len(self._keys))
        for key, spaced in zip(asked.keys, asked.spaced, strict=True):
            ratios = self._ratios(key)
            scores = np.maximum(scores, np.where(ratios >= REVIEW_RATIO, ratios, 0.0))
            hinted = self._heard(key, spaced) | self._sharing(spaced)
            hinted |= begin_alike(self._spaced, self._owner, spaced) & (ratios >= SEARCH_RATIO)
            scores = np.maximum(scores, np.where(hinted, HINT_SCORE, 0.0))
        close = self._ranked(np.where(asked.allowed, scores, 0.0), asked, MOST_CANDIDATES)
        best = close[0].score if close else 0.0
        if best >= asked.sure_ratio and all(best - other.score >= MARGIN for other in close[1:]):
            return Resolution("found", (close[0],))
        return Resolution("ambiguous" if close else "unknown", tuple(close))

    def _coded(self, text: str, within: str | None, level: str | None) -> list[Match]:
        known = [code for code in official_codes(text) if code in self._territories]
        allowed = self._allowed(within, level)
        kept = [code for code in known if allowed[self._territories.codes.index(code)]]
        return [Match(code, 100.0, code, "code") for code in kept] if len(kept) == 1 else []

    def _begun(self, text: str, within: str | None, level: str | None) -> list[Match]:
        """Return the territories whose code begins with the digits typed."""
        digits = code_digits(text)
        allowed = self._allowed(within, level)
        codes = self._territories.codes if digits else ()
        starting = [code for code, may in zip(codes, allowed, strict=False) if may and code.startswith(digits)]
        return [Match(code, PREFIX_SCORE, code, "code") for code in starting]

    def _heard(self, key: str, spaced: str) -> BoolArray:
        """Tell which names sound like the one asked for, or have its words in order but for vowels and articles."""
        heard = self._sounds == sound_key(key)
        for consonants in {consonant_key(spaced), consonant_key(key)}:  # an apostrophe may have parted a word
            if len(consonants.replace(" ", "")) >= FEWEST_CONSONANTS:
                heard = heard | (np.strings.find(self._consonants, f" {consonants} ") >= 0)
        return np.asarray(heard, np.bool_)

    def _sharing(self, spaced: str) -> BoolArray:
        """Tell which names contain all the words asked for, in order, or are contained in them."""
        longer = np.strings.find(np.strings.add(self._spaced, " "), f" {spaced} ") >= 0
        shorter = np.strings.find(np.array(f" {spaced} "), np.strings.add(self._spaced, " ")) >= 0
        return np.asarray(longer | (shorter & (np.strings.str_len(self._keys) >= SHORTEST_SHARED)), np.bool_)

    def _read(self, text: str, within: str | None, level: str | None) -> Asked:
        query = read_query(text)
        if query.context is not None:
            around = self._around(query.context, within)
            # A context nobody understands may change the meaning: it stays part of the name, which then is not found.
            query, within = (query, around) if around else (read_query(re.sub("[,،(]", " ", text)), within)
        allowed = self._allowed(within, level or query.level)
        if query.context is not None and within:  # « Ifrane (Ifrane) » lies in Ifrane, and is not it
            allowed = allowed & (np.array(self._territories.codes) != within)
        return Asked(
            keys=tuple(name_key(name) for name in query.names),
            spaced=tuple(name_key(name, joined=False) for name in query.names),
            allowed=allowed[self._owner],
            sure_ratio=SURE_RATIO if within and self._territories.ancestors(within) else SURE_RATIO_WIDE,
            in_province=within is not None and self._territories.level_of(within) in ("province", "commune"),
        )

    def _around(self, context: str, within: str | None) -> str | None:
        """Return the one region or province (else commune) that bears a name, inside `within`."""
        query = read_query(context)
        keys = tuple(name_key(name) for name in query.names)
        for levels in (CONTEXT_LEVELS, ("commune",)) if query.level is None else ((query.level,),):
            allowed = np.logical_or.reduce([self._allowed(within, level) for level in levels])
            bearers = self._same(Asked(keys, (), allowed[self._owner], SURE_RATIO))
            if len(bearers) == 1:
                return bearers[0].territory_code
        return None

    @cached_property
    def _allowed_before(self) -> dict[tuple[str | None, str | None], BoolArray]:
        # An import asks thousands of names within the same few provinces.
        return {}

    def _allowed(self, within: str | None, level: str | None) -> BoolArray:
        """Return one boolean per territory; shared, never to be changed."""
        if (within, level) not in self._allowed_before:
            self._allowed_before[within, level] = self._allow(within, level)
        return self._allowed_before[within, level]

    def _allow(self, within: str | None, level: str | None) -> BoolArray:
        codes = self._territories.codes
        allowed = np.ones(len(codes), dtype=np.bool_)
        if level is not None:
            if level not in LEVELS:
                raise CodeError(f"level: found «{level}»; allowed: {', '.join(LEVELS)}")
            allowed &= np.array([self._territories.level_of(code) == level for code in codes])
        if within is not None:
            inside = {within, *self._territories.descendants(within)}
            allowed &= np.array([code in inside for code in codes])
        return allowed

    def _same(self, asked: Asked) -> list[Match]:
        """Return the territories that bear exactly the name asked for, in any of its scripts."""
        numbers = [number for key in asked.keys for number in self._with_key.get(key, ()) if asked.allowed[number]]
        scores = np.zeros(len(self._keys))
        scores[numbers] = 100.0
        return self._ranked(scores, asked, len(self._keys))

    def _longer_names(self, asked: Asked, same: Match) -> list[Match]:
        """Return territories of the same level whose official name goes on from, or around, the one asked for.

        A city is not mistaken for a village: those it outnumbers ten times are left out.
        """
        known, bearer = self._territories, same.territory_code
        starts = np.any([np.strings.startswith(self._keys, key) for key in asked.keys], axis=0)
        around = np.any(
            [np.strings.find(np.strings.add(self._spaced, " "), f" {n} ") >= 0 for n in asked.spaced], axis=0
        )
        found = self._ranked(np.where(asked.allowed & (starts | around), WORD_SCORE, 0.0), asked, len(self._keys))
        codes = [match.territory_code for match in found]
        people = dict(zip(codes, known.population_2024(codes), strict=True))
        return [
            match
            for match in found
            if match.territory_code != bearer
            and known.level_of(match.territory_code) == known.level_of(bearer)
            and self._is_official(match)
            and people[match.territory_code] * OUTNUMBERED > people.get(bearer, 0.0)
        ]

    def _is_official(self, match: Match) -> bool:
        return match.matched_name in [self._territories.name(match.territory_code, one) for one in ("fr", "ar")]

    def _ratios(self, key: str) -> FloatArray:
        ratios = process.cdist([key], self._keys.tolist(), scorer=fuzz.ratio, dtype=np.float64, workers=1)
        return np.asarray(ratios[0], np.float64)

    def _ranked(self, scores: FloatArray, asked: Asked, limit: int) -> list[Match]:
        """Return the best name of each territory with a score, best first."""
        found = np.flatnonzero(scores)
        order = found[np.lexsort((found, self._owner[found], -self._weight[self._owner[found]], -scores[found]))]
        _, first = np.unique(self._owner[order], return_index=True)
        return [self._match(int(number), float(scores[number]), asked) for number in order[np.sort(first)][:limit]]

    def _match(self, number: int, score: float, asked: Asked) -> Match:
        key, spaced = str(self._keys[number]), str(self._spaced[number])
        kind = "spelling"
        if key in asked.keys:
            kind = "name"
        elif score == PREFIX_SCORE and key.startswith(asked.keys):
            kind = "prefix"
        elif score == HINT_SCORE and any(
            self._heard(*names)[number] for names in zip(asked.keys, asked.spaced, strict=True)
        ):
            kind = "sound"
        elif score == HINT_SCORE or (score == WORD_SCORE and any(f" {words}" in spaced for words in asked.spaced)):
            kind = "word"
        code = self._territories.codes[int(self._owner[number])]
        return Match(code, round(score, 1), self._names[number], kind)
