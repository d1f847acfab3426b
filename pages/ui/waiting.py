"""What waits for somebody, told in the menu: entries to decide for a validator, entries sent back for their author."""

from collections.abc import Mapping

from data.records.errors import StoreError
from data.records.rights import Person, may
from pages.ui import living

REVIEW, CONTRIBUTE = "review", "contribute"


def waiting(person: Person) -> Mapping[str, int]:
    """Count what waits for a person, by page; nothing for a visitor, and nothing while the store does not answer."""
    if not person.account_id:
        return {}
    try:
        repository = living.repository()
        returned = repository.find(status="returned", created_by=person.account_id, limit=None)
        counts = {CONTRIBUTE: len(returned)}
        if may(person, "validate"):
            submitted = repository.find(status="submitted", limit=None)
            counts[REVIEW] = sum(may(person, "merge", record) for record in submitted)
    except StoreError:
        return {}
    return {page: count for page, count in counts.items() if count}
