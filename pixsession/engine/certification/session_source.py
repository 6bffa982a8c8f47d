"""The session file while its board is open: a change is taken over, or refused with its line."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pixsession.domain.certification.session import Session
from pixsession.foundation.errors import BadConfiguration, ConfigurationAway
from pixsession.foundation.i18n import _
from pixsession.foundation.patience import Patient
from pixsession.foundation.text import shown
from pixsession.settings.toml_file import read_document

Stamp = tuple[int, int]  # size and time of a file

SHARED_SECONDS = 10.0
PATIENCE_SECONDS = 1.0  # the board does not wait longer for a share that does not answer
# What the board was opened with: its folders are watched and its verdicts made already.
_AT_OPENING = {"kind": "kind", "folders": "folders", "rule": "[rule]"}


class SessionSource:
    """Reads the session file again when it has changed; `trouble`: what became of that, in words."""

    def __init__(self, session: Session, read: Callable[[], Session] | None) -> None:
        """Without `read` the session stays as it is."""
        self.session = session
        self.trouble = ""
        self._read = read
        self._looked_at = -SHARED_SECONDS
        self._patient = Patient[Stamp](PATIENCE_SECONDS)
        self._last: Stamp | None = None
        # Read once more at the first look: it may have changed since it was read for the board to open.
        self._taken: Stamp | None = None
        self._seen = self._stamp()

    @property
    def has_moved(self) -> bool:
        """Whether the file is another one than the one taken over or refused; from any thread."""
        stamp = self._stamp()
        return stamp is not None and stamp != self._taken

    def take_over(self) -> bool:
        """Read the file where it has changed and the last look saw the same; true where something is new.

        An editor that is still writing leaves a file that is wrong for a moment, or none.
        """
        stamp, before = self._stamp(), self._seen
        self._seen = stamp
        if self._read is None or stamp is None or stamp == self._taken or stamp != before:
            return False
        self._taken = stamp
        old, trouble = self.session, self.trouble
        try:
            self.session, self.trouble = self._fitted(self._read())
        except BadConfiguration as error:
            if isinstance(error, ConfigurationAway):
                self._taken = None  # read again at the next look
            path = self.session.path
            cause = error.message.replace(shown(str(path)), shown(path.name)) if path else error.message
            self.trouble = _("{cause} The board goes on as before.").format(cause=cause)
        return self.session != old or self.trouble != trouble

    def _fitted(self, new: Session) -> tuple[Session, str]:
        """The new session with what cannot change while the board is open, and a sentence about that."""
        kept = {name: getattr(self.session, name) for name in _AT_OPENING}
        changed = [
            _written(new.path, name)
            for name in _AT_OPENING
            if getattr(new, name) != getattr(self.session, name)
        ]
        if not changed or new.path is None:
            return new, ""
        words = _(
            "{file}: {keys} cannot change while the board is open. To have it count, leave the board (q) and "
            "open it again; the rest counts now."
        )
        return new._replace(**kept), words.format(file=shown(new.path.name), keys=", ".join(changed))

    def _stamp(self) -> Stamp | None:
        """What the file looks like; of one on a share as it was some seconds ago, to ask the share seldom."""
        path = self.session.path
        if path is None or self._read is None:
            return None
        if not self.session.share or time.monotonic() - self._looked_at >= SHARED_SECONDS:
            self._looked_at, self._last = time.monotonic(), self._asked(path)
        return self._last

    def _asked(self, path: Path) -> Stamp | None:
        with suppress(OSError):  # away, or it hangs: nothing is known of the file now
            return self._patient.ask(lambda: stamp_of(path)) if self.session.share else stamp_of(path)
        return None


def _written(path: Path | None, name: str) -> str:
    """The key as the file writes it, with its line where it has one."""
    document = read_document(path, "") if path else None
    line = document.line(name) if document else None
    key = _AT_OPENING[name]
    return _("{key} (line {line})").format(key=key, line=line) if line else key


def stamp_of(path: Path) -> Stamp:
    """What differs once a file has changed; raises OSError where it cannot be asked."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns
