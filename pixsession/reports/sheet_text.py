"""The hand-over sheet as plain lines, for a terminal far away and for screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pixsession.domain.snapshot import Snapshot
from pixsession.i18n import _
from pixsession.reports import sheet_words as words
from pixsession.reports.sheet import Remark, Sheet, SheetStudent, counts, sheet_of


def sheet_text(snapshot: Snapshot, now: datetime) -> str:
    """The facts of the page in its order, one a line, ending with a line break; raises NoSession."""
    sheet = sheet_of(snapshot, now)
    return "\n\n".join("\n".join(lines) for lines in map(list, _parts(sheet)) if lines) + "\n"


def _parts(sheet: Sheet) -> Iterator[Iterable[str]]:
    yield _head(sheet)
    yield _counts(sheet)
    yield _titled(_("Students"), (_student(student, sheet) for student in sheet.students))
    absent = [_name(student) for student in sheet.students if student.is_absent]
    yield _titled(_("Absent"), absent)
    yield _titled(words.redirected_title(sheet), _redirected(sheet))
    forgotten = (_fact(_name(student), state) for student, state in words.forgotten(sheet))
    yield _titled(_("Came without being eligible, not redirected"), forgotten)
    yield _titled(_("Extra times"), _extra_times(sheet))
    yield _titled(_("Checklist"), _checklist(sheet))
    for final in (True, False):
        there = (remark for remark in sheet.incidents if words.is_final(remark) is final)
        title = f"{_('Incidents')} — {words.reminder(final=final)}"
        yield _titled(title, (_remark(remark, words.incident(remark), sheet) for remark in there))
    yield _titled(_("Notes"), (_remark(remark, remark.text, sheet) for remark in sheet.notes))
    yield _titled(_("Noted of students who are not found on the board"), _elsewhere(sheet))
    yield _titled(_("What was read, and when it was exported"), _read(sheet))
    yield [words.made_words(sheet)]


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines under their title; nothing where there is none."""
    for number, line in enumerate(lines):
        if not number:
            yield _("{title}:").format(title=title)
        yield f"- {line}"


def _fact(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)


def _head(sheet: Sheet) -> Iterator[str]:
    yield f"{words.kind_words(sheet)} — {sheet.title}"
    yield from words.places(sheet)
    yield from (_fact(label, text) for label, text in words.facts(sheet))


def _counts(sheet: Sheet) -> Iterator[str]:
    for count in counts(sheet):
        numbers = ", ".join(label.format(n=number) for label, number in words.count_facts(count))
        yield _fact(count.room, numbers) if count.room else numbers


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
    told = [_fact(label, text) if label else text for label, text in facts if text]
    return "; ".join([_name(student), *told])


def _redirected(sheet: Sheet) -> Iterator[str]:
    for student in words.redirected(sheet):
        at = words.moment(student.day.redirected_at, sheet)
        yield f"{at} {_fact(_name(student), words.since_redirected(student, sheet))}"


def _extra_times(sheet: Sheet) -> Iterator[str]:
    for student in sheet.students:
        if student.extra_time:
            time = f"{words.extra_time(student.extra_time)}; {words.personal_time(student, sheet)}"
            yield _fact(_name(student), time)


def _remark(remark: Remark, text: str, sheet: Sheet) -> str:
    who = ", ".join(part for part in (words.whose(remark), remark.place) if part)
    return f"{words.moment(remark.at, sheet)} {_fact(who, text)}"


def _elsewhere(sheet: Sheet) -> Iterator[str]:
    for told in sheet.elsewhere:
        at = words.moment(told.at, sheet)
        yield f"{at} {_fact(words.elsewhere_name(told), words.elsewhere(told))}"


def _checklist(sheet: Sheet) -> Iterator[str]:
    for item, at in sheet.checklist:
        yield f"[x] {item} ({words.moment(at, sheet)})" if at else f"[ ] {item}"


def _read(sheet: Sheet) -> Iterator[str]:
    for file in sheet.read:
        yield "; ".join(text for text in (*words.file_words(file, sheet), file.name) if text)
    for name, why in sheet.refused:
        yield _fact(_("refused"), f"{name}; {why}" if why else name)
    yield from sheet.warnings
