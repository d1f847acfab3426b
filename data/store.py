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
from data.schema import parse

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
    raw = pd.read_csv(path, dtype="str", keep_default_na=False)
    frame, problems = parse(raw, table)
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
    """Return what the browser can ask for: shape name → file, extent, level (see `data/prepare/shapes.py`)."""
    manifest: dict[str, Any] = {}
    for path in sorted((TABLES_FOLDER / "shapes").glob("*.manifest.json")):
        manifest |= json.loads(verified(f"shapes/{path.name}").read_text(encoding="utf-8"))
    return manifest


def read_shape(file_name: str) -> bytes:
    """Return the bytes of one file of `data/tables/shapes`, checked."""
    return verified(f"shapes/{file_name}").read_bytes()


@lru_cache
def version() -> str:
    """Twelve characters that change whenever any table changes: part of every cache key and of every export."""
    return hashlib.sha256((TABLES_FOLDER / SUMS_FILE).read_bytes()).hexdigest()[:12]


def verified(file: str) -> Path:
    """Return the path of a file of `data/tables` after checking it against SHA256SUMS.

    Raises
    ------
    TableError
        The file is absent or its content is not the one that was checked.
    """
    path = TABLES_FOLDER / file
    if not path.is_file():
        raise TableError(file, ["file missing from data/tables; restore it from the repository or run `make tables`"])
    expected = _sums().get(file)
    if expected is None:
        raise TableError(file, [f"no hash in {SUMS_FILE}; run `make tables`"])
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise TableError(file, ["the file is damaged or was edited by hand (its hash differs); run `make tables`"])
    return path


@lru_cache
def _sums() -> dict[str, str]:
    lines = (TABLES_FOLDER / SUMS_FILE).read_text(encoding="utf-8").splitlines()
    return {file: digest for digest, file in (line.split("  ", 1) for line in lines)}
