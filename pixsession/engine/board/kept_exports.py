"""The exports of the dossier, as a board rests on them: kept, read again where the database lacks them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from pixsession.engine.board.files import text_of
from pixsession.engine.common.collector import collector_paused
from pixsession.foundation.clock import Clock, from_timestamp
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.placeholders import is_placeholder
from pixsession.foundation.text import shown
from pixsession.readers import Export, FileDescription
from pixsession.readers.file_names import export_time
from pixsession.store.dossier import Dossier, KeptExport
from pixsession.store.rows import StoredExport
from pixsession.store.store import Store

Read = Callable[[bytes, FileDescription], Export]

_GROWS_FOR = timedelta(minutes=1)  # what comes later is another export under the same name


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

    @property
    def is_whole(self) -> bool:
        """Whether every export that was taken in could be kept."""
        return self.dossier is not None and not self.dossier.trouble

    def replaces_piece(self, export: Export, store: Store) -> bool:
        """Whether the store holds a piece of this file, which has grown since; its copy is kept no more.

        Some programs write a file in several goes and close it after each: where they stop at a line end, the
        piece is an export like any other until the rest comes.
        """
        if self.dossier is None:
            return False
        known = [one for one in store.exports.all if one.source.file == export.file.name]
        kept = [self.dossier.described(one.digest, one.source.exported_at) for one in known]
        pieces = [one for one in kept if one is not None and _is_piece(one, export)]
        for piece in pieces:
            self.dossier.drop(piece)
        return bool(pieces)

    def keep(self, export: Export) -> None:
        """Keep a copy; retried after an error of the disk."""
        if self.dossier:
            self.dossier.keep(export)
            self._unread.pop(export.file.name, None)

    def flush(self) -> None:
        """Have the disk take what was kept."""
        if self.dossier:
            self.dossier.flush()

    def catch_up(
        self, store: Store, take_in: Callable[[Export], None], read: Read, copies: Dossier | None
    ) -> Iterator[None]:
        """Take in what is kept, here or in `copies`, and the store does not hold; a step after each export.

        So come the exports of another window, and all of them after the database was lost, whole or in part.
        """
        self.flush()
        dossier = copies or self.dossier
        for kept in dossier.kept(but=self._caught_up) if dossier else ():
            self._caught_up.add(kept.stem)
            if store.known(kept.digest, kept.file.exported_at) is None:
                self._take_in_again(kept, take_in, read)
                yield

    def _take_in_again(self, kept: KeptExport, take_in: Callable[[Export], None], read: Read) -> None:
        content = kept.content()
        if content is None:
            self._unread[kept.file.name] = _("its copy is damaged or gone")
            return
        try:
            with collector_paused():
                take_in(read(content, kept.file))
        except PixSessionError as error:  # another version read it
            self._unread[kept.file.name] = error.message

    def export_at(self, path: Path, store: Store) -> StoredExport | None:
        """The export that was taken in and is kept whole, and whose bytes this file holds; raises OSError,
        ValueError and OverflowError of a file that is gone, or dated in no calendar.
        """
        if self.dossier is None:
            return None
        status = path.stat()
        modified_at = from_timestamp(status.st_mtime)
        for export in store.known_at(export_time(text_of(path.name), modified_at) or modified_at):
            # Stored notes may be in another language than the one in use: such a file is parsed again.
            if not export.notes and self._holds(export, path, status):
                return export
        return None

    def _holds(self, export: StoredExport, path: Path, status: os.stat_result) -> bool:
        name = export.digest, export.source.exported_at
        if self.dossier is None or not is_placeholder(status):
            return self.dossier is not None and self.dossier.holds(*name, path)
        kept = self.dossier.described(*name)  # to compare the file would download it
        return kept is not None and kept.path.stat().st_size == status.st_size


def _is_piece(kept: KeptExport, export: Export) -> bool:
    """Whether a kept export is the beginning of this one, written shortly before."""
    if kept.digest == export.digest or abs(export.file.modified_at - kept.file.modified_at) > _GROWS_FOR:
        return False
    content = kept.content()
    return content is not None and export.content.startswith(content)
