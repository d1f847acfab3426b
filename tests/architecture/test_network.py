"""The suite proves that the atlas works with the network shut: no test can reach another machine."""

import socket
import urllib.request

import pytest

from tests.conftest import is_here

ELSEWHERE = ("192.0.2.1", 80)  # an address kept for documentation (RFC 5737)


def send_datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"?", ELSEWHERE)


@pytest.mark.parametrize("ask", [
    lambda: socket.create_connection(ELSEWHERE, timeout=1),
    send_datagram,
    lambda: socket.getaddrinfo("example.org", 443),
    lambda: urllib.request.urlopen("http://example.org", timeout=1),
], ids=["connection", "datagram", "name", "page"])  # fmt: skip
def test_no_test_reaches_another_machine(ask):
    with pytest.raises(AssertionError, match="the network, which is shut for tests"):
        ask()


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass


@pytest.mark.parametrize(("host", "here"), [("127.0.0.1", True), ("::1", True), ("localhost", True),
                                            ("0.0.0.0", False), ("10.0.0.1", False), ("example.org", False)])  # noqa: S104 - asked about  # fmt: skip
def test_only_loopback_is_this_machine(host, here):
    assert is_here((host, 80)) is here
