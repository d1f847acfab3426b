"""What lies on a page, in millimetres from its top left: shapes, words, pictures, each able to draw itself.

Shapes and words go to any renderer of matplotlib, without a figure: the same page becomes PDF, SVG and PNG.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.colors import to_rgba
from matplotlib.path import Path as Outline
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox
from PIL import Image

from layers.paper.fonts import face
from layers.paper.writing import MM_PER_POINT, Hand

Box = tuple[float, float, float, float]  # left, top, width, height, millimetres


@dataclass(frozen=True)
class Sheet:
    """How a page meets a renderer: its height, and pixels of the renderer for a millimetre."""

    renderer: Any
    height_mm: float
    dpi: float

    @property
    def scale(self) -> float:
        """Pixels of the renderer for a millimetre."""
        return self.dpi / 25.4

    def transform(self) -> Affine2D:
        """Millimetres from the top left to pixels from the bottom left."""
        return Affine2D().scale(self.scale, -self.scale).translate(0, self.height_mm * self.scale)


@dataclass(frozen=True)
class Ink:
    """An outline filled, hatched and stroked; widths in points, the hatch a pattern of matplotlib."""

    outline: Outline
    fill: str | None = None
    edge: str | None = None
    width: float = 0.5
    opacity: float = 1.0
    hatch: str = ""
    hatch_colour: str = "#5a6470"
    hatch_width: float = 0.5
    dash: tuple[float, ...] = ()
    join: str = "round"
    clip: Box | None = None
    edge_opacity: float | None = None

    def draw(self, sheet: Sheet) -> None:
        """Draw on a renderer."""
        renderer, transform = sheet.renderer, sheet.transform()
        gc = renderer.new_gc()
        _clip(gc, sheet, self.clip)
        gc.set_antialiased(True)
        gc.set_joinstyle(self.join)
        gc.set_capstyle("butt")
        gc.set_linewidth(self.width if self.edge else 0.0)  # points: every renderer scales strokes itself
        if self.edge:
            gc.set_foreground(to_rgba(self.edge, self.opacity if self.edge_opacity is None else self.edge_opacity))
        if self.dash:
            gc.set_dashes(0, list(self.dash))
        if self.hatch:
            gc.set_hatch(self.hatch)
            gc.set_hatch_color(self.hatch_colour)
            gc.set_hatch_linewidth(self.hatch_width)
        fill = to_rgba(self.fill, self.opacity) if self.fill else None
        renderer.draw_path(gc, self.outline, transform, fill)
        gc.restore()


@dataclass(frozen=True, eq=False)
class Stamps:
    """One outline, in millimetres around nothing, stamped at many places of the page (two columns)."""

    outline: Outline
    places: npt.NDArray[np.float64]
    fill: str
    edge: str
    width: float = 0.4
    opacity: float = 1.0
    clip: Box | None = None

    def draw(self, sheet: Sheet) -> None:
        """Draw on a renderer."""
        renderer = sheet.renderer
        gc = renderer.new_gc()
        _clip(gc, sheet, self.clip)
        gc.set_antialiased(True)
        gc.set_linewidth(self.width)
        gc.set_foreground(to_rgba(self.edge))
        gc.set_snap(False)
        own = Affine2D().scale(sheet.scale, -sheet.scale)
        fill = to_rgba(self.fill, self.opacity)
        renderer.draw_markers(gc, self.outline, own, Outline(self.places), sheet.transform(), fill)
        gc.restore()


@dataclass(frozen=True)
class Words:
    """A line of text; `x` is its left, centre or right by `anchor`, `y` its baseline; `halo` is drawn behind it."""

    x: float
    y: float
    text: str
    hand: Hand
    colour: str
    anchor: str = "left"
    angle: float = 0.0
    halo: str = ""
    halo_mm: float = 0.45
    link: str = ""
    clip: Box | None = None

    def draw(self, sheet: Sheet) -> None:
        """Draw on a renderer."""
        if not self.text:
            return
        renderer, hand = sheet.renderer, self.hand
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[self.anchor] * hand.width_mm(self.text)
        turned = np.deg2rad(self.angle)
        left, base = self.x - shift * np.cos(turned), self.y + shift * np.sin(turned)
        x, y = sheet.transform().transform((left, base))
        font = face(hand.style, hand.direction, hand.points)
        gc = renderer.new_gc()
        _clip(gc, sheet, self.clip)
        if self.halo:
            self._behind(sheet, gc, x, y)
        gc.set_foreground(to_rgba(self.colour))
        if self.link:
            gc.set_url(self.link)
        top = sheet.height_mm * sheet.scale - y if renderer.flipy() else y
        renderer.draw_text(gc, x, top, self.text, font, self.angle)
        gc.restore()

    def _behind(self, sheet: Sheet, gc: Any, x: float, y: float) -> None:
        gc.set_joinstyle("round")
        gc.set_foreground(to_rgba(self.halo, 0.9))
        gc.set_linewidth(2 * self.halo_mm * 72 / 25.4)
        renderer = sheet.renderer
        if hasattr(renderer, "draw_halo"):
            font = face(self.hand.style, self.hand.direction, self.hand.points)
            renderer.draw_halo(gc, x, y, self.text, font, self.angle)
            return
        size = self.hand.points * MM_PER_POINT * sheet.scale / text_to_path.FONT_SCALE
        placed = Affine2D().scale(size).rotate_deg(self.angle).translate(x, y)
        renderer.draw_path(gc, _letters(self.text, self.hand), placed, None)


@lru_cache(maxsize=4096)
def _letters(text: str, hand: Hand) -> Outline:
    """Return the outlines of the letters of a line, at the size of matplotlib's outlines."""
    return Outline(*text_to_path.get_text_path(face(hand.style, hand.direction, hand.points), text))


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture in a box, its proportions those of the box; RGBA rows from the top."""

    box: Box
    pixels: npt.NDArray[np.uint8]
    clip: Box | None = None
    opacity: float = 1.0

    def draw(self, sheet: Sheet) -> None:
        """Draw on a renderer, resampled where it cannot scale itself."""
        renderer, (left, top, width, height) = sheet.renderer, self.box
        gc = renderer.new_gc()
        _clip(gc, sheet, self.clip)
        pixels = self.pixels
        if self.opacity < 1:
            pixels = pixels.copy()
            pixels[..., 3] = (pixels[..., 3] * self.opacity).astype(np.uint8)
        x, y = sheet.transform().transform((left, top + height))
        wide, high = width * sheet.scale, height * sheet.scale
        if renderer.option_scale_image():
            renderer.draw_image(gc, x, y, pixels[::-1], Affine2D().scale(wide, high))
        else:
            size = max(1, round(wide)), max(1, round(high))
            shown = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
            renderer.draw_image(gc, round(x), round(y), np.ascontiguousarray(shown[::-1]))
        gc.restore()


def circle(radius: float, x: float = 0.0, y: float = 0.0) -> Outline:
    """Return a circle around a place."""
    return Outline.circle((x, y), radius)


def cross(radius: float) -> Outline:
    """Return a lying cross around nothing, its arms so long: what is not known, where there is no colour."""
    arm, half = radius, radius * 0.22
    ends = np.array([(-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half), (half, arm)])
    outline = np.vstack((ends, -ends[1:6], ends[:1]))
    turned = outline @ np.array([(1.0, 1.0), (-1.0, 1.0)]) / np.sqrt(2)
    return Outline(turned, closed=True)


def rectangle(box: Box) -> Outline:
    """Return the outline of a box."""
    left, top, width, height = box
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height), (left, top)]
    return Outline(corners, closed=True)


def _clip(gc: Any, sheet: Sheet, box: Box | None) -> None:
    if box is None:
        return
    left, top, width, height = box
    corners = sheet.transform().transform([(left, top + height), (left + width, top)])
    gc.set_clip_rectangle(Bbox(corners))
