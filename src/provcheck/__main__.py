"""`provcheck` and `python -m provcheck`."""

from __future__ import annotations


def main() -> None:
    from provcheck.cli import app

    app()


if __name__ == "__main__":
    main()
