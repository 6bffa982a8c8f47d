"""The board out: everybody of every file, narrowed, counted, in the order of need, as one Snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from pixsession.config import BoardRequest
from pixsession.desk.calls import called_people, lists_to_read, missing_lists
from pixsession.desk.decisions import DecisionBook, label_of
from pixsession.desk.entry_log import EntryLog
from pixsession.desk.intake import Intake
from pixsession.desk.lists import Lists
from pixsession.desk.supervision import Supervision
from pixsession.domain.changes import Delta
from pixsession.domain.clock import Clock
from pixsession.domain.gathering import Evaluation, Gathered, gather
from pixsession.domain.identities import class_key
from pixsession.domain.matching import OpenDoubt
from pixsession.domain.session import Session, SessionKind
from pixsession.domain.snapshot import (
    BoardRow,
    Campaign,
    FileEntry,
    SentProfile,
    Snapshot,
    count_states,
    need,
)
from pixsession.domain.supervision import need_of_day
from pixsession.errors import PixSessionError
from pixsession.i18n import _
from pixsession.readers import ExportKind
from pixsession.store import Board, DatabaseError, StoredExport, board_of, changes_between, rows_in_need


class Desk:
    """The board of one folder; used by one thread, save `history`."""

    def __init__(self, request: BoardRequest, now: Clock, *, live: bool, rebuild: bool = False) -> None:
        """Open the store; `live`: each export is compared with the board before it, and the log is kept."""
        self._request = request
        self._now = now
        self._in = Intake(request, now, live=live, rebuild=rebuild)
        self._store = self._in.store
        self._log = EntryLog(request.dossier, now)
        self._book = DecisionBook(self._log)
        session = request.session
        is_certification = session is not None and session.kind is SessionKind.CERTIFICATION
        self._supervision = Supervision(session, self._log, now) if session and is_certification else None
        self._named: dict[Path, tuple[int, int]] = {}
        self._shown_revision = -1
        self._doubts: tuple[OpenDoubt, ...] = ()
        self._narrowed = Board()
        self._newest: Mapping[int, Delta] = {}
        self._campaigns = request.campaigns
        self._missing_since: datetime | None = None
        self._revision = 0
        self._told: tuple[str, ...] = ()

    @property
    def is_damaged(self) -> bool:
        """What the database holds cannot be read, and a Desk made with `rebuild` has to take over."""
        return self._in.is_damaged

    @property
    def has_news(self) -> bool:
        """Something to show has changed since the last Snapshot."""
        if self._in.is_stale or self._in.files.is_stale or self._log.revision != self._shown_revision:
            return True
        has_aged = self._supervision is not None and self._supervision.has_aged()
        return has_aged or self._notices() != self._told

    def _notices(self) -> tuple[str, ...]:
        notices = [*self._in.notices(), *self._log.troubles]
        if self._request.session:
            words = _("{file}: this list of the session is not there")
            missing = missing_lists(self._request.session, self._in.lists.exports())
            notices += [words.format(file=name) for name in missing]
        return tuple(notices)

    def follow_log(self) -> bool:
        """Take in what other programs did; true when there was something. From any thread."""
        return self._log.look()

    def catch_up(self) -> Iterator[None]:
        """Take in what the dossier keeps and the board does not show; a step after each export."""
        self._log.look()
        return self._in.catch_up()

    def take(self, path: Path) -> FileEntry:
        """Read one file and take it in; the entry says what became of it."""
        return self._in.take(path)

    def look(
        self, present: frozenset[str], irregular: frozenset[str], missing_since: datetime | None = None
    ) -> None:
        """Note which files are in the folder now, which names are no files, since when the folder is gone."""
        self._in.look(present | self._read_named_lists(), irregular)
        self._in.is_stale = self._in.is_stale or missing_since != self._missing_since
        self._missing_since = missing_since

    def _read_named_lists(self) -> frozenset[str]:
        """Read the lists that the session names outside its folders, when they have changed; their names."""
        session = self._request.session
        stamps = {path: _stamp(path) for path in lists_to_read(session)} if session else {}
        there = {path: stamp for path, stamp in stamps.items() if stamp is not None}
        for path, stamp in there.items():
            if self._named.get(path) != stamp:
                self._in.take(path)
        self._named = there
        return frozenset(path.name for path in there)

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        """Narrow the board to these campaigns, by code or key; none: all."""
        self._in.is_stale = self._in.is_stale or campaigns != self._campaigns
        self._campaigns = campaigns

    def mark_newest(self) -> None:
        """Mark what the newest export changed, on a board that is not live."""
        exports = self._store.current_exports()
        if exports:
            older = self._store.current_exports(without=exports[0].export_id)
            before = board_of(self._store, older, self._request.rule)
            after = self._in.current_board()
            _changes, self._newest = changes_between(before, after, exports[0].source.exported_at)

    def snapshot(self) -> Snapshot:
        """The board as it is now, in the order of need."""
        self._revision += 1
        self._in.is_stale, self._told, self._shown_revision = False, self._notices(), self._log.revision
        everybody = board = self._in.current_board()
        chosen = [e for e in everybody.exports if _is_one_of(self._campaigns, e.source.campaign)]
        if len(chosen) < len(everybody.exports):
            board = self._narrowed = board_of(self._store, chosen, self._request.rule, self._narrowed)
        gathered = self._gathered(rows_in_need(board, self._newest or self._store.deltas))
        rows, self._doubts = gathered
        day = None
        if self._supervision is not None:
            day = self._supervision.see(rows, self._store.changes)
            states = day.states
            rows = tuple(sorted(rows, key=lambda row: need_of_day(row, states[row.student_id])))
        return Snapshot(
            revision=self._revision,
            built_at=self._now(),
            folder=str(self._request.folder),
            rule=self._request.rule,
            rows=rows,
            files=self._in.files.listed([*everybody.exports, *self._evaluations()]),
            campaigns=tuple(export.source.campaign for export in everybody.exports),
            newest_export_at=board.exports[0].source.exported_at if board.exports else None,
            changes=self._store.changes,
            notices=self._told,
            folder_missing_since=self._missing_since,
            counts=count_states(rows),
            doubts=self._doubts,
            decisions=self._book.listed(),
            day=day,
        )

    def decide(self, key: str, other: str, *, same: bool) -> None:
        """Write down who is whom, of a doubt that is still open; raises JournalError."""
        person, found = label_of(self._doubts, key), label_of(self._doubts, other)
        if person is not None and found is not None:
            self._book.decide(person, found, same=same)

    def undo_decision(self, key: str, other: str) -> None:
        """Take a decision back; raises JournalError."""
        self._book.undo(key, other)

    def _evaluations(self) -> tuple[StoredExport, ...]:
        return self._store.current_exports(ExportKind.ASSESSMENT)

    def _gathered(self, rows: tuple[BoardRow, ...]) -> Gathered:
        """Everybody of every file, in the order of need."""
        chosen = [e for e in self._evaluations() if _is_one_of(self._campaigns, e.source.campaign)]
        lists, session = self._in.lists.current(), self._request.session
        if session is not None:
            lists = lists._replace(people=called_people(session, self._in.lists.exports()))
        elif not chosen and lists == Lists():
            return Gathered(rows, ())
        evaluations = [Evaluation(e.source, self._store.assessments(e.content_id)) for e in chosen]
        everybody = gather(rows, evaluations, lists.people, lists.results, self._book.decisions)
        if session is not None and any(not room.expected.is_open for room in session.rooms):
            called = tuple(row for row in everybody.rows if _is_called(row, session))
            everybody = everybody._replace(rows=called)
        return everybody._replace(rows=tuple(sorted(everybody.rows, key=need)))

    @property
    def supervision(self) -> Supervision:
        """The session of this board; raises PixSessionError where there is none."""
        if self._supervision is None:
            raise PixSessionError(_("No session is supervised here: start with --session FILE."))
        return self._supervision

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        """Every profile the student sent, newest first; from any thread."""
        try:
            return self._store.history(student_id)
        except DatabaseError:
            self._in.is_damaged = True
            return ()

    def close(self) -> None:
        """Close the store; the dossier may be owned by another program then."""
        self._in.close()


def _is_one_of(campaigns: frozenset[str], campaign: Campaign) -> bool:
    return not campaigns or not campaigns.isdisjoint({campaign.key, campaign.code or ""})


def _is_called(row: BoardRow, session: Session) -> bool:
    """Whether a student is called: on a list of the session, or in a class or group that it names."""
    if row.expected is not None:
        return True
    places = {class_key(row.division or ""), class_key(row.group or "")} - {""}
    named = (name for room in session.rooms for name in (*room.expected.classes, *room.expected.groups))
    return not places.isdisjoint(map(class_key, named))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
