"""The practical guide: facts of one theme after another, searched by words, each dated; which are to be verified."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.actors_catalog import GuideTheme
from geo.folding import fold
from geo.guide_state import GuideState

SEARCHED = (
    "reference_fr",
    *(f"{name}_{language}" for name in ("step", "fact", "delay", "cost", "verify") for language in ("fr", "ar", "en")),
)
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Guide:
    """The facts in the order of the themes, and what is searched in each.

    Attributes
    ----------
    facts
        The table `guide_facts` with `step`, the number of the step within its theme: facts that follow each other
        under one title are one step.
    themes
        What one may want to do, by code.
    words
        Folded words of each fact, those of its theme included.
    verify_after_years
        A fact of an older page is to be verified.
    """

    facts: pd.DataFrame
    themes: Mapping[str, GuideTheme]
    words: tuple[str, ...]
    verify_after_years: int

    @classmethod
    def of(
        cls,
        facts: pd.DataFrame,
        themes: Mapping[str, GuideTheme],
        *,
        titles: Mapping[str, Sequence[str]],
        verify_after_years: int,
    ) -> "Guide":
        """Lay out the table `guide_facts`.

        Parameters
        ----------
        titles
            Names of each theme in the languages of the atlas: a theme can be found by any of them.
        """
        place = {code: number for number, code in enumerate(themes)}
        order = facts["theme_code"].map(place)
        facts = facts.iloc[np.lexsort((facts["step_order"], order))].reset_index(drop=True)
        opens = facts["step_fr"].ne(facts["step_fr"].shift()) | facts["theme_code"].ne(facts["theme_code"].shift())
        facts = facts.assign(step=opens.groupby(facts["theme_code"]).cumsum())
        said = facts[list(SEARCHED)].fillna("").agg(" ".join, axis=1)
        named = facts["theme_code"].map({code: " ".join(titles[code]) for code in themes})
        return cls(facts, themes, tuple(fold(text) for text in said + " " + named), verify_after_years)

    def select(self, state: GuideState) -> "GuideSelection":
        """Return the facts that hold all the words, and the themes for the audience."""
        asked = fold(state.text).split()
        holds = np.array([all(word in words for word in asked) for words in self.words], np.bool_)
        return GuideSelection(self, state, holds)

    def stale_since(self, source_date: str, today: dt.date) -> int | None:
        """Return the year since which a fact is to be verified, None while its page is recent enough.

        Parameters
        ----------
        source_date
            Partial ISO date of the page; compared at its own precision, so that 2023 is not older than November 2023.
        """
        limit = f"{today.year - self.verify_after_years:04d}{today.isoformat()[4:]}"
        is_older = source_date < limit[: len(source_date)]
        return int(source_date[:4]) + self.verify_after_years if is_older else None


@dataclass(frozen=True)
class GuideSelection:
    """The facts that hold the words looked for; `holds` has one boolean a fact, of any theme."""

    guide: Guide
    state: GuideState
    holds: BoolArray

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """The themes to choose from: those for the audience, and the chosen one."""
        state = self.state
        return tuple(
            code
            for code, theme in self.guide.themes.items()
            if not state.audience or state.audience in theme.audiences or code == state.theme
        )

    @cached_property
    def counts(self) -> pd.DataFrame:
        """By theme to choose from: `facts` that hold the words, and how many of them `to_verify`."""
        found = self.guide.facts[self.holds]
        sums = found.groupby("theme_code")["to_verify"].agg(facts="size", to_verify="sum")
        return sums.reindex(list(self.themes), fill_value=0).astype(int)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The facts shown: those of the chosen theme, or of all themes to choose from."""
        facts = self.guide.facts[self.holds]
        chosen = [self.state.theme] if self.state.theme else self.themes
        return facts[facts["theme_code"].isin(chosen)].reset_index(drop=True)

    @property
    def is_for_another(self) -> bool:
        """Tell whether the chosen theme is meant for others than the chosen audience."""
        state = self.state
        return bool(state.theme and state.audience and state.audience not in self.guide.themes[state.theme].audiences)

    def __len__(self) -> int:
        return len(self.facts)
