"""The store of what people enter, as pages meet it: opened once, asked who is there and what is published."""

import logging
import threading
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data import store
from data.catalog import load_catalog
from data.records import database
from data.records.accounts import Accounts
from data.records.contract import Codes
from data.records.errors import StoreUnavailable
from data.records.record import Record
from data.records.repository import Repository
from data.records.rights import VISITOR, Person
from data.records.sessions import Sessions

LOG = logging.getLogger(__name__)
COOKIE = "atlas_session"
KINDS_PUBLISHED = ("project", "organisation")
_last_known: dict[str, int] = {}
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


def published_version() -> int:
    """Return a number that grows with what is published; 0 where nobody ever entered anything.

    While the store does not answer, the last number known stands: the maps stay as they were, and writing says why not.
    """
    address = database.address()
    if not database.is_there():
        return 0
    try:
        version = repository().version()
    except StoreUnavailable as error:
        LOG.warning("the store does not answer (%s): %s", error.reason, error)
        return _last_known.get(address, 0)
    with _lock:
        _last_known[address] = version
    return version


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
        "currencies": {"MAD", *store.load("rates")["currency"]},
    }


def person() -> Person:
    """Return who is behind this run: by the cookie of the visit, else by the identity provider, else a visitor."""
    sent = st.context.cookies.get(COOKIE)
    token = sent if isinstance(sent, str) else None
    provided = _provided_login()
    if (not token and not provided) or not database.is_there():
        return VISITOR
    try:
        known = sessions().who(token)
        return known if known.account_id or not provided else accounts().by_login(provided) or VISITOR
    except StoreUnavailable as error:
        LOG.warning("nobody can be recognised (%s): %s", error.reason, error)
        return VISITOR


def _provided_login() -> str | None:
    """Return the address an identity provider vouches for, where one is configured and it says it is verified."""
    user: Any = st.user
    if not getattr(user, "is_logged_in", False) or user.get("email_verified") is False:
        return None
    return str(user.get("email") or "") or None
