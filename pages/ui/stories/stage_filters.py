"""The few choices a presenter may move without leaving the story, by page."""

from collections.abc import Callable, Sequence
from typing import Any

from data.texts import Texts
from geo.need_tree import index_indicators
from geo.needs_state import INDEX
from pages.ui import words
from pages.ui.gaps import gap_words
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words
from pages.ui.needs.need_finding import children
from pages.ui.villages import village_words

Option = tuple[str, str]
KM_STEPS = (1, 2, 5, 10, 15, 20, 30)
STATUSES = ("implementation", "closed", "pipeline")


def filters(know: Knowledge, page: str, state: Any, t: Texts) -> list[dict[str, Any]]:
    """Return the choices of a page: `name` of the field, `label`, `options` (`code`, `label`, `on`)."""
    found = []
    for name, (label, options) in CHOICES.get(page, {}).items():
        now = getattr(state, name)
        chosen = ("" if not now else now[0]) if isinstance(now, tuple) else "" if now is None else str(now)
        offered = list(options(know, state, t))
        if chosen not in {code for code, _ in offered}:
            offered.append((chosen, _said(know, name, chosen, t)))
        listed = [{"code": code, "label": said, "on": code == chosen} for code, said in offered]
        found.append({"name": name, "label": t(label), "options": listed})
    return found


def _territories(know: Knowledge, state: Any, t: Texts) -> Sequence[Option]:
    """Offer what contains the territory, itself and what lies beside and below it."""
    here = state.territory
    above = list(reversed(know.territories.ancestors(here)))
    region = next((code for code in (*above, here) if know.territories.level_of(code) == "region"), "")
    codes = dict.fromkeys([*above, *([region] if region else []), *(children(know, region) if region else []), here])
    listed = list(codes)
    if know.territories.level_of(here) == "province":
        at = listed.index(here) + 1
        listed[at:at] = [code for code in children(know, here) if code not in codes]
    return [(code, know.territories.name(code, t.language)) for code in listed]


def _sectors(know: Knowledge, _state: Any, t: Texts) -> Sequence[Option]:
    return [("", t("facets.any")), *((code, words.option(know, "sector", code, t)) for code in know.catalog.sectors)]


def _statuses(_know: Knowledge, _state: Any, t: Texts) -> Sequence[Option]:
    return [("", t("facets.any")), *((code, t(f"status.{code}")) for code in STATUSES)]


def _need_subjects(know: Knowledge, _state: Any, t: Texts) -> Sequence[Option]:
    codes = [indicator.code for indicator in index_indicators(know.catalog.indicators)]
    return [(INDEX, t("needs.index")), *((code, need_words.indicator(code, t)) for code in codes)]


def _gap_subjects(know: Knowledge, _state: Any, t: Texts) -> Sequence[Option]:
    return [(code, gap_words.subject(know, code, t)) for code in know.known_gaps["subject"]]


def _services(know: Knowledge, _state: Any, t: Texts) -> Sequence[Option]:
    return [(code, village_words.service(code, t)) for code in know.catalog.services]


def _distances(know: Knowledge, state: Any, t: Texts) -> Sequence[Option]:
    usual = know.default_km[state.service]
    return [
        ("", t("unit.km", value=t.number(usual))),
        *((str(km), t("unit.km", value=km)) for km in KM_STEPS if km != usual),
    ]


def _said(know: Knowledge, name: str, code: str, t: Texts) -> str:
    if name == "territory":
        return know.territories.name(code, t.language)
    if name == "km":
        return t("unit.km", value=t.number(float(code)))
    if name == "subject":
        return need_words.indicator(code, t)
    return t(f"status.{code}") if name == "status" else code


Offer = Callable[[Knowledge, Any, Texts], Sequence[Option]]
TERRITORY: tuple[str, Offer] = ("filter.territory", _territories)
SECTOR: tuple[str, Offer] = ("filter.sector", _sectors)
CHOICES: dict[str, dict[str, tuple[str, Offer]]] = {
    "projects": {"territory": TERRITORY, "sector": SECTOR, "status": ("filter.status", _statuses)},
    "needs": {"territory": TERRITORY, "subject": ("stories.filter.subject", _need_subjects)},
    "villages": {
        "territory": TERRITORY,
        "service": ("villages.choice.service", _services),
        "km": ("villages.choice.km", _distances),
    },
    "gaps": {"territory": TERRITORY, "subject": ("stories.filter.subject", _gap_subjects)},
    "actors": {"territory": TERRITORY, "sector": SECTOR},
    "replicate": {"territory": TERRITORY},
    "matching": {"territory": TERRITORY},
    "territory": {"territory": TERRITORY},
}
"""By page: field of its state, its word, what is offered. A field that is a list takes one value here."""
