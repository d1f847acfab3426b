"""IATI activities as a sheet with the columns of our own exports: one row an activity."""

from data.errors import TableError
from data.exchange.activity import Activity
from data.exchange.iati_reading import read_iati
from data.imports.limits import MOST_ROWS
from data.imports.sheet import FileRefused, ReadFile, sheet

COLUMNS = (
    *("project_code", "title_fr", "title_ar", "title_en", "description", "status", "start_date", "end_date"),
    *("sectors", "dac_codes", "places", "place_name", "lon", "lat", "funders", "carriers", "amount", "currency"),
    *("amount_year", "beneficiaries_said", "source_url", "source_date"),
)


def read_activities(content: bytes) -> ReadFile:
    """Read the activities of an IATI file of any version.

    Raises
    ------
    FileRefused
        It is no IATI file, or holds no activity.
    """
    try:
        activities = read_iati(content)
    except TableError as error:
        reason = "damaged_xml" if error.reason == "damaged" else "not_iati"
        raise FileRefused(reason, "; ".join(error.problems)[:200]) from error
    if not activities:
        raise FileRefused("no_rows")
    if len(activities) > MOST_ROWS:
        raise FileRefused("too_many_rows", str(MOST_ROWS))
    return ReadFile("iati", (sheet("", COLUMNS, [(n, _row(one)) for n, one in enumerate(activities, 1)]),), {})


def _row(one: Activity) -> list[str]:
    point = next((place for place in one.places if place.lon is not None), None)
    values = {
        "project_code": one.identifier,
        **{f"title_{language}": text for language, text in one.title.items()},
        "description": next(iter(one.description.values()), ""),
        "status": one.status,
        "start_date": one.start_date,
        "end_date": one.end_date,
        "sectors": ";".join(sector.code for sector in one.sectors if sector.code),
        "dac_codes": ";".join(sector.dac_code for sector in one.sectors if sector.dac_code),
        "places": ";".join(place.territory_code or place.name or place.place_name for place in one.places),
        "place_name": next((place.place_name for place in one.places if place.place_name), ""),
        "lon": "" if point is None else repr(point.lon),
        "lat": "" if point is None else repr(point.lat),
        "funders": ";".join(body.code or body.name for body in one.bodies if body.role == "funding"),
        "carriers": ";".join(body.code or body.name for body in one.bodies if body.role != "funding"),
        "amount": one.amount,
        "currency": one.currency,
        "amount_year": "" if one.amount_year is None else str(one.amount_year),
        "beneficiaries_said": one.beneficiaries_said,
        "source_url": one.source_url,
        "source_date": one.source_date,
    }
    return [values.get(column) or "" for column in COLUMNS]
