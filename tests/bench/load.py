"""Fifty visitors at once on the cartography, each choosing a sector about every 10 s (5 to 15), for a minute.

They speak Streamlit's protocol without a browser, on the machine of the server and sharing its cores. A change counts
from its sending to the end of its answer; the answer must show the sector asked for, else it is an error. The usual way
is measured with ten visitors: with fifty it does not finish opening within the minute.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from data.catalog import load_catalog
from tests.bench.house import House, Server
from tests.bench.measurement import Row, p95
from tests.bench.protocol import WrongAnswerError, session

SESSIONS, NAIVE_SESSIONS = 50, 10
ARRIVAL_S, LASTING_S, THINK_S = 10.0, 60.0, (5.0, 15.0)
P95_S, ERRORS = 0.7, 0.0


@dataclass
class Tally:
    """What the visitors met, seconds."""

    opened: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure(house: House) -> Sequence[Row]:
    """Measure both."""
    with house.ours() as server:
        ours = asyncio.run(_visits(server, "projects", SESSIONS))
    with house.naive() as server:
        naive = asyncio.run(_visits(server, "", NAIVE_SESSIONS))
    said = f"{SESSIONS} sessions, 10 s think time"
    fewer = f"the usual way: {NAIVE_SESSIONS} sessions only"
    return [
        Row(f"{said}: p95 of a change", "s", P95_S, p95(ours.changes), p95(naive.changes), note=fewer),
        Row(f"{said}: p95 of opening the page", "s", None, p95(ours.opened), p95(naive.opened), note=fewer),
        Row(f"{said}: errors", "", ERRORS, len(ours.errors), len(naive.errors), note=f"{len(ours.changes)} changes"),
    ]


async def _visits(server: Server, page: str, sessions: int) -> Tally:
    tally = Tally()
    async with session(server.port, page) as first:
        await first.open()
    ends = asyncio.get_running_loop().time() + ARRIVAL_S + LASTING_S
    visitors = (_visitor(server, page, tally, random.Random(number), ends) for number in range(sessions))  # noqa: S311 - no secret
    await asyncio.gather(*visitors)
    return tally


async def _visitor(server: Server, page: str, tally: Tally, chance: random.Random, ends: float) -> None:
    sectors = list(load_catalog().sectors)
    now = asyncio.get_running_loop().time
    await asyncio.sleep(chance.uniform(0, ARRIVAL_S))
    try:
        async with session(server.port, page) as visitor:
            tally.opened.append(await visitor.open())
            while True:
                think = chance.uniform(*THINK_S)
                if now() + think > ends:
                    return
                await asyncio.sleep(think)
                tally.changes.append(await visitor.choose(chance.choice(sectors)))
    except (WrongAnswerError, WebSocketException, OSError) as error:
        tally.errors.append(str(error))
