"""Real Chromium with the network shut. All of it in one worker, so that two processors are not fought over."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.browser.serving import ROOT, serve
from tests.browser.visitor import Visitor
from tools.chromium import find_chromium

ARTIFACTS = ROOT / "artifacts"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
    # The network is shut here: a route of Playwright's would carry each request through this process and keep no cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
DESK = {"width": 1280, "height": 900}
LOCALES = {"fr": "fr-MA", "ar": "ar-MA", "en": "en-GB"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Serve the shipped tables, once for all journeys."""
    with serve(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    """Start Chromium for one module: while it lives its event loop runs, and no other test may run one of its own."""
    path = os.environ.get("CHROMIUM") or find_chromium()
    if not path:
        pytest.fail("no Chromium found: install Chromium or Chrome, or name one: make test CHROMIUM=/path/to/chrome")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        except Error as error:
            pytest.fail(f"{path} does not start: {error}")
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, server, request):
    """Give as many visitors as a journey needs; each leaves a picture, and at the end none has met any trouble."""
    contexts, visitors = [], []

    def arrive(*, url: str | None = None, viewport: dict[str, int] | None = None, language: str = "fr", **options):
        size = viewport or DESK
        context = chromium.new_context(
            viewport=size, locale=LOCALES.get(language, "fr-MA"), reduced_motion="reduce",
            has_touch=size["width"] < 600, **options,
        )  # fmt: skip
        contexts.append(context)
        visitors.append(Visitor(context, url or server.url))
        return visitors[-1]

    yield arrive
    name = re.sub(r"\W+", "-", request.node.name.partition("@")[0].removeprefix("test_")).strip("-")[:90]
    ARTIFACTS.mkdir(exist_ok=True)
    troubles = []
    for number, one in enumerate(visitors):
        one.page.screenshot(path=ARTIFACTS / f"{name}{f'-{number}' if number else ''}.png")
        troubles += one.troubles()
    for context in contexts:
        context.close()
    assert troubles == []
