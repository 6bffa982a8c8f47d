"""What changed from one board to the next, for the log."""

from __future__ import annotations

from datetime import datetime

from pixsession.domain.board.changes import Change, Delta
from pixsession.domain.board.comparison import compare, delta
from pixsession.store.board import Board, in_order_of_files


def changes_between(before: Board, after: Board, at: datetime) -> tuple[tuple[Change, ...], dict[int, Delta]]:
    """The changes from one board to the next for the log, and each student's gain or loss, by student id."""
    rows, known = after.rows, before.rows
    moved = after.renewed.since(known, rows)
    left = {student for student in moved if student not in rows}
    news = {student: rows[student] for student in in_order_of_files(after, moved)}
    there = {student: known[student] for student in news if student in known}
    old = there | {student: known[student] for student in in_order_of_files(before, left)}
    found = ((student, delta(old[student], row, at)) for student, row in news.items() if student in old)
    return compare(old, news, at), {student: change for student, change in found if change is not None}
