"""The columns of an exported file, the same in every format, and the cleaning that lets each format carry them."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.catalog import Column, Table
from data.errors import TableError
from data.measures import Indicator
from data.schema import DTYPES

MONEY = "counted_mad_in_selection"

_PROJECTS = {
    "project_code": "text identifier of the register",
    "title": "text title in the language of the file, French where there is none",
    "title_fr": "text title in French",
    "status": "text IATI activity status word",
    "status_label": "text its word",
    "start_date": "date? at its true precision",
    "end_date": "date? planned while the project runs",
    "sectors": "text sector codes joined by ;",
    "sector_labels": "text their words",
    "funders": "text? organisation codes joined by ;",
    "funder_names": "text? their names",
    "carriers": "text? codes of the implementing and accountable organisations joined by ;",
    "carrier_names": "text? their names",
    "places": "text official territory codes joined by ;, all places of the project",
    "place_names": "text villages and territories",
    "precision": "text how well the place is known",
    "precision_label": "text its word",
    "amount": "number? commitment as published, in `currency`",
    "currency": "text? ISO 4217",
    "amount_year": "integer? year of the exchange rate",
    "rate_mad": "number? dirhams for one unit of the currency",
    "amount_mad": "number? commitment in dirhams",
    MONEY: "number? dirhams that enter the sums under these filters, never counted twice",
    "allocation_rule": "text? how the money was spread over the places: single, amount, share, population, equal",
    "envelope": "text? package or framework",
    "part_of": "text? project_code of what contains it",
    "same_as": "text? project_code of another row on the same operation",
    "beneficiaries_said": "text? in the source's words",
    "beneficiaries_count": "integer? persons, when the source gives one number",
    "note": "text? doubts and facts, in French",
    "source_url": "text page the facts come from",
    "source_date": "date? date of that page",
    "pictures": "text? addresses of the pictures that may be passed on, joined by ;",
    "picture_captions": "text? what each shows, in the language of the file, – where nobody says",
    "picture_credits": "text? author and licence of each",
}
_PLACES = {
    "project_code": "text identifier of the register",
    "title": "text title in the language of the file",
    "territory_code": "text smallest official territory known",
    "territory_name": "text its name",
    "place_name": "text village or place named by the source; empty when none",
    "located_by": "text point, commune, or area (wider than a commune)",
    "lon": "number? longitude, EPSG:4326, real positions only",
    "lat": "number? latitude",
    "exactness": "text? IATI: 1 exact, 2 approximate",
    "position_source": "text? where the position comes from",
    "allocation_rule": "text? how the place's part was found",
    MONEY: "number? dirhams of the project given to this place under these filters",
}
_NEEDS = {
    "territory_code": "text official code of 2024",
    "territory_name": "text its name",
    "level": "text commune, province or region",
    "province_name": "text? province that contains it",
    "region_name": "text? region that contains it",
    "subject": "text index, or code of the indicator",
    "subject_label": "text its name",
    "years": "text census year, or the two years of a change",
    "milieu": "text total, urban or rural",
    "value": "number? in `unit`; missing unless `state` is known",
    "unit": "text unit of the value",
    "state": "text known, missing, withheld, not_applicable or insufficient",
    "state_label": "text its word",
    "computed": "text yes when the atlas computed the value, no when it is published",
    "class_from": "number? lower end of the class on the map, not in it; missing for the first class",
    "class_to": "number? upper end, in it; missing for the last class",
    "rank": "integer? among the territories listed, 1 the greatest need",
    "rank_p5": "integer? rank under other weights: 5th percentile",
    "rank_p95": "integer? 95th percentile",
    "top_share": "number? share of the weightings (0 to 1) in which it is among the first",
    "people": "number? people or households concerned, rounded",
    "people_unit": "text? persons, households or population",
    "population": "integer? inhabitants, census 2024",
}
_PARTS = {
    "territory_code": "text official code of 2024",
    "need": "text code of the need",
    "need_label": "text its name",
    "weight": "number share of the need in the index, 0 to 1",
    "score": "number? lack in this need, points of 100; missing when not known",
    "contribution": "number? points of the index that it brings; they add up to the value",
}
_GAPS = {
    "territory_code": "text official code of 2024",
    "territory_name": "text its name",
    "level": "text commune or province",
    "subject": "text index, need, or sector of projects",
    "subject_label": "text its name",
    "need_score": "number? need, points of 100; missing when not known or not measured",
    "rank": "integer? by need among the places of the territory, 1 the greatest",
    "rank_p5": "integer? rank under other weights: 5th percentile",
    "rank_p95": "integer? 95th percentile",
    "population": "integer? inhabitants, census 2024",
    "people": "integer? what shares of need are made of, in `people_unit`, rounded",
    "people_unit": "text? households or persons without the service; weighted: inhabitants x score / 100",
    "projects": "integer selected projects placed here",
    "projects_with_money": "integer those of them whose money is known and counted",
    "located_mad": "number? dirhams placed here; missing when no amount is known or nobody reports",
    "mad_per_person": "number? the same per inhabitant",
    "mismatch_pp": "number? share of money less share of need, percentage points",
    "need_step": "text? low, middle or high",
    "money_step": "text? low, middle or high",
    "gap": "text? behind, even or ahead: money against need",
    "gap_label": "text? its word",
    "absence": "text? area_only, none_reported or no_reporter where there is no project",
    "absence_label": "text? its word",
}
_NOT_LOCATED = {
    "territory_code": "text official code of 2024",
    "territory_name": "text its name",
    "level": "text its level",
    "projects": "integer projects known only by it",
    "without_amount": "integer those of them whose amount is unknown",
    "not_located_mad": "number dirhams known only by it",
}
_VILLAGES = {
    "village_code": "text HCP code of the village (douar), 13 digits",
    "name_ar": "text name in Arabic",
    "name_latin": "text? name in Latin letters, where it is known",
    "territory_code": "text official code of its commune, 2024",
    "territory_name": "text name of the commune",
    "province_name": "text? name of the province",
    "kind": "text grouped, split or dispersed",
    "kind_label": "text its word",
    "people": "integer inhabitants, census 2024",
    "households": "integer households, census 2024",
    "paved_road_km": "number? mean distance of its dwellings to a paved road, km; missing when withheld",
    "track_km": "number? to a drivable track, km",
    "primary_school_km": "number? to a primary school, km",
    "middle_school_km": "number? to a middle school, km",
    "high_school_km": "number? to a high school, km",
    "health_centre_km": "number? to a health centre, km",
    "distances": "text known, or withheld by the census (villages under 30 households)",
    "doubtful": "text? services whose distance looks wrong, joined by ;",
    "service": "text the service asked about",
    "beyond": "text yes, no or unknown: farther from it than the distance asked for",
    "lon": "number? longitude, EPSG:4326; missing where no position is known",
    "lat": "number? latitude",
    "position_source": "text? geonames (CC BY 4.0) or openstreetmap (ODbL)",
    "position_match": "text? how the position was paired, inside the commune: name or near",
}
_ORGANISATIONS = {
    "organisation_code": "text identifier of the directory",
    "name": "text name in the language of the file, French where there is none",
    "name_fr": "text name in French",
    "name_ar": "text? name in Arabic",
    "acronym": "text? acronym",
    "organisation_type": "text type of organisation",
    "organisation_type_label": "text its word",
    "country": "text? ISO 3166 code of the country of its seat",
    "country_label": "text? its name",
    "seat_place": "text? seat as its source writes it",
    "territory_code": "text? official code of the territory of its seat, in Morocco",
    "territory_name": "text? its name",
    "sectors": "text? codes of the sectors it declares or has projects in, joined by ;",
    "sector_labels": "text? their words",
    "places": "text? official codes of the territories it comes from, works or has projects in, joined by ;",
    "place_names": "text? their names",
    "projects": "integer projects of the register it takes part in",
    "projects_under_way": "integer those of them that are under way",
    "projects_done": "integer those of them that are completed",
    "website": "text? its site",
    "sources": "text? pages and directories that name it, joined by ;",
}
_OBSERVED = {
    "territory_code": "text official code of 2024",
    "indicator": "text code of the indicator",
    "indicator_label": "text its name",
    "year": "integer census year",
    "value": "number? in `unit`; missing unless `state` is known",
    "unit": "text unit of the value",
    "state": "text known, missing, withheld or not_applicable",
    "state_label": "text its word",
    "computed": "text yes when the atlas computed the value, no when it is published",
}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _declare(name: str, key: tuple[str, ...], said: dict[str, str]) -> Table:
    columns = []
    for column, words in said.items():
        kind, _, description = words.partition(" ")
        columns.append(Column(column, kind.removesuffix("?"), kind.endswith("?"), description))
    return Table(name, "", key, (), tuple(columns))


PROJECTS = _declare("projects", ("project_code",), _PROJECTS)
"""One row per project."""
PLACES = _declare("places", ("project_code", "territory_code", "place_name"), _PLACES)
"""One row per project and place inside the chosen territory."""
NEEDS = _declare("needs", ("territory_code",), _NEEDS)
"""One row per territory listed on the needs page."""
PARTS = _declare("parts", ("territory_code", "need"), _PARTS)
"""One row per territory and need of the index."""

GAPS = _declare("gaps", ("territory_code",), _GAPS)
"""One row per place listed on the gaps page."""
NOT_LOCATED = _declare("not_located", ("territory_code",), _NOT_LOCATED)
"""One row per wider territory by which money is known; with `located_mad` of all places it sums to the portfolio."""

VILLAGES = _declare("villages", ("village_code",), _VILLAGES)
"""One row per village listed on the villages page."""

ORGANISATIONS = _declare("organisations", ("organisation_code",), _ORGANISATIONS)
"""One row per body listed in the directory."""

OBSERVED = _declare("observed", ("territory_code", "indicator", "year"), _OBSERVED)
"""One row per territory, indicator and year: every value known, and why the others are not."""


def measured_territories(indicators: Mapping[str, Indicator]) -> Table:
    """Return the contract of territories with the newest value of every indicator shown (`geo.territory_export`)."""
    said = {
        "territory_code": "text official code of 2024",
        "territory_name": "text its name",
        "level": "text country, region, province, commune or arrondissement",
        "parent_code": "text? code of the territory that contains it",
    }
    for code, indicator in indicators.items():
        if indicator.shown:
            said[code] = f"number? {indicator.unit}, {indicator.latest}; missing unless its state is known"
            said[f"{code}_state"] = "text known, missing, withheld or not_applicable"
    return _declare("territories", ("territory_code",), said)


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return a frame with exactly the columns of the contract, in its types, with texts every format can carry.

    Line breaks become LF and characters that XML or SQLite refuse (control codes, lone surrogates) become U+FFFD, so
    that all formats hold the same text. An empty text is missing where a value may be missing, and the reverse.

    Raises
    ------
    TableError
        A column is missing or too many.
    """
    declared = [column.name for column in table.columns]
    problems = [f"{name}: column missing" for name in declared if name not in frame]
    problems += [f"{name}: column not declared in data/exchange/contract.py" for name in frame if name not in declared]
    if problems:
        raise TableError(table.name, problems)
    return pd.DataFrame({column.name: _typed(frame[column.name], column) for column in table.columns}).reset_index(
        drop=True
    )


def writable(text: str) -> str:
    r"""Return a text that CSV, XML, JSON and SQLite all carry unchanged.

    Examples
    --------
    >>> writable("one\r\ntwo\x00")
    'one\ntwo�'
    """
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def rows_of(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return the rows as plain Python values (str, int, float), None where a value is missing."""
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in frame]
    return list(zip(*columns, strict=True))


def _typed(values: pd.Series, column: Column) -> pd.Series:
    if column.type in ("integer", "number"):
        return values.astype(DTYPES[column.type])
    texts = [writable(str(value)) if known else "" for value, known in zip(values, values.notna(), strict=True)]
    cleaned = pd.Series(texts, dtype="str", index=values.index)
    return cleaned.mask(cleaned == "") if column.nullable else cleaned
