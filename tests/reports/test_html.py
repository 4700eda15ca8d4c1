"""The report as one page, opened in a real Chromium: nothing runs but its own script, and it can be used without it."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import provcheck
from provcheck.checker import Checker
from provcheck.model import Document, Problem, Record, Summary
from provcheck.reports.html import HtmlReport
from provcheck.tally import Tally

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
HOSTILE = [
    "<script>window.hacked = 1</script> The ferry sank off Nordhaven on Monday, said the coast guard of the town.",
    '</script></noscript><img src=x onerror="window.hacked = 2"> The ferry sank off Nordhaven on Monday morning.',
    "<svg/onload=window.hacked=3>\u202edraH si siht\u202c <!-- --!> ]]> The ferry sank off Nordhaven on Monday.",
    "javascript:window.hacked=4 {{constructor}} ${window.hacked=5} \x00\x08 😀😀 The ferry sank off Nordhaven. Leave a Reply",
]


def page_of(source: str, target: Path) -> Path:
    with target.open("wb") as stream:
        report = HtmlReport(stream)
        for record in provcheck.scan_records([source], watch=report.watch):
            report.add(record)
        report.close()
    return target


@pytest.fixture(scope="module")
def seeds_page(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(str(seeds), tmp_path_factory.mktemp("html") / "seeds.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium, which is not installed here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    """A function that opens a report; afterwards nothing may have failed and nothing may have been asked for."""
    contexts, said = [], []

    def run(path: Path, fragment: str = "", **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith("file:") else said.append(request.url)
        )
        page.goto(f"file://{path}{fragment}")
        return page

    yield run
    for context in contexts:
        context.close()
    assert said == []


def unpacked(page: str, name: str) -> Any:
    found = re.search(rf'id="{name}">([^<]*)<', page)
    assert found is not None
    return json.loads(gzip.decompress(b64decode(found[1])))


def test_one_file_that_asks_for_nothing(seeds_page: Path) -> None:
    page = seeds_page.read_text("utf-8")
    assert "default-src 'none'" in page and not re.search(r'(?:src|href)="(?!#)', page)
    assert len(unpacked(page, "index")["documents"]["id"]) == 17
    assert unpacked(page, "block-0")[0]["text"].startswith("Ferry runs aground")


def test_the_same_scan_gives_the_same_bytes(seeds: Path, seeds_page: Path, tmp_path: Path) -> None:
    assert page_of(str(seeds), tmp_path / "again.html").read_bytes() == seeds_page.read_bytes()


def test_overview_and_search(opened: Any, seeds_page: Path) -> None:
    page = opened(seeds_page)
    page.wait_for_selector(".cards b")
    assert page.locator(".cards b").first.inner_text() == "17"
    page.click("nav >> text=Documents")
    page.fill("input[type=search]", "ferry-06")
    assert page.locator("#count").inner_text() == "1 document of 17"
    page.click(".rows a")
    page.wait_for_selector("mark.across")
    assert "Peter Valchak" in page.locator("mark.across").all_inner_texts()


def test_reasons_by_mouse_and_by_keyboard(opened: Any, seeds_page: Path) -> None:
    page = opened(seeds_page, "#doc=1")
    page.wait_for_selector("mark.remove")
    for show in (
        page.locator(".text mark.remove").first.hover,
        page.locator(".text mark.remove").nth(1).focus,
    ):
        show()
        assert "boilerplate-en/" in page.locator("#tip").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()


def test_a_group_and_two_of_its_members_side_by_side(opened: Any, seeds_page: Path) -> None:
    page = opened(seeds_page, "#groups")
    page.click("table a >> nth=0")
    page.wait_for_selector("article h2")
    assert "Likely origin: ferry-01-wire.txt" in page.locator("article").inner_text()
    assert page.locator("article svg[role=img]").count() == 2
    page.select_option("label:has-text('Right') select", "ferry-06-roundtrip.txt")
    page.click("text=Compare")
    page.wait_for_selector(".sides mark.changed")
    assert "cargo" in " ".join(page.locator(".sides mark.changed").all_inner_texts())


@pytest.mark.parametrize("fragment", ["", "#documents", "#doc=5", "#groups", "#stories", "#problems"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(opened: Any, seeds_page: Path, fragment: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(seeds_page, fragment, color_scheme=scheme, bypass_csp=True)
    page.wait_for_selector("main h2, main .rows, main table")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_on_a_phone_nothing_runs_off_the_side(opened: Any, seeds_page: Path) -> None:
    for fragment in ("", "#doc=1", "#groups"):
        page = opened(seeds_page, fragment, viewport={"width": 360, "height": 740})
        page.wait_for_selector("main h2, main table")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_everything_is_listed(opened: Any, seeds_page: Path) -> None:
    text = opened(seeds_page, java_script_enabled=False).inner_text("body")
    for said in (
        "ferry-06-roundtrip.txt",
        "Peter Valchak is likely Piotr Walczak",
        "Group of 7 copies, origin: ferry-01-wire.txt",
    ):
        assert said in text


def test_hostile_articles_run_nothing(opened: Any, checker: Checker, tmp_path: Path) -> None:
    target = tmp_path / "hostile.html"
    tally, records = Tally(), []
    with target.open("wb") as stream:
        report = HtmlReport(stream)
        for number, text in enumerate(HOSTILE):
            document = Document(
                id=f"{number}{text}",
                title=text,
                source=text,
                url=text,
                text=f"{text}\n\n{text * 9}",
                byline=text,
            )
            result = checker.check(document)
            tally.add(result.record, frozenset())
            report.watch(result.article)
            records.append(result.record)
            report.add(result.record)
        report.add(Problem(path=HOSTILE[1], reason=HOSTILE[0]))
        report.add(tally.summary(checker.rules.rules, (), None))
        report.close()
    for fragment in ("", "#documents", "#doc=0", "#doc=1", "#doc=2", "#doc=3", "#problems"):
        for scripts in (True, False):
            page = opened(target, fragment, java_script_enabled=scripts)
            page.wait_for_timeout(150)
            assert page.locator("img, main script, noscript script").count() == 0
            if scripts:
                assert page.evaluate("window.hacked") is None
                assert "\u202e" not in page.content()


def many(records: list[Record], count: int) -> bytes:
    stream = io.BytesIO()
    report = HtmlReport(stream)
    documents = [r for r in records if hasattr(r, "verdict")]
    summary = next(r for r in records if isinstance(r, Summary))
    for number in range(count):
        record = documents[number % len(documents)]
        report._texts[f"d{number}"] = "The ferry sank off Nordhaven on Monday, the coast guard said. " * 40  # type: ignore[attr-defined]
        report.add(msgspec.structs.replace(record, id=f"d{number}"))
    report.add(msgspec.structs.replace(summary, documents=count))
    report.close()
    return stream.getvalue()


def test_twenty_thousand_documents_open_and_scroll(opened: Any, seeds: Path, tmp_path: Path) -> None:
    target = tmp_path / "many.html"
    target.write_bytes(many(list(provcheck.scan_records([str(seeds)])), 20_000))
    started = time.monotonic()
    page = opened(target, "#documents")
    page.wait_for_selector(".rows a")
    print(f"{target.stat().st_size:,} bytes opened in {time.monotonic() - started:.1f} s")
    page.evaluate("document.querySelector('.rows').scrollTop = 1e9")
    page.wait_for_selector("text=d19999")
    assert page.locator(".rows li").count() < 60, "only what is seen is in the page"
    page.click("text=d19999")
    page.wait_for_selector("article .text")
