"""`python -m tests.benchmarks [--quick] [--only a,b,…]`: a table in Markdown, status 1 on a miss."""

from __future__ import annotations

import argparse
import sys

from .assessments import wide_assessments
from .commands import whole_check
from .figures import HEAD
from .folder_scan import scanned
from .ingest import piled_up, settled_files
from .lesson import loaded_term, stepped_back
from .matching import typed_names
from .screen import idle, painted, started

_MEASURES = {
    "a": settled_files,
    "b": painted,
    "c": whole_check,
    "d": started,
    "e": idle,
    "f": piled_up,
    "g": wide_assessments,
    "h": scanned,
    "i": stepped_back,
    "j": loaded_term,
    "k": typed_names,
}
_NOT_HERE: dict[str, str] = {}
if sys.platform == "win32":
    _NOT_HERE = dict.fromkeys("bde", "needs a pseudo-terminal")
elif sys.platform != "linux":
    _NOT_HERE = {"e": "needs /proc to tell what a program spends"}


def main() -> int:
    """Measure what was asked for; 0 when every target is met."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller files")
    parser.add_argument("--only", default="".join(_MEASURES), metavar="a,b,…", help="these measures alone")
    asked = parser.parse_args()
    chosen = [letter for letter in asked.only if letter in _MEASURES]
    for letter, why in _NOT_HERE.items():
        if letter in chosen:
            print(f"({letter}) {why}: not measured on this system", file=sys.stderr)
            chosen.remove(letter)
    missed = 0
    print(HEAD, flush=True)
    for letter in chosen:
        for figure in _MEASURES[letter](quick=asked.quick):
            print(figure.line(), flush=True)
            missed += figure.is_missed
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
