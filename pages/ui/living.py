"""The store of what people enter, as pages meet it: opened once, asked who is there and what is published."""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import streamlit as st

from data import store
from data.catalog import load_catalog
from data.records import database, pictures
from data.records.accounts import Accounts
from data.records.contacts import Contacts
from data.records.contract import Codes
from data.records.errors import StoreError, StoreUnavailable
from data.records.notices import Notices
from data.records.picture_terms import licences
from data.records.pictures import ShownPicture
from data.records.record import Record
from data.records.repository import Repository
from data.records.rights import VISITOR, Person
from data.records.sessions import Sessions
from pages.ui.account import provider

LOG = logging.getLogger(__name__)
COOKIE = "atlas_session"
KINDS_PUBLISHED = ("project", "organisation")
KINDS_ENTERED = ("need", "offer", "support_request", "facility", "story")
VIEWS = ("projects", "needs", "villages", "gaps", "actors", "replicate", "matching", "territory")
"""Pages with a map: a view of theirs may be a chapter of a story (`scenes.STAGES`)."""
ASK_AGAIN_S = 2.0
_last_known: dict[str, int] = {}
_failed: dict[str, tuple[float, str]] = {}
_lock = threading.Lock()


@st.cache_resource(show_spinner=False)
def _opened(address: str) -> Repository:
    return Repository(database.Database.open(address))


def repository() -> Repository:
    """Return the store, made when it is not there yet.

    Raises
    ------
    StoreUnavailable, SchemaError
        It cannot be opened.
    """
    return _opened(database.address())


def is_there() -> bool:
    """Tell whether anybody ever entered anything: a visitor's look makes no store."""
    return database.is_there()


def accounts() -> Accounts:
    """Return the accounts. Raises like `repository`."""
    return Accounts(repository().database)


def sessions() -> Sessions:
    """Return the sessions. Raises like `repository`."""
    return Sessions(repository().database)


def notices(person: Person) -> Notices:
    """Return what others did with a person's entries. Raises like `repository`."""
    return Notices(repository().database, person.account_id, repository().clock)


def contacts(who: Person, places_of: Callable[[str], Iterable[str]]) -> Contacts:
    """Return whom to call at organisations of these places, as a person may meet them. Raises like `repository`."""
    return Contacts(repository().database, who, places_of, repository().clock)


def unread(who: Person) -> int:
    """Count a person's unread news; none for a visitor, or while the store does not answer."""
    if not who.account_id:
        return 0
    try:
        return notices(who).unread()
    except StoreError as error:
        LOG.warning("news cannot be counted (%s): %s", error.reason, error)
        return 0


def published_version() -> int:
    """Return a number that grows with what is published; 0 where nobody ever entered anything.

    While the store does not answer, the last number known stands: the maps stay as they were, and writing says why not.
    """
    address = database.address()
    known = _last_known.get(address, 0)
    if (not database.is_there() and address not in _last_known) or _fails_just_now(address):
        return known
    try:
        if not database.is_there():  # it was: an empty one made in its place would hide the loss
            raise StoreUnavailable(f"{address} is gone", reason="unreachable")
        version = repository().version()
    except StoreError as error:
        LOG.warning("the store does not answer (%s): %s", error.reason, error)
        with _lock:
            _failed[address] = time.monotonic(), error.reason
        return known
    with _lock:
        _last_known[address] = version
        _failed.pop(address, None)
    return version


def published_view() -> str:
    """Return a name for what is published, of which no other state and no other store has the same; empty for nothing.

    Raises nothing: see `published_version`.
    """
    version = published_version()
    which = hashlib.sha256(database.address().encode()).hexdigest()[:6]
    return f"{version}-{which}" if version else ""


def failure() -> str:
    """Return why the store does not answer: the reason of its error, empty when it answers."""
    published_version()
    return _failed.get(database.address(), (0.0, ""))[1]


def _fails_just_now(address: str) -> bool:
    """Tell whether it failed a moment ago: a page asks several times, and each may take seconds to be refused."""
    failed_at, reason = _failed.get(address, (0.0, ""))
    return bool(reason) and time.monotonic() - failed_at < ASK_AGAIN_S


def published_records() -> list[Record]:
    """Return the records of which something is published. Raises like `repository`."""
    return [record for kind in KINDS_PUBLISHED for record in repository().published(kind)]


def record_codes(register: Mapping[str, pd.DataFrame]) -> Codes:
    """Return what a record may name by code: official territories, and what the catalogue and the register list."""
    catalog = load_catalog()
    return {
        "sectors": set(catalog.sectors),
        "territories": set(store.load("territories")["territory_code"]),
        "organisations": set(register["organisations"]["organisation_code"]),
        "projects": set(register["projects"]["project_code"]),
        "organisation_types": set(catalog.organisation_types),
        "views": VIEWS,
        "picture_licences": set(licences()),
        "currencies": {"MAD", *store.load("rates")["currency"]},
    }


def entered() -> dict[str, list[Record]]:
    """Return the published records that are no rows of the register, by kind, with what is published of them."""
    return {
        kind: [
            replace(record, content=record.published_content)
            for record in repository().published(kind)
            if record.published_content is not None
        ]
        for kind in KINDS_ENTERED
    }


def published_pictures() -> dict[str, list[ShownPicture]]:
    """Return the pictures that the public sees, by record. Raises like `repository`."""
    return pictures.published(repository().database)


@lru_cache(maxsize=60)
def picture_body(picture_id: str) -> bytes:
    """Return the bytes of a picture, which never change; none where it is not there. Raises like `repository`."""
    kept = pictures.get(repository().database, picture_id)
    return kept.picture.body if kept else b""


def visit_token() -> str | None:
    """Return what the cookie of this visit says, where somebody signed in with a password."""
    sent = st.context.cookies.get(COOKIE)
    return sent if isinstance(sent, str) else None


def person() -> Person:
    """Return who is behind this run: by the cookie of the visit, else by the identity provider, else a visitor."""
    token = visit_token()
    provided = provider.vouched_login()
    if (not token and not provided) or not database.is_there() or _fails_just_now(database.address()):
        return VISITOR
    try:
        known = sessions().who(token)
        return known if known.account_id or not provided else accounts().by_login(provided) or VISITOR
    except StoreError as error:
        LOG.warning("nobody can be recognised (%s): %s", error.reason, error)
        return VISITOR
