"""The words of a lesson, its bars and its small charts, the same on the screen and in the reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pixsession.domain.board.wording import half_up, number_words, span_words
from pixsession.domain.lesson.mastery import Evidence, Share
from pixsession.domain.lesson.objectives import Objective, ObjectivePath, Step
from pixsession.domain.lesson.spread import Band
from pixsession.domain.lesson.view import GroupPoint, LessonState, StudentLesson, UnknownPlaces
from pixsession.domain.lesson.window import planned_begin
from pixsession.domain.pix.competences import BY_CODE
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.foundation.text import shown

if TYPE_CHECKING:
    from pixsession.domain.certification.session import Session
    from pixsession.domain.lesson.choice import Choice
    from pixsession.domain.lesson.targeted import TargetedPlan, TargetedStudent

_STATES = {
    LessonState.NOT_STARTED: N_("not started"),
    LessonState.STUCK: N_("stuck"),
    LessonState.NOT_SHARED: N_("finished, not sent"),
    LessonState.BEHIND: N_("far behind the group"),
    LessonState.WORKING: N_("working"),
    LessonState.AHEAD: N_("ahead"),
    LessonState.FINISHED: N_("finished"),
    LessonState.ABSENT: N_("absent"),
}
_SYMBOLS = {
    LessonState.NOT_STARTED: ("○", "o"),
    LessonState.STUCK: ("✖", "x"),
    LessonState.NOT_SHARED: ("↑", "^"),
    LessonState.BEHIND: ("▼", "v"),
    LessonState.WORKING: ("►", ">"),
    LessonState.AHEAD: ("▲", "+"),
    LessonState.FINISHED: ("■", "#"),
    LessonState.ABSENT: ("⊘", "/"),  # as in a certification
}
_MOST_PLACES = 8
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_HEIGHTS = ("▁▂▃▄▅▆▇█", "_.:-=+*#")


def lesson_state_word(state: LessonState) -> str:
    """The state in words, "bloqué" in French."""
    return _(_STATES[state])


def state_or_doubt(lesson: StudentLesson) -> str:
    """The state in words; that it is to be checked, where a line may be of this student or of a namesake."""
    return _("to check") if lesson.is_doubtful else lesson_state_word(lesson.state)


def lesson_state_symbol(state: LessonState, ascii_only: bool = False) -> str:
    """One character, one cell wide; never shown without its word or its place on a labelled line."""
    return _SYMBOLS[state][ascii_only]


def lesson_state_counted(state: LessonState, count: int) -> str:
    """A count with its state, "4 bloqués" in French."""
    words = {
        LessonState.NOT_STARTED: ngettext("{n} not started", "{n} not started", count),
        LessonState.STUCK: ngettext("{n} stuck", "{n} stuck", count),
        LessonState.NOT_SHARED: ngettext("{n} finished, not sent", "{n} finished, not sent", count),
        LessonState.BEHIND: ngettext("{n} far behind the group", "{n} far behind the group", count),
        LessonState.WORKING: ngettext("{n} working", "{n} working", count),
        LessonState.AHEAD: ngettext("{n} ahead", "{n} ahead", count),
        LessonState.FINISHED: ngettext("{n} finished", "{n} finished", count),
        LessonState.ABSENT: ngettext("{n} absent", "{n} absent", count),
    }
    return words[state].format(n=count)


def percent_words(fraction: float | None) -> str:
    """ "61 %" in French; a dash where it is unknown. 100 is said of what is whole, 0 of nothing at all."""
    return "—" if fraction is None else _("{n}%").format(n=_percent(fraction))


def won_words(change: float | None) -> str:
    """A gain, "+12 %" in French; empty where it is unknown, "=" for none."""
    if change is None:
        return ""
    points = half_up(change * 100)
    if not points:
        return "="
    return _("{n}%").format(n=f"{points:+}".replace("-", "−"))


def idle_words(lesson: StudentLesson) -> str:
    """How long there has been no progress, "12 min"; empty where there has been some in the newest export."""
    return span_words(timedelta(minutes=lesson.idle_minutes)) if lesson.idle_minutes else ""


def lesson_words(lesson: StudentLesson) -> str:
    """What to do about the student, or since when: a few words behind the state; empty where all is well."""
    span = idle_words(lesson)
    if lesson.state is LessonState.NOT_STARTED:
        return _("no progress yet") if lesson.points else _("in no export yet")
    if lesson.state is LessonState.STUCK:
        return _("no progress for {span}").format(span=span)
    if lesson.state is LessonState.NOT_SHARED:
        return _("has to send the results")
    return _("no progress for {span}").format(span=span) if span else ""


def group_words(point: GroupPoint) -> tuple[str, ...]:
    """The totals of the group at one export, each with its word, the median last."""
    parts = [
        ngettext("{n} of {all} started", "{n} of {all} started", point.started),
        ngettext("{n} halfway", "{n} halfway", point.halfway),
        ngettext("{n} finished", "{n} finished", point.finished),
        ngettext("{n} sent", "{n} sent", point.shared),
    ]
    counts = (point.started, point.halfway, point.finished, point.shared)
    said = [part.format(n=count, all=point.students) for part, count in zip(parts, counts, strict=True)]
    if point.median is not None:
        said.append(_("median {percent}").format(percent=percent_words(point.median)))
    return tuple(said)


def hours_words(session: Session) -> str:
    """The planned hour, "10:00-10:55"; empty where the session file names no start."""
    begin = planned_begin(session)
    if begin is None:
        return ""
    return f"{hour_words(begin)}-{hour_words(begin + timedelta(minutes=session.duration_minutes))}"


def quartile_words(point: GroupPoint) -> str:
    """Between which per cents the middle half of the group stands; empty for a group too small."""
    if point.quartiles is None:
        return ""
    first, third = map(_percent, point.quartiles)
    return _("Q1 {first} Q3 {third}").format(first=first, third=third)


def spread_words(bands: Iterable[Band], mark: str, dot: str) -> str:
    """Each part of the way with how many stand there, a mark a student: "0-20 █ 1 · 20-40 ███ 3"."""
    told = []
    for band in bands:
        label = f"{band.low}-{band.high}" if band.low < band.high else f"{band.low}"
        told.append(" ".join(filter(None, (label, mark * band.students, f"{band.students}"))))
    return dot.join(told)


def unknown_words(unknown: UnknownPlaces) -> str:
    """Which class or group nothing knows, and which ones were read, each with its students."""
    read = ", ".join(f"{shown(name)} ({count})" for name, count in unknown.read[:_MOST_PLACES])
    more = ", …" if len(unknown.read) > _MOST_PLACES else ""
    words = ngettext("unknown: {named}; read: {read}", "unknown: {named}; read: {read}", len(unknown.named))
    return words.format(named=", ".join(map(shown, unknown.named)), read=read + more)


# -- objectives ---------------------------------------------------------------------------------------------


def objective_words(objective: Objective) -> str:
    """What the objective asks for: "5 compétences au niveau 1, dont 1 par domaine" in French."""
    words = ngettext(
        "{n} competence at level {level}", "{n} competences at level {level}", objective.min_competences
    ).format(n=objective.min_competences, level=objective.min_level)
    if not objective.min_per_area:
        return words
    return _("{competences}, {n} in each area").format(competences=words, n=objective.min_per_area)


def path_words(path: ObjectivePath, most: int = 16) -> str:
    """Whether the objective is reached, else what is missing, the first `most` steps by name."""
    if path.reached:
        return _("reached")
    if path.reached is None:
        return _("unknown: no profile sent") if path.competences is None else _("to check: unreadable levels")
    count = len(path.steps)
    missing = ngettext("{n} competence missing", "{n} competences missing", count).format(n=count)
    named = [step_words(step) for step in path.steps[:most]] + (["…"] if count > most else [])
    return _("{missing}: {steps}").format(missing=missing, steps=", ".join(named))


def step_words(step: Step) -> str:
    """One step of the path: "2.2 Partager (1 pix)", with the area where it is the area that asks for it."""
    name = f"{step.competence} {BY_CODE[step.competence].short_name}"
    if step.for_area is None:
        pix = _("{n} pix").format(n=step.pix_missing)
        return f"{name} ({pix})"
    return _("{competence} ({n} pix, for area {area})").format(
        competence=name, n=step.pix_missing, area=step.for_area
    )


# -- what a group works on -----------------------------------------------------------------------------------


def missing_words(one: TargetedStudent) -> str:
    """The pix that are short, "−3 pix"; by a path, what is mastered of it."""
    if one.percent is not None:
        return percent_words(one.percent / 100)
    return _("{n} pix").format(n=f"−{one.pix_missing}")


def plan_words(plan: TargetedPlan) -> str:
    """What is reached now, and what it would be; of how many nothing is known."""
    words = _("Objective reached by {now} of {all}; {then} if every group succeeds.")
    told = [words.format(now=plan.reached, all=plan.known, then=plan.would_reach)] if plan.known else []
    if not plan.sessions:
        told.append(_("No group: fewer than three miss the same competence."))
    if plan.unknown:
        unknown = ngettext(
            "Unknown of {n} student: no profile, or one that cannot be read.",
            "Unknown of {n} students: no profile, or one that cannot be read.",
            plan.unknown,
        )
        told.append(unknown.format(n=plan.unknown))
    return " ".join(told)


def choice_words(choice: Choice) -> str:
    """What the competences to choose were counted from, and of how many nothing is known."""
    if not choice.chosen:
        return _("Nothing to choose from: nobody has sent results or a profile yet.")
    words = _("To choose: who masters half of it or more in the path can bring it to level 1.")
    if choice.evidence is Evidence.PROFILE:
        words = _(
            "To choose: who has half of the pix or more can bring it to level 1 (no results of a path)."
        )
    if not choice.unknown:
        return words
    unknown = ngettext("Unknown of {n} student.", "Unknown of {n} students.", choice.unknown)
    return f"{words} {unknown.format(n=choice.unknown)}"


def can_reach_words(share: Share, evidence: Evidence) -> str:
    """The mean of a competence: of the path in per cent, of profiles in pix."""
    mean = share.mean or 0.0
    if evidence is Evidence.PATH:
        return _("mean {percent}").format(percent=percent_words(mean / 100))
    return _("mean {n} pix").format(n=number_words(round(mean, 1)))


# -- bars and small charts ----------------------------------------------------------------------------------


def progress_bar(fraction: float | None, width: int, ascii_only: bool = False) -> str:
    """A bar of exactly `width` cells; full only when all is done, empty only when nothing is.

    An unknown fraction gives spaces.
    """
    if fraction is None or width < 1:
        return " " * width
    full, empty = ("#", "-") if ascii_only else ("█", "░")
    units = 1 if ascii_only else len(_EIGHTHS)
    parts = int(min(1.0, max(0.0, fraction)) * width * units + 1e-9)
    if fraction > 0:
        parts = max(1, parts)
    if fraction < 1:
        parts = min(width * units - 1, parts)
    cells, eighth = divmod(parts, units)
    bar = full * cells + ("" if ascii_only else _EIGHTHS[eighth])
    return bar + empty * (width - len(bar))


def way_of(student: StudentLesson, times: Iterable[datetime]) -> tuple[float | None, ...]:
    """How far the student was at each of these exports, oldest first; None where none had shown it yet."""
    found: list[float | None] = []
    points, known = iter(student.points), None
    ahead = next(points, None)
    for at in times:
        while ahead is not None and ahead.at <= at:
            known, ahead = ahead.progress, next(points, None)
        found.append(known)
    return tuple(found)


def sparkline(
    values: Sequence[float | None], width: int, ascii_only: bool = False, *, highest: float = 1.0
) -> str:
    """One character for each value, from nothing to `highest`; a space where the value is unknown.

    More values than `width` are thinned out evenly; the first and the last always stay.
    """
    heights = _HEIGHTS[ascii_only]
    return "".join(
        " " if value is None else heights[_height(value, highest, len(heights))]
        for value in _thinned(values, width)
    )


def _thinned(values: Sequence[float | None], width: int) -> Sequence[float | None]:
    if len(values) <= width or width < 1:
        return values[: max(0, width)]
    if width == 1:
        return values[-1:]
    last = len(values) - 1
    return [values[round(place * last / (width - 1))] for place in range(width)]


def _height(value: float, highest: float, heights: int) -> int:
    share = value / highest if highest > 0 else 0.0
    return round(min(1.0, max(0.0, share)) * (heights - 1))


def _percent(fraction: float) -> int:
    percent = half_up(fraction * 100)
    if fraction < 1:
        percent = min(99, percent)
    return max(1, percent) if fraction > 0 else percent
