"""The figures of a place on paper: as many as there are, none over another."""

import itertools

import pytest

from layers.paper import place_figures
from layers.paper.marks import Words
from layers.paper.page import Page


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("count", [4, 8, 13])
def test_no_line_of_the_brief_is_written_over_another(direction: str, count: int):
    page = Page(direction=direction)
    facts = [{"label": f"الماء {n}", "value": f"{n} كم", "note": "أبعد من كم"} for n in range(count)]
    place_figures.brief(page, 120, 40, 80, 56, {"title": "باختصار", "facts": facts, "source": "المصدر"})
    values = [mark for mark in page.marks if isinstance(mark, Words) and mark.hand.style == "bold"][1:]
    assert len(values) == count
    tall = values[0].hand.line_mm
    assert min(after.y - before.y for before, after in itertools.pairwise(values)) >= tall
    assert max(mark.y for mark in page.marks if isinstance(mark, Words)) <= 40 + 56
