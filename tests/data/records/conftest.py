"""A store of one's own for each test: SQLite always, PostgreSQL where `ATLAS_TEST_DATABASE_URL` names one."""

import itertools
import os
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, make_url, text

from data.records.database import Database
from data.records.repository import Repository

START = datetime(2026, 1, 1, tzinfo=UTC)
POSTGRESQL = os.environ.get("ATLAS_TEST_DATABASE_URL", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'atlas.sqlite'}"
        return
    if not POSTGRESQL:
        pytest.skip("no PostgreSQL here: ATLAS_TEST_DATABASE_URL names none (see README, Tests)")
    server = create_engine(make_url(POSTGRESQL).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    name = f"atlas_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


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
