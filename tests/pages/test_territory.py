"""The territory sheet by its address: every level in every language, what is absent said, nonsense answered."""

import re
from urllib.parse import parse_qs

import pytest

from data.texts import languages, load_texts
from geo.territory_state import TerritoryState
from pages import PAGES
from pages.ui import words
from pages.ui.knowledge import knowledge
from pages.ui.records import corrections_view
from pages.ui.territory import (
    territory_beside,
    territory_elsewhere,
    territory_end,
    territory_figures,
    territory_head,
    territory_map,
    territory_sectors,
)
from pages.ui.territory.territory_place import needs_measured, place, standing_in
from tests.pages.visit import read, visit

TERRITORY = next(page for page in PAGES if page.key == "territory")
PLACES = {
    "country": "MA",
    "region": "09",
    "province": "09541",
    "commune": "095410723",
    "town": "090010101",
    "elsewhere": "030610101",
    "arrondissement": "015110103",
    "village": "5410723201001",
    "village_withheld": "5410723201002",
}
each_language = pytest.mark.parametrize("language", languages())
each_place = pytest.mark.parametrize("code", PLACES.values(), ids=PLACES)


@pytest.fixture(scope="module")
def know():
    return knowledge()


@each_language
@each_place
def test_a_sheet_names_its_place_says_the_finding_and_keeps_its_address(know, code, language):
    seen = visit(TERRITORY, language, territory=code)
    assert seen.failures == []
    t = load_texts(language)
    found = place(know, code)
    assert seen.heading().strip() == territory_head.name(know, found, t)
    assert territory_head.finding(know, found, t) in " ".join(read(seen.html).words)
    assert seen.address["territory"] == code
    assert not [text for text in read(seen.html).words if "nan" in re.findall(r"\w+", text)]


@each_language
def test_a_sheet_has_the_two_feet_of_its_two_printed_pages_and_its_sources(know, language):
    t = load_texts(language)
    html = visit(TERRITORY, language, territory="095410723").html
    words = " ".join(read(html).words)
    for page in (1, 2):
        assert t("territory.foot", place=know.territories.name("095410723", language), page=page, pages=2,
                 version=know.version) in words  # fmt: skip
    cited = territory_end.sources(know, place(know, "095410723"), t)
    assert len(cited) >= 8
    assert all(source in words for source in cited)


def test_the_finding_of_toubkal_in_words(know):
    t = load_texts("fr")
    said = territory_head.finding(know, place(know, "095410723"), t)
    stands = standing_in(know, place(know, "095410723"), "MA")
    assert said.startswith("Toubkal\u00a0: 8\u202f538 habitants\u00a0; besoin plus fort que dans 62")
    assert round(100 * stands.below) == 62
    assert said.endswith("surtout pour l’assainissement et l’énergie de cuisson\u00a0; 4 projets recensés.")


@each_language
def test_a_name_known_in_tifinagh_stands_beside_the_two_others(language):
    html = visit(TERRITORY, language, territory="090010101").html
    assert '<p class="other" lang="zgh" dir="ltr">ⴰⴳⴰⴷⵉⵔ</p>' in html
    assert 'lang="zgh"' not in visit(TERRITORY, language, territory="095410723").html


def test_the_three_kinds_of_absence_are_three_sentences(know):
    t = load_texts("fr")
    first: dict[str, str] = {}
    for code in ("030610101", "095410721", *know.territories.commune_codes):
        first.setdefault(place(know, code).absence, code)
        if len(first) == 4:
            break
    assert set(first) == {"", "area_only", "none_reported", "no_reporter"}
    said = {territory_head.projects_said(place(know, code), t) for code in first.values()}
    assert len(said) == 4
    assert first["no_reporter"] == "030610101"
    assert first["area_only"] == "095410721"  # Tizgzaouine: projects of the whole province of Taroudannt only
    assert "aucune source" in territory_head.projects_said(place(know, "030610101"), t)


@each_language
def test_where_no_village_is_listed_the_sheet_says_why(know, language):
    t = load_texts(language)
    name = know.territories.name("030610101", language)
    assert t("territory.villages.elsewhere", place=name) in " ".join(
        read(visit(TERRITORY, language, territory="030610101").html).words
    )
    town = know.territories.name("090010101", language)
    assert t("territory.villages.town", place=town) in " ".join(
        read(visit(TERRITORY, language, territory="090010101").html).words
    )


@pytest.mark.parametrize(
    ("place_kind", "packed"), [("province", "09541"), ("village", "095410723"), ("arrondissement", "015110100")]
)
def test_the_sheet_leads_to_the_package_of_its_place(know, place_kind, packed):
    t = load_texts("fr")
    found = place(know, PLACES[place_kind])
    ways = {one["name"]: one["url"] for one in territory_elsewhere.elsewhere(know, found, t)}
    assert parse_qs(ways[t("menu.package")].partition("?")[2])["territory"] == [packed]


def test_what_is_not_known_is_counted_from_the_data(know):
    t = load_texts("fr")
    said = territory_end.unknown(know, place(know, "095410723"), t)
    assert t("territory.unknown.amount", n=2, total="4") in said  # C014 has no amount, C017 no year to convert it
    assert t("territory.unknown.withheld_villages", n=15) in said  # 44 villages, 29 with distances
    assert t("territory.unknown.no_reporter") in territory_end.unknown(know, place(know, "030610101"), t)


@pytest.mark.parametrize("nonsense", ["99", "95410723", "5410723201099", "<script>", "09541.09"])
def test_a_code_that_does_not_exist_is_said_and_the_home_region_is_shown(know, nonsense):
    t = load_texts("fr")
    seen = visit(TERRITORY, "fr", territory=nonsense)
    assert seen.failures == []
    assert t("state.problem.unknown", parameter="territory", value=nonsense) in " ".join(read(seen.html).words)
    assert seen.heading().strip() == know.territories.name("09", "fr")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Toubkal", "095410723"),
        ("توبقال", "095410723"),
        ("09541", "09541"),
        ("5410723201001", "5410723201001"),
        ("province de Tiznit", "09581"),
    ],
)
def test_a_name_or_a_code_leads_to_its_sheet(typed, code):
    assert visit(TERRITORY, "fr", territory="09").act(place=typed).address["territory"] == code


def test_a_name_that_several_places_bear_is_asked_about(know):
    seen = visit(TERRITORY, "fr", territory="09").act(place="Tiznit")
    assert seen.address["territory"] == "09"
    acts = [act["territory"] for act in read(seen.html).acts if "territory" in act]
    assert len(acts) > 1
    assert len(set(acts)) == len(acts)
    assert all(code in know.territories or code in know.villages for code in acts)
    unknown = seen.act(place="Zzyzxqq")
    assert load_texts("fr")("place.unknown", text="Zzyzxqq") in " ".join(read(unknown.html).words)


def test_a_name_nobody_bears_opens_no_sheet_of_another_place():
    seen = visit(TERRITORY, "fr", territory="09").act(place="Tiwadou")  # nearest: the village Tiladou
    assert seen.address["territory"] == "09"
    document = read(seen.html)
    assert load_texts("fr")("place.near", text="Tiwadou") in " ".join(document.words)
    assert [act["territory"] for act in document.acts if "territory" in act] == ["5410957201002"]
    assert seen.act(place="Tiladou").address["territory"] == "5410957201002"


def test_one_service_too_far_is_said_in_the_singular(know):
    said = territory_head.finding(know, place(know, "0010509210010"), load_texts("fr"))
    assert "de 1 service sur 6 (santé)" in said


def test_the_country_has_the_name_of_the_visitor_s_language(know):
    assert [know.territories.name("MA", language) for language in ("ar", "fr", "en", "xx")] == [
        "المغرب",
        "Maroc",
        "Morocco",
        "Maroc",
    ]
    assert know.territories.name("09", "en") == know.territories.name("09", "fr")


def test_a_report_about_a_village_names_it_and_its_commune(know):
    t = load_texts("fr")
    assert "Walhori" in corrections_view.subject_name("0010509210010", know, t)
    assert "Drargua" in corrections_view.subject_name("0010509210010", know, t)


def test_every_link_of_a_sheet_leads_to_a_page_and_a_place_that_exist(know):
    pages = {page.key for page in PAGES}
    links = read(visit(TERRITORY, "ar", territory="09541").html).links
    assert len(links) > 100
    for link in links:
        page, _, query = link.partition("?")
        params = dict(pair.split("=") for pair in query.split("&"))
        assert page in pages
        named = params.get("territory") or params["subject"]
        assert named in know.territories or named in know.villages
        assert page != "actors" or params["sel"] in know.actor_codes["selected"]


def test_the_rows_of_sectors_are_the_measured_needs_and_health_is_said_not_measured(know):
    t = load_texts("fr")
    table = territory_sectors.table(know, place(know, "095410723"), t)
    assert [row["label"] for row in table["rows"][1:]] == [t(f"theme.{theme}") for theme in needs_measured(know)]
    assert t("sector.health") in [row["label"] for row in table["others"]]


def test_the_sheet_says_what_changed_since_2014_and_what_cannot_be_compared(know):
    t = load_texts("fr")
    table = territory_sectors.table(know, place(know, "095410723"), t)
    since = [next(cell["text"] for cell in row["cells"] if cell["code"] == "since") for row in table["rows"]]
    assert since == ["33 → 19", "31 → 19", "15 → 10", "58 → 16", "25 → 7", "39 → 45", "–"]
    assert "Le plus fort recul\u00a0: la route, de 58 à 16." in table["since"]
    assert "Le besoin a grandi pour l’éducation (de 39 à 45)." in table["since"]
    assert "Sans mesure comparable aux deux recensements\u00a0: Énergie de cuisson." in table["since"]


def test_a_need_without_meaning_in_a_town_is_not_said_to_be_low(know):
    t = load_texts("fr")
    rows = {row["label"]: row for row in territory_sectors.table(know, place(know, "095810105"), t)["rows"]}
    cells = {cell["code"]: cell["text"] for cell in rows["Routes"]["cells"]}
    assert cells["need"] == "sans objet (ville)"
    assert cells["meaning"] == "Besoin sans objet – seulement un projet plus large"


def test_little_money_per_inhabitant_is_not_written_as_none(know):
    t = load_texts("fr")
    others = territory_sectors.table(know, place(know, "09"), t)["others"]
    each = {row["label"]: cell["text"] for row in others for cell in row["cells"] if cell["code"] == "each"}
    assert each["Migration et gouvernance"] == "0,4\u00a0DH"  # 1,098,000 DH among 3,020,431 people
    assert words.per_person(0.01, t) == "< 0,1"


def test_two_provinces_stand_side_by_side_and_the_address_keeps_both(know):
    seen = visit(TERRITORY, "fr", territory="09551", beside="09581")
    assert seen.failures == []
    assert seen.app.query_params["beside"] in ("09581", ["09581"])
    for t in map(load_texts, languages()):
        table = territory_figures.table(know, place(know, "09551"), t, beside="09581")
        both = [know.territories.name(code, t.language) for code in ("09551", "09581")]
        assert [head["name"] for head in table["heads"][:2]] == both
        water = next(row for group in table["groups"] for row in group["rows"] if "of=running_water" in row["url"])
        # ../shared/data/census/rgph2024_facts.parquet: Tata 96.7, Tiznit 84.4.
        assert [cell["text"] for cell in water["cells"][:2]] == [t.percent(0.967, 1), t.percent(0.844, 1)]
        assert [len(row["cells"]) for row in table["groups"][0]["rows"]] == [4, 4, 4]
        assert table["groups"][0]["rows"][1]["cells"][0]["text"] == "31"  # projects of Tata


@pytest.mark.parametrize(
    ("code", "beside"), [("09551", "09551"), ("09551", "09"), ("MA", "09"), ("5410723201001", "09")]
)
def test_what_is_no_other_of_its_kind_is_not_set_beside(know, code, beside):
    found = place(know, code)
    assert territory_beside.chosen(know, found, TerritoryState(code, beside)) == ""
    options = territory_beside.choice(know, found, "", load_texts("fr")).get("options", [])
    assert code not in [option["code"] for option in options]


def test_towns_and_countryside_stand_apart_where_the_census_published_them(know):
    t = load_texts("fr")
    rows = {
        code: {row["label"]: row for group in territory_figures.table(know, place(know, code), t)["groups"]
               for row in group["rows"]}
        for code in ("09541", "095410723")
    }  # fmt: skip
    # ../shared/data/census/rgph2024_facts.parquet, geo_code 9541: running water 91.8, urban 97.8, rural 88.8.
    assert [part["text"] for part in rows["09541"]["Eau courante"]["parts"]] == ["97,8 %", "88,8 %"]
    assert [part["text"] for part in rows["09541"]["Route goudronnée"]["parts"]] == ["sans objet (ville)", "1,5 km"]
    assert [part["text"] for part in rows["09541"]["Vulnérabilité"]["parts"]] == ["–", "–"]
    assert rows["095410723"]["Eau courante"]["parts"] == []


def test_a_withheld_distance_is_said_so_and_a_click_on_the_map_leads_to_the_commune(know):
    t = load_texts("fr")
    facts = territory_figures.brief(know, place(know, PLACES["village_withheld"]), t)["facts"]
    assert [fact["value"] for fact in facts].count(t("villages.withheld")) == 6
    number = know.territories.commune_index["095410723"]
    assert territory_map.changes(know, {"kind": "commune", "index": number}) == {"territory": "095410723"}
    assert territory_map.changes(know, {"kind": "commune", "index": 99_999}) == {}


def test_a_project_clicked_on_the_map_of_a_sheet_opens_its_own_sheet(know):
    codes = know.register.projects["project_code"].tolist()
    clicked = territory_map.changes(know, {"kind": "point", "project": codes.index("C013")})
    seen = visit(TERRITORY, "fr", territory="095410723").act(**clicked)
    assert seen.failures == []
    assert (seen.address["territory"], seen.address["sel"]) == ("095410723", "C013")
    title = know.register.projects["title_fr"].iloc[codes.index("C013")]
    assert title in " ".join(read(seen.html).words)
    assert territory_map.changes(know, {"kind": "points", "projects": []}) == {}
