"""Lists of students as readers understand them, without a file."""

from __future__ import annotations

from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.readers import Contents, Export, ExportKind
from pixsession.readers.export import FileDescription, Origin
from tests.factories.days import clock

DAY = "2026-03-12"


def facts(
    room: str | None, start: str | None = "08:30", number: str | None = None, day: str | None = DAY
) -> SessionFacts:
    return SessionFacts(number, "Collège", room, day, start, ())


def student(
    name: str, place: str | None = None, group: str | None = None, of: int | None = None
) -> ExpectedStudent:
    return ExpectedStudent(1, name, "Ana", division=place, group=group, session=of)


def export(
    name: str, kind: ExportKind, *students: ExpectedStudent, sessions: tuple[SessionFacts, ...] = ()
) -> Export:
    contents = Contents(kind, "", Origin("csv"), sessions=sessions, expected=students)
    return Export(FileDescription(name, clock("08:00"), False, clock("08:00")), name, b"", contents)


def candidates(name: str, *sessions: SessionFacts) -> Export:
    """A list with one candidate for each session, A for the first; of none, one of no session."""
    of = range(len(sessions)) if sessions else (None,)
    people = (student("ABCDE"[number or 0], of=number) for number in of)
    return export(name, ExportKind.CANDIDATES, *people, sessions=sessions)


def roster(*students: ExpectedStudent, name: str = "classes.csv") -> Export:
    return export(name, ExportKind.ROSTER, *students)
