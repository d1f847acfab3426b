"""The one module that opens tables: each file is checked against its hash and its contract before anyone sees it."""

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from data.catalog import load_catalog
from data.errors import TableError
from data.schema import check, parse

TABLES_SETTING = "ATLAS_TABLES"
TABLES_FOLDER = Path(os.environ.get(TABLES_SETTING) or Path(__file__).parent / "tables")
"""Where the tables lie: those shipped, unless whoever runs the atlas names another folder of the same files."""
SUMS_FILE = "SHA256SUMS"


@lru_cache
def load(name: str) -> pd.DataFrame:
    """Return a declared table, typed and checked. Shared by all sessions: never change it in place.

    Raises
    ------
    TableError
        The file is absent, is not the one that was checked (hash), or breaks its contract: every problem is listed.
    """
    table = load_catalog().tables.get(name)
    if table is None:
        raise TableError(name, [f"not declared in tables.toml; known: {', '.join(load_catalog().tables)}"])
    path = verified(table.file)
    try:
        if path.suffix == ".parquet":
            frame, problems = check(pd.read_parquet(path), table)
        else:
            frame, problems = parse(pd.read_csv(path, dtype="str", keep_default_na=False), table)
    except ValueError as error:  # CSV: rows of unequal length, no row at all, not UTF-8. Parquet: no such file at all
        raise TableError(name, [f"not a readable {path.suffix[1:]} file ({error}); run `make tables`"]) from error
    if problems:
        raise TableError(name, [str(problem) for problem in problems])
    return frame


@lru_cache
def load_outlines(name: str = "communes") -> gpd.GeoDataFrame:
    """Return outlines by territory code (`communes` or `arrondissements`), EPSG:4326, most detailed level.

    Raises
    ------
    TableError
        The file is absent or is not the one that was checked.
    """
    return gpd.read_parquet(verified(f"{name}.parquet"))


@lru_cache
def load_shapes() -> dict[str, Any]:
    """Return what the browser can ask for: shape name → file, extent, level (see `data/prepare/shapes.py`).

    Raises
    ------
    TableError
        A manifest is absent or is not the one that was checked.
    """
    manifest: dict[str, Any] = {}
    for file in sorted(_sums()):  # not what lies in the folder: a manifest that is gone would not be missed
        if file.startswith("shapes/") and file.endswith(".manifest.json"):
            manifest |= json.loads(verified(file).read_text(encoding="utf-8"))
    return manifest


def read_shape(file_name: str) -> bytes:
    """Return the bytes of one file of `data/tables/shapes`, checked."""
    return verified(f"shapes/{file_name}").read_bytes()


@lru_cache
def version() -> str:
    """Twelve characters that change whenever any table changes: part of every cache key and of every export.

    Raises
    ------
    TableError
        There is no list of hashes, or it cannot be read.
    """
    listed = "".join(f"{digest}  {file}\n" for file, digest in _sums().items())
    return hashlib.sha256(listed.encode()).hexdigest()[:12]


def verified(file: str) -> Path:
    """Return the path of a file of `data/tables` after checking it against SHA256SUMS.

    Raises
    ------
    TableError
        The file is absent or its content is not the one that was checked.
    """
    path = TABLES_FOLDER / file
    if not path.is_file():
        problem = "file missing from data/tables; restore it from the repository or run `make tables`"
        raise TableError(file, [problem], reason="missing")
    expected = _sums().get(file)
    if expected is None:
        raise TableError(file, [f"no hash in {SUMS_FILE}; run `make tables`"], reason="unlisted")
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        problem = "the file is damaged or was edited by hand (its hash differs); run `make tables`"
        raise TableError(file, [problem], reason="damaged")
    return path


@lru_cache
def _sums() -> dict[str, str]:
    try:
        lines = (TABLES_FOLDER / SUMS_FILE).read_text(encoding="utf-8").splitlines()
        return {file: digest for digest, file in (line.split("  ", 1) for line in lines)}
    except FileNotFoundError as error:
        raise TableError(
            SUMS_FILE, ["list of hashes missing; restore it or run `make tables`"], reason="missing"
        ) from error
    except ValueError as error:  # not UTF-8, or a line that is not a hash and a name
        problem = "a line is not a hash, two spaces and a file name; restore it or run `make tables`"
        raise TableError(SUMS_FILE, [problem], reason="damaged") from error
