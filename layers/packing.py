"""Whole numbers as text, for the state that travels with each run: short as written, shorter once compressed.

They are written as source maps write theirs, as base 64 digits of five bits, the sixth telling that another digit
follows (ECMA-426, Base64 VLQ, here without a sign). A number below 32 is one character, whatever else the array
holds, so that equal runs stay equal text: deflate finds in it what it cannot find in bytes written as base 64.
`static/packing.js` reads it.
"""

import numpy as np
import numpy.typing as npt

DIGITS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", np.uint8)
BITS, MORE = 5, 32
MOST_DIGITS = 7  # numbers up to 2**35 - 1
VALUES = np.zeros(128, np.int64)
VALUES[DIGITS] = np.arange(len(DIGITS))


def packed(numbers: npt.ArrayLike) -> str:
    """Return whole numbers, none below 0, as text.

    Examples
    --------
    >>> packed([1, 31, 32, 0])
    'BfgBA'
    """
    values = np.asarray(numbers, np.int64)
    greatest = int(values.max(initial=0))
    if values.min(initial=0) < 0 or greatest >> (BITS * MOST_DIGITS):
        raise ValueError(f"numbers from {values.min()} to {greatest} cannot be packed: from 0 to 2**35 - 1")
    rest = values[:, np.newaxis] >> (BITS * np.arange(max(1, -(-greatest.bit_length() // BITS))))
    digits = (rest & (MORE - 1)) + np.where(rest >> BITS, MORE, 0)
    written = rest > 0
    written[:, 0] = True  # 0 is written too
    return bytes(DIGITS[digits[written]]).decode("ascii")


def unpacked(text: str) -> npt.NDArray[np.int64]:
    """Return the numbers that were packed.

    Examples
    --------
    >>> unpacked("BfgBA").tolist()
    [1, 31, 32, 0]
    """
    digits = VALUES[np.frombuffer(text.encode("ascii"), np.uint8)]
    ends = np.flatnonzero(digits < MORE)
    if not len(ends):
        return np.zeros(0, np.int64)
    starts = np.r_[0, ends[:-1] + 1]
    place = np.arange(ends[-1] + 1) - np.repeat(starts, ends - starts + 1)
    return np.add.reduceat((digits[: len(place)] & (MORE - 1)) << (BITS * place), starts)


def packed_marks(marks: npt.NDArray[np.bool_]) -> str:
    """Return which of a row are marked: for each mark, how many unmarked lie before it since the last one.

    Examples
    --------
    >>> packed_marks(np.array([True, False, False, True, True, False]))
    'ACA'
    """
    return packed(np.diff(np.flatnonzero(marks), prepend=-1) - 1)


def marked(text: str) -> npt.NDArray[np.int64]:
    """Return the numbers of those that were marked, in their order.

    Examples
    --------
    >>> marked("ACA").tolist()
    [0, 3, 4]
    """
    return np.cumsum(unpacked(text) + 1) - 1
