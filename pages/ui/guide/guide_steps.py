"""The middle of the practical guide: the table of contents, or the steps of a theme and its legal texts."""

import datetime as dt
from typing import Any

from data.texts import Texts, load_texts
from geo.guide import GuideSelection
from pages.ui.guide import guide_words
from pages.ui.knowledge import Knowledge
from pages.ui.words import given

Row = dict[str, Any]


def contents(selection: GuideSelection, t: Texts, *, today: dt.date) -> dict[str, Any] | None:
    """Return one line a theme: for whom, how many facts, to verify, of old pages; None when a theme is chosen."""
    if selection.state.theme:
        return None
    facts = selection.facts
    is_old = [
        given(date) and selection.guide.stale_since(str(date), today) is not None for date in facts["source_date"]
    ]
    old = facts["theme_code"][is_old].value_counts()
    rows = [
        {
            "code": code,
            "title": guide_words.theme(code, t),
            "audiences": t("list.separator").join(
                t(f"audience.{audience}") for audience in selection.guide.themes[code].audiences
            ),
            "country": t.area(selection.guide.themes[code].country),
            "facts": t.number(int(count["facts"])),
            "to_verify": t.number(int(count["to_verify"])),
            "old": t.number(int(old.get(code, 0))),
        }
        for code, count in selection.counts.iterrows()
        if count["facts"]
    ]
    columns = {name: t(f"guide.column.{name}") for name in ("theme", "country", "facts", "to_verify")}
    columns["old"] = t("guide.column.old", years=selection.guide.verify_after_years)
    return {"rows": rows, "columns": columns, "caption": t("guide.contents")}


def steps(selection: GuideSelection, t: Texts, *, today: dt.date) -> list[Row]:
    """Return the steps of the chosen theme, each with its number, its title and its facts; none without a theme."""
    if not selection.state.theme:
        return []
    return [
        {
            "number": int(number),
            "title": guide_words.written(own.iloc[0], "step", t),
            "facts": [_fact(selection, line, t, today=today) for line in own.to_dict("records")],
        }
        for number, own in selection.facts.groupby("step", sort=True)
    ]


def _fact(selection: GuideSelection, line: dict[Any, Any], t: Texts, *, today: dt.date) -> Row:
    own = {"reference": "fr", "delay": t.language, "cost": t.language}  # a law is cited as it is published
    details = [
        {
            "label": t(f"guide.detail.{name}"),
            "value": load_texts(language).typeset(line[f"{name}_{language}"]),
            "french": language != t.language,
        }
        for name, language in own.items()
        if given(line[f"{name}_{language}"])
    ]
    since = selection.guide.stale_since(str(line["source_date"]), today) if given(line["source_date"]) else None
    badge = t("guide.badge.to_verify") if line["to_verify"] else ""
    if since:
        badge = t("guide.badge.since", year=str(since))
    return {
        "code": line["fact_code"],
        "said": guide_words.written(line, "fact", t),
        "details": details,
        "badge": badge,
        "doubt": guide_words.written(line, "verify", t),
        "source": guide_words.source(line, t),
    }


def laws(know: Knowledge, selection: GuideSelection, t: Texts) -> dict[str, Any] | None:
    """Return the legal texts of the chosen theme, with what was not read of each."""
    if not selection.state.theme:
        return None
    codes = list(selection.guide.themes[selection.state.theme].legal_texts)
    return {
        "title": t("guide.laws.title"),
        "note": "" if codes else t("guide.laws.none"),
        "not_read": t("guide.laws.not_read"),
        "texts": [law(know, code, t) for code in codes],
    }


def law(know: Knowledge, code: str, t: Texts) -> Row:
    """Return one legal text: its name, date, reference, what it says for us, what was not read."""
    text = know.legal_texts.loc[code]
    return {
        "title": guide_words.written(text, "title", t),
        "date": t.date(str(text["date"])) if given(text["date"]) else t("guide.laws.undated"),
        "reference": text["reference_fr"] if given(text["reference_fr"]) else "",
        "said": guide_words.written(text, "fact", t),
        "limit": guide_words.written(text, "limit", t),
        # `date` is that of the text; no source gives the date of the page.
        "source": guide_words.source(text.drop("date"), t) | {"date": ""},
    }
