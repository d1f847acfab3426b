"""Signs of Windows-1252 that a file calls control characters: the apostrophe, dashes and quotes of old programs."""

import re
from collections.abc import Mapping
from typing import Any

CONTROLS = re.compile("[\x80-\x9f]")
SIGNS: Mapping[int, str] = {
    number: sign for number in range(0x80, 0xA0) if (sign := bytes([number]).decode("cp1252", "ignore"))
}
"""What browsers make of the same characters; five of them are no sign there either, and stay."""


def with_signs(cell: Any) -> Any:
    r"""Return a cell with those characters as the signs they stand for, also within lists; the cell itself without any.

    Examples
    --------
    >>> with_signs("l\x92eau \x96 2014"), with_signs(3)
    ('l’eau – 2014', 3)
    """
    if isinstance(cell, str):
        return cell.translate(SIGNS) if CONTROLS.search(cell) else cell
    if isinstance(cell, list):
        return [with_signs(one) for one in cell]
    return {name: with_signs(said) for name, said in cell.items()} if isinstance(cell, Mapping) else cell
