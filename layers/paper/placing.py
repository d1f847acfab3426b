"""Where names stand on a map: the most important first, each where it hides least, none over another nor the edge.

Names ask for their place one after the other. Each has a few offers, in the order in which a reader expects them; of
those that are free it takes the one that hides the fewest signs, and of these the first. The same names in the same
order stand at the same places.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Edges = tuple[float, float, float, float]  # west, north, east, south on the page, millimetres
Floats = npt.NDArray[np.float64]

APART_MM = 0.6
"""Between a name and the edge of the map, or the dot it belongs to: the halo."""
ASIDE = np.array([(0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1)], float)
"""Of a dot: above and below it, beside it, then its corners."""
WITHIN = np.array([(0, 0), (0, 1), (0, -1), (0, 2), (0, -2)], float)
"""Of an area: in its middle, then a step below and above."""
LATER = 0.25
"""What each later offer weighs beside the signs that an earlier one hides."""


@dataclass(frozen=True)
class Label:
    """A name to place; lengths in millimetres of the page.

    Attributes
    ----------
    x, y
        What it names: a dot, or the middle of an area.
    width, height
        Of the name with the room around it.
    dot
        Radius of the dot beside which it stands; 0 for an area, on which it stands.
    step
        How far from the middle of its area it goes where the middle is taken.
    insists
        It rather stands over signs that keep their place (`Room.keep`) than nowhere; over a name never.
    most
        Signs it may hide at most, by their weights: where it would hide more it is left out.
    """

    x: float
    y: float
    width: float
    height: float
    dot: float = 0.0
    step: float = 0.0
    insists: bool = False
    most: float = np.inf

    def offers(self) -> Floats:
        """Return the middles of the boxes in which it may stand, the best first: two columns."""
        if self.dot:
            apart = np.array([self.width / 2 + self.dot / 2, self.height / 2 + self.dot + APART_MM / 2])
            level = np.array([self.width / 2 + self.dot + APART_MM / 2, self.height / 2 + self.dot / 2])
            steps = np.where((ASIDE[:, 1] == 0)[:, None], level, apart)
            return np.asarray([self.x, self.y] + ASIDE * steps)
        return np.asarray([self.x, self.y] + (WITHIN if self.step else WITHIN[:1]) * self.step)

    def boxes(self) -> Floats:
        """Return the edges of the boxes in which it may stand: west, north, east, south."""
        half = np.array([self.width / 2, self.height / 2])
        middles = self.offers()
        return np.hstack((middles - half, middles + half))


class Room:
    """What is taken of a map, so that names, and signs that can shrink, give way to what is more important.

    Examples
    --------
    >>> room = Room((0, 0, 40, 20))
    >>> room.place(Label(20, 10, 12, 3, dot=1))  # above its dot
    (20.0, 7.2)
    >>> room.place(Label(20, 6, 12, 3, dot=1)) is None  # its dot would lie under that name
    True
    >>> room.place(Label(20, 19, 12, 3)) is None  # the edge would cut it
    True
    """

    def __init__(self, within: Edges = (-np.inf, -np.inf, np.inf, np.inf)) -> None:
        self.within = within
        self._taken = np.empty((0, 4))
        self._kept = np.empty((0, 4))
        self._signs = np.empty((0, 5))

    def add(self, box: Edges) -> None:
        """Take a box for ever: nothing more stands there."""
        self._taken = np.vstack((self._taken, box))

    def keep(self, box: Edges) -> None:
        """Take a box for a sign that stands above names: only a name that insists may go under it."""
        self._kept = np.vstack((self._kept, box))

    def mind(self, x: npt.ArrayLike, y: npt.ArrayLike, reach: npt.ArrayLike, weight: float = 1.0) -> None:
        """Have names rather stand where they hide none of these signs, each within its reach of its place."""
        columns = np.broadcast_arrays(np.atleast_1d(x), y, reach, weight)
        x, y, reach, weights = (np.asarray(column, float) for column in columns)
        self._signs = np.vstack((self._signs, np.column_stack((x - reach, y - reach, x + reach, y + reach, weights))))

    def free(self, box: Edges) -> bool:
        """Tell whether nothing has taken or keeps any of a box."""
        boxes = np.asarray([box], float)
        return not (_meet(boxes, self._taken).any() or _meet(boxes, self._kept).any())

    def hides(self, box: Edges) -> float:
        """Return what a box would hide of the signs that names mind, by their weights."""
        return float(self._hidden(np.asarray([box], float))[0])

    def place(self, label: Label) -> tuple[float, float] | None:
        """Return the middle of the place of a name and take it, its dot too; None where it finds none.

        The name of a dot that lies under a sign stands beside the sign.
        """
        label = self._beside_sign(label)
        own = (label.x - label.dot, label.y - label.dot, label.x + label.dot, label.y + label.dot)
        if label.dot and not (self._holds(np.array([own]))[0] and not self._met(np.array([own]))[0]):
            return None
        boxes = label.boxes()
        stands = self._holds(boxes) & ~self._met(boxes)
        under = _meet(boxes, self._kept).any(axis=1)
        if not label.insists:
            stands &= ~under
        hidden = self._hidden(boxes)
        stands &= hidden <= label.most
        if not stands.any():
            return None
        cost = hidden + LATER * np.arange(len(boxes)) + np.where(under, 1e3, 0.0)
        chosen = int(np.argmin(np.where(stands, cost, np.inf)))
        self.add(tuple(boxes[chosen]))
        if label.dot:
            self.add(own)
        x, y = label.offers()[chosen]
        return float(x), float(y)

    def _hidden(self, boxes: Floats) -> Floats:
        return np.asarray(_meet(boxes, self._signs[:, :4]) @ self._signs[:, 4])

    def _beside_sign(self, label: Label) -> Label:
        west, north, east, south = self._kept.T
        over = (west < label.x) & (label.x < east) & (north < label.y) & (label.y < south)
        if not label.dot or not over.any():
            return label
        box = self._kept[int(np.argmax(over))]
        return replace(label, x=(box[0] + box[2]) / 2, y=(box[1] + box[3]) / 2, dot=(box[2] - box[0]) / 2)

    def _holds(self, boxes: Floats) -> npt.NDArray[np.bool_]:
        west, north, east, south = self.within
        inside = (boxes[:, 0] >= west + APART_MM) & (boxes[:, 2] <= east - APART_MM)
        return np.asarray(inside & (boxes[:, 1] >= north + APART_MM) & (boxes[:, 3] <= south - APART_MM))

    def _met(self, boxes: Floats) -> npt.NDArray[np.bool_]:
        return np.asarray(_meet(boxes, self._taken).any(axis=1))


def around(x: float, y: float, reach: float) -> Edges:
    """Return the box of what reaches so far from a place."""
    return (x - reach, y - reach, x + reach, y + reach)


def _meet(boxes: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Tell which of some boxes (rows) have something in common with which others (columns)."""
    one, two = boxes[:, None, :], others[None, :, :]
    across = (one[..., 0] < two[..., 2]) & (one[..., 2] > two[..., 0])
    return np.asarray(across & (one[..., 1] < two[..., 3]) & (one[..., 3] > two[..., 1]))
