"""A filter block for datatrove: drops what the policy drops, with its reasons, and tags what passes.

from provcheck.datatrove import ProvcheckFilter
pipeline = [JsonlReader("crawl/"), ProvcheckFilter(exclusion_writer=JsonlWriter("dropped/")), JsonlWriter("kept/")]
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from datatrove.pipeline.filters.base_filter import BaseFilter

from provcheck.checker import Checker
from provcheck.filtering import Filter
from provcheck.foreign import DATATROVE, adapted
from provcheck.model import Document
from provcheck.settings import Settings, named_policy


class ProvcheckFilter(BaseFilter):  # type: ignore[misc]
    """settings: provcheck's. policy: `default`, `tag`, `strict` or one of the settings'. clean: take what is not the article out; a text of
    which nothing would stay is left as it is.

    `doc.metadata["provcheck"]` holds verdict, reasons, findings and provenance. Near copies are known within one task (rank).
    """

    name = "provcheck"

    def __init__(
        self,
        settings: Settings | None = None,
        policy: str | None = None,
        clean: bool = False,
        exclusion_writer: Any = None,
    ) -> None:
        super().__init__(exclusion_writer)
        self._settings = settings or Settings()
        self._policy = named_policy(self._settings, policy)
        self._clean = clean

    @cached_property
    def _judge(self) -> Filter:
        """Made where the block runs: a task is pickled before it starts."""
        return Filter(Checker(self._settings), self._policy)

    def filter(self, doc: Any) -> bool | tuple[bool, str]:
        try:
            document = Document(**adapted(doc, DATATROVE, doc.id))
        except ValueError:
            return False, "has no text"
        judged = self._judge.judge(document)
        doc.metadata["provcheck"] = judged.report()
        if judged.verdict == "drop":
            return False, "; ".join(judged.reasons) or "the policy drops it"
        if self._clean:
            doc.text = judged.text
        return True
