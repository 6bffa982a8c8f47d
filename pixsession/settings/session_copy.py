"""A session file for another day: the same to the letter, but for its date and who helps the others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pixsession.domain.certification.session import Session
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
_LESSON = re.compile(r"(?m)^[ \t]*\[[ \t]*lesson[ \t]*\][^\n]*\n?")
_HELPERS = re.compile(r"(?ms)^[ \t]*delegates[ \t]*=[ \t]*\[.*?\]")

# Who helps the others by now, as a session file names them.
Helpers = Callable[[Session], tuple[str, ...]]


def copied_session(path: Path, day: str, settings: Settings, helpers: Helpers) -> tuple[str, date]:
    """The text of this session file on another day, and that day; raises PixSessionError in words.

    `helpers`: those who were named on the board since go on in the copy.
    """
    found = date_in(day)
    if found is None:
        raise misfit(KINDS["date"], "date", day, "--copy", _("Session"))
    session = load_session(path, settings)  # a file with a mistake is not worth copying
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cause = cause_words(error) if isinstance(error, OSError) else _("it is no text in UTF-8")
        words = _("{file} cannot be read: {cause}.")
        raise PixSessionError(words.format(file=shown(str(path)), cause=cause)) from None
    named = helpers(session)
    if named != session.lesson.delegates:
        text = _helped(text, named)
    return _dated(text, found), found


def _helped(text: str, named: tuple[str, ...]) -> str:
    """The text with these as the helpers of the class, in the place of those before."""
    line = f"delegates = [{', '.join(json.dumps(one, ensure_ascii=False) for one in named)}]"
    table = _LESSON.search(text)
    if table is None:
        return f"{text.rstrip()}\n\n[lesson]\n{line}\n"
    head, body = text[: table.end()], text[table.end() :]
    end = following.start() if (following := _TABLE.search(body)) else len(body)
    own, rest = body[:end], body[end:]
    found = _HELPERS.search(own)
    if found is None:
        return f"{head.rstrip()}\n{line}\n{own}{rest}"
    return f"{head}{own[: found.start()]}{line}{own[found.end() :]}{rest}"


def _dated(text: str, day: date) -> str:
    line = f"date = {day.isoformat()}"
    first = _TABLE.search(text)
    head = text[: first.start()] if first else text
    if _DATE.search(head):
        return _DATE.sub(line, head, count=1) + text[len(head) :]
    return f"{line}\n{text}"
