"""The lines of the map of ties with other countries, on six ties one can count on one hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from data.countries import country_middles
from data.texts import load_texts
from geo.actor_selection import select_actors
from geo.actors_state import ActorsState
from geo.flow_lines import flow_lines
from geo.ties import NOWHERE, RELATIONS
from layers.paper.map_frame import map_frame
from layers.paper.marks import Words
from layers.paper.page import Page
from pages.ui.actors import actor_map
from pages.ui.knowledge import knowledge
from pages.ui.paper.paper_ground import ground

ORIGIN, WORK, PROJECT, SEAT = (RELATIONS.index(name) for name in ("origin", "work", "project", "seat"))


def test_each_body_counts_once_a_commune_and_ties_to_wider_places_have_no_line():
    bodies = pd.DataFrame({"country": ["FR", "FR", "BE", "MA"]})
    ties = SimpleNamespace(
        body=np.array([0, 0, 1, 1, 2, 3]),
        relation=np.array([ORIGIN, WORK, WORK, WORK, PROJECT, WORK]),
        commune=np.array([5, 5, 5, NOWHERE, 7, 5]),
    )
    actors = SimpleNamespace(bodies=bodies, ties=ties)
    abroad = np.array([True, True, True, False])
    table = flow_lines(actors, abroad, 0, 10)
    # Commune 7: one Belgian body has a project. Commune 5: two French ones, one of which comes from there.
    assert table.to_dict("records") == [
        {"country": "BE", "commune": 7, "organisations": 1, "is_origin": False},
        {"country": "FR", "commune": 5, "organisations": 2, "is_origin": True},
    ]
    assert flow_lines(actors, abroad, 6, 10)["country"].tolist() == ["BE"]
    assert flow_lines(actors, np.zeros(4, bool), 0, 10).empty


@pytest.mark.parametrize("territory", ["09", "MA"])
def test_the_map_of_ties_abroad_draws_the_lines_of_its_legend_and_other_views_none(territory):
    know, t = knowledge(), load_texts("fr")
    selection = select_actors(know.directory, ActorsState(territory=territory, tab="abroad"))
    _, state = actor_map.drawing(know, selection, t)
    lines = state["flows"]["lines"]
    assert {country for country, *_ in lines} == set(range(len(state["flows"]["countries"])))
    first, last = know.territories.commune_range(territory)
    assert all(first <= commune < last for _, commune, *_ in lines)
    rows = {row["label"]: row["count"] for row in state["legend"]["rows"]}
    origins = {commune for _, commune, _, strong in lines if strong}
    assert rows[t("actors.legend.flow_origin")] == t.number(len(origins))
    assert origins == {know.territories.commune_index[code] for code in actor_map._origins_abroad(know, selection)}
    other = select_actors(know.directory, ActorsState(territory=territory, tab="directory"))
    assert actor_map.drawing(know, other, t)[1]["flows"] is None


def test_on_paper_each_country_has_its_label_inside_the_map_and_none_hides_another():
    know, t = knowledge(), load_texts("fr")
    selection = select_actors(know.directory, ActorsState(territory="09", tab="abroad"))
    _, state = actor_map.drawing(know, selection, t)
    page = Page("a4", landscape=True)
    frame = map_frame(page, state, ground(know, t), (10, 10, 190, 140))
    labels = {label for label, *_ in state["flows"]["countries"]}
    written = [mark for mark in page.marks if isinstance(mark, Words) and mark.text in labels]
    assert {words.text for words in written} == labels
    assert "France" in " ".join(labels)
    left, top, width, height = frame.box
    boxes = [
        (one.x - one.hand.width_mm(one.text) / 2, one.y, one.x + one.hand.width_mm(one.text) / 2) for one in written
    ]
    assert all(left < near and far < left + width and top < y < top + height for near, y, far in boxes)
    for number, (near, y, far) in enumerate(boxes):
        assert not [1 for a, b, c in boxes[number + 1 :] if abs(b - y) < 2 and near < c and a < far]


def test_the_side_of_every_country_of_a_body_is_known():
    bodies = knowledge().actors.bodies["country"].dropna()
    assert set(bodies) - {"MA"} <= set(country_middles())
