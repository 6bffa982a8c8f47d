"""Exports between the dossier of this computer and the share: each by the digest of its bytes."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from pixsession.foundation.atomic import read_regular, write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.readers import export_of
from pixsession.readers.document import PACKED_STARTS
from pixsession.store.dossier import KeptExport, described
from pixsession.store.share.folder import Contents, SharedFile, SharedFolder
from pixsession.store.share.held import Held
from pixsession.store.share.names import SharedKind

_TRY_AGAIN_SECONDS = 5.0


class ExportExchange:
    """The exports of one dossier; used by one thread. `waiting`: how many are not on the share."""

    def __init__(self, dossier: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._folder = dossier / "exports"
        self._monotonic = monotonic
        self._held = Held(monotonic)
        self._tried: dict[str, tuple[tuple[int, int], float]] = {}
        self._there: set[str] = set()
        self._checked: dict[str, bool] = {}  # by the name of its copy: whether it may leave this computer

    @property
    def waiting(self) -> int:
        # Asked by another thread too, while the share does not answer.
        held = {name for name, may_leave in tuple(self._checked.items()) if not may_leave}
        waiting = self._described().difference(self._there)
        return sum(
            not held or (kept := self._kept(name)) is None or kept.path.name not in held for name in waiting
        )

    def pull(self, contents: Contents, shared: SharedFolder) -> bool:
        """Take over the exports that others have kept; true where there was one."""
        here, is_news = self._described(), False
        bytes_of = contents.by_name(SharedKind.EXPORT)
        for name, copies in contents.by_name(SharedKind.DESCRIPTION).items():
            if name in here:
                continue
            for copy in copies:
                if self._is_due(copy) and self._take(name, copy, bytes_of, shared):
                    is_news = True
                    break
        return is_news

    def _is_due(self, copy: SharedFile) -> bool:
        stamp, at = self._tried.get(copy.found, (None, 0.0))
        return stamp != copy.stamp or self._monotonic() - at >= _TRY_AGAIN_SECONDS

    def _take(
        self, name: str, copy: SharedFile, bytes_of: Mapping[str, list[SharedFile]], shared: SharedFolder
    ) -> bool:
        self._tried[copy.found] = copy.stamp, self._monotonic()
        description = b""
        with self._held.reading(copy):
            description = shared.read(copy.found)
        kept = described(self._folder / name, description)
        if kept is None:
            return False
        for file in bytes_of.get(kept.path.name, ()):
            content = b""
            with self._held.reading(file):
                content = shared.read(file.found)
            if hashlib.sha256(content).hexdigest() == kept.digest and not self._is_left_behind(kept, content):
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_whole(kept.path, content)
                write_whole(self._folder / name, description)
                return True
        return False

    def _is_left_behind(self, kept: KeptExport, content: bytes) -> bool:
        """Whether it is the beginning of a file that this computer has kept whole since."""
        for name in self._described():
            with suppress(OSError):
                other = described(self._folder / name, read_regular(self._folder / name))
                if other is not None and other.file.name == kept.file.name:
                    whole = other.content()
                    if whole is not None and len(whole) > len(content) and whole.startswith(content):
                        return True
        return False

    def push(self, contents: Contents, shared: SharedFolder) -> None:
        """Bring the exports that are kept here. Raises OSError, and tries again."""
        there = contents.by_name(SharedKind.DESCRIPTION)
        sizes = {name: copies[0].size for name, copies in contents.by_name(SharedKind.EXPORT).items()}
        for name in sorted(self._described()):
            kept = self._kept(name)
            if kept is None:
                continue
            try:
                size = kept.path.stat().st_size
            except OSError:
                continue
            if name in there and sizes.get(kept.path.name) == size:
                self._there.add(name)
                continue
            content = kept.content()
            if content is None or not self._may_leave(kept, content):
                continue
            with self._held.writing(kept.path.name):
                if sizes.get(kept.path.name) != size:
                    shared.write(kept.path.name, content)
                if name not in there:
                    shared.write(name, read_regular(self._folder / name))
                self._there.add(name)

    def _may_leave(self, kept: KeptExport, content: bytes) -> bool:
        """Whether an export holds nothing that is to stay here: of a text, numbers were taken out before."""
        if kept.path.name not in self._checked:
            self._checked[kept.path.name] = not content.startswith(PACKED_STARTS) or not _has_numbers(
                kept, content
            )
        return self._checked[kept.path.name]

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is not shared, and why, in words."""
        if all(self._checked.values()):
            return self._held.troubles
        words = (_("an export in a workbook is not shared, as it holds student numbers: save it as CSV"),)
        return (*words, *self._held.troubles)

    def _kept(self, name: str) -> KeptExport | None:
        try:
            return described(self._folder / name, read_regular(self._folder / name))
        except OSError:
            return None

    def _described(self) -> set[str]:
        try:
            names = os.listdir(self._folder)  # noqa: PTH208 - at each look
        except OSError:
            return set()
        return {name for name in names if name.endswith(".json") and name[0] != "."}


def _has_numbers(kept: KeptExport, content: bytes) -> bool:
    """Whether a workbook tells a number or a birth date of any student; assumed of what cannot be read."""
    from pixsession.readers.campaign.private_columns import is_private  # noqa: PLC0415 - (c): few folders hold workbooks
    from pixsession.readers.documents import document_of  # noqa: PLC0415 - (c): likewise

    try:
        export_of(content, kept.file)  # first where it can be given up
        return is_private(document_of(content))
    except PixSessionError:
        return True
