"""The commands after a lesson: its report, and the progress over all lessons that were kept."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.cli.start import NOTHING_CHECKED
from pixsession.domain.certification.actions import facts_of
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.lesson.view import LessonState
from pixsession.domain.lesson.words import lesson_state_word, percent_words
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.clock import Clock, paris_now
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.reports.render import FORMS, SUFFIXES
from pixsession.settings.config import BoardRequest, Settings
from pixsession.settings.session_file import load_session
from tests.e2e.runs import Run, every_form
from tests.factories.samples import Generation, Layout, Participation, Send, Student, profiles_export
from tests.factories.samples.assessments import (
    HALF_GROUP,
    AssessedStudent,
    AssessmentFile,
    AssessmentForm,
    Attempt,
    assessment_export,
    half_group,
    sos,
)
from tests.factories.samples.paths import HALF_GROUP_PATH

FIRST = datetime.fromisoformat("2026-03-05T14:00")
SECOND = FIRST + timedelta(days=7)
SESSION = """
kind = "half-group"
title = "{title}"
date = {day}
start = "14:00"
folders = ["{folder}"]
"""


def held(at: Path, title: str, begin: datetime, files: tuple[AssessmentFile, ...]) -> Path:
    """A lesson with its exports and its session file, not watched by anybody yet."""
    folder = at / title.lower()
    folder.mkdir()
    for file in files:
        file.write_to(folder)
    session = at / f"{title.lower()}.toml"
    session.write_text(SESSION.format(title=title, day=begin.date(), folder=folder.name), encoding="utf-8")
    return session


def watch(file: Path, now: Clock = paris_now, *, at_once: bool = False) -> None:
    """What the board does while a lesson is held: each export is taken in, and kept.

    `at_once`: it opens when all of them are there.
    """
    session = load_session(file, Settings())
    dossier = dossier_folder(state_folder(), file)
    desk = BoardEngine(
        BoardRequest(session.folders[0], session.rule, dossier=dossier, session=session), now, live=True
    )
    try:
        for export in sorted(session.folders[0].iterdir()):
            desk.take(export)
            if not at_once:
                desk.snapshot()
        desk.snapshot()
    finally:
        desk.close()


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A lesson of fourteen students, watched to its end."""
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    watch(file)
    return file


def truth(files: tuple[AssessmentFile, ...]) -> dict[str, tuple[float, bool]]:
    """How far each student came by the last export, and whether the results were sent, by last name."""
    newest: dict[str, tuple[str, float, bool]] = {}
    for line in files[-1].truth:
        found = line.started_at or "", line.progress or 0.0, line.shared is True
        name = f"{line.last_name} {line.first_name}"
        newest[name] = max(newest.get(name, ("", 0.0, False)), found)
    return {name: (progress, shared) for name, (_began, progress, shared) in newest.items()}


def test_the_report_of_a_lesson_tells_of_each_student_what_the_exports_tell(run: Run, lesson: Path) -> None:
    found = run("report", lesson, "--format", "text")
    assert found.status == 0, found.err
    lines = found.out.splitlines()
    assert lines[0] == "Lesson sheet — Rentree"
    assert next(line for line in lines if line.startswith("15:00: 14 of 14 started"))
    known = truth(half_group(FIRST))
    assert len(known) == 14
    for name, (progress, shared) in known.items():
        line = next(line for line in lines if line.startswith(f"- {' '.join(name.split())}, 3eA; "))
        assert f"{percent_words(progress)}; results sent: {'yes' if shared else 'no'}" in line
        finished = lesson_state_word(LessonState.FINISHED)
        forgotten = lesson_state_word(LessonState.NOT_SHARED)
        assert (f"; {finished};" in line) == shared
        assert (f"; {forgotten};" in line) == (progress == 1 and not shared)


def test_the_report_of_a_lesson_is_written_to_a_folder(run: Run, lesson: Path, tmp_path: Path) -> None:
    for form, suffix in SUFFIXES.items():
        found = run("report", lesson, "--format", form, "--output", tmp_path)
        assert found.status == 0, found.err
        text = (tmp_path / f"session-2026-03-05-rentree{suffix}").read_text(encoding="utf-8-sig")
        assert [name for name in truth(half_group(FIRST)) if name.split()[0] not in text] == [], form


def test_a_lesson_says_the_same_before_and_after_in_its_report_and_over_the_term(
    run: Run, tmp_path: Path
) -> None:
    """Begun in the lesson, begun the week before, and a second participation beside an old one, shared."""
    begun = [
        AssessedStudent("NOUVEAU", "Ana", (_attempt("14:02", "14:42"),), "3eA"),
        AssessedStudent("AVANT", "Zoé", (_attempt("13:40", "14:40"),), "3eA"),
        AssessedStudent(
            "ENCORE", "Linh", (_attempt("13:00", "13:30", "13:31"), _attempt("14:15", "15:15")), "3eA"
        ),
        AssessedStudent("ENVOYE", "Tom", (_attempt("13:00", "13:30", "13:31"),), "3eA"),
    ]
    file = held(tmp_path, "Rentree", FIRST, ())
    for when in ("13:50", "14:10", "14:30", "14:45"):
        export = assessment_export(begun, HALF_GROUP_PATH, AssessmentForm(), _at(when), HALF_GROUP)
        export.write_to(tmp_path / "rentree")
    watch(file)
    report = run("report", file, "--format", "text").out.splitlines()
    over_term = run("progress").out.splitlines()
    expected = {
        "NOUVEAU Ana": "0% → 100%",
        "AVANT Zoé": "17% → 100%",
        "ENCORE Linh": "0% → 50%",
        "ENVOYE Tom": "100%",
    }
    for name, words in expected.items():
        told = next(line for line in report if line.startswith(f"- {name}, 3eA; "))
        assert f"; progress: {words}; " in told
        told = next(line for line in over_term if line.startswith(f"{name} "))
        after = words.split(" → ")[-1].removesuffix("%")
        assert told.split()[2].rstrip("✔↑") == after


def _at(time: str) -> datetime:
    return datetime.fromisoformat(f"{FIRST.date()}T{time}")


def _attempt(began: str, finished: str, shared: str | None = None) -> Attempt:
    """A participation of the day that goes evenly from its first to its last question."""
    mastered = frozenset(HALF_GROUP_PATH.skills)
    return Attempt(_at(began), _at(finished), _at(shared) if shared else None, mastered)


def test_profiles_sent_before_and_during_the_lesson_are_told_apart(run: Run, tmp_path: Path) -> None:
    file = held(tmp_path, "Rentree", FIRST, half_group(FIRST))
    last, first = half_group(FIRST)[0].truth[0].last_name, half_group(FIRST)[0].truth[0].first_name
    for minutes, reached in ((-10, 2), (50, 5)):
        at = FIRST + timedelta(minutes=minutes)
        send = Send(at - timedelta(minutes=5), (8,) * reached + (0,) * (16 - reached))
        one = Student(last, first, (Participation(FIRST - timedelta(days=3), send),), "3eA")
        exported = profiles_export([one], Generation.PARIS_MINUTES, Layout(), at)
        exported.write_to(tmp_path / "rentree")
    watch(file)
    report = run("report", file, "--format", "text").out.splitlines()
    line = next(line for line in report if line.startswith(f"- {last} {first}, 3eA; "))
    assert "; eligible competences: 2 → 5; " in line
    over_term = run("progress").out
    assert "Eligible competences, all in all: 2 → 5 (1 student)" in over_term
    assert f"- {first} {last}: " not in over_term


def test_a_dash_is_the_output_and_no_file(
    run: Run, lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    one = half_group(FIRST)[-1].truth[0].last_name
    folder = lesson.parent / "rentree"
    for form, command in zip(FORMS, (("report", lesson), ("groups", folder), ("progress",)), strict=True):
        found = run(*command, "--format", form, "--output", "-")
        assert (found.status, found.err) == (0, "")
        assert len(found.out) > 100
        assert command[0] == "groups" or one in found.out
    assert one in run("check", folder, "--output", "-").out
    assert list(here.iterdir()) == []


def test_two_lessons_are_compared_and_end_with_those_to_remind(
    run: Run, lesson: Path, tmp_path: Path
) -> None:
    watch(held(tmp_path, "Suite", SECOND, half_group(SECOND)))
    found = run("progress", "--class", "3eA")
    assert found.status == 0, found.err
    lines = found.out.splitlines()
    assert lines[0] == "Progress over 2 lessons: 3eA"
    assert next(line for line in lines if "05/03 Rentree " in line and " · 14/14 came, " in line)
    assert next(line for line in lines if "12/03 Suite " in line and " · 14/14 came, " in line)
    title = next(line for line in lines if line.startswith("To remind, by "))
    reminded = lines[lines.index(title) + 1 :]
    left = {name for name, (_progress, shared) in truth(half_group(SECOND)).items() if not shared}
    assert left
    assert len(reminded) == len(left)
    assert all(any(name.split()[0] in line for line in reminded) for name in left)
    assert "%" not in "".join(reminded)


def test_only_the_class_that_is_asked_for_is_told_of(run: Run, lesson: Path, tmp_path: Path) -> None:
    watch(held(tmp_path, "Remediation", SECOND, sos(SECOND)))
    of_class = run("progress", "--class", "3e B").out
    assert of_class.startswith("Progress over 1 lesson: 3eB\n")
    assert "Rentree" not in of_class
    assert run("progress").out.startswith("Progress over 2 lessons: 3eA, 3eB\n")


def test_a_table_is_written_and_replaced_only_when_asked(
    run: Run, lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert run("progress", "--class", "3eA", "--format", "csv").status == 0
    (path,) = here.iterdir()
    assert path.name == f"progress-3ea-{paris_now().date()}.csv"
    text = path.read_text(encoding="utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    assert head[3] == "05/03/2026 Rentree"
    assert len(lines) == 14
    again = run("progress", "--class", "3eA", "--format", "csv", "--output", path)
    assert again.status == NOTHING_CHECKED
    assert "--force" in again.err
    assert run("progress", "--format", "text", "--output", path, "--force").status == 0
    assert path.read_text(encoding="utf-8").startswith("Progress over 1 lesson")


def test_nothing_kept_is_said_with_what_to_do(run: Run) -> None:
    found = run("progress", "--class", "3eA")
    assert found.status == NOTHING_CHECKED
    assert "pixsession watch --session FILE" in found.err
    assert not found.out
    assert not state_folder().exists()


def test_a_class_without_a_lesson_is_said_with_those_that_have_one(run: Run, lesson: Path) -> None:
    found = run("progress", "--class", "4eZ")
    assert found.status == NOTHING_CHECKED
    assert "3eA" in found.err


def test_the_lessons_of_some_days_or_of_a_term_alone(run: Run, lesson: Path, tmp_path: Path) -> None:
    watch(held(tmp_path, "Suite", SECOND, half_group(SECOND)))
    assert run("progress", "--since", "06/03/2026").out.startswith("Progress over 1 lesson: 3eA\n")
    assert "Suite" not in run("progress", "--until", "2026-03-11").out
    assert run("progress", "--period", "T2").out.startswith("Progress over 2 lessons: 3eA\n")
    found = run("progress", "--period", "T1")
    assert found.status == NOTHING_CHECKED
    assert "12/03/2026" in found.err
    assert run("progress", "--since", "06-03").status != 0


def test_targeted_sessions_of_a_folder(run: Run, tmp_path: Path) -> None:
    pix = (8,) * 4 + (3,) + (0,) * 11
    begun = FIRST - timedelta(days=3)
    sent = Send(begun + timedelta(hours=1), pix)
    people = [
        Student(name, "Lou", (Participation(begun, sent),), "5eB") for name in ("AUBRY", "CARLIER", "DIOP")
    ]
    profiles_export(people, Generation.PARIS_MINUTES, Layout(), FIRST).write_to(tmp_path)
    found = run("groups", tmp_path, "--class", "5eB")
    assert found.status == 0, found.err
    assert "A  2.2 Partager et publier:\n- AUBRY Lou, 5eB: −5 pix\n" in found.out
    assert "can help: nobody known of" in found.out
    assert found.out.endswith("Objective reached by 0 of 3; 3 if every group succeeds.\n")
    here = tmp_path / "out"
    here.mkdir()
    assert run("groups", tmp_path, "--objective", "5e", "--format", "csv", "--output", here).status == 0
    (path,) = here.iterdir()
    assert path.name.startswith("groups-")
    assert run("groups", tmp_path, "--objective", "7e").status == NOTHING_CHECKED


def test_what_was_noted_in_a_lesson_stands_over_the_year(run: Run, lesson: Path) -> None:
    """Absent, seen, noted freely, and one thing taken back."""
    absent, seen = "NOUVEAU", half_group(FIRST)[-1].truth[0]
    log = EntryLog(dossier_folder(state_folder(), lesson), lambda: _at("14:20"))
    known, unknown = (
        Who((), seen.last_name, seen.first_name, "3eA"), Who((), absent, "Ana", "3eA"),
    )  # fmt: skip
    for text in ("clavier", "keyboard", "aidé"):  # written down by windows of two languages
        entry = log.append(*facts_of(Action("", _at("14:20"), ActionKind.OBSERVE, (known,), text=text)))
    log.append(*facts_of(Action("", _at("14:21"), ActionKind.UNDO, undoes=entry.id)))
    log.append(*facts_of(Action("", _at("14:22"), ActionKind.NOTE, (known,), text="a son casque")))
    log.append(*facts_of(Action("", _at("14:22"), ActionKind.ABSENT, (unknown,))))
    found = run("progress").out
    assert f"Observations:\n- {seen.last_name} {seen.first_name}: keyboard ×2\n" in found
    assert f"Notes:\n- {seen.last_name} {seen.first_name}: 05/03/2026 a son casque\n" in found
    assert "helped" not in found
    in_french = run("--lang", "fr", "progress").out
    assert f"- {seen.last_name} {seen.first_name} : clavier ×2\n" in in_french.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_every_page_of_the_year_is_written(run: Run, lesson: Path, tmp_path: Path) -> None:
    names = [name.split()[0] for name in truth(half_group(FIRST))]
    here = tmp_path / "out"
    here.mkdir()
    for page in ("term", "council", "families", "calendar"):
        with every_form():
            assert run("progress", "--page", page, "--format", "html", "--output", here).status == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in here.iterdir()}
    assert len(texts) == 4
    for name, text in texts.items():
        # Once in each form at least.
        assert name.startswith("calendar") or all(text.count(one) >= len(FORMS) for one in names), name
    assert run("progress", "--page", "calendar").out.startswith("Campaigns of the year by class\n")
    assert run("progress", "--page", "council", "--objective", "5e").status == 0
    assert run("progress", "--page", "year").status == NOTHING_CHECKED
