"""Files of OneDrive and iCloud that a folder shows and a disk has not: to open one downloads it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

_RECENT = timedelta(days=7)
# https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants: OFFLINE, RECALL_ON_OPEN and
# RECALL_ON_DATA_ACCESS.
_WINDOWS = 0x1000 | 0x40000 | 0x400000
_MACOS = 0x40000000  # SF_DATALESS of <sys/stat.h>; Python has a name for it from 3.13 on


def fetched_since(now: datetime) -> datetime:
    """Since when a placeholder must have changed to be downloaded without being asked for by name.

    What was saved at home for today's session is wanted; years of downloads are not.
    """
    return now - _RECENT


def is_placeholder(status: os.stat_result) -> bool:
    """Whether the contents of this file are elsewhere."""
    attributes, flags = getattr(status, "st_file_attributes", 0), getattr(status, "st_flags", 0)
    return bool(attributes & _WINDOWS or flags & _MACOS)
