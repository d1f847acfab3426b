"""What crosses between a visitor and the server: compressed over whole runs (`pages.ui.wire`)."""

from websockets.sync.client import connect


def test_the_web_socket_remembers_as_much_as_the_format_allows(server):
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"]) as socket:
        agreed = socket.response.headers["Sec-WebSocket-Extensions"]
    assert "permessage-deflate" in agreed
    assert "server_max_window_bits" not in agreed  # none said is the largest, 15
    assert "no_context_takeover" not in agreed
