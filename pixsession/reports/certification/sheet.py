"""The hand-over sheet of a session as a document: on A4, one page for twenty-six candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import state_word
from pixsession.domain.certification.day import DayView
from pixsession.foundation.i18n import N_, _
from pixsession.reports.certification import words
from pixsession.reports.certification.facts import Sheet, SheetStudent, counts, sheet_of
from pixsession.reports.common.facts import Remark, born
from pixsession.reports.common.words import made_words, moment, person_cell, read_section
from pixsession.reports.document import (
    Column,
    Counts,
    Document,
    Group,
    Item,
    Row,
    Section,
    Spreadsheet,
    Table,
    listed,
)

_GLUE = " | "
# A list of students of a school has a column "Nom" and a column "Classe": a sheet saved in the folder that is
# watched must not be read as one, hence the names of the first columns.
COLUMNS = (
    N_("Room"),
    N_("Last name called"),
    N_("First name called"),
    N_("Birth date (namesakes)"),
    N_("Class"),
    N_("Presence"),
    N_("Noted at"),
    N_("Eligibility"),
    N_("Redirected at"),
    N_("Eligible again at"),
    N_("Extra time"),
    N_("Authorised at"),
    N_("Start"),
    N_("Personal end"),
    N_("End"),
    N_("Stopped at"),
    N_("Reason of the stop"),
    N_("Planned pauses (min)"),
    N_("Incident time (min)"),
    N_("Incidents"),
    N_("Notes"),
)
_LAST = len(COLUMNS) - 1
_MANY = 15  # from so many rows on they stand closer, so that 26 and all that happened fit on a page


def certification_sheet(snapshot: Snapshot, day: DayView, now: datetime) -> Document:
    """The facts of the day in the order of the paper.

    Texts of files are cleaned as for the screen: a browser obeys bidi controls as a terminal does, and what
    has no look cannot be seen in a cell either. The spreadsheet has COLUMNS, one line a student: times are
    "08:52", on another day than the session's "13/03/2026 08:52"; extra time is a percentage, pauses and
    incident time are in minutes; incidents and notes have their times, and " | " between them. After the
    students, without eligibility: those whom the board does not hold any more, then incidents and notes of a
    whole room or of the session, without a name.
    """
    sheet = sheet_of(snapshot, day, now)
    rooms = sheet.head.rooms if len(sheet.head.rooms) > 1 else ("",)
    label = _("Name and signature of the invigilator")
    return Document(
        name=sheet.head.file_name,
        title=sheet.head.title,
        data=Spreadsheet(tuple(map(_, COLUMNS)), tuple(map(tuple, _lines(sheet)))),
        kind=words.kind_words(sheet),
        subtitles=tuple(words.sites_and_numbers(sheet)),
        facts=tuple(words.facts(sheet)),
        counts=tuple(Counts(count.room, tuple(words.count_facts(count))) for count in counts(sheet)),
        sections=(_students(sheet), *_sections(sheet), read_section(sheet.head)),
        signatures=tuple(f"{label} — {room}" if room else label for room in rooms),
        closing=f"{made_words(sheet.head)}{words.journal_words(sheet)}",
    )


# -- page and lines ------------------------------------------------------------------------------------------


def _students(sheet: Sheet) -> Section:
    """Those called; times to come stay blank, other columns without anything to say are left out."""
    several = len({student.room for student in sheet.students}) > 1
    columns = (
        Column(None, ""),  # name and class in a line
        Column("", style="num"),
        Column(_("Student"), style="name"),
        Column(_("Class"), optional=True),
        Column(_("Room") if several else None, "" if len(sheet.head.rooms) > 1 else None),
        Column(_("Presence"), "", "state"),
        Column(_("Extra time"), _("extra time"), "time", optional=True),
        Column(_("Start"), _("start"), "time"),
        Column(_("Personal end"), _("personal end"), "time"),
        Column(_("End"), _("end"), "time"),
        Column(_("Planned pauses"), _("planned pauses"), "time", optional=True),
        Column(_("Incident time"), _("incident time"), "time", optional=True),
    )
    rows = tuple(
        Row(_cells(number, student, sheet), student.is_absent)
        for number, student in enumerate(sheet.students, 1)
    )
    table = Table(columns, rows, _("Nobody is called to this session yet."))
    style = "students dense" if len(rows) > _MANY else "students"
    return Section(_("Students"), table=table, style=style, titled=False)


def _cells(number: int, student: SheetStudent, sheet: Sheet) -> tuple[str, ...]:
    return (
        person_cell(student.name, student.place),
        str(number),
        student.name,
        student.place,
        student.room,
        words.presence(student, sheet),
        words.extra_time(student.extra_time),
        moment(student.day.started_at, sheet.head),
        moment(student.personal_end, sheet.head),
        words.test_end(student, sheet),
        words.minutes(student.paused),
        words.minutes(student.disturbed),
    )


def _sections(sheet: Sheet) -> Iterator[Section]:
    absent = (_named(student) for student in sheet.students if student.is_absent)
    yield listed(_("Absent"), absent, "names", in_columns=True)
    redirected = (
        _named(one, words.since_redirected(one, sheet), at=moment(one.day.redirected_at, sheet.head))
        for one in words.redirected(sheet)
    )
    yield listed(words.redirected_title(sheet), redirected, in_columns=True, lead="→ ")
    forgotten = (_named(student, state) for student, state in words.forgotten(sheet))
    yield listed(_("Came without being eligible, not redirected"), forgotten, in_columns=True)
    falls = (_named(student, words.fall(student, sheet)) for student in sheet.fallen)
    yield listed(_("Not eligible any more, the test having begun"), falls, in_columns=True)
    extra_times = (
        _named(student, words.extra_time(student.extra_time), words.personal_time(student, sheet))
        for student in sheet.students
        if student.extra_time
    )
    yield listed(_("Extra times"), extra_times, in_columns=True)
    checklist = (
        Item((item,), at=moment(at, sheet.head), ticked=at is not None) for item, at in sheet.checklist
    )
    yield listed(_("Checklist"), checklist, "checks", in_columns=True)
    yield _incidents(sheet)
    pauses = (
        Item(words.pause_words(pause, sheet), pause.who, pause.place, moment(pause.begin, sheet.head))
        for pause in sheet.pauses
    )
    yield listed(_("Pauses"), pauses, in_columns=True)
    stopped = (
        _named(student, words.stopped(student), at=moment(student.day.stopped_at, sheet.head))
        for student in sheet.students
        if student.day.stopped_at is not None and student.day.finished_at is None
    )
    yield listed(_("Stopped before the end"), stopped, in_columns=True)
    notes = (_remark(remark, remark.text, sheet) for remark in sheet.notes)
    yield listed(_("Notes"), notes, in_columns=True)
    elsewhere = (
        Item((words.elsewhere(told),), words.elsewhere_name(told), at=moment(told.at, sheet.head))
        for told in sheet.elsewhere
    )
    yield listed(_("Noted of students who are not found on the board"), elsewhere, in_columns=True)


def _named(student: SheetStudent, *texts: str, at: str = "") -> Item:
    return Item(texts, student.name, student.place, at)


def _remark(remark: Remark, text: str, sheet: Sheet) -> Item:
    texts = tuple(filter(None, (text, words.handled(remark, sheet))))
    return Item(texts, words.whose(remark), remark.place, moment(remark.at, sheet.head))


def _incidents(sheet: Sheet) -> Section:
    """What is left to do first, with a box to tick: to handle, to report; then what was handled."""
    groups = (
        Group(
            tuple(
                _remark(remark, words.incident(remark), sheet)
                for remark in sheet.incidents
                if words.is_final(remark) is final and (final or (remark.handled_at is None) is is_open)
            ),
            words.reminder(final=final, is_open=is_open),
            to_tick=is_open,
        )
        for final, is_open in ((False, True), (True, True), (False, False))
    )
    return Section(_("Incidents"), tuple(groups), style="todo", in_columns=True)


# -- spreadsheet ---------------------------------------------------------------------------------------------


def _lines(sheet: Sheet) -> Iterator[list[str]]:
    for student in sheet.students:
        yield _student(student, sheet)
    for told in sheet.elsewhere:
        line = [""] * len(COLUMNS)
        line[1], line[2], line[4] = told.last_name, told.first_name, told.place
        line[_LAST] = f"{moment(told.at, sheet.head)} {words.elsewhere(told)}"
        yield line
    for column, remarks, say in (
        (_LAST - 1, sheet.incidents, words.incident),
        (_LAST, sheet.notes, _text),
    ):
        for remark in remarks:
            if not remark.is_student:
                line = [""] * len(COLUMNS)
                line[0] = remark.who
                line[column] = _timed(remark, say, sheet)
                yield line


def _text(remark: Remark) -> str:
    return remark.text


def _timed(remark: Remark, say: Callable[[Remark], str], sheet: Sheet) -> str:
    said = ", ".join(filter(None, (say(remark), words.handled(remark, sheet))))
    return f"{moment(remark.at, sheet.head)} {said}".strip()


def _student(student: SheetStudent, sheet: Sheet) -> list[str]:
    day = student.day
    incidents = (_timed(remark, words.incident, sheet) for remark in student.incidents)
    notes = (_timed(remark, _text, sheet) for remark in student.notes)
    return [
        student.room,
        student.last_name,
        student.first_name,
        born(student.birth_date),
        student.place,
        words.presence_word(student),
        moment(day.presence_at, sheet.head),
        state_word(student.eligibility),
        moment(day.redirected_at, sheet.head),
        moment(day.eligible_again_at, sheet.head),
        words.extra_time(student.extra_time),
        moment(day.authorised_at, sheet.head),
        moment(day.started_at, sheet.head),
        moment(student.personal_end, sheet.head),
        moment(day.finished_at, sheet.head),
        moment(day.stopped_at, sheet.head),
        words.stopped(student) if day.stopped_at is not None else "",
        _minutes(student.paused.total_seconds()),
        _minutes(student.disturbed.total_seconds()),
        _GLUE.join(incidents),
        _GLUE.join(notes),
    ]


def _minutes(seconds: float) -> str:
    return str(int(seconds // 60)) if seconds else ""
