"""The hand-over sheet as a table for spreadsheets: one line a student, no cell that could be a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import state_word
from pixsession.foundation.i18n import N_, _
from pixsession.reports import sheet_words as words
from pixsession.reports.sheet import Remark, Sheet, SheetStudent, born, sheet_of

_BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for Windows-1252
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
    N_("Planned pauses (min)"),
    N_("Incident time (min)"),
    N_("Incidents"),
    N_("Notes"),
)
_LAST = len(COLUMNS) - 1


def sheet_csv(snapshot: Snapshot, now: datetime) -> str:
    """The table in French spreadsheets' own form: byte order mark, `;`, CRLF, every cell between quotes.

    Columns are those of COLUMNS, in the language in use: room, last and first name, birth date (between
    namesakes only), class; presence and when it was noted; eligibility now; redirected, and eligible again;
    extra time (percentage); authorised, start, personal end, end, stopped; pauses and incident time in
    minutes; incidents and notes, each with its time, with " | " between them. Times are "08:52", on another
    day than the session's "13/03/2026 08:52".

    One line a student. After them, without eligibility: those whom the board does not hold any more, then
    incidents and notes of a whole room or of the session, without a name.

    A cell never begins as a formula does (see `harmless_cell`). Texts of files are cleaned as for the screen:
    what has no look cannot be seen in a cell either. Raises NoSession.
    """
    return spreadsheet([_(title) for title in COLUMNS], _lines(sheet_of(snapshot, now)))


def spreadsheet(titles: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """A table in the form of `sheet_csv`: no cell, nor title, begins as a formula does."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in (titles, *lines):
        writer.writerow([harmless_cell(cell) for cell in line])
    return _BYTE_ORDER_MARK + stream.getvalue()


# What may stand before the first character that counts: blanks, and quotes that a spreadsheet takes away.
_BEFORE = re.compile(r"^[\s\"'`´«»“”„‟‘’‚‹›＂＇]*")
# Where another spreadsheet may begin a cell: one set to English splits at commas, whatever our quotes say.
_AFTER_SEPARATOR = re.compile(r"([,;\t|])([\s\"'`´«»“”„‟‘’‚‹›＂＇]*)(?=(.))")


def harmless_cell(text: str) -> str:
    """`text` with an apostrophe where a spreadsheet would see a formula: at the start, after a separator.

    A formula starts with = + - @, a tab or a line break, in any width and after any blanks and quotes.
    """
    rest = _BEFORE.sub("", text, count=1)
    if (rest and _starts_formula(rest[0])) or text[:1] in {"\t", "\r", "\n"}:
        text = f"'{text}"
    return _AFTER_SEPARATOR.sub(_defused, text)


def _defused(found: re.Match[str]) -> str:
    apostrophe = "'" if _starts_formula(found[3]) else ""
    return f"{found[1]}{apostrophe}{found[2]}"


@cache
def _starts_formula(character: str) -> bool:
    """= + - @ as they are, or as wide, small, raised or mathematical forms of them."""
    return unicodedata.normalize("NFKC", character)[:1] in {"=", "+", "-", "@", "−", "‐", "‑"}


def _lines(sheet: Sheet) -> Iterator[list[str]]:
    for student in sheet.students:
        yield _student(student, sheet)
    for told in sheet.elsewhere:
        line = [""] * len(COLUMNS)
        line[1], line[2], line[4] = told.last_name, told.first_name, told.place
        line[_LAST] = f"{words.moment(told.at, sheet)} {words.elsewhere(told)}"
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
    return f"{words.moment(remark.at, sheet)} {say(remark)}".strip()


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
        words.moment(day.presence_at, sheet),
        state_word(student.eligibility),
        words.moment(day.redirected_at, sheet),
        words.moment(day.eligible_again_at, sheet),
        words.extra_time(student.extra_time),
        words.moment(day.authorised_at, sheet),
        words.moment(day.started_at, sheet),
        words.moment(student.personal_end, sheet),
        words.moment(day.finished_at, sheet),
        words.moment(day.stopped_at, sheet),
        _minutes(student.paused.total_seconds()),
        _minutes(student.disturbed.total_seconds()),
        _GLUE.join(incidents),
        _GLUE.join(notes),
    ]


def _minutes(seconds: float) -> str:
    return str(int(seconds // 60)) if seconds else ""
