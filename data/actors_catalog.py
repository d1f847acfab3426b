"""The declarations for those who act: the practical guide, topics of offices, the matching, contexts to compare."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from data.catalog import CATALOG_FOLDER, load_catalog
from data.errors import CatalogError

AUDIENCES = ("mre", "association_abroad", "association_morocco", "cooperative")
CRITERIA = ("sector", "territory", "need", "capacity", "track_record", "partnership")
WEIGHT_TOLERANCE = 1e-9


@dataclass(frozen=True)
class GuideTheme:
    """What one may want to do: for whom, under whose rules, and by which subjects its offices are found."""

    code: str
    label: str
    audiences: tuple[str, ...]
    country: str
    subjects: tuple[str, ...]
    legal_texts: tuple[str, ...]


@dataclass(frozen=True)
class MatchingRules:
    """The conventions of the matching (`catalog/matching.toml`): weights, and what counts as near.

    Attributes
    ----------
    weight
        Criterion → weight; the defaults sum to 1, a visitor's own need not.
    sector_fit, territory_fit
        Nearness → value between 0 and 1.
    catch_all_categories
        DAC categories that gather what fits nowhere else: sharing one of them is no likeness.
    full_ratio, zero_ratio
        Money sought over the largest budget carried: fit 1 up to the first, 0 from the second, linear between.
    high_need
        Percentile of need (0–1) from which a need is called high.
    alike, different
        Traits told for a place to repeat a project in.
    """

    weight: Mapping[str, float]
    sector_fit: Mapping[str, float]
    territory_fit: Mapping[str, float]
    catch_all_categories: tuple[str, ...]
    full_ratio: float
    zero_ratio: float
    high_need: float
    alike: int
    different: int


@dataclass(frozen=True)
class ContextTrait:
    """One thing communes are compared by (`catalog/context.toml`).

    Attributes
    ----------
    kind
        numeric or nominal.
    origin
        context, territory or indicator; an indicator has a year.
    is_log
        Compared by orders of magnitude.
    themes
        Needs whose improvement would change it.
    decimals
        With which it is written.
    """

    code: str
    kind: str
    origin: str
    themes: tuple[str, ...]
    decimals: int
    year: int | None = None
    is_log: bool = False


@dataclass(frozen=True)
class ActorsCatalog:
    """Everything declared for those who act, checked against the sectors."""

    themes: Mapping[str, GuideTheme]
    topics: Mapping[str, str]
    verify_after_years: int
    matching: MatchingRules
    context: tuple[ContextTrait, ...]


@lru_cache
def load_actors_catalog() -> ActorsCatalog:
    """Read and check `guide.toml`, `matching.toml` and `context.toml`.

    Raises
    ------
    CatalogError
        A theme names an unknown audience or subject, the weights are not those of the criteria or do not sum to 1, or
        a trait names an unknown need or indicator.
    """
    guide, matching = (_read(name) for name in ("guide", "matching"))
    known = {*load_catalog().sectors, *guide["topic"]}
    return ActorsCatalog(
        themes={code: _theme(code, entry, known) for code, entry in guide["theme"].items()},
        topics=guide["topic"],
        verify_after_years=guide["age"]["verify_after_years"],
        matching=_rules(matching),
        context=tuple(_trait(code, entry) for code, entry in _read("context")["trait"].items()),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CATALOG_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _theme(code: str, entry: Mapping[str, Any], known: set[str]) -> GuideTheme:
    for field, allowed in (("audiences", set(AUDIENCES)), ("subjects", known)):
        if unknown := set(entry[field]) - allowed:
            raise CatalogError(
                f"guide.toml [theme.{code}]: unknown {field} {', '.join(sorted(unknown))}; "
                f"known: {', '.join(sorted(allowed))}"
            )
    return GuideTheme(
        code=code,
        label=entry["label"],
        audiences=tuple(entry["audiences"]),
        country=entry["country"],
        subjects=tuple(entry["subjects"]),
        legal_texts=tuple(entry["legal_texts"]),
    )


def _trait(code: str, entry: Mapping[str, Any]) -> ContextTrait:
    catalog = load_catalog()
    if entry["origin"] == "indicator" and code not in catalog.indicators:
        raise CatalogError(f"context.toml [trait.{code}]: unknown indicator; known: {', '.join(catalog.indicators)}")
    if unknown := set(entry["themes"]) - set(catalog.themes):
        raise CatalogError(f"context.toml [trait.{code}]: unknown needs {', '.join(sorted(unknown))}")
    return ContextTrait(
        code=code,
        kind=entry["kind"],
        origin=entry["origin"],
        themes=tuple(entry["themes"]),
        decimals=entry["decimals"],
        year=entry.get("year"),
        is_log=entry.get("scale") == "log",
    )


def _rules(entry: Mapping[str, Any]) -> MatchingRules:
    weight = entry["weight"]
    if set(weight) != set(CRITERIA) or abs(sum(weight.values()) - 1) > WEIGHT_TOLERANCE:
        raise CatalogError(
            f"matching.toml [weight]: found {dict(weight)}; one weight for each of {', '.join(CRITERIA)}, sum 1"
        )
    return MatchingRules(
        weight=weight,
        sector_fit={level: fit for level, fit in entry["sector_fit"].items() if level != "catch_all_categories"},
        catch_all_categories=tuple(entry["sector_fit"]["catch_all_categories"]),
        territory_fit=entry["territory_fit"],
        full_ratio=entry["capacity"]["full_ratio"],
        zero_ratio=entry["capacity"]["zero_ratio"],
        high_need=entry["need"]["high_percentile"],
        alike=entry["similarity"]["alike"],
        different=entry["similarity"]["different"],
    )
