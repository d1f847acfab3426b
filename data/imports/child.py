"""The process in which one file is read: `python -m data.imports.child JOB`, in a folder of its own, and then gone.

It finds `upload` and `asked.json` in its folder and leaves `answer.json`: sheets, the size of the picture it drew anew
beside it, or the reason why there is nothing. Its parent (`data.imports.sandbox`) takes JSON and pixels from it and
nothing else.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

UPLOAD, ASKED, ANSWER, PICTURE = "upload", "asked.json", "answer.json", "picture"


def main(job: str) -> int:
    """Do the job under limits; whatever happens becomes a reason, or the parent makes one of our end."""
    from data.imports.limits import take_limits

    take_limits()
    import orjson

    sys.setrecursionlimit(500)
    asked = orjson.loads(Path(ASKED).read_bytes())
    try:
        answer = _answer(JOBS[job], asked)
    except MemoryError:
        answer = {"reason": "too_much_memory", "detail": ""}
    except RecursionError:
        answer = {"reason": "too_deep", "detail": ""}
    Path(ANSWER).write_bytes(orjson.dumps(answer))
    return 0


def _answer(job: Callable[[dict[str, Any]], dict[str, Any]], asked: dict[str, Any]) -> dict[str, Any]:
    from data.imports.sheet import FileRefused

    try:
        return job(asked)
    except FileRefused as refused:
        return {"reason": refused.reason, "detail": refused.detail}


def _sheets(asked: dict[str, Any]) -> dict[str, Any]:
    from data.imports.formats import read
    from data.imports.sheet import Asked

    return {"sheets": [sheet.as_json() for sheet in read(Path(UPLOAD), Asked(**asked))]}


def _picture(_asked: dict[str, Any]) -> dict[str, Any]:
    from data.imports.formats.picture import rewrite

    return {"size": rewrite(Path(UPLOAD), Path(PICTURE))}


JOBS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"sheets": _sheets, "picture": _picture}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
