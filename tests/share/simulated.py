"""A simulated share: each post has a replica of its own, and whoever brings files between them errs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from errno import EIO
from pathlib import Path

from pixsession.domain.board.entries import Entry
from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.engine.common.entry_log import EntryLog
from pixsession.store.share.folder import Contents, Moved, SharedFile, SharedFolder
from pixsession.store.share.journals import JournalExchange
from pixsession.store.share.names import SESSION, SharedKind, name_on_share

_BEGIN = datetime(2026, 3, 12, 8, 30)  # noqa: DTZ001 - Paris time has no zone here


class Replica(SharedFolder):
    """What one post sees of the share; `fails`: how many requests still succeed before the share is away."""

    def __init__(self) -> None:
        super().__init__(Path("/nowhere"))
        self.files: dict[str, bytes] = {SESSION: b"{}"}
        self.versions: dict[str, int] = {}
        self.left: int | None = None

    def _ask(self) -> None:
        if self.left is not None:
            if self.left == 0:
                raise OSError(EIO, "away")
            self.left -= 1

    def put(self, name: str, content: bytes) -> None:
        self.files[name] = content
        self.versions[name] = self.versions.get(name, 0) + 1

    def contents(self) -> Contents:
        self._ask()
        found = []
        for name, content in self.files.items():
            known = name_on_share(name)
            if known is not None:
                stamp = self.versions.get(name, 0)
                found.append(SharedFile(name, known.kind, known.name, len(content), stamp))
        return Contents(tuple(found), ())

    def read(self, name: str) -> bytes:
        self._ask()
        if name not in self.files:
            raise FileNotFoundError(name)
        return self.files[name]

    def write(self, name: str, content: bytes) -> None:
        self._ask()
        self.put(name, content)

    def append(self, name: str, length: int, more: bytes) -> None:
        there = self.files.get(name)
        if there is None:
            raise FileNotFoundError(name)
        if len(there) != length:
            raise Moved(name)
        if self.left == 0:  # cut on the way
            self.put(name, there + more[: len(more) // 2])
        self._ask()
        self.put(name, there + more)


class SimulatedPost:
    """A post: its dossier, its clock, its replica, and the program that runs there now."""

    def __init__(self, dossier: Path, number: int, off_seconds: int) -> None:
        self.post = Post(f"{number:08x}", f"post {number}")
        self.replica = Replica()
        self.confirmed: list[Entry] = []
        self.seconds = 0.0
        self._dossier, self._off = dossier, off_seconds
        self.start()

    def now(self) -> datetime:
        return _BEGIN + timedelta(seconds=self.seconds + self._off)

    def start(self) -> None:
        """A new program, after a kill perhaps: all that it knows is on its disk."""
        offset = None if self._off % 2 else float(-self._off)  # some know their offset, some do not
        clock = PostClock(self.post, self.now, offset)
        self.exchange = JournalExchange(self._dossier, self.post.id, lambda: self.seconds)
        self.log = EntryLog(self._dossier, self.now, clock=clock)

    def tear_own_file(self) -> None:
        """What a kill leaves in the middle of a line."""
        for path in sorted((self._dossier / "journal").glob(f"*-{self.post.id}*.jsonl"))[-1:]:
            with path.open("ab") as stream:
                stream.write(b'{"v": 2, "n": 9')

    def act(self, text: str) -> None:
        self.log.look()
        self.confirmed.append(self.log.append("act.note", {"text": text}))

    def look(self) -> None:
        try:
            contents = self.replica.contents()
            self.exchange.pull(contents, self.replica)
            self.exchange.push(contents, self.replica)
        except OSError:
            pass
        self.log.look()

    def own_files(self) -> Mapping[str, bytes]:
        """The files that this post has brought to its replica."""
        return {
            name: content
            for name, content in self.replica.files.items()
            if (known := name_on_share(name)) is not None
            and known.kind is SharedKind.JOURNAL
            and f"-{self.post.id}" in name
            and known.name == name
        }
