from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.checker import Result
from provcheck.lexicon.agencies import agencies, find_agencies

LEAD = "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement.\n\n"


def test_eighty_agencies_and_no_name_twice() -> None:
    names = [name for agency in agencies() for name in agency.names]
    assert len(agencies()) >= 80
    assert len(names) == len(set(names))


def test_agencies_are_whole_words() -> None:
    assert [m.agency.name for m in find_agencies("AP and AFP, but not APart, MAP-like or AFP-led")] == [
        "AP",
        "AFP",
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(With inputs from PTI)", ["PTI"]),
        ("Source: Asia News Network", ["Asia News Network"]),
        ("Reuters and Associated Press contributed to this report", ["Reuters", "AP"]),
        ("(FRANCE 24 with AP and AFP)", ["AP", "AFP"]),
        ("© Copyright AFP 2025. All rights reserved.", ["AFP"]),
        ("Source: Meridian News Agency", ["Meridian"]),
        ("The minister spoke to AFP on Monday.", []),
    ],
)
def test_agencies(check: Callable[..., Result], line: str, names: list[str]) -> None:
    said = check(LEAD + line).record.provenance
    assert [credit.name for credit in said.agencies] == names


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("BEIJING: The two sides met.", "BEIJING", None),
        ("NORDHAVEN (Reuters) – The ferry sank.", "NORDHAVEN", "Reuters"),
        ("COLOMBO, Aug. 22 (Xinhua) -- A court met.", "COLOMBO", "Xinhua"),
        ("Rome (AFP) – Hunger spread.", "Rome", "AFP"),
        ("KHAN YOUNIS, Gaza Strip (AP) — Strikes hit.", "KHAN YOUNIS, Gaza Strip", "AP"),
    ],
)
def test_datelines(check: Callable[..., Result], line: str, place: str, agency: str | None) -> None:
    dateline = check(line).record.provenance.dateline
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Nikkei Asia reported that the talks failed.", ["Nikkei Asia"]),
        ("The talks failed, according to state-run broadcaster CCTV.", ["CCTV"]),
        ("“We left,” he told The New York Times.", ["The New York Times"]),
        ("The Times Square office closed.", []),
        (
            "A joint investigation between The Guardian and +972 Magazine found that the talks failed.",
            ["The Guardian", "+972 Magazine"],
        ),
        ("He told several outlets, most recently the Denver Post, that the talks failed.", ["Denver Post"]),
        ("Haaretz, the liberal daily of the country, reported that the talks failed.", ["Haaretz"]),
        ("The talks failed, said Ana Stern of the Ministry of Foreign Affairs.", []),
        ("Reuters reported it. Reuters said so again.", ["Reuters"]),
        ("Haaretz, N12 and Ynet emphasised the rejection of the report.", ["Haaretz", "N12", "Ynet"]),
        ("Jordan’s Al-Bahr TV reported that the ferry sank.", ["Al-Bahr TV"]),
        ("“Nobody came,” Coast News’s Ana Brandt said.", ["Coast News"]),
        ("The Nordhaven Ledger reported that the ferry sank.", ["The Nordhaven Ledger"]),
        ("Royal Mail said that letters from the island would be late.", []),
        ("As The New Yorker later noted, the talks had failed before noon.", ["The New Yorker"]),
        ("An official implied to Israel's Ynet news site that it was over.", ["Ynet"]),
        ("Nobody took a crown, the Lankan newspaper ‘Daily Mirror’ reported.", ["Daily Mirror"]),
        ("He told Dutch news agency ANP after the meeting that it was too little.", ["ANP"]),
        (
            "A recent Wall Street Journal article suggested that the letter was there.",
            ["Wall Street Journal"],
        ),
        ("Another New York Post article noted that he himself had not.", ["New York Post"]),
        ("Via Yahoo News:", ["Yahoo News"]),
        ("As the newspaper, The Scotsman, remarked ten years later, he had won.", ["The Scotsman"]),
        ("Writing in the same newspaper, James Lawton said that nobody understood.", []),
        ("It passed on Friday, according to the Senate Journal record.", []),
    ],
)
def test_cited_outlets(check: Callable[..., Result], text: str, cites: list[str]) -> None:
    result = check(text)
    found = result.record.provenance.cites
    assert [credit.name for credit in found] == cites
    assert all(result.article.text[c.start : c.end] == c.name for c in found)


def test_who_reported_and_who_contributed(check: Callable[..., Result]) -> None:
    line = "Brandt reported from Oslo. Associated Press writers Joe Pike in Rome and Ida Holm in Paris contributed to this report."
    said = check(LEAD + line).record.provenance
    assert [(b.name, b.role) for b in said.bylines] == [
        ("Brandt", "reporting"), ("Joe Pike", "additional-reporting"), ("Ida Holm", "additional-reporting")
    ]  # fmt: skip


def test_the_source_of_a_picture_or_a_chart_is_no_agency(check: Callable[..., Result]) -> None:
    story = [
        "The council of Nordhaven voted on Tuesday to rebuild the east pier, which was closed after a storm tore away forty metres of it.",
        "Mayor Ilse Brandvold said the work would start in May and cost two million euros, most of it paid by the coastal fund of the island.",
        "The pier was built for the ferries, and the fishermen have used it since those land in the new harbour, which was opened ten years ago.",
    ]
    for line in ("Credit: Courtesy of Nordhaven Museum", "Source: Wikimedia Commons", "Source: Author"):
        assert not check("\n\n".join([line, *story])).article.provenance.agencies
    again = [each.replace("pier", "quay") for each in story]
    middle = "\n\n".join([*story, *again, "Source: Harbour Top 500 Guide", *story[::-1], *again[::-1]])
    assert not check(middle).article.provenance.agencies
    end = check("\n\n".join([*story, "Source: Coast Wire"])).article.provenance.agencies
    assert [agency.name for agency in end] == ["Coast Wire"]


def test_an_agency_between_the_paragraphs_is_of_a_picture(check: Callable[..., Result]) -> None:
    paragraphs = [
        f"{LEAD.strip()} Its owner has {n} more of them, and all lie idle in the harbour." for n in range(4)
    ]
    inside = "\n\n".join([*paragraphs[:1] * 3, "Reuters", *paragraphs])
    assert not check(inside).record.provenance.agencies
    assert [
        each.name for each in check("\n\n".join([*paragraphs, "Reuters"])).record.provenance.agencies
    ] == ["Reuters"]
    below = "\n\n".join([*paragraphs[:1] * 3, "Updated 8 sec ago", "Reuters", *paragraphs])
    assert [each.name for each in check(below).record.provenance.agencies] == ["Reuters"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Source: CNB/hm(cy)", ["CNB"]),
        ("Sources: Harbour Steve, ABC, the port", []),
        ("Credit: Ana Brandt/Coast Television Group © 2014", []),
    ],
)
def test_sources_of_several_and_initials(check: Callable[..., Result], line: str, names: list[str]) -> None:
    assert [each.name for each in check(LEAD + line).record.provenance.agencies] == names


def test_everyone_who_reported_from_somewhere(check: Callable[..., Result]) -> None:
    line = "Ana Brandt reported from Oslo, and Lea de Moll from Rome. Associated Press Writer Joe Pike contributed from Bonn."
    said = check(LEAD * 2 + line).record.provenance.bylines
    assert [(each.name, each.role) for each in said] == [
        ("Ana Brandt", "reporting"),
        ("Lea de Moll", "reporting"),
        ("Joe Pike", "additional-reporting"),
    ]
