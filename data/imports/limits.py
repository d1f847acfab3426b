"""What the process of a file may not do: take memory, time, disk or files without end, or reach any network."""

import contextlib
import ctypes
import importlib
import os
import sys
from typing import Any

MEMORY_BYTES = 1_500_000_000
CPU_S = 14
WRITTEN_BYTES = 300_000_000
OPEN_FILES = 64
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # sched.h
_NETWORK_EVENTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
_STARTING_EVENTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pty.spawn")


class ForbiddenError(RuntimeError):
    """The process of a file asked for the network or for another program."""


def take_limits() -> None:
    """Bind this process, for good; what the system does not know (macOS has no private network) is left out."""
    limits = {
        "RLIMIT_AS": MEMORY_BYTES,
        "RLIMIT_CPU": CPU_S,
        "RLIMIT_FSIZE": WRITTEN_BYTES,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_CORE": 0,
    }
    for name, most in limits.items():
        resource: Any = importlib.import_module("resource") if os.name == "posix" else None
        with contextlib.suppress(ValueError, OSError, AttributeError):
            kind = getattr(resource, name)
            _, hard = resource.getrlimit(kind)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (bound, bound))
    _leave_network()
    sys.addaudithook(_refuse)


def _leave_network() -> bool:
    """Move to a network of its own, with nothing in it; tell whether the system let us."""
    if not sys.platform.startswith("linux"):
        return False
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None:
        return False
    return unshare(NEW_NETWORK) == 0 or (os.getuid() != 0 and unshare(NEW_USER | NEW_NETWORK) == 0)


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in _NETWORK_EVENTS or event in _STARTING_EVENTS:
        raise ForbiddenError(event)
