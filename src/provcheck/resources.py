"""Finds the files that ship with the package: rule packs and tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent


@cache
def rules_folder() -> Path:
    """The folder of the shipped rule packs.

    A wheel carries `rules/` inside the package; an editable install has it at the top of the
    checkout, two folders up.
    """
    inside = PACKAGE / "rules"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "rules"


def read_words(name: str) -> Any:
    """What a YAML file of words in rules/lists holds."""
    import yaml

    text = (rules_folder() / "lists" / f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_lines(name: str) -> list[str]:
    """The lines of a text file in rules/lists (`cities.txt`) that say something, without white space around them; those that start with # say
    nothing.
    """
    lines = (rules_folder() / "lists" / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def from_here(path: Path) -> Path:
    """The path from the working folder if it lies below it, so that messages are short."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def data_file(name: str) -> Path:
    """A table in `provcheck/data`."""
    return PACKAGE / "data" / name
