from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.text.patterns import Pattern, PatternError, PatternSet


def test_offsets_are_code_points() -> None:
    (hit,) = Pattern("wörd").finditer("añb\n😀 wörd")
    assert (hit.start, hit.end) == (6, 10)


def test_caret_matches_at_lines() -> None:
    assert Pattern("^b").search("a\nb")


@pytest.mark.parametrize(
    ("source", "hint"), [("(?=a)", "look-around"), (r"(a)\1", "back-references"), ("(", "not a valid")]
)
def test_what_re2_does_not_take_is_said(source: str, hint: str) -> None:
    with pytest.raises(PatternError, match=hint):
        Pattern(source).check()


def test_exponential_patterns_are_linear_here() -> None:
    assert not Pattern("^(a+)+$").search("a" * 50_000 + "b")


def test_pickles_and_matches_again() -> None:
    pattern = pickle.loads(pickle.dumps(Pattern("SEE", ignore_case=True)))
    assert pattern.search("see also")
    both = pickle.loads(pickle.dumps(PatternSet([pattern, Pattern("zzz")])))
    assert list(both.hits("I see")) == [0]


@given(st.lists(st.sampled_from(["a", "b+", "^c", "d$", "x|y"]), min_size=1), st.text("abcdxy\n "))
def test_the_set_agrees_with_each_pattern(sources: list[str], text: str) -> None:
    patterns = [Pattern(source) for source in sources]
    assert list(PatternSet(patterns).hits(text)) == [
        i for i, pattern in enumerate(patterns) if pattern.search(text)
    ]


WORDS = st.sampled_from(["ferry", "Harbour", "see also", "É", "straße", "a.b", "x", "12"])


@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=8), st.lists(WORDS, max_size=6))
def test_a_set_hits_what_each_pattern_matches_by_itself(
    parts: list[tuple[str, bool]], words: list[str]
) -> None:
    patterns = [Pattern(rf"^{word}|\b{word}s?\b", case) for word, case in parts]
    text = "\n".join(words).swapcase()
    assert list(PatternSet(patterns).hits(text)) == [i for i, p in enumerate(patterns) if p.search(text)]


def test_a_thousand_patterns_run() -> None:
    patterns = [Pattern(f"word{n} (?:the )?other{n}", True) for n in range(1_000)]
    assert list(PatternSet(patterns).hits("WORD7 other7, word512 the other512")) == [7, 512]


ALTERNATIVES = st.lists(
    st.sampled_from(["ferry", "fer+y boat", "^see", "x|y", r"boat\b", "[^.]{0,3}y"]), min_size=1, unique=True
)


@given(
    ALTERNATIVES,
    st.sampled_from(["", r"^[^\pL]*"]),
    st.text("feryboatsx. \n", max_size=40) | st.sampled_from(["see the ferry boat", "– ferry\nsee x"]),
)
def test_only_the_alternatives_that_occur_find_the_same(sources: list[str], head: str, text: str) -> None:
    pattern = Pattern.any_of(sources, ignore_case=True).within(head, "")
    hits = PatternSet([pattern]).hits(text)
    assert hits.get(0, set()) == {n for n, each in enumerate(pattern.each()) if each.search(text)}
    if hits:
        assert list(pattern.only(sorted(hits[0])).finditer(text)) == list(pattern.finditer(text))
    else:
        assert not pattern.search(text)


PIECES = st.sampled_from(
    [
        "ab",
        "[a-c]+",
        "(?!b)",
        "(?<![ab])",
        "(?=.c)",
        "(?<=a)",
        "(?:a|bc)",
        "c{2,}",
        "(?P<x>b)",
        r"\.",
        "[^a]",
        "$",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=5), st.text("abc. \n", max_size=12))
def test_what_stands_in_for_a_pattern_with_look_around_occurs_wherever_it_does(
    pieces: list[str], text: str
) -> None:
    pattern = Pattern("".join(dict.fromkeys(pieces)), engine="python")
    stand_in = pattern.for_re2()
    if stand_in is not None and pattern.search(text):
        assert stand_in.search(text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"(?<![\w-])[a-z]{3}- (?!and\b)[a-z]", "[a-z]{3}- [a-z]"),
        (r"(?P<x>a)[)(?!]b", "(?P<x>a)[)(?!]b"),
        (r"\bfoo", None),
        (r"[\w]x", None),
        ("a(?>b)", None),
        (r"\Aab(?!c)", None),  # the start of a line, where lines are looked at one by one
        (r"(a)\1", None),
        ("a(?!b){2}c", None),
        ("(?!a)b|(?=c)", None),
    ],
)
def test_which_patterns_of_the_python_engine_have_a_stand_in(source: str, expected: str | None) -> None:
    stand_in = Pattern(source, engine="python").for_re2()
    assert (stand_in.source if stand_in else None) == (f"(?:{expected})" if expected else None)
    assert Pattern(source, ignore_case=True, engine="python").for_re2() is None
