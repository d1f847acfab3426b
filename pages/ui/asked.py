"""What programs and commands ask for, read as the addresses of the pages are; all that is wrong is named at once."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from data.errors import AtlasError
from data.texts import Texts
from geo.address import Address, Known
from geo.selection import Selection, select
from geo.state import ADDRESS
from pages.ui.knowledge import Knowledge

S = TypeVar("S")
OWN = ("limit", "offset", "lang")
"""Parameters that choose neither filter nor view: those of the pages of an answer, and the language."""


class AskedWrongly(AtlasError, ValueError):
    """The request names what does not exist, or asks what is not allowed; every part that is wrong is named."""

    def __init__(self, problems: Sequence[Mapping[str, str]], status: int = 400) -> None:
        self.problems, self.status = problems, status
        super().__init__(f"{len(problems)} problems")


def selection_asked(params: Mapping[str, str], know: Knowledge, t: Texts) -> Selection:
    """Select the projects as the page of projects does with the same parameters; the whole country unless one says so.

    Raises
    ------
    AskedWrongly
        A parameter does not exist, or names what does not exist.
    """
    return select(know.register, state_asked(params, ADDRESS, know.known_codes, t))


def state_asked(
    params: Mapping[str, str], address: Address[S], known: Known, t: Texts, *, more: Collection[str] = ()
) -> S:
    """Read the state that a page with this address would show; the whole country unless a territory is named.

    Parameters
    ----------
    more
        Parameters that are read elsewhere.

    Raises
    ------
    AskedWrongly
        A parameter does not exist, or names what does not exist.
    """
    asked = {name: value for name, value in params.items() if name not in (*OWN, *more)}
    unknown = [said_of(t, name, value, "parameter") for name, value in asked.items() if name not in address.keys]
    state, problems = address.decode(asked, home="MA", known=known)
    wrong = unknown + [said_of(t, found.parameter, found.value, found.why) for found in problems]
    if wrong:
        raise AskedWrongly(wrong)
    return state


def said_of(t: Texts, name: str, value: str, why: str) -> dict[str, str]:
    """Say what is wrong with a parameter, for a program and for a person."""
    key = f"state.problem.{why}"
    said = t(f"api.why.{why}" if not t.has(key) else key, value=value[:80], parameter=name[:40])
    return {"parameter": name[:40], "value": value[:80], "said": said}
