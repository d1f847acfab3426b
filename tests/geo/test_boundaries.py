"""Who lies in whom, on a country of two regions, three provinces, five communes and a city of two arrondissements."""

import numpy as np
import pandas as pd
import pytest

from data.errors import CodeError
from geo.boundaries import Territories
from geo.need_levels import layout, level_of

ROWS = [
    ("MA", "country", None, "Maroc", "المغرب", 60),
    ("01", "region", "MA", "Nord", "الشمال", 40),
    ("02", "region", "MA", "Sud", "الجنوب", 20),
    ("01001", "province", "01", "Mer", "البحر", 30),
    ("01002", "province", "01", "Mont", "الجبل", 10),
    ("02001", "province", "02", "Sable", "الرمل", 20),
    ("010010101", "commune", "01001", "Ville", "المدينة", 25),
    ("010010201", "commune", "01001", "Champ", "الحقل", 5),
    ("010020101", "commune", "01002", "Neige", "الثلج", None),
    ("020010101", "commune", "02001", "Dune", "الكثيب", 15),
    ("020010201", "commune", "02001", "Oasis", "الواحة", 5),
    ("010010102", "arrondissement", "010010101", "Vieille ville", "المدينة القديمة", 20),
    ("010010103", "arrondissement", "010010101", "Nouvelle ville", "المدينة الجديدة", 5),
]
COLUMNS = ["territory_code", "level", "parent_code", "name_fr", "name_ar", "population_2024"]
CITY, OLD_TOWN = "010010101", "010010102"


def table(*changed):
    rows = {row[0]: row for row in (*ROWS, *changed)}
    return pd.DataFrame(list(rows.values()), columns=COLUMNS)


@pytest.fixture(scope="module")
def toy():
    return Territories.from_table(table())


def test_what_contains_a_place_is_told_from_the_nearest_up(toy):
    assert toy.ancestors(OLD_TOWN) == (CITY, "01001", "01", "MA")
    assert (toy.parent_of(OLD_TOWN), toy.parent_of("MA")) == (CITY, None)
    assert toy.ancestors("MA") == ()


def test_a_place_lies_in_itself_and_in_what_contains_it_only(toy):
    assert toy.is_within("01", "01")
    assert toy.is_within(OLD_TOWN, "01")
    assert not toy.is_within("01", OLD_TOWN)
    assert not toy.is_within("020010101", "01")


def test_what_lies_in_a_place_is_told_in_the_order_of_the_table(toy):
    assert toy.children_of("01") == ("01001", "01002")
    assert toy.children_of("01", "commune") == ("010010101", "010010201", "010020101")
    assert toy.children_of("020010101") == ()
    assert toy.descendants("01001") == ("010010101", "010010201", "010010102", "010010103")
    with pytest.raises(CodeError, match="level: found «village»; allowed: country, region"):
        toy.children_of("01", "village")


def test_communes_are_numbered_in_the_order_of_their_codes(toy):
    assert toy.commune_codes == ("010010101", "010010201", "010020101", "020010101", "020010201")
    ranges = {code: toy.commune_range(code) for code in ("MA", "01", "01002", "02", "020010201")}
    assert ranges == {"MA": (0, 5), "01": (0, 3), "01002": (2, 3), "02": (3, 5), "020010201": (4, 5)}
    assert toy.communes_of("02") == ("020010101", "020010201")
    assert toy.commune_number("020010101") == 3
    assert toy.commune_number("02") is None


def test_an_arrondissement_has_the_number_of_its_city(toy):
    assert toy.commune_range(OLD_TOWN) == toy.commune_range(CITY) == (0, 1)
    assert toy.commune_number(OLD_TOWN) == 0
    assert toy.communes_of(OLD_TOWN) == (CITY,)


def test_a_province_without_a_commune_has_none():
    toy = Territories.from_table(table(("02002", "province", "02", "Vide", "فارغ", None)))
    assert toy.commune_range("02002") == (0, 0)
    assert toy.communes_of("02002") == ()


def test_names_are_official_and_the_country_has_one_in_every_language(toy):
    assert (toy.name("01", "fr"), toy.name("01", "ar"), toy.name("01", "en")) == ("Nord", "الشمال", "Nord")
    assert (toy.name("MA", "fr"), toy.name("MA", "ar"), toy.name("MA", "en")) == ("Maroc", "المغرب", "Morocco")
    assert toy.name("MA", "no such language") == "Maroc"
    assert toy.names("en")["MA"] == "Morocco"


def test_a_level_knows_the_row_of_each_commune_and_what_it_shares_with_a_place(toy):
    regions, communes = level_of(toy, "region"), level_of(toy, "commune")
    assert regions.codes == ("01", "02")
    assert regions.of_communes(5).tolist() == [0, 0, 0, 1, 1]
    assert communes.of_communes(6).tolist() == [0, 1, 2, 3, 4, -1]
    assert regions.inside(toy, "01002").tolist() == [True, False]  # it contains it
    assert communes.inside(toy, "01001").tolist() == [True, True, False, False, False]
    assert layout(toy, "any", ("02", "01001")).of_communes(5).tolist() == [1, 1, -1, 0, 0]


def test_people_nobody_counted_are_not_none(toy):
    assert toy.population_2024(["020010101", "010020101"]).tolist() == pytest.approx([15, np.nan], nan_ok=True)


def test_what_is_no_code_is_refused_with_codes_like_it(toy):
    assert "01" in toy
    assert "1" not in toy
    for asked in (toy.row, toy.ancestors, toy.children_of, toy.commune_range, toy.level_of, toy.descendants):
        with pytest.raises(CodeError, match=r"found «01003»; allowed: one of the 13 official codes.*01001"):
            asked("01003")
    with pytest.raises(CodeError, match="found «03»"):
        toy.is_within("01", "03")
    with pytest.raises(CodeError, match="as text"):
        toy.row(["01"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (pd.concat([table(), table().tail(1)]), "010010103 stands twice"),
        (table(("01002", "province", "09", "Mont", "الجبل", 10)), "01002 lies in unknown 09"),
        (table(("01", "region", "01001", "Nord", "الشمال", 40)), "lies in itself through"),
        (table(("MA", "country", "MA", "Maroc", "المغرب", 60)), "lies in itself through MA"),
        # A field of the north handed to the south lies between communes of the north.
        (table(("010010201", "commune", "02001", "Champ", "الحقل", 5)), "do not follow one another in code order"),
    ],
)
def test_a_table_that_is_no_hierarchy_is_refused(wrong, said):
    with pytest.raises(CodeError, match=said):
        Territories.from_table(wrong)
