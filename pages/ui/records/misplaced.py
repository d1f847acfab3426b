"""Positions that an entry gives outside the place it names: said to who writes it and who decides, never moved."""

from collections.abc import Iterator

from data.imports.said import apart
from data.imports.whereabouts import NEAR_KM
from data.records.record import Content
from data.texts import Texts
from pages.ui.imports.import_known import known
from pages.ui.knowledge import Knowledge


def misplaced(content: Content, know: Knowledge, t: Texts) -> list[str]:
    """Return a sentence for each position that contradicts its place, as an import says it of a row."""
    sentences = []
    for code, lon, lat in _positions(content):
        away = known(know).places.distance_km(code, lon, lat)
        if away is not None and away > NEAR_KM:
            place, value = apart(know.territories.name(code, t.language), t), apart(f"{lat}, {lon}", t)
            sentences.append(t("import.reason.outside_commune", value=value, away=t.number(away, 1), place=place))
    return sentences


def _positions(content: Content) -> Iterator[tuple[str, float, float]]:
    """Give code, longitude and latitude of the entry itself (a need, a facility) and of each place it lists."""
    for place in (content, *(content.get("places") or ())):
        code, lon, lat = (place.get(name) for name in ("territory_code", "lon", "lat"))
        if code and None not in (lon, lat):
            yield str(code), float(lon), float(lat)
