"""The 5,470 villages (douars) of Souss-Massa: people, distances to services, position where one is known."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.catalog import load_catalog
from data.errors import CodeError
from data.prepare.reading import read_text, write_parquet

REGION_CODE = "09"
COMMUNE_DIGITS = 7  # of the village's code, after the region: 0010501205006 lies in 09 0010501
SOURCES = {"g": "geonames", "o": "openstreetmap"}
MATCHES = {"n": "name", "r": "near"}
# A distance looks wrong when it is beyond 100 km; when a village known within 15 km, as the crow flies, is nearer to
# the service by more than 20 km and three times what lies between the two (mountain roads bend, but not that much; the
# farther of the two is flagged); or, for a track, when it is more than 1 km beyond the paved road: one can drive on it.
BEYOND_BELIEF_KM = 100.0
NEIGHBOUR_KM, DETOUR, SLACK_KM = 15.0, 3.0, 20.0
TRACK_SLACK_KM = 1.0
M_PER_KM = 1_000.0
UTM_29N = "EPSG:32629"


def prepare(source: Path, tables: Path) -> None:
    """Write villages.parquet."""
    villages = read_villages(source).join(positions(source))
    communes = set(read_text(tables / "territories.csv")["territory_code"])
    if unknown := set(villages["commune_code"]) - communes:
        raise CodeError(f"douars_2024_souss_massa.csv: {sorted(unknown)[:3]} are no communes of territories.csv")
    villages["doubtful"] = doubtful(villages)
    texts = {"kind": "category", "position_source": "category", "position_match": "category"}
    write_parquet(villages.reset_index().astype(texts), "villages", tables)


def read_villages(source: Path) -> pd.DataFrame:
    """Return the villages by code; the six distances are missing where the census keeps them back.

    Raises
    ------
    CodeError
        Some of the six distances of a village are there and others not: withheld would no longer be one thing.
    """
    listed = read_text(source / "douars" / "douars_2024_souss_massa.csv")
    listed = listed.rename(columns={"code": "douar_code", "type": "kind", "population": "people"})
    villages = listed.set_index("douar_code")
    distances = [name for name in villages if name.endswith("_km")]
    villages[distances] = villages[distances].apply(pd.to_numeric)
    villages[["households", "people"]] = villages[["households", "people"]].astype("int32")
    empty = villages[distances].isna()
    villages["withheld"] = empty.all(axis=1)
    if (partly := empty.any(axis=1) & ~villages["withheld"]).any():
        raise CodeError(f"douars_2024_souss_massa.csv: only some distances known of {list(villages.index[partly])[:3]}")
    villages["commune_code"] = REGION_CODE + villages.index.str[:COMMUNE_DIGITS]
    return villages


def positions(source: Path) -> pd.DataFrame:
    """Return name in Latin letters, longitude, latitude (EPSG:4326), origin and precision, by village code."""
    listed = read_text(source / "douars" / "douar_places.csv").set_index("code")
    decimals = pd.concat([listed[name].str.partition(".")[2].str.len() for name in ("lon", "lat")], axis=1).min(axis=1)
    return pd.DataFrame(
        {
            "name_latin": listed["name_latin"],
            "lon": listed["lon"].astype("float64"),
            "lat": listed["lat"].astype("float64"),
            "position_source": listed["source"].map(SOURCES),
            "position_id": listed["source_id"],
            "position_match": listed["match"].map(MATCHES),
            "position_decimals": decimals.astype("Int8"),
        }
    )


def doubtful(villages: pd.DataFrame) -> pd.Series:
    """Return, for each village, the codes of the services whose distance looks wrong; missing when there is none."""
    compared = villages[villages["lon"].notna() & ~villages["withheld"]]
    between_km = _between_km(compared)
    found = []
    for service in load_catalog().services.values():
        distance, known = villages[service.column], compared[service.column].to_numpy()
        farther = known[:, None] - known[None, :]
        contradicted = compared.index[(farther > SLACK_KM + DETOUR * between_km).any(axis=1)]
        odd = (distance > BEYOND_BELIEF_KM) | villages.index.isin(contradicted)
        if service.column == "track_km":
            odd |= distance > villages["paved_road_km"] + TRACK_SLACK_KM
        found.append(odd.map({True: service.code, False: ""}))
    said = pd.concat(found, axis=1).agg(" ".join, axis=1).str.split().str.join(" ")
    return said.mask(said == "")


def _between_km(villages: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return how far apart each two villages are, km in a straight line; NaN beyond the reach of a comparison."""
    points = gpd.GeoSeries(gpd.points_from_xy(villages["lon"], villages["lat"], crs="EPSG:4326")).to_crs(UTM_29N)
    x, y = points.x.to_numpy(), points.y.to_numpy()
    apart = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :]) / M_PER_KM
    return np.where(apart <= NEIGHBOUR_KM, apart, np.nan)
