"""`check: credit-line`: a line above the story that says who wrote it and when, and nothing else, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar

from provcheck.article import PARAGRAPH_WORDS, Article
from provcheck.checks.base import Check, Match, Stage, speaks_of
from provcheck.names.given import is_given_name
from provcheck.provenance.creditline import CreditLine, read_credit_line, stands_beside
from provcheck.text.lines import Line
from provcheck.text.words import says_title

_LAST = 3  # lines at the end
_RECURRING = frozenset(
    {"navigation"}
)  # of lines that stand on every page of a site, as days do: digits count as one there
_STANDFIRST = 1  # lines of running text that may stand between a headline and its author
_NEAR = 2  # lines within which a day, a role or an agency stands by a name alone


@dataclass(frozen=True)
class CreditLineCheck(Check):
    """Finds lines of days, names, roles, agencies and addresses, as far as no other rule has found them as that.

    It looks at the head of an article, and in its last lines for the agencies whose material is in it. A line of nothing but names
    counts where a day, a role or an agency stands next to it, or where it stands above the story of a titled article that does
    not speak of its bearer, who has a known given name. Each run of names is a finding of the category `byline`, and a line that
    tells a day one of `publication-date`, or else of `source-credit` if it names an agency.
    """

    stage: ClassVar[Stage] = 1

    def find(self, article: Article) -> Iterable[Match]:
        outlet = {(article.outlet or "").casefold()}
        head = article.head
        lines = (*head, *article.written[max(len(head), len(article.written) - _LAST) :])
        read = [read_credit_line(line.text.rstrip("\r"), article.text, outlet) for line in lines]
        results = sum(_is_result(line, said) for line, said in zip(lines, read, strict=True)) > 1
        for at, (line, said) in enumerate(zip(lines, read, strict=True)):
            if said is None or (said.alone and not _is_credit(article, lines, read, at)):
                continue
            if results and _is_result(line, said):
                continue
            if at >= len(head) and (said.day or not said.agency):
                continue
            marks = [m for m in article.marks if m.start < line.end and line.start < m.end]
            known = {m.category for m in marks}
            if says_title(line.text, article.document.title):
                continue
            removed = {m.category for m in marks if m.action == "remove"}
            if removed and not (said.day and at < len(head) and removed <= _RECURRING):
                continue
            if not known & {"byline", "sign-off", "photo-credit"}:
                for start, end in said.names:
                    yield Match(line.start + start, line.start + end, category="byline")
            if said.day and "publication-date" not in known:
                yield Match(line.start, line.end, category="publication-date")
            if said.agency and not known & {"source-credit", "byline", "sign-off", "photo-credit"}:
                yield Match(line.start, line.end, category="source-credit")


def _is_result(line: Line, said: CreditLine | None) -> bool:
    """Whether a line is a name and a number: the time of a race, the votes for somebody, where several stand in rows."""
    return said is not None and said.alone and bool(said.names) and line.stripped[-1].isdigit()


def _is_credit(article: Article, lines: Sequence[Line], read: Sequence[CreditLine | None], at: int) -> bool:
    """Whether a line of nothing but names credits them: what stands next to it says so, or it heads a story that does not speak of its bearer."""
    near = [*range(max(0, at - _NEAR), at), *range(at + 1, min(at + 1 + _NEAR, len(lines)))]
    said = [read[n] for n in near]
    if any(each is not None and (each.day or each.role or each.agency) for each in said):
        return True
    beside = any(stands_beside(lines[n].stripped) for n in near if abs(n - at) == 1)
    line, credit = lines[at], read[at]
    return credit is not None and (
        _heads(article, line, credit) or (beside and _is_stranger(article, line, credit))
    )


def _is_stranger(article: Article, line: Line, said: CreditLine) -> bool:
    """Whether the one name of a line is a person's of whom neither title nor paragraphs speak."""
    name = line.text[slice(*said.names[0])].split()
    if len(said.names) != 1 or not is_given_name(name[0].casefold()):
        return False
    return not speaks_of(article, name[-1], (each for each in article.body if each.stripped != line.stripped))


def _heads(article: Article, line: Line, said: CreditLine) -> bool:
    """Whether a lone name stands above the story of an article that does not speak of its bearer, and whose title stands elsewhere."""
    if not article.document.title or not _is_stranger(article, line, said):
        return False
    rows = zip(article.written, article.words_in, article.removed_in, strict=True)
    above = takewhile(lambda row: row[0].number < line.number, rows)
    told = (
        words >= PARAGRAPH_WORDS and 2 * removed < each.end - each.start for each, words, removed in above
    )
    return sum(told) <= _STANDFIRST


CHECK = CreditLineCheck
