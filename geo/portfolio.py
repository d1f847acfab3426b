"""The selection as two tables to take away: one row per project, one row per project and place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.exchange.activity import ActivityPicture
from geo.allocation import CENTIMES, RULES, IntArray
from geo.placement import chosen_places
from geo.register import AREA_WIDE, Register
from geo.selection import Selection

CODE_SEPARATOR, WORD_SEPARATOR = ";", "; "
Pictures = Mapping[str, Sequence[ActivityPicture]]
CARRYING = ("implementing", "accountable")  # the roles of the dimension `carrier`
COPIED = (
    *("amount", "currency", "amount_year", "rate_mad", "amount_mad"),
    *("envelope", "part_of", "same_as"),
    *("beneficiaries_said", "beneficiaries_count", "note", "source_url", "source_date"),
)
"""Columns of the table of projects that leave as they are."""


@dataclass(frozen=True)
class Labels:
    """Words for the codes of a file, in one language; a code without a word shows itself.

    Attributes
    ----------
    language
        Code of the language of the titles (`title_<language>`); French where a title is missing.
    status, precision, sector, organisation, territory
        Code → word.
    """

    language: str
    status: Mapping[str, str] = field(default_factory=dict)
    precision: Mapping[str, str] = field(default_factory=dict)
    sector: Mapping[str, str] = field(default_factory=dict)
    organisation: Mapping[str, str] = field(default_factory=dict)
    territory: Mapping[str, str] = field(default_factory=dict)


def rows(selection: Selection, *, labels: Labels, pictures: Pictures = MappingProxyType({})) -> pd.DataFrame:
    """Return the selected projects, one row each, in the order of the register.

    Parameters
    ----------
    pictures
        Project code → its pictures that may be passed on.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.PROJECTS`. Lists of codes are joined by ";", lists of words by "; ". Sectors,
        organisations and places are all those of the project, also outside the filters;
        `counted_mad_in_selection` is the money that falls inside them (dirhams, exact to the centime), missing when
        the amount is unknown. Missing values are NA.
    """
    register, chosen = selection.register, selection.rows
    projects = register.projects.iloc[chosen].reset_index(drop=True)
    links = register.organisations
    funders = _listed(links[links["role"] == "funding"], "organisation_code", chosen)
    carriers = _listed(links[links["role"].isin(CARRYING)], "organisation_code", chosen)
    sectors = _listed(register.sectors, "sector_code", chosen)
    places = _listed(register.locations, "territory_code", chosen)
    named = register.locations.assign(said=_place_names(register.locations, labels))
    return pd.DataFrame(
        {
            "project_code": projects["project_code"],
            "title": _titles(projects, labels.language),
            "title_fr": projects["title_fr"],
            "status": projects["status"],
            "status_label": _word(projects["status"], labels.status),
            "start_date": projects["start_date"],
            "end_date": projects["end_date"],
            "sectors": _codes(sectors),
            "sector_labels": _words(sectors, labels.sector),
            "funders": _codes(funders),
            "funder_names": _words(funders, labels.organisation),
            "carriers": _codes(carriers),
            "carrier_names": _words(carriers, labels.organisation),
            "places": _codes(places),
            "place_names": _words(_listed(named, "said", chosen), {}),
            "precision": projects["precision"],
            "precision_label": _word(projects["precision"], labels.precision),
            **{name: projects[name] for name in COPIED[:5]},
            "counted_mad_in_selection": _counted(register, selection.centimes, chosen)[chosen],
            "allocation_rule": _rules(register)[chosen],
            **{name: projects[name] for name in COPIED[5:]},
            **_pictures(projects["project_code"], pictures, labels.language),
        }
    )


def places(selection: Selection, *, labels: Labels) -> pd.DataFrame:
    """Return the places of the selected projects inside the chosen territory, one row per project and place.

    Returns
    -------
    pandas.DataFrame
        Columns of `data.exchange.contract.PLACES`. `located_by` says how the place is known: "point" (a real
        position, lon and lat, EPSG:4326), "commune", or "area" (a province, region or the country);
        `counted_mad_in_selection` is the part of the project's money given to the place by `allocation_rule`: it
        sums to that of `rows`, project by project, to the centime. Missing when the amount is unknown.
    """
    register, cells = selection.register, selection.register.cells
    chosen = np.flatnonzero(chosen_places(selection))
    table = register.locations.iloc[chosen].reset_index(drop=True)
    project = table["project"].to_numpy(np.int64)
    inside = np.bincount(cells.place[selection.cell], cells.centimes[selection.cell], minlength=len(register.locations))
    money = np.where(np.isfinite(register.counted_mad[project]), inside[chosen] / CENTIMES, np.nan)
    known = np.where(register.place_commune == AREA_WIDE, "area", np.where(register.is_point, "point", "commune"))
    titles = _titles(register.projects, labels.language).to_numpy()
    return pd.DataFrame(
        {
            "project_code": table["project_code"],
            "title": titles[project],
            "territory_code": table["territory_code"],
            "territory_name": _word(table["territory_code"], labels.territory),
            "place_name": table["place_name"],
            "located_by": known[chosen],
            "lon": table["lon"],
            "lat": table["lat"],
            "exactness": table["exactness"],
            "position_source": table["position_source"],
            "allocation_rule": _rules(register)[project],
            "counted_mad_in_selection": money,
        }
    )


def _pictures(codes: pd.Series, pictures: Pictures, language: str) -> dict[str, pd.Series]:
    """Return the columns of pictures: one entry a picture in each, in the same order; NA where there is none."""
    of_each = [pictures.get(code, ()) for code in codes]
    said: dict[str, tuple[str, Callable[[ActivityPicture], str]]] = {
        "pictures": (CODE_SEPARATOR, lambda one: one.address),
        "picture_captions": (
            WORD_SEPARATOR,
            lambda one: one.shows.get(language) or next(iter(one.shows.values()), "–"),
        ),
        "picture_credits": (WORD_SEPARATOR, lambda one: f"{one.credit} ({one.licence})"),
    }
    return {
        # A separator within a word would make two of one.
        name: pd.Series(
            [separator.join(word(one).replace(";", ",") for one in listed) or None for listed in of_each], dtype="str"
        )
        for name, (separator, word) in said.items()
    }


def _listed(table: pd.DataFrame, column: str, chosen: IntArray) -> pd.Series:
    """Return for each chosen project the list of its different values, in the order of the table; NA when none."""
    pairs = table[["project", column]].drop_duplicates()
    return pairs.groupby("project", sort=False)[column].agg(list).reindex(chosen).reset_index(drop=True)


def _codes(lists: pd.Series) -> pd.Series:
    return _joined(lists, CODE_SEPARATOR, lambda code: code)


def _words(lists: pd.Series, words: Mapping[str, str]) -> pd.Series:
    return _joined(lists, WORD_SEPARATOR, lambda code: words.get(code, code))


def _joined(lists: pd.Series, separator: str, word: Callable[[str], str]) -> pd.Series:
    joined = [separator.join(map(word, codes)) if isinstance(codes, list) else None for codes in lists]
    return pd.Series(joined, dtype="str")


def _word(codes: pd.Series, words: Mapping[str, str]) -> pd.Series:
    return codes.map(lambda code: words.get(code, code))


def _titles(projects: pd.DataFrame, language: str) -> pd.Series:
    own = projects.get(f"title_{language}", projects["title_fr"])
    return own.where(own.notna() & (own != ""), projects["title_fr"])


def _place_names(locations: pd.DataFrame, labels: Labels) -> pd.Series:
    """Name each place: its village with the territory in brackets, or the territory alone."""
    territory = _word(locations["territory_code"], labels.territory)
    village = locations["place_name"].fillna("")
    return (village + " (" + territory + ")").where(village != "", territory)


def _counted(register: Register, centimes: IntArray, chosen: IntArray) -> np.ndarray:
    """Return the money inside the selection for each project of the register, dirhams; NaN when unknown."""
    money = np.full(len(register), np.nan)
    known = chosen[np.isfinite(register.counted_mad[chosen])]
    money[known] = centimes[known] / CENTIMES
    return money


def _rules(register: Register) -> np.ndarray:
    """Return for each project of the register the rule that spread its money over places; None when unknown."""
    rules = np.full(len(register), None, dtype=object)
    # One rule holds for all places of a project (`geo.allocation.place_weights`): any of its cells tells it.
    rules[register.cells.project] = np.array(RULES, dtype=object)[register.cells.rule]
    rules[~np.isfinite(register.counted_mad)] = None
    return rules
