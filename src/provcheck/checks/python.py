"""`check: python`: a check that is a Python function, from an installed package or, if allowed, from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any, ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.rulefile.reading import CodeFile

ENTRY_POINTS = "provcheck.checks"


@dataclass(frozen=True)
class PythonCheck(Check):
    """Calls `function(article, **options)`, which yields `provcheck.Match` objects.

    plugin: the name of an entry point of the group `provcheck.checks` in an installed package.
    file: instead, a Python file beside the rule file; only runs with `--allow-code`.
    function: the name of the function in that file.
    options: texts that are passed to the function by name.
    """

    plugin: str | None = None
    file: CodeFile | None = None
    function: str = "find"
    options: Mapping[str, str] = field(default_factory=dict)

    stage: ClassVar[Stage] = 1

    def __post_init__(self) -> None:
        if bool(self.plugin) == (self.file is not None):
            raise ValueError("give either `plugin` or `file`")
        self._called  # noqa: B018 - what is not there is known at once

    @property
    def _called(self) -> Callable[..., Iterable[Match]]:
        found: Callable[..., Iterable[Match]]
        if self.file is not None:
            found = _from_file(self.file.path, self.function)
        else:
            found = _from_package(self.plugin or "")
        return found

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "value", "name", "reason"})

    def find(self, article: Article) -> Iterable[Match]:
        for match in self._called(article, **self.options):
            if not 0 <= match.start <= match.end <= len(article.text):
                raise ValueError(f"yielded {match.start}..{match.end}, which is outside the text")
            yield match


@cache
def _from_package(name: str) -> Any:
    found = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name not in found:
        near = get_close_matches(name, found, n=1)
        known = ", ".join(sorted(found)) or "none"
        hint = f"did you mean `{near[0]}`?" if near else f"installed: {known}"
        raise ValueError(f"no installed package offers the check `{name}`; {hint}")
    try:
        return found[name].load()
    except Exception as error:
        raise ValueError(f"the check `{name}` cannot be imported: {type(error).__name__}: {error}") from None


@cache
def _from_file(path: str, function: str) -> Any:
    spec = spec_from_file_location("provcheck_local_check", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path} is no Python file")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ValueError(f"{path} cannot be run: {type(error).__name__}: {error}") from None
    called = getattr(module, function, None)
    if not callable(called):
        raise ValueError(f"{path} has no function `{function}`")
    return called


CHECK = PythonCheck
