"""The rules of the house that no other tool checks: what lies where, how large, and what is never written."""

import ast
import os
import re
from pathlib import Path

import pytest

import geo

ROOT = Path(__file__).parents[2]
LONGEST_MODULE_LINES = 300
LARGEST_FILE_BYTES = 500_000
LARGEST_TABLES_BYTES = 25_000_000
SHAPELESS_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
BROWSER_FOLDERS = ("layers/static", "layers/offline", "pages/ui/static", "pages/ui/templates")
NAMESPACES = ("http://www.w3.org/",)


def our_files() -> list[Path]:
    """List the files of the house, without what `.gitignore` leaves out: installed packages, caches."""
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    left_out = {".git"} | {line.rstrip("/") for line in lines if line and not re.search(r"[#*]|./.", line)}
    found: list[Path] = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(set(subfolders) - left_out)
        found += [Path(folder, name) for name in sorted(names)]
    return found


FILES = our_files()
MODULES = [path for path in FILES if path.suffix == ".py"]
OWN_MODULES = [path for path in MODULES if path.relative_to(ROOT).parts[0] != "tests"]
BROWSER_FILES = [path for path in FILES if path.relative_to(ROOT).as_posix().startswith(BROWSER_FOLDERS)]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_tree_is_seen() -> None:
    assert len(OWN_MODULES) > 50
    assert len(BROWSER_FILES) > 10
    assert [path for path in FILES if {"site-packages", "node_modules"} & set(path.parts)] == []


def test_only_the_menu_lies_directly_in_pages() -> None:
    # Streamlit takes any other file there for a page of its old menu, and deep links break.
    assert [path.name for path in MODULES if path.parent == ROOT / "pages"] == ["__init__.py"]


def test_every_module_is_named_after_a_thing() -> None:
    assert [named(path) for path in MODULES if SHAPELESS_NAMES & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_every_module_of_geo_stands_once_in_its_table_of_contents() -> None:
    _, *subjects = (geo.__doc__ or "").replace("\n  ", " ").split("\n* ")
    listed = [name for subject in subjects for name in subject.rpartition(": ")[2].strip().split(", ")]
    modules = [path.stem for path in OWN_MODULES if path.parent == ROOT / "geo" and path.stem != "__init__"]
    assert len(modules) > 50
    assert sorted(listed) == sorted(modules)


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in OWN_MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE_LINES} == {}


def test_no_text_still_holds_both_sides_of_a_merge() -> None:
    texts = [path for path in FILES if path.suffix in {".md", ".toml", ".py", ".js", ".css", ".html", ".json", ""}]
    assert [named(path) for path in texts if re.search(rb"^(<{7}|>{7}) ", path.read_bytes(), re.MULTILINE)] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_errors_are_caught_by_their_name(path: Path) -> None:
    caught = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ExceptHandler)]
    names = {node.lineno: ast.unparse(node.type) if node.type else "everything" for node in caught}
    unnamed = re.compile(r"\b(everything|Exception|BaseException)\b")
    assert {line: name for line, name in names.items() if unnamed.search(name)} == {}


def test_every_exception_to_a_rule_says_its_reason_beside_it() -> None:
    asked = re.compile(r"# (?:noqa|type: ignore)\b.*")
    said = re.compile(r"# (?:noqa: [A-Z0-9, ]+ (?:- |\()\S|type: ignore\[[\w, -]+\]  # \S).*")
    lines = [(named(path), line) for path in MODULES for line in path.read_text("utf-8").splitlines()]
    exceptions = [(name, found.group()) for name, line in lines if (found := asked.search(line))]
    assert len(exceptions) > 100
    own = "tests/architecture/test_tree.py"  # the patterns above
    assert [(name, text) for name, text in exceptions if not said.match(text) and name != own] == []


def test_no_page_switches_the_escaping_of_html_off() -> None:
    assert [named(path) for path in OWN_MODULES if "unsafe_allow_html" in path.read_text("utf-8")] == []


def test_browser_files_ask_nothing_of_the_internet() -> None:
    # Web addresses may name a format (an SVG namespace) or stand in a sentence to be clicked; nothing else.
    addresses = re.compile(r"""https?://[^\s"'`)<>]+""")
    clicked = re.compile(r"""<a\b[^>]*\bhref=["']$""")
    asked = []
    for path in BROWSER_FILES:
        text = path.read_text("utf-8")
        for found in addresses.finditer(text):
            is_link = clicked.search(text[max(0, found.start() - 200) : found.start()])
            if not found.group().startswith(NAMESPACES) and not is_link:
                asked.append(f"{named(path)}: {found.group()}")
    assert asked == []


def test_no_file_but_a_table_is_heavier_than_500_kilobytes() -> None:
    sizes = {named(path): path.stat().st_size for path in FILES if not named(path).startswith("data/tables/")}
    assert {name: size for name, size in sizes.items() if size > LARGEST_FILE_BYTES} == {}


def test_the_tables_together_stay_light() -> None:
    sizes = [path.stat().st_size for path in FILES if named(path).startswith("data/tables/")]
    assert len(sizes) > 10
    assert sum(sizes) < LARGEST_TABLES_BYTES
