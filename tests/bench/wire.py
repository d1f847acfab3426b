"""Counts what a visitor and a server send each other, as it crosses the wire: compressed, framed, both ways."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

CHUNK = 65_536
STREAM = b"/_stcore/stream"


@dataclass
class Crossing:
    """Bytes so far: of all connections, and of the web socket among them."""

    all: int = 0
    socket: int = 0


@contextmanager
def counted(port: int) -> Iterator[tuple[int, Crossing]]:
    """Stand before a server; give the port to visit instead of its own, and the count."""
    crossing = Crossing()
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_receive, args=(door, port, crossing), daemon=True).start()
        yield int(door.getsockname()[1]), crossing


def _receive(door: socket.socket, port: int, crossing: Crossing) -> None:
    with contextlib.suppress(OSError):  # the door is closed: the visit is over
        while True:
            visitor, _ = door.accept()
            server = socket.create_connection(("127.0.0.1", port))
            for end in (visitor, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            streams = threading.Event()
            for source, target in ((visitor, server), (server, visitor)):
                threading.Thread(target=_pass, args=(source, target, crossing, streams), daemon=True).start()


def _pass(source: socket.socket, target: socket.socket, crossing: Crossing, streams: threading.Event) -> None:
    with contextlib.suppress(OSError):  # either end may hang up
        while chunk := source.recv(CHUNK):
            if STREAM in chunk[:200]:
                streams.set()
            crossing.all += len(chunk)
            if streams.is_set():
                crossing.socket += len(chunk)
            target.sendall(chunk)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
