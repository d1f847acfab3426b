"""What the page of workshop packages shows: what to take, one button, how far it is, the file."""

import datetime as dt
import logging
import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from data.exchange.package_order import PARTS, PackageOrder
from data.texts import Texts
from geo.address import StateProblem
from geo.package_state import ALL, PackageState
from pages.ui import actions
from pages.ui.finding import problems_said
from pages.ui.knowledge import Knowledge
from pages.ui.offline import offline_stories
from pages.ui.package.package_job import FAILED, FOLDER, RUNNING, WORKSHOP, PackageJob, WorkshopBusy
from pages.ui.package.package_readme import said_size
from pages.ui.page import show
from pages.ui.stories import story_acts

LOG = logging.getLogger(__name__)
VISITOR = "atlas_package_visitor"
MAKE, STOP = "make", "stop"
LISTED = ("region", "province")
COUNTRY = "MA"
EVERY_S = 1.0


def package(
    know: Knowledge, state: PackageState, acts: Mapping[str, Any], problems: Sequence[StateProblem], t: Texts
) -> None:
    """Show the page, after doing what was asked: begin, or stop."""
    order, visitor = order_of(state, t), st.session_state.setdefault(VISITOR, secrets.token_hex(8))
    said = problems_said(problems, t)
    if MAKE in acts:
        try:
            WORKSHOP.begin(order, know.version, visitor=visitor)
        except WorkshopBusy as busy:
            share, _ = busy.job.progress
            place = know.territories.name(busy.job.order.territory, t.language)
            said.append(t("package.page.busy", place=place, share=t.percent(share)))
    elif STOP in acts:
        WORKSHOP.leave(order, know.version, visitor=visitor)
        said.append(t("package.problem.cancelled"))
    job = WORKSHOP.find(order, know.version)
    show("package.html", key="package", **_choices(know, state, said, t))
    if job is not None and job.state == RUNNING:
        _followed(job, t)
    else:
        show("package_state.html", key="package-state", **described(job, t))
    show("package_inside.html", key="package-inside", **inside(know, state, t))


def order_of(state: PackageState, t: Texts) -> PackageOrder:
    """Return what is ordered: in the visitor's language, of today."""
    return PackageOrder(state.territory, t.language, dt.datetime.now(tz=dt.UTC).date(), state.parts)


def described(job: PackageJob | None, t: Texts) -> dict[str, Any]:
    """Return what `package_state.html` shows: a button to begin, how far it is, the file, or why there is none."""
    content: dict[str, Any] = {"state": "none" if job is None else job.state, "make": t("package.page.make")}
    if job is None:
        return content
    share, said = job.progress
    content |= {
        "share": share,
        "said": said or t("package.making.reading"),
        "percent": t.percent(share),
        "stop": t("package.page.stop"),
    }
    content["progress"] = t("package.page.progress")
    if job.state == FAILED:
        reason = str(job.outcome.get("reason", ""))
        LOG.error("package %s failed: %s", job.order.name, job.outcome.get("error") or _last_words(job))
        content["failed"] = t("package.page.full" if reason == "full" else "package.page.failed")
        content["make"] = t("package.page.again")
    elif job.state != RUNNING:
        content["file"] = f"{FOLDER}/{job.archive.name}"
        content["download"] = t("package.page.download", size=said_size(job.archive.stat().st_size, t))
        content["notes"] = [*job.outcome.get("left_out", ()), t("package.page.next")]
    return content


def _followed(job: PackageJob, t: Texts) -> None:
    """Show how far a package is, every second, until it is made."""

    @st.fragment(run_every=EVERY_S)
    def follow() -> None:
        if actions.are_pending():
            st.rerun()
        show("package_state.html", key="package-state", **described(job, t))
        if job.state != RUNNING:
            st.rerun()

    follow()


def _choices(know: Knowledge, state: PackageState, said: Sequence[str], t: Texts) -> dict[str, Any]:
    return {
        "title": t("package.page.title"),
        "lead": t("package.page.lead"),
        "problems": said,
        "territory": {"label": t("filter.territory"), "options": _territories(know, state.territory, t)},
        "only": {
            "label": t("package.only.label"),
            "choices": [
                {"code": code, "label": t(f"package.only.{code}"), "on": code == state.only} for code in (ALL, *PARTS)
            ],
        },
    }


def inside(know: Knowledge, state: PackageState, t: Texts) -> dict[str, Any]:
    """Return what `package_inside.html` shows: each part in a sentence, the stories by name, the command."""
    whole = state.territory == COUNTRY  # of which the atlas has regions and provinces only
    holds: list[str] = []
    for part in (*state.parts, "readme"):
        holds.append(t(f"package.page.holds.{'pdf_country' if whole and part == 'pdf' else part}"))
        if part == "html":
            holds.append(_stories(know, state.territory, t))
    return {
        "holds": holds,
        "inside": t("package.page.inside"),
        "command": t("package.page.command"),
        "words": f"python -m layers package --territory {state.territory} --language {t.language}"
        + ("" if state.only == ALL else f" --only {state.only}"),
    }


def _stories(know: Knowledge, territory: str, t: Texts) -> str:
    titles = [story_acts.name_of(story, t) for story in offline_stories.of_territory(know, territory)]
    if not titles:
        return offline_stories.why_none(know, territory, t)
    return t("package.page.holds.stories", titles=t("list.separator").join(titles))


def _territories(know: Knowledge, chosen: str, t: Texts) -> list[dict[str, Any]]:
    """Return the country, its regions and provinces to choose from, and the chosen one where it is a commune."""
    known = know.territories
    codes = [code for code in known.codes if known.level_of(code) in LISTED]
    listed = dict.fromkeys([know.catalog.default_territory, *sorted(codes), COUNTRY, chosen])
    named = partial(_named, know, t)
    return [{"code": code, "label": named(code), "on": code == chosen} for code in listed]


def _named(know: Knowledge, t: Texts, code: str) -> str:
    level = t(f"level.{know.territories.level_of(code)}")
    return t("package.page.place", place=know.territories.name(code, t.language), level=level)


def _last_words(job: PackageJob) -> str:
    return job.said_by_command("progress").decode("utf-8", "replace")[-2000:]
