"""How much waits for somebody, counted by the database: every page asks, and none needs the records themselves."""

from sqlalchemy import ColumnElement, Connection, func, not_, or_, select

from data.records.database import Database
from data.records.rights import COUNTRY, Person
from data.records.tables import record_places, records


def to_decide(database: Database, person: Person) -> int:
    """Count what was submitted where a validator decides: as many as `Service.inbox` lists (StoreUnavailable).

    Whether the person is a validator is not asked here.
    """
    with database.reading() as connection:
        return _count(connection, records.c.status == "submitted", *_covered(person))


def sent_back(database: Database, person: Person) -> int:
    """Count the entries of a person that came back to them (StoreUnavailable)."""
    with database.reading() as connection:
        return _count(connection, records.c.status == "returned", records.c.created_by == person.account_id)


def reports(database: Database) -> int:
    """Count the reports that nobody has decided yet (StoreUnavailable)."""
    with database.reading() as connection:
        return _count(connection, records.c.kind == "correction", records.c.status == "submitted")


def _count(connection: Connection, *conditions: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(records).where(*conditions)).scalar_one())


def _covered(person: Person) -> list[ColumnElement[bool]]:
    """Say of a record in SQL what `rights.covers` says of one that was read."""
    codes = person.territory_codes
    if not codes or COUNTRY in codes:
        return []
    place = select(record_places.c.place_id).where(record_places.c.record_id == records.c.record_id)
    outside = place.where(
        not_(or_(*(record_places.c.territory_code.startswith(code, autoescape=True) for code in codes)))
    )
    placed = place.exists()
    return [or_(placed & not_(outside.exists()), not_(placed) & (records.c.kind == "correction"))]
