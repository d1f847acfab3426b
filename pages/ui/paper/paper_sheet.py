"""The sheet of a place as two pages of paper: the words of the screen's sheet, its projects by name, a coupon."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import numpy as np

from data.catalog import in_language
from data.texts import Texts
from layers.paper.coupon import Coupon
from layers.paper.place_sheet import PlaceSheet
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.paper import paper_map
from pages.ui.records import coupon_form
from pages.ui.territory import territory_end, territory_figures, territory_head, territory_sectors, territory_villages
from pages.ui.territory.territory_link import sheet_address
from pages.ui.territory.territory_place import Place, place

Base = Callable[[str], str]
"""Makes an address of the atlas whole, for a QR code; returns "" where nobody could reach it."""


def no_address(_relative: str) -> str:
    """Leave QR codes out: a file made by a command does not know where the atlas will be read."""
    return ""


def paper_sheet(
    know: Knowledge,
    code: str,
    t: Texts,
    *,
    feet: tuple[str, str] | None = None,
    base: Base = no_address,
    made: dt.date | None = None,
) -> PlaceSheet:
    """Put together the sheet of a territory or a village.

    Parameters
    ----------
    feet
        What stands at the foot of each page where it is not a sheet of two pages alone.
    made
        Day written on the sheet; None is today.

    Raises
    ------
    CodeError
        There is no territory or village of that code.
    """
    found = place(know, code)
    day = made or dt.datetime.now(tz=dt.UTC).date()
    name = territory_head.name(know, found, t)
    end = territory_end.end(know, found, t)
    coupon = _coupon(know, found, name, day, base, t)
    return PlaceSheet(
        direction=t.direction,
        head=territory_head.head(know, found, t, problems=[]),
        brief=territory_figures.brief(know, found, t),
        figures=territory_figures.table(know, found, t),
        sectors=territory_sectors.table(know, found, t),
        villages=territory_villages.villages(know, found, t)
        | {"foremost_title": lambda n: t("territory.villages.foremost", n=n)},
        end=end
        | {
            "made": t("territory.sources.made", date=t.date(day.isoformat()), version=know.version),
            "actors_rest": lambda n: t("territory.actors.rest", n=n),
            "sources_by_publisher": cited(know, territory_end.source_codes(know, found), t),
        },
        projects=projects(know, found, t),
        offices=offices(know, found, t),
        coupon=coupon,
        foots=feet or (foot(know, name, 1, 2, t), foot(know, name, 2, 2, t)),
        address=base(sheet_address(code, t)),
        draw_map=paper_map.drawer(know, found, coupon.grid, t),
    )


def foot(know: Knowledge, name: str, page: int, pages: int, t: Texts) -> str:
    """Say which sheet a page belongs to, and which page of how many it is."""
    return t("territory.foot", place=name, page=page, pages=pages, version=know.version)


def cited(know: Knowledge, codes: Sequence[str], t: Texts) -> list[str]:
    """Name sources with their dates, a sentence for each publisher."""
    by_publisher: dict[str, list[str]] = {}
    for code in codes:
        source = know.catalog.sources[code]
        publisher, title = (in_language(text, t.language) for text in (source.publisher, source.title))
        dated = t.date(source.date) if source.date else t("missing.source_date")
        by_publisher.setdefault(publisher, []).append(t("paper.source", title=title, date=dated))
    return [
        t("paper.publisher", publisher=publisher, titles=t("list.separator").join(titles))
        for publisher, titles in by_publisher.items()
    ]


def projects(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """List the projects that are the place's own, those of most money first: title, then state, years and money."""
    register, own = know.register, found.projects.own
    amount = np.nan_to_num(register.amount_mad[own], nan=-1.0)
    rows = own[np.argsort(-amount, kind="stable")]
    listed = []
    for row in rows:
        project = register.projects.iloc[int(row)]
        facts = (t(f"status.{project['status']}"), words.years(project, t), words.amount(project, t))
        listed.append({"title": words.title(project, t), "said": " · ".join(facts)})
    return {
        "title": t("paper.projects", n=len(rows)),
        "rows": listed,
        "rest": lambda left: t("paper.projects_rest", n=left),
        "none": "" if listed else _no_project(found, t),
    }


def offices(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """Name the bodies that serve the place, each once with its service, the nearest first."""
    rows = know.offices.of(found.territory)
    entries: dict[str, str] = {}
    for line in rows.to_dict("records"):
        code, service = str(line["organisation_code"]), line[f"service_{t.language}"]
        subjects = t("list.separator").join(
            t.label("sector" if subject in know.catalog.sectors else "topic", subject) for subject in line["subjects"]
        )
        name = know.organisation_name(code, t)
        entries.setdefault(code, f"{name} – {service if words.given(service) else subjects}")
    return {
        "title": t("paper.offices"),
        "entries": list(entries.values()),
        "all": t("paper.offices_all", n=len(entries)) if entries else t("paper.offices_none"),
    }


def _no_project(found: Place, t: Texts) -> str:
    return t(f"paper.no_project.{found.absence}") if found.absence else ""


def _coupon(know: Knowledge, found: Place, name: str, day: dt.date, base: Base, t: Texts) -> Coupon:
    grid = coupon_form.grid_of(know, found.territory)
    asked = {"subject": found.code, "subject_kind": "village" if found.level == "village" else "territory"}
    address = "corrections?" + urlencode(asked | {coupon_form.COUPON: day.isoformat(), "lang": t.language})
    return Coupon(
        title=t("coupon.title"),
        lead=t("coupon.how"),
        columns=(t("coupon.column.cell"), t("field.said"), t("field.evidence")),
        about=t("coupon.of_sheet", place=name, code=found.code, date=t.date(day.isoformat()), version=know.version),
        map_note=t("coupon.map_note", cells=grid.cells),
        address=base(address),
        grid=grid,
    )


def facts_of(sheet: PlaceSheet) -> Mapping[str, Any]:
    """Return the parts that a sheet shares with the screen, to compare them."""
    return {name: getattr(sheet, name) for name in ("brief", "figures", "sectors", "villages")}
