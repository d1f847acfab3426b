"""Make a workshop package, folder and zip, to carry on a USB stick: `python -m layers package --territory 09`."""

import argparse
import datetime as dt
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from data.commands.language import MOST_SHOWN, add_language, texts_of
from data.commands.outcome import Outcome
from data.exchange.package_folder import PackageNotWritten, WrittenPackage, refuse_to_replace, write_package
from data.exchange.package_order import ALONE, PARTS, PackageOrder
from data.exchange.workplace import sweep
from data.texts import Texts
from layers.commands.day import day

FAILED, CANCELLED = 2, 130
POLITELY = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--territory", required=True, metavar="CODE", help="official code: 09 is Souss-Massa")
    add_language(parser)
    parser.add_argument("--only", metavar="PART", help=f"one part instead of all: {', '.join((*PARTS, *ALONE))}")
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to; here unless given")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="day it bears; today")
    parser.add_argument("--force", action="store_true", help="replace a package of that name")
    # The page makes packages by this command; it stops it by closing the standard input.
    parser.add_argument("--attended", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> Outcome:
    """Make the package, and say what is in it; interrupted or failed, nothing of it is left."""
    t = texts_of(arguments.language)
    if arguments.only and arguments.only not in (*PARTS, *ALONE):
        allowed = t("list.separator").join((*PARTS, *ALONE))
        return _refused("only", t("package.problem.only", value=arguments.only[:MOST_SHOWN], allowed=allowed))
    try:
        made_on = day(arguments.date)
    except ValueError:
        return _refused("date", t("package.problem.date", value=arguments.date[:MOST_SHOWN]))
    try:
        with _stoppable(attended=arguments.attended):
            return _made(arguments, made_on, t)
    except PackageNotWritten as error:
        return _refused(error.reason, t(f"package.problem.{error.reason}", path=error.path))
    except KeyboardInterrupt:
        said = t("package.problem.cancelled")
        return Outcome({"error": said, "reason": "cancelled"}, [said], status=CANCELLED)


def _made(arguments: argparse.Namespace, made_on: dt.date, t: Texts) -> Outcome:
    # The pages bind rows to their words and maps to their state; only this command needs them.
    from pages.ui.knowledge import knowledge
    from pages.ui.package.package_files import Making
    from pages.ui.package.package_place import UnknownTerritory, checked_territory

    sweep()
    know = knowledge()
    try:
        territory = checked_territory(know, arguments.territory, t)
    except UnknownTerritory as error:
        return _refused(error.reason, str(error))
    parts = (arguments.only,) if arguments.only else PARTS
    order = PackageOrder(territory, t.language, made_on, parts)
    if not arguments.force:
        refuse_to_replace(arguments.out, order.name)
    making = Making(know, order, t, _teller(as_json=arguments.report == "json"))
    written = write_package(arguments.out, order.name, making.files(), made_on=made_on, force=arguments.force)
    return _said(written, making.left_out, t)


def _said(written: WrittenPackage, left_out: list[str], t: Texts) -> Outcome:
    facts = {"folder": str(written.folder), "archive": str(written.archive), "files": written.sums}
    done = t("package.written", path=written.archive, n=len(written.sums))
    return Outcome({**facts, "left_out": left_out}, [done, *left_out])


def _refused(reason: str, said: str) -> Outcome:
    return Outcome({"error": said, "reason": reason}, [said], status=FAILED)


def _teller(*, as_json: bool) -> Callable[[float, str], None]:
    """Return what says on the standard error how much is done: for a person, or one JSON object a line."""

    def tell(share: float, said: str) -> None:
        line: Any = (
            orjson.dumps({"share": round(share, 3), "said": said}).decode() if as_json else f"{share:4.0%} {said}"
        )
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    return tell


@contextmanager
def _stoppable(*, attended: bool) -> Iterator[None]:
    """Let whoever ends the command be heard as one who interrupts it: what is half-written is then removed."""
    signs = (signal.SIGINT, signal.SIGTERM)
    former = [signal.signal(sign, signal.default_int_handler) for sign in signs]
    if attended:
        if hasattr(os, "nice"):  # not on Windows
            os.nice(POLITELY)  # whoever reads the pages comes first
        threading.Thread(target=_interrupt_at_end_of_input, daemon=True).start()
    try:
        yield
    finally:
        for sign, handler in zip(signs, former, strict=True):
            signal.signal(sign, handler)


def _interrupt_at_end_of_input() -> None:
    sys.stdin.read()
    signal.raise_signal(signal.SIGINT)
