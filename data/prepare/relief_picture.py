"""Heights become a quiet picture: a tint by height, a soft shade as lit from the north-west, nothing outside."""

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy.ndimage import distance_transform_edt, gaussian_filter

Grid = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

SUN_AZIMUTH_DEG, SUN_HEIGHT_DEG = 315.0, 45.0
# The picture ends this many pixels inside the outline, fading: enlarged, it never spills over the sea.
FADE_PX = 2.5
# Below, blocks show where the land is flat; above, only the file grows.
WEBP_QUALITY = 92
NOISE_SEED, NOISE_LEVELS = 1, 0.8
# Villages stand in hollows: alone, their slopes would read as pits. Ranges, lit on their own, hold them together.
BROAD_KM, BROAD_EXAGGERATION, BROAD_SHARE = 3.0, 1.8, 0.45


@dataclass(frozen=True)
class Theme:
    """Colours of the land by height (metres → colour), and how strongly light and shade change them."""

    suffix: str
    tint: tuple[tuple[float, str], ...]
    shade: str
    light: str
    shade_strength: float
    light_strength: float
    exaggeration: float


THEMES = (
    Theme(
        suffix="",
        tint=(
            (0, "#faf7f2"),
            (400, "#f8f3ea"),
            (900, "#f3ebde"),
            (1500, "#ebe0d0"),
            (2200, "#e2d5c4"),
            (3200, "#d9ccbe"),
        ),
        shade="#7a6d5f",
        light="#fffcf4",
        shade_strength=0.75,
        light_strength=0.7,
        exaggeration=5.0,
    ),
    Theme(
        suffix=".dark",
        tint=(
            (0, "#1e252e"),
            (400, "#212830"),
            (900, "#272c33"),
            (1500, "#2d3135"),
            (2200, "#343638"),
            (3200, "#3b3b3b"),
        ),
        shade="#080b10",
        light="#8d8a86",
        shade_strength=0.55,
        light_strength=0.38,
        exaggeration=5.0,
    ),
)


def picture(heights: Grid, inside: Mask, pixel_km: float, *, theme: Theme) -> bytes:
    """Return a WebP picture of the relief, transparent outside the country.

    Parameters
    ----------
    heights
        Metres, first row north.
    inside
        True where the pixel's centre lies in the country.
    pixel_km
        Size of a pixel on the ground, km.
    theme
        Colours.
    """
    colours = _tint(heights, theme)
    slope = relief_light(heights, pixel_km, theme)
    shaded = np.clip(-slope, 0, 1)[..., None] * theme.shade_strength
    lit = np.clip(slope, 0, 1)[..., None] * theme.light_strength
    colours = colours * (1 - shaded) + _rgb(theme.shade) * shaded
    colours = colours * (1 - lit) + _rgb(theme.light) * lit
    # One level of fixed noise: without it, slow gradients break into visible steps once enlarged.
    colours = colours + np.random.default_rng(NOISE_SEED).uniform(-NOISE_LEVELS, NOISE_LEVELS, heights.shape)[..., None]
    depth = distance_transform_edt(inside)
    alpha = np.clip(depth / FADE_PX, 0, 1)
    image = Image.fromarray(np.dstack([colours, alpha * 255]).round().clip(0, 255).astype(np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=WEBP_QUALITY, method=6, alpha_quality=60, use_sharp_yuv=True)
    return buffer.getvalue()


def relief_light(heights: Grid, pixel_km: float, theme: Theme) -> Grid:
    """Return the light of the ranges and of the single slopes together, so that both are read at a glance."""
    broad = gaussian_filter(heights, BROAD_KM / pixel_km)
    ranges = hillshade(broad, pixel_km, exaggeration=theme.exaggeration * BROAD_EXAGGERATION)
    slopes = hillshade(heights, pixel_km, exaggeration=theme.exaggeration)
    return ranges * BROAD_SHARE + slopes * (1 - BROAD_SHARE)


def hillshade(heights: Grid, pixel_km: float, *, exaggeration: float) -> Grid:
    """Return light (positive) and shade (negative) of each slope, 0 on flat ground, within -1..1.

    Heights are exaggerated by a factor: at this scale true slopes are too gentle to be seen. The light comes from the
    north-west, as printed atlases have it, so that mountains are not read as valleys.
    """
    south, east = np.gradient(heights * exaggeration / (pixel_km * 1000.0))
    azimuth, height = np.radians(SUN_AZIMUTH_DEG), np.radians(SUN_HEIGHT_DEG)
    normal = np.sqrt(south**2 + east**2 + 1)
    light = (
        np.sin(height) - np.cos(height) * np.sin(azimuth) * east + np.cos(height) * np.cos(azimuth) * south
    ) / normal
    return np.asarray(light - np.sin(height), dtype=np.float64)


def _tint(heights: Grid, theme: Theme) -> Grid:
    metres = [height for height, _ in theme.tint]
    stops = np.array([_rgb(colour) for _, colour in theme.tint])
    smooth = gaussian_filter(heights, 1.0)
    return np.dstack([np.interp(smooth, metres, stops[:, channel]) for channel in range(3)])


def _rgb(colour: str) -> npt.NDArray[np.float64]:
    return np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)], dtype=np.float64)
