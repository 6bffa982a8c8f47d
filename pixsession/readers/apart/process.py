"""Workbooks and archives read in a process of their own, kept warm: what exceeds its limits is given up."""

from __future__ import annotations

import atexit
import hashlib
import pickle
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _, language
from pixsession.foundation.own_process import READ_APART, command_of
from pixsession.readers.apart import child
from pixsession.readers.apart.child import Answer, Question, received, send
from pixsession.readers.documents import Reading, unexpected
from pixsession.readers.export import ExportKind, FileDescription
from pixsession.readers.kinds import Columns

if sys.platform == "win32" or TYPE_CHECKING:
    from pixsession.readers.apart.windows import Job

# The clock on the wall is no measure of work on a busy machine: it ends what waits for ever.
_TIMES_ON_THE_WALL = 4.0
_SECONDS_TO_START = 60.0  # Windows looks through each file of a program that it has not met
_MOST_TRIES = 2  # what was given up twice is not tried again until the file changes


class Limits(NamedTuple):
    """What reading one file may take, and more for each megabyte of it beyond the first.

    Measured: a workbook of 1 000 students needs 0.3 s and 15 MB, one of 5 000 (1 MB) 2.5 s and 130 MB, one of
    20 000 (4 MB) 7 s and 360 MB.
    """

    seconds: float = 4.0  # of the processor
    megabytes: float = 200.0  # beside the 30 that the child takes by itself
    more_seconds: float = 4.0
    more_megabytes: float = 100.0
    most_megabytes: float = 1500.0

    def of(self, size: int) -> tuple[float, int]:
        """Seconds and bytes for a file of this size."""
        more = max(0.0, size / 1_000_000 - 1)
        megabytes = min(self.megabytes + self.more_megabytes * more, self.most_megabytes)
        return self.seconds + self.more_seconds * more, int(megabytes * 1_000_000)


_LIMITS = Limits()


def check_apart(path: Path, size: int, columns: Columns | None) -> None:
    """As `check_packed` of the documents; raises UnreadableExport too where that had to be given up."""
    changed_at = path.stat().st_mtime_ns  # what was given up is tried again once it is another file
    _READER.ask("check", (path, _plain(columns)), size, changed_at)


def read_apart(content: bytes, file: FileDescription, columns: Columns | None) -> Reading:
    """As `reading_of` of the documents; raises UnreadableExport too where that had to be given up."""
    return cast(Reading, _READER.ask("read", (content, file, _plain(columns)), len(content)))


def _plain(columns: Columns | None) -> Columns | None:
    return dict(columns) if columns else None  # other mappings may not be sent


class Reader:
    """One child process, started when it is first needed and again after it was ended; for any thread."""

    def __init__(self, limits: Limits = _LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._job: Job | None = None
        self._given_up: Counter[bytes] = Counter()

    def ask(self, task: str, arguments: tuple[Any, ...], size: int, changed_at: int = 0) -> Any:
        """What the task gives; raises what it raises, and UnreadableExport where it takes too much."""
        seconds, memory = self._limits.of(size)
        question = pickle.dumps(Question(task, arguments, language(), seconds, memory))
        with self._lock:
            key = hashlib.sha256(question + f"{size} {changed_at}".encode()).digest()
            if self._given_up[key] >= _MOST_TRIES:
                raise _too_much()
            answer = self._answer(question, seconds, memory)
            if answer is None or answer.failure == MemoryError.__name__:
                self._given_up[key] += 1
                raise _too_much()
        if answer.failure:
            raise unexpected(answer.failure)
        if answer.error is not None:
            raise answer.error
        return answer.value

    def _answer(self, question: bytes, seconds: float, memory: int) -> Answer | None:
        """What the child says; None where it was ended, by the system or for its time."""
        process = self._running()
        if process is not None and self._job is not None:
            self._job.limit(seconds, memory)
        answer = _said(process, seconds * _TIMES_ON_THE_WALL, question) if process is not None else None
        if answer is None:
            self._end()
            return None
        return cast(Answer, pickle.loads(answer))  # noqa: S301 - from the program itself

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The child, ready to be asked, as its start is no part of a file's time; None where it never is."""
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _started()
            atexit.register(self.close)
            if _said(self._process, _SECONDS_TO_START) is None:
                return None
            if sys.platform == "win32":
                self._job = Job(int(self._process._handle))  # type: ignore[attr-defined]
        return self._process

    def close(self) -> None:
        """End the child, whatever it is doing; the next question starts another."""
        if (process := self._process) is not None:
            process.kill()  # whoever waits for it goes on, and gives the lock back
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if self._job is not None:
            self._job.close()
            self._job = None
        if process is None:
            return
        atexit.unregister(self.close)
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not written yet goes nowhere
                    continue


_READER = Reader()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter, with words of our own
        command_of(child.__name__, READ_APART),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # keys that end the program are not for the child, which ends with its pipe
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _said(process: subprocess.Popen[bytes], seconds: float, question: bytes | None = None) -> bytes | None:
    """What the child says next, if need be to this question; None where it was ended, at the latest then."""
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    giving_up = threading.Timer(seconds, process.kill)
    giving_up.daemon = True  # the program may end meanwhile
    giving_up.start()
    try:
        if question is not None:
            send(process.stdin, question)
        return received(process.stdout)
    except OSError:
        return None
    finally:
        giving_up.cancel()


def _too_much() -> UnreadableExport:
    words = _("reading this file takes too much time or memory: it was given up, save it again or as CSV")
    return UnreadableExport(words, kind=ExportKind.UNKNOWN.value)
