"""Pages as files: PDF (vector, searchable), SVG, PNG. The same pages give the same bytes."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import matplotlib as mpl
import numpy as np
from matplotlib import _path, font_manager
from matplotlib._text_helpers import layout
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pdf import Name, Op, PdfFile, RendererPdf, Verbatim, _get_link_annotation
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path as Outline
from matplotlib.transforms import IdentityTransform
from PIL import Image

from layers.paper.document import MAKER, UNTITLED, Document
from layers.paper.fonts import PRESS, advance, marks_of
from layers.paper.marks import Ink, Sheet, rectangle

P = ParamSpec("P")
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
mpl.rcParams.update(SETTINGS)  # once for the process: two visitors may print at once
NOTHING_PT = 0.01
DECIMALS = 2
FILLED, STROKED = Verbatim(b"0 Tr"), Verbatim(b"1 Tr")
SILENT = Verbatim(b"/Span <</ActualText ()>> BDC")
DRAWING = [Op.moveto.value, Op.lineto.value, b"", Op.curveto.value, Op.closepath.value]
MOST_PIXELS = 80_000_000
"""Of one PNG: A3 at 400 dots an inch is 31 million."""


class _File(PdfFile):  # type: ignore[misc]  # matplotlib's PDF is not typed
    """A PDF whose coordinates have the decimals that can be seen: a third of the bytes of a map."""

    @staticmethod
    def pathOperations(path: Any, transform: Any, clip: Any = None, simplify: Any = None, sketch: Any = None) -> Any:  # noqa: N802 - its name where it comes from
        """Return what draws a path, as matplotlib does, to a hundredth of a point."""
        said = _path.convert_to_string(path, transform, clip, simplify, sketch, DECIMALS, DRAWING, True)
        return [Verbatim(said)]

    def __init__(self, target: io.BytesIO, about: Document) -> None:
        self.about = about
        super().__init__(target, metadata={**about.facts, "CreationDate": None})
        self._marks: dict[tuple[Any, ...], Any] = {}
        packet = about.xmp  # as it is: catalogues look for it without unpacking
        self.recordXref(self.packet.id)
        self.write(b"%d 0 obj\n<< /Type /Metadata /Subtype /XML /Length %d >>\n" % (self.packet.id, len(packet)))
        self.write(b"stream\n" + packet + b"\nendstream\nendobj\n")

    def writeObject(self, object: Any, contents: Any) -> None:  # noqa: A002, N802 - its name where it comes from
        """Write an object; the first of the file says what it is, in which language, read from which side."""
        if object is self.rootObject:
            self.packet = self.reserveObject("metadata")
            side = {"Direction": Name("R2L")} if self.about.direction == "rtl" else {}
            contents = contents | {"ViewerPreferences": {"DisplayDocTitle": True} | side, "Metadata": self.packet}
            contents |= {"Lang": self.about.language.encode()} if self.about.language else {}
        super().writeObject(object, contents)

    def mark(self, mark: "_Mark", *, stroked: bool) -> Any:
        """Return the name of a glyph kept once for the whole file, to be drawn as a shape."""
        key = (*mark.key, stroked)
        if key not in self._marks:
            looks = ("round", "butt")
            self._marks[key] = self.markerObject(mark.outline, IdentityTransform(), not stroked, stroked, 1.0, *looks)
        return self._marks[key]


class _Renderer(RendererPdf):  # type: ignore[misc]  # matplotlib's PDF is not typed
    """A PDF renderer of text in all our scripts: every glyph where it was laid out, the words found by a search.

    matplotlib 3.11 moves a glyph twice by its kern where the face changes, which swallows the spaces of Arabic, and
    says that the dots of a letter are the letter once more: here they are drawn as shapes.
    """

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, **_: Any) -> None:
        self.check_gc(gc, gc._rgb)  # noqa: SLF001 - as the renderer itself does
        line = self._shown(x, y, s, prop, angle, FILLED)
        if gc.get_url() is not None:
            link = _get_link_annotation(gc, x, y, line.width, prop.get_size_in_points(), angle)
            self.file._annotations[-1][1].append(link)  # noqa: SLF001 - as the renderer itself does

    def draw_halo(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float) -> None:
        """Draw the letters of a line as strokes only; whoever reads or searches the text does not meet them."""
        self.check_gc(gc)
        self.file.output(SILENT)
        self._shown(x, y, s, prop, angle, STROKED)
        self.file.output(Verbatim(b"EMC"))

    def _shown(self, x: float, y: float, s: str, prop: Any, angle: float, mode: Verbatim) -> "_Line":
        size, turned = float(prop.get_size_in_points()), np.deg2rad(angle)
        line = _laid(s, tuple(prop.get_family()), size)
        out = self.file.output
        shown = [Op.gsave, np.cos(turned), np.sin(turned), -np.sin(turned), np.cos(turned), x, y, Op.concat_matrix]
        out(*shown, Op.begin_text, mode, *self._set(line, size), Op.end_text)  # at once: each call is packed for itself
        for mark in line.marks:
            name = self.file.mark(mark, stroked=mode is STROKED)
            out(Op.gsave, 1, 0, 0, 1, mark.x, mark.y, Op.concat_matrix, name, Op.use_xobject, Op.grestore)
        out(Op.grestore)
        return line

    def _set(self, line: "_Line", size: float) -> list[Any]:
        """Return what writes glyphs from left to right: runs of one face and one height, the gaps in them as kerns."""
        said: list[Any] = []
        pen, at = None, 0.0
        shown: list[bytes | float] = []
        track = self.file._character_tracker.track_glyph  # noqa: SLF001 - as the renderer itself does
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
class _Mark:
    """A mark over or under letters: which it is (face, glyph, size), its shape and its place."""

    key: tuple[str, int, float]
    outline: Outline
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class _Line:
    """A line laid out: its glyphs, its marks, its width in points."""

    glyphs: tuple[_Glyph, ...]
    marks: tuple[_Mark, ...]
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
            key = (item.ft_object.fname, item.glyph_index, size)
            marks.append(_Mark(key, Outline(*item.ft_object.get_path()), item.x, item.y))
        else:
            path = FontPath(item.ft_object.fname, item.ft_object.face_index)
            glyphs.append(_Glyph(item.ft_object, path, item.glyph_index, item.char, item.x, item.y, wide))
    return _Line(tuple(glyphs), tuple(marks), width)


@lru_cache
def _faces(families: tuple[str, ...]) -> Any:
    found = font_manager.fontManager._find_fonts_by_props(FontProperties(family=list(families)))  # noqa: SLF001 - no public way to several faces
    return font_manager.get_font(found)


def _one_at_a_time(make: Callable[P, bytes]) -> Callable[P, bytes]:
    """Let one visitor print after the other: faces are shared, and their work is the interpreter's alone anyway."""

    @wraps(make)
    def made(*words: P.args, **named: P.kwargs) -> bytes:
        with PRESS:
            return make(*words, **named)

    return made


@_one_at_a_time
def pdf(pages: Iterable["Page"], about: Document = UNTITLED) -> bytes:
    """Return a PDF of pages, which are drawn one after the other: they may be made as they are asked for."""
    target = io.BytesIO()
    file = _File(target, about)
    for page in pages:
        width, height = (side / 25.4 for side in (page.width, page.height))
        file.newPage(width, height)
        renderer = _Renderer(file, POINTS_PER_INCH, height, width)
        _draw(page, renderer, POINTS_PER_INCH)
        renderer.finalize()
    file.finalize()
    file.close()
    return target.getvalue()


@_one_at_a_time
def svg(page: "Page", about: Document = UNTITLED) -> bytes:
    """Return a page as SVG, its letters as outlines: it looks the same where the typefaces are not installed."""
    target = io.StringIO()
    width, height = (side / 25.4 * POINTS_PER_INCH for side in (page.width, page.height))
    facts = {"Date": None, "Title": about.title, "Language": about.language, "Creator": MAKER}
    renderer = RendererSVG(width, height, target, None, POINTS_PER_INCH, metadata=facts)
    _draw(page, renderer, POINTS_PER_INCH)
    renderer.finalize()
    return target.getvalue().encode()


@_one_at_a_time
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
