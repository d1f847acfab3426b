"""A picture goes with its record: kept, shown with what is published, taken out, back with an undo, in every copy."""

import io
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import text

from data.records import audit, pictures
from data.records.backup import backup, check, restore
from data.records.database import Database
from data.records.errors import RecordNotFound
from data.records.pictures import MOST_UNNAMED, Picture, PicturesFull
from data.records.rights import VISITOR, Person, RightsError
from data.records.service import ContentError, Service
from tests.data.records.conftest import START

CODES = {"sectors": {"water"}, "territories": {"095410723"}, "projects": set()}
WELL = {
    "title": {"fr": "Puits de Tabia"},
    "status": "closed",
    "sectors": [{"sector_code": "water"}],
    "places": [{"territory_code": "095410723"}],
}


def drawn(shade: int = 0) -> Picture:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), (shade, 90, 90)).save(written, "JPEG")
    return Picture("image/jpeg", 30, 20, written.getvalue())


def showing(*picture_ids: str) -> dict:
    return {**WELL, "pictures": [{"picture": one, "caption": {"fr": "Le puits"}} for one in picture_ids]}


@pytest.fixture
def author(repository):
    return Service(repository, Person("amina", "contributor"), CODES)


@pytest.fixture
def validator(repository):
    return Service(repository, Person("brahim", "validator"), CODES)


def test_a_picture_is_public_while_it_is_published_and_comes_back_with_an_undo(author, validator, database):
    one, two = author.keep_picture(drawn(1)), author.keep_picture(drawn(2))
    record = author.create("project", showing(one, two), submit=True)
    kept = pictures.get(database, one)
    assert (kept.record_id, kept.picture, kept.sha256) == (record.record_id, drawn(1), one[-64:])
    assert pictures.published_entry(database, kept) is None
    assert pictures.published(database) == {}
    validator.validate(record.record_id, version=1)
    (first, second) = pictures.published(database)[record.record_id]
    assert (first.picture_id, first.media_type, first.width, first.height) == (one, "image/jpeg", 30, 20)
    assert first.said["caption"] == {"fr": "Le puits"}
    assert second.picture_id == two
    author.edit(record.record_id, showing(two), version=2)
    assert pictures.published_entry(database, kept)["picture"] == one  # until the change is validated
    validator.validate(record.record_id, version=3)
    assert pictures.published_entry(database, kept) is None
    validator.undo(record.record_id, 1, version=4)
    assert pictures.published_entry(database, pictures.get(database, one))["picture"] == one
    assert audit.verify(database) == []


def test_nobody_shows_a_picture_that_another_sent(author, repository):
    mine = author.keep_picture(drawn())
    record = author.create("project", showing(mine))
    other = Service(repository, Person("other", "contributor"), CODES)
    waiting = author.keep_picture(drawn())
    for theirs in (mine, waiting, f"pic-{'0' * 16}-{'0' * 64}", "../../etc/passwd"):
        with pytest.raises(ContentError) as refused:
            other.create("project", showing(theirs))
        assert refused.value.problems[-1].rule == "unknown_picture"
    author.edit(record.record_id, showing(mine, waiting), version=1)
    with pytest.raises(ContentError):
        author.create("project", showing(mine))  # it is that of another record of theirs now
    with pytest.raises(RightsError):
        Service(repository, VISITOR, CODES).keep_picture(drawn())


def test_a_picture_that_no_record_names_goes_after_a_day_and_there_are_not_many(author, database):
    forgotten = author.keep_picture(drawn())
    after = START + timedelta(days=1, hours=1)
    for number in range(MOST_UNNAMED):
        other = replace(drawn(), body=drawn().body + bytes([number + 1]))
        pictures.keep(database, other, actor="amina", at=after.isoformat(timespec="microseconds"))
    assert pictures.get(database, forgotten) is None
    with pytest.raises(PicturesFull):
        pictures.keep(database, drawn(), actor="amina", at=after.isoformat(timespec="microseconds"))
    again = pictures.keep(database, other, actor="amina", at=after.isoformat(timespec="microseconds"))
    assert pictures.get(database, again).picture == other  # what waits already takes no more room
    assert pictures.keep(database, drawn(), actor="brahim", at=after.isoformat(timespec="microseconds"))


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not on this machine")
def test_pictures_are_in_every_copy_and_one_that_was_changed_is_found(author, database, database_url, tmp_path):
    picture = author.keep_picture(drawn(7))
    author.create("project", showing(picture))
    backup(database, tmp_path / "copy")
    with database.writing() as connection:
        connection.execute(text("UPDATE attachments SET body = :other"), {"other": drawn(8).body})
    assert [(one.subject, one.rule) for one in check(database).breaks] == [(picture, "changed")]
    database.close()
    restore(database_url, tmp_path / "copy")
    back = Database.open(database_url)
    assert pictures.get(back, picture).picture == drawn(7)
    assert check(back).is_sound
    back.close()


def test_a_picture_erased_for_good_is_in_no_version_and_no_later_copy(
    author, validator, repository, database, tmp_path
):
    picture = author.keep_picture(drawn(5))
    record = author.create("project", showing(picture), submit=True)
    validator.validate(record.record_id, version=1)
    author.edit(record.record_id, WELL, version=2)
    for stranger in (VISITOR, Person("x", "contributor"), Person("y", "validator", territory_codes=("01",))):
        with pytest.raises(RightsError):
            Service(repository, stranger, CODES).erase_picture(record.record_id, picture)
    assert pictures.of_record(database, record.record_id) == [picture]
    seen = repository.version()
    validator.erase_picture(record.record_id, picture)
    assert repository.version() > seen
    assert (pictures.get(database, picture), pictures.published(database)) == (None, {})
    with pytest.raises(RecordNotFound):
        validator.erase_picture(record.record_id, picture)
    validator.undo(record.record_id, 1, version=3)
    validator.validate(record.record_id, version=4)  # what names it can be published still, without it
    assert pictures.published(database) == {}
    other = author.create("project", WELL)
    with pytest.raises(ContentError):  # but nothing new can name it
        author.edit(other.record_id, showing(picture), version=1)
    assert check(database).is_sound
    if database.file:
        backup(database, tmp_path / "copy")
        held = [file.read_bytes() for file in (tmp_path / "copy", database.file)]
        assert not any(drawn(5).body[-200:] in content for content in held)
