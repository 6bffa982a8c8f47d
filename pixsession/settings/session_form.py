"""A session file to start from: the commented text, and writing it whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.certification.session import LessonRules, Limits, Remediation, SessionKind
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, Objective
from pixsession.foundation.atomic import write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.paths import downloads_folder
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings
from pixsession.settings.session_questions import Answers
from pixsession.settings.session_schema import (
    DURATIONS,
    default_checklist,
    default_observations,
)
from pixsession.settings.toml_file import as_toml

# -- the text -----------------------------------------------------------------------------------------------


_START = time(8, 30)  # of an example


class _Line(NamedTuple):
    """One key of the file; `active`: its value is set, else it is a default or an example."""

    path: str
    reason: str
    value: object
    active: bool = False


def commented_session(answers: Answers, settings: Settings) -> str:
    """A session file with every key, each with its reason, in the language in use.

    The answers and the checklist are set; the rest stands at its default, or as an example where there is
    none, behind a mark: a line `#key = value` without a space is a key, and taking the `#` away sets it.
    """
    lines = [
        f"# {_('One session of pixsession. Take the # away from a line to change it.')}",
        f"# {_('What is left out stands at its default; a mistake is said with its line.')}",
    ]
    section = ""
    for line in _lines(answers, settings):
        table, _dot, name = line.path.rpartition(".")
        if table != section:
            if table == "expected":
                lines += ["", *_rooms_by_example()]
            # Without a mark: an empty section does no harm, and a key set free below it finds it there.
            lines += ["", f"[{table}]"]
            section = table
        mark = "" if line.active else "#"
        lines += ["", f"# {_(line.reason)}", f"{mark}{name} = {_toml(line.value)}"]
    lines += ["", *_objectives_by_example(), *_objective(answers), *_rooms(answers)]
    return "\n".join((*lines, ""))


def _lines(answers: Answers, settings: Settings) -> Iterator[_Line]:
    yield from _what_and_when(answers)
    yield from _who(answers, settings)
    yield from _what_then(answers)
    yield from _of_a_lesson()


def _what_and_when(answers: Answers) -> Iterator[_Line]:
    yield _Line("kind", N_("What is supervised: “certification” or “half-group”."), str(answers.kind), True)
    yield _Line("title", N_("The title of the board and of the sheet."), answers.title, True)
    yield _Line("date", N_("The day: year-month-day, or “12/03/2026” between quotes."), answers.date, True)
    start = answers.start or _START
    rooms = answers.rooms
    yield _Line("start", N_("When the test starts."), start, answers.start is not None)
    yield _Line(
        "timezone",
        N_("The time zone of the room, where the times of this file count; else the computer's is taken."),
        "Indian/Reunion",
    )
    yield _Line(
        "duration_minutes",
        N_("How long it lasts, in minutes; extra time is added for those who have it."),
        DURATIONS[answers.kind],
    )
    room = rooms[0] if rooms else _("Room 12")
    yield _Line("room", N_("The room, when there is one."), room, len(rooms) == 1)
    yield _Line(
        "access_code",
        N_("The access code of the session, from Pix Certif: in large letters on the projection."),
        answers.access_code or "ABCD12",
        answers.access_code is not None,
    )
    yield _Line(
        "folders",
        N_("Where you save the exports; a relative folder starts from this file."),
        [answers.folder or str(downloads_folder())],
        bool(answers.folder),
    )


def _who(answers: Answers, settings: Settings) -> Iterator[_Line]:
    yield _Line("bell", N_("Ring when a student becomes eligible or stops being so."), settings.bell)
    yield _Line(
        "share",
        N_("Several computers hold it together, through a folder beside this file."),
        False,
    )
    yield _Line(
        "expected.lists",
        N_("Files that name them: candidate list, class list; beside this file, or in the folders."),
        list(answers.lists) or ["candidats.xlsx", "classes.csv"],
        bool(answers.lists),
    )
    yield _Line(
        "expected.session_number",
        N_("Of a mass import: the number of this session only."),
        answers.session_number or "12345",
        answers.session_number is not None and len(answers.rooms) < 2,
    )
    one_room = len(answers.rooms) < 2
    for key, reason, chosen, example in (
        ("classes", N_("Of these lists: these classes only."), answers.lesson.classes, ["3eA", "3eB"]),
        ("groups", N_("Of these lists: these groups only."), answers.lesson.groups, ["3eA gr1"]),
    ):
        yield _Line(f"expected.{key}", reason, list(chosen) or example, bool(chosen) and one_room)
    yield _Line(
        "expected.names",
        N_("Or names typed here: last name, first name, and the class where two have one name."),
        ["MARTIN Lou", "PETIT Noa (3eB)"],
    )
    yield _Line(
        "rule.min_competences",
        N_("How many of the 16 competences a student needs (Pix certification: 5)."),
        settings.rule.min_competences,
    )
    yield _Line(
        "rule.min_level",
        N_("The level needed in each of them (Pix certification: 1)."),
        settings.rule.min_level,
    )


def _what_then(answers: Answers) -> Iterator[_Line]:
    remediation, limits = Remediation(), Limits()
    yield _Line("remediation.label", N_("Where those who are not eligible are sent."), remediation.label)
    yield _Line(
        "remediation.code",
        N_("The code of that campaign, shown in large letters."),
        answers.code or "ABCDEF123",
        answers.code is not None,
    )
    yield _Line(
        "remediation.collection_code",
        N_("The code of the campaign through which the profile is sent again."),
        answers.collection_code or "GHIJKL456",
        answers.collection_code is not None,
    )
    yield _Line(
        "limits.latest_start",
        N_("After this time it is too late to start: those in remediation are called back before."),
        answers.latest_start or _half_an_hour_after(answers.start or _START),
        answers.latest_start is not None,
    )
    yield _Line("limits.profile_days", N_("A profile sent more days ago is called out."), limits.profile_days)
    yield _Line(
        "limits.export_minutes",
        N_("While students are in remediation, an export older than so many minutes is called out."),
        limits.export_minutes,
    )
    yield _Line(
        "limits.authorisation_minutes",
        N_("How long an authorisation to start is valid (Pix: 15 minutes)."),
        limits.authorisation_minutes,
    )
    items = list(default_checklist(answers.kind))
    yield _Line("checklist.items", N_("The checklist of the day: change it as you like."), items, True)


def _of_a_lesson() -> Iterator[_Line]:
    rules = LessonRules()
    yield _Line(
        "lesson.stuck_exports",
        N_("In a lesson, stuck is who made no progress over so many exports."),
        rules.stuck_exports,
    )
    yield _Line(
        "lesson.stuck_minutes",
        N_("And for so many minutes, while somebody else moved: a class that pauses is not stuck."),
        rules.stuck_minutes,
    )
    yield _Line(
        "lesson.far_points",
        N_(
            "Far behind is who stands so many points (of a hundred) under the median, from the second export."
        ),
        rules.far_points,
    )
    yield _Line(
        "lesson.code",
        N_("The code of the campaign that targeted sessions open: it stands on their sheet."),
        "ABCDEF123",
    )
    yield _Line(
        "lesson.observations",
        N_("What one key notes of a student. Nothing about health: that is for the nurse, not for a file."),
        list(default_observations(SessionKind.HALF_GROUP)),
    )
    yield _Line(
        "lesson.helper_level",
        N_("Who can help with a competence: those who have it at this level, or above."),
        rules.helper_level,
    )
    yield _Line(
        "lesson.delegates",
        N_("Helpers of the class: named first where one helps the other. The key D names others."),
        ["MARTIN Lou", "PETIT Noa (3eB)"],
    )


def _objectives_by_example() -> list[str]:
    """The objectives that schools use, to be set free one by one: a list of tables has no default to show."""
    lines = [f"# {_('What a lesson aims at; without any, being eligible for certification. For instance:')}"]
    for objective in OBJECTIVE_PRESETS.values():
        lines += [f"#   {line}" for line in _objective_lines(objective)]
    words = _("No text names a number for the 6e and for upper secondary: these are proposals, put your own.")
    return [*lines, f"# {words}"]


def _objective_lines(objective: Objective) -> list[str]:
    lines = [
        "[[objectives]]",
        f"name = {_toml(_(objective.name))}",
        f"min_competences = {objective.min_competences}",
        f"min_level = {objective.min_level}",
    ]
    return lines + ([f"min_per_area = {objective.min_per_area}"] if objective.min_per_area else [])


def _objective(answers: Answers) -> list[str]:
    """The objective that was chosen, set."""
    chosen = answers.lesson.objective
    return ["", *_objective_lines(OBJECTIVE_PRESETS[chosen])] if chosen else []


def _rooms_by_example() -> list[str]:
    # A mark with a space: the room above and these exclude each other, so that they are no keys to set free.
    return [
        f"# {_('Several rooms: take “room” away above, and write each of them at the end of this file:')}",
        "#   [[rooms]]",
        f"#   name = {_toml(_('Room 12'))}",
        '#   classes = ["3eA"]',
        f"# {_('Under it stand the keys of [expected]; there, “lists” alone may stay, for all rooms.')}",
        "",
        f"# {_('Who is expected. Without any key: everybody of the lists found in the folders.')}",
    ]


def _rooms(answers: Answers) -> Iterator[str]:
    """The rooms, where there are several; which of the list is in which one, the list says, or the board."""
    for name in answers.rooms if len(answers.rooms) > 1 else ():
        yield from ("", "[[rooms]]", f"name = {_toml(name)}")
        if answers.session_number is not None:
            yield f"session_number = {_toml(answers.session_number)}"


def _half_an_hour_after(start: time) -> time:
    later = datetime.combine(date(2000, 1, 1), start) + timedelta(minutes=30)
    return later.time() if later.day == 1 else time(23, 59)


def _toml(value: object) -> str:
    if isinstance(value, str):
        # TOML escapes as JSON does, but for the character 127, which no text here has.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    if not isinstance(value, list):
        return as_toml(value)
    if len(", ".join(value)) < 80:
        return f"[{', '.join(map(_toml, value))}]"
    return "[\n" + "".join(f"  {_toml(element)},\n" for element in value) + "]"


# -- the file -----------------------------------------------------------------------------------------------


def refuse_to_replace(path: Path, *, replace: bool) -> None:
    """Raise PixSessionError, in words, where a session file cannot be written here."""
    file = shown(str(path))
    try:
        if path.is_dir():
            words = _("{file} is a folder: add the name of the session file, as in {example}.")
            raise PixSessionError(words.format(file=file, example=shown(str(path / "session.toml"))))
        if os.path.lexists(path) and not replace:
            raise PixSessionError(_already_there(file))
        if path.exists() and not path.is_file():
            raise PixSessionError(_("{file} is not a file that can be replaced.").format(file=file))
    except OSError as error:
        raise _unwritable(file, error) from None


def _already_there(file: str) -> str:
    words = _("{file} is there already, and is left as it is. Give another name, or replace it with --force.")
    return words.format(file=file)


def _unwritable(file: str, error: OSError) -> PixSessionError:
    words = _("{file} cannot be written: {cause}.")
    return PixSessionError(words.format(file=file, cause=cause_words(error)))


def write_session(path: Path, text: str, *, replace: bool) -> None:
    """Write this session file, for its owner alone, whole or not at all; raises PixSessionError in words."""
    refuse_to_replace(path, replace=replace)
    target = path.resolve() if replace else path  # through a link, not over it
    try:
        write_whole(target, text.encode(), replace=replace, synced=True)
    except FileExistsError:
        raise PixSessionError(_already_there(shown(str(path)))) from None
    except OSError as error:
        raise _unwritable(shown(str(path)), error) from None
