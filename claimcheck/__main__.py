"""`python -m claimcheck` is the `claimcheck` command."""

import sys

from claimcheck.cli import start

if __name__ == "__main__":
    sys.exit(start())
