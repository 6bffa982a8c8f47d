"""The hand-over sheet as one HTML page to print: no script, nothing from elsewhere, black on white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import _, language
from pixsession.reports import sheet_words as words
from pixsession.reports.sheet import Remark, Sheet, SheetStudent, counts, sheet_of

_STYLE = Path(__file__).with_name("sheet.css")
# Nothing is loaded and nothing runs, whatever a name in an export says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_ROOM, _PLACE, _EXTRA, _PAUSED, _DISTURBED = "room", "place", "extra", "paused", "disturbed"


def sheet_html(snapshot: Snapshot, now: datetime) -> str:
    """The page, ending with a line break; A4 portrait, one page for twenty students.

    Texts of files are cleaned as for the screen (a browser obeys bidi controls as a terminal does), then
    escaped. Raises NoSession.
    """
    sheet = sheet_of(snapshot, now)
    return page(f"{words.kind_words(sheet)} — {sheet.title}", _parts(sheet))


def page(title: str, parts: Iterable[str]) -> str:
    """A whole page of these parts, which are HTML already; the title is text."""
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>",
    )
    body = "\n".join(part for part in parts if part)
    top = "\n".join(head)
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n{top}\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _parts(sheet: Sheet) -> Iterator[str]:
    yield _head(sheet)
    yield _counts(sheet)
    yield _students(sheet)
    yield '<div class="flow">'
    yield section(_("Absent"), _names(student for student in sheet.students if student.is_absent))
    yield _redirected(sheet)
    yield _forgotten(sheet)
    yield _extra_times(sheet)
    yield _checklist(sheet)
    yield _incidents(sheet)
    yield section(_("Notes"), listed(_remark(remark, remark.text, sheet) for remark in sheet.notes))
    yield _elsewhere(sheet)
    yield "</div>"
    yield read_section(sheet)
    yield _signatures(sheet)
    yield f"<footer>{escape(words.made_words(sheet))}</footer>"


def _head(sheet: Sheet) -> str:
    facts = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in words.facts(sheet)
    )
    where = "".join(f" · {escape(text)}" for text in words.places(sheet))
    kind = f'<p class="kind"><b>{escape(words.kind_words(sheet))}</b>{where}</p>'
    return f"<header>{kind}<h1>{escape(sheet.title)}</h1><dl>{facts}</dl></header>"


def _counts(sheet: Sheet) -> str:
    lines = []
    for count in counts(sheet):
        numbers = "".join(
            f"<li>{escape(label).format(n=f'<b>{number}</b>')}</li>"
            for label, number in words.count_facts(count)
        )
        room = f'<li class="room">{escape(count.room)}</li>' if count.room else ""
        lines.append(f'<ul class="counts">{room}{numbers}</ul>')
    return "\n".join(lines)


def _students(sheet: Sheet) -> str:
    """The table of those called; columns without anything to say are left out, times to come stay blank."""
    if not sheet.students:
        return f"<p>{escape(_('Nobody is called to this session yet.'))}</p>"
    used = _used(sheet)
    columns = [
        ("num", "", True),
        ("name", _("Student"), True),
        ("", _("Class"), _PLACE in used),
        ("", _("Room"), _ROOM in used),
        ("state", _("Presence"), True),
        ("time", _("Extra time"), _EXTRA in used),
        ("time", _("Start"), True),
        ("time", _("Personal end"), True),
        ("time", _("End"), True),
        ("time", _("Planned pauses"), _PAUSED in used),
        ("time", _("Incident time"), _DISTURBED in used),
    ]
    shown = [(style, title) for style, title, is_shown in columns if is_shown]
    rows = []
    for number, student in enumerate(sheet.students, 1):
        cells = (str(number), *_cells(student, sheet))
        kept = [cell for cell, (_style, _title, is_shown) in zip(cells, columns, strict=True) if is_shown]
        rows.append((student.is_absent, kept))
    return table(shown, rows, "students")


def _used(sheet: Sheet) -> set[str]:
    has = {
        _ROOM: len({student.room for student in sheet.students}) > 1,
        _PLACE: any(student.place for student in sheet.students),
        _EXTRA: any(student.extra_time for student in sheet.students),
        _PAUSED: any(student.paused for student in sheet.students),
        _DISTURBED: any(student.disturbed for student in sheet.students),
    }
    return {column for column, is_used in has.items() if is_used}


def _cells(student: SheetStudent, sheet: Sheet) -> tuple[str, ...]:
    return (
        student.name,
        student.place,
        student.room,
        words.presence(student, sheet),
        words.extra_time(student.extra_time),
        words.moment(student.day.started_at, sheet),
        words.moment(student.personal_end, sheet),
        words.test_end(student, sheet),
        words.minutes(student.paused),
        words.minutes(student.disturbed),
    )


def table(
    columns: Sequence[tuple[str, str]], rows: Iterable[tuple[bool, Sequence[str]]], style: str = ""
) -> str:
    """A table whose head comes again on each page; rows that are set aside are greyed."""
    head = "".join(f'<th scope="col" class="{kind}">{escape(title)}</th>' for kind, title in columns)
    body = []
    for is_aside, cells in rows:
        line = "".join(
            f'<td class="{kind}">{escape(cell)}</td>'
            for (kind, _title), cell in zip(columns, cells, strict=True)
        )
        body.append(f'<tr class="aside">{line}</tr>' if is_aside else f"<tr>{line}</tr>")
    lines = "\n".join(body)
    return f'<table class="{style}"><thead><tr>{head}</tr></thead><tbody>\n{lines}\n</tbody></table>'


def section(title: str, content: str, style: str = "") -> str:
    """HTML under a title, which is text; nothing where there is none."""
    return f'<section class="{style}"><h2>{escape(title)}</h2>{content}</section>' if content else ""


def listed(items: Iterable[str], style: str = "") -> str:
    """A list of HTML items; nothing where there is none."""
    lines = "\n".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="{style}">{lines}</ul>' if lines else ""


def _names(students: Iterable[SheetStudent]) -> str:
    return listed((_named(student) for student in students), "names")


def _named(student: SheetStudent) -> str:
    place = f" <small>{escape(student.place)}</small>" if student.place else ""
    return f"<b>{escape(student.name)}</b>{place}"


def _redirected(sheet: Sheet) -> str:
    items = (
        f"<time>{escape(words.moment(student.day.redirected_at, sheet))}</time> {_named(student)} "
        f"→ {escape(words.since_redirected(student, sheet))}"
        for student in words.redirected(sheet)
    )
    return section(words.redirected_title(sheet), listed(items))


def _forgotten(sheet: Sheet) -> str:
    there = words.forgotten(sheet)
    items = (f"{_named(student)} {escape(state)}" for student, state in there)
    return section(_("Came without being eligible, not redirected"), listed(items))


def _extra_times(sheet: Sheet) -> str:
    items = (
        f"{_named(student)} {escape(words.extra_time(student.extra_time))} · "
        f"{escape(words.personal_time(student, sheet))}"
        for student in sheet.students
        if student.extra_time
    )
    return section(_("Extra times"), listed(items))


def _incidents(sheet: Sheet) -> str:
    """What is left to report first, with a box to tick."""
    parts = []
    for final in (True, False):
        there = [remark for remark in sheet.incidents if words.is_final(remark) is final]
        box = '<span class="box"></span>' if final else ""
        items = (box + _remark(remark, words.incident(remark), sheet) for remark in there)
        if there:
            parts.append(f"<h3>{escape(words.reminder(final=final))}</h3>{listed(items)}")
    return section(_("Incidents"), "".join(parts), "todo" if parts else "")


def _remark(remark: Remark, text: str, sheet: Sheet) -> str:
    at, who = escape(words.moment(remark.at, sheet)), escape(words.whose(remark))
    place = f" <small>{escape(remark.place)}</small>" if remark.place else ""
    return f"<time>{at}</time> <b>{who}</b>{place} {escape(text)}"


def _elsewhere(sheet: Sheet) -> str:
    items = (
        f"<time>{escape(words.moment(told.at, sheet))}</time> <b>{escape(words.elsewhere_name(told))}</b> "
        f"{escape(words.elsewhere(told))}"
        for told in sheet.elsewhere
    )
    return section(_("Noted of students who are not found on the board"), listed(items))


def _checklist(sheet: Sheet) -> str:
    items = []
    for item, at in sheet.checklist:
        box = f'<span class="box{" done" if at else ""}">{"✓" if at else ""}</span>'
        done = f" <time>{escape(words.moment(at, sheet))}</time>" if at else ""
        items.append(f"{box}{escape(item)}{done}")
    return section(_("Checklist"), listed(items, "checks"))


def read_section(sheet: words.ReadSheet) -> str:
    """What was read, what was refused, and what the board says of itself."""
    items = []
    for file in sheet.read:
        what, when = words.file_words(file, sheet)
        told = " · ".join(escape(text) for text in (what, when) if text)
        items.append(f"{told}<br><small>{escape(file.name)}</small>")
    items += [
        f"<b>{escape(_('refused'))}</b> {escape(why)}<br><small>{escape(name)}</small>"
        for name, why in sheet.refused
    ]
    items += map(escape, sheet.warnings)
    return section(_("What was read, and when it was exported"), listed(items), "read")


def _signatures(sheet: Sheet) -> str:
    rooms = sheet.rooms if len(sheet.rooms) > 1 else ("",)
    label = escape(_("Name and signature of the invigilator"))
    boxes = "".join(f"<div>{label}{' — ' + escape(room) if room else ''}</div>" for room in rooms)
    return f'<div class="signatures">{boxes}</div>'
