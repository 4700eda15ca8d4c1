"""Outlets that a text attributes facts to: "Nikkei Asia reported", "according to Reuters", "told the BBC"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from provcheck.agencies import agency_named, alternation
from provcheck.article import Article
from provcheck.model import Credit
from provcheck.patterns import Hit, Pattern
from provcheck.provenance.outlets import is_own_name, known_outlets, outlets_in, small_outlets
from provcheck.resources import read_words
from provcheck.spans import merge_spans

_SAYS = (
    r"(?:has |have |had |also |first |previously |recently |earlier |separately )*"
    r"(?:report(?:s|ed|ing)?|confirm(?:s|ed)|dismissed|said|says?|wrote|writes?|revealed|quot(?:ed|es|ing)|cit(?:ed|es|ing)|noted|announced|claimed|suggest(?:s|ed)|argu(?:es|ed)|explain(?:s|ed)|observ(?:es|ed)|point(?:s|ed) out|warn(?:s|ed)|adds|added|broke the (?:story|news)|show(?:s|ed)|found|learn(?:s|ed)|obtained|understands|reviewed|spoke (?:to|with)|interviewed|analy[sz]ed|emphasi[sz]ed|stressed|highlighted|put|called|estimated|carried|aired|described|focused on|published (?:an?|the) (?:article|report|story|interview|editorial))\b"
)
_TELLING = (  # what somebody does, or what there is, where the name of an outlet follows: "in a statement provided to Reuters"
    r"\b(?:provided|sent|gave|given|revealed|disclosed|shared|stated|issued|released|explain(?:s|ed)|outlin(?:es|ed)|argu(?:es|ed)|describ(?:es|ed)"
    r"|claim(?:s|ed)|complain(?:s|ed)|recall(?:s|ed)|admit(?:s|ted)|insist(?:s|ed)|predict(?:s|ed)|warn(?:s|ed)|confirm(?:s|ed)|announc(?:es|ed)|comment(?:s|ed)"
    r"|talk(?:s|ed|ing)|writ(?:es|ing)|wrote|publish(?:es|ed)|leak(?:s|ed)|confided|remarks?|statement|comments|interview|op-ed|essay|column|opinion piece)"
)
_TO = (
    r"(?:\btold|\b(?:as )?per|\baccording to(?: (?:an? )?(?:analysis|report|investigation|data|figures) (?:by|from))?|\breported by|\bciting"
    r"|\bquot(?:ed|ing)(?: by)?|\bspeaking (?:to|with)|\bspoke (?:to|with)|\binterview(?:ed)? (?:with|to|on|for|by|in)|\breports? (?:from|in|by|of)"
    r"|\bvia|\b(?:writes?|writing|wrote) (?:for|in)|\b(?:wrote|writes) (?:[\w.’'-]+ ){1,4}(?:for|in)|\bpublished (?:by|in)|\bobtained by|\b(?:investigation|analysis|poll|survey|study|report|tally|count|collaboration|reporting) (?:by|between|from|with|led by)"
    r"|\b(?:outlets|media|newspapers|organi[sz]ations|broadcasters|channels|sites|websites),? (?:including|most recently|such as|like|among them)"
    r"|\b(?:show|program|programme|podcast)[\"”’']? on"
    r"|\b(?:statement|comment|email|response|e-mail|remarks) (?:to|from)|\bappear(?:ed|ance|ing|s) on|\b(?:said|says|speaking) on|\baired on|\bbroadcast (?:on|by)|\bseen by|\breviewed by"
    rf"|{_TELLING}(?: [^.;:!?,“”\"()\n]{{0,40}})? (?:to|with|in|on|at|by)"
    r"|\b(?:insights|context|details|coverage|footage|figures|data|information|quotes|material|clip|video) (?:from|by|in|of|on)"
    r"|\b(?:covered|carried|broken|aired|posted|for comment) by|\b[Ss]ources?(?: used)? ?: ?[\"“]?(?:the )?"
    r"|\bquoted? in|\breported (?:in|on)|\b(?:wrote|writes|observed|observes|declared|concurred|noted|reports|reported|said|says|confirmed)|\ba correspondent (?:for|of))"
)
_KINDS = (
    r"(?:(?:the|a|an|state|state-run|news|local|US|U\.S\.|British|French|German|Israeli|Russian|Chinese|Iranian|Saudi"
    r"|public|private|right-wing|left-leaning|website|outlet|agency|agencies|news agency|newspaper|daily|magazine|site|broadcaster|channel|network|media|television|TV|radio|paper|tabloid|publication|service|wire|platform|publisher|wire service|like|such as)[ ,]+){0,5}(?:(?:[\w.-]+ ){0,4}(?:outlet|newspaper|agency|channel|broadcaster|station|website|magazine|daily|site|network|paper|tabloid|platform|portal|publication) )?(?:[A-Z]\w+(?:'s|’s) )?"
)
_OF = r"(?:'s|’s)? ?(?:[Nn]ews [Aa]gency|Agency|news|newspaper|magazine|television|TV|radio|network|website|channel|broadcaster)?,?(?: on \w+day)?(?: that| which)?,? ?"
_REPORTS = r"(?:: ?[“\"«]| has (?:the|more on the) (?:full )?story\b|(?: [\w'’-]+){1,8} by reporting\b|(?:'s|’s) (?:[A-Z][\w’'.-]+ ){2,4}(?:said|says|wrote|writes|reports|reported|told|noted|asked)\b| interview\b|/\w+ poll\b| poll\b| (?:contributor|columnist|editor|writer|reporter|correspondent)[\w .’'-]{3,40} (?:said|wrote|reported)|(?:'s|’s) (?:front page|headline|editorial|website|coverage|report|reporter|correspondent|reporting|investigation|analysis|journalist))"
_CHAINED = re.compile(
    r"[\"”’]?,? (?:and |or )?(?:the )?(?:(?:[\w-]+ ){0,2}(?:publication|outlet|newspaper|site|magazine|agency|broadcaster|channel|daily|paper|website|network) )?[\"“‘]?$|, $"
)
_BETWEEN_ABROAD = r"(?:\s(?:(?-i:[^\W\d_A-ZÀ-Þ][\w-]*)(?: |['’])){0,4}|['’])[«„“\"'‘]?$"
_WHO = r", (?:an?|the|which|whose) [^.;“”\"]{3,70}, "  # "Independent Arabia, the Arabic version of the paper, said"
# A name that says itself that it is an outlet's, known or not, or before which its kind stands: "Sunday newspaper Rapport".
_KIND_WORDS = (
    "newspaper|tabloid|broadcaster|news agency|news site|news website|news outlet|news portal|radio station|TV channel"
    "|television channel|Zeitung|Magazin|Sender|Nachrichtenagentur|quotidien|hebdomadaire|chaîne|diario|periódico|revista|semanario"
    "|emisora|quotidiano|settimanale|rivista|emittente|jornal|emissora|krant|dagblad|weekblad|omroep|persbureau"
)
_PAPER = (
    rf"(?:{_KIND_WORDS}) "
    r"[“„«\"'‘]?\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+){0,2}|[WK][A-Z]{2,3}-(?:TV|FM|AM|DT)|(?:FOX|Fox|ABC|NBC|CBS|CW)[ -]?\d{1,2}(?: News)?|"
    r"(?:\p{Lu}[\p{L}’'&-]+ ){1,3}(?:\d{1,2} )?(?:News Agency|Press Agency|News|TV|Television|Radio|FM|Times|Herald|Tribune|Gazette|Shimbun|Telegraph|Chronicle|Zeitung"
    r"|Newswire|Daily|Weekly|Globe|Dispatch|Press|Broadcasting|Ledger|Courier|Observer|Examiner|Inquirer|Argus|Echo|Bugle|Sun-Times|Anzeiger|Post|Mail|Journal|Advertiser)|Radio \p{Lu}\p{L}+|Channel \d{1,2}(?: News)?"
)
_NO_OUTLETS = frozenset({"royal mail"})  # ends as papers do, and delivers letters
_KIND_BEFORE = re.compile(rf"^(?:{_KIND_WORDS}) [“„«\"'‘]?(?=\w)")
_OPENS_SENTENCE = re.compile(
    r"^(?:As|In|But|And|While|When|After|Since|Per|Via|Yet|Also|Last|For|At|On|By|To|If|Both|Even|Like|With)(?: the| The)? (?=[A-Z])"
)
_EMPLOYED = re.compile(  # "had worked for several outlets including": they are not cited
    r"\b(?:work(?:ed|s|ing)|journalists?|freelanc\w+|contribut\w+|reporter|photographer|cameraman) (?:for|with|to|at|across)\b[^.;]{0,40}"
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
    """The grammar of a language, two letters; that of English for others than those of rules/lists/cites.yaml."""
    told = read_words("cites").get(language)
    if told is None:
        before, after = rf"(?i:{_TO}) {_KINDS}$", rf"(?:{_OF}|{_WHO}){_SAYS}|{_REPORTS}"
        return _Grammar(_outlet(_PAPER), re.compile(before), re.compile(after))
    before = rf"(?<!\w)(?:{'|'.join(told['before'])})(?!\w){_BETWEEN_ABROAD}"
    after = rf"[»“\"]?,? (?:{'|'.join(told['after'])})(?!\w)"
    names = _outlet("|".join([_PAPER, *told["names"]]))
    return _Grammar(names, re.compile(before, re.I), re.compile(after, re.I))


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
    hits = outlets_in(article.text, grammar.outlet)
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
            name = _OPENS_SENTENCE.sub("", _KIND_BEFORE.sub("", name))
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


def _attributed(text: str, hits: Sequence[Hit], grammar: _Grammar) -> Iterator[tuple[Hit, str]]:
    """The outlets that a text attributes something to, and the words that do so; of a list ("A, B and C reported") all."""
    waiting: list[Hit] = []
    cited_until = -1
    for hit in hits:
        if text[hit.end : hit.end + 1] == "-" or text[max(0, hit.start - 1) : hit.start] in ("-", "@", "("):
            continue
        if waiting and not _CHAINED.fullmatch(text[waiting[-1].end : hit.start]):
            waiting = []
        near = text[max(0, hit.start - _REACH) : hit.start]
        before = grammar.before.search(near)
        if before and _EMPLOYED.search(near[: before.end()]):
            before = None
        after = None if before else grammar.after.match(text, hit.end)
        chained = 0 <= cited_until <= hit.start and _CHAINED.fullmatch(text[cited_until : hit.start])
        if not before and not after and not chained:
            waiting.append(hit)
            continue
        if after:
            yield from ((each, text[each.start : after.end()]) for each in waiting)
        waiting, cited_until = [], hit.end
        yield hit, (before.group() if before else "") + text[hit.start : after.end() if after else hit.end]
