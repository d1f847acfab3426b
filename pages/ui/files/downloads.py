"""The selection to take away: four formats, made when asked for, from the very rows that are shown."""

import datetime as dt
from functools import lru_cache, partial

from data.exchange.activity import ActivityPicture
from data.exchange.export import Export, make_export
from data.records.picture_terms import licences, may_leave
from data.texts import Texts, load_texts
from geo import portfolio
from geo.activities import activities
from geo.register import PRECISIONS, STATUSES
from geo.selection import Selection
from geo.state import ADDRESS
from pages.ui import words
from pages.ui.files.file_buttons import file_buttons
from pages.ui.files.told import told
from pages.ui.knowledge import Held, Knowledge
from pages.ui.records.pictures import FOLDER


def offer(know: Knowledge, selection: Selection, t: Texts) -> None:
    """Show one button a format."""
    said, make = t("download.said", n=len(selection)), partial(export, know, selection, t)
    file_buttons(said, make, "projects", ADDRESS.encode(selection.state), t, exchanged=True)


def export(know: Knowledge, selection: Selection, t: Texts, *, made_on: dt.date, address: str) -> Export:
    """Bind the selected rows to what their file says about itself."""
    labels, pictures = _labels(know.version, t.language, know=Held(know)), shared_pictures(know, address)
    types = know.organisations["organisation_type"].to_dict()
    return make_export(
        portfolio.rows(selection, labels=labels, pictures=pictures),
        portfolio.places(selection, labels=labels),
        provenance=told(
            know,
            t,
            title=t("download.file_title"),
            filters=words.filters(know, selection.state, t),
            sources=source_codes(know),
            notes=(t(f"download.note.{name}") for name in ("absence", "counted", "split")),
            made_on=made_on,
            address=address,
        ),
        texts=t,
        tell_activities=partial(activities, selection, labels=labels, types=types, pictures=pictures),
    )


def shared_pictures(know: Knowledge, address: str) -> dict[str, list[ActivityPicture]]:
    """Return the pictures of projects that may be passed on; under the site of an address where it names one."""
    site = _site(address)
    found = {
        code: [
            ActivityPicture(
                f"{site}{FOLDER}/{one.picture_id}",
                one.media_type,
                {**(one.said.get("alt") or {}), **(one.said.get("caption") or {})},
                one.said["credit"],
                licences()[one.said["licence"]].name,
                licences()[one.said["licence"]].url,
            )
            for one in listed
            if may_leave(one.said)
        ]
        for code, listed in know.pictures.items()
    }
    return {code: listed for code, listed in found.items() if listed}


def _site(address: str) -> str:
    """Return where the atlas of an address is.

    Examples
    --------
    >>> _site("https://atlas.example/sous/projects?lang=fr"), _site("https://atlas.example/api/v1/projects/B001")
    ('https://atlas.example/sous/', 'https://atlas.example/')
    >>> _site("projects?territory=09")
    ''
    """
    if "://" not in address:
        return ""
    path = address.partition("?")[0]
    return path.partition("/api/")[0] + "/" if "/api/" in path else path.rpartition("/")[0] + "/"


@lru_cache(maxsize=8)
def _labels(version: str, language: str, *, know: Held) -> portfolio.Labels:  # noqa: ARG001 - the version is the key
    t, known = load_texts(language), know.value
    return portfolio.Labels(
        language=language,
        status={code: t(f"status.{code}") for code in STATUSES},
        precision={code: t(f"precision.{code}") for code in PRECISIONS},
        sector={code: words.option(known, "sector", code, t) for code in known.catalog.sectors},
        organisation={code: known.organisation_name(code, t) for code in known.organisations.index},
        territory=known.territories.names(language),
    )


def source_codes(know: Knowledge) -> tuple[str, ...]:
    """Return where what is shown comes from."""
    return know.catalog.sources_of("projects", "project_locations", "territories", "rates")
