"""`provcheck` and `python -m provcheck`."""

from __future__ import annotations

import io
import sys

from provcheck import collector


def main() -> None:
    collector.seldom()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a code page of old cannot write every letter of a text
            stream.reconfigure(errors="replace")
    try:
        from provcheck.cli import app

        app()
    except KeyboardInterrupt:  # before or after the command's own handling
        print("provcheck: interrupted; nothing was written", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
