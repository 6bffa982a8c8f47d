"""Which profile is the latest where the dates of a file may be day first or month first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.eligibility import PIX_RULE, PixClaims, judge
from pixsession.domain.pix.open_dates import shown_day
from pixsession.domain.pix.participation import Participation, sent_profile
from pixsession.readers.campaign.date_order import DateOrder

_DATES = 2  # the values of the doubt before those of the rivals


class _Submission(NamedTuple):
    """A profile sent and when: as the file is read, and the other way round (None: no other)."""

    place: int  # of its line among those of the file
    line: Participation
    other: str | None

    @property
    def first(self) -> str:
        """The moment as the file is read; nothing sorts before all others."""
        return self.line.sent_at or ""

    @property
    def turned(self) -> str:
        """The moment in a file of the other order."""
        return self.other or self.first


def with_date_doubts(
    lines: Sequence[Participation], others: Sequence[str | None], order: DateOrder
) -> tuple[Participation, ...]:
    """The lines, those with an open date marked with both dates and the profiles that may be the latest.

    `others` are the moments of the other order, one a line; None: the date is sure. Equal profiles
    are no rivals. Students are distinguished by name alone: a namesake may be marked needlessly, none is
    missed.
    """
    submissions: dict[tuple[str, str], list[_Submission]] = defaultdict(list)
    for place, (line, other) in enumerate(zip(lines, others, strict=True)):
        if line.sent:
            name = name_key(line.last_name), name_key(line.first_name)
            submissions[name].append(_Submission(place, line, other))
    marked = {place: mark for own in submissions.values() for place, mark in _marks(own, order)}
    return tuple(
        line._replace(doubts=(*line.doubts, marked[place])) if place in marked else line
        for place, line in enumerate(lines)
    )


def _marks(submissions: Sequence[_Submission], order: DateOrder) -> Iterator[tuple[int, Reason]]:
    latest = _perhaps_latest(submissions, order)
    for submission in submissions:
        rivals = [
            other
            for other in latest
            if submission in latest and _result(other.line) != _result(submission.line)
        ]
        # Where its own date is sure, it is that of another profile that leaves open which is the latest.
        opened = next((one for one in (submission, *rivals) if one.other is not None), None)
        if opened is not None:
            dates = (shown_day(opened.first), shown_day(opened.turned))
            levels = [_levels(rival.line) for rival in rivals]
            yield submission.place, Reason(ReasonCode.SEND_DATE_AMBIGUOUS, (*dates, *levels))


def has_rivals(line: Participation) -> bool:
    """Whether another profile of the file may be the latest instead of this one."""
    return any(
        doubt.code is ReasonCode.SEND_DATE_AMBIGUOUS and len(doubt.values) > _DATES for doubt in line.doubts
    )


def _perhaps_latest(submissions: Sequence[_Submission], order: DateOrder) -> list[_Submission]:
    """The submissions of a student that may be the latest: in one order or the other, or each in its own."""
    if order.is_mixed:
        # Each date has its own order: none that another one is later than, whichever way it is read.
        limit = max(min(submission.first, submission.turned) for submission in submissions)
        return [
            submission
            for submission in submissions
            if _reaches(max(submission.first, submission.turned), limit)
        ]
    first, turned = (
        max(submission.first for submission in submissions),
        max(submission.turned for submission in submissions),
    )
    return [
        submission
        for submission in submissions
        if _reaches(submission.first, first) or _reaches(submission.turned, turned)
    ]


def _reaches(moment: str, limit: str) -> bool:
    """Whether a moment is not before another one; on one day where one of them has no time."""
    shortest = min(len(moment), len(limit))
    return moment[:shortest] >= limit[:shortest]


def _result(line: Participation) -> tuple[object, ...]:
    return line.levels, line.competence_pix, line.certifiable, line.certifiable_competences, line.doubts


def _levels(line: Participation) -> str:
    """The levels of a profile, packed; nothing where the profile is in doubt itself."""
    profile = sent_profile(line)
    claims = PixClaims(line.certifiable, line.certifiable_competences)
    if profile is None or line.doubts or judge(profile, claims, PIX_RULE).reasons:
        return ""
    return line.levels or ""
