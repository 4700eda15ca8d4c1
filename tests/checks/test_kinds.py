"""The kinds of checks that users write: what each finds, and which mistakes each refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from provcheck.checker import Checker
from provcheck.errors import RuleError
from provcheck.model import Document
from provcheck.rulebook.ruleset import load
from provcheck.settings import Settings

HEAD = "pack: mine\nrules:\n  - id: a\n    category: c\n    message: '{text}'\n"


def loaded(tmp_path: Path, keys: str, allow_code: bool = False) -> Checker:
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + "".join(f"    {line}\n" for line in keys.splitlines()), "utf-8")
    settings = Settings(rules=(str(path),), shipped_rules=False)
    return Checker(settings, rules=load(settings, allow_code))


def found(tmp_path: Path, keys: str, text: str, **metadata: str) -> list[tuple[str, str | None]]:
    result = loaded(tmp_path, keys).check(Document(id="1", text=text, **metadata))
    return [(f.text, f.suggestion) for f in result.findings]


def mistake(tmp_path: Path, keys: str) -> str:
    with pytest.raises(RuleError) as caught:
        loaded(tmp_path, keys)
    return str(caught.value)


def test_replace_suggests(tmp_path: Path) -> None:
    assert found(tmp_path, "check: replace\nswap: {teh: the}", "Teh ferry left teh harbour, tehran.") == [
        ("Teh", "The"),
        ("teh", "the"),
    ]
    keys = r"check: replace" + "\n" + r"pattern: '(\d+) ?%'" + "\n" + r"replacement: '\1 per cent'"
    assert found(tmp_path, keys, "Up 5% and 7 %.") == [("5%", "5 per cent"), ("7 %", "7 per cent")]


def test_replace_refuses_what_cannot_be_meant(tmp_path: Path) -> None:
    assert "names the group 2" in mistake(tmp_path, "check: replace\npattern: '(a)b'\nreplacement: '\\2'")
    assert "give either" in mistake(tmp_path, "check: replace\nswap: {a: b}\npattern: x\nreplacement: y")
    assert "needs a `replacement`" in mistake(tmp_path, "check: replace\npattern: x")


def test_count_marks_the_first_too_many_or_the_place_of_too_few(tmp_path: Path) -> None:
    assert found(tmp_path, "check: count\npattern: '!'\nmax: 2", "a! b! c! d!") == [("!", None)]
    assert found(tmp_path, "check: count\npattern: said\nmin: 1", "\nThe ferry sank.\nIt rained.") == [
        ("The ferry sank.", None)
    ]
    assert found(tmp_path, "check: count\npattern: x\nmax: 1\nscope: line", "x x\nx\nx x x") == [
        ("x", None),
        ("x", None),
    ]
    assert not found(tmp_path, "check: count\npattern: '!'\nmax: 1\nper_words: 2", "a b! c d!")
    assert "give `max`, `min`" in mistake(tmp_path, "check: count\npattern: x")


def test_consistency_suggests_the_usual_form(tmp_path: Path) -> None:
    keys = "check: consistency\nvariants: {per cent: 'per cent', percent: percent}"
    text = "One percent, two per cent, three per cent."
    assert found(tmp_path, keys, text) == [("percent", "per cent")]
    assert not found(tmp_path, keys, "One percent, two percent.")


def test_requires(tmp_path: Path) -> None:
    keys = "check: requires\npattern: '\\(Reuters\\)'\nrequires: 'editing by'\nwhere: tail"
    assert found(tmp_path, keys, "OSLO (Reuters) - It sank.\nIt rained.") == [("(Reuters)", None)]
    assert not found(tmp_path, keys, "OSLO (Reuters) - It sank.\nEditing by Ana Brandt")


def test_list_exact_and_fuzzy(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("# comment\nall the tides\n\nback to the coast page\n", "utf-8")
    text = "See All The  Tides, and more.\nBack to the coast page!\nBack to the coast pages"
    assert [t for t, _ in found(tmp_path, "check: list\nfile: p.txt", text)] == [
        "All The  Tides",
        "Back to the coast page",
    ]
    assert [t for t, _ in found(tmp_path, "check: list\nfile: p.txt\nat: whole", text)] == [
        "Back to the coast page"
    ]
    fuzzy = "check: list\nfile: p.txt\nat: whole\nfuzzy: 90\nmark: line"
    assert [t for t, _ in found(tmp_path, fuzzy, text)] == [
        "Back to the coast page!",
        "Back to the coast pages",
    ]
    assert "cannot be read" in mistake(tmp_path, "check: list\nfile: none.txt")
    for outside in ("../p.txt", "/etc/hostname"):
        assert "leads out of the folder" in mistake(tmp_path, f"check: list\nfile: {outside}")
    assert "needs `at: whole`" in mistake(tmp_path, "check: list\nphrases: [a b]\nfuzzy: 80")
    assert "has no word" in mistake(tmp_path, "check: list\nphrases: ['***']")


def test_a_list_file_is_part_of_the_hash_of_the_pack(tmp_path: Path) -> None:
    hashes = set()
    for words in ("one\n", "two\n"):
        (tmp_path / "p.txt").write_text(words, "utf-8")
        hashes.add(loaded(tmp_path, "check: list\nfile: p.txt").rules.info[0].hash)
    assert len(hashes) == 2


def test_block_takes_a_list_of_films_with_their_captions(tmp_path: Path) -> None:
    films = ["How the ferry sank", "Why the bakers want rye", "What the mayor sold", "Who fishes in the bay"]
    listed = [line for film in films for line in (f"Film {film[-4:]}", film, film)]
    text = "The ferry sank off Nordhaven on Monday, and nobody was hurt.\n" + "\n".join(listed)
    assert len(found(tmp_path, "check: block", text)) == len(listed)
    assert not found(tmp_path, "check: block", text.rsplit("\n", 3)[0])  # of three films


def test_block_takes_anchors_of_ones_own(tmp_path: Path) -> None:
    text = "The ferry sank off Nordhaven on Monday, and nobody was hurt at all, it was said.\n"
    text += "".join(f"Shoe number {n}\nSKU-{n}\n" for n in range(4))
    keys = "check: block\nkinds: 1\nanchor: '^SKU-'"
    assert len(found(tmp_path, keys, text)) >= 4
    assert not found(tmp_path, "check: block\nkinds: 1", text)


PLUGIN = """
from provcheck import Match

def find(article, word="herring"):
    at = article.text.find(word)
    if word == "crash":
        raise KeyError("boom")
    if at >= 0:
        yield Match(at, at + len(word))
"""


def test_python_only_runs_where_it_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(PLUGIN, "utf-8")
    keys = "check: python\nfile: mine.py\naction: remove"
    assert "--allow-code" in mistake(tmp_path, keys)
    checker = loaded(tmp_path, keys, allow_code=True)
    result = checker.check(Document(id="1", text="the herring fleet"))
    assert ([f.text for f in result.findings], result.cleaned) == (["herring"], "the  fleet")


def test_a_plug_in_that_fails_is_skipped_for_that_document(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(PLUGIN, "utf-8")
    checker = loaded(tmp_path, "check: python\nfile: mine.py\noptions: {word: crash}", allow_code=True)
    record = checker.check(Document(id="1", text="a crash")).record
    assert [(s.rule, s.reason) for s in record.skipped] == [("mine/a", "failed: KeyError: 'boom'")]
    with pytest.raises(RuleError, match="no installed package"):
        loaded(tmp_path, "check: python\nplugin: none")
    (tmp_path / "mine.py").write_text("1 / 0", "utf-8")
    with pytest.raises(RuleError, match="cannot be run"):
        loaded(tmp_path, "check: python\nfile: mine.py\nfunction: other", allow_code=True)


def test_scopes(tmp_path: Path) -> None:
    text = (
        "NORDHAVEN (Reuters) - The ferry sank on Monday. “It was the wind,” she said, and left the hall.\n\n"
        "Reporting by Ana Brandt; Editing by Joe Pike"
    )
    keys = "check: pattern\nscope: {}\npattern: '{}'"
    assert found(tmp_path, keys.format("quote", "wind"), text)
    assert not found(tmp_path, keys.format("quote", "ferry"), text)
    assert found(tmp_path, keys.format("sentence", "^“it was"), text)
    assert found(tmp_path, keys.format("title", "sinks$"), text, title="Ferry sinks")
    shipped = Settings(rules=(str(tmp_path / "mine.yaml"),))
    (tmp_path / "mine.yaml").write_text(
        HEAD + "    check: pattern\n    scope: sign-off\n    pattern: 'joe'\n", "utf-8"
    )
    rules = [f.rule for f in Checker(shipped).check(Document(id="1", text=text)).findings]
    assert "mine/a" in rules


def test_scope_and_action_must_go_together(tmp_path: Path) -> None:
    assert "too late" in mistake(tmp_path, "check: metric\nwhen: 'words < 3'\naction: remove")
    assert "needs a scope of lines" in mistake(
        tmp_path, "check: pattern\npattern: x\nscope: quote\nmark: line"
    )
    title = "check: pattern\npattern: x\nscope: title\nexamples: {match: [x], none: [y]}"
    assert "looks at `title`" in mistake(tmp_path, title)


def test_python_engine_has_look_around_and_a_time_limit(tmp_path: Path) -> None:
    keys = "check: pattern\nengine: python\npattern: 'herring(?! pie)'"
    assert found(tmp_path, keys, "herring pie, herring soup") == [("herring", None)]
    assert "engine: python" in mistake(tmp_path, "check: pattern\npattern: 'herring(?! pie)'")
    slow = loaded(tmp_path, "check: pattern\nengine: python\npattern: '(?:a|a|aa)+(?:a|aa)+$'")
    slow.rules.seconds = 0.05
    record = slow.check(Document(id="1", text="a" * 5_000 + "b")).record
    assert [(s.rule, s.reason) for s in record.skipped] == [("mine/a", "took longer than 0.05 s")]


def test_a_swap_takes_whole_words_in_any_script(tmp_path: Path) -> None:
    keys = "check: replace\nswap: {été: hiver}"
    assert [t for t, _ in found(tmp_path, keys, "L’été, répété.")] == ["été"]


def test_a_pattern_spares_headline_and_quotations(tmp_path: Path) -> None:
    keys = "check: pattern\npattern: cookies\nspares: [headline, quotation]"
    text = "Harbour bans cookies\n\nWe use cookies.\n“We use cookies,” says the banner.\n"
    assert [text for text, _ in found(tmp_path, keys, text)] == ["cookies"] * 2
    title = "Harbour bans cookies | Coast News"
    spared = loaded(tmp_path, keys + "\nmark: line").check(Document(id="1", text=text, title=title)).findings
    assert [f.text for f in spared] == ["We use cookies."]
    assert "need a scope of lines" in mistake(tmp_path, keys + "\nscope: quote")


def test_what_a_pack_spares_holds_for_its_removals_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    rule = "  - {{id: {}, check: pattern, pattern: cookies, category: c, message: m, mark: line{}}}\n"
    rules = [("a", ", action: remove"), ("b", ""), ("c", ", action: remove, spares: []")]
    path.write_text("pack: mine\nspares: [quotation]\nrules:\n" + "".join(rule.format(*r) for r in rules))
    settings = Settings(rules=(str(path),), shipped_rules=False)
    found = Checker(settings, rules=load(settings)).check(
        Document(id="1", text="“Cookies,” says she.\nNo cookies.")
    )
    assert [(f.rule[-1], f.line) for f in found.findings] == [("b", 1), ("c", 1), ("a", 2), ("b", 2)]
