"""One field of a record as a widget, by its type in the catalogue; what is typed becomes a value or stays as typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from data.imports.numbers import read_number
from data.imports.outcome import Value
from data.records.contract import LANGUAGES, Codes, Field, is_empty
from data.records.picture_terms import licences
from data.records.service import Service
from data.texts import Texts, load_texts
from pages.ui.knowledge import Knowledge
from pages.ui.records import record_words

LONG_TEXT = 1000
"""Characters from which a text is written in a field of several lines."""


@dataclass(frozen=True)
class Form:
    """What widgets need: where they are, what may be named, the words. `key` begins the key of each widget.

    Attributes
    ----------
    acts
        Of whoever fills the form: they keep the pictures that are sent. Without them none is asked for.
    """

    key: str
    know: Knowledge
    codes: Codes
    t: Texts
    acts: Service | None = None

    def under(self, name: str) -> "Form":
        """Return the form of a group within this one."""
        return replace(self, key=f"{self.key}.{name}")


def ask(form: Form, field: Field, value: Any) -> Any:
    """Show a field with the value it has, and return the value it has now; None for none."""
    return WIDGETS[field.type](form, field, value)


def label(form: Form, field: Field) -> str:
    """Name a field; one that must be filled carries a star."""
    return form.t(f"field.{field.name}") + (" *" if field.required else "")


def amount(typed: str) -> str | None:
    """Return an amount as a decimal text; what cannot be one stays as it was typed, for the contract to say so.

    It is read as a cell of a file is: spaces, apostrophes or ٬ between thousands, Arabic digits. "120.000" stays: it
    may be thousands as well as decimals.

    Examples
    --------
    >>> amount("3 981 250,5"), amount("١٢٠٬٠٠٠")
    ('3981250.50', '120000.00')
    >>> amount("120.000"), amount("about 5"), amount("0,125")
    ('120.000', 'about 5', '0,125')
    """
    read = read_number(typed)
    if not isinstance(read, Value) or not isinstance(read.value, Decimal) or read.note:
        return typed.strip() or None
    return f"{read.value:.2f}" if read.value == round(read.value, 2) else typed.strip()


def _words(form: Form, field: Field, value: Any) -> dict[str, str] | None:
    given: Mapping[str, str] = value if isinstance(value, Mapping) else {}
    own = form.t.language
    texts = {own: _typed(form, field, given.get(own), f"{field.name}.{own}", label(form, field))}
    with st.expander(form.t("record.other_languages", field=form.t(f"field.{field.name}"))):
        for language in (code for code in LANGUAGES if code != own):
            name = load_texts(language).name
            said = form.t("stories.in_language", field=form.t(f"field.{field.name}"), language=name)
            texts[language] = _typed(form, field, given.get(language), f"{field.name}.{language}", said)
    kept = {language: text for language, text in texts.items() if text}
    return kept or None


def _typed(form: Form, field: Field, value: Any, name: str, said: str) -> str:
    help_ = form.t(f"field_help.{field.name}") if form.t.has(f"field_help.{field.name}") else None
    show: Callable[..., str | None] = st.text_area if field.longest > LONG_TEXT else st.text_input
    return (show(said, value or "", max_chars=field.longest, key=f"{form.key}.{name}", help=help_) or "").strip()


def _text(form: Form, field: Field, value: Any) -> str | None:
    return _typed(form, field, value, field.name, label(form, field)) or None


def view(typed: str) -> str | None:
    """Return the view of an address copied from a browser: its page and what was chosen there, without the language.

    Examples
    --------
    >>> view("https://atlas.example/sous/villages?territory=09&lang=ar&service=school")
    'villages?territory=09&service=school'
    >>> view("  ")
    """
    try:
        parts = urlsplit(typed.strip())
    except ValueError:
        return typed.strip()
    chosen = [pair for pair in parse_qsl(parts.query) if pair[0] not in ("lang", "v")]
    page = parts.path.rstrip("/").rpartition("/")[2]
    return (f"{page}?{urlencode(chosen)}" if chosen else page) or None


def _view(form: Form, field: Field, value: Any) -> str | None:
    return view(_typed(form, field, value, field.name, label(form, field)))


def _amount(form: Form, field: Field, value: Any) -> str | None:
    return amount(_typed(form, field, value, field.name, label(form, field)))


def _number(form: Form, field: Field, value: Any) -> float | int | None:
    whole = field.type != "number"
    least, most = (None if abs(end) == float("inf") else end for end in (field.least, field.most))
    limits: dict[str, Any] = {"min_value": least, "max_value": most}
    if whole:
        limits = {name: None if end is None else int(end) for name, end in limits.items()} | {"step": 1}
        limits |= {"min_value": 1900, "max_value": 2100} if field.type == "year" else {}
    known = value if isinstance(value, int | float) else None
    written = "%d" if whole else "%.6g"
    return st.number_input(
        label(form, field), value=known, key=f"{form.key}.{field.name}", format=written, placeholder="", **limits
    )


def _choice(form: Form, field: Field, value: Any) -> str | None:
    options = list(field.of)
    return st.selectbox(
        label(form, field),
        options,
        index=options.index(value) if value in options else None,
        format_func=lambda code: form.t(f"choice.{field.name}.{code}"),
        placeholder=form.t("record.choose"),
        key=f"{form.key}.{field.name}",
    )


def _currency(form: Form, field: Field, value: Any) -> str | None:
    options = sorted(form.codes["currencies"], key=lambda code: (code != "MAD", code != "EUR", code))
    return st.selectbox(
        label(form, field),
        options,
        index=options.index(value) if value in options else None,
        placeholder=form.t("record.choose"),
        key=f"{form.key}.{field.name}",
    )


def _code(form: Form, field: Field, value: Any) -> str | None:
    options = options_of(form, str(field.of))
    return st.selectbox(
        label(form, field),
        options,
        index=options.index(value) if value in options else None,
        format_func=lambda code: word(form, str(field.of), code),
        placeholder=form.t("record.search"),
        key=f"{form.key}.{field.name}",
    )


def options_of(form: Form, of: str) -> list[str]:
    """Return the codes of a list in the order in which they are offered: places by their hierarchy, names by letter."""
    if of == "territories":
        return list(form.know.territories.codes)
    if of == "picture_licences":
        return list(licences())
    if of in ("sectors", "organisation_types"):
        return list(getattr(form.know.catalog, of))
    return sorted(form.codes.get(of, ()), key=lambda code: word(form, of, code).casefold())


def word(form: Form, of: str, code: str) -> str:
    """Return the word of a code of a list."""
    know, t = form.know, form.t
    if of == "territories":
        return record_words.place_offered(know, code, t)
    if of == "organisations":
        return record_words.body(know, code, t)
    if of == "sectors":
        return t.label("sector", code, know.catalog.sectors[code].label)
    if of == "picture_licences":
        return t.label("picture_licence", code, licences()[code].name)
    if of == "organisation_types":
        return t.label("organisation_type", code, know.catalog.organisation_types[code])
    row = know.register.row_of.get(code)
    return code if row is None else f"{know.register.projects['title_fr'].iloc[row]} ({code})"


def filled(group: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a group, empty fields left out."""
    return {name: value for name, value in group.items() if not is_empty(value)}


WIDGETS: Mapping[str, Callable[[Form, Field, Any], Any]] = {
    "words": _words,
    "text": _text,
    "url": _text,
    "date": _text,
    "amount": _amount,
    "number": _number,
    "integer": _number,
    "year": _number,
    "choice": _choice,
    "currency": _currency,
    "code": _code,
    "view": _view,
}
