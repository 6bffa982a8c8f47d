"""Targeted sessions as a document: each group with its competence, who is called, who can help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pixsession.domain.lesson.targeted import TargetedPlan, TargetedSession
from pixsession.domain.lesson.words import objective_words
from pixsession.domain.pix.competences import BY_CODE
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown
from pixsession.reports.document import Document, Item, Section, Spreadsheet, listed

_MOST_HELPERS = 8  # named; by name, as the board ranks nobody


def targeted_document(plan: TargetedPlan, now: datetime) -> Document:
    """The groups, then what the objective would reach; the spreadsheet has a line a student."""
    titles = (_("Group"), _("Competence"), _("Student"), _("Class"), _("Pix missing"))
    rows = [
        (_letter(index), session.competence, one.row.shown_name, one.row.shown_place, str(one.pix_missing))
        for index, session in enumerate(plan.sessions)
        for one in session.students
    ]
    name = shown(_(plan.objective.name))
    return Document(
        name=f"groups-{room_day(now).isoformat()}",
        title=_("Targeted sessions: {objective}").format(objective=name),
        data=Spreadsheet(titles, tuple(rows)),
        subtitles=(objective_words(plan.objective),),
        sections=tuple(_sections(plan)),
        closing=_outcome(plan),
    )


def _sections(plan: TargetedPlan) -> Iterator[Section]:
    for index, session in enumerate(plan.sessions):
        competence = f"{session.competence} {BY_CODE[session.competence].name}"
        items = [
            Item((_("{n} pix").format(n=f"−{one.pix_missing}"),), one.row.shown_name, one.row.shown_place)
            for one in session.students
        ]
        yield listed(f"{_letter(index)}  {competence}", (*items, Item((_help(session),))))


def _help(session: TargetedSession) -> str:
    names = ", ".join(row.shown_name for row in session.helpers[:_MOST_HELPERS])
    names += ", …" if len(session.helpers) > _MOST_HELPERS else ""
    return _("can help: {names}").format(names=names or _("nobody known of"))


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _outcome(plan: TargetedPlan) -> str:
    """What is reached now, and what it would be; of how many nothing is known."""
    words = _("Objective reached by {now} of {all}; {then} if every group succeeds.")
    told = [words.format(now=plan.reached, all=plan.known, then=plan.would_reach)]
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
