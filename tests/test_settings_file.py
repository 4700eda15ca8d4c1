"""Settings: from where each value comes, and what is wrong with a file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from provcheck.checker import Checker
from provcheck.errors import SettingsError, UsageError
from provcheck.model import Document
from provcheck.rulebook.ruleset import load
from provcheck.run import scan
from provcheck.settings import Override, Policy, RuleNames, Settings, Suppression
from provcheck.settings_file import configure, find_settings

TEXT = "The ferry sank off Nordhaven on Monday.\n\nSee also: Herring prices fall\n\nAdvertisement"
TODAY = date(2026, 11, 22)


def written(tmp_path: Path, text: str, name: str = "provcheck.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        configure(written(tmp_path, text))
    return [f"{p.line}:{p.column} {p.message}" for p in caught.value.problems]


def rules_found(settings: Settings, **metadata: str) -> set[str]:
    document = Document(id=metadata.pop("id", "1"), text=TEXT, **metadata)
    return {f.category for f in Checker(settings).check(document).findings}


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_settings(below) != tmp_path / "provcheck.toml"
    outer = written(tmp_path, "")
    project = written(tmp_path / "a", "[tool.other]\n", "pyproject.toml")
    assert find_settings(below) == outer
    project.write_text("[tool.provcheck]\nignore = ['quality']\n")
    assert find_settings(below) == project
    assert configure(project).settings.ignore == ("quality",)


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "ignore = ['quality']\nrules = ['r/mine.yaml']\nfail-on = 'warning'\n\n[groups]\nlink = 0.7\n\n[fields]\ntext = 'body'\n",
    )
    found = configure(path, {"ignore": ("names",), "select": ("credits",)}, TODAY)
    said = {name: (value, where) for name, value, where in found.told}
    assert found.settings.ignore == ("quality", "names")
    assert found.settings.rules == (str(tmp_path / "r/mine.yaml"),)
    assert (found.settings.groups.link, found.settings.fields, found.fail_on) == (
        0.7,
        {"text": "body"},
        "warning",
    )
    assert said["ignore"][1] == f"{path}:1 and --ignore"
    assert said["select"][1] == "--select"
    assert said["groups.link"] == (0.7, f"{path}:5")
    assert said["pattern-seconds"] == (1.0, "default")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ignroe = []\n", "1:1 unknown setting `ignroe`; did you mean `ignore`?"),
        ("extend_select = []\n", "1:1 unknown setting `extend_select`; did you mean `extend-select`?"),
        ("\n[groups]\nlimk = 1\n", "3:1 unknown setting `groups.limk`; did you mean `link`?"),
        ("ignore = 'x'\n", "1:1 `ignore`: expected `array`, got `str`"),
        ("[levels]\nquality = 'loud'\n", "1:1 `levels` is one of error, warning, note, off, not 'loud'"),
        ("[[overrides]]\npaths = ['a']\nlevel = 1\n", "3:1 unknown setting `overrides.level`"),
        ("groups = 3\n", "1:1 `groups` must be a table"),
        ("a = = 1\n", "1:5 is not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    (found,) = problems(tmp_path, text)
    assert found.startswith(expected), found


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "ignroe = []\nselect = 3\n[policy]\ndrop = 1\n")) == 3


def test_names_that_no_rule_has_are_refused() -> None:
    with pytest.raises(UsageError, match="did you mean 'credits'"):
        Checker(Settings(ignore=("credts",)))
    with pytest.raises(UsageError, match="overrides"):
        Checker(Settings(overrides=(Override(paths=("a",), ignore=("nothing-so",)),)))


def test_levels_and_off() -> None:
    document = Document(id="1", text=TEXT)
    levels = Settings(
        levels={"boilerplate-en": "note", "boilerplate-en/see-also": "error", "advertisement": "off"}
    )
    assert {
        f.category: f.level for f in Checker(levels).check(document).findings if f.action == "remove"
    } == {"see-also": "error"}


def test_overrides_hold_for_their_paths_and_outlets() -> None:
    by_path = Settings(overrides=(Override(paths=("wire/**",), ignore=("see-also",)),))
    assert "see-also" in rules_found(by_path, path="other/a.txt")
    assert "see-also" not in rules_found(by_path, path="wire/deep/a.txt")
    by_outlet = Settings(
        select=("credits",), overrides=(Override(outlets=("Mail",), extend_select=("see-also",)),)
    )
    assert rules_found(by_outlet) == set()
    assert "see-also" in rules_found(by_outlet, source="Mail")
    level = Settings(overrides=(Override(outlets=("Mail",), levels={"see-also": "error"}),))
    found = Checker(level).check(Document(id="1", text=TEXT, source="Mail")).findings
    assert {f.level for f in found if f.category == "see-also"} == {"error"}


def test_suppressions(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "suppressions:\n"
        "  - {rule: boilerplate-en/see-also, text: HERRING, reason: a column of that name}\n"
        "  - {rule: names, document: 'old/**', reason: never met}\n"
        "  - {rule: quality, reason: over, expires: 2025-01-31}\n",
        "s.yaml",
    )
    found = configure(None, {"suppressions": str(path)}, TODAY)
    assert [s.rule for s in found.settings.suppressions] == ["boilerplate-en/see-also", "names"]
    assert len(found.notes) == 1 and "expired on 2025-01-31" in found.notes[0]
    assert "see-also" not in rules_found(found.settings)
    result = Checker(found.settings).check(Document(id="1", text=TEXT))
    assert "Herring" in result.cleaned
    (tmp_path / "a.txt").write_text(TEXT)
    summary = scan(str(tmp_path / "a.txt"), found.settings).summary
    assert summary.suppressed == {"boilerplate-en/see-also": 1}
    assert summary.unused_suppressions == ("names: never met",)


@pytest.mark.parametrize(
    "text",
    [
        "suppressions:\n  - {rule: x}\n",
        "suppressions:\n  - {rule: x, reason: ''}\n",
        "suppressions:\n  - {rule: x, reason: y, expires: soon}\n",
        "suppression: []\n",
        "",
    ],
)
def test_a_broken_file_of_suppressions(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError):
        configure(None, {"suppressions": str(written(tmp_path, text, "s.yaml"))})


def test_a_suppression_holds_across_documents(seeds: Path) -> None:
    plain = scan(str(seeds))
    drifts = sum(len(story.findings) for story in plain.stories)
    quiet = scan(str(seeds), Settings(suppressions=(Suppression(rule="quote-drift", reason="test"),)))
    assert (
        0
        < drifts - sum(len(story.findings) for story in quiet.stories)
        == quiet.summary.suppressed["names/quote-drift"]
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[policy]\nreview-boilerplate-share = 60",
            "policy.review-boilerplate-share is at least 0 and at most 1, not 60",
        ),
        ("[policy]\ndrop-below-words = -8", "policy.drop-below-words is at least 0"),
        ("[groups]\ncut = nan", "groups.cut is at least 0"),
        ("[groups]\nshingle = 0", "groups.shingle is at least 1"),
        ("pattern-seconds = 0", "pattern-seconds is above 0"),
        ("max-line-bytes = -1", "max-line-bytes is at least 1000"),
    ],
)
def test_numbers_that_make_no_sense(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises((UsageError, SettingsError), match=re.escape(told)):
        configure(written(tmp_path, text))


def test_a_policy_names_rules_that_there_are() -> None:
    with pytest.raises(
        UsageError,
        match=r"policy\.drop: no rule and no category is named 'see-alsoo'; did you mean 'see-also'",
    ):
        load(Settings(policy=Policy(drop=("see-alsoo",))))


def test_a_whole_name_means_one_rule() -> None:
    names = RuleNames(frozenset({"credits/byline", "credits/byline-desk", "credits/dateline"}))
    assert names.mean("credits/byline", "credits/byline", "byline")
    assert not names.mean("credits/byline", "credits/byline-desk", "byline")
    assert names.mean("credits/byline*", "credits/byline-desk", "byline")
    assert names.mean("credits/by", "credits/byline-desk", "byline")
    assert names.mean("byline", "credits/byline-desk", "byline")
    assert names.mean("credits", "credits/dateline", "dateline")
    assert not names.mean("credits/date", "credits/byline", "byline")
