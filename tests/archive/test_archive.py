"""An archive answers as a comparison of two documents would, and remembers what it was built with."""

from __future__ import annotations

import random
from itertools import takewhile
from pathlib import Path

import msgspec
import pytest
from invented_stories import WHOLE, entry, story

from provcheck.archive import migrations
from provcheck.archive.archive import Archive
from provcheck.archive.entry import SCHEMA, ArchiveError, Parameters
from provcheck.archive.opening import create_store, open_store
from provcheck.checker import Checker
from provcheck.model import PackInfo, Problem, Summary
from provcheck.rulebook.ruleset import load
from provcheck.run import OTHER_TEXT, scan, scan_records
from provcheck.settings import Settings


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "archive.db")


def filled(path: str, **texts: str) -> Archive:
    archive = Archive(create_store(path, WHOLE))
    assert [outcome for _, outcome in archive.add(entry(name, text) for name, text in texts.items())] == [
        "added"
    ] * len(texts)
    return archive


def test_copies_cuts_and_parts_are_found_among_others(path: str) -> None:
    texts = {f"s{seed}": story(seed) for seed in range(300)}
    archive = filled(path, **texts)
    lines = texts["s7"].splitlines()
    found = archive.matches(entry("copy", texts["s7"].upper()))
    assert [(m.document, m.relation, m.score) for m in found] == [("s7", "exact", 1.0)]
    found = archive.matches(entry("cut", "\n".join(lines[:7])))
    assert [(m.document, m.relation) for m in found] == [("s7", "copy")]
    assert found[0].containment > 0.9 > found[0].containment_archived
    mixed = "\n".join([*lines[:4], *story(900).splitlines()[:8]])
    found = archive.matches(entry("part", mixed))
    assert [(m.document, m.relation) for m in found] == [("s7", "partial")]
    start, end = found[0].shared[0].a
    assert mixed[start:end] == texts["s7"][slice(*found[0].shared[0].b)]
    assert archive.matches(entry("other", story(901))) == ()
    assert archive.matches(entry("empty", "")) == ()


def test_a_document_does_not_match_itself(path: str) -> None:
    archive = filled(path, a=story(1), b=story(1))
    assert [m.document for m in archive.matches(entry("a", story(1)))] == ["b"]


def test_answers_do_not_depend_on_how_documents_were_added(tmp_path: Path) -> None:
    """One batch or many, one process or several: the same answers."""
    texts = [story(seed) for seed in range(40)] + [story(seed, 6) for seed in range(40)]
    entries = [entry(f"d{at}", text, url=f"https://a.example/{at}") for at, text in enumerate(texts)]
    answers = []
    for sizes in ([80], [1] * 80, [3, 70, 7]):
        name = str(tmp_path / f"{len(sizes)}.db")
        create_store(name, WHOLE).close()
        at = 0
        for size in sizes:
            with open_store(name) as store:
                store.add(entries[at : at + size])
            at += size
        with open_store(name) as store:
            assert store.check().mistakes == () and store.stats().documents == 80
            answers.append([Archive(store).matches(each) for each in entries])
    assert answers[0] == answers[1] == answers[2]
    assert sum(len(each) for each in answers[0]) >= 80


def test_known_and_changed_documents_are_told_and_not_added(path: str) -> None:
    archive = filled(path, a=story(1))
    told = list(
        archive.add([entry("a", story(1)), entry("a", story(2)), entry("b", story(3)), entry("b", story(3))])
    )
    assert [outcome for _, outcome in told] == ["known", "changed", "added", "known"]
    assert archive.store.stats().documents == 2


def test_common_words_find_nothing_and_cost_little(path: str) -> None:
    draw = random.Random(3)
    words = [f"wort{number}" for number in range(40)]
    texts = {f"s{at}": " ".join(draw.choices(words, k=120)) for at in range(30)}
    archive = filled(path, **texts)
    assert all(m.relation != "exact" for m in archive.matches(entry("x", " ".join(words))))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"text": "body"}, "text whole"),
        ({"shingle": 5}, "shingle 3, this run has shingle 5"),
        ({"packs": (PackInfo("credits", "00ff", 3),)}, "other rules (credits differ)"),
    ],
)
def test_other_parameters_are_refused(other: dict[str, object], said: str) -> None:
    with pytest.raises(ArchiveError, match=said.replace("(", r"\(").replace(")", r"\)")):
        WHOLE.refuse(msgspec.structs.replace(WHOLE, **other))


def test_a_later_schema_is_refused(path: str) -> None:
    filled(path, a=story(1))
    with open_store(path) as store:
        later = msgspec.structs.replace(store.parameters, schema=SCHEMA + 1)
        store._base.execute(  # type: ignore[attr-defined]
            "UPDATE meta SET value = ?", (msgspec.json.encode(later).decode(),)
        )
    with pytest.raises(ArchiveError, match="written by a later provcheck"):
        open_store(path)


def test_migration_takes_new_rules_and_older_schemas(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = PackInfo("credits", "aa", 3), PackInfo("credits", "bb", 4)
    create_store(path, Parameters(packs=(old,))).close()
    with open_store(path) as store:
        told = store.migrate(Parameters(packs=(new,)))
        assert len(told) == 1 and "credits" in told[0]
    with open_store(path) as store:
        store.parameters.refuse(Parameters(packs=(new,)))
        assert store.migrate(Parameters(packs=(new,))) == []
    monkeypatch.setattr(migrations, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(
        migrations,
        "_STEPS",
        {SCHEMA: lambda base: base.execute("ALTER TABLE document ADD COLUMN author TEXT")},
    )
    with open_store(path) as store:
        assert store.migrate(Parameters(packs=(new,))) == [f"schema {SCHEMA} became {SCHEMA + 1}"]
    with open_store(path) as store:
        assert store.parameters.schema == SCHEMA + 1


def test_a_scan_says_what_the_archive_has_and_remembers(path: str, tmp_path: Path, checker: Checker) -> None:

    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.txt").write_text(story(1))
    create_store(path, Parameters.of("body", checker.settings.groups, checker.rules.info)).close()
    first = list(scan_records([str(tmp_path / "new")], archive=path, remember=True))
    assert first[1].matches == ()  # type: ignore[union-attr]
    (tmp_path / "new" / "a.txt").rename(tmp_path / "new" / "b.txt")
    second = list(scan_records([str(tmp_path / "new")], archive=path, workers=2))
    assert [m.document for m in second[1].matches] == ["a.txt"]  # type: ignore[union-attr]
    assert scan([str(tmp_path / "new")]).documents[0].matches == ()


def test_the_archive_remembers_when_all_that_was_written_is_safe(
    path: str, tmp_path: Path, checker: Checker
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.txt").write_text(story(1))
    create_store(path, Parameters.of("body", checker.settings.groups, checker.rules.info)).close()
    records = scan_records([str(tmp_path / "new")], archive=path, remember=True)
    assert sum(1 for _ in takewhile(lambda record: not isinstance(record, Summary), records)) >= 2
    with open_store(path) as store:
        assert store.stats().documents == 0  # whoever took the summary may still fail to write it
    assert list(records) == []
    with open_store(path) as store:
        assert store.stats().documents == 1


def test_another_text_under_a_known_id_is_compared_and_told(path: str, tmp_path: Path) -> None:
    create_store(path, Parameters.of("body", Settings().groups, load().info))
    for text in (story(1), story(2)):
        (tmp_path / "a.jsonl").write_bytes(msgspec.json.encode({"id": "x", "text": text}) + b"\n")
        records = list(scan_records([str(tmp_path / "a.jsonl")], archive=path, remember=True))
    problems = [r for r in records if isinstance(r, Problem)]
    assert [(p.id, p.reason) for p in problems] == [("x", OTHER_TEXT)]
    assert isinstance(records[-1], Summary) and records[-1].problems == 1
    archive = Archive(open_store(path))
    assert [m.document for m in archive.matches(entry("x", story(1) + " " + story(3)[:200]))] == ["x"]


def test_a_batch_that_failed_leaves_nothing_that_another_process_would_meet(path: str) -> None:
    """The words and the segments of a rolled back transaction were kept, and their numbers given to others meanwhile."""
    create_store(path, WHOLE)
    one, other = open_store(path), open_store(path)
    postings = one._postings  # type: ignore[attr-defined]
    add = postings.add

    def broken(*arguments: object) -> None:
        add(*arguments)
        raise KeyboardInterrupt

    postings.add = broken
    with pytest.raises(KeyboardInterrupt):
        one.add([entry(f"lost{n}", story(n)) for n in range(3)])
    postings.add = add
    other.add([entry(f"b{n}", story(100 + n)) for n in range(9)])
    one.add([entry(f"c{n}", story(200 + n)) for n in range(3)])
    checked = open_store(path).check()
    assert checked.mistakes == () and checked.documents == 12
