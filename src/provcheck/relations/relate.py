"""From what the documents left on the shelf to groups, stories and outlets, one at a time."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
import numpy as np

from provcheck.arrays.distinct import distinct
from provcheck.article import Article
from provcheck.groups.bags import Pool
from provcheck.groups.collection import Collection, Linked
from provcheck.groups.shelf import Heap, Shelf
from provcheck.groups.stories import common_words
from provcheck.groups.words import Ints
from provcheck.model import Candidates, CrossFinding, Group, Site, Skip, Story
from provcheck.names.roster import Roster
from provcheck.relations.jobs import Crossing, GroupDone, GroupJob, StoryDone, StoryJob, backed_drifts
from provcheck.relations.rules import Across
from provcheck.rulebook.ruleset import RuleSet
from provcheck.runtime.workers import Workers
from provcheck.settings import Settings

_FEW = 300  # documents that are compared here: processes take longer to start than they take
PIECE = 50_000  # pairs of one record of candidates
_stories = msgspec.msgpack.Decoder(Story)
_findings = msgspec.msgpack.Decoder(tuple[CrossFinding, ...])


@dataclass
class Relating:
    """Works through one shelf. After `records` came to its end, the counts and the seconds of each stage are there.

    `suppressed` are the findings left out: the index of the suppression, and the rule; `skipped` the rules that did not finish. The same documents give the
    same records in any order, by any number of workers.
    """

    shelf: Shelf
    rules: RuleSet
    settings: Settings
    roster: Roster
    workers: Workers = field(default_factory=lambda: Workers(1))
    capped: int = 0
    suppressed: list[tuple[int, str]] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    rule_seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def records(self) -> Iterator[Group | Story | Site | Candidates]:
        """Groups by their first document, then stories, outlets by name, and the pairs that were compared."""
        if len(self.shelf) < 2:
            return
        with self._timed("group"):
            collection = Collection(self.shelf, self.settings.groups, self.workers.count)
            linked = collection.linked()
        members = collection.members(linked.labels)
        with self._timed("story"):
            stories = collection.members(collection.stories())
        collection.done()
        self.capped = linked.capped
        yield from self.told(collection, linked, members, stories)
        yield from self._sites()
        yield from _candidates(self.shelf, collection, linked)

    def told(
        self,
        collection: Collection,
        linked: Linked,
        members: Sequence[Sequence[int]],
        stories: Sequence[Sequence[int]],
    ) -> Iterator[Group | Story]:
        """The records of groups and stories whose members are known."""
        group_of = {number: at for at, found in enumerate(members) for number in found}
        with self._timed("drift"):
            drifts: Counter[str] = Counter()
            told: dict[int, int] = {}  # where the findings of a group wait
            spool, order, waiting = Heap(), [], Heap()
            for done in self._stories(collection, stories, members, group_of):
                drifts.update(backed_drifts(done.story.findings))
                for at, changes in done.changes:
                    told[at] = len(waiting)
                    waiting.add(msgspec.msgpack.encode(changes))
                order.append(done.story.documents[0])
                spool.add(msgspec.msgpack.encode(done.story))

            def changes_of(at: int) -> tuple[CrossFinding, ...] | None:
                return _findings.decode(waiting[told[at]]) if at in told else None

            yield from self._groups(collection, linked, members, changes_of, drifts)
            for number in sorted(range(len(order)), key=order.__getitem__):
                yield _stories.decode(spool[number])
            spool.close()
            waiting.close()

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - started

    def _add(self, seconds: Mapping[str, float]) -> None:
        for rule, spent in seconds.items():
            self.rule_seconds[rule] += spent

    def _crossing(self) -> Crossing:
        return Crossing(self.rules, self.settings.suppressions, self.roster)

    def _map(self, jobs: Iterator[StoryJob | GroupJob]) -> Iterator[StoryDone | GroupDone]:
        workers = self.workers if len(self.shelf) > _FEW else Workers(1)
        for done in workers.map(self._crossing(), jobs, chunk=4):
            self.suppressed.extend(done.suppressed)
            self.skipped.extend(done.skipped)
            self._add(done.seconds)
            yield done

    def _stories(
        self,
        collection: Collection,
        stories: Sequence[Sequence[int]],
        members: Sequence[Sequence[int]],
        group_of: Mapping[int, int],
    ) -> Iterator[StoryDone]:
        ids = self.shelf.ids

        def job(found: Sequence[int]) -> StoryJob:
            kept = [number for number in found if collection.is_kept(number)]
            sketches = [self.shelf.sketch(number) for number in kept]
            texts = [self.shelf.article(number, Roster()).text for number in kept]
            touched = sorted({group_of[number] for number in found if number in group_of})
            names = {at: tuple(ids[number] for number in members[at]) for at in touched}
            inside = set(found)
            return StoryJob(
                articles=tuple(self.shelf.packed(number)[1] for number in found),
                kept=frozenset(ids[number] for number in kept),
                words=tuple(common_words(Pool(sketches, collection.frequencies), texts)),
                groups=tuple(sorted(collection.identity(members[at]) for at in touched)),
                whole=tuple((at, names[at]) for at in touched if inside.issuperset(members[at])),
            )

        for done in self._map(job(found) for found in stories):
            assert isinstance(done, StoryDone)
            yield done

    def _groups(
        self,
        collection: Collection,
        linked: Linked,
        members: Sequence[Sequence[int]],
        changes_of: Callable[[int], tuple[CrossFinding, ...] | None],
        drifts: Mapping[str, int],
    ) -> Iterator[Group]:
        ids = self.shelf.ids

        def job(at: int) -> GroupJob:
            found = members[at]
            kept = [number for number in found if collection.is_kept(number)]
            return GroupJob(
                articles=tuple(self.shelf.packed(number)[1] for number in found),
                sketches=tuple((ids[number], self.shelf.packed(number)[0]) for number in kept),
                links=tuple(collection.links(kept, linked)),
                exact=tuple((ids[one], ids[other]) for one, other in collection.exact(kept)),
                findings=changes_of(at),
                drifts={ids[number]: drifts[ids[number]] for number in found if ids[number] in drifts},
            )

        for done in self._map(job(at) for at in range(len(members))):
            assert isinstance(done, GroupDone)
            yield done.group

    def _sites(self) -> Iterator[Site]:
        """The outlets over which something was found, by name."""
        if not self.rules.across("site"):
            return
        by_outlet: dict[str, list[int]] = defaultdict(list)
        for number in sorted(range(len(self.shelf)), key=self.shelf.ids.__getitem__):
            outlet = self.shelf.outlets[number]
            if outlet is not None:
                by_outlet[outlet].append(number)
        for outlet, numbers in sorted(by_outlet.items()):
            articles = _OnShelf(self.shelf, numbers, self.roster)
            across = Across(articles.by_id, self.rules, self.settings.suppressions)
            findings = across.findings(articles, "site")
            self.suppressed.extend(across.suppressed)
            self.skipped.extend(across.skipped)
            if self.rules.stopwatch is not None:
                self._add(self.rules.stopwatch.taken())
            if findings:
                yield Site(outlet=outlet, documents=tuple(articles.by_id), findings=findings)


class _OnShelf(Sequence[Article]):
    """The articles of an outlet, each read from the shelf when it is looked at: all of them may be many."""

    def __init__(self, shelf: Shelf, numbers: Sequence[int], roster: Roster) -> None:
        self._shelf, self._numbers, self._roster = shelf, numbers, roster
        self.by_id = _ById(shelf, {shelf.ids[number]: number for number in numbers}, roster)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return _OnShelf(self._shelf, self._numbers[at], self._roster)
        return self._shelf.article(self._numbers[at], self._roster)


class _ById(Mapping[str, Article]):
    def __init__(self, shelf: Shelf, numbers: Mapping[str, int], roster: Roster) -> None:
        self._shelf, self._numbers, self._roster = shelf, numbers, roster

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __getitem__(self, name: str) -> Article:
        return self._shelf.article(self._numbers[name], self._roster)


def _candidates(shelf: Shelf, collection: Collection, linked: Linked) -> Iterator[Candidates]:
    """The pairs with more than next to no score, in records of bounded size, each with the documents of its pairs."""
    for chosen in np.split(linked.told, range(PIECE, len(linked.told), PIECE)):
        yield _piece(shelf, collection, linked, chosen)


def _piece(shelf: Shelf, collection: Collection, linked: Linked, chosen: Ints) -> Candidates:
    left, right, scores = linked.left[chosen], linked.right[chosen], linked.scores
    inside = distinct(np.concatenate([left, right]))
    return Candidates(
        documents=tuple(shelf.ids[collection.keepers[at]] for at in inside.tolist()),
        wordings=tuple(linked.wording[inside].tolist()),
        pairs=tuple(
            zip(
                np.searchsorted(inside, left).tolist(),
                np.searchsorted(inside, right).tolist(),
                np.round(scores.score[chosen], 4).tolist(),
                np.round(scores.probability[chosen], 4).tolist(),
                strict=True,
            )
        ),
    )
