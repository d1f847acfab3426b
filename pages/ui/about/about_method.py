"""What the method page shows: each rule in words, its formula, and an example worked out on the shipped tables."""

from typing import Any

from data import store
from data.texts import Texts
from pages.ui.knowledge import Knowledge

SECTIONS = (
    *("needs", "concerned", "villages"),
    *("register", "counted", "rates", "spreading", "funders", "years", "selection"),
    *("places", "coverage", "circles", "outlines", "relief", "search", "limits"),
)
WATER, HOUSEHOLDS = "running_water", "sedentary_households"
USD_OF_EXAMPLE, YEAR_OF_EXAMPLE = 500_000, 2014
PACKAGE_OF_EXAMPLE = "B075"  # the floods of Tata: one amount for 19 works, four of which have a row of their own


def method(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what `method.html` shows."""
    examples = {"rates": _rate(t), "counted": _package(know, t), "concerned": _concerned(know, t)}
    return {
        "title": t("menu.method"),
        "lead": t("method.lead"),
        "contents": t("method.contents"),
        "sections": [_section(name, examples, t) for name in SECTIONS],
    }


def _section(name: str, examples: dict[str, str], t: Texts) -> dict[str, Any]:
    key = f"method.{name}"
    return {
        "code": f"method-{name}",
        "title": t(f"{key}.title"),
        "paragraphs": t(f"{key}.text").splitlines(),
        "steps": t(f"{key}.steps").splitlines() if t.has(f"{key}.steps") else [],
        "formula": t(f"{key}.formula") if t.has(f"{key}.formula") else "",
        "example": examples.get(name) or (t(f"{key}.example") if t.has(f"{key}.example") else ""),
    }


def _concerned(know: Knowledge, t: Texts) -> str:
    observations, place = know.observations, know.catalog.default_territory
    rate, counted = (observations.of(code).at(place).value or 0.0 for code in (WATER, HOUSEHOLDS))
    without = 1 - rate / 100
    return t(
        "method.concerned.example",
        place=know.territories.name(place, t.language),
        summed=round(observations.people(WATER).at(place).value or 0.0),
        rate=t.percent(without, 1),
        counted=round(counted),
        own=round(without * counted),
    )


def _rate(t: Texts) -> str:
    rates = store.load("rates").set_index(["currency", "year"])["mad_per_unit"]
    rate = float(rates["USD", YEAR_OF_EXAMPLE])
    return t(
        "method.rates.example",
        amount=t.money(USD_OF_EXAMPLE, "USD"),
        year=str(YEAR_OF_EXAMPLE),
        rate=t.number(rate, 4),
        dirhams=t.money(round(USD_OF_EXAMPLE * rate)),
    )


def _package(know: Knowledge, t: Texts) -> str:
    projects = know.register.projects.set_index("project_code")
    package = projects.loc[PACKAGE_OF_EXAMPLE]
    parts = projects[projects["part_of"] == PACKAGE_OF_EXAMPLE]
    return t(
        "method.counted.example",
        amount=t.money(float(package["amount_mad"])),
        count=len(parts),
        parts=t.money(float(parts["counted_mad"].sum())),
        left=t.money(float(package["counted_mad"])),
    )
