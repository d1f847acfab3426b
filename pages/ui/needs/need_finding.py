"""The sentence over the needs map, the key figures under it, and a way on when what was asked cannot be shown."""

from collections.abc import Sequence
from typing import Any

from data.catalog import in_language
from data.errors import ScoringError
from data.texts import Texts
from geo.address import StateProblem
from geo.indicators import KNOWN, Observed
from geo.need_levels import layout, taken
from geo.need_selection import index_at
from geo.need_tree import full_weights
from geo.need_view import NeedSelection
from geo.needs_state import INDEX, LEVELS, NeedsState
from pages.ui.finding import problems_said
from pages.ui.knowledge import Knowledge
from pages.ui.needs import need_words
from pages.ui.needs.need_presets import preset_of

COUNTRY = "MA"
REASONS = ("weights_all_zero", "mean_undefined")


def finding(
    know: Knowledge,
    state: NeedsState,
    selection: NeedSelection | None,
    problems: Sequence[StateProblem],
    refused: ScoringError | None,
    t: Texts,
) -> dict[str, Any]:
    """Return what `finding.html` shows."""
    home = know.catalog.default_territory
    said = need_words.headline(know, selection, t) if selection else t("needs.refused.title")
    return {
        "finding": said,
        "filters": filters(know, state, selection, t),
        "in_force": state.in_force(home),
        "clear": t("filter.clear"),
        "problems": problems_said(problems, t),
        "empty": _way_on(refused, t) if refused else None,
    }


def filters(know: Knowledge, state: NeedsState, selection: NeedSelection | None, t: Texts) -> list[str]:
    """Say each choice in force in a short sentence: what the screen, exports and prints carry."""
    place = know.territories.name(state.territory, t.language)
    said = [t("filter.said", name=t("filter.territory"), values=place)]
    if selection is None:
        return said
    said.append(t(f"needs.by.{selection.level.name}"))
    said.append(t("filter.said", name=t("needs.choices.period"), values=need_words.period(selection)))
    if selection.milieu != "total":
        said.append(t(f"needs.milieu.{selection.milieu}"))
    if state.subject == INDEX:
        said.append(t("filter.said", name=t("needs.choices.weights"), values=weights_said(know, state, t)))
        for name in ("normalisation", "aggregation"):
            chosen = getattr(state, name)
            if chosen != getattr(NeedsState(state.territory), name):
                said.append(t(f"needs.{name}.{chosen}"))
    return said


def weights_said(know: Knowledge, state: NeedsState, t: Texts) -> str:
    """Say the weights of the index: the preset's name, or each need with its weight."""
    if preset := preset_of(know.catalog, state):
        return t(f"needs.preset.{preset}")
    weights = full_weights(know.needs.indicators, state.weights)
    return t("list.separator").join(f"{need_words.need(theme, t)} {weight}" for theme, weight in weights.items())


def figures(know: Knowledge, selection: NeedSelection, near: Observed, t: Texts) -> dict[str, Any]:
    """Return what `figures.html` shows: the territory beside the country, people, those beyond, what is missing."""
    own = dict(zip(near.codes, said(selection, near, t), strict=True))
    absent = len(selection) - int(selection.known[selection.rows].sum())
    code = selection.asked.territory
    place = know.territories.name(code, t.language)
    known = len(selection) - absent
    shown = [
        {"label": t("needs.figure.value", place=place), "value": own[code], "note": _beside(own, code, t)},
    ]
    if not selection.is_count:
        shown.append({"label": need_words.people_header(selection, t), "value": _people(selection, t), "note": ""})
    if selection.threshold is not None and known:
        beyond = int(selection.beyond[selection.rows].sum())
        limit = need_words.amount(selection.threshold, selection.unit, need_words.needed(selection.threshold), t)
        shown.append(
            {
                "label": t("needs.figure.beyond"),
                "value": t("figure.of", n=beyond, total=known),
                "note": t("needs.figure.beyond_note", limit=limit, share=t.percent(beyond / known)),
            }
        )
    shown.append(
        {
            "label": t("needs.figure.absent"),
            "value": t.number(absent),
            "note": _absences(selection, t),
        }
    )
    return {"figures": shown, "equation": "", "source": source(know, selection, t)}


def source(know: Knowledge, selection: NeedSelection, t: Texts) -> str:
    """Say where the values come from, and from which tables of ours."""
    return t("needs.source", sources=t("list.separator").join(sources(know, selection, t)), version=know.version)


def sources(know: Knowledge, selection: NeedSelection, t: Texts) -> list[str]:
    """Name the sources of the values shown."""
    return [in_language(know.catalog.sources[code].title, t.language) for code in source_codes(know, selection)]


def source_codes(know: Knowledge, selection: NeedSelection) -> list[str]:
    """Return the codes of the sources of the values shown."""
    if selection.indicator is None:
        used = selection.score.values if selection.score else ()
        codes = {
            know.needs.indicators[code].sources[year]
            for code in used
            for year in selection.years
            if year in know.needs.indicators[code].sources
        }
    else:
        codes = {selection.indicator.sources[year] for year in selection.years}
    return sorted(codes)


def children(know: Knowledge, code: str) -> list[str]:
    """Return the regions, provinces or communes directly inside a territory."""
    return [one for one in know.territories.children_of(code) if know.territories.level_of(one) in LEVELS]


def around(know: Knowledge, selection: NeedSelection) -> Observed:
    """Return the subject for the territory looked at, what contains it and what it contains."""
    code = selection.asked.territory
    return observed_at(know, selection, (code, *know.territories.ancestors(code), *children(know, code)))


def values_of(know: Knowledge, selection: NeedSelection, codes: tuple[str, ...], t: Texts) -> list[str]:
    """Write the value of the subject for any territories, whatever their level."""
    return said(selection, observed_at(know, selection, codes), t)


def said(selection: NeedSelection, found: Observed, t: Texts) -> list[str]:
    """Write values of the subject, or the word for why there is none."""
    written = []
    for number, state, computed in zip(found.value, found.state, found.computed, strict=True):
        if state != KNOWN:
            written.append(t(f"needs.absent.{need_words.ABSENT[int(state)]}"))
            continue
        text = need_words.value(selection, number, t)
        written.append(need_words.about(text, t) if need_words.is_ours(selection, computed) else text)
    return written


def observed_at(know: Knowledge, selection: NeedSelection, codes: tuple[str, ...]) -> Observed:
    """Return the subject for any territories, whatever their level."""
    level = layout(know.territories, "any", codes)
    observations, indicator = selection.ground.observations, selection.indicator
    if indicator is None:
        return index_at(selection, level)
    if selection.is_change:
        return taken(observations.change(indicator.code, relative=indicator.is_count), level)
    return taken(observations.of(indicator.code, year=selection.years[0], milieu=selection.milieu), level)


def _beside(own: dict[str, str], code: str, t: Texts) -> str:
    return "" if code == COUNTRY else t("needs.figure.country", value=own[COUNTRY])


def _people(selection: NeedSelection, t: Texts) -> str:
    people = selection.people_at(selection.asked.territory)
    if people.value is None:
        return t(f"needs.absent.{people.state}")
    total = t.number(round(people.value))
    return total if selection.people_unit == "population" else need_words.about(total, t)


def _absences(selection: NeedSelection, t: Texts) -> str:
    """Say why there is no value, each reason with its count."""
    states = selection.state[selection.rows]
    counted = [(name, int((states == code).sum())) for code, name in need_words.ABSENT.items()]
    said = [t("filter.said", name=t(f"needs.absent.{name}"), values=count) for name, count in counted if count]
    return " · ".join(said) or t("needs.figure.all_known")


def _way_on(refused: ScoringError, t: Texts) -> dict[str, Any]:
    reason = refused.reason if refused.reason in REASONS else "settings"
    ways = [
        {"act": {"weights": None, "normalisation": None, "aggregation": None}, "label": t("needs.refused.reset")},
        {"act": {"clear": True}, "label": t("filter.clear")},
    ]
    return {"said": t(f"needs.refused.{reason}"), "ways": ways}
