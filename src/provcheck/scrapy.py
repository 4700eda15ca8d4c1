"""An item pipeline for Scrapy: tags, cleans or drops what a spider scraped.

    ITEM_PIPELINES = {"provcheck.scrapy.ProvcheckPipeline": 300}
    PROVCHECK_ACTION = "tag"               # tag (default), clean or drop
    PROVCHECK_POLICY = "default"           # as `provcheck filter --policy`
    PROVCHECK_SETTINGS = "provcheck.toml"  # a settings file; none is looked for otherwise
    PROVCHECK_FIELDS = {"text": "body"}    # our field names to the item's

`tag` adds the field `provcheck`; `clean` does so and takes what is not the article out of the text; `drop` does so and drops what the policy
drops. Crawl statistics count verdicts under `provcheck/…`. Spiders of one process with the same settings share one memory of what passed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from provcheck.errors import UsageError
from provcheck.filtering import Filter, Judged
from provcheck.intake.records import RecordReader
from provcheck.model import Problem

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Action = Literal["tag", "clean", "drop"]


class ProvcheckPipeline:
    """One pipeline of one crawler. Raises UsageError for settings that do not hold, before the crawl starts."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._action: str = settings.get("PROVCHECK_ACTION", "tag")
        if self._action not in get_args(Action):
            raise UsageError(f"PROVCHECK_ACTION is {self._action!r}; known: {', '.join(get_args(Action))}")
        fields: Mapping[str, str] = settings.getdict("PROVCHECK_FIELDS")
        self._fields = dict(fields)
        self._filter = _shared(settings.get("PROVCHECK_SETTINGS"), settings.get("PROVCHECK_POLICY"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """The item with its field `provcheck`. Raises DropItem for what is dropped; an item without a text comes back as it was."""
        from itemadapter import ItemAdapter
        from scrapy.exceptions import DropItem

        adapter = ItemAdapter(item)
        document = RecordReader("item", self._fields).read(adapter.asdict(), "item")
        if isinstance(document, Problem):
            self._count("unreadable")
            self._logger().warning("provcheck: an item %s; it passes unexamined", document.reason)
            return item
        judged = self._filter.judge(document)
        self._count(f"verdict/{judged.verdict}")
        for finding in judged.result.findings:
            self._count(f"findings/{finding.category}")
        if self._action == "drop" and judged.verdict == "drop":
            raise DropItem(f"provcheck: {'; '.join(judged.reasons) or 'the policy drops it'}")
        self._tag(adapter, judged)
        return item

    def _tag(self, adapter: Any, judged: Judged) -> None:
        if self._action == "clean":
            adapter[self._fields.get("text", "text")] = judged.text
        try:
            adapter["provcheck"] = judged.report()
        except (KeyError, AttributeError):  # an item class without the field
            self._count("untagged")
            self._logger().warning(
                "provcheck: %s has no field `provcheck`; declare one to see verdicts",
                type(adapter.item).__name__,
            )

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"provcheck/{name}")

    def _logger(self) -> Any:
        import logging

        return logging.getLogger("provcheck")


class _LockedFilter:
    """A filter that several spiders may use."""

    def __init__(self, inner: Filter) -> None:
        self._inner, self._lock = inner, threading.Lock()

    def judge(self, document: Any) -> Judged:
        with self._lock:
            return self._inner.judge(document)


@lru_cache(maxsize=8)
def _shared(path: str | None, policy: str | None) -> _LockedFilter:
    from provcheck.checker import Checker
    from provcheck.settings import named_policy
    from provcheck.settings_file import configure

    settings = configure(Path(path) if path else None).settings
    return _LockedFilter(Filter(Checker(settings), named_policy(settings, policy)))
