"""The session file: every key taken, every mistake said with its place, and the text to start from."""

from __future__ import annotations

import copy
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from errno import EIO
from gettext import NullTranslations
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.certification.session import (
    ExpectedFrom,
    LessonRules,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, SCHOOL_OBJECTIVES, Objective
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.errors import BadConfiguration, PixSessionError
from pixsession.foundation.i18n import use_language
from pixsession.foundation.paths import downloads_folder
from pixsession.settings import session_file
from pixsession.settings.config import Settings
from pixsession.settings.session_file import load_session
from pixsession.settings.session_form import commented_session, write_session
from pixsession.settings.session_questions import Answers
from pixsession.settings.session_schema import KINDS, OBJECTIVE_KINDS, ROOM_KINDS, default_checklist
from tests.factories.examples import examples
from tests.factories.reached import reached
from tests.share.failing import FailingFolder

MORNING = datetime.fromisoformat("2026-03-12T07:45")
FULL = """
kind = "half-group"
title = "  Lundi,   3eB "
date = 2026-03-16
start = "8h30"
timezone = "Indian/Reunion"
duration_minutes = 50
room = "S12"
access_code = "abcd 12"
share = true
folders = ["exports", "."]
bell = true
[expected]
lists = ["classe.csv"]
session_number = 12345
classes = ["3eB", 302]
groups = ["gr1"]
names = ["MARTIN  Lou", "PETIT Noa (3eB)", "PETIT Noa (3eC)"]
[rule]
min_competences = 16
min_level = 2
[remediation]
label = "SOS"
code = "abc def 123"
collection_code = "GHIJKL456"
[limits]
latest_start = "09:00"
profile_days = 10
export_minutes = 5
authorisation_minutes = 20
[checklist]
items = ["Présence", "Code"]
[lesson]
stuck_exports = 3
stuck_minutes = 15
far_points = 20
code = "SECU12345"
observations = ["stylet", "aidé"]
helper_level = 2
delegates = ["MARTIN  Lou"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "session.toml"


def session_of(file: Path, text: str, settings: Settings | None = None) -> Session:
    file.write_text(text, encoding="utf-8")
    return load_session(file, settings or Settings(), now=lambda: MORNING)


def refusal(file: Path, text: str | bytes) -> str:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadConfiguration) as caught:
        load_session(file, Settings(), now=lambda: MORNING)
    return caught.value.message


# -- what is read -----------------------------------------------------------------------------


def test_every_key_is_taken(file: Path, tmp_path: Path) -> None:
    assert session_of(file, FULL) == Session(
        path=file,
        kind=SessionKind.HALF_GROUP,
        title="Lundi, 3eB",
        date=date(2026, 3, 16),
        start=time(8, 30),
        duration_minutes=50,
        rooms=(
            Room(
                "S12",
                ExpectedFrom(
                    (tmp_path / "exports" / "classe.csv",),
                    "12345",
                    frozenset({"3eB", "302"}),
                    frozenset({"gr1"}),
                    ("MARTIN Lou", "PETIT Noa (3eB)", "PETIT Noa (3eC)"),
                ),
            ),
        ),
        folders=(tmp_path / "exports", tmp_path),
        rule=Rule(16, 2),
        remediation=Remediation("SOS", "ABCDEF123", "GHIJKL456"),
        limits=Limits(time(9, 0), 10, 5, 20),
        checklist=("Présence", "Code"),
        bell=True,
        lesson=LessonRules(
            3, 15, ("stylet", "helped"), (Objective("eligible", 5, 1),), 20, "SECU12345", 2, ("MARTIN Lou",)
        ),
        timezone="Indian/Reunion",
        access_code="ABCD12",
        share=True,
    )


def keys_of(text: str) -> set[str]:
    root = tomli.loads(text)
    return {
        f"{name}.{key}" if isinstance(value, dict) else name
        for name, value in root.items()
        for key in (value if isinstance(value, dict) else [""])
    }


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Noumea", date(2026, 3, 13)),
        ("America/Guadeloupe", date(2026, 3, 12)),
        ("", date(2026, 3, 12)),
    ],
)
def test_today_is_the_day_of_the_room(file: Path, zone: str, day: date) -> None:
    file.write_text(f'timezone = "{zone}"')
    evening = datetime.fromisoformat("2026-03-12T23:00")  # of Paris
    found = load_session(file, Settings(), now=lambda: evening)
    assert (found.date, found.timezone) == (day, zone or None)


def test_the_test_above_knows_every_key() -> None:
    assert keys_of(FULL) == set(KINDS)


@pytest.mark.parametrize("text", ['kind = "certification"', ""])
def test_the_shortest_file_is_a_certification_at_its_defaults(file: Path, text: str) -> None:
    found = session_of(file, text, Settings(rule=Rule(6, 2), bell=True))
    assert found == Session(
        path=file,
        kind=SessionKind.CERTIFICATION,
        title="Pix certification",
        date=MORNING.date(),
        start=None,
        duration_minutes=105,
        rooms=(Room(""),),
        folders=(downloads_folder(),),
        rule=Rule(6, 2),
        remediation=Remediation(),
        limits=Limits(),
        checklist=default_checklist(SessionKind.CERTIFICATION),
        bell=True,
    )
    assert len(found.checklist) == 6


def test_a_lesson_lasts_less_and_has_no_gesture_of_a_certification(file: Path) -> None:
    found = session_of(file, 'kind = "half-group"')
    assert (found.duration_minutes, found.checklist) == (55, ())


def test_a_lesson_has_observations_and_aims_at_the_certification(file: Path) -> None:
    rules = session_of(file, 'kind = "half-group"').lesson
    said = ("forgotten credentials", "keyboard", "equipment", "helped", "helps others")
    assert rules == LessonRules(2, 10, said, (SCHOOL_OBJECTIVES[0],))
    assert session_of(file, 'kind = "certification"').lesson == LessonRules()
    assert session_of(file, 'kind = "half-group"\n[lesson]\nobservations = []').lesson.observations == ()


def test_objectives_take_the_place_of_the_default(file: Path) -> None:
    text = """
kind = "half-group"
[[objectives]]
name = "5e"
min_competences = 5
min_per_area = 1
[[objectives]]
min_level = 2
name = 2026
min_competences = 16
"""
    assert session_of(file, text).lesson.objectives == (Objective("5e", 5, 1, 1), Objective("2026", 16, 2))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[[objectives]]\nmin_competences = 5", 1, "needs a “name”"),
        ('[[objectives]]\nname = "A"', 1, "needs a “min_competences”"),
        ('[[objectives]]\nname = ""\nmin_competences = 5', 2, "“objectives.name” must be the name"),
        ('[[objectives]]\nname = "A"\nmin_competences = 17', 3, "a whole number from 1 to 16, not 17"),
        ('[[objectives]]\nname = "A"\nmin_competences = 16\nmin_per_area = 3', 4, "from 0 to 2, not 3"),
        (
            '[[objectives]]\nname = "A"\nmin_competences = 4\nmin_per_area = 1', 4,
            "“min_per_area” asks for 5 competences in all, “min_competences” for 4",
        ),
        ('[[objectives]]\nname = "A"\nmin_levels = 5', 3, "Did you mean “objectives.min_level”?"),
        (
            '[[objectives]]\nname = "A"\nmin_competences = 5\n'
            '[[objectives]]\nname = "a"\nmin_competences = 6',
            5, "two objectives are called “a”",
        ),
        ('[objectives]\nname = "A"', 1, "two brackets"),
        ('objectives = ["A"]', 1, "two brackets"),
        ("min_per_area = 1", 1, "Did you mean “objectives.min_per_area”?"),
        ("[lesson]\nstuck_export = 2", 2, "Did you mean “lesson.stuck_exports”?"),
        ("[lesson]\nstuck_exports = 0", 2, "a whole number from 1 to 20, not 0"),
        ("[lesson]\nstuck_exports = 21", 2, "not 21"),
        ("[lesson]\nstuck_minutes = 181", 2, "a whole number from 1 to 180, not 181"),
        ("[lesson]\nobservations = ['a',\n'A']", 3, "“A” stands twice in the list"),
        ("[lesson]\nobservations = ['']", 2, "“lesson.observations”"),
        ("lesson = 3", 1, "“lesson” is a section"),
    ],
)  # fmt: skip
def test_a_lesson_that_cannot_be_is_refused_with_its_line(
    file: Path, text: str, line: int, said: str
) -> None:
    message = refusal(file, text)
    assert f"{file}, line {line}: " in message
    assert said in message


def test_the_defaults_speak_the_language_in_use(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Loud(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    english = session_of(file, "")
    monkeypatch.setattr("pixsession.foundation.i18n._catalogue", Loud())
    loud = session_of(file, "")
    assert loud.title == english.title.upper()
    assert loud.checklist == tuple(item.upper() for item in english.checklist)
    lesson = session_of(file, 'kind = "half-group"').lesson
    assert lesson.observations[0] == "FORGOTTEN CREDENTIALS"
    assert lesson.objectives[0].name == "ELIGIBLE"


@pytest.mark.parametrize("written", ["2026-03-16", '"2026-03-16"', '"16/03/2026"', '" 16/3/2026 "'])
def test_a_day_is_written_as_people_write_it(file: Path, written: str) -> None:
    assert session_of(file, f"date = {written}").date == date(2026, 3, 16)


@pytest.mark.parametrize("written", ["08:30:00", '"08:30"', '"8:30"', '"8h30"', '"08 H 30"'])
def test_a_time_is_written_as_people_write_it(file: Path, written: str) -> None:
    assert session_of(file, f"start = {written}").start == time(8, 30)


def test_what_is_left_empty_is_not_known_yet(file: Path) -> None:
    text = """
start = ""
room = ""
access_code = ""
[expected]
session_number = ""
lists = []
names = []
[remediation]
code = ""
collection_code = ""
[limits]
latest_start = ""
[checklist]
items = []
"""
    assert session_of(file, text) == session_of(file, "")._replace(checklist=())


def test_windows_marks_and_line_ends_do_no_harm(file: Path) -> None:
    file.write_bytes('\ufeffkind = "half-group"\r\n[rule]\r\nmin_level = 3\r\n'.encode())
    found = load_session(file, Settings())
    assert (found.kind, found.rule.min_level) == (SessionKind.HALF_GROUP, 3)


def test_lists_stand_beside_the_session_file_else_in_the_folders(file: Path, tmp_path: Path) -> None:
    for place in ("a.csv", "one/a.csv", "two/b.csv", "lists/c.csv"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).touch()
    text = (
        'folders = ["one", "two"]\n[expected]\nlists = ["a.csv", "b.csv", "lists/c.csv", "d.csv", "x/d.csv"]'
    )
    expected = session_of(file, text).rooms[0].expected
    assert [path.relative_to(tmp_path).as_posix() for path in expected.lists] == [
        "a.csv",
        "two/b.csv",
        "lists/c.csv",
        "one/d.csv",  # a download that has still to come
        "x/d.csv",
    ]


def test_a_tilde_is_the_home_folder(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    found = session_of(file, 'folders = ["~/exports"]\n[expected]\nlists = ["~/liste.csv"]')
    assert found.folders == (tmp_path / "home" / "exports",)
    assert found.rooms[0].expected.lists == (tmp_path / "home" / "liste.csv",)


def test_the_session_is_the_same_from_wherever_it_is_read(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = session_of(file, FULL)
    monkeypatch.chdir(tmp_path)
    assert load_session(Path("session.toml"), Settings()) == found


# -- rooms ------------------------------------------------------------------------------------


ROOMS = """
[expected]
lists = ["candidats.xlsx"]
[[rooms]]
name = "S12"
classes = ["3eA"]
[[rooms]]
name = 14
session_number = "77"
lists = ["autre.csv"]
names = ["MARTIN Lou"]
"""


def test_each_room_has_its_own_students_and_the_lists_of_all(file: Path, tmp_path: Path) -> None:
    found = session_of(file, 'folders = ["."]' + ROOMS)
    shared, own = tmp_path / "candidats.xlsx", tmp_path / "autre.csv"
    assert found.rooms == (
        Room("S12", ExpectedFrom((shared,), classes=frozenset({"3eA"}))),
        Room("14", ExpectedFrom((shared, own), "77", names=("MARTIN Lou",))),
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[rooms]]\nname = "S 12"\n[[rooms]]\nname = "s12"', 4, "two rooms are called “s12”"),
        ("[[rooms]]\nclasses = []", 1, "needs a “name”"),
        ('[[rooms]]\nname = "A"\n[[rooms]]\n', 3, "needs a “name”"),
        ('[[rooms]]\nname = ""', 2, "“rooms.name” must be the name of a room"),
        ('[[rooms]]\nname = "A"\nclases = ["3eA"]', 3, "“rooms.classes”"),
        ('[[rooms]]\nname = "A"\n[[rooms]]\nname = "B"\nclasses = "3eA"', 5, '["3eA", "3eB"], not "3eA"'),
        ('[[rooms]]\nname = "A"\n[rooms.expected]\nclasses = ["3eA"]', 3, "directly under [[rooms]]"),
        ('[[rooms]]\nname = "A"\ntitle = "B"', 3, "above the first line in brackets"),
        ('room = "S12"\n[[rooms]]\nname = "A"', 1, "“room” is for one room"),
        ('[expected]\nclasses = ["3eA"]\n[[rooms]]\nname = "A"', 2, "“expected.classes” is for one room"),
        ('[rooms]\nname = "A"', 1, "two brackets"),
        ('rooms = ["A", "B"]', 1, "two brackets"),
        ("\nrooms = []", 2, "two brackets"),
        ('room = ["A", "B"]', 1, "see [[rooms]]"),
    ],
)
def test_rooms_that_cannot_be_are_refused_with_their_line(
    file: Path, text: str, line: int, said: str
) -> None:
    message = refusal(file, text)
    assert f"{file}, line {line}: " in message
    assert said in message


# -- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["MARTIN Lou", "PETIT Noa", "martin  LOU"], 5),
        (["MARTIN Lou", "Lou MARTIN"], 4),
        (["MARTIN Loé", "MARTIN Loe (3eB)"], 4),
        (["MARTIN Lou (3eB)", "MARTIN Lou"], 4),
        (["MARTIN Lou (3eB)", "MARTIN Lou (3e C)", "MARTIN Lou (3E b)"], 5),
    ],
)
def test_a_student_typed_twice_is_refused_on_the_second_line(file: Path, names: list[str], line: int) -> None:
    elements = "".join(f"  {json.dumps(name, ensure_ascii=False)},\n" for name in names)
    message = refusal(file, f"[expected]\nnames = [\n{elements}]")
    assert f"{file}, line {line}: “{' '.join(names[line - 3].split())}” is there twice" in message


def test_a_student_typed_in_two_rooms_is_refused_where_it_is_typed_again(file: Path) -> None:
    text = '[[rooms]]\nname = "A"\nnames = ["MARTIN Lou"]\n[[rooms]]\nname = "B"\nnames = ["Martin Lou"]'
    assert f"{file}, line 6: “Martin Lou” is there twice" in refusal(file, text)


@pytest.mark.parametrize("name", ["MARTIN", "???", "MARTIN Lou (3eB", "MARTIN Lou ()", "(3eB)", "A) B (C"])
def test_a_name_that_is_no_name_is_refused(file: Path, name: str) -> None:
    assert "write the last name" in refusal(file, f'[expected]\nnames = ["{name}"]')


# -- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "key", "nearest"),
    [
        ('\ntitel = "x"', 2, "titel", "title"),
        ("duration = 90", 1, "duration", "duration_minutes"),
        ('classes = ["3eA"]', 1, "classes", "expected.classes"),
        ("[rule]\nmin_levle = 1", 2, "rule.min_levle", "rule.min_level"),
        ("[limit]\nprofile_days = 3", 2, "limit.profile_days", "limits.profile_days"),
        ("[expected]\n\nlist = ['a']", 3, "expected.list", "expected.lists"),
        ("[[room]]\nname = 'a'", 1, "room", None),
        ("zzzz = 1", 1, "zzzz", None),
    ],
)
def test_an_unknown_key_names_file_line_key_and_the_nearest_spelling(
    file: Path, text: str, line: int, key: str, nearest: str | None
) -> None:
    message = refusal(file, text)
    assert f"{file}, line {line}: " in message
    assert f"“{key}”" in message
    assert nearest is None or f"Did you mean “{nearest}”?" in message


def test_an_unknown_key_like_no_other_gets_the_list(file: Path) -> None:
    message = refusal(file, "zzzz = 1")
    assert all(key in message for key in (*KINDS, *ROOM_KINDS, *OBJECTIVE_KINDS))


def test_a_key_below_a_section_is_sent_above(file: Path) -> None:
    message = refusal(file, "[limits]\nprofile_days = 3\nbell = true")
    assert f"{file}, line 3: “bell” does not belong to [limits]" in message


@pytest.mark.parametrize("section", ["expected", "rule", "remediation", "limits", "checklist"])
def test_a_section_written_as_a_key_is_said_to_be_one(file: Path, section: str) -> None:
    assert f"[{section}]" in refusal(file, f"{section} = 3")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('kind = "exam"', 1, '“kind” must be one of "certification", "half-group", not "exam"'),
        ("kind = true", 1, "not true"),
        ('title = ""', 1, "“title” must be a text on one line"),
        ('title = "  "', 1, "“title”"),
        ('title = "a\\u001b[2J"', 1, "“title”"),
        ("\ndate = '31/02/2026'", 2, 'a day of the calendar, such as 2026-03-12 or "12/03/2026", not'),
        ("date = '2026-13-01'", 1, "“date”"),
        ("date = '12/03/26'", 1, "“date”"),
        ("date = 1926-03-12", 1, "“date”"),
        ("date = 2026-03-12T08:30:00", 1, "“date”"),
        ("date = 2026-02-30", 1, "no calendar has this date"),
        ("date = ''", 1, "“date”"),
        ("start = '25:00'", 1, 'a time such as "08:30", not "25:00"'),
        ("start = '8h60'", 1, "“start”"),
        ("start = 8", 1, "not 8"),
        ("start = 8.30", 1, "not 8.3"),
        ("timezone = 4", 1, "the name of a time zone"),
        ('timezone = "Indian/Renion"', 1, "Did you mean “Indian/Reunion”?"),
        ('title = "T"\ntimezone = "réunion"', 2, "Did you mean “Indian/Reunion”?"),
        ('timezone = "noumea"', 1, "Did you mean “Pacific/Noumea”?"),
        ('timezone = "New York"', 1, "Did you mean “America/New_York”?"),
        ('timezone = "xyzzy"', 1, "such as “Indian/Reunion”"),
        ('timezone = "../../etc/passwd"', 1, "no time zone"),
        ('timezone = "Indian"', 1, "no time zone"),
        ("duration_minutes = 0", 1, "a whole number from 1 to 600, not 0"),
        ("duration_minutes = 1.5", 1, "not 1.5"),
        ("duration_minutes = true", 1, "not true"),
        ("folders = []", 1, "“folders” must be a list"),
        ("folders = 'x'", 1, 'not "x"'),
        ("folders = ['a\tb']", 1, "“folders”"),
        ("folders = ['session.toml']", 1, "is a file, not a folder"),
        ("bell = 1", 1, "true or false, not 1"),
        ("[expected]\nlists = 'a.csv'", 2, "“expected.lists”"),
        ("[expected]\nlists = [\n'a.csv',\n'.']", 4, "is a folder, not a file"),
        pytest.param(
            "[expected]\nlists = ['~nobodyhere/a.csv']",
            2,
            "no such user",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="asks nobody who has an account"),
        ),
        ("[expected]\nclasses = [3e1]", 2, "not [30.0]"),
        ("[expected]\nsession_number = -1", 2, "the number of a session, not -1"),
        ("[rule]\nmin_level = 9", 2, "a whole number from 1 to 8, not 9"),
        ("[rule]\nmin_competences = 17", 2, "a whole number from 1 to 16, not 17"),
        ("[remediation]\nlabel = ''", 2, "“remediation.label”"),
        ("[remediation]\ncode = 'é!'", 2, "the code of a campaign"),
        ("start = '09:00'\n[limits]\nlatest_start = '08:59'", 3, "comes before the start (09:00)"),
        ("[limits]\nprofile_days = 0", 2, "“limits.profile_days”"),
        ("[limits]\nexport_minutes = '10'", 2, 'not "10"'),
        ("[limits]\nauthorisation_minutes = -3", 2, "not -3"),
        ("[checklist]\nitems = [\n'Code',\n\n'code ']", 5, "“code” stands twice"),
        ("[checklist]\nitems = ['']", 2, "“checklist.items”"),
        ("duration_minutes = 0x" + "f" * 5000, 1, "such a large number"),
    ],
)
def test_a_value_that_cannot_be_names_file_line_and_what_is_expected(
    file: Path, text: str, line: int, said: str
) -> None:
    message = refusal(file, text)
    assert f"{file}, line {line}" in message
    assert said in message
    assert message.isprintable()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title = 'é'".encode("cp1252"), "UTF-8"),
        ("title = 'é'".encode("utf-16"), "UTF-8"),
        (b"Nom;Pr\xc3\xa9nom;Classe\nMARTIN;Lou;3eB\n", "line 1"),
        (b"title = 'a", "line 1"),
        (b"folders = ['C:\\x']\nroom = \"C:\\x\"", "backslash"),
        (b"title = [", "too early"),
        pytest.param(b"x" * 2_000_000, "too large", id="two megabytes"),
    ],
)
def test_what_is_no_session_file_is_refused_in_words(file: Path, content: bytes, said: str) -> None:
    message = refusal(file, content)
    assert said in message
    assert str(file) in message


def test_a_file_that_is_not_there_or_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="pixsession init"):
        load_session(tmp_path / "none.toml", Settings())
    with pytest.raises(BadConfiguration, match=re.escape(str(tmp_path))):
        load_session(tmp_path, Settings())


# -- the text to start from -------------------------------------------------------------------


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    line = st.text(
        st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40
    ).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip
    return Answers(
        draw(st.sampled_from(SessionKind)),
        draw(line),
        draw(st.dates(date(2000, 1, 1), date(2099, 12, 31))),
        draw(st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))),
        draw(st.just("") | line.filter(lambda text: "," not in text)),
        draw(st.none() | st.from_regex(r"[A-Z0-9]{6}[0-9]{3}", fullmatch=True)),
    )


def said_by(session: Session) -> Answers:
    return Answers(
        session.kind,
        session.title,
        session.date,
        session.start,
        session.rooms[0].name,
        session.remediation.code,
    )


@pytest.mark.slow
@examples(50)
@given(given_answers=answers(), language=st.sampled_from(["fr", "en"]))
def test_the_text_gives_back_the_answers_and_the_defaults(
    file: Path, given_answers: Answers, language: str
) -> None:
    use_language(language)
    found = session_of(file, commented_session(given_answers, Settings()))
    reached()
    assert said_by(found) == given_answers
    nothing = session_of(file, f'kind = "{given_answers.kind}"')
    assert found._replace(title="", date=MORNING.date(), start=None, rooms=()) == nothing._replace(
        title="", rooms=(), remediation=nothing.remediation._replace(code=given_answers.code)
    )


@pytest.mark.slow
@examples(50)
@given(given_answers=answers(), language=st.sampled_from(["fr", "en"]))
def test_the_text_without_its_marks_still_loads_and_has_every_key(
    file: Path, given_answers: Answers, language: str
) -> None:
    use_language(language)
    chosen = Settings(rule=Rule(3, 2), bell=True)
    text = re.sub(r"(?m)^#(?=\S)", "", commented_session(given_answers, chosen))
    reached()
    assert keys_of(text) == set(KINDS)
    found = session_of(file, text)
    assert (found.rule, found.bell) == (Rule(3, 2), True)
    assert said_by(found)[:3] == given_answers[:3]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_key_of_the_text_has_a_reason_above_it(language: str) -> None:
    use_language(language)
    lines = commented_session(
        Answers(SessionKind.CERTIFICATION, "T", MORNING.date()), Settings()
    ).splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"#?\w+ =", line)]
    assert len(keys) == len(KINDS)
    assert all(re.match(r"# \w.{15,}", lines[number - 1]) for number in keys)


def test_the_examples_of_rooms_and_objectives_are_taken_as_they_stand(file: Path) -> None:
    text = commented_session(Answers(SessionKind.CERTIFICATION, "T", MORNING.date()), Settings())
    examples = "\n".join(re.findall(r"(?m)^#   (.*)$", text))
    found = session_of(file, f"{text}\n{examples}")
    assert found.rooms == (Room("Room 12", ExpectedFrom(classes=frozenset({"3eA"}))),)
    assert found.lesson.objectives == tuple(OBJECTIVE_PRESETS.values())


def test_the_text_says_why_nothing_about_health_is_noted() -> None:
    text = commented_session(Answers(SessionKind.HALF_GROUP, "T", MORNING.date()), Settings())
    assert re.search(r"(?m)^# .*health.*\n#observations = \[", text)


def test_the_spaces_of_french_stay_and_no_others(file: Path) -> None:
    found = session_of(file, '[checklist]\nitems = ["Code\u00a0: \t au  tableau"]')
    assert found.checklist == ("Code\u00a0: au tableau",)
    names = session_of(file, '[expected]\nnames = ["MARTIN\u00a0Lou"]').rooms[0].expected.names
    assert names == ("MARTIN Lou",)


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "the disk is full on device")

    file = tmp_path / "session.toml"
    if replace:
        file.write_text("old")
    monkeypatch.setattr("pixsession.settings.session_form.os.fsync", full)
    with pytest.raises(PixSessionError, match="the disk is full"):
        write_session(file, "new", replace=replace)
    assert [entry.name for entry in tmp_path.iterdir()] == (["session.toml"] if replace else [])
    assert not replace or file.read_text() == "old"


@pytest.mark.parametrize("error", [PermissionError(1, "no links here"), NotImplementedError()])
def test_where_there_are_no_hard_links_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def linkless(_path: Path, _target: Path) -> None:
        raise error

    monkeypatch.setattr(Path, "hardlink_to", linkless)
    write_session(tmp_path / "a.toml", "mine", replace=False)
    with pytest.raises(PixSessionError, match="--force"):
        write_session(tmp_path / "a.toml", "other", replace=False)
    assert {entry.name: entry.read_text() for entry in tmp_path.iterdir()} == {"a.toml": "mine"}


# -- anything at all --------------------------------------------------------------------------


def toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).lower()


def places(value: object, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a document: each key, each element."""
    if above:
        yield above
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*above, key))


OBJECTIVES = """
[[objectives]]
name = "5e"
min_competences = 5
min_level = 1
min_per_area = 1
"""
ONE_ROOM, TWO_ROOMS = tomli.loads(FULL + OBJECTIVES), tomli.loads(ROOMS)
DOCUMENTS = [(document, place) for document in (ONE_ROOM, TWO_ROOMS) for place in places(document)]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["~", "~x/", ".", "..", "/", "\0", "", "08:30", "31/04/2026", "(", "A B (", "²", "3e1", "a" * 5000]
)
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.sampled_from([10**400, -1, 0, 30])
)
VALUES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=6,
)


@pytest.mark.slow
@examples(200)
@given(at=st.sampled_from(DOCUMENTS), value=VALUES)
def test_any_value_in_the_place_of_any_other_loads_or_is_refused_in_words(
    file: Path, at: tuple[dict[str, Any], tuple[Any, ...]], value: object
) -> None:
    document, place = copy.deepcopy(at[0]), at[1]
    target: Any = document
    for part in place[:-1]:
        target = target[part]
    target[place[-1]] = value
    text = "".join(f"{toml(key)} = {toml(below)}\n" for key, below in document.items())
    file.write_text(text, encoding="utf-8", newline="\n")
    try:
        found = load_session(file, Settings(), now=lambda: MORNING)
    except BadConfiguration as refused:
        reached()
        assert f"{file}, line " in refused.message
        assert refused.message.isprintable()
    else:
        reached()
        assert found.rooms
        assert found.folders
        assert found.title.strip()
        assert found.duration_minutes > 0


@examples(100)
@given(text=st.text(alphabet="ab=[]{}\"'\\#.,\n 0123456789:-", max_size=60) | TEXTS)
def test_any_text_at_all_loads_or_is_refused_in_words(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
    try:
        load_session(file, Settings())
    except BadConfiguration as refused:
        reached()
        assert str(file) in refused.message


@pytest.mark.parametrize(("failures", "is_read"), [(1, True), (2, False)])
def test_a_share_that_fails_once_is_asked_again(
    file: Path, monkeypatch: pytest.MonkeyPatch, failures: int, is_read: bool
) -> None:
    file.write_text('title = "Lundi"')
    left, opened = [OSError(EIO, os.strerror(EIO))] * failures, Path.open

    def fails(path: Path, *arguments: Any, **named: Any) -> Any:
        if path == file and left:
            raise left.pop()
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", fails)
    if is_read:
        assert load_session(file, Settings()).title == "Lundi"
    else:
        with pytest.raises(BadConfiguration, match="cannot be read"):
            load_session(file, Settings())


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("there are no pipes in folders here")
    pipe = tmp_path / "session.toml"
    os.mkfifo(pipe)
    with pytest.raises(PixSessionError, match="a pipe, not a file"):
        load_session(pipe, Settings())


OWN, OTHER = "//serveur/profs", "//ailleurs/partage"


@pytest.mark.parametrize(
    ("file", "named", "is_stranger"),
    [
        ("C:/session.toml", f"{OTHER}/exports", True),
        ("C:/session.toml", r"\\?\UNC\ailleurs\partage", True),
        ("C:/session.toml", "D:/exports", False),
        (f"{OTHER}/session.toml", f"{OTHER.upper()}/exports", False),
        ("C:/session.toml", f"{OWN}/exports", False),  # where this school keeps the downloads
    ],
)
def test_windows_signs_in_to_no_computer_that_only_a_session_file_names(
    monkeypatch: pytest.MonkeyPatch, file: str, named: str, is_stranger: bool
) -> None:
    monkeypatch.setattr("os.path.realpath", str)
    monkeypatch.setattr(session_file, "downloads_folder", lambda: PureWindowsPath(f"{OWN}/Downloads"))
    assert session_file._names_stranger(named, PureWindowsPath(file)) is is_stranger  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "win32", reason="a name like any other")
@pytest.mark.parametrize("text", ["folders = ['{}']", "[expected]\nlists = ['{}/x.csv']"])
def test_a_folder_on_a_computer_of_strangers_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "session.toml"
    file.write_text(text.format(OTHER), encoding="utf-8")
    with pytest.raises(BadConfiguration, match="sign in under your name"):
        load_session(file, Settings())


def test_a_drive_that_hangs_is_not_waited_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('title = "Lundi"')
    monkeypatch.setattr("pixsession.settings.toml_file._ANSWER_SECONDS", 0.05)
    released = FailingFolder(file.parent, monkeypatch).hangs()
    with pytest.raises(BadConfiguration, match="the network does not answer"):
        load_session(file, Settings())
    released.set()
