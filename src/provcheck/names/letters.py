"""A name word in comparable forms: letter units, sound, consonant skeleton, vowel classes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CACHE = 1 << 16
_LONGEST = 40  # letters of a word that count: longer ones are no names, and comparing takes their product
VOWELS = "aeiou"
_LETTERS = str.maketrans(
    {"š": "sh", "ş": "sh", "ș": "sh", "č": "ch", "ć": "ch", "ž": "zh", "ż": "zh", "ţ": "ts", "ț": "ts", "ś": "sh",
     "ź": "zh", "þ": "th", "щ": "shch"}
)  # fmt: skip
_IN_TWO = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"}
)  # as German and Nordic names are written without accents
_STROKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "Ł": "L", "Ø": "O", "Đ": "D", "Æ": "Ae"}
)  # letters that Unicode does not take apart
_APOSTROPHES = str.maketrans("", "", "'’‘`ʻʼ´ʿʾ")
_WORD = re.compile("[a-z]+")
_PARTICLES = frozenset(
    "al el ul ur as ad an ar az bin ibn ben bint de del la da das do dos di du van von der den ter le les lo y e "
    "mr dr jr sr junior senior ii iii iv haji hajj hajji sheikh shaykh".split()
)
_DIGRAPHS = (
    "tsch tch tsh sch shch dzh sh ch zh kh gh th ph ts tz dj dz ck qu ng cz sz rz wh gn ou oo ee ea ai ay ei ey ie au aw oe ue eu "
    "ew ow uo oi oy ui ae aa ao"
)
UNITS: tuple[str, ...] = tuple(sorted({*_DIGRAPHS.split(), *"abcdefghijklmnopqrstuvwxyz"}))
UNIT_NUMBER = {unit: number for number, unit in enumerate(UNITS)}
_UNIT = re.compile("|".join(sorted(UNITS, key=lambda unit: (-len(unit), unit))))
_DOUBLED = re.compile(r"(.)\1+")
_DOUBLED_CONSONANT = re.compile(r"([^aeiou])\1+")
_VOWEL_RUN = re.compile("[aeiou]+")
# Reads as pinyin or Wade-Giles throughout.
_CHINESE = re.compile(
    r"(?:(?:[zcs]h|hs|ts|tz|kw|[bpmfdtnlgkhjqxrzcswy])?(?:[iu]?a(?:ng?|i|o)?|ie[nh]?|[iu]?ong|ung|[iu]e|eng?|ei|ehn?|ing?|i[uh]?"
    r"|ou?|iao|u[aeo]?n?|ui|o|e)(?![aeiou]))+$"
)
_SOUND = re.compile(
    r"tsch|tch|tsh|cz|ch|sch|sh|sz|dzh|zh|dj|ph|ck|qu?|kh|c(?=[^eiy]|$)|c|th|gh|w|y|j|x|(?<=.)h"
)
_SOUND_OF = {
    "tsch": "C", "tch": "C", "tsh": "C", "cz": "C", "ch": "C", "sch": "S", "sh": "S", "sz": "S", "zh": "J", "dj": "J", "dzh": "J",
    "ph": "f", "ck": "k", "q": "k", "qu": "k", "kh": "k", "th": "t", "gh": "g", "w": "v", "y": "i", "j": "i", "x": "ks", "h": "",
}  # fmt: skip
_COARSE = str.maketrans("bpfvdtgkJCzsSlrmnh", "ppppttkkcccccllmmh")
_CLASSES = str.maketrans("bpfvdtgkJCzsSlrmniouea", "ppppttkkcccccllmmiuuaa")


@dataclass(frozen=True, slots=True)
class WordForms:
    """One folded name word.

    units: numbers in `UNITS`. keys: the letters; the sound; the skeleton (first sound, then consonants); the
    skeleton in coarse classes; the sound in classes. reversed: the same from the end. chinese: reads as
    syllables of pinyin or Wade-Giles. syllables: runs of vowels. head: class of the first sound.
    """

    units: tuple[int, ...]
    keys: tuple[str, str, str, str, str]
    reversed: tuple[str, ...]
    chinese: bool
    syllables: int
    head: str


@lru_cache(CACHE)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower-case Latin letters; particles and titles left out if two words remain."""
    folded = name.lower().translate(_APOSTROPHES)
    if not folded.isascii():
        from anyascii import anyascii

        folded = anyascii(folded.translate(_LETTERS)).lower().translate(_APOSTROPHES)
    every = [word[:_LONGEST] for word in _WORD.findall(folded)]
    kept = [word for word in every if word not in _PARTICLES]
    return tuple(kept if len(kept) >= 2 or len(kept) == len(every) else every)


def without_accents(name: str) -> str:
    """The same letters without their accents."""
    apart = unicodedata.normalize("NFKD", name.translate(_STROKED))
    return "".join(c for c in apart if not unicodedata.combining(c))


def plain_letters(name: str) -> str:
    """Lower-case letters without accents, and nothing else."""
    return "".join(c for c in without_accents(name.casefold()) if c.isalpha())


def is_custom(one: str, other: str) -> bool:
    """Whether two spellings are customs of houses: spaces, hyphens and accents aside the same, or "Köhler" and "Koehler"."""
    mine, theirs = (
        {plain_letters(name), plain_letters(name.casefold().translate(_IN_TWO))} for name in (one, other)
    )
    return not mine.isdisjoint(theirs)


@lru_cache(CACHE)
def word_forms(word: str) -> WordForms:
    """The forms of a word of `name_words`."""
    chinese = _CHINESE.match(word) is not None
    spoken = word
    if chinese:
        spoken = spoken.replace("hs", "sh").replace("q", "ch").replace("x", "sh")
        if spoken[0] == "j" or spoken[:2] == "zh":
            spoken = "ch" + spoken.lstrip("jzh")
    sound = _DOUBLED.sub(r"\1", _SOUND.sub(_to_sound, spoken)) or word
    skeleton = ("a" if sound[0] in VOWELS else sound[0]) + _VOWEL_RUN.sub("", sound[1:])
    coarse = _DOUBLED.sub(r"\1", skeleton.translate(_COARSE))
    keys = (word, sound, skeleton, coarse, sound.translate(_CLASSES))
    return WordForms(
        units=tuple(UNIT_NUMBER[unit] for unit in _UNIT.findall(_DOUBLED_CONSONANT.sub(r"\1", word))),
        keys=keys,
        reversed=tuple(key[::-1] for key in keys),
        chinese=chinese,
        syllables=len(_VOWEL_RUN.findall(word.replace("y", "i"))),
        head="j" if word[0] in "yj" else coarse[0],
    )


def _to_sound(match: re.Match[str]) -> str:
    letters = match.group()
    if letters != "c":
        return _SOUND_OF[letters]
    return "s" if match.end() < len(match.string) and match.string[match.end()] in "eiy" else "k"
