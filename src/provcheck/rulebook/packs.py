"""YAML files into packs of rules: finds them, decodes every rule, and keeps all mistakes of all files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import yaml

from provcheck.checks import base
from provcheck.checks.scopes import LINES
from provcheck.errors import Mistake, RuleError
from provcheck.lexicon.agencies import alternation
from provcheck.lexicon.calendar import rule_patterns
from provcheck.resources import from_here, read_lines, rules_folder
from provcheck.rulebook.rule import PLACEHOLDER, Card, Rule
from provcheck.rulefile.reading import RuleFile

_Pair = tuple[yaml.Node, yaml.Node]
_NO_KINDS = frozenset({"__init__", "base", "scopes"})  # modules of `provcheck.checks`
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


def read_packs(
    extra: Iterable[str] = (), shipped: bool = True, allow_code: bool = False, careful: bool = False
) -> list[Pack]:
    """The shipped packs and those at the `extra` paths (files or folders). Raises RuleError with every mistake.

    `careful` compiles the patterns of the shipped packs, too, as those of users' always are.
    """
    problems: list[Mistake] = []
    packs: list[Pack] = []
    ours = rules_folder()
    for path in _pack_files(extra, shipped):
        reading = RuleFile(
            str(from_here(path)), lists(), allow_code, trusted=path.parent == ours and not careful
        )
        pack = _read_pack(path, reading)
        if pack is not None:
            if any(other.id == pack.id for other in packs):
                reading.complain(f"the pack `{pack.id}` was loaded already; give this one another name")
            packs.append(pack)
        problems.extend(reading.problems)
    if problems:
        raise RuleError(tuple(problems))
    return packs


@cache
def shipped_packs() -> frozenset[str]:
    """The names of the packs that come with provcheck."""
    return frozenset(path.stem for path in rules_folder().glob("*.yaml"))


def _pack_files(extra: Iterable[str], shipped: bool) -> Iterator[Path]:
    if shipped:
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


def is_id(name: str) -> bool:
    """Whether a name is one that packs and rules may have."""
    return _ID.fullmatch(name) is not None


@cache
def lists() -> dict[str, str]:
    """Named alternations for patterns: `{{agency}}`, those of the calendar, and one for each list in a rule folder's lists/*.pattern."""
    found = {"agency": alternation(), **rule_patterns()}
    for path in sorted((rules_folder() / "lists").glob("*.pattern")):
        found[path.stem] = "|".join(read_lines(path.name))
    return found


def _read_pack(path: Path, reading: RuleFile) -> Pack | None:
    root = reading.compose(path)
    if root is None:
        return None
    pairs = reading.pairs(root, "a pack")
    known = {"pack", "rules", "about", "default", "spares"}
    for name, (key, _) in pairs.items():
        if name not in known:
            reading.complain(f"unknown key `{name}` in a pack; known keys: {', '.join(sorted(known))}", key)
    if "pack" not in pairs or "rules" not in pairs:
        reading.complain("a pack needs `pack: NAME` and `rules:`", root)
        return None
    identity = reading.value(str, pairs["pack"][1], "pack")
    if identity is not None and not _ID.fullmatch(identity):
        reading.complain("`pack` is a name of lower-case letters, digits and hyphens", pairs["pack"][1])
    rules = _read_rules(pairs["rules"][1], identity or "?", reading, pairs.get("spares"))
    enabled = (
        "default" not in pairs or reading.value(Literal["on", "off"], pairs["default"][1], "default") == "on"
    )
    about = reading.value(str, pairs["about"][1], "about") if "about" in pairs else ""
    said = hashlib.sha256(path.read_bytes())
    for beside in reading.beside:
        said.update(beside.read_bytes())
    for name in sorted(reading.used):  # the lists that its patterns name
        said.update(reading.lists[name].encode())
    digest = said.hexdigest()[:16]
    return Pack(identity or "?", reading.path, digest, enabled, about or "", rules)


def _read_rules(node: yaml.Node, pack: str, reading: RuleFile, spares: _Pair | None) -> tuple[Rule, ...]:
    if not isinstance(node, yaml.SequenceNode):
        reading.complain("`rules` must be a list", node)
        return ()
    rules: dict[str, Rule] = {}
    for item in node.value:
        rule = _read_rule(item, pack, reading, spares)
        if rule is None:
            continue
        if rule.card.id in rules:
            reading.complain(f"the rule `{rule.card.id}` stands twice in this pack", item)
        rules[rule.card.id] = rule
    return tuple(rules.values())


def _read_rule(node: yaml.Node, pack: str, reading: RuleFile, spares: _Pair | None) -> Rule | None:
    """spares: what the pack says of all its rules that remove lines by a pattern."""
    pairs = reading.pairs(node, "a rule")
    if not pairs:
        return None
    if "check" not in pairs:
        reading.complain("a rule lacks `check`: the kind of check it makes", node)
        return None
    kind = reading.value(Literal[kinds()], pairs["check"][1], "check")
    if kind is None:
        return None
    card_keys, check_keys = ({spec.name for spec in fields(schema)} for schema in (Card, check_class(kind)))
    what = f"a rule with `check: {kind}`"
    if "engine" in pairs and "engine" in check_keys:
        reading.engine = "python" if getattr(pairs["engine"][1], "value", "") == "python" else "re2"
    else:
        reading.engine = "re2"
    for name in sorted(pairs.keys() - card_keys - check_keys):
        reading.complain_of_key(name, pairs[name][0], sorted(card_keys | check_keys), what)
    card = reading.decode(Card, {k: v for k, v in pairs.items() if k in card_keys}, node, what)
    _spare(spares, kind, pairs)
    check = reading.decode(check_class(kind), {k: v for k, v in pairs.items() if k in check_keys}, node, what)
    if card is None or check is None:
        return None
    if not _ID.fullmatch(card.id):
        reading.complain("`id` is a name of lower-case letters, digits and hyphens", pairs["id"][1])
    if card.action != "flag" and (check.reach != "document" or check.stage == base.STAGES[-1]):
        reading.complain(
            f"`action: {card.action}` comes too late for {what}; it can only `flag`", pairs["action"][1]
        )
    for kind_of, node_of in _without_metadata(card, check, pairs):
        reading.complain(f"{what} looks at {kind_of}; give it in the examples", node_of)
    allowed = check.placeholders() | {"suggestion"}
    for name in PLACEHOLDER.findall(card.message):
        if name not in allowed:
            hint = f"known here: {', '.join(sorted(allowed))}"
            reading.complain(f"unknown placeholder {{{name}}} in `message`; {hint}", pairs["message"][1])
    return Rule(pack, card, check)


def _spare(spares: _Pair | None, kind: str, pairs: dict[str, _Pair]) -> None:
    """Let a rule that removes lines by a pattern spare what its pack does, if it does not say itself what it spares."""
    scope, action = (
        str(pairs[key][1].value) if key in pairs else usual
        for key, usual in (("scope", "line"), ("action", "flag"))
    )
    if spares is not None and kind == "pattern" and action == "remove" and scope in LINES:
        pairs.setdefault("spares", spares)


def _without_metadata(
    card: Card, check: Any, pairs: dict[str, tuple[yaml.Node, yaml.Node]]
) -> Iterator[tuple[str, yaml.Node]]:
    """The metadata that a check needs and an example of what it finds does not give."""
    missing = {name for example in card.examples.match for name in example.lacks(check.needs)}
    for name in sorted(missing):
        yield f"`{name}`", pairs["examples"][1]


@cache
def kinds() -> tuple[str, ...]:
    """The check kinds that are installed: the modules of `provcheck.checks`."""
    folder = Path(base.__file__).parent
    return tuple(sorted(p.stem.replace("_", "-") for p in folder.glob("*.py") if p.stem not in _NO_KINDS))


def check_class(kind: str) -> type[Any]:
    """The dataclass behind a check kind; its module is imported when the first rule asks for it."""
    module = import_module(f"provcheck.checks.{kind.replace('-', '_')}")
    found: type[Any] = module.CHECK
    return found
