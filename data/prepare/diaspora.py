"""Moroccans abroad in figures: every figure with its year, area and page; sources side by side, never merged."""

import re
from pathlib import Path

import pandas as pd

from data.codes import resolve
from data.prepare.reading import address, read_decisions, read_text, write_table

AREAS_FILE = "data/prepare/decisions/areas.csv"
MEASURES_FILE = "data/prepare/decisions/diaspora_measures.csv"
PRESS_LIST = "press_list"
UNITS = {
    "personnes": "people",
    "%": "percent",
    "milliards DH": "billion_mad",
    "millions DH": "million_mad",
    "milliards USD": "billion_usd",
    "associations": "associations",
    "projets": "projects",
    "ménages": "households",
    "naissances": "births",
}
# 2019, 2018-2019, 2010/11, 2000/01-2010/11: the first year and the last, which may be written with two digits.
PERIOD = re.compile(r"(\d{4})(?:.*?[-/](\d{4}|\d{2}))?$")


def prepare(source: Path, tables: Path) -> None:
    """Write `diaspora_figures.csv`."""
    said = read_text(source / "projects" / "diaspora_chiffres.csv")
    write_table(figures(said), "diaspora_figures", tables)


def figures(said: pd.DataFrame) -> pd.DataFrame:
    """Return one row per figure; the rows of the press list without method are marked as not to be charted.

    Raises
    ------
    CodeError
        A country, an indicator or a unit that the lists do not hold.
    """
    measures = read_decisions("diaspora_measures").set_index("indicator")
    areas = dict(read_decisions("areas").itertuples(index=False))
    spelled = {name: name for name in measures.index}
    found = [
        resolve(row.indicateur, spelled, where=f"diaspora row {row.Index + 1}", file=MEASURES_FILE)
        for row in said.itertuples()
    ]
    named = measures.loc[found].reset_index()
    years = said["annee"].map(period)
    addresses = said["source_url"].map(address)
    return pd.DataFrame(
        {
            "figure_code": [f"D{number:03}" for number in range(1, len(said) + 1)],
            "subject_code": named["subject_code"],
            "measure_fr": named["indicator"].str.replace("'", "’"),
            "measure_ar": named["label_ar"],
            "measure_en": named["label_en"],
            "area_code": [resolve(name, areas, where="diaspora (pays)", file=AREAS_FILE) for name in said["pays"]],
            "first_year": [first for first, _ in years],
            "last_year": [last for _, last in years],
            "year_said": said["annee"],
            "value": said["valeur"],
            "unit": [
                resolve(unit, UNITS, where="diaspora (unite)", file="data/prepare/diaspora.py")
                for unit in said["unite"]
            ],
            "is_chartable": (named["subject_code"] != PRESS_LIST).map({True: "true", False: "false"}),
            "note_fr": said["note"].str.replace("'", "’"),
            "source_url": [url for url, _ in addresses],
            "source_date": said["date_source"],
        }
    )


def period(said: str) -> tuple[str, str]:
    """Return the first and last year of a period as written, empty texts when no year is given.

    Examples
    --------
    >>> [period(said) for said in ("2019", "2018-2019", "2010/11", "2000/01-2010/11", "")]
    [('2019', '2019'), ('2018', '2019'), ('2010', '2011'), ('2000', '2011'), ('', '')]
    """
    found = PERIOD.match(said)
    if not found:
        return "", ""
    first, last = found.groups()
    if last is None:
        return first, first
    return first, last if len(last) == len(first) else _century(said) + last


def _century(said: str) -> str:
    """Return the first two digits of the last full year written."""
    return str(re.findall(r"\d{4}", said)[-1])[:2]
