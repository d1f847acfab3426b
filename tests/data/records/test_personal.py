"""Numbers and addresses of persons are found however they are written; amounts, dates and codes are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.records.personal import kinds_in, masked, traces

FOUND = {
    "phone": (
        "0661848484",
        "06 61 84 84 84",
        "06.61.84.84.84",
        "0661-848484",
        "+212 661-848484",
        "+212 (0) 6 61 84 84 84",
        "00212528123456",
        "٠٦٦١٨٤٨٤٨٤",
        "+33 6 12 34 56 78",
        "tél : 661848484",
        "WhatsApp 661 84 84 84",
        "الهاتف: 661848484",
    ),
    "email": (
        "amina@exemple.ma",
        "a.b+c@sous.exemple.org",
        "amina (at) exemple.ma",
        "amina [arobase] exemple (point) ma",
    ),
    "identity": ("JB123456", "j123456", "CIN : JB 123456", "CNIE n° J 12345", "البطاقة الوطنية JB 123456"),
    "bank": ("007 810 0001234567890123 45", "MA64 011 519 0000012050001 234 56"),
}
LEFT_ALONE = (
    "3 981 250 DH pour 250 foyers",
    "de 1 120 000,00 à 2 300 000,00 DH",
    "budget 700000000 DH",
    "le 05.06.2024 10 h 30, puis le 06-07-2023 12 h",
    "projets B001, B292 et prj-17faf964a5a544c6",
    "commune 095410723, province 09541",
    "RN10500, RP1708, DH120000",
    "30.4278, -9.5981",
    "pic-0661848484aabbcc-" + "0" * 64,
    "de 2019 à 2024, 15 km, 12 villages, 5 470 douars",
    "loi 09-08, décret 2-09-165, dahir 1-09-15",
)


@pytest.mark.parametrize(("kind", "written"), [(kind, one) for kind, ones in FOUND.items() for one in ones])
def test_what_reaches_or_names_somebody_is_found_in_a_sentence_and_nothing_of_it_is_left(kind, written):
    said = f"Le puits est à sec, voir {written}, merci."
    assert [one.kind for one in traces(said)] == [kind]
    assert masked(said, lambda found: f"<{found}>").startswith("Le puits est à sec, voir ")
    assert not any(letter.isdigit() for letter in masked(said, lambda _: ""))
    assert "exemple" not in masked(said, lambda _: "")


@pytest.mark.parametrize("said", LEFT_ALONE)
def test_amounts_dates_codes_and_places_stay(said):
    assert masked(said, lambda _: "<>") == said


def test_a_content_is_searched_to_its_depths():
    content = {
        "title": {"fr": "Puits", "ar": "٠٦٦١٨٤٨٤٨٤"},
        "places": [{"place_name": "chez a@exemple.ma"}],
        "n": 661848484,
    }
    assert kinds_in(content) == ["email", "phone"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_number_gets_through_whatever_stands_around_it(before, after):
    said = masked(f"{before} 0661848484 {after}", lambda _: "")
    assert "0661848484" not in said
