"""Resident memory of the server before and after so many visitors came, each of whom made two changes and stayed.

The first visitors of all are not counted: what the atlas loads once is no session's. The usual way takes and gives back
tens of megabytes in each run, in which its sessions cannot be told.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

from data.catalog import load_catalog
from tests.bench.house import House, Server
from tests.bench.measurement import Row
from tests.bench.protocol import Session, session

WARM_UP, SESSIONS, CHANGES = 4, 30, 2
SESSION_MB = 1.0


def measure(house: House) -> Sequence[Row]:
    """Measure ours."""
    with house.ours() as server:
        ours = asyncio.run(_growth_mb(server, "projects", SESSIONS))
    return [Row("memory of one more session", "MB", SESSION_MB, ours, note=f"{SESSIONS} sessions")]


async def _growth_mb(server: Server, page: str, sessions: int) -> float:
    async with AsyncExitStack() as stack:
        for _ in range(WARM_UP):
            await _use(await stack.enter_async_context(session(server.port, page)))
        before = server.rss_mb()
        for _ in range(sessions):
            await _use(await stack.enter_async_context(session(server.port, page)))
        # Memory given back in the meantime can be more than a few sessions take.
        return max(0.0, (server.rss_mb() - before) / sessions)


async def _use(visitor: Session) -> None:
    await visitor.open()
    for sector in list(load_catalog().sectors)[:CHANGES]:
        await visitor.choose(sector)
