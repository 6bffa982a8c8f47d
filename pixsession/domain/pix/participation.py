"""One line of a campaign export, and which of a student's lines counts today."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.eligibility import Eligibility, PixClaims, Profile, Rule, Verdict, judge
from pixsession.domain.pix.open_dates import both_dates, may_be_later, open_date, weighs
from pixsession.domain.pix.submissions import moment_of

_BOTH_SURE = 2  # moments of two profiles


class Participation(NamedTuple):
    """One participation of one student, typed and unescaped.

    `levels` and `competence_pix` are packed: 16 cells joined by ";", empty where unreadable, in the order
    of the CRCN; both are None when nothing was sent. They are text because most lines come back unchanged
    from one export to the next, and two texts are compared sooner than 32 numbers. The place of a line in its
    file is no part of it: whoever is added above leaves it the line that it was.
    """

    last_name: str
    first_name: str
    division: str | None
    group: str | None
    student_number: str | None
    external_id: str | None
    sent: bool | None  # None: the cell says neither yes nor no
    sent_at: str | None  # ISO 8601, Paris; a day alone where the file has no more
    pix: int | None
    certifiable: bool | None
    certifiable_competences: int | None
    levels: str | None
    competence_pix: str | None
    doubts: tuple[Reason, ...] = ()

    @property
    def submission_key(self) -> tuple[str | None, int | None] | None:
        """Date and pix of the submission, by which a student is recognised after a change of class."""
        return (self.sent_at, self.pix) if self.sent else None

    @property
    def is_nameless(self) -> bool:
        """Neither a last nor a first name, as after an anonymisation."""
        return not (self.last_name.strip() or self.first_name.strip())


class ExportLine(NamedTuple):
    """A participation with what shows it: today's list of a campaign, or another export beside it.

    `origin` names that list or export, and stays the same when a newer export becomes the list.
    """

    origin: str
    one_line_each: bool
    participation: Participation


class JudgedStudent(NamedTuple):
    """The verdict on a student, the line it rests on, and how many profiles were sent."""

    verdict: Verdict
    line: ExportLine
    submissions: int


@lru_cache(maxsize=4096)
def unpack(packed: str) -> tuple[int | None, ...]:
    """The 16 numbers of a packed text, None where the cell was unreadable."""
    return tuple(int(cell) if cell else None for cell in packed.split(";"))


@lru_cache(maxsize=4096)
def profile_of(levels: str, competence_pix: str) -> Profile:
    """The profile of two packed texts; one object for the campaigns that show it."""
    return Profile(unpack(levels), unpack(competence_pix))


def sent_profile(participation: Participation) -> Profile | None:
    """The profile of a line, None when nothing was sent."""
    if participation.levels is None or participation.competence_pix is None:
        return None
    return profile_of(participation.levels, participation.competence_pix)


def judge_line(participation: Participation, rule: Rule) -> Verdict:
    """The verdict on one line alone."""
    if participation.sent is None:
        return Verdict(Eligibility.TO_CHECK, reasons=participation.doubts)
    profile = sent_profile(participation) if participation.sent else None
    if profile is None:
        return Verdict(Eligibility.NOT_SENT, reasons=participation.doubts)
    claims = PixClaims(participation.certifiable, participation.certifiable_competences)
    verdict = judge(profile, claims, rule)
    if not participation.doubts:
        return verdict
    eligible = verdict.eligibility is Eligibility.ELIGIBLE

    def differs(levels: str) -> bool:
        reached = [level for level in unpack(levels) if level is not None and level >= rule.min_level]
        return (len(reached) >= rule.min_competences) is not eligible

    return with_doubts(verdict, [doubt for doubt in participation.doubts if weighs(doubt, differs)])


def with_doubts(verdict: Verdict, reasons: Sequence[Reason]) -> Verdict:
    """The same recount, to be checked for these reasons too; no reason changes nothing."""
    if not reasons:
        return verdict
    state = Eligibility.TO_CHECK
    return Verdict(state, verdict.eligible_competences, verdict.nearest, (*verdict.reasons, *reasons))


def judge_student(lines: Sequence[ExportLine], rule: Rule) -> JudgedStudent:
    """The verdict on the student of these lines: the latest profile sent counts, whichever its campaign.

    The lines of the newest export come first, each export's in the order of its file.
    """
    if len(lines) == 1:
        participation = lines[0].participation
        verdict = judge_line(participation, rule)
        if participation.is_nameless:
            verdict = _noted(verdict, Reason(ReasonCode.NAMELESS))
        return JudgedStudent(verdict, lines[0], int(participation.sent is True))
    sent = [line for line in lines if line.participation.sent]
    latest = max(sent, key=lambda line: moment_of(line.participation.sent_at)) if sent else lines[0]
    verdict = judge_line(latest.participation, rule)
    unreadable = [line for line in lines if line.participation.sent is None and line is not latest]
    verdict = with_doubts(verdict, [doubt for line in unreadable for doubt in line.participation.doubts])
    if any(_ties(latest.participation, line.participation) for line in sent):
        verdict = with_doubts(verdict, (Reason(ReasonCode.SENDS_TIE),))
    verdict = with_doubts(verdict, _open_across(latest, sent, rule))
    return JudgedStudent(_told_apart(verdict, lines, rule), latest, len(sent))


def _open_across(latest: ExportLine, sent: Sequence[ExportLine], rule: Rule) -> tuple[Reason, ...]:
    """The doubt about a date that may make the profile of another export the latest, if it changes anything.

    Rivals within one export were marked by its reader.
    """
    if not any(line.participation.doubts for line in sent):
        return ()
    mine = both_dates(latest.participation.sent_at, latest.participation.doubts)
    state = judge_line(latest.participation, rule).eligibility
    for line in sent:
        other = line.participation
        theirs = both_dates(other.sent_at, other.doubts)
        is_open = line.origin != latest.origin and len(mine) + len(theirs) > _BOTH_SURE
        if is_open and may_be_later(theirs, mine) and judge_line(other, rule).eligibility is not state:
            opened = latest.participation if len(mine) > 1 else other
            doubt = open_date(opened.sent_at, opened.doubts)
            return (doubt,) if doubt else ()
    return ()


def _ties(latest: Participation, other: Participation) -> bool:
    """Two different profiles sent in one minute, or on one day where one has no time."""
    if _result(latest) == _result(other):
        return False
    (day, time), (other_day, other_time) = moment_of(latest.sent_at), moment_of(other.sent_at)
    shortest = min(len(time), len(other_time))  # minutes where one has no seconds
    return not other_day or (day == other_day and time[:shortest] == other_time[:shortest])


def _result(participation: Participation) -> tuple[object, ...]:
    claims = participation.certifiable, participation.certifiable_competences
    return (participation.levels, participation.competence_pix, *claims)


def _told_apart(verdict: Verdict, lines: Sequence[ExportLine], rule: Rule) -> Verdict:
    """Add the doubt of namesakes where one export has several lines under one name and class."""
    by_export: dict[str, list[ExportLine]] = {}
    for line in lines:
        by_export.setdefault(line.origin, []).append(line)
    together = [same for same in by_export.values() if len(same) > 1]
    if lines[0].participation.is_nameless or any(map(_surely_several, together)):
        return with_doubts(verdict, (Reason(ReasonCode.NAMESAKES),))
    if verdict.eligibility is not Eligibility.ELIGIBLE:
        return verdict
    # A student number, from the school's base, is of one student; an external id is whatever students typed.
    open_to_doubt = [line for same in together for line in same if not line.participation.student_number]
    others = (judge_line(line.participation, rule).eligibility for line in open_to_doubt)
    if any(state is not Eligibility.ELIGIBLE for state in others):
        return _noted(verdict, Reason(ReasonCode.PERHAPS_NAMESAKES))
    return verdict


def _surely_several(lines: Sequence[ExportLine]) -> bool:
    """Lines of one export that can only be about two students: two before 2024, or two that are pending.

    A student enters a campaign again only after sending, so that one student never has two lines unsent.
    """
    return lines[0].one_line_each or sum(line.participation.sent is False for line in lines) > 1


def _noted(verdict: Verdict, reason: Reason) -> Verdict:
    """The same state with a reason that does not change it."""
    return Verdict(
        verdict.eligibility, verdict.eligible_competences, verdict.nearest, (*verdict.reasons, reason)
    )
