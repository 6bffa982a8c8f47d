"""A campaign of Pix Orga, as its exports name it."""

from __future__ import annotations

from typing import NamedTuple


class Campaign(NamedTuple):
    """A campaign of Pix Orga; `key` tells campaigns apart even where the export had no code (before 2023)."""

    key: str
    code: str | None
    name: str
