"""The readme of a workshop package: contents, how to open, what to know, sources with licences, how to check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.exchange.export import Export
from data.exchange.package_folder import SUMS_FILE
from data.exchange.package_order import PackageOrder
from data.exchange.provenance import CitedSource, cite
from data.texts import Texts
from pages.ui.knowledge import Knowledge
from pages.ui.templating import render

README = "README.html"
SHOWN_IN = {
    "html": ("outlines", "territories", "projects", "rates", "observations", "villages"),
    **dict.fromkeys(
        ("pdf", "communes"),
        ("outlines", "territories", "projects", "rates", "observations", "villages", "organisations", "competences"),
    ),
}
"""Tables and drawings that maps and atlas show; those of the data say their sources themselves."""
LABELS = ("contents", "file", "what", "size", "checksum", "open", "mind", "sources", "check", "check_said", "licences")
WAYS = ("html", "pdf", "xlsx", "gpkg", "geojson")
"""Kinds of files, and how to open each (`package.open.<kind>`)."""
KILO, MEGA = 1_000, 1_000_000


@dataclass(frozen=True)
class MadeFile:
    """A file of the package: its path in the folder, what it is in words, and what its content can be known by."""

    path: str
    said: str
    size: int
    sha256: str


def readme(
    know: Knowledge,
    order: PackageOrder,
    t: Texts,
    *,
    files: Iterable[MadeFile],
    exports: Mapping[str, Export],
    left_out: Sequence[str],
) -> str:
    """Return the readme: one HTML file in the language of the package, with nothing to fetch."""
    place = know.territories.name(order.territory, t.language)
    listed = list(files)
    notes = [note for export in exports.values() for note in export.provenance.notes]
    return render(
        "package_readme.html",
        language=t.language,
        direction=t.direction,
        title=t("package.readme.title", place=place),
        lead=t("package.readme.lead", date=t.date(order.made_on.isoformat()), version=know.version),
        labels={name: t(f"package.readme.{name}", sums=SUMS_FILE) for name in LABELS},
        files=[_file(one, t) for one in listed],
        counts=[t(f"package.count.{name}", n=len(export.rows)) for name, export in exports.items()],
        left_out=left_out,
        ways=[t(f"package.open.{kind}") for kind in WAYS if any(one.path.endswith(f".{kind}") for one in listed)],
        notes=dict.fromkeys([t("package.note.boundaries"), *notes]),
        sources=[_source(source, t) for source in _sources(know, order, exports, t)],
        words={name: t(f"sources.{name}") for name in ("publisher", "licence", "date", "changes", "url")},
    )


def _file(made: MadeFile, t: Texts) -> dict[str, Any]:
    return {"path": made.path, "said": made.said, "size": said_size(made.size, t), "sha256": made.sha256}


def said_size(size: int, t: Texts) -> str:
    """Say how heavy a file is: in kilobytes, or in megabytes with one decimal."""
    if size < MEGA:
        return t("package.size.kb", size=t.number(max(1, round(size / KILO)), 0))
    return t("package.size.mb", size=t.number(size / MEGA, 1))


def _sources(know: Knowledge, order: PackageOrder, exports: Mapping[str, Export], t: Texts) -> list[CitedSource]:
    """Return every source of what the package holds, once."""
    names = [name for part in order.parts for name in SHOWN_IN.get(part, ())]
    shown = [cite(know.catalog.sources[code], t.language) for code in know.catalog.sources_of(*names)]
    cited = [source for export in exports.values() for source in export.provenance.sources]
    return list(dict.fromkeys([*shown, *cited]))


def _source(source: CitedSource, t: Texts) -> dict[str, str]:
    return {**vars(source), "date": t.date(source.date) if source.date else t("sources.undated")}
