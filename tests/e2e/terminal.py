"""A real pseudo-terminal with the real program in it, read as a person would: what is on the screen."""

from __future__ import annotations

import re
import time
from pathlib import Path
from types import TracebackType

from tests.e2e.runs import PATIENCE, ended, spawned


class Terminal:
    """The program started in a terminal of this size; a context manager that ends it for sure."""

    def __init__(self, *arguments: str | Path, columns: int = 80, lines: int = 24, **environ: str) -> None:
        import pexpect
        import pyte

        self._pexpect = pexpect
        environ = {"TEXTUAL_ANIMATIONS": "none", **environ}
        self.child = spawned(*arguments, environ=environ, encoding=None, dimensions=(lines, columns))
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """Every line of the screen."""
        return "\n".join(self.screen.display)

    def press(self, keys: str) -> None:
        """Type these keys."""
        self.child.send(keys)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size; the program is told by a signal."""
        self.screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def sees(self, pattern: str) -> str:
        """Wait until the pattern is on the screen; what matched."""
        return self._await(pattern, there=True)

    def no_longer_sees(self, pattern: str) -> None:
        """Wait until the pattern has left the screen."""
        self._await(pattern, there=False)

    def _await(self, pattern: str, *, there: bool) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            match = re.search(pattern, self.text)
            if (match is not None) is there:
                return match[0] if match else ""
            try:
                received = self.child.read_nonblocking(65536, timeout=1)
            except self._pexpect.TIMEOUT:
                continue
            except self._pexpect.EOF:
                break
            self.received += received
            self._stream.feed(received)
        raise AssertionError(f"{pattern!r} {'never came' if there else 'stays'}:\n{self.text}")

    def leaves(self, *, asked: str = "") -> int:
        """Press q, enter where it asks this (a pattern), and wait for the end; the exit status."""
        self.press("q")
        if asked:
            self.sees(asked)
            self.press("\r")
        ended(self.child)
        self.received += self.child.before
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)
