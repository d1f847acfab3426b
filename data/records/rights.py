"""Who may do what: one rule for each act, checked where the act happens, whatever a page shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from data.errors import AtlasError
from data.records.record import Record, places_of_record

Role = Literal["visitor", "contributor", "validator", "admin"]
ROLES: tuple[Role, ...] = ("visitor", "contributor", "validator", "admin")
"""Each may do what the one before may."""
ACTS = (
    *("report", "create", "edit", "submit", "withdraw", "validate", "send_back", "merge", "undo", "see"),
    *("decide_correction", "import", "erase_picture", "keep_contacts", "read_contacts", "manage_accounts"),
)
OPEN_TO_ITS_AUTHOR = ("draft", "submitted", "returned", "validated")
COUNTRY = "MA"


class RightsError(AtlasError, PermissionError):
    """Somebody asks for what they may not do.

    Attributes
    ----------
    reason
        `role`, `not_yours`, `own_entry`, `territory`, `status` or `same` (`refusal.<reason>` in the texts).
    """

    def __init__(self, act: str, reason: str) -> None:
        self.act, self.reason = act, reason
        super().__init__(f"{act}: {reason}")


@dataclass(frozen=True)
class Person:
    """Who asks. A visitor has no account.

    Attributes
    ----------
    territory_codes
        Where a validator decides: official codes, each with all it contains; empty for everywhere.
    organisation_codes
        Organisations whose records a contributor may change as if they were their own.
    """

    account_id: str = ""
    role: Role = "visitor"
    territory_codes: tuple[str, ...] = ()
    organisation_codes: tuple[str, ...] = ()
    login: str = ""
    language: str | None = None

    def is_at_least(self, role: Role) -> bool:
        """Tell whether this person may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


VISITOR = Person()


def require(person: Person, act: str, record: Record | None = None) -> None:
    """Let pass, or raise.

    Parameters
    ----------
    record
        What the act is about, as the store has it; None for acts about no record.

    Raises
    ------
    RightsError
        The person may not; the reason is that of the first rule broken.
    """
    least, rules = RULES[act]
    if not person.is_at_least(least):
        raise RightsError(act, "role")
    for rule in rules:
        if record is not None and (reason := rule(person, record)):
            raise RightsError(act, reason)


def may(person: Person, act: str, record: Record | None = None) -> bool:
    """Tell whether `require` would let pass: for what a page offers, never in its place."""
    try:
        require(person, act, record)
    except RightsError:
        return False
    return True


def is_own(person: Person, record: Record) -> bool:
    """Tell whether a record is the person's, or that of one of their organisations."""
    return bool(person.account_id) and (
        record.created_by == person.account_id or record.organisation_code in person.organisation_codes
    )


def covers(person: Person, record: Record) -> bool:
    """Tell whether every place of a record lies where the person decides; a code begins with what contains it.

    The places of what is published of it count too: whoever publishes another content takes that one away.
    A report that names no place may be read and decided by any validator.
    """
    if not person.territory_codes or COUNTRY in person.territory_codes:
        return True
    places = {place["territory_code"] for place in places_of_record(record.content, record.published_content)}
    if record.kind == "correction" and not places:
        return True
    return bool(places) and all(code.startswith(person.territory_codes) for code in places)


def reaches(person: Person, codes: Iterable[str]) -> bool:
    """Tell whether a body of these places is one that the person may call: one of the places lies where they decide.

    A body whose places nobody knows is for those who decide everywhere.
    """
    everywhere = not person.territory_codes or COUNTRY in person.territory_codes
    return everywhere or any(code.startswith(person.territory_codes) for code in codes)


Rule = Callable[[Person, Record], str | None]


def _own_or_decides(person: Person, record: Record) -> str | None:
    if person.is_at_least("validator"):
        return None if is_own(person, record) or covers(person, record) else "territory"
    return None if is_own(person, record) else "not_yours"


def _decides(person: Person, record: Record) -> str | None:
    return None if covers(person, record) else "territory"


def _not_own_entry(person: Person, record: Record) -> str | None:
    # Two pairs of eyes; an admin, often alone at first, may go without.
    return "own_entry" if record.created_by == person.account_id and person.role != "admin" else None


def _is(*statuses: str) -> Rule:
    return lambda _person, record: None if record.status in statuses else "status"


RULES: Mapping[str, tuple[Role, tuple[Rule, ...]]] = {
    "report": ("visitor", ()),
    "create": ("contributor", ()),
    "see": ("contributor", (_own_or_decides,)),
    "edit": ("contributor", (_own_or_decides, _is(*OPEN_TO_ITS_AUTHOR))),
    "submit": ("contributor", (_own_or_decides, _is("draft", "returned"))),
    "withdraw": ("contributor", (_own_or_decides, _is(*OPEN_TO_ITS_AUTHOR))),
    "import": ("contributor", ()),
    "validate": ("validator", (_decides, _not_own_entry, _is("submitted"))),
    "send_back": ("validator", (_decides, _is("submitted", "validated"))),
    "merge": ("validator", (_decides, _is("submitted", "validated", "returned"))),
    "undo": ("validator", (_decides, _not_own_entry)),
    "decide_correction": ("validator", (_decides,)),
    "erase_picture": ("contributor", (_own_or_decides,)),
    "keep_contacts": ("contributor", ()),
    "read_contacts": ("validator", ()),
    "manage_accounts": ("admin", ()),
}
"""Least role of each act, and what must hold of the record."""
