"""Regular expressions of rules: RE2, linear in the text, many at once.

RE2 has no look-around and no back-references; `\\w`, `\\d` and `\\b` are ASCII there. In exchange no
pattern can hang a scan. Patterns are compiled with `(?m)`: `^` and `$` match at line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

_MEMORY = 256 << 20


class PatternError(ValueError):
    """A pattern that RE2 does not take; the message is RE2's own, in a sentence."""


def _options(ignore_case: bool) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not ignore_case
    options.max_mem = _MEMORY
    return options


@lru_cache(maxsize=4096)
def _compile(source: str, ignore_case: bool) -> Any:
    try:
        return re2.compile("(?m)" + source, _options(ignore_case))
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise PatternError(_explain(reason, source)) from None


def _explain(reason: str, source: str) -> str:
    if re.search(r"\(\?<?[=!]", source):
        return f"RE2 has no look-around ({reason}); use `unless`, `before` or `after`, or reword the pattern"
    if re.search(r"\\[1-9]", source):
        return f"RE2 has no back-references ({reason})"
    return f"not a valid pattern: {reason}"


@dataclass(frozen=True)
class Hit:
    """A match: its span and its named groups that took part."""

    start: int
    end: int
    groups: dict[str, str]


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern that pickles as its source."""

    source: str
    ignore_case: bool = False

    def __post_init__(self) -> None:
        _compile(self.source, self.ignore_case)

    def search(self, text: str) -> bool:
        return _compile(self.source, self.ignore_case).search(text) is not None

    def finditer(self, text: str) -> Iterator[Hit]:
        """Matches from left to right, without the empty ones."""
        for match in _compile(self.source, self.ignore_case).finditer(text):
            if match.end() > match.start():
                groups = {name: value for name, value in match.groupdict().items() if value is not None}
                yield Hit(match.start(), match.end(), groups)

    def matches_empty(self) -> bool:
        return bool(_compile(self.source, self.ignore_case).search("") is not None)


class PatternSet:
    """Tells in one pass which of many patterns occur in a text; `hits` gives their indexes, sorted."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._set: Any = None

    def __reduce__(self) -> tuple[Any, ...]:
        return PatternSet, (self.patterns,)

    def hits(self, text: str) -> list[int]:
        if not self.patterns:
            return []
        if self._set is None:
            self._set = self._build()
        return sorted(self._set.Match(text) or ())

    def _build(self) -> Any:
        built = re2.Set.SearchSet(_options(ignore_case=False))
        for pattern in self.patterns:
            built.Add(("(?mi)" if pattern.ignore_case else "(?m)") + pattern.source)
        built.Compile()
        return built
