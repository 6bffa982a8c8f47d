"""A file of the user's, written whole or not at all, for its owner alone, never over another one unasked."""

from __future__ import annotations

import os
from pathlib import Path

from pixsession.foundation.atomic import write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown


class NotWritten(PixSessionError):
    """The document could not be written; what was there is untouched."""


class AlreadyThere(NotWritten):
    """A file of that name is there."""


def put(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Write a file; gives it.

    Raises AlreadyThere where something is there, unless `force`, and NotWritten for the rest.
    """
    try:
        write_whole(path, content, replace=force, synced=True)
    except FileExistsError:
        words = _("{file} is there already, and was left as it is. To replace it: --force.")
        raise AlreadyThere(words.format(file=shown(str(path), 1000))) from None
    except OSError as error:
        words = _("{file} could not be written ({cause}).")
        # Windows says of a file that is open elsewhere that the right is missing.
        if isinstance(error, PermissionError) and os.path.isfile(path):  # noqa: PTH113 - no OSError of its own
            words = _(
                "{file} could not be replaced ({cause}): close the program that shows it, and try again."
            )
        raise NotWritten(words.format(file=shown(str(path), 1000), cause=cause_words(error))) from None
    return path
