"""A visitor in a real browser, the network shut: what they see, what went wrong behind it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import BrowserContext, Page

PATIENCE_S = 60  # a slow machine is no failure; each wait ends as soon as it can
HERE = ("127.0.0.1", "localhost")
SETTLED = """() => {
  const state = document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state');
  const map = document.querySelector('.atlas-map');
  return state === 'notRunning' && !document.querySelector('.first-paint')
    && (!map || (window.AtlasDebug?.painted ?? 0) > 0);
}"""
CANVAS = """() => [...document.querySelectorAll('.folium-map canvas')].map((canvas) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const colours = new Set();
  let painted = 0;
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (!data[i + 3]) continue;
    painted += 1;
    const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    if (colours.size < 5000) colours.add(colour);
    sum = (sum * 31 + colour + i) % 2147483647;
  }
  return { share: painted / (width * height), colours: colours.size, sum };
})"""
MAP_VIEW = """async () => {
  const { map } = await window.Atlas.of(document.querySelector('.folium-map'));
  const { lat, lng } = map.getCenter();
  return [map.getZoom(), lat, lng];
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visitor:
    """One browser page of one visitor, and a record of all that should not happen."""

    context: BrowserContext
    url: str
    page: Page = field(init=False)
    asked: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    forgiven: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE_S * 1000)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("websocket", self._socket)

    def open(self, path: str = "/", **params: str) -> "Visitor":
        """Go to an address of the atlas and wait until it has settled."""
        self.page.goto(f"{self.url}{path}{'?' if params else ''}{urlencode(params)}", wait_until="load")
        return self.settle()

    def settle(self) -> "Visitor":
        """Wait until the page's script rests, its map is painted, and nothing changes for a moment."""
        calm = 0
        for _ in range(PATIENCE_S * 10):
            calm = calm + 1 if self.page.evaluate(SETTLED) else 0
            if calm > 4:
                return self
            self.page.wait_for_timeout(100)
        raise AssertionError(f"the page does not come to rest: {self.errors} {self.page.url}")

    def until(self, holds: str, argument: Any = None) -> None:
        """Wait until a JavaScript function of the page returns true."""
        for _ in range(PATIENCE_S * 10):
            if self.page.evaluate(holds, argument):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never true: {holds}")

    @property
    def address(self) -> Mapping[str, str]:
        """Parameters of the address."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    def heading(self) -> str:
        """First heading of the page."""
        return self.page.locator("h1").first.inner_text().strip()

    def rows(self) -> list[str]:
        """Titles in the table of projects, in order."""
        return [text.strip() for text in self.page.locator("table tbody tr[data-act] th").all_inner_texts()]

    def canvases(self) -> list[Mapping[str, float]]:
        """For each canvas of the map: the share painted, how many colours, and a sum that changes with the picture."""
        return self.page.evaluate(CANVAS)

    def view(self) -> list[float]:
        """Zoom, latitude and longitude of the map."""
        return self.page.evaluate(MAP_VIEW)

    def sideways(self) -> int:
        """Pixels by which the page is wider than the screen."""
        return self.page.evaluate(SIDEWAYS)

    def troubles(self) -> list[str]:
        """All that went wrong and was not meant to (`forgiven`): outside, error, dialog, alert."""
        alerts = self.page.locator("[role=alert]").all_inner_texts() if not self.page.is_closed() else []
        kinds = [("outside", self.outside), ("error", self.errors), ("dialog", self.dialogs), ("alert", alerts)]
        said = [(kind, text) for kind, texts in kinds if kind not in self.forgiven for text in texts if text.strip()]
        return [f"{kind}: {text[:300]}" for kind, text in said]

    def _asked(self, url: str) -> None:
        self.asked.append(url)
        if not _is_here(url):
            self.outside.append(url)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _socket(self, socket: Any) -> None:
        self._asked(re.sub("^ws", "http", socket.url))
        socket.on(
            "framereceived", lambda frame: self.received.append(frame if isinstance(frame, bytes) else frame.encode())
        )


def _is_here(url: str) -> bool:
    return url.startswith(("data:", "blob:")) or urlsplit(url).hostname in HERE
