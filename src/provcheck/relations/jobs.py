"""The work on one story and on one group, each by itself, here or in a worker process: findings, links, origin, roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provcheck.groups.links import LinkFacts, identity, make_link
from provcheck.groups.origin import find_origin
from provcheck.groups.shelf import unpacked
from provcheck.groups.sketch import Sketch
from provcheck.model import CrossFinding, Group, Link, Member, Role, Skip, Story
from provcheck.names.roster import Roster
from provcheck.relations.rules import Across
from provcheck.rulebook.ruleset import RuleSet
from provcheck.settings import Suppression

Suppressed = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class StoryJob:
    """One story: its documents packed, which of them are kept for others with the same words, and the groups that stand
    whole in it, as numbers with the ids of their members; `groups` are the ids of all that touch it.
    """

    articles: tuple[bytes, ...]
    kept: frozenset[str]
    words: tuple[str, ...]
    groups: tuple[str, ...]
    whole: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class StoryDone:
    """The story, the findings of the groups that stand whole in it, and the seconds that each rule took, if they are counted."""

    story: Story
    changes: tuple[tuple[int, tuple[CrossFinding, ...]], ...]
    suppressed: Suppressed
    skipped: tuple[Skip, ...]
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class GroupJob:
    """One group: its documents packed, the sketches of those with their own words, links, pairs with the same words, what the
    story found of it, and how many backed drifts each document has.
    """

    articles: tuple[bytes, ...]
    sketches: tuple[tuple[str, bytes], ...]
    links: tuple[LinkFacts, ...]
    exact: tuple[tuple[str, str], ...]
    findings: tuple[CrossFinding, ...] | None
    drifts: Mapping[str, int]


@dataclass(frozen=True)
class GroupDone:
    """The group, and the seconds that each rule took, if they are counted."""

    group: Group
    suppressed: Suppressed
    skipped: tuple[Skip, ...]
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class Crossing:
    """Does the jobs. Pickles, so that it runs in worker processes."""

    rules: RuleSet
    suppressions: Sequence[Suppression]
    roster: Roster

    def __call__(self, job: StoryJob | GroupJob) -> StoryDone | GroupDone:
        return self._story(job) if isinstance(job, StoryJob) else self._group(job)

    def _seconds(self) -> Mapping[str, float]:
        return self.rules.stopwatch.taken() if self.rules.stopwatch is not None else {}

    def _across(self, articles: Iterable[bytes]) -> Across:
        found = sorted((unpacked(packed, self.roster) for packed in articles), key=lambda a: a.id)
        return Across({article.id: article for article in found}, self.rules, self.suppressions)

    def _story(self, job: StoryJob) -> StoryDone:
        across = self._across(job.articles)
        names = tuple(across.articles)
        words = ", ".join(job.words)
        story = Story(
            id=identity("s", names),
            documents=names,
            groups=job.groups,
            evidence=(f"most share the rare words {words}",) if words else (),
            findings=across.findings([a for a in across.articles.values() if a.id in job.kept], "story"),
        )
        changes = tuple(
            (number, across.findings([across.articles[name] for name in members], "group"))
            for number, members in job.whole
        )
        return StoryDone(story, changes, tuple(across.suppressed), tuple(across.skipped), self._seconds())

    def _group(self, job: GroupJob) -> GroupDone:
        across = self._across(job.articles)
        articles = list(across.articles.values())
        findings = job.findings
        if findings is None:  # it stands whole in no story: its drift would be lost
            findings = across.findings(articles, "group") + across.findings(articles, "story")
        links = _links(job)
        kept_for = {twin: kept for kept, twin in job.exact}
        origin = find_origin(articles, links, job.drifts, kept_for)
        names = tuple(across.articles)
        group = Group(
            id=identity("g", names),
            members=tuple(
                Member(name, role) for name, role in _roles(names, origin.document, links, kept_for)
            ),
            links=links,
            origin=origin,
            findings=findings,
        )
        return GroupDone(group, tuple(across.suppressed), tuple(across.skipped), self._seconds())


def backed_drifts(findings: Sequence[CrossFinding]) -> Iterable[str]:
    """The documents that have the odd form of a finding while two others agree; one against one says nothing of who is right."""
    for finding in findings:
        if len({place.document for place in finding.places} - {finding.places[0].document}) > 1:
            yield finding.places[0].document


def _links(job: GroupJob) -> tuple[Link, ...]:
    sketches = [Sketch.unpack(packed, name, None, None) for name, packed in job.sketches]
    found = [make_link(sketches[facts.a], sketches[facts.b], facts) for facts in job.links]
    found += [_exact_link(one, other) for one, other in job.exact]
    return tuple(sorted(found, key=lambda link: (-link.score, link.a, link.b)))


def _exact_link(one: str, other: str) -> Link:
    a, b = sorted((one, other))
    return Link(
        a=a, b=b, relation="exact", score=1.0, jaccard=1.0, containment_a=1.0, containment_b=1.0, shared=()
    )


def _roles(
    names: Sequence[str], origin: str | None, links: Sequence[Link], kept_for: Mapping[str, str]
) -> Iterator[tuple[str, Role]]:
    """What each member is; a twin is what the one is that was kept for both."""
    mine: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        mine[link.a].append(link)
        mine[link.b].append(link)
    for name in names:
        kept = kept_for.get(name, name)
        as_kept = kept != origin and origin not in kept_for
        yield name, "likely-origin" if name == origin else _role(mine[kept if as_kept else name], origin)


def _role(mine: Sequence[Link], origin: str | None) -> Role:
    to_origin = [link for link in mine if origin in (link.a, link.b)] or mine
    relations = {link.relation for link in to_origin}
    if not relations or relations & {"exact", "copy"}:
        return "copy"
    return "partial" if "partial" in relations else "rewrite"
