"""HTML pages and WARC archives of them, through trafilatura, with the metadata that the pages declare."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provcheck.intake.decode import UnreadableError, check_characters, decode
from provcheck.intake.metadata import read_metadata
from provcheck.model import Document, Problem

_LONGEST = 64 << 20  # bytes of one page of an archive, unpacked


def extract(html: str, identity: str, path: str | None, url: str | None = None) -> Document | Problem:
    """The article of a page, as trafilatura finds it."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    except (
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:  # broken markup surfaces as these
        return Problem(path=path or identity, id=identity, reason=f"the page could not be parsed: {error}")
    values: dict[str, Any] = {} if found is None or isinstance(found, dict) else found.as_dict()
    text = values.get("text") or ""
    if not text.strip():
        return Problem(path=path or identity, id=identity, reason="no article was found in the page")
    try:
        check_characters(text)
    except UnreadableError as error:
        return Problem(path=path or identity, id=identity, reason=error.reason, where=error.where)
    return Document(
        id=identity,
        text=text,
        path=path,
        title=values.get("title") or None,
        url=url or values.get("url") or None,
        published=values.get("date") or None,
        source=values.get("sitename") or None,
        byline=(values.get("author") or "").replace(";", ",") or None,
        metadata=read_metadata(html, url),
    )


def read_warc(path: Path, shown: str) -> Iterator[Document | Problem]:
    """The HTML responses of a WARC file. Needs warcio (`pip install provcheck[warc]`)."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        yield Problem(path=shown, reason="WARC needs warcio: pip install 'provcheck[warc]'")
        return
    seen: set[str] = set()
    # Python's gzip says when a file was cut off; warcio's own reader just ends.
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream)):
                kind = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
                if record.rec_type != "response" or "html" not in (kind or "").lower():
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI") or f"{shown}:{number}"
                raw = record.content_stream().read(_LONGEST + 1)
                if len(raw) > _LONGEST:
                    yield Problem(path=shown, id=url, reason=f"a page of more than {_LONGEST >> 20} MB")
                    continue
                yield _page_of(raw, url, shown, seen)
            stream.read(1)  # warcio takes a cut-off file for its end; the stream says it again
        except Exception as error:  # in damaged records warcio meets what it does not expect
            yield Problem(
                path=shown, reason=f"is a damaged or truncated WARC ({error}); what came before was read"
            )


def _page_of(raw: bytes, url: str, shown: str, seen: set[str]) -> Document | Problem:
    if url in seen:
        return Problem(path=shown, id=url, reason="repeats an address of this archive; the first was kept")
    seen.add(url)
    try:
        return extract(decode(raw), url, shown, url)
    except UnreadableError as error:
        return Problem(path=shown, id=url, reason=error.reason, where=error.where)
    except Exception as error:  # one page is not the archive
        return Problem(path=shown, id=url, reason=f"the page could not be parsed: {error}")
