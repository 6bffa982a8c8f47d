"""Who was called to a lesson that is over, where the lists of its day are there no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.window import lesson_evening
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.resolver import PeopleList
from pixsession.engine.certification.calls import is_asked
from pixsession.foundation.clock import Clock
from pixsession.foundation.i18n import _
from pixsession.readers import Export
from pixsession.store.session_notes import CallingLists, noted_call


class CalledThen:
    """What the notes of a dossier say of its lesson; a list may be written over under its own name."""

    def __init__(self, dossier: Path | None, now: Clock) -> None:
        self._dossier, self._now = dossier, now
        self._lists = CallingLists("", ())
        self.is_of_notes = False  # those called are those noted: there is nothing to note anew

    def people(self, session: Session, exports: Sequence[Export]) -> tuple[PeopleList, ...] | None:
        """Those noted on the day of the lesson; None: its lists, or none that called, are still there.

        Whoever changes in the session file whom it calls is asked by that file again.
        """
        rooms = [room.expected for room in session.rooms]
        called = (export.digest for export in exports if any(is_asked(export, room) for room in rooms))
        self._lists = CallingLists(_asked(session), tuple(sorted(called)))
        self.is_of_notes = False
        if self._dossier is None or not self._is_over(session):
            return None
        noted = noted_call(self._dossier, session)
        if noted is None or noted.lists.asked != self._lists.asked:
            return None
        if set(noted.lists.digests) <= set(self._lists.digests):
            return None
        self.is_of_notes = True
        people = tuple(
            ExpectedStudent(number, who.last_name, who.first_name, division=who.place)
            for number, who in enumerate(noted.called, 1)
        )
        name = _("that of the day of the lesson")
        return (PeopleList(name, people, room=session.rooms[0].name),)

    def lists(self, session: Session) -> CallingLists:
        """What to note beside those called: by which lists; after the day, only what was asked for."""
        return self._lists._replace(digests=()) if self._is_over(session) else self._lists

    def _is_over(self, session: Session) -> bool:
        return self._now() > lesson_evening(session)


def _asked(session: Session) -> str:
    """A digest of what the session file says of whom it calls, so that no name stands twice in the notes."""
    return sha256("\n".join(_words(session)).encode()).hexdigest()


def _words(session: Session) -> Iterable[str]:
    for room in session.rooms:
        one = room.expected
        yield repr((
            room.name, sorted(path.name for path in one.lists), one.session_number,
            sorted(one.classes), sorted(one.groups), one.names,
        ))  # fmt: skip
