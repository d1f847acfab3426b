"""Start the atlas with a fault in it that nobody foresaw, to see what a visitor is told."""

import sys
from typing import Any

from streamlit.web.cli import main

from pages.ui.projects import projects_view

SECRET = "password=secret123 in /srv/atlas/private.toml"  # noqa: S105 - what must not be shown


def fail(*_: Any, **__: Any) -> None:
    """Raise what no page expects."""
    raise RuntimeError(SECRET)


if __name__ == "__main__":
    projects_view.finding = fail
    sys.argv = ["streamlit", "run", "app.py", *sys.argv[1:]]
    main()
