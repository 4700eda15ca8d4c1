"""A document under examination: the views of its text that checks share, each made once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from provcheck.model import Action, Document, Language, Provenance, Span
from provcheck.names.mentions import Mention, Person, find_mentions, find_names, gather_persons
from provcheck.names.roster import Roster
from provcheck.quality.language import detect
from provcheck.quality.readability import measure
from provcheck.quality.webcorpus import CorpusFigures
from provcheck.text.addresses import host_of
from provcheck.text.dates import DateSpan, find_dates, parse_date
from provcheck.text.lines import Line, line_and_column, split_lines
from provcheck.text.quotes import Quote, quotes_of_lines
from provcheck.text.sentences import ends_sentence, sentence_spans
from provcheck.text.spans import covered, merge_spans
from provcheck.text.words import count_words

_SURROGATE = re.compile("[\ud800-\udfff]")
SHORT_WORDS = 24  # of a line that is looked at apart
HEAD_WORDS = 80  # the head: lines that start within the first 80 words of lines of eight words or more,
HEAD_MOST = 400  # and within the first 400 of all
TAIL_SHARE = 0.5  # the tail: lines that start in the second half of the words, and the last two
TAIL_LINES = 2
PARAGRAPH_WORDS = 8
_LATE_BYLINE, _BYLINE_WORDS = 4, 16  # lines behind the head in which a byline is looked for, and its words
_BYLINE = re.compile(r"\W*(?:By|BY|Von|Par|Por|Di|Door) [^\W\d_a-z]")
PROSE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that a rule of an earlier stage found to be boilerplate or a credit."""

    category: str
    action: Action
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """One document, its lines, quotes, sentences, figures and, once the first rules ran, its provenance.

    `marks` are what the rules of earlier stages found to be removed or credited; they and `provenance` are
    empty before. `roster` holds the names that the user knows. `recurring` says of lines, by number, in how many
    other articles of the same outlet they stand.
    """

    document: Document
    recurring: Mapping[int, int] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=Provenance)
    marks: tuple[Mark, ...] = ()
    roster: Roster = field(default_factory=Roster)

    @property
    def id(self) -> str:
        return self.document.id

    @cached_property
    def text(self) -> str:
        """The text; lone surrogates, which no engine takes, are replaced one for one."""
        text = self.document.text
        return text if text.isascii() else _SURROGATE.sub("\ufffd", text)

    @cached_property
    def searched(self) -> str:
        """The text as patterns of lines see it: carriage returns before line breaks, of which no line knows, are left out. Offsets
        in it are of no use.
        """
        return self.text.replace("\r\n", "\n") if "\r" in self.text else self.text

    @cached_property
    def removable(self) -> tuple[Span, ...]:
        """Merged spans that are not part of the article."""
        return merge_spans((m.start, m.end) for m in self.marks if m.action == "remove")

    @cached_property
    def marked(self) -> tuple[Span, ...]:
        """Merged spans of both: what is not part of the article, and credits."""
        return merge_spans((m.start, m.end) for m in self.marks)

    @cached_property
    def removed_in(self) -> tuple[int, ...]:
        """Characters of each written line that are not part of the article."""
        return tuple(covered(self.written, self.removable))

    @cached_property
    def credited_in(self) -> tuple[int, ...]:
        """Characters of each written line that are credits."""
        return tuple(covered(self.written, self.credit))

    @cached_property
    def credit(self) -> tuple[Span, ...]:
        """Merged spans that say who wrote, published or owns it."""
        return merge_spans((m.start, m.end) for m in self.marks if m.action == "credit")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return split_lines(self.text)

    @cached_property
    def written(self) -> tuple[Line, ...]:
        """The lines that are not blank."""
        return tuple(line for line in self.lines if not line.blank)

    @cached_property
    def words_in(self) -> tuple[int, ...]:
        """Words of each written line."""
        return tuple(count_words(line.text) for line in self.written)

    @cached_property
    def prose_in(self) -> tuple[int, ...]:
        """Words of each written line that is prose, a sentence of twelve words or more; 0 for the others."""
        rows = zip(self.written, self.words_in, strict=True)
        return tuple(
            words if words >= PROSE_WORDS and ends_sentence(line.text) else 0 for line, words in rows
        )

    @cached_property
    def words(self) -> int:
        return sum(self.words_in)

    @cached_property
    def words_before(self) -> tuple[int, ...]:
        """Words that stand before each written line."""
        total, before = 0, []
        for count in self.words_in:
            before.append(total)
            total += count
        return tuple(before)

    @cached_property
    def head(self) -> tuple[Line, ...]:
        """The lines up to the first 80 words of running text; menus and the like before it are bounded, too.

        Where captions or notices have taken those words, and a byline follows within a few lines, up to two lines below that.
        """
        told = count = 0
        for words, before in zip(self.words_in, self.words_before, strict=True):
            if told > HEAD_WORDS or before > HEAD_MOST:
                break
            count += 1
            told += words if words >= PARAGRAPH_WORDS else 0
        for at in range(count, min(count + _LATE_BYLINE, len(self.written))):
            if self.words_in[at] <= _BYLINE_WORDS and _BYLINE.match(self.written[at].text):
                return self.written[: at + 3]
        return self.written[:count]

    @cached_property
    def head_text(self) -> str:
        """The lines of the head alone, one below the other; offsets in it are of no use."""
        return "\n".join(line.text for line in self.head)

    @cached_property
    def short_text(self) -> str:
        """The written lines of at most 24 words alone, one below the other: a sixth of a report; offsets in it are of no use."""
        counted = zip(self.written, self.words_in, strict=True)
        return "\n".join(line.text for line, words in counted if words <= SHORT_WORDS)

    @cached_property
    def tail(self) -> tuple[Line, ...]:
        start, last = self.words * TAIL_SHARE, len(self.written) - TAIL_LINES
        return tuple(
            line
            for at, (line, before) in enumerate(zip(self.written, self.words_before, strict=True))
            if before >= start or at >= last
        )

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """Written lines that are neither to be removed nor credits, for at least half of their length."""
        if not self.marked:
            return self.written
        hidden = covered(self.written, self.marked)
        return tuple(
            line for line, many in zip(self.written, hidden, strict=True) if 2 * many < line.end - line.start
        )

    @cached_property
    def body_words(self) -> int:
        body = {line.start for line in self.body}
        counted = zip(self.written, self.words_in, strict=True)
        return sum(words for line, words in counted if line.start in body)

    @cached_property
    def boilerplate_share(self) -> float:
        """Share of the characters of the written lines that are to be removed, 0 to 1."""
        written = sum(line.end - line.start for line in self.written)
        return round(sum(self.removed_in) / written, 4) if written else 0.0

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Direct quotes of the body, in order."""
        return tuple(quotes_of_lines(self.text, self.body))

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [quote.start for quote in self.quotes]

    def quotes_beside(self, quote: Quote) -> tuple[Quote | None, Quote | None]:
        """The quotes before and after one of this article's."""
        at = bisect_left(self._quote_starts, quote.start)
        return (
            self.quotes[at - 1] if at else None,
            self.quotes[at + 1] if at + 1 < len(self.quotes) else None,
        )

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Spans of the sentences of the body, in order."""
        return tuple(span for line in self.body for span in self.sentences_in(line.start, line.end))

    def sentences_in(self, start: int, end: int) -> tuple[Span, ...]:
        """Spans of the sentences of a part of the text that should be one paragraph."""
        found = self._sentences_in.get((start, end))
        if found is None:
            found = self._sentences_in[start, end] = tuple(sentence_spans(self.text, start, end))
        return found

    @cached_property
    def _sentences_in(self) -> dict[Span, tuple[Span, ...]]:
        return {}

    @cached_property
    def names(self) -> tuple[Span, ...]:
        """Spans of the runs of capitalised words in the paragraphs and captions; credit lines, headings, boxes and listings aside."""
        return tuple(find_names(self.text, self.paragraphs))

    @cached_property
    def name_mentions(self) -> tuple[Mention, ...]:
        """The names of what may be persons, in order."""
        return tuple(find_mentions(self.text, self.names, self.paragraphs))

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """The persons among them."""
        return gather_persons(self.name_mentions)

    @cached_property
    def mentions_of_persons(self) -> tuple[tuple[Mention, Person], ...]:
        """Every mention of a person, in order."""
        found = ((mention, person) for person in self.persons for mention in person.mentions)
        return tuple(sorted(found, key=lambda pair: pair[0].start))

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention, _ in self.mentions_of_persons]

    def named_between(self, start: int, end: int) -> tuple[tuple[Mention, Person], ...]:
        """The mentions of persons that start in `text[start:end]`, in order."""
        first, last = bisect_left(self._mention_starts, start), bisect_left(self._mention_starts, end)
        return self.mentions_of_persons[first:last]

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Lines of at least eight words that are not credits: body and captions."""
        return tuple(
            (line.start, line.end)
            for line, words, credited in zip(self.written, self.words_in, self.credited_in, strict=True)
            if words >= PARAGRAPH_WORDS and 2 * credited < line.end - line.start
        )

    @cached_property
    def sentences_of_paragraphs(self) -> tuple[Span, ...]:
        """Spans of the sentences of `paragraphs`, in order."""
        return tuple(span for start, end in self.paragraphs for span in self.sentences_in(start, end))

    @cached_property
    def dates(self) -> tuple[DateSpan, ...]:
        return tuple(find_dates(self.text))

    @cached_property
    def language(self) -> Language:
        return detect(self.text)

    @cached_property
    def readability(self) -> dict[str, float]:
        body = "\n".join(line.text for line in self.body)
        return dict(measure(body, self.language.code))

    @cached_property
    def corpus_figures(self) -> CorpusFigures:
        """The figures by which web corpora choose; of the text as it is, boilerplate and all."""
        return CorpusFigures(self.text)

    @cached_property
    def published(self) -> date | None:
        """The day of publication: as the record says, else as the text says. None where the record says what is no day: another one
        from the text would hide that.
        """
        if self.document.published:
            return parse_date(self.document.published)
        said = self.provenance.published
        return date.fromisoformat(said.date) if said is not None else None

    @cached_property
    def outlet(self) -> str | None:
        """The outlet: the record's `source`, else the host of its address without `www.`."""
        if self.document.source:
            return self.document.source
        return host_of(self.document.url) or None

    @property
    def missing_metadata(self) -> Iterator[str]:
        """Which of title, outlet, publication date and declared language are not known."""
        if not self.document.title:
            yield "title"
        if self.outlet is None:
            yield "outlet"
        if self.published is None:
            yield "published"
        if not self.document.language:
            yield "language"

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def locate(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        return line_and_column(self._line_starts, offset)

    def line_of(self, offset: int) -> Line:
        return self.lines[self.locate(offset)[0] - 1]

    def bare(self) -> Article:
        """The same article without the roster and its views, but for names that were found: what travels between processes and waits."""
        bare = replace(self, roster=Roster())
        self._lend(bare, "names", "name_mentions")
        return bare

    def with_roster(self, roster: Roster) -> Article:
        """The same article where the user knows some names."""
        known = replace(self, roster=roster)
        self._lend(known, "names", "name_mentions")
        return known

    def _lend(self, other: Article, *views: str) -> None:
        """Give another article with the same text those of some views that were made."""
        for name in views:
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]

    def annotated(self, provenance: Provenance, marks: Iterable[Mark]) -> Article:
        """The same article after a stage of the rules, its views of the whole text kept."""
        changed = replace(self, provenance=provenance, marks=tuple(marks))
        self._lend(
            changed,
            "text",
            "searched",
            "head_text",
            "short_text",
            "lines",
            "written",
            "words_in",
            "prose_in",
            "words",
            "words_before",
            "dates",
            "language",
        )
        return changed
