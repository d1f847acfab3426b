"""Contents found right are remembered: after a validation, of ten thousand only the one that changed is checked."""

from data.records.contract import Codes, FieldProblem, check
from data.records.record import Record


class Checked:
    """Contents that kept their contract: not checked again after each validation, as long as no code was taken away."""

    def __init__(self) -> None:
        self._codes: Codes = {}
        self._good: set[tuple[str, str]] = set()

    def problems(self, record: Record, codes: Codes) -> list[FieldProblem]:
        """Return what the content of a record breaks (`data.records.contract.check`)."""
        if codes is not self._codes:
            if not all(set(known) <= set(codes.get(name, ())) for name, known in self._codes.items()):
                self._good.clear()
            self._codes = codes
        key = (record.kind, record.content_hash)
        if key in self._good:
            return []
        found = check(record.kind, record.content, codes)
        if not found:
            self._good.add(key)
        return found
