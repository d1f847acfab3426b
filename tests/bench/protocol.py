"""A visitor without a browser: speaks Streamlit's own protocol, so that fifty of them fit beside the server."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

FACETS, RADIO = "atlas-facets", "sector"
PATIENCE_S = 120


class WrongAnswerError(Exception):
    """The server answered with a trouble, or not with what was asked."""


@dataclass
class Session:
    """One visitor: its connection, and what the last run showed."""

    socket: ClientConnection
    page: str
    query: str = ""
    page_hash: str = ""
    widget: str = ""
    fragment: str = ""
    options: Sequence[str] = ()
    chosen: str = ""
    bytes_received: int = 0
    troubles: list[str] = field(default_factory=list)

    async def open(self) -> float:
        """Ask for the page; return seconds until its script has finished."""
        return await self._run(BackMsg())

    async def choose(self, sector: str) -> float:
        """Choose a sector; return seconds until the answer is whole.

        Raises
        ------
        WrongAnswerError
            The answer shows another sector, or a trouble.
        """
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        self._say(state, sector)
        message.rerun_script.fragment_id = self.fragment
        took = await self._run(message)
        if self.chosen != sector or self.troubles:
            raise WrongAnswerError(f"asked for {sector}, got {self.chosen or 'nothing'}; {self.troubles}")
        return took

    def _say(self, state: WidgetState, sector: str) -> None:
        if self.fragment:
            state.id = f"$$STREAMLIT_INTERNAL_KEY_{self.widget}__events"
            state.json_trigger_value = json.dumps([{"event": "act", "value": {"sector": [sector]}}])
        else:
            state.id, state.string_value = self.widget, sector

    async def _run(self, message: BackMsg) -> float:
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.page_hash
        message.rerun_script.page_name = "" if self.page_hash else self.page
        self.chosen = ""
        self.troubles.clear()
        start = time.monotonic()
        await self.socket.send(message.SerializeToString())
        while True:
            said = await self.socket.recv()
            self.bytes_received += len(said)
            answer = ForwardMsg.FromString(said)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self.page_hash = answer.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif kind == "delta":
                self._see(answer.delta)
            elif kind == "script_finished":
                return time.monotonic() - start

    def _see(self, delta: Any) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.troubles.append(element.exception.message)
        elif kind == "bidi_component" and element.bidi_component.component_name.endswith(FACETS):
            component = element.bidi_component
            self.widget, self.fragment = component.id, delta.fragment_id
            shown = json.loads(component.json or component.mixed.json)
            self.chosen = ",".join(shown["chosen"]["sector"])
        elif kind == "radio":
            self.widget, self.options = element.radio.id, list(element.radio.options)
        elif kind == "component_instance":
            shown = [name for name in self.options if f"shown: '{name}'" in element.component_instance.json_args]
            self.chosen = ",".join(shown)


@asynccontextmanager
async def session(port: int, page: str) -> Iterator[Session]:
    """Connect to a server as a new visitor of a page."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE_S) as socket:
        yield Session(socket, page)
