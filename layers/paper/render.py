"""Pages as files: PDF (vector, searchable), SVG, PNG. The same pages give the same bytes."""

import io
import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib._text_helpers import layout
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf, _get_link_annotation
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontPath
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
        out, size, turned = self.file.output, prop.get_size_in_points(), np.deg2rad(angle)
        items = list(layout(s, self._get_font_ttf(prop)))
        is_mark = [item.glyph_index in marks_of(item.ft_object.fname) for item in items]
        out(Op.gsave, np.cos(turned), np.sin(turned), -np.sin(turned), np.cos(turned), x, y, Op.concat_matrix)
        out(Op.begin_text)
        self._set([item for item, mark in zip(items, is_mark, strict=True) if not mark], size)
        out(Op.end_text)
        for item in itertools.compress(items, is_mark):
            item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
            out(Op.gsave, 1, 0, 0, 1, item.x, item.y, Op.concat_matrix)
            self.file.writePath(Outline(*item.ft_object.get_path()), IdentityTransform())
            out(Op.fill, Op.grestore)
        out(Op.grestore)
        if gc.get_url() is not None:
            wide = max((item.x + advance(item) for item in items), default=0.0)
            link = _get_link_annotation(gc, x, y, wide, size, angle)
            self.file._annotations[-1][1].append(link)  # noqa: SLF001

    def _set(self, items: list[Any], size: float) -> None:
        """Write glyphs from left to right: runs of one face and one height, the gaps between them as kerns."""
        out, pen, at = self.file.output, None, 0.0
        shown: list[bytes | float] = []
        for item in items:
            path = FontPath(item.ft_object.fname, item.ft_object.face_index)
            subset, code = self.file._character_tracker.track_glyph(item.ft_object, item.char, item.glyph_index)  # noqa: SLF001
            if pen != (path, subset, item.y):
                if shown:
                    out(shown, Op.showkern)
                pen, shown, at = (path, subset, item.y), [], item.x
                out(self.file.fontName(path, subset), size, Op.selectfont)
                out(1, 0, 0, 1, item.x, item.y, Op.textmatrix)
            if abs(item.x - at) > NOTHING_PT:
                shown.append(-1000 * (item.x - at) / size)
            shown.append(self._encode_glyphs([code], 42))
            at = item.x + advance(item)
        if shown:
            out(shown, Op.showkern)


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
