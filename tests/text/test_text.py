from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provcheck.text.lines import line_and_column, split_lines
from provcheck.text.quotes import find_quotes
from provcheck.text.sentences import ends_sentence, sentence_spans, sentences_of_lines
from provcheck.text.words import count_words


@given(st.text())
def test_lines_cover_the_text(text: str) -> None:
    lines = split_lines(text)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert (
        "\n".join(line.text for line in lines) == text.replace("\r\n", "\n").removesuffix("\r")
        or "\r" in text
    )


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), st.data())
def test_line_and_column_find_the_offset_again(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text) - 1))
    starts = [line.start for line in split_lines(text)]
    line, column = line_and_column(starts, offset)
    assert starts[line - 1] + column - 1 == offset


@given(st.text())
def test_sentences_are_ordered_and_inside(text: str) -> None:
    position = 0
    for start, end in sentence_spans(text, 0, len(text)):
        assert position <= start < end <= len(text)
        position = end


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He met Mr. Smith. She left.", 2),
        ("The U.S. Navy came. It left.", 2),
        ("On Jun. 18 they met.", 1),
        ("“It is over.” She left.", 2),
        ("「終わった。」彼は去った。", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(list(sentence_spans(text, 0, len(text)))) == count


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“Yes,” he said, “no.”", ["Yes,", "no."]),
        ('He said "maybe so" twice.', ["maybe so"]),
        ('"One mark of each kind,” he said.', ["One mark of each kind,"]),
        ('The 6" pipe is “not leaking”, he said.', ["not leaking"]),
        ("„Nein“, sagte er, »nie«.", ["Nein", "nie"]),
        ("Il a dit « jamais » hier.", [" jamais "]),
        ("It’s the boys’ turn.", []),
        ("‘It’s late,’ she said.", ["It’s late,"]),
        ("“An open quote runs on", ["An open quote runs on"]),
        ("「はい」と言った", ["はい"]),
    ],
)
def test_quotes(text: str, quotes: list[str]) -> None:
    (line,) = split_lines(text)
    found = list(find_quotes(line))
    assert [quote.text for quote in found] == quotes
    assert all(text[quote.start : quote.end] == quote.text for quote in found)


def test_words_are_counted_as_readers_do() -> None:
    assert count_words("The editor-in-chief's 3,5 words") == 5
    assert count_words("中国外交部长") == 3


@pytest.mark.parametrize(
    ("line", "ends"),
    [("He left.", True), ("He left.”", True), ("Opinion", False), ("", False), ("終わり。", True)],
)
def test_end_marks(line: str, ends: bool) -> None:
    assert ends_sentence(line) is ends


@given(st.text("aB. !?…\n\r”)(“ dr北。", max_size=60))
@example("B\n. B")
def test_sentences_of_lines_are_those_of_each_line(text: str) -> None:
    lines = split_lines(text)
    plain = [span for line in lines for span in sentence_spans(text, line.start, line.end)]
    assert sentences_of_lines(text, lines) == plain


def test_shortened_weekdays_end_no_sentence() -> None:
    text = "The vote on Thurs. night was close. Nobody left."
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == [
        "The vote on Thurs. night was close.",
        "Nobody left.",
    ]
