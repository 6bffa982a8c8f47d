"""The hand-over sheet as plain lines, for a terminal far away and for screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import _
from pixsession.reports import sheet_words as words
from pixsession.reports.sheet import Remark, Sheet, SheetStudent, counts, sheet_of


def sheet_text(snapshot: Snapshot, now: datetime) -> str:
    """The facts of the page in its order, one a line, ending with a line break; raises NoSession."""
    sheet = sheet_of(snapshot, now)
    return in_blocks(_parts(sheet))


def in_blocks(parts: Iterable[Iterable[str]]) -> str:
    """The lines of each part, an empty line between parts; those without lines are left out."""
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines) + "\n"


def _parts(sheet: Sheet) -> Iterator[Iterable[str]]:
    yield _head(sheet)
    yield _counts(sheet)
    yield titled(_("Students"), (_student(student, sheet) for student in sheet.students))
    absent = [_name(student) for student in sheet.students if student.is_absent]
    yield titled(_("Absent"), absent)
    yield titled(words.redirected_title(sheet), _redirected(sheet))
    forgotten = (fact(_name(student), state) for student, state in words.forgotten(sheet))
    yield titled(_("Came without being eligible, not redirected"), forgotten)
    yield titled(_("Extra times"), _extra_times(sheet))
    yield titled(_("Checklist"), _checklist(sheet))
    for final in (True, False):
        there = (remark for remark in sheet.incidents if words.is_final(remark) is final)
        title = f"{_('Incidents')} — {words.reminder(final=final)}"
        yield titled(title, (_remark(remark, words.incident(remark), sheet) for remark in there))
    yield titled(_("Notes"), (_remark(remark, remark.text, sheet) for remark in sheet.notes))
    yield titled(_("Noted of students who are not found on the board"), _elsewhere(sheet))
    yield titled(_("What was read, and when it was exported"), read_lines(sheet))
    yield [words.made_words(sheet)]


def titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines under their title; nothing where there is none."""
    for number, line in enumerate(lines):
        if not number:
            yield _("{title}:").format(title=title)
        yield f"- {line}"


def fact(label: str, text: str) -> str:
    """A label with what it stands for."""
    return _("{label}: {text}").format(label=label, text=text)


def _head(sheet: Sheet) -> Iterator[str]:
    yield f"{words.kind_words(sheet)} — {sheet.title}"
    yield from words.places(sheet)
    yield from (fact(label, text) for label, text in words.facts(sheet))


def _counts(sheet: Sheet) -> Iterator[str]:
    for count in counts(sheet):
        numbers = ", ".join(label.format(n=number) for label, number in words.count_facts(count))
        yield fact(count.room, numbers) if count.room else numbers


def _name(student: SheetStudent) -> str:
    return f"{student.name}, {student.place}" if student.place else student.name


def _student(student: SheetStudent, sheet: Sheet) -> str:
    room = student.room if len(sheet.rooms) > 1 else ""
    facts = (
        ("", room),
        ("", words.presence(student, sheet)),
        (_("extra time"), words.extra_time(student.extra_time)),
        (_("start"), words.moment(student.day.started_at, sheet)),
        (_("personal end"), words.moment(student.personal_end, sheet)),
        (_("end"), words.test_end(student, sheet)),
        (_("planned pauses"), words.minutes(student.paused)),
        (_("incident time"), words.minutes(student.disturbed)),
    )
    told = [fact(label, text) if label else text for label, text in facts if text]
    return _("; ").join([_name(student), *told])


def _redirected(sheet: Sheet) -> Iterator[str]:
    for student in words.redirected(sheet):
        at = words.moment(student.day.redirected_at, sheet)
        yield f"{at} {fact(_name(student), words.since_redirected(student, sheet))}"


def _extra_times(sheet: Sheet) -> Iterator[str]:
    for student in sheet.students:
        if student.extra_time:
            time = _("; ").join((words.extra_time(student.extra_time), words.personal_time(student, sheet)))
            yield fact(_name(student), time)


def _remark(remark: Remark, text: str, sheet: Sheet) -> str:
    who = ", ".join(part for part in (words.whose(remark), remark.place) if part)
    return f"{words.moment(remark.at, sheet)} {fact(who, text)}"


def _elsewhere(sheet: Sheet) -> Iterator[str]:
    for told in sheet.elsewhere:
        at = words.moment(told.at, sheet)
        yield f"{at} {fact(words.elsewhere_name(told), words.elsewhere(told))}"


def _checklist(sheet: Sheet) -> Iterator[str]:
    for item, at in sheet.checklist:
        yield f"[x] {item} ({words.moment(at, sheet)})" if at else f"[ ] {item}"


def read_lines(sheet: words.ReadSheet) -> Iterator[str]:
    """What was read, what was refused, and what the board says of itself."""
    for file in sheet.read:
        yield _("; ").join(text for text in (*words.file_words(file, sheet), file.name) if text)
    for name, why in sheet.refused:
        yield fact(_("refused"), _("; ").join((name, why)) if why else name)
    yield from sheet.warnings
