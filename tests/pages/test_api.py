"""The API gives what the pages show, says what was asked wrongly, and never fails or leaks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.texts import languages
from geo.selection import select
from geo.state import ADDRESS, State
from pages.ui import api
from pages.ui.knowledge import knowledge


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=api.ROUTES), raise_server_exceptions=True) as opened:
        yield opened


def test_the_same_filters_give_the_same_projects_as_the_page(client):
    state = State(territory="09", sector=("health",))
    expected = select(knowledge().register, state)
    answer = client.get("/api/v1/projects", params=ADDRESS.encode(state) | {"limit": "1000"}).json()
    assert [feature["id"] for feature in answer["features"]] == list(expected.codes)
    assert answer["numberMatched"] == answer["numberReturned"] == len(expected) > 0
    money = sum(feature["properties"]["counted_mad_in_selection"] or 0 for feature in answer["features"])
    assert money == pytest.approx(expected.totals.counted_mad, abs=0.001)


def test_pages_follow_one_another_without_gap_or_repeat(client):
    seen, address = [], "/api/v1/projects?territory=09&limit=50"
    while address:
        answer = client.get(address).json()
        seen += [feature["id"] for feature in answer["features"]]
        address = next((link["href"] for link in answer["links"] if link["rel"] == "next"), None)
    assert len(seen) == len(set(seen)) == answer["numberMatched"] == len(select(knowledge().register, State("09")))


def test_an_answer_kept_by_a_reader_is_not_sent_again(client):
    first = client.get("/api/v1/projects?limit=2")
    again = client.get("/api/v1/projects?limit=2", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in first.headers["cache-control"]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("sector=nonsense", ["sector"]),
        ("colour=red&sector=nonsense", ["colour", "sector"]),
        ("limit=0", ["limit"]),
        ("limit=abc&offset=-1", ["limit", "offset"]),
        ("limit=99999999999999999999", ["limit"]),
        ("territory=99999", ["territory"]),
        ("years=abc", ["years"]),
    ],
)
@pytest.mark.parametrize("language", languages())
def test_what_is_asked_wrongly_is_named_in_words(client, query, wrong, language):
    answer = client.get(f"/api/v1/projects?{query}&lang={language}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert [one["parameter"] for one in answer.json()["problems"]] == wrong
    assert all(one["said"] and "problem." not in one["said"] for one in answer.json()["problems"])


def test_one_project_is_found_by_its_code_and_an_unknown_one_is_said(client):
    assert client.get("/api/v1/projects/B001").json()["id"] == "B001"
    assert client.get("/api/v1/projects/nope").status_code == 404


def test_answers_are_what_their_description_says(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    schemas = {"components": described["components"]}
    projects = Draft202012Validator({"$ref": "#/components/schemas/Projects", **schemas})
    problem = Draft202012Validator({"$ref": "#/components/schemas/Problem", **schemas})
    assert list(projects.iter_errors(client.get("/api/v1/projects?limit=20").json())) == []
    assert list(problem.iter_errors(client.get("/api/v1/projects?limit=0").json())) == []
    for path in described["paths"]:
        answer = client.get("/api/v1" + path.replace("{code}", "B001"))
        assert answer.status_code == 200, path
    named = {one["name"] for one in described["paths"]["/projects"]["get"]["parameters"]}
    assert {"sector", "funder", "territory", "years", "limit", "offset"} <= named


def test_the_dataset_names_its_sources_with_their_licences(client):
    catalog = client.get("/api/v1/catalog.jsonld").json()
    assert len(catalog["dct:source"]) >= 3
    assert all(source["dct:license"] for source in catalog["dct:source"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*ADDRESS.keys, "limit", "offset", "lang"]), st.text(max_size=20)))
def test_no_question_whatever_makes_it_fail(client, params):
    answer = client.get("/api/v1/projects", params=params)
    assert answer.status_code in (200, 400)
