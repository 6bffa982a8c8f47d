"""Who is to be reminded of what, by what the exports prove and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.lesson.term import KeptLesson, LessonOutcome
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.text import shown


class ReminderReason(StrEnum):
    """Why somebody is to be reminded."""

    NEVER_STARTED = "never_started"  # in no lesson
    NOT_FINISHED = "not_finished"  # begun, neither finished nor sent, in the last lesson that shows them
    NOT_SENT = "not_sent"  # finished in it, results not sent
    NO_PROFILE = "no_profile"  # no profile sent
    NOT_ELIGIBLE = "not_eligible"  # not eligible, and no profile sent since


class Reminder(NamedTuple):
    """A reason; `since`: the day of the last profile, None where it is not known.

    That is the day of its submission, else that of the lesson that first showed it. `campaigns`: the names of
    the evaluations that it is about, where the lessons are of several. `seen_on`: the day of the oldest
    export that proves it.
    """

    reason: ReminderReason
    since: date | None = None
    campaigns: tuple[str, ...] = ()
    seen_on: date | None = None


Outcomes = Mapping[int, LessonOutcome]  # of one student, by the position of the lesson


def came(outcome: LessonOutcome) -> bool:
    """Whether an export of the lesson shows the student at all."""
    return outcome.progress_after is not None or outcome.shared is not None


def is_finished(outcome: LessonOutcome) -> bool:
    """Whether the student has come to the end of the path of the lesson."""
    return outcome.shared is True or (outcome.progress_after or 0) >= 1


def reminders_of(outcomes: Outcomes, lessons: Sequence[KeptLesson], rule: Rule | None) -> Iterator[Reminder]:
    """What this student is to be reminded of, the evaluations first, then the profile.

    `rule` None: no profile of the class was collected, and nobody of it is reminded of one.
    """
    there = {index: outcomes[index] for index in sorted(outcomes) if came(outcomes[index])}
    if not there:
        yield Reminder(ReminderReason.NEVER_STARTED, seen_on=lessons[max(outcomes)].date)
    newest = {_campaign(one): index for index, one in there.items()}  # the last one of each campaign stays
    for reason in (ReminderReason.NOT_FINISHED, ReminderReason.NOT_SENT):
        left = [index for index in newest.values() if _left_to_do(there[index]) is reason]
        if left:
            names = (shown(one.name) for index in left if (one := there[index].campaign))
            several = len({one.key for lesson in lessons for one in lesson.campaigns}) > 1
            days = (lessons[index].date for index in left)
            yield Reminder(reason, None, tuple(names) if several else (), min(days))
    if rule is not None:
        yield from _profile_reminder(outcomes, lessons, rule)


def _campaign(outcome: LessonOutcome) -> str:
    return outcome.campaign.key if outcome.campaign else ""


def _left_to_do(outcome: LessonOutcome) -> ReminderReason | None:
    if outcome.shared is not False:
        return None
    return ReminderReason.NOT_SENT if is_finished(outcome) else ReminderReason.NOT_FINISHED


def _profile_reminder(outcomes: Outcomes, lessons: Sequence[KeptLesson], rule: Rule) -> Iterator[Reminder]:
    """Who has sent no profile; who is not eligible, and has sent nothing since the lesson before the last."""
    newest: _Profile | None = None
    since: date | None = None
    for index in sorted(outcomes):
        before, after = _profiles(outcomes[index])
        if before is not None and before != newest:
            # Sent before the first lesson, else between this one and the one before.
            newest, since = before, lessons[index].date if newest else None
        if after is not None and after != newest:
            newest, since = after, lessons[index].date
    collected = [one.collected_on for one in outcomes.values() if one.collected_on]
    seen_on = max(collected, default=lessons[max(outcomes)].date)
    if newest is None:
        yield Reminder(ReminderReason.NO_PROFILE, seen_on=seen_on)
    elif newest[0] < rule.min_competences:
        sent = _last_sent(outcomes)
        expected = [lessons[index].date for index in sorted(outcomes)]
        if sent is None and since != expected[-1]:
            yield Reminder(ReminderReason.NOT_ELIGIBLE, since, seen_on=seen_on)
        if sent is not None and sent < expected[-2:][0]:
            yield Reminder(ReminderReason.NOT_ELIGIBLE, sent, seen_on=seen_on)


def _last_sent(outcomes: Outcomes) -> date | None:
    """The day of the last profile, by its own time and not by when a lesson first showed it."""
    times = [at for one in outcomes.values() for at in (one.sent_at_before, one.sent_at_after) if at]
    return date.fromisoformat(max(times)[: len("2026-03-12")]) if times else None


_Profile = tuple[int, int | None]  # competences that count, pix


def _profiles(outcome: LessonOutcome) -> tuple[_Profile | None, _Profile | None]:
    """What was sent before the lesson, and by its end."""
    before, after = outcome.competences_before, outcome.competences_after
    return (
        None if before is None else (before, outcome.pix_before),
        None if after is None else (after, outcome.pix_after),
    )
