"""Measure provcheck and write docs/benchmarks.md with its plot.

usage: python benchmarks/run.py CORPUS.jsonl[.gz] GOLD.json [--sizes 10000,30000,100000] [--rounds 3] [--parts near,growth]

CORPUS and GOLD are a corpus with planted near copies and its groups. `make bench` installs this environment and the peers
(benchmarks/peers.txt) and runs it. Whatever is compared is measured in turn, several rounds in one run, and the ratio is the
median over rounds: machines differ, and are busy.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import measure
from shapes import SHAPES

HERE = Path(__file__).parent
ROOT = HERE.parent
PYTHON = sys.executable
SCAN = [str(Path(PYTHON).parent / "provcheck"), "scan"]
FOUND = (0, 1)  # exit status of a scan: 1 says that there are findings
PLAIN_DOCUMENTS = 100
RESULTS = ROOT / "build" / "bench" / "results.json"
PARTS = ("near", "whole", "workers", "shapes", "start", "growth")
NEAR = ("provcheck", "datasketch", "daft", "gaoya", "rensa")
Table = list[Sequence[object]]


def scan(corpus: Path, output: Path, *options: str) -> measure.Usage:
    return measure.run([*SCAN, str(corpus), "--format", "jsonl", "--output", str(output), *options], FOUND)


def patterns(folder: Path) -> Path:
    """The patterns of the shipped English rules."""
    from provcheck.rulebook.ruleset import load

    found = []
    for rule in load().rules:
        pattern = rule.check.prefilter() if rule.check.reach == "document" else None
        if pattern is None or not rule.speaks("en"):
            continue
        found.append((pattern.source, pattern.ignore_case))
    path = folder / "patterns.json"
    path.write_text(json.dumps(found), "utf-8")
    return path


def near_copies(corpus: Path, gold: Path, rounds: int) -> Table:
    rows: Table = []
    for threshold in ("0.5", "0.3"):
        libraries = NEAR if threshold == "0.5" else NEAR[:2]
        told: dict[str, list[dict[str, float]]] = {name: [] for name in libraries}
        for _ in range(rounds):
            for name in libraries:
                command = [PYTHON, str(HERE / "near.py"), name, str(corpus), str(gold), threshold]
                told[name].append(json.loads(measure.run(command).output.splitlines()[-1]))
        for name in libraries:
            ratios = [
                other["cpu"] / own["cpu"] for other, own in zip(told[name], told["provcheck"], strict=True)
            ]
            speed = statistics.median(each["documents"] / each["cpu"] for each in told[name])
            rows.append(
                (
                    name,
                    threshold,
                    f"{speed:,.0f}",
                    f"{statistics.median(ratios):.1f}",
                    f"{told[name][0]['f1']:.4f}",
                )
            )
    return rows


def whole_scan(corpus: Path, folder: Path, rounds: int) -> Table:
    sources = patterns(folder)
    with corpus.open(encoding="utf-8") as lines:
        documents = sum(1 for _ in lines)
    ours, theirs = [], []
    for _ in range(rounds):
        command = [PYTHON, str(HERE / "plain.py"), str(corpus), str(sources), str(PLAIN_DOCUMENTS)]
        plain = json.loads(measure.run(command).output.splitlines()[-1])
        theirs.append(plain["cpu"] / plain["documents"])
        ours.append(scan(corpus, folder / "whole.jsonl", "--workers", "1").cpu / documents)
    ratio = statistics.median(their / own for their, own in zip(theirs, ours, strict=True))
    many = len(json.loads(sources.read_text("utf-8")))
    return [
        (f"plain script, {many} patterns", f"{1 / statistics.median(theirs):,.0f}", "1"),
        ("provcheck scan, everything on", f"{1 / statistics.median(ours):,.0f}", f"{ratio:.1f}"),
    ]


def workers(corpus: Path, folder: Path, rounds: int) -> Table:
    times: dict[int, list[float]] = {1: [], 2: []}
    outputs = {}
    for _ in range(rounds):
        for count, seconds in times.items():
            seconds.append(scan(corpus, folder / f"w{count}.jsonl", "--workers", str(count)).wall)
            outputs[count] = (folder / f"w{count}.jsonl").read_bytes()
    ratio = statistics.median(one / two for one, two in zip(times[1], times[2], strict=True))
    same = "the same bytes" if outputs[1] == outputs[2] else "OTHER BYTES"
    return [
        ("1", f"{statistics.median(times[1]):.1f}", "1"),
        ("2", f"{statistics.median(times[2]):.1f}", f"{ratio:.2f}, {same}"),
    ]


def growth(corpora: Sequence[tuple[int, Path]], folder: Path) -> tuple[Table, list[tuple[int, float, float]]]:
    rows: Table = []
    points = []
    for size, corpus in corpora:
        used = scan(corpus, folder / "grown.jsonl", "--workers", "1", "--timings")
        with (folder / "grown.jsonl").open("rb") as lines:
            for line in lines:
                last = line
        stages = json.loads(last)["seconds"]
        points.append((size, used.cpu / size * 1e3, used.peak / 1e9))
        told = " ".join(f"{name} {seconds / size * 1e3:.2f}" for name, seconds in stages.items())
        rows.append((f"{size:,}", f"{used.cpu / size * 1e3:.2f}", told, f"{used.peak / 1e9:.2f}"))
    return rows, points


def shapes(corpus: Path, folder: Path) -> Table:
    """The same words in other files: each against plain JSON Lines, in seconds a megabyte."""
    rows: Table = []
    first = 0.0
    for name, write in SHAPES:
        place = folder / "shape"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        size = write(corpus, place)
        used = scan(place, folder / "shape.jsonl", "--workers", "1")
        cost = used.cpu / size * 1e6
        first = first or cost
        rows.append(
            (name, f"{size / 1e6:.1f}", f"{used.wall:.1f}", f"{cost / first:.2f}", f"{used.peak / 1e9:.2f}")
        )
    return rows


def start(rounds: int) -> Table:
    commands = {
        "python -c 'import typer, rich'": [PYTHON, "-c", "import typer, rich"],
        "provcheck --help": [SCAN[0], "--help"],
        "provcheck scan seeds": [*SCAN, str(ROOT / "seeds")],
    }
    return [
        (name, f"{statistics.median(measure.run(command, FOUND).wall for _ in range(2 * rounds + 1)):.2f}")
        for name, command in commands.items()
    ]


def plot(points: Sequence[tuple[int, float, float]], target: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "provcheck"
    import matplotlib.pyplot as plt

    figure, (cost, memory) = plt.subplots(1, 2, figsize=(9, 3.2))
    sizes = [size for size, _, _ in points]
    for axis, values, title in (
        (cost, [each[1] for each in points], "CPU milliseconds a document"),
        (memory, [each[2] for each in points], "peak memory, GB"),
    ):
        axis.plot(sizes, values, marker="o", color="#1f6f8b")
        axis.set_xscale("log")
        axis.set_ylim(bottom=0)
        axis.set_xlabel("documents")
        axis.set_title(title, fontsize=10)
        axis.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None})


def table(heads: Sequence[str], rows: Table) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in lines)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--sizes", default="10000,30000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--parts", default=",".join(PARTS), help="measure these anew; the others as they were last"
    )
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus.jsonl"
        opened = gzip.open if arguments.corpus.suffix == ".gz" else open
        with opened(arguments.corpus, "rb") as source, corpus.open("wb") as target:
            shutil.copyfileobj(source, target)
        small = folder / "small.jsonl"
        with corpus.open("rb") as lines:
            small.write_bytes(b"".join(line for number, line in enumerate(lines) if number % 5 == 0))
        parts: list[tuple[str, Callable[[], object]]] = [
            ("near", lambda: near_copies(corpus, arguments.gold, arguments.rounds)),
            ("whole", lambda: whole_scan(corpus, folder, arguments.rounds)),
            ("workers", lambda: workers(corpus, folder, arguments.rounds)),
            ("shapes", lambda: shapes(small, folder)),
            ("start", lambda: start(arguments.rounds)),
            ("growth", lambda: growth([(size, _grown(corpus, size, folder)) for size in sizes], folder)),
        ]
        found = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
        for part, work in parts:
            if part in arguments.parts.split(",") or part not in found:
                print(f"measuring: {part}", file=sys.stderr, flush=True)
                found[part] = work()
                RESULTS.parent.mkdir(parents=True, exist_ok=True)
                RESULTS.write_text(json.dumps(found), "utf-8")
    rows, points = found["growth"]
    plot(points, ROOT / "docs" / "growth.svg")
    page = (HERE / "page.md").read_text("utf-8")
    values = {
        "machine": machine(),
        "near": table(
            ("library", "threshold", "documents a CPU second", "times the CPU of provcheck", "F1"),
            found["near"],
        ),
        "whole": table(("", "documents a CPU second", "ratio"), found["whole"]),
        "workers": table(("workers", "seconds", "ratio"), found["workers"]),
        "shapes": table(
            ("input", "MB", "seconds", "CPU a byte, against the first", "peak GB"), found["shapes"]
        ),
        "start": table(("command", "seconds"), found["start"]),
        "growth": table(("documents", "CPU ms a document", "of which, ms of wall time", "peak GB"), rows),
    }
    for key, value in values.items():
        page = page.replace("{{" + key + "}}", str(value))
    (ROOT / "docs" / "benchmarks.md").write_text(page, "utf-8")


def _grown(corpus: Path, size: int, folder: Path) -> Path:
    target = folder / f"grown-{size}.jsonl"
    subprocess.run([PYTHON, str(HERE / "grow.py"), str(corpus), str(size), str(target)], check=True)
    return target


if __name__ == "__main__":
    main()
