"""`check: line-model`: lines that a small learned model takes for page furniture, by their words and their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.lines.features import CREDIT_MARK, MARK_OF, OTHER_MARK, line_features
from provcheck.lines.model import Caution, judge, shipped_model
from provcheck.lines.wording import ARTICLE_LIKE, CREDIT_LIKE, likely_category, reasons
from provcheck.text.lines import Line
from provcheck.text.patterns import Pattern
from provcheck.text.sentences import ends_sentence

_INTRODUCING, _PROSE = 4, 12  # words of a line that introduces a list, and of one that ends it
_HEADLINE = 5  # words of a first line that may well be the headline
# "South Africa: A B; C D, E F, ...", but no tags.
_SQUAD = re.compile(
    r"\W*(?!(?i:tags?|topics?|related|filed|more|keywords|categor(?:y|ies)|labels|people|in this)\b)[^:]{2,40}: "
    r"(?:[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){1,3}(?: \([^)]{1,14}\))?[,;] ?){5}"
)
_FACTS = 6  # lines below a team that tell of its match: "Referee: ..."
_TIME = re.compile(r"\d[:.]\d\d\b")


@dataclass(frozen=True)
class LineModelCheck(Check):
    """Finds lines that rules left and that are most likely not the article; English running text only.

    threshold: the log-odds that a line must reach: 0 is as likely as not, 1 about three to one, 2 seven to one.
      Lines between paragraphs and above the story must reach more, lines beside what a rule removes less.
    keep: lines that stay whatever they reach, such as corrections.
    """

    threshold: float = 1.1
    keep: Pattern | None = None

    stage: ClassVar[Stage] = 2

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "reasons", "odds"})

    def _stays(self, line: Line) -> bool:
        return self.keep is not None and self.keep.search(line.text)

    def find(self, article: Article) -> Iterable[Match]:
        lines = article.written
        if not lines:
            return
        marks = np.array(line_marks(article))
        features = line_features(
            article.text,
            [line.start for line in lines],
            [line.end for line in lines],
            marks.tolist(),
            article.document.title,
        )
        model = shipped_model()
        rows = model.rows(features)
        odds = model.log_odds(rows)
        taken = judge(features, marks, odds, self.threshold, Caution())
        if not taken.any():
            return
        if article.words_in[0] >= _HEADLINE and not _TIME.search(lines[0].text):
            taken[0] = False
        introduced = _introduced(lines, article.words_in, marks, taken)
        for at in np.flatnonzero(taken):
            line, row = lines[at], rows[at]
            if (
                introduced[at]
                or CREDIT_LIKE.search(line.text)
                or ARTICLE_LIKE.search(line.text)
                or self._stays(line)
            ):
                continue
            values = {"reasons": ", ".join(reasons(model, row)), "odds": f"{odds[at]:.1f}"}
            yield Match(line.start, line.end, values, category=likely_category(line.stripped, row))


def _introduced(
    lines: Sequence[Line], words: Sequence[int], marks: npt.NDArray[np.int64], taken: npt.NDArray[np.bool_]
) -> list[bool]:
    """Which lines are of a list that a line of the article introduces ("The dead were identified as:"), or of the facts of a match,
    which open with who plays.
    """
    found, inside, match_facts = [], False, 0
    for at, line in enumerate(lines):
        match_facts -= 1
        if not marks[at] and _SQUAD.match(line.text):
            match_facts = _FACTS
        found.append((inside or (match_facts > 0 and ":" in line.text)) and not marks[at])
        opens = line.stripped.endswith(":") and words[at] >= _INTRODUCING and not marks[at]
        prose = words[at] >= _PROSE and ends_sentence(line.text)
        inside = (opens and (inside or not taken[at])) or (inside and not prose and not marks[at])
    return found


def line_marks(article: Article) -> list[int]:
    """What rules think of each written line; see `lines.features`. A mark covers half of a line at least."""
    found = []
    removals = sorted((m for m in article.marks if m.action == "remove"), key=lambda m: m.start)
    starts = [m.start for m in removals]
    longest = max((m.end - m.start for m in removals), default=0)
    for line, removed, credited in zip(article.written, article.removed_in, article.credited_in, strict=True):
        size, mark = line.end - line.start, 0
        if removals and 2 * removed >= size:
            near = removals[bisect_left(starts, line.start - longest) : bisect_left(starts, line.end)]
            widest = max(near, key=lambda m: min(m.end, line.end) - max(m.start, line.start))
            mark = MARK_OF.get(widest.category, OTHER_MARK)
        elif article.credit and 2 * credited >= size:
            mark = CREDIT_MARK
        found.append(mark)
    return found


CHECK = LineModelCheck
