"""What the sources page shows: the card of each source, and of each table and drawing made from them."""

from typing import Any

from data import store
from data.catalog import Column, Drawing, Source, Table, in_language
from data.errors import TableError
from data.texts import Texts
from pages.ui.knowledge import Knowledge


def sources(know: Knowledge, t: Texts) -> dict[str, Any]:
    """Return what `sources.html` shows."""
    made: list[Table | Drawing] = [*know.catalog.tables.values(), *know.catalog.drawings.values()]
    return {
        "title": t("menu.sources"),
        "lead": t("sources.lead"),
        "api": {"title": t("sources.api"), "url": f"api?lang={t.language}"},
        "status": {"title": t("sources.status_title"), "text": t("sources.status")},
        "summary": {
            "title": t("sources.summary"),
            "header": [t("sources.source"), t("sources.licence"), t("sources.date")],
        },
        "labels": {name: t(f"sources.{name}") for name in ("sources", "feeds", "from", "tables", "tables_lead")}
        | {"separator": t("list.separator")},
        "sources": [_source_card(source, made, t) for source in know.catalog.sources.values()],
        "tables": [_table_card(entry, know, t) for entry in made],
    }


def rows_of(table: Table, t: Texts) -> tuple[str, TableError | None]:
    """Return how many rows a table has, and what is wrong with it when it cannot be read."""
    try:
        return t.number(len(store.load(table.name))), None
    except TableError as error:
        return t("missing.short"), error


def _source_card(source: Source, made: list[Table | Drawing], t: Texts) -> dict[str, Any]:
    date = t.date(source.date) if source.date else t("sources.undated")
    licence = in_language(source.licence, t.language)
    facts = [
        {"label": t("sources.publisher"), "value": in_language(source.publisher, t.language)},
        {"label": t("sources.licence"), "value": licence, "url": source.licence_url or ""},
        {"label": t("sources.date"), "value": date},
        {"label": t("sources.changes"), "value": in_language(source.changes, t.language)},
    ]
    if source.mind:
        facts.append({"label": t("sources.mind"), "value": in_language(source.mind, t.language)})
    if source.url:
        facts.append({"label": t("sources.url"), "value": source.url, "url": source.url})
    return {
        "code": source.code,
        "title": in_language(source.title, t.language),
        "licence": licence,
        "date": date,
        "facts": facts,
        "feeds": [_title(entry, t) for entry in made if source.code in entry.sources],
    }


def _table_card(entry: Table | Drawing, know: Knowledge, t: Texts) -> dict[str, Any]:
    columns: tuple[Column, ...] = ()
    facts: list[dict[str, Any]] = []
    if isinstance(entry, Table):
        columns = entry.columns
        facts.append({"label": t("quality.rows"), "value": rows_of(entry, t)[0]})
    files = (entry.file,) if isinstance(entry, Table) else entry.files
    facts.append(
        {"label": t("sources.file"), "value": ", ".join(f"data/tables/{file}" for file in files), "file": True}
    )
    named = (know.catalog.sources[code] for code in entry.sources)
    return {
        **_title(entry, t),
        "use": t(f"dataset.{entry.name}.use"),
        "facts": facts,
        "sources": [
            {
                "code": source.code,
                "title": in_language(source.title, t.language),
                "licence": in_language(source.licence, t.language),
            }
            for source in named
        ],
        "columns_title": t("sources.columns", n=len(columns)),
        "columns": [
            {"name": column.name, "type": t(f"column_type.{column.type}"), "description": described(entry, column, t)}
            for column in columns
        ],
    }


def described(entry: Table | Drawing, column: Column, t: Texts) -> str:
    """Say what a column holds: in English as its contract does, in another language as its texts do."""
    if not column.description:
        return ""
    keys = (f"described.{entry.name}.{column.name}", f"described.{column.name}")
    return next((t(key) for key in keys if t.has(key)), column.description)


def _title(entry: Table | Drawing, t: Texts) -> dict[str, str]:
    return {"code": f"dataset-{entry.name}", "title": t.label("dataset", f"{entry.name}.title", entry.name)}
