"""The files of a workshop package, made one after the other: maps, atlas, data, and the readme that tells of them."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from data.exchange.export import Export
from data.exchange.package_order import PackageOrder
from data.texts import Texts
from pages.ui.files.file_formats import WRITERS
from pages.ui.knowledge import Knowledge
from pages.ui.offline import offline_stories
from pages.ui.offline.offline_file import offline_file
from pages.ui.package import package_data
from pages.ui.package.package_readme import README, MadeFile, readme
from pages.ui.paper.atlas_file import atlas_pdf

Progress = Callable[[float, str], None]
"""Told the share done, 0 to 1, and in words what is being made."""
SECONDS = {"html": 12.0, "pdf": 100.0, "data": 6.0, "communes": 900.0}
"""About how long each part takes: what the share done is counted in."""
MAPS, ATLAS = "atlas.html", "atlas.pdf"


@dataclass
class Making:
    """A package while it is made.

    Attributes
    ----------
    made
        The files so far.
    exports
        The tables written so far, by name: their counts and sources are those of the readme.
    left_out
        Sentences on what is not in it, and why.
    """

    know: Knowledge
    order: PackageOrder
    t: Texts
    progress: Progress
    made: list[MadeFile] = field(default_factory=list)
    exports: dict[str, Export] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Make the parts asked for and the readme: each file is made when it is asked for."""
        for part in self.order.parts:
            yield from PART_MAKERS[part](self)
        self.tell(1.0, self.t("package.making.readme"))
        content = readme(self.know, self.order, self.t, files=self.made, exports=self.exports, left_out=self.left_out)
        yield README, content.encode()

    def tell(self, share: float, said: str) -> None:
        """Say how much is done: the share of all the seconds that the parts take, never the whole before its end."""
        self.progress(min(share, 0.99), said)

    def tell_of(self, part: str, share: float, said: str) -> None:
        """Say how much of a part is done."""
        whole = sum(SECONDS[one] for one in self.order.parts)
        before = sum(SECONDS[one] for one in self.order.parts[: self.order.parts.index(part)])
        self.tell((before + share * SECONDS[part]) / whole, said)

    def keep(self, path: str, said: str, content: bytes) -> tuple[str, bytes]:
        """Remember a file for the readme, and pass it on."""
        self.made.append(MadeFile(path, said, len(content), hashlib.sha256(content).hexdigest()))
        return path, content


def _maps(making: Making) -> Iterator[tuple[str, bytes]]:
    said = making.t("package.file.html")
    making.tell_of("html", 0.0, said)
    know, order = making.know, making.order
    stories = offline_stories.of_territory(know, order.territory)
    if not stories:
        making.left_out.append(offline_stories.why_none(know, order.territory, making.t))
    yield making.keep(MAPS, said, offline_file(know, order.territory, order.language, stories))


def _data(making: Making) -> Iterator[tuple[str, bytes]]:
    know, order, t = making.know, making.order, making.t
    count, number = len(package_data.TABLES) * len(package_data.FORMATS), 0
    for name, bind in package_data.TABLES.items():
        export = bind(know, order, t)
        if export.rows.empty:
            making.left_out.append(t(f"package.none.{name}", place=know.territories.name(order.territory, t.language)))
            continue
        making.exports[name] = export
        for extension in package_data.FORMATS:
            said = t("package.file.data", table=t(f"package.table.{name}"), format=t(f"export.format.{extension}"))
            making.tell_of("data", number / count, said)
            yield making.keep(f"data/{name}.{extension}", said, WRITERS[extension](export))
            number += 1


def _atlas(making: Making) -> Iterator[tuple[str, bytes]]:
    order, t = making.order, making.t
    is_country = making.know.territories.level_of(order.territory) == "country"
    said = t("package.file.pdf_country" if is_country else "package.file.pdf")
    if is_country:
        making.left_out.append(t("package.none.sheets"))

    def tell(share: float, words: str) -> None:
        making.tell_of("pdf", share, words)

    made = atlas_pdf(making.know, order.territory, order.language, made_on=order.made_on, progress=tell)
    yield making.keep(ATLAS, said, made)


def _atlases(making: Making) -> Iterator[tuple[str, bytes]]:
    """Make the atlas of each region, one after the other: no more than one is held at a time."""
    order, t, known = making.order, making.t, making.know.territories
    is_country = known.level_of(order.territory) == "country"
    regions = known.children_of(order.territory) if is_country else (order.territory,)
    for number, region in enumerate(regions):

        def tell(share: float, words: str, before: int = number) -> None:
            making.tell_of("communes", (before + share) / len(regions), words)

        made = atlas_pdf(making.know, region, order.language, made_on=order.made_on, progress=tell)
        yield making.keep(f"atlas-{region}.pdf", t("package.file.pdf_of", place=known.name(region, t.language)), made)


PART_MAKERS: Mapping[str, Callable[[Making], Iterator[tuple[str, bytes]]]] = {
    "html": _maps,
    "pdf": _atlas,
    "data": _data,
    "communes": _atlases,
}
"""Who makes each part."""
