"""What is measured of needs, as declared in `indicators.toml`, `services.toml`, `presets.toml`: frozen, checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from data.errors import CatalogError

UNITS = ("pct", "km", "persons", "households", "persons_per_household", "persons_per_room", "index")
COUNTS = ("persons", "households")
"""Units that add up from communes to provinces; every other one is a mean."""
DIRECTIONS = ("higher_is_worse", "higher_is_better", "none")
UNIVERSES = ("total", "rural")
LEVELS = ("country", "region", "province", "commune", "arrondissement")


@dataclass(frozen=True)
class Theme:
    """A need: its place in the catalogue, and the sectors of projects that answer it."""

    code: str
    index: int
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class Goalposts:
    """The value without any need and the value of full need, in the unit of the indicator; why stands in the texts."""

    no_need: float
    full_need: float
    basis: str


@dataclass(frozen=True)
class Breaks:
    """Class limits of a choropleth, ascending; a limit belongs to the class below it."""

    values: tuple[float, ...]
    basis: str


@dataclass(frozen=True)
class Threshold:
    """A value, in the unit of what it limits, and why this one (`basis.<code>` in the texts)."""

    value: float
    basis: str


@dataclass(frozen=True)
class Indicator:
    """One thing measured of every territory. Its words stand in the texts (`indicator.<code>.label`…).

    Attributes
    ----------
    index
        Place in the catalogue.
    universe
        `total`, or `rural`: not applicable in towns.
    measure
        Series of a poverty figure; None for all others. Two series are never crossed.
    columns, denominator, weight, sources, levels
        By year: columns of the source, indicator counting those a percentage is about, indicator weighing communes
        where no denominator is published, source code, levels known.
    comparable_years
        Years whose values measure the same thing; empty when no change may be shown.
    shown
        False for counts that serve as denominators only.
    """

    code: str
    index: int
    theme: str
    unit: str
    direction: str
    universe: str
    measure: str | None
    decimals: int
    columns: Mapping[int, tuple[str, ...]]
    denominator: Mapping[int, str]
    weight: Mapping[int, str]
    sources: Mapping[int, str]
    levels: Mapping[int, tuple[str, ...]]
    comparable_years: tuple[int, ...]
    goalposts: Goalposts | None
    breaks: Breaks | None
    threshold: Threshold | None
    in_index: bool
    shown: bool

    @property
    def years(self) -> tuple[int, ...]:
        """Years with values, ascending."""
        return tuple(sorted(self.columns))

    @property
    def latest(self) -> int:
        """Last year with values."""
        return max(self.columns)

    @property
    def comparable(self) -> bool:
        """Whether a change between two years may be shown."""
        return bool(self.comparable_years)

    @property
    def is_count(self) -> bool:
        """Whether values add up; otherwise they are means or shares."""
        return self.unit in COUNTS


@dataclass(frozen=True)
class Service:
    """A service whose distance is known village by village; its words stand in the texts (`service.<code>.label`…).

    Attributes
    ----------
    column
        Column of the table `villages` that holds the distance, km.
    default_km
        Threshold a page opens on; one of `thresholds`.
    thresholds
        Distances offered, km, ascending.
    """

    code: str
    index: int
    column: str
    sectors: tuple[str, ...]
    default_km: float
    thresholds: tuple[Threshold, ...]


@dataclass(frozen=True)
class Preset:
    """Weights of the need index under one name (`needs.preset.<code>` in the texts); needs not named weigh as usual."""

    code: str
    weights: Mapping[str, int]


def read_themes(content: Mapping[str, Any], sectors: Collection[str]) -> dict[str, Theme]:
    """Return the themes of `indicators.toml`, in its order.

    Raises
    ------
    CatalogError
        A theme names an unknown sector; so for the other readers: file, entry, what was found, what is allowed.
    """
    themes = {}
    for index, (code, entry) in enumerate(content["theme"].items()):
        _known(f"indicators.toml [theme.{code}]", "sector", entry["sectors"], sectors)
        themes[code] = Theme(code, index, tuple(entry["sectors"]))
    return themes


def read_indicators(
    content: Mapping[str, Any], themes: Collection[str], sources: Collection[str]
) -> dict[str, Indicator]:
    """Return the indicators of `indicators.toml`, in its order."""
    entries = content["indicator"]
    indicators = {code: _indicator(code, index, entry) for index, (code, entry) in enumerate(entries.items())}
    for code, indicator in indicators.items():
        where = f"indicators.toml [indicator.{code}]"
        _known(where, "theme", [indicator.theme], themes)
        _known(where, "unit", [indicator.unit], UNITS)
        _known(where, "direction", [indicator.direction], DIRECTIONS)
        _known(where, "universe", [indicator.universe], UNIVERSES)
        _known(where, "source", indicator.sources.values(), sources)
        _known(where, "year with a source", indicator.columns, indicator.sources)
        _known(where, "year", [*indicator.comparable_years, *indicator.denominator, *indicator.weight], indicator.years)
        _known(where, "indicator", [*indicator.denominator.values(), *indicator.weight.values()], indicators)
        if indicator.in_index and (indicator.goalposts is None or indicator.threshold is None):
            raise CatalogError(f"{where}: in_index needs goalposts and a threshold")
        if indicator.breaks and list(indicator.breaks.values) != sorted(set(indicator.breaks.values)):
            raise CatalogError(f"{where}: breaks must ascend, found {list(indicator.breaks.values)}")
    return indicators


def read_services(content: Mapping[str, Any], sectors: Collection[str], columns: Collection[str]) -> dict[str, Service]:
    """Return the services of `services.toml`, in its order; `columns` are those of the table `villages`."""
    services = {}
    for index, (code, entry) in enumerate(content["service"].items()):
        where = f"services.toml [service.{code}]"
        thresholds = tuple(Threshold(float(one["km"]), one["basis"]) for one in entry["thresholds"])
        _known(where, "sector", entry["sectors"], sectors)
        _known(where, "column", [entry["column"]], columns)
        _known(where, "default", [float(entry["default"])], [one.value for one in thresholds])
        services[code] = Service(
            code, index, entry["column"], tuple(entry["sectors"]), float(entry["default"]), thresholds
        )
    return services


def read_presets(content: Mapping[str, Any], indicators: Mapping[str, Indicator]) -> dict[str, Preset]:
    """Return the presets of `presets.toml`, in its order; they weigh needs of the index and leave one to weigh."""
    inside = {one.theme for one in indicators.values() if one.in_index}
    presets = {}
    for code, entry in content["preset"].items():
        where, weights = f"presets.toml [preset.{code}]", entry["weights"]
        _known(where, "need", weights, inside)
        if any(not isinstance(weight, int) or weight < 0 for weight in weights.values()):
            raise CatalogError(f"{where}: weights {dict(weights)}; allowed: whole numbers from 0")
        if inside <= set(weights) and not any(weights.values()):
            raise CatalogError(f"{where}: all weights are 0; allowed: at least one above")
        presets[code] = Preset(code, dict(weights))
    return presets


def _indicator(code: str, index: int, entry: Mapping[str, Any]) -> Indicator:
    missing = {"theme", "unit", "direction", "universe", "decimals", "columns", "sources"} - set(entry)
    if missing:
        raise CatalogError(f"indicators.toml [indicator.{code}]: missing {', '.join(sorted(missing))}")
    goalposts, breaks, threshold = (entry.get(name) for name in ("goalposts", "breaks", "threshold"))
    columns = {year: tuple(names) for year, names in _by_year(entry["columns"]).items()}
    levels = {year: tuple(known) for year, known in _by_year(entry.get("levels", {})).items()}
    return Indicator(
        code=code,
        index=index,
        theme=entry["theme"],
        unit=entry["unit"],
        direction=entry["direction"],
        universe=entry["universe"],
        measure=entry.get("measure"),
        decimals=entry["decimals"],
        columns=columns,
        denominator=_by_year(entry.get("denominator", {})),
        weight=_by_year(entry.get("weight", {})),
        sources=_by_year(entry["sources"]),
        levels={year: levels.get(year, LEVELS) for year in columns},
        comparable_years=tuple(sorted(entry.get("comparable_years", ()))),
        goalposts=Goalposts(**goalposts) if goalposts else None,
        breaks=Breaks(tuple(map(float, breaks["values"])), breaks["basis"]) if breaks else None,
        threshold=Threshold(float(threshold["value"]), threshold["basis"]) if threshold else None,
        in_index=entry.get("in_index", False),
        shown=entry.get("shown", True),
    )


def _by_year(values: Mapping[str, Any]) -> dict[int, Any]:
    return {int(year): value for year, value in values.items()}


def _known(where: str, what: str, found: Collection[Any], allowed: Collection[Any]) -> None:
    if unknown := [str(one) for one in found if one not in allowed]:
        raise CatalogError(f"{where}: unknown {what} '{', '.join(unknown)}'; allowed: {', '.join(map(str, allowed))}")
