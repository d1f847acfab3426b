"""Text that a spreadsheet would run as a formula, made harmless in CSV and read back unchanged."""

import re

# OWASP ASVS 5.0 §1.2.10 and its full-width forms. Apostrophes in front count too: without them "'=x" written by
# an author and "=x" made harmless by us would be the same cell, and reading could not tell which to undo.
_RISKY = re.compile("^'*[=+\\-@\t\r\n\x00＝＋－＠]")


def neutralise(text: str) -> str:
    """Put an apostrophe before a text that would start a formula. Numbers never come here.

    Examples
    --------
    >>> neutralise("=1+1"), neutralise("'=1+1"), neutralise("L'eau")
    ("'=1+1", "''=1+1", "L'eau")
    """
    return f"'{text}" if _RISKY.match(text) else text


def restore(text: str) -> str:
    """Undo `neutralise`, and nothing else.

    Examples
    --------
    >>> restore("'=1+1"), restore("''=1+1"), restore("'quoted'")
    ('=1+1', "'=1+1", "'quoted'")
    """
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
