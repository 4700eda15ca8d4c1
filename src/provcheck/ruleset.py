"""YAML packs into rules: finds packs, decodes every rule, and keeps all mistakes of all files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import yaml

from provcheck.article import Article
from provcheck.checks import base
from provcheck.errors import RuleError
from provcheck.model import PackInfo
from provcheck.patterns import Pattern, PatternSet
from provcheck.provenance.agencies import alternation
from provcheck.resources import rules_folder
from provcheck.rule import PLACEHOLDER, Card, Rule
from provcheck.rulefile import RuleFile

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Pack:
    """One file of rules."""

    id: str
    path: str
    hash: str
    enabled: bool
    about: str
    rules: tuple[Rule, ...]


class RuleSet:
    """The rules of one scan, in the order of their packs, ready to run. Pickles; compiles on first use."""

    def __init__(self, packs: Sequence[Pack], rules: Sequence[Rule]) -> None:
        self.packs = tuple(packs)
        self.rules = tuple(rules)
        single = [rule for rule in self.rules if rule.check.reach == "document"]
        self._stages = tuple(_Stage([r for r in single if r.check.stage == n]) for n in range(3))

    @property
    def info(self) -> tuple[PackInfo, ...]:
        counted = {pack.id: sum(rule.pack == pack.id for rule in self.rules) for pack in self.packs}
        return tuple(PackInfo(p.id, p.hash, counted[p.id]) for p in self.packs if counted[p.id])

    def matches(self, article: Article, stage: int) -> Iterator[tuple[Rule, base.Match]]:
        """Every match of one stage's rules, rule by rule."""
        for rule in self._stages[stage].candidates(article):
            for match in rule.check.find(article):
                yield rule, match

    def has_kind(self, kind: str) -> bool:
        return any(rule.card.check == kind for rule in self.rules)

    def across(self, reach: base.Reach) -> tuple[Rule, ...]:
        """The rules over a story or over a group."""
        return tuple(rule for rule in self.rules if rule.check.reach == reach)


class _Stage:
    """The rules of one stage; one pass over the text tells which patterns can match at all."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        patterns: list[Pattern] = []
        self._by_pattern: list[int] = []
        self._always: list[int] = []
        for index, rule in enumerate(rules):
            pattern = rule.check.prefilter()
            if pattern is None:
                self._always.append(index)
            else:
                patterns.append(pattern)
                self._by_pattern.append(index)
        self._set = PatternSet(patterns)

    def candidates(self, article: Article) -> Iterator[Rule]:
        hits = [self._by_pattern[hit] for hit in self._set.hits(article.text)]
        for index in sorted(hits + self._always):
            if self.rules[index].applies_to(article):
                yield self.rules[index]


def load(extra: Iterable[str] = (), select: Sequence[str] = (), ignore: Sequence[str] = ()) -> RuleSet:
    """The shipped packs and those at the `extra` paths (files or folders).

    `select` keeps rules whose name (`pack/rule`) or category starts with one of its prefixes and turns on
    packs that are off by default; `ignore` drops them likewise. Raises RuleError with every mistake.
    """
    problems = []
    packs: list[Pack] = []
    for path in _pack_files(extra):
        reading = RuleFile(_shown(path), lists())
        pack = _read_pack(path, reading)
        problems.extend(reading.problems)
        if pack is not None:
            if any(other.id == pack.id for other in packs):
                reading.complain(f"the pack `{pack.id}` was loaded already; give this one another name")
                problems.append(reading.problems[-1])
            packs.append(pack)
    if problems:
        raise RuleError(tuple(problems))
    chosen = [
        rule
        for pack in packs
        for rule in pack.rules
        if (_starts(rule, select) if select else pack.enabled) and not _starts(rule, ignore)
    ]
    return RuleSet(packs, chosen)


def _starts(rule: Rule, prefixes: Sequence[str]) -> bool:
    return any(rule.name.startswith(prefix) or rule.card.category == prefix for prefix in prefixes)


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _pack_files(extra: Iterable[str]) -> Iterator[Path]:
    yield from sorted(rules_folder().glob("*.yaml"))
    for name in extra:
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml"))
            if not found:
                reading = RuleFile(name)
                reading.complain("holds no .yaml file")
                raise RuleError(tuple(reading.problems))
            yield from found
        else:
            yield path


@cache
def lists() -> dict[str, str]:
    """Named alternations for patterns: `{{agency}}`, and one for each list in a rule folder's lists/*.pattern."""
    found = {"agency": alternation()}
    for path in sorted((rules_folder() / "lists").glob("*.pattern")):
        lines = path.read_text("utf-8").splitlines()
        found[path.stem] = "|".join(line.strip() for line in lines if line.strip() and line[0] != "#")
    return found


def _read_pack(path: Path, reading: RuleFile) -> Pack | None:
    root = reading.compose(path)
    if root is None:
        return None
    pairs = reading.pairs(root, "a pack")
    known = {"pack", "rules", "about", "default"}
    for name, (key, _) in pairs.items():
        if name not in known:
            reading.complain(f"unknown key `{name}` in a pack; known keys: {', '.join(sorted(known))}", key)
    if "pack" not in pairs or "rules" not in pairs:
        reading.complain("a pack needs `pack: NAME` and `rules:`", root)
        return None
    identity = reading.value(str, pairs["pack"][1], "pack")
    if identity is not None and not _ID.fullmatch(identity):
        reading.complain("`pack` is a name of lower-case letters, digits and hyphens", pairs["pack"][1])
    rules = _read_rules(pairs["rules"][1], identity or "?", reading)
    enabled = (
        "default" not in pairs or reading.value(Literal["on", "off"], pairs["default"][1], "default") == "on"
    )
    about = reading.value(str, pairs["about"][1], "about") if "about" in pairs else ""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return Pack(identity or "?", reading.path, digest, enabled, about or "", rules)


def _read_rules(node: yaml.Node, pack: str, reading: RuleFile) -> tuple[Rule, ...]:
    if not isinstance(node, yaml.SequenceNode):
        reading.complain("`rules` must be a list", node)
        return ()
    rules: dict[str, Rule] = {}
    for item in node.value:
        rule = _read_rule(item, pack, reading)
        if rule is None:
            continue
        if rule.card.id in rules:
            reading.complain(f"the rule `{rule.card.id}` stands twice in this pack", item)
        rules[rule.card.id] = rule
    return tuple(rules.values())


def _read_rule(node: yaml.Node, pack: str, reading: RuleFile) -> Rule | None:
    pairs = reading.pairs(node, "a rule")
    if not pairs:
        return None
    if "check" not in pairs:
        reading.complain("a rule lacks `check`: the kind of check it makes", node)
        return None
    kind = reading.value(Literal[kinds()], pairs["check"][1], "check")
    if kind is None:
        return None
    card_keys, check_keys = (set(schema.__dataclass_fields__) for schema in (Card, check_class(kind)))
    what = f"a rule with `check: {kind}`"
    for name in sorted(pairs.keys() - card_keys - check_keys):
        reading.complain_of_key(name, pairs[name][0], sorted(card_keys | check_keys), what)
    card = reading.decode(Card, {k: v for k, v in pairs.items() if k in card_keys}, node, what)
    check = reading.decode(check_class(kind), {k: v for k, v in pairs.items() if k in check_keys}, node, what)
    if card is None or check is None:
        return None
    if not _ID.fullmatch(card.id):
        reading.complain("`id` is a name of lower-case letters, digits and hyphens", pairs["id"][1])
    allowed = check.placeholders() | {"suggestion"}
    for name in PLACEHOLDER.findall(card.message):
        if name not in allowed:
            hint = f"known here: {', '.join(sorted(allowed))}"
            reading.complain(f"unknown placeholder {{{name}}} in `message`; {hint}", pairs["message"][1])
    return Rule(pack, card, check)


@cache
def kinds() -> tuple[str, ...]:
    """The check kinds that are installed: the modules of `provcheck.checks`."""
    folder = Path(base.__file__).parent
    return tuple(
        sorted(p.stem.replace("_", "-") for p in folder.glob("*.py") if p.stem not in ("__init__", "base"))
    )


def check_class(kind: str) -> type[Any]:
    """The dataclass behind a check kind; its module is imported when the first rule asks for it."""
    module = import_module(f"provcheck.checks.{kind.replace('-', '_')}")
    found: type[Any] = module.CHECK
    return found
