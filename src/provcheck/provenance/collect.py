"""From the credit findings of a document to its provenance record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec import UNSET

from provcheck.article import Article
from provcheck.lexicon.agencies import agency_named, find_agencies
from provcheck.model import Byline, BylineRole, Credit, Dateline, DateMark, Provenance, Span
from provcheck.names.credited import parse_credit
from provcheck.provenance.cites import find_cites
from provcheck.provenance.creditline import is_nobody, stands_beside
from provcheck.provenance.outlets import is_own_name, known_outlets
from provcheck.text.dates import find_dates, parse_date
from provcheck.text.sentences import sentence_spans

_AGENCY_CATEGORIES = frozenset({"dateline", "source-credit", "sign-off", "copyright-notice", "byline"})
_CREDIT_WORDS = re.compile(
    r"^\W*(?:(?:file |all )?(?:photo(?:graph)?s?|pictures?|images?|source|credit|via|by|courtesy of|courtesy|photo credit|handout|illustration)\b[\s:/—–-]*)+",
    re.IGNORECASE,
)
_AGENCY_SUFFIX = re.compile(
    r"(?<=\w) (?:[Nn]ews|[Pp]ress) [Aa]gency$"
)  # of agencies that are not in the list
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_SURNAME = rf"{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]+)?"
_SURNAME_REPORTED = re.compile(
    rf"(?:^|[.;] |,? and )\W*(?P<names>{_SURNAME}(?:,? and {_SURNAME}|, {_SURNAME})*) (?:reported from|write for) [^.;]*?"
    rf"(?: and (?P<also>{_CAPITAL}[\w'’-]+) from\b|[.;]|$|(?=,? and {_CAPITAL}[\w'’-]+ reported from))"
)

_CONTRIBUTED = re.compile(r"\bcontributed\b(?! by)")
_WIRE = re.compile(
    r"[A-Z][a-z]+"
)  # a wire signs its texts on its own site, too; "(WFSB)" and "(Coast News)" are a station's and a paper's
_CALL = re.compile(r"^\W*(?:[Cc]ontact|[Rr]each|E-?mail|About) ")  # before a name
_CONTACT = re.compile(r"\bcan be (?:contacted|reached) at\b|^\W*(?:[Cc]ontact|[Rr]each|E-?mail) ")
_BAR = re.compile(r"((?:(?<!\s)\s+)?[|•·]\s*)")  # spaces are tried from their start only
_ENDS_PLACE = re.compile(r"[ ,—–-]+$|(?<=[A-Z]{4})\.$|(?<=[a-z]{6})\.$|\s*\[.*\]$")
_WITH = re.compile(r"\W*with\b", re.IGNORECASE)  # "With inputs from" a colleague, or an agency
_NO_SOURCE = re.compile(
    r"^(?:the )?(?:authors?|news agencies|agencies|supplied|company|own work|internet|social media|google|facebook|twitter|x|instagram|youtube|linkedin|screenshot)\W*$"
    r"|\b(?:wikimedia|wikipedia|public domain|creative commons|courtesy)\b|\b(?:19|20)\d\d$|©|\w ?/ ?\w|,.*,",
    re.IGNORECASE,
)  # of nobody's agency, or of a picture's, or of several sources
_EDITORS = re.compile(
    r"(?<=\w)/[a-z]{2,3}(?:\([a-z]{2,3}\)?)?\W*$"
)  # initials behind an agency: "CNA/hm(cy)"
_SEVERAL = re.compile(r",? (?:and|&) |, ")
_PA_MEDIA = "PA Media"
_PA = re.compile(  # short for it, where no state can be meant
    r"(?:^|^By |, |/|: |[–—-] ?)(?P<pa>PA)(?: (?:[\w ]{0,24}(?:[Rr]eporters?|[Cc]orrespondents?|[Ee]ditor|[Ss]taff)))?\W*$"
)
_PROSE_AFTER = 3  # paragraphs that may follow the agency at the end of its text
_LAST_LINES = 4  # in which a source is that of the text
_BY = re.compile(r"\bby\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clue:
    """A credit finding: its category, its span, and the parts that its pattern named.

    apart: whether it is of something else on the page.
    """

    category: str
    start: int
    end: int
    values: Mapping[str, str]
    apart: bool = False


def collect(article: Article, clues: Iterable[Clue], cites: bool = True) -> Provenance:
    """The provenance that the text itself and its record state; nothing is guessed.

    `cites` may be left out while the body is not known yet.
    """
    ordered = sorted(clues, key=lambda clue: (clue.start, clue.end, clue.category))
    by_category: dict[str, list[Clue]] = {}
    for clue in ordered:
        by_category.setdefault(clue.category, []).append(clue)
    return Provenance(
        agencies=_agencies(article, ordered),
        publisher=_publisher(by_category.get("publisher-credit", [])),
        dateline=_dateline(by_category.get("dateline", [])),
        published=_published(article, by_category),
        bylines=_bylines(article, ordered),
        photo_credits=_photo_credits(article, by_category.get("photo-credit", [])),
        cites=tuple(find_cites(article, _own_agencies(article, ordered))) if cites else (),
        page=UNSET if article.document.metadata is None else article.document.metadata,
    )


def _agencies(article: Article, clues: list[Clue]) -> tuple[Credit, ...]:
    found: dict[str, Credit] = {}
    end = _end_of_story(article)
    pictures = [(clue.start, clue.end) for clue in clues if clue.category == "photo-credit"]
    for clue in clues:
        if clue.category not in _AGENCY_CATEGORIES:
            continue
        if clue.category == "source-credit" and not _ends_or_opens(article, clue, end):
            continue
        evidence = article.text[clue.start : clue.end].strip()
        for mention in find_agencies(article.text, clue.start, clue.end):
            own = clue.category == "copyright-notice" and is_own_name(mention.agency.name, article.outlet)
            if not mention.agency.photos and not own:
                credit = Credit(mention.agency.name, mention.start, mention.end, evidence)
                found.setdefault(mention.agency.name, credit)
        if clue.category != "dateline" and (short := _PA.search(evidence)):
            at = clue.start + article.text[clue.start : clue.end].index(evidence) + short.start("pa")
            found.setdefault(_PA_MEDIA, Credit(_PA_MEDIA, at, at + 2, evidence))
        named = _EDITORS.sub("", clue.values.get("agency") or _name_of_source(clue))
        if (
            named
            and not any(find_agencies(named))
            and not (_WITH.match(evidence) and any(parse_credit(named)))
            and (_WIRE.fullmatch(named) or not is_own_name(named, article.outlet))
            and (clue.category != "source-credit" or _is_source(article, clue, named, pictures))
        ):
            for part in _sources_of(named):
                name = _AGENCY_SUFFIX.sub("", part.strip(" .,()"))
                at = article.text.find(name, clue.start, clue.end)
                if at >= 0:
                    found.setdefault(name, Credit(name, at, at + len(name), evidence))
    return tuple(sorted(found.values(), key=lambda credit: (credit.start, credit.name)))


def _sources_of(named: str) -> list[str]:
    """The names in a source: several where one of them is a known outlet's, "Press and Journal" aside."""
    parts = _SEVERAL.split(named)
    several = len(parts) > 1 and named not in known_outlets() and not known_outlets().isdisjoint(parts)
    return parts if several else [named]


def _name_of_source(clue: Clue) -> str:
    return clue.values.get("name", "") if clue.category == "source-credit" else ""


def _end_of_story(article: Article) -> int:
    """From which offset on next to no paragraphs follow."""
    body = {line.start for line in article.body}
    rows = zip(article.written, article.prose_in, strict=True)
    prose = [line.start for line, words in rows if words and line.start in body]
    return prose[-_PROSE_AFTER] if len(prose) >= _PROSE_AFTER else 0


def _ends_or_opens(article: Article, clue: Clue, end: int) -> bool:
    """Whether a source stands in the head, below a day, or at the end of the story: those between paragraphs are of pictures, clips and lists."""
    if clue.start < article.head[-1].end or clue.end >= end:
        return True
    above = article.line_of(clue.start).number - 2  # the index of the line above, blank ones aside
    while above >= 0 and article.lines[above].blank:
        above -= 1
    return above >= 0 and stands_beside(article.lines[above].stripped)


def _is_source(article: Article, clue: Clue, name: str, pictures: list[Span]) -> bool:
    """Whether an unknown name behind "Source:" says whose text this is: not of a picture, nor of a chart between the paragraphs."""
    if _NO_SOURCE.search(name) or any(a < clue.end and clue.start < b for a, b in pictures):
        return False
    last = article.written[-_LAST_LINES:][0].start
    return clue.start >= last or clue.start < article.head[-1].end


def _own_agencies(article: Article, clues: Iterable[Clue]) -> frozenset[str]:
    """Agencies whose own text this is: those of the dateline and the sign-off."""
    return frozenset(
        mention.agency.name
        for clue in clues
        if clue.category in ("dateline", "sign-off")
        for mention in find_agencies(article.text, clue.start, clue.end)
    )


def _publisher(clues: list[Clue]) -> Credit | None:
    for clue in clues:
        name = clue.values.get("publisher")
        if name:
            return Credit(name.strip(), clue.start, clue.end, name.strip())
    return None


def _dateline(clues: list[Clue]) -> Dateline | None:
    """The dateline that tells most: an agency, then a day; of equals the first."""
    if not clues:
        return None
    clue = min(clues, key=lambda c: (not c.values.get("agency"), not c.values.get("date"), c.start))
    agency, place = clue.values.get("agency"), clue.values.get("place")
    known = agency_named(agency) if agency else None
    return Dateline(
        _ENDS_PLACE.sub("", place) or None if place else None,
        known.name if known else agency,
        clue.values.get("date"),
        clue.start,
        clue.end,
    )


def _published(article: Article, by_category: Mapping[str, list[Clue]]) -> DateMark | None:
    for category in ("publication-date", "publisher-credit"):
        for clue in by_category.get(category, []):
            for found in find_dates(article.text, clue.start, clue.end):
                return DateMark(found.date.isoformat(), found.start, found.end)
    declared = parse_date(article.document.published)
    return DateMark(declared.isoformat(), 0, 0) if declared else None


def _bylines(article: Article, clues: list[Clue]) -> tuple[Byline, ...]:
    found: dict[tuple[str, str], Byline] = {}
    for clue in clues:
        inputs = clue.category == "source-credit" and _WITH.match(article.text, clue.start)
        if inputs or clue.category in ("byline", "sign-off"):
            entries = _credited(article, clue)
        elif (
            clue.category in ("author-bio", "author-box")
            and (named := clue.values.get("name"))
            and agency_named(named) is None
            and not _AGENCY_SUFFIX.search(named)
            and not is_nobody(named)
        ):
            name = _CALL.sub("", named)
            at = article.text.find(name, clue.start, clue.end)
            entries = [Byline(name, "author", at, at + len(name))]
        else:
            continue
        for entry in entries:
            found.setdefault((entry.name.casefold(), entry.role), entry)
    if not found and article.document.byline:
        for credited in parse_credit(article.document.byline):
            found.setdefault(
                (credited.name.casefold(), credited.role), Byline(credited.name, credited.role, 0, 0)
            )
    return tuple(sorted(_without_surnames(found.values()), key=lambda entry: (entry.start, entry.end)))


def _without_surnames(entries: Iterable[Byline]) -> Iterator[Byline]:
    """All but the surnames of those who are named in full: "Pradera reported from Phoenix"."""
    told = list(entries)
    last = {entry.name.casefold().split()[-1] for entry in told if " " in entry.name}
    return (entry for entry in told if " " in entry.name or entry.name.casefold() not in last)


def _credited(article: Article, clue: Clue) -> list[Byline]:
    text, category, offset = article.text[clue.start : clue.end], clue.category, clue.start
    entries: list[Byline] = []
    default: BylineRole = "author" if category == "byline" or _CONTACT.search(text) else "reporting"
    if category == "byline":
        text = _without_outlet(text)
    text = _CALL.sub(lambda match: " " * len(match.group()), text)
    contributed = _CONTRIBUTED.search(text) is not None
    for match in _SURNAME_REPORTED.finditer(text) if category == "sign-off" else ():
        for group in ("names", "also"):
            for name in re.finditer(_SURNAME, match.group(group) or ""):
                start = offset + match.start(group) + name.start()
                entries.append(Byline(name.group(), "reporting", start, start + len(name.group())))
    # "A reported from Cairo. B in Rome contributed." is told sentence by sentence
    spans = sentence_spans(text, 0, len(text)) if contributed else [(0, len(text))]
    for first, last in spans:
        role = "additional-reporting" if _CONTRIBUTED.search(text, first, last) else default
        for credited in parse_credit(text[first:last], role):
            if agency_named(credited.name) is None and not (
                category == "byline"
                and (is_nobody(credited.name) or (entries and _is_outlet(article, credited.name)))
            ):
                start = offset + first + credited.start
                entries.append(Byline(credited.name, credited.role, start, start + len(credited.name)))
    return entries


def _is_outlet(article: Article, name: str) -> bool:
    """Whether a name behind an author's is that of a known outlet or of the article's own: "By Ella Smith, Kansas Reflector"."""
    return not {name, f"The {name}"}.isdisjoint(known_outlets()) or is_own_name(name, article.outlet)


def _without_outlet(text: str) -> str:
    """A byline without what stands behind a bar, unless that credits somebody, too: "By A | Coast Mail"."""
    parts = _BAR.split(text)
    while len(parts) > 1 and not _BY.search(parts[-1]):
        parts = parts[:-2]
    return "".join(parts)


def _photo_credits(article: Article, clues: list[Clue]) -> tuple[Credit, ...]:
    found: dict[str, Credit] = {}
    for clue in clues:
        raw = article.text[clue.start : clue.end]
        name = clue.values.get("name") or _CREDIT_WORDS.sub("", raw.strip(" ()[]—–-"))
        name = name.strip(" ()[].—–-:")
        if name:
            found.setdefault(name, Credit(name, clue.start, clue.end, raw.strip()))
    return tuple(found.values())
