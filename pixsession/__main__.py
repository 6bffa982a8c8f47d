"""The program: `python -m pixsession`, the command, and where one packed into one executable begins."""

from __future__ import annotations

import gc
from typing import NoReturn

_OBJECTS_BEFORE_COLLECTION = 50_000  # some ten megabytes of garbage at most


def main() -> NoReturn:
    """Run the command line and leave with its status."""
    spare_collector()
    from pixsession.cli.program import main as run  # noqa: PLC0415 - (c), (r): 8 ms, see `spare_collector`

    run()


def spare_collector() -> None:
    """Look for garbage seldom: what a start loads stays, and looking through it is an eighth of the start."""
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)


if __name__ == "__main__":
    main()
