"""provcheck: a linter for scraped news.

    import provcheck
    report = provcheck.scan(["articles/"])
    result = provcheck.Checker().check(provcheck.Document(id="1", text="…"))

Names are imported when they are first used, so that `import provcheck` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from provcheck._version import __version__

if TYPE_CHECKING:
    from provcheck.checker import Checker, Result
    from provcheck.checks.base import Match
    from provcheck.errors import ProvcheckError, RuleError, UsageError
    from provcheck.groups.nearcopies import near_copies
    from provcheck.model import Document, Finding, Report
    from provcheck.names.compare import NameMatch, compare_names
    from provcheck.run import scan, scan_records
    from provcheck.settings import GroupSettings, Override, Policy, Settings, Suppression

_HOMES = {
    "Checker": "checker",
    "Result": "checker",
    "Document": "model",
    "Finding": "model",
    "GroupSettings": "settings",
    "Match": "checks.base",
    "NameMatch": "names.compare",
    "Override": "settings",
    "Policy": "settings",
    "ProvcheckError": "errors",
    "Report": "model",
    "RuleError": "errors",
    "Settings": "settings",
    "Suppression": "settings",
    "UsageError": "errors",
    "compare_names": "names.compare",
    "near_copies": "groups.nearcopies",
    "scan": "run",
    "scan_records": "run",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'provcheck' has no attribute {name!r}")
    value = getattr(import_module(f"provcheck.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])


__all__ = [
    "Checker",
    "Document",
    "Finding",
    "GroupSettings",
    "Match",
    "NameMatch",
    "Override",
    "Policy",
    "ProvcheckError",
    "Report",
    "Result",
    "RuleError",
    "Settings",
    "Suppression",
    "UsageError",
    "__version__",
    "compare_names",
    "near_copies",
    "scan",
    "scan_records",
]
