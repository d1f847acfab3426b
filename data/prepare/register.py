"""The register of projects in the atlas's own model: projects, their sectors, their places, what was decided."""

import re
from pathlib import Path

import pandas as pd

from data.codes import resolve
from data.money import convert, count
from data.prepare.decided import decisions
from data.prepare.organisations import read_communes
from data.prepare.rates import dirham_rates
from data.prepare.reading import read_decisions, read_register, read_text, sector_words, write_table
from data.prepare.villages import PRECISIONS, agreed_precision, locate

STATUSES = {"en_cours": "implementation", "terminé": "closed", "inconnu": "unknown"}
# Addresses that carry the day or the month of the page: /2025/03/19/, /2024/08, /20190221/, stories/202301070176.
DATE_IN_ADDRESS = re.compile(
    r"/(20\d\d)/([01]\d)(?:/([0-3]\d))?(?=/|$)|/(20\d\d)([01]\d)([0-3]\d)(?=/)|stories/(20\d\d)([01]\d)([0-3]\d)"
)


def prepare(source: Path, tables: Path) -> None:
    """Write `projects.csv`, `project_sectors.csv`, `project_locations.csv` and `register_decisions.csv`."""
    register = read_register(source)
    rates = dirham_rates(read_text(source / "fx" / "imf_annual_avg_usd.csv"))
    locations = locate(register, source, set(read_communes(source).index))
    sectors = project_sectors(register)
    projects = read_projects(register, rates)
    places = locations.groupby("project_code")["territory_code"].nunique()
    projects["precision"] = [agreed_precision(row.precision, places[row.Index]) for row in projects.itertuples()]
    write_table(projects, "projects", tables)
    write_table(sectors, "project_sectors", tables)
    write_table(locations, "project_locations", tables)
    write_table(decisions(register, projects, locations), "register_decisions", tables)


def read_projects(register: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Return the projects in the columns of the contract, indexed by project code.

    Raises
    ------
    CodeError
        A status or precision word that the lists do not hold.
    """
    codes = register.index
    readings, titles = _of_each("readings", codes), _of_each("titles", codes)
    # Notes that point at « the next rows » of the file name the rows instead.
    notes = _of_each("notes", codes)["note"]
    title = titles["title_fr"].mask(titles["title_fr"] == "", register["titre"])
    amount = pd.to_numeric(register["budget"].replace("", None))
    projects = pd.DataFrame(
        {
            "project_code": codes,
            "title_fr": title.str.replace("'", "’"),
            "title_ar": titles["title_ar"],
            "title_en": titles["title_en"],
            "status": _words(register, "statut", STATUSES, readings["status"]),
            "start_date": register["debut"],
            "end_date": register["fin"],
            "precision": _words(register, "precision", PRECISIONS, readings["precision"]),
            "amount": amount,
            "currency": register["devise"].where(amount.notna(), ""),
            "money_year": readings["money_year"],
            "envelope": readings["envelope"],
            "part_of": readings["part_of"],
            "same_as": readings["same_as"],
            "beneficiaries_said": register["beneficiaires"],
            "beneficiaries_count": _of_each("beneficiaries", codes)["beneficiaries_count"],
            "note": notes.mask(notes == "", register["note"]),
            "source_url": register["source_url"],
            "source_date": register["source_url"].map(date_in_address),
            "register": register["register"],
        },
        index=codes,
    )
    projects = convert(projects, rates)
    return projects.assign(counted_mad=count(projects))


def _of_each(name: str, codes: pd.Index) -> pd.DataFrame:
    """Return a file of decisions with one row per project, empty texts where nothing was decided."""
    return read_decisions(name).set_index("project_code").reindex(codes, fill_value="")


def _words(register: pd.DataFrame, column: str, words: dict[str, str], decided: pd.Series) -> pd.Series:
    """Return the decided word of each row, else the one its source word means."""
    return pd.Series(
        {
            code: decided[code]
            or resolve(said, words, where=f"register {code} ({column})", file="data/prepare/decisions/readings.csv")
            for code, said in register[column].items()
        }
    )


def project_sectors(register: pd.DataFrame) -> pd.DataFrame:
    """Return the sectors of each project with their shares, which sum to 100.

    The sector is the one the register's word means; `decisions/sectors.csv` names the rows that clearly have several.
    The DAC/CRS purpose code of the source goes with the sector of its word.
    """
    words = sector_words()
    several = read_decisions("sectors")
    rows = []
    for row in register.itertuples():
        own = resolve(
            row.secteur, words, where=f"register {row.project_code} (secteur)", file="data/catalog/sectors.toml"
        )
        shares = several[several["project_code"] == row.project_code]
        shares_pct = dict(zip(shares["sector_code"], shares["share_pct"], strict=True)) or {own: "100"}
        first = own if own in shares_pct else next(iter(shares_pct))
        rows += [
            (row.project_code, code, row.secteur_dac if code == first else "", pct) for code, pct in shares_pct.items()
        ]
    return pd.DataFrame(rows, columns=["project_code", "sector_code", "dac_code", "share_pct"])


def date_in_address(address: str) -> str:
    """Return the date an address states (day or month), or an empty text.

    Examples
    --------
    >>> date_in_address("https://medias24.com/2025/03/19/a-tata/")
    '2025-03-19'
    >>> date_in_address("https://energy-assistance.org/2024/08")
    '2024-08'
    >>> date_in_address("https://fr.allafrica.com/stories/202301070176.html")
    '2023-01-07'
    >>> date_in_address("https://www.agadirtv.ma/31942.html")
    ''
    """
    found = DATE_IN_ADDRESS.search(address)
    return "-".join(part for part in found.groups() if part) if found else ""
