"""Groups and stories of whole scans: awkward collections, any order, no chains."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import provcheck
from provcheck.model import Report

FERRY = (
    "A passenger ferry carrying {n} people ran aground on a reef off Port Selwyn early on Tuesday, the coast guard said. "
    "The vessel struck the Tern Rocks shortly after two in the morning and water flooded the engine room. "
    "Three lifeboats and two helicopters worked without a pause while high waves broke over the deck. "
    "Fourteen passengers were taken to hospital with broken bones, and none of them was in danger."
)
BEES = (
    "Beekeepers on the roofs of Kestrel Bay took in a record harvest of honey this summer, their association said. "
    "The lime trees flowered a fortnight late, but the dry weeks of August made good for the cold spring. "
    "Most of the hives stand on schools, where pupils learn to read the dances of the scouts."
)


def scan(tmp_path: Path, texts: list[str], **fields: str) -> Report:
    path = tmp_path / "x.jsonl"
    path.write_text(
        "".join(json.dumps({"id": f"{n:05}", "text": text, **fields}) + "\n" for n, text in enumerate(texts))
    )
    return provcheck.scan([str(path)])


def members(report: Report) -> list[set[str]]:
    return [{member.id for member in group.members} for group in report.groups]


def test_exact_copies_have_exact_links(tmp_path: Path) -> None:
    report = scan(tmp_path, [FERRY.format(n=212), BEES, FERRY.format(n=212).upper()])
    assert members(report) == [{"00000", "00002"}]
    (link,) = report.groups[0].links
    assert (link.relation, link.score) == ("exact", 1.0)


def test_links_show_the_passages(tmp_path: Path) -> None:
    one, other = (
        FERRY.format(n=212),
        "First of all. " + FERRY.format(n=212).replace("high waves broke", "the sea rolled"),
    )
    report = scan(tmp_path, [one, other, BEES])
    (link,) = report.groups[0].links
    assert link.relation == "copy"
    assert len(link.shared) >= 2
    for passage in link.shared:
        assert one[slice(*passage.a)] == other[slice(*passage.b)]


def test_thousands_of_identical_documents_are_one_group(tmp_path: Path) -> None:
    report = scan(tmp_path, [FERRY.format(n=212)] * 2_000 + [BEES])
    assert [len(found) for found in members(report)] == [2_000]


def test_hundreds_of_near_copies_are_one_group(tmp_path: Path) -> None:
    report = scan(tmp_path, [FERRY.format(n=n) + f" Reference {n}." for n in range(200, 400)] + [BEES])
    assert [len(found) for found in members(report)] == [200]


@pytest.mark.parametrize("texts", [["word", "word two", "…", "-"], ["a"] * 50 + ["b"] * 50, ["", "x y z"]])
def test_texts_of_next_to_nothing(tmp_path: Path, texts: list[str]) -> None:
    scan(tmp_path, texts)


def test_one_line_in_every_document_joins_nothing(tmp_path: Path) -> None:
    line = "\n\nDownload the application of the harbour authority for tides and for the times of all the ferries."
    parts = [a + b for a in "bcdfghjklm" for b in ("ada", "elo", "iru", "onk")]
    texts = [
        " ".join("".join(random.Random(f"{n} {k}").choices(parts, k=3)) for k in range(60)) + line
        for n in range(60)
    ]
    assert members(scan(tmp_path, texts)) == []


def test_unrelated_documents_are_no_story(tmp_path: Path) -> None:
    report = scan(tmp_path, [FERRY.format(n=212), BEES])
    assert not report.groups and not report.stories


def test_scripts_without_spaces_and_from_right_to_left(tmp_path: Path) -> None:
    chinese = "周二凌晨，一艘载有二百一十二人的客轮在塞尔温港外触礁搁浅，海岸警卫队说，救援人员花了七个半小时才把所有人送上岸。十四名乘客因体温过低和骨折被送往医院，没有人有生命危险。"
    hebrew = "מעבורת נוסעים ובה מאתיים ושנים עשר איש עלתה על שרטון מול הנמל ביום שלישי לפנות בוקר, ומשמר החופים הודיע כי כל הנוסעים חולצו בשלום אחרי שבע שעות וחצי של מאמץ בים סוער."
    report = scan(
        tmp_path, [chinese, hebrew, chinese.replace("周二", "星期二"), hebrew + " אין נפגעים.", BEES]
    )
    assert members(report) == [{"00000", "00002"}, {"00001", "00003"}]


def test_far_apart_dates_are_no_story(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    other = (
        "Ida Sorensen had just bought a cup of tea when the ferry tilted. “Then the sea came up the stairs,” she says. "
        "The Tern Rocks lie within sight of Port Selwyn, and the lifeboats were there before her tea was cold. "
        "Passengers sang in the lounge until the helicopters came, and the coast guard counted them on the quay."
    )
    for day, stories in (("2024-10-09", 1), ("2021-01-01", 0)):
        lines = [
            {"id": "a", "published": "2024-10-08", "text": FERRY.format(n=212)},
            {"id": "b", "published": day, "text": other},
        ]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        report = provcheck.scan([str(path)])
        assert (len(report.stories), report.groups) == (stories, ())


def test_any_order_gives_the_same_groups_and_stories(tmp_path: Path, seeds: Path) -> None:
    report = provcheck.scan([str(seeds)])
    files = sorted(str(path) for path in seeds.iterdir() if path.suffix in (".txt", ".md", ".html"))
    random.Random(3).shuffle(files)
    shuffled = provcheck.scan(files)

    def named(found: Report) -> list[tuple[str, ...]]:
        return sorted(
            tuple(sorted(Path(member.id).name + member.role for member in group.members))
            for group in found.groups
        ) + sorted(tuple(sorted(Path(name).name for name in story.documents)) for story in found.stories)

    assert named(report) == named(shuffled)


def test_a_text_of_five_megabytes(tmp_path: Path) -> None:
    long = "\n\n".join(FERRY.format(n=n) for n in range(10_000))
    scan(tmp_path, [long, FERRY.format(n=212), BEES])


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (
            "เรือข้ามฟากจมลงนอกชายฝั่งเมื่อวันจันทร์โดยมีผู้โดยสารหกสิบคนอยู่บนเรือ หน่วยยามฝั่งกล่าวว่าทุกคนปลอดภัย",
            "รัฐมนตรีกระทรวงการคลังแถลงข่าวเรื่องงบประมาณประจำปีใหม่ในรัฐสภาเมื่อวานนี้ และตอบคำถามของผู้สื่อข่าว",
        ),
        (
            "一艘载有六十人的渡轮星期一在诺德港外触礁沉没，海岸警卫队说船上所有人员当天傍晚之前都被渔船救上岸。",
            "财政部长昨天在议会介绍了新的年度预算，并回答了记者提出的有关税收和养老金改革的问题。",
        ),
        (
            "غرقت عبارة على متنها ستون راكبا قبالة الساحل يوم الاثنين وقال خفر السواحل إن جميع الركاب نقلوا إلى الشاطئ",
            "عرض وزير المالية الموازنة السنوية الجديدة أمام البرلمان أمس وأجاب عن أسئلة الصحفيين حول الضرائب",
        ),
    ],
    ids=["Thai", "Chinese", "Arabic"],
)
def test_copies_are_found_in_any_script(tmp_path: Path, text: str, other: str) -> None:
    report = scan(tmp_path, [text * 3, text * 3 + other[:20], other * 3])
    assert [[m.id for m in group.members] for group in report.groups] == [["00000", "00001"]]


def test_what_is_told_of_the_words_of_one_counts_for_its_twin(tmp_path: Path) -> None:
    right = (
        FERRY.format(n=212)
        + "\n\nTransport Minister Ana Brandt met captain Piotr Walczak at the harbour, officials said."
    )
    wrong = right.replace("Ana Brandt", "Anna Prandt").replace("Piotr Walczak", "Peter Valchak")
    rows = [
        ("a1", wrong),
        ("a2", wrong),
        ("b1", right),
        ("b2", right + " It was late."),
        ("b3", right + " Nobody was hurt."),
    ]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in rows), "utf-8")
    (group,) = provcheck.scan([str(source)]).groups
    assert group.origin.document not in ("a1", "a2")
    roles = {member.id: member.role for member in group.members}
    assert roles["a1"] == roles["a2"]
