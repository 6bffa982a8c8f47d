"""A session file to start from: the few questions, the commented text, and writing it whole."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.certification.session import LessonRules, Limits, Remediation, SessionKind
from pixsession.domain.lesson.objectives import SCHOOL_OBJECTIVES
from pixsession.foundation.atomic import write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.paths import downloads_folder
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings
from pixsession.settings.session_schema import (
    DURATIONS,
    KINDS,
    code_in,
    date_in,
    default_checklist,
    default_observations,
    default_title,
    line_in,
    time_in,
    word_in,
)
from pixsession.settings.toml_file import as_toml, misfit

# What is asked, by the name of its option, with its key.
ASKED = {
    "kind": "kind",
    "title": "title",
    "date": "date",
    "start": "start",
    "room": "room",
    "code": "remediation.code",
}
_START = time(8, 30)  # of an example


class Answers(NamedTuple):
    """The answers of the user about a session before its file is written; None and empty: not known yet."""

    kind: SessionKind
    title: str
    date: date
    start: time | None = None
    room: str = ""
    code: str | None = None


def answers_given(options: Mapping[str, str | None], today: date) -> Answers:
    """The answers of the options, by the names of ASKED; raises BadConfiguration naming the option."""
    texts: dict[str, str] = {}
    for name, key in ASKED.items():
        text = options.get(name)
        if text is not None:
            if _read(name, text) is None:
                raise misfit(KINDS[key], key, text, f"--{name}", _("Session"))
            texts[name] = text
    return _answers(texts, today)


def answers_asked(ask: Callable[[str], str], tell: Callable[[str], None], today: date) -> Answers:
    """The answers of somebody at a terminal: an empty one takes the default, a wrong one is asked again."""
    texts: dict[str, str] = {}
    for name in ASKED:
        question = _question(name, _answers(texts, today))
        while text := ask(question).strip():
            if _read(name, text) is not None:
                texts[name] = text
                break
            expected = KINDS[ASKED[name]].words()
            tell(_("it must be {expected}, not {value}.").format(expected=expected, value=as_toml(text)))
    return _answers(texts, today)


def _read(name: str, text: str) -> object | None:
    """What TOML would hold for this answer; None when it cannot be one."""
    kind = KINDS[ASKED[name]]
    value = kind.from_text(text)
    return value if kind.fits(value) else None


def _answers(texts: Mapping[str, str], today: date) -> Answers:
    kind = SessionKind(str(_read("kind", texts["kind"]))) if "kind" in texts else SessionKind.CERTIFICATION
    return Answers(
        kind,
        line_in(texts.get("title")) or default_title(kind),
        date_in(texts.get("date")) or today,
        time_in(texts.get("start")),
        word_in(texts.get("room")) or "",
        code_in(texts.get("code")),
    )


def _question(name: str, so_far: Answers) -> str:
    """The question, with what Enter alone would answer."""
    later = _("later")
    words, default = {
        "kind": (_("What is it: 1 for a certification, 2 for a half-group"), "1"),
        "title": (_("Title"), shown(so_far.title)),
        "date": (_("Day"), f"{so_far.date:%d/%m/%Y}"),
        "start": (_("Start, such as 08:30"), later),
        "room": (_("Room"), later),
        "code": (_("Code of the campaign “{label}”").format(label=Remediation().label), later),
    }[name]
    return _("{question} [{default}]: ").format(question=words, default=default)


# -- the text -----------------------------------------------------------------------------------------------


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
    lines += ["", *_objectives_by_example()]
    return "\n".join((*lines, ""))


def _lines(answers: Answers, settings: Settings) -> Iterator[_Line]:
    yield from _what_and_when(answers)
    yield from _who(settings)
    yield from _what_then(answers)
    yield from _of_a_lesson()


def _what_and_when(answers: Answers) -> Iterator[_Line]:
    yield _Line("kind", N_("What is supervised: “certification” or “half-group”."), str(answers.kind), True)
    yield _Line("title", N_("The title of the board and of the sheet."), answers.title, True)
    yield _Line("date", N_("The day: year-month-day, or “12/03/2026” between quotes."), answers.date, True)
    start = answers.start or _START
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
    yield _Line("room", N_("The room, when there is one."), answers.room or _("Room 12"), bool(answers.room))
    yield _Line(
        "folders",
        N_("Where you save the exports; a relative folder starts from this file."),
        [str(downloads_folder())],
    )


def _who(settings: Settings) -> Iterator[_Line]:
    yield _Line("bell", N_("Ring when a student becomes eligible or stops being so."), settings.bell)
    yield _Line(
        "expected.lists",
        N_("Files that name them: candidate list, class list; beside this file, or in the folders."),
        ["candidats.xlsx", "classes.csv"],
    )
    yield _Line("expected.session_number", N_("Of a mass import: the number of this session only."), "12345")
    yield _Line("expected.classes", N_("Of these lists: these classes only."), ["3eA", "3eB"])
    yield _Line("expected.groups", N_("Of these lists: these groups only."), ["3eA gr1"])
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
        "GHIJKL456",
    )
    yield _Line(
        "limits.latest_start",
        N_("After this time it is too late to start: those in remediation are called back before."),
        _half_an_hour_after(answers.start or _START),
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
        "lesson.observations",
        N_("What one key notes of a student. Nothing about health: that is for the nurse, not for a file."),
        list(default_observations(SessionKind.HALF_GROUP)),
    )


def _objectives_by_example() -> list[str]:
    """The objectives that schools use, to be set free one by one: a list of tables has no default to show."""
    lines = [f"# {_('What a lesson aims at; without any, being eligible for certification. For instance:')}"]
    for objective in SCHOOL_OBJECTIVES:
        lines += [
            "#   [[objectives]]",
            f"#   name = {_toml(_(objective.name))}",
            f"#   min_competences = {objective.min_competences}",
            f"#   min_level = {objective.min_level}",
        ]
        lines += [f"#   min_per_area = {objective.min_per_area}"] if objective.min_per_area else []
    return lines


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
