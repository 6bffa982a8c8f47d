"""What the program understands of one file, in words for a teacher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pixsession.domain.board.file_kinds import file_kind_words
from pixsession.domain.board.wording import figures_words
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.readers import Contents, ExportKind
from pixsession.readers.export import ColumnUse, Origin
from pixsession.reports.inspection.columns import meaning_words
from pixsession.reports.inspection.contract import inspected_rows
from pixsession.reports.inspection.file import Inspection

_MOST_COLUMNS = 60
_MOST_LINES = 20
_ROWS = 5
_LONG = 1000
_DELIMITERS = {";": N_("semicolons"), ",": N_("commas"), "\t": N_("tabs")}
# What is told of a row beside its name and place, where its kind has it.
_FACTS = (
    ("sent_at", N_("sent {value}")),
    ("shared_at", N_("sent {value}")),
    ("pix", N_("{value} pix")),
    ("score", N_("{value} pix")),
    ("level_label", "{value}"),
    ("birth_date", N_("born {value}")),
)


def inspection_text(found: Inspection) -> str:
    """The inspection in words, ending with a line break."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Inspection) -> Iterator[str]:
    not_pix = _("not an export of Pix")
    kind = not_pix if found.kind is ExportKind.UNKNOWN else file_kind_words(found.kind)
    yield f"{shown(found.file)}{_(': ')}{kind}"
    contents = found.contents
    if contents is None:
        if found.kind is not ExportKind.UNKNOWN:
            where = "" if found.line == 1 else _(" (line {line})").format(line=found.line)
            yield _("Refused{where}: {cause}").format(where=where, cause=shown(found.cause, _LONG))
        elif found.cause != not_pix:
            yield shown(found.cause, _LONG)
        return
    yield from _facts(found, contents)
    yield from _columns(contents.columns)
    yield from _left_out(contents)
    yield from (_("Note: {note}").format(note=shown(note, _LONG)) for note in contents.notes)
    yield from _rows(contents)


def _facts(found: Inspection, contents: Contents) -> Iterator[str]:
    yield _("Form: {form}").format(form=_form(contents.origin))
    if contents.generation[:1].isdigit():  # else a list of the school: Pix gave it no form
        yield _("Columns of Pix since: {generation}").format(generation=shown(contents.generation))
    if found.exported_at:
        yield _("Exported: {moment}").format(moment=f"{found.exported_at:%d/%m/%Y %H:%M}")
    if campaign := contents.campaign:
        words = " · ".join(shown(text) for text in (campaign.name, campaign.code, campaign.path) if text)
        yield _("Campaign: {campaign}").format(campaign=words or shown(campaign.number))
    for session in contents.sessions:
        day = figures_words(session.date) if session.date else None
        texts = (session.number, day, session.start, session.site, session.room)
        words = " · ".join(shown(text) for text in (*texts, ", ".join(session.invigilators)) if text)
        yield _("Session: {session}").format(session=words)


def _form(origin: Origin) -> str:
    if origin.form in {"xlsx", "ods", "xls"}:
        return _("workbook ({form})").format(form=origin.form)
    if origin.delimiter is None:
        return " · ".join(shown(text) for text in (origin.form, origin.encoding) if text)
    words = _("{encoding} (guessed)") if origin.guessed else "{encoding}"
    delimiter = _(_DELIMITERS[origin.delimiter]) if origin.delimiter in _DELIMITERS else origin.delimiter
    return f"{words.format(encoding=origin.encoding)} · {shown(delimiter)}"


def _columns(columns: tuple[ColumnUse, ...]) -> Iterator[str]:
    if not columns:
        return
    yield _("Columns:")
    for use in columns[:_MOST_COLUMNS]:
        label = shown(use.header) or "—"
        yield f"  {label} → {meaning_words(use.meaning) if use.meaning else _('not read')}"
    more = len(columns) - _MOST_COLUMNS
    if more > 0:
        yield "  " + ngettext("and {count} more", "and {count} more", more).format(count=more)


def _left_out(contents: Contents) -> Iterator[str]:
    for reject in contents.rejects[:_MOST_LINES]:
        cause = shown(reject.cause, _LONG)
        yield _("Line {line} left out: {cause}").format(line=reject.line, cause=cause)
    more = len(contents.rejects) - _MOST_LINES
    if more > 0:
        yield ngettext("and {count} more", "and {count} more", more).format(count=more)


def _rows(contents: Contents) -> Iterator[str]:
    count = contents.line_count
    yield ngettext("{count} line read", "{count} lines read", count).format(count=count)
    for _number, row in zip(range(_ROWS), inspected_rows(contents), strict=False):
        yield f"  {_row(row)}"
    if count > _ROWS:
        yield "  …"


def _value(value: object) -> str:
    """A cell as people write it: dates in the order of the day, numbers with the comma of the language."""
    return figures_words(value) if isinstance(value, str) else shown(str(value))


def _row(row: Mapping[str, Any]) -> str:
    name = shown(f"{row['last_name']} {row['first_name']}") or _("no name")
    places = [shown(row[column]) for column in ("division", "group") if row[column]]
    if row.get("sent") is False or row.get("shared") is False:
        facts = [_("nothing sent")]
    else:
        told = ((words, row.get(key)) for key, words in _FACTS)
        facts = [_(words).format(value=_value(value)) for words, value in told if value is not None]
    return " · ".join([name, *places, *facts])
