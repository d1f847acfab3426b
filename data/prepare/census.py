"""The official list of territories and their people, from the censuses of 2014 and 2024."""

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.prepare.reading import read_decisions, read_text

COUNTRY_CODE = "MA"
WIDTH = {"region": 2, "province": 5, "commune": 9, "arrondissement": 9}
LEVELS = {"National": "country", "Région": "region", "Préfecture/Province": "province"}
ORDER = ("country", "region", "province", "commune", "arrondissement")
CITY_DIGITS = 7  # HCP writes a city divided into arrondissements on eight digits: 01.511.01.0, here without its zero
INDICATORS = {
    "population_population_legale_ensemble": "population_2024",
    "population_population_municipale_ensemble": "municipal_population_2024",
    "menages_menages_ensemble": "households_2024",
}
PEOPLE_2014 = {"pop2014": "municipal_population_2014", "households2014": "households_2014"}
MILIEUX = {"urbaine": "urban", "rurale": "rural"}


def official_territories(source: Path) -> pd.DataFrame:
    """Return every territory of the census of 2024 with its place in the hierarchy, its names and its people.

    Returns
    -------
    pandas.DataFrame
        Indexed by territory_code, from the country down to the arrondissements and by code inside a level: level,
        parent_code, name_fr, name_ar, milieu, municipal_population_2014, households_2014, population_2024,
        municipal_population_2024, households_2024. The figures of 2014 are sums over the communes of the level.
    """
    places = _hierarchy(pd.read_parquet(source / "census" / "rgph2024_geo.parquet"))
    units = read_units(source)
    places = places.join(_people_2024(source), on="geo_code").drop(columns="geo_code")
    places["name_ar"] = _arabic_names(units).reindex(places.index)
    places["milieu"] = units["kind"].map(MILIEUX).reindex(places.index)
    # A city divided into arrondissements is an urban municipality; it has no line of its own in the list of units.
    places.loc[places.index.isin(cities(places)), "milieu"] = "urban"
    return places.join(_people_2014(units, places))


def read_units(source: Path) -> pd.DataFrame:
    """Return the 1,538 units of the outlines (communes, and arrondissements of six cities) without their geometry."""
    units = gpd.read_file(source / "admin" / "communes_full.gpkg", ignore_geometry=True)
    return units.set_index("code2024", verify_integrity=True).sort_index()


def official_code(geo_code: str, level: str) -> str:
    """Return the nine (five, two) digits of a code that lost its leading zero.

    Examples
    --------
    >>> official_code("95410723", "commune"), official_code("9541", "province")
    ('095410723', '09541')

    A city divided into arrondissements has one digit less than the others, at the end:

    >>> official_code("1511010", "commune")
    '015110100'
    """
    if level == "country":
        return COUNTRY_CODE
    if level == "commune" and len(geo_code) == CITY_DIGITS:
        return geo_code.zfill(CITY_DIGITS + 1) + "0"
    return geo_code.zfill(WIDTH[level])


def cities(places: pd.DataFrame) -> dict[str, list[str]]:
    """Return the arrondissements of each divided city: city code → codes, in order."""
    parts = places[places["level"] == "arrondissement"]
    return {str(city): sorted(codes) for city, codes in parts.groupby("parent_code").groups.items()}


def tidy(name: str) -> str:
    """Return a name without doubled spaces, empty brackets, footnote marks or spaces on one side of a hyphen only.

    Examples
    --------
    >>> tidy("شتوكة- آيت  باها ( )")
    'شتوكة - آيت باها'
    >>> tidy("Zoug*")
    'Zoug'
    """
    name = re.sub(r"\(\s*\)|\*", "", name)
    name = re.sub(r"\s+-\s*|\s*-\s+", " - ", name)
    return " ".join(name.split())


def _hierarchy(listed: pd.DataFrame) -> pd.DataFrame:
    listed = listed.set_index("geo_code", drop=False)
    level = listed["geo_level"].map(LEVELS)
    units = listed["geo_level"] == "Commune/Arrondissement"
    divided = units & listed["full_label"].str.startswith("Arrondissement")
    level = level.mask(units, "commune").mask(divided, "arrondissement")
    kept = listed[level.notna()].assign(level=level.dropna())
    kept["territory_code"] = [official_code(*pair) for pair in zip(kept["geo_code"], kept["level"], strict=True)]
    city_of = {
        code[: WIDTH["province"]]: code
        for code, geo_code, level_ in zip(kept["territory_code"], kept["geo_code"], kept["level"], strict=True)
        if level_ == "commune" and len(geo_code) == CITY_DIGITS
    }
    above = dict(zip(listed["geo_code"], listed["parent_code"], strict=True))
    codes = dict(zip(kept["geo_code"], kept["territory_code"], strict=True))
    parents = []
    for geo_code, place_level in zip(kept["geo_code"], kept["level"], strict=True):
        parent = above[geo_code]
        while isinstance(parent, str) and parent not in codes:  # through cercles and préfectures d'arrondissements
            parent = above[parent]
        code = codes.get(parent)
        parents.append(city_of[code] if place_level == "arrondissement" else code)
    kept["parent_code"] = parents
    kept["name_fr"] = kept["geo_name"].map(lambda name: tidy(name)[0].upper() + tidy(name)[1:])
    rank = kept["level"].map(ORDER.index)
    kept = kept.assign(rank=rank).sort_values(["rank", "territory_code"]).set_index("territory_code")
    return kept[["geo_code", "level", "parent_code", "name_fr"]]


def _people_2024(source: Path) -> pd.DataFrame:
    facts = pd.read_parquet(source / "census" / "rgph2024_facts.parquet")
    facts = facts[(facts["milieu"] == "ensemble") & facts["indicator_id"].isin(INDICATORS)]
    people = facts.pivot_table(index="geo_code", columns="indicator_id", values="value", aggfunc="sum")
    return people.rename(columns=INDICATORS).astype("int64")


def _people_2014(units: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    counted = units.rename(columns=PEOPLE_2014)[list(PEOPLE_2014.values())]
    totals = [counted.loc[counted.index]]
    city_of = {part: city for city, parts in cities(places).items() for part in parts}
    in_city = counted[counted.index.isin(city_of)]
    totals.append(in_city.groupby(in_city.index.map(city_of)).sum())
    totals += [counted.groupby(counted.index.str[: WIDTH[level]]).sum() for level in ("province", "region")]
    totals.append(counted.groupby(lambda _code: COUNTRY_CODE).sum())
    return pd.concat(totals).reindex(places.index).astype("int64")


def _arabic_names(units: pd.DataFrame) -> pd.Series:
    names = [units["name_ar"]]
    for level in ("province", "region"):
        grouped = units.groupby(units.index.str[: WIDTH[level]])[f"{level}_ar"]
        names.append(grouped.first())
    named = pd.concat(names).map(tidy)
    decided = read_decisions("names_ar").set_index("territory_code")["name_ar"]
    return decided.combine_first(named)


def crosswalk(source: Path, places: pd.DataFrame) -> pd.DataFrame:
    """Return code_2014, code_2024 and method of each pair, one row per commune or arrondissement of 2024."""
    pairs = read_text(source / "admin" / "crosswalk_2014_2024.csv")
    pairs = pairs.rename(columns={"code2014": "code_2014", "code2024": "code_2024", "join": "method"})
    kept = pd.DataFrame({"code_2024": list(cities(places))}).assign(method="exact_code")
    kept["code_2014"] = kept["code_2024"]
    return pd.concat([pairs, kept])[["code_2014", "code_2024", "method"]].sort_values("code_2024")
