"""The typefaces as pages need them: the weights in use; of Arabic, the letters of the language and of Moroccan names.

The packages' variable faces hold all weights from hairline to black: 37 kB of Latin and 166 of Arabic. What a page
shows needs 23 and 20. Made once, kept in the home folder.
"""

import hashlib
import io
import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from data.records.database import FOLDER, FOLDER_SETTING

WEIGHTS = (400, 700)
"""Least and greatest that the style sheet asks for."""
LETTERS = (
    *(0x060C, 0x061B, 0x061F, *range(0x0621, 0x063B), *range(0x0640, 0x0653), *range(0x0660, 0x066E)),
    *(0x0670, 0x0671, 0x067E, 0x0686, 0x06A4, 0x06A8, 0x06A9, 0x06AD, 0x06AF, 0x06BA, 0x06C0, 0x06C1, 0x06CC, 0x06D4),
)
"""What `unicode-range` of the first Arabic face in atlas.css says: no word mixes letters of both files."""
LATIN, ARABIC = "latin.woff2", "arabic-letters.woff2"
THIN_SPACE, KEPT_THIN_SPACE = 0x2009, 0x202F
"""The packages lack the thin space that does not break, which stands within French numbers: another face would lend its
own, on some machines so thin that 3 020 431 reads as one run of figures."""
MADE: dict[tuple[str, str], tuple[str, Sequence[int]]] = {
    ("noto-sans", LATIN): ("noto-sans-latin-wght-normal.woff2", ()),
    ("noto-sans-arabic", ARABIC): ("noto-sans-arabic-arabic-wght-normal.woff2", LETTERS),
}
"""By package and name of the lighter face: the file it is made from, and the letters kept (none: all)."""


@lru_cache
def lighter(folder: Path, package: str, name: str) -> bytes | None:
    """Return a face of `MADE` as woff2; None where its package is not installed."""
    file, letters = MADE[package, name]
    source = folder / file
    if not source.is_file():
        return None
    content = source.read_bytes()
    key = hashlib.sha256(content + repr((WEIGHTS, letters, KEPT_THIN_SPACE)).encode()).hexdigest()[:12]
    kept = Path(os.environ.get(FOLDER_SETTING) or FOLDER) / "fonts" / f"{key}.woff2"
    if kept.is_file():
        return kept.read_bytes()
    made = _made(content, letters)
    _keep(kept, made)
    return made


def _made(content: bytes, letters: Sequence[int]) -> bytes:
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        if letters:
            cutter = subset.Subsetter(subset.Options(layout_features=["*"], notdef_outline=True))
            cutter.populate(unicodes=letters)
            cutter.subset(font)
        for letters_of in font["cmap"].tables:
            if THIN_SPACE in letters_of.cmap:
                letters_of.cmap.setdefault(KEPT_THIN_SPACE, letters_of.cmap[THIN_SPACE])
        light = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
        light.flavor = "woff2"
        held = io.BytesIO()
        light.save(held)
    return held.getvalue()


def _keep(path: Path, content: bytes) -> None:
    """Keep a face for the next start; where nothing can be written it is made again then."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            part.write(content)
        Path(part.name).replace(path)  # another process sees all of it or nothing
    except OSError:
        return
