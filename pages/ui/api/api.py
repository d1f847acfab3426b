"""The register for programs: read-only, the same filters as the addresses of the pages, paged, cacheable, described.

`/api/v1/openapi.json` describes it. Only what every visitor may read is given: no account, no contact of a person.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data import store
from data.errors import AtlasError
from data.exchange.geojson_file import write_geojson
from data.texts import DEFAULT_LANGUAGE, Texts, languages, load_texts
from pages.ui.api import api_description, dataset_description
from pages.ui.api.api_collections import COLLECTIONS, Asked, Collection, project
from pages.ui.api.kept_answers import Answer, KeptAnswers
from pages.ui.asked import AskedWrongly, said_of
from pages.ui.knowledge import Knowledge, knowledge

ROOT = "/api/v1"
ADDRESSES = {collection.name: collection.name for collection in COLLECTIONS} | {
    "openapi": "openapi.json",
    "catalog": "catalog.jsonld",
}
PAGE = {"limit": (100, 1, 1000), "offset": (0, 0, 10**7)}
"""Which features of the answer are sent: how many and after how many; usual, least and greatest."""
MOST_KEPT = 32_000_000
"""Bytes of answers that are kept for whoever asks again."""
FRESH = {
    "Cache-Control": "public, max-age=300, stale-while-revalidate=3600",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
}
GEOJSON, JSON, PROBLEM = "application/geo+json", "application/json", "application/problem+json"
Respond = Callable[[Request, Knowledge, Texts], tuple[Any, str]]
"""Gives a document, or the bytes of one, and its type."""
_kept = KeptAnswers(MOST_KEPT)


def _route(respond: Respond) -> Callable[[Request], Response]:
    """Answer with the headers that let others keep the answer, or say what was wrong with the question."""

    @wraps(respond)
    def answer(request: Request) -> Response:
        language = request.query_params.get("lang", DEFAULT_LANGUAGE)
        t = load_texts(language if language in languages() else DEFAULT_LANGUAGE)
        try:
            given = _given(respond, request, t)
        except AskedWrongly as error:
            return _problem(t, error.status, error.problems)
        except AtlasError:
            return _problem(t, 503, [])
        headers = FRESH | {"ETag": given.tag, "Content-Language": t.language}
        if given.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body, coding = given.as_accepted(request.headers.get("accept-encoding", ""))
        return Response(body, media_type=given.media_type, headers=headers | coding)

    return answer


def _given(respond: Respond, request: Request, t: Texts) -> Answer:
    """Return the answer: the one given before while the data, the day that files carry and the question are the same.

    Raises
    ------
    AtlasError
        It was asked wrongly, or the data cannot be read.
    """
    know = knowledge()
    key = (know.version, dt.datetime.now(tz=dt.UTC).date(), str(request.url))
    given = _kept.get(key)
    if given is None:
        document, media_type = respond(request, know, t)
        given = Answer(document if isinstance(document, bytes) else orjson.dumps(document), media_type)
        _kept.keep(key, given)
    return given


def _problem(t: Texts, status: int, problems: Sequence[Mapping[str, str]]) -> Response:
    """Say what was wrong as RFC 9457 has it."""
    said = {"title": t(f"api.problem.{status}"), "status": status, "type": "about:blank", "problems": problems}
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
    return Response(orjson.dumps(said), status, media_type=PROBLEM, headers=headers)


def _landing(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    links = {name: f"{_base(request)}/{path}" for name, path in ADDRESSES.items()}
    return {"title": t("atlas.name"), "version": know.version, "links": links}, JSON


def _collection(collection: Collection) -> Respond:
    def features(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
        limit, offset = _page(request, t)
        asked = Asked(request.query_params, str(request.url), offset, limit)
        export, matched = collection.rows(know, asked, t)
        counted = {"numberMatched": matched, "numberReturned": len(export.rows)}
        more = {**counted, "links": _links(request, matched, limit, offset)}
        return write_geojson(export, outlines=store.load_outlines(), more=more), GEOJSON

    return features


def _project(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    export = project(know, request.path_params["code"], str(request.url), t)
    return orjson.loads(write_geojson(export, outlines=store.load_outlines()))["features"][0], GEOJSON


def _page(request: Request, t: Texts) -> tuple[int, int]:
    wrong, numbers = [], []
    for name, (usual, least, most) in PAGE.items():
        text = request.query_params.get(name, str(usual))
        good = text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most
        numbers.append(int(text) if good else usual)
        wrong += [] if good else [said_of(t, name, text, "paging") | {"allowed": f"{least} – {most}"}]
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


def _openapi(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    return api_description.openapi(_base(request), know, t, page=PAGE), JSON


def _catalog(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    return dataset_description.dcat(_base(request), know, t), "application/ld+json"


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/") + ROOT


ROUTES = tuple(
    Route(ROOT + path, _route(respond), methods=["GET"])
    for path, respond in (
        ("", _landing),
        *((f"/{collection.name}", _collection(collection)) for collection in COLLECTIONS),
        ("/projects/{code}", _project),
        ("/openapi.json", _openapi),
        ("/catalog.jsonld", _catalog),
    )
)
