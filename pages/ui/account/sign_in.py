"""Signing in and out: plain forms posted to routes of ours, which answer with a cookie no script can read."""

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data.errors import AtlasError
from data.records.accounts import AccountError
from data.records.errors import StoreError
from data.texts import DEFAULT_LANGUAGE, languages
from pages.ui import living

LOG = logging.getLogger(__name__)
PAGE = "account"
SEE_OTHER, FORBIDDEN = 303, 403
LONGEST_COOKIE_S = 7 * 24 * 3600
FIRST_CODE = secrets.token_hex(4)
"""Shown in the server's log only: whoever reads it is the one who started the atlas."""
_said: list[str] = []


def announce_first_code() -> None:
    """Write the code that lets the first account be made to the log, once."""
    if not _said:
        _said.append(FIRST_CODE)
        LOG.warning("Atlas solidaire has no account yet. Code to create the first one, the admin: %s", FIRST_CODE)


Answer = Callable[[Request, FormData], Response]


def _posted(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Take a form of our own pages only, and say on the account page what went wrong."""

    @wraps(answer)
    async def route(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is None or urlsplit(origin).netloc != request.headers.get("host"):
            return PlainTextResponse("Atlas solidaire: this form was not sent by the atlas itself.", FORBIDDEN)
        async with request.form(max_files=0, max_fields=8) as form:
            try:
                return answer(request, form)
            except AccountError as error:
                return _back(request, form, problem=error.reason, wait=str(error.wait_s) if error.wait_s else "")
            except StoreError as error:
                LOG.warning("account form: %s", error)
                return _back(request, form, problem="store", cause=error.reason)
            except AtlasError as error:
                LOG.warning("account form: %s", error)
                return _back(request, form, problem="refused")

    return route


def _sign_in(request: Request, form: FormData) -> Response:
    address = request.client.host if request.client else ""
    who = living.accounts().sign_in(_field(form, "login"), _field(form, "password"), address)
    return _with_cookie(request, _back(request, form), living.sessions().begin(who))


def _create_first(request: Request, form: FormData) -> Response:
    if not hmac.compare_digest(_field(form, "code").strip().encode(), FIRST_CODE.encode()):
        raise AccountError("code")
    who = living.accounts().create_first(_field(form, "login"), _field(form, "password"))
    return _with_cookie(request, _back(request, form), living.sessions().begin(who))


def _sign_out(request: Request, form: FormData) -> Response:
    living.sessions().end(request.cookies.get(living.COOKIE))
    answer = _back(request, form)
    answer.delete_cookie(living.COOKIE, httponly=True, samesite="strict")
    return answer


def _change_password(request: Request, form: FormData) -> Response:
    who = living.sessions().who(request.cookies.get(living.COOKIE))
    address = request.client.host if request.client else ""
    if not who.account_id:
        raise AccountError("wrong")
    living.accounts().sign_in(who.login, _field(form, "password"), address)
    living.accounts().change(who, who.account_id, password=_field(form, "new_password"))
    return _with_cookie(request, _back(request, form, done="password"), living.sessions().begin(who))


def _with_cookie(request: Request, answer: Response, token: str) -> Response:
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    answer.set_cookie(
        living.COOKIE, token, max_age=LONGEST_COOKIE_S, httponly=True, samesite="strict", secure=secure, path="/"
    )
    return answer


def _back(request: Request, form: FormData, **said: str) -> Response:
    language = _field(form, "lang")
    if language in languages() and language != DEFAULT_LANGUAGE:
        said["lang"] = language
    query = urlencode({name: value for name, value in said.items() if value})
    home = request.scope.get("root_path", "") + f"/{PAGE}"
    return RedirectResponse(f"{home}?{query}" if query else home, SEE_OTHER)


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


ROUTES = tuple(
    Route(f"/{PAGE}/{name}", _posted(answer), methods=["POST"])
    for name, answer in (
        ("sign-in", _sign_in),
        ("first", _create_first),
        ("sign-out", _sign_out),
        ("password", _change_password),
    )
)
