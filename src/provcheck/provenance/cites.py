"""Outlets that a text attributes facts to: "Nikkei Asia reported", "according to Reuters", "told the BBC"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from provcheck.article import Article
from provcheck.lexicon.agencies import agency_named, alternation
from provcheck.model import Credit
from provcheck.provenance.outlets import is_own_name, known_outlets, outlets_in, small_outlets
from provcheck.resources import read_words
from provcheck.text.patterns import Hit, Pattern
from provcheck.text.spans import merge_spans

_OF = r"[’'”\"]?(?:'s|’s)? ?(?:[Nn]ews (?:[Aa]gency|[Ss]ite|[Ww]ebsite|[Oo]utlet|[Cc]hannel|[Ss]ervice|[Pp]ortal)|Agency|news|newspaper|magazine|television|TV|radio|network|website|channel|broadcaster)?,?(?: on \w+day)?(?: that| which)?,? ?(?:citing [^.;“”\"]{3,50}, )?"
_CHAINED = re.compile(
    r"[\"”’]?,? (?:and |or )?(?:the )?(?:(?:[\w-]+ ){0,2}(?:publication|outlet|newspaper|site|magazine|agency|broadcaster|channel|daily|paper|website|network) )?[\"“‘]?$|, $"
)
_BETWEEN_ABROAD = r"(?:\s(?:(?-i:[^\W\d_A-ZÀ-Þ][\w-]*)(?: |['’])){0,4}|['’])[«„“\"'‘]?$"
_WHO = r", (?:an?|the|which|whose) [^.;“”\"]{3,70}, "  # "Independent Arabia, the Arabic version of the paper, said"
_INTRODUCES = re.compile(
    r"(?:^|\n)\W*(?:from|via|in)(?: the)? $", re.I
)  # a line of its own before a quote: "From Coast News:"
_COLON_ENDS = re.compile(r" ?:\s*(?:\n|$)")
_OWNER = re.compile(r".*['’]s ")
_REACH = 90  # characters before a name that may attribute something to it


@dataclass(frozen=True)
class _Names:
    """What has the shape of an outlet's name, and which of that is none, or is not cited; see rules/lists/outlet-names.yaml."""

    shapes: str
    kind_before: re.Pattern[str]
    no_outlet: re.Pattern[str]
    no_name: re.Pattern[str]
    part_of: re.Pattern[str]
    opener: re.Pattern[str]
    given: re.Pattern[str]
    employed: re.Pattern[str]
    spoken_of: re.Pattern[str]


@cache
def _names() -> _Names:
    listed = {kind: "|".join(patterns) for kind, patterns in read_words("outlet-names").items()}
    return _Names(
        shapes=listed["shapes"].replace("{kinds}", listed["kinds"]),
        kind_before=re.compile(rf"^(?:{listed['kinds']}),? [“„«\"'‘]?(?=\w)"),
        no_outlet=re.compile(listed["no_outlets"]),
        no_name=re.compile(rf"(?:{listed['no_names']})$"),
        part_of=re.compile(rf" (?:{listed['parts']})\b"),
        opener=re.compile(rf"(?:{listed['openers']})(?: the| The)? (?=[A-Z])"),
        given=re.compile(rf"^(?!wrote|writes|said).*\b(?:{listed['given']})\b|[£$€] ?\d", re.S),
        employed=re.compile(rf"\b(?:{listed['employed']})\b[^.;]{{0,40}}\b(?:{listed['outlets']})\b[^.;]*$"),
        spoken_of=re.compile(rf"\b(?:{listed['spoken_of']})(?: the)? $"),
    )


@dataclass(frozen=True)
class _Grammar:
    """How a language attributes: what names an outlet, and what stands before and after the name of one that is cited."""

    outlet: Pattern
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _grammar(language: str) -> _Grammar:
    """The grammar of a language, two letters; that of English for those that rules/lists/cites.yaml lacks."""
    words = read_words("cites")
    told = words.get(language, words["en"])
    if "telling" in told:
        return _english(told)
    before = rf"(?<!\w)(?:{'|'.join(told['before'])})(?!\w){_BETWEEN_ABROAD}"
    after = rf"[»“\"]?,? (?:{'|'.join(told['after'])})(?!\w)"
    names = _outlet("|".join([_names().shapes, *told["names"]]))
    return _Grammar(names, re.compile(before, re.I), re.compile(after, re.I))


def _english(words: Mapping[str, list[str]]) -> _Grammar:
    told = {kind: "|".join(patterns) for kind, patterns in words.items()}
    telling = rf"\b(?:{told['telling']})(?: [^.;:!?,“”\"()\n]{{0,40}})? (?:to|with|in|on|at|by)"
    kinds = rf"(?:(?:{told['kinds']})[ ,]+){{0,5}}(?:(?:[\w.'’-]+ ){{0,4}}(?:{told['named_kinds']}) )?(?:[A-Z]\w+(?:(?:'s|’s)|ish|ch|an|ese|i) )?(?:[A-Z]\w+-)?"
    says = rf"(?:(?:{told['adverbs']}) )*(?:{told['after']})\b"
    return _Grammar(
        _outlet(_names().shapes),
        re.compile(rf"(?i:{told['before']}|{telling}) {kinds}$"),
        re.compile(rf"(?:{_OF}|{_WHO}){says}|(?:{told['reports']})"),
    )


@cache
def _outlet(shapes: str) -> Pattern:
    """Every agency, outlets with a small first letter, and names that say themselves what they are."""
    small = "|".join(re.escape(name) for name in small_outlets())
    return Pattern(rf"(?:[Tt]he )?\b(?:{alternation()}|{small}|{shapes})\b")


def find_cites(article: Article, own: Container[str] = ()) -> Iterator[Credit]:
    """The first mention of each outlet that the body cites, in the order of the text.

    `own` are agencies whose text this is: an agency does not cite itself, nor does the outlet ("told CBN News" on cbn.example).
    """
    seen: set[str] = set()
    grammar = _grammar(article.language.code[:2])
    body = merge_spans((line.start, line.end) for line in article.body)
    hits = [_without_opener(article.text, hit) for hit in outlets_in(article.text, grammar.outlet)]
    starts = [hit.start for hit in hits]
    for start, end in body:
        inside = [
            Hit(hit.start - start, hit.end - start, {})
            for hit in hits[bisect_left(starts, start) : bisect_left(starts, end)]
            if hit.end <= end
        ]
        for hit, evidence in _attributed(article.text[start:end], inside, grammar) if inside else ():
            name = article.text[start + hit.start : start + hit.end].removeprefix("the ")
            owner = _OWNER.match(name)
            if owner and name not in known_outlets():  # "Jordan’s Al-Bahr TV"
                name = name[owner.end() :]
            name = _names().kind_before.sub("", name)
            key = name.casefold().removeprefix("the ")
            agency = agency_named(name) or agency_named(name.removeprefix("The "))
            known = {key, agency.name.casefold()} if agency else {key}
            if (
                not seen.isdisjoint(known)
                or any(each.endswith(f" {key}") for each in seen)  # "the Post" of the Washington Post
                or _names().no_outlet.fullmatch(key)
                or (agency and agency.name in own)
                or is_own_name(key, article.outlet)
            ):
                continue
            seen |= known
            yield Credit(name, start + hit.end - len(name), start + hit.end, evidence.strip())


def _without_opener(text: str, hit: Hit) -> Hit:
    """The name without the word before it that opens a sentence: "Via Coast News"."""
    opener = (
        None
        if text[hit.start : hit.end] in known_outlets()
        else _names().opener.match(text, hit.start, hit.end)
    )
    return Hit(opener.end(), hit.end, {}) if opener else hit


def _attributed(text: str, hits: Sequence[Hit], grammar: _Grammar) -> Iterator[tuple[Hit, str]]:
    """The outlets that a text attributes something to, and the words that do so; of a list ("A, B and C reported") all."""
    names = _names()
    waiting: list[Hit] = []
    cited_until = -1
    for hit in hits:
        if names.part_of.match(text, hit.end) or names.no_name.search(text, hit.start, hit.end):
            continue
        if text[hit.end : hit.end + 1] == "-" or text[max(0, hit.start - 1) : hit.start] in ("-", "@", "("):
            continue
        if waiting and not _CHAINED.fullmatch(text[waiting[-1].end : hit.start]):
            waiting = []
        near = text[max(0, hit.start - _REACH) : hit.start]
        before = grammar.before.search(near)
        if before and (names.employed.search(near[: before.end()]) or names.given.search(before.group())):
            before = None
        after = None if before else grammar.after.match(text, hit.end)
        if not before and not after and _INTRODUCES.search(near):
            after = _COLON_ENDS.match(text, hit.end)
        if after and after.group().startswith(":") and names.spoken_of.search(near):
            after = None
        chained = 0 <= cited_until <= hit.start and _CHAINED.fullmatch(text[cited_until : hit.start])
        if not before and not after and not chained:
            waiting.append(hit)
            continue
        if after:
            yield from ((each, text[each.start : after.end()]) for each in waiting)
        waiting, cited_until = [], hit.end
        yield hit, (before.group() if before else "") + text[hit.start : after.end() if after else hit.end]
