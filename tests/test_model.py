"""Documents from what other packages return."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace as Thing

import newspaper
import pytest
import trafilatura

from provcheck.model import Document

PAGE = (
    '<html lang="en"><head><title>Ferry sinks</title><meta property="og:site_name" content="Coast Mail">'
    '<meta name="author" content="Ana Brandt"><meta property="article:published_time" content="2024-10-08"></head><body><article>'
    + "<p>The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said.</p>" * 4
    + "</article></body></html>"
)


def test_trafilatura_itself() -> None:
    found = trafilatura.bare_extraction(PAGE, url="https://coast.example/ferry", with_metadata=True)
    document = Document.from_trafilatura(found)
    assert (document.id, document.source, document.published) == (
        "https://coast.example/ferry",
        "Coast Mail",
        "2024-10-08",
    )
    assert document.text.startswith("The ferry sank") and document.byline == "Ana Brandt"
    assert Document.from_trafilatura({"text": "x y", "author": "A B; C D"}, id="7").byline == "A B, C D"


def test_newspaper4k_itself() -> None:
    article = newspaper.Article("https://coast.example/ferry")
    article.download(input_html=PAGE)
    article.parse()
    document = Document.from_newspaper(article)
    assert (document.id, document.title) == ("https://coast.example/ferry", "Ferry sinks")
    assert (document.published, document.byline) == ("2024-10-08T00:00:00", "Ana Brandt")
    assert document.text.startswith("The ferry sank") and document.language == "en"


def test_newspaper_articles_with_several_authors() -> None:
    article = Thing(
        text="The ferry sank.",
        title="Ferry",
        url="https://coast.example/1",
        publish_date=datetime(2024, 10, 8),
        authors=["Ana Brandt", "Joe Pike"],
        meta_lang="en",
    )
    document = Document.from_newspaper(article)
    assert (document.published, document.byline) == ("2024-10-08T00:00:00", "Ana Brandt, Joe Pike")


def test_fundus_articles() -> None:
    """By their shape: fundus 0.5 asks for an lxml older than trafilatura does, so that both cannot be installed here."""
    article = Thing(
        plaintext="The ferry sank.",
        title="Ferry",
        html=Thing(requested_url="https://coast.example/1"),
        publishing_date=datetime(2024, 10, 8),
        authors=("Ana Brandt",),
        publisher="Coast Mail",
        lang="en",
    )
    document = Document.from_fundus(article, id="a")
    assert (document.id, document.url, document.source) == ("a", "https://coast.example/1", "Coast Mail")


@pytest.mark.parametrize("make", [Document.from_trafilatura, Document.from_newspaper, Document.from_fundus])
def test_nothing_to_read(make: type) -> None:
    with pytest.raises(ValueError, match="no text"):
        make(Thing(text="", plaintext=" "))
