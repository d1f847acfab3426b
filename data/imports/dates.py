"""Dates as people write them, at their own precision; a day that may be a month is asked, not guessed."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable

from data.imports.digits import plain, words
from data.imports.outcome import EMPTY, Ambiguous, Option, Outcome, Unreadable, Value

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
"""The order of a column's dates written with digits only."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_SERIAL, LAST_SERIAL = 20_000, 60_000  # days of a spreadsheet: 1954-10-03 to 2064-04-08
SERIAL_ORIGIN = dt.date(1899, 12, 30)
SERIAL_1904_DAYS = 1_462
HIJRI_YEARS = range(1300, 1500)
LAST_MONTH = 12
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("janvier", "janv", "jan", "january", "يناير", "جانفي", "كانون الثاني"),
    ("fevrier", "fevr", "fev", "february", "feb", "فبراير", "فيفري", "شباط"),
    ("mars", "mar", "march", "مارس", "اذار"),
    ("avril", "avr", "april", "apr", "ابريل", "افريل", "نيسان"),
    ("mai", "may", "ماي", "مايو", "ايار"),
    ("juin", "june", "jun", "يونيو", "يونيه", "جوان", "حزيران"),
    ("juillet", "juil", "july", "jul", "يوليوز", "يوليو", "جويليه", "تموز"),
    ("aout", "august", "aug", "غشت", "اغسطس", "اوت", "اب"),
    ("septembre", "sept", "sep", "september", "شتنبر", "سبتمبر", "ايلول"),
    ("octobre", "oct", "october", "اكتوبر", "تشرين الاول"),
    ("novembre", "nov", "november", "نونبر", "نوفمبر", "تشرين الثاني"),
    ("decembre", "dec", "december", "دجنبر", "ديسمبر", "كانون الاول"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*|z|[+-]\d{2}:?\d{2})?)?)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DIGITS = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[ -/.]+)?([^\W\d]+(?: (?:الاول|الثاني))?)[ -/.,]+(\d{4}|\d{2})")
_MONTH_DAY_YEAR = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_PART_OF_YEAR = re.compile(
    r"(?:t|q|s|h|trim(?:estre)?|sem(?:estre)?)\.? ?[1-4](?:er|e|eme)?[ /-]*(\d{4})"
    r"|[1-4](?:er|e|eme)? ?(?:trimestre|semestre) (\d{4})"
)
_YEARS = re.compile(r"(\d{4}) ?(?:-|/|a|to|الي) ?(\d{4})")
_WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAYS += "|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت|الاحد"
_BEFORE = re.compile(rf"^(?:le |on |يوم |بتاريخ )?(?:(?:{_WEEKDAYS}),? )?(?:le )?")
_YEAR_SAID = re.compile(r"(?:annee|exercice|campagne|year|سنه|عام|في سنه|في) ?(\d{4}) ?م?|(\d{4}) ?م")
_ABOUT_YEAR = re.compile(
    r"(?:courant|au cours de|debut|mi|fin|early|mid|late|end of|خلال|بدايه|منتصف|نهايه|اواخر)"
    r"[ -]*(?:(?:d'|de l')?annee|سنه|عام)? ?(\d{4})"
)
_HIJRI = re.compile(
    r".*\b1[34]\d{2} ?ه(?:ـ|جريه)?"
    r"|.*(?:محرم|صفر|ربيع|جمادي|رجب|شعبان|رمضان|شوال|ذو القعده|ذي القعده|ذو الحجه|ذي الحجه).* 1[34]\d{2}"
)


def read_date(text: str, *, order: str | None = None) -> Outcome:
    """Read a date, whole or partial.

    Parameters
    ----------
    order
        `dmy` or `mdy` where the rest of the column, or somebody, has settled it.

    Returns
    -------
    Outcome
        Partial ISO text: 2014, 2014-03 or 2014-03-01. Ambiguous: `day_or_month` (readings dmy, mdy), `two_digit_year`,
        `range` (readings low, high). Unreadable: `not_a_date`, `no_such_day`, `year_out_of_range`, `hijri`.
        The notes `excel_serial` and `coarser` say that a number of days was read, that a quarter, or the beginning or
        end of a year, became that year.

    Examples
    --------
    >>> read_date("1er غشت 2014"), read_date("01/03/2014").reason
    (Value(value='2014-08-01', note=''), 'day_or_month')
    """
    said = _BEFORE.sub("", words(text))
    if not said:
        return EMPTY
    for pattern, read in _READERS:
        if found := pattern.fullmatch(said):
            return read(found, order)
    return _serial(plain(text))


def day_order_of(texts: Iterable[str]) -> str | None:
    """Return the order of a column's dates, from those whose day is beyond 12; None when none tells, or they differ.

    Examples
    --------
    >>> day_order_of(["01/03/2014", "25/12/2013"])
    'dmy'
    """
    orders: Counter[str] = Counter()
    for text in texts:
        if found := _DIGITS.fullmatch(plain(text)):
            first, second = int(found[1]), int(found[2])
            if first > LAST_MONTH >= second:
                orders[DAY_FIRST] += 1
            elif second > LAST_MONTH >= first:
                orders[MONTH_FIRST] += 1
    return next(iter(orders)) if len(orders) == 1 else None


def date_of_serial(days: float, *, epoch_1904: bool = False) -> str:
    """Return the day a spreadsheet counts as `days`, ISO."""
    return (SERIAL_ORIGIN + dt.timedelta(int(days) + (SERIAL_1904_DAYS if epoch_1904 else 0))).isoformat()


def _iso(found: re.Match[str], _order: str | None) -> Outcome:
    return _made(*(int(part) for part in found.groups() if part))


def _digits(found: re.Match[str], order: str | None) -> Outcome:
    first, second = int(found[1]), int(found[2])
    if len(found[3]) == len("14"):
        return _short_year(found, order)
    year = int(found[3])
    by_day, by_month = _made(year, second, first), _made(year, first, second)
    if isinstance(by_day, Value) and isinstance(by_month, Value) and by_day != by_month:
        if order in (DAY_FIRST, MONTH_FIRST):
            return by_day if order == DAY_FIRST else by_month
        return Ambiguous("day_or_month", (Option(by_day.value, DAY_FIRST), Option(by_month.value, MONTH_FIRST)))
    return by_day if isinstance(by_day, Value) or first > LAST_MONTH or second <= LAST_MONTH else by_month


def _short_year(found: re.Match[str], order: str | None) -> Outcome:
    whole = [read_date(f"{found[1]}/{found[2]}/{century}{found[3]}", order=order) for century in ("20", "19")]
    options = []
    for one, reading in zip(whole, ("21st", "20th"), strict=True):
        options += [Option(option.value, f"{reading} {option.reading}") for option in getattr(one, "options", ())]
        options += [Option(one.value, reading)] if isinstance(one, Value) else []
    return Ambiguous("two_digit_year", tuple(options)) if options else whole[0]


def _month_year(found: re.Match[str], _order: str | None) -> Outcome:
    return _made(int(found[2]), int(found[1]))


def _named(found: re.Match[str], _order: str | None) -> Outcome:
    day, month, year = found[1], MONTHS.get(found[2].rstrip(".")), found[3]
    if month is None:
        return Unreadable("not_a_date")
    if len(year) == len("14"):
        options = [_made(int(f"{century}{year}"), month, *([int(day)] if day else [])) for century in ("20", "19")]
        good = [one.value for one in options if isinstance(one, Value)]
        said = tuple(Option(value, reading) for value, reading in zip(good, ("21st", "20th"), strict=False))
        return Ambiguous("two_digit_year", said) if said else options[0]
    return _made(int(year), month, *([int(day)] if day else []))


def _month_day_year(found: re.Match[str], _order: str | None) -> Outcome:
    month = MONTHS.get(found[1])
    return Unreadable("not_a_date") if month is None else _made(int(found[3]), month, int(found[2]))


def _part_of_year(found: re.Match[str], _order: str | None) -> Outcome:
    read = _made(int(found[1] or found[2]))
    return Value(read.value, "coarser") if isinstance(read, Value) else read


def _year_said(found: re.Match[str], _order: str | None) -> Outcome:
    return _made(int(found[1] or found[2]))


def _years(found: re.Match[str], _order: str | None) -> Outcome:
    low, high = _made(int(found[1])), _made(int(found[2]))
    if isinstance(low, Value) and isinstance(high, Value) and low.value < high.value:
        return Ambiguous("range", (Option(low.value, "low"), Option(high.value, "high")))
    return Unreadable("not_a_date")


def _serial(said: str) -> Outcome:
    if re.fullmatch(r"\d{5}(\.\d+)?", said) and FIRST_SERIAL <= float(said) <= LAST_SERIAL:
        return Value(date_of_serial(float(said)), "excel_serial")
    return Unreadable("not_a_date")


def _made(year: int, month: int | None = None, day: int | None = None) -> Outcome:
    if year in HIJRI_YEARS:
        return Unreadable("hijri")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Unreadable("year_out_of_range", f"{FIRST_YEAR} – {LAST_YEAR}")
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return Unreadable("no_such_day")
    if month is None:
        return Value(f"{year}")
    return Value(f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{day:02}")


_READERS = (
    (_ISO, _iso),
    (_COMPACT, _iso),
    (_DIGITS, _digits),
    (_MONTH_YEAR, _month_year),
    (_YEARS, _years),
    (_PART_OF_YEAR, _part_of_year),
    (_YEAR_SAID, _year_said),
    (_ABOUT_YEAR, _part_of_year),
    (_HIJRI, lambda _found, _order: Unreadable("hijri")),
    (_MONTH_DAY_YEAR, _month_day_year),
    (_NAMED, _named),
)
