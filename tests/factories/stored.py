"""Exports as the store has them, in memory with their lines: for what decides without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pixsession.domain.board.snapshot import Campaign, Source
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation
from pixsession.readers import ExportKind
from pixsession.store.rows import StoredExport

DAY = "2026-03-12"
Line = Participation | AssessmentLine


def at(clock: str) -> datetime:
    """A moment of the day of these exports; a clock that has its own date keeps it."""
    return datetime.fromisoformat(clock if "-" in clock else f"{DAY}T{clock}")


def sent(name: str, clock: str | None, pix: int | None = 100) -> Participation:
    """A profile sent at a clock of the day, or at a date and time, or on a day alone."""
    moment = f"{DAY}T{clock}" if clock and "-" not in clock else clock
    return Participation(name, "Zoé", "3eA", None, None, None, True, moment, pix, None, None, None, None)


def pending(name: str) -> Participation:
    return sent(name, None, None)._replace(sent=False)


def begun(
    name: str, progress: float | None, clock: str | None, shared_clock: str | None = None
) -> AssessmentLine:
    """A line of an evaluation."""
    started, shared = (f"{DAY}T{one}" if one else None for one in (clock, shared_clock))
    return AssessmentLine(
        *(name, "Zoé", "3eA", None, None, None, progress, started, shared is not None, shared),
        *(None, None, (), None, (), (), ()),
    )


class StoredExports:
    """Makes exports, numbered as they come, and gives their lines."""

    def __init__(self) -> None:
        self._lines: dict[int, Sequence[tuple[int, Line]]] = {}

    def add(
        self,
        name: str,
        *lines: Line,
        stamp: str | None = None,
        modified: str = "12:00",
        campaign: str = "731958",
        copy: int = 0,
        digest: str = "",
    ) -> StoredExport:
        """One more export; the id of a student is the number of the letters of the last name."""
        number = len(self._lines) + 1
        self._lines[number] = [(len(line.last_name), line) for line in lines]
        is_evaluation = bool(lines) and isinstance(lines[0], AssessmentLine)
        kind = ExportKind.ASSESSMENT if is_evaluation else ExportKind.PROFILES
        source = Source(name, Campaign(campaign, None, ""), at(stamp or modified), stamp is not None)
        facts = source, at(modified), copy, False, len(lines), "", ()
        return StoredExport(number, number, kind, digest or name, *facts)

    def lines(self, content_id: int) -> Sequence[tuple[int, Participation]]:
        return [(who, line) for who, line in self._lines[content_id] if isinstance(line, Participation)]

    def assessments(self, content_id: int) -> Sequence[tuple[int, AssessmentLine]]:
        return [(who, line) for who, line in self._lines[content_id] if isinstance(line, AssessmentLine)]
