"""The atlas to take along, at the command line: `python -m layers package`; `--help` says more."""

import sys

from layers.commands import main

if __name__ == "__main__":
    sys.exit(main())
