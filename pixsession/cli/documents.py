"""A document printed, or written into a file."""

from __future__ import annotations

from pixsession.cli.words import PRINTED, write
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import at_home
from pixsession.foundation.text import shown
from pixsession.reports.document import Document
from pixsession.reports.files import save
from pixsession.reports.render import rendered


def deliver_document(told: Document, form: str, output: str | None, *, force: bool) -> int:
    """Text is printed unless a file or a folder is named, the rest is written there; gives the exit status.

    `-` prints it in any form. Raises as `save` does.
    """
    if output == PRINTED or (form == "text" and output is None):
        write(rendered(told, form), encoding=None if form == "text" else "utf-8")
        return 0
    path = save(told, form, at_home(output or "."), force=force)
    words = _("{file} is written.")
    if form == "html":
        words = _("{file} is written. To print it, open it in a browser.")
    write(words.format(file=shown(str(path), 1000)) + "\n")
    return 0
