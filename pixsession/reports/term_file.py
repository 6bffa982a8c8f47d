"""The lessons of a term as a file, written as the hand-over sheet is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pixsession.domain.people.students import place_key
from pixsession.foundation.room_time import room_day
from pixsession.reports.sheet_file import write_sheet
from pixsession.reports.term import Term
from pixsession.reports.term_csv import term_csv
from pixsession.reports.term_text import term_text

_SUFFIXES = {"text": ".txt", "csv": ".csv"}
FORMS = tuple(_SUFFIXES)
_LONGEST_PLACES = 60


def term_as(form: str, term: Term, now: datetime) -> str:
    """The term in one of FORMS."""
    return term_csv(term) if form == "csv" else term_text(term, now)


def term_name(term: Term, form: str, now: datetime) -> str:
    """The name of the file, of classes and date, in letters that every system takes."""
    plain = (place_key(place).encode("ascii", "ignore").decode() for place in term.places)
    places = "-".join(filter(None, plain))[:_LONGEST_PLACES].strip("-")
    return (
        "-".join(part for part in ("progress", places, room_day(now).isoformat()) if part) + _SUFFIXES[form]
    )


def write_term(term: Term, form: str, target: Path, now: datetime, *, force: bool = False) -> Path:
    """Write the term to `target`, or into it where it is a folder; gives the file.

    Raises SheetExists (unless `force`) and SheetNotWritten.
    """
    path = target.absolute()
    if path.is_dir():
        path /= term_name(term, form, now)
    write_sheet(term_as(form, term, now), path, force=force)
    return path
