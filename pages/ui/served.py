"""What the browser fetches beside the pages: scripts, styles, geometry, points. Named by content, kept for ever."""

import gzip
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import brotli

ROOT = Path(__file__).parents[2]
STATIC_FOLDERS = {"map": ROOT / "layers" / "static", "ui": ROOT / "pages" / "ui" / "static"}
MOST_PASSING = 512
MOST_PASSING_BYTES = 256_000_000
"""Of all of them with their compressed forms: a story with its pictures is 20 MB, written anew at each change."""
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".bin": "application/octet-stream",
}
PACKED = frozenset({".png", ".jpg", ".webp", ".woff2"})  # compressed already


@dataclass(frozen=True)
class Served:
    """A body and its compressed forms, made once."""

    body: bytes
    media_type: str
    br: bytes | None
    gz: bytes | None

    @property
    def size(self) -> int:
        """Bytes of all its forms."""
        return sum(len(form) for form in (self.body, self.br, self.gz) if form)


_lasting: dict[str, Served] = {}
_passing: OrderedDict[str, Served] = OrderedDict()
_lock = Lock()


def publish(name: str, suffix: str, body: bytes, *, passing: bool = False) -> str:
    """Make bytes available to the browser and return their address, which changes with their content.

    Parameters
    ----------
    name
        What it is, for a readable address.
    suffix
        `.json`, `.js`, `.bin`…: chooses the media type.
    passing
        It belongs to one run of one visitor, who fetches it at once: only the last few hundred are kept, fewer where
        they are large. The others are kept as long as the server runs, because pages remember their addresses; there
        are few of them.
    """
    address = f"/atlas/data/{name}.{hashlib.sha256(body).hexdigest()[:12]}{suffix}"
    if published(address) is None:
        served = compressed(body, suffix)
        with _lock:
            (_passing if passing else _lasting)[address] = served
            while len(_passing) > MOST_PASSING or (len(_passing) > 1 and _passing_bytes() > MOST_PASSING_BYTES):
                _passing.popitem(last=False)
    return address


def _passing_bytes() -> int:
    return sum(served.size for served in _passing.values())


def published(address: str) -> Served | None:
    """Return what was published at an address, or None."""
    with _lock:
        return _lasting.get(address) or _passing.get(address)


def compressed(body: bytes, suffix: str, *, quality: int = 6) -> Served:
    """Compress a body for the browsers that ask for it; at `quality` 10 a tenth smaller, worth it once."""
    if suffix in PACKED:
        return Served(body, MEDIA_TYPES[suffix], None, None)
    return Served(body, MEDIA_TYPES[suffix], brotli.compress(body, quality=quality), gzip.compress(body, 6, mtime=0))


def without_remarks(style: bytes) -> bytes:
    r"""Return a style sheet of ours without its remarks and indents: a tenth of what travels says why, to us alone.

    Examples
    --------
    >>> without_remarks(b"a { color: red; } /* seen */\n  b { top: 0; }")
    b'a { color: red; } \nb { top: 0; }'
    """
    return re.sub(rb"\n\s+", b"\n", re.sub(rb"/\*.*?\*/", b"", style, flags=re.DOTALL))


@lru_cache
def static_version(folder: str) -> str:
    """Hash of a folder of scripts and styles: part of their address, so that relative imports stay together."""
    digest = hashlib.sha256()
    for path in sorted(STATIC_FOLDERS[folder].rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC_FOLDERS[folder]).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def static_address(folder: str, file: str) -> str:
    """Return the address of one of our own scripts or styles."""
    return f"/atlas/static/{folder}/{static_version(folder)}/{file}"
