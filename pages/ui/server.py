"""Routes beside Streamlit: our scripts, styles, geometry, vendored packages. All of it immutable, named by content."""

import gzip
import importlib.util
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data import store
from data.errors import AtlasError
from pages.ui import typeface
from pages.ui.account import sign_in
from pages.ui.api import api
from pages.ui.knowledge import knowledge
from pages.ui.package import package_job
from pages.ui.records import pictures
from pages.ui.served import (
    MEDIA_TYPES,
    PACKED,
    ROOT,
    STATIC_FOLDERS,
    Served,
    compressed,
    published,
    static_version,
    without_remarks,
)

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
NODE_MODULES = ROOT / "node_modules"


def _leaflet() -> Path | None:
    found = importlib.util.find_spec("xstatic.pkg.leaflet")
    return Path(found.origin).parent / "data" if found and found.origin else None


VENDOR_FOLDERS = {
    "leaflet": _leaflet(),
    "supercluster": NODE_MODULES / "supercluster" / "dist",
    "noto-sans": NODE_MODULES / "@fontsource-variable" / "noto-sans" / "files",
    "noto-sans-arabic": NODE_MODULES / "@fontsource-variable" / "noto-sans-arabic" / "files",
    "noto-sans-tifinagh": NODE_MODULES / "@fontsource" / "noto-sans-tifinagh" / "files",
}
"""Packages whose files may be fetched; nothing else of them or of others."""


def _answer(request: Request, served: Served) -> Response:
    accepted = request.headers.get("accept-encoding", "")
    for name, body in (("br", served.br), ("gzip", served.gz)):
        if body is not None and name in accepted:
            return Response(body, media_type=served.media_type, headers=FOREVER | {"Content-Encoding": name})
    return Response(served.body, media_type=served.media_type, headers=FOREVER)


def _not_found() -> Response:
    return PlainTextResponse("Atlas solidaire: there is nothing at this address.", status_code=404)


@lru_cache(maxsize=128)
def _file(folder: Path, name: str) -> Served | None:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.suffix not in MEDIA_TYPES:
        return None
    body = path.read_bytes()
    is_own_style = path.suffix == ".css" and folder in STATIC_FOLDERS.values()
    return compressed(without_remarks(body) if is_own_style else body, path.suffix, quality=10)


def _static(request: Request) -> Response:
    folder, version, path = (request.path_params[name] for name in ("folder", "version", "path"))
    if folder not in STATIC_FOLDERS or version != static_version(folder):
        return _not_found()
    served = _file(STATIC_FOLDERS[folder], path)
    return _answer(request, served) if served else _not_found()


def vendor_file(package: str, path: str) -> Served | None:
    """Return a file of a package that may be fetched; None when there is none."""
    folder = VENDOR_FOLDERS.get(package)
    if not folder or not folder.is_dir():
        return None
    if (package, path) in typeface.MADE:
        face = typeface.lighter(folder, package, path)
        return compressed(face, ".woff2") if face else None
    return _file(folder, path)


def _vendor(request: Request) -> Response:
    served = vendor_file(request.path_params["package"], request.path_params["path"])
    return _answer(request, served) if served else _not_found()


def _data(request: Request) -> Response:
    served = published(request.url.path)
    return _answer(request, served) if served else _not_found()


@lru_cache(maxsize=64)
def shape_file(name: str) -> Served | None:
    """Return a file of geometry or relief of the tables with its compressed forms; None when there is none."""
    suffix = Path(name).suffix
    if name not in {entry["file"] for entry in store.load_shapes().values()}:
        return None
    if suffix in PACKED:
        return Served(store.read_shape(name), MEDIA_TYPES[suffix], None, None)
    br, gz = store.read_shape(f"{name}.br"), store.read_shape(f"{name}.gz")
    return Served(gzip.decompress(gz), MEDIA_TYPES[suffix], br, gz)


def _shape(request: Request) -> Response:
    try:
        served = shape_file(request.path_params["name"])
    except AtlasError as error:
        return PlainTextResponse(f"Atlas solidaire: {error}", status_code=503)
    return _answer(request, served) if served else _not_found()


def _ready(_request: Request) -> Response:
    try:
        return PlainTextResponse(f"ready {knowledge().version}")
    except AtlasError as error:
        return PlainTextResponse(f"not ready: {error}", status_code=503)


ROUTES = (
    Route("/atlas/static/{folder}/{version}/{path:path}", _static),
    Route("/atlas/vendor/{package}/{path:path}", _vendor),
    Route("/atlas/shape/{name}", _shape),
    Route("/atlas/data/{name}", _data),
    Route("/ready", _ready),
    *sign_in.ROUTES,
    *pictures.ROUTES,
    *package_job.ROUTES,
    *api.ROUTES,
)
