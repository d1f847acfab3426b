"""A table that is missing, damaged or breaks its contract is said on every page, in its language; never a trace."""

import hashlib
import itertools
import shutil
import sys
from pathlib import Path

import pytest
import streamlit as st

from data import store
from data.catalog import load_catalog
from data.texts import languages, load_texts
from pages import PAGES
from tests.pages.visit import Visit, visit

OURS = ("data", "geo", "layers", "pages")


def in_turn(cases):
    """Give each case one language, the languages in turn: the sentence is the same, its words are tested elsewhere."""
    return [(*case, language) for case, language in zip(cases, itertools.cycle(languages()), strict=False)]


def forget() -> None:
    """Forget what was read, as a server does that starts again."""
    st.cache_resource.clear()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in OURS:
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """Give a folder of tables of its own, whole, to the store; the test damages it."""
    folder = tmp_path / "tables"
    shutil.copytree(store.TABLES_FOLDER, folder)
    monkeypatch.setattr(store, "TABLES_FOLDER", folder)
    forget()
    yield folder
    monkeypatch.undo()
    forget()


def sum_again(folder: Path, file: str) -> None:
    """Write the hash of a file as it is now, as somebody does who means the change."""
    sums = folder / store.SUMS_FILE
    lines = [line for line in sums.read_text("utf-8").splitlines() if not line.endswith(f"  {file}")]
    digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    sums.write_text("\n".join([*lines, f"{digest}  {file}"]) + "\n", "utf-8")


def damage(folder: Path, file: str, how: str) -> None:
    path = folder / file
    if how == "missing":
        path.unlink()
    elif how == "damaged":
        path.write_bytes(path.read_bytes()[:-7])
    else:
        changed = {
            "no column": (b"project_code,", b"code,"),
            "no CSV": (b",", b'"\n'),
            "nothing": (path.read_bytes(), b""),
        }
        path.write_bytes(path.read_bytes().replace(*changed[how]))
        sum_again(folder, file)


def is_trouble(seen: Visit, language: str, reason: str, table: str) -> bool:
    """Tell whether a page says what is wrong, with which table and what to do, and shows no trace of the server."""
    t = load_texts(language)
    wanted = (t("trouble.title"), t("trouble.said"), t(f"trouble.reason.{reason}", table=table), t("trouble.todo"))
    return (
        seen.failures == []
        and all(sentence in seen.said for sentence in wanted)
        and str(store.TABLES_FOLDER) not in seen.said
        and "Traceback" not in seen.said
    )


@pytest.mark.parametrize(("how", "reason", "table", "language"), in_turn([
    ("missing", "missing", "projects.csv"),
    ("damaged", "damaged", "projects.csv"),
    ("no column", "contract", "projects"),
    ("no CSV", "contract", "projects"),
    ("nothing", "contract", "projects"),
]))  # fmt: skip
def test_without_the_projects_every_page_says_which_table_and_what_to_do(tables, language, how, reason, table):
    damage(tables, "projects.csv", how)
    assert len(PAGES) > 4
    assert [page.key for page in PAGES if not is_trouble(visit(page, language), language, reason, table)] == []


@pytest.mark.parametrize(("turn", "name"), list(enumerate(load_catalog().tables)), ids=load_catalog().tables)
def test_whichever_table_is_missing_every_page_still_speaks(tables, turn, name):
    file = load_catalog().tables[name].file
    damage(tables, file, "missing")
    # Half of the pages for each table, the other half for the next: every page meets many tables missing.
    for page in (page for number, page in enumerate(PAGES) if number % 2 == turn % 2 or page.key == "quality"):
        seen = visit(page, "fr")
        assert seen.failures == []
        assert seen.heading().strip()
        if page.key == "quality":
            assert load_texts("fr")("trouble.reason.missing", table=file) in seen.said


@pytest.mark.parametrize(("content", "reason", "table", "language"), in_turn([
    (None, "missing", store.SUMS_FILE),
    (b"\xff\xfe", "damaged", store.SUMS_FILE),
    (b"nonsense\n", "damaged", store.SUMS_FILE),
    (b"", "unlisted", "territories.csv"),
]))  # fmt: skip
def test_without_the_list_of_hashes_nothing_is_trusted_and_it_is_said(tables, language, content, reason, table):
    sums = tables / store.SUMS_FILE
    sums.unlink()
    if content is not None:
        sums.write_bytes(content)
    assert [page.key for page in PAGES if not is_trouble(visit(page, language), language, reason, table)] == []


def has_map(seen: Visit) -> bool:
    return any({"digest", "state"} <= set(data) for data in seen.components.values())


def test_without_the_outlines_a_map_says_so_and_other_pages_stay(tables):
    language = "ar"
    with_map = {page.key for page in PAGES if has_map(visit(page, language))}
    assert with_map >= {"overview", "projects"}
    forget()
    damage(tables, "shapes/territory.manifest.json", "missing")
    trouble = load_texts(language)("trouble.reason.missing", table="shapes/territory.manifest.json")
    assert {page.key for page in PAGES if trouble in visit(page, language).said} == with_map


def test_when_the_table_is_back_the_page_is_back(tables):
    whole = (tables / "projects.csv").read_bytes()
    damage(tables, "projects.csv", "damaged")
    page = next(page for page in PAGES if page.key == "projects")
    assert is_trouble(visit(page, "fr"), "fr", "damaged", "projects.csv")
    (tables / "projects.csv").write_bytes(whole)
    assert "map" in visit(page, "fr").components
