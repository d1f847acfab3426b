"""Visit a page as Streamlit runs it, without a browser: what it shows in words, what its components are told."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest, app_test

from pages import Page
from pages.ui import actions
from pages.ui.served import published

APP = Path(__file__).parents[2] / "app.py"
PATIENCE_S = 120  # the first visit reads all tables; a machine with other work takes its time
SAID_BY_STREAMLIT = ("caption", "warning", "error", "info", "markdown", "subheader", "header", "title")
app_test.TMP_DIR.cleanup()  # of apps given as text; ours is a file, and nothing else would remove it in time


@dataclass(frozen=True)
class Visit:
    """A page open in one visitor's session."""

    app: AppTest

    @property
    def components(self) -> dict[str, Any]:
        """What each component of ours was told on this run, by its key."""
        protos = [element.proto for element in self.app.get("bidi_component")]
        told = {proto.id.split("-", 2)[2]: _told(proto) for proto in protos}
        for element in self.app.get("html"):  # the states of maps
            for key, state in read(element.proto.body).maps.items():
                told[key]["state"] = state
        return told

    @property
    def html(self) -> str:
        """All HTML written on the server, in the order of the page."""
        return "\n".join(data["html"] for data in self.components.values() if "html" in data)

    @property
    def said(self) -> str:
        """Every word the visitor reads: those of the HTML, of Streamlit's elements, and those fetched by scripts."""
        streamlit = [str(element.value) for kind in SAID_BY_STREAMLIT for element in self.app.get(kind)]
        labels = [button.label for button in self.app.get("download_button")]
        return "\n".join([*(text for data in self.components.values() for text in _texts(data)), *streamlit, *labels])

    @property
    def address(self) -> dict[str, str]:
        """Parameters of the address after the run."""
        return {name: value if isinstance(value, str) else value[-1] for name, value in self.app.query_params.items()}

    @property
    def failures(self) -> list[str]:
        """Traces the visitor would have met; none is right."""
        return [f"{failure.message}\n{''.join(failure.stack_trace)}" for failure in self.app.exception]

    def heading(self) -> str:
        """Return the first heading of the page."""
        return next(iter(read(self.html).headings), "")

    def act(self, **changes: Any) -> "Visit":
        """Do what a click in one of our components does, and run the page again."""
        self.app.session_state[actions.PENDING] = changes
        return Visit(self.app.run())


def visit(page: Page, /, language: str = "fr", **params: str) -> Visit:
    """Open a page in a new session, at an address with these parameters, as the first thing asked for."""
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    for name, value in {"lang": language, **params}.items():
        app.query_params[name] = value
    # Before its first run Streamlit knows a page by the name of its script, which is its address (`test_menu`).
    return Visit(app.switch_page(page.path).run())


@dataclass
class Read(HTMLParser):
    """The words of some HTML, its headings, what its elements would do, and the states of maps by their keys."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings: list[str] = []
        self.acts: list[Mapping[str, Any]] = []
        self.links: list[str] = []
        self.maps: dict[str, Any] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag in ("h1", "h2"):
            self.headings.append("")
        if "data-map" in (named := dict(attrs)):
            self.maps[named["data-map"] or ""] = json.loads(named["data-state"] or "")
        for name, value in attrs:
            if name == "data-act":
                self.acts.append(json.loads(value or ""))
            elif name == "href":
                self.links.append(value or "")
            elif name in ("aria-label", "title", "placeholder", "data-label"):
                self.words.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if {"h1", "h2"} & set(self._open):
            self.headings[-1] += data


def read(html: str) -> Read:
    """Read HTML as a visitor would."""
    reader = Read()
    reader.feed(html)
    reader.close()
    return reader


def _told(proto: Any) -> Any:
    """Return what a component was told: HTML comes as bytes (`pages.ui.live`), all else as JSON."""
    return {"html": proto.bytes.decode()} if proto.WhichOneof("data") == "bytes" else json.loads(proto.json)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    elif isinstance(data, str):
        fetched = published(data) if data.startswith("/atlas/data/") and data.endswith(".json") else None
        if fetched:
            yield from _texts(json.loads(fetched.body))
        elif data.lstrip().startswith("<"):
            yield " ".join(read(data).words)
        else:
            yield data
