"""One line of a campaign export, and which of a student's lines counts today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pixsession.domain.eligibility import Eligibility, PixClaims, Profile, Rule, Verdict, judge
from pixsession.domain.reasons import Reason, ReasonCode


@dataclass(frozen=True, slots=True)
class Participation:
    """One participation of one student, typed and unescaped.

    `levels` and `competence_pix` are packed: 16 cells joined by ";", empty where unreadable, in the order
    of the CRCN; both are None when nothing was sent. They are text because most lines come back unchanged
    from one export to the next, and because DuckDB appends one text four times faster than 32 numbers.
    """

    line: int
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
    def number(self) -> str:
        """What tells namesakes apart where the export has it: student number, else external id."""
        return self.student_number or self.external_id or ""


@dataclass(frozen=True, slots=True)
class Line:
    """A participation with the newest export of its campaign that shows it."""

    export_id: int
    one_line_each: bool
    participation: Participation


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a student stands: the verdict, the line it rests on, how many profiles were sent."""

    verdict: Verdict
    line: Line
    sends: int


@lru_cache(maxsize=65536)
def unpack(packed: str) -> tuple[int | None, ...]:
    """The 16 numbers of a packed text, None where the cell was unreadable."""
    return tuple(int(cell) if cell else None for cell in packed.split(";"))


@lru_cache(maxsize=65536)
def profile_of(levels: str, competence_pix: str) -> Profile:
    """The profile of two packed texts; one object for all the exports that repeat it."""
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
    return with_doubts(judge(profile, claims, rule), participation.doubts)


def with_doubts(verdict: Verdict, reasons: Sequence[Reason]) -> Verdict:
    """The same recount, to be checked for these reasons too; no reason changes nothing."""
    if not reasons:
        return verdict
    state = Eligibility.TO_CHECK
    return Verdict(state, verdict.eligible_competences, verdict.nearest, (*verdict.reasons, *reasons))


def stand(lines: Sequence[Line], rule: Rule) -> Standing:
    """Where the student of these lines stands: the latest profile sent counts, through whichever campaign."""
    if len(lines) == 1:
        participation = lines[0].participation
        verdict = judge_line(participation, rule)
        if not (participation.last_name.strip() or participation.first_name.strip()):
            verdict = _noted(verdict, Reason(ReasonCode.NAMELESS))
        return Standing(verdict, lines[0], int(participation.sent is True))
    sent = [line for line in lines if line.participation.sent]
    latest = max(sent or lines, key=_moment)
    verdict = judge_line(latest.participation, rule)
    unreadable = [line for line in lines if line.participation.sent is None and line is not latest]
    verdict = with_doubts(verdict, [doubt for line in unreadable for doubt in line.participation.doubts])
    if any(_ties(latest, line) for line in sent if line is not latest):
        verdict = with_doubts(verdict, (Reason(ReasonCode.SENDS_TIE),))
    return Standing(_told_apart(verdict, lines, rule), latest, len(sent))


def _moment(line: Line) -> tuple[str, int]:
    """Order of sends; the line nearer to the top of the newest file is the newer of two without date."""
    return line.participation.sent_at or "", -line.participation.line


def _ties(one: Line, other: Line) -> bool:
    """Two different profiles sent in one minute, or on one day where one has no time."""
    a, b = one.participation, other.participation
    if (a.levels, a.competence_pix) == (b.levels, b.competence_pix):
        return False
    if a.sent_at is None or b.sent_at is None:
        return True
    shortest = min(len(a.sent_at), len(b.sent_at))
    return a.sent_at[:shortest] == b.sent_at[:shortest]


def _told_apart(verdict: Verdict, lines: Sequence[Line], rule: Rule) -> Verdict:
    """Add the doubt of namesakes that one export shows under one name and class, with nothing else to see."""
    nameless = not (lines[0].participation.last_name.strip() or lines[0].participation.first_name.strip())
    if nameless or any(_surely_several(lines, export_id) for export_id in {line.export_id for line in lines}):
        return with_doubts(verdict, (Reason(ReasonCode.NAMESAKES),))
    if verdict.eligibility is not Eligibility.ELIGIBLE or lines[0].participation.number:
        return verdict
    together = [line for line in lines if sum(other.export_id == line.export_id for other in lines) > 1]
    others = (judge_line(line.participation, rule).eligibility for line in together)
    if any(state is not Eligibility.ELIGIBLE for state in others):
        return _noted(verdict, Reason(ReasonCode.PERHAPS_NAMESAKES))
    return verdict


def _surely_several(lines: Sequence[Line], export_id: int) -> bool:
    """One export that can only be about two students: two lines before 2024, or two participations pending.

    A student enters a campaign again only after sending (R3), so one student never has two lines unsent.
    """
    here = [line for line in lines if line.export_id == export_id]
    if len(here) < 2:
        return False
    return here[0].one_line_each or sum(line.participation.sent is False for line in here) > 1


def _noted(verdict: Verdict, reason: Reason) -> Verdict:
    """The same state with a reason that does not change it."""
    return Verdict(
        verdict.eligibility, verdict.eligible_competences, verdict.nearest, (*verdict.reasons, reason)
    )
