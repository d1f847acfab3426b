"""What the browser fetches stays at its address as long as a page may ask for it."""

import gzip
import io

import brotli
import pytest
from fontTools.ttLib import TTFont

from data import store
from data.texts import load_texts
from pages.ui import served, typeface
from pages.ui.served import MOST_PASSING, STATIC_FOLDERS, publish, published
from pages.ui.server import VENDOR_FOLDERS


def test_the_same_content_has_one_address_and_other_content_another():
    assert publish("a", ".json", b"[1]") == publish("a", ".json", b"[1]")
    assert publish("a", ".json", b"[1]") != publish("a", ".json", b"[2]")


def test_a_body_is_kept_with_its_compressed_forms():
    kept = published(publish("b", ".json", b"[1, 2, 3]"))
    assert kept is not None
    assert brotli.decompress(kept.br or b"") == gzip.decompress(kept.gz or b"") == kept.body == b"[1, 2, 3]"


def test_what_pages_remember_outlives_any_number_of_runs():
    remembered = publish("map", ".json", b"{}")
    first = publish("state", ".json", b"first", passing=True)
    for number in range(MOST_PASSING):
        publish("state", ".json", str(number).encode(), passing=True)
    assert published(remembered) is not None
    assert published(first) is None


def test_large_files_of_one_run_make_room_for_one_another_and_the_last_always_stays(monkeypatch):
    monkeypatch.setattr(served, "MOST_PASSING_BYTES", 60_000)
    first, second, last = (publish("story", ".json", bytes(range(seed, 256)) * 160, passing=True) for seed in (1, 2, 3))
    assert [published(address) is None for address in (first, second, last)] == [True, True, False]


def test_nothing_is_at_an_address_never_published():
    assert published("/atlas/data/none.json") is None


def test_the_light_face_of_arabic_holds_every_arabic_letter_of_the_words_and_names():
    letters = typeface.lighter(VENDOR_FOLDERS["noto-sans-arabic"], "noto-sans-arabic", typeface.ARABIC)
    if letters is None:
        pytest.skip("the typefaces are not installed")
    held = set(TTFont(io.BytesIO(letters)).getBestCmap())
    words = "".join(load_texts("ar").entries.values()) + "".join(store.load("territories")["name_ar"])
    words += "".join(store.load("villages")["name_ar"])
    used = {ord(sign) for sign in words if "\u0600" <= sign <= "\u06ff"}
    assert len(used) > 30
    assert {chr(sign) for sign in used - held} == set()
    sheet = (STATIC_FOLDERS["ui"] / "atlas.css").read_text("utf-8")
    said = next(rule for rule in sheet.split("@font-face") if typeface.ARABIC in rule).partition("unicode-range:")[2]
    ends = [part.strip().removeprefix("U+").split("-") for part in said.partition(";")[0].split(",")]
    assert {sign for first, *last in ends for sign in range(int(first, 16), int((last or [first])[0], 16) + 1)} == set(
        typeface.LETTERS
    )


def test_the_thin_space_within_french_numbers_is_of_the_face_itself():
    letters = typeface.lighter(VENDOR_FOLDERS["noto-sans"], "noto-sans", typeface.LATIN)
    if letters is None:
        pytest.skip("the typefaces are not installed")
    face = TTFont(io.BytesIO(letters))
    between = next(sign for sign in load_texts("fr").number(3_020_431) if not sign.isdigit())
    advance, _ = face["hmtx"][face.getBestCmap()[ord(between)]]
    assert advance / face["head"].unitsPerEm > 0.15  # ems: seen between two figures
