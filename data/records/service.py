"""What people do with records: each act asks for the right, keeps to the contract, and is written down."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from data.errors import AtlasError
from data.records import audit, pictures
from data.records.audit import Entry
from data.records.contract import Codes, FieldProblem, check
from data.records.errors import RecordNotFound, StoreUnavailable
from data.records.pictures import Picture
from data.records.record import PUBLISHED, Content, Record
from data.records.repository import Repository
from data.records.rights import Person, RightsError, may, require
from data.records.writing import bump

WAITING = "submitted"
DECIDED = ("decision", "decision_said")
"""Fields of a report that are another's to fill in."""
ANYBODY = "visitor"
"""Who reports without an account."""
REPORTS_AN_HOUR = 60
"""How many of their reports are taken in an hour, from all of them together."""


class ContentError(AtlasError, ValueError):
    """A content breaks the contract of its kind.

    Attributes
    ----------
    problems
        Every broken rule, in the order of the fields.
    """

    def __init__(self, problems: list[FieldProblem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{found.path}: {found.rule} {found.value!r}" for found in problems))


class ReportsFull(AtlasError, RuntimeError):
    """Visitors without an account have reported as much as anybody can read in an hour."""


class ReasonMissing(AtlasError, ValueError):
    """Whoever sends a record back or withdraws a published one says why."""


@dataclass(frozen=True)
class Service:
    """The acts of one person.

    Attributes
    ----------
    codes
        What fields of type `code` may name.
    """

    repository: Repository
    person: Person
    codes: Codes

    def create(
        self, kind: str, content: Content, *, organisation_code: str | None = None, submit: bool = False
    ) -> Record:
        """Keep a new record, as a draft or submitted at once; what is wrong or missing is said by `report`.

        Raises
        ------
        RightsError, ContentError, StoreUnavailable
            Nothing was kept.
        """
        require(self.person, "create")
        if kind == "correction":
            raise RightsError("create", "refused")
        if organisation_code and organisation_code not in self.person.organisation_codes:
            raise RightsError("create", "not_yours")
        self._hold(kind, content, draft=not submit)
        return self.repository.add(
            kind,
            content,
            actor=self.person.account_id,
            status=WAITING if submit else "draft",
            organisation_code=organisation_code,
            act="submit" if submit else "create",
        )

    def edit(self, record_id: str, content: Content, *, version: int, submit: bool = False) -> Record:
        """Change a record. One that was validated waits for validation again; what was validated stays in view.

        Raises
        ------
        StaleVersion
            Somebody else changed it; nothing of theirs is overwritten.
        RightsError, ContentError, RecordNotFound, StoreUnavailable
            Nothing was kept.
        """
        record = self.repository.get(record_id)
        require(self.person, "edit", record)
        if record.kind == "correction":  # its decision is another's: `decide`
            content = {name: value for name, value in content.items() if name not in DECIDED} | {
                name: record.content[name] for name in DECIDED if name in record.content
            }
        status = WAITING if submit or record.status in (WAITING, "validated") else record.status
        self._hold(record.kind, content, draft=status != WAITING, before=record)
        act = "submit" if status == WAITING else "edit"
        return self._update(record, version, act, content=content, status=status)

    def submit(self, record_id: str, *, version: int) -> Record:
        """Hand a draft or a returned record to the validators. Raises like `edit`."""
        record = self.repository.get(record_id)
        require(self.person, "submit", record)
        self._hold(record.kind, record.content, draft=False, before=record)
        return self._update(record, version, "submit", status=WAITING)

    def validate(self, record_id: str, *, version: int) -> Record:
        """Publish what was submitted. Raises like `edit`."""
        record = self.repository.get(record_id)
        require(self.person, "validate", record)
        self._hold(record.kind, record.content, draft=False, before=record)
        return self._update(record, version, "validate", status="validated")

    def send_back(self, record_id: str, *, version: int, reason: str) -> Record:
        """Return a record to its author with what is to be mended; what was validated before stays in view.

        Raises
        ------
        ReasonMissing
            No reason is given.
        StaleVersion, RightsError, RecordNotFound, StoreUnavailable
            Nothing was kept.
        """
        record = self.repository.get(record_id)
        require(self.person, "send_back", record)
        return self._update(record, version, "send_back", status="returned", reason=_said(reason))

    def withdraw(self, record_id: str, *, version: int, reason: str = "") -> Record:
        """Take a record out of view for good; its history stays. A published one needs a reason. Raises as above."""
        record = self.repository.get(record_id)
        require(self.person, "withdraw", record)
        why = _said(reason) if record.published_content is not None else reason.strip() or None
        return self._update(record, version, "withdraw", status="withdrawn", reason=why)

    def merge(self, record_id: str, *, version: int, into: str) -> Record:
        """Say that a record is another one: it leaves the view, and names the one that stays.

        Raises
        ------
        RightsError
            `same` when both are one, or the person does not decide for both.
        StaleVersion, RecordNotFound, StoreUnavailable
            Nothing was kept.
        """
        record = self.repository.get(record_id)
        require(self.person, "merge", record)
        if into == record_id:
            raise RightsError("merge", "same")
        if into not in self.codes.get("projects", ()):
            require(self.person, "merge", self.repository.get(into))
        return self._update(record, version, "merge", status="merged", merged_into=into)

    def undo(self, record_id: str, to_version: int, *, version: int) -> Record:
        """Give a record the content of an earlier version; a published one is published so. Raises like `edit`.

        The earlier content must be one that the person could publish: whole, and of places where they decide. A report
        whose decision is taken back waits again.
        """
        record = self.repository.get(record_id)
        content = self.repository.content_at(record_id, to_version)
        for held in (record, replace(record, content=content)):
            require(self.person, "undo", held)
        status = WAITING if record.kind == "correction" and not content.get("decision") else record.status
        if problems := check(record.kind, content, self.codes, draft=status not in (WAITING, PUBLISHED)):
            raise ContentError(problems)
        return self._update(record, version, "undo", content=content, status=status)

    def report(self, content: Content) -> Record:
        """Keep what somebody, with or without an account, says is wrong or missing; nothing is changed by it.

        Raises
        ------
        ReportsFull
            Visitors have reported as much as can be read in an hour.
        ContentError, StoreUnavailable
            Nothing was kept.
        """
        require(self.person, "report")
        content = {name: value for name, value in content.items() if name not in DECIDED}
        self._hold("correction", content, draft=False)
        actor = self.person.account_id or ANYBODY
        if actor == ANYBODY:
            hour_ago = (datetime.fromisoformat(self.repository.clock()) - timedelta(hours=1)).isoformat()
            last = self.repository.find(kind="correction", created_by=ANYBODY, limit=REPORTS_AN_HOUR)
            if len([record for record in last if record.created_at > hour_ago]) >= REPORTS_AN_HOUR:
                raise ReportsFull("visitors have reported enough for this hour")
        return self.repository.add("correction", content, actor=actor, status=WAITING, act="report")

    def decide(self, record_id: str, *, version: int, decision: str, said: str) -> Record:
        """Say what becomes of a report, and why; reports and decisions are public. Raises like `edit`."""
        record = self.repository.get(record_id)
        require(self.person, "decide_correction", record)
        content = {**record.content, "decision": decision, "decision_said": _said(said)}
        self._hold(record.kind, content, draft=False, before=record)
        return self._update(record, version, "decide", content=content, status="validated")

    def see(self, record_id: str) -> Record:
        """Return a record with what is not public of it (RightsError, RecordNotFound)."""
        record = self.repository.get(record_id)
        require(self.person, "see", record)
        return record

    def mine(self) -> list[Record]:
        """Return what this person and their organisations entered, last changed first."""
        require(self.person, "create")
        own = self.repository.find(created_by=self.person.account_id, limit=None)
        codes = self.person.organisation_codes
        shared = self.repository.find(organisations=codes, limit=None) if codes else []
        found = {record.record_id: record for record in (*own, *shared)}
        return sorted(found.values(), key=lambda record: record.updated_at, reverse=True)

    def inbox(self) -> list[Record]:
        """Return what waits for this validator, longest first."""
        require(self.person, "validate")
        waiting = self.repository.find(status=WAITING, limit=None)
        return [record for record in reversed(waiting) if may(self.person, "merge", record)]

    def keep_picture(self, picture: Picture) -> str:
        """Keep a picture until a record of this person names it, and return its identifier.

        Raises
        ------
        RightsError, PicturesFull, StoreUnavailable
            Nothing was kept.
        """
        require(self.person, "create")
        repository = self.repository
        return pictures.keep(repository.database, picture, actor=self.person.account_id, at=repository.clock())

    def erase_picture(self, record_id: str, picture_id: str) -> None:
        """Erase a picture for good, in every version of its record: somebody recognises themself, or it shows too much.

        Raises
        ------
        RightsError, RecordNotFound, StoreUnavailable
            Nothing was erased.
        """
        require(self.person, "erase_picture", self.repository.get(record_id))
        database, said = self.repository.database, {"record": record_id}
        with database.writing() as connection:
            if not pictures.erase(connection, record_id, picture_id):
                raise RecordNotFound(picture_id)
            entry = Entry(self.person.account_id, "picture_erased", picture_id, after=said)
            audit.append(connection, self.repository.clock(), [entry])
            bump(connection)
        with suppress(StoreUnavailable):  # erased all the same: the log is emptied when its readers are done
            database.forget("attachments")

    def _hold(self, kind: str, content: Content, *, draft: bool, before: Record | None = None) -> None:
        problems = check(kind, content, self.codes, draft=draft)
        actor, database = self.person.account_id, self.repository.database
        for other in pictures.not_to_be_shown(database, content, before=before, actor=actor):
            problems.append(FieldProblem("pictures", other, "unknown_picture"))
        if problems:
            raise ContentError(problems)

    def _update(self, record: Record, version: int, act: str, **changes: Any) -> Record:
        actor = self.person.account_id
        return self.repository.update(record.record_id, version=version, actor=actor, act=act, **changes)


def _said(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing("say why")
    return reason.strip()
