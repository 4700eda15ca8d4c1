"""The likely origin of a group, from what its members say of themselves and of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.model import Confidence, Link, Origin
from provcheck.provenance.owners import agency_of_outlet
from provcheck.text.dates import parse_instant

# What each piece of evidence weighs.
_EARLIER, _AGENCY_OUTLET, _AGENCY_DATELINE, _SIGN_OFF, _CITED, _WHOLE = 1.0, 2.0, 1.5, 1.0, 1.5, 0.75
_CITES, _CREDITS, _DRIFT, _MOST_DRIFT = -1.0, -0.5, -0.5, -2.0
_POINTED_AT = 3.0  # the head of another member's page names its address as the original's
_CLEAR, _LIKELY = 2.0, 1.0  # by how much the first must lead the second
_LONGER = 0.2  # difference of containments that says which of two is the whole text


@dataclass
class _Case:
    """What speaks for one member, in points and in sentences."""

    points: float = 0.0
    reasons: tuple[str, ...] = ()

    def add(self, points: float, reason: str) -> None:
        self.points += points
        self.reasons += (reason,)


def find_origin(
    members: Sequence[Article],
    links: Sequence[Link],
    drifts: Mapping[str, int],
    kept_for: Mapping[str, str] | None = None,
) -> Origin:
    """The member that the evidence points to, or none; the evidence stands in sentences.

    drifts: how many of a document's names, quotes and figures are the odd ones of the story. kept_for: of documents with the same words, the
    one that was compared for each other one: what is told of its words holds for both.
    """
    kept_for = kept_for or {}
    cases = {article.id: _Case() for article in members}
    _weigh_dates(members, cases)
    _weigh_credits(members, cases)
    _weigh_addresses(members, cases)
    _weigh_containment(links, cases, kept_for)
    for name, case in cases.items():
        many = drifts.get(kept_for.get(name, name), 0)
        if many:
            case.add(
                max(_MOST_DRIFT, _DRIFT * many), f"differs from the others in {many} names, quotes or figures"
            )
    ranked = sorted(cases, key=lambda name: (-cases[name].points, name))
    first, second = cases[ranked[0]], cases[ranked[1]]
    lead = first.points - second.points
    if first.points <= 0 or lead < _LIKELY:
        shown = tuple(f"{name}: {reason}" for name in ranked[:3] for reason in cases[name].reasons)
        return Origin(None, "low", shown or ("nothing tells the members apart",))
    confidence: Confidence = "high" if lead >= _CLEAR else "medium"
    return Origin(ranked[0], confidence, first.reasons)


def _weigh_dates(members: Sequence[Article], cases: Mapping[str, _Case]) -> None:
    """By the moment, where all who tell when tell that: one day of two time zones may be over before the other begins; else by the day."""
    dated = [article for article in members if article.published is not None]
    if len(dated) < 2:
        return
    moments = {article.id: parse_instant(article.document.published) for article in dated}
    told = {name: moment for name, moment in moments.items() if moment is not None}
    if len(told) == len(dated):
        first = min(told.values())
        when = f"{first:%Y-%m-%d %H:%M} UTC"
        early = [name for name, moment in told.items() if moment == first]
    else:
        days = {a.id: told[a.id].date() if a.id in told else a.published for a in dated}
        day = min(day for day in days.values() if day is not None)
        when = day.isoformat()
        early = [name for name, each in days.items() if each == day]
    for name in early if len(early) < len(dated) else ():
        cases[name].add(_EARLIER, f"published first, on {when}")


def _weigh_credits(members: Sequence[Article], cases: Mapping[str, _Case]) -> None:
    outlets = {article.id: agency_of_outlet(article) for article in members}
    named: dict[str, list[int]] = defaultdict(list)
    for at, article in enumerate(members):
        for name in {(article.outlet or "").casefold(), (outlets[article.id] or "").casefold()} - {""}:
            named[name].append(at)
    for article in members:
        case, said = cases[article.id], article.provenance
        own = outlets[article.id]
        if own is not None:
            case.add(_AGENCY_OUTLET, f"stands on the site of an agency, {own}")
        elif said.dateline is not None and said.dateline.agency:
            case.add(_AGENCY_DATELINE, f"its dateline names {said.dateline.agency}")
        elif said.agencies:
            case.add(_CREDITS, f"credits {said.agencies[0].name}")
        if any(byline.role in ("reporting", "editing") for byline in said.bylines):
            case.add(_SIGN_OFF, "has a full sign-off, with reporters or editors")
        cited = {credit.name.casefold() for credit in said.cites}
        for at in sorted({at for name in cited for at in named[name]}):
            other = members[at]
            if other is not article:
                case.add(_CITES, f"cites {other.outlet}, which has the story too")
                cases[other.id].add(_CITED, f"is cited by {article.id}")


def _weigh_addresses(members: Sequence[Article], cases: Mapping[str, _Case]) -> None:
    at = {article.document.url: article.id for article in members if article.document.url}
    for article in members:
        page = article.document.metadata
        for address in (page.original, page.canonical) if page is not None else ():
            other = at.get(address) if address else None
            if other is not None and other != article.id:
                cases[article.id].add(_CITES, f"its page names the address of {other} as the original")
                cases[other].add(_POINTED_AT, f"the page of {article.id} names its address as the original")
                break


def _weigh_containment(
    links: Sequence[Link], cases: Mapping[str, _Case], kept_for: Mapping[str, str]
) -> None:
    whole: dict[str, int] = defaultdict(int)
    for link in links:
        if link.containment_a - link.containment_b > _LONGER:
            whole[link.b] += 1
        elif link.containment_b - link.containment_a > _LONGER:
            whole[link.a] += 1
    for twin, kept in kept_for.items():
        if kept in whole:
            whole[twin] = whole[kept]
    for name, count in sorted(whole.items()):
        if count == max(whole.values()):
            others = "another member has" if count == 1 else f"{count} other members have"
            cases[name].add(_WHOLE, f"contains most of what {others}, and more")
