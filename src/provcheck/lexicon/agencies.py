"""The list of news agencies, and where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from provcheck.resources import read_words

_CUSTOMS = {
    "dateline": "a dateline", "byline": "a byline", "sign-off": "a sign-off", "bracket": "its name in brackets at the end",
    "source-line": "a line on the source", "photo-credit": "a photo credit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: the name that findings report, every way it is written, and whether it sells photos alone.

    country: of its seat, ISO 3166. languages: ISO 639-1, the chief one first. credits: how its texts carry its name.
    """

    name: str
    names: tuple[str, ...]
    country: str
    languages: tuple[str, ...]
    credits: tuple[str, ...]
    photos: bool = False

    @property
    def custom(self) -> str:
        """How it is credited, as a part of a sentence: "by a dateline or a sign-off"."""
        words = [_CUSTOMS[kind] for kind in self.credits]
        return "by " + " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


@dataclass(frozen=True, slots=True)
class AgencyMention:
    agency: Agency
    start: int
    end: int


@cache
def agencies() -> tuple[Agency, ...]:
    """The shipped agencies, in the order of the file."""
    data = read_words("agencies")
    return tuple(
        Agency(
            a["name"],
            tuple(a["names"]),
            a["country"],
            tuple(a["languages"]),
            tuple(a["credits"]),
            bool(a.get("photos")),
        )
        for a in data["agencies"]
    )


@cache
def _by_name() -> dict[str, Agency]:
    return {name: agency for agency in agencies() for name in agency.names}


@cache
def alternation() -> str:
    """All names of all agencies as a pattern, longest first: the list `{{agency}}` of the rule files."""
    return "|".join(re.escape(name) for name in sorted(_by_name(), key=lambda name: (-len(name), name)))


@cache
def _mention() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!\w-)(?:{alternation()})(?![\w]|-[a-z])")


def find_agencies(text: str, start: int = 0, end: int | None = None) -> Iterator[AgencyMention]:
    """Agencies named in `text[start:end]`, left to right."""
    stop = len(text) if end is None else end
    for match in _mention().finditer(text, start, stop):
        yield AgencyMention(_by_name()[match.group()], match.start(), match.end())


def agency_named(text: str) -> Agency | None:
    """The agency that a short credit names as a whole ("Reuters", "Photo by AFP" does not count)."""
    return _by_name().get(text.strip())
