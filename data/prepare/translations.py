"""What the sources say in French, in Arabic and English too: our words, nothing lacking, nothing left over."""

from collections.abc import Sequence

import pandas as pd

from data.errors import CodeError
from data.prepare.reading import DECISIONS, read_decisions

OURS = ("ar", "en")


def translated(rows: pd.DataFrame, names: Sequence[str], *, decisions: str) -> pd.DataFrame:
    """Return the rows with `name_ar` and `name_en` for each `name_fr`; what a source leaves empty stays empty.

    Parameters
    ----------
    decisions
        A file of `data/prepare/decisions` with the columns said_fr, said_en and said_ar.

    Raises
    ------
    CodeError
        A sentence without a translation, or a translation of what no source says (any more).
    """
    ours, file = read_decisions(decisions).set_index("said_fr"), (DECISIONS / f"{decisions}.csv").as_posix()
    said = {words for name in names for words in rows[f"{name}_fr"] if words}
    if lacking := sorted(said - set(ours.index)):
        raise CodeError(f"{file}: no translation of «{lacking[0]}»")
    if idle := sorted(set(ours.index) - said):
        raise CodeError(f"{file}: found «{idle[0]}», which no source says; take the line out")
    columns = {
        f"{name}_{language}": rows[f"{name}_fr"].map(ours[f"said_{language}"]).fillna("")
        for name in names
        for language in OURS
    }
    return rows.assign(**columns)
