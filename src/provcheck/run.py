"""A whole scan, on one screen: read, examine each document, group, compare, report."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

import msgspec

from provcheck._version import __version__
from provcheck.archive.archive import Archivist
from provcheck.archive.entry import Entry
from provcheck.article import Article
from provcheck.baseline import Baseline
from provcheck.checker import Checker, failed_on
from provcheck.groups.shelf import Heap, Shelf, Shelved
from provcheck.groups.sketch import sketch
from provcheck.intake.files import read_documents
from provcheck.model import (
    SCHEMA,
    Candidates,
    Document,
    DocumentRecord,
    Group,
    Header,
    Problem,
    Record,
    Report,
    Site,
    Story,
    Summary,
)
from provcheck.relations.relate import Relating
from provcheck.rulebook.ruleset import RuleSet
from provcheck.runtime.journal import Journal, key_of
from provcheck.runtime.stopwatch import Stopwatch
from provcheck.runtime.workers import Workers
from provcheck.settings import Settings
from provcheck.sites import SiteLines, learn_sites
from provcheck.tally import Tally

Progress = Callable[[str, int], None]
Read = Iterator[Document | Problem]
_KEPT_CHARACTERS = 30_000_000  # of a first pass that stay in memory; larger inputs are read twice


_MANY = 20_000  # documents after whose examination processes hold more memory than a second to start them anew is worth


@dataclass(frozen=True)
class Examined:
    """One document after its own examination: its record, what the comparison with others needs, and the article if it is asked for."""

    record: DocumentRecord
    shelved: Shelved | None
    article: Article | None
    suppressed: tuple[tuple[int, str], ...] = ()
    missing: frozenset[str] = frozenset()
    entry: Entry | None = None
    seconds: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Examine:
    """The work on one input, picklable, so that it runs here or in a worker process."""

    checker: Checker
    with_article: bool = False
    compared: bool = True
    archivist: Archivist | None = None

    def __call__(self, item: Document | Problem) -> Examined | Problem:
        if isinstance(item, Problem):
            return item
        try:
            return self._examined(item)
        except Exception as error:  # a mistake of ours costs one document, not the scan
            return failed_on(item, error)

    def _examined(self, item: Document) -> Examined:
        result = self.checker.check(item)
        settings = self.checker.settings
        shelved = made = None
        if self.compared and settings.link_documents:
            made = sketch(result.article, settings.groups)
            shelved = Shelved.of(result.article, made, settings.groups)
        record, entry = result.record, None
        if self.archivist is not None:
            entry, matches = self.archivist(result.article, made)
            record = msgspec.structs.replace(record, matches=matches)
        return Examined(
            record,
            shelved,
            result.article.bare() if self.with_article else None,
            result.suppressed,
            frozenset(result.article.missing_metadata),
            entry,
            self.checker.rules.stopwatch.taken() if self.checker.rules.stopwatch is not None else None,
        )


def scan_records(
    inputs: Iterable[str],
    settings: Settings | None = None,
    *,
    workers: int = 1,
    timings: bool = False,
    progress: Progress | None = None,
    rules: RuleSet | None = None,
    watch: Callable[[Article], None] | None = None,
    archive: str | None = None,
    remember: bool = False,
    journal: Journal | None = None,
) -> Iterator[Record]:
    """The records of one scan in the order of the contract; each document's as soon as it was examined.

    Raises UsageError and RuleError before the first record. `progress(stage, done)` is told what goes on.
    `rules`, if given, were loaded before by these settings. `watch` sees each article before its record comes.
    journal: keeps what was examined, for a run that goes on after this one; see its `done`.
    archive: the address of an archive with which each document is compared. remember: add them to it behind the last record, when the next
    one is asked for: what was written of the scan should be safe by then. Raises ArchiveError.
    """
    started = time.perf_counter()
    checker = Checker(settings, rules=rules)
    if timings:
        checker.rules.stopwatch = Stopwatch()
    known = Baseline.of(checker.settings.baseline)
    archivist = Archivist.of(archive, checker.settings.groups, checker.rules.info) if archive else None
    with Workers(workers) as pool, closing(Shelf()) as shelf, closing(Heap()) as spool:
        run = _Run(
            checker,
            known,
            shelf,
            pool,
            progress or (lambda stage, done: None),
            watch,
            spool if remember else None,
        )
        items = examine(
            list(inputs), checker, pool, run.tell, watch is not None, archivist=archivist, journal=journal
        )
        yield header_of(checker)
        yield from run.documents(items)
        examined = time.perf_counter() - started
        if len(shelf) > _MANY:
            pool.rest()
        found = Relating(shelf, checker.rules, checker.settings, checker.roster, pool)
        yield from run.across(found)
        if archivist is not None and remember:
            for name in archivist.refused(_spooled(spool)):
                run.tally.problems += 1
                yield Problem(path=archivist.address, id=name, reason=OTHER_TEXT)
        yield run.tally.summary(
            checker.rules.rules,
            checker.settings.suppressions,
            {"examine": examined, **found.seconds} if timings else None,
        )
        if archivist is not None and remember:  # once whoever takes the records has put them in safety
            archivist.remember(_spooled(spool))


def _spooled(spool: Heap) -> Iterator[Entry]:
    return (pickle.loads(spool[number]) for number in range(len(spool)))


@dataclass
class _Run:
    """A scan under way: what it counted, and where its documents wait."""

    checker: Checker
    known: Baseline
    shelf: Shelf
    pool: Workers
    tell: Progress
    watch: Callable[[Article], None] | None
    spool: Heap | None
    tally: Tally = field(default_factory=Tally)

    def documents(self, items: Iterable[Examined | Problem]) -> Iterator[DocumentRecord | Problem]:
        for item in items:
            if isinstance(item, Problem):
                self.tally.problems += 1
                yield item
                continue
            record = self.known.marked(item.record)
            assert isinstance(record, DocumentRecord)
            self.tally.add(record, item.missing)
            self.tally.add_suppressed(item.suppressed)
            self.tally.add_seconds(item.seconds or {})
            if item.shelved is not None:
                self.shelf.add(item.shelved)
            if self.spool is not None and item.entry is not None:
                self.spool.add(pickle.dumps(item.entry, protocol=5))
            if self.watch is not None and item.article is not None:
                self.watch(item.article)
            yield record
            self.tell("examined", self.tally.documents)

    def across(self, found: Relating) -> Iterator[Group | Story | Site | Candidates]:
        self.tell("comparing", self.tally.documents)
        for across in found.records():
            if isinstance(across, Candidates):
                yield across
                continue
            marked = self.known.marked(across)
            assert isinstance(marked, (Group, Story, Site))
            self.tally.add_across(marked)
            yield marked
        self.tally.capped = found.capped
        self.tally.add_suppressed(found.suppressed)
        self.tally.add_skipped(found.skipped)
        self.tally.add_seconds(found.rule_seconds)


def examine(
    paths: list[str],
    checker: Checker,
    workers: Workers,
    tell: Progress = lambda stage, done: None,
    with_article: bool = False,
    compared: bool = True,
    archivist: Archivist | None = None,
    journal: Journal | None = None,
    distinct: bool = True,
) -> Iterator[Examined | Problem]:
    """Each input document examined by itself, in order; the lines that recur on a site are learned first. distinct: as in
    `read_documents`.

    A document whose examination ends its process, again and again, becomes a problem. Raises UsageError for an input that does not
    exist.
    """
    source = read_documents(paths, checker.settings, distinct)
    if checker.needs_sites and "-" not in paths:
        tell("learning the sites", 0)
        source, taught = _read_twice(source, lambda: read_documents(paths, checker.settings, distinct))
        checker = Checker(checker.settings, taught, checker.rules, checker.roster)
    work = Examine(checker, with_article, compared, archivist)
    if journal is None:
        return workers.map(work, source, lost=_lost)
    return journal.outcomes(_key(work), source, lambda items: workers.map(work, items, lost=_lost))


OTHER_TEXT = "has another text under this id, and keeps it; this one was not added"


def _lost(item: Document | Problem) -> Problem:
    assert isinstance(item, Document)
    return Problem(
        path=item.path or "-",
        id=item.id,
        reason="the system ended the process that examined it, twice: for want of memory perhaps, or a plug-in crashed",
    )


def _key(work: Examine) -> bytes:
    """Of everything that shapes what becomes of a document, the document itself aside."""
    checker, archivist = work.checker, work.archivist
    sites = checker.sites.digest if checker.sites is not None else ""
    archive = (archivist.address, archivist.size()) if archivist is not None else None
    shape = (work.with_article, work.compared, sites, archive)
    return key_of(header_of(checker), checker.roster, *shape)


def scan(
    inputs: Iterable[str] | str, settings: Settings | None = None, *, workers: int = 1, timings: bool = False
) -> Report:
    """One scan, whole, in memory. Inputs are files, folders or `-`; see `scan_records` for a stream."""
    records = list(
        scan_records(
            [inputs] if isinstance(inputs, str) else inputs, settings, workers=workers, timings=timings
        )
    )
    header, summary = records[0], records[-1]
    assert isinstance(header, Header) and isinstance(summary, Summary)
    return Report(
        header=header,
        documents=tuple(r for r in records if isinstance(r, DocumentRecord)),
        problems=tuple(r for r in records if isinstance(r, Problem)),
        groups=tuple(r for r in records if isinstance(r, Group)),
        stories=tuple(r for r in records if isinstance(r, Story)),
        sites=tuple(r for r in records if isinstance(r, Site)),
        summary=summary,
    )


def _read_twice(source: Read, again: Callable[[], Read]) -> tuple[Read, SiteLines]:
    """The items of a first pass, kept if they are small, else read again; and the lines that recur on a site."""
    kept: list[Document | Problem] = []
    size = 0

    def first_pass() -> Iterator[Document]:
        nonlocal size
        for item in source:
            if isinstance(item, Document):
                size += len(item.text)
                yield item
            if size <= _KEPT_CHARACTERS:
                kept.append(item)

    taught = learn_sites(first_pass())
    return (iter(kept) if size <= _KEPT_CHARACTERS else again()), taught


def header_of(checker: Checker) -> Header:
    """What a scan says first: its version, rules and settings."""
    return Header(
        schema=SCHEMA,
        version=__version__,
        rules=checker.rules.info,
        settings=msgspec.to_builtins(checker.settings),
    )
