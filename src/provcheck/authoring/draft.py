"""The first draft of a rule, with its examples, for `provcheck rules new`."""

from __future__ import annotations

_KEYS = {
    "pattern": "    action: remove\n    at: start\n    mark: line\n    max_words: 20\n    pattern:\n      - 'send us (?:a|your) tip'\n      - 'got a story\\?'\n",
    "replace": "    swap:\n      'the the': the\n      teh: the\n",
    "count": "    pattern: '!'\n    max: 3\n",
    "repeat": "    action: remove\n    min_words: 8\n",
    "consistency": "    variants:\n      per cent: 'per cent'\n      percent: 'percent'\n",
    "requires": "    pattern: 'told reporters'\n    requires: '\\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day'\n",
    "metric": "    when: 'body_words < 4'\n",
    "list": "    action: remove\n    at: whole\n    mark: line\n    phrases: [Back to the coast page, All tides]\n",
}
_EXAMPLES = {
    "pattern": ("Send us a tip at any hour!", "The rescuers send us a tip of the sail as proof."),
    "replace": ("The ferry left [[the the]] harbour.", "The ferry left the harbour."),
    "count": ("Stop! Look! Listen! Run[[!]]", "Stop! Look! Listen!"),
    "repeat": (
        "The ferry sank off Nordhaven on Monday at noon.\\n\\n[[The ferry sank off Nordhaven on Monday at noon.]]",
        "The ferry sank off Nordhaven on Monday at noon.",
    ),
    "consistency": ("Up ten per cent, then [[percent]].", "Up ten per cent, then five per cent."),
    "requires": ("The captain [[told reporters]] so.", "The captain told reporters so on Monday."),
    "metric": ("The ferry sank.", "The ferry sank off Nordhaven on Monday."),
    "list": ("All tides", "All tides turn in the end."),
}


def draft_kinds() -> tuple[str, ...]:
    """The kinds of checks for which there is a draft."""
    return tuple(sorted(_KEYS))


def draft(pack: str, rule: str, kind: str) -> str:
    """The text of a pack with one rule of one kind. Raises KeyError for a kind without a draft."""
    match, none = _EXAMPLES[kind]
    return (
        f"# yaml-language-server: $schema=provcheck-rules.schema.json\n"
        f"# (write that file with: provcheck rules schema > provcheck-rules.schema.json)\n"
        f"pack: {pack}\n"
        f"about: What this pack is for.\n"
        f"rules:\n"
        f"  - id: {rule}\n"
        f"    check: {kind}\n"
        f"    category: other\n"
        f"{_KEYS[kind]}"
        f"    message: 'what a reader of the report is told: {{text}}'\n"
        f"    why: Why this is worth finding.\n"
        f"    examples:\n"
        f'      match: ["{match}"]\n'
        f'      none: ["{none}"]\n'
    )
