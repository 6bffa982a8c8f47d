"""A session with its engine, its journal and its clock, and what its board knows of everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import ExpectedFrom, Room, Session
from pixsession.domain.people.matches import OpenDoubt, PersonLabel, Suggestion
from pixsession.domain.people.merge import MergedRows
from pixsession.engine.board.looking_back import Moment
from pixsession.engine.certification.engine import Seen, SessionEngine
from pixsession.engine.common.entry_log import EntryLog
from pixsession.readers import Export
from pixsession.store.board import Board
from pixsession.store.store import Store
from tests.factories.days import SESSION, clock, row_for
from tests.factories.lists_read import candidates, facts
from tests.factories.screens import FakeClock

LISTED = SESSION._replace(rooms=(Room("Salle 1", ExpectedFrom(lists=(Path("/l/liste.ods"),))),))
LIST = candidates("liste.ods", facts("Salle 1"))
ONE, TWO, THREE = (row_for(number)._replace(expected=None) for number in (1, 2, 3))
# Where no evaluation has been read, nothing is asked of it.
NO_STORE = cast("Store", SimpleNamespace(exports=SimpleNamespace(counted=())))


class Hall:
    """A session with its journal, its clock and what its board knows of everybody."""

    def __init__(
        self,
        dossier: Path,
        session: Session = LISTED,
        lists: Sequence[Export] = (LIST,),
        read: Callable[[], Session] | None = None,
    ) -> None:
        dossier.mkdir(parents=True, exist_ok=True)
        self.clock = FakeClock(clock("08:40"))
        self.dossier = dossier
        self.engine = SessionEngine(session, EntryLog(dossier, self.clock), self.clock, dossier, read)
        self.lists = lists
        self.engine.people(lists)

    def see(
        self,
        *rows: BoardRow,
        called: Sequence[int] = (),
        doubts: tuple[OpenDoubt, ...] = (),
        at: str | None = None,
        board: Board | None = None,
    ) -> Seen:
        everybody = MergedRows(rows, doubts, called=frozenset(called))
        moment = Moment(clock(at) if at else None, board or Board(), (), (), {})
        return self.engine.see(everybody, moment, NO_STORE, frozenset())

    def act(self, at: str, kind: ActionKind, *students: int, **said: str) -> None:
        self.clock.moment = clock(at)
        self.engine.recorder.act(ActionRequest(kind, students, **said))  # type: ignore[arg-type]


def ids(rows: Sequence[BoardRow]) -> list[int]:
    return [row.student_id for row in rows]


def about(key: str, *others: str) -> OpenDoubt:
    """A doubt about the person of this key, who may be one of these."""

    def label(one: str) -> PersonLabel:
        return PersonLabel(one, one.upper(), "Lou", None, None, "liste.ods")

    return OpenDoubt(label(key), tuple(Suggestion(label(one), (), 50) for one in others))
