"""The register for programs: read-only, the same filters as the addresses of the pages, paged, cacheable, described.

`/api/v1/openapi.json` describes it. Only what every visitor may read is given: no account, no contact of a person.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import numpy as np
import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data import store
from data.errors import AtlasError
from data.exchange.geojson_file import write_geojson
from data.texts import DEFAULT_LANGUAGE, Texts, languages, load_texts
from geo.selection import Selection, select
from geo.state import ADDRESS
from pages.ui import api_description
from pages.ui.asked import AskedWrongly, said_of, selection_asked
from pages.ui.downloads import export
from pages.ui.knowledge import Knowledge, knowledge

ROOT = "/api/v1"
USUAL, MOST = 100, 1000
"""Features on a page, unless asked otherwise, and at most."""
FRESH = {"Cache-Control": "public, max-age=300, stale-while-revalidate=3600", "Access-Control-Allow-Origin": "*"}
GEOJSON, JSON, PROBLEM = "application/geo+json", "application/json", "application/problem+json"
Answer = Callable[[Request, Knowledge, Texts], tuple[Any, str]]


def _route(answer: Answer) -> Callable[[Request], Response]:
    """Answer with the headers that let others keep the answer, or say what was wrong with the question."""

    @wraps(answer)
    def respond(request: Request) -> Response:
        language = request.query_params.get("lang", DEFAULT_LANGUAGE)
        t = load_texts(language if language in languages() else DEFAULT_LANGUAGE)
        try:
            document, media_type = answer(request, knowledge(), t)
        except AskedWrongly as error:
            return _problem(t, error.status, error.problems)
        except AtlasError:
            return _problem(t, 503, [])
        body = document if isinstance(document, bytes) else orjson.dumps(document)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = FRESH | {"ETag": tag, "Vary": "Accept-Encoding", "Content-Language": t.language}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=media_type, headers=headers)

    return respond


def _problem(t: Texts, status: int, problems: list[Mapping[str, str]]) -> Response:
    """Say what was wrong as RFC 9457 has it."""
    said = {"title": t(f"api.problem.{status}"), "status": status, "type": "about:blank", "problems": problems}
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
    return Response(orjson.dumps(said), status, media_type=PROBLEM, headers=headers)


def _landing(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    base = str(request.base_url).rstrip("/") + ROOT
    links = {name: f"{base}/{path}" for name, path in api_description.ADDRESSES.items()}
    return {"title": t("atlas.name"), "version": know.version, "links": links}, JSON


def _projects(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    selection = selection_asked(request.query_params, know, t)
    limit, offset = _page(request, t)
    rows = selection.rows[offset : offset + limit]
    document = _features(request, know, _only(selection, rows), t)
    return {
        **document,
        "numberMatched": len(selection),
        "numberReturned": len(rows),
        "links": _links(request, len(selection), limit, offset),
    }, GEOJSON


def _project(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    code = request.path_params["code"]
    if code not in know.register.row_of:
        raise AskedWrongly([said_of(t, "code", code, "unknown")], 404)
    everything = select(know.register, ADDRESS.rest(territory="MA"))
    only = _only(everything, np.array([know.register.row_of[code]]))
    return _features(request, know, only, t)["features"][0], GEOJSON


def _only(selection: Selection, rows: Any) -> Selection:
    """Keep some of the projects of a selection, and their money within it."""
    kept = np.zeros(len(selection.register), bool)
    kept[rows] = True
    return replace(selection, rows=rows, kept=kept, cell=selection.cell & kept[selection.register.cells.project])


def _features(request: Request, know: Knowledge, selection: Selection, t: Texts) -> dict[str, Any]:
    today = dt.datetime.now(tz=dt.UTC).date()
    made = export(know, selection, t, made_on=today, address=str(request.url))
    document: dict[str, Any] = orjson.loads(write_geojson(made, outlines=store.load_outlines()))
    return document


def _page(request: Request, t: Texts) -> tuple[int, int]:
    wrong, numbers = [], []
    for name, usual, least, most in (("limit", USUAL, 1, MOST), ("offset", 0, 0, 10**7)):
        text = request.query_params.get(name, str(usual))
        good = text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most
        numbers.append(int(text) if good else usual)
        wrong += [] if good else [said_of(t, name, text, "page") | {"allowed": f"{least} – {most}"}]
    if wrong:
        raise AskedWrongly(wrong)
    return numbers[0], numbers[1]


def _links(request: Request, matched: int, limit: int, offset: int) -> list[dict[str, str]]:
    pages = {"self": offset, "next": offset + limit, "prev": max(0, offset - limit)}
    there = {"self": True, "next": offset + limit < matched, "prev": offset > 0}
    asked = dict(request.query_params)
    base = f"{str(request.base_url).rstrip('/')}{request.url.path}"
    return [
        {"rel": rel, "type": GEOJSON, "href": f"{base}?{urlencode({**asked, 'limit': limit, 'offset': first})}"}
        for rel, first in pages.items()
        if there[rel]
    ]


def _organisations(_request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    columns = ("organisation_code", "acronym", "organisation_type", "country", "seat_place", "seat_code", "website")
    rows = know.organisations.reset_index()
    listed = [
        {"name": know.organisation_name(row["organisation_code"], t), **{name: _plain(row[name]) for name in columns}}
        for row in rows.to_dict("records")
    ]
    return {"version": know.version, "organisations": listed}, JSON


def _territories(_request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    known = know.territories
    listed = [
        {
            "territory_code": code,
            "name": known.name(code, t.language),
            "level": known.level_of(code),
            "parent_code": known.parent_of(code),
        }
        for code in known.codes
    ]
    return {"version": know.version, "territories": listed}, JSON


def _openapi(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    return api_description.openapi(str(request.base_url).rstrip("/") + ROOT, know, t, most=MOST, usual=USUAL), JSON


def _catalog(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    return api_description.dcat(str(request.base_url).rstrip("/") + ROOT, know, t), "application/ld+json"


def _plain(value: Any) -> Any:
    return None if value is None or value != value else value  # noqa: PLR0124 - NaN is not itself


ROUTES = tuple(
    Route(ROOT + path, _route(answer), methods=["GET"])
    for path, answer in (
        ("", _landing),
        ("/projects", _projects),
        ("/projects/{code}", _project),
        ("/organisations", _organisations),
        ("/territories", _territories),
        ("/openapi.json", _openapi),
        ("/catalog.jsonld", _catalog),
    )
)
