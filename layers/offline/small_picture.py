"""A picture made small enough to travel inside the file: the same bytes give the same bytes."""

import io

from PIL import Image

from layers.offline.inlined import Resource

MOST_PX, QUALITY = 640, 62
"""The longer side, as wide as a sheet is on most screens; the quality of WebP that keeps a face recognisable."""


def small_picture(body: bytes) -> Resource:
    """Return a picture (JPEG, PNG, WebP that the atlas drew anew) as WebP, about 30 kB.

    Raises
    ------
    OSError
        It cannot be read.
    """
    image = Image.open(io.BytesIO(body)).convert("RGB")
    image.thumbnail((MOST_PX, MOST_PX), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=6)
    return Resource("image/webp", written.getvalue())
