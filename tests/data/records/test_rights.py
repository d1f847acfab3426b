"""Every role × every act, on records of one's own and of others, here and elsewhere."""

from dataclasses import replace

import pytest

from data.records.record import Record
from data.records.rights import ACTS, ROLES, RULES, VISITOR, Person, RightsError, may, require

RECORD = Record(
    record_id="prj-1",
    kind="project",
    status="submitted",
    version=1,
    content={"places": [{"territory_code": "095410723"}]},
    content_hash="",
    published_content=None,
    organisation_code="org-1",
    origin="form",
    external_id=None,
    reason=None,
    merged_into=None,
    created_by="acc-author",
    created_at="",
    updated_by="",
    updated_at="",
)
AUTHOR = Person("acc-author", "contributor")
COLLEAGUE = Person("acc-colleague", "contributor", organisation_codes=("org-1",))
STRANGER = Person("acc-stranger", "contributor", organisation_codes=("org-2",))
VALIDATOR = Person("acc-validator", "validator", territory_codes=("09541",))
ELSEWHERE = Person("acc-elsewhere", "validator", territory_codes=("01",))
AUTHORITY = Person("acc-author", "validator")
ADMIN = Person("acc-admin", "admin")
PEOPLE = (VISITOR, AUTHOR, COLLEAGUE, STRANGER, VALIDATOR, ELSEWHERE, AUTHORITY, ADMIN)

MAY = {
    #                    visitor author colleague stranger validator elsewhere own-validator admin
    "report":            "1 1 1 1 1 1 1 1",
    "create":            "0 1 1 1 1 1 1 1",
    "see":               "0 1 1 0 1 0 1 1",
    "edit":              "0 1 1 0 1 0 1 1",
    "submit":            "0 0 0 0 0 0 0 0",  # it is submitted already
    "withdraw":          "0 1 1 0 1 0 1 1",
    "import":            "0 1 1 1 1 1 1 1",
    "validate":          "0 0 0 0 1 0 0 1",
    "send_back":         "0 0 0 0 1 0 1 1",
    "merge":             "0 0 0 0 1 0 1 1",
    "undo":              "0 0 0 0 1 0 0 1",
    "decide_correction": "0 0 0 0 1 0 1 1",
    "erase_picture":     "0 1 1 0 1 0 1 1",
    "keep_contacts":     "0 1 1 1 1 1 1 1",  # of their own organisations: see test_contacts
    "read_contacts":     "0 0 0 0 1 1 1 1",
    "manage_accounts":   "0 0 0 0 0 0 0 1",
}  # fmt: skip


def test_the_matrix_names_every_act_and_every_act_has_its_rule():
    assert set(MAY) == set(ACTS) == set(RULES)
    assert {least for least, _ in RULES.values()} == set(ROLES)


@pytest.mark.parametrize("act", ACTS)
def test_each_person_may_do_what_the_matrix_says(act):
    assert [int(may(person, act, RECORD)) for person in PEOPLE] == [int(cell) for cell in MAY[act].split()]


@pytest.mark.parametrize(
    ("person", "act", "record", "reason"),
    [
        (VISITOR, "create", None, "role"),
        (STRANGER, "edit", RECORD, "not_yours"),
        (ELSEWHERE, "validate", RECORD, "territory"),
        (AUTHORITY, "validate", RECORD, "own_entry"),
        (AUTHOR, "submit", RECORD, "status"),
        (AUTHOR, "edit", replace(RECORD, status="withdrawn"), "status"),
        (VALIDATOR, "validate", replace(RECORD, content={}), "territory"),
    ],
)
def test_a_refusal_says_why(person, act, record, reason):
    with pytest.raises(RightsError) as refused:
        require(person, act, record)
    assert refused.value.reason == reason


def test_a_province_does_not_cover_another_whose_code_begins_alike():
    near = replace(RECORD, content={"places": [{"territory_code": "0954"}]})
    assert not may(VALIDATOR, "validate", near)
    beyond = replace(RECORD, content={"places": [{"territory_code": "095410723"}, {"territory_code": "095510101"}]})
    assert not may(VALIDATOR, "validate", beyond)
