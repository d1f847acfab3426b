"""A picture from a stranger, decoded and drawn anew: its pixels stay, whatever else the file carried does not."""

import contextlib
import io
import struct
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from data.imports.sheet import FileRefused

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
"""Of the picture as it came; a phone takes 12 to 50 million."""
LONGEST_SIDE = 1_600
"""Pixels of the picture as it is kept."""
QUALITY = 82  # of JPEG


def rewrite(source: Path, target: Path) -> tuple[int, int]:
    """Write a picture anew, upright, at most `LONGEST_SIDE` wide and high; return its width and height.

    What a file says beside its pixels (place and time, camera, comments, thumbnail) is not written.

    Raises
    ------
    FileRefused
        `not_a_picture` (of none of `FORMATS`), `too_many_pixels` (seen before any is decoded) or `damaged`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is the lower one
        try:
            with Image.open(source, formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise FileRefused("too_many_pixels", str(MOST_PIXELS // 1_000_000))
                drawn = _drawn_anew(opened)
        except UnidentifiedImageError as error:
            raise FileRefused("not_a_picture") from error
        except Image.DecompressionBombError as error:
            raise FileRefused("too_many_pixels", str(MOST_PIXELS // 1_000_000)) from error
        except (OSError, SyntaxError, ValueError, struct.error, EOFError) as error:
            if isinstance(error, FileRefused):
                raise
            raise FileRefused("damaged") from error
    drawn.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return drawn.width, drawn.height


def _drawn_anew(opened: Image.Image) -> Image.Image:
    """Return the pixels on a sheet of their own: an opened picture would take its comments along."""
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = _in_screen_colours(ImageOps.exif_transpose(opened))
    sheet = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        sheet.paste(clear, mask=clear.getchannel("A"))
    else:
        sheet.paste(upright.convert("RGB"))
    return sheet


def _in_screen_colours(picture: Image.Image) -> Image.Image:
    """Turn the colours of a wide-gamut camera into those of screens; a profile that cannot be read is passed over."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode == "RGB":
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            turned = ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"))
            return turned or picture
    return picture
