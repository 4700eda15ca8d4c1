"""A real spider crawls a real server on loopback, with the pipeline in its way."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

STORY = (
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement. "
)
REST = (
    "All were brought ashore before noon by fishermen from the villages of the coast, the mayor told reporters. "
    * 5
)
PAGES = {
    "index": '<a href="/one.html">1</a> <a href="/two.html">2</a> <a href="/three.html">3</a> <a href="/four.html">4</a>',
    "one": f"<article><p>{STORY}{REST}</p><p>Leave a Reply</p></article>",
    "two": "<article><p>Leave a Reply</p></article>",
    "three": f"<article><p>{STORY.replace('Monday', 'Sunday')}{REST}</p></article>",
    "four": "<article></article>",
}
SPIDER = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class News(scrapy.Spider):
    name = "news"
    def __init__(self, start=None, **more):
        super().__init__(**more)
        self.start_urls = [start]
    def parse(self, response):
        for link in response.css("a"):
            yield response.follow(link, self.article)
    def article(self, response):
        yield {"url": response.url, "body": "\\n\\n".join(response.css("article p::text").getall())}

address, target, settings = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
process = CrawlerProcess({"LOG_LEVEL": "INFO", "TELNETCONSOLE_ENABLED": False, "CONCURRENT_REQUESTS": 1, "ROBOTSTXT_OBEY": False,
    "ITEM_PIPELINES": {"provcheck.scrapy.ProvcheckPipeline": 300}, "PROVCHECK_FIELDS": {"text": "body"},
    "FEEDS": {target: {"format": "jsonlines"}}, **settings})
crawler = process.create_crawler(News)
process.crawl(crawler, start=address)
process.start()
stats = {k: v for k, v in crawler.stats.get_stats().items() if k.startswith("provcheck/") or k.startswith("item_")}
print(json.dumps(stats))
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    for name, body in PAGES.items():
        (folder / f"{name}.html").write_text(f"<html><body>{body}</body></html>", "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
    server.shutdown()


def run(site: str, folder: Path, target: Path, settings: Any) -> subprocess.CompletedProcess[str]:
    script = folder / "spider.py"  # Scrapy reads the source of its callbacks
    script.write_text(SPIDER, "utf-8")
    command = [sys.executable, str(script), site, str(target), json.dumps(settings)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def crawl(site: str, folder: Path, **settings: Any) -> tuple[dict[str, dict[str, Any]], dict[str, int], str]:
    target = folder / "items.jsonl"
    done = run(site, folder, target, settings)
    assert done.returncode == 0, done.stderr
    items = [json.loads(line) for line in target.read_text("utf-8").splitlines()] if target.exists() else []
    by_name = {item["url"].rpartition("/")[2].removesuffix(".html"): item for item in items}
    return by_name, json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_tagging_loses_nothing(site: str, tmp_path: Path) -> None:
    items, stats, said = crawl(site, tmp_path)
    assert set(items) == {"one", "two", "three", "four"}
    assert items["two"]["provcheck"]["verdict"] == "drop" and "Leave a Reply" in items["one"]["body"]
    copies = [name for name in ("one", "three") if "copy_of" in items[name]["provcheck"]]
    assert len(copies) == 1, "of two near copies the later one is known as such"
    assert "provcheck" not in items["four"] and "it passes unexamined" in said
    assert stats["provcheck/verdict/drop"] == 1 and stats["provcheck/unreadable"] == 1
    assert stats["provcheck/findings/comment-form"] >= 2


def test_cleaning_takes_what_is_not_the_article(site: str, tmp_path: Path) -> None:
    items, _, _ = crawl(site, tmp_path, PROVCHECK_ACTION="clean")
    assert items["one"]["body"].startswith(STORY.strip()) and "Leave a Reply" not in items["one"]["body"]


def test_dropping_says_why(site: str, tmp_path: Path) -> None:
    items, stats, said = crawl(site, tmp_path, PROVCHECK_ACTION="drop", PROVCHECK_POLICY="strict")
    assert len(set(items) & {"one", "three"}) == 1 and "two" not in items
    assert stats["item_dropped_count"] == 2 and "a near copy of" in said and "words of article" in said


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"PROVCHECK_ACTION": "shred"}, "known: tag, clean, drop"),
        ({"PROVCHECK_POLICY": "mine"}, "no such policy"),
    ],
)
def test_wrong_settings_stop_the_crawl_before_it_starts(
    site: str, tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    done = run(site, tmp_path, tmp_path / "x", settings)
    assert says in done.stderr and not (tmp_path / "x").exists()
