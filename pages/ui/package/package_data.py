"""The data of a workshop package: projects, communes and villages, each in three formats, as the pages give them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np

from data.exchange.export import Export
from data.exchange.package_order import PackageOrder
from data.texts import Texts
from geo import state as projects_state
from geo import villages_state
from geo.selection import select
from geo.village_selection import VillageSelection, select_villages
from geo.villages_state import VillagesState
from pages.ui.files import commune_downloads, downloads
from pages.ui.knowledge import Knowledge
from pages.ui.villages import village_downloads

FORMATS = ("xlsx", "gpkg", "geojson")


def projects(know: Knowledge, order: PackageOrder, t: Texts) -> Export:
    """Bind every project of the territory, as its page does without any filter."""
    state = projects_state.State(territory=order.territory)
    address = _address("projects", projects_state.ADDRESS.encode(state), t)
    return downloads.export(know, select(know.register, state), t, made_on=order.made_on, address=address)


def communes(know: Knowledge, order: PackageOrder, t: Texts) -> Export:
    """Bind its communes with all their indicators."""
    address = _address("needs", {"territory": order.territory}, t)
    return commune_downloads.export(know, order.territory, t, made_on=order.made_on, address=address)


def villages(know: Knowledge, order: PackageOrder, t: Texts) -> Export:
    """Bind all its villages, near and far, in the order of their codes."""
    selection = all_villages(know, order.territory)
    address = _address("villages", villages_state.ADDRESS.encode(selection.state), t)
    listed = village_downloads.export(know, selection, t, made_on=order.made_on, address=address)
    place = know.territories.name(order.territory, t.language)
    far = t(f"service.{selection.state.service}.beyond", km=t.number(selection.km))
    about = replace(
        listed.provenance,
        title=t("package.villages.title", place=place),
        filters_said=(t("filter.said", name=t("filter.territory"), values=place),),
        notes=(*listed.provenance.notes, t("package.villages.beyond", beyond=far)),
    )
    return replace(listed, provenance=about)


def all_villages(know: Knowledge, territory: str) -> VillageSelection:
    """Select every village of a territory: the page lists those far from a service only."""
    found = select_villages(
        know.villages,
        know.territories,
        VillagesState(territory),
        default_km=know.default_km,
        index=know.village_names,
    )
    return replace(found, rows=np.flatnonzero(found.inside).astype(np.int64))


TABLES: Mapping[str, Callable[[Knowledge, PackageOrder, Texts], Export]] = {
    "projects": projects,
    "communes": communes,
    "villages": villages,
}
"""Name of each table, which its files bear, and who binds it."""


def _address(page: str, parameters: Mapping[str, str], t: Texts) -> str:
    """Return the address that opens the same view in any atlas: without a host."""
    return f"{page}?{urlencode({'lang': t.language, **parameters})}"
