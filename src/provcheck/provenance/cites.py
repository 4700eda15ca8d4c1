"""Outlets that a text attributes facts to: "Nikkei Asia reported", "according to Reuters", "told the BBC"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from provcheck.agencies import agency_named, alternation
from provcheck.article import Article
from provcheck.model import Credit
from provcheck.patterns import Hit, Pattern
from provcheck.provenance.outlets import is_own_name, known_outlets, outlets_in, small_outlets
from provcheck.resources import read_words
from provcheck.spans import merge_spans

_OF = r"[’'”\"]?(?:'s|’s)? ?(?:[Nn]ews (?:[Aa]gency|[Ss]ite|[Ww]ebsite|[Oo]utlet|[Cc]hannel|[Ss]ervice|[Pp]ortal)|Agency|news|newspaper|magazine|television|TV|radio|network|website|channel|broadcaster)?,?(?: on \w+day)?(?: that| which)?,? ?(?:citing [^.;“”\"]{3,50}, )?"
_CHAINED = re.compile(
    r"[\"”’]?,? (?:and |or )?(?:the )?(?:(?:[\w-]+ ){0,2}(?:publication|outlet|newspaper|site|magazine|agency|broadcaster|channel|daily|paper|website|network) )?[\"“‘]?$|, $"
)
_BETWEEN_ABROAD = r"(?:\s(?:(?-i:[^\W\d_A-ZÀ-Þ][\w-]*)(?: |['’])){0,4}|['’])[«„“\"'‘]?$"
_WHO = r", (?:an?|the|which|whose) [^.;“”\"]{3,70}, "  # "Independent Arabia, the Arabic version of the paper, said"
# A name that says itself that it is an outlet's, known or not, or before which its kind stands: "Sunday newspaper Rapport".
_KIND_WORDS = (
    "newspaper|tabloid|broadcaster|news agency|news site|news website|news outlet|news portal|radio station|TV station|TV channel|army radio,?"
    "|television station|television channel|Zeitung|Magazin|Sender|Nachrichtenagentur|quotidien|hebdomadaire|chaîne|diario|periódico|revista|semanario"
    "|emisora|quotidiano|settimanale|rivista|emittente|jornal|emissora|krant|dagblad|weekblad|omroep|persbureau"
)
_PAPER = (
    rf"(?:{_KIND_WORDS}), The \p{{Lu}}[\p{{L}}’'-]+|(?:{_KIND_WORDS}) "
    r"[“„«\"'‘]?\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+){0,2}|[WK][A-Z]{2,3}-(?:TV|FM|AM|DT)|(?:FOX|Fox|ABC|NBC|CBS|CW)[ -]?\d{1,2}(?: News)?|"
    r"(?:\p{Lu}[\p{L}’'&-]+ ){1,3}(?:\d{1,2} )?(?:News Agency|Press Agency|News(?: (?:Desk|Service|Network|Channel))?|TV|Television|Radio|FM|Times|Herald|Tribune|Gazette|Shimbun|Telegraph|Chronicle|Zeitung"
    r"|Newswire|Daily|Weekly|Globe|Dispatch|Press|Broadcasting|Ledger|Courier|Observer|Examiner|Inquirer|Argus|Echo|Bugle|Sun-Times|Anzeiger|Post|Mail|Journal|Advertiser)|Radio \p{Lu}\p{L}+|Channel \d{1,2}(?: News)?"
)
# They end as papers and stations do, and are post offices, prizes, or makers of books and players.
_NO_OUTLETS = frozenset(
    {"royal mail", "canada post", "australia post", "india post", "golden globe", "apple tv"}
)
_NO_PAPER = re.compile(
    r"(?:University Press|-based TV|(?:Senate|House|Congressional) Journal|[A-Z]\w+(?:ish|ch|an|ese|i) (?:TV|Television|Press|Radio))$"
)
_PART_OF = re.compile(  # what stands behind a name that is a part of another: "the National Press Club", "a Golden Globe winner"
    r" (?:Club|Office|Council|Secretary|Gallery|Association|Complaints|Freedom|Conference|Corps|Interference|and Publications"
    r"|winner|nominee|spokes\w+|host|boss|chief)\b"
)
_GIVEN = re.compile(  # what is sent, signed or sought is not said: "issued a subpoena to Fox News"
    r"^(?!wrote|writes|said).*\b(?:subpoenas?|letters?|talks|awards?|mov(?:e|es|ed)|job|deal|merger|bid|licen[cs]e|column)\b|[£$€] ?\d",
    re.S,
)
_SPOKEN_OF = re.compile(
    r"\b(?:of|about|quit|left|joined|from|against|\d{4}['’]s)(?: the)? $"
)  # before a name and a colon
_INTRODUCES = re.compile(
    r"(?:^|\n)\W*(?:from|via|in)(?: the)? $", re.I
)  # a line of its own before a quote: "From Coast News:"
_COLON_ENDS = re.compile(r" ?:\s*(?:\n|$)")
_KIND_BEFORE = re.compile(rf"^(?:{_KIND_WORDS}),? [“„«\"'‘]?(?=\w)")
_OPENS_SENTENCE = re.compile(
    r"(?:As|In|But|And|While|When|After|Since|Per|Via|Yet|Also|Last|For|At|On|By|To|If|Both|Even|Like|With|From|Official|Another|This|That|Every)(?: the| The)? (?=[A-Z])"
)
_EMPLOYED = re.compile(  # "had worked for several outlets including": they are not cited
    r"\b(?:(?:work(?:ed|s|ing)|journalists?|freelanc\w+|contribut\w+|reporter|photographer|cameraman) (?:for|with|to|at|across)"
    r"|own(?:s|ed|er of)|publish(?:es|er of)|bundle|blocked|raided|sued)\b[^.;]{0,40}"
    r"\b(?:outlets|media|newspapers|organi[sz]ations|broadcasters|channels|sites|websites)\b[^.;]*$"
)
_OWNER = re.compile(r".*['’]s ")
_REACH = 90  # characters before a name that may attribute something to it


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
    names = _outlet("|".join([_PAPER, *told["names"]]))
    return _Grammar(names, re.compile(before, re.I), re.compile(after, re.I))


def _english(words: Mapping[str, list[str]]) -> _Grammar:
    told = {kind: "|".join(patterns) for kind, patterns in words.items()}
    telling = rf"\b(?:{told['telling']})(?: [^.;:!?,“”\"()\n]{{0,40}})? (?:to|with|in|on|at|by)"
    kinds = rf"(?:(?:{told['kinds']})[ ,]+){{0,5}}(?:(?:[\w.'’-]+ ){{0,4}}(?:{told['named_kinds']}) )?(?:[A-Z]\w+(?:(?:'s|’s)|ish|ch|an|ese|i) )?(?:[A-Z]\w+-)?"
    says = rf"(?:(?:{told['adverbs']}) )*(?:{told['after']})\b"
    return _Grammar(
        _outlet(_PAPER),
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
    for start, end in body:
        inside = [
            Hit(hit.start - start, hit.end - start, {})
            for hit in hits
            if start <= hit.start and hit.end <= end
        ]
        for hit, evidence in _attributed(article.text[start:end], inside, grammar) if inside else ():
            name = article.text[start + hit.start : start + hit.end].removeprefix("the ")
            owner = _OWNER.match(name)
            if owner and name not in known_outlets():  # "Jordan’s Al-Bahr TV"
                name = name[owner.end() :]
            name = _KIND_BEFORE.sub("", name)
            key = name.casefold().removeprefix("the ")
            agency = agency_named(name) or agency_named(name.removeprefix("The "))
            if (
                key in seen
                or key in _NO_OUTLETS
                or (agency and agency.name in own)
                or is_own_name(key, article.outlet)
            ):
                continue
            seen.add(key)
            yield Credit(name, start + hit.end - len(name), start + hit.end, evidence.strip())


def _without_opener(text: str, hit: Hit) -> Hit:
    """The name without the word before it that opens a sentence: "Via Coast News"."""
    opener = (
        None
        if text[hit.start : hit.end] in known_outlets()
        else _OPENS_SENTENCE.match(text, hit.start, hit.end)
    )
    return Hit(opener.end(), hit.end, {}) if opener else hit


def _attributed(text: str, hits: Sequence[Hit], grammar: _Grammar) -> Iterator[tuple[Hit, str]]:
    """The outlets that a text attributes something to, and the words that do so; of a list ("A, B and C reported") all."""
    waiting: list[Hit] = []
    cited_until = -1
    for hit in hits:
        if _PART_OF.match(text, hit.end) or _NO_PAPER.search(text, hit.start, hit.end):
            continue
        if text[hit.end : hit.end + 1] == "-" or text[max(0, hit.start - 1) : hit.start] in ("-", "@", "("):
            continue
        if waiting and not _CHAINED.fullmatch(text[waiting[-1].end : hit.start]):
            waiting = []
        near = text[max(0, hit.start - _REACH) : hit.start]
        before = grammar.before.search(near)
        if before and (_EMPLOYED.search(near[: before.end()]) or _GIVEN.search(before.group())):
            before = None
        after = None if before else grammar.after.match(text, hit.end)
        if not before and not after and _INTRODUCES.search(near):
            after = _COLON_ENDS.match(text, hit.end)
        if after and after.group().startswith(":") and _SPOKEN_OF.search(near):
            after = None
        chained = 0 <= cited_until <= hit.start and _CHAINED.fullmatch(text[cited_until : hit.start])
        if not before and not after and not chained:
            waiting.append(hit)
            continue
        if after:
            yield from ((each, text[each.start : after.end()]) for each in waiting)
        waiting, cited_until = [], hit.end
        yield hit, (before.group() if before else "") + text[hit.start : after.end() if after else hit.end]
