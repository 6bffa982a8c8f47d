"""What deserves a toast: someone became eligible or stopped being so, or a file was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from pixsession.domain.board.changes import LOUD, Change, ChangeKind
from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.board.wording import change_sentence
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.view import changes_for
from pixsession.ui.modes import mode_of

if TYPE_CHECKING:
    from pixsession.domain.certification.session import Session

_MOST_TOASTS = 3  # more at once cover the board: then one says how many


class News(NamedTuple):
    """One toast; `calls` for a gesture when someone has to be redirected or a file to be exported again."""

    words: str
    calls: bool

    @property
    def severity(self) -> Literal["information", "warning"]:
        """What Textual calls a toast of this weight."""
        return "warning" if self.calls else "information"


class BoardToasts:
    """Remembers what was said; the first Snapshot is compared with none."""

    def __init__(self) -> None:
        self._changes: set[Change] | None = None
        self._refused: set[tuple[str, str | None]] = set()
        self._trouble = ""  # of the session file
        self._session: Session | None = None  # of a certification, as its file has it

    def forget(self) -> None:
        """The next Snapshot is another board (other campaigns): it is compared with none."""
        self._changes = None

    def read(
        self, snapshot: Snapshot, places: frozenset[str], told: frozenset[int] = frozenset()
    ) -> tuple[News, ...]:
        """What is new in this Snapshot for the students of these classes; those of `told` were told."""
        refused = {
            (entry.name, entry.message) for entry in snapshot.files if entry.status is FileStatus.REFUSED
        }
        fresh_refused, self._refused = sorted(refused - self._refused, key=str), refused
        trouble, self._trouble = self._trouble, snapshot.session_trouble
        before, self._session = self._session, snapshot.day.session if snapshot.day else None
        seen, self._changes = self._changes, set(snapshot.changes)
        if seen is None:
            return ()
        loud = [
            change
            for change in changes_for(snapshot, places, mode_of(snapshot))
            if change.kind in LOUD and change not in seen and change.student_id not in told
        ]
        news = (*_of_changes(loud), *(_of_file(*entry) for entry in fresh_refused[:_MOST_TOASTS]))
        return (*news, *_of_session_file(snapshot, before, trouble))


def _of_session_file(snapshot: Snapshot, before: Session | None, trouble: str) -> tuple[News, ...]:
    """That a change was taken over, or why not; `before`, `trouble`: as they were."""
    now = snapshot.day.session if snapshot.day else None
    if snapshot.session_trouble:
        return () if snapshot.session_trouble == trouble else (News(snapshot.session_trouble, calls=True),)
    if now is None or before is None or now.path is None or (now == before and not trouble):
        return ()
    return (News(_("{file}: what was changed counts now.").format(file=shown(now.path.name)), calls=False),)


def _of_changes(changes: list[Change]) -> tuple[News, ...]:
    if len(changes) <= _MOST_TOASTS:
        return tuple(News(change_sentence(change), _calls(change)) for change in changes)
    lost = sum(map(_calls, changes))
    news = []
    if won := len(changes) - lost:
        words = ngettext(
            "{n} student is now eligible (l: log)", "{n} students are now eligible (l: log)", won
        )
        news.append(News(words.format(n=won), calls=False))
    if lost:
        words = ngettext(
            "{n} student is no longer eligible (l: log)", "{n} students are no longer eligible (l: log)", lost
        )
        news.append(News(words.format(n=lost), calls=True))
    return tuple(news)


def _calls(change: Change) -> bool:
    return change.kind is ChangeKind.NO_LONGER_ELIGIBLE


def _of_file(name: str, message: str | None) -> News:
    words = _("{file} refused: {cause}").format(file=shown(name, 60), cause=shown(message or "—", 200))
    return News(words, calls=True)
