"""Words and parts that every sheet of a session shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from pixsession.domain.board.file_kinds import file_kind_words
from pixsession.domain.board.wording import span_words
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import in_room, room_day
from pixsession.reports.common.facts import Head, ReadFile
from pixsession.reports.document import Item, Section, listed

_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def long_date(day: date) -> str:
    """A day in full, "jeudi 12 mars 2026"; French says "1er" of the first of a month."""
    words = _("{weekday} 1 {month} {year}") if day.day == 1 else _("{weekday} {day} {month} {year}")
    weekday, month = _(_WEEKDAYS[day.weekday()]), _(_MONTHS[day.month - 1])
    return words.format(weekday=weekday, day=day.day, month=month, year=day.year)


def moment(at: datetime | None, head: Head) -> str:
    """A time of the day of the session, with its day where it is another one; empty where unknown."""
    if at is None:
        return ""
    there = in_room(at)
    return f"{there:%H:%M}" if there.date() == head.day else f"{there:%d/%m/%Y %H:%M}"


def clock_words(at: time) -> str:
    """A time of the day, "08:30"."""
    return f"{at:%H:%M}"


def file_words(file: ReadFile, head: Head) -> tuple[str, str]:
    """What a file is, and when it and the earlier ones of its campaign were made."""
    what = " · ".join(filter(None, (file.campaign, file_kind_words(file.kind))))
    if file.exported_at is None:
        return what, ""
    when = moment(file.exported_at, head)
    if not file.earlier:
        return what, when
    today = [moment(at, head) for at in file.earlier if room_day(at) == head.day]
    older = len(file.earlier) - len(today)
    if older:
        today.append(ngettext("{n} of another day", "{n} of other days", older).format(n=older))
    return what, _("{time}; before: {times}").format(time=when, times=", ".join(today))


def made_words(head: Head) -> str:
    """When the sheet was made, and what is to be done with it."""
    at = in_room(head.made_at)
    made = _("Made on {day} at {time} with pixsession.").format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")
    return f"{made} {_('This sheet names students: keep it with the papers of the session only.')}"


def person_cell(name: str, place: str) -> str:
    """A student in a line: the name with the class."""
    return f"{name}, {place}" if place else name


def head_facts(head: Head) -> Iterator[tuple[str, str]]:
    """When the session was, label and words; what is not known is left out."""
    yield _("Date"), long_date(head.day)
    if head.start is not None:
        yield _("Start"), clock_words(head.start)
    if head.zone:
        yield _("Time zone"), head.zone
    yield _("Duration"), span_words(head.duration)


def rooms_fact(head: Head) -> Iterator[tuple[str, str]]:
    if head.rooms:
        yield ngettext("Room", "Rooms", len(head.rooms)), ", ".join(head.rooms)


def read_section(head: Head) -> Section:
    """What was read, what was refused, and what the board says of itself."""
    items = [Item(tuple(filter(None, file_words(file, head))), source=file.name) for file in head.read]
    items += [Item((why,), _("refused"), source=name) for name, why in head.refused]
    items += [Item((warning,)) for warning in head.warnings]
    return listed(_("What was read, and when it was exported"), items, "read")
