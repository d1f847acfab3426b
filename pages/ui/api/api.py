"""The register for programs: read-only, the same filters as the addresses of the pages, paged, cacheable, described.

`/api/v1/openapi.json` describes it. Only what every visitor may read is given: no account, no contact of a person.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data import store
from data.errors import AtlasError
from data.exchange.geojson_file import write_geojson
from data.texts import DEFAULT_LANGUAGE, Texts, languages, load_texts
from pages.ui.api import api_description, dataset_description
from pages.ui.api.api_collections import COLLECTIONS, Asked, Collection, project
from pages.ui.api.kept_answers import Answer, KeptAnswers
from pages.ui.api.request_headers import holds, language_of, said_again
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
    "Vary": "Accept-Encoding, Accept-Language",
}
METHODS = ("GET", "HEAD")
ALLOWED = {"Allow": ", ".join((*METHODS, "OPTIONS"))}
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match, Accept-Language",
    "Access-Control-Max-Age": "86400",
}
"""What a browser asks before it lets a page of elsewhere send our ETag back."""
GEOJSON, JSON, PROBLEM = "application/geo+json", "application/json", "application/problem+json"
Respond = Callable[[Request, Knowledge, Texts], tuple[Any, str]]
"""Gives a document, or the bytes of one, and its type."""
_kept = KeptAnswers(MOST_KEPT)


def _route(respond: Respond) -> Callable[[Request], Response]:
    """Answer with the headers that let others keep the answer, or say what was wrong with the question."""

    @wraps(respond)
    def answer(request: Request) -> Response:
        t = load_texts(_language(request))
        if not_read := _not_read(request, t):
            return not_read
        try:
            _hold_once(request, t)
            given = _given(respond, request, t)
        except AskedWrongly as error:
            return _problem(t, error.status, error.problems)
        except AtlasError:
            return _problem(t, 503, [])
        headers = FRESH | {"ETag": given.tag, "Content-Language": t.language}
        if holds(given.tag, request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        body, coding = given.as_accepted(request.headers.get("accept-encoding", ""))
        return Response(body, media_type=given.media_type, headers=headers | coding)

    return answer


def _not_read(request: Request, t: Texts) -> Response | None:
    """Return the answer to who does not read, or writes a bar behind the address; None for who reads."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=ALLOWED | PREFLIGHT)
    if request.method not in METHODS:
        return _problem(t, 405, [], ALLOWED)
    if request.url.path.endswith("/"):
        return RedirectResponse(str(request.url.replace(path=request.url.path.rstrip("/"))), 308)
    return None


def _language(request: Request) -> str:
    """Return the language of the answer: the one asked for, else the one the reader likes best, else the first."""
    asked = request.query_params.get("lang", "")
    if asked in languages():
        return asked
    return language_of(request.headers.get("accept-language", ""), languages()) or DEFAULT_LANGUAGE


def _hold_once(request: Request, t: Texts) -> None:
    """Refuse a parameter said twice, of which one would be passed over, and a language the atlas does not have."""
    wrong = [said_of(t, name, value, "twice") for name, value in said_again(request.query_params)]
    lang = request.query_params.get("lang")
    if lang is not None and lang not in languages():
        wrong.append(said_of(t, "lang", lang, "paging") | {"allowed": ", ".join(languages())})
    if wrong:
        raise AskedWrongly(wrong)


def _given(respond: Respond, request: Request, t: Texts) -> Answer:
    """Return the answer: the one given before while the data, the day that files carry and the question are the same.

    Raises
    ------
    AtlasError
        It was asked wrongly, or the data cannot be read.
    """
    know = knowledge()
    key = (know.version, dt.datetime.now(tz=dt.UTC).date(), str(request.url), t.language)
    given = _kept.get(key)
    if given is None:
        document, media_type = respond(request, know, t)
        given = Answer(document if isinstance(document, bytes) else orjson.dumps(document), media_type)
        _kept.keep(key, given)
    return given


def _problem(
    t: Texts, status: int, problems: Sequence[Mapping[str, str]], more: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """Say what was wrong as RFC 9457 has it."""
    said = {"title": t(f"api.problem.{status}"), "status": status, "type": "about:blank", "problems": problems}
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store", "Content-Language": t.language, **more}
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


def _nothing(_request: Request, _know: Knowledge, _t: Texts) -> tuple[Any, str]:
    raise AskedWrongly([], status=404)


def _openapi(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    return api_description.openapi(_base(request), know, t, page=PAGE), JSON


def _catalog(request: Request, know: Knowledge, t: Texts) -> tuple[Any, str]:
    return dataset_description.dcat(_base(request), know, t), "application/ld+json"


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/") + ROOT


ROUTES = tuple(
    Route(ROOT + path, _route(respond), methods=["GET", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"])
    for path, respond in (
        ("", _landing),
        *((f"/{collection.name}", _collection(collection)) for collection in COLLECTIONS),
        ("/projects/{code}", _project),
        ("/openapi.json", _openapi),
        ("/catalog.jsonld", _catalog),
        ("/{rest:path}", _nothing),
    )
)
