"""What the visitor of the needs page has chosen, as codes, and the parameters of its address that hold it."""

from dataclasses import dataclass

from geo import address
from geo.address import Address

INDEX = "index"
"""The subject that is no single indicator but all needs together."""
LEVELS = ("commune", "province", "region")
LATEST, CHANGE = "latest", "change"
MILIEUX = ("total", "urban", "rural")
METHODS = ("thresholds", "quantiles", "natural")
CLASSES = (3, 5)
"""Fewest and most classes: the palette has five colours that all eyes tell apart (docs/methods, CIEDE2000)."""
MOST_WEIGHT, DEFAULT_WEIGHT = 5, 3
TABS = ("ranking", "table", "distribution", "scatter", "sensitivity")
SORTS = ("name", "value", "people", "rank", "change", "population")

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class NeedsState:
    """Subject, place, time, classes and weights of the needs page. Every value is a code or a number.

    Attributes
    ----------
    territory
        Territory looked at ("MA" is the whole country).
    subject
        `INDEX`, or the code of an indicator.
    level
        What is coloured and ranked: communes, provinces or regions.
    period
        A year of the catalogue, `LATEST` (the newest year of the subject) or `CHANGE` (newest less oldest comparable).
    milieu
        The whole population, or that of towns or of the country, where it is published.
    method, classes
        How class limits are found, and how many classes.
    weights
        (need, weight 0 to 5) pairs of the index; a need without one weighs 3.
    normalisation, aggregation
        How the index is made.
    second
        Indicator on the other axis of the scatter; empty for the one offered first.
    tab, sort, descending, page
        What stands under the map.
    selected
        Code of the territory whose sheet is open; empty when none.
    view
        Zoom, latitude and longitude of the map; None until the visitor has moved it.
    """

    territory: str
    subject: str = INDEX
    level: str = "commune"
    period: str = LATEST
    milieu: str = "total"
    method: str = "thresholds"
    classes: int = 5
    weights: Weights = ()
    normalisation: str = "goalposts"
    aggregation: str = "arithmetic"
    second: str = ""
    tab: str = "ranking"
    sort: str = "rank"
    descending: bool = False
    page: int = 1
    selected: str = ""
    view: tuple[float, float, float] | None = None

    def cleared(self, home: str) -> "NeedsState":
        """Return the same subject and tab at home, every other choice at rest."""
        return ADDRESS.cleared(self, home, kept=("subject", "tab", "sort", "descending"))

    def in_force(self, home: str) -> tuple[str, ...]:
        """Name the choices that differ from the page at rest."""
        return ADDRESS.in_force(self, home)


NORMALISATIONS = ("goalposts", "min_max", "percentile_rank", "z_score")
AGGREGATIONS = ("arithmetic", "geometric_complement")

ADDRESS = Address(
    NeedsState,
    (
        address.code("subject", "of", role="order"),
        address.code("territory", role="filter"),
        address.option("level", LEVELS, role="filter"),
        address.code("period", role="filter"),
        address.option("milieu", MILIEUX, role="filter"),
        address.option("method", METHODS),
        address.whole("classes", *CLASSES),
        address.numbers_by_code("weights", "w", greatest=MOST_WEIGHT),
        address.option("normalisation", NORMALISATIONS, "norm", role="filter"),
        address.option("aggregation", AGGREGATIONS, "agg", role="filter"),
        address.code("second", "with"),
        address.option("tab", TABS),
        address.ordering(SORTS),
        address.whole("page", 1, 99_999),
        address.code("selected", "sel"),
        address.map_view(),
    ),
)
"""The address of the needs page; known codes: indicators for `subject` and `second`, years for `period`, sectors of
the index for `weights`, territories for `territory` and `selected`."""
