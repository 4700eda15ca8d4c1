"""`provcheck` and `python -m provcheck`."""

from __future__ import annotations

import io
import os
import sys

from provcheck.runtime import collector


def main() -> None:
    collector.seldom()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a code page of old cannot write every letter of a text
            stream.reconfigure(errors="replace")
    try:
        from provcheck.cli import app

        app()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:  # of the output: what commands read they answer for themselves
        _leave(f"provcheck: {error.filename or 'output'}: {error.strerror or error}")
    except KeyboardInterrupt:  # before or after the command's own handling
        print("provcheck: interrupted; nothing was written", file=sys.stderr)
        sys.exit(130)


def _leave(told: str) -> None:
    """End with one sentence; nothing is flushed again where that failed."""
    print(told, file=sys.stderr)
    sys.stderr.flush()
    os._exit(2)


if __name__ == "__main__":
    main()
