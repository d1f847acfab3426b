"""The census office's workbook of villages is recognised and held against those shipped."""

from data import store
from data.imports.sheet import Row, Sheet
from data.imports.villages import columns_of, compare

COLUMNS = ("Code", "الدوار", "Ménages", "Population", "Route goudronnée (km)", "Piste", "École primaire", "Collège")
COLUMNS = (*COLUMNS, "Lycée", "Centre de santé")
# Tiourar, as the HCP publishes it (RGPH 2024); a spreadsheet has dropped the zeros its code begins with.
TIOURAR = (10501205006, "تيورار", 212, 901, 0.25, 0, 0.47, 7.09, 12.18, 3.32)
WITHHELD = ("0010501205009", "تاكضوين", 6, 15, None, None, None, None, None, None)


def compared(*rows):
    territories = store.load("territories")
    communes = frozenset(territories.loc[territories["level"] == "commune", "territory_code"])
    sheet = Sheet("Douars", "xlsx", COLUMNS, [Row(number, list(cells)) for number, cells in enumerate(rows, 2)])
    return compare(sheet, store.load("villages"), communes)


def test_the_layout_is_recognised_and_a_table_of_projects_is_not_taken_for_it():
    assert set(columns_of(Sheet("x", "xlsx", COLUMNS, []))) >= {"douar_code", "people", "health_centre_km"}
    assert columns_of(Sheet("x", "csv", ("code", "projet", "commune", "population"), [])) == {}


def test_what_is_shipped_is_unchanged_withheld_rows_included():
    assert compared(TIOURAR, WITHHELD).counts == {"created": 0, "updated": 0, "unchanged": 2, "quarantined": 0}


def test_changes_news_and_doubts_are_told_apart():
    fewer = (*TIOURAR[:2], 200, *TIOURAR[3:])
    new = ("0010501299999", "جديد", 5, 20, *[None] * 6)
    partly = (*WITHHELD[:4], 1.5, *[None] * 5)
    nowhere = ("9999999000001", "x", 1, 1, *[None] * 6)
    found = compared(fewer, new, partly, nowhere, ("abc", "x", 1, 1, *[None] * 6))
    assert found.counts == {"created": 1, "updated": 1, "unchanged": 0, "quarantined": 3}
    assert [problem.rule for _, problem in found.problems] == [
        "partly_withheld",
        "unknown_commune_of_village",
        "not_a_village_code",
    ]
    assert found.read == sum(found.counts.values())
