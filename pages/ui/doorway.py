"""What every answer passes: security headers, Streamlit's own bundles compressed once, and its first page made ours."""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any
from urllib.parse import parse_qs

import brotli
import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from data.errors import AtlasError
from data.texts import DEFAULT_LANGUAGE, Texts, languages, load_texts
from pages import PAGES
from pages.ui.api import api, dataset_description
from pages.ui.knowledge import knowledge
from pages.ui.served import static_address
from pages.ui.templating import render

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BUNDLES = re.compile(r"^/static/.*\.(js|css)$")
INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
REMOVED = (
    re.compile(rb'<link\s+rel="preload"[^>]*SourceSans[^>]*>'),
    re.compile(rb'<link rel="service-desc"[^>]*>'),
    re.compile(rb"<noscript>.*?</noscript>", re.DOTALL),
    re.compile(rb'<link rel="shortcut icon"[^>]*>'),
)
NOT_PASSED_ON = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
NOT_OURS = (b"content-length", b"content-security-policy", b"etag", b"last-modified", b"accept-ranges")
FRAMED = "component/streamlit_folium.st_folium/"  # the fallback map, which writes its script into its own frame
DESCRIBED = ("sources", "api")
"""Pages whose head says to search engines what data there are (schema.org)."""
QUALITY = 6  # of brotli: bundles are compressed while somebody waits for them, once


class Doorway:
    """ASGI middleware around the whole application."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.app = app
        self.bundles: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass web sockets through; give every HTTP answer its headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if scope["method"] == "GET" and (right := _right_address(path)) is not None:
            await self._redirect(right, scope, send)
            return
        if scope["method"] == "GET" and BUNDLES.match(path) and b"br" in _header(scope["headers"], b"accept-encoding"):
            await self._bundle(path, scope, receive, send)
            return
        await self._page_or_other(scope, receive, send)

    async def _redirect(self, address: str, scope: Scope, send: Send) -> None:
        query = scope.get("query_string", b"").decode("latin-1")
        target = scope.get("root_path", "") + address + (f"?{query}" if query else "")
        headers = [(b"location", target.encode("latin-1")), *HEADERS]
        await _send(send, {"type": "http.response.start", "status": 307, "headers": headers}, b"")

    async def _bundle(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        if path not in self.bundles:
            start, body = await self._collect(scope, receive)
            if start["status"] != 200:  # noqa: PLR2004 - HTTP OK
                await _send(send, start, body)
                return
            headers = [pair for pair in start["headers"] if pair[0] not in (b"content-length", b"content-encoding")]
            start["headers"] = [*headers, (b"content-encoding", b"br"), (b"vary", b"Accept-Encoding"), *HEADERS]
            self.bundles[path] = start, brotli.compress(body, quality=QUALITY)
        start, body = self.bundles[path]
        await _send(send, start, body)

    async def _collect(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        started: list[Message] = []
        chunks: list[bytes] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            else:
                chunks.append(message.get("body", b""))

        await self.app(_plain(scope), receive, keep)
        return started[0], b"".join(chunks)

    async def _page_or_other(self, scope: Scope, receive: Receive, send: Send) -> None:
        page: list[Message] = []
        chunks: list[bytes] = []

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
                if b"text/html" in _header(message["headers"], b"content-type"):
                    page.append(message)
                    return
            elif page:
                chunks.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                start, body = _own_page(page[0], b"".join(chunks), scope)
                if scope["path"].strip("/") in DESCRIBED:
                    body = body.replace(b"</head>", await run_in_threadpool(_dataset, scope) + b"</head>", 1)
                await _send(send, start, body)
                return
            await send(message)

        navigates = b"text/html" in _header(scope["headers"], b"accept")
        await self.app(_plain(scope) if navigates else scope, receive, watch)


def _plain(scope: Scope) -> Scope:
    """Ask for the whole answer, uncompressed: it will be changed on its way."""
    headers = [pair for pair in scope["headers"] if pair[0] not in NOT_PASSED_ON]
    return dict(scope, headers=headers)


def _right_address(path: str) -> str | None:
    """Return the address to go to instead: the first page has the shortest one, none ends with a slash."""
    name = path.strip("/")
    if name == PAGES[0].key:
        return "/"
    return f"/{name}" if path.endswith("/") and name in {page.key for page in PAGES} else None


def _own_page(start: Message, body: bytes, scope: Scope) -> tuple[Message, bytes]:
    """Make Streamlit's empty page ours from its first byte; where there is no page, say so and show the way home."""
    t = _texts(scope)
    name = scope["path"].strip("/")
    if name.startswith(FRAMED):
        return _with_policy(start, ["'unsafe-inline'", "'unsafe-eval'"]), body
    if b'<div id="root">' in body and name and name not in {page.key for page in PAGES}:
        start["status"] = 404
        return _with_policy(start, []), _nothing_here(t, name)
    return _dressed(start, body, t)


def _texts(scope: Scope) -> Texts:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [DEFAULT_LANGUAGE])[0]
    return load_texts(asked if asked in languages() else DEFAULT_LANGUAGE)


def _dataset(scope: Scope) -> bytes:
    """Describe the dataset for the head of a page; nothing while the data cannot be read. It is data: nothing runs."""
    site = str(Request(scope).base_url).rstrip("/")
    try:
        described = orjson.dumps(dataset_description.schema_org(site, site + api.ROOT, knowledge(), _texts(scope)))
    except AtlasError:
        return b""
    return b'<script type="application/ld+json">' + described.replace(b"<", b"\\u003c") + b"</script>"


def _nothing_here(t: Texts, name: str) -> bytes:
    language = "" if t.language == DEFAULT_LANGUAGE else f"?lang={t.language}"
    pages = [{"title": t(f"menu.{page.key}"), "url": f"/{page.key}{language}"} for page in PAGES]
    return render(
        "not_found.html",
        language=t.language,
        direction=t.direction,
        name=t("atlas.name"),
        css=static_address("ui", "atlas.css"),
        script=static_address("ui", "first.js"),
        icon=static_address("ui", "icon.svg"),
        title=t("notfound.title"),
        said=t("notfound.said", address=f"/{name[:80]}"),
        home={"title": t("notfound.home"), "url": f"/{language}"},
        pages=pages,
    ).encode()


def _dressed(start: Message, body: bytes, t: Texts) -> tuple[Message, bytes]:
    """Give Streamlit's page our language, direction, title, fonts and colours from its first byte."""
    for pattern in REMOVED:
        body = pattern.sub(b"", body)
    scripts = [_hash(script) for script in INLINE_SCRIPT.findall(body)]
    head = (
        f'<link rel="icon" type="image/svg+xml" href="{static_address("ui", "icon.svg")}">'
        f'<meta name="description" content="{escape(t("atlas.tagline"))}">'
        f'<link rel="stylesheet" href="{static_address("ui", "atlas.css")}">'
        f'<script src="{static_address("ui", "first.js")}"></script>'
    )
    body = re.sub(
        rb"<title>.*?</title>", b"<title>" + escape(t("atlas.name")).encode() + b"</title>" + head.encode(), body
    )
    body = body.replace(b'<html lang="en">', f'<html lang="{t.language}" dir="{t.direction}">'.encode(), 1)
    body = body.replace(b'<div id="root"></div>', _first_paint(t("atlas.name"), t("atlas.javascript")), 1)
    return _with_policy(start, scripts), body


def _with_policy(start: Message, scripts: list[str]) -> Message:
    kept = [pair for pair in start["headers"] if pair[0] not in NOT_OURS]
    start["headers"] = [*kept, (b"content-security-policy", _policy(scripts).encode())]
    return start


def _first_paint(name: str, without_script: str) -> bytes:
    return (
        f'<div id="root"><div class="first-paint"><p>{escape(name)}</p><span></span></div></div>'
        f"<noscript><p>{escape(without_script)}</p></noscript>"
    ).encode()


def _hash(script: bytes) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script).digest()).decode() + "'"


def _policy(scripts: list[str]) -> str:
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' blob:", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"content-security-policy", _policy([]).encode()),
)


def _header(headers: list[tuple[bytes, bytes]], name: bytes) -> bytes:
    return b",".join(value for key, value in headers if key.lower() == name)


async def _send(send: Send, start: Message, body: bytes) -> None:
    headers = [pair for pair in start["headers"] if pair[0] != b"content-length"]
    await send(dict(start, headers=[*headers, (b"content-length", str(len(body)).encode())]))
    await send({"type": "http.response.body", "body": body})
