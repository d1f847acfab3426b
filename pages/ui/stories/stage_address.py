"""The address of a view as a phone in the hall would need it, and its QR code."""

import ipaddress
from io import BytesIO
from urllib.parse import urlencode, urlsplit, urlunsplit

import segno
import streamlit as st
from streamlit import net_util

from data.texts import DEFAULT_LANGUAGE, Texts
from pages.ui.served import publish

LOCAL_NAMES = ("localhost", "")


def address(page: str, parameters: dict[str, str], t: Texts) -> tuple[str, bool]:
    """Return the address that opens a view, and whether other devices of the network can reach it.

    Opened as `localhost`, the server's own address on the network stands in its place, when it listens there.
    """
    here = urlsplit(st.context.url or "")
    base = here.path.rpartition("/")[0]
    asked = parameters if t.language == DEFAULT_LANGUAGE else {"lang": t.language, **parameters}
    host, reached = here.netloc, not is_local(here.hostname or "")
    listens = str(st.get_option("server.address") or "0.0.0.0")  # noqa: S104 - Streamlit's own word for everywhere
    if not reached and not is_local(listens) and (own := net_util.get_internal_ip()) and not is_local(own):
        host, reached = f"{own}:{here.port}" if here.port else own, True
    return urlunsplit((here.scheme, host, f"{base}/{page}", urlencode(asked), "")), reached


def is_local(host: str) -> bool:
    """Tell whether a host name means this machine alone.

    Examples
    --------
    >>> is_local("127.0.0.1"), is_local("192.168.1.20"), is_local("atlas.example.org")
    (True, False, False)
    """
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def qr_code(address: str) -> str:
    """Return where the browser fetches the QR code of an address, dark on white whatever the theme."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=8, border=3, dark="#111", light="#fff")
    return publish("qr", ".svg", drawn.getvalue(), passing=True)
