"""How much of what it sent the web socket remembers, so that a run costs what changed and not the page again.

Deflate finds what is repeated within a window (RFC 7692). Uvicorn sets it to 4 kB, which no setting changes; a run of a
page is 30 kB, so nothing of the run before was in it. With the 32 kB of the format most of it is: a change of filter
takes a quarter of the bytes, for an eighth of a megabyte of memory a visitor.
"""

from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory


class WholeWindow(ServerPerMessageDeflateFactory):
    """Deflate with the largest window, whatever Uvicorn asks for."""

    def __init__(self, **_narrow: object) -> None:
        super().__init__(compress_settings={"memLevel": 5})


def remember_whole_runs() -> None:
    """Give connections made from now on the largest window."""
    websockets_sansio_impl.ServerPerMessageDeflateFactory = WholeWindow  # type: ignore[attr-defined, assignment]  # no setting for it
