"""The process in which one file is read: `python -m data.imports.child`, in a folder of its own, and then gone.

It finds `upload` and `asked.json` in its folder and leaves `answer.json`: sheets, or the reason why there are none. Its
parent (`data.imports.sandbox`) takes JSON from it and nothing else.
"""

import sys
from pathlib import Path
from typing import Any

UPLOAD, ASKED, ANSWER = "upload", "asked.json", "answer.json"


def main() -> int:
    """Read the file under limits; whatever happens becomes a reason, or the parent makes one of our end."""
    from data.imports.limits import take_limits  # noqa: PLC0415 - before anything heavy is imported

    take_limits()
    import orjson  # noqa: PLC0415

    sys.setrecursionlimit(500)
    asked = orjson.loads(Path(ASKED).read_bytes())
    try:
        answer = _read(asked)
    except MemoryError:
        answer = {"reason": "too_much_memory", "detail": ""}
    except RecursionError:
        answer = {"reason": "too_deep", "detail": ""}
    Path(ANSWER).write_bytes(orjson.dumps(answer))
    return 0


def _read(asked: dict[str, Any]) -> dict[str, Any]:
    from data.imports.formats import read  # noqa: PLC0415
    from data.imports.sheet import Asked, FileRefused  # noqa: PLC0415

    try:
        sheets = read(Path(UPLOAD), Asked(**asked))
    except FileRefused as refused:
        return {"reason": refused.reason, "detail": refused.detail}
    return {"sheets": [sheet.as_json() for sheet in sheets]}


if __name__ == "__main__":
    sys.exit(main())
