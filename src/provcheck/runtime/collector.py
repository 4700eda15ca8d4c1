"""How often Python looks for objects that refer to each other in a ring: seldom, since articles leave next to none.

A decision for a whole process: only the command line and worker processes take it, never the library.
"""

from __future__ import annotations

import gc

_THRESHOLDS = (50_000, 20, 20)  # objects, and rounds of the younger generations; Python's own are 700, 10, 10


def seldom() -> None:
    """Look far less often from now on."""
    gc.set_threshold(*_THRESHOLDS)


def settle() -> None:
    """What was made so far, rules and tables, stays to the end, and is not looked at again."""
    gc.freeze()
