"""A document as a file, and the name that it gets."""

from __future__ import annotations

import os
from pathlib import Path

from pixsession.reports.document import Document
from pixsession.reports.put import put
from pixsession.reports.render import PAGE_MARK, SUFFIXES, rendered

_HEAD_BYTES = 2000


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

    Raises as `put` does.
    """
    path = target.absolute()
    if os.path.isdir(path):  # noqa: PTH112 - a share that is away is told by the write, in words
        path /= f"{document.name}{SUFFIXES[form]}"
    return put(path, rendered(document, form).encode(), force=force)
