"""Sheets of many places in one PDF, here or partly by another process: two draw an atlas in half the time."""

import datetime as dt
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from data.exchange.workplace import workplace
from data.texts import Texts
from layers.paper import render
from layers.paper.document import Document
from layers.paper.page import Page
from layers.paper.place_sheet import pages as drawn
from pages.ui.knowledge import Knowledge
from pages.ui.paper.paper_sheet import foot, paper_sheet
from pages.ui.territory import territory_head
from pages.ui.territory.territory_place import place

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parents[3]
PAGES_A_SHEET = 2
OTHERS_SHARE = 0.47
"""Of the sheets, what the second process draws: it begins by reading the tables, the first joins the parts."""
WORTH_IT = 12
NAMED = 3  # places, in the title of a file of many
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

    names = [territory_head.name(know, place(know, code), t) for code in codes[:NAMED]]
    return render.pdf(all_pages(), Document(t("list.separator").join(names), t.language, t.direction))


def sheets_by_two(
    know: Knowledge, codes: Sequence[str], t: Texts, *, made: dt.date, first: int, pages: int, done: Done
) -> list[bytes]:
    """Return the sheets as two parts to be joined, the second drawn by another process, or here where that fails.

    Whatever `done` raises is raised, and the process ended: nothing of it is left.
    """
    own = len(codes) - (int(len(codes) * OTHERS_SHARE) if len(codes) >= WORTH_IT else 0)
    if own == len(codes):
        return [sheets_pdf(know, codes, t, made=made, first=first, pages=pages, done=done)]
    at = first + PAGES_A_SHEET * own
    with _elsewhere(codes[own:], t, done, made=made, first=at, pages=pages) as (told, result):
        mine = sheets_pdf(know, codes[:own], t, made=made, first=first, pages=pages, done=told)
        theirs = result()
    if theirs is None:
        theirs = sheets_pdf(know, codes[own:], t, made=made, first=at, pages=pages)
    return [mine, theirs]


@contextmanager
def _elsewhere(
    codes: Sequence[str], t: Texts, done: Done, *, made: dt.date, first: int, pages: int
) -> Iterator[tuple["_Told", Callable[[], bytes | None]]]:
    """Have sheets drawn by another process: what to tell of one's own, what waits for theirs (None where it failed)."""
    with workplace() as folder:
        part = folder / "part.pdf"
        words = ["--places", *codes, "--language", t.language, "--date", made.isoformat(), "--out", str(part)]
        words += ["--first-page", str(first), "--pages", str(pages)]
        with subprocess.Popen(  # noqa: S603 - codes of the tables and words of ours
            [sys.executable, "-m", "layers", "sheets", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            told = _Told(process, frozenset(codes), done)

            def result() -> bytes | None:
                told.to_the_end()
                return part.read_bytes() if process.wait() == 0 and part.is_file() else None

            try:
                yield told, result
            finally:  # ended by itself where its result was waited for
                process.terminate()
                told.listener.join()


class _Told:
    """Passes on what this process draws, and what the other has said meanwhile, in one thread."""

    def __init__(self, process: subprocess.Popen[str], theirs: frozenset[str], done: Done) -> None:
        self.process, self.theirs, self.done = process, theirs, done
        self.heard: list[str] = []
        self.passed = 0
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()

    def __call__(self, code: str) -> None:
        self._catch_up()
        self.done(code)

    def to_the_end(self) -> None:
        """Pass on all that the other says until it ends."""
        while self.listener.is_alive():
            self.listener.join(0.2)
            self._catch_up()
        self._catch_up()

    def _listen(self) -> None:
        self.heard.extend(line.strip() for line in self.process.stderr or ())

    def _catch_up(self) -> None:
        for line in self.heard[self.passed :]:
            self.passed += 1
            if line in self.theirs:
                self.done(line)
            else:
                LOG.warning("the process that draws sheets: %s", line)
