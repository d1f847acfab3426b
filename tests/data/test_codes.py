"""Names become codes by exact lookup; an unseen name stops the work and says what to do."""

import pytest

from data.codes import folded, resolve
from data.errors import CodeError

ALIASES = {"AERMC": "agence-eau-rmc", "Agence de l’eau RMC": "agence-eau-rmc", "INDH": "indh"}


def read(name, **options):
    return resolve(name, ALIASES, where="register B021 (funding)", file="aliases.csv", **options)


def test_two_spellings_of_one_body_give_one_code():
    assert read("AERMC") == read("Agence de l’eau RMC") == "agence-eau-rmc"


def test_doubled_and_outer_spaces_do_not_count():
    assert read("  Agence de  l’eau RMC ") == "agence-eau-rmc"


def test_a_name_is_never_matched_by_resemblance():
    with pytest.raises(CodeError):
        read("INDH.")


def test_the_message_names_the_row_the_spelling_the_alike_names_and_the_remedy():
    # «aermc» folds to the letters of AERMC: shown as a hint, not taken as an answer.
    with pytest.raises(CodeError) as caught:
        read("aermc")
    assert str(caught.value) == (
        "register B021 (funding): unknown name «aermc» (same letters as «AERMC»); allowed: the 3 spellings of "
        "aliases.csv; add a line for it there, or mend the source row"
    )


def test_a_slip_of_the_pen_is_mended_before_the_lookup():
    assert read("INDHH", fixes={"INDHH": "INDH"}) == "indh"


def test_a_spelling_known_to_mean_nothing_gives_no_code():
    assert read("à préciser", ignored={"à préciser"}) is None


def test_folding_drops_case_accents_and_punctuation_in_latin_and_keeps_arabic_letters():
    assert folded("Équipement – d’État") == "equipementdetat"
    assert folded("جماعة توبقال") == "جماعةتوبقال"
