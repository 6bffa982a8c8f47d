"""Which sessions of the lists of Pix Certif are the one held: by number, else by day, hour and room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pixsession.domain.board.wording import day_words, iso_day_words
from pixsession.domain.certification.session import ExpectedFrom, Session
from pixsession.domain.people.expected import SessionFacts
from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown


class Slot(NamedTuple):
    """One session of one list; `facts` is None where a list does not say of which session it is."""

    file: str
    facts: SessionFacts | None

    @property
    def day(self) -> str | None:
        return self.facts.date if self.facts else None

    @property
    def hour(self) -> str | None:
        return self.facts.start if self.facts else None

    @property
    def room_key(self) -> str:
        return name_key((self.facts.room if self.facts else None) or "")


class Held(NamedTuple):
    """The slots that are held, and what is doubtful about them, a sentence each."""

    slots: tuple[Slot, ...]
    warnings: tuple[str, ...] = ()


def held_slots(slots: Sequence[Slot], session: Session, source: ExpectedFrom) -> Held:
    """The slots of this session. A number given decides alone; what cannot be told apart is taken whole."""
    if source.session_number is not None:
        numbered = _by_number(slots, source.session_number)
        if numbered is not None:
            return _told(numbered, _other_days(numbered.slots, session.date))
        held = _by_moment(slots, session, source)
        words = _("no session has a number in {files}: those of the day and the hour are taken.")
        return _told(held, [words.format(files=_files(slots))])
    return _by_moment(slots, session, source)


def room_of(slot: Slot, session: Session) -> str | None:
    """The room of the session that the slot is held in; None where no room of that name is in the session."""
    names = {name_key(room.name): room.name for room in session.rooms if room.name}
    return names.get(slot.room_key) if slot.room_key else None


def _told(held: Held, more: Iterable[str]) -> Held:
    return held._replace(warnings=(*held.warnings, *more))


def _by_number(slots: Sequence[Slot], number: str) -> Held | None:
    """The slots of this number; None where no slot has any number."""
    numbers = {slot.facts.number for slot in slots if slot.facts and slot.facts.number}
    if slots and not numbers:
        return None
    found = tuple(slot for slot in slots if slot.facts and slot.facts.number == number)
    if found or not slots:
        return Held(found)
    words = _("no session {number} in {files}; there are: {numbers}.")
    there = ", ".join(shown(one, 20) for one in sorted(numbers))
    return Held((), (words.format(number=shown(number, 20), files=_files(slots), numbers=there),))


def _by_moment(slots: Sequence[Slot], session: Session, source: ExpectedFrom) -> Held:
    today = session.date.isoformat()
    of_day = [slot for slot in slots if slot.day == today]
    undated = [slot for slot in slots if slot.day is None]
    if of_day or undated:
        return _by_hour([*of_day, *undated], session)
    warnings = _other_days(slots, session.date)
    if source.lists or len({slot.day for slot in slots}) == 1:
        return _told(_by_hour(slots, session), warnings)
    return Held((), tuple(warnings))


def _other_days(slots: Iterable[Slot], day: date) -> list[str]:
    """A sentence for each list of another day."""
    words = _("{file} is of {day}, the session of {today}.")
    others = dict.fromkeys((slot.file, slot.day) for slot in slots if slot.day not in {None, day.isoformat()})
    return [
        words.format(file=shown(file), day=iso_day_words(found or "", day), today=day_words(day, day))
        for file, found in others
    ]


def _by_hour(slots: Sequence[Slot], session: Session) -> Held:
    hours = sorted({slot.hour for slot in slots if slot.hour})
    start = f"{session.start:%H:%M}" if session.start else None
    if start in hours:
        return Held(tuple(slot for slot in slots if slot.hour in {start, None}))
    if len(hours) > 1:
        words = _("several slots that day: {hours}; all their candidates are called. Give the start.")
        return Held(tuple(slots), (words.format(hours=", ".join(hours)),))
    if start is not None and hours:
        words = _("{files}: the session starts at {hour} there, at {start} here.")
        return Held(tuple(slots), (words.format(files=_files(slots), hour=hours[0], start=start),))
    return Held(tuple(slots))


def _files(slots: Iterable[Slot]) -> str:
    return ", ".join(shown(file) for file in dict.fromkeys(slot.file for slot in slots))


class Offer(NamedTuple):
    """A session of a list that was found, with how many are called to it."""

    slot: Slot
    candidates: int
