"""The register of projects, laid out so that any selection of 100,000 of them is a matter of milliseconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from geo.allocation import Allocation, IntArray, allocate
from geo.boundaries import Territories
from geo.folding import fold

STATUSES = ("pipeline", "implementation", "finalisation", "closed", "suspended", "cancelled", "unknown")
"""IATI activity statuses, in the order of a project's life; `unknown` when the source does not say."""
PRECISIONS = (
    "point",
    "village",
    "commune",
    "communes",
    "province",
    "provinces",
    "region",
    "regions",
    "country",
    "unknown",
)
"""How well a project's place is known, finest first."""
AREA_WIDE = -1  # commune index of a place known only by its province, region or country
RUNNING = ("pipeline", "implementation", "finalisation")
NO_YEAR, OPEN_END = -1, 9999


@dataclass(frozen=True)
class Dimension:
    """One thing to filter by: its options, and which project has which (a project may have several).

    `project` and `option` are row numbers, pairs unique, ordered by project.
    """

    name: str
    options: tuple[str, ...]
    project: IntArray
    option: IntArray

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Number of each option code."""
        return {code: number for number, code in enumerate(self.options)}

    def of(self, row: int) -> list[str]:
        """Options of one project."""
        first, last = np.searchsorted(self.project, [row, row + 1])
        return [self.options[number] for number in self.option[first:last]]


@dataclass(frozen=True)
class Register:
    """Every project in a fixed order, with what can be asked about it. Built once, shared by all, never changed.

    Attributes
    ----------
    projects, sectors, locations, organisations
        The tables, each with a column `project`: the row number of the project.
    dimensions
        Sector, funder, status, carrier (type of the bodies that carry the project), precision and territory
        (every territory that contains one of its places).
    amount_mad, counted_mad
        Commitment in dirhams and the part of it that enters sums; NaN when unknown.
    first_year, last_year
        Years of activity; `NO_YEAR` when no date is known, `OPEN_END` for a running project without an end.
    words
        Folded text in which words are looked for.
    cells
        How the counted money is spread over sectors and places.
    place_territories
        For each row of `locations`, every territory that contains it.
    place_commune
        For each row of `locations`, the commune index (order of the codes); -1 when known only by a wider area.
    is_point
        For each row of `locations`, whether a real position is known.
    """

    projects: pd.DataFrame
    sectors: pd.DataFrame
    locations: pd.DataFrame
    organisations: pd.DataFrame
    dimensions: Mapping[str, Dimension]
    amount_mad: npt.NDArray[np.float64]
    counted_mad: npt.NDArray[np.float64]
    first_year: IntArray
    last_year: IntArray
    words: Sequence[str]
    cells: Allocation
    place_territories: Dimension
    place_commune: IntArray
    is_point: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.projects)

    @cached_property
    def located(self) -> npt.NDArray[np.bool_]:
        """For each cell, whether its place is a commune or finer: what is on the map, not beside it."""
        return np.asarray(self.place_commune[self.cells.place] != AREA_WIDE)

    def locations_of(self, row: int) -> slice:
        """Where the places of a project stand in `locations`."""
        return _span(self.locations, row)

    def sectors_of(self, row: int) -> slice:
        """Where the sectors of a project stand in `sectors`."""
        return _span(self.sectors, row)

    @cached_property
    def searchable(self) -> pa.Array:
        """The words, laid out for searching: a hundred thousand texts in a few milliseconds."""
        return pa.array(self.words, pa.string())

    @cached_property
    def main_sector(self) -> IntArray:
        """The sector with the largest share of each project; the first declared among equals."""
        ranked = self.sectors.sort_values(["project", "share_pct"], ascending=[True, False], kind="stable")
        return np.asarray(ranked.drop_duplicates("project")["sector"], np.int64)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row number of each project code."""
        return {code: row for row, code in enumerate(self.projects["project_code"])}


def build_register(
    tables: Mapping[str, pd.DataFrame], *, territories: Territories, sector_codes: Sequence[str]
) -> Register:
    """Lay out the tables of the register for selection.

    Parameters
    ----------
    tables
        projects, project_sectors, project_locations, project_organisations and organisations, as declared in
        `data/catalog/tables.toml`.
    territories
        Territories the places belong to; an unknown code raises.
    sector_codes
        Sectors in the order of the catalogue.

    Raises
    ------
    CodeError
        A place names a territory that does not exist.
    """
    projects = tables["projects"].reset_index(drop=True)
    row_of = pd.Series(np.arange(len(projects)), index=projects["project_code"])
    sectors = _numbered(tables["project_sectors"], row_of)
    sectors["sector"] = pd.Index(sector_codes).get_indexer(sectors["sector_code"])
    locations = _numbered(tables["project_locations"], row_of)
    links = _numbered(tables["project_organisations"], row_of)
    bodies = tables["organisations"].set_index("organisation_code")
    funding = links[links["role"] == "funding"]
    carrying = links[links["role"].isin(["implementing", "accountable"])]
    types = bodies["organisation_type"].reindex(carrying["organisation_code"])
    one_each = np.arange(len(projects))
    population = territories.population_2024(locations["territory_code"])
    counted = projects["counted_mad"].to_numpy("float64", na_value=np.nan)
    cells = allocate(counted, sectors, locations, population)
    first, last = _years(projects)
    places = _places(locations, territories)
    return Register(
        projects=projects,
        sectors=sectors,
        locations=locations,
        organisations=links,
        dimensions={
            "sector": _dimension("sector", sector_codes, sectors["project"], sectors["sector_code"]),
            "funder": _dimension("funder", None, funding["project"], funding["organisation_code"]),
            "status": _dimension("status", STATUSES, one_each, projects["status"]),
            "carrier": _dimension("carrier", None, carrying["project"], types.fillna("unknown")),
            "precision": _dimension("precision", PRECISIONS, one_each, projects["precision"]),
            "territory": _unique(
                "territory", places.options, locations["project"].to_numpy()[places.project], places.option
            ),
        },
        amount_mad=projects["amount_mad"].to_numpy("float64", na_value=np.nan),
        counted_mad=counted,
        first_year=first,
        last_year=last,
        words=_words(projects, links, bodies),
        cells=cells,
        place_territories=places,
        place_commune=_communes(locations, territories),
        is_point=locations["lon"].notna().to_numpy() & locations["lat"].notna().to_numpy(),
    )


def _span(table: pd.DataFrame, row: int) -> slice:
    first, last = np.searchsorted(table["project"].to_numpy(), [row, row + 1])
    return slice(int(first), int(last))


def _numbered(table: pd.DataFrame, row_of: pd.Series) -> pd.DataFrame:
    rows = table.assign(project=row_of.reindex(table["project_code"]).to_numpy())
    return (
        rows.dropna(subset="project")
        .astype({"project": np.int64})
        .sort_values("project", kind="stable", ignore_index=True)
    )


def _dimension(name: str, options: Sequence[str] | None, project: npt.ArrayLike, code: npt.ArrayLike) -> Dimension:
    codes = pd.Series(np.asarray(code, dtype=object))
    listed = tuple(options) if options is not None else tuple(sorted(codes.unique()))
    return _unique(name, listed, np.asarray(project, np.int64), pd.Index(listed).get_indexer(codes))


def _unique(name: str, options: tuple[str, ...], project: IntArray, option: IntArray) -> Dimension:
    pairs = np.unique(project * np.int64(len(options) or 1) + option)
    return Dimension(name, options, *(part.astype(np.int64) for part in np.divmod(pairs, len(options) or 1)))


def _places(locations: pd.DataFrame, territories: Territories) -> Dimension:
    """Pair each row of `locations` with its territory and all that contain it."""
    options = territories.codes
    index = {code: number for number, code in enumerate(options)}
    codes = locations["territory_code"]
    chains = {code: [index[code], *(index[above] for above in territories.ancestors(code))] for code in codes.unique()}
    lengths = codes.map(lambda code: len(chains[code])).to_numpy()
    chained = [number for code in codes for number in chains[code]]
    return _unique("territory", options, np.repeat(np.arange(len(codes)), lengths), np.array(chained, np.int64))


def _communes(locations: pd.DataFrame, territories: Territories) -> IntArray:
    numbers = {code: territories.commune_number(code) for code in locations["territory_code"].unique()}
    by_code = {code: AREA_WIDE if number is None else number for code, number in numbers.items()}
    return np.asarray(locations["territory_code"].map(by_code), np.int64)


def _years(projects: pd.DataFrame) -> tuple[IntArray, IntArray]:
    start, end = (pd.to_numeric(projects[name].str.slice(0, 4), errors="coerce") for name in ("start_date", "end_date"))
    running = projects["status"].isin(RUNNING)
    last = end.fillna(start.where(~running, OPEN_END)).mask(start.isna() & end.isna(), NO_YEAR)
    first = start.fillna(end).fillna(NO_YEAR)
    return first.to_numpy(np.int64), np.maximum(last.to_numpy(np.int64), first.to_numpy(np.int64))


def _words(projects: pd.DataFrame, links: pd.DataFrame, bodies: pd.DataFrame) -> list[str]:
    own = _side_by_side(projects[["project_code", "title_fr", "title_ar", "title_en", "note", "beneficiaries_said"]])
    names = _side_by_side(bodies[["name_fr", "name_ar", "name_en", "acronym"]]).to_dict()
    said = [[words] for words in own]
    for project, code in zip(links["project"], links["organisation_code"], strict=True):
        said[project].append(names[code])
    return [fold(" ".join(words)) for words in said]


def _side_by_side(texts: pd.DataFrame) -> pd.Series:
    """Join the texts of each row; row by row in pandas this takes ten times as long."""
    columns = (texts[name].fillna("").tolist() for name in texts)
    return pd.Series([" ".join(row) for row in zip(*columns, strict=True)], index=texts.index, dtype="str")
