"""What the atlas exports it imports again, in every format, and each project says the same."""

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import pytest

from data.exchange.export import Export
from data.imports.formats import read
from data.imports.own import whole
from data.imports.plan import guess_plan
from data.imports.preview import dry_run
from data.imports.rules import Known
from data.imports.sandbox import read_file
from data.imports.sheet import Asked
from data.records.rights import Person
from data.texts import load_texts
from geo.selection import select
from geo.state import State
from pages.ui.files.downloads import export
from pages.ui.files.file_buttons import WRITERS
from pages.ui.imports.import_known import known
from pages.ui.knowledge import knowledge

SAME = ("status", "start_date", "end_date", "currency", "beneficiaries_said", "source_date", "source_url")


@lru_cache
def exported() -> Export:
    know = knowledge()
    selection = select(know.register, State(territory="MA"))
    return export(know, selection, load_texts("fr"), made_on=dt.date(2026, 1, 1), address="")


@lru_cache
def told() -> Known:
    return known(knowledge())


def said(value: object) -> object:
    return None if value is None or pd.isna(value) or value == "" else value


def codes(value: object) -> list[str]:
    return sorted(set(str(value).split(";"))) if said(value) else []


@pytest.mark.parametrize("form", WRITERS)
def test_every_project_of_an_export_is_read_back_and_says_the_same(form):
    (sheet,) = whole(read_file(WRITERS[form](exported()), Asked(f"export.{form}")))
    person = Person("acc-amina", "contributor")
    preview = dry_run(sheet, guess_plan(sheet, origin="export"), told(), repository=None, person=person)
    rows = exported().projects.set_index("project_code")
    assert preview.held_back == []
    assert len(preview.changes) == len(rows) == 292
    for change in preview.changes:
        row, content = rows.loc[change.external_id], change.content
        assert [content.get(name) for name in SAME] == [said(row[name]) for name in SAME]
        assert content["title"]["fr"] == row["title_fr"]
        assert float(content.get("amount", "nan")) == pytest.approx(row["amount"], nan_ok=True)
        assert sorted(one["sector_code"] for one in content["sectors"]) == codes(row["sectors"])
        assert sorted({one["territory_code"] for one in content["places"]}) == codes(row["places"])
        funders = [one["organisation_code"] for one in content.get("organisations", []) if one["role"] == "funding"]
        assert sorted(funders) == codes(row["funders"])
        assert content["same_as"] == change.external_id  # the register has it already: its money counts once


TEXTS = (
    *(
        "=cmd|' /C calc'!A0",
        "+33 6",
        "-5",
        "@SUM(A1)",
        "'=1",
        "''cité''",
        "a\nb",
        "a;b,c\td|e",
        '"guillemets" et “courbes”',
    ),
    *(
        "#projet + test",
        "# 1",
        "بئر القرية \u200f",
        "\u202bبئر\u202c",
        "\u200fمرحبا\u200e",
        "ⵜⴰⵎⴰⵣⵉⵖⵜ",
        "水",
        "🎉👨‍👩‍👧",
        "é" * 300,
    ),
    *(
        "<b>gras</b> & co",
        "]]>",
        "{{7*7}}",
        "nan",
        "0",
        "1e5",
        "TRUE",
        "2014-01-01",
        "1,5",
        "½ ²",
        "a\u00a0b",
        "a\u202fb",
    ),
    *("\ufeffbom", "ﷺ", "i̇ Ⅷ ﬁ", "_x0041_", "\\n", "%s %d", "C:\\a", "' OR 1=1 --", "Total des puits"),
)
"""What cells turn into something else when nobody watches: formulas, marks of direction, signs of formats, numbers."""


@pytest.mark.parametrize("form", WRITERS)
def test_every_text_of_an_export_comes_back_as_it_left(form, tmp_path):
    whole_export = exported()
    rows = whole_export.projects.head(len(TEXTS)).assign(title=TEXTS, title_fr=TEXTS, beneficiaries_said=TEXTS)
    text_of = dict(zip(rows["project_code"], TEXTS, strict=True))
    places = whole_export.places[whole_export.places["project_code"].isin(rows["project_code"])]
    activities = tuple(
        replace(one, title={**one.title, "fr": text_of[one.identifier]}, beneficiaries_said=text_of[one.identifier])
        for one in whole_export.activities
        if one.identifier in text_of
    )
    frames = {**whole_export.frames, "projects": rows, "places": places}
    made = replace(whole_export, frames=frames, tell_activities=lambda: activities)
    (tmp_path / "upload").write_bytes(WRITERS[form](made))
    (sheet,) = whole(read(tmp_path / "upload", Asked(f"export.{form}")))
    person = Person("acc-amina", "contributor")
    preview = dry_run(sheet, guess_plan(sheet, origin="export"), told(), repository=None, person=person)
    assert preview.held_back == []
    back = {change.external_id: change.content for change in preview.changes}
    assert {code: content["title"]["fr"] for code, content in back.items()} == text_of
    assert {code: content.get("beneficiaries_said") for code, content in back.items()} == text_of
