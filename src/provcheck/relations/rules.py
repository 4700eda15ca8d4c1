"""The rules that look across documents: of a group, of a story, of an outlet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from provcheck.article import Article
from provcheck.checks.base import CrossMatch, Reach
from provcheck.model import CrossFinding, Skip
from provcheck.provenance.owners import nearness
from provcheck.rulebook.rule import Rule
from provcheck.rulebook.ruleset import RuleSet
from provcheck.settings import Suppression


@dataclass
class Across:
    """Runs them over articles, with the choices and suppressions of the settings. Owned by one piece of work."""

    articles: Mapping[str, Article]
    rules: RuleSet
    suppressions: Sequence[Suppression] = ()
    suppressed: list[tuple[int, str]] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)

    def findings(self, articles: Sequence[Article], reach: Reach) -> tuple[CrossFinding, ...]:
        """The findings over some documents, sorted by their first place.

        Rules look at the copies of a group or a story from the one nearest its source: where nothing else tells who is right, that one is.
        """
        if reach != "site":
            articles = sorted(articles, key=lambda article: (nearness(article), article.id))
        found = [f for f in self._found(articles, reach) if not self._is_suppressed(f)]
        return tuple(sorted(found, key=lambda f: (f.places[0].document, f.places[0].start, f.rule)))

    def _found(self, articles: Sequence[Article], reach: Reach) -> Iterator[CrossFinding]:
        for rule in self.rules.across(reach):
            for match in self._matches(rule, articles):
                odd = self.articles[match.spots[0].document]
                choice = self.rules.chooser.for_document(odd)
                if choice is None:
                    yield rule.cross_finding(match, self.articles)
                elif rule.name not in choice.off:
                    level = choice.levels.get(rule.name, rule.card.level)
                    yield rule.at_level(level).cross_finding(match, self.articles)

    def _matches(self, rule: Rule, articles: Sequence[Article]) -> list[CrossMatch]:
        stopwatch = self.rules.stopwatch
        with stopwatch.lap(rule.name) if stopwatch is not None else nullcontext():
            return self.rules.guarded(rule, lambda: rule.check.find_across(articles), self.skipped)

    def _is_suppressed(self, finding: CrossFinding) -> bool:
        place = finding.places[0]
        document = self.articles[place.document].document
        for index, each in enumerate(self.suppressions):
            if each.covers(
                self.rules.names, finding.rule, finding.category, document.id, document.path, place.text
            ):
                self.suppressed.append((index, finding.rule))
                return True
        return False
