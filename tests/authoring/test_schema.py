"""The schema of rule files takes what the loader takes and refuses what it refuses."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from provcheck.authoring.draft import draft, draft_kinds
from provcheck.authoring.schema import key_docs, rule_schema
from provcheck.authoring.selftest import RuleTester
from provcheck.resources import rules_folder
from provcheck.rulebook.packs import check_class, kinds

VALIDATOR = jsonschema.Draft202012Validator(rule_schema())


@pytest.mark.parametrize("path", sorted(rules_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_pack_fits(path: Path) -> None:
    VALIDATOR.validate(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize("kind", draft_kinds())
def test_every_draft_fits_and_passes_its_own_examples(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(draft("mine", "first", kind), "utf-8")
    VALIDATOR.validate(yaml.safe_load(path.read_text("utf-8")))
    tester = RuleTester([str(path)])
    (rule,) = [rule for rule in tester.rules if rule.pack == "mine"]
    assert tester.complaints(rule) == []


@pytest.mark.parametrize(
    "change", [{"pattren": "x"}, {"check": "patern"}, {"level": "loud"}, {"max_words": "many"}, {"mark": 3}]
)
def test_what_the_loader_refuses_does_not_fit(change: dict[str, Any]) -> None:
    rule = {"id": "a", "check": "pattern", "category": "c", "message": "m", "pattern": "x"}
    VALIDATOR.validate({"pack": "p", "rules": [rule]})
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"pack": "p", "rules": [{**rule, **change}]})


@pytest.mark.parametrize("kind", kinds())
def test_every_key_of_every_check_is_explained(kind: str) -> None:
    check = check_class(kind)
    keys = {spec.name for spec in fields(check)}
    assert keys <= set(key_docs(check)), "a key without a word in the docstring"
