"""Fuzz what reads other people's bytes, guided by coverage (atheris, libFuzzer).

usage: python scripts/fuzz.py [--minutes 1] [--seed 0] [TARGET...]      the targets are in tests/fuzz/targets.py

The minutes are shared among the targets, one process each. An input that crashes or hangs (30 s) is kept in build/fuzz and named; then the
exit status is 1. A seed other than 0 tries the same inputs each time, as far as the time reaches: `make check` has one, so that it does
not fail on one day what passed on another.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "fuzz"
_KEPT = re.compile(r"Test unit written to .*|ERROR: libFuzzer: .*")
_RUNS = re.compile(r"^#(\d+)", re.MULTILINE)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("targets", nargs="*")
    arguments.add_argument("--minutes", type=float, default=1.0)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--one", help=argparse.SUPPRESS)
    arguments.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if sys.platform != "linux":
        print("fuzzing needs atheris, which is for Linux only: nothing was tried")
        return 0
    sys.path.insert(0, str(ROOT / "tests" / "fuzz"))
    if given.one:
        return _fuzz(given.one, given.seconds, given.seed)
    from targets import TARGETS

    chosen = given.targets or list(TARGETS)
    seconds = max(3, round(given.minutes * 60 / len(chosen)))
    failed = [name for name in chosen if not _run(name, seconds, given.seed)]
    return 1 if failed else 0


def _run(name: str, seconds: int, seed: int) -> bool:
    """Fuzz one target in a process of its own, and say how many inputs it took."""
    command = [sys.executable, __file__, "--one", name, "--seconds", str(seconds), "--seed", str(seed)]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=seconds * 2 + 300
    )
    counts = [int(found) for found in _RUNS.findall(done.stderr)]
    print(
        f"{name:10} {max(counts, default=0):>9,} inputs  {'ok' if not done.returncode else 'FAILED'}",
        flush=True,
    )
    if done.returncode:
        print(done.stdout[-4_000:], "\n".join(_KEPT.findall(done.stderr)), sep="\n")
    return not done.returncode


def _fuzz(name: str, seconds: int, seed: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["provcheck"]):
        from targets import TARGETS, beginnings

    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(beginnings(name)):
        (corpus / f"begin-{number}").write_bytes(raw)
    target = TARGETS[name]
    target(next(iter(beginnings(name))))  # what is built on first use does not count as a hang
    options = [
        f"-max_total_time={seconds}", "-timeout=30", "-max_len=4096", "-rss_limit_mb=4096", "-print_final_stats=1",
        f"-seed={seed}", "-reload=0", f"-artifact_prefix={FOLDER}/{name}-", str(corpus),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
