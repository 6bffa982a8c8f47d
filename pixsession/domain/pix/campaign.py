"""A campaign of Pix Orga, as its exports name it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Campaign(NamedTuple):
    """A campaign of Pix Orga; `key` tells campaigns apart even where the export had no code (before 2023)."""

    key: str
    code: str | None
    name: str


class Source(NamedTuple):
    """The export a profile was read from; `exported_at` is Paris time, without zone."""

    file: str
    campaign: Campaign
    exported_at: datetime
    has_stamp: bool = True  # the time is Pix's own, from the name of the file; else it is the file's
