"""Answers to programs, kept a while in the forms they travel in: whoever asks the same again waits for nothing."""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import brotli

REFUSED = re.compile(r"q=0(\.0*)?\s*$")
QUALITY = 5  # of brotli: somebody waits


@dataclass(frozen=True)
class Answer:
    """A body, its type, and the name by which whoever keeps it asks whether it still stands."""

    body: bytes
    media_type: str

    @cached_property
    def tag(self) -> str:
        """The entity tag: another body has another."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    @cached_property
    def _br(self) -> bytes:
        return bytes(brotli.compress(self.body, quality=QUALITY))

    @cached_property
    def _gz(self) -> bytes:
        return gzip.compress(self.body, 6, mtime=0)

    def as_accepted(self, accepted: str) -> tuple[bytes, dict[str, str]]:
        """Return the smallest form that the reader accepts (`Accept-Encoding`), and the header that names it."""
        offered = {part.partition(";")[0].strip() for part in accepted.split(",") if not REFUSED.search(part)}
        if "br" in offered:
            return self._br, {"Content-Encoding": "br"}
        return (self._gz, {"Content-Encoding": "gzip"}) if "gzip" in offered else (self.body, {})


class KeptAnswers:
    """The answers given last, as long as their bodies together are not larger than `most_bytes`."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Answer | None:
        """Return what was answered, or None."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; those not asked for the longest make room."""
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self.bytes += len(answer.body)
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Hashable) -> None:
        if dropped := self._answers.pop(key, None):
            self.bytes -= len(dropped.body)
