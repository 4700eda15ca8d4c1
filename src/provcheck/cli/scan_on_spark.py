"""`provcheck scan --engine spark`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provcheck.cli.common import assignments
from provcheck.errors import UsageError
from provcheck.rulebook.ruleset import load

if TYPE_CHECKING:
    from provcheck.model import Summary
    from provcheck.settings_file import Configured


def scan_on_spark(
    inputs: list[str],
    output: str | None,
    workers: int,
    options: list[str],
    refused: list[str],
    found: Configured,
    allow_code: bool,
) -> Summary:
    """Scan into a folder. options: settings of Spark, KEY=VALUE. refused: options of the command that this engine does not have."""
    if refused:
        raise UsageError(f"--engine spark has no {', '.join(refused)}: it writes JSON Lines into a folder")
    if output is None:
        raise UsageError("--engine spark needs --output FOLDER: a new one, for the parts that Spark writes")
    if "-" in inputs:
        raise UsageError("--engine spark reads files and folders; standard input is for the plain engine")
    told = assignments(options, "--spark", "KEY=VALUE", "spark.master=yarn")
    try:
        from provcheck.spark import scan
        from provcheck.spark.session import spark_session
    except ImportError:
        raise UsageError("--engine spark needs Spark and Java 17: pip install 'provcheck[spark]'") from None
    from provcheck.checker import Checker

    checker = Checker(found.settings, rules=load(found.settings, allow_code))
    with spark_session(workers, told) as spark:
        return scan(spark, inputs, output, checker=checker)
