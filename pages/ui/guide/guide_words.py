"""What the practical guide says in words: its sentence, its filters, its warnings, and where a fact comes from."""

from collections.abc import Mapping
from typing import Any

from data.actors_catalog import load_actors_catalog
from data.texts import Texts
from geo.guide import GuideSelection
from geo.guide_state import ADDRESS
from pages.ui import words
from pages.ui.knowledge import Knowledge
from pages.ui.words import given

FRENCH = "fr"


def theme(code: str, t: Texts) -> str:
    """Name a theme in the visitor's language."""
    return t.label("guide_theme", code, load_actors_catalog().themes[code].label)


def headline(selection: GuideSelection, t: Texts) -> str:
    """Say what one wants to do, and how many facts there are, how many of them to verify."""
    counts = selection.counts
    if selection.state.theme:
        own = counts.loc[selection.state.theme]
        return t(
            "guide.headline.theme",
            theme=theme(selection.state.theme, t),
            facts=t("guide.facts", n=int(own["facts"])),
            verify=t("guide.to_verify", n=int(own["to_verify"])),
        )
    return t(
        "guide.headline.all",
        facts=t("guide.facts", n=int(counts["facts"].sum())),
        themes=t("guide.themes", n=int((counts["facts"] > 0).sum())),
        verify=t("guide.to_verify", n=int(counts["to_verify"].sum())),
    )


def filters(know: Knowledge, selection: GuideSelection, t: Texts) -> list[str]:
    """Say the choices in force: the place, who one is, the words looked for."""
    state = selection.state
    said = [t("filter.said", name=t("filter.territory"), values=know.territories.name(state.territory, t.language))]
    if state.audience:
        said.append(t("filter.said", name=t("guide.choice.audience"), values=t(f"audience.{state.audience}")))
    if state.text:
        said.append(t("filter.said", name=t("filter.text"), values=state.text))
    return said


def ways_out(know: Knowledge, selection: GuideSelection, t: Texts) -> dict[str, Any]:
    """Say that no fact holds the words, and what to loosen."""
    ways = [{"act": {"text": ""}, "label": t("guide.empty.without_words")}]
    if selection.state.theme and int(selection.counts["facts"].sum()):
        ways.append({"act": {"theme": ""}, "label": t("guide.empty.all_themes")})
    if "audience" in ADDRESS.in_force(selection.state, know.catalog.default_territory):
        ways.append({"act": {"audience": ""}, "label": t("guide.empty.everyone")})
    return {"said": t("guide.empty.said", text=selection.state.text), "ways": ways}


def notes(selection: GuideSelection, t: Texts) -> list[str]:
    """Say what a reader must know before acting: no law was read whole, and laws are cited in French."""
    said = [t("guide.note.laws")]
    if t.language != FRENCH:
        said.append(t("guide.note.french"))
    if selection.is_for_another:
        said.append(t("guide.note.other_audience"))
    return said


def written(record: Mapping[Any, Any], column: str, t: Texts) -> str:
    """Return what a row says in the language of the page, set as that language sets it; "" where it says nothing."""
    text = record[f"{column}_{t.language}"]
    return t.typeset(str(text)) if given(text) else ""


def source(record: Mapping[Any, Any], t: Texts) -> dict[str, Any]:
    """Say where a row comes from: the page, else the source in words, else that none is given; and its date."""
    date = record.get("source_date")
    found: dict[str, Any] = {"date": t.date(str(date)) if given(date) else t("missing.source_date")}
    if given(record["source_url"]):
        return found | {"value": words.host(record["source_url"]), "url": record["source_url"]}
    if given(record.get("source_said")):
        return found | {"value": record["source_said"], "french": True}
    return {"value": t("actors.sheet.no_source"), "date": ""}
