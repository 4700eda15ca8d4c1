"""Print the table of docs/licences.md: what an installation of provcheck brings along, and under which licence.

usage: python scripts/list_licences.py        looks at the packages of the environment it runs in
"""

from __future__ import annotations

import re
from importlib.metadata import metadata, requires

from packaging.requirements import Requirement

# Packages that leave the choice among several licences, which their metadata do not tell well.
CHOICES = {
    "pyphen": "GPL-2.0-or-later, LGPL-2.1-or-later or MPL-1.1, at your choice",
    "tld": "MPL-1.1, GPL-2.0 or LGPL-2.1-or-later, at your choice",
}


def main() -> None:
    found: dict[str, str] = {}
    _walk("provcheck", found)
    print("| package | licence |\n| --- | --- |")
    for name, licence in sorted(found.items()):
        print(f"| {name} | {licence} |")


def _walk(package: str, found: dict[str, str]) -> None:
    for line in requires(package) or ():
        needed = Requirement(line)
        name = re.sub(r"[-_.]+", "-", needed.name).lower()
        if name in found or (needed.marker is not None and not needed.marker.evaluate({"extra": ""})):
            continue
        found[name] = CHOICES.get(name) or _licence(name)
        _walk(name, found)


def _licence(package: str) -> str:
    told = metadata(package)
    named = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License")
    ]
    return str(told["License-Expression"] or (named[0] if named else (told["License"] or "").split("\n")[0]))


if __name__ == "__main__":
    main()
