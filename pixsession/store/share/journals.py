"""Journals between this computer and the share: its own go there, those of others come here."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pixsession.foundation.atomic import read_regular, write_whole
from pixsession.foundation.i18n import _
from pixsession.store.journal_lines import sound_part
from pixsession.store.share.folder import Contents, Moved, SharedFile, SharedFolder
from pixsession.store.share.held import Held
from pixsession.store.share.names import SharedKind

# A line that does not fit is waited for so long: a synchroniser may still be bringing what it lacks.
_PATIENCE_SECONDS = 10.0
_TOKEN = re.compile(r"-([0-9a-f]{8})[0-9a-f]{8}\.jsonl$")


class JournalExchange:
    """The journals of one dossier; used by one thread.

    The copy of a colleague's journal holds sound lines only, and never loses one again. `waiting`: how many
    entries of this post are not on the share. `troubles`: what cannot be read there, in words.
    """

    def __init__(self, dossier: Path, post_id: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._folder = dossier / "journal"
        self._held = Held(monotonic)
        self._post_id = post_id
        self._monotonic = monotonic
        self._pushed: dict[str, int] = {}  # by name: so many bytes are known to be there
        self._there: dict[str, int] = {}  # likewise, also where that has to be compared once more
        self._short_since: dict[str, float] = {}
        self._read: dict[str, tuple[int, int]] = {}
        self._unsound: dict[str, tuple[tuple[int, int], float, str]] = {}

    @property
    def troubles(self) -> tuple[str, ...]:
        now = self._monotonic()
        late = (one for one in self._unsound.values() if now - one[1] >= _PATIENCE_SECONDS)
        return (*sorted(words for _stamp, _since, words in late), *self._held.troubles)

    @property
    def waiting(self) -> int:
        """How many entries of this post are not known to be on the share."""
        return sum(
            _whole_lines(self._local(name))[self._there.get(name, 0) :].count(b"\n")
            for name in self._own_names()
            if self._size(name) != self._pushed.get(name)
        )

    def pull(self, contents: Contents, shared: SharedFolder) -> bool:
        """Take over what others have written; true where there was something."""
        is_news = False
        there = {file.found for file in contents.of(SharedKind.JOURNAL)}
        self._unsound = {found: told for found, told in self._unsound.items() if found in there}
        for name, copies in contents.by_name(SharedKind.JOURNAL).items():
            for copy in copies:
                is_own = copy.found == name and self._is_own(name) and self._size(name) >= 0
                if not is_own and self._read.get(copy.found) != copy.stamp:
                    is_news |= self._take(name, copy, shared)
        return is_news

    def _take(self, name: str, copy: SharedFile, shared: SharedFolder) -> bool:
        with self._held.reading(copy):
            return self._taken(name, copy, shared.read(copy.found))
        return False

    def _taken(self, name: str, copy: SharedFile, content: bytes) -> bool:
        sound, local = sound_part(content), self._local(name)
        if not (sound.startswith(local) or local.startswith(sound)):
            words = _("{file}: not what it was, left out from where it differs")
            self._doubt(copy, words.format(file=copy.found))
        elif len(sound) < len(content) and not local.startswith(content):
            line = sound.count(b"\n") + 1
            words = _("{file}, line {line}: what follows was not written by the program, left out")
            self._doubt(copy, words.format(file=copy.found, line=line))
        else:
            self._unsound.pop(copy.found, None)
        if copy.found not in self._unsound:
            self._read[copy.found] = copy.stamp
        if not (sound.startswith(local) and len(sound) > len(local)):
            return False
        self._add(name, sound[len(local) :])
        return True

    def _doubt(self, copy: SharedFile, words: str) -> None:
        """Wait for the rest of a file, then tell; it is read again once it changes."""
        now = self._monotonic()
        before = self._unsound.get(copy.found)
        since = before[1] if before is not None and before[0] == copy.stamp else now
        self._unsound[copy.found] = copy.stamp, since, words
        if now - since >= _PATIENCE_SECONDS:
            self._read[copy.found] = copy.stamp

    def push(self, contents: Contents, shared: SharedFolder) -> None:
        """Bring what this post has written. Raises OSError: tried again."""
        there = {file.found: file for file in contents.of(SharedKind.JOURNAL)}
        for name in self._own_names():
            self._look_for_loss(name, there.get(name))
            if self._pushed.get(name) != self._size(name):
                with self._held.writing(name):
                    self._bring(name, there.get(name), shared)

    def _look_for_loss(self, name: str, file: SharedFile | None) -> None:
        """Compare a file again whose size on the share is another one for a while: a listing may be old."""
        known = self._pushed.get(name)
        if known is None or (file.size if file else 0) == known:
            self._short_since.pop(name, None)
        elif self._monotonic() - self._short_since.setdefault(name, self._monotonic()) >= _PATIENCE_SECONDS:
            del self._short_since[name], self._pushed[name]

    def _bring(self, name: str, file: SharedFile | None, shared: SharedFolder) -> None:
        whole = self._local(name)
        local = _whole_lines(whole)
        known = self._pushed.pop(name, None)
        try:
            if known is None:
                known = self._compared(name, local, shared, is_cut=whole != local) if file else 0
            if 0 < known < len(local):
                shared.append(name, known, local[known:])
            elif known < len(local):
                shared.write(name, local)
        except (Moved, FileNotFoundError):  # by a synchroniser, perhaps
            return  # compared at the next look
        self._pushed[name] = self._there[name] = max(known, len(local))

    def _compared(self, name: str, local: bytes, shared: SharedFolder, *, is_cut: bool) -> int:
        """How many bytes of a file of this post the share holds; 0: it has to be written anew."""
        content = shared.read(name)
        if local.startswith(content):
            return len(content)
        sound = sound_part(content)
        if sound.startswith(local) and len(sound) > len(local):  # this computer was set back to an older day
            if is_cut:
                write_whole(self._folder / name, sound)  # not behind a line that was cut short
            else:
                self._add(name, sound[len(local) :])  # what is done at this moment stays
            return len(sound)
        return 0

    # -- this computer's side ------------------------------------------------------------------------------

    def _own_names(self) -> list[str]:
        try:
            names = sorted(os.listdir(self._folder))  # noqa: PTH208 - at each look
        except OSError:
            return []
        return [name for name in names if self._is_own(name)]

    def _is_own(self, name: str) -> bool:
        """Whether this post has written a file: its id is in the name."""
        found = _TOKEN.search(name)
        return found is not None and found[1] == self._post_id

    def _size(self, name: str) -> int:
        try:
            return (self._folder / name).stat().st_size
        except OSError:
            return -1

    def _local(self, name: str) -> bytes:
        try:
            return read_regular(self._folder / name)
        except OSError:
            return b""

    def _add(self, name: str, more: bytes) -> None:
        path = self._folder / name
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            write_whole(path, more)
            return
        with suppress(FileNotFoundError), path.open("ab") as stream:
            stream.write(more)
            stream.flush()
            os.fsync(stream.fileno())


def _whole_lines(content: bytes) -> bytes:
    return content[: content.rfind(b"\n") + 1]
