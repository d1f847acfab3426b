"""What a workshop package is asked to hold: a territory, a language, a day, and which of its parts."""

import datetime as dt
from dataclasses import dataclass

PARTS = ("html", "pdf", "data")
"""Maps in one file, the atlas of sheets, the tables; made in this order."""

ALONE = ("communes",)
"""Made when asked for by name: an atlas of each region, for the country 1,503 sheets and some 300 MB."""

LEVELS = ("country", "region", "province", "commune")
"""Territories a package can be made of."""


@dataclass(frozen=True)
class PackageOrder:
    """The whole input of a package besides the tables: the same order on the same tables gives the same bytes."""

    territory: str
    language: str
    made_on: dt.date
    parts: tuple[str, ...] = PARTS

    @property
    def name(self) -> str:
        """Name of the folder and of the zip: different orders never overwrite each other."""
        only = "" if self.parts == PARTS else f"-{'-'.join(self.parts)}"
        return f"atlas-solidaire-{self.territory}-{self.language}-{self.made_on.isoformat()}{only}"
