"""Pages as files: PDF (vector, searchable), SVG, PNG. The same pages give the same bytes."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib._text_helpers import layout
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf, _get_link_annotation
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.transforms import IdentityTransform
from PIL import Image

from layers.paper.fonts import advance, marks_of
from layers.paper.marks import Ink, Sheet, rectangle

if TYPE_CHECKING:
    from layers.paper.page import Page

POINTS_PER_INCH = 72
SETTINGS = {
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "svg.fonttype": "path",
    "svg.hashsalt": "atlas",
    "text.hinting": "none",
}
ABOUT = {"Creator": "Atlas solidaire", "Producer": "Atlas solidaire", "CreationDate": None}
"""No date of making: it is on the page, and the same pages stay the same file."""
NOTHING_PT = 0.01
MOST_PIXELS = 80_000_000
"""Of one PNG: A3 at 400 dots an inch is 31 million."""


class _Renderer(RendererPdf):  # type: ignore[misc]
    """A PDF renderer of text in all our scripts: every glyph where it was laid out, the words found by a search.

    matplotlib 3.11 moves a glyph twice by its kern where the face changes, which swallows the spaces of Arabic, and
    says that the dots of a letter are the letter once more: here they are drawn as shapes.
    """

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, **_: Any) -> None:
        self.check_gc(gc, gc._rgb)  # noqa: SLF001 - as the renderer itself does
        size, turned = float(prop.get_size_in_points()), np.deg2rad(angle)
        line = _laid(s, tuple(prop.get_family()), size)
        out = self.file.output
        shown = [Op.gsave, np.cos(turned), np.sin(turned), -np.sin(turned), np.cos(turned), x, y, Op.concat_matrix]
        out(*shown, Op.begin_text, *self._set(line, size), Op.end_text)  # at once: each call is packed for itself
        if line.marks is not None:
            self.file.writePath(line.marks, IdentityTransform())
            out(Op.fill)
        out(Op.grestore)
        if gc.get_url() is not None:
            link = _get_link_annotation(gc, x, y, line.width, size, angle)
            self.file._annotations[-1][1].append(link)  # noqa: SLF001

    def _set(self, line: "_Line", size: float) -> list[Any]:
        """Return what writes glyphs from left to right: runs of one face and one height, the gaps in them as kerns."""
        said: list[Any] = []
        pen, at = None, 0.0
        shown: list[bytes | float] = []
        track = self.file._character_tracker.track_glyph  # noqa: SLF001
        for glyph in line.glyphs:
            subset, code = track(glyph.font, glyph.char, glyph.index)
            if pen != (glyph.path, subset, glyph.y):
                said += [shown, Op.showkern] if shown else []
                pen, shown, at = (glyph.path, subset, glyph.y), [], glyph.x
                said += [self.file.fontName(glyph.path, subset), size, Op.selectfont]
                said += [1, 0, 0, 1, glyph.x, glyph.y, Op.textmatrix]
            encoded = self._encode_glyphs([code], 42)
            if abs(glyph.x - at) > NOTHING_PT or not shown:
                shown += [-1000 * (glyph.x - at) / size, encoded] if shown else [encoded]
            else:
                shown[-1] += encoded
            at = glyph.x + glyph.advance
        return [*said, shown, Op.showkern] if shown else said


@dataclass(frozen=True)
class _Glyph:
    """A glyph of a line: the face it is of, where its pen stands, how far it moves it; points."""

    font: Any
    path: FontPath
    index: int
    char: str
    x: float
    y: float
    advance: float


@dataclass(frozen=True, eq=False)
class _Line:
    """A line laid out: its glyphs, its marks as one shape (None without any), its width in points."""

    glyphs: tuple[_Glyph, ...]
    marks: Outline | None
    width: float


@lru_cache(maxsize=8192)
def _laid(text: str, families: tuple[str, ...], size: float) -> _Line:
    """Lay a line out. Sheets of many places repeat most of their lines: each is laid out once."""
    font = _faces(families)
    font.clear()
    font.set_size(size, POINTS_PER_INCH)
    glyphs, marks, width = [], [], 0.0
    for item in layout(text, font):
        wide = advance(item)
        width = max(width, item.x + wide)
        if item.glyph_index in marks_of(item.ft_object.fname):
            item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
            vertices, codes = item.ft_object.get_path()
            marks.append(Outline(np.add(vertices, (item.x, item.y)), codes))
        else:
            path = FontPath(item.ft_object.fname, item.ft_object.face_index)
            glyphs.append(_Glyph(item.ft_object, path, item.glyph_index, item.char, item.x, item.y, wide))
    return _Line(tuple(glyphs), Outline.make_compound_path(*marks) if marks else None, width)


@lru_cache
def _faces(families: tuple[str, ...]) -> Any:
    found = font_manager.fontManager._find_fonts_by_props(FontProperties(family=list(families)))  # noqa: SLF001
    return font_manager.get_font(found)


def pdf(pages: Iterable["Page"], *, title: str = "") -> bytes:
    """Return a PDF of pages, which are drawn one after the other: they may be made as they are asked for.

    Parameters
    ----------
    title
        Of the document, told by readers of PDF in their window.
    """
    target = io.BytesIO()
    with mpl.rc_context(SETTINGS):
        file = PdfFile(target, metadata=ABOUT | {"Title": title})
        for page in pages:
            width, height = (side / 25.4 for side in (page.width, page.height))
            file.newPage(width, height)
            renderer = _Renderer(file, POINTS_PER_INCH, height, width)
            _draw(page, renderer, POINTS_PER_INCH)
            renderer.finalize()
        file.finalize()
        file.close()
    return target.getvalue()


def svg(page: "Page", *, title: str = "") -> bytes:
    """Return a page as SVG, its letters as outlines: it looks the same where the typefaces are not installed."""
    target = io.StringIO()
    width, height = (side / 25.4 * POINTS_PER_INCH for side in (page.width, page.height))
    with mpl.rc_context(SETTINGS):
        renderer = RendererSVG(width, height, target, None, POINTS_PER_INCH, metadata={"Date": None, "Title": title})
        _draw(page, renderer, POINTS_PER_INCH)
        renderer.finalize()
    return target.getvalue().encode()


def png(page: "Page", *, dpi: int = 300) -> bytes:
    """Return a page as PNG.

    Raises
    ------
    ValueError
        The picture would be larger than a computer can reasonably hold.
    """
    width, height = (round(side / 25.4 * dpi) for side in (page.width, page.height))
    if width * height > MOST_PIXELS:
        raise ValueError(f"a picture of {width} x {height} pixels: {MOST_PIXELS} at most, ask for fewer dots an inch")
    renderer = RendererAgg(width, height, dpi)
    renderer.clear()
    white = rectangle((0, 0, page.width, page.height))
    with mpl.rc_context(SETTINGS):
        Ink(white, fill="#ffffff").draw(Sheet(renderer, page.height, dpi))
        _draw(page, renderer, dpi)
    shown = Image.frombuffer("RGBA", (width, height), bytes(renderer.buffer_rgba()), "raw", "RGBA", 0, 1)
    target = io.BytesIO()
    shown.convert("RGB").save(target, "PNG", dpi=(dpi, dpi), compress_level=6)
    return target.getvalue()


def _draw(page: "Page", renderer: Any, dpi: float) -> None:
    sheet = Sheet(renderer, page.height, dpi)
    for mark in page.marks:
        mark.draw(sheet)
