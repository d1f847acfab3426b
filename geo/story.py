"""A story: an ordered set of chapters, each a saved view of the atlas with words around it.

A chapter keeps an address, never a picture of a map or a figure of a table: shown again, it is drawn from the tables of
that day. Beside the address it keeps the figures its author saw, so that the story itself can say what changed since.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from geo.address import Address, Known, StateProblem
from geo.folding import fold

MOST_CHAPTERS = 60
LONGEST_TITLE = 300
GREATEST_FIGURE = 1e15
"""No figure of the atlas is larger; one in a file from elsewhere may be anything and is then left out."""
FIGURE = re.compile(r"\{(\w{1,40})\}")
AGREEING = re.compile(r"\{(\w{1,40})((?:\|[^{}|]*)+)\}")
WORDS = ("title", "text", "notes")
"""What a chapter says: to the hall, and (notes) to whoever speaks."""
TERMS = ("alt", "credit", "licence", "people_shown")
"""What it says of its picture: `alt` is a text a language, the others are words and codes (`records.toml`)."""

Words = Mapping[str, str]
"""One text a language (fr, ar, en); a language not written is absent."""
Figures = Mapping[str, float]
"""The figures of a view, by name; one that is not known is absent."""
Within = Callable[[str, Mapping[str, str]], Mapping[str, str]]


class Change(NamedTuple):
    """A figure that is no longer what the author saw; None where it is no longer known."""

    name: str
    before: float
    now: float | None


class Place(NamedTuple):
    """A page of the atlas that chapters may be made of: how its address is read, and the codes that exist."""

    address: Address[Any]
    known: Known
    home: str


@dataclass(frozen=True)
class Chapter:
    """A view with words around it.

    Attributes
    ----------
    page
        Key of the page in the menu.
    parameters
        Those of its address, without the language.
    title, text, notes
        A text a language; `{projects}` in it stands for the figure of that name of the view, and
        `{projects|# projet|# projets}` for the words that agree with it. An empty title stands for the finding of the
        view.
    picture
        Name of a picture of the story shown with the text; empty for none.
    terms
        What is said of that picture, by the names of `TERMS`; what nobody said is absent.
    figures
        What the view said when the chapter was made.
    """

    page: str
    parameters: Mapping[str, str]
    title: Words = field(default_factory=dict)
    text: Words = field(default_factory=dict)
    notes: Words = field(default_factory=dict)
    picture: str = ""
    terms: Mapping[str, Any] = field(default_factory=dict)
    figures: Figures = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The view as the end of an address: `projects?territory=09&sector=water`."""
        return f"{self.page}?{urlencode(self.parameters)}" if self.parameters else self.page


@dataclass(frozen=True)
class Story:
    """Chapters in order, under a title; `made_on` is the day (ISO) their figures were seen, empty when not said.

    `pictures` holds the bytes of each by its name; `kept_back` names those that stayed where the story came from.
    """

    title: Words
    chapters: tuple[Chapter, ...] = ()
    made_on: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    kept_back: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.chapters)

    def with_chapter(self, chapter: Chapter, at: int | None = None) -> "Story":
        """Return the story with one more chapter, at the end or before place `at`."""
        place = len(self) if at is None else at
        return replace(self, chapters=(*self.chapters[:place], chapter, *self.chapters[place:]))

    def changed(self, at: int, chapter: Chapter) -> "Story":
        """Return the story with another chapter in place `at`."""
        return replace(self, chapters=(*self.chapters[:at], chapter, *self.chapters[at + 1 :]))

    def without(self, at: int) -> "Story":
        """Return the story without the chapter in place `at`, and without the pictures nobody shows any more."""
        kept = (*self.chapters[:at], *self.chapters[at + 1 :])
        named = {chapter.picture for chapter in kept}
        pictures = {name: picture for name, picture in self.pictures.items() if name in named}
        return replace(self, chapters=kept, pictures=pictures)

    def moved(self, at: int, by: int) -> "Story":
        """Return the story with the chapter in place `at` moved `by` places; the ends hold it back."""
        to = min(max(at + by, 0), len(self) - 1)
        others = [*self.chapters[:at], *self.chapters[at + 1 :]]
        return replace(self, chapters=(*others[:to], self.chapters[at], *others[to:]))

    def passed_on(self, may_leave: Callable[[Mapping[str, Any]], bool]) -> "Story":
        """Return the story as others may take it away: without the pictures whose terms do not let them leave."""
        stay = frozenset(one.picture for one in self.chapters if one.picture and not may_leave(one.terms))
        left = {name: picture for name, picture in self.pictures.items() if name not in stay}
        return replace(self, pictures=left, kept_back=stay & set(self.pictures))

    def content(self) -> dict[str, Any]:
        """Return the story as a record of kind `story` holds it (`data/catalog/records.toml`), pictures left out.

        A chapter whose picture was kept back has none.
        """
        return {
            "title": dict(self.title),
            "made_on": self.made_on,
            "chapters": [_written(one, with_picture=one.picture not in self.kept_back) for one in self.chapters],
        }

    @classmethod
    def of(cls, content: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> "Story":
        """Return the story of a content that keeps its contract."""
        chapters = tuple(_read(entry) for entry in content.get("chapters", ()))
        return cls(_words(content.get("title")), chapters, content.get("made_on") or "", dict(pictures or {}))


def said(words: Words, language: str) -> tuple[str, str]:
    """Return a text and the language it is in: the one asked for, else French, else whichever was written.

    Examples
    --------
    >>> said({"fr": "Eau", "en": "Water"}, "ar")
    ('Eau', 'fr')
    """
    for code in (language, "fr", *words):
        if words.get(code, "").strip():
            return words[code], code
    return "", language


def filled(text: str, figures: Mapping[str, str], within: Within | None = None) -> str:
    """Return a text with `{name}` replaced by the figure of that name; braces around anything else stay as written.

    Parameters
    ----------
    within
        Called with a text and the figures, gives those figures as they are written inside its quotation marks.

    Examples
    --------
    >>> filled("{projects} projets {ici}", {"projects": "15"})
    '15 projets {ici}'
    """
    said = within(text, figures) if within else figures
    return FIGURE.sub(lambda found: said.get(found[1], found[0]), text)


def agreed(text: str, figures: Figures, form: Callable[[float, Sequence[str]], str]) -> str:
    """Return a text whose words agree with its figures: of `{name|form|form}` the one that `form` takes for the number.

    `#` in a form stands for the figure itself. The last form is taken where the figure is not known.

    Examples
    --------
    >>> agreed("{projects|# projet|# projets}", {"projects": 1.0}, lambda number, forms: forms[number > 1])
    '{projects} projet'
    """

    def taken(found: re.Match[str]) -> str:
        name, forms = found[1], found[2].split("|")[1:]
        chosen = form(figures[name], forms) if name in figures else forms[-1]
        return chosen.replace("#", f"{{{name}}}")

    return AGREEING.sub(taken, text)


def changes(before: Figures, now: Figures) -> list[Change]:
    """List the figures kept that are no longer what they were, in their order; one that is gone is now None.

    A difference below a thousandth is none: figures are kept at the precision they are written with.

    Examples
    --------
    >>> changes({"projects": 15.0, "money_mad": 2.5}, {"projects": 16.0, "money_mad": 2.5})
    [Change(name='projects', before=15.0, now=16.0)]
    """
    pairs = [Change(name, number, now.get(name)) for name, number in before.items()]
    return [pair for pair in pairs if pair.now is None or not _alike(pair.before, pair.now)]


def problems(chapter: Chapter, place: Place) -> tuple[StateProblem, ...]:
    """List what the address of a chapter asks for that no longer exists: it is shown without it."""
    return place.address.decode(chapter.parameters, home=place.home, known=place.known)[1]


def with_figures(story: Story, figures_of: Callable[[Chapter], Figures], made_on: str) -> Story:
    """Return the story with the figures of today kept in each chapter: what changed before is then forgotten."""
    chapters = tuple(replace(chapter, figures=dict(figures_of(chapter))) for chapter in story.chapters)
    return replace(story, chapters=chapters, made_on=made_on)


def free_code(title: str, taken: Iterable[str]) -> str:
    """Return a short code for a story that none of the others has."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:24] or "story"
    codes = set(taken)
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, len(codes) + 3))) if code not in codes)


def _alike(before: float, now: float) -> bool:
    return math.isclose(before, now, rel_tol=1e-9, abs_tol=1e-3)


def _written(chapter: Chapter, *, with_picture: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"state": chapter.address}
    entry |= {name: dict(getattr(chapter, name)) for name in WORDS if getattr(chapter, name)}
    if chapter.picture and with_picture:
        entry |= {"picture": chapter.picture, **chapter.terms}
    if chapter.figures:
        entry["figures"] = " ".join(f"{name}={number!r}" for name, number in chapter.figures.items())
    return entry


def _read(entry: Mapping[str, Any]) -> Chapter:
    page, _, query = str(entry.get("state", "")).partition("?")
    figures = {}
    for pair in str(entry.get("figures") or "").split():
        name, _, number = pair.partition("=")
        is_number = re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?", number)
        if is_number and abs(float(number)) <= GREATEST_FIGURE:
            figures[name] = float(number)
    words = {name: _words(entry.get(name)) for name in WORDS}
    picture = str(entry.get("picture") or "")
    terms = {name: entry[name] for name in TERMS if entry.get(name)} if picture else {}
    return Chapter(page, dict(parse_qsl(query)), picture=picture, terms=terms, figures=figures, **words)


def _words(value: Any) -> Words:
    return {code: text for code, text in (value or {}).items() if text}
