"""Which rules look at a document, and at which level: the settings, for all and for some documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from provcheck.article import Article
from provcheck.errors import UsageError
from provcheck.model import Level
from provcheck.rulebook.rule import Rule
from provcheck.settings import LevelOrOff, Override, RuleNames, Settings


@dataclass(frozen=True)
class Choice:
    """What differs for some documents: names of rules that are off, and levels by name."""

    off: frozenset[str] = frozenset()
    levels: Mapping[str, Level] = field(default_factory=dict)


@dataclass(frozen=True)
class Chooser:
    """The rules that may run at all, and for each document which of them do."""

    rules: tuple[Rule, ...]
    overrides: tuple[Override, ...] = ()
    everywhere: frozenset[str] = frozenset()  # names of rules that are on where no override speaks
    names: RuleNames = field(default_factory=lambda: RuleNames(frozenset()))

    def for_document(self, article: Article) -> Choice | None:
        """None where the choice for all holds."""
        if not self.overrides:
            return None
        document = article.document
        key = tuple(o.covers(document.id, document.path, article.outlet) for o in self.overrides)
        if key not in self._made:
            self._made[key] = self._make([o for o, covers in zip(self.overrides, key, strict=True) if covers])
        return self._made[key]

    @cached_property
    def _made(self) -> dict[tuple[bool, ...], Choice]:
        return {}

    def _make(self, overrides: Sequence[Override]) -> Choice:
        on = set(self.everywhere)
        levels: dict[str, Level] = {}
        for override in overrides:
            on |= {rule.name for rule in self.rules if named(rule, override.extend_select, self.names)}
            on -= {rule.name for rule in self.rules if named(rule, override.ignore, self.names)}
            for rule in self.rules:
                level = level_of(rule, override.levels, self.names)
                if level == "off":
                    on.discard(rule.name)
                elif level is not None:
                    levels[rule.name] = level
        return Choice(frozenset(rule.name for rule in self.rules) - on, levels)


def choose(rules: Sequence[Rule], enabled: Iterable[str], settings: Settings) -> Chooser:
    """The rules that the settings choose; `enabled` are the packs that are on by default.

    Raises UsageError for a name that stands in the settings and that no rule has.
    """
    names = RuleNames(frozenset(rule.name for rule in rules))
    _refuse_unknown(rules, settings, names)
    on = set(enabled)
    everywhere = [
        rule
        for rule in rules
        if (
            (named(rule, settings.select, names) if settings.select else rule.pack in on)
            or named(rule, settings.extend_select, names)
        )
        and not named(rule, settings.ignore, names)
        and level_of(rule, settings.levels, names) != "off"
    ]
    always = frozenset(rule.name for rule in everywhere)
    sometimes = {r.name for o in settings.overrides for r in rules if named(r, o.extend_select, names)}
    chosen = tuple(_at_level(rule, settings, names) for rule in rules if rule.name in always | sometimes)
    return Chooser(chosen, settings.overrides, always, names)


def named(rule: Rule, given: Iterable[str], names: RuleNames) -> bool:
    """Whether what somebody wrote means a rule; see `RuleNames`."""
    return any(names.mean(each, rule.name, rule.card.category) for each in given)


def level_of(rule: Rule, levels: Mapping[str, LevelOrOff], names: RuleNames) -> LevelOrOff | None:
    """The level by what names the rule most closely: its own name, then its category, then its pack."""
    fitting = [given for given in levels if named(rule, (given,), names)]
    if not fitting:
        return None
    return levels[max(fitting, key=lambda g: (g == rule.name, "/" in g, g == rule.card.category, len(g)))]


def _at_level(rule: Rule, settings: Settings, names: RuleNames) -> Rule:
    level = level_of(rule, settings.levels, names)
    return rule if level is None or level == "off" else rule.at_level(level)


def _refuse_unknown(rules: Sequence[Rule], settings: Settings, names: RuleNames) -> None:
    said = [
        ("select", settings.select),
        ("extend-select", settings.extend_select),
        ("ignore", settings.ignore),
        ("levels", tuple(settings.levels)),
    ]
    for override in settings.overrides:
        said += [
            ("overrides.extend-select", override.extend_select),
            ("overrides.ignore", override.ignore),
            ("overrides.levels", tuple(override.levels)),
        ]
    for name, policy in (("policy", settings.policy), *settings.policies.items()):
        said += [(f"{name}.drop", policy.drop), (f"{name}.review", policy.review)]
    for where, prefixes in said:
        for prefix in prefixes:
            if not any(named(rule, (prefix,), names) for rule in rules):
                known = (
                    {rule.name for rule in rules} | {r.pack for r in rules} | {r.card.category for r in rules}
                )
                near = get_close_matches(prefix, known, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else "; `provcheck rules list` shows all"
                raise UsageError(f"{where}: no rule and no category is named {prefix!r}{hint}")
