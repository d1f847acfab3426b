"""Files of `data/tables/shapes`: named by their content, stored only as the browser receives them (brotli and gzip)."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brotli
import orjson

BROTLI_QUALITY = 11
GZIP_LEVEL = 9
HASH_LENGTH = 12


def write_json(name: str, content: Mapping[str, Any], folder: Path) -> str:
    """Write a JSON document as `<name>.<hash>.json.br` and `.gz` and return its name without the ending .br or .gz."""
    raw = orjson.dumps(content)
    file = f"{name}.{hashlib.sha256(raw).hexdigest()[:HASH_LENGTH]}.json"
    (folder / f"{file}.br").write_bytes(brotli.compress(raw, quality=BROTLI_QUALITY))
    (folder / f"{file}.gz").write_bytes(gzip.compress(raw, GZIP_LEVEL, mtime=0))
    return file


def write_manifest(part: str, entries: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Write `<part>.manifest.json` and delete the files that only its former version named."""
    path = folder / f"{part}.manifest.json"
    former = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    kept = {entry["file"] for entry in entries.values()}
    for file in {entry["file"] for entry in former.values()} - kept:
        for stored in folder.glob(f"{file}*"):
            stored.unlink()
    path.write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n", encoding="utf-8")
