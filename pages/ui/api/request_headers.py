"""What a request says in its headers and how often it says a parameter: the language, the copy it holds."""

import re
from collections import Counter
from collections.abc import Sequence

from starlette.datastructures import QueryParams

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def holds(tag: str, if_none_match: str) -> bool:
    """Tell whether a reader says to hold the answer of this tag, or any at all (RFC 9110, 13.1.2).

    Examples
    --------
    >>> holds('"a1"', 'W/"a1", "b2"'), holds('"a1"', "*"), holds('"a1"', '"a12"')
    (True, True, False)
    """
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)


def language_of(accepted: str, offered: Sequence[str]) -> str | None:
    """Return the language a reader likes best of those offered; None where it likes none.

    Examples
    --------
    >>> language_of("en-GB;q=0.5, ar-MA, de;q=0.9", ["fr", "ar", "en"]), language_of("de", ["fr"])
    ('ar', None)
    """
    liked: list[tuple[float, str]] = []
    for part in accepted.split(","):
        name, *rest = (one.strip() for one in part.split(";"))
        quality = next((one.removeprefix("q=") for one in rest if one.startswith("q=")), "1")
        weight = float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 0.0
        code = name.partition("-")[0].casefold()
        if weight > 0 and code in offered:
            liked.append((weight, code))
    return max(liked, key=lambda one: one[0])[1] if liked else None


def said_again(params: QueryParams) -> list[tuple[str, str]]:
    """Return the parameters that are said more than once, each with what it is said to be last."""
    counted = Counter(name for name, _ in params.multi_items())
    return [(name, params[name]) for name, count in counted.items() if count > 1]
