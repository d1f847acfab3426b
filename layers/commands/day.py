"""The day that printed and packed files bear: today, unless the command is given another."""

import datetime as dt

EARLIEST, LATEST = dt.date(1980, 1, 1), dt.date(2107, 12, 31)
"""What the file list of a zip can say."""


def day(asked: str | None) -> dt.date:
    """Return the day asked for, or today.

    Raises
    ------
    ValueError
        It is no day, or one that a zip cannot bear.

    Examples
    --------
    >>> day("2026-11-26")
    datetime.date(2026, 11, 26)
    """
    if asked is None:
        return dt.datetime.now(tz=dt.UTC).date()
    found = dt.date.fromisoformat(asked)
    if not EARLIEST <= found <= LATEST:
        raise ValueError(f"{asked}: allowed from {EARLIEST} to {LATEST}")
    return found
