"""IATI: what is written keeps the official schema and comes back as it left; files of others are read as they are."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from data.catalog import load_catalog
from data.errors import TableError
from data.exchange.activity import Activity, ActivityBody, ActivityPicture, ActivityPlace, ActivitySector
from data.exchange.iati_codes import ORGANISATION_TYPE
from data.exchange.iati_file import as_uri, write_iati
from data.exchange.iati_reading import read_iati
from data.exchange.provenance import Provenance
from geo.activities import activities
from geo.portfolio import Labels
from geo.selection import select
from geo.state import State
from pages.ui.knowledge import knowledge

SHARED = Path(__file__).parents[3] / "shared" / "data" / "iati"
ABOUT = Provenance(
    title="Projets -- Souss-Massa",
    filters_said=(),
    url="https://atlas.example/projects?territory=09",
    made_on=dt.date(2026, 1, 1),
    data_version="0123456789ab",
    sources=(),
)
WELL = Activity(
    identifier="B001",
    title={"fr": "Puits <de> Tabia & {{7*7}}", "ar": "بئر"},
    description={"fr": "Un puits"},
    status="implementation",
    start_date="2014",
    end_date="2016-03",
    sectors=(ActivitySector("drinking_water", "14031", 60.0, "Eau"), ActivitySector("health", "12230", 40.0, "Santé")),
    places=(
        ActivityPlace("095410723", "Tabia", "Douar Igoudar", -8.5, 30.125, "2"),
        ActivityPlace("09", "Souss-Massa"),
    ),
    bodies=(ActivityBody("funding", "AFD", "afd", "agency"), ActivityBody("implementing", "M&D", "md", "ngo")),
    amount="3981250.00",
    currency="EUR",
    amount_year=2014,
    beneficiaries_said="300 familles",
    part_of="B000",
    source_url="https://example.org/a?b=1&c=2",
    source_date="2015-02",
    precision="region",
)
PHOTOGRAPH = ActivityPicture(
    "atlas/picture/pic-1",
    "image/jpeg",
    {"ar": "بئر"},
    "Amina",
    "CC BY 4.0",
    "https://creativecommons.org/licenses/by/4.0/",
)


@pytest.fixture(scope="module")
def souss_massa():
    know = knowledge()
    labels = Labels(language="fr", territory=know.territories.names("fr"))
    types = know.organisations["organisation_type"].to_dict()
    found = list(activities(select(know.register, State(territory="09")), labels=labels, types=types))
    assert len(found) > 100
    return found


def test_a_project_comes_back_as_it_left():
    assert read_iati(write_iati([WELL], provenance=ABOUT)) == [WELL]


def test_a_picture_is_linked_with_its_author_and_licence_and_is_no_source_of_facts():
    written = write_iati([replace(WELL, pictures=(PHOTOGRAPH,), source_url=None)], provenance=ABOUT)
    assert 'url="atlas/picture/pic-1" format="image/jpeg"' in written.decode()
    assert "Amina – CC BY 4.0, https://creativecommons.org/licenses/by/4.0/" in written.decode()
    assert read_iati(written)[0].source_url is None


def test_an_address_that_is_no_uri_comes_back_as_it_left_unless_somebody_changed_it():
    address = "https://example.org/مشاريع/a b[1].pdf"
    written = write_iati((replace(WELL, source_url=address),), provenance=ABOUT)
    assert read_iati(written)[0].source_url == address
    assert 'url="https://example.org/%D9%85' in written.decode()
    corrected = written.replace(b"%20b%5B1%5D.pdf", b"%20c.pdf")
    assert read_iati(corrected)[0].source_url == as_uri("https://example.org/مشاريع/a c.pdf")


def test_the_projects_of_souss_massa_come_back_as_they_left(souss_massa):
    back = read_iati(write_iati(souss_massa, provenance=ABOUT))
    assert len(back) == len(souss_massa)
    for left, returned in zip(souss_massa, back, strict=True):
        assert returned.identifier == left.identifier
        assert (returned.title, returned.status, returned.amount, returned.currency) == (
            left.title,
            left.status,
            left.amount,
            left.currency,
        )
        assert [(place.territory_code, place.lon, place.lat) for place in returned.places] == [
            (place.territory_code, place.lon, place.lat) for place in left.places
        ]
        assert [(one.code, one.share_pct) for one in returned.sectors] == [
            (one.code, one.share_pct) for one in left.sectors
        ]
        assert [(body.role, body.code) for body in returned.bodies] == [(body.role, body.code) for body in left.bodies]
        assert (returned.start_date, returned.end_date) == (left.start_date, left.end_date)


@pytest.mark.shared
def test_what_is_written_keeps_the_official_schema(souss_massa):
    schema = etree.XMLSchema(etree.parse(SHARED / "schema" / "iati-activities-schema.xsd"))
    for written in ([WELL], [replace(WELL, pictures=(PHOTOGRAPH,))], souss_massa, [Activity("X", {"fr": "Sans rien"})]):
        schema.validate(etree.fromstring(write_iati(written, provenance=ABOUT)))
        assert list(schema.error_log) == []


@pytest.mark.shared
def test_files_of_others_and_of_older_versions_are_read():
    files = [file for file in sorted((SHARED / "samples").glob("*.xml")) if "invalid_xml" not in file.name]
    counts = {file.name: len(read_iati(file.read_bytes())) for file in files}
    assert counts["kosovo_v1.04_2act.xml"] == 2
    assert counts["missing_dates_v1.0_49act.xml"] == 49
    (many,) = read_iati((SHARED / "samples" / "iati_standard_example_2.03_8loc.xml").read_bytes())[:1]
    assert len(many.places) >= 1
    older = read_iati((SHARED / "samples" / "kosovo_v1.04_2act.xml").read_bytes())
    assert all(one.title and one.identifier for one in older)
    with pytest.raises(TableError):
        read_iati((SHARED / "samples" / "invalid_xml_errors_2.03.xml").read_bytes())


def test_shares_of_each_vocabulary_sum_to_a_hundred(souss_massa):
    root = etree.fromstring(write_iati(souss_massa, provenance=ABOUT))
    checked = 0
    for activity in root.iter("iati-activity"):
        for vocabulary in ("1", "99"):
            shares = [float(one.get("percentage")) for one in activity.findall(f"sector[@vocabulary='{vocabulary}']")]
            if shares:
                checked += 1
                assert sum(shares) == pytest.approx(100, abs=0.01)
    assert checked > 100


def test_an_amount_without_a_year_is_not_given_a_date():
    bare = Activity("X", {"fr": "Sans date"}, amount="5000.00", currency="MAD")
    written = write_iati([bare], provenance=ABOUT)
    assert b"<transaction" not in written
    assert read_iati(written) == [bare]


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"not xml",
        b"<iati-activities>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><iati-activities>&a;</iati-activities>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><iati-activities/>',
        b"<html/>",
    ],
)
def test_what_is_no_iati_file_is_refused(hostile):
    with pytest.raises(TableError):
        read_iati(hostile)


@given(st.text(), st.text())
def test_no_text_whatever_breaks_the_file(title, name):
    written = write_iati([Activity("X", {"fr": title}, bodies=(ActivityBody("funding", name),))], provenance=ABOUT)
    assert etree.fromstring(written).tag == "iati-activities"


def test_every_type_and_role_of_the_catalogue_is_known_to_the_writer():
    assert set(ORGANISATION_TYPE) <= set(load_catalog().organisation_types)
