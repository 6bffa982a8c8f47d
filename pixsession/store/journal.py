"""The journal of a dossier: what people did, one append-only file for each running program."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pixsession.domain.board.entries import Entry, Json, just_after
from pixsession.domain.share.place import Post
from pixsession.foundation.clock import Clock, in_paris
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.store.journal_lines import READ_VERSIONS, VERSION, Chain, Fault, sealed

if TYPE_CHECKING:
    from pixsession.domain.share.clock import PostClock

_OWNER_ONLY = 0o600
_UNKNOWN = "0001-01-01T00:00:00"
_FIRST_YEAR, _LAST_YEAR = 2000, 2999
_BINARY = getattr(os, "O_BINARY", 0)
# A line without its end is waited for so long: its program is writing it, or was killed while it did.
_PATIENCE_SECONDS = 10.0
# Clocks of two programs on one share differ a little; more is a clock that is wrong, and not followed.
_CLOCKS_DIFFER = timedelta(minutes=1)
_MOST_OFFSET = 10 * 365 * 86_400.0  # seconds; no clock of a school is ten years off


class JournalError(PixSessionError):
    """What somebody did could not be written: it did not happen, and nothing written before is harmed."""


@dataclass(slots=True)
class _File:
    """How far one file has been read."""

    inode: int = 0
    offset: int = 0
    line: int = 0
    last_at: str = ""
    order: str = ""  # of the last entry: those that follow never sort before it
    given: set[str] = field(default_factory=set)  # ids of entries already returned
    troubles: dict[int, str] = field(default_factory=dict)
    chain: Chain = field(default_factory=Chain)
    is_open: bool = False  # the last line was taken without its end
    tail: bytes = b""
    tail_since: float = 0.0


class Journal:
    """The entries of one dossier, of this program and of every other one that has written there.

    `kinds`: the kinds of entries that this version knows; others are given too, and reported.
    """

    def __init__(
        self,
        folder: Path,
        now: Clock,
        kinds: Collection[str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        clock: PostClock | None = None,
    ) -> None:
        """`clock`: of a shared session; its post stands in the entries, which take their order from it."""
        self._folder = folder
        self._clock = clock
        self._now = now
        self._had_dossier = folder.parent.is_dir()
        self._monotonic = monotonic
        self._kinds = kinds
        self._files: dict[str, _File] = {}
        self._unreadable: dict[str, str] = {}
        self._own: Path | None = None
        self._good_length = 0
        self._count = 0
        self._seal = ""
        self._latest = ""
        self._lock = Lock()

    @property
    def troubles(self) -> tuple[str, ...]:
        """What could not be read, a sentence each, naming file and line."""
        with self._lock:
            lines = [
                trouble
                for name in sorted(self._files)
                for _line, trouble in sorted(self._files[name].troubles.items())
            ]
            return (*lines, *(self._unreadable[name] for name in sorted(self._unreadable)))

    @property
    def origin(self) -> str:
        """How the ids of this program's entries begin; empty while it has written none."""
        return self._own.stem if self._own else ""

    def append(self, kind: str, facts: Mapping[str, Json]) -> Entry:
        """Write down what somebody did; it is on disk when this returns.

        Raises JournalError when it could not be written. The entry comes out of `read_new` as well.
        """
        with self._lock:
            at, order, told = self._moment()
            try:
                path = self._own_file(at)
                number = self._count + 1
                record = {"v": VERSION, "n": number, "at": at, **told, "kind": kind, "facts": dict(facts)}
                line, seal = sealed(record, self._seal)
                self._write(path, line)
            except OSError as error:
                raise _refusal(error) from error
            self._count, self._latest, self._seal = number, order, seal
            said = (at, kind, dict(facts), path.name, order, *_post_of(record))
            return Entry(_entry_id(path.stem, number), *said)

    def read_new(self) -> tuple[Entry, ...]:
        """The entries, of all files, not given yet: in their order, see `Entry`."""
        with self._lock:
            found: list[Entry] = []
            listed, odd = _listing(self._folder)
            self._unreadable |= {name: _("{file} is no file: left out").format(file=name) for name in odd}
            for name, status in listed:
                try:
                    found += self._read(name, status)
                    self._unreadable.pop(name, None)
                except OSError as error:
                    why = cause_words(error)
                    self._unreadable[name] = _("{file} cannot be read ({cause})").format(file=name, cause=why)
            found.sort(key=lambda entry: entry.rank)
            if found:
                self._latest = max(self._latest, found[-1].order)
            return tuple(found)

    def _moment(self) -> tuple[str, str, dict[str, Json]]:
        """The time of an entry, its order, and what is written down of both."""
        if self._clock is None:
            at = self._time()
            order = max(at, just_after(self._latest)) if self._latest else at
            # Written only where a clock is wrong: this one, or that of a program whose entries were read.
            return at, order, {"after": order} if order != at else {}
        at, order, post = self._now().isoformat(), self._clock.stamp(self._latest), self._clock.post
        return at, order, {"after": order, "offset": self._clock.offset, "post": list(post)}

    def _time(self) -> str:
        """Now, or just after the latest entry where the clock is a little behind it: an answer is later."""
        now = self._now()
        if self._latest:
            after = datetime.fromisoformat(just_after(self._latest))
            if now < after < now + _CLOCKS_DIFFER:
                now = after
        return now.isoformat()

    def _own_file(self, at: str) -> Path:
        """The file of this program: a new one when there is none, or another program has changed it."""
        if self._own is not None and _length(self._own) == self._good_length:
            return self._own
        self._own = None
        _refuse_where_deleted(self._folder, self._had_dossier)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        began = datetime.fromisoformat(at)
        post = self._clock.post.id if self._clock else ""
        path = self._folder / f"{began:%Y%m%dT%H%M%S}-{os.getpid()}-{post}{secrets.token_hex(4)}.jsonl"
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _OWNER_ONLY))
        self._own, self._good_length, self._count, self._seal = path, 0, 0, ""
        _flush_folder(self._folder)
        return path

    def _write(self, path: Path, line: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | _BINARY)
        try:
            left = memoryview(line)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        except OSError:
            # What is half written goes; where it cannot, the next entry begins another file.
            with suppress(OSError):
                os.ftruncate(descriptor, self._good_length)
            raise
        finally:
            os.close(descriptor)
        self._good_length += len(line)

    def _read(self, name: str, status: os.stat_result) -> list[Entry]:
        file = self._files.setdefault(name, _File(status.st_ino))
        if status.st_ino != file.inode or status.st_size < file.offset:  # another program has changed it
            file = self._files[name] = _File(status.st_ino, given=file.given)
        if status.st_size == file.offset:
            file.tail = b""
            file.troubles.pop(file.line + 1, None)
            return []
        with (self._folder / name).open("rb") as stream:
            stream.seek(file.offset)
            whole, end, tail = stream.read().rpartition(b"\n")
        found = []
        if end:
            file.offset += len(whole) + 1
            lines = whole.split(b"\n")
            if file.is_open and not lines[0].strip():
                del lines[0]  # the end of that line, and no other one
            file.is_open = False
            found = [entry for line in lines for entry in self._entries(name, file, line)]
        return found + self._tail(name, file, tail)

    def _tail(self, name: str, file: _File, tail: bytes) -> list[Entry]:
        if not tail or tail != file.tail:
            file.tail, file.tail_since = tail, self._monotonic()
            return []
        if self._monotonic() - file.tail_since < _PATIENCE_SECONDS:
            return []
        if not _is_object(tail):
            words = _("{file}, line {line}: cut short, left out")
            file.troubles[file.line + 1] = words.format(file=name, line=file.line + 1)
            return []
        file.offset += len(tail)
        file.tail, file.is_open = b"", True
        return self._entries(name, file, tail)

    def _entries(self, name: str, file: _File, line: bytes) -> list[Entry]:
        """The entry of a line; none where the line is empty, damaged or was given before."""
        file.line += 1
        file.troubles.pop(file.line, None)
        if not line.strip():
            return []
        record, fault = _object(line), file.chain.fault(line)
        if fault is Fault.CHANGED:
            return self._doubt(name, file, _(fault.value))
        if record is None:
            return self._doubt(name, file, _("{file}, line {line}: unreadable, left out"))
        kind, facts = record.get("kind"), record.get("facts", {})
        if not (isinstance(kind, str) and kind and isinstance(facts, dict)):
            return self._doubt(name, file, _("{file}, line {line}: says nothing known, left out"))
        number = record.get("n")
        known = _entry_id(Path(name).stem, number if type(number) is int else file.line)
        at, (post, offset) = _moment(record.get("at")), _post_of(record)
        after = _moment(record.get("after")) or ""
        file.order = max(file.order, after if post and after else at or "", after)
        if known in file.given:
            return []
        is_known = self._kinds is None or kind in self._kinds
        if words := _(fault.value) if fault is not None else _oddity(record, at, is_known=is_known):
            self._doubt(name, file, words)
        file.last_at = at or file.last_at or _UNKNOWN
        file.given.add(known)
        return [Entry(known, file.last_at, kind, facts, name, file.order or _UNKNOWN, post, offset)]

    @staticmethod
    def _doubt(name: str, file: _File, words: str) -> list[Entry]:
        file.troubles[file.line] = words.format(file=name, line=file.line)
        return []


def _oddity(record: Mapping[str, Json], at: str | None, *, is_known: bool) -> str:
    """What is odd about a line that counts all the same; empty where nothing is."""
    if at is None:
        return _("{file}, line {line}: the time is unreadable")
    if record.get("v") not in READ_VERSIONS:
        return _("{file}, line {line}: written by another version of the program")
    return "" if is_known else _("{file}, line {line}: an action that this version does not know")


def _listing(folder: Path) -> tuple[list[tuple[str, os.stat_result]], list[str]]:
    """The files of a journal by name, and what is called like one and is none."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted((one for one in listed if one.name.endswith(".jsonl")), key=lambda one: one.name)
    except OSError:
        return [], []  # nothing written yet, or a share that is away: what was read stays
    found, odd = [], []
    for entry in entries:
        with suppress(OSError):
            if entry.is_file(follow_symlinks=False):
                # Not `entry.stat()`: on Windows that is the size when the file was last closed.
                found.append((entry.name, os.stat(entry.path)))  # noqa: PTH116
            else:
                odd.append(entry.name)
    return found, odd


def _entry_id(stem: str, number: int) -> str:
    return f"{stem}:{number:06}"


def _object(line: bytes) -> dict[str, Json] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _is_object(line: bytes) -> bool:
    return _object(line) is not None


def _post_of(record: Mapping[str, Json]) -> tuple[Post | None, float | None]:
    """Which post of a shared session wrote a line, and how far it knew its clock to be off."""
    told, offset = record.get("post"), record.get("offset")
    words = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
    if not words or not words[0]:
        return None, None
    known = isinstance(offset, int | float) and not isinstance(offset, bool) and abs(offset) < _MOST_OFFSET
    name, room = (*words[1:], "", "")[:2]
    return Post(words[0], name, room), float(offset) if known else None  # type: ignore[arg-type]


def _moment(text: Json) -> str | None:
    """A time as every entry has it; None when it is none."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:  # a mistyped year
            return None
        return (in_paris(moment) if moment.tzinfo is not None else moment).isoformat()
    except (ValueError, OverflowError):
        return None


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def _refuse_where_deleted(folder: Path, was_there: bool) -> None:
    """A dossier that was purged under an open board is not made again: nobody would know what it keeps."""
    if was_there and not folder.parent.is_dir():
        raise JournalError(
            _("What was kept for this board has been deleted: nothing is written now. Start it again.")
        )


def _flush_folder(folder: Path) -> None:
    """Have the disk keep the name of a new file too, where the system lets a folder be flushed."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # some network shares refuse it
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refusal(error: OSError) -> JournalError:
    return JournalError(
        _("This could not be written down ({cause}): is the disk full? Nothing has changed.").format(
            cause=cause_words(error)
        )
    )
