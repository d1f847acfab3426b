"""Every name a territory is searched by: the official ones and the other spellings known."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.spelling import name_key

MOST_BEARERS = 3  # a first word that more territories bear (Aït, Oulad, Sidi) tells nothing


def distinct_names(territories: pd.DataFrame, place_names: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return (territory code, key) → name as written, official names first, one entry per key of a territory."""
    columns = (
        (territories, "name_fr"),
        (territories, "name_ar"),
        (place_names, "name"),
    )
    names: dict[tuple[str, str], str] = {}
    for table, column in columns:
        for code, name in zip(table["territory_code"], table[column], strict=True):
            if key := name_key(name):
                names.setdefault((code, key), name)
    return names


def tifinagh_names(place_names: pd.DataFrame) -> dict[str, str]:
    """Return the names written in Tifinagh that are known, by territory code; few places have one."""
    written = place_names[place_names["name"].str.contains("[\u2d30-\u2d7f]", regex=True)]
    return dict(zip(written["territory_code"], written["name"], strict=True))


def begin_alike(spaced: npt.NDArray[np.str_], owner: npt.NDArray[np.int64], asked: str) -> npt.NDArray[np.bool_]:
    """Tell which names of several words begin with the same rare word as the one asked for (Akka Iguern, Akka-Ighane).

    Parameters
    ----------
    spaced
        The names as words, each word after a space.
    owner
        Number of the territory that bears each name.
    asked
        The name asked for, its words apart; of one word it begins like no other.
    """
    first, _, rest = asked.partition(" ")
    bearers = np.strings.startswith(np.strings.add(spaced, " "), f" {first} ")
    if not rest or len(np.unique(owner[bearers])) > MOST_BEARERS:
        return np.zeros(len(spaced), np.bool_)
    return np.asarray(bearers & (np.strings.count(spaced, " ") > 1), np.bool_)
