"""The figures under the map of projects: an unknown sum is no zero, and what is filtered away was not unrecorded."""

import pytest

from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages.ui.knowledge import knowledge
from pages.ui.maps import map_view
from pages.ui.projects import project_finding


def seen(state, language="fr"):
    know, t = knowledge(), load_texts(language)
    selection = select(know.register, state)
    return selection, project_finding.figures(know, selection, t), map_view.drawing(know, selection, t)[1]["legend"]


def test_the_sum_of_unknown_amounts_is_unknown():
    selection, shown, _ = seen(State(territory="09", text="pompe solaire Bouzemmour"))
    assert selection.totals.projects == selection.totals.without_amount == 1
    _, money, _, estimated = shown["figures"]
    assert (money["value"], money["note"]) == ("inconnu en dirhams", "montant en dirhams inconnu pour un projet")
    assert estimated["value"] == "inconnu en dirhams"
    assert shown["equation"] == ""


@pytest.mark.parametrize(
    ("filters", "note", "row"),
    [
        ({}, "aucun projet recensé dans 44 communes", "communes sans projet recensé"),
        ({"sector": ("health",)}, "aucun projet de ce choix dans", "communes sans projet de ce choix"),
        (
            {"sector": ("health",), "show": "amount"},
            "aucun projet de ce choix dans",
            "communes sans projet de ce choix",
        ),
    ],
)
def test_communes_without_a_project_of_a_choice_are_not_said_to_have_none(filters, note, row):
    _, shown, legend = seen(State(territory="09", **filters))
    assert shown["figures"][2]["note"].startswith(note)
    assert legend["rows"][-1]["label"] == row


def test_the_rows_of_the_legend_by_how_well_a_place_is_known_sum_to_the_projects():
    for code in ("09", "09551"):
        selection, _, legend = seen(State(territory=code))
        known = [int(row["count"]) for row in legend["rows"][-4:-1]]
        assert sum(known) == selection.totals.projects
