"""The session file: what a supervisor writes down beforehand, read into a Session or refused in words."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from pathlib import Path
from typing import Any, NamedTuple

from pixsession.domain.certification.session import (
    ExpectedFrom,
    LessonRules,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.lesson.objectives import Objective
from pixsession.domain.lesson.observed import observation_words
from pixsession.domain.people.students import name_key, place_key
from pixsession.domain.pix.competences import AREAS
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.errors import ConfigurationAway
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import computer_of, downloads_folder
from pixsession.foundation.room_time import is_zone, nearest_zone, room_day
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings
from pixsession.settings.session_schema import (
    DURATIONS,
    KINDS,
    OBJECTIVE_KINDS,
    ROOM_KINDS,
    SECTIONS,
    SOURCES,
    code_in,
    date_in,
    default_checklist,
    default_objectives,
    default_observations,
    default_title,
    line_in,
    name_in,
    time_in,
    word_in,
)
from pixsession.settings.toml_file import Document, Kind, leaves, read_document, unknown_words


def load_session(path: Path, settings: Settings, now: Clock = paris_now) -> Session:
    """The session that this file describes; what it leaves out is at its default, the date today's.

    Raises BadConfiguration, in words: the file, the line, the key, the nearest spelling of an unknown key.
    A list of expected students that is nowhere yet is no mistake: it may still have to be downloaded.
    """
    path = path.absolute()
    document = read_document(path, _("Session"))
    if document is None:
        words = _("there is no session file {file}. To write one: pixsession init")
        raise ConfigurationAway(words.format(file=shown(str(path))), _("Session"))
    values, rooms = _values(document), _room_values(document)
    kind = SessionKind(str(values.get("kind", SessionKind.CERTIFICATION)))
    folders = _folders(document, values)
    timezone = _timezone(document, values)
    return Session(
        path=path,
        kind=kind,
        title=line_in(values.get("title")) or default_title(kind),
        date=date_in(values.get("date")) or room_day(now(), timezone),
        start=time_in(values.get("start")),
        duration_minutes=_number(values, "duration_minutes", DURATIONS[kind]),
        rooms=_rooms(_Chosen(document, folders, values, rooms)),
        folders=folders,
        rule=_rule(values, settings.rule),
        remediation=_remediation(values),
        limits=_limits(document, values),
        checklist=_lines(document, values, "checklist.items", default_checklist(kind)),
        bell=bool(values.get("bell", settings.bell)),
        lesson=_lesson(document, values, kind),
        timezone=timezone,
        access_code=code_in(values.get("access_code")),
        share=bool(values.get("share", False)),
    )


# Each value was checked against its key: `Any` is of the type that the kind of the key lets through.
Values = Mapping[str, Any]


class _Chosen(NamedTuple):
    """What rooms are made of."""

    document: Document
    folders: tuple[Path, ...]
    values: Values
    rooms: tuple[Values, ...]


def _values(document: Document) -> Values:
    """Everything but the tables of which there may be several, checked, by dotted path."""
    values: dict[str, Any] = {}
    root = {name: value for name, value in document.root.items() if name not in {"rooms", "objectives"}}
    for parts, value in leaves(root, SECTIONS):
        name = ".".join(parts)
        if name not in KINDS:
            words = unknown_words(name, value, (*KINDS, *ROOM_KINDS, *OBJECTIVE_KINDS), SECTIONS)
            raise document.refusal(words, *parts)
        values[name] = document.checked(KINDS[name], value, *parts)
    return values


def _room_values(document: Document) -> tuple[Values, ...]:
    """The checked values of each [[rooms]], by key."""
    rooms = _tables(
        document,
        "rooms",
        ROOM_KINDS,
        _("each room has a line of its own: [[rooms]], with two brackets, then its name below."),
    )
    for position, room in enumerate(rooms):
        if "name" not in room:
            raise document.refusal(_("this room needs a “name”."), "rooms", position)
    return rooms


def _tables(document: Document, table: str, kinds: Mapping[str, Kind], how: str) -> tuple[Values, ...]:
    """The checked values of each [[table]], by key; `how`: the sentence on how to write one."""
    written = document.root.get(table)
    if written is None:
        return ()
    if not isinstance(written, list) or not written or not all(isinstance(one, dict) for one in written):
        raise document.refusal(how, table)
    for position, values in enumerate(written):
        for key, value in values.items():
            name = f"{table}.{key}"
            if name not in kinds:
                words = unknown_words(name, value, (*kinds, *KINDS), (table,))
                if name == "rooms.expected":
                    words = _("“classes”, “names” and the others stand directly under [[rooms]].")
                raise document.refusal(words, table, position, key)
            document.checked(kinds[name], value, table, position, key)
    return tuple(written)


def _number(values: Values, name: str, default: int) -> int:
    return int(values.get(name, default))


def _rule(values: Values, default: Rule) -> Rule:
    return Rule(
        _number(values, "rule.min_competences", default.min_competences),
        _number(values, "rule.min_level", default.min_level),
    )


def _remediation(values: Values) -> Remediation:
    return Remediation(
        line_in(values.get("remediation.label")) or Remediation().label,
        code_in(values.get("remediation.code")),
        code_in(values.get("remediation.collection_code")),
    )


def _limits(document: Document, values: Values) -> Limits:
    default = Limits()
    return Limits(
        _latest_start(document, values),
        _number(values, "limits.profile_days", default.profile_days),
        _number(values, "limits.export_minutes", default.export_minutes),
        _number(values, "limits.authorisation_minutes", default.authorisation_minutes),
    )


def _latest_start(document: Document, values: Values) -> time | None:
    start, latest = time_in(values.get("start")), time_in(values.get("limits.latest_start"))
    if start and latest and latest < start:
        words = _("“limits.latest_start” ({latest:%H:%M}) comes before the start ({start:%H:%M}).")
        raise document.refusal(words.format(latest=latest, start=start), "limits", "latest_start")
    return latest


def _timezone(document: Document, values: Values) -> str | None:
    """The zone of the room, checked against the list of zones; None: the computer's."""
    name = str(values.get("timezone", "")).strip()
    if not name or is_zone(name):
        return name or None
    near = nearest_zone(name)
    words = _("there is no time zone “{zone}”. Did you mean “{nearest}”?")
    if near is None:
        words = _("there is no time zone “{zone}”. It is one such as “Indian/Reunion” or “Pacific/Noumea”.")
    raise document.refusal(words.format(zone=shown(name, 60), nearest=near), "timezone")


def _lines(document: Document, values: Values, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """A list of lines, none of them twice."""
    if name not in values:
        return default
    items = [line_in(item) or "" for item in values[name]]
    twice = _repeated([item.casefold() for item in items])
    if twice is not None:
        words = _("“{item}” stands twice in the checklist.")
        if name != "checklist.items":
            words = _("“{item}” stands twice in the list.")
        raise document.refusal(words.format(item=shown(items[twice])), *name.split("."), twice)
    return tuple(items)


def _repeated(keys: Sequence[object]) -> int | None:
    """The position of the first one that was there before."""
    return next((index for index, key in enumerate(keys) if key in keys[:index]), None)


# -- a lesson -----------------------------------------------------------------------------------------------


def _lesson(document: Document, values: Values, kind: SessionKind) -> LessonRules:
    rules = LessonRules()
    observations = _lines(document, values, "lesson.observations", default_observations(kind))
    return LessonRules(
        _number(values, "lesson.stuck_exports", rules.stuck_exports),
        _number(values, "lesson.stuck_minutes", rules.stuck_minutes),
        tuple(map(observation_words, observations)),
        _objectives(document) or default_objectives(kind),
        _number(values, "lesson.far_points", rules.far_points),
        code_in(values.get("lesson.code")),
        _number(values, "lesson.helper_level", rules.helper_level),
        tuple(filter(None, map(name_in, values.get("lesson.delegates", ())))),
    )


def _objectives(document: Document) -> tuple[Objective, ...]:
    how = _("each objective has a line of its own: [[objectives]], with two brackets, then its keys below.")
    written = _tables(document, "objectives", OBJECTIVE_KINDS, how)
    for position, values in enumerate(written):
        for key in ("name", "min_competences"):
            if key not in values:
                words = _("this objective needs a “{key}”.").format(key=key)
                raise document.refusal(words, "objectives", position)
        asked, wanted = len(AREAS) * _number(values, "min_per_area", 0), _number(values, "min_competences", 0)
        if asked > wanted:
            words = _("“min_per_area” asks for {asked} competences in all, “min_competences” for {wanted}.")
            key_path = ("objectives", position, "min_per_area")
            raise document.refusal(words.format(asked=asked, wanted=wanted), *key_path)
    found = tuple(
        Objective(
            word_in(values["name"]) or "",
            _number(values, "min_competences", 0),
            _number(values, "min_level", 1),
            _number(values, "min_per_area", 0),
        )
        for values in written
    )
    twice = _repeated([objective.name.casefold() for objective in found])
    if twice is not None:
        words = _("two objectives are called “{name}”.").format(name=shown(found[twice].name))
        raise document.refusal(words, "objectives", twice, "name")
    return found


# -- files and folders --------------------------------------------------------------------------------------


def _folders(document: Document, values: Values) -> tuple[Path, ...]:
    if "folders" not in values:
        return (downloads_folder().absolute(),)
    found: dict[Path, None] = {}
    for position, written in enumerate(values["folders"]):
        key_path = ("folders", position)
        folder = document.path.parent / _expanded(document, written, key_path)
        if _is(Path.is_file, folder):
            words = _("“folders”: {file} is a file, not a folder.").format(file=shown(str(folder)))
            raise document.refusal(words, *key_path)
        found[folder] = None
    return tuple(found)


def _lists(chosen: _Chosen, written: Sequence[str], key_path: tuple[str | int, ...]) -> tuple[Path, ...]:
    """Files beside the session file, else in the folders; a download that is nowhere goes to the first."""
    found: dict[Path, None] = {}
    for position, text in enumerate(written):
        path = _expanded(chosen.document, text, (*key_path, position))
        candidates = [folder / path for folder in (chosen.document.path.parent, *chosen.folders)]
        file = next((one for one in candidates if _is(Path.is_file, one)), None)
        folder = next((one for one in candidates if _is(Path.is_dir, one)), None)
        if file is None and folder is not None:
            words = _("“lists”: {folder} is a folder, not a file.").format(folder=shown(str(folder)))
            raise chosen.document.refusal(words, *key_path, position)
        if file is None:  # only a bare name can be that of a download
            file = candidates[1] if path.parent == Path() else candidates[0]
        found[file] = None
    return tuple(found)


def _expanded(document: Document, written: str, key_path: tuple[str | int, ...]) -> Path:
    try:
        path = Path(written).expanduser()
    except RuntimeError:  # the home of a user who does not exist
        words = _("“{path}”: there is no such user.").format(path=shown(written))
        raise document.refusal(words, *key_path) from None
    if sys.platform == "win32" and _names_stranger(str(path), document.path):
        words = _(
            "“{path}” is on another computer, where Windows would sign in under your name: give the letter "
            "of its drive, or put the session file there too."
        )
        raise document.refusal(words.format(path=shown(written)), *key_path)
    return path


def _names_stranger(path: str, session_file: Path) -> bool:
    """Whether a path names a computer on which neither the session file nor the user's folders are."""
    if not (computer := computer_of(path)):
        return False
    own = (session_file, downloads_folder(), Path.home())
    return computer not in {computer_of(os.path.realpath(one)) for one in own}


def _is(test: Callable[[Path], bool], path: Path) -> bool:
    try:
        return test(path)
    except OSError:  # a name too long, a folder that may not be looked into
        return False


# -- rooms and those who are expected there ------------------------------------------------------------------


def _rooms(chosen: _Chosen) -> tuple[Room, ...]:
    if not chosen.rooms:
        whole_session = {name.removeprefix("expected."): value for name, value in chosen.values.items()
                         if name.startswith("expected.")}  # fmt: skip
        expected = _expected(chosen, whole_session, ("expected",))
        _refuse_twice(chosen.document, [(("expected",), expected)])
        return (Room(word_in(chosen.values.get("room")) or "", expected),)
    _refuse_both(chosen)
    shared = _lists(chosen, chosen.values.get("expected.lists", ()), ("expected", "lists"))
    rooms: list[Room] = []
    for position, room in enumerate(chosen.rooms):
        expected = _expected(chosen, room, ("rooms", position))
        lists = tuple(dict.fromkeys((*shared, *expected.lists)))
        posts = tuple(filter(None, map(name_in, room.get("posts", ()))))
        rooms.append(Room(word_in(room["name"]) or "", expected._replace(lists=lists), posts))
    twice = _repeated([place_key(room.name) or room.name for room in rooms])
    if twice is not None:
        words = _("two rooms are called “{room}”.").format(room=shown(rooms[twice].name))
        raise chosen.document.refusal(words, "rooms", twice, "name")
    expected_at = [(("rooms", position), room.expected) for position, room in enumerate(rooms)]
    _refuse_twice(chosen.document, expected_at)
    return tuple(rooms)


def _refuse_both(chosen: _Chosen) -> None:
    """With [[rooms]], what would be true of one room alone has no meaning; lists may be of all."""
    for name in ("room", *(f"expected.{source}" for source in SOURCES if source != "lists")):
        if name in chosen.values:
            words = _("“{key}” is for one room; with [[rooms]], say it under each of them.")
            raise chosen.document.refusal(words.format(key=name), *name.split("."))


def _expected(chosen: _Chosen, values: Values, key_path: tuple[str | int, ...]) -> ExpectedFrom:
    return ExpectedFrom(
        _lists(chosen, values.get("lists", ()), (*key_path, "lists")),
        word_in(values.get("session_number")),
        frozenset(filter(None, map(word_in, values.get("classes", ())))),
        frozenset(filter(None, map(word_in, values.get("groups", ())))),
        tuple(filter(None, map(name_in, values.get("names", ())))),
    )


def _refuse_twice(
    document: Document, expected_at: Sequence[tuple[tuple[str | int, ...], ExpectedFrom]]
) -> None:
    """Refuse a name that is no name, and one typed for the second time, in whatever room."""
    known: dict[str, set[str]] = {}
    for key_path, expected in expected_at:
        for position, written in enumerate(expected.names):
            parts = re.fullmatch(r"([^()]+)(?:\(([^()]+)\))?", written)
            words = sorted(name_key(parts[1]).split()) if parts else []
            if len(words) < 2:
                fault = _("“{name}”: write the last name, then the first name, as in “MARTIN Lou (3eB)”.")
                raise document.refusal(fault.format(name=shown(written)), *key_path, "names", position)
            place = place_key((parts and parts[2]) or "")
            classes = known.setdefault(" ".join(words), set())
            # Two of one name are two students where each has a class, and not the same one.
            if classes and (place in classes or "" in {*classes, place}):
                fault = _(
                    "“{name}” is there twice. If they are two students, add their classes: (3eA), (3eB)."
                )
                raise document.refusal(fault.format(name=shown(written)), *key_path, "names", position)
            classes.add(place)
