"""What holds for every test: nothing leaves this machine, no time is asserted, absent source data are said."""

import ipaddress
import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

# A test says what is true, never how long it may take: a busy machine is no mistake.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


class NetworkShutError(AssertionError):
    """A test asked something of another machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED_DATA.is_dir():
        return
    skip = pytest.mark.skip(reason="the shared source data are not beside this repository (../shared/data)")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


def is_here(address: object) -> bool:
    """Tell whether an address of a socket is this machine: a path, or a loopback host."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def network_shut():
    """Let sockets reach this machine only. Chromium, a process of its own, is held by `tests/browser`."""

    def guarded(call, address_of):
        def only_here(*args, **kwargs):
            address = address_of(args)
            if not is_here(address):
                raise NetworkShutError(f"a test asked {address} of the network, which is shut for tests")
            return call(*args, **kwargs)

        return only_here

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), lambda args: args[1]))
        patch.setattr(socket.socket, "sendto", guarded(socket.socket.sendto, lambda args: args[-1]))
        patch.setattr(socket, "getaddrinfo", guarded(socket.getaddrinfo, lambda args: args[:1] if args[0] else None))
        yield


@pytest.fixture(autouse=True, scope="session")
def store_apart(tmp_path_factory):
    """Keep what tests enter out of the atlas's own store; only typefaces, slow to cut, are shared by the workers."""
    home, base = tmp_path_factory.mktemp("atlas-home"), tmp_path_factory.getbasetemp()
    fonts = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "fonts"
    fonts.mkdir(exist_ok=True)
    (home / "fonts").symlink_to(fonts, target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("ATLAS_DATABASE_URL", raising=False)
        patch.setenv("ATLAS_HOME", str(home))
        yield
