"""`provcheck scan --engine spark`: files in, a folder of records out, which are those of the plain engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as fn

from provcheck.checker import Checker
from provcheck.errors import UsageError
from provcheck.model import Candidates, Summary
from provcheck.run import header_of
from provcheck.settings import Settings
from provcheck.spark.candidates import candidates
from provcheck.spark.checking import examined
from provcheck.spark.documents import encoded, settled
from provcheck.spark.files import read_files
from provcheck.spark.grouping import Compared, told_across
from provcheck.spark.summing import tallied
from provcheck.tally import Tally

_ACROSS = {"group": "3-groups", "story": "4-stories", "site": "5-sites"}


def scan(
    spark: SparkSession,
    inputs: Sequence[str],
    output: str,
    settings: Settings | None = None,
    checker: Checker | None = None,
) -> Summary:
    """Examine and compare what files hold; the folder `output` gets the records of `provcheck scan`.

    inputs: files and folders, local to driver and executors alike or at addresses that pyarrow reads (`s3://…`, `hdfs://…`, `gs://…`).
    output: any address that Spark writes; it must not exist, and appears when all is written. It holds a folder for each kind of
    record, whose parts one after the other are the scan: the order within a kind is Spark's. checker: instead of settings, for rules that were
    loaded before. Raises UsageError.
    """
    checker = checker or Checker(settings)
    with _new_folder(spark, output) as folder:
        write = _Writer(spark, folder)
        write.one("1-header", encoded(header_of(checker)))
        items = read_files(spark, inputs, checker.settings)
        compared = checker.settings.link_documents
        found = settled(examined(items, checker, compared), "examine")
        write.all("2-documents", found)
        tally = tallied(found)
        if compared and tally.documents > 1:
            tally = tally.with_counts_of(_across(found, checker, write))
        summary = tally.summary(checker.rules.rules, checker.settings.suppressions, None)
        write.one("7-summary", encoded(summary))
    return summary


def _across(found: DataFrame, checker: Checker, write: _Writer) -> Tally:
    """Groups, stories, outlets and the pairs that were compared: written, and counted."""
    compared = Compared.of(found.filter("type = 'document'"), checker)
    told = settled(told_across(compared), "tell groups, stories, outlets")
    for kind, folder in _ACROSS.items():
        write.all(folder, told.filter(fn.col("type") == kind))
    pairs = settled(candidates(compared), "candidates")
    if pairs.isEmpty():  # the plain engine says so, too
        write.one("6-candidates", encoded(Candidates(documents=(), wordings=(), pairs=())))
    else:
        write.all("6-candidates", pairs)
    tally = tallied(told)
    tally.capped = compared.capped
    return tally


@dataclass(frozen=True)
class _Writer:
    spark: SparkSession
    folder: str

    def all(self, name: str, records: DataFrame) -> None:
        records.select("record").write.text(f"{self.folder}/{name}")

    def one(self, name: str, record: str) -> None:
        self.all(name, self.spark.createDataFrame([(record,)], "record string").coalesce(1))


@contextmanager
def _new_folder(spark: SparkSession, address: str) -> Iterator[str]:
    """A folder beside `address`, which gets its name when the block ends well, and is gone otherwise. Raises UsageError if `address` exists,
    OSError if the name cannot be given: then the folder stays, and is named.
    """
    jvm: Any = spark.sparkContext._jvm
    target = jvm.org.apache.hadoop.fs.Path(address)
    system = target.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    if system.exists(target):
        raise UsageError(f"{address}: exists already; name a new folder for the output")
    whole = system.makeQualified(target)
    part = jvm.org.apache.hadoop.fs.Path(whole.getParent(), f".{whole.getName()}.unfinished")
    system.delete(part, True)
    try:
        yield part.toString()
    except BaseException:
        system.delete(part, True)
        raise
    if system.exists(whole) or not system.rename(
        part, whole
    ):  # the file systems of Hadoop say so and raise nothing
        raise OSError(None, f"could not be given its name; all is written in {part.toString()}", address)
