"""What the students of a session ask of the columns, beside what every board asks."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import DayView
from pixsession.foundation.text import shown
from pixsession.ui.board.columns import Needs


def needs_of_day(needs: Needs, rows: Sequence[BoardRow], day: DayView | None) -> Needs:
    """These needs with those of the session; they only grow while it lasts."""
    if day is None:
        return needs._replace(day=False, room=0, progress=False)
    from pixsession.ui.certification.cells import progress_words  # noqa: PLC0415 - in a session only

    rooms = [cell_len(shown(room.name)) for room in day.session.rooms]
    progress = needs.progress or any(progress_words(row, day) for row in rows)
    return needs._replace(day=True, room=max(rooms) if len(rooms) > 1 else 0, progress=progress)
