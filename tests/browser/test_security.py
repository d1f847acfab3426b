"""What every answer of the server says to browsers, what it never gives away, and whom it refuses."""

import re
from urllib.parse import quote

import pytest

from data.texts import load_texts
from pages import PAGES
from pages.ui.served import static_address
from tests.browser.failing import SECRET
from tests.browser.serving import serve

ADDRESSES = {
    "first page": "/",
    **{page.key: f"/{page.key}" for page in PAGES},
    "script": static_address("ui", "live.js"),
    "style": static_address("map", "map.css"),
    "vendor": "/atlas/vendor/leaflet/leaflet.js",
    "health": "/_stcore/health",
    "ready": "/ready",
    "nothing": "/atlas/static/ui/nothing/nothing.js",
}
HTML = {"accept": "text/html,*/*"}
OUTSIDE_THE_FOLDER = (
    "/atlas/vendor/leaflet/../../../../../../etc/passwd",
    "/atlas/vendor/leaflet/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/atlas/vendor/leaflet//etc/passwd",
    "/atlas/shape/../projects.csv",
    "/atlas/shape/..%2fprojects.csv",
    static_address("ui", "x.js").replace("x.js", "../page.py"),
    static_address("ui", "x.js").replace("x.js", "..%2fpage.py"),
    static_address("ui", "x.js").replace("x.js", "%2e%2e/%2e%2e/%2e%2e/app.py"),
    "/atlas/data/../../app.py",
    "/app/static/app.py",
)


@pytest.mark.parametrize("path", ADDRESSES.values(), ids=ADDRESSES)
def test_every_answer_carries_the_headers_that_protect_visitors(server, path):
    _, headers, _ = server.get(path, HTML)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";"))
    assert rules["default-src"] == rules["connect-src"] == rules["frame-ancestors"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert "'unsafe" not in rules["script-src"]
    assert not re.search(r"(?<![a-z])(https?:|\*)", " ".join(rules.values()))


def test_every_inline_script_of_the_page_is_named_by_its_hash(server):
    _, headers, body = server.get("/projects?lang=ar", HTML)
    inline = re.findall(rb"<script>(.*?)</script>", body, re.DOTALL)
    assert len(re.findall(r"'sha256-", headers["content-security-policy"])) == len(inline)
    assert not re.search(rb"\son[a-z]+\s*=", body)


@pytest.mark.parametrize("path", OUTSIDE_THE_FOLDER)
def test_no_address_gives_a_file_that_is_not_published(server, path):
    _, _, body = server.get(path)
    assert not re.search(rb"root:|project_code|import |def ", body)


@pytest.mark.parametrize("language", ['fr"><script>alert(1)</script>', "../../../etc/passwd", "{{7*7}}", "ar%00"])
def test_a_hostile_language_does_not_reach_the_page(server, language):
    status, _, body = server.get(f"/?lang={quote(language)}", HTML)
    assert status == 200
    assert b'<html lang="fr" dir="ltr">' in body
    assert b"alert(1)" not in body


def test_a_page_of_another_site_gets_no_session(server):
    asked = {
        "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
        "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }  # fmt: skip
    refused, _, _ = server.get("/_stcore/stream", asked | {"origin": "http://elsewhere.example"})
    assert refused == 403


def test_what_is_ready_says_so_and_gives_its_version_only(server):
    status, _, body = server.get("/ready")
    assert (status, body[:6]) == (200, b"ready ")
    assert re.fullmatch(rb"ready [0-9a-f]{12}", body)


@pytest.fixture
def faulty(tmp_path):
    """Start an atlas with a fault in it."""
    with serve(tmp_path, command=("-m", "tests.browser.failing")) as running:
        yield running


def test_a_fault_nobody_foresaw_is_told_in_words_with_a_reference_and_nothing_else(faulty, visitor):
    seen = visitor(url=faulty.url)
    seen.forgiven.add("alert")
    seen.open("/projects", lang="ar")
    said = seen.page.get_by_role("alert").inner_text()
    assert load_texts("ar")("trouble.unexpected") in said
    reference = re.search(r"\b[0-9a-f]{6}\b", said).group()
    log = re.sub(r"\x1b\[[0-9;]*m", "", faulty.log.read_text("utf-8", "replace"))
    assert reference in log
    assert SECRET in log
    everything = seen.page.content().encode() + b"".join(seen.received)
    for secret in (b"secret123", b"/srv/atlas", b"RuntimeError", b"Traceback", b"failing.py"):
        assert secret not in everything
