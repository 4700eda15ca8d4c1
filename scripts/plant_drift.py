"""Plant drift in real stories and say how much of it a scan finds; and how many name findings the stories give as they are.

usage: python scripts/plant_drift.py POOL_DIR [--rounds 4] [--show]

POOL_DIR holds docs.jsonl.gz and gold.json.gz as `eval/groups.py` describes them; the events of its source `groundnews` are
used. In each round, one document of every event has a name respelled, or a word of a quote or a figure changed, where at least
two other documents have it; names are chosen by a pattern of this script, not by the program's own reader of names. Names are
respelled by what scripts lose (p and b in Arabic, l and r in Japanese, x and sh in Chinese), the same way throughout the document.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from provcheck.model import CrossFinding, Group, Story
from provcheck.run import scan_records
from provcheck.settings import Settings

NAME = re.compile(r"(?<=[a-z,’'”] )([A-Z][a-z]{2,}) ([A-Z][a-z]{3,}(?:-[A-Z][a-z]+)?)(?![\w-]| [A-Z])")
PERSON = r"(?:Mr|Mrs|Ms|Dr|President|Minister|Secretary|spokes\w+|Senator|Gov|Governor|Chancellor|CEO)\.? (?:{first} )?{last}\b|{last},? (?:said|told|added|who|wrote|warned)\b"
QUOTE = re.compile(r"[“\"]([^“”\"\n]{40,300})[”\"]")
FIGURE = re.compile(
    r"\b(\d{2,3}|\d,\d{3}) (people|hours|days|soldiers|passengers|residents|children|percent|per cent|years)\b"
)
SCRIPTS: dict[str, tuple[tuple[str, str], ...]] = {
    "arabic": (("p", "b"), ("v", "f"), ("g", "gh"), ("e", "i"), ("o", "u"), ("ch", "sh"), ("ck", "k"), ("ou", "u")),
    "japanese": (("l", "r"), ("v", "b"), ("th", "s"), ("si", "shi"), ("tr", "tor"), ("br", "bur"), ("st", "sut"), ("f", "h")),
    "russian": (("h", "kh"), ("w", "v"), ("th", "t"), ("x", "ks"), ("c", "k"), ("y", "i"), ("j", "dzh"), ("er", "ier")),
    "chinese": (("q", "ch"), ("x", "sh"), ("zh", "ch"), ("r", "l"), ("d", "t"), ("b", "p"), ("v", "w"), ("th", "s")),
    "ear": (("ll", "l"), ("tt", "t"), ("nn", "n"), ("ie", "y"), ("ey", "y"), ("ph", "f"), ("ae", "e"), ("s", "z"), ("m", "mm")),
}  # fmt: skip
KINDS = {"name": "name-drift", "quote": "quote-drift", "figure": "fact-drift"}


@dataclass(frozen=True)
class Plant:
    kind: str
    document: str
    was: str
    now: str
    text: str


def respelled(word: str, draw: random.Random) -> str:
    """The word after one or two losses of one script, or the word itself if none applies."""
    rules = list(SCRIPTS[draw.choice(sorted(SCRIPTS))])
    draw.shuffle(rules)
    lower, changes = word.lower(), 0
    for old, new in rules:
        if old in lower and changes < 1 + (len(word) > 6):
            lower = lower.replace(old, new, 1)
            changes += 1
    return lower.capitalize()


def names(texts: Sequence[str], at: int, draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """Names that stand in a text and in two others, with a new spelling and the text that has it throughout."""
    found = sorted(set(NAME.findall(texts[at])))
    draw.shuffle(found)
    for first, last in found:
        cue = re.compile(PERSON.format(first=re.escape(first), last=re.escape(last)))
        others = [t for i, t in enumerate(texts) if i != at and f"{first} {last}" in t]
        if len(others) < 2 or not any(cue.search(text) for text in (texts[at], *others)):
            continue
        new_last = respelled(last, draw)
        new_first = respelled(first, draw) if draw.random() < 0.5 else first
        if new_last == last or any(re.search(rf"\b{new_last}\b", text) for text in texts):
            continue
        changed = re.sub(rf"\b{first} {last}\b", f"{new_first} {new_last}", texts[at])
        yield f"{first} {last}", f"{new_first} {new_last}", re.sub(rf"\b{last}\b", new_last, changed)


def quotes(texts: Sequence[str], at: int, draw: random.Random) -> Iterator[tuple[str, str, str]]:
    for match in QUOTE.finditer(texts[at]):
        if sum(match.group(1) in text for text in texts) < 3:
            continue
        words = list(re.finditer(r"\b[a-z]{5,}\b", match.group(1)))
        if len(words) > 3:
            word = draw.choice(words[1:-1])
            other = draw.choice(["certain", "matters", "closely", "further", "position", "measures"])
            inner = match.group(1)[: word.start()] + other + match.group(1)[word.end() :]
            yield match.group(1), inner, texts[at].replace(match.group(1), inner)


def figures(texts: Sequence[str], at: int, draw: random.Random) -> Iterator[tuple[str, str, str]]:
    for match in FIGURE.finditer(texts[at]):
        if sum(match.group() in text for text in texts) < 3 or texts[at].count(match.group()) > 1:
            continue
        value = int(match.group(1).replace(",", ""))
        new = f"{round(value * draw.choice([0.7, 0.8, 1.3, 1.4])) + 1:,} {match.group(2)}"
        yield match.group(), new, texts[at].replace(match.group(), new)


def plant(events: dict[str, list[str]], texts: dict[str, str], number: int) -> list[Plant]:
    draw = random.Random(number)
    planted: list[Plant] = []
    for _, members in sorted(events.items()):
        for kind, find in (("name", names), ("quote", quotes), ("figure", figures)):
            order = list(range(len(members)))
            draw.shuffle(order)
            story = [texts[name] for name in members]
            taken = {p.document for p in planted}
            for at in order:
                found = next(find(story, at, draw), None) if members[at] not in taken else None
                if found is not None:
                    planted.append(Plant(kind, members[at], *found))
                    break
    return planted


def scan(documents: list[dict[str, str]]) -> list[CrossFinding]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "docs.jsonl"
        path.write_text("".join(json.dumps(d) + "\n" for d in documents), "utf-8")
        found: list[CrossFinding] = []
        for record in scan_records([str(path)], Settings(), workers=2):
            if isinstance(record, (Group, Story)):
                found += record.findings
        return found


def judge(planted: Plant, findings: Sequence[CrossFinding]) -> tuple[bool, bool]:
    """Whether the drift was found at its place, and with the right original."""
    at = planted.text.find(planted.now)
    right = seen = False
    for finding in findings:
        mine = [p for p in finding.places if p.document == planted.document]
        if finding.category != KINDS[planted.kind] or not mine:
            continue
        if planted.kind == "name":
            if not any(
                set(planted.now.split()) & set(re.findall(r"\w+", p.text)) - set(planted.was.split())
                for p in mine
            ):
                continue
            seen = True
            right |= planted.was.split()[-1] in (finding.suggestion or "")
        elif any(p.start < at + len(planted.now) and p.end > at for p in mine):
            seen = True
            others = " ".join(p.text for p in finding.places if p.document != planted.document)
            right |= (
                planted.was in others or planted.was in (finding.suggestion or "") or planted.kind == "quote"
            )
    return seen, right


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pool", type=Path)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument(
        "--show", action="store_true", help="list what was missed, and what is found without planting"
    )
    options = parser.parse_args()
    with gzip.open(options.pool / "gold.json.gz", "rt") as file:
        gold = json.load(file)
    with gzip.open(options.pool / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [d for d in map(json.loads, lines) if gold["source"][d["id"]] == "groundnews"]
    texts = {d["id"]: d["text"] for d in documents}
    events: dict[str, list[str]] = defaultdict(list)
    for name in sorted(texts):
        events[gold["event"][name]].append(name)
    plain = [f for f in scan(documents) if f.category == "name-drift"]
    print(f"nothing planted: {len(plain)} name findings in {len(documents)} documents")
    if options.show:
        for finding in plain:
            print(f"  {finding.places[0].document}: {finding.message}")
    total: Counter[str] = Counter()
    for number in range(1, options.rounds + 1):
        planted = plant(events, texts, number)
        changed = {p.document: p.text for p in planted}
        found = scan([{**d, "text": changed.get(d["id"], d["text"])} for d in documents])
        for item in planted:
            seen, right = judge(item, found)
            total.update({item.kind: 1, f"{item.kind} found": seen, f"{item.kind} right": seen and right})
            if options.show and not right:
                print(
                    f"  missed {item.kind} in {item.document}: {item.was!r} -> {item.now!r}{' (found, wrong original)' if seen else ''}"
                )
    for kind in KINDS:
        print(
            f"{kind}: {total[kind]} planted, {total[kind + ' found']} found, {total[kind + ' right']} with the right original"
        )


if __name__ == "__main__":
    main()
