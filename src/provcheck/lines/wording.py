"""The line model's verdict in words, and what kind of boilerplate a line most likely is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from provcheck.lexicon.calendar import ENGLISH_MONTHS
from provcheck.lines.features import NAMES
from provcheck.lines.model import LineModel

_ENOUGH = 0.1  # log-odds that a reason must add
_AT = {name: column for column, name in enumerate(NAMES)}
_ADDRESS = re.compile(r"https?:|www\.|@|\b(?:facebook|twitter|instagram|telegram|whatsapp|follow)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:i|i['’]m|my|lol)\b", re.I)
_SECOND_PERSON = re.compile(r"\b(?:you|your|subscri\w+|sign up|newsletter)\b", re.I)
# what may say who wrote, shot or sent the story is never thrown away on the model's word
CREDIT_LIKE = re.compile(
    r"(?i)^\W*(?:by|from|with|via|words|text|story|photos?|pictures?|images?|video|source|credit|contribut\w+"
    r"|report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed)|compiled|produced)\b\W+(?:by\b\W*)?[A-Z]"
    r"|\b(?:reuters|associated press|ap|afp|pti|ani|getty|bloomberg|staff writer|correspondent|reporter"
    r"|(?:contributing|senior|auto|business|sports|staff|news) (?:writer|editor|reporter))\b\W*$"
    r"|^\W*(?:our|staff|star|special) (?:correspondents?|reporters?|bureau)\b|\b(?:news service|news agency|press agency|agence france-presse|anadolu agency)\b"
    r"|\bcontribut(?:ed|ors?)\b|\(?(?:reporting|writing|editing|produced|contributed) by\b"
)
# what belongs to articles however short it is: what a currency is worth, when and where an event takes place, what something costs or takes,
# how it was rated, who scored, what somebody said, what was on a day, what a sentence enumerates
ARTICLE_LIKE = re.compile(
    r"(?i)^\W*(?:us)?[$€£¥]1 ?(?:=|equals) ?[\d.,]+ \w"
    r"|^\W*(?:when|where|what|who|cost|tickets?|entry|admission|time|date|venue|location|phone|opening hours|deadline|how to (?:apply|help))\s?: ?\S"
    r"|^\W*[a-z][a-z ]{2,20}: ?\d(?:\.\d)?(?:/| out of )(?:5|10)\b|^\W*[a-z][a-z' -]{2,24} \d{1,3} \(.*\b(?:tries|try|goals?|pens?|cons?)\b"
    r"|^\W*(?:total\b|\d+ )[^.!?]{0,40} ?[$€£¥₹]\d[\d.,]{0,12}\W{0,4}$|^\W*[A-Z]\w+ ?: \d+ points?\b"
    r"|[,.!?][\"”’'],? (?:he|she|they|i|[a-z]\w+) (?:said|says|added|told|asked|recalled|replied|joked|explained|wrote|noted)\b"
    rf"|^\W*(?:{'|'.join(ENGLISH_MONTHS)}) \d{{1,2}}(?:, \d{{4}})? ?: [^\d\W]"
    r"|^\W*\d{4}: \D{0,3}\d|; ?(?:and|or)?$|\b(?:won|lost) by (?:an innings|\d+)\b|[+-]\d[\d.]* ?(?:sen|p|c|cents|%)? to \D{0,3}\d"
    r"|^\W*(?!views|comments|shares|reads|likes|posts|photos?|images?|reading time)[a-z][^:.!?]{3,40}: (?:(?:us|rs|dh|sh|p|n)?[$€£¥₹]?\.? ?)\d[\d,.]*(?: ?(?:g|kg|ml|l|cups?|tbsp|tsp)\b|[;,]|$)"
)


def reasons(model: LineModel, row: Any, most: int = 3) -> list[str]:
    """What speaks most for a row being boilerplate, in short phrases; the strongest first."""
    added = model.contributions(row)
    said: list[str] = []
    for column in (-added).argsort(kind="stable"):
        if added[column] <= _ENOUGH or len(said) == most:
            break
        phrase = _phrase(NAMES[column], row)
        if phrase and phrase not in said:
            said.append(phrase)
    return said or ["its words and place taken together"]


def _phrase(name: str, row: Any) -> str:
    value = float(row[_AT[name]])
    wording = _WORDS.get(name)
    return wording(value, row) if wording is not None else ""


def _counted(number: float) -> str:
    return f"{number:.0f} line" + ("" if round(number) == 1 else "s")


_WORDS: dict[str, Callable[[float, Any], str]] = {
    "text": lambda v, r: "worded like page furniture",
    "text@-1": lambda v, r: "after a line worded like page furniture",
    "text@+1": lambda v, r: "before a line worded like page furniture",
    "words": lambda v, r: "short" if v < 2.5 else "",
    "end": lambda v, r: "no end mark" if not v else "",
    "cap_share": lambda v, r: "in title case" if v > 0.5 else "",
    "mid_caps": lambda v, r: "in title case" if v > 0.4 else "",
    "allcap_share": lambda v, r: "in capitals" if v > 0.5 else "",
    "digit_share": lambda v, r: "much of it digits" if v > 0.1 else "",
    "stop": lambda v, r: "few function words" if v < 0.25 else "",
    "overlap": lambda v, r: "shares few words with the article" if v < 0.4 else "",
    "overlap_prose": lambda v, r: "shares few words with the article" if v < 0.4 else "",
    "overlap_next": lambda v, r: "shares few words with the lines beside it" if v < 0.3 else "",
    "overlap_tail": lambda v, r: "what follows speaks of other things" if v < 0.5 else "",
    "overlap_near": lambda v, r: "the lines around it speak of other things" if v < 0.5 else "",
    "run": lambda v, r: f"in a run of {_counted(v)} that are not prose" if v > 1 else "",
    "run_short": lambda v, r: f"in a run of {_counted(v)} without end marks" if v > 1 else "",
    "prose_2": lambda v, r: "little prose around it" if v < 0.5 else "",
    "prose_5": lambda v, r: "little prose around it" if v < 0.5 else "",
    "short_2": lambda v, r: "among short lines" if v > 0.3 else "",
    "short_5": lambda v, r: "among short lines" if v > 0.3 else "",
    "since_prose": lambda v, r: f"{_counted(v)} after the last sentence" if v >= 1 else "",
    "until_prose": lambda v, r: "no sentence follows soon" if v > 3 else "",
    "words_after": lambda v, r: "at the end" if v < 0.1 else "",
    "words_before": lambda v, r: "at the start" if v < 0.05 else "",
    "prose_frac": lambda v, r: "after the story's end" if v > 0.98 else "",
    "marked_2": lambda v, r: "beside lines that rules remove" if v > 0 else "",
    "marked_5": lambda v, r: "near lines that rules remove" if v > 0 else "",
    "since_mark": lambda v, r: "after a line that a rule removes" if v < 5 else "",
    "until_mark": lambda v, r: "before a line that a rule removes" if v < 5 else "",
    "since_listing": lambda v, r: "under a heading of other articles" if v < 10 else "",
    "since_comment": lambda v, r: "under a comment form" if v < 10 else "",
    "since_subscribe": lambda v, r: "under an offer to subscribe" if v < 10 else "",
    "repeats": lambda v, r: "stands in the text more than once" if v else "",
}


def likely_category(line: str, row: Any) -> str:
    """What kind of boilerplate a line most likely is: what was opened just above it, else what it says."""
    words = len(line.split())
    for since, category in (("since_comment", "comment-form"), ("since_subscribe", "newsletter")):
        if row[_AT[since]] <= 2 and row[_AT["since_prose"]] >= row[_AT[since]]:
            return category
    if _ADDRESS.search(line):
        return "social-promo"
    if words > 6 and _FIRST_PERSON.search(line):
        return "comment-form"
    if _SECOND_PERSON.search(line):
        return "newsletter"
    if words <= 2:
        return "breadcrumb" if row[_AT["index"]] < 4 else "navigation"
    return "editorial-listing"
