"""Settings from `provcheck.toml` or `[tool.provcheck]` of `pyproject.toml`, and where each value came from."""

from __future__ import annotations

import re
import tomllib
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import msgspec

from provcheck.errors import Mistake, SettingsError, UsageError
from provcheck.rulebook.suppressions import read_suppressions
from provcheck.settings import Override, Policy, Settings

NAME = "provcheck.toml"
FailOn = Literal["error", "warning", "note", "never"]
_ADDED = ("rules", "extend_select", "ignore")  # an option adds to what the file says; others replace it
_INTERNAL = ("link_documents",)


class _FileSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a settings file may say beside the fields of Settings, and what it says otherwise."""

    suppressions: str | None = None
    fail_on: FailOn = "error"


@dataclass(frozen=True)
class Configured:
    """Settings, put together from defaults, a file and options.

    `told` has a row for each setting: its name, its value, and where it came from. `notes` are sentences for
    the user that stop nothing.
    """

    settings: Settings
    fail_on: FailOn
    told: tuple[tuple[str, Any, str], ...]
    notes: tuple[str, ...] = ()


@dataclass
class _Reading:
    """One settings file being read: what it says, and its mistakes."""

    path: Path
    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Mistake] = field(default_factory=list)

    def complain(self, message: str, keys: tuple[str, ...] = ()) -> None:
        line = _line_of(self.text, keys) if keys else 0
        source = self.text.splitlines()[line - 1] if line else ""
        column = len(source) - len(source.lstrip()) + 1 if line else 0
        self.problems.append(Mistake(str(self.path), line, column, message, source))


def find_settings(folder: Path) -> Path | None:
    """The settings file of a folder or of the nearest one above it that has one."""
    for place in (folder, *folder.parents):
        if (place / NAME).is_file():
            return place / NAME
        project = place / "pyproject.toml"
        if project.is_file() and "[tool.provcheck" in project.read_text("utf-8", "replace"):
            return project
    return None


def configure(
    path: Path | None, options: Mapping[str, Any] | None = None, today: date | None = None
) -> Configured:
    """Settings from a file (None: no file) and options, which name fields of Settings or `fail_on`.

    Raises SettingsError with every mistake of the file, and UsageError for values that do not go together.
    """
    reading = _read(path) if path is not None else _Reading(Path())
    said = {name: (value, f"{reading.path}:{reading.lines[name]}") for name, value in reading.values.items()}
    for name, value in (options or {}).items():
        if value is None or value == ():
            continue
        option = "--" + name.replace("_", "-")
        if name in _ADDED and name in said:
            before, where = said[name]
            said[name] = ((*before, *value), f"{where} and {option}")
        else:
            said[name] = (value, option)
    notes: tuple[str, ...] = ()
    values = {name: value for name, (value, _) in said.items()}
    fail_on: FailOn = values.pop("fail_on", "error")
    if "suppressions" in values:
        values["suppressions"], notes = read_suppressions(Path(values["suppressions"]), today or date.today())
    try:
        settings = Settings(**values)
    except UsageError as error:
        name = re.split(r"[. ]", str(error))[0].replace("-", "_")
        where = said[name][1] if name in said else ""
        raise UsageError(
            f"{where}: {error}" if where and not where.startswith("--") else str(error)
        ) from None
    return Configured(settings, fail_on, tuple(_told(settings, fail_on, said)), notes)


def _read(path: Path) -> _Reading:
    reading = _Reading(path)
    try:
        reading.text = path.read_text("utf-8-sig")
        table = tomllib.loads(reading.text)
    except OSError as error:
        raise SettingsError((Mistake(str(path), 0, 0, f"cannot be read: {error.strerror}"),)) from None
    except UnicodeDecodeError as error:
        raise SettingsError((Mistake(str(path), 0, 0, f"is not UTF-8 at byte {error.start}"),)) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError((_toml_mistake(path, reading.text, str(error)),)) from None
    if path.name != NAME and "provcheck" in table.get("tool", {}):
        table = table["tool"]["provcheck"]
    known = {**typing.get_type_hints(Settings), **typing.get_type_hints(_FileSettings)}
    for name in _INTERNAL:
        known.pop(name)
    reading.values = _decode(known, table, (), reading)
    reading.lines = {name: _line_of(reading.text, (name.replace("_", "-"),)) for name in reading.values}
    if reading.problems:
        raise SettingsError(tuple(reading.problems))
    _resolve_paths(reading)
    return reading


def _decode(
    known: Mapping[str, Any], table: Mapping[str, Any], above: tuple[str, ...], reading: _Reading
) -> dict[str, Any]:
    """The values of one table, by field name."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        name, keys = key.replace("-", "_"), (*above, key)
        if name not in known or "_" in key:
            spelled = [each.replace("_", "-") for each in known]
            near = get_close_matches(key.replace("_", "-"), spelled, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(sorted(spelled))}"
            reading.complain(f"unknown setting `{'.'.join(keys)}`; {hint}", keys)
        elif name == "overrides" and isinstance(value, list):
            parts = [_struct(Override, part, keys, reading) for part in value]
            found[name] = tuple(part for part in parts if part is not None)
        elif name == "policies" and isinstance(value, Mapping):
            named = {each: _struct(Policy, part, (*keys, each), reading) for each, part in value.items()}
            found[name] = {each: part for each, part in named.items() if part is not None}
        elif isinstance(known[name], type) and issubclass(known[name], msgspec.Struct):
            found[name] = _struct(known[name], value, keys, reading)
        else:
            try:
                found[name] = msgspec.convert(value, known[name])
            except msgspec.ValidationError as error:
                reading.complain(f"`{'.'.join(keys)}`{_misfit(error, known[name])}", keys)
    return found


def _struct(kind: Any, value: Any, keys: tuple[str, ...], reading: _Reading) -> Any:
    if not isinstance(value, Mapping):
        reading.complain(f"`{'.'.join(keys)}` must be a table", keys)
        return None
    before = len(reading.problems)
    values = _decode(typing.get_type_hints(kind), value, keys, reading)
    if len(reading.problems) > before:
        return None
    try:
        return kind(**values)
    except UsageError as error:
        reading.complain(str(error), keys)
        return None


def _misfit(error: msgspec.ValidationError, hint: Any) -> str:
    """Why a value does not fit, behind the name of its setting."""
    said, allowed = str(error), _words_of(hint)
    wrong = re.search(r"[Ii]nvalid enum value '([^']*)'", said)
    if wrong is not None and allowed:
        return f" is one of {', '.join(allowed)}, not {wrong[1]!r}"
    return f": {said[:1].lower()}{said[1:]}"


def _words_of(hint: Any) -> tuple[str, ...]:
    """The words that a type allows, also within another one."""
    found = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return found
    return tuple(word for part in found for word in _words_of(part))


def _resolve_paths(reading: _Reading) -> None:
    """Paths in a settings file are relative to its folder."""
    folder = reading.path.parent
    for name in ("suppressions", "baseline", "roster"):
        if reading.values.get(name):
            reading.values[name] = str(folder / reading.values[name])
    if "rules" in reading.values:
        reading.values["rules"] = tuple(str(folder / path) for path in reading.values["rules"])


def _toml_mistake(path: Path, text: str, reason: str) -> Mistake:
    found = re.search(r"\(at line (\d+), column (\d+)\)", reason)
    if found is None:
        return Mistake(str(path), 0, 0, f"is not TOML: {reason}")
    line, column = int(found.group(1)), int(found.group(2))
    lines = text.splitlines()
    quoted = lines[line - 1] if line <= len(lines) else ""
    return Mistake(str(path), line, column, f"is not TOML: {reason[: found.start()].strip()}", quoted)


def _line_of(text: str, keys: tuple[str, ...]) -> int:
    """The line (from 1) of a key, found by its own name below the header that its table has; TOML readers keep none."""
    lines = text.splitlines()
    start = 0
    for depth in range(len(keys), 0, -1):
        header = re.compile(rf"\s*\[+\s*(?:tool\.provcheck\.)?{_quoted(keys[:depth])}\s*\]")
        at = next((i for i, line in enumerate(lines) if header.match(line)), None)
        if at is not None:
            if depth == len(keys):
                return at + 1
            start = at + 1
            break
    own = re.compile(rf"""(?:^|[\s{{,])["']?{re.escape(keys[-1])}["']?\s*=""")
    found = next((i for i in range(start, len(lines)) if own.search(lines[i])), None)
    return (found if found is not None else max(start - 1, 0)) + 1


def _quoted(keys: tuple[str, ...]) -> str:
    return r"\.".join(rf"""["']?{re.escape(key)}["']?""" for key in keys)


def _told(
    settings: Settings, fail_on: str, said: Mapping[str, tuple[Any, str]]
) -> Iterator[tuple[str, Any, str]]:
    values: dict[str, Any] = msgspec.to_builtins(settings)
    for name, value in [*values.items(), ("fail_on", fail_on)]:
        if name in _INTERNAL:
            continue
        where = said[name][1] if name in said else "default"
        if isinstance(value, dict) and name in ("groups", "policy"):
            for inner, each in value.items():
                yield f"{name}.{inner}".replace("_", "-"), each, where
        else:
            yield name.replace("_", "-"), value, where
