"""Shared fixtures. Texts in tests are invented; `shared` holds real data that only some machines have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from provcheck.article import Article
from provcheck.checker import Checker, Result
from provcheck.model import Document

ROOT = Path(__file__).parents[1]
settings.register_profile("provcheck", deadline=None)  # a busy machine is no failure
settings.load_profile("provcheck")


@pytest.fixture(scope="session")
def checker() -> Checker:
    return Checker()


@pytest.fixture
def check(checker: Checker) -> Callable[..., Result]:
    """Examine one text: `check("…", title="…")`."""

    def run(text: str, **fields: str) -> Result:
        return checker.check(Document(id="test", text=text, **fields))  # type: ignore[arg-type]

    return run


@pytest.fixture
def article() -> Callable[..., Article]:
    def make(text: str, identity: str = "test", **fields: str) -> Article:
        return Article(Document(id=identity, text=text, **fields))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "contract.md").is_file():
        pytest.skip("needs the shared data folder beside the checkout, which is not here")
    return folder


_LONG = ("/spark/", "/test_shared.py", "/test_equal_on_news.py", "/test_relate.py", "/test_faults.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first, so that none is left when the others have ended; those on Spark together, as a session takes long to start."""
    items.sort(
        key=lambda item: next((at for at, name in enumerate(_LONG) if name in str(item.path)), len(_LONG))
    )
