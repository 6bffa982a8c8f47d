"""How far the students of an evaluation came, export after export; which exports counted at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pixsession.readers import ExportKind
from pixsession.store.rows import StoredExport

if TYPE_CHECKING:
    from pixsession.domain.lesson import ProgressPoint

Ask = Callable[[str, Mapping[str, object]], Sequence[tuple[Any, ...]]]


def progress_of(ask: Ask, campaign_key: str) -> dict[int, tuple[ProgressPoint, ...]]:
    """The points of each student, by id, in every export of this evaluation: oldest first.

    `ask` gives the rows of a query of the folder `queries`. Before the results are sent a line names no
    badge: `badges_max` is 0 then.
    """
    from pixsession.domain.lesson import ProgressPoint  # noqa: PLC0415 - most boards have no lesson

    points: dict[int, dict[datetime, ProgressPoint]] = defaultdict(dict)
    for student_id, at, *facts, started_at, badges in ask("progress", {"campaign_key": campaign_key}):
        # To be the last of a minute is cheaper to see here than to ask for: a window costs twice the rest.
        point = ProgressPoint(*(at, *facts, _obtained(badges), len(badges), started_at))
        points[student_id][at] = point
    return {student_id: tuple(mine.values()) for student_id, mine in points.items()}


def _obtained(badges: Sequence[str | None]) -> int | None:
    """How many badges are obtained; None where no cell says yes or no, as before the results are sent."""
    known = [badge for badge in badges if badge is not None]
    return sum(badge == "true" for badge in known) if known else None


def newest_exports(
    exports: Iterable[StoredExport], kind: ExportKind, *, without: int = -1, until: datetime | None = None
) -> tuple[StoredExport, ...]:
    """The newest export of each campaign of a kind, newest first.

    As if `without` had not come, and none later than `until`. An export without a line says nothing of the
    participations: it may be a download cut short.
    """
    newest: dict[str, StoredExport] = {}
    for export in exports:
        too_late = until is not None and export.source.exported_at > until
        if export.kind is kind and export.line_count and export.export_id != without and not too_late:
            key = export.source.campaign.key
            if key not in newest or newest[key].age_order < export.age_order:
                newest[key] = export
    return tuple(sorted(newest.values(), key=lambda export: export.age_order, reverse=True))
