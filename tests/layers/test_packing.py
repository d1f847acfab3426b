"""Whole numbers as text: nothing is lost, and a small number is one character."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.packing import marked, packed, packed_marks, unpacked


@given(st.lists(st.integers(0, 2**35 - 1)))
def test_numbers_come_back(numbers):
    assert unpacked(packed(numbers)).tolist() == numbers


@given(st.lists(st.integers(0, 31)))
def test_small_numbers_take_one_character_each(numbers):
    assert len(packed(numbers)) == len(numbers)


@given(st.lists(st.booleans()))
def test_marks_come_back(marks):
    assert marked(packed_marks(np.array(marks, bool))).tolist() == [i for i, mark in enumerate(marks) if mark]


def test_numbers_are_written_as_source_maps_write_them_without_a_sign():
    assert packed([16, 511, 32, 1024]) == "Q/PgBggB"  # digits of five bits, the lowest first


@pytest.mark.parametrize("number", [-1, 2**35])
def test_what_cannot_be_packed_is_refused(number):
    with pytest.raises(ValueError, match="cannot be packed"):
        packed([0, number])
