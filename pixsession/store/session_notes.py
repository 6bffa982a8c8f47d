"""The session of a dossier in one small JSON file: each lesson held with it, and who was called."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, time
from pathlib import Path
from typing import Any, NamedTuple

from pixsession.domain.certification.day import Who
from pixsession.domain.certification.session import Limits, Remediation, Room, Session, SessionKind
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.atomic import read_regular, write_whole
from pixsession.foundation.room_time import is_zone

_NAME = "session.json"


class NotedLesson(NamedTuple):
    """One lesson of a dossier. `called`: the students named by the session; None: all of the export."""

    dossier: Path
    session: Session
    called: tuple[Who, ...] | None


class CallingLists(NamedTuple):
    """By what students were called: a digest of what was asked for, and those of the lists that answered."""

    asked: str
    digests: tuple[str, ...]


class NotedCall(NamedTuple):
    """Who was called on the day of a lesson, and by what."""

    called: tuple[Who, ...]
    lists: CallingLists


class NotedSession(NamedTuple):
    """A session whose board was open, on the last day that it was held."""

    kind: SessionKind
    title: str
    day: date
    path: Path  # of its file, which may be gone


def note_session(
    dossier: Path,
    session: Session,
    called: Sequence[Who] | None = None,
    names: Set[tuple[str, str]] = frozenset(),
    lists: CallingLists | None = None,
) -> None:
    """Write down that this session is held, and whom it calls; raises OSError.

    A session file without a date serves many lessons: each day is noted beside those before it. Who was
    called that day, once noted, stays until somebody else is. `names`, last and first, are how exports
    write them and whoever may be one of them: all that were ever noted of a day stay. `lists`: what called
    them; where it names none, those noted before stay, unless something else was asked for.
    """
    path = dossier / _NAME
    before = _read_record(path)
    lessons = {str(one.get("date")): one for one in _lessons(before)}
    day = session.date.isoformat()
    noted = lessons.get(day, {})
    people = noted.get("called") if called is None else [list(who) for who in called]
    calling = _lists_in(noted) if lists is None else lists
    if lists is not None and not lists.digests and (before_it := _lists_in(noted)) is not None:
        calling = before_it if before_it.asked == lists.asked else None
    own = sorted(names | _names_in(noted.get("names")))
    lessons[day] = _lesson_facts(session, people) | ({"names": own} if own else {})
    if calling is not None and calling.digests:
        lessons[day]["lists"] = {"asked": calling.asked, "digests": list(calling.digests)}
    narrowed = narrowed_days(before)
    record: dict[str, Any] = {
        "kind": session.kind.value,
        "title": session.title,
        "date": day,
        "path": str(session.path or ""),
        "lessons": [lessons[one] for one in sorted(lessons)],
        **({"narrowed_days": narrowed} if narrowed else {}),
    }
    content = json.dumps(record)
    if json.loads(content) != before:
        write_whole(path, content.encode())


def noted_call(dossier: Path, session: Session) -> NotedCall | None:
    """Who was called by lists on the day of this session; None where that was not noted, or is damaged."""
    day = session.date.isoformat()
    for one in _lessons(_read_record(dossier / _NAME)):
        lists = _lists_in(one)
        if one.get("date") == day and lists is not None and isinstance(one.get("called"), list):
            try:
                return NotedCall(tuple(_who(*who) for who in one["called"]), lists)
            except (TypeError, ValueError):
                return None
    return None


def is_narrowed_before(dossier: Path, day: date) -> bool:
    """Whether exports of this dossier were narrowed to those called on an earlier day."""
    return any(one < day.isoformat() for one in narrowed_days(_read_record(dossier / _NAME)))


def note_narrowed(dossier: Path) -> None:
    """Write down that the exports kept hold those called alone, until the board opens again; OSError."""
    record = _read_record(dossier / _NAME)
    if record is not None:
        days = {*narrowed_days(record), str(record.get("date"))}
        record |= {"narrowed_days": sorted(days), "is_narrowed": True}
        write_whole(dossier / _NAME, json.dumps(record).encode())


def own_names(dossier: Path) -> frozenset[tuple[str, str]]:
    """Last and first names of all whom the session called or spoke of on any day.

    Empty where on one of them everybody was called, or nobody knows who.
    """
    found = set[tuple[str, str]]()
    for one in _lessons(_read_record(dossier / _NAME)):
        if not isinstance(one.get("called"), list):
            return frozenset()
        called = [who[1:3] for who in one["called"] if isinstance(who, list)]
        found |= {*_names_in(called), *_names_in(one.get("names"))}
    return frozenset(found)


def names_noted(dossier: Path) -> frozenset[tuple[str, str]]:
    """Last and first names that are noted of any day as exports write them."""
    lessons = _lessons(_read_record(dossier / _NAME))
    return frozenset(name for one in lessons for name in _names_in(one.get("names")))


def narrowed_days(record: Mapping[str, Any] | None) -> list[str]:
    """The days of a record to whose students its exports were narrowed, ISO 8601."""
    days = (record or {}).get("narrowed_days")
    return [day for day in days if isinstance(day, str)] if isinstance(days, list) else []


def _lists_in(lesson: Mapping[str, Any]) -> CallingLists | None:
    noted = lesson.get("lists")
    if not isinstance(noted, dict) or not isinstance(noted.get("digests"), list):
        return None
    return CallingLists(str(noted.get("asked")), tuple(map(str, noted["digests"])))


def _names_in(value: object) -> set[tuple[str, str]]:
    if not isinstance(value, list):
        return set()
    return {(str(one[0]), str(one[1])) for one in value if isinstance(one, list) and len(one) == 2}


def _lesson_facts(session: Session, called: object) -> dict[str, Any]:
    return {
        "date": session.date.isoformat(),
        "title": session.title,
        "start": session.start.isoformat("minutes") if session.start else None,
        "duration_minutes": session.duration_minutes,
        "min_competences": session.rule.min_competences,
        "min_level": session.rule.min_level,
        "called": called,
        **({"timezone": session.timezone} if session.timezone else {}),
    }


def noted_sessions(state_folder: Path) -> tuple[NotedSession, ...]:
    """Every session noted in a dossier, the newest day first; damaged notes are left out."""
    found = []
    for path in sorted((state_folder / "dossiers").glob(f"*/{_NAME}")):
        record = _read_record(path) or {}
        try:
            day = date.fromisoformat(str(record.get("date")))
            kind = SessionKind(str(record.get("kind")))
        except ValueError:
            continue
        if written := str(record.get("path", "")):
            found.append(NotedSession(kind, str(record.get("title", "")), day, Path(written)))
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), one.title, one.path)))


def noted_lessons(state_folder: Path) -> tuple[NotedLesson, ...]:
    """Every half-group lesson noted in a dossier, by dossier and day; damaged notes are left out."""
    found: list[NotedLesson] = []
    for path in sorted((state_folder / "dossiers").glob(f"*/{_NAME}")):
        record = _read_record(path)
        if record is not None and record.get("kind") == SessionKind.HALF_GROUP:
            found += _noted(path.parent, str(record.get("path", "")), _lessons(record))
    return tuple(found)


def _noted(dossier: Path, path: str, lessons: Iterable[Mapping[str, Any]]) -> Iterable[NotedLesson]:
    for one in lessons:
        try:
            called = one["called"]
            session = Session(
                path=Path(path),
                kind=SessionKind.HALF_GROUP,
                title=str(one["title"]),
                date=date.fromisoformat(one["date"]),
                start=time.fromisoformat(one["start"]) if one["start"] else None,
                duration_minutes=int(one["duration_minutes"]),
                rooms=(Room(""),),
                folders=(),
                rule=Rule(int(one["min_competences"]), int(one["min_level"])),
                remediation=Remediation(),
                limits=Limits(),
                checklist=(),
                bell=False,
                timezone=_zone(one.get("timezone")),
            )
            people = None if called is None else tuple(_who(*who) for who in called)
        except (KeyError, TypeError, ValueError):
            continue
        yield NotedLesson(dossier, session, people)


def _zone(name: object) -> str | None:
    """The zone of the room; None where none was noted, or none that this computer knows."""
    return name if isinstance(name, str) and is_zone(name) else None


def _who(keys: Sequence[str], last_name: str, first_name: str, place: str | None) -> Who:
    return Who(tuple(map(str, keys)), str(last_name), str(first_name), place)


def _lessons(record: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    lessons = (record or {}).get("lessons")
    return [one for one in lessons if isinstance(one, dict)] if isinstance(lessons, list) else []


def _read_record(path: Path) -> dict[str, Any] | None:
    """The JSON object of the file; None where there is none, or it is damaged."""
    try:
        record = json.loads(read_regular(path))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None
