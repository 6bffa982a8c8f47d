"""Everything that happened, as lines by time: exports taken in, changes, actions, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from textual.content import Content

from pixsession.domain.board.changes import Change
from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.domain.board.wording import change_moment, change_time, full_moment_words
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import campaign_words
from pixsession.ui.board.lines import change_content
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.board.view import changes_for
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.modes import mode_of


class EventKind(StrEnum):
    """What the log can be narrowed to."""

    EXPORT = "export"
    CHANGE = "change"
    ACTION = "action"
    DECISION = "decision"


KIND_KEYS = {kind: str(number) for number, kind in enumerate(EventKind, start=1)}


def kind_counted(kind: EventKind, count: int) -> str:
    """A count with its kind: "1 export", "3 actions"."""
    words = {
        EventKind.EXPORT: ngettext("{n} export", "{n} exports", count),
        EventKind.CHANGE: ngettext("{n} change", "{n} changes", count),
        EventKind.ACTION: ngettext("{n} action", "{n} actions", count),
        EventKind.DECISION: ngettext("{n} decision", "{n} decisions", count),
    }
    return words[kind].format(n=count)


class Event(NamedTuple):
    """One line; `student_id` is empty where it is about nobody, or about several."""

    at: tuple[datetime, bool]  # the time that it shows, and whether exports told it
    kind: EventKind
    student_id: str
    content: Content


def events(snapshot: Snapshot, places: frozenset[str], now: datetime, symbols: Symbols) -> list[Event]:
    """The newest first; `places` narrow what is told of students, not the exports."""
    mode = mode_of(snapshot)
    changes = changes_for(snapshot, places, mode)
    width = max((len(change_time(change, now, in_full=True)) for change in changes), default=0)
    others = [*_exports(snapshot), *_decisions(snapshot, symbols)]
    width = max([width, 5, *(len(full_moment_words(at, now)) for at, _kind, _who, _words in others)])
    found = [
        Event(
            (change_moment(change), True),
            EventKind.CHANGE,
            f"{change.student_id}",
            _change(change, mode, now, symbols, width),
        )
        for change in changes
    ]
    found += [
        Event((at, is_change), EventKind.CHANGE if is_change else EventKind.ACTION, student, content)
        for at, student, content, is_change in mode.log_lines(snapshot, places, now, symbols, width)
    ]
    for at, kind, who, words in others:
        time = Content.styled(f"{full_moment_words(at, now).rjust(width)}  ", "$board-calm")
        found.append(Event((at, False), kind, who, time + words))
    return sorted(found, key=lambda event: event.at, reverse=True)


_LISTS = frozenset({"roster", "candidates", "sessions"})  # kinds of files that name who is expected
_Told = tuple[datetime, EventKind, str, Content]


def _exports(snapshot: Snapshot) -> Iterator[_Told]:
    """The files that were taken in, at the time of their export."""
    for entry in snapshot.files:
        if entry.status is FileStatus.READ and entry.exported_at is not None:
            words = Content.assemble(("+ ", "bold $primary"), _taken_in(entry))
            yield entry.exported_at, EventKind.EXPORT, "", words


def _taken_in(entry: FileEntry) -> str:
    """An export by its campaign; a list, which Pix may never have seen, by the name of its file."""
    if entry.kind in _LISTS:
        words = ngettext("list {file}: {n} line", "list {file}: {n} lines", entry.rows)
        return words.format(file=shown(entry.name), n=entry.rows)
    name = campaign_words(entry.campaign) if entry.campaign else shown(entry.name)
    words = ngettext("export of {campaign}: {n} line", "export of {campaign}: {n} lines", entry.rows)
    return words.format(campaign=name, n=entry.rows)


def _decisions(snapshot: Snapshot, symbols: Symbols) -> Iterator[_Told]:
    """Who is who, as somebody decided."""
    for decided in snapshot.decisions:
        try:
            at = datetime.fromisoformat(decided.at)
        except ValueError:
            continue
        words = (
            _("{one} and {other} are the same") if decided.same else _("{one} and {other} are not the same")
        )
        one, other = (
            shown(f"{label.last_name} {label.first_name}", 80) for label in (decided.person, decided.other)
        )
        sign = "=" if decided.same else ("#" if symbols.ascii_only else "≠")
        post = f" {symbols.point} {shown(decided.post, 24)}" if decided.post else ""
        content = Content.assemble(
            (f"{sign} ", "bold $accent"), words.format(one=one, other=other), (post, "$board-calm")
        )
        yield at.replace(tzinfo=None), EventKind.DECISION, "", content


def _change(change: Change, mode: BoardMode, now: datetime, symbols: Symbols, width: int) -> Content:
    content = change_content(change, now, symbols, time_width=width)
    if words := mode.change_words(change):
        content += Content.styled(f" {symbols.point} {words}", "$state-eligible")
    return content
