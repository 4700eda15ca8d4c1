"""Regular expressions of rules: RE2, linear in the text, many at once.

RE2 has no look-around and no back-references; `\\w`, `\\d` and `\\b` are ASCII there. In exchange no
pattern can hang a scan. Patterns are compiled with `(?m)`: `^` and `$` match at line breaks.
A rule that needs more says `engine: python`: its patterns run on the `regex` package, each document
under a time limit (`time_limit`), and never take part in the common pass.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal

import re2

from provcheck.text.loosening import loosened

Engine = Literal["re2", "python"]

_MEMORY = 64 << 20  # bytes of a pattern, and of the states that RE2 keeps of it
_REFERENCE = re.compile(r"\\(?:(\d+)|g<(\w+)>)")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|P<\w+>|.)|.", re.S)  # of a pattern
_ODD = re.compile(r"\\[wWdDsSbBAzZ]|\[.*(?:\\[wWdDsSbB]|\[:)|\(\?(?!:|P<)", re.S)
_DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)


class PatternError(ValueError):
    """A pattern that its engine does not take; the message is the engine's own, in a sentence."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Patterns of `engine: python` that run within raise TimeoutError when the seconds are over."""
    token = _DEADLINE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    return options


def _flagged(source: str, ignore_case: bool) -> str:
    return ("(?mi)" if ignore_case else "(?m)") + source


# Patterns that were compiled for a filter serve alone, too. They live in its memory: each keeps it, and none is let go.
_OF_FILTERS: dict[str, tuple[Any, Any]] = {}
_MOST_OF_FILTERS = 50_000


@lru_cache(maxsize=64)
def _filter_of(sources: tuple[str, ...]) -> Any:
    """What finds those of many patterns that may occur in a text."""
    built = re2.Filter()
    loose = [loosened(source) for source in sources]
    for source in loose:
        built.Add(source, _options())
    built.Compile()
    if len(_OF_FILTERS) + len(sources) <= _MOST_OF_FILTERS:
        same = (number for number, source in enumerate(sources) if loose[number] == source)
        _OF_FILTERS.update((sources[number], (built.re(number), built)) for number in same)
    return built


@lru_cache(maxsize=4096)
def _compile(source: str, ignore_case: bool) -> Any:
    known = _OF_FILTERS.get(_flagged(source, ignore_case))
    if known is not None:
        return known[0]
    try:
        return re2.compile(_flagged(source, ignore_case), _options())
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise PatternError(_explain(reason, source)) from None


@lru_cache(maxsize=512)
def _compile_python(source: str, ignore_case: bool) -> Any:
    import regex

    try:
        return regex.compile("(?m)" + source, regex.IGNORECASE if ignore_case else 0)
    except regex.error as error:
        raise PatternError(f"not a valid pattern: {error}") from None


def _explain(reason: str, source: str) -> str:
    if re.search(r"\(\?<?[=!]", source):
        return (
            f"RE2 has no look-around ({reason}); use `unless`, `before` or `after`, or say `engine: python`"
        )
    if re.search(r"\\[1-9]", source):
        return f"RE2 has no back-references ({reason}); a rule that needs them says `engine: python`"
    return f"not a valid pattern: {reason}"


@dataclass(frozen=True)
class Hit:
    """A match: its span and its named groups that took part."""

    start: int
    end: int
    groups: dict[str, str]


@dataclass(frozen=True)
class Pattern:
    """A pattern that is compiled when it is first used, and pickles as its source.

    alternatives: where it is a list of sources of which one must match, these; `head` and `tail` stand around them. RE2 follows all
    alternatives of a pattern at once, and together they can need a thousand times the states that each needs by itself: what looks
    for many patterns tries the alternatives one by one (`each`), and then uses those that occur (`only`).
    """

    source: str
    ignore_case: bool = False
    engine: Engine = "re2"
    alternatives: tuple[str, ...] = ()
    head: str = ""
    tail: str = ""

    @classmethod
    def any_of(
        cls,
        sources: Sequence[str],
        ignore_case: bool = False,
        engine: Engine = "re2",
        head: str = "",
        tail: str = "",
    ) -> Pattern:
        """The pattern that matches where one of the sources does, between `head` and `tail`."""
        joined = "|".join(f"(?:{source})" for source in sources)
        source = f"{head}(?:{joined}){tail}" if head or tail else joined
        return cls(source, ignore_case, engine, tuple(sources), head, tail)

    def within(self, head: str, tail: str) -> Pattern:
        """The same between two others, each alternative by itself."""
        return Pattern.any_of(
            self._sources, self.ignore_case, self.engine, head + self.head, self.tail + tail
        )

    def each(self) -> tuple[Pattern, ...]:
        """Its alternatives, each by itself; it matches where one of them does."""
        return tuple(self.only([number]) for number in range(len(self._sources)))

    def only(self, numbers: Sequence[int]) -> Pattern:
        """The pattern without its other alternatives: finds the same in a text in which those do not occur."""
        if not self.alternatives:
            return self
        chosen = [self.alternatives[number] for number in numbers]
        return Pattern.any_of(chosen, self.ignore_case, self.engine, self.head, self.tail)

    def for_re2(self) -> Pattern | None:
        """A pattern with as many alternatives that RE2 takes and that occurs wherever this one does; None if none is known.

        Of the Python engine's patterns that mind case those whose look-around can be left out.
        """
        if self.engine == "re2":
            return self
        bare = [_without_looks(source) for source in self._sources]
        if self.ignore_case or None in bare:
            return None
        loose = Pattern.any_of([source for source in bare if source], False, "re2", self.head, self.tail)
        try:
            loose.check()
        except PatternError:
            return None
        return None if len(loose.alternatives) < len(bare) or loose.matches_empty() else loose

    @property
    def _sources(self) -> tuple[str, ...]:
        return self.alternatives or (self.source,)

    def check(self) -> None:
        """Compile it now. Raises PatternError if its engine does not take it."""
        self._compiled  # noqa: B018

    @property
    def _compiled(self) -> Any:
        compiled = _compile if self.engine == "re2" else _compile_python
        return compiled(self.source, self.ignore_case)

    def _time(self) -> dict[str, float]:
        """What is left of the time limit, as the engine wants to be told."""
        deadline = _DEADLINE.get()
        if self.engine == "re2" or deadline is None:
            return {}
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return {"timeout": left}

    def search(self, text: str) -> bool:
        return bool(self._compiled.search(text, **self._time()) is not None)

    def finditer(self, text: str) -> Iterator[Hit]:
        """Matches from left to right, without the empty ones."""
        for hit, _ in self.replacements(text, None):
            yield hit

    def replacements(self, text: str, template: str | None) -> Iterator[tuple[Hit, str]]:
        """Matches, each with the template filled in: `\\1` and `\\g<name>` stand for its groups."""
        for match in self._compiled.finditer(text, **self._time()):
            if match.end() > match.start():
                groups = {name: value for name, value in match.groupdict().items() if value is not None}
                filled = _REFERENCE.sub(partial(_referred, match), template) if template else ""
                yield Hit(match.start(), match.end(), groups), filled

    def matches_empty(self) -> bool:
        return bool(self._compiled.search("") is not None)

    def unknown_group(self, template: str) -> str | None:
        """The first group that a template names and the pattern lacks."""
        known = {*map(str, range(self._compiled.groups + 1)), *self._compiled.groupindex}
        named = (str(_group(reference)) for reference in _REFERENCE.finditer(template))
        return next((name for name in named if name not in known), None)


def _without_looks(source: str) -> str | None:
    """A pattern without its look-around; None where something else in it may mean another thing to RE2."""
    kept: list[str] = []
    depth, looking, looked = 0, None, False
    for token in _TOKEN.findall(source):
        if looked and token in ("*", "+", "?", "{"):
            return None
        looked = False
        if token == ")":
            depth -= 1
        if looking is None and token in ("(?=", "(?!", "(?<=", "(?<!"):
            looking = depth
        elif looking is None:
            if _ODD.match(token):
                return None
            kept.append(token)
        if token.startswith("("):
            depth += 1
        if token == ")" and looking == depth:
            looking, looked = None, True
    return "".join(kept)


def _referred(match: Any, reference: re.Match[str]) -> str:
    return str(match.group(_group(reference)) or "")


def _group(reference: re.Match[str]) -> int | str:
    return int(reference.group(1)) if reference.group(1) else reference.group(2)


class PatternSet:
    """Tells which of many patterns may occur in a text.

    One pass looks for the literals that an alternative of a pattern cannot match without (RE2's FilteredRE2), all at once; only
    alternatives whose literals occur are tried one by one, with loosened classes of letters. Thousands of rules cost little more
    than fifty, and those that occur in no text are never compiled as they are.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._sources = tuple(
            _flagged(each.source, each.ignore_case) for pattern in patterns for each in pattern.each()
        )
        self._places = tuple(
            (index, number) for index, pattern in enumerate(patterns) for number in range(len(pattern.each()))
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return PatternSet, (self.patterns,)

    def hits(self, text: str) -> dict[int, set[int]]:
        """The numbers of the patterns that may occur, in order, each with those of its alternatives that may; all that do are there."""
        if not self.patterns:
            return {}
        found: dict[int, set[int]] = {}
        for place in sorted(_filter_of(self._sources).Match(text) or ()):
            index, number = self._places[place]
            found.setdefault(index, set()).add(number)
        return found
