"""Examines one document: language, rules in four stages, provenance, verdict."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provcheck.article import Article, Mark
from provcheck.checks.base import STAGES
from provcheck.model import LEVELS, Document, DocumentRecord, Finding, Problem, Skip, Verdict
from provcheck.names.roster import Roster, read_roster
from provcheck.provenance.collect import Clue, collect
from provcheck.rulebook.packs import shipped_packs
from provcheck.rulebook.ruleset import RuleSet, load
from provcheck.runtime.workers import Workers
from provcheck.settings import Policy, RuleNames, Settings
from provcheck.sites import SiteLines
from provcheck.text.cuts import cuts, without
from provcheck.text.spans import Holding

_Found = list[tuple[Finding, Clue]]
_MOST_REASONS = 10
_WHOLE_LINE_CREDITS = frozenset({"sign-off", "source-credit", "publisher-credit", "byline"})


@dataclass(frozen=True)
class Result:
    """What is known of one document. `article` holds its text and the views of it."""

    article: Article
    record: DocumentRecord
    suppressed: tuple[tuple[int, str], ...] = ()  # index of the suppression, name of the rule

    @property
    def document(self) -> Document:
        return self.article.document

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.record.findings

    @property
    def verdict(self) -> Verdict:
        return self.record.verdict

    @property
    def cleaned(self) -> str:
        """The text without what is to be removed.

        A line that loses all its characters goes with its line break, and runs of blank lines that this
        leaves become one blank line. Text that nothing is removed from comes back as it was.
        """
        return without(self.article.document.text, cuts(self.article.lines, self.article.removable))


class Checker:
    """Examines documents, each by itself. Thread-safe after construction, and picklable."""

    def __init__(
        self,
        settings: Settings | None = None,
        sites: SiteLines | None = None,
        rules: RuleSet | None = None,
        roster: Roster | None = None,
    ) -> None:
        """`sites`, if given, knows which lines recur on which outlet; see `provcheck.sites`.

        `rules` and `roster`, if given, were loaded before (`provcheck.rulebook.ruleset.load`, `provcheck.names.roster.read_roster`).
        """
        self.settings = settings or Settings()
        self.sites = sites
        self.rules: RuleSet = rules or load(self.settings)
        given = self.settings.roster
        self.roster = roster or (read_roster(given) if given is not None else Roster())

    @property
    def needs_sites(self) -> bool:
        """Whether a rule asks for what recurs on an outlet."""
        return self.sites is None and self.rules.has_kind("site")

    def check(self, document: Document, recurring: Mapping[int, int] | None = None) -> Result:
        """Run every rule over one document. Never raises for what stands in the text.

        recurring: in how many other articles of its outlet lines stand, by number, where that is known from elsewhere than `sites`.
        """
        if not isinstance(document, Document):
            raise TypeError(
                f"check takes a provcheck.Document, not {type(document).__name__}: Document(id='1', text='…')"
            )
        article = Article(document, recurring or {}, roster=self.roster)
        if self.sites is not None:
            article = Article(document, self.sites.recurring(article), roster=self.roster)
        found: _Found = []
        silenced: list[tuple[int, str]] = []
        skipped: list[Skip] = []
        for stage in STAGES:
            fresh = self._run(article, stage, silenced, skipped)
            found = _without_credited_lines(_without_others(_told_once(found + fresh)))
            if stage != STAGES[-1]:
                article = _annotate(article, found, last=stage == STAGES[-2])
        findings = tuple(sorted((f for f, _ in found), key=lambda f: (f.start, f.end, f.rule)))
        return Result(article, self._record(article, findings, tuple(skipped)), tuple(silenced))

    def check_many(self, documents: Iterable[Document], workers: int = 1) -> Iterator[Result]:
        """Results in the order of the documents, each as soon as it and those before it are done.

        workers: processes; the documents are read as they are needed, so that an endless source needs a bounded memory.
        """
        with Workers(workers) as pool:
            yield from pool.map(self.check, documents)

    async def acheck(self, document: Document) -> Result:
        """`check` in a thread, so that an event loop goes on meanwhile."""
        return await asyncio.to_thread(self.check, document)

    def _run(
        self, article: Article, stage: int, silenced: list[tuple[int, str]], skipped: list[Skip]
    ) -> _Found:
        found: _Found = []
        for rule, match in self.rules.matches(article, stage, skipped):
            finding = rule.finding(match, article)
            suppression = self._suppression(finding, article.document)
            if suppression is not None:
                silenced.append((suppression, finding.rule))
                continue
            found.append((finding, Clue(finding.category, match.start, match.end, match.values, match.apart)))
        return found

    def _suppression(self, finding: Finding, document: Document) -> int | None:
        """The index of the first suppression that covers a finding."""
        for index, each in enumerate(self.settings.suppressions):
            if each.covers(
                self.rules.names, finding.rule, finding.category, document.id, document.path, finding.text
            ):
                return index
        return None

    def _record(
        self, article: Article, findings: tuple[Finding, ...], skipped: tuple[Skip, ...]
    ) -> DocumentRecord:
        document = article.document
        published = article.published
        return DocumentRecord(
            id=document.id,
            path=document.path,
            title=document.title,
            url=document.url,
            published=published.isoformat() if published else document.published,
            source=article.outlet,
            language=article.language,
            readability=article.readability,
            words=article.words,
            boilerplate_share=article.boilerplate_share,
            verdict=_verdict(article, findings, self.settings.policy, self.rules.names)[0],
            findings=findings,
            provenance=article.provenance,
            extra=document.extra,
            skipped=skipped,
        )

    def judge(self, result: Result, policy: Policy) -> tuple[Verdict, tuple[str, ...]]:
        """The verdict on a document by another policy, and why, in short sentences; a kept one has no reasons."""
        return _verdict(result.article, result.findings, policy, self.rules.names)


def failed_on(document: Document, error: Exception) -> Problem:
    """What is told of a document on which the examination itself failed."""
    reason = f"provcheck failed on it: {type(error).__name__}: {error} (please report it)"
    return Problem(path=document.path or "-", id=document.id, reason=reason)


def _verdict(
    article: Article, findings: Sequence[Finding], policy: Policy, names: RuleNames
) -> tuple[Verdict, tuple[str, ...]]:
    drop, review = [], []
    words, share = article.body_words, article.boilerplate_share
    if words < policy.drop_below_words:
        drop.append(f"only {words} words of article")
    elif words < policy.review_below_words:
        review.append(f"only {words} words of article")
    if share > policy.review_boilerplate_share:
        review.append(f"{share:.0%} of it is not the article")
    for finding in findings:
        if _is_named(finding, policy.drop, names):
            drop.append(f"{finding.rule}: {finding.message}")
        elif finding.level == "error" or _is_named(finding, policy.review, names):
            review.append(f"{finding.rule}: {finding.message}")
    verdict: Verdict = "drop" if drop else "review" if review else "keep"
    return verdict, tuple(dict.fromkeys(drop or review))[:_MOST_REASONS]


def _is_named(finding: Finding, given: tuple[str, ...], names: RuleNames) -> bool:
    return any(names.mean(each, finding.rule, finding.category) for each in given)


def _annotate(article: Article, found: _Found, last: bool) -> Article:
    """The article with what the rules so far say is not body, and whose it is."""
    marks = [Mark(f.category, f.action, f.start, f.end) for f, _ in found if f.action != "flag"]
    bare = article.annotated(article.provenance, marks)
    clues = [clue for finding, clue in found if finding.action != "flag"]
    return bare.annotated(collect(bare, clues, cites=last), marks)


def _told_once(found: _Found) -> _Found:
    """One removal for one category at one place: that of a user's own rule, else of the higher level, else of the rule that saw it first."""
    best: dict[tuple[str, int, int], Finding] = {}
    for finding, _ in found:
        key = (finding.category, finding.start, finding.end)
        if finding.action == "remove" and (key not in best or _weight(finding) > _weight(best[key])):
            best[key] = finding
    kept = {id(finding) for finding in best.values()}
    return [(f, clue) for f, clue in found if f.action != "remove" or id(f) in kept]


def _weight(finding: Finding) -> tuple[bool, int]:
    pack = finding.rule.partition("/")[0]
    return pack not in shipped_packs(), LEVELS.index(finding.level)


def _without_others(found: _Found) -> _Found:
    """Drops the credits of what else stands on the page."""
    apart = Holding((clue.start, clue.end) for _, clue in found if clue.apart)
    if not apart:
        return found
    return [(f, clue) for f, clue in found if f.action != "credit" or not apart.holds(f.start, f.end)]


def _without_credited_lines(found: _Found) -> _Found:
    """Drops removals inside a line that credits somebody: who wrote it is never thrown away."""
    kept = Holding(
        (f.start, f.end)
        for f, _ in found
        if f.category in _WHOLE_LINE_CREDITS and f.action == "credit" and f.confidence == "high"
    )
    if not kept:
        return found
    return [(f, clue) for f, clue in found if f.action != "remove" or not kept.holds(f.start, f.end)]
