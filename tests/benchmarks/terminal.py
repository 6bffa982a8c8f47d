"""A pseudo-terminal with a program in it, and when its bytes came."""

from __future__ import annotations

import contextlib
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

with contextlib.suppress(ImportError):  # Windows has no pseudo-terminals of this kind
    import fcntl
    import pty
    import termios
    import tty


def _pseudo_terminal(columns: int, lines: int) -> tuple[int, int]:
    """Its two ends, ours and the program's."""
    if sys.platform == "win32":
        raise OSError("no pseudo-terminal")
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    return ours, theirs


class Terminal:
    """A program on a pseudo-terminal of so many columns and lines."""

    def __init__(
        self,
        command: Sequence[str],
        environment: dict[str, str],
        folder: Path,
        *,
        inherited: Sequence[int] = (),
        size: tuple[int, int] = (160, 45),
    ) -> None:
        ours, theirs = _pseudo_terminal(*size)
        self._ours = ours
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            cwd=folder,
            start_new_session=True,
            pass_fds=inherited,
        )
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds, at once when anything does; nothing at the end."""
        if select.select([self._ours], [], [], seconds)[0]:
            with contextlib.suppress(OSError):  # Linux says so when the program has ended
                return os.read(self._ours, 1 << 20)
        return b""

    def until(self, *texts: bytes, seconds: float = 30.0) -> float:
        """Seconds from the start of the program to the moment when all these texts had come."""
        heard = bytearray()
        end = self.began + seconds
        while missing := [text for text in texts if text not in heard]:
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError(f"{missing!r} never came: {bytes(heard[-2000:])!r}")
            heard += self.read(0.1)
        return time.monotonic() - self.began

    def next_with(self, text: bytes, *, seconds: float) -> float:
        """The moment, of the monotonic clock, when this text comes from now on."""
        heard = bytearray()
        end = time.monotonic() + seconds
        while text not in heard:
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError(f"{text!r} never came: {bytes(heard[-2000:])!r}")
            heard += self.read(0.1)
        return time.monotonic()

    def until_silent(self, seconds: float) -> tuple[int, float]:
        """How many bytes come before so long a silence, and when the last one came."""
        count, last = 0, time.monotonic()
        while heard := self.read(seconds):
            count, last = count + len(heard), time.monotonic()
        return count, last

    def processor_seconds(self) -> float:
        """The time of a processor spent until now; raises OSError where the system does not tell."""
        if sys.platform == "win32":
            raise OSError("no pseudo-terminal")
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
