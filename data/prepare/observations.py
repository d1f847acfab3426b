"""What the censuses of 2014 and 2024 and the poverty estimates say of every territory, one line a value.

Values of 2024 are published for all levels. Those of 2014 and 2004 are published for communes and arrondissements
only: cities, provinces, regions and the country are computed from them where the count that weighs them is known.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from data.catalog import load_catalog
from data.errors import CodeError
from data.measures import Indicator
from data.prepare.census import COUNTRY_CODE, LEVELS, WIDTH, official_code
from data.prepare.reading import read_text, write_parquet

CENSUS_YEAR = 2024
MILIEUX = {"ensemble": "total", "urbain": "urban", "rural": "rural"}
WIDE_LEVELS = ("country", "region", "province")
SUM_DECIMALS = 3  # more than any source gives: takes off what adding two decimals leaves
LEAST_COVERAGE = 0.95  # of the weight: below, a mean over communes would not speak for the whole
PROVINCE_DIGITS = 3  # a province keeps its last three digits when it changes region
POVERTY_OF_PROVINCES = {
    "monetary_poverty": "pauvrete_monetaire_2014_pct",
    "monetary_vulnerability": "vulnerabilite_2014_pct",
}
OURS = ("persons_15_plus_14", "women_15_plus_14", "children_under_15_14", "active_persons_14", "hh_size_14")
STATES = ("known", "missing", "withheld", "not_applicable")
KEY = ["indicator_code", "year", "milieu", "territory_code"]


def prepare(source: Path, tables: Path) -> None:
    """Write observations.parquet."""
    places = read_text(tables / "territories.csv").set_index("territory_code")
    indicators = load_catalog().indicators
    facts, units = read_facts(source, places), read_units_2014(source)
    found = pd.concat([published(facts, indicators), *earlier(units, indicators, places)])
    found = _with_published_poverty(found, source, places)
    table = complete(found, indicators, places)
    write_parquet(_compact(table, indicators, places), "observations", tables)


def read_facts(source: Path, places: pd.DataFrame) -> pd.DataFrame:
    """Return the facts of 2024 by official code: territory_code, milieu (as the source says), indicator_id, value.

    Raises
    ------
    CodeError
        A territory of the census is not in the table `territories`, or the other way round.
    """
    listed = pd.read_parquet(source / "census" / "rgph2024_geo.parquet")
    units = listed["geo_level"] == "Commune/Arrondissement"
    listed["level"] = listed["geo_level"].map(LEVELS).mask(units, "commune")
    listed = listed.dropna(subset="level")
    codes = {code: official_code(code, level) for code, level in zip(listed["geo_code"], listed["level"], strict=True)}
    if odd := set(codes.values()) ^ set(places.index):
        raise CodeError(f"rgph2024_geo: {len(odd)} codes differ from territories.csv, for example {sorted(odd)[:3]}")
    facts = pd.read_parquet(source / "census" / "rgph2024_facts.parquet")
    # Two headings of the source show the same count (people aged 15 and over): one line each is enough.
    facts = facts[facts["geo_code"].isin(codes)].drop_duplicates(["geo_code", "milieu", "indicator_id"])
    return facts.assign(territory_code=facts["geo_code"].map(codes))


def read_units_2014(source: Path) -> pd.DataFrame:
    """Return the 1,538 units (communes, and arrondissements of six cities) with their figures of 2004 and 2014.

    Columns of `OURS` are counts and means of 2014 that follow from the published ones. Four units have no rate in 2014
    and a population of 0: whether nobody was counted or nothing published is not said, so the 0 is taken as missing.
    """
    units = read_text(source / "census" / "communes_2014_2024.csv").set_index("code2024")
    units = units.drop(columns=["code2014"]).apply(pd.to_numeric, errors="coerce")
    counts = ["pop2014", "pop2014_f", "households2014"]
    units[counts] = units[counts].where(units["u15_14"].notna() & (units["households2014"] > 0))
    adult = 1 - units["u15_14"] / 100
    units["persons_15_plus_14"] = units["pop2014"] * adult
    # The share under 15 is published for both sexes together only.
    units["women_15_plus_14"] = units["pop2014_f"] * adult
    units["children_under_15_14"] = units["pop2014"] - units["persons_15_plus_14"]
    units["active_persons_14"] = units["persons_15_plus_14"] * units["activity_14"] / 100
    units["hh_size_14"] = units["pop2014"] / units["households2014"]
    return units


def published(facts: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """Return the values of 2024 as published, columns of one indicator added up.

    Urban and rural values are kept for provinces, regions and the country.
    """
    declared = {one.code: one.columns[CENSUS_YEAR] for one in indicators.values() if CENSUS_YEAR in one.columns}
    used_by: dict[str, list[str]] = {}
    for code, columns in declared.items():
        for column in columns:
            used_by.setdefault(column, []).append(code)
    if unknown := set(used_by) - set(facts["indicator_id"]):
        raise CodeError(f"indicators.toml: no column {', '.join(sorted(unknown))} in rgph2024_facts")
    rows = facts[facts["indicator_id"].isin(used_by)]
    rows = rows.assign(indicator_code=rows["indicator_id"].map(used_by), milieu=rows["milieu"].map(MILIEUX))
    rows = rows[(rows["milieu"] == "total") | (rows["territory_code"].map(len) <= WIDTH["province"])]
    rows = rows.explode("indicator_code")
    sums = rows.groupby(["indicator_code", "milieu", "territory_code"])["value"].agg(["sum", "size"]).reset_index()
    whole = sums["size"] == sums["indicator_code"].map({code: len(columns) for code, columns in declared.items()})
    known = sums[whole].rename(columns={"sum": "value"}).drop(columns="size")
    return known.assign(year=CENSUS_YEAR, value=known["value"].round(SUM_DECIMALS), computed=False)


def earlier(units: pd.DataFrame, indicators: Mapping[str, Indicator], places: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the values of 2004 and 2014: of communes and arrondissements as published, of wider levels computed."""
    frames = []
    for one in indicators.values():
        for year, columns in one.columns.items():
            if year == CENSUS_YEAR:
                continue
            own = units[list(columns)].sum(axis=1, skipna=False)
            weighing = one.denominator.get(year) or one.weight.get(year)
            weight = units[_single(indicators[weighing].columns[year])] if weighing else None
            wide = _computed(own, weight, one, places)
            computed = bool(set(columns) & set(OURS))
            for values, ours in ((own, computed), (wide, True)):
                rows = values.dropna().round(SUM_DECIMALS).rename_axis("territory_code").reset_index(name="value")
                frames.append(rows.assign(indicator_code=one.code, milieu="total", year=year, computed=ours))
    return frames


def _computed(own: pd.Series, weight: pd.Series | None, one: Indicator, places: pd.DataFrame) -> pd.Series:
    """Return the values of cities, provinces, regions and the country: sums of counts, weighted means of the rest.

    A mean is missing where no weight is known, or where units with less than 95 % of the weight have a value.
    """
    if one.is_count:
        return pd.concat([own[codes.index].groupby(codes).sum(min_count=1) for codes in _containers(own, places)])
    if weight is None:
        return pd.Series(dtype="float64")
    if one.universe == "rural":
        weight = weight[places["milieu"].reindex(weight.index) == "rural"]
    weight = weight.fillna(0)
    own = own.reindex(weight.index)
    means = []
    for codes in _containers(own, places):
        known = weight.where(own.notna(), 0).groupby(codes).sum()
        whole = weight.groupby(codes).sum()
        mean = (own * weight).groupby(codes).sum() / known
        means.append(mean[(whole > 0) & (known >= LEAST_COVERAGE * whole)])
    return pd.concat(means)


def _containers(own: pd.Series, places: pd.DataFrame) -> list[pd.Series]:
    """Return, for each wider level, the territory every unit belongs to."""
    code = own.index.to_series()
    parent = places["parent_code"].reindex(own.index)
    of_city = parent[places["level"].reindex(own.index) == "arrondissement"]
    wider = [code.str[: WIDTH[level]] for level in ("province", "region")]
    return [of_city, *wider, pd.Series(COUNTRY_CODE, index=own.index)]


def _with_published_poverty(found: pd.DataFrame, source: Path, places: pd.DataFrame) -> pd.DataFrame:
    """Put the published poverty of provinces in place of the one computed from communes."""
    listed = pd.read_csv(source / "census" / "pauvrete2014_provinces.csv")
    ending = listed["code_prov_hcp2014"].astype(int).astype(str).str.zfill(PROVINCE_DIGITS).str[-PROVINCE_DIGITS:]
    provinces = {code[-PROVINCE_DIGITS:]: code for code in places.index[places["level"] == "province"]}
    if set(ending) != set(provinces) or ending.duplicated().any():
        raise CodeError("pauvrete2014_provinces.csv: codes are not those of the 75 provinces; compare with territories")
    listed = listed.set_index(ending.map(provinces))
    for code, column in POVERTY_OF_PROVINCES.items():
        rows = found["territory_code"].isin(listed.index) & (found["indicator_code"] == code)
        values = found.loc[rows, "territory_code"].map(listed[column]).round(SUM_DECIMALS)
        found = found.assign(
            value=found["value"].mask(rows, values.reindex(found.index)), computed=found["computed"] & ~rows
        )
    return found


def complete(found: pd.DataFrame, indicators: Mapping[str, Indicator], places: pd.DataFrame) -> pd.DataFrame:
    """Return one row for every value the catalogue promises, with its state where there is none."""
    wide = places.index[places["level"].isin(WIDE_LEVELS)]
    expected = []
    for one in indicators.values():
        for year, levels in one.levels.items():
            at = places.index[places["level"].isin(levels)]
            expected.append(
                pd.DataFrame({"territory_code": at, "milieu": "total", "indicator_code": one.code, "year": year})
            )
            for milieu in ("urban", "rural") if year == CENSUS_YEAR else ():
                rows = pd.DataFrame({"territory_code": wide, "milieu": milieu, "indicator_code": one.code})
                expected.append(rows.assign(year=year))
    table = pd.concat(expected, ignore_index=True).merge(found, on=KEY, how="left", validate="one_to_one")
    rural_only = table["indicator_code"].map({one.code: one.universe == "rural" for one in indicators.values()})
    nowhere_rural = rural_only & (table["territory_code"].isin(_towns(places)) | (table["milieu"] == "urban"))
    # Two provinces are towns through and through: they have no rural figures, whatever the indicator.
    no_countryside = (table["milieu"] == "rural") & table["territory_code"].isin(_towns(places))
    state = np.where(table["value"].notna(), "known", "missing")
    table["state"] = np.where(table["value"].isna() & (nowhere_rural | no_countryside), "not_applicable", state)
    return table.assign(computed=table["computed"].eq(other=True))


def _towns(places: pd.DataFrame) -> set[str]:
    """Return urban communes and arrondissements, and the provinces made of them alone."""
    small = places[places["level"].isin(["commune", "arrondissement"])]
    rural = set(small.index[small["milieu"] == "rural"].str[: WIDTH["province"]])
    provinces = set(places.index[places["level"] == "province"]) - rural
    return set(small.index[small["milieu"] == "urban"]) | provinces


def _compact(table: pd.DataFrame, indicators: Mapping[str, Indicator], places: pd.DataFrame) -> pd.DataFrame:
    orders = {
        "indicator_code": list(indicators),
        "milieu": list(MILIEUX.values()),
        "territory_code": list(places.index),
        "state": list(STATES),
    }
    table = table.assign(**{name: pd.Categorical(table[name], order) for name, order in orders.items()})
    return table.astype({"year": "int16", "computed": "bool"}).sort_values(KEY)


def _single(columns: tuple[str, ...]) -> str:
    (column,) = columns
    return column
