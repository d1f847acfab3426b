"""The API gives what the pages show, says what was asked wrongly, and never fails or leaks."""

from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.texts import languages, load_texts
from geo import villages_state
from geo.need_selection import select_needs
from geo.needs_state import NeedsState
from geo.selection import select
from geo.state import ADDRESS, State
from geo.village_selection import select_villages
from geo.villages_state import VillagesState
from pages.ui.about import about_api
from pages.ui.api import api
from pages.ui.api.api_collections import COLLECTIONS
from pages.ui.api.kept_answers import Answer, KeptAnswers
from pages.ui.asked import state_asked
from pages.ui.knowledge import knowledge
from pages.ui.templating import render

FEW = [f"/{collection.name}" for collection in COLLECTIONS]
REGION_WATER = 94.2
"""Census of 2024, as published: % of the households of Souss-Massa with running water."""


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
    paging = [one for one in answer.json()["problems"] if one["parameter"] in ("limit", "offset")]
    assert all(one["parameter"] in one["said"] for one in paging)  # and not the page, which is no parameter here
    # A page goes on without the choice and says so; a program is refused, and told nothing of the kind.
    t = load_texts(language)
    instead = {t(f"state.instead.{why}") for why in ("unknown", "years", "page", "stranger")}
    assert not any(words in one["said"] for one in answer.json()["problems"] for words in instead)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [("territory=09&territory=01", ["territory"]), ("lang=xx&limit=1", ["lang"]), ("lang=fr&lang=ar", ["lang"])],
)
def test_a_parameter_said_twice_and_a_language_nobody_has_are_refused(client, query, wrong):
    answer = client.get(f"/api/v1/projects?{query}")
    assert (answer.status_code, [one["parameter"] for one in answer.json()["problems"]]) == (400, wrong)


def test_the_words_are_in_the_language_a_reader_likes_unless_one_is_asked_for(client):
    liked = {"accept-language": "de, ar-MA;q=0.9, en;q=0.5"}
    arabic = client.get("/api/v1/projects?limit=1", headers=liked)
    assert (arabic.headers["content-language"], arabic.json()["name"][0]) == ("ar", load_texts("ar")("atlas.name")[0])
    assert "Accept-Language" in arabic.headers["vary"]
    assert client.get("/api/v1/projects?limit=1&lang=en", headers=liked).headers["content-language"] == "en"
    assert client.get("/api/v1/projects?limit=1").headers["content-language"] == "fr"  # not the copy kept for another
    refused = client.get("/api/v1/projects?limit=x", headers=liked)
    assert (refused.headers["content-language"], refused.json()["title"]) == ("ar", load_texts("ar")("api.problem.400"))


@pytest.mark.parametrize(("held", "status"), [("*", 304), ("W/{}", 304), ('"a", {}', 304), ('"a"', 200), ("", 200)])
def test_a_copy_is_held_by_its_tag_and_by_nothing_else(client, held, status):
    tag = client.get("/api/v1/projects?limit=1").headers["etag"]
    answer = client.get("/api/v1/projects?limit=1", headers={"if-none-match": held.format(tag)})
    assert (answer.status_code, answer.headers["etag"]) == (status, tag)


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/projects", "/api/v1/nowhere/at/all", "/api/v1/openapi.json"])
def test_what_only_reads_says_so_to_who_would_write(client, path):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    asked = client.options(path)
    assert (asked.status_code, asked.content) == (204, b"")
    assert "If-None-Match" in asked.headers["access-control-allow-headers"]


def test_an_address_of_nothing_is_said_in_words(client):
    answer = client.get("/api/v1/nowhere/at/all?lang=ar")
    assert (answer.status_code, answer.json()["title"]) == (404, load_texts("ar")("api.problem.404"))
    assert client.get("/api/v1/projects/?limit=1").json()["numberReturned"] == 1


def test_one_project_is_found_by_its_code_and_an_unknown_one_is_said(client):
    assert client.get("/api/v1/projects/B001").json()["id"] == "B001"
    assert client.get("/api/v1/projects/nope").status_code == 404


def test_every_row_of_the_villages_and_needs_pages_is_given_with_the_same_parameters(client):
    know = knowledge()
    state = VillagesState(territory="09541", service="high_school", km=15)
    selection = select_villages(
        know.villages, know.territories, state, default_km=know.default_km, index=know.village_names
    )
    answer = client.get("/api/v1/villages", params=villages_state.ADDRESS.encode(state) | {"limit": "1000"}).json()
    assert [feature["id"] for feature in answer["features"]] == [know.villages.codes[row] for row in selection.rows]
    assert len(selection) > 0
    needs = select_needs(know.needs, NeedsState(territory="09", subject="running_water", level="province"))
    answer = client.get("/api/v1/needs?territory=09&of=running_water&level=province").json()
    given = {feature["id"]: feature["properties"]["value"] for feature in answer["features"]}
    assert given == {needs.level.codes[row]: round(float(needs.value[row]), 6) for row in needs.rows}
    assert all(feature["geometry"]["type"].endswith("Polygon") for feature in answer["features"])


def test_all_villages_are_given_when_asked_also_those_whose_distances_are_withheld(client):
    answer = client.get("/api/v1/villages?list=all&limit=1").json()
    assert answer["numberMatched"] == 5470
    whole = client.get("/api/v1/villages?list=all&territory=095410723&limit=1000").json()["features"]
    withheld = [feature["properties"] for feature in whole if feature["properties"]["distances"] == "withheld"]
    assert withheld
    assert all(one["paved_road_km"] is None and one["beyond"] == "unknown" for one in withheld)


def test_a_territory_bears_every_indicator_and_what_is_not_known_says_why(client):
    answer = client.get("/api/v1/territories?territory=09&level=region").json()
    [region] = answer["features"]
    assert region["properties"]["running_water"] == REGION_WATER
    towns = client.get("/api/v1/territories?territory=09001&level=commune").json()["features"]
    agadir = next(one["properties"] for one in towns if one["properties"]["territory_name"] == "Agadir")
    assert (agadir["paved_road_km"], agadir["paved_road_km_state"]) == (None, "not_applicable")


def test_an_answer_travels_compressed_and_is_kept_for_whoever_asks_again(client, monkeypatch):
    plain = client.get("/api/v1/villages?territory=09541&limit=50", headers={"accept-encoding": "identity"})
    for coding in ("br", "gzip"):
        packed = client.get(plain.url, headers={"accept-encoding": f"{coding}, zstd;q=0"})
        assert packed.headers["content-encoding"] == coding
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) * 2 < len(plain.content)
    refused = client.get(plain.url, headers={"accept-encoding": "br;q=0"})
    assert "content-encoding" not in refused.headers
    monkeypatch.setattr(api, "write_geojson", None)  # nothing is made anew
    assert client.get(plain.url, headers={"if-none-match": plain.headers["etag"]}).status_code == 304


def test_answers_kept_never_outgrow_their_place():
    kept = KeptAnswers(most_bytes=10)
    for key in range(5):
        kept.keep(key, Answer(b"1234", "text/plain"))
    assert [key for key in range(5) if kept.get(key)] == [3, 4]
    kept.keep(9, Answer(b"far too long to be kept", "text/plain"))
    assert (kept.get(9), kept.bytes) == (None, 0)


def test_an_index_of_needs_that_all_weigh_nothing_is_refused_in_words(client):
    weights = ".".join(f"{need}~0" for need in knowledge().known_needs["weights"])
    answer = client.get("/api/v1/needs", params={"w": weights})
    assert answer.status_code == 400
    assert "zéro" in answer.json()["problems"][0]["said"]


def test_answers_are_what_their_description_says(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    schemas = {"components": described["components"]}
    for path, operations in described["paths"].items():
        answer = client.get("/api/v1" + path.replace("{code}", "B001"), params={"limit": "3"} if path in FEW else {})
        assert answer.status_code == 200, path
        schema = next(iter(operations["get"]["responses"]["200"]["content"].values()))["schema"]
        assert list(Draft202012Validator({**schema, **schemas}).iter_errors(answer.json())) == [], path
    problem = Draft202012Validator({"$ref": "#/components/schemas/Problem", **schemas})
    assert list(problem.iter_errors(client.get("/api/v1/projects?limit=0").json())) == []


def test_every_parameter_described_is_understood_with_each_of_its_values(client):
    described, know = client.get("/api/v1/openapi.json").json()["paths"], knowledge()
    tried = 0
    for collection in COLLECTIONS:
        for parameter in described[f"/{collection.name}"]["get"]["parameters"]:
            values = [one["value"] for one in parameter.get("x-values", ()) if parameter["name"] != "w"]
            for value in filter(None, [*values, parameter.get("example")]):
                asked = {parameter["name"]: value}
                state_asked(asked, collection.address, collection.known(know), load_texts("fr"), more=collection.more)
                tried += 1
    assert tried > 100


@pytest.mark.parametrize("language", languages())
def test_the_page_for_people_says_all_that_the_description_says_and_its_examples_work(client, language):
    know, t = knowledge(), load_texts(language)
    shown = about_api.about("http://testserver", know, t)
    described = client.get(f"/api/v1/openapi.json?lang={language}").json()
    html = unescape(render("api.html", **shown))
    for path, operations in described["paths"].items():
        assert f"GET {path}" in html
        for parameter in operations["get"]["parameters"]:
            assert parameter["description"] in html
            assert all(one["value"] in html for one in parameter.get("x-values", ()))
    said = [one for path in shown["paths"] for one in path["properties"]]
    assert len(said) > 150
    assert [one["name"] for one in said if not one["said"] or one["said"] == one["name"]] == []
    (water,) = (one["said"] for one in said if one["name"] == "running_water")
    assert t("indicator.running_water.label") in water
    assert all(client.get(one["example"]).status_code == 200 for one in shown["paths"])


def test_the_dataset_names_its_sources_with_their_licences(client):
    catalog = client.get("/api/v1/catalog.jsonld").json()
    assert len(catalog["dct:source"]) >= 3
    assert all(source["dct:license"] for source in catalog["dct:source"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*ADDRESS.keys, "limit", "offset", "lang"]), st.text(max_size=20)))
def test_no_question_whatever_makes_it_fail(client, params):
    answer = client.get("/api/v1/projects", params=params)
    assert answer.status_code in (200, 400)
