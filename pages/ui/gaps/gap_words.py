"""Needs, money, kinds of absence and findings of the gaps page said in the visitor's language."""

from typing import Any

import numpy as np
import pandas as pd

from data.texts import Texts
from geo.absence import NO_REPORTER, PRESENT
from geo.gap_needs import UNMEASURED, WEIGHTED
from geo.gap_selection import GapSelection
from geo.gaps import STEPS
from geo.gaps_state import PEOPLE, UNFUNDED
from geo.needs_state import INDEX
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words

HIGH = STEPS - 1
BY_PEOPLE = (WEIGHTED, UNMEASURED)
"""Needs that count nobody in particular: the inhabitants are shown."""


def subject(know: Knowledge, code: str, t: Texts) -> str:
    """Name what is compared: all needs, one need, or a sector of projects without a need measured."""
    if code == INDEX:
        return t("gaps.subject.index")
    return words.option(know, "sector", code, t) if code in know.catalog.sectors else need_words.need(code, t)


def need_name(found: GapSelection, t: Texts) -> str:
    """Name the need alone, for legends."""
    return t("needs.index") if found.need.subject == INDEX else need_words.need(found.need.subject, t)


def subject_of(know: Knowledge, found: GapSelection, t: Texts) -> str:
    """Name the subject of a selection; a need whose code is also that of a sector is named as a need."""
    code = found.need.subject
    return need_words.need(code, t) if found.need.is_measured and code != INDEX else subject(know, code, t)


def counted(found: GapSelection, n: int, t: Texts) -> str:
    """Write «7 communes», «2 provinces»."""
    return t(f"gaps.count.{found.level}", n=n)


def need_of(found: GapSelection, row: Any, t: Texts) -> str:
    """Write the need of a row of the table, or why there is none."""
    return points(row.need, t, assumed=found.need.is_assumed(row.Index))


def points(value: float, t: Texts, *, assumed: bool = False) -> str:
    """Write a need in points of 100, or that it is not known, or that it has no meaning there and counts as none."""
    if assumed:
        return t("needs.absent.not_applicable")
    return t("needs.absent.insufficient") if pd.isna(value) else t("needs.unit.points", value=t.number(value, 1))


def money(row: Any, t: Texts) -> str:
    """Write the money placed in a row of the table, or why it is not known."""
    if pd.isna(row.money_mad):
        return unknown_money(row, t)
    return t.short_money(float(row.money_mad)) if row.money_mad else t("gaps.money.none")


def per_person(row: Any, t: Texts) -> str:
    """Write the money per inhabitant of a row of the table, or why it is not known."""
    if pd.isna(row.mad_per_person):
        return unknown_money(row, t)
    return rate(float(row.mad_per_person), t)


def rate(mad: float, t: Texts) -> str:
    """Write dirhams per inhabitant."""
    return t("gaps.money.per_person", n=words.per_person(mad, t))


def unknown_money(row: Any, t: Texts) -> str:
    """Say why the money of a row is not known."""
    return t("gaps.money.no_reporter") if row.absence == NO_REPORTER else t("gaps.money.unknown")


def absence(kind: str, t: Texts) -> str:
    """Name a kind of absence; empty where a project is reported."""
    return "" if kind == PRESENT else t(f"gaps.absence.{kind}")


def cell(need_step: int, money_step: int, t: Texts) -> str:
    """Say a cell of the square in plain words; why there is none when need or money is not known."""
    if min(need_step, money_step) >= 0:
        return t(f"gaps.cell.{need_step}{money_step}")
    return t("gaps.cell.no_need" if need_step < 0 else "gaps.cell.no_money")


def concerned(found: GapSelection, row: Any, t: Texts) -> str:
    """Write whom the need of a row concerns: households or persons without, or its inhabitants."""
    if found.need.counted in BY_PEOPLE:
        return t("needs.absent.short") if pd.isna(row.people) else t.number(round(row.people))
    if pd.isna(row.in_need):
        return t("needs.absent.missing")
    return need_words.people_of(float(row.in_need), found.need.counted, t)


def people_header(found: GapSelection, t: Texts) -> str:
    """Name the column of people."""
    if found.need.counted in BY_PEOPLE:
        return t("needs.column.population")
    code = next(one.code for one in found.need.needs.ground.indicators.values() if one.theme == found.need.subject)
    said = t.label("indicator", f"{code}.people", t("needs.column.people"))
    return said[:1].upper() + said[1:]


def years(found: GapSelection, t: Texts) -> str:
    """Say the years in force."""
    low, high = found.state.years
    return t("gaps.years.all") if (low, high) == (None, None) else words.bounds(low, high, t, money=False)


def steps_said(found: GapSelection, t: Texts) -> str:
    """Say where low, middle and high end, and why there."""
    need, money_ends = found.gap.need_breaks.bounds, found.gap.money_breaks.bounds
    if found.state.steps == PEOPLE:
        return t("gaps.steps.people_note")
    said = {
        "mean": rate(found.mean_mad, t) if found.mean_mad > 0 else rate(0, t),
        "low": rate(money_ends[0], t),
        "high": rate(money_ends[-1], t),
    }
    if not need:
        return t("gaps.steps.money_note", **said)
    return t("gaps.steps.norms_note", middle=t.number(round(need[0], 1)), limit=t.number(round(need[-1], 1)), **said)


def filters(know: Knowledge, found: GapSelection, t: Texts) -> list[str]:
    """Say each choice in force in a short sentence: what the screen, exports and prints carry."""
    state = found.state
    said = [
        t("filter.said", name=t("filter.territory"), values=know.territories.name(state.territory, t.language)),
        t("filter.said", name=t("gaps.choices.subject"), values=subject_of(know, found, t)),
        t("filter.said", name=t("filter.years"), values=years(found, t)),
        t(f"needs.by.{found.level}"),
        t(f"gaps.steps.{state.steps}"),
    ]
    if state.cell:
        said.append(cell_name(state.cell, t))
    return said


def cell_name(code: str, t: Texts) -> str:
    """Name what the list is narrowed to."""
    return t("gaps.cell.unfunded") if code == UNFUNDED else cell(int(code[0]), int(code[1]), t)


def headline(know: Knowledge, found: GapSelection, t: Texts) -> str:
    """Say the finding in one sentence."""
    place = know.territories.name(found.state.territory, t.language)
    about = {"subject": subject_of(know, found, t), "place": place}
    if not found.need.is_measured:
        silent = counted(found, len(found.silent), t)
        return t("gaps.finding.unmeasured", silent=silent, total=len(found), **about)
    if len(found) == 1:
        return _single(found, about, t)
    known = found.table["need_step"] >= 0
    if not known.any():
        return t("gaps.finding.no_need", **about)
    high = found.table[found.table["need_step"] == HIGH]
    if high.empty:
        return t("gaps.finding.no_high", level=t(f"gaps.none.{found.level}"), **about)
    without = found.gap.unfunded
    people = t("gaps.people", n=round(float(np.nansum(without["people"]))))
    name = "high_none" if without.empty else "high"
    return t(
        f"gaps.finding.{name}",
        high=counted(found, len(high), t),
        total=len(found),
        n=len(without),
        people=people,
        **about,
    )


def _single(found: GapSelection, about: dict[str, str], t: Texts) -> str:
    row = next(found.table.itertuples())
    said = cell(row.need_step, row.money_step, t)
    return t("gaps.finding.single", said=said, need=points(row.need, t), **about)


def caution(know: Knowledge, found: GapSelection, t: Texts) -> str:
    """Say what no map of records can say, and how many publishers the register has read here."""
    place = know.territories.name(found.state.territory, t.language)
    return t("gaps.caution", n=found.reporters, place=place)
