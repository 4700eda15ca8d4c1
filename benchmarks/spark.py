"""What a scan on Spark costs, by stage: core seconds, bytes shuffled, skew, memory.

usage: python benchmarks/spark.py CORPUS.jsonl OUTPUT.json [--threads 2] [--memory 4g] [--records FOLDER]

One line for each stage that has a name, from Spark's own event log; memory of the Java and the Python processes is sampled beside it. Core seconds are
the time that tasks took, which is what a cluster gives; skew is the longest task over the median one of the heaviest stage of that name.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("output", type=Path)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--memory", default="4g", help="of the Java process")
    arguments.add_argument("--records", type=Path, help="a new folder that keeps what the scan wrote")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = _measured(given, Path(folder))
    given.output.write_text(json.dumps(measured, indent=1) + "\n")
    print(told(measured))


def _measured(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    from provcheck.spark import scan
    from provcheck.spark.session import spark_session

    events = folder / "events"
    events.mkdir()
    options = {
        "spark.eventLog.enabled": "true", "spark.eventLog.dir": events.as_uri(), "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.compress": "false",
        "spark.ui.enabled": "false", "spark.driver.memory": given.memory, "spark.local.dir": str(folder / "local"),
        "spark.sql.shuffle.partitions": "16", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
    }  # fmt: skip
    records = given.records or folder / "records"
    started = time.perf_counter()
    with _Memory() as memory, spark_session(given.threads, options) as spark:
        summary = scan(spark, [str(given.corpus)], str(records))
    seconds = time.perf_counter() - started
    log = next(path for path in events.rglob("*") if path.is_file() and not path.name.startswith("."))
    stages = _stages(log)
    return {
        "documents": summary.documents, "bytes": given.corpus.stat().st_size, "groups": summary.groups, "stories": summary.stories,
        "threads": given.threads, "seconds": round(seconds, 1), "java_mb": memory.java >> 20, "python_mb": memory.python >> 20,
        "records": sum(part.stat().st_size for part in records.rglob("part-*")), "stages": stages,
    }  # fmt: skip


class _Memory(threading.Thread):
    """The most that the Java process, and all Python workers together, held at a time; sampled twice a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.java = self.python = 0
        self._ended = threading.Event()

    def __enter__(self) -> _Memory:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(0.5):
            held = {"java": 0, "python": 0}
            for process in psutil.Process().children(recursive=True):
                try:
                    held["java" if "java" in process.name() else "python"] += process.memory_info().rss
                except psutil.Error:
                    continue
            self.java, self.python = max(self.java, held["java"]), max(self.python, held["python"])


def _stages(log: Path) -> list[dict[str, Any]]:
    names: dict[int, str] = {}
    tasks: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in log.open():
        event = json.loads(line)
        if event["Event"] == "SparkListenerStageSubmitted":
            told = (event.get("Properties") or {}).get("spark.job.description") or "other"
            names[event["Stage Info"]["Stage ID"]] = told.removeprefix("provcheck: ")
        elif event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
            tasks[event["Stage ID"]].append(event["Task Metrics"])
    by_name: dict[str, list[list[dict[str, Any]]]] = defaultdict(list)
    for stage, found in sorted(tasks.items()):
        by_name[names.get(stage, "other")].append(found)
    return [_stage(name, stages) for name, stages in by_name.items()]


def _stage(name: str, stages: list[list[dict[str, Any]]]) -> dict[str, Any]:
    every = [task for tasks in stages for task in tasks]
    heaviest = max(stages, key=lambda tasks: sum(task["Executor Run Time"] for task in tasks))
    times = [task["Executor Run Time"] for task in heaviest]
    return {
        "name": name, "tasks": len(every),
        "core_seconds": round(sum(task["Executor Run Time"] for task in every) / 1000, 1),
        "shuffled": sum(task["Shuffle Write Metrics"]["Shuffle Bytes Written"] for task in every),
        "spilled": sum(task["Disk Bytes Spilled"] for task in every),
        "skew": round(max(times) / max(1.0, statistics.median(times)), 1),
        "largest_task_seconds": round(max(times) / 1000, 1),
    }  # fmt: skip


def told(measured: dict[str, Any]) -> str:
    """A table for reading."""
    documents = measured["documents"]
    lines = [
        f"{documents:,} documents, {measured['bytes'] / 1e6:,.0f} MB, {measured['threads']} threads: {measured['seconds']:,.0f} s; "
        f"Java {measured['java_mb']:,} MB, Python {measured['python_mb']:,} MB; records {measured['records'] / 1e6:,.0f} MB",
        f"{'stage':30} {'core s':>9} {'ms/doc':>8} {'shuffled MB':>12} {'bytes/doc':>10} {'spilled MB':>11} {'skew':>6} {'longest s':>9}",
    ]
    total = {
        "name": "all",
        "core_seconds": 0.0,
        "shuffled": 0,
        "spilled": 0,
        "skew": 0.0,
        "largest_task_seconds": 0.0,
    }
    for stage in measured["stages"]:
        for key in ("core_seconds", "shuffled", "spilled"):
            total[key] += stage[key]
    lines += [
        f"{stage['name'][:30]:30} {stage['core_seconds']:9,.1f} {stage['core_seconds'] * 1000 / documents:8.2f} "
        f"{stage['shuffled'] / 1e6:12,.1f} {stage['shuffled'] / documents:10,.0f} {stage['spilled'] / 1e6:11,.1f} "
        f"{stage['skew']:6.1f} {stage['largest_task_seconds']:9.1f}"
        for stage in [*measured["stages"], total]
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
