"""Find a Chromium that starts, for the tests that drive a browser: `python tools/chromium.py` prints its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
PATIENCE_S = 60


def find_chromium(*, python: Path | str = sys.executable) -> str | None:
    """Return the path of a Chromium or Chrome that answers, or None.

    Parameters
    ----------
    python
        The interpreter that has Playwright, which may have fetched a Chromium of its own.
    """
    named = os.environ.get("CHROMIUM", "")
    installed = [shutil.which(name) for name in (named, *NAMES) if name]
    for path in (*filter(None, installed), *PLACES):
        if _answers(path):
            return path
    fetched = _said([str(python), "-c", ASK_PLAYWRIGHT])
    return fetched if fetched and _answers(fetched) else None


def _answers(path: str) -> bool:
    return _said([path, "--version"]) is not None


def _said(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


if __name__ == "__main__":
    print(find_chromium() or "")
