"""Quotes of one story that say the contrary of each other: a sentence that has its "not" here and lacks it there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provcheck.drift.folding import folded
from provcheck.drift.speakers import can_be_one, speaker_of
from provcheck.drift.utterances import FUNCTION, Utterance
from provcheck.text.sentences import sentence_spans
from provcheck.text.words import WORD

_NEGATIONS = frozenset({"not", "no", "never", "nobody", "none", "nothing"})
_AUXILIARIES = frozenset({"do", "does", "did", "doe"})  # "I came", "I did not come"; an s is cut from "does"
_LEAST, _MOST = 4, 40  # words of a sentence, negations aside
_STEM = 1  # letters by which two forms of a verb are told as one: "came", "come"
_SURE = 6  # words of a sentence that needs no speaker
_LEFT_OUT = re.compile(r"\b(?:no|not|never|n[’']t)\W*$", re.IGNORECASE)
_BEFORE = 12  # characters
_CROWD = 200  # sentences with the same last words; more of them are a formula


@dataclass(frozen=True)
class Negation:
    """A quote with a sentence, and quotes of other articles with its contrary. word: the negation ("not", "no", "never") that it has
    more than they do, or that it lacks.
    """

    odd: Utterance
    others: tuple[Utterance, ...]
    word: str
    added: bool


@dataclass(frozen=True)
class _Said:
    """A sentence of a quote: its words without negations, and the first of those, if there are any."""

    words: tuple[str, ...]
    negation: str
    utterance: Utterance

    @property
    def negated(self) -> bool:
        return bool(self.negation)


def find_negations(utterances: Sequence[Utterance]) -> Iterator[Negation]:
    """Sentences within quotes that differ by a negation alone, where no article has both forms and no two speakers said them.

    The form that fewer articles have is odd; of equals that without the negation, which is what a cut or a slip leaves.
    """
    by_last: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for utterance in utterances:
        for said in _sentences(utterance):
            by_last[said.words[-2:]].append(said)
    told: set[tuple[str, int]] = set()
    for found in by_last.values():
        if len(found) > _CROWD or len({said.negated for said in found}) == 1:
            continue
        for said in found:
            contrary = [other for other in found if other.negated != said.negated and _contrary(said, other)]
            if not contrary:
                continue
            alike = [each for each in found if _one(each, said)]
            same = {each.utterance.article.id for each in alike if each.negated == said.negated}
            against = {each.utterance.article.id for each in alike if each.negated != said.negated}
            place = (said.utterance.article.id, said.utterance.start)
            outvoted = (len(same), said.negated) < (len(against), not said.negated)
            if outvoted and not same & against and place not in told:
                told.add(place)
                word = said.negation or contrary[0].negation
                yield Negation(said.utterance, tuple(each.utterance for each in contrary), word, said.negated)


def _sentences(utterance: Utterance) -> Iterator[_Said]:
    text = utterance.plain
    for start, end in sentence_spans(text, 0, len(text)):
        words = [folded(word) for word in WORD.findall(text, start, end)]
        kept = tuple(word for word in words if word not in _NEGATIONS and word not in _AUXILIARIES)
        if _LEAST <= len(kept) <= _MOST and any(word not in FUNCTION and len(word) > 3 for word in kept):
            if start == 0 and _LEFT_OUT.search(
                utterance.article.text[max(0, utterance.start - _BEFORE) : utterance.start]
            ):
                continue  # he saw no “reason to stop”
            yield _Said(kept, next((word for word in words if word in _NEGATIONS), ""), utterance)


def _one(a: _Said, b: _Said) -> bool:
    """Whether two sentences are one, negations aside; a verb may have another form after "did not"."""
    if len(a.words) != len(b.words):
        return False
    other = [(x, y) for x, y in zip(a.words, b.words, strict=True) if x != y]
    return not other or (
        len(other) == 1 and other[0][0][:_STEM] == other[0][1][:_STEM] and a.negated != b.negated
    )


def _contrary(a: _Said, b: _Said) -> bool:
    if a.utterance.article.id == b.utterance.article.id or not _one(a, b):
        return False
    speakers = [speaker_of(each.utterance.article, each.utterance.quote) for each in (a, b)]
    if speakers[0] is None or speakers[1] is None:
        return len(a.words) >= _SURE or any(len(word) > _SURE for word in a.words)
    return can_be_one(speakers[0].name, speakers[1].name)
