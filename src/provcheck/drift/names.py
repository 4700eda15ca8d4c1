"""Names that drift across the documents of one story: another spelling stands in the same person's place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract_iter

from provcheck.article import Article
from provcheck.names.compare import compare_names
from provcheck.names.identity import is_other_form, slip
from provcheck.names.letters import is_custom, name_words, plain_letters, word_forms
from provcheck.names.mentions import Person, is_place
from provcheck.names.roles import Office
from provcheck.provenance.owners import is_source_of
from provcheck.text.words import content_of, share_content

_SAME_OFFICE = 0.5  # least name score when both hold one office in the same story and share no name word
_SAME_OFFICE_WORD = 0.2  # the same, when they share a name word
_SAME_SENTENCE = 0.3  # least name score when the sentences around the names are one sentence
_SAME_PARTNER = 0.85  # least name score for a surname that stands beside the same person
_ALIKE = 0.95  # least name score without any tie
_WITNESSES = 5  # places of the usual name that a finding shows
_MOST_LETTERS = 70.0  # percent of the letters of two names, that they share in their order
_MOST_NAMES = (
    1_000  # of a story that are held against each other by their letters: the time grows with the square
)
_CROWD = 60  # names that share a key; more of them tell nothing
_MENTIONS = 12  # of a person, whose sentences are looked at
_COORDINATED = re.compile(r"^,? (?:and|with|told|met|meets|meeting) (?:\w{2,4}\.? )?$")


@dataclass(frozen=True)
class Cast:
    """The persons of one article, and the marked surnames that stand beside a person ("Blinken and Kane")."""

    article: Article
    persons: tuple[Person, ...]
    beside: tuple[tuple[str, int, int, str], ...]  # surname, start, end, the person it stands beside

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self.by_name)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every name."""
        return frozenset(word for name in self.names for word in name.split(" "))

    @cached_property
    def by_name(self) -> dict[str, Person]:
        return {person.name: person for person in self.persons}

    def form_of(self, name: str) -> Person:
        """The person of a name, or of another form of it that the article has."""
        found = self.by_name.get(name)
        return found or next(p for p in self.persons if is_custom(p.name, name) or _is_turned(p.name, name))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.article.sentences_of_paragraphs]

    def sentences_of(self, name: str) -> list[frozenset[str]]:
        """For each mention of a person, the content words of its sentence, names aside."""
        spans = self.article.sentences_of_paragraphs
        found = []
        for mention in self.form_of(name).mentions[:_MENTIONS]:
            start, end = spans[bisect_right(self._sentence_starts, mention.start) - 1]
            found.append(content_of(self.article.text[start:end]))
        return found


@dataclass(frozen=True)
class NameDrift:
    """One odd spelling in one article, where it stands, and the name that the others have there."""

    odd: str
    usual: str
    article: Article
    places: tuple[tuple[int, int], ...]
    witnesses: tuple[tuple[str, int, int], ...]  # document, start, end of the usual name in other articles
    tie: str
    certain: bool


def cast_of(article: Article) -> Cast:
    """Persons and pairs of an article."""
    return Cast(article, article.persons, tuple(_pairs(article)))


def _pairs(article: Article) -> Iterator[tuple[str, int, int, str]]:
    """Single names that are coordinated with a known person: "Blinken and X", "X told Blinken"."""
    text = article.text
    owner = {(m.start, m.end): person.name for person in article.persons for m in person.mentions}
    mentions = sorted(article.name_mentions, key=lambda mention: mention.start)
    for left, right in pairwise(mentions):
        if not _COORDINATED.match(text[left.end : right.start]):
            continue
        for one, other in ((left, right), (right, left)):
            beside = owner.get((other.start, other.end))
            if beside is not None and " " not in one.name:
                yield one.name, one.start, one.end, beside


def find_name_drift(articles: Sequence[Article]) -> Iterator[NameDrift]:
    """Odd spellings across the articles of one story, in the order of the articles.

    A full name that only one article has is odd when the others have another name in its place: the same
    office and a name that can be the same one respelled, or a name so alike that no tie is needed. A surname
    that belongs to nobody in its article is odd when it stands beside a person beside whom the others have
    another name like it. An article that has both names means two persons.
    """
    casts = [cast_of(article) for article in articles]
    alike = _Alike(person for cast in casts for person in cast.persons if " " in person.name)
    holders = _holders(casts, alike)
    story = _Beside(casts)
    for index, cast in enumerate(casts):
        for person in cast.persons:
            known = cast.article.roster.knows(person.name)
            if " " in person.name and len(holders[person.name]) == 1 and not known:
                drift = _odd_person(person, index, casts, holders, alike)
                if drift is not None:
                    yield drift
        yield from _odd_surnames(cast, story)
        yield from _odd_titled(cast, casts, story)


def _holders(casts: Sequence[Cast], alike: _Alike) -> Mapping[str, list[int]]:
    """The numbers of the casts that have a name, or another form of it: "Loncarevic" backs "Lončarević"."""
    exact: dict[str, list[int]] = defaultdict(list)
    persons: dict[str, Person] = {}
    for index, cast in enumerate(casts):
        for person in cast.persons:
            exact[person.name].append(index)
            persons.setdefault(person.name, person)
    found = {}
    for name, person in persons.items():
        forms = (other for other in alike.of(person) if other in exact) if " " in name else ()
        same = {name, *(other for other in forms if is_custom(name, other) or _is_turned(name, other))}
        found[name] = sorted({index for form in same for index in exact[form]})
    return found


def _is_turned(one: str, other: str) -> bool:
    """Whether two names have the same words in another order: "Kim Yung-ho", "Yung-ho Kim"."""
    return sorted(name_words(one)) == sorted(name_words(other)) or (
        is_other_form(one, other) and len(name_words(one)) == len(name_words(other))
    )


class _Alike:
    """Full names by what two spellings of one are likely to share: the consonants of a word, most letters, or the office."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self._by_key: dict[object, set[str]] = defaultdict(set)
        letters: dict[str, str] = {}
        for person in persons:
            letters[person.name] = plain_letters(person.name)
            for key in self._keys(person):
                self._by_key[key].add(person.name)
        few = letters if len(letters) <= _MOST_NAMES else {}
        self._names, self._letters = list(few), list(few.values())
        self._found: dict[str, frozenset[str]] = {}

    def of(self, person: Person) -> frozenset[str]:
        """Names that may be the person's; a key that very many names share tells nothing and is left out."""
        if person.name not in self._found:
            self._found[person.name] = frozenset(self._near(person))
        return self._found[person.name]

    def _near(self, person: Person) -> set[str]:
        found = (self._by_key[key] for key in self._keys(person))
        near = extract_iter(
            plain_letters(person.name), self._letters, scorer=ratio, score_cutoff=_MOST_LETTERS
        )
        return {name for names in found if len(names) <= _CROWD for name in names} | {
            self._names[at] for _, _, at in near
        }

    def _keys(self, person: Person) -> set[object]:
        skeletons = {word_forms(word).keys[3] for word in name_words(person.name)}
        return {*skeletons, *((office.head, office.narrowed) for office in person.offices if office.narrowed)}


def _odd_person(
    person: Person, index: int, casts: Sequence[Cast], holders: Mapping[str, list[int]], alike: _Alike
) -> NameDrift | None:
    here = casts[index]
    best: tuple[bool, int, float, str, str] | None = None
    roster = here.article.roster
    for name in sorted(alike.of(person)):
        if name in here.names:
            continue
        match = slip(person.name, name, _SAME_OFFICE_WORD)
        if match is None or is_custom(person.name, name):
            continue
        score = match.score
        tie = _tie(person, name, score, here, [casts[holder] for holder in holders[name]])
        if tie is not None:  # the best backed is the usual one: a nearer name may be another slip
            best = max(filter(None, (best, (roster.knows(name), len(holders[name]), score, name, tie))))
    if best is None:
        return None
    known, _, _, usual, tie = best
    supporters = len(holders[usual])
    others = [casts[holder].article for holder in holders[usual]]
    if supporters == 1 and not known and not _is_likelier(usual, person, holders[usual][0], index, casts):
        return None  # the other article's turn: the pair is reported once, there
    return NameDrift(
        person.name,
        usual,
        here.article,
        tuple((m.start, m.end) for m in person.mentions),
        tuple(_witnesses(usual, holders[usual], casts)),
        tie,
        known or (supporters > 1 and not is_source_of(here.article, others)),
    )


def _is_likelier(usual: str, person: Person, other: int, index: int, casts: Sequence[Cast]) -> bool:
    """Of two articles that disagree one to one: the one with more mentions, then the one read first, is right."""
    theirs = casts[other].form_of(usual)
    return (len(theirs.mentions), -other) > (len(person.mentions), -index)


def _share_word(one: str, other: str) -> bool:
    return bool({w.casefold() for w in one.split()} & {w.casefold() for w in other.split()})


def _tie(person: Person, name: str, score: float, here: Cast, holders: Sequence[Cast]) -> str | None:
    """Why two names can be one person's, as a part of a sentence; None if nothing ties them closely enough."""
    needed = _SAME_OFFICE_WORD if _share_word(person.name, name) else _SAME_OFFICE
    if score >= needed:
        office = _shared_office(person, name, holders)
        if office:
            return office
    if score >= _SAME_SENTENCE and _share_sentence(person, name, here, holders):
        return "they stand in the same sentence of two copies"
    return "the names are nearly the same" if score >= _ALIKE else None


def _share_sentence(person: Person, name: str, here: Cast, holders: Sequence[Cast]) -> bool:
    ours = here.sentences_of(person.name)
    return any(share_content(a, b) for cast in holders for b in cast.sentences_of(name) for a in ours)


def _shared_office(person: Person, name: str, holders: Sequence[Cast]) -> str:
    """A sentence part on the office that both hold, or an empty string."""
    for cast in holders:
        for office in person.offices:
            for theirs in cast.form_of(name).offices:
                if office.may_be(theirs) and (office.narrowed or (office.country and theirs.country)):
                    return f"both are {_spoken(office, theirs)}"
    return ""


def _spoken(one: Office, other: Office) -> str:
    country = one.country or other.country
    words = " ".join([*(word for word in sorted(one.narrowed) if word[0].isalnum()), one.head])
    return f"{words} ({country})" if country else words


def _witnesses(name: str, holders: Sequence[int], casts: Sequence[Cast]) -> Iterator[tuple[str, int, int]]:
    for holder in holders[:_WITNESSES]:
        first = casts[holder].form_of(name).mentions[0]
        yield casts[holder].article.id, first.start, first.end


class _Beside:
    """Who stands beside whom in a story, and in how many articles each name word stands."""

    def __init__(self, casts: Sequence[Cast]) -> None:
        self.words = Counter(word for cast in casts for word in self.words_of(cast))
        self.places: dict[str, dict[str, list[tuple[str, int, int]]]] = defaultdict(lambda: defaultdict(list))
        self._officers: dict[tuple[str, frozenset[str]], list[tuple[int, int]]] = defaultdict(list)
        for number, cast in enumerate(casts):
            for at, person in enumerate(cast.persons):
                for key in _office_keys(person):
                    self._officers[key].append((number, at))
            for name, start, end, partner in cast.beside:
                self.places[partner][name].append((cast.article.id, start, end))

    def officers(self, person: Person) -> list[tuple[int, int]]:
        """Numbers of the casts and of the persons there who may hold an office of a person, in order."""
        return sorted({place for key in _office_keys(person) for place in self._officers[key]})

    @staticmethod
    def words_of(cast: Cast) -> set[str]:
        return {word for name in cast.names for word in name.split()} | {
            name for name, _, _, _ in cast.beside
        }


def _office_keys(person: Person) -> set[tuple[str, frozenset[str]]]:
    return {(office.head, office.narrowed) for office in person.offices}


def _odd_surnames(here: Cast, story: _Beside) -> Iterator[NameDrift]:
    known = {word for name in here.names if " " in name for word in name.split()}
    for surname, start, end, beside in here.beside:
        if surname in known or story.words[surname] > 1 or is_place(surname):
            continue
        found = _counterpart(surname, beside, here, story)
        if found is not None:
            usual, witnesses = found
            tie = f"it stands beside {beside}, where the others have {usual}"
            certain = len(witnesses) > 1
            yield NameDrift(surname, usual, here.article, ((start, end),), witnesses, tie, certain)


def _odd_titled(here: Cast, casts: Sequence[Cast], story: _Beside) -> Iterator[NameDrift]:
    """Surnames without a full name ("Foreign Minister Kane") against the persons who hold the office elsewhere."""
    beside = {name for name, *_ in here.beside}
    for person in here.persons:
        surname = person.name
        if " " in surname or surname in beside or story.words[surname] > 1 or is_place(surname):
            continue
        if here.article.roster.knows(surname):
            continue
        backed: dict[str, list[tuple[float, str, int]]] = defaultdict(list)
        for number, at in story.officers(person):
            cast = casts[number]
            other = cast.persons[at]
            if cast is here or other.name.rpartition(" ")[2] in here.words:
                continue
            office = _shared_office(person, other.name, [cast])
            if not office:
                continue
            score = max(compare_names(surname, word).score for word in other.name.split(" "))
            if score >= _SAME_PARTNER:
                backed[other.name].append((score, office, number))
        if not backed:
            continue
        usual = max(backed, key=lambda name: (len(backed[name]), backed[name][0][0], name))
        holders = [number for _, _, number in backed[usual]]
        tie = backed[usual][0][1]
        places = tuple((m.start, m.end) for m in person.mentions)
        witnesses = tuple(_witnesses(usual, holders, casts))
        yield NameDrift(surname, usual, here.article, places, witnesses, tie, len(holders) > 1)


def _counterpart(
    surname: str, beside: str, here: Cast, story: _Beside
) -> tuple[str, tuple[tuple[str, int, int], ...]] | None:
    """The surname that other articles have beside the same person, if it is like the odd one."""
    best: tuple[float, str, list[tuple[str, int, int]]] = (0.0, "", [])
    for name, places in sorted(story.places[beside].items()):
        elsewhere = [place for place in places if place[0] != here.article.id]
        if elsewhere and name not in here.names:
            best = max(
                best, (compare_names(surname, name).score, name, elsewhere), key=lambda found: found[0]
            )
    score, name, places = best
    return (name, tuple(places[:_WITNESSES])) if score >= _SAME_PARTNER else None
