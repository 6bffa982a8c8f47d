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

    A page by this program has its mark, and is replaced; a file of somebody else's has another name.
    """
    path = folder / f"{document.name}{SUFFIXES['html']}"
    try:
        with path.open("rb") as file:
            is_own = PAGE_MARK.encode() in file.read(_HEAD_BYTES)
    except OSError:
        is_own = False
    return path if is_own else free_path(folder, document, "html")


def put_page(folder: Path, document: Document) -> Path:
    """Write the document as its own page into a folder; gives it. Raises as `save` does."""
    path = own_page(folder, document)
    return put(path, rendered(document, "html").encode(), force=os.path.lexists(path))


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

    Raises as `put` does.
    """
    path = target.absolute()
    if os.path.isdir(path):  # noqa: PTH112 - a share that is away is told by the write, in words
        path /= f"{document.name}{SUFFIXES[form]}"
    return put(path, rendered(document, form).encode(), force=force)
