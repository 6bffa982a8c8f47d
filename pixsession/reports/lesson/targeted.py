"""Targeted sessions as a document: each group with its competence, who is called, who can help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pixsession.domain.lesson.choice import Choice
from pixsession.domain.lesson.targeted import TargetedPlan, TargetedSession, TargetedStudent
from pixsession.domain.lesson.words import (
    can_reach_words,
    choice_words,
    missing_words,
    objective_words,
    plan_words,
)
from pixsession.domain.pix.competences import BY_CODE
from pixsession.foundation.i18n import _
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown
from pixsession.reports.document import Document, Item, Section, Spreadsheet, listed

_MOST_HELPERS = 8  # named; by name, as the board ranks nobody


def targeted_document(
    plan: TargetedPlan, now: datetime, code: str | None = None, choice: Choice | None = None
) -> Document:
    """The groups, then what the objective would reach; the spreadsheet has a line a student.

    `code`: of the campaign that the groups open. `choice`: told after them.
    """
    titles = (_("Group"), _("Competence"), _("Student"), _("Class"), _("Pix missing"), _("Mastery"))
    rows = [
        (_letter(index), session.competence, one.row.shown_name, one.row.shown_place, *_cells(one))
        for index, session in enumerate(plan.sessions)
        for one in session.students
    ]
    name = shown(_(plan.objective.name))
    return Document(
        name=f"groups-{room_day(now).isoformat()}",
        title=name,
        kind=_("Targeted sessions"),
        data=Spreadsheet(titles, tuple(rows)),
        subtitles=(objective_words(plan.objective),),
        facts=((_("Code to open"), code),) if code else (),
        sections=(*_sections(plan), *((choice_section(choice),) if choice else ())),
        closing=plan_words(plan),
    )


def _sections(plan: TargetedPlan) -> Iterator[Section]:
    for index, session in enumerate(plan.sessions):
        competence = f"{session.competence} {BY_CODE[session.competence].name}"
        items = [
            Item((missing_words(one),), one.row.shown_name, one.row.shown_place) for one in session.students
        ]
        yield listed(f"{_letter(index)}  {competence}", (*items, Item((_help(session),))))


def _cells(one: TargetedStudent) -> tuple[str, str]:
    return ("", f"{one.percent}%") if one.percent is not None else (str(one.pix_missing), "")


def choice_section(choice: Choice) -> Section:
    """The competences that a group should choose, each with how many can; first what was counted."""
    items = (
        Item(
            (can_reach_words(share, choice.evidence),),
            f"{share.able}/{share.known}",
            f"{share.competence} {BY_CODE[share.competence].name}",
        )
        for share in choice.chosen
    )
    return listed(_("Competences to choose"), (Item((choice_words(choice),)), *items))


def _help(session: TargetedSession) -> str:
    names = ", ".join(row.shown_name for row in session.helpers[:_MOST_HELPERS])
    names += ", …" if len(session.helpers) > _MOST_HELPERS else ""
    return _("can help: {names}").format(names=names or _("nobody known of"))


def _letter(index: int) -> str:
    return chr(ord("A") + index)
