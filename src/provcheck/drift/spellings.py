"""Names of any kind that one document of a story spells as no other does: places, bodies, persons that nothing marks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, product

from rapidfuzz.distance import Levenshtein

from provcheck.article import Article
from provcheck.lexicon.background import is_known
from provcheck.names.compare import compare_names
from provcheck.names.identity import SURE
from provcheck.names.letters import is_custom, name_words, word_forms
from provcheck.text.words import WORD, content_of, share_content

_SHORTEST = 4  # letters of a word that can be called a slip
_ALIKE = 0.6  # least score of the two words
_LETTERS_A_CHANGE = 3  # letters of the longer word for each letter that changes
_BACKING = 2  # documents that have the usual spelling
_CROWD = 40  # usual words that share a key; more of them tell nothing
_PLACES, _WITNESSES = 20, 5
# Words beside which any name may stand.
_NO_NEIGHBOUR = frozenset(
    "the a an in on at and of for but as when while mr mrs ms dr al el abu umm bin".split()
)


@dataclass(frozen=True)
class Spelling:
    """A name with one odd word: where it stands, and the name that others have in the same sentence."""

    article: Article
    odd: str
    usual: str
    places: tuple[tuple[int, int], ...]
    witnesses: tuple[tuple[str, int, int], ...]  # document, start, end
    backing: int  # documents that have the usual word


class _Words:
    """The capitalised words of one article, each with the spans of the names that it stands in."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.names: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.pairs: dict[str, set[tuple[str, str]]] = defaultdict(
            set
        )  # the neighbours in names that a word is one of
        for span in article.names:
            words = WORD.findall(article.text, *span)
            for pair in pairwise(words):
                self.pairs[pair[0]].add(pair)
                self.pairs[pair[1]].add(pair)
            for word in words:
                self.names[word].append(span)

    @cached_property
    def everything(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in WORD.findall(self.article.text))

    @cached_property
    def _sentences(self) -> tuple[list[int], list[frozenset[str]]]:
        spans = self.article.sentences_of_paragraphs
        return [start for start, _ in spans], [content_of(self.article.text[a:b]) for a, b in spans]

    def contents(self, word: str) -> list[frozenset[str]]:
        """The content words of each sentence that the word stands in."""
        starts, contents = self._sentences
        return [contents[max(0, bisect_right(starts, at) - 1)] for at, _ in self.names[word][:_PLACES]]


def find_spellings(articles: Sequence[Article]) -> Iterator[Spelling]:
    """Odd spellings across the articles of one story, in the order of the articles.

    A capitalised word is odd when no other article has it, general news does not know it, and two others or more have a word like
    it in its place: beside the same word of a name ("Joe Piden", "Joe Biden"), where this one lacks it in the same sentence, or in a name
    whose other word is as odd here. Names that an article marks as a person's full name are left to `drift.people`.
    """
    casts = [_Words(article) for article in articles]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, cast in enumerate(casts):
        for word in cast.everything:
            holders[word].append(index)
    usual = _by_key(casts, holders)
    beside = _by_neighbour(casts)
    pairs = _by_keys(beside)
    for index, cast in enumerate(casts):
        marked = {m.start for p in cast.article.persons if " " in p.name for m in p.mentions}
        for word in cast.names:
            if len(holders[word.casefold()]) > 1 or not _may_be_odd(word):
                continue
            if any(start <= at < end for at in marked for start, end in cast.names[word]):
                continue
            found = (
                _namesake(word, cast, beside)
                or _counterpart(word, index, casts, holders, usual)
                or _twin(word, cast, holders, pairs)
            )
            if found is None:
                continue
            spelling = _spelling(word, found, cast, casts, holders)
            if not cast.article.roster.knows(spelling.odd):
                yield spelling


def _may_be_odd(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper() and not word.isupper() and not is_known(word)


def _by_key(casts: Sequence[_Words], holders: Mapping[str, list[int]]) -> dict[str, list[str]]:
    """Words with enough backing, by the skeleton of their consonants."""
    found: dict[str, set[str]] = defaultdict(set)
    for cast in casts:
        for word in cast.names:
            if len(word) >= _SHORTEST and len(holders[word.casefold()]) >= _BACKING:
                for key in _keys(word):
                    found[key].add(word)
    return {key: sorted(words) for key, words in found.items() if len(words) <= _CROWD}


def _by_neighbour(casts: Sequence[_Words]) -> dict[tuple[str, bool], Counter[str]]:
    """For a word of names and a side (True: after it), in how many articles which words stand there."""
    found: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for cast in casts:
        for first, second in {pair for pairs in cast.pairs.values() for pair in pairs}:
            found[first, True][second] += 1
            found[second, False][first] += 1
    return found


def _namesake(word: str, here: _Words, beside: Mapping[tuple[str, bool], Counter[str]]) -> str | None:
    """The word that others have beside the same word of a name, if the two names can be one."""
    best: tuple[int, str] | None = None
    for first, second in sorted(here.pairs.get(word, ())):
        neighbour, after = (first, True) if word == second else (second, False)
        if neighbour.casefold() in _NO_NEIGHBOUR:
            continue
        for other, count in beside[neighbour, after].items():
            pair = (neighbour, other) if after else (other, neighbour)
            if (
                count < _BACKING
                or pair in here.pairs.get(other, ())
                or len(other) < _SHORTEST
                or not _few_letters(word, other)
            ):
                continue
            if compare_names(f"{first} {second}", " ".join(pair)).score >= SURE:
                best = max(filter(None, (best, (count, other))))
    return best[1] if best is not None else None


def _by_keys(
    beside: Mapping[tuple[str, bool], Counter[str]],
) -> dict[tuple[str, str], list[tuple[int, str, str]]]:
    """Pairs of name words with enough backing, and how much, by the keys of both."""
    found: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    for (first, after), seconds in beside.items():
        if not after or len(first) < _SHORTEST:
            continue
        for second, count in seconds.items():
            if count >= _BACKING and len(second) >= _SHORTEST:
                for keys in product(_keys(first), _keys(second)):
                    found[keys].append((count, first, second))
    return found


def _twin(
    word: str,
    here: _Words,
    holders: Mapping[str, list[int]],
    pairs: Mapping[tuple[str, str], list[tuple[int, str, str]]],
) -> str | None:
    """The last word of the name that others have where both words of a name here are odd: "Bezarel Smutrish", "Bezalel Smotrich"."""
    best: tuple[int, str] | None = None
    for first, second in sorted(here.pairs.get(word, ())):
        if second != word or len(holders[first.casefold()]) > 1 or not _may_be_odd(first):
            continue
        for keys in product(_keys(first), _keys(second)):
            for count, one, other in pairs.get(keys, ()):
                if (
                    _few_letters(first, one, ending=True)
                    and _few_letters(second, other, ending=True)
                    and (one, other) not in here.pairs.get(one, ())
                ):
                    best = max(filter(None, (best, (count, other))))
    return best[1] if best is not None else None


@lru_cache(1 << 14)
def _keys(word: str) -> frozenset[str]:
    words = name_words(word)
    if not words:
        return frozenset()
    skeleton = word_forms(words[0]).keys[3]
    return frozenset((skeleton[:3], "-" + skeleton[-3:]))


def _counterpart(
    word: str,
    index: int,
    casts: Sequence[_Words],
    holders: Mapping[str, list[int]],
    usual: Mapping[str, list[str]],
) -> str | None:
    """The word that others have in the place of an odd one: the best backed of those that can be it."""
    here = casts[index]
    contents: list[
        frozenset[str]
    ] = []  # for most words nothing comes near enough to be asked where it stands
    best: tuple[int, float, str] | None = None
    for other in sorted({o for key in _keys(word) for o in usual.get(key, ())}):
        if other.casefold() in here.everything or not _few_letters(word, other):
            continue
        score = compare_names(word, other).score
        if score < _ALIKE:
            continue
        contents = contents or here.contents(word)
        near = [casts[i] for i in holders[other.casefold()] if other in casts[i].names]
        if not any(share_content(a, b) for cast in near for b in cast.contents(other) for a in contents):
            continue
        best = max(filter(None, (best, (len(near), score, other))))
    return best[2] if best is not None else None


def _few_letters(word: str, other: str, ending: bool = False) -> bool:
    """Whether few letters differ, and more than an ending of grammar, unless an ending is enough."""
    short, long = sorted(("".join(name_words(word)), "".join(name_words(other))), key=len)  # accents aside
    changes = Levenshtein.distance(short, long)
    return (
        0 < changes <= len(long) // _LETTERS_A_CHANGE
        and (ending or not long.startswith(short))
        and not is_custom(word, other)
    )


def _spelling(
    word: str, usual: str, here: _Words, casts: Sequence[_Words], holders: Mapping[str, list[int]]
) -> Spelling:
    text = here.article.text
    backing = [casts[i] for i in holders[usual.casefold()] if usual in casts[i].names]
    start, end = max(here.names[word], key=lambda span: span[1] - span[0])
    odd = text[start:end]
    expected = odd.replace(word, usual)
    ranked = sorted((_likest(cast, usual, expected), number) for number, cast in enumerate(backing))
    witnesses = [(backing[number].article.id, start, end) for (_, start, end), number in ranked]
    (_, start, end), number = ranked[0]
    first = backing[number].article.text[start:end]
    return Spelling(
        here.article,
        odd,
        first,
        tuple(here.names[word][:_PLACES]),
        tuple(witnesses[:_WITNESSES]),
        len(backing),
    )


def _likest(cast: _Words, word: str, name: str) -> tuple[int, int, int]:
    """Of the names in which a word stands, the one most like a given name: letters that differ, start, end."""
    return min(
        (Levenshtein.distance(cast.article.text[start:end], name), start, end)
        for start, end in cast.names[word]
    )
