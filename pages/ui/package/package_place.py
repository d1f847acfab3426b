"""The territories a workshop package can be made of; any other is refused with what may be asked instead."""

from collections.abc import Sequence

from data.errors import AtlasError
from data.exchange.package_order import LEVELS
from data.texts import Texts
from pages.ui.knowledge import Knowledge

MOST_SHOWN, MOST_NEAR = 40, 3


class UnknownTerritory(AtlasError, ValueError):
    """No package can be made of what was named; the message says what may be asked instead, in words."""

    reason = "territory"


def checked_territory(know: Knowledge, territory: str, t: Texts) -> str:
    """Return the code when a package can be made of it.

    Raises
    ------
    UnknownTerritory
        It is no code of a country, region, province or commune; places of that name are suggested.
    """
    known = know.territories
    if territory in known and known.level_of(territory) in LEVELS:
        return territory
    matches = [match.territory_code for match in know.places.search(territory[:MOST_SHOWN], limit=MOST_NEAR)]
    near = [code for code in matches if known.level_of(code) in LEVELS]
    said = t("package.problem.territory", value=territory[:MOST_SHOWN], allowed=_listed(know, ("09", "MA"), t))
    if near:
        said += " " + t("package.problem.near", names=_listed(know, near, t))
    raise UnknownTerritory(said)


def _listed(know: Knowledge, codes: Sequence[str], t: Texts) -> str:
    named = [t("package.problem.place", code=code, name=know.territories.name(code, t.language)) for code in codes]
    return t("list.separator").join(named)
