"""Which kinds of files there are: how the header of each looks, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from pixsession.errors import UnreadableExport
from pixsession.i18n import _
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.headers import looks_like_profiles
from pixsession.readers.labels import label_key
from pixsession.readers.table import Table

Columns = Mapping[str, str]  # a header of the user's own lists → what it means, from the settings

# In lower case and without spaces: one of these is in the header of each file of Pix, in every language and
# encoding. A folder of downloads holds thousands of other files, which must cost nothing.
_MARKS = (b"organi", b"campa", b"kampagne", b"/n)", b"/no)", b"motdepasse", b"password")
_MARKS_OF_LISTS = (b"certification", b"naissance", b"famille", b"surveill")
# A cell that begins as one of names does, at any encoding of its accents: lists that schools make themselves.
_NAME_CELL = re.compile(
    rb"(?:^|[;,\t\r\n\">])[*\s]*"
    rb"(?:nom|pr[^;,\t\"<]{1,4}nom|[^ -~]{1,3}l[^ -~]{1,3}ve|eleve|last ?name|surname)"
)
_NEAR = 16 * 1024  # bytes of one each: no header begins further down

_MARKS_AND_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
# NUL is every second byte of UTF-16, 26 ends some old files.
_CONTROLS = bytes({*range(1, 32), 127} - {9, 10, 12, 13, 26})

_PASSWORDS = frozenset(map(label_key, ("Mot de passe", "Mots de passe", "Password", "Passwords")))


class _Kind(NamedTuple):
    """A kind whose reader is loaded where a header may be one of its own: most folders have two kinds."""

    kind: ExportKind
    module: str
    looks_like: str
    read: str
    takes_columns: bool = False


_PROFILES = _Kind(ExportKind.PROFILES, "profiles", "", "read_profiles")  # recognised before all others
# The order in which they are asked: lists of a school's own, whose signature is the weakest, come last.
_KINDS = (
    _Kind(ExportKind.ASSESSMENT, "assessments", "looks_like_assessment", "read_assessment"),
    _Kind(ExportKind.RESULTS, "results", "looks_like_results", "read_results"),
    _Kind(ExportKind.SESSIONS, "sessions", "looks_like_sessions", "read_sessions"),
    _Kind(ExportKind.CANDIDATES, "candidates", "looks_like_candidates", "read_candidates"),
    _Kind(ExportKind.ROSTER, "rosters", "looks_like_roster", "read_roster", takes_columns=True),
)


def may_be_known(head: bytes, columns: Columns | None = None) -> bool:
    """Whether the first bytes of a file hold any word of a known header, in whatever encoding."""
    if _is_binary(head):
        return False
    near = head[: 2 * _NEAR].replace(b"\x00", b"").lower()[:_NEAR]
    if near.lstrip(_MARKS_AND_BLANKS).startswith((b"<", b"{")):
        return False  # a page, or what a program says
    joined = near.replace(b" ", b"")
    if any(mark in joined for mark in _MARKS):
        return True
    if any(mark in near for mark in _MARKS_OF_LISTS) or _NAME_CELL.search(near):
        return True
    return bool(columns) and any(_plainest(header) in near for header in columns or ())


def _is_binary(head: bytes) -> bool:
    """Pictures, films, documents: one byte in twenty is of those that texts are without."""
    start = head[:1024]
    return len(start) - len(start.translate(None, _CONTROLS)) > len(start) // 20


def _plainest(header: str) -> bytes:
    """The longest part of a header that is the same bytes in every encoding."""
    return max(
        re.split(rb"[^ -~]+", header.lower().encode("ascii", "replace").replace(b"?", b"\xff")), key=len
    )


def has_passwords(header: Sequence[str]) -> bool:
    """A column of passwords: the usernames that Pix Orga hands out, or anything like them."""
    return any(label_key(cell) in _PASSWORDS for cell in header if cell)


def kind_of(header: Sequence[str], columns: Columns | None = None) -> ExportKind:
    """The kind of file with this header; UNKNOWN for anything else."""
    if has_passwords(header):
        return ExportKind.CREDENTIALS
    if looks_like_profiles(header):
        return ExportKind.PROFILES
    for entry in _KINDS:
        module = _module(entry.module)
        asked = (header, columns) if entry.takes_columns else (header,)
        if getattr(module, entry.looks_like)(*asked):
            return entry.kind
    return ExportKind.UNKNOWN


def read_table(
    kind: ExportKind, table: Table, file: FileDescription, columns: Columns | None = None
) -> Contents:
    """What the reader of this kind makes of a table; raises UnreadableExport."""
    entry = next(entry for entry in (_PROFILES, *_KINDS) if entry.kind is kind)
    read: Callable[..., Contents] = getattr(_module(entry.module), entry.read)
    return read(table, file, columns) if entry.takes_columns else read(table, file)


def looks_like_school_base(content: bytes) -> bool:
    """Whether these bytes are those of a school's base (SIECLE), as XML or packed."""
    return bool(_module("siecle").looks_like_siecle(content))


def read_school_base(content: bytes, file: FileDescription) -> Contents:
    """What the school's base says; raises UnreadableExport."""
    contents: Contents = _module("siecle").read_siecle(content, file)
    return contents


@cache
def _module(name: str) -> Any:
    return import_module(f"pixsession.readers.{name}")


def passwords_refused() -> UnreadableExport:
    """The refusal of a file of passwords; nothing of the file is in it."""
    words = _("this file holds passwords: nothing of it was kept, delete it")
    return UnreadableExport(words, kind=ExportKind.CREDENTIALS.value)
