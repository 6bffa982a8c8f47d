"""One look at the share: what others have brought comes here, what was done here goes there."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import SharePlace
from pixsession.foundation.atomic import read_regular
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.store.kept import delete_dossier
from pixsession.store.opening import take_lock
from pixsession.store.share.exports import ExportExchange
from pixsession.store.share.folder import Contents, SharedFolder
from pixsession.store.share.held import ELSEWHERE
from pixsession.store.share.joining import purged_in, save_offset, sessions_in
from pixsession.store.share.journals import JournalExchange
from pixsession.store.share.names import SESSION, SharedKind
from pixsession.store.share.posts import Posts

_ROOT_SECONDS = 15.0  # so often is the folder above looked at …
_NEW_SECONDS = 30.0  # … and at each look while two computers may have begun at once


class Exchange:
    """Between the dossier of this computer and the folder of its session; used by one thread."""

    def __init__(
        self,
        place: SharePlace,
        dossier: Path,
        clock: PostClock,
        version: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sides: dict[str, _Side] = {}
        self._place = place
        self.posts = Posts(clock, _founder(place.folder), version, monotonic)
        self.is_purged = False
        self._dossier, self._clock, self._monotonic = dossier, clock, monotonic
        self._id = place.session_id
        self._saved = place.offset
        self._here = self._side(self._id)
        self._began_at, self._root_at = monotonic(), -_ROOT_SECONDS
        self._odd: tuple[str, ...] = ()

    @property
    def shared(self) -> SharedFolder:
        """The folder that this post writes to."""
        return self._here.shared

    @property
    def waiting(self) -> int:
        """How many gestures and exports of this post are not on the share."""
        return self._here.journals.waiting + self._here.exports.waiting

    @property
    def troubles(self) -> tuple[str, ...]:
        """What of the share cannot be read or written, in words."""
        sides = self._sides.values()
        told = (words for side in sides for words in (*side.journals.troubles, *side.exports.troubles))
        return (*self._odd, *dict.fromkeys(told), *self.posts.held.troubles)

    def look(self, *, pulls_only: bool = False) -> bool:
        """Take over and bring what there is; true where something came. Raises OSError: it is away.

        Two windows on one dossier take turns, on this computer's own disk.
        """
        self._dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = take_lock(self._dossier / "share.lock")
        if lock is None:
            return False
        try:
            return self._look(pulls_only=pulls_only)
        finally:
            lock.release()

    def _look(self, *, pulls_only: bool) -> bool:
        came = self._look_around()
        if self.is_purged:
            return False  # nothing is written back
        try:
            contents = self.shared.contents()
        except OSError:
            self._root_at = -_ROOT_SECONDS  # it may have been deleted
            raise
        self._odd = _odd_words(contents)
        came |= self._here.pull(contents)
        self.posts.look(contents, self.shared)
        if not pulls_only:
            self._here.push(contents)
            if self.posts.is_due:
                self._beat()
        return came

    def _look_around(self) -> bool:
        """See which sessions the share holds: this one deleted, or begun on two computers at once.

        Then all posts write to the one that counts, and take over what comes into the others.
        """
        now = self._monotonic()
        is_new = now - self._began_at < _NEW_SECONDS
        if now - self._root_at < (0 if is_new else _ROOT_SECONDS):
            return False
        self._root_at = now
        root = self.shared.path.parent
        self.shared.requests += 1
        names = set(os.listdir(root))  # noqa: PTH208 - names alone are wanted
        self.is_purged = self._id in purged_in(names)
        live = () if self.is_purged else sessions_in(root, names)
        if live and live[0] < self._id:
            self._id = live[0]
            self._here = self._side(self._id)
            self.posts.founder = _founder(self.shared.path)
        others = [self._side(one) for one in live if one != self._id]
        came = [side.pull(side.shared.contents()) for side in others]
        return any(came)

    def _side(self, session_id: str) -> _Side:
        if session_id not in self._sides:
            folder = self._place.folder.with_name(session_id)
            self._sides[session_id] = _Side(folder, self._dossier, self._place.post.id, self._monotonic)
        return self._sides[session_id]

    def _beat(self, *, left: bool = False) -> None:
        with self.posts.held.writing(f"post-{self._place.post.id}.json"):
            self.posts.write(self.shared, self.waiting, left=left)
        offset = self._clock.offset
        if offset is not None and offset != self._saved:
            save_offset(self._dossier, offset)
            self._saved = offset

    def leave(self) -> bool:
        """As `look`, and say that this post is not there any more. Raises OSError."""
        came = self.look()
        if not self.is_purged:
            self._beat(left=True)
        return came

    def forget(self) -> None:
        """Delete what is kept here, and what a synchroniser has brought back."""
        shutil.rmtree(self.shared.path, ignore_errors=True)
        with suppress(PixSessionError):
            delete_dossier(self._dossier)


class _Side:
    """One folder of a share with what was exchanged with it."""

    def __init__(self, folder: Path, dossier: Path, post_id: str, monotonic: Callable[[], float]) -> None:
        self.shared = SharedFolder(folder)
        self.journals = JournalExchange(dossier, post_id, monotonic)
        self.exports = ExportExchange(dossier, monotonic)

    def pull(self, contents: Contents) -> bool:
        came = self.journals.pull(contents, self.shared)
        return self.exports.pull(contents, self.shared) or came

    def push(self, contents: Contents) -> None:
        self.journals.push(contents, self.shared)
        self.exports.push(contents, self.shared)


def _odd_words(contents: Contents) -> tuple[str, ...]:
    """Of what is called as ours and is none, or is not here, a sentence each."""
    odd = (_("{file} is no file: left out").format(file=name) for name in contents.odd)
    absent = (_(ELSEWHERE).format(file=file.found) for file in contents.of(SharedKind.PLACEHOLDER))
    return (*odd, *absent)


def _founder(folder: Path) -> str:
    """The id of the post that began the session; empty where that is not to be read."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        return str(json.loads(read_regular(folder / SESSION))["founder"])
    return ""
