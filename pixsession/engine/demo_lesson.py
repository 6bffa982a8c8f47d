"""An hour with half a class to look at: whom it is for, and what the teacher notes in the course of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import (
    ExpectedFrom,
    LessonRules,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.lesson.observed import OBSERVATIONS
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.demo import DemoClock, ScheduledExport, sample_exports
from pixsession.engine.demo_session import Cast, Deed, DemoColleague, demo_cast, read_sample
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.paths import dossier_folder, shipped
from pixsession.settings.session_schema import default_observations
from pixsession.store.dossier import Dossier
from pixsession.store.session_notes import note_session

LESSON_SPEED = 20.0  # an hour in three minutes
_DAY = datetime(2025, 10, 2)  # noqa: DTZ001 - Paris time
_END = time(10, 55)  # from then on the clock runs as in a classroom
_DIVISION = "5eB"
_FORGOTTEN, _KEYBOARD, _EQUIPMENT, _HELPED, _HELPS = OBSERVATIONS


class _Earlier(NamedTuple):
    """A lesson before, and what was noted in it."""

    day: date
    title: str
    deeds: tuple[Deed, ...]


_EARLIER = (
    _Earlier(
        date(2025, 9, 18),
        N_("5eB group 1, writing and sharing"),
        (
            Deed("10:20", ActionKind.OBSERVE, ("carlier",), text=_KEYBOARD),
            Deed("10:30", ActionKind.OBSERVE, ("benali",), text=_HELPS),
        ),
    ),
    _Earlier(
        date(2025, 9, 25),
        N_("5eB group 1, searching"),
        (
            Deed("10:05", ActionKind.ABSENT, ("roussel",)),
            Deed("10:20", ActionKind.OBSERVE, ("guerin",), text=_FORGOTTEN),
            Deed("10:35", ActionKind.NOTE, ("carlier",), text=N_("works better without a neighbour")),
        ),
    ),
)


def lesson_samples() -> tuple[ScheduledExport, ...]:
    """The exports shipped with the program, in the order of the hour; FolderUnusable without any."""
    return sample_exports(shipped("sample_exports") / "lesson")


def lesson_cast(exports: Iterable[ScheduledExport]) -> Cast:
    """Who is in the collection of profiles, by `name_key` of the last name."""
    return demo_cast([export for export in exports if "Profils" in export.file.name])


def demo_lesson(folder: Path, rule: Rule) -> Session:
    """The session of the demonstration, whose exports land in this folder; its file is not there."""
    observations = default_observations(SessionKind.HALF_GROUP)
    fifth = OBJECTIVE_PRESETS["5e"]
    return Session(
        path=folder.parent / "session.toml",
        kind=SessionKind.HALF_GROUP,
        title=_("5eB group 1, a lesson to look at"),
        date=_DAY.date(),
        start=time(10, 0),
        duration_minutes=55,
        rooms=(Room(_("Room 12"), ExpectedFrom(classes=frozenset({_DIVISION}))),),
        folders=(folder,),
        rule=rule,
        remediation=Remediation(),
        limits=Limits(),
        checklist=(),
        bell=False,
        lesson=LessonRules(
            observations=observations,
            objectives=(fifth, OBJECTIVE_PRESETS["certification"]._replace(name=_("eligible"))),
            code="SECURB817",
        ),
    )


def keep_earlier_lessons(state: Path, cast: Cast, rule: Rule) -> None:
    """The lessons before, kept in a state folder as boards that were open on them would have kept them.

    Without them the page of the year has nothing to compare.
    """
    called = tuple(who for _name, who in sorted(cast.items()))
    for before in _EARLIER:
        day = before.day.isoformat()
        dossier = Dossier(dossier_folder(state, state / f"{day}.toml"))
        dossier.folder.mkdir(parents=True, mode=0o700)
        dossier.create(datetime.combine(before.day, _END))
        exports = sample_exports(shipped("sample_exports") / "lesson" / day)
        for export in exports:
            dossier.keep(read_sample(export))
        session = demo_lesson(state / "exports", rule)
        session = session._replace(path=state / f"{day}.toml", title=_(before.title), date=before.day)
        note_session(dossier.folder, session, called)
        clock = DemoClock(exports[0].at, datetime.combine(before.day, _END))
        DemoColleague(dossier.folder, clock, cast, before.deeds).do_all()


def lesson_clock(exports: Iterable[ScheduledExport], speed: float) -> DemoClock:
    """The clock of the hour, which goes on after the last export until the bell."""
    return DemoClock(min(export.at for export in exports), datetime.combine(_DAY.date(), _END), speed)


def lesson_deeds() -> Iterable[Deed]:
    """What is noted in the hour, in the order of its times."""
    yield Deed("10:03", ActionKind.ABSENT, ("roussel",))
    yield Deed("10:10", ActionKind.OBSERVE, ("guerin",), text=_FORGOTTEN)
    yield Deed("10:19", ActionKind.OBSERVE, ("carlier",), text=_KEYBOARD)
    yield Deed("10:30", ActionKind.LATE, ("roussel",))
    yield Deed("10:34", ActionKind.OBSERVE, ("carlier",), text=_HELPED)
    yield Deed("10:35", ActionKind.OBSERVE, ("diop",), text=_HELPS)
    yield Deed("10:54", ActionKind.NOTE, text=N_("the network was slow for ten minutes"))
