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
from pixsession.reports.render import PAGE_MARK, SUFFIXES, rendered

_HEAD_BYTES = 2000


class NotWritten(PixSessionError):
    """The document could not be written; what was there is untouched."""


class AlreadyThere(NotWritten):
    """A file of that name is there."""


def own_page(folder: Path, document: Document) -> Path:
    """Where the page of the document was written before, or can be written without asking.

    A page by this program has its mark, and is replaced; where a file of somebody else's has its name, it has
    a number behind it.
    """
    first = path = folder / f"{document.name}{SUFFIXES['html']}"
    number = 2
    while os.path.lexists(path) and not _is_own(path):
        path = first.with_stem(f"{first.stem}-{number}")
        number += 1
    return path


def put_page(folder: Path, document: Document) -> Path:
    """Write the document as its own page into a folder; gives it. Raises as `save` does."""
    path = own_page(folder, document)
    return put(path, rendered(document, "html").encode(), force=os.path.lexists(path))


def _is_own(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return PAGE_MARK.encode() in file.read(_HEAD_BYTES)
    except OSError:
        return False


def save(document: Document, form: str, target: Path, *, force: bool = False) -> Path:
    """Write the document in one of FORMS to `target`, or into it where it is a folder; gives the file.

    Raises AlreadyThere where something is there, unless `force`, and NotWritten for the rest.
    """
    path = target.absolute()
    if os.path.isdir(path):  # noqa: PTH112 - a share that is away is told by the write, in words
        path /= f"{document.name}{SUFFIXES[form]}"
    return put(path, rendered(document, form).encode(), force=force)


def put(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Write a file; gives it. Raises as `save` does."""
    try:
        write_whole(path, content, replace=force, synced=True)
    except FileExistsError:
        words = _("{file} is there already, and was left as it is. To replace it: --force.")
        raise AlreadyThere(words.format(file=shown(str(path), 1000))) from None
    except OSError as error:
        words = _("{file} could not be written ({cause}).")
        # Windows says of a file that is open elsewhere that the right is missing.
        if isinstance(error, PermissionError) and os.path.isfile(path):  # noqa: PTH113 - as in `save`
            words = _(
                "{file} could not be replaced ({cause}): close the program that shows it, and try again."
            )
        raise NotWritten(words.format(file=shown(str(path), 1000), cause=cause_words(error))) from None
    return path
