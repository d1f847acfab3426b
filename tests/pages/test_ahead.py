"""What is published is laid out before a visitor asks, once for each state, whatever goes wrong meanwhile."""

from threading import Event, Thread

from data.errors import AtlasError
from pages.ui import ahead


def test_each_new_state_is_laid_out_once_and_a_failure_ends_nothing(monkeypatch):
    views = iter(["1", "1", "2", "away", "2", "broken", "3", "3"])
    seen, laid_out, done, stopped = [], [], Event(), Event()

    def published_view() -> str:
        seen.append(next(views, None))
        if seen[-1] is None:
            done.set()
            return "3"
        return seen[-1]

    def knowledge() -> None:
        if seen[-1] == "broken":
            raise AtlasError("a table is damaged")
        laid_out.append(seen[-1])

    monkeypatch.setattr(ahead.living, "published_view", published_view)
    monkeypatch.setattr(ahead.living, "failure", lambda: "unreachable" if seen[-1] == "away" else "")
    monkeypatch.setattr(ahead, "knowledge", knowledge)
    looking = Thread(target=ahead.keep_laid_out, args=(stopped,), kwargs={"every_s": 0.001, "after_failure_s": 0.001})
    looking.start()
    assert done.wait(5)
    stopped.set()
    looking.join(5)
    assert not looking.is_alive()
    assert laid_out == ["1", "2", "3"]
