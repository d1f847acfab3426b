"""An address found in a table becomes a link only when it is one of the web."""

import pytest

from pages.ui.templating import TEMPLATES, is_web


@pytest.mark.parametrize(("address", "is_link"), [
    ("https://example.org/a?b=1", True),
    ("http://example.org", True),
    ("javascript:alert(1)", False),
    (" https://example.org", False),
    ("data:text/html,<script>", False),
    ("//example.org", False),
    ("", False),
    (None, False),
])  # fmt: skip
def test_only_addresses_of_the_web_are_links(address, is_link):
    assert is_web(address) is is_link


def test_every_link_out_of_the_atlas_asks_first_whether_it_is_one_of_the_web():
    lines = [line for path in sorted(TEMPLATES.glob("*.html")) for line in path.read_text("utf-8").splitlines()]
    # An address that the atlas makes itself says so in the template.
    outward = [line.strip() for line in lines if 'target="_blank"' in line and "{# ours #}" not in line]
    assert len(outward) > 4
    assert [line for line in outward if " is web " not in line] == []
