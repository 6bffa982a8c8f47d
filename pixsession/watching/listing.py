"""One scan of a folder: which of its files count, and a stamp of each."""

from __future__ import annotations

import os
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pixsession.foundation.errors import FolderUnusable
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.placeholders import is_placeholder
from pixsession.foundation.text import shown
from pixsession.watching.names import Stamp, counts, is_temporary

_UNUSABLE: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, N_("{folder} does not exist. Check the name, or give another folder.")),
    (NotADirectoryError, N_("{folder} is not a folder. Give the one where exports are saved.")),
    (PermissionError, N_("You may not read {folder}. Ask for the right to, or give another folder.")),
    (OSError, N_("The system cannot read {folder}. Is its disk or its share connected?")),
)
# macOS asks once for each program and folder, and refuses without a word from then on.
_REFUSED_BY_MACOS = N_(
    "macOS does not let this terminal read {folder}. Allow it in System Settings › Privacy & Security › "
    "Files and Folders, and start again."
)
# Any name may be that of an export: these are missed where they turn out to be none.
_SUFFIXES = (".csv", ".xlsx", ".ods", ".xml")
_UNKNOWN = Stamp(0, 0, -1, 0)  # stat failed: the file is listed, its reader will give the cause


class View(NamedTuple):
    stamps: dict[str, Stamp]  # of what is present, and of temporary files
    present: frozenset[str]
    irregular: frozenset[str]


class Listing(NamedTuple):
    """One scan of the folder.

    `ready`: files settled, and new or changed since last handed out, or due for a retry; oldest first.
    `present`: names of every entry that counts now (regular files, not temporary ones, settled or not).
    `irregular`: names of exports and lists (.csv, .xlsx …) that are no regular file (folder, pipe, device):
    never opened.
    `missing_since`: Paris time since when the folder is gone; then `present` is the last one known.
    """

    ready: tuple[Path, ...]
    present: frozenset[str]
    irregular: frozenset[str]
    missing_since: datetime | None


def list_files(folder: Path) -> Listing:
    """One scan, without waiting: everything present is ready, oldest first. Raises FolderUnusable."""
    try:
        view = view_of(folder)
    except OSError as error:
        words = _(_why_unusable(error, folder)).format(folder=shown(str(folder)))
        raise FolderUnusable(words, _("Folder")) from error
    names = sorted(view.present, key=lambda name: (view.stamps[name].mtime_ns, name))
    return Listing(tuple(folder / name for name in names), view.present, view.irregular, None)


def _why_unusable(error: OSError, folder: Path) -> str:
    # These two ask without raising, whatever may not be read.
    if os.path.isfile(folder):  # noqa: PTH113 - Windows has several errors for it
        error = NotADirectoryError()
    elif not os.path.exists(folder) and not isinstance(error, PermissionError):  # noqa: PTH110
        error = FileNotFoundError()
    if isinstance(error, PermissionError) and sys.platform == "darwin":
        return _REFUSED_BY_MACOS
    return next(words for kind, words in _UNUSABLE if isinstance(error, kind))


def view_of(folder: Path) -> View:
    """The folder as it is; raises OSError."""
    stamps: dict[str, Stamp] = {}
    irregular = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            countable = counts(name)
            if not (countable or is_temporary(name)):
                continue
            try:
                stamp = _stamp(entry)
            except FileNotFoundError:
                continue  # it went between the two calls
            if stamp is not None:
                stamps[name] = stamp
            elif countable and name.lower().endswith(_SUFFIXES):
                irregular.add(name)
    return View(stamps, frozenset(name for name in stamps if not is_temporary(name)), frozenset(irregular))


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    """The stamp of a regular file, through links; None for anything else. Raises FileNotFoundError."""
    try:
        # Not entry.stat(): on Windows it is what the folder remembers, without inode and late on sizes.
        found = os.stat(entry.path)  # noqa: PTH116 - a Path for each entry doubles the cost of a scan
    except FileNotFoundError:
        if entry.is_symlink():
            return None
        raise
    except OSError:
        return None if entry.is_symlink() else _UNKNOWN
    if not stat.S_ISREG(found.st_mode):
        return None
    elsewhere = is_placeholder(found)
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns, elsewhere)
