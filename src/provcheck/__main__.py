"""`provcheck` and `python -m provcheck`."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from provcheck.cli import app

        app()
    except KeyboardInterrupt:  # before or after the command's own handling
        print("provcheck: interrupted; nothing was written", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
