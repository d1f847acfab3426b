"""The dry run: what an import would create, change, leave, hold back; each row read is in one of the four."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from data.imports.bodies import UNKNOWN as UNKNOWN_SECTOR
from data.imports.candidate import Candidate, RowProblem
from data.imports.plan import ImportPlan
from data.imports.rules import KIND, Cancelled, Known, Progress, candidates
from data.imports.sheet import Sheet
from data.records.record import Change, Content, Record, content_hash
from data.records.repository import Repository
from data.records.rights import Person, may, require

CREATED, UPDATED, UNCHANGED, QUARANTINED = "created", "updated", "unchanged", "quarantined"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, QUARANTINED)
COUNTRY = "MA"
WHICH_PLACE = "which_place"
Say = Callable[[RowProblem], str]


@dataclass(frozen=True)
class Question:
    """One doubt shared by rows of a column, settled for all of them by one reading.

    Attributes
    ----------
    word
        The word it is about, where an answer holds for the rows that bear it only; empty for all cells of the column.
    readings, meanings
        What may be said, and what each gives; none for a sector: any may be said.
    """

    field: str
    column: str
    rule: str
    rows: int
    readings: tuple[str, ...]
    example: str
    meanings: tuple[str, ...]
    word: str = ""


@dataclass(frozen=True)
class Judged:
    """A candidate and what becomes of it."""

    candidate: Candidate
    outcome: str
    problems: Sequence[RowProblem] = ()
    change: Change | None = None


@dataclass(frozen=True)
class Preview:
    """A dry run."""

    sheet: Sheet
    plan: ImportPlan
    judged: Sequence[Judged]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many rows the file holds."""
        return len(self.judged)

    @property
    def changes(self) -> list[Change]:
        """What would be written."""
        return [one.change for one in self.judged if one.change is not None]

    @property
    def held_back(self) -> list[Judged]:
        """The rows that would be quarantined."""
        return [one for one in self.judged if one.outcome == QUARANTINED]

    def questions(self) -> list[Question]:
        """Return the doubts that one answer settles for a whole column, the most frequent first."""
        counted: Counter[tuple[str, str, str, tuple[str, ...], str]] = Counter()
        example: dict[tuple[str, str, str, tuple[str, ...], str], RowProblem] = {}
        for one in self.held_back:
            for problem in one.problems:
                word = _word_of(problem)
                if problem.options or word:
                    names = tuple(name for name, _ in problem.options)
                    key = (problem.field, problem.column, problem.rule, names, word)
                    counted[key] += 1
                    example.setdefault(key, problem)
        return [
            Question(
                *key[:3], rows, key[3], example[key].value, tuple(said for _, said in example[key].options), key[4]
            )
            for key, rows in counted.most_common()
        ]

    def as_json(self, say: Say | None = None, note: Say | None = None) -> dict[str, Any]:
        """Lay the report out for a program.

        Parameters
        ----------
        say, note
            What says a problem, with its remedy, or a remark, in words: `said` of each.
        """
        return {
            "sheet": self.sheet.name,
            "format": self.sheet.format,
            "origin": self.plan.origin,
            "read": self.read,
            **self.counts,
            "columns": dict(self.plan.columns),
            "columns_left_out": [name for name in self.sheet.columns if name not in self.plan.columns.values()],
            "factor": str(self.plan.factor),
            "defaults": dict(self.plan.defaults),
            "facts": dict(self.sheet.facts),
            "notes": [list(note) for note in self.sheet.notes],
            "questions": [vars(question) for question in self.questions()],
            "problems": [_said(one, problem, say) for one in self.held_back for problem in one.problems],
            "remarks": [_said(one, told, note) for one in self.judged for told in one.candidate.notes],
        }


def dry_run(
    sheet: Sheet,
    plan: ImportPlan,
    known: Known,
    *,
    repository: Repository | None,
    person: Person,
    on_progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Preview:
    """Say what an import would do; nothing is written.

    Parameters
    ----------
    repository
        The store to compare with; None when there is none yet.

    Raises
    ------
    RightsError
        The person may not import.
    ImportCancelled
        `cancelled` said so.
    StoreUnavailable
        The store does not answer.
    """
    require(person, "import")
    read = candidates(sheet, plan, known, on_progress=on_progress, cancelled=cancelled)
    good = [one.external_id for one in read if not one.problems]
    before = repository.by_external(plan.origin, good) if repository else {}
    judged = [_judged(one, before.get(one.external_id), repository, person, plan.origin) for one in read]
    counted = Counter(one.outcome for one in judged)
    return Preview(sheet, plan, judged, {outcome: counted[outcome] for outcome in OUTCOMES})


def _word_of(problem: RowProblem) -> str:
    """Return the word a problem is about, when one answer settles it wherever the word stands."""
    if problem.rule == UNKNOWN_SECTOR:
        return problem.detail
    return problem.value if problem.rule == WHICH_PLACE and problem.column else ""


def _judged(
    candidate: Candidate, before: Record | None, repository: Repository | None, person: Person, origin: str
) -> Judged:
    if candidate.problems:
        return Judged(candidate, QUARANTINED, candidate.problems)
    content = dict(candidate.content)
    status = _status(person, content)
    if before is None:
        change = Change(KIND, content, status, origin=origin, external_id=candidate.external_id)
        return Judged(candidate, CREATED, change=change)
    if before.content_hash == content_hash(content):
        return Judged(candidate, UNCHANGED)
    if problem := _in_the_way(candidate, before, repository, person):
        return Judged(candidate, QUARANTINED, (problem,))
    change = Change(KIND, content, status, before.record_id, before.version, origin, candidate.external_id)
    return Judged(candidate, UPDATED, change=change)


def _status(person: Person, content: Content) -> str:
    """Return what imported rows become: a validator's are validated where they decide, a contributor's wait."""
    codes = [place["territory_code"] for place in content.get("places", [])]
    everywhere = not person.territory_codes or COUNTRY in person.territory_codes
    decides = everywhere or all(code.startswith(person.territory_codes) for code in codes)
    return "validated" if person.is_at_least("validator") and decides else "submitted"


def _in_the_way(
    candidate: Candidate, before: Record, repository: Repository | None, person: Person
) -> RowProblem | None:
    if not may(person, "edit", before):
        return RowProblem("external_id", "", candidate.external_id, "not_yours_to_change", before.record_id)
    if repository is not None and before.version > 1 and _edited_by_hand(before, repository):
        return RowProblem("external_id", "", candidate.external_id, "edited_since", before.record_id)
    return None


def _edited_by_hand(before: Record, repository: Repository) -> bool:
    """Tell whether the content as it stands was written by somebody, and not by the last import."""
    act: str = ""
    said: Any = None
    for row in repository.history(before.record_id):
        content = orjson.loads(row.after)["content"] if row.after else None
        if content != said:
            act, said = row.act, content
    return act != "import"


def _said(one: Judged, problem: RowProblem, say: Say | None) -> dict[str, Any]:
    words = {"said": say(problem)} if say else {}
    told = {**vars(problem), "options": [list(option) for option in problem.options]}
    return {"row": one.candidate.row.number, **told, **words}
