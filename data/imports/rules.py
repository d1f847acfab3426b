"""Rows become candidates: each field read, places and points agreed, the contract of records kept."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.imports.bodies import Names
from data.imports.candidate import Candidate, Draft, RowProblem, shown
from data.imports.cells import is_blank, is_failed, read_cell, text_of
from data.imports.coordinates import Point, shared_points
from data.imports.digits import words
from data.imports.fields import import_fields, known_header
from data.imports.header import is_total
from data.imports.money import read_money
from data.imports.places import Places
from data.imports.plan import ImportPlan
from data.imports.readings import column_readings
from data.imports.sheet import Sheet
from data.imports.whereabouts import Reader, placed, read_listed, read_point, read_territories
from data.imports.windows_signs import with_signs
from data.records.contract import Codes, check

KIND = "project"
LANGUAGES = ("fr", "ar", "en")
ROLES = {"funders": "funding", "implementers": "implementing", "accountable": "accountable", "extending": "extending"}
PLACED_BY = {"territory_code", "commune", "province", "places"}
PLAIN = ("status", "start_date", "end_date", "amount_year", "beneficiaries_said", "beneficiaries_count", "note")
LONGEST = {"beneficiaries_said": 500, "note": 4000, "title": 300, "description": 4000}
Cancelled = Callable[[], bool]
Progress = Callable[[int, int], None]
AT_ONCE = 500
TOTAL_ROW, HEADER_AGAIN = "total_row", "header_again"
_SAYS_FRENCH = re.compile(r"\bfr\b|franc|french|الفرنسيه")
MADE = "row-"
"""Begins the identifiers of rows that have none."""


class ImportCancelled(Exception):
    """The preview was cancelled; nothing had been written."""


@dataclass(frozen=True)
class Known:
    """What rows are read against: official places, known names, the codes that records may hold."""

    places: Places
    names: Names
    codes: Codes


def candidates(
    sheet: Sheet,
    plan: ImportPlan,
    known: Known,
    *,
    on_progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Candidate]:
    """Read every row of a sheet; as many candidates as rows, in their order.

    Raises
    ------
    ImportCancelled
        `cancelled` said so, between two batches of rows.
    """
    position = {column: number for number, column in enumerate(sheet.columns)}
    wanted = {name: position[column] for name, column in plan.columns.items() if column in position}
    readings = column_readings(sheet, plan, wanted)
    drafts: list[tuple[Draft, dict[str, Any], Point | None]] = []
    header = [words(column) for column in sheet.columns]
    for number, row in enumerate(sheet.rows):
        if number % AT_ONCE == 0:
            if cancelled and cancelled():
                raise ImportCancelled
            if on_progress:
                on_progress(number, len(sheet.rows))
        draft = Draft(row, plan.columns)
        if problem := _no_project(row.cells, header):
            draft.refuse("", "", problem)
            drafts.append((draft, {}, None))
            continue
        cells = _cells(draft, {name: row.cells[at] for name, at in wanted.items() if not is_blank(row.cells[at])})
        if row.problem == "several_points" and cells.keys() & PLACED_BY:
            draft.notes.append(draft.said("lat", "", "point_of_several"))
        elif row.problem:
            draft.refuse("", "", row.problem)
        drafts.append((draft, cells, read_point(draft, cells, readings)))
    drafts = _without_placeholders(drafts)
    located = known.places.locate([(point.lon, point.lat) if point else (0.0, 0.0) for _, _, point in drafts])
    read = [
        _candidate(draft, cells, point, commune, plan=plan, readings=readings, known=known)
        for (draft, cells, point), commune in zip(drafts, located, strict=True)
    ]
    return _once_each(read)


def _no_project(cells: Sequence[Any], header: Sequence[str]) -> str:
    """Return why a row is no project, whatever its columns say: it sums up others, or names the columns again."""
    if is_total(cells):
        return TOTAL_ROW
    same = 0
    for at, cell in enumerate(cells):
        if isinstance(cell, str) and cell.strip():
            text = words(cell)
            if text != header[at] and known_header(text) is None:
                return ""
            same += text == header[at]
    return HEADER_AGAIN if same > 1 else ""


def _cells(draft: Draft, cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells with signs for what only looks like controls; the row says where, and where a formula failed."""
    failed = [name for name, cell in cells.items() if is_failed(cell)]
    for name in failed:
        draft.refuse(name, cells[name], "spreadsheet_error")
    read = {name: with_signs(cell) for name, cell in cells.items() if name not in failed}
    draft.notes.extend(
        draft.said(name, read[name], "windows_signs")
        for name, cell in cells.items()
        if name in read and cell != read[name]
    )
    return read


def _candidate(
    draft: Draft,
    cells: Mapping[str, Any],
    point: Point | None,
    located: str,
    *,
    plan: ImportPlan,
    readings: Mapping[str, str],
    known: Known,
) -> Candidate:
    content = draft.content
    _read_words(draft, cells)
    for name in PLAIN:
        kind = import_fields()[name].kind
        value = draft.take(name, read_cell(kind, cells.get(name), readings.get(name)), cells.get(name))
        if value is not None:
            content[name] = _cut(draft, name, value)
    content.setdefault("status", plan.defaults.get("status") or "unknown")
    read_money(draft, cells, plan, readings)
    _read_source(draft, cells, readings)
    _read_bodies(draft, cells, plan, known)
    if isinstance(cells.get("places"), list):
        content["places"] = read_listed(draft, cells["places"], known.places)
    else:
        territories = read_territories(Reader(draft, known.places, plan.readings, located), cells)
        content["places"] = (
            placed(draft, territories, point, located, known.places, text_of(cells.get("place_name")))
            if territories or point
            else []
        )
    external_id = text_of(cells.get("external_id"))
    if external_id in known.names.projects:
        content["same_as"] = external_id
    content = {name: value for name, value in content.items() if value not in (None, "", [], {})}
    problems = [*draft.problems, *_contract(draft, content, known)]
    return Candidate(draft.row, external_id or _made_id(content), content, problems, draft.notes)


def _read_words(draft: Draft, cells: Mapping[str, Any]) -> None:
    for name in ("title", "description"):
        columns = {language: f"{name}_{language}" for language in LANGUAGES}
        said = {
            language: draft.take(column, read_cell("text", cells.get(column), None), cells.get(column))
            for language, column in columns.items()
        }
        told = {language: _cut(draft, name, text, column=columns[language]) for language, text in said.items() if text}
        if told:
            draft.content[name] = _by_script(draft, name, told)


def _by_script(draft: Draft, name: str, told: dict[str, str]) -> dict[str, str]:
    """Return words in Arabic letters as Arabic, where their column does not say that it is French; the row says so."""
    column = f"{name}_fr"
    said = draft.columns.get(column, "")
    letters = [letter for letter in told.get("fr", "") if letter.isalpha()]
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    if "ar" in told or 2 * arabic <= len(letters) or _SAYS_FRENCH.search(words(said)):
        return told
    draft.notes.append(draft.said(column, told["fr"], "language_by_script"))
    return {**{language: text for language, text in told.items() if language != "fr"}, "ar": told["fr"]}


def _read_source(draft: Draft, cells: Mapping[str, Any], readings: Mapping[str, str]) -> None:
    said = text_of(cells.get("source_url"))
    if said:
        is_address = said.casefold().startswith(("http://", "https://"))
        draft.content["source_url" if is_address else "source_said"] = said[:1000]
    date = draft.take("source_date", read_cell("date", cells.get("source_date"), readings.get("source_date")), "")
    if date:
        draft.content["source_date"] = date


def _read_bodies(draft: Draft, cells: Mapping[str, Any], plan: ImportPlan, known: Known) -> None:
    bodies = []
    for name, role in ROLES.items():
        if name in cells:
            bodies += known.names.bodies(cells[name], role)
    if isinstance(cells.get("organisations"), list):
        bodies += known.names.bodies(cells["organisations"], "")
    unique = {(one.get("organisation_code"), one.get("organisation_name"), one["role"]): one for one in bodies}
    if unique:
        draft.content["organisations"] = list(unique.values())
    said = cells.get("sectors") or plan.defaults.get("sectors")
    if said:
        draft.content["sectors"] = draft.take("sectors", known.names.read_sectors(said, plan.readings), said) or []


def _contract(draft: Draft, content: Mapping[str, Any], known: Known) -> list[RowProblem]:
    """Return what of the contract of records the row breaks, but for fields whose cells are refused already."""
    if any(problem.rule in (TOTAL_ROW, HEADER_AGAIN) for problem in draft.problems):
        return []  # it is no project: what a project needs is beside the point
    refused = {problem.field for problem in draft.problems}
    groups = {"places": {"territory_code", "commune", "province", "region", "lat", "lon", "position", "places"}}
    groups |= {name: {f"{name}_{language}" for language in LANGUAGES} for name in ("title", "description")}
    found = []
    for problem in check(KIND, content, known.codes):
        name = problem.path.split(".")[0]
        if name in refused or refused & groups.get(name, set()):
            continue
        column = {"places": "commune", "title": "title_fr"}.get(name, name)
        found.append(draft.said(column, problem.value, f"contract_{problem.rule}", problem.allowed))
    return found


def _cut(draft: Draft, name: str, value: Any, *, column: str = "") -> Any:
    longest = LONGEST.get(name)
    if longest and isinstance(value, str) and len(value) > longest:
        draft.refuse(column or name, value, "too_long", str(longest))
    return value


def _made_id(content: Mapping[str, Any]) -> str:
    """Return the identifier of a row that has none: its title and places, which tell it from the others of its file."""
    title = content.get("title", {})
    places = sorted(f"{one['territory_code']} {words(one.get('place_name', ''))}" for one in content.get("places", []))
    said = "|".join([*(words(title.get(language, "")) for language in LANGUAGES), *places])
    return f"{MADE}{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _without_placeholders(
    drafts: Sequence[tuple[Draft, dict[str, Any], Point | None]],
) -> list[tuple[Draft, dict[str, Any], Point | None]]:
    """Leave out positions that stand for several places at once; each row is told."""

    def said_place(cells: Mapping[str, Any]) -> str:
        return words(" ".join(text_of(cells.get(name)) for name in ("territory_code", "commune", "place_name")))

    shared = shared_points((point, said_place(cells)) for _, cells, point in drafts)
    kept: list[tuple[Draft, dict[str, Any], Point | None]] = []
    for draft, cells, point in drafts:
        if point is not None and (round(point.lon, 5), round(point.lat, 5)) in shared and said_place(cells):
            draft.notes.append(draft.said("lat", f"{point.lat}, {point.lon}", "shared_point"))
            kept.append((draft, cells, None))
        else:
            kept.append((draft, cells, point))
    return kept


def _once_each(read: Sequence[Candidate]) -> list[Candidate]:
    """Hold back every row but the first that bears an identifier; what the others say is never lost in silence."""
    seen: Counter[str] = Counter()
    kept = []
    for candidate in read:
        if not candidate.content.get("title") and candidate.external_id.startswith(MADE):
            kept.append(candidate)  # its identifier is made of a title it does not have
            continue
        seen[candidate.external_id] += 1
        if seen[candidate.external_id] > 1:
            title = next(iter(candidate.content.get("title", {}).values()), "")
            again = RowProblem("external_id", "", shown(title), "repeated_row", candidate.external_id[:40])
            kept.append(replace(candidate, problems=[*candidate.problems, again]))
        else:
            kept.append(candidate)
    return kept
