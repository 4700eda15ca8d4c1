"""The JSON Schema of a rule file, made from the check kinds: editors complete and check a pack by it."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal

from provcheck.rulebook.packs import check_class, kinds
from provcheck.rulebook.rule import Card
from provcheck.rulefile.examples import Example, ExampleDocument
from provcheck.rulefile.reading import CodeFile, Phrases
from provcheck.text.patterns import Pattern

_KEY = re.compile(r"^ {0,4}(?P<key>\w+): (?P<text>.+(?:\n {4,}(?!\w+: ).+)*)", re.MULTILINE)
_STRING = {"type": "string"}


def rule_schema() -> dict[str, Any]:
    """One schema for a pack; each check kind has its own keys, and no others."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A pack of provcheck rules",
        "type": "object",
        "required": ["pack", "rules"],
        "additionalProperties": False,
        "properties": {
            "pack": {
                "type": "string",
                "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
                "description": "The name of the pack.",
            },
            "about": {"type": "string", "description": "What the pack is for, in a sentence."},
            "default": {
                "enum": ["on", "off"],
                "description": "Whether the pack runs without being selected.",
            },
            "spares": {
                "type": "array",
                "items": {"enum": ["headline", "quotation"]},
                "description": "Lines that its rules with `check: pattern` and `action: remove` leave, whatever they match.",
            },
            "rules": {"type": "array", "items": {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds()]}},
        },
        "$defs": {
            **{kind: _rule(kind) for kind in kinds()},
            "example-document": _object(ExampleDocument, {}),
            "example": _object(Example, {}),
            "patterns": {"anyOf": [_STRING, {"type": "array", "items": _STRING}]},
        },
    }


def key_docs(schema: type[Any]) -> dict[str, str]:
    """What a dataclass says of its keys: the `key: text` paragraphs of its docstring."""
    said = inspect.getdoc(schema) or ""
    return {m["key"]: " ".join(m["text"].split()) for m in _KEY.finditer(said)}


def _rule(kind: str) -> dict[str, Any]:
    check = check_class(kind)
    found = _object(Card, {**_properties(check)})
    found["description"] = " ".join((inspect.getdoc(check) or "").split("\n\n")[0].split())
    found["required"] = sorted({*found["required"], *_required(check)})
    found["properties"]["check"] = {"const": kind, "description": found["description"]}
    return found


def _object(schema: type[Any], more: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(_required(schema)),
        "properties": {**_properties(schema), **more},
    }


def _properties(schema: type[Any]) -> dict[str, Any]:
    hints, said = typing.get_type_hints(schema), key_docs(schema)
    found = {}
    for spec in dataclasses.fields(schema):
        found[spec.name] = dict(_value(hints[spec.name]))
        if spec.name in said:
            found[spec.name]["description"] = said[spec.name]
        if spec.default not in (dataclasses.MISSING, None, "", ()) and not dataclasses.is_dataclass(
            spec.default
        ):
            found[spec.name]["default"] = spec.default
    return found


def _required(schema: type[Any]) -> set[str]:
    return {
        spec.name
        for spec in dataclasses.fields(schema)
        if spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING
    }


def _value(hint: Any) -> dict[str, Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _value(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        inner = _value(arguments[0])
        return {"anyOf": [{"type": "array", "items": inner}, inner]}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _value(arguments[1])}
    if origin is Literal:
        return {"enum": list(arguments)}
    if hint is Pattern:
        return {"$ref": "#/$defs/patterns"}
    if hint in (Example, ExampleDocument):
        name = "example" if hint is Example else "example-document"
        return {"anyOf": [_STRING, {"$ref": f"#/$defs/{name}"}]}
    if hint in (Phrases, CodeFile, str):
        return dict(_STRING)
    if dataclasses.is_dataclass(hint):
        return _object(typing.cast(type, hint), {})
    return {"type": {bool: "boolean", int: "integer", float: "number"}[hint]}
