"""The atlas's typefaces for paper: the web fonts of its packages as faces a PDF can hold; measuring of text."""

import hashlib
import io
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from threading import RLock

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LayoutItem, LoadFlags

from data.records.database import FOLDER, FOLDER_SETTING

PACKAGES = Path(__file__).parents[2] / "node_modules"
SANS = "@fontsource-variable/noto-sans/files/noto-sans-{}-wght-{}.woff2"
ARABIC = "@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2"
TIFINAGH = "@fontsource/noto-sans-tifinagh/files/noto-sans-tifinagh-tifinagh-400-normal.woff2"
WEIGHTS = {"regular": 400, "bold": 650, "italic": 400}
LAST = "DejaVu Sans"
"""Bundled with matplotlib: has the signs that the packages' subsets lack, and all scripts when they are absent."""
UNSEEN = dict.fromkeys((0x200E, 0x200F))  # marks of direction have no width
GDEF_MARK = 3  # https://learn.microsoft.com/typography/opentype/spec/gdef
MEASURED_AT = 100.0
PRESS = RLock()
"""Held by whoever sets or measures text: a face of matplotlib serves one visitor at a time."""
RECIPE = "2"  # a change of what is done to the files makes new ones


@lru_cache
def families(style: str, direction: str) -> tuple[str, ...]:
    """Return the families to draw with, first choice first: the script of the page, then the others.

    Parameters
    ----------
    style
        regular, bold or italic (Arabic has no italic and stays upright).
    direction
        ltr or rtl: which script comes first, and so whose spaces and digits are used.
    """
    slope = "italic" if style == "italic" else "normal"
    weight = WEIGHTS[style]
    latin = [_family(SANS.format(part, slope), weight) for part in ("latin", "latin-ext")]
    arabic = [_family(ARABIC, weight)]
    ordered = [*arabic, *latin] if direction == "rtl" else [*latin, *arabic]
    return (*(name for name in (*ordered, _family(TIFINAGH, 400)) if name), LAST)


def make_faces() -> None:
    """Make every face beforehand: ten seconds of work that whoever prints first would wait for."""
    for style in WEIGHTS:
        families(style, "ltr")


@lru_cache
def face(style: str, direction: str, size_pt: float) -> FontProperties:
    """Return what a renderer of matplotlib draws text with."""
    return FontProperties(family=list(families(style, direction)), size=size_pt)


def width_em(text: str, style: str, direction: str) -> float:
    """Return the width of a text once set, in ems: times the size it is the width, whatever the size."""
    return sum(_word_em(word, style, direction) for word in text.split(" ")) + text.count(" ") * _word_em(
        " ", style, direction
    )


@lru_cache(maxsize=50_000)
def _word_em(word: str, style: str, direction: str) -> float:
    if not word:
        return 0.0
    shown = word.translate(UNSEEN)
    with PRESS:
        font = _measure(style, direction)
        font.set_size(MEASURED_AT, 72)  # each time: the renderers of this thread share it and set their own
        items = font._layout(shown, LoadFlags.NO_HINTING)  # noqa: SLF001 - no public way to advances
        return max((float(item.x) + advance(item) for item in items), default=0.0) / MEASURED_AT


def advance(item: LayoutItem) -> float:
    """Return how far the pen moves over a glyph that was set."""
    glyph = item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536


@lru_cache
def marks_of(file: str) -> frozenset[int]:
    """Return the glyphs of a face that stand over or under others: the dots of Arabic letters, which it sets apart."""
    with TTFont(file, lazy=True) as font:
        classes = font["GDEF"].table.GlyphClassDef if "GDEF" in font else None
        kinds = classes.classDefs if classes else {}
        return frozenset(font.getGlyphID(name) for name, kind in kinds.items() if kind == GDEF_MARK)


def _measure(style: str, direction: str) -> FT2Font:
    """Return the font of this thread: two visitors may print at once."""
    return font_manager.get_font(_paths(style, direction))


@lru_cache
def _paths(style: str, direction: str) -> tuple[str, ...]:
    return tuple(font_manager.findfont(FontProperties(family=[name])) for name in families(style, direction))


@lru_cache
def _family(file: str, weight: int) -> str:
    """Make a face of one file known to matplotlib and return its family; nothing where the package is absent."""
    source = PACKAGES / file
    if not source.is_file():
        return ""
    content = source.read_bytes()
    key = hashlib.sha256(content + f"{weight} {RECIPE}".encode()).hexdigest()[:12]
    name = f"Atlas {source.name.split('-wght')[0].removeprefix('noto-')} {weight} {'i' if 'italic' in file else 'n'}"
    path = _folder() / f"{key}.ttf"
    if not path.is_file():
        _convert(source, path, weight, name)
    font_manager.fontManager.addfont(path)
    return name


def _convert(source: Path, path: Path, weight: int, name: str) -> None:
    """Write one weight of a variable web font as a plain font, under a family of its own."""
    font = TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)
    if "fvar" in font:
        fixed = {axis.axisTag: weight if axis.axisTag == "wght" else axis.defaultValue for axis in font["fvar"].axes}
        font = instancer.instantiateVariableFont(font, fixed)
    font.flavor = None
    font["OS/2"].usWeightClass = 400  # a family of one face: nobody has to choose
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):  # family, full name, PostScript name, typographic family
            record.string = name.replace(" ", "") if record.nameID == 6 else name  # noqa: PLR2004 - the PostScript name has no space
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        font.save(part)
    Path(part.name).replace(path)  # two processes may make it at once: each sees all of it or nothing


@lru_cache
def _folder() -> Path:
    """Return where the faces are kept: the home folder, or a passing one where nothing can be written."""
    home = Path(os.environ.get(FOLDER_SETTING) or FOLDER) / "fonts"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="atlas-fonts-"))
    return home if os.access(home, os.W_OK) else Path(tempfile.mkdtemp(prefix="atlas-fonts-"))
