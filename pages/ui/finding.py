"""The sentence over a map, whatever the page: the finding, the filters in words, what of the address nobody knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.texts import Texts
from geo.address import StateProblem
from pages.ui.page import show


def show_finding(
    said: str,
    *,
    filters: Sequence[str],
    in_force: bool,
    problems: Sequence[StateProblem],
    empty: Mapping[str, Any] | None,
    t: Texts,
) -> None:
    """Show the head of a page with a choice.

    Parameters
    ----------
    said
        The finding in one sentence: the page's heading.
    filters
        Each choice in force, in words.
    in_force
        Whether anything is chosen that can be taken back.
    problems
        What the address says and no page knows.
    empty
        Where nothing is left: what is `said` of it, and the `ways` out, each with its `act` and `label`.
    """
    show(
        "finding.html",
        key="finding",
        finding=said,
        filters=filters,
        in_force=in_force,
        clear=t("filter.clear"),
        problems=problems_said(problems, t),
        empty=empty,
    )


def problems_said(problems: Sequence[StateProblem], t: Texts) -> list[str]:
    """Say what of an address was not understood, and what the page does instead."""
    return [
        t(f"state.problem.{one.why}", parameter=one.parameter, value=one.value) + " " + t(f"state.instead.{one.why}")
        for one in problems
    ]
