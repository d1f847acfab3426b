"""The villages of a territory sheet: how many people live beyond each service, and the villages that wait for most."""

from typing import Any
from urllib.parse import urlencode

from data.texts import Texts
from geo.village_concern import Concern, concern
from geo.villages_state import ADDRESS, VillagesState
from pages.ui.knowledge import Knowledge
from pages.ui.territory import territory_head
from pages.ui.territory.territory_link import sheet_address
from pages.ui.territory.territory_place import Place
from pages.ui.villages import village_words

LISTED = 10
FAR_KM = 10.0
COLUMNS = ("service", "km", "villages", "people")


def villages(know: Knowledge, found: Place, t: Texts) -> dict[str, Any]:
    """Return what `territory_villages.html` shows; where no village is listed, the sentence that says so."""
    place = know.territories.name(found.territory, t.language)
    counted = concern(know.villages, know.territories, found.territory, know.default_km)
    if counted is None:
        said = t("territory.villages.town" if _is_covered(know, found) else "territory.villages.elsewhere", place=place)
        return {"title": t("territory.villages.title", place=place), "silent": said}
    rows = counted.foremost(know.villages, LISTED)
    return {
        "title": t("territory.villages.title", place=place),
        "silent": "",
        "columns": [t(f"territory.villages.{name}") for name in COLUMNS],
        "services": [_service(row._asdict(), counted, found, t) for row in counted.services.itertuples(index=False)],
        "foremost_title": t("territory.villages.foremost", n=len(rows)),
        "foremost": [_village(know, int(row), counted, found, t) for row in rows],
        "unknown": _unknown(know, counted, t),
        "note": t("territory.villages.note"),
        "all": {
            "label": t("territory.villages.all"),
            "url": "villages?" + urlencode({"lang": t.language} | ADDRESS.encode(VillagesState(found.territory))),
        },
    }


def _is_covered(know: Knowledge, found: Place) -> bool:
    """Tell whether villages are listed in the region of the place: then a town simply has none."""
    first, last = know.territories.commune_range(found.codes[-2] if len(found.codes) > 1 else found.codes[0])
    return bool(((know.villages.commune >= first) & (know.villages.commune < last)).any())


def _unknown(know: Knowledge, counted: Concern, t: Texts) -> str:
    """Say how many villages keep their distances, and which share of the people: neither near nor far."""
    withheld = counted.inside & know.villages.withheld
    share = int(know.villages.people[withheld].sum()) / counted.people if counted.people else 0.0
    return t("territory.villages.unknown", n=int(withheld.sum()), share=t.share(share))


def _service(row: dict[str, Any], counted: Concern, found: Place, t: Texts) -> dict[str, Any]:
    state = VillagesState(found.territory, service=row["service"])
    return {
        "label": village_words.service(row["service"], t),
        "url": "villages?" + urlencode({"lang": t.language} | ADDRESS.encode(state)),
        "km": t("unit.km", value=t.number(row["km"])),
        "villages": t("figure.of", n=row["villages"], total=int(counted.inside.sum())),
        "people": t.number(row["people"]),
    }


def _village(know: Knowledge, row: int, counted: Concern, found: Place, t: Texts) -> dict[str, Any]:
    known = know.villages
    far = {
        service: known.distance[service][row]
        for service, limit in know.default_km.items()
        if known.distance[service][row] > limit
    }
    listed = t("list.separator").join(
        t("territory.villages.far", service=t(f"service.{service}.short"), km=_round_km(float(km), t))
        for service, km in far.items()
    )
    commune = village_words.commune(know, row, t)
    inside_commune = territory_head.found_level(found) == "commune"
    return {
        "name": village_words.name(know, row, t),
        "url": sheet_address(known.codes[row], t),
        "commune": "" if inside_commune else commune,
        "own": known.codes[row] == found.code,
        "people": t("needs.people.population", n=int(known.people[row])),
        "count": t("figure.of", n=int(counted.lacking[row]), total=len(know.default_km)),
        "far": t("unit.km", value=listed),
    }


def _round_km(km: float, t: Texts) -> str:
    """Write a distance as a list needs it: by the kilometre from ten on."""
    return t.number(round(km, 0 if km >= FAR_KM else 1))
