"""Outlets that a text attributes facts to: "Nikkei Asia reported", "according to Reuters", "told the BBC"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from provcheck.article import Article
from provcheck.model import Credit
from provcheck.provenance.agencies import alternation
from provcheck.resources import rules_folder

_SAYS = (
    r"(?:has |have |had |also |first |previously |recently |earlier |separately )*"
    r"(?:report(?:s|ed|ing)?|said|says|wrote|writes|revealed|quot(?:ed|es|ing)|cit(?:ed|es|ing)|noted|announced|claimed|adds|added|broke the (?:story|news)|show(?:s|ed)|found)\b"
)
_TO = (
    r"(?:\btold|\baccording to|\bas per|\breported by|\bciting|\bquot(?:ed|ing) by|\bquoting|\bspeaking (?:to|with)"
    r"|\bspoke (?:to|with)|\b(?:in an?|an) (?:\w+ )?interview (?:with|to|on|for)|\breports? (?:from|in|by|of)"
    r"|\bvia|\bwrites? (?:for|in)|\bwriting (?:for|in)|\bwrote in|\bpublished (?:by|in)|\bobtained by"
    r"|\b(?:statement|comment|email|response|e-mail) to|\bappear(?:ed|ance|ing) on|\baired on|\bbroadcast (?:on|by)|\bseen by|\breviewed by|\bquoted? in|\breported (?:in|on)|\breport by)"
)
_KINDS = (
    r"(?:(?:the|a|an|state|state-run|news|local|US|U\.S\.|British|French|German|Israeli|Russian|Chinese|Iranian|Saudi"
    r"|public|private|right-wing|left-leaning|website|outlet|agency|agencies|news agency|newspaper|daily|magazine|site|broadcaster|channel|network|media|television|TV|radio|paper|tabloid|publication|service|wire|platform|publisher|wire service|like|such as)[ ,]+){0,5}"
)
_OF = r"(?:'s|’s)? ?(?:news agency|news|newspaper|magazine|television|TV|radio|network|website|channel|broadcaster)?,?(?: on \w+day)?(?: that| which)?,? ?"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lines = (rules_folder() / "lists" / "outlets.txt").read_text("utf-8").splitlines()
    names = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    known = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))) + "|" + alternation()
    outlet = rf"(?P<outlet>(?:[Tt]he )?(?<![\w-])(?:{known})(?![\w-]|\.\w))"
    return (
        re.compile(rf"{outlet}{_OF}{_SAYS}"),
        re.compile(rf"{_TO} {_KINDS}{outlet}"),
        re.compile(
            rf"\((?:source: |via )?{outlet}\) (?:report|said)|{outlet}(?:'s|’s) (?:report|reporter|correspondent|reporting|investigation|analysis|journalist)".replace(
                "(?P<outlet>", "(?P<outlet1>", 1
            ).replace("(?P<outlet>", "(?P<outlet2>", 1)
        ),
    )


def find_cites(article: Article) -> Iterator[Credit]:
    """The first mention of each outlet that the body cites, in the order of the text."""
    text, seen = article.text, set()
    found = []
    for line in article.body:
        for pattern in _patterns():
            for match in pattern.finditer(text, line.start, line.end):
                group = next(name for name, value in match.groupdict().items() if value)
                found.append((match.start(group), match.end(group), match.group()))
    for start, end, evidence in sorted(found):
        name = text[start:end].removeprefix("the ")
        key = name.casefold().removeprefix("the ")
        if key not in seen:
            seen.add(key)
            yield Credit(name, start, end, evidence.strip())
