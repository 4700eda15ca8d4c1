"""What can go wrong, apart from findings: bad usage, broken rules, unreadable input."""

from __future__ import annotations

from dataclasses import dataclass


class ProvcheckError(Exception):
    """A failure that ends the run with exit status 2 and a sentence for the user."""


class UsageError(ProvcheckError):
    """The command or the settings ask for something that cannot be done."""


@dataclass(frozen=True)
class Mistake:
    """One mistake in a file of rules or settings. `line` and `column` start at 1; 0 means the whole file."""

    path: str
    line: int
    column: int
    message: str
    source: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        quoted = f"\n    {self.source.strip()}" if self.source.strip() else ""
        return f"{where}: {self.message}{quoted}"


class _MistakesError(ProvcheckError):
    """One or more files are broken; all their mistakes at once."""

    def __init__(self, problems: tuple[Mistake, ...]) -> None:
        # The arguments reach Exception too, so that the error unpickles in a worker's parent.
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class RuleError(_MistakesError):
    """One or more rule files are broken."""


class SettingsError(_MistakesError):
    """A settings file, or the file of suppressions that it names, is broken."""
