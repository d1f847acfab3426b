"""What every page asks of the data, loaded once per version of the tables and shared by all visitors, read-only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import streamlit as st

from data import store
from data.catalog import Catalog, load_catalog
from data.texts import Texts
from geo.boundaries import Territories
from geo.indicators import Observations
from geo.need_levels import NeedsGround
from geo.need_tree import index_indicators, index_themes
from geo.needs_state import CHANGE, INDEX, LATEST
from geo.places import PlaceIndex
from geo.register import Register, build_register
from geo.state import LISTS
from geo.village_search import VillageIndex
from geo.villages import Villages

REGISTER_TABLES = ("projects", "project_sectors", "project_locations", "project_organisations", "organisations")


@dataclass(frozen=True)
class Knowledge:
    """The shipped tables, laid out for the questions of the pages."""

    version: str
    catalog: Catalog
    territories: Territories
    register: Register
    organisations: pd.DataFrame
    decisions: pd.DataFrame
    places: PlaceIndex

    @cached_property
    def known_codes(self) -> Mapping[str, Collection[str]]:
        """Codes an address may name, by parameter."""
        codes: dict[str, Collection[str]] = {name: self.register.dimensions[name].index for name in LISTS}
        codes["territory"] = set(self.territories.codes)
        codes["selected"] = set(self.territories.codes) | set(self.register.row_of)
        return codes

    @cached_property
    def village_codes(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the villages page may name, by field."""
        return {
            "territory": set(self.territories.codes),
            "service": self.catalog.services,
            "selected": set(self.territories.codes) | set(self.villages.codes),
        }

    @cached_property
    def default_km(self) -> Mapping[str, float]:
        """The usual distance of each service, km."""
        return {code: service.default_km for code, service in self.catalog.services.items()}

    @cached_property
    def observations(self) -> Observations:
        """What the censuses say of every territory; laid out when a page first asks."""
        return Observations.from_table(store.load("observations"), self.territories, self.catalog.indicators)

    @cached_property
    def villages(self) -> Villages:
        """The villages and their distances; laid out when a page first asks."""
        return Villages.from_table(store.load("villages"), self.territories, self.catalog.services)

    @cached_property
    def village_names(self) -> VillageIndex:
        """The names of the villages, ready to be searched; laid out when a page first asks."""
        return VillageIndex.of(self.villages, self.territories)

    @cached_property
    def needs(self) -> NeedsGround:
        """The observations laid out by level, for the needs page."""
        return NeedsGround.of(self.observations)

    @cached_property
    def known_needs(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the needs page may name, by field."""
        shown = {code for code, indicator in self.catalog.indicators.items() if indicator.shown}
        years = {str(year) for indicator in self.catalog.indicators.values() for year in indicator.years}
        places = set(self.territories.codes)
        return {
            "territory": places,
            "selected": places,
            "subject": {INDEX, *shown},
            "second": shown,
            "period": {LATEST, CHANGE, *years},
            "weights": set(index_themes(index_indicators(self.catalog.indicators))),
        }

    def organisation_name(self, code: str, t: Texts) -> str:
        """Name of an organisation in the visitor's language, in French where there is no other."""
        body = self.organisations.loc[code]
        name = body.get(f"name_{t.language}")
        return str(name) if isinstance(name, str) and name else str(body["name_fr"])


@dataclass(frozen=True)
class Held:
    """The knowledge as an argument of a cached function that its version, not its content, tells apart."""

    value: Knowledge = field(compare=False)


def knowledge() -> Knowledge:
    """Return the knowledge of the atlas.

    Raises
    ------
    TableError
        A table is missing, damaged or breaks its contract.
    """
    return _load(store.version())


@st.cache_resource(show_spinner=False)
def _load(version: str) -> Knowledge:
    catalog = load_catalog()
    territories = Territories.from_table(store.load("territories"))
    tables = {name: store.load(name) for name in REGISTER_TABLES}
    return Knowledge(
        version=version,
        catalog=catalog,
        territories=territories,
        register=build_register(tables, territories=territories, sector_codes=tuple(catalog.sectors)),
        organisations=tables["organisations"].set_index("organisation_code"),
        decisions=store.load("register_decisions"),
        places=PlaceIndex.from_tables(store.load("territories"), store.load("place_names")),
    )
