"""YAML into typed values, strictly: every mistake is kept with its line and column, none stops the others."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from provcheck.errors import Mistake
from provcheck.rulefile.tangles import find_tangle
from provcheck.rulefile.traps import trap_in
from provcheck.text.patterns import Engine, Pattern, PatternError

MAX_BYTES = 2_000_000
MAX_NODES = 200_000
_PLACEHOLDER = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
_TAG = "tag:yaml.org,2002:"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _type_hints(schema: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(schema)


@dataclass(frozen=True)
class Phrases:
    """The lines of a text file that a rule names, comments and blank lines aside."""

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class CodeFile:
    """A Python file that a rule names."""

    path: str


@dataclass
class RuleFile:
    """One YAML file being read: its nodes, its source lines and the mistakes found so far.

    `engine` is the engine of the rule that is being read; `beside` are the files that its rules name, `used` the lists. The patterns of a
    trusted file (ours, which the tests read with care) are compiled when they are first used.
    """

    path: str
    lists: Mapping[str, str] = field(default_factory=dict)
    allow_code: bool = False
    trusted: bool = False
    problems: list[Mistake] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    visited: int = 0
    engine: Engine = "re2"
    beside: list[Path] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def complain(self, message: str, node: yaml.Node | None = None, column_shift: int = 0) -> None:
        if node is None:
            self.problems.append(Mistake(self.path, 0, 0, message))
            return
        line, column = node.start_mark.line, node.start_mark.column
        quoted = self.source[line] if line < len(self.source) else ""
        self.problems.append(Mistake(self.path, line + 1, column + 1 + column_shift, message, quoted))

    def compose(self, path: Path) -> yaml.Node | None:
        """The root node of the file, or None with the reason kept."""
        try:
            raw = path.read_bytes()
        except OSError as error:
            self.complain(f"cannot be read: {error.strerror}")
            return None
        if len(raw) > MAX_BYTES:
            self.complain(f"is {len(raw):,} bytes; a rule file may have at most {MAX_BYTES:,}")
            return None
        try:
            text = raw.decode("utf-8-sig")
            self.source = text.splitlines()
            tangle = None if self.trusted else find_tangle(text, _LOADER)
            if tangle is not None:
                self.problems.append(Mistake(self.path, *tangle))
                return None
            root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
        except UnicodeDecodeError as error:
            self.complain(f"is not UTF-8 at byte {error.start}")
            return None
        except yaml.YAMLError as error:
            self._complain_of_yaml(error)
            return None
        if root is None:
            self.complain("is empty")
        return root

    def _complain_of_yaml(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        if mark is None:
            self.complain(f"is not YAML: {reason}")
            return
        quoted = self.source[mark.line] if mark.line < len(self.source) else ""
        self.problems.append(
            Mistake(self.path, mark.line + 1, mark.column + 1, f"is not YAML: {reason}", quoted)
        )

    def pairs(self, node: yaml.Node, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Key -> (key node, value node) of a mapping; doubled keys and other shapes are mistakes."""
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        if not isinstance(node, yaml.MappingNode):
            self.complain(f"{what} must be a mapping of keys to values", node)
            return found
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.complain("a key must be a word", key)
            elif key.value in found:
                self.complain(f"the key `{key.value}` stands twice", key)
            else:
                found[key.value] = (key, value)
        return found

    def decode(
        self, schema: type[Any], pairs: dict[str, tuple[yaml.Node, yaml.Node]], where: yaml.Node, what: str
    ) -> Any | None:
        """An instance of a dataclass from a mapping, or None with every mistake kept."""
        before = len(self.problems)
        hints = _type_hints(typing.cast(Hashable, schema))
        known = {f.name: f for f in dataclasses.fields(schema) if f.init}
        values: dict[str, Any] = {}
        for name, (key, value) in pairs.items():
            if name not in known:
                self.complain_of_key(name, key, list(known), what)
            else:
                values[name] = self.value(hints[name], value, name)
        for name, spec in known.items():
            required = spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING
            if required and name not in pairs:
                self.complain(f"{what} lacks `{name}`", where)
        if len(self.problems) > before:
            return None
        try:
            return schema(**values)
        except ValueError as error:
            self.complain(f"{what}: {error}", where)
            return None

    def complain_of_key(self, name: str, key: yaml.Node, known: list[str], what: str) -> None:
        """An unknown key, with the nearest known one."""
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else f"; known keys: {', '.join(sorted(known))}"
        self.complain(f"unknown key `{name}` in {what}{hint}", key)

    def value(self, hint: Any, node: yaml.Node, name: str) -> Any:
        """A node as the type that a schema asks for; None (and a mistake) where it is not one."""
        self.visited += 1
        if self.visited == MAX_NODES:
            self.complain(f"has more than {MAX_NODES:,} values, aliases counted each time", node)
        if self.visited >= MAX_NODES:
            return None
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            inner = next(a for a in arguments if a is not type(None))
            return self.value(inner, node, name)
        if origin is tuple:
            return self._sequence(arguments[0], node, name)
        if origin is Mapping:
            pairs = self.pairs(node, f"`{name}`")
            return {
                key: self.value(arguments[1], value, f"{name}.{key}") for key, (_, value) in pairs.items()
            }
        if hint in (Phrases, CodeFile):
            return self._file(hint, node, name)
        if hasattr(hint, "from_text") and isinstance(node, yaml.ScalarNode):
            return self._from_text(hint, self._scalar(str, node, name), node, name)
        if dataclasses.is_dataclass(hint) and hint is not Pattern:
            return self.decode(typing.cast(type, hint), self.pairs(node, f"`{name}`"), node, f"`{name}`")
        if hint is Pattern and isinstance(node, yaml.SequenceNode):
            return self._alternatives(node, name)
        if not isinstance(node, yaml.ScalarNode):
            self.complain(f"`{name}` must be a single value", node)
            return None
        if origin is typing.Literal:
            return self._choice(arguments, node, name)
        return self._scalar(hint, node, name)

    def _from_text(self, hint: Any, text: str | None, node: yaml.Node, name: str) -> Any:
        try:
            return None if text is None else hint.from_text(text)
        except ValueError as error:
            self.complain(f"`{name}`: {error}", node)
            return None

    def _sequence(self, inner: Any, node: yaml.Node, name: str) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            return (self.value(inner, node, name),)  # one value stands for a list of one
        return tuple(self.value(inner, item, name) for item in node.value)

    def _alternatives(self, node: yaml.SequenceNode, name: str) -> Pattern | None:
        """A list of patterns is one pattern that matches where any of them does."""
        found = [self.value(Pattern, item, name) for item in node.value]
        if not found or None in found:
            return None
        if len({pattern.ignore_case for pattern in found}) > 1:
            self.complain(f"`{name}`: let all patterns of a list start with (?-i), or none", node)
            return None
        return Pattern.any_of([pattern.source for pattern in found], found[0].ignore_case, self.engine)

    def _file(self, hint: Any, node: yaml.Node, name: str) -> Phrases | CodeFile | None:
        """A file that stands beside the rule file, or below it."""
        said = self.value(str, node, name)
        if said is None:
            return None
        folder = Path(self.path).parent
        path = folder / said
        if not path.resolve().is_relative_to(folder.resolve()):
            self.complain(
                f"`{name}: {said}` leads out of the folder of the pack; put the file beside it", node
            )
            return None
        if hint is CodeFile and not self.allow_code:
            self.complain(f"`{name}: {said}` runs code; allow it with --allow-code if you trust it", node)
            return None
        try:
            raw = path.read_bytes()
            if len(raw) > MAX_BYTES:
                raise ValueError(f"has more than {MAX_BYTES:,} bytes")
            lines = raw.decode("utf-8-sig").splitlines()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self.complain(f"`{name}: {said}` cannot be read: {reason}", node)
            return None
        self.beside.append(path)
        if hint is CodeFile:
            return CodeFile(str(path))
        return Phrases(said, tuple(n.strip() for n in lines if n.strip() and not n.startswith("#")))

    def _choice(self, choices: tuple[Any, ...], node: yaml.ScalarNode, name: str) -> str | None:
        if node.value in choices:
            return str(node.value)
        near = get_close_matches(node.value, choices, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        self.complain(
            f"`{name}` must be one of {', '.join(map(str, choices))}, not `{node.value}`{hint}", node
        )
        return None

    def _scalar(self, hint: Any, node: yaml.ScalarNode, name: str) -> Any:
        tag = node.tag.removeprefix(_TAG)
        if hint is Pattern:
            return self._pattern(node, name)
        if hint is str:
            return self._string(node, tag, name)
        if hint is bool:
            if node.value in ("true", "false") and tag == "bool":
                return node.value == "true"
            self.complain(f"`{name}` must be true or false, not `{node.value}`", node)
        elif hint is date:
            try:
                return date.fromisoformat(node.value)
            except ValueError:
                self.complain(f"`{name}` must be a date such as 2027-01-31, not `{node.value}`", node)
        elif hint in (int, float):
            try:
                if tag == "int" and node.value.lstrip("-").lstrip("0") != node.value.lstrip("-") != "0":
                    raise ValueError
                return hint(node.value)
            except ValueError:
                self.complain(f"`{name}` must be a decimal number, not `{node.value}`", node)
        else:
            raise TypeError(f"no decoder for {hint!r}")
        return None

    def _string(self, node: yaml.ScalarNode, tag: str, name: str) -> str | None:
        if tag == "str":
            return str(node.value)
        reading = {"bool": "true or false", "null": "nothing", "timestamp": "a date"}.get(tag, "a number")
        self.complain(f"YAML reads `{node.value}` as {reading}; put it in quotes if text is meant", node)
        return None

    def _trap_in(self, text: str, node: yaml.ScalarNode) -> str | None:
        mark = node.end_mark
        behind = self.source[mark.line][mark.column :] if mark.line < len(self.source) else ""
        return trap_in(text, bool(node.style), behind, self.engine == "re2")

    def _pattern(self, node: yaml.ScalarNode, name: str) -> Pattern | None:
        text = self._string(node, node.tag.removeprefix(_TAG), name)
        if text is None:
            return None
        named = dict.fromkeys(_PLACEHOLDER.findall(text))
        unknown = [each for each in named if each not in self.lists]
        for each in unknown:
            near = get_close_matches(each, self.lists, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known lists: {', '.join(sorted(self.lists))}"
            self.complain(f"`{name}`: unknown list `{{{{{each}}}}}`; {hint}", node)
        trap = None if self.trusted else self._trap_in(text, node)
        if trap is not None:
            self.complain(f"`{name}` {trap}", node)
        if unknown or trap is not None:
            return None
        self.used.update(named)
        case = text.startswith("(?-i)")
        source = _PLACEHOLDER.sub(lambda m: f"(?:{self.lists[m.group(1)]})", text.removeprefix("(?-i)"))
        pattern = Pattern(source, not case, self.engine)
        if self.trusted:
            return pattern
        try:
            pattern.check()
        except PatternError as error:
            self.complain(f"`{name}`: {error}", node)
            return None
        if pattern.matches_empty():
            self.complain(f"`{name}` can match nothing at all; make one part of it required", node)
            return None
        return pattern
