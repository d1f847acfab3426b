"""What gets installed is what was tested: exact versions, checked contents, nothing imported by luck."""

import ast
import importlib.metadata
import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pages.ui.server import vendor_file

ROOT = Path(__file__).parents[2]
OURS = {"data", "geo", "layers", "pages", "tests"}
REQUIREMENT_FILES = ("requirements.txt", "requirements-dev.txt", "requirements-oidc.txt", "tools/requirements-node.txt")


def requirements(file: str) -> list[Requirement]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]


def names(*files: str) -> set[str]:
    return {canonicalize_name(requirement.name) for file in files for requirement in requirements(file)}


def third_party_imports() -> dict[str, str]:
    """Map each top-level module that the atlas imports from elsewhere to a file that does so."""
    found: dict[str, str] = {}
    for path in [ROOT / "app.py", *(file for part in sorted(OURS - {"tests"}) for file in (ROOT / part).rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                modules = [node.module or ""]
            found |= {module.partition(".")[0]: path.relative_to(ROOT).as_posix() for module in modules}
    return {module: file for module, file in found.items() if module not in OURS | sys.stdlib_module_names}


@pytest.mark.parametrize("file", REQUIREMENT_FILES)
def test_every_requirement_names_one_exact_version(file: str) -> None:
    listed = requirements(file)
    assert listed
    loose = [str(one) for one in listed if not re.fullmatch(r"==[\w.]+", str(one.specifier))]
    assert loose == []


def test_whatever_the_atlas_imports_is_required() -> None:
    packages = importlib.metadata.packages_distributions()
    imported = third_party_imports()
    assert {"streamlit", "folium", "geopandas", "shapely", "pyproj"} <= imported.keys()
    required = names("requirements.txt")
    missing = {
        module: file
        for module, file in imported.items()
        if not required & {canonicalize_name(package) for package in packages.get(module, [module])}
    }
    assert missing == {}


def test_what_the_requirements_need_themselves_is_pinned_too() -> None:
    pinned = names("requirements.txt", "requirements-dev.txt")
    loose = set()
    for name in pinned:
        for line in importlib.metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                loose |= {canonicalize_name(needed.name)} - pinned
    assert loose == set()


def test_front_end_packages_are_checked_by_content_and_fetched_from_any_registry() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    direct = wanted["dependencies"] | wanted["devDependencies"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in direct} == direct
    packages = {name: package for name, package in locked.items() if name}
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_every_vendored_file_named_in_scripts_and_styles_is_installed() -> None:
    sources = [
        path
        for part in ("layers", "pages")
        for path in (ROOT / part).rglob("*")
        if path.suffix in {".py", ".js", ".css"}
    ]
    address = re.compile(r"/atlas/vendor/([\w-]+)/([\w./-]+\.\w+)")
    named = {found for path in sources for found in address.findall(path.read_text("utf-8"))}
    assert named
    assert [f"{package}/{file}" for package, file in sorted(named) if vendor_file(package, file) is None] == []
