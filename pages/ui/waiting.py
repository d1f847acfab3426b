"""What waits for somebody, told in the menu: entries to decide for a validator, entries sent back for their author."""

from collections.abc import Mapping

from data.records.errors import StoreError
from data.records.rights import Person, may
from data.records.waiting import sent_back, to_decide
from pages.ui import living

REVIEW, CONTRIBUTE = "review", "contribute"


def waiting(person: Person) -> Mapping[str, int]:
    """Count what waits for a person, by page; nothing for a visitor, and nothing while the store does not answer."""
    if not person.account_id:
        return {}
    try:
        database = living.repository().database
        counts = {CONTRIBUTE: sent_back(database, person)}
        if may(person, "validate"):
            counts[REVIEW] = to_decide(database, person)
    except StoreError:
        return {}
    return {page: count for page, count in counts.items() if count}
