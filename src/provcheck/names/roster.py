"""Known names: journalists and officials whose right spelling a user has written down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import yaml

from provcheck.errors import UsageError
from provcheck.names.identity import slip
from provcheck.names.letters import name_words, word_forms


class KnownPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry. variants: other spellings that are right, too. outlets: where a journalist writes; none means anywhere."""

    name: str
    variants: tuple[str, ...] = ()
    role: str | None = None
    outlets: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    people: tuple[KnownPerson, ...]


@dataclass(frozen=True)
class Roster:
    """The known persons of one scan; empty where no roster is given."""

    people: tuple[KnownPerson, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.people)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(
            name.casefold() for person in self.people for name in (person.name, *person.variants)
        )

    @cached_property
    def _by_key(self) -> dict[str, list[KnownPerson]]:
        found: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in self.people:
            for key in _keys(person.name):
                found[key].append(person)
        return found

    def knows(self, name: str) -> bool:
        """Whether a spelling stands on the roster, letter case aside."""
        return name.casefold() in self._known

    def meant(self, name: str, outlet: str | None = None) -> tuple[KnownPerson, str] | None:
        """The known person for whom an unknown full name is likely a slip, and why; None if there is none.

        outlet: for a byline, that of the article: a journalist who writes elsewhere is not meant.
        """
        if not self.people or " " not in name or self.knows(name):
            return None
        best: tuple[float, str, KnownPerson, str] | None = None
        for person in dict.fromkeys(p for key in sorted(_keys(name)) for p in self._by_key.get(key, ())):
            if outlet is not None and person.outlets and outlet not in person.outlets:
                continue
            match = slip(person.name, name)
            if match is None:
                continue
            found = (match.score, person.name, person, "; ".join(match.reasons))
            best = max(filter(None, (best, found)), key=lambda item: item[:2])
        return (best[2], best[3]) if best else None


def _keys(name: str) -> set[str]:
    """What two spellings of one name are likely to share: the coarse consonants of a word."""
    return {word_forms(word).keys[3] for word in name_words(name)}


def read_roster(path: str) -> Roster:
    """A roster from a YAML file: `people:` with `name`, and optionally `variants`, `role`, `outlets`.

    Raises UsageError that says what is wrong and where.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
        loaded: Any = yaml.safe_load(text)
    except OSError as error:
        raise UsageError(f"{path}: the roster cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: the roster is not UTF-8 at byte {error.start}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise UsageError(f"{path}{where}: is not YAML: {getattr(error, 'problem', error)}") from None
    try:
        return Roster(msgspec.convert(loaded, _File).people)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"{path}: {error}; a roster is `people:` with a list of `name`, `variants`, `role`, `outlets`"
        ) from None
