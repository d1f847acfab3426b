"""Where each project lies: official territories first, a village's point only where its name was matched by hand."""

from pathlib import Path

import pandas as pd

from data.errors import CodeError
from data.prepare.reading import read_decisions, read_text, split

PRECISIONS = {
    "village": "village",
    "commune": "commune",
    "multi_communes": "communes",
    "province": "province",
    "multi_provinces": "provinces",
    "region": "region",
    "multi_regions": "regions",
    "pays": "country",
}
PLURALS = {"commune": "communes", "province": "provinces", "region": "regions"}
SOURCES = {"g": "geonames", "o": "openstreetmap"}
APPROXIMATE = "2"


def locate(register: pd.DataFrame, source: Path, communes: set[str]) -> pd.DataFrame:
    """Return the places of every project, at least one each.

    The communes of the row if it has any, otherwise its provinces, otherwise its regions, otherwise Morocco. Rows of
    `decisions/places.csv` and `decisions/villages.csv` replace those of their project and territory.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract of `project_locations`; longitude and latitude (EPSG:4326) only for villages matched
        by hand, from GeoNames or OpenStreetMap; exactness 2 (centre of the village).

    Raises
    ------
    CodeError
        A commune code or a territory name is not an official one.
    """
    named = dict(read_decisions("territory_names").itertuples(index=False))
    places, villages = read_decisions("places"), _with_points(read_decisions("villages"), source)
    rows = []
    for row in register.itertuples():
        mine = villages[villages["project_code"] == row.project_code].to_dict("records")
        mine += places[places["project_code"] == row.project_code].to_dict("records")
        decided = {place["territory_code"] for place in mine}
        default = _territories(row, named)
        # A decision about another territory than the row's own says where the row really lies.
        kept = [code for code in default if code not in decided] if decided & set(default) or not decided else []
        rows += [{"project_code": row.project_code, "territory_code": code} for code in kept] + mine
    located = pd.DataFrame(rows).reindex(columns=_COLUMNS)
    unknown = {code for code in located["territory_code"] if len(code) == len("095410723")} - communes
    if unknown:
        raise CodeError(f"register places: unknown commune codes {sorted(unknown)}; allowed: codes of 2024")
    return located.fillna({"place_name": ""})


def agreed_precision(word: str, count: int) -> str:
    """Return the precision word in the number of its places: one commune, several communes.

    Examples
    --------
    >>> agreed_precision("region", 2)
    'regions'
    >>> agreed_precision("communes", 1)
    'commune'
    """
    singular = next((one for one, many in PLURALS.items() if word in {one, many}), word)
    return PLURALS.get(singular, singular) if count > 1 else singular


_COLUMNS = [
    "project_code",
    "territory_code",
    "place_name",
    "douar_code",
    "lon",
    "lat",
    "exactness",
    "position_source",
    "share_pct",
    "amount_mad",
]


def _territories(row: object, named: dict[str, str]) -> list[str]:
    for field in ("codes_hcp", "province", "region"):
        if parts := split(getattr(row, field)):
            codes = parts if field == "codes_hcp" else [named.get(part, part) for part in parts]
            if unknown := [code for code in codes if not (code.isdigit() or code == "MA")]:
                raise CodeError(
                    f"register {row.project_code} ({field}): unknown territory {unknown}; "  # type: ignore[attr-defined]  # columns are attributes of a row
                    f"allowed: names of decisions/territory_names.csv; add a line there"
                )
            return codes
    return ["MA"]


def _with_points(villages: pd.DataFrame, source: Path) -> pd.DataFrame:
    """Add the point of each matched village: the douar's own, else that of its GeoNames place, else none."""
    douars = read_text(source / "douars" / "douar_places.csv").set_index("code")
    gazetteer = read_text(source / "places" / "places_geonames_morocco.csv")
    gazetteer = gazetteer[gazetteer["src"] == "geonames"].assign(
        geonames_id=gazetteer["geonames_id"].str.split(".").str[0]
    )
    gazetteer = gazetteer.drop_duplicates("geonames_id").set_index("geonames_id")
    known = set(read_text(source / "douars" / "douars_2024_souss_massa.csv")["code"])
    return pd.DataFrame([_point(village, douars, gazetteer, known) for village in villages.to_dict("records")])


def _point(
    village: dict[str, str], douars: pd.DataFrame, gazetteer: pd.DataFrame, known: set[str]
) -> dict[str, object]:
    where = f"villages.csv {village['project_code']} {village['place_name']}"
    commune, douar, geonames = village["territory_code"], village["douar_code"], village["geonames_id"]
    # The first seven digits of a douar's code are those of its commune without the region.
    if douar and (douar not in known or douar[:7] != commune[2:]):
        raise CodeError(f"{where}: douar {douar} is not one of commune {commune}; correct the line")
    if geonames and (geonames not in gazetteer.index or gazetteer.loc[geonames, "code2024"] != commune):
        raise CodeError(f"{where}: GeoNames place {geonames} is not in commune {commune}; correct the line")
    if douar in douars.index:
        found, origin = douars.loc[douar], SOURCES[douars.loc[douar, "source"]]
    elif geonames:
        found, origin = gazetteer.loc[geonames], SOURCES["g"]
    else:
        return village | {"lon": None, "lat": None}
    return village | {"lon": found["lon"], "lat": found["lat"], "exactness": APPROXIMATE, "position_source": origin}
