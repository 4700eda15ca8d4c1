from __future__ import annotations

from collections.abc import Callable

from provcheck.checker import Result

RULE = "boilerplate-en/after-comments"
STORY = [
    "The ferry Halcyon Star sank off Nordhaven on Monday with sixty people aboard, and by the evening the guard of Captain Ana Brandt had brought all of them ashore.",
    "It had left Maren at dawn, said Brandt, and the owner, the Coast Line of Nordhaven, had asked for an inspection of the Halcyon Star in spring.",
    "The minister, Lea Moll, said in the capital that the inspectors of the Coast Line had looked at the hull and had found it dry.",
]
FURTHER = [
    "Divers sent by Brandt found a crack in the hull of the Halcyon Star that the inspectors of the Coast Line had not seen in spring, the guard said.",
    "The opposition asked for the minister, Lea Moll, to resign, and said that the ports of Nordhaven and of Maren were as badly inspected as the Halcyon Star.",
    "A spokesman for Moll said that the minister had asked the Coast Line for its books, and that the guard under Brandt would report to Nordhaven by May.",
    "The Halcyon Star will be raised before winter, the guard said, and the quay at Nordhaven stays closed until Brandt has looked at the wreck with divers.",
]
COMMENTS = [
    "I took the Halcyon Star with my kids last year and you could see the rust from the quay in Nordhaven, so why did nobody of the Coast Line look at it??",
    "Moll should go, and I don't care what Brandt says about the Coast Line, you can't tell me that nobody in Maren knew about it, we all did.",
    "Well said Lea Moll, it's not your fault if these people in Nordhaven don't do what they're paid for, I hope you stay and that Brandt gets a medal.",
    "My cousin worked on the Halcyon Star and he told us that the Coast Line didn't want to hear about it, so don't tell me that Brandt or Moll could have known!",
]


def taken(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


def test_what_stands_after_the_comments_began_is_found(check: Callable[..., Result]) -> None:
    found = check("\n\n".join([*STORY, "Leave a Reply", "Baker wins a prize for bread"]))
    assert taken(found) == ["Baker wins a prize for bread"]


def test_a_comment_line_inside_a_story_ends_nothing(check: Callable[..., Result]) -> None:
    found = check("\n\n".join([*STORY, "Leave a Reply", *FURTHER]))
    assert not taken(found)
    assert all(line in found.cleaned for line in FURTHER)


def test_comments_that_name_whom_the_story_names_are_still_comments(check: Callable[..., Result]) -> None:
    found = check("\n\n".join([*STORY, "Leave a Reply", *COMMENTS]))
    assert not any(line in found.cleaned for line in COMMENTS)


def test_corrections_below_the_comments_stay(check: Callable[..., Result]) -> None:
    note = "This article was updated to add what the minister said."
    found = check("\n\n".join([*STORY, "Leave a Reply", "Baker wins a prize for bread", note]))
    assert note in found.cleaned and taken(found) == ["Baker wins a prize for bread"]


def test_a_thread_may_be_longer_than_its_article(check: Callable[..., Result]) -> None:
    found = check("\n\n".join([*STORY, "8 thoughts on “The wreck of the Halcyon Star”", *COMMENTS * 2]))
    assert found.cleaned.split("\n\n") == STORY


def test_a_story_below_an_early_line_of_comments_stays(check: Callable[..., Result]) -> None:
    found = check("\n\n".join([*STORY[:2], "8 comments", *FURTHER, *STORY[2:]]))
    assert all(line in found.cleaned for line in (*STORY, *FURTHER))


def test_an_interview_and_the_sheet_of_a_match_go_on_behind_a_button(check: Callable[..., Result]) -> None:
    interview = [
        "Why did you vote against the pier?",
        "Because we cannot afford it, and I said so in spring.",
        "What would you do instead?",
        "Close the quay for good.",
        "And the fishermen?",
        "They can use the pier at Maren, as my brother does.",
    ]
    match = [
        "Skerry put Rovers ahead on nine minutes.",
        "I thought it was over, said Skerry.",
        "Rovers: Hoyle; Best, Pell.",
        "Referee: A. Birtwistle.",
    ]
    for rest in (interview, match):
        assert not taken(check("\n\n".join([*STORY, "Comments", *rest])))
