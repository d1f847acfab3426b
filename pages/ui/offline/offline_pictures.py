"""The pictures that travel inside the workshop file: those that may be passed on, small, while there is room."""

from collections.abc import Iterable, Mapping
from typing import Any

from data.records.errors import StoreError
from data.records.picture_terms import may_leave
from data.texts import Texts
from layers.offline.inlined import data_url
from layers.offline.small_picture import small_picture
from pages.ui import living
from pages.ui.knowledge import Knowledge
from pages.ui.records.pictures import FOLDER

ROOM_BYTES = 2_500_000
"""Of all pictures of one file as they stand in it: with them it stays under 8 MB for a region."""
SAID = ("alt", "caption", "credit", "licence", "licence_url")


def album(know: Knowledge, codes: Iterable[str]) -> dict[str, str]:
    """Return the pictures of projects that may leave the atlas, by their address there: each as one that holds it.

    They are taken in the order of the codes until the room is full; what cannot be read just now is left out.
    """
    held: dict[str, str] = {}
    room = ROOM_BYTES
    for one in (one for code in codes for one in know.pictures.get(code, ()) if may_leave(one.said)):
        try:
            picture = data_url(small_picture(living.picture_body(one.picture_id)))
        except (StoreError, OSError):  # the atlas shows it, or says why not
            continue
        if len(picture) <= room:
            held[f"{FOLDER}/{one.picture_id}"] = picture
            room -= len(picture)
    return held


def section(pictures: Iterable[Mapping[str, Any]], held: Mapping[str, str], t: Texts) -> dict[str, Any]:
    """Return what a sheet of the file keeps of its pictures: those it holds, and a sentence on those it does not."""
    everything = list(pictures)
    kept = [
        {"src": held[one["url"]], **{name: one[name] for name in SAID if one[name]}}
        for one in everything
        if one["url"] in held
    ]
    left = len(everything) - len(kept)
    said = {"pictures": kept} if kept else {}
    return said | ({"text": t("offline.pictures", n=left)} if left else {})
