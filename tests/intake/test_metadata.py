"""What pages say of themselves, and what is broken in it."""

from __future__ import annotations

import json

import pytest

from provcheck.intake.metadata import read_metadata
from provcheck.intake.pages import extract
from provcheck.model import Document, PageMetadata


def page(head: str, body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def linked(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in objects)


def test_json_ld_goes_before_opengraph() -> None:
    article = {
        "@type": "NewsArticle",
        "author": [{"@type": "Person", "name": "Ana  Brandt"}, "Joe Pike"],
        "publisher": {"@type": "Organization", "name": "Coast Mail"},
        "sourceOrganization": {"name": "Reuters"},
        "datePublished": "2023-06-19T10:00:00+02:00",
        "dateModified": "2023-06-20",
        "isBasedOn": "https://wire.example/a/1",
    }
    head = '<meta property="og:site_name" content="CM"><meta name="author" content="webmaster">'
    found = read_metadata(
        page(head + '<link rel="canonical" href="/ferry">' + linked(article)), "https://coast.example/x"
    )
    assert found == PageMetadata(
        authors=("Ana Brandt", "Joe Pike"),
        publisher="Coast Mail",
        source="Reuters",
        published="2023-06-19",
        modified="2023-06-20",
        canonical="https://coast.example/ferry",
        original="https://wire.example/a/1",
    )


def test_articles_inside_a_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "author": "x"},
            {"@type": ["NewsArticle"], "author": {"name": "Ana Brandt"}},
        ]
    }
    found = read_metadata(page(linked(graph)))
    assert found is not None and found.authors == ("Ana Brandt",)


def test_opengraph_alone() -> None:
    head = (
        '<meta property="article:published_time" content="2023-06-19"><meta name="author" content="Ana Brandt">'
        '<meta name="syndication-source" content="https://wire.example/1"><meta name="author" content="https://x.example">'
    )
    found = read_metadata(page(head))
    assert found == PageMetadata(
        authors=("Ana Brandt",), published="2023-06-19", original="https://wire.example/1"
    )


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<script type="application/ld+json">{not json</script>',
        '<script type="application/ld+json">[[[[[[[[1]]]]]]]]</script>',
        linked({"@type": "NewsArticle", "author": 7, "datePublished": ["x"], "publisher": {"name": {}}}),
        '<meta name="author" content="  ">',
        "\x00<link rel=canonical>",
    ],
)
def test_what_says_nothing_or_is_broken(head: str) -> None:
    assert read_metadata(page(head)) is None


def test_a_page_carries_its_metadata() -> None:
    body = (
        "<article><h1>Ferry sinks</h1>"
        + "<p>The ferry sank off Nordhaven on Monday, the coast guard said.</p>" * 5
    )
    document = extract(
        page(linked({"@type": "NewsArticle", "author": {"name": "Ana Brandt"}}), body), "x", None
    )
    assert isinstance(document, Document) and document.metadata is not None
    assert document.metadata.authors == ("Ana Brandt",)
