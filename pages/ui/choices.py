"""Small choices of one among few; the state decides which one is on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.texts import Texts
from pages.ui.page import show


@dataclass(frozen=True)
class Choice:
    """One among few: the parameter of the address it sets, the words of each value, the value in force."""

    name: str
    label: str
    options: Mapping[str, str]
    chosen: str

    def as_dict(self) -> dict[str, Any]:
        """Return what `choices.html` shows."""
        options = [{"code": code, "label": label, "on": code == self.chosen} for code, label in self.options.items()]
        return {"name": self.name, "label": self.label, "options": options}


def show_choices(*choices: Choice, key: str = "") -> None:
    """Show choices side by side: one element for all of them, as each costs a message of its own on every run."""
    show("choices.html", key=key or f"choice-{choices[0].name}", choices=[choice.as_dict() for choice in choices])


def worded(name: str, codes: Sequence[str], chosen: str, t: Texts, *, words: str = "") -> Choice:
    """Return a choice with its words from the texts: those under `words`, by default the name of the parameter."""
    words = words or name
    return Choice(name, t(f"{words}.label"), {code: t(f"{words}.{code}") for code in codes}, chosen)
