from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.checker import Result

RULE = "boilerplate-en/thread"
STORY = [
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement that it gave out before noon.",
    "It had left Maren at dawn, according to officials of the harbour, and the captain told the police that he could not say what had happened.",
    "All of the passengers were brought ashore by fishing boats from the island, the spokesman said, and three were taken to the hospital.",
]
POSTS = [
    "It was a wreck even then, and everybody in the harbour knew it.",
    "The owner never painted that boat, my uncle said so.",
    "What about the second lifeboat, has anyone asked?",
    "They sold it in spring, together with the life jackets.",
]
NAMES = ["skipper62", "Lea M.", "harbour_cat", "Nils von Maren"]


def told(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


def thread(above: str, below: str = "") -> list[str]:
    """Posts, each between lines that say who wrote it, `{n}` its number and `{name}` the name."""
    lines = []
    for n, (name, post) in enumerate(zip(NAMES, POSTS, strict=True), 1):
        lines += [line.format(n=n, name=name) for line in above.split("\n") if line]
        lines.append(post)
        lines += [line.format(n=n, name=name) for line in below.split("\n") if line]
    return lines


@pytest.mark.parametrize(
    "above",
    [
        "{name} on May {n}, 2024 3:1{n} PM",
        "{name}\n{n} hours ago",
        "{name} · {n} hours ago",
        "{n}. {name} 28.may.2024 | 11:2{n}",
        "Soumis par {name}, le mercredi {n} mai 2024 à 15h4{n}",
        "{name}\nHace {n} minutos",
        "{name}\nvor {n} Stunden",
        "{name} 0{n}.05.2024, 11:30 Uhr",
        "{name}\n2024-05-0{n}T19:15:52",
        "{name}\n5/{n}/2024, 4:01:30 PM",
        "{name} replied to comment from Moll #{n} 4:0{n} PM Wednesday, May {n}, 2024 Reply",
    ],
)
def test_posts_under_who_and_when_are_found_in_any_language(check: Callable[..., Result], above: str) -> None:
    lines = thread(above)
    found = check("\n\n".join(STORY + lines))
    assert "\n".join(told(found)) == "\n".join(lines)
    assert not found.record.provenance.bylines


def test_the_author_signs_as_readers_do(check: Callable[..., Result]) -> None:
    lines = thread("{name} at 3:1{n} PM Wednesday, May {n}, 2024")
    found = check("\n\n".join(["Lea Brandt at 7:53 AM Wednesday, May 1, 2024", *STORY, *lines]))
    assert told(found) == lines
    assert [each.name for each in found.record.provenance.bylines] == ["Lea Brandt"]


def test_buttons_below_the_posts_will_do(check: Callable[..., Result]) -> None:
    lines = thread("", "Antworten")
    found = check("\n\n".join([*STORY, "Comments", *lines]))
    assert not any(post in found.cleaned for post in POSTS)


def test_what_stands_below_the_last_post_goes_too(check: Callable[..., Result]) -> None:
    found = check("\n\n".join([*STORY, *thread("{name} on May {n}, 2024 3:1{n} PM"), "Baker wins a prize"]))
    assert found.cleaned.split("\n\n")[:3] == STORY
    assert "Baker" not in found.cleaned


def test_a_story_must_stand_before_it(check: Callable[..., Result]) -> None:
    assert not told(check("\n\n".join(thread("{name} on May {n}, 2024 3:1{n} PM"))))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [line for n, post in enumerate(POSTS) for line in (f"3:1{n} PM", post)], id="live report"
        ),
        pytest.param(
            [line for n, post in enumerate(POSTS) for line in (f"May {n + 1}, 2024, 10:30 am", post)],
            id="timeline",
        ),
        pytest.param(
            [line for n, post in enumerate(POSTS) for line in (f"Ana Brandt, May 4, 2024, 10:3{n} am", post)],
            id="one reporter",
        ),
        pytest.param(
            [f"{name} v Maren May {n}, 2024 15:00" for n, name in enumerate(NAMES, 1)], id="fixtures"
        ),
        pytest.param(
            [line for n, post in enumerate(POSTS[:2], 1) for line in (f"{NAMES[n]} · {n} hours ago", post)],
            id="two alone",
        ),
    ],
)
def test_what_is_no_thread_stays(check: Callable[..., Result], lines: list[str]) -> None:
    assert not told(check("\n\n".join(STORY + lines)))


def test_marks_far_from_each_other_are_no_thread(check: Callable[..., Result]) -> None:
    lines = [line for n, name in enumerate(NAMES, 1) for line in (f"{name} · {n} hours ago", *STORY * 5)]
    assert not told(check("\n\n".join(STORY + lines)))


def test_posts_that_a_story_quotes_are_no_thread(check: Callable[..., Result]) -> None:
    lines = [*thread("{name} on May {n}, 2024 3:1{n} PM"), *STORY * 6]
    assert not told(check("\n\n".join(STORY + lines)))
    assert told(check("\n\n".join([*STORY, "Leave a comment", *lines])))
