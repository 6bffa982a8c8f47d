"""What tests of the pipeline share: boards that are waited for, in this process and in another."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, ClassVar, TextIO

from pixsession.cli.sessions import supervised
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest, Settings
from tests.factories.dossiers import noon
from tests.factories.samples.writer import Download

from . import viewer
from .watching import END_SECONDS, SLOWNESS

PATIENCE = 10.0 * SLOWNESS  # the longest that a test waits for what must come
ROOT = Path(__file__).parent.parent.parent


class Board:
    """A pipeline and all that it published."""

    def __init__(self, folder: Path, dossier: Path | None = None, **asked: Any) -> None:
        self._changed = threading.Condition()
        self.snapshots: list[Snapshot] = []
        self.failures: list[PixSessionError] = []
        request = BoardRequest(folder, Rule(), dossier=dossier, scan_seconds=0.5, **asked)
        self.pipeline = Pipeline(request, noon)
        self.pipeline.listen(self._publish, self._failed)

    def _publish(self, snapshot: Snapshot) -> None:
        with self._changed:
            self.snapshots.append(snapshot)
            self._changed.notify_all()

    def _failed(self, error: PixSessionError) -> None:
        with self._changed:
            self.failures.append(error)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[Snapshot], object]) -> Snapshot:
        """The newest Snapshot, once it is a wanted one; what is wanted may stand on the disk."""
        end = time.monotonic() + PATIENCE

        def is_there() -> object:
            return (self.snapshots and wanted(self.snapshots[-1])) or self.failures

        with self._changed:
            while not self._changed.wait_for(is_there, 0.1) and time.monotonic() < end:
                pass
            assert self.failures == []
            assert is_there(), f"it never came; the last of {len(self.snapshots)}: {self.snapshots[-1:]}"
            return self.snapshots[-1]

    def wait_for_failure(self) -> PixSessionError:
        """The reason why it stopped."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.failures, PATIENCE)
            return self.failures[0]

    def runs_to_its_end(self) -> None:
        """Start, and wait until something has stopped it."""
        self.pipeline.start()
        self.pipeline.join(PATIENCE)
        assert not self.pipeline.is_alive()
        assert self.failures == []

    def stop(self) -> None:
        """Stop, quickly and for good."""
        began = time.monotonic()
        self.pipeline.stop()
        self.pipeline.join(PATIENCE)
        assert not self.pipeline.is_alive()
        assert time.monotonic() - began < END_SECONDS


@contextmanager
def board_of_file(file: Path, folder: Path) -> Iterator[Board]:
    """The board of a session file, followed; its dossier stands beside the file."""
    asked = supervised(file, Settings(), BoardRequest(folder, Settings().rule), named=False)
    found = Board(asked.folder, file.parent / "dossier", session=asked.session, reread=asked.reread)
    found.pipeline.start()
    yield found
    found.stop()


@contextmanager
def board_on(folder: Path, dossier: Path | None = None, **asked: Any) -> Iterator[Board]:
    """A board that follows this folder; nothing of it is left afterwards."""
    before = set(threading.enumerate())
    board = Board(folder, dossier, **asked)
    board.pipeline.start()
    try:
        yield board
    finally:
        board.stop()
    assert set(threading.enumerate()) <= before


@contextmanager
def board_for(request: BoardRequest) -> Iterator[Board]:
    """A board of the session or lesson of this request, beside others perhaps, whose threads stay."""
    followed = {"session": request.session, "share": request.share, "reread": request.reread}
    board = Board(request.folder, request.dossier, **followed)
    board.pipeline.start()
    try:
        yield board
    finally:
        board.stop()


def download(folder: Path, one: Download) -> Path:
    """Save an export as a browser does."""
    partial = folder / f"{one.name}.part"
    partial.write_bytes(one.content)
    return partial.replace(folder / one.name)


def _fork() -> int:
    if sys.platform == "win32":
        raise OSError("no process goes on from another here")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        return os.fork()  # the threads that listen to other processes hold nothing that this one asks for


class Forked:
    """A process that goes on from this one, with all that is loaded; used as one of `subprocess.Popen`."""

    _held: ClassVar[list[IO[str]]] = []  # of all of them: a sister that held one too would keep it open

    def __init__(self, work: Callable[[TextIO, TextIO], None]) -> None:
        """`work` is given what the other process may read, and where it writes."""
        their_input, our_output = os.pipe()
        our_input, their_output = os.pipe()
        self.pid = _fork()
        if self.pid == 0:
            status = 1
            try:
                for ours in (our_input, our_output, *(one.fileno() for one in self._held if not one.closed)):
                    os.close(ours)
                with open(their_input, encoding="utf-8") as asked, open(their_output, "w") as told:  # noqa: PTH123
                    work(asked, told)
                status = 0
            finally:
                os._exit(status)
        os.close(their_input)
        os.close(their_output)
        self.stdin: IO[str] | None = os.fdopen(our_output, "w", encoding="utf-8")
        self.stdout: IO[str] | None = os.fdopen(our_input, encoding="utf-8")
        self._held[:] = [one for one in (*self._held, self.stdin, self.stdout) if not one.closed]
        self.returncode: int | None = None

    def kill(self) -> None:
        """End it without a warning."""
        if self.returncode is None:
            os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def wait(self, _patience: float) -> int:
        """Its exit status, once it has ended; negative: the signal."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode


class Viewer:
    """A board in another process, and what it says; `forked`: a copy of this one, which starts quickly."""

    def __init__(
        self, folder: Path, dossier: Path, scan_seconds: float = 0.5, *, forked: bool = False
    ) -> None:
        asked = (str(folder), str(dossier), str(scan_seconds))
        self.process: Forked | subprocess.Popen[str]
        if forked and hasattr(os, "fork"):
            self.process = Forked(lambda told, says: viewer.main(*asked, asked=told, told=says))
        else:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.live.viewer", *asked],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.said: list[dict[str, Any]] = []

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The next thing said that is wanted."""
        end = time.monotonic() + PATIENCE
        while True:
            line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            assert line is not None, "the viewer has ended"
            self.said.append(json.loads(line))
            assert "failed" not in self.said[-1]
            if wanted(self.said[-1]):
                return self.said[-1]

    def quit(self) -> None:
        """Have it end by itself."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(PATIENCE) == 0
        self._end()

    def kill(self) -> None:
        """End it without a warning; all that it said before is in `said`."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self._end()

    def _end(self) -> None:
        self._listener.join(PATIENCE)
        while (line := self._lines.get(timeout=1)) is not None:
            if line.endswith("\n"):  # the last one may be torn
                self.said.append(json.loads(line))
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
