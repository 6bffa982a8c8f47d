"""A session that is over keeps its own students alone."""

from __future__ import annotations

from pathlib import Path

from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.clock import Clock
from pixsession.store.kept import erase_others


def keep_own_students(dossier: Path, now: Clock) -> None:
    """Take everybody else out of the exports kept; raises PixSessionError, see `erase_others`."""
    taken_back = TakenBack(EntryLog(dossier, now, keeps=False)).files
    erase_others(dossier, frozenset(one.digest for one in taken_back))
