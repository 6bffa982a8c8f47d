"""Who is called to which room of a session: the lists that its file names, narrowed as it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pixsession.domain.certification.session import ExpectedFrom, Room, Session
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.identities import class_key, group_keys
from pixsession.domain.people.resolver import PeopleList
from pixsession.domain.people.students import name_key
from pixsession.readers import Export, ExportKind
from pixsession.readers.lists.cells import split_student

_WITH_CLASS = re.compile(r"(.*?)\s*\(([^()]+)\)\s*")


def called_people(session: Session, exports: Sequence[Export]) -> tuple[PeopleList, ...]:
    """The people of every room; `exports` are the lists that were read, newest first."""
    people: list[PeopleList] = []
    for room in session.rooms:
        source = room.expected
        if source.names:
            typed = tuple(_typed(number, name) for number, name in enumerate(source.names, 1))
            people.append(PeopleList(session.path.name if session.path else "", typed, room=room.name))
        people += [_narrowed(export, room) for export in exports if _is_asked(export, source)]
    return tuple(people)


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


def _is_asked(export: Export, source: ExpectedFrom) -> bool:
    if source.lists:
        return any(path.name == export.file.name for path in source.lists)
    if source.session_number is not None:
        return any(session.number == source.session_number for session in export.contents.sessions)
    if source.classes or source.groups:
        # A list of candidates has no class, so nobody can tell which namesake is meant.
        return export.contents.kind is ExportKind.ROSTER
    return not source.names


def _narrowed(export: Export, room: Room) -> PeopleList:
    contents, source = export.contents, room.expected
    classes, groups = (frozenset(map(class_key, names)) for names in (source.classes, source.groups))
    people = tuple(
        student
        for student in contents.expected
        if (not classes or class_key(student.division or "") in classes)
        and (not groups or groups & group_keys(student.group or ""))
        and (source.session_number is None or _number(export, student) == source.session_number)
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


def _number(export: Export, student: ExpectedStudent) -> str | None:
    return export.contents.sessions[student.session].number if student.session is not None else None


def _typed(line: int, name: str) -> ExpectedStudent:
    """A name of the session file, "NOM Prénom" or "NOM Prénom (3eB)"."""
    match = _WITH_CLASS.fullmatch(name)
    plain, division = (match[1], match[2].strip()) if match else (name, None)
    last_name, first_name = split_student(plain) or (plain.strip(), "")
    return ExpectedStudent(line, last_name, first_name, division=division)
