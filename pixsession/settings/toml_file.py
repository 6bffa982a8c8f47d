"""TOML written by hand: read with the line of each key, each mistake explained in words."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from errno import EIO, ESPIPE
from pathlib import Path
from typing import NamedTuple

from pixsession.foundation.errors import BadConfiguration, ConfigurationAway
from pixsession.foundation.i18n import _
from pixsession.foundation.patience import Patient
from pixsession.foundation.spelling import nearest_spelling
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown

# The path to a value: names of keys, and positions (from 0) in lists.
Parts = tuple[str | int, ...]

_ANSWER_SECONDS = 10.0  # how long a drive is waited for before its file counts as away
_MOST_BYTES = 1_000_000  # nobody types more; an export taken for a settings file may be any size
_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"0", "false", "no", "off"})


class Kind(NamedTuple):
    """What a key takes: in words, as a test on a value of TOML, and out of a text typed elsewhere."""

    words: Callable[[], str]
    fits: Callable[[object], bool]
    from_text: Callable[[str], object] = str.strip


def whole(low: int, high: int) -> Kind:
    """A whole number within bounds, both included."""
    return Kind(
        lambda: _("a whole number from {low} to {high}").format(low=low, high=high),
        lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high,
        _number_in,
    )


def number(low: float, high: float) -> Kind:
    """A number within bounds, both included."""
    return Kind(
        lambda: _("a number from {low} to {high}").format(low=low, high=high),
        lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high,
        _number_in,
    )


def one_of(*choices: str) -> Kind:
    """One of the texts `choices`, in any case where it comes from a variable or an answer."""
    return Kind(
        lambda: _("one of {choices}").format(choices=", ".join(f'"{choice}"' for choice in choices)),
        lambda value: isinstance(value, str) and value in choices,
        lambda text: text.strip().lower(),
    )


def _number_in(text: str) -> object:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text.strip()


def switch_in(text: str) -> object:
    """True or False where the text is a word for it, else the text itself."""
    word = text.strip().lower()
    return word in _ON if word in _ON | _OFF else word


SWITCH = Kind(lambda: _("true or false"), lambda value: isinstance(value, bool), switch_in)
TEXT = Kind(lambda: _("a text"), lambda value: isinstance(value, str) and bool(value.strip()))
ANY_TEXT = Kind(lambda: _("a text"), lambda value: isinstance(value, str))  # "" where there is none


class Document(NamedTuple):
    """One TOML document; `title` heads the messages about its mistakes."""

    path: Path
    text: str
    root: dict[str, object]
    title: str

    def where(self, *parts: str | int) -> str:
        """The file and the line where this is written, else the line of what holds it."""
        lines = _line_numbers(self.text)
        near = (lines[parts[:length]] for length in range(len(parts), 0, -1) if parts[:length] in lines)
        return _("{file}, line {line}").format(file=shown(str(self.path)), line=next(near, 1))

    def line(self, *parts: str | int) -> int | None:
        """The line where this is written; None where it is not."""
        return _line_numbers(self.text).get(parts)

    def refusal(self, words: str, *parts: str | int) -> BadConfiguration:
        """The fault, after the file and the line."""
        where = self.where(*parts)
        return BadConfiguration(_("{where}: {fault}").format(where=where, fault=words), self.title)

    def checked(self, kind: Kind, value: object, *parts: str | int) -> object:
        """The value, fit for its key; else BadConfiguration, with the line of `parts`."""
        if kind.fits(value):
            return value
        name = shown(".".join(part for part in parts if isinstance(part, str)))
        raise misfit(kind, name, value, self.where(*parts), self.title)


def misfit(kind: Kind, name: str, value: object, where: str, title: str) -> BadConfiguration:
    """A value that its key cannot take; `where` names the file and the line."""
    words = _("{where}: “{key}” must be {expected}, not {value}.")
    return BadConfiguration(
        words.format(where=where, key=name, expected=kind.words(), value=as_toml(value)), title
    )


def as_toml(value: object) -> str:
    """A value as a file would write it, short enough for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        written = str(value)
    except ValueError:  # Python refuses to write an integer of thousands of digits
        return _("such a large number")
    return f'"{shown(written, 60)}"' if isinstance(value, str) else shown(written, 60)


def read_document(path: Path, title: str) -> Document | None:
    """The document of this file, None where there is no file; raises BadConfiguration, in words."""
    text = _text_of(path, title)
    if text is None:
        return None
    import tomli  # noqa: PLC0415 - (c): 2 ms, and most users have no settings file

    try:
        return Document(path, text, tomli.loads(text), title)
    except tomli.TOMLDecodeError as error:
        words = _syntax_words(path, text, error)
    except RecursionError:
        words = _("{file}: brackets within brackets, too deep to be read.").format(file=shown(str(path)))
    except ValueError:  # Python refuses to read an integer of thousands of digits
        words = _("{file}: a number has far too many digits.").format(file=shown(str(path)))
    raise BadConfiguration(words, title) from None


def _first_bytes(path: Path) -> bytes:
    """Of a file of settings; a share that has rested may fail once, and answer when it is asked again."""
    try:
        return _read(path)
    except OSError as error:
        if error.errno != EIO:
            raise
        return _read(path)


def _read(path: Path) -> bytes:
    if path.is_fifo():  # which would be waited for, and can be read but once
        raise OSError(ESPIPE, os.strerror(ESPIPE))
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES + 1)


def _text_of(path: Path, title: str) -> str | None:
    file = shown(str(path))
    try:
        content = Patient[bytes](_ANSWER_SECONDS).ask(lambda: _first_bytes(path))
        if len(content) > _MOST_BYTES:
            raise BadConfiguration(
                _("{file} is too large to be a file of settings.").format(file=file), title
            )
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = cause_words(error)
        message = _("{file} cannot be read: {reason}.").format(file=file, reason=reason)
        raise ConfigurationAway(message, title) from None
    except UnicodeDecodeError:
        message = _("{file} is not UTF-8 text: save it again as UTF-8.").format(file=file)
    except ValueError:
        message = _("{file} is no name of a file.").format(file=file)
    raise BadConfiguration(message, title)


class _SyntaxFault(NamedTuple):
    """The first words of messages of tomli, and our message in their place."""

    messages: tuple[str, ...]
    words: Callable[[], str]


_FAULTS = (
    _SyntaxFault(("Invalid date",), lambda: _("{where}: no calendar has this date: {text}")),
    _SyntaxFault(
        ("Cannot overwrite", "Cannot declare", "Duplicate"),
        lambda: _("{where}: this is written for the second time: {text}"),
    ),
    _SyntaxFault(
        ("Unescaped", "Invalid hex"),
        lambda: _("{where}: a text with a backslash stands between single quotes: {text}"),
    ),
    _SyntaxFault(
        ("Expected '='", "Invalid statement"),
        lambda: _("{where}: each line is a key without accents, then = and its value: {text}"),
    ),
    _SyntaxFault(
        ("Invalid value", "Expected newline"),
        lambda: _("{where}: this is not TOML (a text, a date or a time may need quotes): {text}"),
    ),
)


def _syntax_words(path: Path, text: str, error: object) -> str:
    line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
    lines = text.split("\n")
    faulty = shown(lines[line - 1], 60) if line <= len(lines) else ""
    where = _("{file}, line {line}, column {column}").format(file=shown(str(path)), line=line, column=column)
    message = str(getattr(error, "msg", ""))
    rest = "".join(lines[line - 1 :])[column - 1 :]
    if not faulty or (not rest.strip() and message.startswith(("Invalid value", "Unclosed"))):
        return _("{where}: the file stops too early.").format(where=where)
    known = (fault.words() for fault in _FAULTS if message.startswith(fault.messages))
    return next(known, _("{where}: this is not TOML: {text}")).format(where=where, text=faulty)


def leaves(
    table: Mapping[str, object], sections: Iterable[str], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every value below this table with its path; an empty table that is no section is a value."""
    for name, value in table.items():
        if isinstance(value, dict) and (value or name in sections):
            yield from leaves(value, sections, (*above, name))
        else:
            yield (*above, name), value


def unknown_words(name: str, value: object, known: Iterable[str], sections: Iterable[str]) -> str:
    """What to say of a key that does not exist; `known` are dotted paths, the likelier first."""
    if name in sections:
        return _("“{key}” is a section: write [{key}] on its own line.").format(key=name)
    paths = list(known)
    section, _dot, last = name.rpartition(".")
    if section in sections and last in paths:
        words = _("“{key}” does not belong to [{section}]: write it above the first line in brackets.")
        return words.format(key=last, section=section)
    spellings = {path.rpartition(".")[2]: path for path in reversed(paths)} | {path: path for path in paths}
    spellings |= (
        {known_section: known_section for known_section in sections} if isinstance(value, dict) else {}
    )
    near = nearest_spelling(name, spellings) or nearest_spelling(last, spellings)
    if near:
        words = _("unknown key “{key}”. Did you mean “{nearest}”?")
        return words.format(key=shown(name), nearest=spellings[near])
    listed = ", ".join((*paths, *(f"[{free}]" for free in sections if not _has_keys(free, paths))))
    return _("unknown key “{key}”. The keys are: {keys}.").format(key=shown(name), keys=listed)


def _has_keys(section: str, paths: Iterable[str]) -> bool:
    return any(path.startswith(f"{section}.") for path in paths)


# -- where things are written, for messages only -----------------------------------------------------------

# Compiled where it is used: only on the way to an error. Comments and texts are taken whole.
_TOKEN = (
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\])*"|' + r"'[^']*'|"
    r"#[^\n]*|[\[\]{},=\n]|[^\s\[\]{},=\"'#]+"
)  # fmt: skip


def _line_numbers(text: str) -> dict[Parts, int]:
    """The 1-based line on which each key, table and element of a list begins, in a text that is TOML."""
    scan = _Scan()
    line = 1
    for match in re.finditer(_TOKEN, text + "\n", re.DOTALL):
        if not match[0].startswith("#"):
            scan.take(match[0], line)
        line += match[0].count("\n")
    return scan.lines


class _Scan:
    """A scanner that records the line of each key path, fed token by token."""

    def __init__(self) -> None:
        self.lines: dict[Parts, int] = {}
        self._table: Parts = ()
        self._lengths: dict[Parts, int] = {}  # of the arrays of tables
        self._key: list[str] = []
        self._in_key = True
        self._brackets = 0  # of a table's header
        self._path: Parts = ()
        self._open: list[tuple[Parts, int | None]] = []  # lists with their position, inline tables

    def take(self, piece: str, line: int) -> None:
        """Go on by one token, which begins on this line."""
        if self._in_key and not (piece == "}" and self._open):
            self._take_key(piece, line)
        else:
            self._take_value(piece, line)

    def _take_key(self, piece: str, line: int) -> None:
        if piece == "=":
            above = self._open[-1][0] if self._open else self._table
            self._path = self._put(above, _key_parts(self._key), line)
            self._key, self._in_key = [], False
        elif piece == "\n":
            if self._brackets:
                self._take_header(line)
        elif piece == "[":
            self._brackets += 1
        elif piece != "]":
            self._key.append(piece)

    def _take_header(self, line: int) -> None:
        path: Parts = ()
        for part in _key_parts(self._key):
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
            path = self._put(path, (part,), line)
        if self._brackets > 1:
            self._lengths[path] = self._lengths.get(path, 0) + 1
        if path in self._lengths:
            path = self._put(path, (self._lengths[path] - 1,), line)
        self._table, self._key, self._brackets = path, [], 0

    def _take_value(self, piece: str, line: int) -> None:
        above, position = self._open[-1] if self._open else ((), None)
        if piece == "\n":
            self._in_key = not self._open
        elif piece in {"]", "}"}:
            self._open.pop()
            self._key, self._in_key = [], False
        elif piece == ",":
            self._in_key = position is None
            if position is not None:
                self._open[-1] = above, position + 1
        else:
            if position is not None:
                self._path = self._put(above, (position,), line)
            if piece == "[":
                self._open.append((self._path, 0))
            elif piece == "{":
                self._open.append((self._path, None))
                self._in_key = True

    def _put(self, above: Parts, parts: Parts, line: int) -> Parts:
        for length in range(1, len(parts) + 1):
            self.lines.setdefault(above + parts[:length], line)
        return above + parts


def _key_parts(pieces: Iterable[str]) -> tuple[str, ...]:
    import tomli  # noqa: PLC0415 - (c): 2 ms, and most users have no settings file

    parts: list[str] = []
    table: object = tomli.loads("".join(pieces) + "=0")
    while isinstance(table, dict):
        name, table = next(iter(table.items()))
        parts.append(name)
    return tuple(parts)
