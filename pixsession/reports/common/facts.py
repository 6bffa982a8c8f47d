"""What every sheet of a session says: remarks, and what was read, refused or doubted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Campaign, FileEntry, FileStatus, Snapshot
from pixsession.domain.board.wording import SECOND_WINDOW
from pixsession.domain.certification.session import Session
from pixsession.domain.people.students import name_key, place_key
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import in_room, zone_words
from pixsession.foundation.text import shown

LONGEST_NOTE = 1000
_LONGEST_TITLE = 60  # in the name of a file


class NoSession(PixSessionError):
    """A sheet was asked of a board without a session."""


class Remark(NamedTuple):
    """An incident (`code` is Pix's) or a note; `who` is empty for the whole session.

    `is_student`: `who` is a student, else a room. `handled_at`: of an incident with a code E.
    """

    at: datetime
    who: str
    place: str
    text: str
    code: str = ""
    is_student: bool = True
    handled_at: datetime | None = None
    handled_by: str = ""


class ReadFile(NamedTuple):
    """The newest file of a campaign, or a list, with the times of the earlier ones; texts fit to be shown."""

    name: str
    campaign: str
    kind: str  # a value of ExportKind
    exported_at: datetime | None
    earlier: tuple[datetime, ...] = ()  # newest first


class Head(NamedTuple):
    """What every sheet says of its session, and what it was made of; texts are fit to be shown."""

    file_name: str  # without a suffix
    title: str
    day: date
    start: time | None  # of the room
    zone: str  # of the room, where its clocks do not agree with Paris
    duration: timedelta
    rooms: tuple[str, ...]
    read: tuple[ReadFile, ...]
    refused: tuple[tuple[str, str], ...]  # file, why
    warnings: tuple[str, ...]  # what may be missing on the sheet, or wrong: a sentence each
    made_at: datetime  # Paris


def head_of(session: Session, snapshot: Snapshot, now: datetime) -> Head:
    """The head of the sheet of this session."""
    return Head(
        file_name=session_name(session),
        title=shown(session.title),
        day=session.date,
        start=session.start,
        zone=zone_words(session.date, session.timezone),
        duration=timedelta(minutes=session.duration_minutes),
        rooms=each(room.name for room in session.rooms),
        read=tuple(_read_files(snapshot.files)),
        refused=tuple(
            (shown(entry.name), shown(entry.message or "", LONGEST_NOTE))
            for entry in snapshot.files
            if entry.status is FileStatus.REFUSED and entry.present
        ),
        warnings=tuple(_warnings(snapshot)),
        made_at=now,
    )


def campaign_name(campaign: Campaign | None) -> str:
    """The name with the code; empty where there is no campaign."""
    if campaign is None:
        return ""
    name, code = shown(campaign.name), shown(campaign.code or "")
    return f"{name} ({code})" if name and code else name or code


def each(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Every text once, in order; blank ones are left out."""
    return tuple(dict.fromkeys(shown(text) for text in texts if text and text.strip()))


def session_name(session: Session) -> str:
    """The name of a sheet's file, of title and date, in letters that every system takes."""
    plain = name_key(session.title).encode("ascii", "ignore").decode()
    title = "-".join(plain.split())[:_LONGEST_TITLE].strip("-")
    return "-".join(part for part in ("session", session.date.isoformat(), title) if part)


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


def _read_files(files: Iterable[FileEntry]) -> Iterator[ReadFile]:
    """One for each campaign and each list, the newest export first, those without a time last."""
    groups: dict[str, list[FileEntry]] = {}
    for entry in files:
        if entry.status is FileStatus.READ:
            group = f"campaign {entry.campaign.key}" if entry.campaign else f"file {entry.name}"
            groups.setdefault(f"{entry.kind} {group}", []).append(entry)
    found = sorted((_newest(entries) for entries in groups.values()), key=lambda file: file[:2])
    yield from sorted(found, key=lambda file: _stamp(file.exported_at), reverse=True)


def _warnings(snapshot: Snapshot) -> Iterator[str]:
    """What the board says of itself: a journal that is damaged, a list that is not there, who may be whom."""
    if snapshot.folder_missing_since is not None:
        since = f"{in_room(snapshot.folder_missing_since):%d/%m/%Y %H:%M}"
        yield _("folder not found since {time}, last view kept").format(time=since)
    yield from (shown(one, LONGEST_NOTE) for one in snapshot.notices if one != _(SECOND_WINDOW))
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
    campaign = campaign_name(newest.campaign)
    earlier = tuple(entry.exported_at for entry in by_time[1:] if entry.exported_at is not None)
    return ReadFile(shown(newest.name), campaign, newest.kind or "", newest.exported_at, earlier)
