"""A register of students, the exports that went by, and what these held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pixsession.domain.people.students import KnownStudent, StudentLook, StudentRegister, SubmissionKeys
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.runs import carried, common_runs, gone_places, new_places

START = datetime.fromisoformat("2026-03-12T08:00")
A, B = "512407", "802211"


def line(
    last_name: str = "DURIEUX",
    first_name: str = "Zoé",
    place: str | None = "3eA",
    *,
    sent_at: str | None = None,
    pix: int | None = None,
    number: str | None = None,
    external_id: str | None = None,
    group: str | None = None,
) -> Participation:
    sent = sent_at is not None
    return Participation(
        last_name,
        first_name,
        place,
        group,
        number,
        external_id,
        sent,
        sent_at,
        pix,
        None,
        None,
        None,
        None,
    )


class Years:
    """A register, the exports that went by, and the sends they held; `again`: read as what changed."""

    def __init__(self, *, again: bool = False) -> None:
        self.register = StudentRegister([])
        self.sends: dict[tuple[int, str], SubmissionKeys] = {}
        self.exports = 0
        self.touched: list[tuple[int, StudentLook]] = []  # by the last export
        self.weighed: set[int] = set()  # the places of the last export whose students were asked for anew
        self._again = again
        self._before: dict[str, list[tuple[int, Participation]]] = {}

    def export(self, campaign: str, *lines: Participation, minutes: int | None = None) -> list[int]:
        """The students of these lines; `minutes` after the start, else a minute after the export before."""
        self.exports += 1
        at = START + timedelta(minutes=self.exports if minutes is None else minutes)
        before = self._before.get(campaign)
        if self._again and before is not None:
            ids, touched = self._resolved_again(campaign, before, lines, at)
        else:
            ids, touched = self.register.resolve(campaign, lines, at, self.sends_of)
        self.touched = sorted((one.student_id, one.look) for one in touched)
        self._before[campaign] = list(zip(ids, lines, strict=True))
        for student_id, found in zip(ids, lines, strict=True):
            if found.sent:
                self.sends.setdefault((student_id, campaign), set()).add((found.sent_at, found.pix))
        return ids

    def sends_of(self, student_id: int, campaign: str) -> SubmissionKeys:
        return self.sends.get((student_id, campaign), set())

    def _resolved_again(
        self,
        campaign: str,
        before: list[tuple[int, Participation]],
        lines: Sequence[Participation],
        at: datetime,
    ) -> tuple[list[int], list[KnownStudent]]:
        """As the store asks for it: students are carried over, those of other lines are not known yet."""
        runs = common_runs([found for _student, found in before], lines)
        new = new_places(runs, len(lines))
        gone = [before[place][1] for place in gone_places(runs, len(before))]
        entries = carried(runs, before, ((-1, lines[place]) for place in new), len(lines))
        found, touched = self.register.resolve_again(campaign, entries, new, gone, at, self.sends_of)
        self.weighed = {*found}
        return [found.get(place, student) for place, (student, _line) in enumerate(entries)], touched
