"""Every word, number, amount and date a user reads, in the user's language; nothing process-wide."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent, get_decimal_symbol, get_group_symbol

from data.errors import CatalogError
from data.typography import kept_together, names_within_marks, nested

LOCALE_FOLDER = Path(__file__).parent / "locale"
DEFAULT_LANGUAGE = "fr"
PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
ONE_AND_MORE = 2
MILLION, BILLION = 1_000_000, 1_000_000_000
ONE_PERCENT = 0.01


@dataclass(frozen=True)
class Texts:
    """The words of one language. Call it with a key; missing keys fall back to French, then show the key itself.

    Attributes
    ----------
    language
        Code of the file in `data/locale`: fr, ar, en…
    name, short
        The language's name in itself, and the sign of one to three letters on its button.
    direction
        ltr or rtl.
    babel
        Babel locale used for numbers and dates (Moroccan where there is one).
    inner_marks
        The two quotation marks of what is quoted inside a quotation.
    high_marks
        Signs that stand apart from the word before them and never begin a line.
    """

    language: str
    name: str
    short: str
    direction: str
    babel: Locale
    entries: Mapping[str, str] = field(repr=False)
    fallback: "Texts | None" = field(default=None, repr=False)
    inner_marks: str = "“”"
    high_marks: str = ""

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return the sentence of `key` with its placeholders filled; numbers are written as the language does.

        A key with plural forms (`key.one`, `key.few`, `key.other`…) is chosen by the value named `n`; `key.zero`
        says none in any language, also where grammar has no form for it.
        """
        pattern = self._pattern(key, values.get("n"))
        if pattern is None:
            return self.fallback(key, **values) if self.fallback else key
        shown = {name: self.number(value) if _is_number(value) else value for name, value in values.items()}
        return pattern.format(**self.set_within(pattern, shown)) if shown else pattern

    def set_within(self, pattern: str, shown: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a sentence's placeholders; what it quotes has its own marks replaced by inner ones."""
        quoted = names_within_marks(pattern) & shown.keys()
        return {**shown, **{name: nested(str(shown[name]), self.inner_marks) for name in quoted}}

    def has(self, key: str) -> bool:
        """Tell whether this very language knows the key, plural forms included."""
        return key in self.entries or f"{key}.other" in self.entries

    def number(self, value: float, decimals: int | None = None) -> str:
        """Write a number with the language's separators; `decimals` fixes how many are shown, else two at most."""
        pattern = "#,##0.##" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        return self._with_minus(_decimal(value + 0, pattern, self.babel))  # adding 0 makes 0 of -0

    def _with_minus(self, written: str) -> str:
        """Write a minus as long as a plus, left of its digits where the writing runs from the right."""
        mark = "\u200e" if self.direction == "rtl" else ""
        return f"{mark}−{written[1:]}" if written.startswith("-") else written

    def signed(self, difference: float, decimals: int) -> str:
        """Write a difference with its sign, which stays left of its digits where the writing runs from the right."""
        rounded = round(difference, decimals) + 0.0
        sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
        mark = "\u200e" if sign and self.direction == "rtl" else ""
        return mark + sign + self.number(abs(rounded), decimals)

    @property
    def number_signs(self) -> dict[str, str]:
        """How the language writes numbers, for whoever writes them elsewhere: decimal, thousands, percent after it."""
        return {
            "decimal": get_decimal_symbol(self.babel),
            "thousands": get_group_symbol(self.babel),
            "percent": self.percent(0.5).removeprefix("50"),
        }

    def percent(self, share: float, decimals: int = 0) -> str:
        """Write a share between 0 and 1 as a percentage, its sign set as the language does ("38 %", "38%")."""
        pattern = self.babel.percent_formats[None].pattern
        said = format_percent(share, pattern.replace("##0", f"##0.{'0' * decimals}".rstrip(".")), locale=self.babel)
        return self._with_minus(str(said))

    def share(self, share: float) -> str:
        """Write a share in whole percent, never as none or all where it is only nearly that ("moins de 1 %")."""
        if 0 < share <= ONE_PERCENT / 2:
            return self("share.less", share=self.percent(ONE_PERCENT))
        if 1 - ONE_PERCENT / 2 <= share < 1:
            return self("share.more", share=self.percent(1 - ONE_PERCENT))
        return self.percent(share)

    def money(self, amount: float, currency: str = "MAD") -> str:
        """Write an amount in full, to the unit, with its currency."""
        if currency == "MAD":
            return self("money.full", amount=self.number(amount, 0 if float(amount).is_integer() else 2))
        return str(format_currency(amount, currency, locale=self.babel, decimal_quantization=False))

    def short_money(self, amount_mad: float) -> str:
        """Write an amount in dirhams as a title or a label needs it: three significant figures beyond a million."""
        for unit, key in ((BILLION, "money.billion"), (MILLION, "money.million")):
            if abs(amount_mad) >= unit:
                scaled = amount_mad / unit
                return self(key, amount=round(scaled, max(0, 3 - len(str(int(abs(scaled)))))))
        return self("money.full", amount=self.number(amount_mad, 0))

    def date(self, partial: str) -> str:
        """Write a partial ISO date (2014, 2014-04 or 2014-04-27) at its own precision, never finer."""
        year, *rest = (int(part) for part in partial.split("-"))
        if not rest:
            return str(year)
        if len(rest) == 1:
            return str(format_skeleton("yMMMM", dt.date(year, rest[0], 1), locale=self.babel))
        return str(format_date(dt.date(year, rest[0], rest[1]), "long", locale=self.babel))

    def area(self, code: str) -> str:
        """Name a country by its ISO code (`FR`), or a wider area by the texts' own word (`area.gulf`)."""
        return str(self.babel.territories.get(code) or self.label("area", code))

    def label(self, kind: str, code: str, default: str | None = None) -> str:
        """Return the word for a code (`label("status", "closed")`), or the catalogue's own French word, or the code."""
        key = f"{kind}.{code}"
        for texts in (self, self.fallback):
            if texts is not None and texts.has(key):
                return texts(key)
        return default if default is not None else code

    def form(self, number: float, forms: Sequence[str]) -> str:
        """Return the form of a word that goes with a number, of two (one, more), three (none first) or CLDR's six.

        Arabic tells six apart: none, one, two, a few, many, others. A lone form goes with every number.
        """
        plural = self.babel.plural_form(number)
        if len(forms) == len(PLURAL_FORMS):
            return forms[PLURAL_FORMS.index(plural)]
        none, one = (forms[0], forms[1]) if len(forms) > ONE_AND_MORE else (forms[0], forms[0])
        return none if number == 0 and len(forms) > ONE_AND_MORE else one if plural == "one" else forms[-1]

    def typeset(self, text: str) -> str:
        """Return a text of a table as this language sets it: no line begins with a sign that stands apart."""
        return kept_together(text, self.high_marks)

    def _pattern(self, key: str, count: Any) -> str | None:
        if key in self.entries:
            return self.entries[key]
        if _is_number(count):
            form = "zero" if count == 0 and f"{key}.zero" in self.entries else self.babel.plural_form(count)
            return self.entries.get(f"{key}.{form}", self.entries.get(f"{key}.other"))
        return self.entries.get(f"{key}.other")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def languages() -> tuple[str, ...]:
    """Codes of the languages on offer, French first: one file in `data/locale` is one language."""
    codes = sorted(path.stem for path in LOCALE_FOLDER.glob("*.toml"))
    return tuple(sorted(codes, key=lambda code: code != DEFAULT_LANGUAGE))


@lru_cache
def load_texts(language: str) -> Texts:
    """Read one language.

    Raises
    ------
    CatalogError
        There is no such file, or it does not say its name, direction and Babel locale.
    """
    path = LOCALE_FOLDER / f"{language}.toml"
    if language not in languages():
        raise CatalogError(f"data/locale: unknown language '{language}'; known: {', '.join(languages())}")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    about = content.pop("language", {})
    missing = {"name", "direction", "babel"} - set(about)
    if missing:
        raise CatalogError(f"{path.name} [language]: missing {', '.join(sorted(missing))}")
    return Texts(
        language=language,
        name=about["name"],
        short=about.get("short", language.upper()),
        direction=about["direction"],
        babel=Locale.parse(about["babel"]),
        entries={key: kept_together(said, about.get("high_marks", "")) for key, said in _flatten(content).items()},
        fallback=None if language == DEFAULT_LANGUAGE else load_texts(DEFAULT_LANGUAGE),
        inner_marks=about.get("inner_marks", "“”"),
        high_marks=about.get("high_marks", ""),
    )


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


@lru_cache(maxsize=16_384)  # the same figures are written again and again, each time for as long as all the rest
def _decimal(value: float, pattern: str, locale: Locale) -> str:
    return str(format_decimal(value, pattern, locale=locale))
