"""What every page asks of the data, loaded once per version of the tables and shared by all visitors, read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import pandas as pd
import streamlit as st

from data import store
from data.actors_catalog import load_actors_catalog
from data.catalog import Catalog, load_catalog
from data.records.checked import Checked
from data.records.contract import Codes, FieldProblem
from data.records.pictures import ShownPicture
from data.records.published import TABLES, Published, publish
from data.records.record import Record
from data.texts import Texts, languages, load_texts
from geo.actors import Actors, build_actors
from geo.boundaries import Territories
from geo.calls import Calls
from geo.context import Context, build_context
from geo.directory import Directory, lay_out_directory
from geo.guide import Guide
from geo.indicators import Observations
from geo.locate import locate
from geo.matching import Matcher
from geo.need_levels import NeedsGround
from geo.offices import Offices
from geo.place_names import tifinagh_names
from geo.places import PlaceIndex
from geo.register import Register, build_register
from geo.replication import Realised, realised
from geo.sector_need import sector_need
from geo.village_search import VillageIndex
from geo.villages import Villages
from pages.ui import living
from pages.ui.addressable import Addressable

OFFICE_TABLES = ("competences", "competence_territories", "competence_subjects")
CALL_TABLES = ("calls", "call_eligibility", "call_territories", "call_sectors", "call_funders")


@dataclass(frozen=True)
class Knowledge(Addressable):
    """The shipped tables with what people entered, laid out for the questions of the pages.

    Attributes
    ----------
    tables
        Those of the register, shipped and entered rows together.
    entered
        By kind: published offers, needs, requests for support and facilities, which are no rows of the register.
    pictures
        By record: those that its author added and a validator published.
    left_out
        Records that no longer keep their contract, with what is wrong: not shown elsewhere.
    """

    version: str
    tables: Mapping[str, pd.DataFrame]
    catalog: Catalog
    territories: Territories
    register: Register
    organisations: pd.DataFrame
    decisions: pd.DataFrame
    places: PlaceIndex
    left_out: Mapping[str, Sequence[FieldProblem]] = field(default_factory=dict)
    entered: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    pictures: Mapping[str, Sequence[ShownPicture]] = field(default_factory=dict)

    @cached_property
    def record_codes(self) -> Codes:
        """Codes a record may name: those of this register, its own organisations and projects included."""
        return living.record_codes(self.tables)

    @cached_property
    def default_km(self) -> Mapping[str, float]:
        """The usual distance of each service, km."""
        return {code: service.default_km for code, service in self.catalog.services.items()}

    @cached_property
    def observations(self) -> Observations:
        """What the censuses say of every territory; laid out when a page first asks."""
        return Observations.from_table(store.load("observations"), self.territories, self.catalog.indicators)

    @cached_property
    def tifinagh(self) -> Mapping[str, str]:
        """Names of territories in Tifinagh, where one is known."""
        return tifinagh_names(store.load("place_names"))

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
    def actors(self) -> Actors:
        """Every body with its places, sectors and record; laid out when a page first asks."""
        return build_actors(self.tables, territories=self.territories, sector_codes=tuple(self.catalog.sectors))

    @cached_property
    def directory(self) -> Directory:
        """The bodies as the directory filters and counts them; laid out when a page first asks."""
        types = tuple(self.catalog.organisation_types)
        return lay_out_directory(self.actors, types=types, aliases=store.load("organisation_aliases"))

    @cached_property
    def diaspora_figures(self) -> pd.DataFrame:
        """What is known of the communities abroad: one row a figure, sources never merged."""
        return store.load("diaspora_figures")

    @cached_property
    def organisation_sources(self) -> pd.DataFrame:
        """What each source says of a body, one row a body and source."""
        return store.load("organisation_sources")

    @cached_property
    def matcher(self) -> Matcher:
        """Who could act where, with the weights of the catalogue; laid out when a page first asks."""
        need = sector_need(self.needs, self.catalog.themes)
        return Matcher(self.actors, tuple(self.catalog.sectors.values()), need, load_actors_catalog().matching)

    @cached_property
    def offices(self) -> Offices:
        """Whom to contact by territory and subject."""
        return Offices.of_tables({name: store.load(name) for name in OFFICE_TABLES}, self.territories)

    @cached_property
    def calls(self) -> Calls:
        """The calls, open or past, with what each asks for."""
        return Calls.of_tables({name: store.load(name) for name in CALL_TABLES}, self.territories)

    @cached_property
    def context(self) -> Context:
        """What communes are compared by when a success is to be repeated; laid out when a page first asks."""
        return build_context(
            load_actors_catalog().context,
            territories=self.territories,
            table=store.load("territories"),
            commune_context=store.load("commune_context"),
            observed=lambda code, year, communes: self.observations.of(code, year=year).over(communes).value,
            sectors_of_theme={code: theme.sectors for code, theme in self.catalog.themes.items()},
        )

    @cached_property
    def expressed_needs(self) -> pd.DataFrame:
        """The needs that villages, communes and provinces have voiced, one row each."""
        return store.load("expressed_needs")

    @cached_property
    def latest_rates(self) -> Mapping[str, tuple[int, float]]:
        """Currency → the last year whose mean rate is known, and dirhams for one unit in it."""
        last = store.load("rates").sort_values("year").groupby("currency").last()
        return {str(code): (int(row["year"]), float(row["mad_per_unit"])) for code, row in last.iterrows()}

    @cached_property
    def guide(self) -> Guide:
        """What one may want to do, step by step; laid out when a page first asks."""
        catalog = load_actors_catalog()
        return Guide.of(
            store.load("guide_facts"),
            catalog.themes,
            titles={
                code: [load_texts(language).label("guide_theme", code, theme.label) for language in languages()]
                for code, theme in catalog.themes.items()
            },
            verify_after_years=catalog.verify_after_years,
        )

    @cached_property
    def legal_texts(self) -> pd.DataFrame:
        """The legal texts of the guide, by their code."""
        return store.load("legal_texts").set_index("text_code")

    @cached_property
    def realised(self) -> Realised:
        """The projects that were carried out, with their communes."""
        return realised(self.register, self.territories)

    def commune_at(self, lon: float, lat: float) -> str | None:
        """Return the commune that a position (degrees, EPSG:4326) lies in; None outside all."""
        point = gpd.GeoSeries.from_xy([lon], [lat], crs=4326)
        found = locate(point, store.load_outlines())["territory_code"].iloc[0]
        return found if isinstance(found, str) else None

    def places_of_body(self, code: str) -> tuple[str, ...]:
        """Return the territories a body belongs to: that of its seat, else those it works in, else none."""
        if code not in self.organisations.index:
            return ()
        seat = self.organisations.loc[code, "seat_code"]
        if isinstance(seat, str) and seat:
            return (seat,)
        zones = self.tables["organisation_zones"]
        works = (zones["organisation_code"] == code) & (zones["relation"] == "work")
        return tuple(zones.loc[works, "territory_code"])

    def organisation_name(self, code: str, t: Texts) -> str:
        """Name of an organisation in the visitor's language, in French where there is no other."""
        body = self.organisations.loc[code]
        name = body.get(f"name_{t.language}")
        return str(name) if isinstance(name, str) and name else str(body["name_fr"])


@dataclass(frozen=True)
class Held:
    """The knowledge as an argument of a cached function that its version, not its content, tells apart."""

    value: Knowledge = field(compare=False)


_checked = Checked()


def knowledge() -> Knowledge:
    """Return the knowledge of the atlas: the shipped tables, and what people entered that was validated.

    Raises
    ------
    TableError
        A table is missing, damaged or breaks its contract.
    """
    return _load(store.version(), living.published_view())


@st.cache_resource(show_spinner=False, max_entries=2)
def _ground(version: str) -> tuple[Territories, PlaceIndex]:  # noqa: ARG001 - other tables have another version
    """Lay out the territories and their names: no validation changes them."""
    territories = store.load("territories")
    return Territories.from_table(territories), PlaceIndex.from_tables(territories, store.load("place_names"))


@st.cache_resource(show_spinner=False, max_entries=3)
def _load(version: str, published: str) -> Knowledge:
    catalog = load_catalog()
    territories, places = _ground(version)
    shipped = {name: store.load(name) for name in TABLES}
    joined = Published(shipped, {})
    if published:
        joined = publish(
            living.published_records(), shipped, store.load("rates"), living.record_codes(shipped), checked=_checked
        )
    tables = joined.frames
    return Knowledge(
        version=f"{version}-{published}" if published else version,
        tables=tables,
        catalog=catalog,
        territories=territories,
        register=build_register(tables, territories=territories, sector_codes=tuple(catalog.sectors)),
        organisations=tables["organisations"].set_index("organisation_code"),
        decisions=store.load("register_decisions"),
        places=places,
        left_out=joined.left_out,
        entered=living.entered() if published else {},
        pictures=living.published_pictures() if published else {},
    )
