"""How a page's state is written into an address and read back: each parameter declared once, the same for all pages.

A state is a frozen dataclass of codes and numbers, its first field `territory`. An `Address` names the parameters that
hold its fields; what an address or a component says is checked by the same readers.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, NamedTuple, TypeVar

VERSION = "1"
SEPARATOR = "."  # in no code, and never percent-encoded: the address stays readable
PAIR = "~"  # between a code and its number; never percent-encoded either
MAX_TEXT = 80
ZOOMS = (4.0, 16.0)

Bounds = tuple[float | None, float | None]
Known = Mapping[str, Collection[str]]
Role = Literal["filter", "order", "view"]
S = TypeVar("S")


class Reading(NamedTuple):
    """What a text of the address was understood as: a value per field, or None; and the parts that were not."""

    values: tuple[Any, ...] | None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class StateProblem:
    """A part of the address that could not be understood: parameter, value, and why (`state.problem.<why>`)."""

    parameter: str
    value: str
    why: str


def _plain(sent: Any) -> str:
    return "" if sent is None else str(sent)


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address.

    Attributes
    ----------
    key
        Its name in the address.
    fields
        The fields of the state it holds; the first one is the name components send it by.
    read
        Understands a text that is not empty, given the codes that exist.
    write
        Writes the values of the fields.
    sent
        Writes what a component sent as the text an address would have; empty puts the fields at rest.
    why
        Which sentence says that it was not understood: `state.problem.<why>`.
    role
        A filter limits what is shown, an order sorts it, a view leaves it as it is. The first two go back to page 1.
    """

    key: str
    fields: tuple[str, ...]
    read: Callable[[str, Known], Reading]
    write: Callable[..., str] = _plain
    sent: Callable[[Any], str] = _plain
    why: str = "unknown"
    role: Role = "view"


@dataclass(frozen=True)
class Address(Generic[S]):
    """The address of a page: the state it holds, its parameters in the order they are written.

    Attributes
    ----------
    rest
        Makes the state at rest of a territory: `State(territory=home)`.
    """

    rest: Callable[..., S]
    parameters: tuple[Parameter, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the parameters that belong to this page, the version included."""
        return ("v", *(parameter.key for parameter in self.parameters))

    def encode(self, state: S) -> dict[str, str]:
        """Write a state as address parameters, those at rest left out. `decode` reads the same state back."""
        rest = self.rest(territory=_territory(state))
        written = {"v": VERSION}
        for parameter in self.parameters:
            values = [getattr(state, name) for name in parameter.fields]
            if "territory" in parameter.fields or values != [getattr(rest, name) for name in parameter.fields]:
                written[parameter.key] = parameter.write(*values)
        return written

    def decode(self, params: Mapping[str, str], *, home: str, known: Known) -> tuple[S, tuple[StateProblem, ...]]:
        """Read a state from address parameters; what cannot be understood is left out and reported.

        Parameters
        ----------
        params
            Parameters of the address; those of other owners (`lang`) are passed over.
        home
            Territory when the address names none.
        known
            Codes that exist, by the field they are read into.
        """
        problems: list[StateProblem] = []
        values: dict[str, Any] = {"territory": home}
        if params.get("v", VERSION) != VERSION:
            problems.append(StateProblem("v", params["v"][:MAX_TEXT], "version"))
        for parameter in self.parameters:
            if text := params.get(parameter.key, ""):
                reading = parameter.read(text, known)
                problems += [StateProblem(parameter.key, part[:MAX_TEXT], parameter.why) for part in reading.refused]
                if reading.values is not None:
                    values |= zip(parameter.fields, reading.values, strict=True)
        return self.rest(**values), tuple(problems)

    def with_changes(self, state: S, changes: Mapping[str, Any], *, home: str, known: Known) -> S:
        """Return the state after what a component of the page sent, values checked as if they came from an address.

        Unknown names and values are dropped: a component of ours never sends them, so whoever did gets the old state.
        """
        params = self.encode(state)
        for parameter in self.parameters:
            if parameter.fields[0] in changes:
                text = parameter.sent(changes[parameter.fields[0]])
                if not text or parameter.read(text, known).values is not None:
                    params[parameter.key] = text
        after, _ = self.decode(params, home=home, known=known)
        moved = any(getattr(after, name) != getattr(state, name) for name in self._named("filter", "order"))
        if moved and "page" not in changes and hasattr(after, "page"):
            return replace(after, page=1)  # type: ignore[type-var]  # a state is a dataclass
        return after

    def in_force(self, state: S, home: str) -> tuple[str, ...]:
        """Name the filters that limit what is shown."""
        blank = self.rest(territory=home)
        return tuple(name for name in self._named("filter") if getattr(state, name) != getattr(blank, name))

    def cleared(self, state: S, home: str, *, kept: Sequence[str]) -> S:
        """Return the state at rest at home, with only the named fields as they are."""
        return self.rest(territory=home, **{name: getattr(state, name) for name in kept})

    def _named(self, *roles: Role) -> list[str]:
        return [name for parameter in self.parameters if parameter.role in roles for name in parameter.fields]


def _territory(state: Any) -> str:
    return str(state.territory)


# Kinds of parameters ------------------------------------------------------------------------------------------


def code(name: str, key: str = "", *, role: Role = "view") -> Parameter:
    """Declare one code among those known for the field."""
    return Parameter(key or name, (name,), lambda text, known: _one(text, text in known[name]), role=role)


def codes(name: str, key: str = "", *, role: Role = "filter") -> Parameter:
    """Declare several codes among those known for the field; unknown ones are dropped and reported one by one."""

    def read(text: str, known: Known) -> Reading:
        named = dict.fromkeys(part for part in text.split(SEPARATOR) if part)
        refused = tuple(part for part in named if part not in known[name])
        return Reading((tuple(part for part in named if part in known[name]),), refused)

    return Parameter(key or name, (name,), read, SEPARATOR.join, _joined, role=role)


def option(name: str, options: Collection[str], key: str = "", *, role: Role = "view") -> Parameter:
    """Declare one word among a few fixed ones."""
    return Parameter(key or name, (name,), lambda text, _: _one(text, text in options), role=role)


def words(name: str, key: str = "") -> Parameter:
    """Declare words typed by the visitor, cut at 80 characters."""
    return Parameter(key or name, (name,), lambda text, _: Reading((text[:MAX_TEXT],)), role="filter")


def span(name: str, least: float, greatest: float) -> Parameter:
    """Declare a range of numbers, either end open: `2015-2020`, `2015-`, `-2020`."""
    return Parameter(
        name, (name,), lambda text, _: _value(text, _bounds(text, least, greatest)), _ends, _span_sent, name, "filter"
    )


def ordering(options: Collection[str]) -> Parameter:
    """Declare what rows are sorted by, with a minus when the greatest come first; fields `sort` and `descending`."""

    def read(text: str, _: Known) -> Reading:
        column = text.removeprefix("-")
        return Reading((column, text.startswith("-"))) if column in options else Reading(None, (text,))

    def write(column: str, descending: bool) -> str:  # noqa: FBT001 - the two fields of a state, in their order
        return ("-" if descending else "") + column

    return Parameter("sort", ("sort", "descending"), read, write, role="order")


def whole(name: str, least: int, greatest: int, *, role: Role = "view") -> Parameter:
    """Declare a whole number."""

    def read(text: str, _: Known) -> Reading:
        number = int(text) if re.fullmatch(r"\d{1,12}", text) else None
        return _value(text, number if number is not None and least <= number <= greatest else None)

    return Parameter(name, (name,), read, why=name, role=role)


def numbers_by_code(name: str, key: str = "", *, greatest: int, role: Role = "filter") -> Parameter:
    """Declare a whole number from 0 for each of some codes: `water~3.roads~0`; the field holds (code, number) pairs."""

    def read(text: str, known: Known) -> Reading:
        pairs = [part.partition(PAIR)[::2] for part in text.split(SEPARATOR)]
        kept = {
            code: int(number)
            for code, number in pairs
            if code in known[name] and re.fullmatch(r"\d{1,4}", number) and int(number) <= greatest
        }
        refused = tuple(f"{code}{PAIR}{number}" for code, number in pairs if code not in kept)
        return Reading((tuple(kept.items()),) if kept or not refused else None, refused)

    def write(pairs: Collection[tuple[str, int]]) -> str:
        return SEPARATOR.join(f"{code}{PAIR}{number}" for code, number in pairs)

    def sent(value: Any) -> str:
        return write(list(value.items())) if isinstance(value, Mapping) else _plain(value)

    return Parameter(key or name, (name,), read, write, sent, name, role)


def map_view() -> Parameter:
    """Declare zoom, latitude and longitude of the map: `8.25/29.91234/-8.6`; field `view`."""

    def write(view: tuple[float, float, float]) -> str:
        return f"{view[0]:g}/{view[1]:.5f}/{view[2]:.5f}"

    return Parameter("map", ("view",), lambda text, _: _value(text, _view(text)), write, why="map")


def _one(text: str, understood: bool) -> Reading:  # noqa: FBT001 - read as: one text, understood or not
    return Reading((text,)) if understood else Reading(None, (text,))


def _value(text: str, value: Any) -> Reading:
    return Reading(None, (text,)) if value is None else Reading((value,))


def _joined(sent: Any) -> str:
    return SEPARATOR.join(map(str, sent)) if isinstance(sent, list | tuple) else _plain(sent)


def _span_sent(sent: Any) -> str:
    if not isinstance(sent, list | tuple):
        return _plain(sent)
    if len(sent) != 2 or not all(isinstance(end, int | float | None) for end in sent):  # noqa: PLR2004 - two ends
        return _joined(sent)
    return _ends((sent[0], sent[1]))


def _ends(bounds: Bounds) -> str:
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
