"""Every table and drawing names its sources; every source says its terms, its date and what was changed, in words."""

import re
from fnmatch import fnmatch

import pytest

from data.catalog import Source, load_catalog
from data.store import SUMS_FILE, TABLES_FOLDER
from data.texts import languages, load_texts

SOURCES = load_catalog().sources
PARTIAL_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
PLACEHOLDER = re.compile(r"\W*(x+|todo|tbd|lorem.*|à compléter|placeholder)?\W*", re.IGNORECASE)


def words_of(source: Source) -> dict[str, str]:
    """Return every text of a source by field and language."""
    fields = {name: getattr(source, name) for name in ("title", "publisher", "licence", "changes", "mind")}
    return {f"{name}.{code}": text for name, said in fields.items() if said for code, text in said.items()}


@pytest.mark.parametrize("code", SOURCES)
def test_a_source_says_everything_and_nothing_stands_in_for_it(code):
    source = SOURCES[code]
    said = words_of(source)
    empty = [field for field, text in said.items() if PLACEHOLDER.fullmatch(text) or len(text) < 4]
    assert empty == [], "sources.toml: write what is true, or that the source does not say it"
    assert source.date is None or PARTIAL_DATE.fullmatch(source.date)
    assert all(url is None or url.startswith("https://") for url in (source.url, source.licence_url))


@pytest.mark.parametrize("code", SOURCES)
def test_a_source_speaks_every_language_save_for_proper_names(code):
    source = SOURCES[code]
    assert set(source.title) == set(source.changes) == set(languages())
    for words in (source.publisher, source.licence, source.mind):
        assert words is None or set(words) in ({"fr"}, set(languages()))


def test_a_placeholder_would_be_seen():
    assert all(PLACEHOLDER.fullmatch(text) for text in ("", "x", "XX", "TODO", "…", " à compléter "))
    assert not PLACEHOLDER.fullmatch("CC BY 4.0")


def test_every_source_is_used_and_every_table_has_one():
    catalog = load_catalog()
    made = [*catalog.tables.values(), *catalog.drawings.values()]
    assert all(entry.sources for entry in made)
    assert {code for entry in made for code in entry.sources} == set(SOURCES)


def test_every_file_of_the_tables_is_declared():
    catalog = load_catalog()
    patterns = [SUMS_FILE, *(table.file for table in catalog.tables.values())]
    patterns += [pattern for drawing in catalog.drawings.values() for pattern in drawing.files]
    files = [path.relative_to(TABLES_FOLDER).as_posix() for path in TABLES_FOLDER.rglob("*") if path.is_file()]
    assert len(files) > 100
    undeclared = [file for file in files if not any(fnmatch(file, pattern) for pattern in patterns)]
    assert undeclared == [], "declare them in data/catalog/tables.toml or drawings.toml"


def test_every_table_and_drawing_has_a_title_and_says_what_it_is_used_for():
    catalog, french = load_catalog(), load_texts("fr")
    wanted = {f"dataset.{name}.{word}" for name in (*catalog.tables, *catalog.drawings) for word in ("title", "use")}
    assert wanted - set(french.entries) == set(), "write them in data/locale/*.toml, under [dataset.<table>]"
