"""Where names stand: none over another, none cut by the edge, the important ones first, the same each time."""

import itertools

import numpy as np
import pytest

from layers.paper.placing import APART_MM, Label, Room, around


def crowd(seed: int, count: int) -> list[Label]:
    random = np.random.default_rng(seed)
    return [
        Label(
            *(float(at) for at in random.uniform((0, 0), (100, 60))),
            float(random.uniform(8, 25)),
            3.5,
            dot=0.8 if number % 3 else 0.0,
            step=4.0,
        )
        for number in range(count)
    ]


def stands(label: Label, centre: tuple[float, float]) -> tuple[float, float, float, float]:
    x, y = centre
    return (x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2)


def meet(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[2] and one[2] > two[0] and one[1] < two[3] and one[3] > two[1]


@pytest.mark.parametrize("seed", range(5))
def test_no_name_stands_over_another_nor_over_a_dot_nor_is_cut_by_the_edge(seed: int):
    room = Room((0, 0, 100, 60))
    room.add((80, 50, 100, 60))
    named = [(label, centre) for label in crowd(seed, 120) if (centre := room.place(label))]
    assert len(named) > 20
    boxes = [stands(*one) for one in named]
    dots = [around(label.x, label.y, label.dot) for label, _ in named if label.dot]
    assert not any(meet(one, two) for one, two in itertools.combinations(boxes, 2))
    assert not any(meet(box, dot) for box in boxes for dot in dots)
    assert not any(meet(box, (80, 50, 100, 60)) for box in boxes)
    assert all(
        min(box[0], box[1]) >= APART_MM and box[2] <= 100 - APART_MM and box[3] <= 60 - APART_MM for box in boxes
    )


def test_the_same_names_stand_at_the_same_places():
    first, second = ([room.place(label) for label in crowd(1, 80)] for room in (Room((0, 0, 99, 59)) for _ in range(2)))
    assert first == second


def test_who_asks_first_stands_best_and_who_finds_no_place_is_left_out():
    room = Room((0, 0, 40, 12))
    city, town, village = (Label(20, 6, 30, 3, step=3.4) for _ in range(3))
    assert room.place(city) == (20, 6)
    assert room.place(town) == (20, 9.4)
    assert room.place(village) == (20, 2.6)
    assert room.place(village) is None


def test_a_name_stands_where_it_hides_no_sign_and_a_minor_one_rather_nowhere():
    room = Room((0, 0, 60, 60))
    room.mind(30, [25, 26], 0.5)  # two dots above the town
    assert room.place(Label(30, 30, 12, 3.5, dot=1)) == (30, pytest.approx(33.05))
    crowded = Room((0, 0, 60, 60))
    crowded.mind(np.tile(np.arange(60), 60), np.repeat(np.arange(60), 60), 0.2)
    assert crowded.place(Label(30, 30, 12, 3.5, most=3)) is None
    assert crowded.place(Label(30, 30, 12, 3.5)) == (30, 30)


def test_a_name_that_insists_goes_under_a_sign_but_never_over_a_name():
    def full() -> Room:
        room = Room((0, 0, 60, 60))
        room.keep((0, 0, 60, 60))
        return room

    assert full().place(Label(30, 30, 12, 3.5)) is None
    assert full().place(Label(30, 30, 12, 3.5, insists=True)) == (30, 30)
    named = full()
    named.add((20, 20, 40, 40))
    assert named.place(Label(30, 30, 12, 3.5, insists=True)) is None


def test_the_name_of_a_dot_under_a_sign_stands_beside_the_sign():
    room = Room((0, 0, 60, 60))
    room.keep(around(30, 30, 4))
    _, y = room.place(Label(30.5, 30, 12, 3, dot=0.5)) or (0, 0)
    assert y == pytest.approx(30 - 4 - 1.5 - APART_MM / 2)
