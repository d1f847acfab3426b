"""The context of every commune: what communes are compared by when a success is to be repeated elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.actors_catalog import ContextTrait
from geo.boundaries import Territories
from geo.similarity import NUMERIC, Trait, with_ranges

PERCENT = 100.0


@dataclass(frozen=True)
class Context:
    """The communes by trait.

    Attributes
    ----------
    values
        Communes x traits, in the units in which they are said; NaN where not known.
    scaled
        The same as compared: logarithms where the trait says so.
    traits
        The traits with the range of the whole country, in the scale of `scaled`.
    """

    values: pd.DataFrame
    scaled: pd.DataFrame
    traits: tuple[Trait, ...]


def build_context(
    declared: Sequence[ContextTrait],
    *,
    territories: Territories,
    table: pd.DataFrame,
    commune_context: pd.DataFrame,
    observed: Callable[[str, int, Sequence[str]], Iterable[float]],
    sectors_of_theme: Mapping[str, Sequence[str]],
) -> Context:
    """Lay out the traits of all communes.

    Parameters
    ----------
    declared
        The traits of `catalog/context.toml`.
    territories, table
        The hierarchy, and the table `territories`.
    commune_context
        The table of that name.
    observed
        Indicator code, year and commune codes → values, NaN where not known; for example
        ``lambda code, year, communes: observations.of(code, year=year).over(communes).value``.
    sectors_of_theme
        Theme of needs → sectors that answer it.
    """
    communes = list(territories.commune_codes)
    rows = table.set_index("territory_code").loc[communes]
    placed = commune_context.set_index("territory_code").reindex(communes)
    derived = pd.DataFrame(
        {
            "milieu": rows["milieu"],
            "density_km2": _number(rows["population_2024"]) / _number(rows["area_km2"]),
            "growth_pct": PERCENT
            * (_number(rows["municipal_population_2024"]) / _number(rows["municipal_population_2014"]) - 1),
        },
        index=communes,
    )
    columns = {}
    for trait in declared:
        if trait.origin == "indicator":
            columns[trait.code] = pd.Series(list(observed(trait.code, trait.year or 0, communes)), index=communes)
        else:
            columns[trait.code] = (placed if trait.origin == "context" else derived)[trait.code]
    values = pd.DataFrame(columns, index=communes)
    values = values.astype({trait.code: "float64" for trait in declared if trait.kind == NUMERIC})
    scaled = values.copy()
    for trait in declared:
        if trait.is_log:
            # A count or density of zero has no logarithm: it is then not compared.
            scaled[trait.code] = np.log10(values[trait.code].where(values[trait.code] > 0))
    traits = [
        Trait(
            trait.code,
            trait.kind,
            sectors=tuple(sector for theme in trait.themes for sector in sectors_of_theme[theme]),
        )
        for trait in declared
    ]
    return Context(values, scaled, with_ranges(traits, scaled))


def _number(cells: pd.Series) -> pd.Series:
    return cells.astype("Float64").astype("float64")
