"""What a search of places answers: one territory a text may mean, and what the text means."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Match:
    """One territory a text may mean.

    Attributes
    ----------
    territory_code
        Official code of 2024.
    score
        0 to 100; 100 for the code itself or the same name.
    matched_name
        The spelling (or code) of the territory that was met.
    kind
        How it was met: code, name (the same but for accents, case, articles), prefix (it begins so), word (it
        contains the words asked for, or they contain it), sound (the same once q, k, g and the like are one),
        spelling (nearly the same letters).
    """

    territory_code: str
    score: float
    matched_name: str
    kind: str


@dataclass(frozen=True)
class Resolution:
    """What a text means: `found` (one candidate), `ambiguous` (several, or one that is not sure), `unknown` (none)."""

    status: str
    candidates: tuple[Match, ...]


@dataclass(frozen=True)
class Asked:
    """A text as the index reads it: one key per script, its words apart, which names may answer, how like is sure.

    `in_province` tells whether a province, or what lies in one, was named beside it.
    """

    keys: tuple[str, ...]
    spaced: tuple[str, ...]
    allowed: npt.NDArray[np.bool_]
    sure_ratio: float
    in_province: bool = False
