"""A story as slides that anybody can change: titles and texts are text, maps are pictures, notes are notes."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Length, Pt

from layers.paper.writing import Hand, lines

WIDTH_IN, HEIGHT_IN, MARGIN_IN = 13.333, 7.5, 0.5
TITLE_SLIDE, TITLE_AND_BODY = 0, 1
MAP_IN = (8.35, 4.7)
"""Width and height of a map; its picture is 16:9."""
FIRST_PT, TITLE_PT, BODY_PT, ABOUT_PT = (40, 14), (32, 10), (24, 14), (10, 6)
"""Sizes in points: as large as there is room for, and the least."""
NOTES_PT, TOP_IN, INSET_IN, MM_PER_INCH = 12, 1.65, 0.1, 25.4
WIDER = 1.1
"""Widest face that slide programs set for a missing one, against ours on paper, by which texts are measured."""
FACE = "Arial"
"""Every slide program has it, with Arabic letters; the faces a program names for Arabic are often missing."""
FIRST_ZIP_YEAR = 1980
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LONGEST_PROPERTY = 255
"""Letters of the title in the properties of a file (ECMA-376); the first slide says it whole."""


@dataclass(frozen=True)
class Writing:
    """How texts are written: their language (`fr-MA`, for whoever checks spelling), and from which side."""

    language: str
    rtl: bool


@dataclass(frozen=True)
class Slide:
    """What a slide holds.

    Attributes
    ----------
    about
        What is filtered and where the figures come from, small, at the foot.
    map_picture, picture
        Bytes of the map (16:9), and of a picture of the author's beside the text; None for none.
    described, picture_described
        What the map and the author's picture show, for those who cannot see them.
    """

    title: str
    text: str
    notes: str
    about: str
    map_picture: bytes | None
    picture: bytes | None
    described: str
    picture_described: str = ""
    address: str = ""


def slides(title: str, said: str, chapters: Sequence[Slide], writing: Writing, day: dt.date) -> bytes:
    """Return a PPTX file: a title slide with `said` under it, then a slide a chapter, mirrored for Arabic.

    `day` is written as the one it was made on; the same input gives the same bytes.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    about = deck.core_properties
    about.author = about.last_modified_by = "Atlas solidaire"
    about.title, about.language, about.revision = title[:LONGEST_PROPERTY], writing.language, 1
    about.created = about.modified = dt.datetime.combine(day, dt.time())
    first = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
    head, under = first.placeholders
    box = (WIDTH_IN - 2 * MARGIN_IN, 3.4)
    _put(head, (MARGIN_IN, 0.9, *box))
    _write(head.text_frame, title, _fitting(title, box, FIRST_PT, writing, "bold"), writing, bold=True)
    head.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _put(under, (MARGIN_IN, 4.5, WIDTH_IN - 2 * MARGIN_IN, 1.2))
    _write(under.text_frame, said, 18, writing)
    for chapter in chapters:
        _slide(deck, chapter, writing)
    written = BytesIO()
    deck.save(written)
    return _dated(written, day)


def _dated(written: BytesIO, day: dt.date) -> bytes:
    """Return the file with `day` in each entry of its archive, where the library writes the clock."""
    same = BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, (max(day.year, FIRST_ZIP_YEAR), day.month, day.day, 0, 0, 0))
            packed = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name), packed)
    return same.getvalue()


def _slide(deck: Any, chapter: Slide, writing: Writing) -> None:
    """Add the slide of a chapter, and others for what of a long text finds no room beside the map."""
    slide, body = _titled(deck, chapter.title, writing)
    rtl = writing.rtl
    text_wide = WIDTH_IN - 2 * MARGIN_IN - (MAP_IN[0] + 0.3 if chapter.map_picture else 0)
    box = (text_wide, 2.5 if chapter.picture else 4.8)
    text, rest = _parted(chapter.text, BODY_PT[1], box, writing)
    _put(body, (MARGIN_IN, TOP_IN, *box), rtl=rtl)
    _write(body.text_frame, text, _fitting(text, box, BODY_PT, writing, "regular"), writing)
    if chapter.map_picture:
        place = _box((WIDTH_IN - MARGIN_IN - MAP_IN[0], TOP_IN, *MAP_IN), rtl=rtl)
        drawn = slide.shapes.add_picture(BytesIO(chapter.map_picture), *place)
        _describe(drawn, chapter.described)
    if chapter.picture:
        shown = _photograph(slide, chapter.picture, (MARGIN_IN, 4.25, text_wide, 2.2), rtl=rtl)
        _describe(shown, chapter.picture_described)
    _foot(slide, chapter, writing)
    _write(slide.notes_slide.notes_text_frame, chapter.notes, NOTES_PT, writing)
    whole = (WIDTH_IN - 2 * MARGIN_IN, 4.8)
    while rest:
        slide, body = _titled(deck, chapter.title, writing)
        text, rest = _parted(rest, BODY_PT[1], whole, writing)
        _put(body, (MARGIN_IN, TOP_IN, *whole), rtl=rtl)
        _write(body.text_frame, text, _fitting(text, whole, BODY_PT, writing, "regular"), writing)
        _foot(slide, chapter, writing)


def _titled(deck: Any, title: str, writing: Writing) -> tuple[Any, Any]:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_BODY])
    head, body = slide.placeholders
    box = (WIDTH_IN - 2 * MARGIN_IN, 1.15)
    _put(head, (MARGIN_IN, 0.35, *box))
    _write(head.text_frame, title, _fitting(title, box, TITLE_PT, writing, "bold"), writing, bold=True)
    return slide, body


def _foot(slide: Any, chapter: Slide, writing: Writing) -> None:
    box = (WIDTH_IN - 2 * MARGIN_IN, 0.6)
    foot = slide.shapes.add_textbox(*_box((MARGIN_IN, 6.55, *box), rtl=writing.rtl))
    said = f"{chapter.about}\n{chapter.address}"
    size = _fitting(said, box, ABOUT_PT, writing, "regular")
    _write(foot.text_frame, chapter.about, size, writing)
    if chapter.address:
        link = foot.text_frame.add_paragraph().add_run()
        link.text, link.font.size = chapter.address, Pt(size)
        link.hyperlink.address = chapter.address


def _describe(shape: Any, words: str) -> None:
    shape._element.nvPicPr.cNvPr.set("descr", words)  # noqa: SLF001 - python-pptx has no other way


def _photograph(slide: Any, picture: bytes, box: tuple[float, float, float, float], *, rtl: bool) -> Any:
    """Put a picture into a box, whole and not stretched, where reading starts; return its shape."""
    image = Image.open(BytesIO(picture))
    x, y, wide, high = box
    scale = min(wide / image.width, high / image.height)
    return slide.shapes.add_picture(_as_png(image), *_box((x, y, image.width * scale, image.height * scale), rtl=rtl))


def _fitting(text: str, box: tuple[float, float], sizes: tuple[int, int], writing: Writing, style: str) -> int:
    """Return the largest size, points, from `sizes` (most, least) at which a text fills no more than its box."""
    most, least = sizes
    for size in range(most, least, -1):
        hand = Hand(style, size, "rtl" if writing.rtl else "ltr")
        wide, high = _inside(box)
        if sum(len(lines(line, hand, wide)) for line in text.split("\n")) <= high // hand.line_mm:
            return size
    return least


def _inside(box: tuple[float, float]) -> tuple[float, float]:
    """Return what a text has of a box, millimetres: programs leave a margin, and some set a wider face for ours."""
    wide, high = box
    return (wide - 2 * INSET_IN) * MM_PER_INCH / WIDER, (high - INSET_IN) * MM_PER_INCH


def _parted(text: str, size: float, box: tuple[float, float], writing: Writing) -> tuple[str, str]:
    """Return what of a text fits a box at a size, and the rest."""
    hand = Hand("regular", size, "rtl" if writing.rtl else "ltr")
    wide, high = _inside(box)
    room = int(high // hand.line_mm)
    paragraphs = text.split("\n")
    for at, paragraph in enumerate(paragraphs):
        made = lines(paragraph, hand, wide)
        if len(made) > room:
            head, tail = " ".join(made[:room]), " ".join(made[room:])
            return "\n".join([*paragraphs[:at], head]).rstrip(), "\n".join([tail, *paragraphs[at + 1 :]])
        room -= len(made)
    return text, ""


def _put(shape: Any, box: tuple[float, float, float, float], *, rtl: bool = False) -> None:
    shape.left, shape.top, shape.width, shape.height = _box(box, rtl=rtl)


def _box(box: tuple[float, float, float, float], *, rtl: bool) -> tuple[Length, Length, Length, Length]:
    """Return a box in the units of the file; `x` is where reading starts."""
    x, y, wide, high = box
    left = WIDTH_IN - x - wide if rtl else x
    return Inches(left), Inches(y), Inches(wide), Inches(high)


def _write(frame: Any, text: str, size: float, writing: Writing, *, bold: bool = False) -> None:
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.name = line, Pt(size), bold, FACE
        paragraph.alignment = PP_ALIGN.RIGHT if writing.rtl else PP_ALIGN.LEFT
        # python-pptx knows no direction, no language of this kind, no face of Arabic and no way without a bullet.
        letters = run._r.get_or_add_rPr()  # noqa: SLF001 - as said above
        letters.set("lang", writing.language)
        letters.append(letters.makeelement(f"{DRAWING}cs", {"typeface": FACE}))
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - as said above
        for name, value in (("rtl", "1" if writing.rtl else "0"), ("marL", "0"), ("indent", "0")):
            properties.set(name, value)
        properties.insert(0, properties.makeelement(f"{DRAWING}buNone", {}))


def _as_png(picture: Image.Image) -> BytesIO:
    """Return a picture in a format that every slide program opens: few know WebP."""
    drawn = BytesIO()
    picture.save(drawn, "PNG")
    drawn.seek(0)
    return drawn
