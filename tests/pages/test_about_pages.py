"""The pages on sources, quality and method say all in words, in every language, with figures that can be worked out."""

import re

import pytest

from data.texts import languages, load_texts
from pages.ui.about import about_data, about_method, data_cards
from pages.ui.knowledge import knowledge
from pages.ui.templating import render

# A key of the texts that no language knows shows itself: method.rates.title.
KEY = re.compile(r">\s*[a-z_]+(?:\.[a-z_]+)+\s*<")
PAGES = {
    "sources": ("sources.html", data_cards.sources),
    "quality": ("quality.html", about_data.quality),
    "method": ("method.html", about_method.method),
}


@pytest.fixture(scope="module")
def know():
    return knowledge()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_words_not_keys_and_its_links_lead_somewhere(know, page, language):
    template, content = PAGES[page]
    html = render(template, **content(know, load_texts(language)))
    assert KEY.findall(html) == []
    targets = re.findall(r'id="([^"]+)"', html)
    assert len(targets) == len(set(targets))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(targets)


def test_the_sources_page_gives_each_source_its_licence_date_and_use(know):
    content = data_cards.sources(know, load_texts("fr"))
    assert len(content["sources"]) == len(know.catalog.sources)
    assert all(source["feeds"] and source["licence"] and source["date"] for source in content["sources"])
    outlines = next(source for source in content["sources"] if source["code"] == "hcp_outlines")
    assert "Aucune licence" in outlines["licence"]


def test_the_card_of_the_projects_says_its_rows_and_columns(know):
    content = data_cards.sources(know, load_texts("en"))
    card = next(table for table in content["tables"] if table["code"] == "dataset-projects")
    assert card["facts"][0]["value"] == "292"
    assert "counted_mad" in [column["name"] for column in card["columns"]]


def test_every_decision_is_shown_once_under_a_real_project_without_bare_codes(know):
    decisions = about_data.quality(know, load_texts("fr"))["decisions"]
    rows = [row for group in decisions["groups"] for row in group["rows"]]
    assert len(rows) == len(know.decisions)
    assert all(row["project"] and row["reason"] and row["decided"] for row in rows)
    assert not {"package", "framework", "implementation", "village"} & {row["decided"] for row in rows}
    assert [row for row in rows if re.fullmatch(r"[BC]\d{3}", row["decided"])] == []


def test_the_examples_of_the_method_are_those_worked_out_by_hand(know):
    sections = {section["code"]: section for section in about_method.method(know, load_texts("en"))["sections"]}
    # 500,000 USD of 2014 at 8.4063; 250 MDH less 4 + 7.85 + 18.3 + 3.7.
    assert "8.4063" in sections["method-rates"]["example"]
    assert "MAD\u00a04,203,168" in sections["method-rates"]["example"]
    for amount in ("MAD\u00a0250,000,000", "MAD\u00a033,850,000", "MAD\u00a0216,150,000"):
        assert amount in sections["method-counted"]["example"]


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_every_column_of_every_table_is_described_in_the_language_of_the_visitor(know, language):
    words = {key.removeprefix("described.") for key in load_texts(language).entries if key.startswith("described.")}
    columns = [(table.name, column) for table in know.catalog.tables.values() for column in table.columns]
    assert len(columns) > 200
    undescribed = [
        f"{table}.{column.name}"
        for table, column in columns
        if column.description and not words & {f"{table}.{column.name}", column.name}
    ]
    assert undescribed == []
    assert words <= {known for table, column in columns for known in (column.name, f"{table}.{column.name}")}
