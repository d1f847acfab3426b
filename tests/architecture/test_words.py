"""Every word the code asks for is in the texts, and every word of the texts is asked for by some code."""

import ast
import re
from pathlib import Path

from data.texts import PLURAL_FORMS, load_texts

ROOT = Path(__file__).parents[2]
MODULES = [path for folder in ("pages", "data", "layers") for path in sorted((ROOT / folder).rglob("*.py"))]
MODULES = [*MODULES, ROOT / "app.py"]
SPEAKERS = {"t", "texts", "_"}
BESIDE_PYTHON = [
    path
    for folder in ("pages", "layers", "data/catalog")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".html", ".js", ".toml"}
]
# Families whose very name is a variable where the word is asked for.
NAMED_BY_A_VARIABLE = {
    "contribute": "pages/ui/records/contribute_view.py: the page",
    "review": "pages/ui/records/contribute_view.py: the page",
    "tab": "pages/ui/projects/projects_view.py: the choice",
    "under": "pages/ui/projects/projects_view.py: the choice",
    "envelope": "pages/ui/about/about_data.py: the field",
}


def stem(key):
    head, _, tail = key.rpartition(".")
    return head if tail in PLURAL_FORMS else key


KEYS = {stem(key) for key in load_texts("fr").entries}


def asked(path):
    """Return the keys a module asks for: written in full, and the beginnings of those made of parts."""
    whole, begun = set(), set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKERS and node.args
        ):
            continue
        key = node.args[0]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            whole.add(key.value)
        elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
            begun.add(key.values[0].value)
    return whole, begun


def test_every_key_the_code_asks_for_exists():
    missing = {}
    found = 0
    for path in MODULES:
        whole, begun = asked(path)
        found += len(whole) + len(begun)
        wrong = (whole - KEYS) | {start for start in begun if not any(key.startswith(start) for key in KEYS)}
        if wrong:
            missing[path.relative_to(ROOT).as_posix()] = sorted(wrong)
    assert found > 300
    assert missing == {}


def named():
    """Return what may ask for a word: names in quotes, names with gaps (as patterns), families given to `label`."""
    whole, gapped, families = set(), set(), set()
    for path in BESIDE_PYTHON:
        whole |= set(re.findall(r"""["'`]([\w.]+)["'`]""", path.read_text("utf-8")))
    for node in (node for path in MODULES for node in ast.walk(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole.add(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = (re.escape(part.value) if isinstance(part, ast.Constant) else r"\S+" for part in node.values)
            gapped.add("".join(parts))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "label":
            families |= {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    return whole, re.compile("|".join(sorted(gapped))), families | NAMED_BY_A_VARIABLE.keys()


def test_every_word_of_the_texts_is_asked_for():
    whole, gapped, families = named()

    def is_asked(key):
        beginnings = {key[: dot.start()] for dot in re.finditer(r"\.", key)}
        # A beginning of one part ("village") may be any word of the code; of two or more it is a key.
        return (
            key in whole
            or bool(gapped.fullmatch(key))
            or not beginnings.isdisjoint(families)
            or any("." in beginning and beginning in whole for beginning in beginnings)
        )

    assert len(KEYS) > 2000
    assert sorted(key for key in KEYS if not is_asked(key)) == []
