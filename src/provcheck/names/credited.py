"""Names of people in credit lines: lists such as "A in Paris, B, C and D; editing by E"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile

from provcheck.lexicon.agencies import find_agencies
from provcheck.lexicon.calendar import ENGLISH_MONTHS
from provcheck.model import BylineRole
from provcheck.resources import read_words

_PARTICLE = (
    r"(?:von|van|der|den|de|dela|del|della|di|da|dos|das|do|du|la|las|los|le|el|al|bin|binti|bint|ibn|ben|abu|ap|ab|wa|y|e|und|zu|zur|ter|ten|te"
    r"|af|av|st\.?)"
)
_TOKEN = r"(?!And )(?:[A-Z]\.(?:-?[A-Z]\.)*|Ma\.|(?:[ODdl]['’]|[Aa]l-|[Ee]l-|ka|de(?=[A-Z]))?[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’\-‑][^\W\d_]+)*)"
_JOINED = rf"[ \u00a0](?:{_PARTICLE}[ \u00a0])*{_TOKEN}"
NAME = re.compile(rf"{_TOKEN}(?:{_JOINED}){{0,4}}")
NAME_RUN = re.compile(
    rf"{_TOKEN}(?:{_JOINED}){{0,9}}"
)  # of running text: offices, countries and bodies stand before a name

_STATES = (  # of two words, which could be a person's name
    "Rhode Island|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|West Virginia|British Columbia|Nova Scotia|Northern Ireland"
    "|New South Wales|(?:Western|South) Australia"
)
_PLACE = re.compile(
    r"(?<!\w)(?:in|at|from|aus|en|à|em|a)\s+(?:the\s+)?[^\W\d_a-z][\w.'’\-]*(?:\s+(?:of\s+|de\s+)?[^\W\d_a-z][\w.'’\-]*)*"
    rf"(?:,\s+(?:{_STATES})\b)?"
)
_FULL_STOP = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMa)(?<!\bMrs)(?<!\bProf)(?<!\bRev)(?<!\bGen)(?<!\bCol)(?<!\bJr)(?<!\bSr)(?<!\bSt)\.\s"
)  # nor the one of an initial
_PICTURES = re.compile(
    r"\b(?:(?:photo(?:graph)?s?|photography|pictures|graphics?|video|illustrations?) by|fotos? (?:di|de|von|van|por)|bilder von|photos? de)\b[^;]*",
    re.I,
)
_AND = re.compile(r" (?:[ye]|[Aa]nd|AND|[YE]|und|UND|et|ET) (?=[A-Z])")
_INSTITUTE = re.compile(
    r"\b(?:Universit\w+|Institute|College|School|Academy|Faculty|Department) (?:of|for|de|d'|di|für) (?:the )?[^\W\d_a-z]\w+(?: (?:and )?[^\W\d_a-z]\w+)*"
    r"|(?:[^\W\d_a-z][\w.'’-]+ )+(?:University|Institute|College|School|Academy)\b"
)  # where an author teaches
_BEHIND_DASH = re.compile(
    r"(?<=, )[^,;—–\n]{3,40} — [^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+)?$"
)  # "…, TV Vale — Campo Velho"
_GLUED = re.compile(r"By(?=[A-Z])")
_OPENS = r"(?:(?<!\w)|(?<=(?-i:[a-z]))(?=(?-i:[A-Z])))"  # of a cue, which may be glued to a name: "LawderEditing by"
_ROLE = re.compile(r" (?:correspondent|reporter|editor|writer|columnist)s?\b", re.I)
_WORD = re.compile(r"[^ \u00a0]+")
_OWNER = re.compile(r".*['’]s ")
_FOR = re.compile(r"\b(?:[Ff]or|[Ss]pecial to)(?: the| The)? $")  # an outlet


@dataclass(frozen=True)
class _Words:
    """The words of rules/lists/credits.yaml; `cue` has a group for each role, in order."""

    cue: re.Pattern[str]
    roles: tuple[BylineRole, ...]
    not_names: frozenset[str]
    titles: frozenset[str]
    desk_words: frozenset[str]
    outlet_words: frozenset[str]
    newsrooms: frozenset[str]
    outlets_of_desks: frozenset[str]
    news_houses: frozenset[str]

    def role(self, cue: re.Match[str]) -> BylineRole:
        return self.roles[int(str(cue.lastgroup)[1:])]


@cache
def _words() -> _Words:
    told = dict(read_words("credits"))
    cues = told.pop("cues")
    cue = "|".join(rf"(?P<r{i}>{_OPENS}(?:{'|'.join(each)})(?!\w):?)" for i, each in enumerate(cues.values()))
    return _Words(re.compile(cue, re.I), tuple(cues), **{k: frozenset(v.split()) for k, v in told.items()})


@dataclass(frozen=True, slots=True)
class CreditedName:
    """A name in a credit line, its role there, and its span in the text that was parsed."""

    name: str
    role: BylineRole
    start: int
    end: int


def parse_credit(text: str, default: BylineRole = "author") -> Iterator[CreditedName]:
    """Names with roles in a sign-off or byline, left to right.

    Cues ("Additional reporting by", "Editing by", "redigiert von") set the role of the names after them, up to
    the next cue. Places ("in Shanghai") and desks ("Staff Reporter") are not names.
    """
    for aside in (_PICTURES, _INSTITUTE, _BEHIND_DASH):
        text = aside.sub(lambda match: " " * len(match.group()), text)
    role, position = default, 0
    cues = [(match.start(), match.end(), _words().role(match)) for match in _words().cue.finditer(text)]
    places = [  # "with files from ‹name›": the "from" of a cue leads to no place
        (start, end)
        for start, end in (match.span() for match in _PLACE.finditer(text))
        if not any(
            first <= start < last and text[first : first + 4].lower() == "with" for first, last, _ in cues
        )
    ]
    cues.append((len(text), len(text), default))
    for start, end, next_role in cues:
        yield from _names_between(text, position, start, role, places)
        # "A and B in Berlin, editing by C": a bare "by" after another cue does not change the role
        role, position = (role if next_role == "author" and position else next_role), end


def _names_between(
    text: str, start: int, end: int, role: BylineRole, places: list[tuple[int, int]]
) -> Iterator[CreditedName]:
    full_stop = _FULL_STOP.search(text, start, end)
    for match in NAME.finditer(text, start, full_stop.start() if full_stop else end):
        if any(a < match.end() and match.start() < b for a, b in places):
            before = [b for a, b in places if a < match.end() and match.start() < b]
            if match.start() < max(before):
                continue
        if _FOR.search(text, 0, match.start()):
            continue
        owner = _OWNER.match(match.group())  # "CNN’s David Wright"
        start_of_name = match.start() + (owner.end() if owner else 0)
        for first, last in _two_names(text, start_of_name, match.end()):
            span = _person_in(text, first, last)
            if span is not None:
                yield CreditedName(text[slice(*span)].replace("\u00a0", " "), role, *span)


def _without_titles(found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Words with their spans from the first one on that can be a name's."""
    known = _words()
    return list(dropwhile(lambda word: word[0] in known.not_names or word[0] in known.titles, found))


def _person_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name in a run of capitalised words, without titles before it and without the desk, agency or outlet behind it."""
    known = _words()
    if _GLUED.match(text, start, end):
        start += 2
    found = [(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    if [word for word, *_ in found[:2]] == ["tan", "sri"]:  # alone, each is a name
        del found[:2]
    found = _without_titles(found)
    named = [m for m in find_agencies(text, found[0][1], end) if text[m.start].isupper()] if found else []
    if named and named[0].start == found[0][1]:  # "Associated Press Writer Ana Brandt"
        first = named.pop(0)
        found = _without_titles([word for word in found if word[1] >= first.end])
    if not found:
        return None
    agency = named[0].start if named else end
    words = [word for word, first, _ in found if first < agency]
    stop = next(
        (
            at
            for at, word in enumerate(words)
            if word in known.not_names or (at > 1 and word in ENGLISH_MONTHS)
        ),
        None,
    )
    if stop is not None:
        while stop > 2 and words[stop - 1] in (
            known.news_houses if words[stop] == "news" else known.desk_words
        ):
            stop -= 1
        words = words[:stop]
    elif _ROLE.match(text, end):
        while len(words) > 2 and words[-1] in known.desk_words:
            words.pop()
    while words and words[-1] in ("e", "y", "et", "und"):  # of a name and its agency
        words.pop()
    if (
        len(words) < 2
        or words[0] in known.outlets_of_desks
        or words[-1] in known.outlet_words
        or known.newsrooms.intersection(words)
    ):
        return None
    last = found[len(words) - 1][2]
    return found[0][1], last + (words[-1] in ("jr", "sr") and text[last : last + 1] == ".")


def _two_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A name, or the two full names that "y" or "e" joins: "Lucía Ferrán y Jorge Olmedilla", not "Ortega y Gasset"."""
    both = _AND.search(text, start, end)
    if both and " " in text[start : both.start()] and " " in text[both.end() : end]:
        return [(start, both.start()), (both.end(), end)]
    return [(start, end)]
