"""`python -m tests.faults [--minutes M] [--seed N] [--only a,b,…]`: one line for each kind of fault."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pixsession.foundation.i18n import use_language

from . import clocks, damage, fuzz, kills, outputs, soak, writers
from .tally import Tally, Trial

# Each kind of fault, and its share of the time.
KINDS: dict[str, tuple[Callable[[Trial], Tally], int]] = {
    "fuzz": (fuzz.run, 10),
    "kills": (kills.at_random, 4),
    "calls": (kills.at_a_system_call, 4),
    "writers": (writers.run, 2),
    "damage": (damage.run, 3),
    "clocks": (clocks.run, 1),
    "outputs": (outputs.closed, 1),
    "slow": (outputs.slow, 1),
    "soak": (soak.run, 4),
}


def tried(name: str, folder: Path, seed: int, seconds: float) -> Tally:
    """One kind of fault, tried for so long."""
    folder.mkdir(parents=True)
    kind, _share = KINDS[name]
    return kind(Trial(folder, random.Random(f"{seed}/{name}"), time.monotonic() + seconds))


def main() -> int:
    """Status 0 where nothing failed; what failed stays in the folder that is named then."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(KINDS), metavar="a,b,…", help="these kinds alone")
    asked = parser.parse_args()
    use_language("en")
    names = [name for name in asked.only.split(",") if name in KINDS]
    shares = sum(KINDS[name][1] for name in names)
    failed = 0
    folder = Path(tempfile.mkdtemp(prefix="pixsession-faults-"))
    for name in names:
        seconds = asked.minutes * 60 * KINDS[name][1] / shares
        tally = tried(name, folder / name / "trial", asked.seed, seconds)
        print(tally.line(), flush=True)
        failed += len(tally.failures)
    if not failed:
        shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
