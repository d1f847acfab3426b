"""How a file is read on the import page: as it is found, or as somebody chose; no more often than it must."""

import streamlit as st

from data.imports.encodings import CHOICES
from data.imports.own import whole
from data.imports.sandbox import read_file
from data.imports.sheet import Asked, FileRefused, Sheet
from data.texts import Texts

SEPARATORS = (";", ",", "\t", "|")
TEXTUAL = ("csv", "geojson", "shapefile")
MOST_HEADER = 100
MOST_READ = 2
"""Ways of reading one file that are kept: as it was found, and as somebody chose."""
READ = "atlas_import_read"


def refused_said(refused: FileRefused, t: Texts) -> str:
    """Say why a file was not taken, and what to do."""
    key = f"import.file.{refused.reason}"
    return t(key if t.has(key) else "import.file.reader_died", detail=refused.detail)


def _read(content: bytes, digest: str, asked: Asked) -> list[Sheet]:
    """Read a file once for this visit, as long as it is read the same way."""
    key = (digest, asked)
    kept = {known: sheets for known, sheets in st.session_state.get(READ, {}).items() if known[0] == digest}
    if key not in kept:
        while len(kept) >= MOST_READ:
            kept.pop(next(iter(kept)))
        kept[key] = whole(read_file(content, asked))
    st.session_state[READ] = kept
    return list(kept[key])


def found(content: bytes, digest: str, name: str) -> list[Sheet]:
    """Return the sheets of a file as they are found; where nothing can be, in the encoding that somebody chose."""
    try:
        return _read(content, digest, Asked(name))
    except FileRefused:
        if not (encoding := st.session_state.get(_key("encoding", digest))):
            raise
        return _read(content, digest, Asked(name, encoding))


def as_chosen(sheet: Sheet, content: bytes, digest: str, name: str, t: Texts) -> Sheet:
    """Return a sheet read as somebody chose; as it was found where they chose nothing else, or nothing is read so."""
    said = {
        what: chosen
        for what in ("encoding", "separator", "header_row")
        if (chosen := st.session_state.get(_key(what, digest, sheet))) and str(chosen) != sheet.facts.get(what, "")
    }
    if not said:
        return sheet
    try:
        read = _read(content, digest, Asked(name, **said))
    except FileRefused as refused:
        st.error(refused_said(refused, t))
        return sheet
    return next((one for one in read if one.name == sheet.name), sheet)


def _key(what: str, digest: str, sheet: Sheet | None = None) -> str:
    """Return the key of what is chosen: once for a file, the row of names once for each of its sheets."""
    own = f"-{sheet.name}" if sheet is not None and what == "header_row" else ""
    return f"{what}-{digest[:12]}{own}"


def way_of_reading(digest: str, sheet: Sheet | None, t: Texts) -> None:
    """Offer what may be chosen otherwise; for a file that nobody could read, its encoding."""
    facts = sheet.facts if sheet else {}
    if sheet is not None and sheet.format not in (*TEXTUAL, "xlsx"):
        return
    with st.container(horizontal=True):
        if sheet is None or sheet.format in TEXTUAL:
            found_as = position_of(CHOICES, facts.get("encoding"))
            st.selectbox(t("import.encoding"), CHOICES, index=found_as, key=_key("encoding", digest))
        if sheet is not None and sheet.format == "csv":
            st.selectbox(
                t("import.separator"),
                SEPARATORS,
                index=position_of(SEPARATORS, facts.get("separator")),
                format_func=lambda sign: t("import.separator_tab") if sign == "\t" else sign,
                key=_key("separator", digest),
            )
        if sheet is not None and "header_row" in facts:
            found = int(facts["header_row"])
            key = _key("header_row", digest, sheet)
            st.number_input(t("import.header_row"), 1, max(MOST_HEADER, found), value=found, key=key)


def position_of(choices: tuple[str, ...], value: str | None) -> int | None:
    """Return where a value stands among choices; None when it is none of them."""
    return choices.index(value) if value in choices else None
