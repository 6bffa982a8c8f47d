"""A Document written in one of several forms."""

from __future__ import annotations

from collections.abc import Callable

from pixsession.reports.document import Document
from pixsession.reports.render.charts import NARROW, in_ascii
from pixsession.reports.render.csv import as_csv
from pixsession.reports.render.html import PAGE_MARK, as_html
from pixsession.reports.render.text import as_text, blocks, folded

__all__ = ["FORMS", "NARROW", "PAGE_MARK", "SUFFIXES", "blocks", "folded", "in_ascii", "rendered"]

SUFFIXES = {"html": ".html", "csv": ".csv", "text": ".txt"}
FORMS = tuple(SUFFIXES)
_WRITERS: dict[str, Callable[[Document], str]] = {"html": as_html, "csv": as_csv}


def rendered(document: Document, form: str, *, width: int = NARROW) -> str:
    """The document in one of FORMS; of a text, the charts fill `width` cells."""
    return as_text(document, width) if form == "text" else _WRITERS[form](document)
