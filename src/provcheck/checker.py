"""Examines one document: language, rules in three stages, provenance, verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provcheck.article import Article, Mark
from provcheck.model import Document, DocumentRecord, Finding, Verdict
from provcheck.provenance.collect import Clue, collect
from provcheck.ruleset import RuleSet, load
from provcheck.settings import Settings
from provcheck.sites import SiteLines

_Found = list[tuple[Finding, Clue]]
_WHOLE_LINE_CREDITS = frozenset({"sign-off", "source-credit", "publisher-credit", "byline"})


@dataclass(frozen=True)
class Result:
    """What is known of one document. `article` holds its text and the views of it."""

    article: Article
    record: DocumentRecord

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
        return clean(self.article)


class Checker:
    """Examines documents, each by itself. Thread-safe after construction, and picklable."""

    def __init__(self, settings: Settings | None = None, sites: SiteLines | None = None) -> None:
        """`sites`, if given, knows which lines recur on which outlet; see `provcheck.sites`."""
        self.settings = settings or Settings()
        self.sites = sites
        self.rules: RuleSet = load(self.settings.rules, self.settings.select, self.settings.ignore)

    @property
    def needs_sites(self) -> bool:
        """Whether a rule asks for what recurs on an outlet."""
        return self.sites is None and self.rules.has_kind("site")

    def check(self, document: Document) -> Result:
        """Run every rule over one document. Never raises for what stands in the text."""
        article = Article(document)
        if self.sites is not None:
            article = Article(document, recurring=self.sites.recurring(article))
        found: _Found = []
        for stage in range(3):
            found = _without_credited_lines(_told_once(found + self._run(article, stage)))
            if stage < 2:
                article = _annotate(article, found, last=stage == 1)
        findings = tuple(sorted((f for f, _ in found), key=lambda f: (f.start, f.end, f.rule)))
        return Result(article, self._record(article, findings))

    def _run(self, article: Article, stage: int) -> _Found:
        found: _Found = []
        for rule, match in self.rules.matches(article, stage):
            finding = rule.finding(match, article)
            found.append((finding, Clue(finding.category, match.start, match.end, match.values)))
        return found

    def _record(self, article: Article, findings: tuple[Finding, ...]) -> DocumentRecord:
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
            verdict=self._verdict(article, findings),
            findings=findings,
            provenance=article.provenance,
            extra=document.extra,
        )

    def _verdict(self, article: Article, findings: Iterable[Finding]) -> Verdict:
        policy = self.settings.policy
        if article.body_words < policy.drop_below_words:
            return "drop"
        if (
            article.body_words < policy.review_below_words
            or article.boilerplate_share > policy.review_boilerplate_share
            or any(finding.level == "error" for finding in findings)
        ):
            return "review"
        return "keep"


def _annotate(article: Article, found: _Found, last: bool) -> Article:
    """The article with what the rules so far say is not body, and whose it is."""
    marks = [Mark(f.category, f.action, f.start, f.end) for f, _ in found if f.action != "flag"]
    bare = article.annotated(article.provenance, marks)
    clues = [clue for finding, clue in found if finding.action != "flag"]
    return bare.annotated(collect(bare, clues, cites=last), marks)


def _told_once(found: _Found) -> _Found:
    """One removal for one category at one place, whichever rule saw it first."""
    told: set[tuple[str, int, int]] = set()
    once: _Found = []
    for finding, clue in found:
        key = (finding.category, finding.start, finding.end)
        if finding.action != "remove" or key not in told:
            once.append((finding, clue))
        if finding.action == "remove":
            told.add(key)
    return once


def _without_credited_lines(found: _Found) -> _Found:
    """Drops removals inside a line that credits somebody: who wrote it is never thrown away."""
    kept = [
        (f.start, f.end) for f, _ in found if f.category in _WHOLE_LINE_CREDITS and f.confidence == "high"
    ]
    if not kept:
        return found
    return [
        (f, clue)
        for f, clue in found
        if f.action != "remove" or not any(start <= f.start and f.end <= end for start, end in kept)
    ]


def clean(article: Article) -> str:
    """The text of an article without its removable spans; see `Result.cleaned`."""
    if not article.removable:
        return article.document.text
    text, kept, position = article.document.text, [], 0
    for line in article.lines:
        cuts = [
            (max(a, line.start), min(b, line.end))
            for a, b in article.removable
            if a < line.end and b > line.start
        ]
        if not cuts:
            kept.append(text[line.start : line.end])
            continue
        pieces, position = [], line.start
        for start, end in cuts:
            pieces.append(text[position:start])
            position = end
        rest = "".join([*pieces, text[position : line.end]]).strip()
        kept.append(rest if rest else "\x00")
    return _close_gaps(kept)


def _close_gaps(lines: list[str]) -> str:
    """Joins lines; a removed line (a null byte) takes one of the blank lines beside it along."""
    out: list[str] = []
    gap = False
    for line in lines:
        if line == "\x00":
            gap = True
        elif not line.strip() and gap and (not out or not out[-1].strip()):
            continue
        else:
            gap = gap and not line.strip()
            out.append(line)
    while gap and out and not out[-1].strip():
        out.pop()
    return "\n".join(out)
