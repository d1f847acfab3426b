"""Names written to run as templates, scripts or markup are drawn as the text they are, wherever a name is shown."""

import hashlib
import re
import shutil

import pandas as pd
import pytest

from data import store
from data.catalog import load_catalog
from data.texts import load_texts
from pages import PAGES
from tests.browser.serving import serve

PRODUCT = "3703731"  # 1234577 x 3: shown nowhere unless a name was run
HOSTILE = (
    "{{1234577*3}}",
    "{%print(1234577*3)%}",
    "{# never closed",
    "{{ never closed",
    "{{cycler.__init__.__globals__.os.popen('id').read()}}",
    "${alert(1234577*3)}",
    "`${alert(1)}`",
    "`+alert(1)+`",
    "</script><script>alert(1)</script>",
    "<img src=x-hostile onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><iframe src=javascript:alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- -->",
    "&lt;b&gt; &#123;",
    "\\u003cimg src=x-hostile onerror=alert(1)\\u003e",
    "[x](javascript:alert(1)) **x** :red[x] $x^2$",
    '=HYPERLINK("http://x","y")',
    "__proto__ constructor _underscore_",
    "\u202eabc\u202c \u200f عربي",
)  # fmt: skip
WORDS = re.compile(r".*_(fr|ar|en|said|latin)|note|said|found|decided|reason|acronym|place_name|seat_place")
LINKS = re.compile(r"source_url|website")
SAY_NAMES = {"overview", "projects", "needs", "villages", "actors", "quality"}
HOSTILE_LINK = "javascript:alert(1)"


def hostile(column, number):
    return HOSTILE_LINK if LINKS.fullmatch(column) else f"{HOSTILE[number % len(HOSTILE)]} {number}"


def hostile_tables(folder):
    """Copy the tables and make every word of them hostile, hashes and all, as a register would that was attacked."""
    shutil.copytree(store.TABLES_FOLDER, folder)
    changed = 0
    for table in load_catalog().tables.values():
        texts = [column.name for column in table.columns if column.type == "text"]
        columns = [name for name in texts if WORDS.fullmatch(name) or LINKS.fullmatch(name)]
        path = folder / table.file
        is_csv = path.suffix == ".csv"
        frame = pd.read_csv(path, dtype="str", keep_default_na=False) if is_csv else pd.read_parquet(path)
        for name in columns:
            words = [hostile(name, number) if text else text for number, text in enumerate(frame[name].fillna(""))]
            frame[name] = pd.Series(words, dtype=frame[name].dtype).where(frame[name].notna())
            changed += len(words)
        if columns and is_csv:
            frame.to_csv(path, index=False)
        elif columns:
            frame.to_parquet(path)
    assert changed > 10_000
    files = [line.split("  ", 1)[1] for line in (folder / store.SUMS_FILE).read_text("utf-8").splitlines()]
    lines = [f"{hashlib.sha256((folder / file).read_bytes()).hexdigest()}  {file}\n" for file in files]
    (folder / store.SUMS_FILE).write_text("".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    with serve(folder, settings={"ATLAS_TABLES": str(hostile_tables(folder / "tables"))}) as running:
        yield running


@pytest.fixture
def victim(visitor, attacked):
    """Visit the attacked atlas; afterwards no name has run, in the browser or on the server."""
    seen = visitor(url=attacked.url)
    yield seen
    page = seen.page.content() + "".join(frame.inner_text("body") for frame in seen.page.frames)
    assert PRODUCT not in page
    assert "uid=" not in page
    assert [url for url in seen.asked if "x-hostile" in url] == []
    assert not any(PRODUCT.encode() in frame for frame in seen.received)
    schemes = seen.page.evaluate("() => [...new Set([...document.querySelectorAll('a[href]')].map((a) => a.protocol))]")
    assert set(schemes) <= {"http:", "https:", "mailto:", "tel:"}


def shown(seen):
    """Return which hostile names are read on the page as they were written."""
    text = " ".join(seen.page.locator("body").inner_text().split())
    return {name for name in HOSTILE if " ".join(name.split()) in text}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_every_page_draws_hostile_names_as_text(victim, page):
    victim.open(f"/{page.key}", territory="MA")
    assert victim.heading()
    victim.page.evaluate("() => document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    if page.key in SAY_NAMES:
        assert len(shown(victim)) >= 3


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_table_filters_and_sheet_of_a_hostile_project_are_text(victim, language):
    victim.open("/projects", lang=language, territory="MA", sort="title")
    victim.page.locator("table tbody tr[data-act]").first.click()
    sheet = victim.page.get_by_role("article")
    sheet.wait_for()
    assert any(name in sheet.inner_text() for name in HOSTILE)
    for button in victim.page.get_by_role("search").locator("[data-all]:visible").all():
        button.click()
    assert len(shown(victim)) > len(HOSTILE) - 4


@pytest.mark.parametrize("tab", ["charts", "places"])
def test_charts_and_list_of_hostile_names_are_text(victim, tab):
    victim.open("/projects", tab=tab, territory="09")
    for table in victim.page.get_by_text(load_texts("fr")("chart.as_table")).all():
        table.click()
    victim.settle()
    assert shown(victim)


def test_tips_and_labels_of_the_map_are_text(victim):
    victim.open("/projects", map="9/30.2/-8.9")
    map_ = victim.page.get_by_role("application")
    map_.scroll_into_view_if_needed()
    box = map_.bounding_box()
    tips = set()
    for step in range(60):
        x, y = (step % 10 + 0.5) / 10, (step // 10 + 0.5) / 6
        victim.page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        victim.page.wait_for_timeout(50)
        tips |= {name for name in HOSTILE if name in map_.inner_text()}
    assert len(tips) >= 3


@pytest.fixture
def framed(tmp_path):
    """Start the attacked atlas with its map in the frame of streamlit-folium, which runs the script folium renders."""
    settings = {"ATLAS_TABLES": str(hostile_tables(tmp_path / "tables")), "ATLAS_MAP_HOST": "st_folium"}
    with serve(tmp_path, settings=settings) as running:
        yield running


def test_the_map_in_a_frame_draws_hostile_names_as_text(framed, visitor):
    seen = visitor(url=framed.url)
    seen.open("/projects")
    seen.page.frame_locator("iframe").first.locator("canvas").first.wait_for()
    seen.page.wait_for_timeout(1000)
    assert shown(seen)
    assert not any(PRODUCT.encode() in frame for frame in seen.received)
    assert [url for url in seen.asked if "x-hostile" in url] == []
