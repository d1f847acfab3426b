"""What the browser fetches stays at its address as long as a page may ask for it."""

import gzip

import brotli

from pages.ui.served import MOST_PASSING, publish, published


def test_the_same_content_has_one_address_and_other_content_another():
    assert publish("a", ".json", b"[1]") == publish("a", ".json", b"[1]")
    assert publish("a", ".json", b"[1]") != publish("a", ".json", b"[2]")


def test_a_body_is_kept_with_its_compressed_forms():
    served = published(publish("b", ".json", b"[1, 2, 3]"))
    assert served is not None
    assert brotli.decompress(served.br or b"") == gzip.decompress(served.gz or b"") == served.body == b"[1, 2, 3]"


def test_what_pages_remember_outlives_any_number_of_runs():
    remembered = publish("map", ".json", b"{}")
    first = publish("state", ".json", b"first", passing=True)
    for number in range(MOST_PASSING):
        publish("state", ".json", str(number).encode(), passing=True)
    assert published(remembered) is not None
    assert published(first) is None


def test_nothing_is_at_an_address_never_published():
    assert published("/atlas/data/none.json") is None
