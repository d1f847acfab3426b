"""Every word the code asks for is in the texts: a key in full exists, one made of parts begins as some key does."""

import ast
from pathlib import Path

from data.texts import PLURAL_FORMS, load_texts

ROOT = Path(__file__).parents[2]
MODULES = [path for folder in ("pages", "data", "layers") for path in sorted((ROOT / folder).rglob("*.py"))]
MODULES = [*MODULES, ROOT / "app.py"]
SPEAKERS = {"t", "texts", "_"}


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
