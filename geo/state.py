"""What the visitor has chosen, as codes: written into the address, read back from it, unknown values reported."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

VERSION = "1"
LISTS = ("sector", "funder", "status", "carrier", "precision")
"""Filters with several values at once; their names are those of the dimensions of the register."""
SHOWS = ("projects", "amount")
TABS = ("table", "charts", "places")
SORTS = ("title", "place", "start", "amount", "status")
SEPARATOR = "."  # in no code, and never percent-encoded: the address stays readable
MAX_TEXT = 80
YEARS = (1900, 2100)
ZOOMS = (4.0, 16.0)

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class State:
    """Filters and view of the cartography of projects. Every value is a code or a number: languages do not matter.

    Attributes
    ----------
    sector, funder, status, carrier, precision
        Codes kept; empty means all.
    territory
        Territory code the selection is limited to ("MA" is the whole country).
    years
        First and last year; a project passes when it was active in one of them. None is open on that side.
    amount
        Least and greatest commitment, dirhams.
    text
        Words that must all occur in the project, in any language, accents aside.
    show
        What the map draws: projects, or their money as circles.
    tab, sort, descending, page
        What stands under the map.
    selected
        Code of the project, or of the commune, whose sheet is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    sector: tuple[str, ...] = ()
    funder: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    carrier: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    years: Bounds = (None, None)
    amount: Bounds = (None, None)
    text: str = ""
    show: str = "projects"
    tab: str = "table"
    sort: str = "amount"
    descending: bool = True
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    def cleared(self, home: str) -> "State":
        """Return the same view with no filter but the home territory."""
        return State(territory=home, show=self.show, tab=self.tab, sort=self.sort, descending=self.descending)

    def in_force(self, home: str) -> tuple[str, ...]:
        """Name the filters that limit the selection."""
        blank = State(territory=home)
        names = (*LISTS, "territory", "years", "amount", "text")
        return tuple(name for name in names if getattr(self, name) != getattr(blank, name))


@dataclass(frozen=True)
class StateProblem:
    """A part of the address that could not be understood: parameter, value, and why (`state.problem.<why>`)."""

    parameter: str
    value: str
    why: str


def encode(state: State) -> dict[str, str]:
    """Write a state as address parameters, those at rest left out. `decode` reads the same state back."""
    rest = State(territory=state.territory)
    params = {"v": VERSION, "territory": state.territory}
    params |= {name: SEPARATOR.join(getattr(state, name)) for name in LISTS if getattr(state, name)}
    params |= {
        name: _join(getattr(state, name)) for name in ("years", "amount") if getattr(state, name) != (None, None)
    }
    if state.text:
        params["q"] = state.text
    for name in ("show", "tab"):
        if getattr(state, name) != getattr(rest, name):
            params[name] = getattr(state, name)
    if (state.sort, state.descending) != (rest.sort, rest.descending):
        params["sort"] = ("-" if state.descending else "") + state.sort
    if state.page != 1:
        params["page"] = str(state.page)
    if state.selected:
        params["sel"] = state.selected
    if state.view:
        zoom, lat, lon = state.view
        params["map"] = f"{zoom:g}/{lat:.5f}/{lon:.5f}"
    return params


def decode(
    params: Mapping[str, str], *, home: str, known: Mapping[str, Collection[str]]
) -> tuple[State, tuple[StateProblem, ...]]:
    """Read a state from address parameters; what cannot be understood is left out and reported.

    Parameters
    ----------
    params
        Parameters of the address; those of other owners (`lang`) are passed over.
    home
        Territory when the address names none.
    known
        Codes that exist: one collection for each name of `LISTS`, `territory` and `selected`.
    """
    problems: list[StateProblem] = []
    values: dict[str, Any] = {"territory": home}

    def read(parameter: str, name: str, parse: Callable[[str], Any]) -> None:
        text = params.get(parameter, "")
        if not text:
            return
        value = parse(text)
        if value is None:
            problems.append(StateProblem(parameter, text[:MAX_TEXT], parameter if parameter in _WHY else "unknown"))
        else:
            values[name] = value

    if params.get("v", VERSION) != VERSION:
        problems.append(StateProblem("v", params["v"][:MAX_TEXT], "version"))
    for name in LISTS:
        codes = [code for code in params.get(name, "").split(SEPARATOR) if code]
        problems += [StateProblem(name, code[:MAX_TEXT], "unknown") for code in codes if code not in known[name]]
        values[name] = tuple(dict.fromkeys(code for code in codes if code in known[name]))
    read("territory", "territory", lambda text: text if text in known["territory"] else None)
    read("years", "years", lambda text: _bounds(text, *YEARS))
    read("amount", "amount", lambda text: _bounds(text, 0, float("inf")))
    read("q", "text", lambda text: text[:MAX_TEXT])
    read("show", "show", lambda text: text if text in SHOWS else None)
    read("tab", "tab", lambda text: text if text in TABS else None)
    read("sort", "sort", lambda text: text.removeprefix("-") if text.removeprefix("-") in SORTS else None)
    if "sort" in values:
        values["descending"] = params["sort"].startswith("-")
    read("page", "page", lambda text: int(text) if re.fullmatch(r"[1-9]\d{0,4}", text) else None)
    read("sel", "selected", lambda text: text if text in known["selected"] else None)
    read("map", "view", _view)
    return State(**values), tuple(problems)


_WHY = frozenset({"years", "amount", "map", "page"})


def with_changes(state: State, changes: Mapping[str, Any], *, home: str, known: Mapping[str, Collection[str]]) -> State:
    """Return the state after what a component of the page sent, values checked as if they came from an address.

    Unknown names and values are dropped: a component of ours never sends them, so whoever did gets the old state.
    """
    names = {field.name for field in fields(State)}
    sent = {_PARAMETER.get(name, name): _as_text(value) for name, value in changes.items() if name in names}
    _, problems = decode(encode(state) | sent, home=home, known=known)
    refused = {problem.parameter for problem in problems} - set(LISTS)
    kept = {parameter: text for parameter, text in sent.items() if parameter not in refused}
    after, _ = decode(encode(state) | kept, home=home, known=known)
    filters = (*LISTS, "territory", "years", "amount", "text", "sort", "descending")
    moved = any(getattr(after, name) != getattr(state, name) for name in filters)
    return replace(after, page=1) if moved and "page" not in changes else after


_PARAMETER = {"text": "q", "selected": "sel", "view": "map"}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        if len(value) == len(YEARS) and all(isinstance(part, int | float | None) for part in value):
            return _join((value[0], value[1]))
        return SEPARATOR.join(map(str, value))
    return str(value)


def _join(bounds: Bounds) -> str:
    if bounds == (None, None):
        return ""
    return "-".join("" if bound is None else f"{bound:.15g}" for bound in bounds)


def _bounds(text: str, least: float, greatest: float) -> Bounds | None:
    match = re.fullmatch(r"(\d{1,15}(?:\.\d{1,2})?)?-(\d{1,15}(?:\.\d{1,2})?)?", text)
    if not match or text == "-":
        return None
    low, high = (None if part is None else float(part) for part in match.groups())
    inside = all(bound is None or least <= bound <= greatest for bound in (low, high))
    ordered = low is None or high is None or low <= high
    return (low, high) if inside and ordered else None


def _view(text: str) -> tuple[float, float, float] | None:
    match = re.fullmatch(r"(\d{1,2}(?:\.\d{1,3})?)/(-?\d{1,2}(?:\.\d{1,8})?)/(-?\d{1,3}(?:\.\d{1,8})?)", text)
    if not match:
        return None
    zoom, lat, lon = map(float, match.groups())
    inside = ZOOMS[0] <= zoom <= ZOOMS[1] and abs(lat) <= 90 and abs(lon) <= 180  # noqa: PLR2004 - the globe
    return (zoom, lat, lon) if inside else None
