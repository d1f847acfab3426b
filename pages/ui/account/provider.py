"""Signing in with an account kept elsewhere (OpenID Connect), where `.streamlit/secrets.toml` names a provider.

The provider says who somebody is; what they may do is said by the account of the atlas that has their address as login.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.records.rights import Person
from data.texts import Texts

DEFAULT = "default"


def providers() -> tuple[str, ...]:
    """Return the names of the providers, `default` for the one without a name; none where none is set."""
    if not st.secrets.load_if_toml_exists():
        return ()
    section: Mapping[str, Any] = st.secrets.get("auth") or {}
    named = (name for name, value in section.items() if isinstance(value, Mapping) and "client_id" in value)
    return (DEFAULT,) * ("client_id" in section) + tuple(named)


def is_signed_in() -> bool:
    """Tell whether a provider knows this visitor."""
    return bool(getattr(st.user, "is_logged_in", False))


def vouched_login() -> str | None:
    """Return the address a provider vouches for; None unless it says itself that the address was verified.

    Whoever may type any address into the profile of a provider that verifies none would else be anybody here.
    """
    user: Any = st.user
    if not is_signed_in() or str(user.get("email_verified")).lower() != "true":
        return None
    return str(user.get("email") or "") or None


def offer(person: Person, t: Texts) -> None:
    """Show the way in through each provider, or the way out; say why a known address opens nothing here."""
    if is_signed_in():
        if not person.account_id:
            address = vouched_login()
            st.warning(t("account.provider_unknown", login=address) if address else t("account.provider_unverified"))
        st.button(t("account.provider_out"), key="provider-out", on_click=st.logout)
    elif not person.account_id:
        for name in providers():
            label = t("account.provider") if name == DEFAULT else t("account.provider_named", name=name)
            st.button(label, key=f"provider-{name}", on_click=st.login, args=(name,))
