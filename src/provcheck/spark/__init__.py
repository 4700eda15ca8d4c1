"""provcheck on Spark: functions over DataFrames, for collections that no one machine takes (`pip install 'provcheck[spark]'`).

    from provcheck.spark import check
    records = check(spark.read.parquet("s3://crawl/"))

provcheck must be installed where the executors run. The plain engine knows nothing of this package.
"""

from provcheck.spark.checking import check
from provcheck.spark.grouping import group, link
from provcheck.spark.scanning import scan

__all__ = ["check", "group", "link", "scan"]
