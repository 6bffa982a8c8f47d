"""The board out: everybody of every file, narrowed, counted, in the order of need, as one Snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.clock_words import clock_notices
from pixsession.domain.board.snapshot import (
    FileEntry,
    FileStatus,
    SentProfile,
    Snapshot,
    Source,
    count_states,
    counts_in_need,
)
from pixsession.engine.board.campaign_choice import CampaignChoice
from pixsession.engine.board.clock_check import ClockCheck
from pixsession.engine.board.file_roles import roles_of
from pixsession.engine.board.intake import Intake
from pixsession.engine.board.looking_back import Moment, PastBoards, export_times
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.common.revision import Revision
from pixsession.engine.people.board_students import BoardStudents
from pixsession.engine.people.held_places import HeldPlaces
from pixsession.engine.people.whos_who import (
    exports_read,
    with_spoiled_told,
)
from pixsession.engine.results.files import results_files
from pixsession.engine.share.opening import clock_of
from pixsession.foundation.clock import Clock
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.settings.config import BoardRequest
from pixsession.store.database import DatabaseError
from pixsession.store.rows import StoredExport

if TYPE_CHECKING:
    from pixsession.domain.certification.session import Session
    from pixsession.engine.certification.engine import SessionEngine
    from pixsession.engine.certification.supervision import Supervision
    from pixsession.engine.lesson.engine import Lesson
    from pixsession.engine.share.sync import ShareSync

    Share = ShareSync | None  # None: no other computer holds this board too


class BoardEngine:
    """The board of one folder; used by one thread, save `history` and what people decide.

    `intake` takes files in, and says which of them count; `students` says who is who.
    """

    def __init__(
        self, request: BoardRequest, now: Clock, share: Share = None, *, live: bool, rebuild: bool = False
    ) -> None:
        """Open the store; `live`: each export is compared with the board before it, and the log is kept."""
        self._request = request
        self._share = share
        self._now = now
        self._revision = Revision()
        self._log = _log_of(request, now, self._revision, share)
        self.intake = Intake(request, TakenBack(self._log), self._revision, now, live=live, rebuild=rebuild)
        self._store = self.intake.store
        self.students = BoardStudents(self._store, self._log, request.rule)
        session = request.session
        self._session = _session_engine(session, self._log, now, request) if session else None
        is_lesson = self._session is not None and self._session.is_lesson
        self.intake.belonging = self._session.belonging if self._session else None
        self._choice = CampaignChoice(self._store, request.rule, request.campaigns, is_lesson=is_lesson)
        self._past = PastBoards(self._store, self.intake.scope, request.rule)
        self._clock = ClockCheck(now)
        self._places = HeldPlaces()
        self._newest: Mapping[int, Delta] = {}
        self._missing_since: datetime | None = None
        self._snapshots = 0
        self._shown_revision = -1
        self._shown_notices: tuple[str, ...] = ()

    @property
    def is_damaged(self) -> bool:
        """Whether the database cannot be read, so that an engine with `rebuild` must replace this one."""
        return self.intake.is_damaged

    @property
    def starts_anew(self) -> bool:
        """Whether an engine must replace this one that reads everything again."""
        return self.intake.starts_anew

    @property
    def has_news(self) -> bool:
        """Whether a new Snapshot would differ from the last one."""
        self._clock.look(self._store.exports.counted)
        if self._revision.number == self._shown_revision and self._has_changed_by_itself():
            self._revision.advance()
        return self._revision.number != self._shown_revision

    def _has_changed_by_itself(self) -> bool:
        """Whether time, clocks or disks have changed what is to be shown."""
        has_aged = self._session is not None and self._session.has_aged()
        return has_aged or self._notices() != self._shown_notices

    def _notices(self) -> tuple[str, ...]:
        of_session = self._session.notices(self.intake.lists.exports()) if self._session else ()
        of_clock = clock_notices(self._clock.behind, self._clock.odd_files)
        of_share = self._share.notices(self._log.entries, self._now()) if self._share else ()
        return (*self.intake.notices(), *self._log.troubles, *of_session, *of_clock, *of_share)

    def follow_share(self) -> None:
        """Note that the share has brought something, or is another one. From any thread."""
        self._log.look()
        self._revision.advance()

    def follow_log(self) -> bool:
        """Take in what other programs did; true when there was something. From any thread."""
        is_news = self._log.look()
        return is_news or (self._session is not None and self._session.has_moved)

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
        if self._session is not None and self._session.take_over():
            self._revision.advance()
        changed, named = self._session.lists() if self._session else ((), frozenset())
        for path in changed:
            entry = self.intake.take(path)
            is_held = entry.status is FileStatus.REFUSED and entry.kind is None
            if is_held and self._session:  # a file that another program lets go does not change by that
                self._session.look_again(path)
        self.intake.look(present | named, irregular)
        if missing_since != self._missing_since:
            self._missing_since = missing_since
            self._revision.advance()

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Narrow the board to these campaigns, by code or key; none: all."""
        if campaigns != self._choice.asked:
            self._choice.asked = self.intake.scope.asked = campaigns
            self._revision.advance()

    def show_all(self, shows_all: bool) -> None:
        """Whether campaigns of earlier years and of other organisations stand on the board too."""
        if shows_all != self.intake.scope.shows_all:
            self.intake.scope.shows_all = shows_all
            self._revision.advance()

    def mark_newest(self) -> None:
        """Mark what the newest export changed, on a board that is not live."""
        self._newest = self.intake.changes_of_newest()

    def snapshot(self) -> Snapshot:
        """The board as it is now, in the order of need."""
        self._shown_revision = self._revision.number
        self.intake.look_for_decisions()
        store, board = self._store, self.intake.current_board()
        deltas = self._newest or store.deltas
        snapshot = self._snapshot(Moment(None, board, self._evaluations(), store.changes, deltas))
        return self.snapshot() if self.intake.take_held(snapshot.rows) else snapshot

    def snapshot_as_of(self, at: datetime) -> Snapshot:
        """The board as it was after the exports of this time; lists and files are as they are today.

        `export_times` are those of now, to step on to.
        """
        self._shown_revision = self._revision.number
        self.intake.look_for_decisions()
        return self._snapshot(self._past.moment(at))

    def _snapshot(self, moment: Moment) -> Snapshot:
        self._snapshots += 1
        self._clock.look(self._store.exports.counted)
        self._shown_notices = self._notices()
        board, evaluations = self._choice.board(moment), self._choice.evaluations(moment)
        session, lists = self._session, self.intake.lists
        named = session.places if session else ()
        places = self._places.spoiled(board, evaluations, lists.exports(), named)
        called = session.people(exports_read(lists.exports(), places)) if session else None
        merged = self.students.merged(board, evaluations, lists.current(), called, places, moment.deltas)
        seen = session.see(merged, moment, self._store, self._choice.asked) if session else None
        rows = seen.rows if seen else merged.rows
        listings = self.intake.scope.listings(until=moment.at)
        roles = roles_of(self._store, listings, self.intake.taken_back.files)
        # A lesson lives on evaluations too.
        shown = (*board.exports, *(moment.evaluations if session and session.is_lesson else ()))
        newest = _newest_of(shown, self._clock)
        return Snapshot(
            revision=self._snapshots,
            built_at=self._now(),
            folder=str(self._request.folder),
            rule=self._request.rule,
            rows=rows,
            files=with_spoiled_told(self.intake.listed(self._evaluations(), roles), places),
            campaigns=tuple(export.source.campaign for export in moment.board.exports),
            newest_export_at=newest.exported_at if newest else None,
            changes=moment.changes,
            notices=self._shown_notices,
            folder_missing_since=self._missing_since,
            counts=count_states(rows) if seen else counts_in_need(rows),
            doubts=seen.doubts if seen else merged.doubts,
            decisions=self.students.decisions(),
            day=seen.day if seen else None,
            lesson=seen.lesson if seen else None,
            others=seen.others if seen else (),
            export_times=export_times(self._store.exports.counted),
            as_of=moment.at,
            hidden=listings.hidden,
            shows_all=self.intake.scope.shows_all,
            deleted=self.intake.files.deleted_soon(roles),
            results=results_files(lists.exports()),
            newest_has_stamp=newest is None or newest.has_stamp,
            clock_behind=self._clock.behind,
            session_trouble=self._session.trouble if self._session else "",
            sources=moment.sources,
            share=self._share.shown(self._log.entries) if self._share else None,
        )

    def _evaluations(self) -> tuple[StoredExport, ...]:
        return self.intake.scope.listings().evaluations

    @property
    def supervision(self) -> Supervision | Lesson:
        """The session of this board; raises PixSessionError where nothing is supervised."""
        if self._session is None:
            raise PixSessionError(_("No session is supervised here: start with --session FILE."))
        return self._session.recorder

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        try:
            return self.students.history(student_id)
        except DatabaseError:
            self.intake.is_damaged = True
            return ()

    def close(self) -> None:
        """Close the store; the dossier may be owned by another program then."""
        self.intake.close()


def _newest_of(exports: Iterable[StoredExport], clock: ClockCheck) -> Source | None:
    """The newest of these, with the time that its clock would have given it."""
    newest = max(exports, key=clock.time_of, default=None)
    return None if newest is None else newest.source._replace(exported_at=clock.time_of(newest))


def _log_of(request: BoardRequest, now: Clock, revision: Revision, share: ShareSync | None) -> EntryLog:
    return EntryLog(
        request.dossier or request.decisions_from,
        now,
        keeps=request.dossier is not None,
        revision=revision,
        clock=share.clock if share else clock_of(request),
        is_lesson=request.session is not None and request.session.kind.is_lesson,
    )


def _session_engine(session: Session, log: EntryLog, now: Clock, request: BoardRequest) -> SessionEngine:
    from pixsession.engine.certification.engine import SessionEngine  # noqa: PLC0415 - (c): 29 ms, and most boards have no session

    return SessionEngine(session, log, now, request.dossier, request.reread)
