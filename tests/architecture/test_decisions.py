"""DECISIONS.md can be found one's way in: numbered in order, each under a subject, what changed an entry said there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAD, *ENTRIES = re.split(r"^## ", (ROOT / "DECISIONS.md").read_text("utf-8"), flags=re.MULTILINE)
NUMBERS = [int(entry.partition(".")[0]) for entry in ENTRIES]


def test_decisions_are_numbered_in_their_order():
    assert len(NUMBERS) > 70
    assert list(range(1, len(NUMBERS) + 1)) == NUMBERS


def test_every_decision_stands_under_a_subject():
    subjects = re.findall(r"^\| (?!what about|-)[^|]+\|([^|]+)\|$", HEAD, flags=re.MULTILINE)
    assert len(subjects) > 10
    placed = {int(number) for line in subjects for number in re.findall(r"\d+", line)}
    assert placed == set(NUMBERS), "a new entry has its number in the table at the head of DECISIONS.md too"


def test_an_entry_is_changed_by_a_later_one_that_exists():
    notes = [
        (number, int(later))
        for number, entry in zip(NUMBERS, ENTRIES, strict=True)
        for note in re.findall(r"^\*Changed by (.+)\*$", entry, flags=re.MULTILINE)
        for later in re.findall(r"\d+", note)
    ]
    assert notes
    assert [(number, later) for number, later in notes if not number < later <= len(NUMBERS)] == []


def test_every_package_the_atlas_asks_for_has_its_reason():
    pinned = (ROOT / "requirements.txt").read_text("utf-8").partition("# What these need themselves")[0]
    asked = re.findall(r"^([\w-]+)==", pinned, flags=re.MULTILINE)
    assert len(asked) > 20
    reasons = "".join(ENTRIES).casefold()
    assert [name for name in asked if not re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", reasons)] == []
