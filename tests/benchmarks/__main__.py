"""`python -m tests.benchmarks [--quick] [--only a,b,…]`: a table in Markdown, status 1 on a miss."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .arrivals import first_board, painted_arrivals
from .assessments import refreshed_evaluation, wide_assessments
from .commands import whole_check
from .country import one_school, whole_country
from .figures import HEAD
from .folder_scan import scanned
from .growth import refreshed, remembered, stored
from .ingest import piled_up, settled_files
from .lesson import loaded_term, narrowed, stepped_back
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
    "l": painted_arrivals,
    "r": one_school,
    "s": whole_country,
    "t": refreshed,
    "u": remembered,
    "v": stored,
    "w": first_board,
    "x": narrowed,
    "y": refreshed_evaluation,
}
_STOLEN = 0.01  # share of the processors from which it is worth telling
_NOT_HERE: dict[str, str] = {}
if sys.platform == "win32":
    _NOT_HERE = dict.fromkeys("bdelw", "needs a pseudo-terminal") | {
        "s": "needs to tell the memory of a program"
    }
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
    before = _processor_time()
    print(HEAD, flush=True)
    for letter in chosen:
        for figure in _MEASURES[letter](quick=asked.quick):
            print(figure.line(), flush=True)
            missed += figure.is_missed
    _tell_what_was_stolen(before, _processor_time())
    return 1 if missed else 0


def _processor_time() -> tuple[int, int]:
    """What another machine of the same host took of the processors, and all their time; zero if unknown."""
    try:
        fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    except OSError:
        return 0, 0
    return int(fields[7]), sum(map(int, fields))


def _tell_what_was_stolen(before: tuple[int, int], after: tuple[int, int]) -> None:
    stolen, passed = after[0] - before[0], after[1] - before[1]
    if passed and stolen / passed > _STOLEN:
        words = f"the host took {stolen / passed:.1%} of the processors: times are longer than they should be"
        print(words, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
