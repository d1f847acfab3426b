"""A project as other systems know it: an IATI activity, with nothing of how it is stored here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = Mapping[str, str]
"""Text by language code."""


@dataclass(frozen=True)
class ActivitySector:
    """A sector with its share, 0 to 100; `dac_code` is a purpose code of the OECD, None where none fits."""

    code: str
    dac_code: str | None
    share_pct: float | None
    label: str = ""


@dataclass(frozen=True)
class ActivityPlace:
    """A place by official code; longitude and latitude (EPSG:4326) only where a real position is known.

    `exactness` is IATI's: 1 exact, 2 approximate. `country` holds ISO codes where a project names no place but the
    countries it is for, and these are not Morocco alone.
    """

    territory_code: str
    name: str = ""
    place_name: str = ""
    lon: float | None = None
    lat: float | None = None
    exactness: str | None = None
    country: str = ""


@dataclass(frozen=True)
class ActivityBody:
    """An organisation in its role: funding, accountable, extending, implementing."""

    role: str
    name: str
    code: str = ""
    organisation_type: str = ""


@dataclass(frozen=True)
class ActivityPicture:
    """A picture that may be passed on: where it is, its type, what it shows, whose it is, and its licence."""

    address: str
    media_type: str
    shows: Words
    credit: str
    licence: str
    licence_url: str


@dataclass(frozen=True)
class Activity:
    """One project.

    Attributes
    ----------
    status
        IATI activity status word; `unknown` where no source says.
    start_date, end_date
        Partial ISO dates; `end_date` is planned while the project runs.
    amount, currency, amount_year
        Commitment as published: a decimal text, ISO 4217, the year whose rate applies.
    part_of, same_as
        Identifiers of related projects.
    """

    identifier: str
    title: Words
    description: Words = field(default_factory=dict)
    status: str = "unknown"
    start_date: str | None = None
    end_date: str | None = None
    sectors: tuple[ActivitySector, ...] = ()
    places: tuple[ActivityPlace, ...] = ()
    bodies: tuple[ActivityBody, ...] = ()
    amount: str | None = None
    currency: str | None = None
    amount_year: int | None = None
    beneficiaries_said: str | None = None
    part_of: str | None = None
    same_as: str | None = None
    source_url: str | None = None
    source_date: str | None = None
    precision: str | None = None
    pictures: tuple[ActivityPicture, ...] = ()
