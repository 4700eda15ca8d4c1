"""Names of people in credit lines: lists such as "A in Paris, B, C and D; editing by E"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.agencies import find_agencies
from provcheck.model import BylineRole

_PARTICLE = (
    r"(?:von|van|der|den|de|dela|del|della|di|da|dos|das|do|du|la|las|los|le|el|al|bin|binti|bint|ibn|ben|abu|ap|ab|wa|y|e|und|zu|zur|ter|ten|te"
    r"|af|av|st\.?)"
)
_TOKEN = r"(?:[A-Z]\.(?:-?[A-Z]\.)*|Ma\.|(?:[ODdl]['’]|[Aa]l-|[Ee]l-|ka)?[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’\-‑][^\W\d_]+)*)"
NAME = re.compile(rf"{_TOKEN}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0])*{_TOKEN}){{0,4}}")

_CUES: tuple[tuple[str, BylineRole], ...] = (
    (
        r"(?:with |and )?(?:additional|extra|further|other) (?:reporting|coverage|report)(?: by| from)?"
        r"|with (?:a |additional )?reports? (?:by|from)|with inputs? from|with (?:assistance|files) (?:by|from)|reporting was contributed by|contributing"
        r"|weitere(?:r)? bericht(?:e)? von|reportage supplémentaire de|(?:con )?(?:reporte|información) adicional de"
        r"|reportagem adicional (?:de|por)",
        "additional-reporting",
    ),
    (
        r"report(?:ing|ed) and (?:writing|written) by|to contact the reporters? on this story"
        r"|(?:report(?:ing|ed|s|age)?|coverage|covered)(?: by| from| de)?|bericht(?:et)? von|reporte de|información de"
        r"|reportagem (?:de|por)|servizio di",
        "reporting",
    ),
    (
        r"(?:writing|written|compiled|text|adapted|translated)(?: and (?:compiled|translated))?(?: by)?"
        r"|geschrieben von|écrit par|version française(?: de)?|escrito por|traducido por|scritto da|texto de",
        "writing",
    ),
    (
        r"(?:edit(?:ing|ed)|editor|copy[- ]edit(?:ing|ed))(?: by)?|redigiert von|édité par|editado (?:por|en español por)"
        r"|edição (?:de|por)|edición de|a cura di",
        "editing",
    ),
    (r"by|^(?:von|par|por|di|de)", "author"),
)
_CUE = re.compile(
    "|".join(rf"(?P<r{i}>(?<!\w)(?:{pattern})(?!\w):?)" for i, (pattern, _) in enumerate(_CUES)), re.I
)
_PLACE = re.compile(
    r"(?<!\w)(?:in|at|from|aus|en|à|em|a)\s+(?:the\s+)?[^\W\d_a-z][\w.'’\-]*(?:\s+(?:of\s+|de\s+)?[^\W\d_a-z][\w.'’\-]*)*"
)
_FULL_STOP = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMa)(?<!\bMrs)(?<!\bProf)(?<!\bRev)(?<!\bGen)(?<!\bCol)(?<!\bJr)(?<!\bSr)(?<!\bSt)\.\s"
)  # nor the one of an initial
_PICTURES = re.compile(
    r"\b(?:photo(?:graph)?s?|photography|pictures|graphics?|video|illustrations?) by\b.*", re.I | re.S
)
_AND = re.compile(r" (?:[ye]|AND|[YE]|und|UND|et|ET) (?=[A-Z])")
_INSTITUTE = re.compile(
    r"\b(?:Universit\w+|Institute|College|School|Academy|Faculty|Department) (?:of|for|de|d'|di|für) (?:the )?[^\W\d_a-z]\w+(?: (?:and )?[^\W\d_a-z]\w+)*"
    r"|(?:[^\W\d_a-z][\w.'’-]+ )+(?:University|Institute|College|School|Academy)\b"
)  # where an author teaches
_GLUED = re.compile(r"By(?=[A-Z])")
_ROLE = re.compile(r" (?:correspondent|reporter|editor|writer|columnist)s?\b")
_WORD = re.compile(r"[^ \u00a0]+")
_OWNER = re.compile(r".*['’]s ")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_NOT_NAMES = frozenset(
    "the a an and staff reporter reporters correspondent correspondents agency agencies desk bureau bureaus news web online "
    "newsroom team editor editors writer writers report reported reporting editing writing our special with for to reuters afp ap pti ani dpa "
    "updated published posted new monday tuesday wednesday thursday friday saturday sunday photo photos graphics graphic video "
    "author words interview text curated contributor contributors columnist journalist producer guest "
    "repórter corresponsal periodista redactor redactora redakteur redakteurin journaliste corrispondente inviato inviata "
    "giornalista jornalista".split()
)
_TITLES = frozenset(
    "dr prof professor sir dame rev fr mr mrs ms miss barr engr alhaji hajia datuk dato maj gen col capt lt brig retd".split()
)
_DESK_WORDS = frozenset(
    "senior chief crime political politics sports sport business health education science technology tech legal court courts local national "
    "international foreign diplomatic investigative digital multimedia environment climate economics economy financial finance arts "
    "entertainment culture consumer community city county state general assistant associate deputy managing executive contributing freelance "
    "breaking regional parliamentary home world africa asia europe social lifestyle features feature night day group".split()
)  # what a reporter reports of: "Crime Correspondent"
_OUTLET_WORDS = frozenset(
    "star times post news herald journal tribune mail press gazette globe telegraph media tv radio magazine chronicle observer figaro monde "
    "guardian express standard today online bloomberg".split()
)


_NEWSROOMS = frozenset(
    "redaktion redacción redaccion redação redacao rédaction redazione redactie agencias agenturen".split()
)
_DESKS = frozenset("pa aap cp upi cnn bbc nbc abc cbs npr".split())  # "PA Political Editor"


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
    text = _PICTURES.sub("", text)
    text = _INSTITUTE.sub(lambda match: " " * len(match.group()), text)
    role, position = default, 0
    cues = [
        (match.start(), match.end(), _CUES[int(str(match.lastgroup)[1:])][1]) for match in _CUE.finditer(text)
    ]
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
        owner = _OWNER.match(match.group())  # "CNN’s David Wright"
        start_of_name = match.start() + (owner.end() if owner else 0)
        for first, last in _two_names(text, start_of_name, match.end()):
            span = _person_in(text, first, last)
            if span is not None:
                yield CreditedName(text[slice(*span)].replace("\u00a0", " "), role, *span)


def _person_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name in a run of capitalised words, without titles before it and without the desk, agency or outlet behind it."""
    if _GLUED.match(text, start, end):
        start += 2
    found = [(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    if [word for word, *_ in found[:2]] == ["tan", "sri"]:  # alone, each is a name
        del found[:2]
    while found and found[0][0] in _NOT_NAMES | _TITLES:
        found.pop(0)
    if not found:
        return None
    agency = next((m.start for m in find_agencies(text, found[0][1], end) if text[m.start].isupper()), end)
    words = [word for word, first, _ in found if first < agency]
    stop = next(
        (at for at, word in enumerate(words) if word in _NOT_NAMES or (at > 1 and word in _MONTHS)), None
    )
    if stop is not None:
        while stop > 2 and words[stop - 1] in _DESK_WORDS:
            stop -= 1
        words = words[:stop]
    elif _ROLE.match(text, end):
        while len(words) > 2 and words[-1] in _DESK_WORDS:
            words.pop()
    while words and words[-1] in ("e", "y", "et", "und"):  # of a name and its agency
        words.pop()
    if len(words) < 2 or words[0] in _DESKS or words[-1] in _OUTLET_WORDS or _NEWSROOMS.intersection(words):
        return None
    last = found[len(words) - 1][2]
    return found[0][1], last + (words[-1] in ("jr", "sr") and text[last : last + 1] == ".")


def _two_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A name, or the two full names that "y" or "e" joins: "Lucía Ferrán y Jorge Olmedilla", not "Ortega y Gasset"."""
    both = _AND.search(text, start, end)
    if both and " " in text[start : both.start()] and " " in text[both.end() : end]:
        return [(start, both.start()), (both.end(), end)]
    return [(start, end)]
