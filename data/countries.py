"""Where the countries lie that bodies come from, as far as a map of Morocco needs it: the side a line comes from."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from data.catalog import CATALOG_FOLDER


@lru_cache
def country_middles() -> Mapping[str, tuple[float, float]]:
    """Return longitude and latitude, whole degrees, by ISO 3166-1 alpha-2 code of the countries listed."""
    listed = tomllib.loads((CATALOG_FOLDER / "countries.toml").read_text("utf-8"))["middle"]
    return {code: (float(lon), float(lat)) for code, (lon, lat) in listed.items()}
