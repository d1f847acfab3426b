"""Yearly average exchange rates against the dirham, from the IMF's averages against the dollar."""

from pathlib import Path

import pandas as pd

from data.prepare.reading import read_text, write_table

# A currency is quoted once per country that uses it, not always alike: the issuer's own line is taken.
ISSUERS = {"EUR": "Euro Area (EA)", "GBP": "United Kingdom", "USD": None}
DIRHAM_ISSUER = "Morocco"
RATE_DECIMALS = 8
FIRST_YEAR = 1990  # before the oldest project in a foreign currency


def prepare(source: Path, tables: Path) -> None:
    """Write `rates.csv`: dirhams for one euro, pound or dollar, average of each year."""
    write_table(dirham_rates(read_text(source / "fx" / "imf_annual_avg_usd.csv")), "rates", tables)


def dirham_rates(published: pd.DataFrame) -> pd.DataFrame:
    """Return dirhams for one unit of each currency and year.

    Parameters
    ----------
    published
        Columns Date, Rate (units of the currency for one US dollar, average of the year), Currency and Country, as
        texts.

    Returns
    -------
    pandas.DataFrame
        currency, year, mad_per_unit (eight decimals); one row per currency and year in which both are quoted.
    """
    quoted = published.assign(year=published["Date"].str[:4].astype("int"), rate=published["Rate"].astype("float"))
    dirham = _per_dollar(quoted, "MAD", DIRHAM_ISSUER)
    rows = []
    for currency, issuer in ISSUERS.items():
        rate = (dirham if issuer is None else dirham / _per_dollar(quoted, currency, issuer)).dropna()
        rows.append(pd.DataFrame({"currency": currency, "year": rate.index, "mad_per_unit": rate.to_numpy()}))
    rates = pd.concat(rows, ignore_index=True)
    return rates[rates["year"] >= FIRST_YEAR].round({"mad_per_unit": RATE_DECIMALS}).reset_index(drop=True)


def _per_dollar(quoted: pd.DataFrame, currency: str, issuer: str) -> pd.Series:
    lines = quoted[(quoted["Currency"] == currency) & (quoted["Country"] == issuer)]
    return lines.set_index("year")["rate"]
