"""What the user asks a board to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Wanted:
    """What the user asks to see: set by any thread, read by the pipeline's."""

    campaigns: frozenset[str]  # codes or keys; none: all
    shows_all: bool  # the campaigns that are kept off the board too
    as_of: datetime | None = None  # the board after the export of this time; None: as it is now
