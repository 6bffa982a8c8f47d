"""The terminal as it is: what it can show, and what Windows must be asked for.

An old console of Windows obeys escape sequences only when asked to, lacks most signs, and freezes a program
while somebody selects text with the mouse (QuickEdit).
"""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

NEAREST = "pixsession.nearest"
# Terminals of Windows that name themselves here have the signs; the old console does not name itself.
_NAMES = ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI", "SSH_CONNECTION", "MSYSTEM")
# https://learn.microsoft.com/windows/console/setconsolemode
_OUTPUT, _ERRORS, _INPUT = -11, -12, -10
_SEQUENCES = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
_QUICK_EDIT, _EXTENDED = 0x0040, 0x0080
_SIGNS = {"−": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": ".", "·": ".", "•": "*"}
_SIGNS |= {"→": ">", "←": "<", "▲": "^", "▼": "v", "œ": "o", "Œ": "O", "æ": "a", "Æ": "A", "đ": "d", "Đ": "D"}
_SIGNS |= {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i"}


def nearest(character: str) -> str:
    """The ASCII character that is read most like this one, of its width; "?" where there is none."""
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isspace():
        return " "
    code = ord(character)
    if 0x2500 <= code < 0x2580:  # the lines of frames
        return {"─": "-", "━": "-", "═": "-", "│": "|", "┃": "|", "║": "|"}.get(character, "+")
    if 0x2580 <= code < 0x25A0:  # the blocks of bars
        return "#"
    letter = unicodedata.normalize("NFKD", character)[0]
    return letter if letter.isascii() and letter.isprintable() else "?"


def _to_nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(nearest, error.object[error.start : error.end])), error.end


codecs.register_error(NEAREST, _to_nearest)


def is_unicode(encoding: str | None) -> bool:
    """Whether an encoding writes every character."""
    try:
        return codecs.lookup(encoding or "ascii").name.startswith(("utf", "cp65001"))
    except LookupError:
        return False


def has_signs(environ: Mapping[str, str], encoding: str | None, system: str = sys.platform) -> bool:
    """Whether a terminal of this encoding has the signs of the board in its font."""
    return is_unicode(encoding) and (system != "win32" or any(environ.get(name) for name in _NAMES))


def pipe_encoding(environ: Mapping[str, str]) -> str | None:
    """How Windows' shells read what a program writes into a pipe; None: as Python writes it."""
    page = _output_page()
    if page is None or environ.get("PYTHONIOENCODING") or sys.flags.utf8_mode:
        return None
    encoding = "utf-8" if page == 65001 else f"cp{page}"
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return None


def obeys_sequences() -> bool:
    """Ask the console to obey escape sequences; whether it does. Elsewhere terminals do."""
    if sys.platform != "win32":
        return True
    return all(_set_mode(which, _SEQUENCES, 0) for which in (_OUTPUT, _ERRORS))


@contextmanager
def never_frozen() -> Iterator[None]:
    """Inside, a click selects no text in a Windows console, which would hold a board that looks live."""
    before = _mode(_INPUT)
    if before is not None:
        _set_mode(_INPUT, _EXTENDED, _QUICK_EDIT)
    try:
        yield
    finally:
        if before is not None:
            _set_mode(_INPUT, before | _EXTENDED, ~before & 0xFFFF)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    def _output_page() -> int | None:
        """The code page that a console of Windows writes in."""
        return int(ctypes.windll.kernel32.GetConsoleOutputCP())

    def _mode(which: int) -> int | None:
        """The mode of a console; None where there is none."""
        kernel, found = ctypes.windll.kernel32, wintypes.DWORD()
        kernel.GetStdHandle.restype = wintypes.HANDLE
        handle = wintypes.HANDLE(kernel.GetStdHandle(which))
        return found.value if kernel.GetConsoleMode(handle, ctypes.byref(found)) else None

    def _set_mode(which: int, on: int, off: int) -> bool:
        before = _mode(which)
        if before is None:
            return True  # a pipe or a file: nothing to ask
        kernel = ctypes.windll.kernel32
        return bool(kernel.SetConsoleMode(wintypes.HANDLE(kernel.GetStdHandle(which)), (before | on) & ~off))

else:

    def _output_page() -> int | None:
        return None

    def _mode(_which: int) -> int | None:
        return None

    def _set_mode(_which: int, _on: int, _off: int) -> bool:
        return True


def repaired_arguments(arguments: list[str], system: str = sys.platform) -> list[str]:
    r"""The arguments as they were meant: PowerShell 5.1 completes `'.\a b\'`, and the backslash before the
    closing quote makes one argument of it and of all that follows, with a quote inside.

    No name of Windows holds a quote.
    """
    if system != "win32":
        return arguments
    found: list[str] = []
    for argument in arguments:
        name, quote, rest = argument.partition('"')
        found += [name, *rest.split()] if quote and os.path.isdir(name) else [argument]  # noqa: PTH112
    return found
