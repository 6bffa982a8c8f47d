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
from pixsession.store.kept import delete_dossier
from pixsession.store.opening import take_lock
from pixsession.store.share.exports import ExportExchange
from pixsession.store.share.folder import SharedFolder
from pixsession.store.share.joining import purged_in, save_offset
from pixsession.store.share.journals import JournalExchange
from pixsession.store.share.names import SESSION
from pixsession.store.share.posts import Posts


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
        self.shared = SharedFolder(place.folder)
        self.journals = JournalExchange(dossier, place.post.id, monotonic)
        self.exports = ExportExchange(dossier, monotonic)
        self.posts = Posts(clock, _founder(place), version, monotonic)
        self.is_purged = False
        self._dossier, self._clock = dossier, clock
        self._id = place.session_id
        self._saved = place.offset

    @property
    def waiting(self) -> int:
        """How many gestures and exports of this post are not on the share."""
        return self.journals.waiting + self.exports.waiting

    @property
    def troubles(self) -> tuple[str, ...]:
        """What of the share cannot be read or written, in words."""
        return (*self.journals.troubles, *self.exports.troubles)

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
        try:
            contents = self.shared.contents()
        except OSError:
            self.is_purged = self._was_purged()
            raise
        is_due = self.posts.is_due
        if is_due and not pulls_only:
            self.is_purged = self._was_purged()
        if self.is_purged:
            return False  # nothing is written back
        came = self.journals.pull(contents, self.shared)
        came |= self.exports.pull(contents, self.shared)
        self.posts.look(contents, self.shared)
        if not pulls_only:
            self.journals.push(contents, self.shared)
            self.exports.push(contents, self.shared)
            if is_due:
                self._beat()
        return came

    def _beat(self, *, left: bool = False) -> None:
        self.posts.write(self.shared, self.waiting, left=left)
        offset = self._clock.offset
        if offset is not None and offset != self._saved:
            save_offset(self._dossier, offset)
            self._saved = offset

    def leave(self) -> None:
        """Bring what there is once more, and say that this post is not there any more. Raises OSError."""
        self.look()
        if not self.is_purged:
            self._beat(left=True)

    def forget(self) -> None:
        """Delete what is kept here, and what a synchroniser has brought back."""
        shutil.rmtree(self.shared.path, ignore_errors=True)
        with suppress(PixSessionError):
            delete_dossier(self._dossier)

    def _was_purged(self) -> bool:
        with suppress(OSError):
            self.shared.requests += 1
            return self._id in purged_in(set(os.listdir(self.shared.path.parent)))  # noqa: PTH208 - names alone
        return False


def _founder(place: SharePlace) -> str:
    """The id of the post that began the session; empty where that is not to be read."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        return str(json.loads(read_regular(place.folder / SESSION))["founder"])
    return ""
