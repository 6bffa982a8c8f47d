"""Which kinds of files there are: how the header of each looks, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.campaign.headers import looks_like_profiles
from pixsession.readers.campaign.labels import label_key
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.table import Table

Columns = Mapping[str, str]  # a header of the user's own lists → what it means, from the settings

# How the label of a column of passwords begins.
_PASSWORDS = re.compile(r"(?:mots? de passe|passwords?|mdp)\b")


class _Kind(NamedTuple):
    """A kind whose reader is loaded where a header may be one of its own: most folders have two kinds."""

    kind: ExportKind
    module: str
    looks_like: str
    read: str
    takes_columns: bool = False


_PROFILES = _Kind(
    ExportKind.PROFILES, "campaign.profiles", "", "read_profiles"
)  # recognised before all others
# The order in which they are asked: lists of a school's own, whose signature is the weakest, come last.
_KINDS = (
    _Kind(ExportKind.ASSESSMENT, "campaign.assessments", "looks_like_assessment", "read_assessment"),
    _Kind(ExportKind.RESULTS, "results.reader", "looks_like_results", "read_results"),
    _Kind(ExportKind.SESSIONS, "lists.sessions", "looks_like_sessions", "read_sessions"),
    _Kind(ExportKind.CANDIDATES, "lists.candidates", "looks_like_candidates", "read_candidates"),
    _Kind(ExportKind.ROSTER, "lists.rosters", "looks_like_roster", "read_roster", takes_columns=True),
)


def has_passwords(header: Sequence[str]) -> bool:
    """A column of passwords: the usernames that Pix Orga hands out, or anything like them."""
    return any(_PASSWORDS.match(label_key(cell)) for cell in header if cell)


def kind_of(header: Sequence[str], columns: Columns | None = None, division: str | None = None) -> ExportKind:
    """The kind of file with this header; UNKNOWN for anything else.

    `division`: the class that stands over the header, or that the sheet is called by.
    """
    if has_passwords(header):
        return ExportKind.CREDENTIALS
    if looks_like_profiles(header):
        return ExportKind.PROFILES
    for entry in _KINDS:
        module = _module(entry.module)
        asked = (header, columns, division) if entry.takes_columns else (header,)
        if getattr(module, entry.looks_like)(*asked):
            return entry.kind
    return ExportKind.UNKNOWN


def are_results(header: Sequence[str]) -> bool:
    """Whether this is the header of certification results; asks no other reader, which would have to load."""
    return bool(_module("results.reader").looks_like_results(header))


def lacks_a_class(header: Sequence[str], columns: Columns | None = None) -> bool:
    """Whether a header would be that of a class list if it had a class."""
    return bool(_module("lists.rosters").lacks_a_class(header, columns))


def read_table(
    kind: ExportKind, table: Table, file: FileDescription, columns: Columns | None = None
) -> Contents:
    """The contents of a table, from the reader of its kind; raises UnreadableExport."""
    entry = next(entry for entry in (_PROFILES, *_KINDS) if entry.kind is kind)
    read: Callable[..., Contents] = getattr(_module(entry.module), entry.read)
    return read(table, file, columns) if entry.takes_columns else read(table, file)


def looks_like_school_base(content: bytes) -> bool:
    """Whether these bytes are those of a school's base (SIECLE), as XML or packed."""
    return bool(_module("lists.siecle").looks_like_siecle(content))


def read_school_base(content: bytes, file: FileDescription) -> Contents:
    """The contents of the school's base; raises UnreadableExport."""
    contents: Contents = _module("lists.siecle").read_siecle(content, file)
    return contents


@cache
def _module(name: str) -> Any:
    return import_module(f"pixsession.readers.{name}")


def passwords_refused() -> UnreadableExport:
    """The refusal of a file of passwords; nothing of the file is in it."""
    words = _("this file holds passwords: nothing of it was kept, delete it")
    return UnreadableExport(words, kind=ExportKind.CREDENTIALS.value)
