"""The opening check: what must be right before a session begins, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.board.snapshot import HiddenReason, Snapshot
from pixsession.domain.board.wording import day_words, export_words, hidden_words
from pixsession.domain.certification.day import DayState, DayView
from pixsession.domain.certification.session import Session
from pixsession.domain.certification.states import extra_time_of
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown


class Topic(StrEnum):
    """What a line of the opening check is about, in its order."""

    DAY = "day"
    CALLED = "called"  # how many, and by which list
    LISTS = "lists"  # what is doubtful about the lists
    EXPORTS = "exports"
    PROFILES = "profiles"
    DOUBTS = "doubts"
    OTHERS = "others"
    ORGANISATION = "organisation"
    CODES = "codes"
    ROOMS = "rooms"


class OpeningLine(NamedTuple):
    """One line; `key`: the id of the binding that shows more of it, empty where there is none.

    `names`: the words name a file, a room or a school.
    """

    topic: Topic
    words: str
    is_trouble: bool = False
    key: str = ""
    names: bool = False
    files: tuple[str, ...] = ()  # that the words are from; not part of them, as these may be sent to anybody


# What makes the rest of the board doubtful: told to programs too.
_WARNINGS = frozenset({Topic.DAY, Topic.CALLED, Topic.LISTS, Topic.ORGANISATION, Topic.ROOMS})


def opening_check(snapshot: Snapshot, day: DayView, now: datetime) -> tuple[OpeningLine, ...]:
    """Day and hour against now, who is called, the exports and what is missing of them."""
    lists = (*day.warnings, *off_list_words(snapshot, day))
    return (
        _day(day.session, now),
        _called(snapshot, day),
        *(OpeningLine(Topic.LISTS, words, True, "app.files", names=True) for words in lists),
        _exports(snapshot, now),
        *_students(snapshot, day),
        *_organisations(snapshot),
        *_codes(day),
        *_rooms(snapshot, day),
    )


def session_warnings(snapshot: Snapshot, day: DayView, now: datetime) -> tuple[str, ...]:
    """What makes the board doubtful as a whole: a wrong day, a missing list, another organisation."""
    lines = opening_check(snapshot, day, now)
    return tuple(line.words for line in lines if line.is_trouble and line.topic in _WARNINGS)


def warnings_of_any(snapshot: Snapshot, session: Session, now: datetime) -> tuple[str, ...]:
    """What makes the board of any session doubtful as a whole: a wrong day, another organisation."""
    lines = (_day(session, now), *_organisations(snapshot))
    return tuple(line.words for line in lines if line.is_trouble)


def _day(session: Session, now: datetime) -> OpeningLine:
    today = room_day(now, session.timezone)
    days = (session.date - today).days
    told = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(days)
    if told is None:
        words = ngettext("in {n} day", "in {n} days", days) if days > 0 else ngettext(
            "{n} day ago", "{n} days ago", -days
        )  # fmt: skip
        told = words.format(n=abs(days))
    words = _("Session of {day}, {time} ({told})") if session.start else _("Session of {day} ({told})")
    time = f"{session.start:%H:%M}" if session.start else ""
    return OpeningLine(
        Topic.DAY, words.format(day=day_words(session.date, today), time=time, told=told), days != 0
    )


def _called(snapshot: Snapshot, day: DayView) -> OpeningLine:
    count = len(snapshot.rows)
    if day.calls_everybody:
        words = ngettext(
            "No list of candidates: {n} student of the exports is called",
            "No list of candidates: all {n} students of the exports are called",
            count,
        )
        return OpeningLine(Topic.CALLED, words.format(n=count), True, "app.files")
    words = ngettext("{n} candidate", "{n} candidates", count).format(n=count)
    if extra := sum(bool(extra_time_of(row)) for row in snapshot.rows):
        words += ", " + ngettext("{n} with extra time", "{n} with extra time", extra).format(n=extra)
    lists = sorted({row.expected.listed_in for row in snapshot.rows if row.expected is not None})
    return OpeningLine(Topic.CALLED, words, not count, files=tuple(map(shown, lists)))


def off_list_words(snapshot: Snapshot, day: DayView) -> tuple[str, ...]:
    """Whose test was started, and whom no list calls any more; one sentence, or none."""
    names = [row.shown_name for row in snapshot.rows if row.student_id in day.off_list]
    if not names:
        return ()
    if len(names) == 1:
        return (_("{who}: the test was started, and no list has this name any more").format(who=names[0]),)
    words = ngettext(
        "{n} test was started of a student whom no list has any more",
        "{n} tests were started of students whom no list has any more",
        len(names),
    )
    return (words.format(n=len(names)),)


def _exports(snapshot: Snapshot, now: datetime) -> OpeningLine:
    count, newest = len(snapshot.export_times), snapshot.newest_export_at
    if newest is None:
        return OpeningLine(Topic.EXPORTS, _("No export of a collection of profiles yet"), True, "app.files")
    words = ngettext("{n} export", "{n} exports", count).format(n=count)
    age = export_words(newest, now + snapshot.clock_behind, has_stamp=snapshot.newest_has_stamp)
    old = newest.date() != now.date()
    return OpeningLine(Topic.EXPORTS, f"{words} · {age}", old, "app.files")


def _students(snapshot: Snapshot, day: DayView) -> Iterator[OpeningLine]:
    states = list(day.states.values())
    without = sum(state in {DayState.NOT_SENT, DayState.NOT_IN_EXPORT} for state in states)
    if without and day.has_exports:
        words = ngettext("{n} without a profile", "{n} without a profile", without)
        yield OpeningLine(Topic.PROFILES, words.format(n=without), True, "session.only_not_sent")
    if doubts := states.count(DayState.TO_CHECK):
        key = "app.matches" if snapshot.doubts else "session.only_to_check"
        words = ngettext("{n} to check", "{n} to check", doubts)
        yield OpeningLine(Topic.DOUBTS, words.format(n=doubts), True, key)
    if others := len(snapshot.others):
        words = ngettext(
            "{n} other student of the exports, not called", "{n} other students of the exports, not called",
            others,
        )  # fmt: skip
        yield OpeningLine(Topic.OTHERS, words.format(n=others), key="session.others")


def _organisations(snapshot: Snapshot) -> Iterator[OpeningLine]:
    hidden = [one for one in snapshot.hidden if one.reason is HiddenReason.OTHER_ORGANISATION]
    if hidden:
        yield OpeningLine(Topic.ORGANISATION, hidden_words(hidden), True, "board.show_all", names=True)


def _codes(day: DayView) -> Iterator[OpeningLine]:
    remediation = day.session.remediation
    if not remediation.code:
        yield OpeningLine(
            Topic.CODES,
            _("No code of the remediation in the session file: write it there, the board takes it over"),
            True,
        )
    if not remediation.collection_code:
        yield OpeningLine(
            Topic.CODES,
            _("No code of the collection in the session file: write it there, the board takes it over"),
            True,
        )


def _rooms(snapshot: Snapshot, day: DayView) -> Iterator[OpeningLine]:
    for totals in day.totals:
        if not totals.students and len(day.totals) > 1:
            words = _("{room}: nobody is called there").format(room=shown(totals.room))
            yield OpeningLine(Topic.ROOMS, words, True, "session.room", names=True)
    nowhere = sum(row.student_id not in day.rooms for row in snapshot.rows)
    if nowhere and len(day.session.rooms) > 1:
        words = ngettext("{n} candidate without a room", "{n} candidates without a room", nowhere)
        yield OpeningLine(Topic.ROOMS, words.format(n=nowhere), True, "session.room")
