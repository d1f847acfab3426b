"""Every word exists in every language, with the same placeholders; numbers, amounts and dates follow the language."""

import re
import string
from pathlib import Path

import pytest

from data.texts import PLURAL_FORMS, Texts, languages, load_texts

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "data" / "stories"
OTHERS = [code for code in languages() if code != "fr"]
CONTRACT = "described."  # what a column holds: the contract of the tables says it in English, the texts in the others


def stem(key: str) -> str:
    head, _, tail = key.rpartition(".")
    return head if tail in PLURAL_FORMS else key


def placeholders(texts: Texts) -> dict[str, set[str]]:
    """Map each key to the names its sentence leaves open, those of its plural forms together."""
    found: dict[str, set[str]] = {}
    for key, pattern in texts.entries.items():
        found.setdefault(stem(key), set()).update(name for _, name, _, _ in string.Formatter().parse(pattern) if name)
    return found


def test_french_comes_first_and_arabic_and_english_are_on_offer():
    assert languages()[0] == "fr"
    assert {"ar", "en"} <= set(languages())


@pytest.mark.parametrize("language", OTHERS)
def test_no_key_is_missing_in_any_language(language):
    french, other = ({stem(key) for key in load_texts(code).entries} for code in ("fr", language))
    if language == "en":
        french = {key for key in french if not key.startswith(CONTRACT)}
    assert french
    assert french - other == set()
    assert other - french == set()


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_agree_between_languages(language):
    french, other = (placeholders(load_texts(code)) for code in ("fr", language))
    keys = {key for key in french if not key.startswith(CONTRACT)}
    assert keys
    # A plural form may leave its number unsaid ("one project").
    assert {key for key in keys if french[key] - {"n"} != other[key] - {"n"}} == set()


@pytest.mark.parametrize("language", languages())
def test_every_number_has_the_plural_forms_its_language_needs(language):
    texts = load_texts(language)
    plural = {stem(key) for key in texts.entries if stem(key) != key}
    assert plural
    lacking = {(key, n) for key in plural for n in range(101) if texts._pattern(key, n) is None}
    assert lacking == set()


@pytest.mark.parametrize("language", languages())
def test_a_form_that_leaves_its_number_unsaid_stands_for_that_number_only(language):
    # French grammar takes 0 with 1: "un projet" would be said of none.
    texts = load_texts(language)
    plural = {stem(key) for key in texts.entries if stem(key) != key}
    assert plural
    numbers: dict[tuple[str, str], list[int]] = {}
    for key in plural:
        for n in range(201):  # the forms of our languages come again with every hundred
            numbers.setdefault((key, texts._pattern(key, n)), []).append(n)
    assert {said: meant for said, meant in numbers.items() if len(meant) > 1 and "{n}" not in said[1]} == {}


def test_no_french_sign_that_stands_apart_begins_a_line():
    said = list(load_texts("fr").entries.values())
    assert any("\u00a0:" in one for one in said)
    assert [one for one in said if re.search(r" [:;!?»]|« ", one)] == []
    assert not [one for one in load_texts("en").entries.values() if "\u00a0:" in one]


def test_none_is_said_in_every_language():
    said = {language: load_texts(language)("finding.projects", n=0, place="X") for language in languages()}
    assert {language: said[language] for language in ("fr", "ar", "en")} == {
        "fr": "Aucun projet recensé\u00a0: X", "ar": "لا يوجد أي مشروع مسجل: X", "en": "No project on record: X",
    }  # fmt: skip


def test_arabic_words_are_arabic():
    arabic = load_texts("ar").entries
    latin = {key for key, value in arabic.items() if not re.search(r"[\u0600-\u06ff]", value)}
    allowed = {key for key in latin if re.fullmatch(r"[\W\d_]*(\{\w+\}[\W\d_]*)*", arabic[key])}
    assert latin - allowed <= {"atlas.name_latin"}


@pytest.mark.parametrize("language", languages())
def test_each_language_keeps_to_one_apostrophe_and_one_spelling(language):
    # Typed marks beside typeset ones, and "جدا" beside "جداً", look like two hands.
    texts = load_texts(language).entries
    assert len(texts) > 1000
    odd = {"'": "typed apostrophe", "\u064b": "tanwin, which these texts leave out", '"': "typed quotation mark"}
    found = {(key, meant) for key, value in texts.items() for sign, meant in odd.items() if sign in value}
    assert found == set()


def test_shipped_stories_keep_to_the_apostrophe_of_the_texts():
    stories = sorted(STORIES.glob("*.json"))
    assert len(stories) > 1
    assert [path.name for path in stories if "'" in path.read_text("utf-8")] == []


def test_a_colon_stands_as_the_language_sets_it():
    # French leaves a space before it, Arabic and English do not: it belongs to the texts, not to code and templates.
    folders = ("pages", "layers")
    paths = [path for folder in folders for kind in ("*.py", "*.html") for path in sorted((ROOT / folder).rglob(kind))]
    assert len(paths) > 200
    wrong = [path.name for path in paths if re.search(r"\}\}? : \{|\" : \"", path.read_text("utf-8"))]
    assert wrong == []
    assert '" : "' not in (ROOT / "pages" / "ui" / "static" / "atlas.css").read_text("utf-8")


def test_arabic_speaks_to_one_reader_throughout():
    # Half the texts had said «أعد» and half «أعيدوا»: one atlas has one voice.
    plural = re.compile(
        r"(?<![\u0621-\u0652])[وف]?(أعيدوا|اختاروا|افتحوا|اضغطوا|احتفظوا|عودوا|جربوا|تحققوا|أضيفوا|أعطوا)"
    )
    assert {key for key, said in load_texts("ar").entries.items() if plural.search(said)} == set()


@pytest.mark.parametrize(
    ("language", "number", "money", "month"),
    [
        ("fr", "1\u202f234,5", "2,5\u00a0M\u00a0DH", "avril 2014"),
        ("en", "1,234.5", "MAD\u00a02.5\u00a0M", "April 2014"),
        ("ar", "1.234,5", "2,5\u00a0مليون\u00a0درهم", "أبريل 2014"),
    ],
)
def test_numbers_money_and_dates_follow_the_language(language, number, money, month):
    t = load_texts(language)
    assert t.number(1234.5) == number
    assert t.short_money(2_500_000) == money
    assert t.date("2014-04") == month


def test_a_date_is_never_said_finer_than_it_is_known():
    t = load_texts("fr")
    assert [t.date(said) for said in ("2014", "2014-04", "2014-04-27")] == ["2014", "avril 2014", "27 avril 2014"]


def test_an_unknown_key_shows_itself_and_an_unknown_code_its_default():
    t = load_texts("en")
    assert t("no.such.key") == "no.such.key"
    assert t.label("sector", "no_such", "Autre") == "Autre"


@pytest.mark.parametrize(("language", "sign"), [("fr", "\u00a0%"), ("ar", "%"), ("en", "%")])
def test_percentages_are_written_as_figures_of_the_same_page_are(language, sign):
    # Babel writes the figures of the page (CLDR): a text beside them writes its own in the same way.
    texts = load_texts(language)
    assert texts.percent(0.15) == f"15{sign}"
    assert texts.number_signs["percent"] == sign
    signs = {found[0] for said in texts.entries.values() for found in re.finditer(r"(?<=[\d}])[\s\u202f]?[%٪]", said)}
    assert signs == {sign}


def test_a_sign_stays_with_its_number_in_any_writing():
    # In a text from right to left a bare sign would be drawn behind its number.
    assert [load_texts(code).signed(-1234.5, 1) for code in ("fr", "ar", "en")] == [
        "−1\u202f234,5", "\u200e−1.234,5", "−1,234.5",
    ]  # fmt: skip
    assert [load_texts("ar").signed(value, 1) for value in (0.04, 2)] == ["0,0", "\u200e+2,0"]


def test_arabic_counts_in_all_its_forms():
    # One and two are words, 3 to 10 take the plural, 11 to 99 and the hundreds the singular, not always spelt alike.
    texts = load_texts("ar")
    keys = {stem(key) for key in texts.entries if stem(key) != key}
    assert keys
    forms = {"one", "two", "few", "many", "other"}
    lacking = {key: forms - {form for form in PLURAL_FORMS if f"{key}.{form}" in texts.entries} for key in keys}
    assert {key: without for key, without in lacking.items() if without} == {}


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (0.0007, "moins de 1 %"),
        (0.005, "moins de 1 %"),
        (0.38, "38 %"),
        (0.9994, "plus de 99 %"),
        (1, "100 %"),
    ],
)
def test_a_share_is_never_none_or_all_where_it_is_only_nearly_that(share, said):
    assert re.sub(r"\s", " ", load_texts("fr").share(share)) == said
