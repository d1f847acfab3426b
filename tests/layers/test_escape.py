"""No text of anybody is ever run: not by Jinja, not by JavaScript, not by HTML."""

import html
import re

import folium
import pytest

from layers.base import LivingLayers, atlas_map, framed_map
from layers.escape import esc

HOSTILE = (
    "{{7*7}}",
    "{% for x in range(9) %}",
    "{# hidden #}",
    "{{ unbalanced",
    "`${alert(1)}`",
    "\\`",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\"' onmouseover='alert(1)",
    "PRJ_001",
    "دوار {{cycler.__init__.__globals__}}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_drawn_as_itself(text):
    assert html.unescape(esc(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_that_opens_a_template_a_string_or_a_tag_is_left(text):
    assert not set("{}`\\$_<>\"'") & set(esc(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_folium_renders_an_escaped_text_without_running_it(text):
    map_ = folium.Map(tiles=None)
    folium.Marker([30, -9], popup=folium.Popup(esc(text))).add_to(map_)
    assert esc(text) in map_.get_root().render()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_address_does_not_break_out_of_the_script_of_the_map(text):
    script = atlas_map(text).script
    assert script.count("Atlas.start(") == 1
    assert "alert(1)>" not in script
    assert LivingLayers(text).address == esc(text)


def test_the_map_asks_nothing_of_the_internet():
    made = atlas_map("/atlas/data/map.fr.json")
    assert all(address.startswith("/atlas/") for address in (*made.js, *made.css))
    assert "http" not in made.script
    page = framed_map("/atlas/data/map.fr.json", js=["/a.js"], css=["/a.css"]).get_root().render()
    assert set(re.findall(r"https?://[^\"' <]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_the_same_map_has_the_same_script_and_another_map_another_digest():
    one, again, other = atlas_map("/a_1.json"), atlas_map("/a_1.json"), atlas_map("/a_2.json")
    assert (one.script, one.digest) == (again.script, again.digest)
    assert one.digest != other.digest
