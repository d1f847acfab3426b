"""The file that stands alone: it holds what it needs, and no text in it becomes markup."""

from html.parser import HTMLParser

import pytest

from layers.base import atlas_map
from layers.offline.document import Vendored, offline_document
from layers.offline.inlined import Resource, import_map

HOSTILE = "</script><img src=x onerror=alert(1)><!--{{7*7}}`"
WORDS = dict.fromkeys(("title", "skip", "waiting", "noscript", "sources", "made"), HOSTILE)


class Elements(HTMLParser):
    """Which elements a reader of the file meets, and the addresses they name."""

    def __init__(self):
        super().__init__()
        self.tags, self.addresses = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href")]


def written(text):
    return offline_document(
        atlas_map("/atlas/offline/map.json"),
        vendored=Vendored(("'</script>'",), (".leaflet { color: red }",), {}),
        look='@font-face { src: url("/atlas/vendor/none.woff2") }',
        resources={"/atlas/data/names.json": Resource("application/json", f'["{text}"]'.encode())},
        data={"name": text},
        words=WORDS | {"title": text},
        language="ar",
        direction="rtl",
    )


def test_a_hostile_name_adds_no_element_to_the_file():
    calm, hostile = Elements(), Elements()
    calm.feed(written("Agadir").decode())
    hostile.feed(written(HOSTILE).decode())
    assert calm.tags.count("script") > 5
    assert hostile.tags == calm.tags
    assert "img" not in hostile.tags


def test_the_file_names_nothing_outside_itself():
    found = Elements()
    found.feed(written("Agadir").decode())
    assert [one for one in found.addresses if not one.startswith(("data:", "#"))] == []
    assert b'url("/' not in written("Agadir")


def test_the_same_content_gives_the_same_bytes():
    assert written("Agadir") == written("Agadir")


def test_a_module_that_is_not_given_is_named():
    with pytest.raises(ValueError, match=r"a/x\.js imports '\./y\.js'"):
        import_map({"a/x.js": "import { y } from './y.js';"})
