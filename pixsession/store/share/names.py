"""What the files of a share are called, whatever a synchroniser has made of their names."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

SUFFIX = ".pixsession-share"
SESSION = "session.json"
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload")
_PLACEHOLDERS = (".nextcloud", ".owncloud", ".cloud")


class SharedKind(StrEnum):
    """What a file of a share is."""

    SESSION = "session"
    JOURNAL = "journal"
    EXPORT = "export"
    DESCRIPTION = "description"
    POST = "post"
    TEXT = "text"
    PLACEHOLDER = "placeholder"  # a synchroniser keeps its name here and its content elsewhere


class SharedName(NamedTuple):
    """What a file is, and the name that it was written under."""

    kind: SharedKind
    name: str


# A synchroniser adds its own words behind the stem: "x (conflicted copy …)", "x.sync-conflict-…", "x-PC1".
_FORMS = (
    (SharedKind.JOURNAL, re.compile(r"(\d{8}t\d{6}-\d+-(?:[0-9a-f]{16}|[0-9a-f]{8}))(?![0-9a-f])"), ".jsonl"),
    (SharedKind.EXPORT, re.compile(r"([0-9a-f]{64})(?![0-9a-f])"), ".csv"),
    (SharedKind.DESCRIPTION, re.compile(r"([0-9a-f]{32}-\d{14})(?!\d)"), ".json"),
    (SharedKind.POST, re.compile(r"(post-[0-9a-f]{8})(?![0-9a-f])"), ".json"),
    (SharedKind.TEXT, re.compile(r"(session-[0-9a-f]{16})(?![0-9a-f])"), ".toml"),
    (SharedKind.SESSION, re.compile(r"(session)(?![0-9a-z])"), ".json"),
)


def name_on_share(found: str) -> SharedName | None:
    """What a file is by its name, in any case and form, also of a conflict copy; None: none of ours."""
    name = unicodedata.normalize("NFC", found).casefold()
    if name.startswith((".", "~")) or name.endswith(_UNFINISHED):
        return None
    if name.endswith(_PLACEHOLDERS):
        return SharedName(SharedKind.PLACEHOLDER, name)
    for kind, form, suffix in _FORMS:
        match = form.match(name)
        if match is not None and suffix in name[match.end() :]:
            stem = match[1].replace("t", "T", 1) if kind is SharedKind.JOURNAL else match[1]
            return SharedName(kind, stem + suffix)
    return None
