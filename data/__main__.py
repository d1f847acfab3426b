"""The atlas at the command line: `python -m data import`, `export`, `backup`, `restore`, …; `--help` says more."""

import sys

from data.commands import main

if __name__ == "__main__":
    sys.exit(main())
