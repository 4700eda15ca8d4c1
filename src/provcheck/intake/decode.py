"""Bytes into text, and the reasons why some bytes are not text."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_BOM = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SAMPLE = 200_000  # bytes by which an encoding is guessed
_MOST = 5_000_000  # bytes that are looked at as a whole where the sample does not tell
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


class UnreadableError(Exception):
    """Bytes that are no text, with a sentence and, if known, the place."""

    def __init__(self, reason: str, where: str | None = None) -> None:
        super().__init__(reason, where)
        self.reason, self.where = reason, where


def decode(raw: bytes) -> str:
    """Text of unknown encoding: a byte order mark decides, then UTF-8, then the likeliest legacy encoding.

    Raises UnreadableError for binary data, null bytes, and bytes that fit no encoding.
    """
    return decode_known(raw)[0]


def decode_known(raw: bytes) -> tuple[str, str]:
    """As `decode`; also the name of the encoding."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _checked(_strict(raw, encoding)), encoding
    null = raw.find(b"\x00")
    if null >= 0:
        raise UnreadableError("has a null byte and is no text file", f"byte {null}")
    try:
        return _checked(raw.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        encoding = _guess(raw, error.start)
        return _checked(_strict(raw, encoding)), encoding


def bom_and_codec(raw: bytes, encoding: str) -> tuple[bytes, str]:
    """The byte order mark that a text starts with, and the codec of what follows it, which adds none."""
    for mark, named in _BOMS:
        if named == encoding and raw.startswith(mark):
            return mark, _WITHOUT_BOM[mark]
    return b"", encoding


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is marked as {error.encoding} but is not", f"byte {error.start}") from None


def _guess(raw: bytes, bad: int) -> str:
    """The name of the likeliest encoding."""
    from charset_normalizer import from_bytes

    for sample in (_around(raw, bad), raw):
        best = from_bytes(sample).best()
        if (
            best is not None
            and not _CONTROL.search(str(best))
            and (sample is raw or _fits(raw, best.encoding))
        ):
            return str(best.encoding)
        if len(raw) > _MOST:
            break
    raise UnreadableError("is not text in any encoding known here", f"byte {bad}")


def _around(raw: bytes, bad: int) -> bytes:
    """Whole lines around the first byte that is not UTF-8: a cut within a character makes another encoding likelier."""
    start = raw.rfind(b"\n", 0, max(0, bad - _SAMPLE // 2)) + 1
    end = raw.rfind(b"\n", bad, start + _SAMPLE)
    return raw[start : end if end >= 0 else None]


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _checked(text: str) -> str:
    check_characters(text)
    return text


def check_characters(text: str) -> None:
    """Raises UnreadableError for characters that no output can carry: null bytes and lone surrogates."""
    if "\x00" in text:
        raise UnreadableError("has a null byte in its text", f"character {text.index(chr(0))}")
    if not text.isascii():
        found = _SURROGATE.search(text)
        if found:
            raise UnreadableError(
                "has a lone surrogate, half of a character, in its text", f"character {found.start()}"
            )
