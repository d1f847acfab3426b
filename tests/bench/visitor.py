"""A visitor with Chromium and no internet: acts in the page, reads its own clock, counts what came over the wire."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.bench.house import Server
from tests.bench.wire import Crossing, counted

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SCREEN = {"width": 1440, "height": 900}
PATIENCE_MS = 120_000
OURS_PAINTED = "() => window.AtlasDebug?.painted > 0"
NAIVE_PAINTED = "() => window.NaiveDebug"
# Ours: the legend is written with each state, then two frames later the map counts one more painting.
OURS_ACT = """async (number) => {
  const frame = () => new Promise(requestAnimationFrame);
  const legend = () => document.querySelector('.atlas-legend').textContent;
  const options = document.querySelectorAll('input[id^="facet-sector-"]');
  const before = legend();
  let painted = null;
  const start = performance.now();
  options[number % options.length].click();
  for (;;) {
    await frame();
    if (painted === null && legend() !== before) painted = window.AtlasDebug.painted;
    if (painted !== null && window.AtlasDebug.painted > painted) return window.AtlasDebug.lastPaint - start;
    if (performance.now() - start > 60000) throw new Error('the map was not painted again');
  }
}"""
# The usual way: the script of the new map names what it shows, two frames after it drew it.
NAIVE_ACT = """async (number) => {
  const options = document.querySelectorAll('input[type=radio]');
  const before = window.NaiveDebug.shown;
  const start = performance.timeOrigin + performance.now();
  options[number % options.length].click();
  for (;;) {
    await new Promise(requestAnimationFrame);
    if (window.NaiveDebug.shown !== before) return window.NaiveDebug.at - start;
    if (performance.timeOrigin + performance.now() - start > 60000) throw new Error('the map was not painted again');
  }
}"""


@dataclass
class Visitor:
    """One page open in a fresh browser profile: nothing of an earlier visit is in its cache."""

    page: Page
    crossing: Crossing
    received: dict[str, int]

    def of(self, prefix: str) -> int:
        """Return the bytes received from addresses that begin so, as they crossed the wire."""
        return sum(size for path, size in self.received.items() if path.startswith(prefix))

    def act(self, script: str, number: int) -> tuple[float, int]:
        """Choose an option of the filter; return milliseconds until the map is painted and bytes over the socket."""
        before = self.crossing.socket
        took = float(self.page.evaluate(script, number))
        self.page.wait_for_timeout(400)
        return took, self.crossing.socket - before

    def drawn_at_ms(self) -> float:
        """Return when the last thing of ours had come and the map was painted, milliseconds after the navigation."""
        self.page.wait_for_load_state("networkidle")
        return float(
            self.page.evaluate(
                """() => Math.max(window.AtlasDebug.lastPaint, ...performance.getEntriesByType('resource')
                     .filter(({ name }) => new URL(name).pathname.startsWith('/atlas/'))
                     .map(({ responseEnd }) => responseEnd))"""
            )
        )


@contextmanager
def visit(chromium: str, server: Server, path: str, *, painted: str) -> Iterator[Visitor]:
    """Open a page and wait until its map is painted."""
    with counted(server.port) as (port, crossing), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_context(viewport=SCREEN, locale="fr-MA").new_page()
        page.set_default_timeout(PATIENCE_MS)
        received = _listen(page.context.new_cdp_session(page))
        page.goto(f"http://127.0.0.1:{port}{path}", wait_until="commit")
        page.wait_for_function(painted)
        page.wait_for_timeout(1500)
        yield Visitor(page, crossing, received)
        browser.close()


def _listen(session: CDPSession) -> dict[str, int]:
    """Return the bytes of each path, headers included, filled as they come."""
    received: dict[str, int] = {}
    paths: dict[str, str] = {}

    def answered(event: dict[str, Any]) -> None:
        paths[event["requestId"]] = urlsplit(event["response"]["url"]).path

    def finished(event: dict[str, Any]) -> None:
        path = paths.get(event["requestId"], "")
        received[path] = received.get(path, 0) + int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return received
