"""A document as a file: whole or not at all, for its owner alone, never over another one unasked."""

from __future__ import annotations

import os
from pathlib import Path

from pixsession.foundation.atomic import write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.reports.document import Document
from pixsession.reports.render import SUFFIXES, rendered


class NotWritten(PixSessionError):
    """The document could not be written; what was there is untouched."""


class AlreadyThere(NotWritten):
    """A file of that name is there."""


def free_path(folder: Path, document: Document, form: str) -> Path:
    """Where the document can be written without asking: its own name, numbered where that is taken."""
    first = path = folder / f"{document.name}{SUFFIXES[form]}"
    number = 2
    while os.path.lexists(path):
        path = first.with_stem(f"{first.stem}-{number}")
        number += 1
    return path


def save(document: Document, form: str, target: Path, *, force: bool = False) -> Path:
    """Write the document in one of FORMS to `target`, or into it where it is a folder; gives the file.

    Raises AlreadyThere where something is there, unless `force`, and NotWritten for the rest.
    """
    path = target.absolute()
    if path.is_dir():
        path /= f"{document.name}{SUFFIXES[form]}"
    return save_bytes(rendered(document, form).encode(), path, force=force)


def save_bytes(content: bytes, target: Path, *, force: bool = False) -> Path:
    """Write a file; gives its whole path. Raises as `save`."""
    path = target.absolute()
    try:
        write_whole(path, content, replace=force, synced=True)
    except FileExistsError:
        words = _("{file} is there already, and was left as it is. To replace it: --force.")
        raise AlreadyThere(words.format(file=shown(str(path), 1000))) from None
    except OSError as error:
        words = _("{file} could not be written ({cause}).")
        raise NotWritten(words.format(file=shown(str(path), 1000), cause=cause_words(error))) from None
    return path
