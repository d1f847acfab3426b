"""One family of errors; each is also the builtin a caller would expect."""


class AtlasError(Exception):
    """Something the atlas refuses, said so that it can be mended: where, what, what is allowed, what to do."""


class CatalogError(AtlasError, ValueError):
    """A declaration in `data/catalog` contradicts itself or another one."""


class TableError(AtlasError, ValueError):
    """A table cannot be used; the message lists every problem found.

    Attributes
    ----------
    reason
        Short code of the cause, for pages to say it in the visitor's language: `missing`, `damaged`, `unlisted` (no
        hash to check it against) or `contract`.
    """

    def __init__(self, table: str, problems: list[str], *, reason: str = "contract") -> None:
        self.table, self.problems, self.reason = table, problems, reason
        super().__init__(f"{table}: " + "; ".join(problems))


class CodeError(AtlasError, KeyError):
    """A name or code that no list knows."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class CrsError(AtlasError, ValueError):
    """Geometry without a coordinate reference system, or in another one than asked."""


class ScoringError(AtlasError, ValueError):
    """An index that cannot be computed as it is declared.

    Attributes
    ----------
    reason
        Short code of the cause, for pages to say it in the visitor's language.
    codes
        Indicators, sectors or places it concerns.
    """

    def __init__(self, message: str, *, reason: str, codes: tuple[str, ...] = ()) -> None:
        self.reason, self.codes = reason, codes
        super().__init__(message)


class WeightError(ScoringError):
    """Weights that leave nothing to weigh: negative, unknown or all zero."""


class GoalpostError(ScoringError):
    """Ends of a scale that are equal, reversed or missing."""


class MeasureError(AtlasError, ValueError):
    """Figures of which the measure asked for (shares, classes, an inequality) has no meaning."""


class RangeError(AtlasError, ValueError):
    """A number outside what is allowed."""
