"""The Spark session of the command line."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from provcheck.errors import ProvcheckError, UsageError

_BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"


class SparkFailedError(ProvcheckError):
    """Spark gave up; its log says more."""


@contextmanager
def spark_session(threads: int, options: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session for one command, stopped at its end.

    threads: of this machine; 0 leaves that to Spark's own settings. options: settings of Spark, which win over files and environment.
    Raises UsageError if Spark does not start, SparkFailedError if it fails later.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    builder = SparkSession.builder.appName("provcheck").config(_BATCH, "200")
    if threads:
        builder = builder.master(f"local[{threads}]")
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise UsageError(f"Spark does not start: {_first_line(error)} It needs Java 17 or later.") from None
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    except (PySparkException, Py4JError) as error:
        raise SparkFailedError(f"Spark failed: {_first_line(error)}") from error
    finally:
        session.stop()


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
