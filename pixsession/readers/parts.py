"""Sheets of a workbook, or files of a ZIP, that are read together: their lines are those of one file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.students import name_key
from pixsession.foundation.errors import PixSessionError, UnreadableExport
from pixsession.foundation.i18n import _, ngettext
from pixsession.readers.export import Contents, ExportKind, FileDescription, Reject
from pixsession.readers.kinds import Columns, read_table
from pixsession.readers.table import Part

_MOST_QUOTED = 60  # characters of the name of a sheet or file in a sentence


def read_parts(
    kind: ExportKind, parts: Sequence[Part], file: FileDescription, columns: Columns | None
) -> Contents:
    """The contents of all parts as one; a part that cannot be read is named in a note.

    Raises UnreadableExport where none can be read.
    """
    read: list[tuple[str, Contents]] = []
    refused: list[tuple[str, UnreadableExport]] = []
    for part in parts:
        described = file._replace(name=part.file_name) if part.file_name else file
        try:
            read.append((part.name, read_table(kind, part.table, described, columns)))
        except UnreadableExport as error:
            refused.append((part.name, error))
    if not read:
        raise refused[0][1]
    merged = _merged(read)
    return merged._replace(notes=(*merged.notes, *joined(refused)))


def joined(refused: Iterable[tuple[str, PixSessionError]]) -> tuple[str, ...]:
    """A note for each part that could not be read."""
    return tuple(
        _("“{name}” is not read: {cause}").format(name=quoted(name), cause=_cause(error))
        for name, error in refused
    )


def _cause(error: PixSessionError) -> str:
    """What is wrong, with the line where the error knows it."""
    if not isinstance(error, UnreadableExport) or error.line is None:
        return error.message
    return _("line {line}: {cause}").format(line=error.line, cause=error.message)


def _of_part(name: str, words: str) -> str:
    return f"{quoted(name)}{_(': ')}{words}"


def quoted(name: str) -> str:
    """The name of a part, short enough for a sentence."""
    return name if len(name) <= _MOST_QUOTED else f"{name[:_MOST_QUOTED]}…"


def _merged(read: Sequence[tuple[str, Contents]]) -> Contents:
    first = read[0][1]
    if len(read) == 1:
        return first
    sessions = tuple(session for _name, one in read for session in one.sessions)
    expected, repeated = _each_once(_called(read)) if first.kind is ExportKind.ROSTER else (_called(read), 0)
    notes = _notes(read)
    if repeated:
        words = ngettext(
            "{n} student stands on several sheets and is counted once",
            "{n} students stand on several sheets and are counted once",
            repeated,
        )
        notes = (*notes, words.format(n=repeated))
    return first._replace(
        sessions=sessions,
        expected=tuple(expected),
        results=tuple(result._replace(part=name) for name, one in read for result in one.results),
        rejects=tuple(
            Reject(reject.line, _of_part(name, reject.cause)) for name, one in read for reject in one.rejects
        ),
        notes=notes,
    )


def _called(read: Sequence[tuple[str, Contents]]) -> list[ExpectedStudent]:
    """All students, each with the session of their own sheet."""
    found: list[ExpectedStudent] = []
    before = 0
    for _name, one in read:
        found += [
            student if student.session is None else student._replace(session=student.session + before)
            for student in one.expected
        ]
        before += len(one.sessions)
    return found


def _each_once(students: Iterable[ExpectedStudent]) -> tuple[list[ExpectedStudent], int]:
    """The students without repetitions between sheets, and how many repetitions there were."""
    found: dict[object, ExpectedStudent] = {}
    repeated = count()
    for student in students:
        name = name_key(student.last_name), name_key(student.first_name)
        classes = class_key(student.division or ""), class_key(student.group or "")
        near = [key for key in ((*name, *classes, number) for number in range(10)) if key in found]
        if any(_is_same(found[key], student) for key in near):
            next(repeated)
        else:
            found[(*name, *classes, len(near))] = student
    return list(found.values()), next(repeated)


def _is_same(one: ExpectedStudent, other: ExpectedStudent) -> bool:
    """Whether two of one name and class differ in nothing else."""
    pairs = ((one.birth_date, other.birth_date), (one.student_number, other.student_number))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _notes(read: Sequence[tuple[str, Contents]]) -> tuple[str, ...]:
    """The notes common to all parts once, the others with the name of their part."""
    common = [note for note in read[0][1].notes if all(note in one.notes for _name, one in read)]
    own = [_of_part(name, note) for name, one in read for note in one.notes if note not in common]
    return (*common, *own)
