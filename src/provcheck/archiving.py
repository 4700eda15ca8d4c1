"""Inputs into an archive, and inputs compared with one: what `provcheck index` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provcheck.archive.archive import entry_of
from provcheck.archive.entry import Entry, Parameters
from provcheck.article import Article
from provcheck.checker import Checker
from provcheck.intake.files import read_documents
from provcheck.model import Problem
from provcheck.run import Examined, examine
from provcheck.runtime.workers import Workers


def read_entries(
    inputs: Sequence[str], checker: Checker, parameters: Parameters, workers: Workers
) -> Iterator[tuple[Article, Entry] | Problem]:
    """What an archive with these parameters keeps of each input document, in input order.

    Bodies are examined first, as in a scan; whole texts are only read. Raises UsageError for an input that does not exist.
    """
    groups = checker.settings.groups
    if parameters.text == "whole":
        for item in read_documents(inputs, checker.settings):
            if isinstance(item, Problem):
                yield item
            else:
                article = Article(item)
                yield article, entry_of(article, parameters, groups)
        return
    for found in examine(list(inputs), checker, workers, with_article=True, compared=False):
        if isinstance(found, Examined):
            assert found.article is not None
            yield found.article, entry_of(found.article, parameters, groups)
        else:
            yield found
