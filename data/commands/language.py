"""The language a command writes in: the one it is given; one the atlas does not know is refused in the reader's own."""

import argparse
import os
from collections.abc import Mapping

from data.errors import AtlasError
from data.texts import Texts, languages, load_texts

MOST_SHOWN = 40  # letters of what is refused
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says which language its user reads, the strongest first."""


class UnknownLanguage(AtlasError, ValueError):
    """The atlas has no words in the language asked for; the message says which it has."""

    reason = "language"


def add_language(parser: argparse.ArgumentParser, *, default: str | None = None) -> None:
    """Take the language; it is looked up by `texts_of`, which refuses in words.

    Parameters
    ----------
    default
        What it is unless given; the first language for None, that of the reader's system for an empty text.
    """
    help_ = f"of the words: {', '.join(languages())}"
    parser.add_argument(
        "--language", metavar="CODE", default=languages()[0] if default is None else default, help=help_
    )


def texts_of(language: str) -> Texts:
    """Return the texts of a language; those of the reader's system where none is named.

    Raises
    ------
    UnknownLanguage
        There is none of that code.
    """
    if not language or language in languages():
        return load_texts(language or of_reader(os.environ))
    t = load_texts(of_reader(os.environ))
    allowed = t("list.separator").join(f"{code} ({load_texts(code).name})" for code in languages())
    raise UnknownLanguage(t("package.problem.language", value=language[:MOST_SHOWN], allowed=allowed))


def of_reader(environment: Mapping[str, str]) -> str:
    """Return the language of the system where the atlas has it, else the first it has.

    Examples
    --------
    >>> of_reader({"LANG": "ar_MA.UTF-8"}), of_reader({"LC_ALL": "C", "LANG": "en_GB"}), of_reader({})
    ('ar', 'en', 'fr')
    """
    named = (environment.get(name, "").partition(".")[0].partition("_")[0] for name in LOCALE)
    return next((code for code in named if code in languages()), languages()[0])
