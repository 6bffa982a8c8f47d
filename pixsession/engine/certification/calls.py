"""Who is called to which room of a session: the lists that its file names, narrowed as it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.certification.session import ExpectedFrom, Room, Session, SessionKind
from pixsession.domain.certification.slots import Held, Slot, held_slots, room_of
from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.domain.people.identities import class_key, group_key, place_keys
from pixsession.domain.people.resolver import PeopleList
from pixsession.domain.people.students import name_key
from pixsession.engine.board.lists import people_listed
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.readers import Export, ExportKind
from pixsession.readers.lists.cells import split_student

_WITH_CLASS = re.compile(r"(.*?)\s*\(([^()]+)\)\s*")


class Called(NamedTuple):
    """Who is called to a session; `warnings`: what is doubtful about it, a sentence each.

    `everybody`: no list says who is called, and whoever stands on the board is.
    """

    people: tuple[PeopleList, ...]
    everybody: bool = False
    warnings: tuple[str, ...] = ()


def called_people(session: Session, exports: Sequence[Export]) -> Called:
    """The people of every room; `exports` are the lists that were read, newest first."""
    is_open = all(room.expected.is_open for room in session.rooms)
    if session.kind is SessionKind.HALF_GROUP:
        rooms = (_of_room(session, room, exports) for room in session.rooms)
        return Called(tuple(chain.from_iterable(rooms)), is_open)
    held = [_held(session, room, exports) for room in session.rooms]
    rosters = [export for export in exports if not _is_of_pix(export)]
    people = dict.fromkeys(chain.from_iterable(one.people for one in held))
    warnings = tuple(dict.fromkeys(chain.from_iterable(one.warnings for one in held)))
    if is_open and not people:
        return Called(tuple(map(people_listed, rosters)), everybody=True, warnings=warnings)
    # Classes and birth dates help to find a candidate in the exports; they call nobody.
    known = (people_listed(export)._replace(calls=False) for export in rosters if is_open)
    return Called((*known, *people), warnings=warnings)


def _held(session: Session, room: Room, exports: Sequence[Export]) -> Called:
    """Who is called to one room: of the lists of Pix Certif, those of the slot that is held."""
    others = () if room.expected.is_open else (export for export in exports if not _is_of_pix(export))
    people = list(_of_room(session, room, others))
    slots, held = _slots_held(session, room, exports)
    warnings, told = list(held.warnings), any(room_of(slot, session) for slot in held.slots)
    for slot in held.slots:
        place = room_of(slot, session) if told else _room_untold(slot, slots[slot], session, room)
        found = _narrowed(slots[slot], room, slot)._replace(room=place)
        if told and place is None:
            warnings.append(_elsewhere_words(slot, len(found.people)))
            continue
        if place is None:
            words = _("{file} does not say in which room: choose each one's room.")
            warnings.append(words.format(file=shown(slot.file)))
        if not told or place == room.name or not _has_itself(session, place, slot, exports):
            people.append(found)
    return Called(tuple(people), warnings=tuple(warnings))


def _slots_held(session: Session, room: Room, exports: Sequence[Export]) -> tuple[dict[Slot, Export], Held]:
    """The sessions of the lists of Pix Certif that a room asks for, and those of them that are held."""
    asked = [export for export in exports if _is_of_pix(export) and is_asked(export, room.expected)]
    slots = {slot: export for export in asked for slot in _slots(export)}
    return slots, held_slots(tuple(slots), session, room.expected)


def _has_itself(session: Session, place: str | None, slot: Slot, exports: Sequence[Export]) -> bool:
    """Whether the room of that name holds the slot itself: else the one that asked calls its people there."""
    named = [room for room in session.rooms if room.name == place]
    return any(slot in _slots_held(session, room, exports)[1].slots for room in named)


def _of_room(session: Session, room: Room, exports: Iterable[Export]) -> Iterator[PeopleList]:
    """The people typed in for a room, and those of the lists that it asks for."""
    if room.expected.names:
        typed = tuple(typed_student(number, name) for number, name in enumerate(room.expected.names, 1))
        yield PeopleList(session.path.name if session.path else "", typed, room=room.name)
    for export in exports:
        if is_asked(export, room.expected):
            yield _narrowed(export, room)


def _slots(export: Export) -> list[Slot]:
    """The sessions of a list, and one for its candidates of none."""
    sessions: list[SessionFacts | None] = list(export.contents.sessions)
    if any(student.session is None for student in export.contents.expected):
        sessions.append(None)
    return [Slot(export.file.name, facts) for facts in sessions]


def _room_untold(slot: Slot, export: Export, session: Session, room: Room) -> str | None:
    """The room of candidates whose list names no room of the session; None: it has to be chosen."""
    rooms = session.rooms
    if sum(is_asked(export, one.expected) for one in rooms) > 1:
        return None
    written = slot.facts.room if slot.facts else None
    return room.name or written or ""


def _elsewhere_words(slot: Slot, candidates: int) -> str:
    words = ngettext(
        "{room}: {n} candidate of this slot, in a room that the session does not name.",
        "{room}: {n} candidates of this slot, in a room that the session does not name.",
        candidates,
    )
    return words.format(room=shown((slot.facts.room if slot.facts else "") or "—"), n=candidates)


def lists_to_read(session: Session) -> tuple[Path, ...]:
    """The files that the session names and that its folders may not hold."""
    folders = set(session.folders)
    named = (path for room in session.rooms for path in room.expected.lists)
    return tuple(path for path in dict.fromkeys(named) if path.parent not in folders)


def missing_lists(session: Session, exports: Iterable[Export]) -> tuple[str, ...]:
    """Names of the files of the session that were not read."""
    read = {export.file.name for export in exports}
    named = (path.name for room in session.rooms for path in room.expected.lists)
    return tuple(name for name in dict.fromkeys(named) if name not in read)


def _is_of_pix(export: Export) -> bool:
    return export.contents.kind in {ExportKind.CANDIDATES, ExportKind.SESSIONS}


def is_asked(export: Export, source: ExpectedFrom) -> bool:
    """Whether a list says who is expected there."""
    if source.lists:
        return any(path.name == export.file.name for path in source.lists)
    if source.session_number is not None:
        return _is_of_pix(export)
    if source.classes or source.groups:
        # A list of candidates has no class, so nobody can tell which namesake is meant.
        return export.contents.kind is ExportKind.ROSTER
    return not source.names


def _narrowed(export: Export, room: Room, slot: Slot | None = None) -> PeopleList:
    """Those of a list who are in the classes and groups of the room; of one slot only, where it is given."""
    contents, source = export.contents, room.expected
    classes, groups = frozenset(map(class_key, source.classes)), frozenset(map(group_key, source.groups))
    people = tuple(
        student
        for student in contents.expected
        if (not classes or class_key(student.division or "") in classes)
        and (not groups or groups & place_keys(student.division or "", student.group or ""))
        and _is_in(_facts(export, student), slot, source.session_number)
    )
    left_out = _namesakes_left_out(people, contents.expected) if groups else ()
    return PeopleList(export.file.name, people, contents.sessions, room=room.name, left_out=left_out)


def _namesakes_left_out(
    called: Iterable[ExpectedStudent], expected: Iterable[ExpectedStudent]
) -> tuple[ExpectedStudent, ...]:
    """Those of the list who are not called and whom name and class do not tell from somebody called."""
    names = {_name_and_class(student) for student in called}
    there = set(called)
    return tuple(one for one in expected if one not in there and _name_and_class(one) in names)


def _name_and_class(student: ExpectedStudent) -> tuple[str, str, str]:
    return name_key(student.last_name), name_key(student.first_name), class_key(student.division or "")


def _facts(export: Export, student: ExpectedStudent) -> SessionFacts | None:
    return export.contents.sessions[student.session] if student.session is not None else None


def _is_in(facts: SessionFacts | None, slot: Slot | None, number: str | None) -> bool:
    """Whether somebody of this session is of the slot; without one, of the session with this number."""
    if slot is not None:
        return facts == slot.facts
    return number is None or (facts is not None and facts.number == number)


def typed_student(line: int, name: str) -> ExpectedStudent:
    """A name that was typed, "NOM Prénom" or "NOM Prénom (3eB)"."""
    match = _WITH_CLASS.fullmatch(name)
    plain, division = (match[1], match[2].strip()) if match else (name, None)
    last_name, first_name = split_student(plain) or (plain.strip(), "")
    return ExpectedStudent(line, last_name, first_name, division=division)
