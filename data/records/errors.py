"""What the store of records refuses; pages say each `reason` in the visitor's language (`error.store.<reason>`)."""

from typing import TYPE_CHECKING

from data.errors import AtlasError

if TYPE_CHECKING:
    from data.records.record import Record


class StoreError(AtlasError):
    """The store cannot do what was asked.

    Attributes
    ----------
    reason
        Short code of the cause.
    """

    def __init__(self, message: str, *, reason: str) -> None:
        self.reason = reason
        super().__init__(message)


class StoreUnavailable(StoreError, OSError):
    """The database does not answer, or takes nothing: `locked`, `disk_full`, `read_only`, `unreachable`, `corrupt`.

    What was being written is not written, in whole; what was acknowledged before is kept.
    """


class SchemaError(StoreError, ValueError):
    """The database was made by a newer atlas (`newer_schema`), or its migration failed (`migration`)."""


class RecordNotFound(StoreError, KeyError):
    """No record has this identifier."""

    def __init__(self, record_id: str) -> None:
        super().__init__(f"no record {record_id!r}", reason="record_not_found")

    def __str__(self) -> str:
        return str(self.args[0])


class StaleVersion(StoreError, ValueError):
    """Somebody else changed the record since it was read.

    Attributes
    ----------
    current
        The record as it stands now, for the two to be compared.
    """

    def __init__(self, current: "Record", expected: int) -> None:
        self.current, self.expected = current, expected
        message = f"{current.record_id} is at version {current.version}, not {expected}: read it again"
        super().__init__(message, reason="stale_version")


class AlreadyBroughtIn(StaleVersion):
    """Another import wrote the same row since this one was previewed: it is `current`, and would be there twice."""

    def __init__(self, current: "Record") -> None:
        super().__init__(current, 0)
        self.reason = "already_brought_in"
        self.args = (f"{current.origin}: {current.external_id} is there already as {current.record_id}: preview again",)


class ChangeCancelled(StoreError):
    """A long change was cancelled: nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("cancelled: nothing was written", reason="cancelled")
