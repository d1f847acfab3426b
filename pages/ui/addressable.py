"""What the address of each page may name: whatever else it says is left aside and told to the visitor."""

# A part of `knowledge.Knowledge`, which declares all that is read here.
# mypy: disable-error-code="attr-defined"

from collections.abc import Collection, Mapping
from functools import cached_property

from data.actors_catalog import AUDIENCES, CRITERIA
from data.exchange.package_order import LEVELS as PACKED
from geo.gap_needs import measured_needs, unmeasured_sectors
from geo.need_tree import index_indicators, index_themes
from geo.needs_state import CHANGE, INDEX, LATEST
from geo.state import LISTS
from geo.ties import RELATIONS


class Addressable:
    """The codes of the addresses, read off what the knowledge holds."""

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
    def package_codes(self) -> Mapping[str, Collection[str]]:
        """Territories a workshop package can be made of."""
        return {"territory": {code for code in self.territories.codes if self.territories.level_of(code) in PACKED}}

    @cached_property
    def sheet_codes(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the territory page may name: territories and villages."""
        territories = set(self.territories.codes)
        return {"territory": territories | set(self.villages.codes), "beside": territories}

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

    @cached_property
    def actor_codes(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the directory may name, by field."""
        directory = self.directory
        bodies = directory.actors.bodies["organisation_code"]
        return {
            **directory.options,
            "tie": RELATIONS,
            "territory": set(self.territories.codes),
            "figure": tuple(dict.fromkeys(self.diaspora_figures["subject_code"])),
            "selected": set(self.territories.codes) | set(bodies[directory.listed]),
        }

    @cached_property
    def known_gaps(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the gaps page may name, by field."""
        needs = measured_needs(self.catalog.indicators)
        sectors = unmeasured_sectors(self.catalog.indicators, self.catalog.themes, self.catalog.sectors)
        places = set(self.territories.codes)
        return {"territory": places, "selected": places, "subject": {INDEX, *needs, *sectors}}

    @cached_property
    def matching_codes(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the matching page may name, by field."""
        bodies = self.actors.bodies
        named = set(bodies["organisation_code"][self.actors.is_body])
        others = {*self.expressed_needs["need_code"], *self.calls.table["call_code"]}
        return {
            "territory": set(self.territories.codes),
            "body": named,
            "sector": self.catalog.sectors,
            "criteria": CRITERIA,
            "applicant": set(self.catalog.organisation_types),
            "country": set(bodies["country"].dropna()),
            "selected": set(self.territories.codes) | named | others,
        }

    @cached_property
    def guide_codes(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the guide may name, by field."""
        return {"territory": set(self.territories.codes), "theme": self.guide.themes, "audience": AUDIENCES}

    @cached_property
    def replication_codes(self) -> Mapping[str, Collection[str]]:
        """Codes the address of the replication page may name, by field."""
        codes = self.register.projects["project_code"]
        return {
            "territory": set(self.territories.codes),
            "project": {codes.iloc[row] for row in self.realised.rows},
            "origin": set(self.territories.commune_codes),
            "sector": self.catalog.sectors,
            "selected": set(self.territories.codes),
        }
