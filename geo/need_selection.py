"""The one selection behind the needs page: from what the visitor chose to what is coloured, ranked and exported."""

from dataclasses import replace

import numpy as np

from data.measures import Indicator
from geo.indicators import INSUFFICIENT_DATA, KNOWN, MISSING, Observed
from geo.need_levels import Level, NeedsGround, index_frames, taken
from geo.need_tree import comparable, full_weights, index_indicators, need_tree, years_of
from geo.need_view import PEOPLE_INDICATOR, NeedSelection
from geo.needs import INSUFFICIENT, RANK_DECIMALS, Method, Score, score
from geo.needs_state import CHANGE, INDEX, LATEST, NeedsState


def select_needs(ground: NeedsGround, state: NeedsState) -> NeedSelection:
    """Return what is shown of the subject, the level and the time chosen.

    A year, a change or a milieu that the subject does not have is replaced by its newest year and by the whole
    population, and noted.

    Raises
    ------
    WeightError
        All weights of the index are 0.
    ScoringError
        The index cannot be computed as asked.
    """
    return _of_index(ground, state) if state.subject == INDEX else _of_indicator(ground, state)


def _of_indicator(ground: NeedsGround, state: NeedsState) -> NeedSelection:
    indicator = ground.indicators[state.subject]
    years, wrong_year = _years(state.period, indicator)
    milieu, wrong_milieu = _milieu(state, years == (indicator.latest,) and indicator.latest == _census(ground))
    level = ground.levels[state.level]
    if len(years) > 1:
        observed = ground.observations.change(indicator.code, relative=indicator.is_count)
    else:
        observed = ground.observations.of(indicator.code, year=years[0], milieu=milieu)
    shown = taken(observed, level)
    return NeedSelection(
        ground=ground,
        asked=state,
        indicator=indicator,
        level=level,
        inside=level.inside(ground.territories, state.territory),
        years=years,
        milieu=milieu,
        value=shown.value,
        state=shown.state,
        computed=shown.computed,
        reference=taken(ground.observations.of(indicator.code), level).value,
        notes=(*wrong_year, *wrong_milieu),
    )


def _years(period: str, indicator: Indicator) -> tuple[tuple[int, ...], tuple[str, ...]]:
    if period == LATEST:
        return (indicator.latest,), ()
    if period == CHANGE:
        ends = indicator.comparable_years
        return ((ends[0], ends[-1]), ()) if indicator.comparable else ((indicator.latest,), ("period",))
    return ((int(period),), ()) if int(period) in indicator.years else ((indicator.latest,), ("period",))


def _milieu(state: NeedsState, is_published: bool) -> tuple[str, tuple[str, ...]]:  # noqa: FBT001 - one question
    published = state.milieu == "total" or (is_published and state.level != "commune")
    return (state.milieu, ()) if published else ("total", ("milieu",))


def _census(ground: NeedsGround) -> int:
    return ground.indicators[PEOPLE_INDICATOR].latest


def _of_index(ground: NeedsGround, state: NeedsState) -> NeedSelection:
    indicators = index_indicators(ground.indicators)
    newest = _census(ground)
    earlier = comparable(indicators)[0].comparable_years[0]
    wanted = {LATEST: (newest,), CHANGE: (earlier, newest)}.get(state.period)
    years = wanted or ((int(state.period),) if state.period in (str(newest), str(earlier)) else (newest,))
    wrong_year = () if wanted or str(years[0]) == state.period else ("period",)
    if years != (newest,):
        indicators = comparable(indicators)
    milieu, wrong_milieu = _milieu(state, years == (newest,))
    level = ground.levels[state.level]
    scores = {
        year: index_score(ground, state, level, indicators=indicators, year=year, milieu=milieu) for year in years
    }
    latest = scores[years[-1]]
    shown = _as_observed(level, tuple(scores[year] for year in years))
    return NeedSelection(
        ground=ground,
        asked=state,
        indicator=None,
        level=level,
        inside=level.inside(ground.territories, state.territory),
        years=years,
        milieu=milieu,
        value=shown.value,
        state=shown.state,
        computed=shown.computed,
        reference=latest.score.to_numpy(),
        score=latest,
        notes=(*wrong_year, *wrong_milieu),
    )


def index_score(
    ground: NeedsGround,
    state: NeedsState,
    level: Level,
    *,
    indicators: tuple[Indicator, ...] | None = None,
    year: int | None = None,
    milieu: str = "total",
    reference: Level | None = None,
) -> Score:
    """Return the index of the territories of a level, as the state weighs and makes it.

    Parameters
    ----------
    indicators
        Those of the index; all of them when not given.
    year
        Newest year of each indicator when not given.
    reference
        The territories that fix the scale where it comes from the data; those of the level when not given.
    """
    used = index_indicators(ground.indicators) if indicators is None else indicators
    years = years_of(used)
    if year is not None:
        years = {code: year if year in ground.indicators[code].years else newest for code, newest in years.items()}
    values, empty = index_frames(ground.observations, used, level, years, milieu)
    scale = None
    if reference is not None:
        scale, _ = index_frames(ground.observations, used, reference, years_of(used), "total")
    return score(
        values,
        need_tree(used, full_weights(ground.indicators, state.weights)),
        method=Method(normalisation=state.normalisation, aggregation=state.aggregation),
        reference=scale,
        not_applicable=empty,
    )


def index_at(selection: NeedSelection, level: Level) -> Observed:
    """Return the index, or its change, of other territories, made as that of the selection and on the same scale."""
    assert selection.score is not None  # noqa: S101 - asked only of the index
    indicators = tuple(selection.ground.indicators[code] for code in selection.score.values)
    scores = tuple(
        index_score(
            selection.ground,
            selection.asked,
            level,
            indicators=indicators,
            year=year,
            milieu=selection.milieu,
            reference=selection.level,
        )
        for year in selection.years
    )
    return _as_observed(level, scores)


def _as_observed(level: Level, scores: tuple[Score, ...]) -> Observed:
    """Return the last score, or the last less the first, with the reason where there is none."""
    values = scores[-1].score.to_numpy()
    if len(scores) > 1:
        values = values - scores[0].score.to_numpy()
    values = np.round(values, RANK_DECIMALS)  # 20 is 20: class limits are compared with what is written
    known = np.isfinite(values)
    insufficient = (scores[-1].reason == INSUFFICIENT).to_numpy()
    state = np.where(known, KNOWN, np.where(insufficient, INSUFFICIENT_DATA, MISSING)).astype(np.uint8)
    return Observed.of_codes(level.codes, values, state, known)


def with_state(selection: NeedSelection, **changes: object) -> NeedSelection:
    """Return the selection of the same state with some fields changed."""
    return select_needs(selection.ground, replace(selection.asked, **changes))  # type: ignore[arg-type]  # the caller's names are fields
