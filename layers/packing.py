"""Arrays as text, for the state that travels with each run."""

import base64
from typing import Any

import numpy as np
import numpy.typing as npt


def packed(values: npt.NDArray[Any]) -> str:
    """Return the bytes of an array in base 64.

    Examples
    --------
    >>> packed(np.array([1, 2, 3], "u1"))
    'AQID'
    """
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode("ascii")
