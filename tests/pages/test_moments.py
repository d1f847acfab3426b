"""Hours are those of the reader's clock, or of Morocco where the browser names no zone or a wrong one."""

from types import SimpleNamespace

import pytest

from data.texts import load_texts
from pages.ui import moments

AT = "2026-11-26T23:30:00.000000+00:00"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Paris", "27 novembre 2026 à 00:30"),
        ("America/Montreal", "26 novembre 2026 à 18:30"),
        (None, "27 novembre 2026 à 00:30"),  # Morocco is one hour ahead of UTC but in Ramadan
        ("Pays/Imaginaire", "27 novembre 2026 à 00:30"),
        ("../../etc/passwd", "27 novembre 2026 à 00:30"),
    ],
)
def test_an_instant_is_said_on_the_clock_of_the_reader(monkeypatch, zone, said):
    monkeypatch.setattr(moments, "st", SimpleNamespace(context=SimpleNamespace(timezone=zone)))
    t = load_texts("fr")
    assert moments.moment(AT, t) == said
    assert moments.day(AT, t) == said.partition(" à ")[0]


def test_in_ramadan_morocco_is_on_the_hour_of_greenwich(monkeypatch):
    monkeypatch.setattr(moments, "st", SimpleNamespace(context=SimpleNamespace(timezone=None)))
    assert moments.moment("2026-03-01T12:00:00+00:00", load_texts("en")).endswith("at 12:00")
