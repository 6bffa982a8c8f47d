"""A pseudo-terminal that says when bytes came, and how many."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pexpect

PATIENCE = 60.0


class Pane:
    """A Python program in a terminal of its own; a context manager that ends it."""

    def __init__(self, arguments: Sequence[str], *, state: Path, columns: int = 160, lines: int = 45) -> None:
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"PIXSESSION_STATE": str(state), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
        environ |= {"PIXSESSION_LANG": "en", "PIXSESSION_CONFIG": str(state / "config.toml")}
        self.child = pexpect.spawn(
            sys.executable, list(arguments), env=environ, dimensions=(lines, columns), timeout=PATIENCE
        )
        self.received = b""
        self.last_byte_at = time.perf_counter()

    def __enter__(self) -> Pane:
        return self

    def __exit__(self, *_error: object) -> None:
        self.child.close(force=True)

    def read(self, seconds: float) -> bytes:
        """What comes within so long; returns at the first bytes."""
        ready, _, _ = select.select([self.child.child_fd], [], [], seconds)
        if not ready:
            return b""
        chunk = os.read(self.child.child_fd, 1 << 16)
        self.last_byte_at = time.perf_counter()
        self.received += chunk
        return chunk

    def await_text(self, text: str) -> float:
        """Wait for a text among the bytes, then for the silence after it; when the last byte came."""
        end = time.perf_counter() + PATIENCE
        while text.encode() not in self.received:
            if time.perf_counter() > end:
                raise TimeoutError(text)
            self.read(1)
        self.await_silence(0.15)
        return self.last_byte_at

    def await_silence(self, seconds: float) -> bytes:
        """Everything that comes until nothing comes for so long."""
        found = b""
        while chunk := self.read(seconds):
            found += chunk
        return found
