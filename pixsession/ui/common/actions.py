"""What was done by keys, as lines of the log: what stands, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import at_words, full_moment_words, moment_words
from pixsession.domain.certification.day import Action, Undone
from pixsession.domain.certification.words import action_words
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.ui.common.symbols import Symbols

# Moment, number of the student where it is about one, line.
ActionLine = tuple[datetime, str, Content]


def action_content(action: Action, now: datetime, symbols: Symbols, *, time_width: int = 0) -> Content:
    """One action: time, sign, what was done and to whom."""
    sign = (">" if symbols.ascii_only else "›", "bold $primary")
    words = Content.assemble(_time(action.at, now, time_width), sign, " ", action_words(action))
    return words + _post(action, symbols)


def action_lines(
    actions: Iterable[Action],
    undone: Iterable[Undone],
    rows: Sequence[BoardRow],
    now: datetime,
    symbols: Symbols,
    time_width: int,
) -> Iterator[ActionLine]:
    """What was done, and what was undone since."""
    for action in actions:
        content = action_content(action, now, symbols, time_width=time_width)
        yield action.at, _only_student(action, rows), content
    for one in undone:
        when = at_words(one.at, now, in_full=True)
        words = _("undone {when}: {action}").format(when=when, action=action_words(one.action))
        sign = "-" if symbols.ascii_only else "−"
        said = (f"{sign} {words}", "$board-calm")
        content = Content.assemble(_time(one.action.at, now, time_width), said, _post(one.action, symbols))
        yield one.action.at, _only_student(one.action, rows), content


def _post(action: Action, symbols: Symbols) -> Content:
    """Of a shared session, the post that did it."""
    name = shown(action.post.name, 24) if action.post else ""
    return Content.styled(f" {symbols.point} {name}" if name else "", "$board-calm")


def _time(at: datetime, now: datetime, width: int) -> tuple[str, str]:
    words = (full_moment_words if width else moment_words)(at, now)
    return f"{words.rjust(width)}  ", "$board-calm"


def _only_student(action: Action, rows: Sequence[BoardRow]) -> str:
    """The number of the student whom this is about; empty where it is about nobody, or about several."""
    keys = set(action.who[0].keys) if len(action.who) == 1 else set()
    return next((f"{row.student_id}" for row in rows if keys & set(row.keys)), "")
