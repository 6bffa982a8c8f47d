"""The lists that a session file names outside the watched folders, as they are or were last seen."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pixsession.domain.certification.session import Session
from pixsession.engine.certification.calls import lists_to_read
from pixsession.engine.certification.session_source import PATIENCE_SECONDS, Stamp, stamp_of
from pixsession.foundation.patience import Patient


class NamedLists:
    """Which of these lists are there, and which have changed; used by one thread.

    A drive that is away, or hangs, takes no list from the board: only a file that its folder lacks is gone.
    """

    def __init__(self) -> None:
        self._seen: Mapping[Path, Stamp] = {}
        self._patient = Patient[Mapping[Path, Stamp]](PATIENCE_SECONDS)

    def look(self, session: Session) -> tuple[tuple[Path, ...], frozenset[str]]:
        """Those that are new or changed, and the names of all that are there."""
        before, found = self._seen, self._seen
        if not session.share:
            found = _stamps(session, before)
        else:
            with suppress(TimeoutError):
                found = self._patient.ask(lambda: _stamps(session, before))
        self._seen = found
        changed = tuple(path for path, stamp in found.items() if before.get(path) != stamp)
        return changed, frozenset(path.name for path in found)

    def look_again(self, path: Path) -> None:
        """Count a list as changed at the next look, though it may not be."""
        self._seen = {one: stamp for one, stamp in self._seen.items() if one != path}


def _stamps(session: Session, before: Mapping[Path, Stamp]) -> dict[Path, Stamp]:
    """What the lists look like; one whose disk does not answer, as it was before."""
    found = {}
    for path in lists_to_read(session):
        stamp = _stamp(path, session, before)
        if stamp is not None:
            found[path] = stamp
    return found


def _stamp(path: Path, session: Session, before: Mapping[Path, Stamp]) -> Stamp | None:
    try:
        return stamp_of(path)
    except FileNotFoundError:
        # Where nothing is mounted any more, the session file is not there either.
        return None if session.path is None or _is_there(session.path) else before.get(path)
    except OSError:
        return before.get(path)


def _is_there(path: Path) -> bool:
    with suppress(OSError):
        stamp_of(path)
        return True
    return False
