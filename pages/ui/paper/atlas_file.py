"""The atlas of a territory as one PDF: cover, maps of the whole, index, and the two-page sheet of each place in it."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link as PdfLink
from pypdf.generic import Fit, NameObject, TextStringObject

from data.texts import Texts, load_texts
from geo.selection import select
from geo.state import State
from geo.story import Chapter
from layers.paper import atlas_pages, render
from layers.paper.atlas_pages import Entry, Link
from layers.paper.document import Document
from layers.paper.page import Page
from pages.ui.knowledge import Knowledge
from pages.ui.maps import map_view
from pages.ui.paper.atlas_sheets import PAGES_A_SHEET, sheets_by_two
from pages.ui.paper.paper_sheet import foot
from pages.ui.paper.printed_map import printed_map
from pages.ui.stories import scenes

Progress = Callable[[float, str], None]
"""Told the share done, 0 to 1, and in words what is being made; may raise to stop: nothing is left behind."""
MAPS = {
    "projects": ("projects",),
    "needs": ("observations",),
    "villages": ("villages",),
    "gaps": ("observations", "projects"),
}
"""Maps of the whole territory, each a page of the atlas with the tables it is drawn from."""
FIRST_MAP = 2  # the cover is page 1
JOINING = 0.04  # of the time
POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Plan:
    """Which page everything stands on: numbers from 1."""

    maps: tuple[str, ...]
    codes: tuple[str, ...]
    index: int

    @property
    def fronts(self) -> int:
        """Pages before the sheets: even, so that each sheet is the two sides of one leaf."""
        count = 1 + len(self.maps) + self.index
        return count + count % 2

    @property
    def pages(self) -> int:
        """All pages."""
        return self.fronts + PAGES_A_SHEET * len(self.codes)

    @property
    def index_page(self) -> int:
        """Page the index begins on, after the maps."""
        return FIRST_MAP + len(self.maps)

    def page_of(self, code: str) -> int:
        """Return the page a sheet begins on."""
        return self.fronts + 1 + PAGES_A_SHEET * self.codes.index(code)


def atlas_pdf(
    know: Knowledge, territory: str, language: str, *, made_on: dt.date, progress: Progress | None = None
) -> bytes:
    """Return the atlas of a territory: of each commune in it; of the country, of each region and province.

    The same tables, day and language give the same bytes. A commune alone is its sheet.

    Raises
    ------
    CodeError
        There is no such territory.
    """
    t, tell = load_texts(language), progress or (lambda _share, _said: None)
    plan = _plan(know, territory, t)
    done: list[str] = []

    def drawn(code: str) -> None:
        done.append(code)
        name = know.territories.name(code, language)
        tell(len(done) / len(plan.codes) * (1 - JOINING), t("paper.atlas.drawing", place=name))

    tell(0.0, t("paper.atlas.fronts"))
    fronts = _fronts(know, territory, plan, t, made_on=made_on) if plan.fronts else []
    parts = sheets_by_two(know, plan.codes, t, made=made_on, first=plan.fronts + 1, pages=plan.pages, done=drawn)
    tell(1 - JOINING, t("paper.atlas.joining"))
    title = t("paper.atlas.title", place=know.territories.name(territory, language))
    return _joined(know, plan, fronts, parts, title, t)


def places_of(know: Knowledge, territory: str) -> tuple[str, ...]:
    """Return the places an atlas has a sheet of, those of one province together."""
    level = know.territories.level_of(territory)
    if level == "country":
        regions = know.territories.children_of(territory)
        return tuple(code for region in regions for code in (region, *know.territories.children_of(region)))
    return tuple(know.territories.communes_of(territory)) if level in ("region", "province") else (territory,)


def _plan(know: Knowledge, territory: str, t: Texts) -> Plan:
    codes = places_of(know, territory)
    if len(codes) == 1:
        return _Alone((), codes, 0)
    has_villages = bool(know.villages.within(territory, know.territories).any())
    maps = tuple(page for page in MAPS if page != "villages" or has_villages)
    entries = _index(know, Plan(maps, codes, 1), t)
    return Plan(maps, codes, atlas_pages.index_length(entries))


class _Alone(Plan):
    """The sheet of one place, without anything before it."""

    @property
    def fronts(self) -> int:
        return 0


def _fronts(
    know: Knowledge, territory: str, plan: Plan, t: Texts, *, made_on: dt.date
) -> list[tuple[Page, list[Link]]]:
    title = t("paper.atlas.title", place=know.territories.name(territory, t.language))

    def said(number: int) -> str:
        return foot(know, title, number, plan.pages, t)

    words = {
        "title": title,
        "lead": t("paper.atlas.lead", n=len(plan.codes)),
        "contents": t("paper.atlas.contents"),
        "use": t("paper.atlas.use"),
        "foot": said(1),
    }
    made = t("paper.atlas.made", date=t.date(made_on.isoformat()), version=know.version)
    paragraphs = [t("paper.atlas.use_sheet"), t("paper.atlas.use_coupon"), t("paper.atlas.use_missing"), made]
    feet = [said(plan.index_page + number) for number in range(plan.index)]
    fronts = [
        atlas_pages.cover(t.direction, words, _contents(know, plan, t), paragraphs),
        *((page, []) for page in _maps(know, territory, plan, t, made_on=made_on)),
        *atlas_pages.index_pages(t.direction, t("paper.atlas.index"), _index(know, plan, t), feet),
    ]
    if len(fronts) < plan.fronts:
        fronts.append((atlas_pages.notes(t.direction, t("paper.atlas.notes"), said(plan.fronts)), []))
    return fronts


def _maps(know: Knowledge, territory: str, plan: Plan, t: Texts, *, made_on: dt.date) -> Iterator[Page]:
    """Draw the overview maps, from the page after the cover on."""
    for number, page in enumerate(plan.maps, FIRST_MAP):
        seen = scenes.scene(know, Chapter(page, {"territory": territory}), t)
        sheet = printed_map(
            know,
            seen.drawn if page != "projects" else _projects(know, territory, t),
            t,
            filters=seen.filters,
            sources=know.catalog.sources_of(*MAPS[page], "territories"),
            address="",
            made_on=made_on,
            paper="a4_portrait",
            number=number,
            total=plan.pages,
        )
        yield sheet.page()


def _contents(know: Knowledge, plan: Plan, t: Texts) -> list[Entry]:
    """Return the lines of the table of contents: the maps, the index, the first sheet of each group."""
    return [
        *(Entry(t(f"menu.{page}"), number) for number, page in enumerate(plan.maps, FIRST_MAP)),
        Entry(t("paper.atlas.index"), plan.index_page),
        *(
            Entry(know.territories.name(group, t.language), plan.page_of(codes[0]))
            for group, codes in _groups(know, plan.codes)
        ),
    ]


def _projects(know: Knowledge, territory: str, t: Texts) -> Mapping[str, Any]:
    selection = select(know.register, State(territory=territory))
    return map_view.drawing(know, selection, t, on_paper=True)[1]


def _groups(know: Knowledge, codes: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return the places by what directly contains them, in their order; regions stand for themselves."""
    groups: dict[str, list[str]] = {}
    for code in codes:
        is_region = know.territories.level_of(code) == "region"
        groups.setdefault(code if is_region else str(know.territories.parent_of(code)), []).append(code)
    return list(groups.items())


def _index(know: Knowledge, plan: Plan, t: Texts) -> list[Entry]:
    """List the places by letter, those of one province together under its name."""
    entries = []
    for group, codes in _groups(know, plan.codes):
        entries.append(Entry(know.territories.name(group, t.language), None, is_head=True))
        named = sorted((know.territories.name(code, t.language), code) for code in codes)
        entries += [Entry(name, plan.page_of(code)) for name, code in named]
    return entries


def _joined(
    know: Knowledge,
    plan: Plan,
    fronts: Sequence[tuple[Page, list[Link]]],
    parts: Sequence[bytes],
    title: str,
    t: Texts,
) -> bytes:
    writer = PdfWriter()
    before = [render.pdf([page for page, _ in fronts])] if fronts else []
    for part in (*before, *parts):
        writer.append(PdfReader(io.BytesIO(part)), import_outline=False)
    for number, (page, links) in enumerate(fronts):
        for link in links:
            left, top, wide, tall = link.box
            high = page.height
            bottom_left = left * POINTS_PER_MM, (high - top - tall) * POINTS_PER_MM
            top_right = (left + wide) * POINTS_PER_MM, (high - top) * POINTS_PER_MM
            writer.add_annotation(
                number, PdfLink(rect=(*bottom_left, *top_right), target_page_index=link.page - 1, fit=Fit.fit())
            )
    for number, shown in enumerate(plan.maps, 1):
        writer.add_outline_item(title=t(f"menu.{shown}"), page_number=number)
    if plan.index:
        writer.add_outline_item(title=t("paper.atlas.index"), page_number=1 + len(plan.maps))
    for group, codes in _groups(know, plan.codes):
        name = know.territories.name(group, t.language)
        head = writer.add_outline_item(title=name, page_number=plan.page_of(codes[0]) - 1, is_open=False)
        for code in codes:
            name = know.territories.name(code, t.language)
            writer.add_outline_item(title=name, page_number=plan.page_of(code) - 1, parent=head)
    _describe(writer, Document(title, t.language, t.direction))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _describe(writer: PdfWriter, about: Document) -> None:
    """Have the joined file say what its parts said of themselves."""
    seen = writer.create_viewer_preferences()
    # The library types what it makes by a function as a plain property.
    seen.display_doctitle = True  # type: ignore[assignment]  # pypdf types what it reads, not what one sets
    if about.direction == "rtl":
        seen.direction = "/R2L"  # type: ignore[assignment]  # likewise
    writer.root_object[NameObject("/Lang")] = TextStringObject(about.language)
    writer.add_metadata({f"/{name}": said for name, said in about.facts.items()})
    writer.xmp_metadata = about.xmp
