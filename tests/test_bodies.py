"""Lines of articles that look like furniture of pages, and stay; kinds of lines that many sites have, and go."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.checker import Result

STORY = (
    "The Nordhaven council voted on Tuesday to rebuild the east pier, which was closed after a storm tore away forty metres of decking.",
    "Mayor Ilse Brandvold said the work would start in May and cost about 2.1 million euros, most of it paid by the coastal fund.",
    "Fishermen had asked for a cheaper floating dock, but engineers told the council that it would not survive another winter.",
    "The harbour master, Ola Ness, said boats would use the western basin until the autumn, and that fees would be halved.",
    "Opponents of the plan said that the council had never published the full cost of upkeep, which they put at 90,000 euros a year.",
    "A first tender will be published next week, and the council expects to choose a builder by the end of April, Brandvold said.",
)


def removed(check: Callable[..., Result], *lines: str) -> list[str]:
    result = check("\n\n".join(lines), title="Pier to be rebuilt", source="Nordhaven Post")
    text = result.document.text
    return [text[start:end] for start, end in result.article.removable]


@pytest.mark.parametrize(
    "credit",
    [
        " — AFP",
        " —APP",
        " - Bernama",
        " -- Xinhua",
        " /AFP",
        " | ANI",
        " PTI",
        " – Reuters",
        " (Xinhua)",
        " • AFP",
        " BNS/LETA",
    ],
)
@pytest.mark.parametrize(
    "last",
    [
        "“All three boats were saved,” he told reporters here.",
        "The chief minister and members of the cabinet also attended.",
        "The new pier will open in the summer of 2026.",
    ],
)
def test_the_last_paragraph_of_an_agency_copy(check: Callable[..., Result], last: str, credit: str) -> None:
    assert removed(check, *STORY[:5], last + credit) == []


@pytest.mark.parametrize(
    "plug",
    [
        "Follow us on Facebook",
        "Join our WhatsApp channel for the latest news",
        "Follow Ana Brandt on Twitter",
        "About the author",
    ],
)
def test_a_plug_in_the_middle_takes_itself_alone(check: Callable[..., Result], plug: str) -> None:
    assert removed(check, *STORY[:4], plug, *STORY[4:]) == [plug]


@pytest.mark.parametrize(
    "line",
    [
        "Yes.",
        "No.",
        "“No.”",
        "More on that later.",
        "Also on trial is Kai Moss.",
        "Copyright holders say the bill goes too far.",
        "Watch this space, says Ness.",
        "For more than a decade, residents have asked the mayor to check the pier.",
        "To see more of the pier, visitors go to the western basin.",
        "Donate blood, the hospital asked residents on Monday.",
        "“Read more books,” she told them.",
        "“Share it with your neighbours,” said the mayor.",
        "★★★☆☆",
    ],
)
def test_sentences_that_begin_like_controls(check: Callable[..., Result], line: str) -> None:
    assert removed(check, *STORY[:3], line, *STORY[3:]) == []


@pytest.mark.parametrize(
    "items",
    [
        ("The dead were identified as:", "Joe Pike, 41, of Maren", "Ana Brandt, 38, of Nordhaven", "Lea Moll, 12"),
        ("Odom faces these charges:", "- Aggravated assault", "- Reckless driving", "- Leaving the scene"),
        ("The council asks residents to take care:", "• Keep pets indoors", "• Tie down boats", "• Stay off the pier"),
        ("Nordhaven: Joe Pike; Lea Moll, Ana Brandt (capt), Piotr Walczak, Sam Prantner; Kim Osei, Max Rau", "Referee: Tom Grau (Maren)", "Kick-off: 17:05"),
    ],
)  # fmt: skip
def test_a_list_that_the_article_introduces(check: Callable[..., Result], items: tuple[str, ...]) -> None:
    assert removed(check, *STORY, *items) == []


@pytest.mark.parametrize(
    "line",
    [
        "Click to share on X (Opens in new window)",
        "Filed Under: Harbours, Ferries",
        "See a typo? Report it here.",
        "Download on the App Store",
        "Login or signup to continue reading",
        "This article is more than 3 months old",
        "We apologize, but this video has failed to load.",
        "Your subscription could not be saved. Please try again.",
        "(This story has not been edited by Nordhaven Post staff and is auto-generated from a syndicated feed)",
    ],
)
def test_furniture_of_many_sites(check: Callable[..., Result], line: str) -> None:
    assert removed(check, *STORY, line) == [line]
