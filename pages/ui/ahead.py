"""What pages show is laid out before anybody asks: at the start, and whenever something else is published.

Whoever decides sees it at once, for their own page lays it out; without this, what another process wrote (a command, an
import, a second server) would be laid out by the first visitor who comes, who would wait for it.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread
from typing import Any

from data.errors import AtlasError
from pages.ui import living
from pages.ui.knowledge import knowledge

LOG = logging.getLogger(__name__)
LOOK_EVERY_S, AFTER_A_FAILURE_S = 2.0, 30.0
"""A look costs a tenth of a millisecond of SQLite, or one question to a server; a store that is away is left alone."""


@asynccontextmanager
async def laying_out(_app: Any) -> AsyncIterator[None]:
    """Keep what is published laid out as long as the server lives."""
    stopped = Event()
    Thread(target=keep_laid_out, args=(stopped,), name="ahead", daemon=True).start()
    try:
        yield
    finally:
        stopped.set()


def keep_laid_out(stopped: Event, *, every_s: float = LOOK_EVERY_S, after_failure_s: float = AFTER_A_FAILURE_S) -> None:
    """Lay out each new state of what is published, until told to stop."""
    laid_out: str | None = None
    wait_s = 0.0
    while not stopped.wait(wait_s):
        wait_s = every_s
        try:
            view = living.published_view()
            if living.failure():
                wait_s = after_failure_s
            elif view != laid_out:
                knowledge()
                laid_out = view
        except AtlasError as error:  # pages say it to whoever comes; what is mended is laid out then
            LOG.info("nothing is laid out ahead: %s", error)
            wait_s = after_failure_s
