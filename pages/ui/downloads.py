"""The selection to take away: four formats, made when asked for, from the very rows that are shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st

from data import store
from data.exchange.csv_file import write_csv
from data.exchange.export import Export, make_export
from data.exchange.geojson_file import write_geojson
from data.exchange.geopackage_file import write_geopackage
from data.exchange.provenance import Provenance, cite
from data.exchange.xlsx_file import write_xlsx
from data.texts import Texts
from geo import portfolio
from geo.register import PRECISIONS, STATUSES
from geo.selection import Selection
from geo.state import ADDRESS
from pages.ui import words
from pages.ui.knowledge import Knowledge

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}
WRITERS: Mapping[str, Callable[[Export], bytes]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "geojson": lambda export: write_geojson(export, outlines=store.load_outlines()),
    "gpkg": lambda export: write_geopackage(export, outlines=store.load_outlines()),
}


def offer(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show one button a format; nothing is written before one is pressed."""
    with st.popover(t("download.title"), icon=":material/download:"):
        st.caption(t("download.said", n=len(selection)))
        for extension, media_type in MEDIA_TYPES.items():
            st.download_button(
                t(f"download.{extension}"),
                data=_writer(know, selection, extension, t),
                file_name=f"atlas-solidaire-{_today().isoformat()}.{extension}",
                mime=media_type,
                key=f"download-{extension}",
                on_click="ignore",
            )


def export(know: Knowledge, selection: Selection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the selected rows to what their file says about itself."""
    labels = _labels(know, t)
    return make_export(
        portfolio.rows(selection, labels=labels),
        portfolio.places(selection, labels=labels),
        provenance=Provenance(
            title=t("download.file_title"),
            filters_said=tuple(words.filters(know, selection.state, t)),
            url=address,
            made_on=made_on,
            data_version=know.version,
            sources=tuple(cite(know.catalog.sources[code], t.language) for code in _sources(know)),
            notes=tuple(t(f"download.note.{name}") for name in ("absence", "counted", "split")),
        ),
        texts=t,
    )


def _writer(know: Knowledge, selection: Selection, extension: str, t: Texts) -> Callable[[], bytes]:
    address = _address(selection, t)

    def write() -> bytes:
        return WRITERS[extension](export(know, selection, t, made_on=_today(), address=address))

    return write


def _address(selection: Selection, t: Texts) -> str:
    here = (st.context.url or "").partition("?")[0]
    return f"{here}?{urlencode({'lang': t.language} | ADDRESS.encode(selection.state))}"


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def _labels(know: Knowledge, t: Texts) -> portfolio.Labels:
    return portfolio.Labels(
        language=t.language,
        status={code: t(f"status.{code}") for code in STATUSES},
        precision={code: t(f"precision.{code}") for code in PRECISIONS},
        sector={code: words.option(know, "sector", code, t) for code in know.catalog.sectors},
        organisation={code: know.organisation_name(code, t) for code in know.organisations.index},
        territory={code: know.territories.name(code, t.language) for code in know.territories.codes},
    )


def _sources(know: Knowledge) -> tuple[str, ...]:
    tables = (know.catalog.tables[name] for name in ("projects", "project_locations", "territories", "rates"))
    return tuple(dict.fromkeys(code for table in tables for code in table.sources))
