"""Sheets of many places in one PDF, here or partly by another process: two draw an atlas in half the time."""

import datetime as dt
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread

from data.texts import Texts
from layers.paper import render
from layers.paper.page import Page
from layers.paper.place_sheet import pages as drawn
from pages.ui import territory_head
from pages.ui.knowledge import Knowledge
from pages.ui.paper_sheet import foot, paper_sheet
from pages.ui.territory_place import place

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
PAGES_A_SHEET = 2
OTHERS_SHARE = 0.47
"""Of the sheets, what the second process draws: it begins by reading the tables, the first joins the parts."""
WORTH_IT = 12
"""Sheets from which starting another process saves time."""

Done = Callable[[str], None]
"""Told the code of each sheet when it is drawn; may raise to stop."""


def sheets_pdf(
    know: Knowledge,
    codes: Sequence[str],
    t: Texts,
    *,
    made: dt.date,
    first: int = 1,
    pages: int | None = None,
    done: Done | None = None,
) -> bytes:
    """Return the sheets of places, one after the other.

    Parameters
    ----------
    first, pages
        Number of the first page and of all pages of the whole they belong to; None is all pages drawn here.
    """
    total = pages or first - 1 + PAGES_A_SHEET * len(codes)

    def all_pages() -> Iterator[Page]:
        for number, code in enumerate(codes):
            at = first + PAGES_A_SHEET * number
            name = territory_head.name(know, place(know, code), t)
            feet = foot(know, name, at, total, t), foot(know, name, at + 1, total, t)
            yield from drawn(paper_sheet(know, code, t, made=made, feet=feet))
            if done:
                done(code)

    return render.pdf(all_pages())


def sheets_by_two(
    know: Knowledge, codes: Sequence[str], t: Texts, *, made: dt.date, first: int, pages: int, done: Done
) -> list[bytes]:
    """Return the sheets as two parts to be joined, the second drawn by another process, or here where that fails.

    Whatever `done` raises is raised, and the process ended: nothing of it is left.
    """
    own = len(codes) - (int(len(codes) * OTHERS_SHARE) if len(codes) >= WORTH_IT else 0)
    if own == len(codes):
        return [sheets_pdf(know, codes, t, made=made, first=first, pages=pages, done=done)]
    with tempfile.TemporaryDirectory(prefix="atlas-sheets-") as folder:
        part = Path(folder) / "part.pdf"
        words = ["--places", *codes[own:], "--language", t.language, "--date", made.isoformat(), "--out", str(part)]
        words += ["--first-page", str(first + PAGES_A_SHEET * own), "--pages", str(pages)]
        process = subprocess.Popen(  # noqa: S603 - codes of the tables and words of ours
            [sys.executable, "-m", "layers", "sheets", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        theirs = frozenset(codes[own:])
        heard: list[str] = []
        listener = Thread(target=lambda: heard.extend(line.strip() for line in process.stderr or ()), daemon=True)
        listener.start()
        try:
            told = _Told(heard, theirs, done)
            mine = sheets_pdf(know, codes[:own], t, made=made, first=first, pages=pages, done=told)
            while process.poll() is None:
                listener.join(0.2)
                told.catch_up()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        listener.join()
        told.catch_up()
        if process.returncode == 0 and part.is_file():
            return [mine, part.read_bytes()]
    LOG.warning("the second process failed: %s", "\n".join(line for line in heard if line not in theirs)[-2000:])
    at = first + PAGES_A_SHEET * own
    return [mine, sheets_pdf(know, codes[own:], t, made=made, first=at, pages=pages)]


class _Told:
    """Passes on what this process draws, and what the other has said meanwhile, in one thread."""

    def __init__(self, heard: list[str], theirs: frozenset[str], done: Done) -> None:
        self.heard, self.theirs, self.done, self.passed = heard, theirs, done, 0

    def __call__(self, code: str) -> None:
        self.catch_up()
        self.done(code)

    def catch_up(self) -> None:
        """Tell what the other process has said since."""
        for line in self.heard[self.passed :]:
            self.passed += 1
            if line in self.theirs:
                self.done(line)
