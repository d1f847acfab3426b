"""The figures of a place on paper: as many as there are, none over another."""

import itertools

import pytest

from layers.paper import place_figures, place_sectors
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


def test_a_long_label_gives_way_to_its_figure_which_is_never_cut():
    page = Page()
    fact = {"label": "Rang (Tanger-Tétouan-Al Hoceima)", "value": "133 sur 146 communes", "note": ""}
    place_figures.brief(page, 120, 40, 80, 56, {"title": "En bref", "facts": [fact], "source": "Source"})
    said = [mark.text for mark in page.marks if isinstance(mark, Words)]
    assert fact["value"] in said
    assert fact["label"] in said


@pytest.mark.parametrize(("direction", "word"), [("ltr", "inconnu"), ("rtl", "1,54\u00a0مليون\u00a0درهم")])
def test_no_word_of_a_column_of_sectors_is_broken(direction: str, word: str):
    page = Page(direction=direction)
    codes = ("need", "since", "here", "inside", "money", "each", "meaning")
    cells = [{"code": code, "text": word, "note": ""} for code in codes]
    content = {
        "title": "Secteurs",
        "first": "Besoin",
        "columns": [{"code": code, "label": "Titre"} for code in codes],
        "rows": [{"label": "Tous besoins", "strong": True, "cells": cells}],
        "others": [],
        "wide": {"entries": []},
        "since": "",
        "note": "",
    }
    place_sectors.sectors(page, 10, 10, 190, content)
    assert [mark.text for mark in page.marks if isinstance(mark, Words)].count(word) == len(codes)
