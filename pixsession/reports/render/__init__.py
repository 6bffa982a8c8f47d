"""A Document written in one of several forms."""

from __future__ import annotations

from collections.abc import Callable

from pixsession.reports.document import Document
from pixsession.reports.render.csv import as_csv
from pixsession.reports.render.html import PAGE_MARK, as_html
from pixsession.reports.render.text import as_text

__all__ = ["FORMS", "PAGE_MARK", "SUFFIXES", "rendered"]

SUFFIXES = {"html": ".html", "csv": ".csv", "text": ".txt"}
FORMS = tuple(SUFFIXES)
_WRITERS: dict[str, Callable[[Document], str]] = {"html": as_html, "csv": as_csv, "text": as_text}


def rendered(document: Document, form: str) -> str:
    """The document in one of FORMS."""
    return _WRITERS[form](document)
