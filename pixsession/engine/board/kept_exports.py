"""The exports of the dossier, as a board rests on them: kept, read again where the database lacks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pixsession.engine.board.files import text_of
from pixsession.engine.common.collector import collector_paused
from pixsession.foundation.clock import Clock, from_timestamp
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.readers import Export, export_of
from pixsession.readers.file_names import export_time
from pixsession.store import Dossier, Store, StoredExport


class KeptExports:
    """What the dossier keeps; nothing where there is none."""

    def __init__(self, folder: Path | None, now: Clock) -> None:
        self.dossier = Dossier(folder) if folder else None
        self._caught_up: set[str] = set()
        self._unread: dict[str, str] = {}  # exports kept that this version refuses, and why
        if self.dossier:
            self.dossier.create(now())

    def notices(self) -> tuple[str, ...]:
        """What the user should know of how exports are kept."""
        if self.dossier is None:
            return ()
        notices = []
        if self.dossier.trouble:
            words = _("exports are shown but could not be kept ({cause})")
            notices.append(words.format(cause=self.dossier.trouble))
        for name, cause in sorted(self._unread.items()):
            words = _(
                "{file}, an export kept, cannot be read again ({cause}): save it in the folder once more"
            )
            notices.append(words.format(file=shown(name), cause=cause))
        return tuple(notices)

    def keep(self, export: Export) -> None:
        """Keep a copy; retried after an error of the disk."""
        if self.dossier:
            self.dossier.keep(export)

    def flush(self) -> None:
        """Have the disk take what was kept."""
        if self.dossier:
            self.dossier.flush()

    def catch_up(self, store: Store, take_in: Callable[[Export], None]) -> Iterator[None]:
        """Take in what is kept and the store does not hold; a step after each export.

        So come the exports of another window, and all of them after the database was lost, whole or in part.
        """
        if self.dossier is None:
            return
        self.dossier.flush()
        for kept in self.dossier.kept(but=self._caught_up):
            self._caught_up.add(kept.stem)
            if store.known(kept.digest, kept.file.exported_at) is None and (content := kept.content()):
                try:
                    with collector_paused():
                        take_in(export_of(content, kept.file))
                except PixSessionError as error:  # another version read it
                    self._unread[kept.file.name] = error.message
                yield

    def export_at(self, path: Path, store: Store) -> StoredExport | None:
        """The export that was taken in and is kept whole, and whose bytes this file holds; raises OSError,
        ValueError and OverflowError of a file that is gone, or dated in no calendar.
        """
        if self.dossier is None:
            return None
        modified_at = from_timestamp(path.stat().st_mtime)
        for export in store.known_at(export_time(text_of(path.name), modified_at) or modified_at):
            # Stored notes may be in another language than the one in use: such a file is parsed again.
            if not export.notes and self.dossier.holds(export.digest, export.source.exported_at, path):
                return export
        return None
