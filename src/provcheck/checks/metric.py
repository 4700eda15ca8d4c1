"""`check: metric`: a condition over the figures of a document."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any, ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.quality import webcorpus
from provcheck.quality.readability import METRICS

_COUNTS = ("words", "body_words", "lines", "sentences", "quotes", "characters")
_FACTS = ("boilerplate_share", "language", "language_confidence", "declared_language", "outlet")
NAMES = frozenset((*_COUNTS, *_FACTS, *METRICS, *webcorpus.FIGURES))

_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Not: operator.not_, ast.USub: operator.neg,
}  # fmt: skip


class _MissingFigureError(Exception):
    """A figure that this document does not have."""


@dataclass(frozen=True)
class MetricCheck(Check):
    """Finds documents for which an expression holds.

    when: comparisons (`< <= > >= == !=`), `and or not`, `+ - * /`, numbers, strings and the figures `words
      body_words lines sentences quotes characters boilerplate_share language language_confidence
      declared_language outlet`, the readability figures, and those of web corpora (`mean_word_length alpha_words
      dup_lines top_2gram punct_lines` …; they need `provcheck[corpus]`). It is parsed, never evaluated as Python.
      A document that lacks a figure (readability of an unknown language) does not match.
    """

    when: str

    stage: ClassVar[Stage] = 3

    def __post_init__(self) -> None:
        _validate(self._tree)

    @cached_property
    def _tree(self) -> ast.expr:
        try:
            return ast.parse(self.when, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ValueError(f"`when` is not an expression: {error}") from None

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted({n.id for n in ast.walk(self._tree) if isinstance(n, ast.Name)}))

    def unavailable(self) -> str | None:
        if webcorpus.FIGURES.keys() & set(self._names) and not webcorpus.is_available():
            return "needs spaCy: pip install 'provcheck[corpus]'"
        return None

    @property
    def needs(self) -> frozenset[str]:  # type: ignore[override]
        known = {"declared_language": "language", "outlet": "outlet"}
        return frozenset(known[name] for name in self._names if name in known)

    def placeholders(self) -> frozenset[str]:
        return NAMES | {"text", "figures"}

    def find(self, article: Article) -> Iterable[Match]:
        figures = {name: _figure(article, name) for name in self._names}
        try:
            holds = bool(_value(self._tree, figures))
        except (_MissingFigureError, ZeroDivisionError, TypeError):
            return
        if holds and article.written:
            first = article.written[0]
            shown = {name: _show(value) for name, value in figures.items()}
            listed = ", ".join(f"{name} {value}" for name, value in shown.items())
            yield Match(first.start, first.end, {**shown, "figures": listed})


_ALLOWED = (ast.BoolOp, ast.And, ast.Or, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Load, *_OPERATORS)


def _validate(node: ast.expr) -> None:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            _validate_name(part.id)
        elif isinstance(part, ast.Constant):
            if not isinstance(part.value, (int, float, str)):
                raise ValueError("`when` takes numbers and strings only")
        elif not isinstance(part, _ALLOWED):
            raise ValueError(f"`when` does not take {type(part).__name__.lower()}s")


def _validate_name(name: str) -> None:
    if name not in NAMES:
        near = get_close_matches(name, NAMES, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else f"; known: {', '.join(sorted(NAMES))}"
        raise ValueError(f"unknown figure `{name}` in `when`{hint}")


def _value(node: ast.expr, figures: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        if figures[node.id] is None:
            raise _MissingFigureError
        return figures[node.id]
    if isinstance(node, ast.BoolOp):
        join = all if isinstance(node.op, ast.And) else any
        return join(_value(part, figures) for part in node.values)
    if isinstance(node, ast.UnaryOp):
        return _OPERATORS[type(node.op)](_value(node.operand, figures))
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_value(node.left, figures), _value(node.right, figures))
    assert isinstance(node, ast.Compare)
    left = _value(node.left, figures)
    for compare, right_node in zip(node.ops, node.comparators, strict=True):
        right = _value(right_node, figures)
        if not _OPERATORS[type(compare)](left, right):
            return False
        left = right
    return True


def _figure(article: Article, name: str) -> float | str | None:
    if name in webcorpus.FIGURES:
        return article.corpus_figures[name]
    if name in METRICS:
        return article.readability.get(name)
    simple: dict[str, Callable[[], float | str | None]] = {
        "words": lambda: article.words,
        "body_words": lambda: article.body_words,
        "lines": lambda: len(article.written),
        "sentences": lambda: len(article.sentences),
        "quotes": lambda: len(article.quotes),
        "characters": lambda: len(article.text),
        "boilerplate_share": lambda: article.boilerplate_share,
        "language": lambda: article.language.code,
        "language_confidence": lambda: article.language.confidence,
        "declared_language": lambda: (article.document.language or "").casefold()[:2] or None,
        "outlet": lambda: article.outlet,
    }
    return simple[name]()


def _show(value: float | str | None) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


CHECK = MetricCheck
