"""What the filters leave of a Snapshot, as its mode sees it; nothing here touches a screen."""

from __future__ import annotations

from pixsession.domain.board.changes import Change
from pixsession.domain.board.snapshot import BoardRow, Snapshot, narrowed
from pixsession.domain.lesson.aim_words import aim_name
from pixsession.domain.people.students import name_key, place_key
from pixsession.foundation.i18n import _
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.board.mode import BoardMode


def view_of(snapshot: Snapshot, filters: Filters, mode: BoardMode) -> View:
    """The rows to show, still in the order of need."""
    rows = narrowed(snapshot, filters.places).rows
    called = mode.called(rows, filters)
    everybody = snapshot.rows
    if wanted := name_key(filters.search).split():
        rows = tuple(row for row in rows if _matches(row, wanted))
    aim = filters.aim if filters.aim and filters.aim.only_short else None
    rows = tuple(row for row in rows if aim.is_short(row)) if aim else rows
    words = [_("{objective}: not reached").format(objective=aim_name(aim))] if aim else []
    shown, worse = mode.kept(rows, filters), frozenset[int]()
    if shown is not everybody:
        kept = {row.student_id for row in shown}
        worse = filters.worse - kept
        shown = tuple(row for row in everybody if row.student_id in kept or row.student_id in worse)
    return View(
        shown,
        mode.counts(called),
        len(called),
        len(snapshot.rows),
        mode.missing(called),
        (*mode.filter_words(filters), *words),
        tuple(mode.worse_words(row) for row in shown if row.student_id in worse) if worse else (),
        mode.counts_content,
    )


def _matches(row: BoardRow, wanted: list[str]) -> bool:
    name = f"{name_key(row.last_name)} {name_key(row.first_name)}"
    return all(word in name for word in wanted)


def changes_for(snapshot: Snapshot, places: frozenset[str], mode: BoardMode) -> tuple[Change, ...]:
    """The changes of the students of these classes or groups, newest last."""
    if mode.tells_changes_of_its_students_only:
        here = {row.student_id for row in narrowed(snapshot, places).rows}
        return tuple(change for change in snapshot.changes if change.student_id in here)
    if not places:
        return snapshot.changes
    wanted = {place_key(place) for place in places}
    ids = {row.student_id for row in narrowed(snapshot, places).rows}
    return tuple(
        change
        for change in snapshot.changes
        if change.student_id in ids or place_key(change.place or "") in wanted
    )
