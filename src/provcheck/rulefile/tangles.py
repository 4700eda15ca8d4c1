"""YAML that no rule file needs, and that ends whoever composes it: deep nesting, and aliases within what they name."""

from __future__ import annotations

from typing import Any

import yaml

_DEEPEST = 40  # levels of a file


def find_tangle(text: str, loader: Any) -> tuple[int, int, str] | None:
    """Line and column (from 1) of the first tangle, and what it is; None if there is none. Raises yaml.YAMLError."""
    anchors: list[str | None] = []  # of the collections that are open
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            anchors.append(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchors.pop()
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
        if len(anchors) > _DEEPEST:
            return (*place, f"more than {_DEEPEST} levels are nested")
        if isinstance(event, yaml.AliasEvent) and event.anchor in anchors:
            return (*place, "an alias stands within what it names")
    return None
