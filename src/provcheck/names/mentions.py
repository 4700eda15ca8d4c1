"""Persons in running text, without a model: capitalised name words with a title, an office or a verb of speech."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from provcheck.lexicon.agencies import agency_named
from provcheck.lexicon.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, SHORT_MONTHS
from provcheck.model import Span
from provcheck.names.credited import NAME_RUN
from provcheck.names.roles import (
    HONORIFICS,
    Office,
    countries,
    has_honorific,
    is_kin_before,
    is_office,
    office_after,
    office_before,
)
from provcheck.resources import read_lines

_SPEECH = (
    "said|says|told|tells|added|adds|warned|wrote|writes|tweeted|posted|stressed|noted|called|calls|asked|urged|insisted|claimed|argued"
    "|announced|declined|denied|confirmed|acknowledged|replied|responded|testified|remarked|explained|stated|vowed|pledged|met|meets"
    "|spoke|agreed|expressed|described|believes|thinks|welcomed|highlighted|reiterated|arrived|visited|travelled|traveled|resigned|won|lost"
)
_AFTER = re.compile(
    rf"(?:,? (?:who|whose|\d{{2}},)|,? (?:also |has |had |have |later |then )?(?:{_SPEECH})\b|,? aged? \d|['’]s (?:lawyer|wife|husband|office|spokes))"
)
_SPEECH_BEFORE = tuple(f"{word} " for word in "said says told added to wrote warned recalled".split())
_SAID_BEFORE = re.compile(r"\b(?:said|says|told|added|according to|wrote|warned|recalled) $")
_STOP = frozenset((*ENGLISH_MONTHS, *SHORT_MONTHS, *ENGLISH_WEEKDAYS)) | frozenset(
    """the a an and or but if in on at by for from to of with as it its he she they we you i his her their our my this that these those there here
    when while after before since because although though during under over about against between both each all some many most more
    no not yes what who whom whose which where why how then now today tomorrow yesterday also even only just still once last next
    god christmas easter internet twitter facebook instagram covid islam muslim christian jewish hindu buddhist
    north south east west northern southern eastern western central new old great upper lower saint st
    however meanwhile according despite instead moreover furthermore nevertheless nonetheless additionally earlier later separately
    photo image file read see watch related source published updated copyright breaking live video editor
    republican republicans democrat democrats democratic conservative labour liberal tory congress senate parliament pentagon
    one two three four five six seven eight nine ten first second third several another other others such very""".split()
)
_THINGS = frozenset(
    """ministry department office agency bank university college school hospital institute party council court police army navy force forces
    company corp corporation inc ltd group holdings association federation union league club committee commission board foundation society
    house street avenue road square park river lake sea ocean bay gulf strait island islands mountain valley city town county state states province district
    republic kingdom nations organization organisation times post news daily journal press media network television radio airport airlines airways
    stadium church temple mosque museum centre center station bridge tower summit conference forum games cup championship award prize act bill law
    war peace treaty agreement pact plan day week month year street guesthouse hall palace hotel building project programme program fund service services
    security defence defense defense intelligence affairs health education finance treasury interior justice energy trade commerce agriculture
    administration government authority bureau secretariat embassy consulate mission operation front movement brigade brigades battalion""".split()
)
_BEFORE_NAMES = HONORIFICS | {
    "state",
    "department",
    "house",
    "foreign",
    "prime",
    "vice",
    "defence",
    "defense",
}
_POSSESSIVE = re.compile(r"['’]s$")
_LONGEST = 200  # code points of a run of name words
_COMMON, _HONORIFIC, _THING, _OFFICE, _OWNER, _BEFORE = 1, 2, 4, 8, 16, 32  # flags of `_kind`


class Mention(NamedTuple):
    """One place where a name stands; offsets are of the whole text."""

    name: str
    start: int
    end: int
    office: Office | None
    marked: bool  # an honorific, an office or a verb of speech says that this is a person


@dataclass(frozen=True)
class Person:
    """One person of one document: the fullest name, and every mention, full or by surname."""

    name: str
    mentions: tuple[Mention, ...]

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        return tuple(m.office for m in self.mentions if m.office is not None)


@dataclass
class _Gathering:
    """Persons of a document while it is read."""

    full: dict[str, list[Mention]] = field(default_factory=dict)
    alone: dict[str, list[Mention]] = field(default_factory=dict)


def find_names(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of the name-like runs of capitalised words in the given spans (paragraphs) of a text."""
    for start, end in spans:
        for match in NAME_RUN.finditer(text, start, end):
            yield match.span()


def find_mentions(text: str, names: Iterable[Span], paragraphs: Sequence[Span]) -> Iterator[Mention]:
    """The mentions among name-like runs (of `find_names` over the paragraphs); places and organisations are left out."""
    inside = iter(paragraphs)
    first, last = next(inside, (0, 0))
    for start, end in names:
        while start >= last:
            first, last = next(inside)
        yield from _mention(text, start, end, first)


def _mention(text: str, start: int, end: int, paragraph: int) -> Iterator[Mention]:
    bare = _bare(text[start:end]) if end - start <= _LONGEST else None  # no name: a heading, a table
    if bare is None:
        return
    skipped, name = bare
    offset = start + skipped
    stop = offset + len(name)
    before = text[max(paragraph, offset - 90) : offset]
    after = text[stop : stop + 80]
    office = office_before(before) or office_after(after)
    marked = office is not None or has_honorific(before) or is_kin_before(before)
    if not marked and (_AFTER.match(after) or _speaks_before(before)):
        marked = " " in name or name not in _cities()
    yield Mention(name, offset, stop, office, marked)


@lru_cache(1 << 16)
def _bare(run: str) -> tuple[int, str] | None:
    """The name in a run of capitalised words and where it starts, titles aside; None for what is no person's."""
    words = run.replace("\u00a0", " ").split(" ")
    kinds = [_kind(word) for word in words]
    skipped = _titles_before(kinds)
    stop = len(words)
    while stop > skipped and kinds[stop - 1] & (_COMMON | _HONORIFIC):
        stop -= 1
    if (
        stop == skipped
        or stop - skipped > 4
        or any(kind & (_COMMON | _THING) for kind in kinds[skipped:stop])
    ):
        return None
    name = _POSSESSIVE.sub("", " ".join(words[skipped:stop]))
    if len(name) < 3 or (name.isupper() and stop - skipped == 1) or agency_named(name) is not None:
        return None
    return sum(map(len, words[:skipped])) + skipped, name


def _speaks_before(before: str) -> bool:
    return before.endswith(_SPEECH_BEFORE) and _SAID_BEFORE.search(before) is not None


def _titles_before(kinds: list[int]) -> int:
    """How many leading words are titles, offices, countries and the like, not the name; by the kinds of the words."""
    skipped = 0
    for index, kind in enumerate(kinds[:-1]):
        if kind & (_OFFICE | _OWNER):
            skipped = index + 1  # "Foreign Minister Qin Gang", "UNICEF’s Catherine Russell"
    while skipped < len(kinds) and kinds[skipped] & (_COMMON | _BEFORE):
        skipped += 1
    return skipped


@lru_cache(1 << 16)
def _kind(word: str) -> int:
    """What a capitalised word can be besides a part of a name, as flags."""
    plain = _plain(word)
    return (
        _COMMON * (plain in _STOP or plain in countries())
        | _HONORIFIC * (plain in HONORIFICS)
        | _THING * (plain in _THINGS)
        | _OFFICE * is_office(plain)
        | _OWNER * (_POSSESSIVE.search(word) is not None)
        | _BEFORE * (plain in _BEFORE_NAMES)
    )


@cache
def _cities() -> frozenset[str]:
    return frozenset(word for line in read_lines("cities.txt") for word in line.split())


def is_place(word: str) -> bool:
    """Whether a capitalised word is a known city, state or body, not a person."""
    return word in _cities() or _plain(word) in countries()


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word).strip(".,’'").casefold()


def gather_persons(mentions: Iterable[Mention]) -> tuple[Person, ...]:
    """Persons of a document, from its mentions in order of place, in order of their first mention.

    A full name counts when one of its mentions, or of its surname's, is marked as a person. A surname alone
    belongs to the person mentioned last before it whose first or last name word it is. Marked surnames that
    belong to nobody are persons with one word for a name.
    """
    gathered = _Gathering()
    recent: dict[str, str] = {}
    for mention in mentions:
        words = mention.name.split(" ")
        if len(words) > 1:
            gathered.full.setdefault(mention.name, []).append(mention)
            recent[words[0]] = recent[words[-1]] = mention.name
        elif mention.name in recent:
            gathered.full[recent[mention.name]].append(mention)
        else:
            gathered.alone.setdefault(mention.name, []).append(mention)
    _tie_early_surnames(gathered)
    persons = [
        Person(name, tuple(mentions))
        for name, mentions in (*gathered.full.items(), *gathered.alone.items())
        if any(mention.marked for mention in mentions)
    ]
    return tuple(sorted(persons, key=lambda person: person.mentions[0].start))


def _tie_early_surnames(gathered: _Gathering) -> None:
    """Surnames that stand before the full name (in a heading) belong to the one person who bears them."""
    owners: dict[str, list[str]] = defaultdict(list)
    for full in gathered.full:
        words = full.split(" ")
        for word in {words[0], words[-1]}:
            owners[word].append(full)
    for alone in list(gathered.alone):
        if len(owners[alone]) == 1:
            owner = owners[alone][0]
            mentions = gathered.full[owner] + gathered.alone.pop(alone)
            gathered.full[owner] = sorted(mentions, key=lambda mention: mention.start)
