"""Read the pages that other projects keep as fixtures, as six extractors do, and label the lines by labels/fixtures.jsonl.

usage: python scripts/read_pages.py CLONES OUT

CLONES holds clones of the repositories that labels/fixtures.jsonl names, each in a folder `owner+name` (bare, or with a work tree, or with the
clone in `repo` below it). OUT gets EXTRACTOR.jsonl.gz in the form of `data/lines`: id, url, title, set, text and `labels`, one letter a line
(b body, x not the article, - credits, headlines and what nobody can tell), and `categories`, one a line; `bylines` and `agencies` are those that
the page states. `train_lines.py` and `train_tone.py` take OUT as --pages; `eval/lines.py` and `score_credits.py` score it.

Needs trafilatura 2.3.1, newspaper4k 0.9.6, readability-lxml 0.9, Resiliparse 2.0.1, boilerpy3 1.0.7 and jusText 3.0.2, in an environment of
their own: other versions find other lines. A page whose visible text is not the one that was labelled is left out, and said to be.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels" / "fixtures.jsonl"
NEUTRAL = frozenset(
    "headline standfirst kicker byline publication-date dateline source-credit sign-off photo-credit unsure".split()
)
# sets that models are trained on: the third is many essays of bloggers, which make readers and reports alike, the last not English
TRAINED = frozenset(("first", "held-out", "second"))
LEAST_BODY = 60  # words
GRAM, MOST_SHARED, LEAST_SHARED = 3, 0.25, 0.75
LONG = 8  # words of a line that says by itself where it is from
WORD = re.compile(r"\w+")
ADDRESS = re.compile(r"(?:og:url\"\s+content|canonical\"\s+href)\s*=\s*[\"']([^\"']+)")
BLOCKS = frozenset(
    "p div li ul ol br h1 h2 h3 h4 h5 h6 blockquote figure figcaption section article tr td table header footer pre aside form".split()
)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("clones", type=Path)
    given.add_argument("out", type=Path)
    asked = given.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in EXTRACTORS}
    for number, label in enumerate(read_labels()):
        raw = blob(asked.clones, label["repository"], label["path"])
        page = visible(raw)
        if digest(page) != label["sha256"]:
            print(f"left out: {label['repository']} {label['path']} reads otherwise", file=sys.stderr)
            continue
        told = list(spread(label["ranges"]))
        for name, text in extracted(raw):
            record = labelled(text, page.split("\n"), told)
            if record is not None:
                head = {
                    "id": f"{number:03d}",
                    "url": label["url"],
                    "title": label["title"],
                    "set": label["set"],
                }
                credits = {kind: label[kind] for kind in ("bylines", "agencies")}
                found[name].append({**head, **record, **credits})
    for name, records in found.items():
        with gzip.GzipFile(asked.out / f"{name}.jsonl.gz", "wb", mtime=0) as stream:
            for record in records:
                stream.write((json.dumps(record, ensure_ascii=False) + "\n").encode())
        print(name, len(records))


def read_labels() -> list[dict[str, Any]]:
    """The labels, one record a page; see labels/README.md."""
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def blob(clones: Path, repository: str, path: str) -> bytes:
    """A file of the newest commit."""
    home = clones / repository.replace("/", "+")
    git = next(
        (at for at in (home / "repo" / ".git", home / ".git", home / "repo", home) if (at / "HEAD").exists()),
        home,
    )
    return subprocess.run(
        ["git", "--git-dir", str(git), "show", f"HEAD:{path}"], check=True, capture_output=True
    ).stdout


def decoded(raw: bytes) -> str:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(bytes_to_str(raw, detect_encoding(raw)))


def visible(raw: bytes) -> str:
    """All text of a page, a line a block: what was labelled."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(decoded(raw))
    return tidy(extract_plain_text(tree, main_content=False, alt_texts=False, list_bullets=False))


def tidy(text: str | None) -> str:
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in (text or "").split("\n"))
    return "\n".join(line for line in lines if line)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def spread(ranges: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """The category of each line, from ranges of lines (from 1, both ends included) that follow each other."""
    for first, last, category in ranges:
        yield from [category] * (last - first + 1)


def extracted(raw: bytes) -> Iterator[tuple[str, str]]:
    for name, extract in EXTRACTORS.items():
        try:
            yield name, tidy(extract(raw))
        except Exception as error:  # whatever an extractor makes of a broken page: it finds nothing
            print(f"{name}: {type(error).__name__}", file=sys.stderr)


def _trafilatura(raw: bytes) -> Any:
    import trafilatura

    return trafilatura.extract(decoded(raw), include_comments=False)


def _newspaper4k(raw: bytes) -> Any:
    import newspaper

    article = newspaper.Article(url="http://example.org/", fetch_images=False)
    article.download(input_html=decoded(raw))
    article.parse()
    return article.text


def _readability(raw: bytes) -> Any:
    import lxml.html
    from readability import Document

    parts: list[str] = []

    def walk(element: Any) -> None:
        if isinstance(element.tag, str):
            edge = "\n" if element.tag in BLOCKS else ""
            parts.append(edge)
            if element.text and element.tag not in ("script", "style"):
                parts.append(element.text.replace("\n", " "))
            for child in element:
                walk(child)
            parts.append(edge)
            parts.append((element.tail or "").replace("\n", " "))
        else:
            parts.append(element.tail or "")

    walk(lxml.html.fromstring(Document(decoded(raw)).summary()))
    return "".join(parts)


def _resiliparse(raw: bytes) -> Any:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(decoded(raw))
    return extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=True)


def _boilerpy3(raw: bytes) -> Any:
    from boilerpy3 import extractors

    return extractors.ArticleExtractor().get_content(decoded(raw))


def _justext(raw: bytes) -> Any:
    import justext

    found = justext.justext(raw, justext.get_stoplist("English"))
    return "\n".join(each.text for each in found if not each.is_boilerplate)


EXTRACTORS: dict[str, Callable[[bytes], Any]] = {
    "trafilatura": _trafilatura, "newspaper4k": _newspaper4k, "readability": _readability,
    "resiliparse": _resiliparse, "boilerpy3": _boilerpy3, "justext": _justext,
}  # fmt: skip


def labelled(text: str, page: Sequence[str], told: Sequence[str]) -> dict[str, Any] | None:
    """The text with labels and categories, or None where hardly any of the article is in it."""
    categories = projected(text.split("\n"), page, told)
    letters = ["b" if each == "body" else "-" if each in NEUTRAL else "x" for each in categories]
    body = sum(len(line.split()) for line, c in zip(text.split("\n"), letters, strict=True) if c == "b")
    if body < LEAST_BODY:
        return None
    return {"text": text, "labels": "".join(letters), "categories": categories}


def projected(lines: Sequence[str], page: Sequence[str], told: Sequence[str]) -> list[str]:
    """For each line of an extractor the category of the line of the page that it is, or is a part of; "unsure" where several could be meant."""
    same: dict[str, list[str]] = defaultdict(list)
    grams: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    words, owners = list[str](), list[str]()
    for line, category in zip(page, told, strict=True):
        own = WORD.findall(line.lower())
        same[" ".join(own)].append(category)
        words += own
        owners += [category] * len(own)
    for at in range(len(words) - GRAM + 1):
        for category in set(owners[at : at + GRAM]):
            grams[category].add(tuple(words[at : at + GRAM]))
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        own = WORD.findall(line.lower())
        known = same.get(" ".join(own), []) if own else ["unsure"]
        again = seen[line]
        seen[line] += 1
        found.append(_exact(known, again, len(own)) or _nearest(own, grams))
    return found


def _exact(known: list[str], again: int, words: int) -> str | None:
    """Of a line that stands on the page as it is: known, its categories there; again, how often it was read before."""
    if not known:
        return None
    if again and words >= LONG:
        return "other" if "other" in known else known[again] if again < len(known) else "unsure"
    if len(set(known)) == 1:
        return known[0]
    if "body" in known:
        return "body" if words >= LONG else "unsure"
    return Counter(known).most_common(1)[0][0]


def _nearest(words: Sequence[str], grams: dict[str, set[tuple[str, ...]]]) -> str:
    """By shared runs of words, since extractors break lines elsewhere."""
    own = [tuple(words[at : at + GRAM]) for at in range(max(0, len(words) - GRAM + 1))]
    if not own:
        return "unsure"
    share = {category: sum(gram in held for gram in own) / len(own) for category, held in grams.items()}
    body = share.pop("body", 0.0)
    if body >= LEAST_SHARED:
        return "body"
    best = max(share, key=lambda category: (share[category], category), default="unsure")
    rest = sum(any(gram in held for name, held in grams.items() if name != "body") for gram in own)
    return best if body < MOST_SHARED and rest >= LEAST_SHARED * len(own) else "unsure"


if __name__ == "__main__":
    main()
