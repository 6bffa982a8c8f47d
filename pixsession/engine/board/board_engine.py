"""The board out: everybody of every file, narrowed, counted, in the order of need, as one Snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.clock_words import clock_notices
from pixsession.domain.board.snapshot import (
    Campaign,
    FileEntry,
    SentProfile,
    Snapshot,
    Source,
    count_states,
)
from pixsession.domain.people.merge import Evaluation
from pixsession.domain.people.spoiled_places import SpoiledPlaces
from pixsession.engine.board.clock_check import ClockCheck
from pixsession.engine.board.file_roles import roles_of
from pixsession.engine.board.intake import Intake
from pixsession.engine.board.lists import Lists
from pixsession.engine.board.looking_back import Moment, PastBoards, export_times
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.people.decisions import DecisionBook, label_of
from pixsession.engine.people.whos_who import (
    board_people,
    deltas_of,
    evaluations_read,
    everybody_of,
    exports_read,
    history_of,
    lists_read,
    places_of,
    with_spoiled_told,
)
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.settings.config import BoardRequest
from pixsession.store import Board, DatabaseError, StoredExport, board_of, changes_between, rows_in_need

if TYPE_CHECKING:
    from pixsession.domain.certification.session import Session
    from pixsession.domain.people.matching import OpenDoubt
    from pixsession.engine.certification.session_engine import SessionDesk
    from pixsession.engine.certification.supervision import Supervision
    from pixsession.engine.lesson.lesson_engine import Lesson


class Desk:
    """The board of one folder; used by one thread, save `history` and what people decide.

    `intake` takes files in, and says which of them count.
    """

    def __init__(self, request: BoardRequest, now: Clock, *, live: bool, rebuild: bool = False) -> None:
        """Open the store; `live`: each export is compared with the board before it, and the log is kept."""
        self._request = request
        self._now = now
        self._log = EntryLog(
            request.dossier or request.decisions_from, now, keeps=request.dossier is not None
        )
        self.intake = Intake(request, TakenBack(self._log), now, live=live, rebuild=rebuild)
        self._store = self.intake.store
        self._book = DecisionBook(self._log)
        self._session = (
            _session_desk(request.session, self._log, now, request.dossier) if request.session else None
        )
        self._past = PastBoards(self._store, self.intake.scope, request.rule)
        self._clock = ClockCheck(now)
        self._shown_revision = -1
        self._doubts: tuple[OpenDoubt, ...] = ()
        self._narrowed = Board()
        self._unions: Mapping[int, int] = {}
        self._newest: Mapping[int, Delta] = {}
        self._campaigns = request.campaigns
        self._missing_since: datetime | None = None
        self._revision = 0
        self._told: tuple[str, ...] = ()

    @property
    def is_damaged(self) -> bool:
        """What the database holds cannot be read, and a Desk made with `rebuild` has to take over."""
        return self.intake.is_damaged

    @property
    def has_news(self) -> bool:
        """Something to show has changed since the last Snapshot."""
        self._clock.look(self._store.exports.counted)
        if self.intake.is_stale or self.intake.files.is_stale or self._log.revision != self._shown_revision:
            return True
        has_aged = self._session is not None and self._session.has_aged()
        return has_aged or self._notices() != self._told

    def _notices(self) -> tuple[str, ...]:
        of_session = self._session.notices(self.intake.lists.exports()) if self._session else ()
        of_clock = clock_notices(self._clock.behind, self._clock.odd_files)
        return (*self.intake.notices(), *self._log.troubles, *of_session, *of_clock)

    def follow_log(self) -> bool:
        """Take in what other programs did; true when there was something. From any thread."""
        return self._log.look()

    def catch_up(self) -> Iterator[None]:
        """Take in what the dossier keeps and the board does not show; a step after each export."""
        self._log.look()
        return self.intake.catch_up()

    def take(self, path: Path) -> FileEntry:
        """Read one file and take it in; the entry says what became of it."""
        return self.intake.take(path)

    def look(
        self, present: frozenset[str], irregular: frozenset[str], missing_since: datetime | None = None
    ) -> None:
        """Note which files are in the folder now, which names are no files, since when the folder is gone."""
        changed, named = self._session.lists() if self._session else ((), frozenset())
        for path in changed:
            self.intake.take(path)
        self.intake.look(present | named, irregular)
        self.intake.is_stale = self.intake.is_stale or missing_since != self._missing_since
        self._missing_since = missing_since

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Narrow the board to these campaigns, by code or key; none: all."""
        self.intake.is_stale = self.intake.is_stale or campaigns != self._campaigns
        self._campaigns = self.intake.scope.asked = campaigns

    def show_all(self, shows_all: bool) -> None:
        """Whether campaigns of earlier years and of other organisations stand on the board too."""
        self.intake.is_stale = self.intake.is_stale or shows_all != self.intake.scope.shows_all
        self.intake.scope.shows_all = shows_all

    def mark_newest(self) -> None:
        """Mark what the newest export changed, on a board that is not live."""
        self.intake.look_for_decisions()
        exports = self.intake.scope.listings().profiles
        if exports:
            newest = exports[0].export_id
            older = self.intake.scope.listings(without=newest).profiles
            evidence = self._store.exports.evidence(without=newest)
            before = board_of(self._store, older, self._request.rule, evidence=evidence)
            after = self.intake.current_board()
            _changes, self._newest = changes_between(before, after, exports[0].source.exported_at)

    def snapshot(self) -> Snapshot:
        """The board as it is now, in the order of need."""
        self.intake.look_for_decisions()
        store, board = self._store, self.intake.current_board()
        deltas = self._newest or store.deltas
        return self._snapshot(Moment(None, board, self._evaluations(), store.changes, deltas))

    def snapshot_as_of(self, at: datetime) -> Snapshot:
        """The board as it was after the exports of this time; lists and files are as they are today.

        `export_times` are those of now, to step on to.
        """
        self.intake.look_for_decisions()
        return self._snapshot(self._past.moment(at))

    def _snapshot(self, moment: Moment) -> Snapshot:
        self._revision += 1
        self._clock.look(self._store.exports.counted)
        self.intake.is_stale, self._told, self._shown_revision = False, self._notices(), self._log.revision
        everybody = board = moment.board
        chosen = self._chosen(everybody.exports)
        if len(chosen) < len(everybody.exports):
            evidence = self._store.exports.evidence(until=moment.at)
            rule, before = self._request.rule, self._narrowed
            board = self._narrowed = board_of(self._store, chosen, rule, before, evidence)
        session, seen, decisions = self._session, None, self._book.decisions
        evaluations = self._evaluations_of(moment)
        places = places_of(board, evaluations, self.intake.lists.exports(), session.places if session else ())
        people = board_people(board, places, decisions, self._request.rule)
        board, self._unions = people.board, people.settled.unions
        rows = rows_in_need(board, deltas_of(moment.deltas, self._unions))
        others = evaluations_read(evaluations, places), self._lists_read(places)
        gathered = everybody_of(rows, *others, decisions, people.settled, always=session is not None)
        if gathered is not None:
            rows = gathered.rows
            if session is not None:
                seen = session.see(gathered, moment, self._store, self._campaigns)
                rows = seen.rows
        self._doubts = gathered.doubts if gathered else ()
        listings = self.intake.scope.listings(until=moment.at)
        taken_back = self.intake.taken_back.files
        roles = roles_of(self._store, listings, taken_back)
        newest = self._newest_export(board, moment)
        return Snapshot(
            revision=self._revision,
            built_at=self._now(),
            folder=str(self._request.folder),
            rule=self._request.rule,
            rows=rows,
            files=with_spoiled_told(
                self.intake.files.listed(
                    [*self.intake.board.exports, *self._evaluations()],
                    roles,
                    {one.digest for one in taken_back},
                ),
                places,
            ),
            campaigns=tuple(export.source.campaign for export in everybody.exports),
            newest_export_at=newest.exported_at if newest else None,
            changes=moment.changes,
            notices=self._told,
            folder_missing_since=self._missing_since,
            counts=count_states(rows),
            doubts=self._doubts,
            decisions=self._book.listed(),
            day=seen.day if seen else None,
            lesson=seen.lesson if seen else None,
            export_times=export_times(self._store.exports.counted),
            as_of=moment.at,
            hidden=listings.hidden,
            shows_all=self.intake.scope.shows_all,
            deleted=self.intake.files.deleted_soon(roles),
            newest_has_stamp=newest is None or newest.has_stamp,
            clock_behind=self._clock.behind,
        )

    def _newest_export(self, board: Board, moment: Moment) -> Source | None:
        """The newest export; a lesson lives on evaluations too."""
        exports = (*board.exports[:1], *(moment.evaluations[:1] if self._is_lesson else ()))
        newest = max(exports, key=self._clock.time_of, default=None)
        return None if newest is None else newest.source._replace(exported_at=self._clock.time_of(newest))

    def decide(self, key: str, other: str, *, same: bool) -> None:
        """Write down who is whom, of a doubt that is still open; raises JournalError."""
        person, found = label_of(self._doubts, key), label_of(self._doubts, other)
        if person is not None and found is not None:
            self._book.decide(person, found, same=same)

    def undo_decision(self, key: str, other: str) -> None:
        """Take a decision back; raises JournalError."""
        self._book.undo(key, other)

    def _evaluations(self) -> tuple[StoredExport, ...]:
        return self.intake.scope.listings().evaluations

    @property
    def _is_lesson(self) -> bool:
        return self._session is not None and self._session.is_lesson

    def _chosen(self, exports: Sequence[StoredExport]) -> Sequence[StoredExport]:
        """Those of the campaigns chosen; to choose the evaluation of a lesson takes nobody's profile away."""
        chosen = [export for export in exports if _is_one_of(self._campaigns, export.source.campaign)]
        return chosen if chosen or not self._is_lesson else exports

    def _evaluations_of(self, moment: Moment) -> list[Evaluation]:
        """The evaluations that count for this board."""
        chosen = moment.evaluations if self._is_lesson else self._chosen(moment.evaluations)
        return [Evaluation(e.source, self._store.assessments(e.content_id)) for e in chosen]

    def _lists_read(self, places: SpoiledPlaces) -> Lists:
        """The lists that count for this board, the classes as they were meant."""
        lists, session = self.intake.lists, self._session
        people = session.people(exports_read(lists.exports(), places)) if session else None
        return lists_read(lists.current(), people, places)

    @property
    def supervision(self) -> Supervision | Lesson:
        """The session of this board; raises PixSessionError where nothing is supervised."""
        if self._session is None:
            raise PixSessionError(_("No session is supervised here: start with --session FILE."))
        return self._session.acting

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        try:
            return history_of(student_id, self._unions, self._store.history)
        except DatabaseError:
            self.intake.is_damaged = True
            return ()

    def close(self) -> None:
        """Close the store; the dossier may be owned by another program then."""
        self.intake.close()


def _is_one_of(campaigns: frozenset[str], campaign: Campaign) -> bool:
    return not campaigns or not campaigns.isdisjoint({campaign.key, campaign.code or ""})


def _session_desk(session: Session, log: EntryLog, now: Clock, dossier: Path | None) -> SessionDesk:
    from pixsession.engine.certification.session_engine import SessionDesk  # noqa: PLC0415 - most boards have no session

    return SessionDesk(session, log, now, dossier)
