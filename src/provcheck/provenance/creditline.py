"""Lines that say who wrote an article and when, and nothing else: "Ana Brandt | Coast News | Updated 6 May 2025, 11:20".

Such a line is read part by part: days, times, names, roles, agencies, addresses, and the words between them. Each house puts them in an order
of its own, which patterns of whole lines never exhaust.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from provcheck.lexicon.agencies import alternation
from provcheck.lexicon.background import is_known
from provcheck.model import Span
from provcheck.names.credited import NAME, parse_credit
from provcheck.names.given import is_given_name
from provcheck.provenance.outlets import known_outlets
from provcheck.resources import read_words
from provcheck.text.dates import DATE, DAY_OF_MONTH

MOST_CHARACTERS = 160
_LOUD = (2, 3)  # words of a name in capitals alone
_NAMES = 4  # words of a name that does not begin with a known given name
_LABELS = 3  # outlets, sections, places
_TIME = (
    r"(?:\d{1,2}(?:[:.]\d{2}(?:[:.]\d{2})?|[hH] ?\d{2})(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?)"
    r"(?: ?(?:uhr|uur|hrs?|h)\b)?(?-i:(?: ?\(?\b[A-Z]{2,5}\b(?:[+-]\d{1,2}(?::?\d\d)?)?\)?(?!['’-]\w))?)"
)
_PHOTO = re.compile(
    r"^\W*\([^()]*/[^()]*\)\W*$|/(?:AP|AFP|Reuters|REUTERS|EPA|PA|dpa|Getty Images)\W*$|\b(?:Getty|Shutterstock)\b"
)
_BETWEEN = re.compile(r"[^\w@\"“”„'’‘«»?!&€$£%]+|&|@(?=\s)")
_FILM = re.compile(r"^\W*(?:directors?|directed by|cast|starring)\b", re.I)
_NO_AUTHOR = re.compile(
    r"\b(?:(?:medically )?reviewed|fact[- ]checked|illustrat(?:ions?|ed)|photo(?:s|graphs?|graphy)?|pictures?|images?|art(?:work)?|(?:info)?graphics?|designe?d?"
    r"|video|presented|sponsored|hosted|produced|directed|translated)$",
    re.I,
)  # who is named behind that and "by" made something else, or did not write
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")  # what a page was to fill in
_TITLE_CASE = frozenset("As At By For From How In Into Of On Over The To With After Before And".split())
_STATION = re.compile(r"(?!III$|VIII?$)[A-Z]{3,}")
_DAYS = ("whole_day", "short_day")
_BESIDE = frozenset(
    "ago reading by day_word time short_day whole_day weekday role".split()
)  # parts of a line that stands by an author
_ASIDE = re.compile(r"\([^()]*\)")
_CUED = re.compile(r"\W*(?:by|par|por|von|di|door)\b", re.I)
_GLUED_DAY = re.compile(  # to a name: "Ana BrandtMarch 15, 2019", "Coast Agency22 Aug 2025"
    r"(?<=[^\W\d_])(?:(?<=[a-zß-öø-ÿ])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d)|(?=\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}))"
)
_OTHER = r"[^\W\d_][\w'’-]*"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What a line says.

    names: spans of the runs of names of those who wrote, each with the word before it ("by"). day: whether it tells one. role: whether it
    tells what somebody is. agency: whether it names one. alone: whether it is nothing but names, which may be anybody's.
    """

    names: tuple[Span, ...]
    day: bool
    role: bool
    agency: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    start: int
    end: int


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The parts of a line, the first that matches; and the words of no person's name."""
    told = read_words("credit-lines")
    words = {kind: "|".join(f"(?:{each})" for each in patterns) for kind, patterns in told.items()}
    others = words.pop("not_persons")
    parts = {
        "address": r"\S+@\S+\.\w+|@\w{2,30}",
        "ago": words["ago"],
        "reading": words["reading"],
        "whole_day": DATE.pattern,
        "short_day": rf"{DAY_OF_MONTH}|\d{{1,2}}[./]\d{{1,2}}[./]\d\d",
        "time": _TIME,
        "agency": rf"(?-i:{alternation()})",
        "weekday": rf"(?:{words['weekday']})\.?",
        "role": words["role"],
        "editing": words["editing"],
        "by": words["by"],
        "source": words["source"],
        "day_word": words["day"],
        "join": words["join"],
        "run": rf"(?-i:{NAME.pattern})",
        "other": _OTHER,
    }
    grammar = "|".join(rf"(?P<{kind}>(?:{pattern})(?!\w))" for kind, pattern in parts.items())
    return re.compile(grammar, re.I), re.compile(rf"(?<!\w)(?:{others})(?!\w)", re.I)


def read_credit_line(text: str, body: str = "", outlet: Container[str] = ()) -> CreditLine | None:
    """What a line says if it says nothing else. None for other lines.

    body: the text of the article: a name that stands in it after "in" is a place's. outlet: names of the outlet, in lower case.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    glued = _GLUED_DAY.search(text)
    if glued:
        at = glued.start()
        said = _read(f"{text[:at]} {text[at:]}", body, outlet)
        return said and replace(
            said, names=tuple((start - (start > at), end - (end > at)) for start, end in said.names)
        )
    said = _read(text, body, outlet)
    if said is None and _CUED.match(text):  # "Par Ana Brandt (Oslo, bureau européen)"
        return _read(_ASIDE.sub(lambda aside: " " * len(aside.group()), text), body, outlet)
    return said


def stands_beside(text: str) -> bool:
    """Whether a line is one of those between which authors stand: "Published", "5 min read", "posted 30 mins ago"."""
    kinds = {part.kind for part in _parts(text)} if len(text) <= MOST_CHARACTERS else set()
    return bool(kinds) and kinds <= _BESIDE


def _read(text: str, body: str, outlet: Container[str]) -> CreditLine | None:
    parts = list(_parts(text))
    kinds = {part.kind for part in parts}
    if not parts or "other" in kinds or _tells_more(text, parts):
        return None
    if _PHOTO.search(text) or _FILM.match(text):
        return None
    credited = list(_credited(text, parts))
    runs = [part for part in parts if part.kind == "run"]
    if sum(not any(a <= part.start < b for a, b in credited) for part in runs) > _LABELS:
        return None
    day = "whole_day" in kinds or {"short_day", "time"} <= kinds
    role, agency, cued = bool(kinds & {"role", "address"}), "agency" in kinds, bool(credited)
    if cued:
        credited = [span for span in credited if _all_persons(text[slice(*span)], day or role or agency)]
    if not cued:
        credited = _first_persons(text, parts, body, outlet)
    if not (
        day
        or credited
        or {"role"} <= kinds <= {"role", "by"}
        or kinds == {"agency"}
        or {"source", "agency"} <= kinds
    ):
        return None
    return CreditLine(
        tuple(credited),
        day,
        role,
        agency,
        not (day or cued or kinds & {"role", "address", "agency", "source"}),
    )


def _tells_more(text: str, parts: list[_Part]) -> bool:
    """Whether words follow a day as what happens on it ("3 May: Harbour Day"), or precede it without a mark ("Harbour Day 3 May")."""
    for one, other in pairwise(parts):
        gap = text[one.end : other.start]
        if one.kind in _DAYS and other.kind == "run" and (":" in gap or gap == " "):
            return True
        if one.kind == "run" and other.kind in _DAYS and gap == ": " and " " not in text[one.start : one.end]:
            return True  # "Reading: 12 April"
        if one.kind == "run" and other.kind in _DAYS and gap == " ":
            words = text[one.start : one.end].split()
            return not (is_given_name(words[0].casefold()) and _may_be_person(words))
    return False


def _parts(text: str) -> Iterator[_Part]:
    grammar, _ = _grammar()
    text, at = _TEMPLATE.sub(lambda m: " " * len(m.group()), text.replace("//", " |")), 0
    while at < len(text):
        between = _BETWEEN.match(text, at)
        if between:
            at = between.end()
            continue
        match = grammar.match(text, at)
        if match is None or match.end() == at:
            yield _Part("other", at, len(text))
            return
        kind, end = str(match.lastgroup), match.end()
        if kind == "run":
            end = _end_of_run(text, match)
            if end < match.end() and not _may_be_person(text[at:end].split()):
                outlet = text[at : match.end()] in _outlets_of_names()
                kind, end = "run" if outlet else "role", match.end()  # "CNB Harbour Reporter"
        yield _Part(kind, at, end)
        if match.lastgroup == "other":
            return
        at = end


@cache
def _outlets_of_names() -> frozenset[str]:
    """Known outlets of two words and more, as they stand behind an author's name."""
    long = [name for name in known_outlets() if " " in name]
    return frozenset((*long, *(name.upper() for name in long)))


def _end_of_run(text: str, run: re.Match[str]) -> int:
    """Where a run of names ends that goes on in a role, a day or an outlet: "Ana Brandt Political correspondent", "Ana Brandt USA TODAY"."""
    grammar, _ = _grammar()
    for at in range(run.start(), run.end()):
        if text[at] == " " and text[at + 1 : run.end()] in _outlets_of_names():
            return at
        if (
            text[at] == " "
            and (next_ := grammar.match(text, at + 1))
            and next_.lastgroup in ("role", "weekday", *_DAYS)
        ):
            return at
    return run.end()


def _credited(text: str, parts: list[_Part]) -> Iterator[Span]:
    """Names after "by": to the last one that "and", a comma or a stroke joins."""
    for at, part in enumerate(parts):
        if part.kind not in ("by", "editing") or at + 1 == len(parts) or parts[at + 1].kind != "run":
            continue
        if _NO_AUTHOR.search(text[: part.start].rstrip()):
            continue
        span = part.start, parts[_last_joined(text, parts, at + 1)].end
        if any(True for _ in parse_credit(text[slice(*span)])):
            yield span


def _first_persons(text: str, parts: list[_Part], body: str, outlet: Container[str]) -> list[Span]:
    """The first run of names of a line without "by", if they are persons'."""
    for at, part in enumerate(parts):
        if part.kind != "run" or (at and parts[at - 1].kind == "source"):  # "via Coast Prose"
            continue
        last = _last_joined(text, parts, at)
        runs = [each for each in parts[at : last + 1] if each.kind == "run"]
        if all(is_person(text[each.start : each.end], body, outlet) for each in runs):
            return [(part.start, parts[last].end), *_further(text, parts[last:], body, outlet)]
        if len(runs) > 1 or not _ends_segment(text, part):
            return []
    return []


def _further(text: str, parts: list[_Part], body: str, outlet: Container[str]) -> Iterator[Span]:
    """More persons, behind bars: "Hafeez Soomro | Mansoor Rind"."""
    for one, other in pairwise(parts):
        bar = text[one.end : other.start].strip()
        if bar != "|" or other.kind != "run" or not is_person(text[other.start : other.end], body, outlet):
            return
        yield other.start, other.end


def _last_joined(text: str, parts: list[_Part], first: int) -> int:
    last = first
    while last + 1 < len(parts):
        near = parts[last + 1]
        gap = text[parts[last].end : near.start].strip()
        if near.kind == "run" and gap in (",", "/", "&"):
            last += 1
        elif (
            near.kind == "join"
            and not gap.strip(",")
            and last + 2 < len(parts)
            and parts[last + 2].kind == "run"
        ):
            last += 2
        else:
            break
    return last


def _ends_segment(text: str, part: _Part) -> bool:
    """Whether a bar, a dot or a dash follows."""
    return re.match(r"\s*[|•·–—/-]|\s{2}", text[part.end :]) is not None


def is_nobody(name: str) -> bool:
    """Whether a name that stands where persons stand is a section's, a desk's or an outlet's: no given name opens it, and its words say so."""
    words = name.split()
    return not is_given_name(words[0].casefold()) and len(words) <= _NAMES and _says_other(words)


def _says_other(words: list[str]) -> bool:
    """Whether a word is a section's or an outlet's, or a station's among words in small letters."""
    _, others = _grammar()
    stations = any(_STATION.fullmatch(word) for word in words) and not all(word.isupper() for word in words)
    return stations or others.search(" ".join(words)) is not None


def _all_persons(credit: str, backed: bool) -> bool:
    """Whether a credit names nobody but persons. backed: a day, a role or an agency of the line says that it is a credit."""
    _, others = _grammar()
    return all(
        not others.search(each.name) if backed else _may_be_person(each.name.split())
        for each in parse_credit(credit)
    )


def _may_be_person(words: list[str]) -> bool:
    """Whether no word is a section's or an outlet's, and they are not all words of the news without a given name among them."""
    return (
        len(words) > 1
        and (len(words) <= _NAMES or is_given_name(words[0].casefold()))
        and _TITLE_CASE.isdisjoint(words)
        and not _says_other(words)
        and (is_given_name(words[0].casefold()) or not all(is_known(word) for word in words))
    )


def is_person(run: str, body: str = "", outlet: Container[str] = ()) -> bool:
    """Whether a run of capitalised words can be the name of one who writes: no section, no place, not the outlet's own."""
    words = run.split()
    if run.isupper() and not (len(words) in _LOUD and is_given_name(words[0].casefold())):
        return False
    if run.casefold() in outlet or not _may_be_person(words):
        return False
    names = [each.name for each in parse_credit(run)]
    if len(names) == 2 and all(is_person(name, body, outlet) for name in names):  # "Ana Brandt e Lea Moll"
        return True
    if names != [run.replace("\u00a0", " ")]:
        return False
    return re.search(rf"\b(?:in|at|from|near|aus|à|en|em|a|te) {re.escape(run)}\b", body) is None
