"""Words for people: counts, shortened quotes, text that cannot disturb a terminal."""

from __future__ import annotations

from provcheck.model import Match, Problem

_QUOTE = 60  # characters of a quoted text


def counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def shorten(text: str) -> str:
    shown = flat(text)
    return shown if len(shown) <= _QUOTE else shown[: _QUOTE - 1].rstrip() + "…"


def flat(text: str) -> str:
    """One line without control characters and without marks that turn the direction of text."""
    return "".join(
        c if c.isprintable() and c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" else " "
        for c in " ".join(text.split())
    )


def problem_text(problem: Problem) -> str:
    """What is wrong, with its place where that is known."""
    return f"{problem.reason} ({problem.where})" if problem.where else problem.reason


def line_of(problem: Problem) -> int | None:
    """The line of its file that a problem is in, if it is told as one."""
    name, _, number = (problem.where or "").partition(" ")
    return int(number) if name == "line" and number.isdigit() else None


def archived(match: Match) -> str:
    """An archived document and what a new one shares with it, in one line."""
    many = counted(len(match.shared), "shared passage")
    facts = [f"{match.relation} of {flat(match.document)}", f"{match.score:.0%} likely"]
    if match.relation != "exact":
        facts.append(
            f"{match.containment:.0%} of its narration stands there, {match.containment_archived:.0%} the other way round"
        )
    dated = [f"published {flat(match.published)}"] if match.published else []
    return ", ".join([*facts, many, *dated, *([flat(match.url)] if match.url else [])])
