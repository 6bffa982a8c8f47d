"""`init` for a lesson: class and half-group by pointing, the objective of the year, today; the next week."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.foundation.clock import paris_now
from pixsession.settings.config import Settings
from pixsession.settings.lesson_questions import LessonAnswers, lesson_asked
from pixsession.settings.session_file import load_session
from tests.e2e.runs import Run, ended, posix
from tests.e2e.test_init import here, terminal

__all__ = ["here"]  # the fixture
LIST = "Nom;Prénom;Classe;Groupe\n"
PEOPLE = (
    ("BENALI", "5EB", "[5EB GR1], [ANG1]"),
    ("CARLIER", "5EB", "5EB_GR1, ANG1"),
    ("DIOP", "5EB", "[5EB GR2]"),
    ("ESTEVE", "3EA", ""),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "dl"
    place.mkdir()
    lines = (f"{name};Lou;{division};{group}\n" for name, division, group in PEOPLE)
    (place / "classes.csv").write_text(LIST + "".join(lines), "utf-8")
    return place


@posix
def test_a_half_group_is_pointed_at_and_all_else_stays_as_proposed(folder: Path) -> None:
    with terminal() as child:
        for question, answer in ((r"half-group \[1\]: ", "2"), (r"Folder[^\]]+\]: ", str(folder))):
            child.expect(question)
            child.sendline(answer)
        child.expect(r"Which ones[^\]]+\]: ")
        offered = str(child.before)
        for place, count in (("3EA", 1), ("5EB", 3), ("5EB GR2", 1)):
            assert f"{place} · {count} student" in offered
        found = re.search(r"(\d+)  5EB.GR1 · 2 students", offered)
        assert found is not None, offered
        child.sendline(found[1])
        for question in (r"Objective[^\]]+\[2\]: ", r"\[Enter\]: "):
            child.expect(question)
            child.sendline("")
        ended(child)
        assert child.exitstatus == 0
    session = load_session(Path("session.toml"), Settings())
    assert session.date == paris_now().date()
    assert session.lesson.objectives == (OBJECTIVE_PRESETS["5e"],)
    assert [name.upper().replace("_", " ") for name in session.rooms[0].expected.groups] == ["5EB GR1"]
    assert session.rooms[0].expected.classes == frozenset()
    assert session.title.upper().replace("_", " ") == "5EB GR1"
    assert session.folders == (folder,)


def test_options_answer_for_a_lesson(run: Run, folder: Path) -> None:
    found = run(
        "init", "--kind", "half-group", "--class", "3eA, 3eB", "--folder", str(folder), "--date", "2026-03-12"
    )
    assert (found.status, found.err) == (0, "")
    session = load_session(Path("session.toml"), Settings())
    assert session.rooms[0].expected.classes == frozenset({"3eA", "3eB"})
    assert session.title == "3eA, 3eB"
    assert session.lesson.objectives == (OBJECTIVE_PRESETS["4e-3e"],)
    found = run("init", "--force", "--kind", "half-group", "--group", "5eB gr1", "--objective", "lycee")
    session = load_session(Path("session.toml"), Settings())
    assert session.rooms[0].expected.groups == frozenset({"5eB gr1"})
    assert session.lesson.objectives[0][1:] == OBJECTIVE_PRESETS["lycee"][1:]
    assert run("init", "--force", "--objective", "7e").status == 2


def test_several_are_pointed_at_and_what_is_no_number_is_asked_again() -> None:
    from pixsession.domain.lesson.places import PlaceOffer

    offers = [PlaceOffer("5eA", 20, False), PlaceOffer("5eB gr1", 14, True)]
    said: list[str] = []
    answers = iter(("1, 7", "1,2", "", "n"))
    found = lesson_asked(offers, lambda _question: next(answers), said.append)
    assert found == LessonAnswers(("5eA",), ("5eB gr1",), "5e", keeps_rest=False)
    assert any("from 0 to 2" in line for line in said)
