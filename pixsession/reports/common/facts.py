"""What every sheet of a session says: remarks, and what was read, refused or doubted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, FileEntry, FileStatus, Snapshot
from pixsession.domain.people.students import name_key, place_key
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import in_room
from pixsession.foundation.text import shown

LONGEST_NOTE = 1000


class NoSession(PixSessionError):
    """A sheet was asked of a board without a session."""


class Remark(NamedTuple):
    """An incident (`code` is Pix's) or a note; `who` is empty for the whole session.

    `is_student`: `who` is a student, else a room.
    """

    at: datetime
    who: str
    place: str
    text: str
    code: str = ""
    is_student: bool = True


class ReadFile(NamedTuple):
    """The newest file of a campaign, or a list, with the times of the earlier ones; texts fit to be shown."""

    name: str
    campaign: str
    kind: str  # a value of ExportKind
    exported_at: datetime | None
    earlier: tuple[datetime, ...] = ()  # newest first


def full_name(last_name: str, first_name: str, birth_date: str = "") -> str:
    """`LAST First`, with the birth date where one is given."""
    name = f"{last_name} {first_name}".strip() or "—"
    return f"{name} ({born(birth_date)})" if birth_date else name


def born(birth_date: str) -> str:
    """A birth date as French lists write it; anything that is no date as it stands."""
    try:
        return f"{date.fromisoformat(birth_date):%d/%m/%Y}"
    except ValueError:
        return birth_date


def look_of(row: BoardRow) -> tuple[str, str, str]:
    """Name and place made comparable, in the order of the alphabet; namesakes look alike."""
    return name_key(row.last_name), name_key(row.first_name), place_key(row.place or "")


def read_files(files: Iterable[FileEntry]) -> Iterator[ReadFile]:
    """One for each campaign and each list, the newest export first, those without a time last."""
    groups: dict[str, list[FileEntry]] = {}
    for entry in files:
        if entry.status is FileStatus.READ:
            group = f"campaign {entry.campaign.key}" if entry.campaign else f"file {entry.name}"
            groups.setdefault(f"{entry.kind} {group}", []).append(entry)
    found = sorted((_newest(entries) for entries in groups.values()), key=lambda file: file[:2])
    yield from sorted(found, key=lambda file: _stamp(file.exported_at), reverse=True)


def refused_files(files: Iterable[FileEntry]) -> Iterator[tuple[str, str]]:
    """The files that are there and were refused, and why."""
    for entry in files:
        if entry.status is FileStatus.REFUSED and entry.present:
            yield shown(entry.name), shown(entry.message or "", LONGEST_NOTE)


def warnings_of(snapshot: Snapshot) -> Iterator[str]:
    """What the board says of itself: a journal that is damaged, a list that is not there, who may be whom."""
    if snapshot.folder_missing_since is not None:
        since = f"{in_room(snapshot.folder_missing_since):%d/%m/%Y %H:%M}"
        yield _("folder not found since {time}, last view kept").format(time=since)
    yield from (shown(notice, LONGEST_NOTE) for notice in snapshot.notices)
    if count := len(snapshot.doubts):
        words = ngettext("{n} doubt: one student or two?", "{n} doubts: one student or two?", count)
        yield words.format(n=count)


def _stamp(at: datetime | None) -> str:
    """A time to sort by; unknown is before all."""
    return at.isoformat() if at else ""


def _newest(entries: list[FileEntry]) -> ReadFile:
    """The newest of the exports of one campaign, and when the others were made."""
    by_time = sorted(entries, key=lambda entry: (_stamp(entry.exported_at), entry.name), reverse=True)
    newest = by_time[0]
    campaign = ""
    if newest.campaign is not None:
        name, code = shown(newest.campaign.name), shown(newest.campaign.code or "")
        campaign = f"{name} ({code})" if name and code else name or code
    earlier = tuple(entry.exported_at for entry in by_time[1:] if entry.exported_at is not None)
    return ReadFile(shown(newest.name), campaign, newest.kind or "", newest.exported_at, earlier)
