"""The typeface of Arabic in two files: the letters of Arabic and of Moroccan names, and all the rest of the script.

The whole variable face weighs 166 kB; what a page in Arabic needs of it 47.
"""

import io
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WHOLE = "noto-sans-arabic-arabic-wght-normal.woff2"
CORE = "arabic-letters.woff2"
LETTERS = (
    *range(0x0600, 0x0653),
    *range(0x0660, 0x066E),
    *(0x0670, 0x0671, 0x067E, 0x0686, 0x06A4, 0x06A8, 0x06A9, 0x06AD, 0x06AF, 0x06BA, 0x06C0, 0x06C1, 0x06CC, 0x06D4),
)
"""What `unicode-range` of the first Arabic face in atlas.css says: no word mixes letters of both files."""


@lru_cache
def arabic_letters(folder: Path) -> bytes | None:
    """Return the letters of `LETTERS` in all weights, as woff2; None where the package is not installed."""
    source = folder / WHOLE
    if not source.is_file():
        return None
    with TTFont(source, recalcTimestamp=False) as font:
        options = subset.Options(layout_features=["*"], flavor="woff2", notdef_outline=True)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        font.flavor = "woff2"
        held = io.BytesIO()
        font.save(held)
    return held.getvalue()
