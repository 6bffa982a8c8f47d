"""A session file for another day: the same to the letter, but for its date."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings
from pixsession.settings.session_file import load_session
from pixsession.settings.session_schema import KINDS, date_in
from pixsession.settings.toml_file import misfit

# The key before the first table; a comment behind its value stays.
_DATE = re.compile(r"(?m)^[ \t]*date[ \t]*=[ \t]*(\"[^\"\n]*\"|'[^'\n]*'|[0-9-]+)")
_TABLE = re.compile(r"(?m)^[ \t]*\[")


def copied_session(path: Path, day: str, settings: Settings) -> tuple[str, date]:
    """The text of this session file on another day, and that day; raises PixSessionError in words."""
    found = date_in(day)
    if found is None:
        raise misfit(KINDS["date"], "date", day, "--copy", _("Session"))
    load_session(path, settings)  # a file with a mistake is not worth copying
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cause = cause_words(error) if isinstance(error, OSError) else _("it is no text in UTF-8")
        words = _("{file} cannot be read: {cause}.")
        raise PixSessionError(words.format(file=shown(str(path)), cause=cause)) from None
    return _dated(text, found), found


def _dated(text: str, day: date) -> str:
    line = f"date = {day.isoformat()}"
    first = _TABLE.search(text)
    head = text[: first.start()] if first else text
    if _DATE.search(head):
        return _DATE.sub(line, head, count=1) + text[len(head) :]
    return f"{line}\n{text}"
