"""Offices and titles that stand before a name: "Chinese Foreign Minister", "Mr", "spokesman for the army"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from provcheck.resources import read_lines

HONORIFICS = frozenset(
    "rep gov sen gen col lt sgt capt adm pm mp cllr hon mr mrs ms miss mx dr sir dame lord lady prof professor sheikh imam rabbi reverend rev father sister saint".split()
)
_HEADS = (
    "president|minister|premier|chancellor|secretary|governor|mayor|senator|congressman|congresswoman|representative|lawmaker|congressmember|congressmen|secretary-general"
    "|deputy|mp|mep|councillor|councilor|councilwoman|councilman|commissioner|ambassador|envoy|diplomat|consul|spokesman|spokeswoman|spokesperson|spokesmen"
    "|chairman|chairwoman|chair|chairperson|chief|head|director|manager|president-elect|ceo|cfo|founder|co-founder|executive|boss|owner"
    "|general|colonel|major|captain|lieutenant|sergeant|admiral|commander|marshal|officer|inspector|detective|sheriff|constable|superintendent"
    "|judge|justice|attorney|prosecutor|lawyer|solicitor|barrister|magistrate"
    "|king|queen|prince|princess|emperor|emir|sultan|pope|cardinal|bishop|archbishop|priest|ayatollah|cleric|pastor"
    "|professor|doctor|scholar|researcher|scientist|analyst|economist|historian|expert|teacher|engineer|nurse|surgeon"
    "|coach|captain|striker|midfielder|goalkeeper|defender|player|driver|pilot|actor|actress|singer|author|writer|journalist|reporter|correspondent|photographer|editor|anchor"
    "|novelist|poet|painter|sculptor|composer|musician|filmmaker|critic|comedian|architect|philosopher|curator|investor|trader|broker|farmer|fisherman"
    "|astronomer|physicist|chemist|biologist|ecologist|geologist|hydrologist|seismologist|meteorologist|epidemiologist|archaeologist|anthropologist"
    "|sociologist|psychologist|psychiatrist|pathologist|runner|sprinter|cyclist|swimmer|boxer|wrestler|golfer|skier|jockey"
    "|leader|member|activist|adviser|advisor|aide|negotiator|coordinator|candidate|counterpart|official|treasurer|speaker|premier|vice-president|comptroller|administrator"
)
_KIN = frozenset(
    "wife husband spouse widow widower partner fiancée mother father son daughter brother sister uncle aunt nephew niece cousin "
    "grandmother grandfather grandson granddaughter neighbour neighbor friend colleague".split()
)
_OWNERS = frozenset("his her their my our whose".split())
_OFFICES = frozenset(_HEADS.split("|"))
_RANKS = frozenset("prince princess king queen emir sultan general colonel major captain admiral".split())
_BEFORE = re.compile(
    rf"(?<![\w-])(?P<modifiers>(?:[\w.&’'-]+ ){{0,4}}?)(?P<head>(?:{_HEADS}))(?: (?:of|for) (?:the )?(?P<of>[\w&’'-]+(?: [\w&’'-]+){{0,3}}))?,? $",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s?,? (?:(?:the|an|a|its|his|her|their|whose) )?(?P<modifiers>(?:[\w.&’'-]+ ){{0,3}}?)(?P<head>(?:{_HEADS}))(?: (?:of|for) (?:the )?(?P<of>[\w&’'-]+))?\b",
    re.IGNORECASE,
)
_MODIFIER_STOP = frozenset(
    "the a an and of with by to in on at for from as his her their its our former then new top senior chief said told meet met between that while when but who was is late".split()
)
_HONORIFIC = re.compile(r"\b(" + "|".join(sorted(HONORIFICS)) + r")\.? $", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_FULL_STOP = re.compile(r"\w{3,}\.$")  # at the end of a sentence before; not "U.S."


@dataclass(frozen=True, slots=True)
class Office:
    """A role in comparable form: head noun, what narrows it ("foreign"), and the country if one is named."""

    head: str
    narrowed: frozenset[str]
    country: str | None

    def may_be(self, other: Office) -> bool:
        """Whether two phrases can mean one office: same head, same narrowing, no two countries."""
        if self.head != other.head or self.narrowed != other.narrowed:
            return False
        return self.country is None or other.country is None or self.country == other.country


@cache
def countries() -> dict[str, str]:
    """Lower-case country names and adjectives -> the country."""
    table: dict[str, str] = {}
    for line in read_lines("countries.txt"):
        country, _, others = line.partition("|")
        for name in (country, *others.split()):
            table[name.replace("_", " ").casefold()] = country.replace("_", " ")
    return table


def is_office(word: str) -> bool:
    """Whether a lower-case word is an office: "minister", "spokesman"."""
    return word in _OFFICES


def has_honorific(before: str) -> bool:
    """Whether the text just before a name ends in "Mr", "Dr" and the like."""
    return before.endswith(" ") and _HONORIFIC.search(before[-16:]) is not None


def is_kin_before(before: str) -> bool:
    """Whether the text just before a name says whose relative it is: "his wife, "."""
    words = before[-40:].casefold().replace(",", " ").split()[-3:]
    return (
        len(words) > 1 and before.endswith(" ") and words[-1] in _KIN and not _OWNERS.isdisjoint(words[:-1])
    )


def office_before(before: str) -> Office | None:
    """The office that the text just before a name ends in; `before` is at least the last 80 characters."""
    near = before[-90:]
    if _OFFICES.isdisjoint(near.casefold().replace(",", " ").rsplit(None, 8)[-8:]):
        return None  # most names have no office before them: spare the expression
    match = _BEFORE.search(near)
    if match and match["head"].casefold() in _RANKS:  # "Foreign Minister Prince Faisal bin Farhan"
        match = _BEFORE.search(near[: match.start("head")]) or match
    return _office(match) if match else None


def office_after(after: str) -> Office | None:
    """The office in an apposition right after a name: ", the transport minister," (the first 80 characters)."""
    if not after.startswith(","):
        return None
    match = _AFTER.match(after[:80])
    return _office(match) if match else None


def _office(match: re.Match[str]) -> Office | None:
    country, narrowed = _narrowed(match.group("modifiers").split())
    for word in (match.group("of") or "").casefold().split():
        word = _POSSESSIVE.sub("", word)
        if word in ("in", "to", "at", "on", "with", "from", "that", "who"):
            return None
        if word in countries():
            country = countries()[word]
        elif word not in _MODIFIER_STOP:
            narrowed.add(word)
    return Office(match.group("head").casefold(), frozenset(narrowed), country)


def _narrowed(modifiers: list[str]) -> tuple[str | None, set[str]]:
    """The country and the words that narrow an office, of those before it."""
    narrowed = set[str]()
    words = [_POSSESSIVE.sub("", word).casefold() for word in modifiers]
    for at in range(len(words) - 1, -1, -1):
        word, two = words[at], " ".join(words[max(0, at - 1) : at + 1])
        country = countries().get(two) or countries().get(word)
        if country is not None:
            return country, narrowed
        if word in _MODIFIER_STOP or not word or _FULL_STOP.search(modifiers[at]):
            break
        narrowed.add(word)
    return None, narrowed
