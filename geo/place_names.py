"""Every name a territory is searched by: the official ones and the other spellings known."""

import pandas as pd

from geo.spelling import name_key


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
