"""What the import page shows, step by step: the file, its columns, what it would change, and what became of it."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from data.imports.commit import commit
from data.imports.fields import import_fields
from data.imports.plan import ImportPlan, guess_plan
from data.imports.preview import Preview, dry_run
from data.imports.rules import Known
from data.imports.sheet import MOST_BYTES, FileRefused, Sheet
from data.imports.template import write_csv_template, write_template
from data.imports.villages import columns_of
from data.records.errors import StaleVersion, StoreError
from data.records.rights import Person, may
from data.texts import Texts
from pages.ui import living
from pages.ui.imports import import_answers, import_past, import_reading, import_report
from pages.ui.imports.import_known import known
from pages.ui.knowledge import Knowledge
from pages.ui.page import show
from pages.ui.records.contribute_view import store_said

MAIN = ("external_id", "title_fr", "title_ar", "status", "start_date", "end_date", "sectors", "commune", "province")
MAIN_FIELDS = (*MAIN, "territory_code", "place_name", "lat", "lon", "funders", "implementers", "amount", "currency")
FACTORS = ("1", "1000", "1000000", "1000000000")
PREVIEWED = 5
SAID, SEEN = "atlas_import_said", "atlas_import_seen"


def bring_in(person: Person, know: Knowledge, t: Texts) -> None:
    """Show the page to whoever may import; tell a visitor how to."""
    show("heading.html", key="import-head", title=t("import.title"), lead=t("import.lead"))
    _templates(t)
    if not may(person, "import"):
        account = f"account?lang={t.language}"
        show("way.html", key="import-way", said=t("import.sign_in"), label=t("menu.account"), url=account)
        return
    done = st.session_state.pop(SAID, None)
    uploaded = st.file_uploader(t("import.upload"), key="import-file", max_upload_size=MOST_BYTES // 1_000_000)
    if uploaded is not None:
        _file(uploaded.getvalue(), str(uploaded.name), person, know, t)
    if done:  # where the button was that did it
        st.success(done)
    import_past.past(person, know, t)


def _templates(t: Texts) -> None:
    with st.container(horizontal=True, gap="small", key="import-templates"):
        st.caption(t("import.template"), width="content")
        for extension, writer in (("xlsx", write_template), ("csv", write_csv_template)):
            st.download_button(
                t(f"import.template_{extension}"),
                data=_written(writer, t),
                file_name=f"atlas-modele-{t.language}.{extension}",
                key=f"template-{extension}",
                on_click="ignore",
            )


def _written(writer: Any, t: Texts) -> Any:
    return lambda: writer(t)


def _file(content: bytes, name: str, person: Person, know: Knowledge, t: Texts) -> None:
    digest = hashlib.sha256(content).hexdigest()
    try:
        sheets = import_reading.found(content, digest, name[:120])
    except FileRefused as refused:
        st.error(import_reading.refused_said(refused, t))
        import_reading.way_of_reading(digest, None, t)
        return
    guesses = [len(guess_plan(sheet, origin="").columns) for sheet in sheets]
    chosen = guesses.index(max(guesses))
    if len(sheets) > 1:
        names = [sheet.name for sheet in sheets]
        picked = st.selectbox(t("import.sheet"), names, index=chosen, key=f"sheet-{digest[:12]}")
        chosen = names.index(picked)
    st.header(t("import.reading"), anchor=False)
    import_reading.way_of_reading(digest, sheets[chosen], t)
    sheet = import_reading.as_chosen(sheets[chosen], content, digest, name[:120], t)
    show("import_rows.html", key="import-rows", **import_report.first_rows(sheet, PREVIEWED, t))
    if columns_of(sheet):
        import_report.villages(sheet, t)
        return
    plan = _plan(sheet, digest, name, know, t)
    _what_it_would_do(sheet, plan, content, digest, name=name, person=person, know=know, t=t)


def _plan(sheet: Sheet, digest: str, name: str, know: Knowledge, t: Texts) -> ImportPlan:
    """Ask which column says what, beginning with what was guessed."""
    st.header(t("import.columns"), anchor=False)
    short = f"{digest[:12]}-{sheet.name}"
    stem = name.rpartition(".")[0] or name
    origin = st.text_input(
        t("import.origin"), stem[:80], key=f"origin-{short}", help=t("import.origin_help"), max_chars=80
    )
    guessed = guess_plan(sheet, origin=origin.strip() or stem)
    if sheet.format == "iati":
        return guessed
    columns: dict[str, str] = {}
    with st.container(horizontal=True, key="import-columns"):
        for field in MAIN_FIELDS:
            _column(field, sheet, guessed, columns, short, t)
    with st.expander(t("import.more_columns")), st.container(horizontal=True):
        for field in (one for one in import_fields() if one not in (*MAIN_FIELDS, "places", "organisations")):
            _column(field, sheet, guessed, columns, short, t)
    if "places" in guessed.columns:
        columns["places"] = guessed.columns["places"]
    return _defaults(replace(guessed, columns=columns), short, know, t)


def _column(field: str, sheet: Sheet, guessed: ImportPlan, columns: dict[str, str], short: str, t: Texts) -> None:
    options = [None, *sheet.columns]
    found = guessed.columns.get(field)
    picked = st.selectbox(
        t(f"import.field.{field}"),
        options,
        index=options.index(found) if found in options else 0,
        format_func=lambda column: column or t("import.nothing"),
        key=f"column-{field}-{short}",
        width=210,
    )
    if picked:
        columns[field] = picked


def _defaults(plan: ImportPlan, short: str, know: Knowledge, t: Texts) -> ImportPlan:
    defaults = dict(plan.defaults)
    with st.container(horizontal=True, key="import-defaults"):
        sector = st.selectbox(
            t("import.default_sector"),
            [None, *know.catalog.sectors],
            format_func=lambda code: t.label("sector", code) if code else t("import.default_none"),
            key=f"default-sector-{short}",
            width=260,
        )
        currencies = [None, *sorted(know.record_codes["currencies"], key=lambda code: (code != "MAD", code))]
        currency = st.selectbox(
            t("import.default_currency"),
            currencies,
            index=currencies.index(defaults.get("currency")) if defaults.get("currency") in currencies else 0,
            format_func=lambda code: code or t("import.default_none"),
            key=f"default-currency-{short}",
            width=260,
        )
        factor = st.selectbox(
            t("import.factor"),
            FACTORS,
            index=import_reading.position_of(FACTORS, str(plan.factor)) or 0,
            format_func=lambda number: t(f"import.factor_{number}"),
            key=f"factor-{short}",
            width=180,
        )
    told = {"sectors": sector, "currency": currency}
    return replace(plan, defaults={name: said for name, said in told.items() if said}, factor=Decimal(factor or "1"))


def _what_it_would_do(
    sheet: Sheet, plan: ImportPlan, content: bytes, digest: str, *, name: str, person: Person, know: Knowledge, t: Texts
) -> None:
    st.header(t("import.report"), anchor=False)
    plan = replace(plan, readings=import_answers.given(digest[:12]))
    preview = _seen(sheet, plan, known(know), digest, person, t)
    import_report.report(preview, digest[:12], t)
    _decision(preview, content, name, person, t)


def _seen(sheet: Sheet, plan: ImportPlan, told: Known, digest: str, person: Person, t: Texts) -> Preview:
    """Make the dry run once for the same file, plan, store and person."""
    repository = living.repository() if living.is_there() else None
    key = (digest, sheet.name, sheet.facts.get("header_row"), str(plan.as_json()), person, living.published_version())
    kept = st.session_state.get(SEEN)
    if kept is None or kept[0] != key:
        bar = st.progress(0.0)
        told_of = import_report.progress_of(bar, t)
        preview = dry_run(sheet, plan, told, repository=repository, person=person, on_progress=told_of)
        bar.empty()
        st.session_state[SEEN] = kept = (key, preview)
    return kept[1]


def _cancelled(said: str) -> None:
    """Say so, unless the import was done when the button was pressed: that is said then."""
    st.session_state.setdefault(SAID, said)


def _decision(preview: Preview, content: bytes, name: str, person: Person, t: Texts) -> None:
    held = len(preview.held_back)
    if not preview.changes:
        if not held:
            st.info(t("import.nothing_new"))
        return
    if held:
        st.caption(t("import.all_or_nothing"))
    with st.container(horizontal=True):
        everything = st.button(t("import.write_all"), type="primary", disabled=bool(held), key="import-all")
        valid = st.button(t("import.write_valid"), key="import-valid", help=t("import.held_kept")) if held else False
    if not (everything or valid):
        return
    # Pressing it ends this run, and with it the transaction.
    st.button(t("import.cancel"), key="import-cancel", on_click=_cancelled, args=(t("import.cancelled"),))
    bar = st.progress(0.0)
    try:
        done = commit(
            preview,
            repository=living.repository(),
            person=person,
            content=content,
            file_name=name,
            valid_only=valid,
            on_progress=import_report.progress_of(bar, t),
        )
    except StaleVersion as error:
        st.session_state.pop(SEEN, None)
        st.error(t(f"import.{error.reason}"))
        return
    except StoreError as error:
        st.error(store_said(error, t))
        return
    st.session_state.pop(SEEN, None)
    said = t("import.done", created=len(done.applied.created), updated=len(done.applied.updated))
    waits = any(change.status == "submitted" for change in preview.changes)
    st.session_state[SAID] = f"{said} {t('import.waits')}" if waits else said
    st.rerun()
