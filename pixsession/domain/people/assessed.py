"""What an evaluation tells of the students of a board."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence, Set
from itertools import compress
from operator import attrgetter, itemgetter

from pixsession.domain.board.snapshot import BoardRow, CampaignProgress
from pixsession.domain.people.listed import best_first
from pixsession.domain.people.sources import Evaluation
from pixsession.domain.people.students import Named
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.eligibility import Eligibility, Verdict
from pixsession.foundation.runs import differing

_ABSENT = Verdict(Eligibility.NOT_IN_EXPORT)
_called = attrgetter("last_name", "first_name", "division", "group", "student_number", "external_id")


class Assessed:
    """One evaluation, merged: of each student of the board, by id, the lines in the order of the file.

    `looked_for`: whom no number of the register ties to the board, so that names and classes had to.
    """

    def __init__(
        self, evaluation: Evaluation, lines: dict[int, list[AssessmentLine]], looked_for: Collection[int]
    ) -> None:
        self.evaluation, self.lines = evaluation, lines
        self._looked_for = looked_for

    def progress_of(self, student: int) -> tuple[CampaignProgress, ...]:
        """What the board shows of it, the participation to show first standing first."""
        return tuple(_progress_of(self.evaluation, line) for line in best_first(self.lines.get(student, ())))

    def renew(self, newer: Evaluation, merged: Mapping[int, int], rows: Container[int]) -> Set[int] | None:
        """Take in a newer export of it: the students of whom any line is another one.

        None where it calls somebody otherwise, or others: then who is who has to be said anew. `merged`: as
        `MergedRows` has it; `rows`: the students of the profiles.
        """
        older, self.evaluation = self.evaluation, newer
        students = {merged.get(student, student) for student, _line in differing(older.lines, newer.lines)}
        ids = students | {one for one, whom in merged.items() if whom in students}
        picked = compress(newer.lines, map(ids.__contains__, map(itemgetter(0), newer.lines)))
        found = lines_of_each(picked, merged)
        others = {student for student in students if self.lines.get(student) != found.get(student)}
        if not all(self._is_called_alike(student, found.get(student, ()), rows) for student in others):
            return None
        for student in others - found.keys():
            del self.lines[student]
        self.lines |= found
        return others

    def _is_called_alike(self, student: int, after: Sequence[AssessmentLine], rows: Container[int]) -> bool:
        before = self.lines.get(student, ())
        if before and after:
            return student not in self._looked_for or called_alike(before[0], after[0])
        # Whoever comes or goes changes whom the others may be.
        return not self._looked_for and student in rows


def called_alike(one: Named, other: Named) -> bool:
    """Whether two lines or rows call a student the same, to the letter."""
    return _called(one) == _called(other)


def lines_of_each(
    lines: Iterable[tuple[int, AssessmentLine]], merged: Mapping[int, int]
) -> dict[int, list[AssessmentLine]]:
    """The lines of each student of the board, by id."""
    mine: dict[int, list[AssessmentLine]] = {}
    for student, line in lines:
        mine.setdefault(merged.get(student, student), []).append(line)
    return mine


def absent(person: Named, student: int) -> BoardRow:
    """A student without a line in a profile collection."""
    return BoardRow(
        student,
        person.last_name,
        person.first_name,
        person.division,
        person.group,
        _ABSENT,
        student_number=person.student_number,
        external_id=person.external_id,
    )


def _progress_of(evaluation: Evaluation, line: AssessmentLine) -> CampaignProgress:
    return CampaignProgress(
        evaluation.source.campaign,
        "assessment",
        evaluation.origin,
        line.shared,
        line.shared_at,
        line.started_at,
        line.progress,
        line.mastery,
        line.stage,
        line.stage_max,
        line.badges,
        line.competences,
        line.areas,
    )
