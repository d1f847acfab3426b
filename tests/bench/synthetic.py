"""Generated projects, as many as wanted, for properties and measurements only: never shipped, never shown as real."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

STATUSES = ("pipeline", "implementation", "closed", "suspended", "unknown")
WORDS = ("eau", "piste", "école", "dispensaire", "coopérative", "safran", "argan", "réservoir", "cantine", "forage")


def synthetic_tables(
    size: int,
    *,
    communes: pd.DataFrame,
    wider: Sequence[str],
    sectors: Sequence[str],
    funders: int = 120,
    seed: int = 7,
) -> Mapping[str, pd.DataFrame]:
    """Return the five tables of a register of `size` generated projects.

    Parameters
    ----------
    communes
        Rows of `territories` of level commune: their points carry the generated villages.
    wider
        Codes of provinces, regions and the country, for projects without a commune.
    sectors
        Sector codes.
    """
    rng = np.random.default_rng(seed)
    codes = np.array([f"S{number:06d}" for number in range(size)])
    start = rng.integers(1995, 2026, size)
    amount = np.round(10 ** rng.uniform(4, 8, size), 2)
    amount[rng.random(size) < 0.3] = np.nan
    kind = rng.choice(["village", "commune", "communes", "province"], size, p=[0.6, 0.2, 0.1, 0.1])
    texts = rng.choice(WORDS, (size, 3))
    projects = pd.DataFrame(
        {
            "project_code": codes,
            "title_fr": [" ".join(words) for words in texts],
            "title_ar": None,
            "title_en": None,
            "status": rng.choice(STATUSES, size),
            "start_date": start.astype(str),
            "end_date": (start + rng.integers(0, 6, size)).astype(str),
            "precision": kind,
            "amount": amount,
            "currency": np.where(np.isnan(amount), None, "MAD"),
            "amount_year": start,
            "amount_year_rule": None,
            "rate_mad": 1.0,
            "amount_mad": amount,
            "counted_mad": amount,
            "envelope": None,
            "part_of": None,
            "same_as": None,
            "beneficiaries_said": None,
            "beneficiaries_count": pd.array([pd.NA] * size, dtype="Int64"),
            "note": None,
            "source_url": "https://example.org/",
            "source_date": None,
            "register": "register_public",
        }
    )
    return {
        "projects": projects,
        "project_sectors": _sectors(codes, sectors, rng),
        "project_locations": _locations(codes, kind, communes, wider, rng),
        "project_organisations": _links(codes, funders, rng),
        "organisations": _organisations(funders),
    }


def _sectors(codes: np.ndarray, sectors: Sequence[str], rng: np.random.Generator) -> pd.DataFrame:
    first = rng.integers(0, len(sectors), len(codes))
    two = rng.random(len(codes)) < 0.15
    second = (first + 1) % len(sectors)
    return pd.DataFrame(
        {
            "project_code": np.concatenate([codes, codes[two]]),
            "sector_code": np.array(sectors)[np.concatenate([first, second[two]])],
            "dac_code": None,
            "share_pct": np.concatenate([np.where(two, 60.0, 100.0), np.full(int(two.sum()), 40.0)]),
        }
    )


def _locations(
    codes: np.ndarray, kind: np.ndarray, communes: pd.DataFrame, wider: Sequence[str], rng: np.random.Generator
) -> pd.DataFrame:
    times = np.where(kind == "communes", rng.integers(2, 6, len(codes)), 1)
    owner = np.repeat(np.arange(len(codes)), times)
    commune = rng.integers(0, len(communes), len(owner))
    village = (kind == "village")[owner]
    area = (kind == "province")[owner]
    territory = np.where(area, rng.choice(list(wider), len(owner)), communes["territory_code"].to_numpy()[commune])
    shift = rng.normal(0, 0.02, (2, len(owner)))
    return pd.DataFrame(
        {
            "project_code": codes[owner],
            "territory_code": territory,
            "place_name": "",
            "douar_code": None,
            "lon": np.where(village, communes["lon"].to_numpy()[commune] + shift[0], np.nan),
            "lat": np.where(village, communes["lat"].to_numpy()[commune] + shift[1], np.nan),
            "exactness": np.where(village, "2", None),
            "position_source": np.where(village, "geonames", None),
            "share_pct": np.nan,
            "amount_mad": np.nan,
        }
    ).drop_duplicates(["project_code", "territory_code"], ignore_index=True)


def _links(codes: np.ndarray, funders: int, rng: np.random.Generator) -> pd.DataFrame:
    size = len(codes)
    parts = [
        pd.DataFrame({"project_code": codes, "organisation_code": rng.integers(0, funders, size), "role": role})
        for role in ("funding", "implementing")
    ]
    links = pd.concat(parts, ignore_index=True)
    links["organisation_code"] = links["organisation_code"].map("body-{:03d}".format)
    return links.assign(amount=np.nan, currency=None, share_pct=np.nan, said=None)


def _organisations(funders: int) -> pd.DataFrame:
    types = ("association", "mre_association", "commune", "ministry", "funder", "ngo")
    return pd.DataFrame(
        {
            "organisation_code": [f"body-{number:03d}" for number in range(funders)],
            "name_fr": [f"Organisme {number}" for number in range(funders)],
            "name_ar": None,
            "name_en": None,
            "acronym": None,
            "organisation_type": [types[number % len(types)] for number in range(funders)],
            "country": "MA",
            "is_generic": False,
            "note": None,
        }
    )
