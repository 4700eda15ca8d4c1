"""From sketches to groups and stories, with what shows only across documents."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from msgspec.structs import replace as struct_replace

from provcheck.across import Across
from provcheck.article import Article
from provcheck.groups.align import SentenceTable, alignment_features
from provcheck.groups.bags import Pool
from provcheck.groups.candidates import find_candidates
from provcheck.groups.cluster import Labels, group_labels, wordings
from provcheck.groups.links import make_link, relation_of, twins
from provcheck.groups.origin import find_origin
from provcheck.groups.score import PairScores, score_pairs
from provcheck.groups.sketch import Sketch
from provcheck.groups.stories import common_words, story_labels
from provcheck.model import Candidates, CrossFinding, Group, Link, Member, Origin, Role, Site, Story
from provcheck.roster import Roster
from provcheck.ruleset import RuleSet
from provcheck.settings import GroupSettings, Settings

_FLOOR = 0.02  # scores below say nothing and are left out of the means
_LARGE = 40  # members of a group whose pairs are all listed; in larger ones each keeps its best links
_BEST = 5


@dataclass(frozen=True)
class Related:
    """Groups, stories and outlets, and how many common words and buckets were capped on the way.

    `suppressed` are the findings left out: the index of the suppression, and the rule.
    """

    groups: tuple[Group, ...] = ()
    stories: tuple[Story, ...] = ()
    sites: tuple[Site, ...] = ()
    candidates: Candidates | None = None
    capped: int = 0
    suppressed: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class _Scored:
    left: Labels
    right: Labels
    scores: PairScores


def relate(
    kept: Sequence[tuple[Article, Sketch]],
    rules: RuleSet,
    settings: Settings,
    roster: Roster,
    threads: int = 1,
) -> Related:
    """Groups and stories of a scan. The same documents give the same result in any order, by any number of threads."""
    kept = sorted(kept, key=lambda pair: pair[0].id)
    if roster:
        kept = [(replace(article, roster=roster), sketch) for article, sketch in kept]
    if len(kept) < 2:
        return Related()
    across = Across({article.id: article for article, _ in kept}, rules, settings.suppressions)
    found = _related(kept, across, settings.groups, threads)
    sites = across.sites()
    return replace(found, sites=sites, suppressed=tuple(across.suppressed))


def _related(
    kept: Sequence[tuple[Article, Sketch]], across: Across, settings: GroupSettings, threads: int
) -> Related:
    keepers, exact = twins([sketch for _, sketch in kept])
    articles = [kept[index][0] for index in keepers]
    sketches = [kept[index][1] for index in keepers]
    copies = {new: [kept[index][0] for index in exact.get(old, [])] for new, old in enumerate(keepers)}
    pool = Pool(sketches)
    found = find_candidates(sketches, pool.words, settings)
    scored = _Scored(found.left, found.right, score_pairs(pool, found.left, found.right, threads))
    contained = np.maximum(scored.scores.containment_left, scored.scores.containment_right)
    wording = wordings(len(sketches), found.left, found.right, contained)
    above = scored.scores.score >= _FLOOR
    labels = group_labels(
        wording, found.left[above], found.right[above], scored.scores.score[above], settings
    )
    groups = _groups(articles, sketches, copies, labels, scored, SentenceTable(pool), settings)
    changes: dict[str, tuple[CrossFinding, ...]] = {}
    stories = _stories(articles, sketches, copies, pool, groups, across, settings, changes)
    drifts = Counter(f.places[0].document for story in stories for f in story.findings if _is_backed(f))
    completed = tuple(_completed(group, drifts, across, changes) for group in groups)
    return Related(completed, stories, (), _candidates(articles, scored, wording), found.capped)


def _candidates(articles: Sequence[Article], scored: _Scored, wording: Labels) -> Candidates:
    kept = np.flatnonzero(scored.scores.score >= _FLOOR)
    return Candidates(
        documents=tuple(article.id for article in articles),
        wordings=tuple(wording.tolist()),
        pairs=tuple(
            (
                int(scored.left[p]),
                int(scored.right[p]),
                round(float(scored.scores.score[p]), 4),
                round(float(scored.scores.probability[p]), 4),
            )
            for p in kept
        ),
    )


def _groups(
    articles: Sequence[Article],
    sketches: Sequence[Sketch],
    copies: dict[int, list[Article]],
    labels: Labels,
    scored: _Scored,
    table: SentenceTable,
    settings: GroupSettings,
) -> list[Group]:
    links: dict[int, list[Link]] = defaultdict(list)
    inside = np.flatnonzero(
        (labels[scored.left] == labels[scored.right]) & (scored.scores.probability >= settings.link)
    )
    chosen = _best_links(inside, scored, labels)
    aligned = alignment_features(table, scored.left[chosen], scored.right[chosen])[:, 2]
    for at, pair in enumerate(chosen):
        i, j, scores = int(scored.left[pair]), int(scored.right[pair]), scored.scores
        one, other = float(scores.containment_left[pair]), float(scores.containment_right[pair])
        relation = relation_of(max(one, other), float(aligned[at]))
        links[int(labels[i])].append(
            make_link(
                sketches[i],
                sketches[j],
                float(scores.probability[pair]),
                float(scores.jaccard[pair]),
                one,
                other,
                relation,
            )
        )
    members: dict[int, list[Article]] = defaultdict(list)
    for index, article in enumerate(articles):
        label = int(labels[index])
        members[label].append(article)
        for twin in copies[index]:
            members[label].append(twin)
            links[label].append(_exact_link(article, twin))
    return sorted(
        (_group(found, links[label]) for label, found in members.items() if len(found) > 1),
        key=lambda g: g.members[0].id,
    )


def _best_links(inside: Labels, scored: _Scored, labels: Labels) -> Labels:
    """All pairs of small groups; in large ones those that are among the best five of one of their two."""
    sizes = np.bincount(labels, minlength=len(labels))
    small = sizes[labels[scored.left[inside]]] <= _LARGE
    keep = set(inside[small].tolist())
    best: dict[int, list[int]] = defaultdict(list)
    for pair in sorted(inside[~small].tolist(), key=lambda p: (-scored.scores.score[p], p)):
        for end in (int(scored.left[pair]), int(scored.right[pair])):
            if len(best[end]) < _BEST:
                best[end].append(pair)
                keep.add(pair)
    return np.array(sorted(keep), dtype=np.int64)


def _exact_link(one: Article, other: Article) -> Link:
    a, b = sorted((one.id, other.id))
    return Link(
        a=a, b=b, relation="exact", score=1.0, jaccard=1.0, containment_a=1.0, containment_b=1.0, shared=()
    )


def _group(members: Sequence[Article], links: Iterable[Link]) -> Group:
    """A group whose origin is not known yet."""
    ordered = tuple(sorted(links, key=lambda link: (-link.score, link.a, link.b)))
    names = sorted(article.id for article in members)
    return Group(
        id=_identity("g", names),
        members=tuple(Member(name, _role(name, None, ordered)) for name in names),
        links=ordered,
        origin=Origin(None, "low", ()),
    )


def _completed(
    group: Group, drifts: Mapping[str, int], across: Across, changes: Mapping[str, tuple[CrossFinding, ...]]
) -> Group:
    """The group with its origin, the roles that follow from it, and its findings.

    changes: the findings of groups that stand whole in a story. Another group is looked at as a story is, too: its drift would
    be lost.
    """
    articles = [across.articles[member.id] for member in group.members]
    findings = changes.get(group.id)
    if findings is None:
        findings = across.findings(articles, "group") + across.findings(articles, "story")
        _forget(articles)
    origin = find_origin(articles, group.links, drifts)
    return struct_replace(
        group,
        origin=origin,
        members=tuple(Member(m.id, _role(m.id, origin.document, group.links)) for m in group.members),
        findings=findings,
    )


def _role(name: str, origin: str | None, links: Sequence[Link]) -> Role:
    if name == origin:
        return "likely-origin"
    mine = [link for link in links if name in (link.a, link.b)]
    to_origin = [link for link in mine if origin in (link.a, link.b)] or mine
    relations = {link.relation for link in to_origin}
    if not relations or relations & {"exact", "copy"}:
        return "copy"
    return "partial" if "partial" in relations else "rewrite"


def _forget(articles: Iterable[Article]) -> None:
    for article in articles:
        article.forget()


def _is_backed(finding: CrossFinding) -> bool:
    """Whether two other documents agree against the odd one; one against one says nothing of who is right."""
    return len({place.document for place in finding.places} - {finding.places[0].document}) > 1


def _identity(kind: str, names: Sequence[str]) -> str:
    return kind + hashlib.sha256("\n".join(names).encode("utf-8", "replace")).hexdigest()[:12]


def _stories(
    articles: Sequence[Article],
    sketches: Sequence[Sketch],
    copies: dict[int, list[Article]],
    pool: Pool,
    groups: Sequence[Group],
    across: Across,
    settings: GroupSettings,
    changes: dict[str, tuple[CrossFinding, ...]],
) -> tuple[Story, ...]:
    """The stories, and in `changes` the findings of the groups that stand whole in one: while the views of its articles are there."""
    labels = story_labels(sketches, pool, settings.window_days)
    members: dict[int, list[int]] = defaultdict(list)
    for index, label in enumerate(labels.tolist()):
        members[label].append(index)
    group_of = {member.id: group for group in groups for member in group.members}
    texts = [article.text for article in articles]
    stories = []
    for _, found in sorted(members.items()):
        everyone = [a for index in found for a in (articles[index], *copies[index])]
        if len(everyone) < 2:
            continue
        names = sorted(article.id for article in everyone)
        words = common_words(pool, sketches, found, texts)
        inside = {group_of[name].id: group_of[name] for name in names if name in group_of}
        stories.append(
            Story(
                id=_identity("s", names),
                documents=tuple(names),
                groups=tuple(sorted(inside)),
                evidence=(f"most share the rare words {', '.join(words)}",) if words else (),
                findings=across.findings([articles[index] for index in found], "story"),
            )
        )
        for group in inside.values():
            members_of = [across.articles[member.id] for member in group.members]
            if {article.id for article in members_of} <= set(names):
                changes[group.id] = across.findings(members_of, "group")
        _forget(everyone)
    return tuple(sorted(stories, key=lambda story: story.documents))
