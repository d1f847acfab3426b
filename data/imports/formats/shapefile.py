"""Shapefiles, zipped: every part there and agreeing, the alphabet and the coordinate system found or asked."""

import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from data.imports.encodings import BYTES, guess_encoding, likeness
from data.imports.formats import archive
from data.imports.formats.features import Feature, sheet_of
from data.imports.formats.geometry import NOWHERE, Reprojection, Where, where_of
from data.imports.sheet import MOST_ROWS, Asked, FileRefused, Sheet

PARTS = (".shp", ".shx", ".dbf")
READ = (*PARTS, ".prj", ".cpg")
DRIVER = "ESRI Shapefile"
MUCH = 0.5
"""How much better words must be, for each root of a byte, before what is stated is not believed."""
_CPG = {"UTF-8": "utf-8", "UTF8": "utf-8", "65001": "utf-8", "1256": "cp1256", "1252": "cp1252", "88591": "cp1252"}
_CPG |= {"ANSI 1256": "cp1256", "ANSI 1252": "cp1252", "CP1256": "cp1256", "CP1252": "cp1252", "ISO-8859-1": "cp1252"}
_CPG |= {"WINDOWS-1256": "cp1256", "WINDOWS-1252": "cp1252"}


def read(path: Path, asked: Asked) -> list[Sheet]:
    """Read every shapefile of the archive.

    Raises
    ------
    FileRefused
        `shapefile_part` (naming what is missing), `shapefile_damaged`.
    """
    by_stem: dict[str, dict[str, str]] = {}
    for name in archive.checked(path):
        whole = PurePosixPath(name)
        if not whole.name.startswith("."):
            by_stem.setdefault(str(whole.with_suffix("")), {})[whole.suffix.casefold()] = name
    shapes = {stem: parts for stem, parts in by_stem.items() if ".shp" in parts or ".dbf" in parts}
    return [_one(path, stem, parts, asked) for stem, parts in shapes.items()]


def _one(path: Path, stem: str, parts: dict[str, str], asked: Asked) -> Sheet:
    missing = [suffix for suffix in PARTS if suffix not in parts]
    if missing:
        raise FileRefused("shapefile_part", f"{PurePosixPath(stem).name}{missing[0]}")
    content = {suffix: archive.member(path, parts[suffix]) for suffix in READ if suffix in parts}
    _hold_counts(content, stem)
    encoding, sure, wrongly = _encoding(content, asked)
    crs = content.get(".prj", b"").decode("utf-8", "replace").strip("\x00 \r\n\ufeff") or None
    reprojection = Reprojection(crs)
    notes = [] if reprojection.said else [("no_crs", PurePosixPath(stem).name)]
    notes += [("encoding_stated", f"{wrongly} → {encoding}")] if wrongly else []
    facts = {"encoding": encoding, "encoding_sure": sure, "crs": reprojection.said}
    return sheet_of(
        PurePosixPath(stem).name, "shapefile", _features(content, encoding, reprojection), facts=facts, notes=notes
    )


def _hold_counts(content: dict[str, bytes], stem: str) -> None:
    """Refuse parts that do not agree on how many rows there are, or are shorter than they say."""
    shp, shx, dbf = content[".shp"], content[".shx"], content[".dbf"]
    try:
        said_shp, said_shx = (struct.unpack(">i", part[24:28])[0] * 2 for part in (shp, shx))
        records, head, length = struct.unpack("<IHH", dbf[4:12])
    except struct.error as error:
        raise FileRefused("shapefile_damaged", PurePosixPath(stem).name) from error
    whole = said_shp == len(shp) and said_shx == len(shx) and len(dbf) >= head + records * length
    if not whole or (said_shx - 100) // 8 != records:
        raise FileRefused("shapefile_damaged", PurePosixPath(stem).name)
    if records > MOST_ROWS:
        raise FileRefused("too_many_rows", str(MOST_ROWS))


def _encoding(content: dict[str, bytes], asked: Asked) -> tuple[str, str, str]:
    """Return the alphabet of the texts, whether it is sure, and the one stated beside them where it cannot be right.

    One that is stated is taken, unless its bytes are none of it, or make far better words otherwise.
    """
    if asked.encoding:
        return asked.encoding, "yes", ""
    said = content.get(".cpg", b"").decode("ascii", "replace").strip().upper()
    stated = _CPG.get(said)
    head = struct.unpack("<H", content[".dbf"][8:10])[0]
    texts = content[".dbf"][head:].replace(b"\x00", b" ")
    guess = guess_encoding(texts)
    if stated and (stated == guess.encoding or _reads(texts, stated, guess.encoding)):
        return stated, "yes", ""
    return guess.encoding, "yes" if guess.is_sure and not stated else "no", said if stated else ""


def _reads(texts: bytes, stated: str, otherwise: str) -> bool:
    if stated not in BYTES:
        return False  # UTF-8 would have been guessed
    return otherwise not in BYTES or likeness(texts, stated) > likeness(texts, otherwise) - MUCH * len(texts) ** 0.5


def _features(content: dict[str, bytes], encoding: str, reprojection: Reprojection) -> Iterator[Feature]:
    import pyogrio  # noqa: PLC0415 - GDAL is opened for this format alone, in the process of the file

    if set(pyogrio.list_drivers()) != {DRIVER}:
        raise FileRefused("internal", "drivers")
    with tempfile.TemporaryDirectory(prefix="shape-", dir=Path.cwd()) as folder:
        for suffix in PARTS:
            (Path(folder) / f"shape{suffix}").write_bytes(content[suffix])
        try:
            # `max_features` makes the reader strict: a truncated part raises instead of ending early.
            meta, _, geometry, fields = pyogrio.raw.read(
                Path(folder) / "shape.shp", max_features=MOST_ROWS + 1, encoding=encoding, datetime_as_string=True
            )
        except (RuntimeError, ValueError, OSError, LookupError) as error:
            raise FileRefused("shapefile_damaged", type(error).__name__) from error
    names = [str(name) for name in meta["fields"]]
    columns = [[None if value != value else value for value in values.tolist()] for values in fields]  # noqa: PLR0124 - blank
    for number, blob in enumerate(geometry.tolist() if geometry is not None else [], 1):
        told: dict[str, Any] = {name: values[number - 1] for name, values in zip(names, columns, strict=True)}
        yield number, told, reprojection.apply(_where(blob)), ""


def _where(blob: bytes | None) -> Where:
    if blob is None:
        return NOWHERE
    order = "<" if blob[:1] == b"\x01" else ">"
    (kind,) = struct.unpack_from(f"{order}I", blob, 1)
    if (kind & 0xFFFF) % 1000 != 1:
        return NOWHERE
    x, y = struct.unpack_from(f"{order}dd", blob, 5)
    return where_of({"type": "Point", "coordinates": [x, y]})
