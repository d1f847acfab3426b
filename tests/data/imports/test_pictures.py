"""A picture is drawn anew: its pixels stay, what the file said beside them is gone; a trap is refused in words."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from data.imports.sandbox import MOST_PICTURE_BYTES, read_picture
from data.imports.sheet import FileRefused
from data.texts import languages, load_texts

WHERE, CAMERA, REMARK = b"Tabia 30.42 N", b"Telephone d'Amina", b"chez la voisine"
RED, BLUE = (220, 30, 30), (20, 40, 200)


def photograph(width: int = 60, height: int = 40, form: str = "JPEG", **saved: object) -> bytes:
    """Make a picture red on its left and blue on its right, with everything a phone writes beside the pixels."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0110] = CAMERA.decode()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    exif.get_ifd(0x8825)[0x001B] = WHERE  # GPSProcessingMethod
    exif.get_ifd(0x8825)[2] = (30.0, 25.0, 12.0)
    written = io.BytesIO()
    said = {"comment": REMARK} if form == "JPEG" else {}
    picture.save(written, form, exif=exif, xmp=b"<x:xmpmeta>" + WHERE + b"</x:xmpmeta>", **said, **saved)
    return written.getvalue()


def refused(content: bytes, **asked: float) -> str:
    with pytest.raises(FileRefused) as caught:
        read_picture(content, **asked)
    known = [load_texts(language).has(f"picture.problem.{caught.value.reason}") for language in languages()]
    assert all(known), caught.value.reason
    return caught.value.reason


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_a_phone_writes_beside_the_pixels_is_gone_and_the_picture_stands_upright(form):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = photograph(form=form, icc_profile=profile)
    assert CAMERA in sent
    kept = read_picture(sent)
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 40, 60)
    for trace in (WHERE, CAMERA, REMARK, b"Exif", b"xmpmeta", b"ICC_PROFILE"):
        assert trace not in kept.body
    drawn = Image.open(io.BytesIO(kept.body))
    assert not drawn.getexif()
    assert "comment" not in drawn.info
    for spot, colour in (((20, 10), RED), ((20, 50), BLUE)):
        assert all(abs(one - other) < 12 for one, other in zip(drawn.getpixel(spot), colour, strict=True))


def test_a_large_picture_is_made_smaller_and_a_clear_one_lies_on_white():
    large = read_picture(photograph(4000, 1000))
    assert (large.width, large.height) == (400, 1600)
    clear = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(clear, "PNG")
    kept = read_picture(clear.getvalue())
    assert min(Image.open(io.BytesIO(kept.body)).getpixel((4, 4))) > 250


def bomb(side: int) -> bytes:
    """Make a PNG of a few kilobytes that says it is a square of this many pixels each way, and is."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_does():
    trap = bomb(20_000)
    assert len(trap) < 100_000
    assert refused(trap) == "too_many_pixels"


def test_what_is_no_picture_or_none_any_more_is_refused_with_its_reason():
    whole = photograph(600, 400)
    assert refused(b"") == "empty"
    assert refused(bytes(MOST_PICTURE_BYTES + 1)) == "too_large"
    assert refused(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>") == "not_a_picture"
    assert refused(b"GIF89a" + bytes(40)) == "not_a_picture"
    assert refused(whole[: len(whole) // 2]) == "damaged"
    assert refused(whole, wall_s=0.01) == "too_long"


def test_a_picture_that_is_a_page_as_well_keeps_its_pixels_only():
    kept = read_picture(photograph() + b"<script>alert(1)</script>")
    assert b"<script>" not in kept.body
