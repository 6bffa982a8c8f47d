"""What a terminal sends, made safe: nothing in it ends the program, and no report turns into letters.

Textual 8.2 reads the terminal in a thread of its own. An error there (a report of kitty's keyboard protocol
with a colon, a byte that is not UTF-8) ends the program with status 0 and without a word. Its parser and its
decoder cannot be passed in: `guard` puts ours where its drivers look for them. The private names that this
takes stand in tests/unit/test_terminal_input.py, which fails when Textual changes them.
"""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from rich.console import RenderableType
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.keys import Keys
from textual.message import Message

_SHIFT, _LOCKS, _RELEASED = 1, 64 + 128, "3"
_MOST_CELLS = 5000  # columns or lines of a terminal; a report of more is none
# https://sw.kovidgoyal.net/kitty/keyboard-protocol/: code:shifted:base ; modifiers:event ; text u
_KEY_REPORT = re.compile(
    r"\x1b\[(?P<code>\d*)(?::(?P<shifted>\d*))?(?::(?P<base>\d*))?"
    r"(?:;(?P<modifiers>\d*)(?::(?P<event>\d*))?)?(?:;(?P<text>[\d:]*))?(?P<end>[u~ABCDEFHPQRS])"
)
_WHOLE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # a control sequence to its end (ECMA-48, 5.4)
# These are read elsewhere in Textual's parser: the mouse, and what a terminal says it can do.
_READ_ELSEWHERE = re.compile(r"\x1b\[(?:M|<?[-\d;]+[mM]|\?\d+;\d\$y)")
# Drivers of Linux and macOS, and of Windows: where each of them finds its parser.
_READERS = ("textual.drivers.linux_driver", "textual.drivers.win32")


class SafeParser(XTermParser):
    """Textual's parser: what it cannot read is ignored, and it reads on after it."""

    def feed(self, data: str) -> Iterable[Message]:
        """The messages of this text; an error costs the sequence that it is in, never what follows."""
        for piece in data or ("",):
            yield from self._safely(super().feed(piece))

    def tick(self) -> Iterable[Message]:
        """What a pause in the input means."""
        yield from self._safely(super().tick())

    def _safely(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            for message in messages:
                if _is_sound(message):
                    yield message
        except Exception:  # noqa: BLE001 - whatever a terminal sent: it is no reason to end
            self._tokens.clear()
            self._timeout_time = None
            self._gen = self.parse(self._tokens.append)
            self._awaiting = next(self._gen)

    def parse_mouse_code(self, code: str) -> Message | None:
        """A motion or a click; None where the size that the terminal told makes no sense of it."""
        try:
            return super().parse_mouse_code(code)
        except ArithmeticError:
            return None

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        plain = plain_report(sequence)
        if plain is None:
            return (events.Key(Keys.Ignore, sequence),)
        try:
            keys = tuple(super()._sequence_to_key_events(plain, alt))
        except (ValueError, OverflowError):  # a code that is no character
            keys = (events.Key(Keys.Ignore, sequence),)
        if not keys and _is_unknown(sequence):
            # Textual would wait for more of it, then hand it out as letters and digits: keys of the board.
            keys = (events.Key(Keys.Ignore, sequence),)
        return keys


def plain_report(sequence: str) -> str | None:
    """A report of a key without the parts that Textual cannot read; None: a key that was let go.

    A letter with shift alone is its capital, as every other terminal sends it. Anything else is returned
    as it is.
    """
    report = _KEY_REPORT.fullmatch(sequence)
    if report is None:
        return sequence
    code, shifted, modifiers, text, end = report.group("code", "shifted", "modifiers", "text", "end")
    if report["event"] == _RELEASED:
        return None
    held = (int(modifiers or 1) - 1) & ~_LOCKS
    capital = ""
    if end == "u" and held == _SHIFT and not text:
        capital = shifted or _capital(code)
    if report.group("shifted", "base", "event") == (None, None, None) and not capital:
        return sequence
    wanted = text or capital
    return f"\x1b[{code};{modifiers or 1}{f';{wanted}' if wanted else ''}{end}"


def _capital(code: str) -> str:
    letter = chr(int(code)) if code and int(code) <= sys.maxunicode else ""
    capital = letter.upper()
    return str(ord(capital)) if letter.isalpha() and len(capital) == 1 and capital != letter else ""


def _is_unknown(sequence: str) -> bool:
    """A whole sequence that nothing else reads, and that begins no longer one."""
    return (
        _WHOLE.fullmatch(sequence) is not None
        and _READ_ELSEWHERE.fullmatch(sequence) is None
        and sequence not in _beginnings()
    )


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(known[:end] for known in ANSI_SEQUENCES_KEYS for end in range(2, len(known)))


def _is_sound(message: Message) -> bool:
    """No half of a character, which nothing could write again, and no impossible size."""
    if isinstance(message, events.Key):
        return all(unicodedata.category(letter) != "Cs" for letter in message.character or "")
    if isinstance(message, events.Resize):
        return all(0 < side <= _MOST_CELLS for side in message.size)
    return True


def _lenient_decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """Of a terminal that writes another encoding a letter is lost, not the board."""
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


def guard(driver_class: type[Driver]) -> type[Driver]:
    """The same driver, its input read by `SafeParser`; for the whole process."""
    for name in _READERS:
        reader = sys.modules.get(name)
        if reader is not None:
            vars(reader)["XTermParser"] = SafeParser
            if "getincrementaldecoder" in vars(reader):
                vars(reader)["getincrementaldecoder"] = _lenient_decoder
    return driver_class


class GuardedApp(App[str], inherit_bindings=False):
    """An app that no terminal ends by what it sends, and that says so when it had to end."""

    has_failed = False  # the terminal could not be read any more: Textual's `return_code` stays 0 then

    def get_driver_class(self) -> type[Driver]:
        """The driver of this terminal, its input guarded."""
        return guard(super().get_driver_class())

    def panic(self, *renderables: RenderableType) -> None:
        """End because of an error, the one of the thread that reads the terminal included."""
        self.has_failed = True
        super().panic(*renderables)
