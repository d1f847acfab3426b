"""Who can act: the rows of the directories are bodies of one identity; calls, guide, figures, needs are whole."""

import re
from pathlib import Path

import pandas as pd
import pytest

from data.actors_catalog import AUDIENCES, load_actors_catalog
from data.catalog import load_catalog
from data.errors import CodeError
from data.prepare import calls, diaspora, directory, expressed_needs, guide, institutions
from data.prepare.reading import read_decisions
from data.store import TABLES_FOLDER, load
from data.texts import languages, load_texts

SOURCE = Path(__file__).parents[3] / "shared" / "data"
TABLES = (
    *("organisations", "organisation_aliases", "organisation_zones", "organisation_sectors", "organisation_sources"),
    *("competences", "competence_territories", "competence_subjects", "calls", *calls.LISTS),
    *("guide_facts", "legal_texts", "diaspora_figures", "expressed_needs"),
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
# Numbers of Morocco and France, as written there (06 12 34 56 78) or from abroad (+212 6…, 00212 6…, +33 6…).
TELEPHONE = re.compile(r"(?<![\w/=.-])(?:(?:\+|00)\d{2,3}[\s.-]?[1-9]|0[5-8])(?:[\s.-]?\d{2}){4}(?!\d)")


@pytest.fixture(scope="module")
def bodies():
    return load("organisations").set_index("organisation_code")


def test_every_row_of_the_four_directories_is_there_and_merges_are_accounted_for(bodies):
    rows = load("organisation_sources")
    # 22 + 145 associations and partners, 17 + 62 institutions.
    assert rows["register"].value_counts().to_dict() == {
        "directory_associations": 22,
        "directory_associations_2": 145,
        "directory_institutions": 17,
        "directory_institutions_2": 62,
    }
    # 167 rows of associations are 166 bodies: Seine-Saint-Denis has a row for Figuig and one for Inezgane.
    associations = rows[rows["register"].str.startswith("directory_associations")]
    assert (len(associations), associations["organisation_code"].nunique()) == (167, 166)
    # 17 bodies, and 62 rows that are 54: 4 services of Entraide nationale, 3 of education, 2 each of health, consulates
    # and the council of Taroudannt; 12 stand in both files: 17 + 54 - 12 = 59.
    institutions = rows[rows["register"].str.startswith("directory_institutions")]
    assert (len(institutions), institutions["organisation_code"].nunique()) == (79, 59)
    # FORIM and the provincial council of associations of Taroudannt stand in both kinds.
    both = set(associations["organisation_code"]) & set(institutions["organisation_code"])
    assert both == {"forim", "conseil-associatif-taroudannt"}
    # 223 bodies in all; the register already knew 17 of the first file of associations, 28 more of the second, 9 of the
    # first file of institutions and 13 more of the second.
    listed = set(rows["organisation_code"])
    assert len(listed) == 166 + 59 - 2
    assert listed <= set(bodies.index)
    in_register = listed & set(load("project_organisations")["organisation_code"])
    assert len(in_register) == 17 + 28 + 9 + 13


def test_bodies_under_a_fuller_name_in_the_second_file_of_institutions_are_one():
    rows = load("organisation_sources")
    first, second = (
        set(rows.loc[rows["register"] == f"directory_institutions{part}", "organisation_code"]) for part in ("", "_2")
    )
    assert first & second == {
        *("abh-souss-massa", "ads", "andzoa", "apdn", "ccme", "conseil-regional-souss-massa", "cri-souss-massa"),
        *("fondation-hassan-ii-mre", "odco", "ormva-souss-massa", "srm-souss-massa", "tamwilcom"),
    }


@pytest.mark.parametrize(
    ("spellings", "code"),
    [
        (("Migrations & Développement (M&D)", "Migrations & Développement (appui)"), "migrations-developpement"),
        (("Coopérative Toudarte", "coopérative féminine Toudert"), "toudert"),
        (("Sanad Al Ajial Agadir", "association Sanad Al Ajyal (Agadir)"), "sanad-al-ajyal"),
        (("Akhiam", "Akhyam (Imilchil)"), "akhiam"),
        (
            ("IFAD (Institut de formation des agents de développement)", "IFAD"),
            "institut-formation-agents-developpement",
        ),
        (
            ("Fondation intercommunale du bassin de l’Arghen", "intercommunalité du Bassin de l’Arghen"),
            "fondation-arghen",
        ),
        (
            (
                "Conseil provincial du travail associatif de Taroudannt",
                "Conseil provincial de l'action associative de Taroudannt",
            ),
            "conseil-associatif-taroudannt",
        ),
    ],
)
def test_known_doubles_are_one(spellings, code):
    aliases = load("organisation_aliases").set_index("alias")["organisation_code"]
    assert {aliases[spelling] for spelling in spellings} == {code}


def test_homonyms_and_predecessors_stay_apart():
    aliases = load("organisation_aliases").set_index("alias")["organisation_code"]
    apart = ["Association Al Khayr (Taourirte)", "Association Al Khayr", "association Al Khayr"]
    assert aliases[apart].nunique() == 3
    assert aliases[["Ville de Chambéry", "Chambéry métropole"]].nunique() == 2
    assert aliases[["Région Aquitaine", "Région Nouvelle-Aquitaine"]].nunique() == 2
    assert aliases[["ALCESDAM", "ALCESDAM France"]].nunique() == 2


def test_every_name_a_directory_writes_is_an_alias_of_its_body():
    aliases = load("organisation_aliases").set_index("alias")["organisation_code"]
    rows = load("organisation_sources")
    assert aliases[rows["name_said"]].tolist() == rows["organisation_code"].tolist()


def test_every_code_these_tables_cite_exists(bodies):
    territories, sectors = set(load("territories")["territory_code"]), set(load_catalog().sectors)
    for table in TABLES:
        rows = load(table)
        for column, known in (
            ("organisation_code", set(bodies.index)),
            ("territory_code", territories),
            ("seat_code", territories),
            ("sector_code", sectors),
            ("subject_code", sectors | set(load_actors_catalog().topics) | set(measure_subjects())),
            ("organisation_type", set(load_catalog().organisation_types)),
            ("call_code", set(load("calls")["call_code"])),
            ("competence_code", set(load("competences")["competence_code"])),
            ("project_code", set(load("projects")["project_code"])),
            ("theme_code", set(load_actors_catalog().themes)),
            ("register", set(load_catalog().sources)),
        ):
            if column in rows:
                assert set(rows[column].dropna()) <= known, (table, column)


def measure_subjects():
    return set(read_decisions("diaspora_measures")["subject_code"])


def test_no_address_of_a_person_and_no_telephone_number_is_in_any_table():
    for table in TABLES:
        rows = load(table)
        for column in rows.select_dtypes("str"):
            said = rows[column].dropna()
            assert not said.str.contains(EMAIL).any(), (table, column)
            if not column.endswith(("_url", "_code")):
                assert not said.str.contains(TELEPHONE).any(), (table, column)


@pytest.mark.parametrize(
    "number", ["06 12 34 56 78", "0661234567", "+212 6 12 34 56 78", "+33 612345678", "00212661234567"]
)
def test_the_search_for_telephone_numbers_finds_them(number):
    assert TELEPHONE.search(f"appeler le {number} le soir")


@pytest.mark.parametrize("harmless", ["11/09/2020 au 11/11/2020", "1 131 000 personnes", "095410723", "2 267 370 DH"])
def test_the_search_for_telephone_numbers_leaves_dates_and_codes(harmless):
    assert not TELEPHONE.search(harmless)


def test_the_type_that_a_source_does_not_say_is_marked(bodies):
    doubtful = bodies[bodies["type_is_fallback"]]
    said = load("organisation_sources").set_index("organisation_code")["type_said"]
    assert len(doubtful) == 45
    assert set(said[doubtful.index]) == {"ONG"}
    assert set(doubtful["organisation_type"]) <= {"association", "ngo", "foundation"}


def test_a_foundation_with_two_published_dates_has_no_date_but_the_words(bodies):
    assert bodies.loc["toudert", "founded_said"] == "2004 ou 2011 (deux dates sur la même page)"
    assert pd.isna(bodies.loc["toudert", "founded"])
    assert bodies.loc["taitmatine", "founded"] == "2002-03-27"


def test_an_origin_is_declared_by_the_source_never_deduced():
    origins = load("organisation_zones").query("relation == 'origin'")
    assert set(origins["organisation_code"]) == {
        *("afoulki", "el-mers", "fadef", "hassanya-stains", "ksar-el-maiz", "souss-initiatives", "tiwizi-chtouka"),
    }
    assert origins["note"].notna().all()


def test_a_row_of_a_directory_without_a_decision_stops_the_preparation(tmp_path, monkeypatch):
    folder = tmp_path / "projects"
    folder.mkdir()
    columns = "nom,type,siege,creation,zones,secteurs,faits_publics,source_url\n"
    for file in directory.DIRECTORIES.values():
        (folder / file).write_text(columns + ("Association nouvelle,MRE,,,,,,\n" if file == "associations.csv" else ""))
    decided = read_decisions("directory").iloc[:0]
    monkeypatch.setattr(directory, "read_decisions", lambda _: decided)
    with pytest.raises(CodeError, match="Association nouvelle"):
        directory.read_entries(tmp_path)


def test_an_unknown_sector_word_names_the_file_to_complete():
    row = {
        "source": "directory_associations",
        "name": "X",
        "organisation_code": "x",
        "sectors_said": "apiculture lunaire",
    }
    with pytest.raises(CodeError, match=r"apiculture lunaire.*sector_words\.csv"):
        directory.sectors(pd.DataFrame([row]))


def test_every_institution_has_its_territories_or_the_country_it_serves():
    offices = load("competences").set_index("competence_code")
    served = set(load("competence_territories")["competence_code"])
    abroad = set(offices.index[offices["country"].notna()])
    # The network of consulates serves every country of residence.
    assert set(offices.index) - served == abroad | {"J53"}
    assert served & abroad == set()
    assert set(load("competence_subjects")["competence_code"]) == set(offices.index)
    assert set(offices["level"]) == {"national", "region", "province", "commune"}


def test_tata_depends_on_the_basin_agency_of_draa_oued_noun():
    # The second directory: the agency of Souss-Massa authorises no borehole in Tata.
    served = load("competence_territories").groupby("competence_code")["territory_code"].agg(set)
    assert "09551" in served["J08"]
    assert served["J07"] == {"09001", "09163", "09273", "09541", "09581"}


def test_the_28_calls_say_their_state_and_their_funders():
    known = load("calls").set_index("call_code")
    assert (known["register"] == "calls_public").sum() == 27
    assert known["state"].value_counts().to_dict() == {"closed": 21, "open": 3, "unknown": 3, "recurring": 1}
    assert set(load("call_funders")["call_code"]) == set(known.index)
    assert set(load("call_sectors")["call_code"]) == set(known.index)
    # Support of the ministry for associations of Moroccans abroad is for action where they live.
    assert set(known.index) - set(load("call_territories")["call_code"]) == {"A09"}


def test_the_two_source_programmes_have_their_announced_and_contracted_figures():
    known = load("calls").set_index("call_code")
    programmes = known[known["kind"] == "programme"]
    assert sorted(programmes.index) == ["A06", "S01"]
    # ICMD/JMDI II: 250,000 USD announced to each of two; 230,041 + 229,907.22 contracted (B001, B002).
    jmdi = programmes.loc["A06"]
    assert (jmdi["announced_amount"], jmdi["announced_currency"]) == (500_000, "USD")
    assert jmdi["contracted_amount"] == pytest.approx(459_948.22, abs=0.005)
    # Sharaka: 5,000,000 EUR announced by the Union; 5,271,000 with France and the Netherlands (B003).
    sharaka = programmes.loc["S01"]
    assert (sharaka["announced_amount"], sharaka["contracted_amount"]) == (5_000_000, 5_271_000)
    assert load("call_projects")["project_code"].tolist() == ["B001", "B002", "B003"]


def test_the_157_facts_of_the_guide_stand_in_15_themes_in_order():
    facts = load("guide_facts")
    assert len(facts) == 157
    assert facts["theme_code"].nunique() == 15
    assert set(facts["theme_code"]) == set(load_actors_catalog().themes)
    for theme, steps in facts.groupby("theme_code")["step_order"]:
        assert steps.tolist() == list(range(1, len(steps) + 1)), theme
    assert facts["to_verify"].sum() == 25
    assert facts.loc[facts["to_verify"], "verify_fr"].notna().all()
    assert facts["source_url"].str.startswith("http").all()


def test_what_the_guide_says_keeps_its_figures_in_every_language():
    """Numbers are the same in all three, but for the few that Arabic writes as words (two months, one year)."""
    written = re.compile(r"(?<=\d)[\u202f\u00a0 .,](?=\d)")
    translated = {
        "guide_facts": ("fact", "delay", "cost", "verify"),
        "legal_texts": ("fact", "limit"),
        "competences": ("role",),
    }
    in_words = 0
    for table, name in ((table, name) for table, names in translated.items() for name in names):
        for row in (
            load(table)[[f"{name}_{language}" for language in ("fr", "en", "ar")]].dropna().itertuples(index=False)
        ):
            french, english, arabic = (sorted(re.findall(r"\d+", written.sub("", words))) for words in row)
            assert french == english, row
            assert not set(arabic) - set(french), row
            in_words += french != arabic
    assert in_words < 10


def test_a_flag_that_is_neither_yes_nor_no_stops_the_preparation():
    steps = read_decisions("guide_steps")
    row = {"theme": "t", "etape": steps["step_fr"].iloc[0], "ordre": "1", "a_verifier": "peut-être"}
    rest = dict.fromkeys(("fait", "texte_ou_organisme", "delai", "cout", "source_url", "date_source"), "")
    with pytest.raises(CodeError, match="peut-être"):
        guide.guide_facts(pd.DataFrame([row | rest]))


def test_the_nine_legal_texts_say_what_was_not_read():
    texts = load("legal_texts")
    assert len(texts) == 9
    cited = {text for theme in load_actors_catalog().themes.values() for text in theme.legal_texts}
    # L9, the law of the Hassan II Foundation, belongs to no procedure.
    assert cited == set(texts["text_code"]) - {"L9"}


def test_the_254_figures_keep_their_sources_side_by_side():
    figures = load("diaspora_figures")
    assert len(figures) == 254
    assert (~figures["is_chartable"]).sum() == 14
    assert set(figures.loc[~figures["is_chartable"], "subject_code"]) == {"press_list"}
    # Remittances of 2024 are published as 117.7, 119 and 118.9 billion dirhams: three rows.
    remittances = figures.query("measure_fr == 'transferts des MRE' and first_year == 2024")
    assert remittances["value"].tolist() == [117.7, 119, 118.9]


def test_the_12_needs_voiced_are_in_official_territories():
    needs = load("expressed_needs")
    assert len(needs) == 12
    assert needs["precision"].value_counts().to_dict() == {"village": 8, "province": 3, "commune": 1}
    wide = needs[needs["territory_code"].str.len() == 5]
    assert set(wide["precision"]) == {"province"}


def test_themes_audiences_states_and_areas_have_words_in_every_language():
    codes = {
        "guide_theme": set(load_actors_catalog().themes),
        "topic": set(load_actors_catalog().topics),
        "audience": set(AUDIENCES),
        "call_state": set(load("calls")["state"]),
        "call_kind": set(load("calls")["kind"]),
        "zone_relation": set(load("organisation_zones")["relation"]),
        "figure_subject": measure_subjects(),
        "figure_unit": set(load("diaspora_figures")["unit"]),
        "organisation_type": set(load_catalog().organisation_types),
        "office_level": set(load("competences")["level"]),
    }
    for language in languages():
        t = load_texts(language)
        missing = {f"{kind}.{code}" for kind, known in codes.items() for code in known if not t.has(f"{kind}.{code}")}
        assert missing == set(), language
        areas = set(load("diaspora_figures")["area_code"])
        assert {code for code in areas if t.area(code) == code} == set(), language
    assert [load_texts(language).area("ES") for language in ("fr", "ar", "en")] == ["Espagne", "إسبانيا", "Spain"]


def test_translated_titles_are_in_their_language():
    for table, column in (
        ("calls", "title"),
        ("legal_texts", "title"),
        ("guide_facts", "step"),
        ("guide_facts", "fact"),
        ("legal_texts", "fact"),
        ("competences", "role"),
        ("diaspora_figures", "measure"),
        ("expressed_needs", "need"),
    ):
        rows = load(table)
        assert rows[f"{column}_ar"].str.contains(r"[\u0600-\u06ff]").all(), table
        assert not rows[f"{column}_en"].str.contains(r"[\u0600-\u06ff]").any(), table
        assert (rows[[f"{column}_fr", f"{column}_en"]].map(len) > 1).all(axis=None), table


# --- Ten rows read again on the sources, by hand ---


def of(table, **where):
    rows = load(table)
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows


def test_hand_check_of_souss_initiatives(bodies):
    body = bodies.loc["souss-initiatives"]
    assert (body["organisation_type"], body["country"], body["founded"]) == ("mre_association", "FR", "2007")
    assert body["seat_place"] == "région parisienne"
    zones = of("organisation_zones", organisation_code="souss-initiatives")
    assert set(zip(zones["relation"], zones["territory_code"], strict=True)) == {
        ("origin", "09"),
        ("work", "095410723"),
        ("work", "095410111"),
    }
    sectors = set(of("organisation_sectors", organisation_code="souss-initiatives")["sector_code"])
    assert sectors == {"education", "health", "drinking_water", "social_services", "income_generation"}


def test_hand_check_of_migrations_developpement(bodies):
    body = bodies.loc["migrations-developpement"]
    assert (body["founded"], body["country"], body["acronym"]) == ("1986", "FR", "M&D")
    assert set(of("organisation_zones", organisation_code="migrations-developpement")["territory_code"]) == {"08", "09"}


def test_hand_check_of_tiwizi_chtouka(bodies):
    body = bodies.loc["tiwizi-chtouka"]
    assert (body["founded"], body["seat_code"], body["type_is_fallback"]) == ("1998-04-11", "091630111", True)


def test_hand_check_of_seine_saint_denis():
    zones = of("organisation_zones", organisation_code="departement-seine-saint-denis")
    assert set(zones["territory_code"]) == {"022510103", "09273"}
    assert len(of("organisation_sources", organisation_code="departement-seine-saint-denis")) == 2


def test_hand_check_of_the_multiservice_company():
    office = of("competences", competence_code="J05").iloc[0]
    assert (office["organisation_code"], office["level"], office["service_en"]) == (
        *("srm-souss-massa", "region"),
        "Village water",
    )
    subjects = set(of("competence_subjects", competence_code="J05")["subject_code"])
    assert subjects == {"drinking_water", "electricity", "sanitation"}


def test_hand_check_of_pra_osim():
    call = of("calls", call_code="A01").iloc[0]
    assert (call["state"], call["deadline"], call["amount_max"], call["currency"]) == (
        *("recurring", "2024-05-15"),
        *(15_000, "EUR"),
    )
    assert pd.isna(call["amount_min"])
    assert (call["eligible_country"], of("call_funders", call_code="A01")["organisation_code"].tolist()) == (
        "FR",
        ["forim"],
    )


def test_hand_check_of_the_mmd_grant_facility():
    call = of("calls", call_code="A22").iloc[0]
    assert (call["amount_min"], call["amount_max"], call["deadline"]) == (300_000, 1_500_000, "2024-06-17")


def test_hand_check_of_the_threshold_of_a_public_agreement():
    fact = of("guide_facts", fact_code="convention_publique-03").iloc[0]
    assert (fact["cost_fr"], fact["source_date"], fact["to_verify"]) == ("plus de 50 000 DH", "2008-11-19", False)


def test_hand_check_of_moroccans_in_france_in_2008():
    figure = of("diaspora_figures", measure_en="Moroccans residing abroad", area_code="FR", first_year=2008).iloc[0]
    assert (figure["value"], figure["unit"], figure["note_fr"]) == (1_131_000, "people", "Fondation Hassan II")


def test_hand_check_of_the_need_of_illigh():
    need = of("expressed_needs", need_code="E07").iloc[0]
    assert (need["territory_code"], need["organisation_code"], need["date"]) == ("095510505", "illigh", "2024-09")
    assert (need["sector_code"], need["quantity"], need["unit_fr"]) == ("drinking_water", 1, "station")


@pytest.mark.shared
def test_the_tables_are_what_the_preparation_makes(tmp_path):
    if not SOURCE.is_dir():
        pytest.skip("the shared sources are not beside the repository")
    for module in (directory, institutions, calls, guide, diaspora, expressed_needs):
        module.prepare(SOURCE, tmp_path)
    # The bodies and their aliases are made again in the tests of the register.
    for table in TABLES[2:]:
        made, shipped = (folder / f"{table}.csv" for folder in (tmp_path, TABLES_FOLDER))
        assert made.read_bytes() == shipped.read_bytes(), f"{table}: run `make tables`"
