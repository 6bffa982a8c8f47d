"""A whole certification day to rehearse: whom it calls, and what a colleague does in the course of it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.certification.action_kinds import PRESENCES
from pixsession.domain.certification.actions import action_of, effective_actions, facts_of
from pixsession.domain.certification.day import Action, ActionKind, StopReason, Who
from pixsession.domain.certification.session import (
    ExpectedFrom,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.demo import DemoClock, ScheduledExport
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.readers.export import Export, FileDescription
from pixsession.readers.files import export_of
from pixsession.settings.session_schema import default_checklist
from pixsession.store.journal import Journal

SESSION_SPEED = 30.0  # 2 h 35 in five minutes
_END = time(10, 50)  # from then on the clock runs as in a classroom
_ROOMS = ("Salle info 1", "CDI")
# By last name, as `name_key` has it: whoever has it in the sample exports.
_FIRST_ROOM = (
    "abgrall", "bourdier", "bouvier", "caillaud", "champion", "da cunha", "d hauteville", "ferrand",
    "le goff", "mbarki", "okafor", "teixeira da costa", "van der meersch",
)  # fmt: skip
_SECOND_ROOM = (
    "ambroise", "cardoso", "castaing", "castel", "charrier", "hamdaoui", "leclercq", "pichon", "raffin",
    "rouxel", "serrano", "vacher", "yildiz",
)  # fmt: skip
_EVERYBODY = (*_FIRST_ROOM, *_SECOND_ROOM)
_TO_REDIRECT = ("bourdier", "castaing", "le goff", "mbarki", "rouxel", "van der meersch")
_LATER = (*_TO_REDIRECT, "d hauteville", "okafor", "pichon", "serrano", "teixeira da costa")
# What the colleague leaves to the user, of a student for whom the user has done one of these.
_LEFT_AFTER = {
    ActionKind.PRESENT: {*PRESENCES, ActionKind.REDIRECT, ActionKind.AUTHORISE, ActionKind.START},
    ActionKind.LATE: PRESENCES,
    ActionKind.REDIRECT: {
        ActionKind.ABSENT, ActionKind.REDIRECT, ActionKind.AUTHORISE, ActionKind.START,
    },
    ActionKind.AUTHORISE: {
        ActionKind.ABSENT, ActionKind.REDIRECT, ActionKind.AUTHORISE, ActionKind.START,
    },
    ActionKind.START: {
        ActionKind.ABSENT, ActionKind.REDIRECT, ActionKind.START, ActionKind.FINISH, ActionKind.STOP,
    },
    ActionKind.FINISH: {ActionKind.ABSENT, ActionKind.REDIRECT, ActionKind.FINISH, ActionKind.STOP},
    ActionKind.STOP: {ActionKind.ABSENT, ActionKind.REDIRECT, ActionKind.FINISH, ActionKind.STOP},
    ActionKind.EXTRA_TIME: {ActionKind.EXTRA_TIME},
    ActionKind.HANDLED: {ActionKind.HANDLED},
    ActionKind.INCIDENT: {ActionKind.ABSENT},
}  # fmt: skip


Cast = Mapping[str, Who]


class Deed(NamedTuple):
    """One thing that the colleague does; `text` is translated when it is done."""

    at: str
    kind: ActionKind
    names: tuple[str, ...] = ()
    room: str | None = None
    text: str = ""
    code: str = ""
    planned: bool = False
    extra_time: float | None = None


def demo_session(folder: Path, rule: Rule, cast: Cast) -> Session:
    """The session of the demonstration, whose exports land in this folder; its file is not there."""
    rooms = (
        Room(name, ExpectedFrom(names=tuple(_typed(cast[key]) for key in called)))
        for name, called in zip(_ROOMS, (_FIRST_ROOM, _SECOND_ROOM), strict=True)
    )
    return Session(
        path=folder.parent / "session.toml",
        kind=SessionKind.CERTIFICATION,
        title=_("Rehearsal of a certification"),
        date=datetime.fromisoformat("2026-03-12").date(),
        start=time(8, 30),
        duration_minutes=105,
        rooms=tuple(rooms),
        folders=(folder,),
        rule=rule,
        remediation=Remediation(code="SOSPIX123", collection_code="FDVRGZ586"),
        access_code="QWBT42",
        limits=Limits(latest_start=time(10, 0)),
        checklist=default_checklist(SessionKind.CERTIFICATION),
        bell=False,
    )


def session_clock(exports: Iterable[ScheduledExport], speed: float) -> DemoClock:
    """The clock of the day, which goes on after the last export until the tests are over."""
    first = min(export.at for export in exports)
    return DemoClock(first, datetime.combine(first.date(), _END), speed)


class DemoColleague:
    """Does what is done in the course of the day, in a journal of its own, as a second computer would.

    It undoes nothing of the user's: whom the user has marked absent, say, it neither calls nor starts.
    """

    def __init__(
        self, dossier: Path, clock: DemoClock, cast: Cast, deeds: Iterable[Deed] | None = None
    ) -> None:
        """`deeds`, in the order of their times; None: those of the rehearsal of a certification."""
        self._clock, self._cast = clock, cast
        self._journal = Journal(dossier / "journal", clock)
        self._deeds = list(rehearsal_deeds() if deeds is None else deeds)
        self._done: list[Action] = []  # by anybody
        self._stopping = threading.Event()
        self._over: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._run, name="demo-colleague", daemon=True)

    def start(self, over: Callable[[], None] = lambda: None) -> None:
        """Begin; the clock has to run. `over` is called in another thread, once all is done."""
        self._over = over
        self._thread.start()

    def stop(self) -> None:
        """Do nothing more, and return once the thread has ended."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def do_all(self) -> None:
        """Everything at once, each at its time, the clock standing; raises JournalError."""
        for deed in self._deeds:
            self._clock.stand_at(self._moment(deed))
            self._do(deed)

    def _run(self) -> None:
        try:
            for deed in self._deeds:
                if self._stopping.wait(self._clock.seconds_until(self._moment(deed))):
                    return
                self._do(deed)
            self._over()
        except PixSessionError:
            return  # the folder went away under the demonstration; the board says so itself

    def _moment(self, deed: Deed) -> datetime:
        return datetime.combine(self._clock().date(), time.fromisoformat(deed.at))

    def _do(self, deed: Deed) -> None:
        text, names = _(deed.text) if deed.text else "", self._left_to_do(deed)
        if deed.names and not names:
            return
        action = Action(
            "", self._clock(), deed.kind, tuple(map(self._cast.__getitem__, names)), deed.room, text,
            deed.code, deed.planned, extra_time=deed.extra_time,
        )  # fmt: skip
        self._journal.append(*facts_of(action))

    def _left_to_do(self, deed: Deed) -> tuple[str, ...]:
        """Those of the deed for whom the user has not done it, nor what it would undo."""
        self._done.extend(filter(None, map(action_of, self._journal.read_new())))
        own, by_user = self._journal.origin, defaultdict[str, set[ActionKind]](set)
        for action in effective_actions(self._done):
            for who in action.who if not own or not action.entry_id.startswith(own) else ():
                kinds = by_user[name_key(who.last_name)]
                if action.kind in PRESENCES:
                    kinds -= PRESENCES  # the last one counts
                kinds.add(action.kind)
        return tuple(key for key in deed.names if not by_user[key] & _LEFT_AFTER.get(deed.kind, set()))


def read_sample(export: ScheduledExport) -> Export:
    """What is read of a sample export."""
    return export_of(export.file.read_bytes(), FileDescription(export.file.name, export.at, True, export.at))


def demo_cast(exports: Sequence[ScheduledExport]) -> Cast:
    """Whom the day is about, by `name_key` of the last name, as the last export has them."""
    lines = read_sample(exports[-1]).contents.participations
    return {
        name_key(line.last_name): Who((), line.last_name, line.first_name, line.division) for line in lines
    }


def _typed(who: Who) -> str:
    return f"{who.last_name} {who.first_name} ({who.place})"


_CALM = tuple(key for key in _EVERYBODY if key not in {*_LATER, "hamdaoui"})


def rehearsal_deeds() -> Iterable[Deed]:
    """The day, in the order of its times."""
    kind = ActionKind
    yield Deed("08:17", kind.PRESENT, tuple(key for key in _EVERYBODY if key != "okafor"))
    yield Deed("08:20", kind.REDIRECT, _TO_REDIRECT)
    yield Deed("08:22", kind.EXTRA_TIME, ("abgrall", "vacher"), extra_time=0.33)
    yield Deed("08:25", kind.NOTE, ("pichon",), text=N_("has forgotten the password"))
    yield Deed("08:32", kind.AUTHORISE, _CALM)
    yield Deed("08:35", kind.START, _CALM)
    yield from _back("bourdier", "08:38")
    yield Deed("08:47", kind.START, ("teixeira da costa",))
    yield Deed("08:52", kind.LATE, ("okafor",))
    yield from _back("le goff", "09:03")
    yield Deed("09:05", kind.PAUSE, text=N_("Fire drill"), planned=True)
    yield Deed("09:14", kind.UNPAUSE)
    yield Deed("09:17", kind.START, ("okafor",))
    yield Deed("09:20", kind.INCIDENT, ("cardoso",), text=N_("the page stays white"), code="E5")
    yield Deed("09:24", kind.HANDLED, ("cardoso",), text="CDI", code="E5")
    yield Deed("09:32", kind.NOTE, ("ferrand",), text=N_("had reset two competences"))
    yield Deed("09:33", kind.START, ("d hauteville",))
    yield from _back("castaing", "09:34")
    yield Deed("09:40", kind.INCIDENT, ("champion",), text=N_("telephone on the table"), code="C6")
    yield from _back("van der meersch", "09:48")
    yield Deed("10:10", kind.INCIDENT, ("yildiz",), text=N_("no sound"), code="E9")
    yield Deed("10:15", kind.STOP, ("leclercq",), code=StopReason.TECHNICAL)
    yield Deed("10:20", kind.FINISH, tuple(key for key in _CALM[:9] if key != "ferrand"))
    yield Deed("10:40", kind.TICK, text=default_checklist(SessionKind.CERTIFICATION)[0])


def _back(key: str, at: str) -> Iterable[Deed]:
    """Back from the remediation, and to the test in the same minute."""
    yield Deed(at, ActionKind.PRESENT, (key,))
    yield Deed(at, ActionKind.START, (key,))
