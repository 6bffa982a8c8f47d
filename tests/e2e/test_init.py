"""`init`: a session file of one's own, from questions, from options, or as it comes."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pixsession.domain.certification.session import Session, SessionKind
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import LANGUAGES
from pixsession.settings.config import Settings
from pixsession.settings.session_file import load_session
from pixsession.settings.session_questions import ASKED
from tests.e2e.runs import Run, ended, posix, spawned
from tests.factories.certification_lists import CANDIDATES, LIST, held
from tests.factories.samples.lists import candidate_list, sessions_import

if TYPE_CHECKING:
    import pexpect

DAY = "--date=2026-03-12"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def loaded(name: str = "session.toml") -> Session:
    return load_session(Path(name), Settings())


def left(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


# -- nobody to ask ----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_writes_a_session_file_and_says_what_comes_next(run: Run, here: Path, lang: str) -> None:
    before = paris_now().date()
    found = run("init", lang=lang)
    assert (found.status, found.err) == (0, "")
    assert "pixsession watch --session session.toml\n" in found.out
    assert left(here) == ["session.toml"]
    session = loaded()
    assert session.kind is SessionKind.CERTIFICATION
    assert before <= session.date <= paris_now().date()
    assert len(session.checklist) == 6


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights another way")
def test_it_is_readable_by_its_owner_alone(run: Run, here: Path) -> None:
    run("init")
    assert stat.S_IMODE((here / "session.toml").stat().st_mode) == 0o600
    (here / "session.toml").chmod(0o644)
    run("init", "--force")
    assert stat.S_IMODE((here / "session.toml").stat().st_mode) == 0o600


def test_the_options_answer(run: Run) -> None:
    found = run(
        "init", "lundi.toml", "--kind", "half-group", "--title", 'Lundi "3eB"', "--date", "16/03/2026",
        "--start", "8h30", "--room", "Salle 12", "--code", "abcdef123",
    )  # fmt: skip
    assert (found.status, found.err) == (0, "")
    assert "watch --session lundi.toml\n" in found.out
    session = loaded("lundi.toml")
    assert session.kind is SessionKind.HALF_GROUP
    assert (session.title, session.date, session.start) == ('Lundi "3eB"', date(2026, 3, 16), time(8, 30))
    assert (session.rooms[0].name, session.remediation.code) == ("Salle 12", "ABCDEF123")
    assert session.duration_minutes == 55


def test_a_name_with_a_space_is_quoted_in_what_comes_next(run: Run) -> None:
    assert 'watch --session "lundi matin.toml"\n' in run("init", "lundi matin.toml").out


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--kind", "exam", '"certification", "half-group", not "exam"'),
        ("--title", " ", "a text on one line"),
        ("--title", "\udcff", "a text on one line"),
        ("--date", "31/02/2026", "a day of the calendar"),
        ("--start", "26:00", 'a time such as "08:30", not "26:00"'),
        ("--room", "\x1b[2J", "the name of one room"),
        ("--code", "é", "letters and digits"),
    ],
)
def test_an_option_that_cannot_be_is_said_and_nothing_is_written(
    run: Run, here: Path, option: str, value: str, said: str
) -> None:
    found = run("init", option, value)
    assert (found.status, found.out) == (2, "")
    assert f"{option}: " in found.err
    assert said in found.err
    assert "\x1b" not in found.err
    assert left(here) == []


def test_a_file_that_is_there_is_left_as_it_is_without_force(run: Run, here: Path) -> None:
    (here / "session.toml").write_text("mine")
    found = run("init")
    assert (found.status, found.out) == (2, "")
    assert "--force" in found.err
    assert (here / "session.toml").read_text() == "mine"
    assert run("init", "--force").status == 0
    assert loaded().kind is SessionKind.CERTIFICATION
    assert left(here) == ["session.toml"]


@posix
def test_a_link_to_nowhere_is_a_file_too_and_force_writes_through_a_link(run: Run, here: Path) -> None:
    (here / "session.toml").symlink_to("other.toml")
    assert run("init").status == 2
    assert left(here) == ["session.toml"]
    assert run("init", "--force").status == 0
    assert (here / "session.toml").is_symlink()
    assert loaded("other.toml").kind is SessionKind.CERTIFICATION


def test_where_no_file_can_be_written_is_said_in_words(run: Run, here: Path) -> None:
    (here / "folder").mkdir()
    for place, said in (
        ("folder", str(Path("folder", "session.toml"))),
        ("nowhere/session.toml", "cannot be written"),
        (f"{'x' * 300}.toml", "cannot be written"),
    ):
        found = run("init", place, "--force")
        assert (found.status, found.out) == (2, "")
        assert said in found.err
        assert "unexpected" not in found.err
    assert left(here) == ["folder"]


@posix
def test_what_is_no_file_is_never_replaced(run: Run, here: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    os.mkfifo(here / "pipe")
    assert run("init", "pipe", "--force").status == 2
    assert (here / "pipe").is_fifo()


def test_settings_that_cannot_be_used_stop_it(run: Run, here: Path, elsewhere: Path) -> None:
    (elsewhere / "config.toml").write_text("stale_minuts = 3")
    assert run("init").status == 2
    assert left(here) == []


# -- somebody at a terminal -------------------------------------------------------------------


@contextmanager
def terminal(*arguments: str, lang: str = "en") -> Iterator[pexpect.spawn[str]]:
    child = spawned("init", *arguments, "--lang", lang)
    try:
        yield child
    finally:
        child.close(force=True)


@posix
@pytest.mark.parametrize("lang", LANGUAGES)
def test_enter_takes_every_default(here: Path, lang: str) -> None:
    with terminal(lang=lang) as child:
        for _question in ASKED:
            child.expect(r"\[[^\]]+\]\xa0?: ")
            child.sendline("")
        assert "watch --session session.toml" in ended(child)
        assert child.exitstatus == 0
    assert (loaded().start, loaded().rooms[0].name, loaded().remediation.code) == (None, "", None)


@posix
def test_the_answers_are_taken_and_a_wrong_one_is_asked_again(here: Path) -> None:
    with terminal("lundi.toml") as child:
        for question, answer in (
            (r"half-group \[1\]: ", "3"),
            (r"it must be 1 or 2[\s\S]*half-group \[1\]: ", "2"),
            (r"Folder of the exports and lists \[[^\]]+\]: ", "nulle-part"),
            (r"there is no folder nulle-part[\s\S]*Folder[^\]]+\]: ", ""),
            (r"Objective[^\]]+\]: ", "9"),
            (r"a number from 1 to 5[\s\S]*Objective[^\]]+\]: ", "3"),
            (r"Title \[Pix lesson in half-group\]: ", "Lundi « 3eB »"),
            (r"Day \[\d\d/\d\d/\d{4}\]: ", "31/02/2026"),
            (r"a day of the calendar[\s\S]*Day \[[\d/]+\]: ", "16/03/2026"),
            (r"Start[^\]]+\]: ", "8h30"),
            (r"Room[^\]]+\]: ", "12"),
        ):
            child.expect(question)
            child.sendline(answer)
        ended(child)
        assert child.exitstatus == 0
    session = loaded("lundi.toml")
    assert session.kind is SessionKind.HALF_GROUP
    assert (session.title, session.date) == ("Lundi « 3eB »", date(2026, 3, 16))
    assert (session.start, session.rooms[0].name) == (time(8, 30), "12")
    assert session.lesson.objectives == (OBJECTIVE_PRESETS["4e-3e"],)


@posix
@pytest.mark.parametrize("answered", range(len(ASKED)))
def test_leaving_at_any_question_leaves_nothing(here: Path, answered: int) -> None:
    key, status = (("\x03", 130), ("\x04", 2))[answered % 2]
    with terminal() as child:
        for _question in range(answered):
            child.expect(r"\]: ")
            child.sendline("")
        child.expect(r"\]: ")
        child.send(key)
        assert "Traceback" not in ended(child)
        assert child.exitstatus == status
    assert left(here) == []


@posix
def test_nothing_is_asked_when_an_option_answers_or_nothing_can_be_written(here: Path) -> None:
    with terminal(DAY) as child:
        assert "]: " not in ended(child)
        assert child.exitstatus == 0
    assert loaded().date == date(2026, 3, 12)
    with terminal() as child:
        assert re.search(r"session\.toml is there already", text := ended(child))
        assert "]: " not in text
        assert child.exitstatus == 2


@posix
def test_an_answer_in_another_encoding_is_asked_again(here: Path) -> None:
    with terminal() as child:
        for _question in ("kind", "folder"):
            child.expect(r"\]: ")
            child.sendline("")
        child.expect(r"\]: ")
        os.write(child.child_fd, b"Le\xe7on\n")
        child.expect("a text on one line")
        child.sendintr()
        ended(child)
    assert left(here) == []


# -- a day by pointing ------------------------------------------------------------------------


def test_several_rooms_a_list_both_codes_and_the_latest_start_are_given_by_options(
    run: Run, here: Path
) -> None:
    (here / "dl").mkdir()
    found = run(
        "init", "--date", "2026-03-19", "--start", "9h", "--room", "Salle info 1, Salle info 2", "--folder",
        "dl", "--list", "candidats.ods", "--code", "SOSPIX123", "--collection-code", "KQWBTM347",
        "--access-code", "abcd12", "--latest-start", "9:45",
    )  # fmt: skip
    assert (found.status, found.err) == (0, "")
    session = loaded()
    assert [room.name for room in session.rooms] == ["Salle info 1", "Salle info 2"]
    assert [room.expected.lists for room in session.rooms] == [(here / "dl" / "candidats.ods",)] * 2
    assert (session.start, session.limits.latest_start) == (time(9), time(9, 45))
    assert (session.remediation.code, session.remediation.collection_code) == ("SOSPIX123", "KQWBTM347")
    assert session.access_code == "ABCD12"
    assert session.folders == (here / "dl",)
    found = run("init", "--start", "9h", "--latest-start", "8h", "--force")
    assert (found.status, found.out) == (2, "")
    assert "--latest-start" in found.err


@posix
def test_a_relative_folder_is_the_one_that_the_user_meant_wherever_the_file_stands(
    run: Run, here: Path
) -> None:
    (here / "sessions" / "exports").mkdir(parents=True)
    (here / "exports").mkdir()
    for folder in ("exports", "sessions/exports"):
        told = run("init", DAY, "--folder", folder, "--force", "sessions/jeudi.toml")
        assert told.status == 0, told
        assert loaded("sessions/jeudi.toml").folders == (here / folder,)
    assert 'folders = ["exports"]' in (here / "sessions" / "jeudi.toml").read_text(encoding="utf-8")


@posix
def test_a_list_is_pointed_at_and_tells_day_hour_and_room(here: Path) -> None:
    folder = here / "téléchargements"
    folder.mkdir()
    soon = paris_now() + timedelta(days=2)
    at, past = f"{soon:%Y-%m-%d}T09:00", f"{soon - timedelta(days=30):%Y-%m-%d}T10:00"
    (folder / LIST).write_bytes(candidate_list(held(at, "Salle info 1"), CANDIDATES))
    slots = ((held(at, "CDI"), CANDIDATES[:3]), (held(past, "CDI"), CANDIDATES[:2]))
    (folder / "import-sessions.csv").write_bytes(sessions_import(slots))
    with terminal() as child:
        child.expect(r"\]: ")
        child.sendline("1")
        child.expect(r"Folder[^\]]+\]: ")
        child.sendline("téléchargements")
        child.expect(r"1  (import|liste)[\s\S]*3  import-sessions.csv · [^\n]*2 candidates[\s\S]*\[1\]: ")
        shown = child.after
        assert isinstance(shown, str)
        number = next(line.split()[0] for line in shown.splitlines() if LIST in line)
        child.sendline("7")
        child.expect(r"a number from 0 to 3[\s\S]*\]: ")
        child.sendline(number)
        for _question in range(len(ASKED) - 2):
            child.expect(r"\]: ")
            child.sendline("")
        ended(child)
        assert child.exitstatus == 0
    session = loaded()
    assert (session.date, session.start) == (soon.date(), time(9))
    assert session.rooms[0].name == "Salle info 1"
    assert session.rooms[0].expected.lists == (folder / LIST,)
    assert session.rooms[0].expected.session_number == "412207"
