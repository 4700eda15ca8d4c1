"""Rules against their own examples."""

from __future__ import annotations

from collections.abc import Sequence

from provcheck.article import Article
from provcheck.checker import Checker, Result
from provcheck.model import Span
from provcheck.names.roster import KnownPerson, Roster
from provcheck.rulebook.choice import Chooser
from provcheck.rulebook.packs import read_packs
from provcheck.rulebook.rule import Rule
from provcheck.rulebook.ruleset import RuleSet
from provcheck.rulefile.examples import Example
from provcheck.settings import Settings
from provcheck.sites import learn_sites

_Found = list[list[Span]]  # for each document of an example, the spans that a rule finds in it


class RuleTester:
    """Tests rules: each runs alone and among all others.

    Alone, a rule may lack what others tell it; among others, one of them may see the same thing first.
    """

    def __init__(self, paths: Sequence[str] = (), allow_code: bool = False) -> None:
        """`paths` are packs of the user's. Raises RuleError with every mistake in them."""
        self.packs = read_packs(paths, allow_code=allow_code)
        self.rules = tuple(rule for pack in self.packs for rule in pack.rules)
        self._together: dict[str, RuleSet] = {}

    def _with_all(self, rule: Rule) -> RuleSet:
        """The rules that are on, and those of the rule's own pack."""
        on = {pack.id for pack in self.packs if pack.enabled}
        key = "" if rule.pack in on else rule.pack
        if key not in self._together:
            chosen = tuple(r for r in self.rules if r.pack in {*on, key} and self.unavailable(r) is None)
            self._together[key] = RuleSet(self.packs, Chooser(chosen))
        return self._together[key]

    @staticmethod
    def unavailable(rule: Rule) -> str | None:
        """Why a rule cannot be tested here, in a few words; None if it can."""
        reason: str | None = rule.check.unavailable()
        return reason

    def complaints(self, rule: Rule) -> list[str]:
        """What is wrong with a rule, in sentences; an empty list if it does what its examples say."""
        alone = RuleSet(self.packs, Chooser((rule,)))
        both = (alone, self._with_all(rule))
        said: list[str] = []
        for example in rule.card.examples.match:
            results = [_found(rules, rule, example) for rules in both]
            if _expected(example, results) is None:
                said.append(_missed(example, results, both[1]))
        for example in rule.card.examples.none:
            for found in (_found(rules, rule, example) for rules in both):
                if any(found):
                    said.append(f"should leave {example}, but finds {_shown(example, found)}")
                    break
        for name, examples in (("match", rule.card.examples.match), ("none", rule.card.examples.none)):
            if not examples:
                what = "must find" if name == "match" else "must leave"
                said.append(f"has no example of what it {what} (`examples: {name}`)")
        return said


def _missed(example: Example, results: Sequence[_Found], together: RuleSet) -> str:
    found = next((f for f in results if any(f)), None)
    if found is not None:
        return f"finds {_shown(example, found)} in its example {example}, not what is marked there"
    others = sorted({f.rule for result in _results(together, example) for f in result.findings})
    instead = f" (others that do: {', '.join(others)})" if others else ""
    return f"does not find anything in its example {example}{instead}"


def _expected(example: Example, results: Sequence[_Found]) -> _Found | None:
    """The first of the results that is what the example says, or None."""
    wanted = [sorted(document.spans) for document in example.all]
    if not example.marked:
        text = example.all[0].plain
        start = len(text) - len(text.lstrip())
        wanted[0] = [(start, len(text.rstrip()))]
    for found in results:
        if found == wanted or (
            not example.marked and found[0] == [(0, 0)]
        ):  # a title has no place in the text
            return found
    return None


def _results(rules: RuleSet, example: Example) -> list[Result]:
    documents = [document.document(number) for number, document in enumerate(example.all, 1)]
    roster = Roster(tuple(KnownPerson(name) for name in example.roster))
    checker = Checker(Settings(), learn_sites(documents), rules, roster)
    return [checker.check(document) for document in documents]


def _found(rules: RuleSet, rule: Rule, example: Example) -> _Found:
    results = _results(rules, example)
    if rule.check.reach == "document":
        return [sorted((f.start, f.end) for f in r.findings if f.rule == rule.name) for r in results]
    articles = {result.article.id: result.article for result in results}
    return _across(rule, articles, [result.article.id for result in results])


def _across(rule: Rule, articles: dict[str, Article], order: Sequence[str]) -> _Found:
    """The places that are the odd ones out."""
    odd: dict[str, set[Span]] = {name: set() for name in order}
    for match in rule.check.find_across([articles[name] for name in sorted(articles)]):
        first = match.spots[0]
        odd[first.document].add((first.start, first.end))
    return [sorted(odd[name]) for name in order]


def _shown(example: Example, found: _Found) -> str:
    texts = (
        repr(document.plain[start:end])
        for document, spans in zip(example.all, found, strict=True)
        for start, end in spans
    )
    return ", ".join(texts)
