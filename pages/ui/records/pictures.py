"""Pictures as pages show them: at an address of ours, open to all once published, before that to whom a page let see.

A page that showed somebody a picture which is not published gives them its address with a key: made for this picture by
this server, good for an hour or two. It works alike for every way of signing in, and the address alone opens nothing.
"""

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.records import pictures
from data.records.errors import StoreError
from data.records.picture_terms import CONSENTED, Licence, licences, may_leave
from data.texts import Texts
from pages.ui import living
from pages.ui.knowledge import Knowledge

LOG = logging.getLogger(__name__)
SECRET = secrets.token_bytes(32)
HOUR_S = 3600
FOLDER = "atlas/picture"
HEADERS = {
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
NOT_MODIFIED, NOT_FOUND, UNAVAILABLE = 304, 404, 503

Figure = Mapping[str, Any]


def shown(know: Knowledge, record_id: str, t: Texts) -> list[Figure]:
    """Return what `pictures.html` shows of the published pictures of a record."""
    return [
        figure(f"{FOLDER}/{one.picture_id}", one.said, number, t) | {"width": one.width, "height": one.height}
        for number, one in enumerate(know.pictures.get(record_id, ()), 1)
    ]


def in_private(entries: Sequence[Mapping[str, Any]] | None, t: Texts, *, terms: bool = True) -> list[Figure]:
    """Return what `pictures.html` shows to somebody who may see a content, published or not; one erased is said so.

    Parameters
    ----------
    terms
        Say of each that is still there whether it leaves the atlas.
    """
    named = [str(entry["picture"]) for entry in entries or ()]
    kept = pictures.there(living.repository().database, named) if named else set()
    return [
        figure(private_address(picture), entry, number, t)
        | {
            "erased": "" if picture in kept else t("picture.was_erased"),
            "terms": leaving_said(entry, t) if terms and picture in kept else "",
        }
        for number, (picture, entry) in enumerate(zip(named, entries or (), strict=True), 1)
    ]


def private_address(picture_id: str) -> str:
    """Return the address of a picture for somebody who may see it now."""
    hour = int(time.time()) // HOUR_S + 1
    return f"{FOLDER}/{picture_id}?until={hour}&key={_key(picture_id, hour)}"


def figure(url: str, entry: Mapping[str, Any], number: int, t: Texts) -> dict[str, Any]:
    """Return a figure without its size; whoever does not see it hears what it shows, else its caption.

    Parameters
    ----------
    entry
        What is said of it: `caption`, `alt`, `credit` and `licence`, each perhaps missing.
    """
    caption, alt = (_in_language(entry.get(name) or {}, t) for name in ("caption", "alt"))
    licence = licences().get(str(entry.get("licence")), Licence())
    return {
        "url": url,
        "caption": caption,
        "alt": alt or caption or t("picture.unnamed", n=number),
        "credit": t("picture.credit", name=entry["credit"]) if entry.get("credit") else "",
        "licence": licence.name,
        "licence_url": licence.url,
        "width": 0,
        "height": 0,
    }


def leaving_said(entry: Mapping[str, Any], t: Texts) -> str:
    """Say whether a picture leaves the atlas once it is published, and if not, what keeps it."""
    if may_leave(entry):
        return t("picture.leaves")
    if entry.get("licence") and not licences().get(str(entry["licence"]), Licence()).url:
        return t("picture.stays_here")
    missing = [t(f"picture.missing.{name}") for name in ("credit", "licence") if not entry.get(name)]
    if entry.get("people_shown") not in CONSENTED:
        missing.append(t("picture.missing.people_shown"))
    return t("picture.stays", missing=t("list.separator").join(missing))


def _in_language(words: Mapping[str, str], t: Texts) -> str:
    return next((words[language] for language in (t.language, "fr", "ar", "en") if words.get(language)), "")


def _key(picture_id: str, hour: int) -> str:
    return hmac.new(SECRET, f"{picture_id} {hour}".encode(), hashlib.sha256).hexdigest()


def _is_let_in(picture_id: str, request: Request) -> bool:
    until, key = (request.query_params.get(name, "") for name in ("until", "key"))
    if (
        not until.isascii()
        or not until.isdecimal()
        or len(until) > len("9999999")
        or int(until) * HOUR_S < time.time() - HOUR_S
    ):
        return False
    return hmac.compare_digest(_key(picture_id, int(until)).encode(), key.encode())


def _picture(request: Request) -> Response:
    """Answer with a picture; one that is not there and one that is not to be seen are answered alike."""
    picture_id = request.path_params["picture_id"]
    try:
        kept = pictures.get(living.repository().database, picture_id) if living.is_there() else None
        said = pictures.published_entry(living.repository().database, kept) if kept else None
    except StoreError as error:
        LOG.warning("a picture cannot be read (%s): %s", error.reason, error)
        return PlainTextResponse("Atlas solidaire: pictures cannot be read just now.", UNAVAILABLE)
    if kept is None or (said is None and not _is_let_in(picture_id, request)):
        return PlainTextResponse("Atlas solidaire: there is no such picture.", NOT_FOUND)
    # Asked for again each time: what is withdrawn is gone at once.
    headers = {**HEADERS, "Cache-Control": "private, no-cache", "ETag": f'"{kept.sha256}"'}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if said and may_leave(said) else "same-origin"
    if headers["ETag"] in _tags(request.headers.getlist("if-none-match")):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return Response(kept.picture.body, media_type=kept.picture.media_type, headers=headers)


def _tags(said: Iterable[str]) -> list[str]:
    return [tag.strip() for line in said for tag in line.split(",")]


ROUTES = (Route(f"/{FOLDER}/{{picture_id}}", _picture, methods=["GET"]),)
