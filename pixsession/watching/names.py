"""Names of a folder that may be exports or downloads under way, and what tells that a file has changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

TEMPORARY_SUFFIXES = (".crdownload", ".part", ".partial", ".tmp", ".download", ".opdownload")
_LEFT_BESIDE = ("~", ".bak")  # what was there before a file was saved again
_MARKS = (".", "~")  # hidden files, and those that other programs leave beside one that is open
_LEFT_BY_WINDOWS = {"desktop.ini", "thumbs.db"}


class Stamp(NamedTuple):  # a tuple, as every scan makes and compares one for each file
    """What changes when a file is written or replaced; size −1 where the system would not say.

    The last one moves with every change, whatever name, size and time a file is given (not on Windows, where
    it is the time of creation).
    """

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    elsewhere: bool = False  # in OneDrive or iCloud alone: downloaded, it is read


@lru_cache(maxsize=65536)  # each scan asks the same names again
def is_temporary(name: str) -> bool:
    """A download still on its way, under the name the browser gives it meanwhile."""
    return name.lower().endswith(TEMPORARY_SUFFIXES)


@lru_cache(maxsize=65536)
def counts(name: str) -> bool:
    """A name that may be an export: not hidden, not temporary, not a file the system keeps for itself."""
    lower = name.lower()
    return not (
        name.startswith(_MARKS)
        or lower.endswith(_LEFT_BESIDE)
        or is_temporary(name)
        or lower in _LEFT_BY_WINDOWS
    )


def becomes(temporary: str, name: str) -> bool:
    """Whether this temporary file will be renamed to `name` (x.csv.part, .x.csv.k3.tmp, x.tmp → x.csv)."""
    final = temporary.lower().lstrip(".")
    for suffix in TEMPORARY_SUFFIXES:
        final = final.removesuffix(suffix)
    wanted = name.lower()
    return final in {wanted, PurePath(wanted).stem} or final.startswith(wanted + ".")
