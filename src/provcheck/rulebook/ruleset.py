"""The rules of one scan: chosen from the packs, and run over a document in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from provcheck.article import Article
from provcheck.checks import base
from provcheck.checks.scopes import Part, texts_of
from provcheck.errors import UsageError
from provcheck.model import PackInfo, Skip
from provcheck.rulebook.choice import Chooser, choose
from provcheck.rulebook.packs import Pack, read_packs
from provcheck.rulebook.rule import Rule
from provcheck.runtime.bounded import within
from provcheck.runtime.stopwatch import Stopwatch
from provcheck.settings import Settings
from provcheck.text.patterns import Pattern, PatternSet, time_limit

_MOST_NARROWED = 2_000  # combinations of alternatives, each with patterns of its own
Found = TypeVar("Found", base.Match, base.CrossMatch)


class RuleSet:
    """The rules of one scan, in the order of their packs, ready to run. Pickles; compiles on first use."""

    def __init__(
        self, packs: Sequence[Pack], chooser: Chooser, seconds: float = 1.0, plugin_seconds: float = 10.0
    ) -> None:
        """`seconds` is the time that a rule of the Python engine may take on one document, `plugin_seconds` that of a plug-in."""
        self.packs = tuple(packs)
        self.chooser = chooser
        self.rules = chooser.rules
        self.names = chooser.names
        self.seconds, self.plugin_seconds = seconds, plugin_seconds
        self.stopwatch: Stopwatch | None = None
        single = [rule for rule in self.rules if rule.check.reach == "document"]
        self._stages = tuple(_Stage([r for r in single if r.check.stage == n]) for n in base.STAGES)

    @property
    def info(self) -> tuple[PackInfo, ...]:
        counted = {pack.id: sum(rule.pack == pack.id for rule in self.rules) for pack in self.packs}
        return tuple(PackInfo(p.id, p.hash, counted[p.id]) for p in self.packs if counted[p.id])

    def matches(self, article: Article, stage: int, skipped: list[Skip]) -> Iterator[tuple[Rule, base.Match]]:
        """Every match of one stage's rules, rule by rule; rules that failed on this document go to `skipped`."""
        for rule in self.candidates(article, stage):
            if self.stopwatch is not None:
                with self.stopwatch.lap(rule.name):
                    timed = list(self._found(rule, article, skipped))
                yield from timed
            else:
                yield from self._found(rule, article, skipped)

    def _found(self, rule: Rule, article: Article, skipped: list[Skip]) -> Iterator[tuple[Rule, base.Match]]:
        """All matches of a rule, or none where it fails or takes too long."""
        for match in self.guarded(rule, lambda: rule.check.find(article), skipped):
            yield rule, match

    def candidates(self, article: Article, stage: int) -> Iterator[Rule]:
        """The rules of one stage that the settings choose for a document and that may match in it."""
        choice = self.chooser.for_document(article)
        for rule in self._stages[stage].candidates(article):
            if choice is None:
                yield rule
            elif rule.name not in choice.off:
                yield rule.at_level(choice.levels.get(rule.name, rule.card.level))

    def guarded(self, rule: Rule, find: Callable[[], Iterable[Found]], skipped: list[Skip]) -> list[Found]:
        """What a rule finds. Where it takes too long (on Python's engine, or somebody's code) or fails, nothing, and `skipped` says so:
        a mistake in one rule, ours included, does not end a scan.
        """
        try:
            if not rule.is_guarded:
                return list(find())
            if rule.is_plugin:
                return within(self.plugin_seconds, lambda: list(find()))
            with time_limit(self.seconds):
                return list(find())
        except TimeoutError:
            seconds = self.plugin_seconds if rule.is_plugin else self.seconds
            skipped.append(Skip(rule.name, f"took longer than {seconds:g} s"))
        except Exception as error:
            whose = "" if rule.is_plugin else " (a mistake of provcheck: please report it)"
            skipped.append(Skip(rule.name, f"failed: {type(error).__name__}: {error}{whose}"))
        return []

    def has_kind(self, kind: str) -> bool:
        return any(rule.card.check == kind for rule in self.rules)

    def across(self, reach: base.Reach) -> tuple[Rule, ...]:
        """The rules over a story, over a group or over an outlet."""
        return tuple(rule for rule in self.rules if rule.check.reach == reach)


class _Stage:
    """The rules of one stage; one pass over the text tells which patterns can match at all.

    Rules for other languages take no part in the pass; what is needed for a language is built when it first comes.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        spoken: dict[tuple[str, ...], list[int]] = {}
        for index, rule in enumerate(rules):
            spoken.setdefault(rule.card.languages, []).append(index)
        self._sieves = [_Sieve({index: rules[index] for index in chosen}) for chosen in spoken.values()]

    def __reduce__(self) -> tuple[Any, ...]:
        return _Stage, (self.rules,)

    def candidates(self, article: Article) -> Iterator[Rule]:
        if not self.rules:
            return
        code = article.language.code[:2]
        found: dict[int, Rule] = {}
        for sieve in self._sieves:
            if sieve.speaks(code):
                found.update(sieve.candidates(article))
        for index in sorted(found):
            if found[index].is_of(article.outlet):
                yield found[index]


class _Sieve:
    """The rules of one stage for the same languages, by their place in it."""

    def __init__(self, rules: Mapping[int, Rule]) -> None:
        self._rules = rules
        self._always: list[int] = []
        sought: dict[Part, dict[int, Pattern]] = {}
        for index, rule in rules.items():
            pattern = rule.check.prefilter()
            if pattern is None:
                self._always.append(index)
            else:
                sought.setdefault(rule.check.part, {})[index] = pattern
        self._sets = [(part, PatternSet(list(of.values())), list(of)) for part, of in sought.items()]
        self._narrowed: dict[tuple[int, tuple[int, ...]], Rule] = {}

    def speaks(self, code: str) -> bool:
        return any(rule.speaks(code) for rule in islice(self._rules.values(), 1))

    def candidates(self, article: Article) -> Iterator[tuple[int, Rule]]:
        """Those that may match in an article, each without the alternatives of its pattern that do not occur in it."""
        for index in self._always:
            yield index, self._rules[index]
        for part, patterns, indexes in self._sets:
            found: dict[int, set[int]] = {}
            for text in texts_of(article, part):
                for hit, numbers in patterns.hits(text).items():
                    found.setdefault(hit, set()).update(numbers)
            for hit, numbers in found.items():
                yield indexes[hit], self._narrow(indexes[hit], numbers)

    def _narrow(self, index: int, alternatives: set[int]) -> Rule:
        rule, key = self._rules[index], (index, tuple(sorted(alternatives)))
        if key not in self._narrowed:
            if len(self._narrowed) >= _MOST_NARROWED:
                return rule
            check = rule.check.narrowed(key[1])
            self._narrowed[key] = rule if check is rule.check else replace(rule, check=check)
        return self._narrowed[key]


def load(settings: Settings | None = None, allow_code: bool = False) -> RuleSet:
    """The rules that the settings choose from the shipped packs and their own.

    Raises RuleError with every mistake of every pack, and UsageError for a choice that names no rule.
    """
    settings = settings or Settings()
    packs = read_packs(settings.rules, settings.shipped_rules, allow_code)
    rules = [rule for pack in packs for rule in pack.rules]
    chooser = choose(rules, [pack.id for pack in packs if pack.enabled], settings)
    for rule in chooser.rules:
        reason = rule.check.unavailable()
        if reason is not None:
            raise UsageError(f"the rule {rule.name} {reason}")
    return RuleSet(packs, chooser, settings.pattern_seconds, settings.plugin_seconds)
