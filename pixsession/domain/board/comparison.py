"""Two boards compared: one change a student, the one that matters most."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.students import place_key
from pixsession.domain.pix.eligibility import Eligibility


def compare(
    before: Mapping[int, BoardRow], after: Mapping[int, BoardRow], at: datetime
) -> tuple[Change, ...]:
    """What the export of this time changed, in the order of the board after it; those who left come last."""
    changes = [
        change
        for student_id, row in after.items()
        if (old := before.get(student_id)) is not row and (change := _change(old, row, at)) is not None
    ]
    gone = [_named(ChangeKind.LEFT, row, at) for student_id, row in before.items() if student_id not in after]
    return (*changes, *gone)


def delta(before: BoardRow, after: BoardRow, at: datetime) -> Delta | None:
    """What a student gained or lost between two profiles sent; None when nothing, or nothing to compare."""
    old, new = before.verdict.eligible_competences, after.verdict.eligible_competences
    if old is None or new is None or not (_is_readable(before) and _is_readable(after)):
        return None
    competences = new - old
    pix = after.pix - before.pix if after.pix is not None and before.pix is not None else 0
    return Delta(competences, pix, at) if competences or pix else None


def _is_readable(row: BoardRow) -> bool:
    """Whether every level of a profile can be read: an unreadable level is no level lost."""
    return row.profile is None or None not in row.profile.levels


def _change(before: BoardRow | None, after: BoardRow, at: datetime) -> Change | None:
    if before is None:
        return _named(ChangeKind.ARRIVED, after, at)
    old, new = before.eligibility, after.eligibility
    counts = (before.verdict.eligible_competences, after.verdict.eligible_competences)
    if new is Eligibility.ELIGIBLE and old is not new:
        return _counted(ChangeKind.BECAME_ELIGIBLE, counts, after, at)
    if old is Eligibility.ELIGIBLE and new is not old:
        return _counted(ChangeKind.NO_LONGER_ELIGIBLE, counts, after, at)
    if new is Eligibility.TO_CHECK and old is not new:
        return _named(ChangeKind.TO_CHECK, after, at)
    if old is Eligibility.NOT_SENT and new is not old:
        return _counted(ChangeKind.PROFILE_SENT, counts, after, at)
    change = delta(before, after, at)
    if change is not None:
        kind = ChangeKind.REGRESSED if change.is_loss else ChangeKind.PROGRESSED
        if not change.competences:
            counts = (before.pix, after.pix)
            return _counted(kind, counts, after, at, unit=" pix")
        return _counted(kind, counts, after, at)
    places = (before.place or "", after.place or "")
    if place_key(places[0]) != place_key(places[1]):
        return _named(ChangeKind.CHANGED_CLASS, after, at, before=places[0], after=places[1])
    return None


def _counted(
    kind: ChangeKind, counts: tuple[int | None, int | None], row: BoardRow, at: datetime, unit: str = ""
) -> Change:
    old, new = (None if count is None else f"{count}{unit}" for count in counts)
    return _named(kind, row, at, before=old, after=new)


def _named(
    kind: ChangeKind, row: BoardRow, at: datetime, *, before: str | None = None, after: str | None = None
) -> Change:
    return Change(
        kind, at, row.student_id, row.last_name, row.first_name, row.place, before, after, row.sent_at
    )
