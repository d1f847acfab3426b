"""A store of one's own for each test: SQLite always, PostgreSQL where `ATLAS_TEST_DATABASE_URL` names one."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from data.records.database import Database
from data.records.repository import Repository
from tests.reliability import stores

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=stores.KINDS)
def database_url(request, tmp_path):
    if request.param == "postgresql" and not stores.SERVER:
        pytest.skip(stores.NO_SERVER)
    with stores.new_store(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url):
    opened = Database.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def repository(database):
    seconds, numbers = itertools.count(), itertools.count(1)
    return Repository(
        database,
        clock=lambda: (START + timedelta(seconds=next(seconds))).isoformat(timespec="microseconds"),
        make_id=lambda kind: f"{kind}-{next(numbers):04d}",
    )
