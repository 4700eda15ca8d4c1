from __future__ import annotations

from pathlib import Path

from provcheck.intake.ahead import read_ahead


def test_items_come_in_order_and_what_cannot_be_read_is_left_to_others(tmp_path: Path) -> None:
    items: list[Path | str] = []
    for number in range(300):
        path = tmp_path / f"{number}.txt"
        if number % 7:
            path.write_text("x" * number)
        items.append(path if number % 11 else "no path")

    def path_of(item: Path | str) -> Path | None:
        return item if isinstance(item, Path) else None

    assert list(read_ahead(items, path_of)) == items
    assert list(read_ahead([], path_of)) == []
