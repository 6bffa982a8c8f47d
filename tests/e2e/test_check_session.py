"""`check --session` and `doctor`: a session for programs, for readers without a screen, and for who helps."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from pixsession import __version__
from pixsession.cli.start import dossier_of
from pixsession.domain.certification.actions import facts_of
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.foundation.clock import paris_now
from pixsession.store.journal import Journal
from tests.e2e.runs import Run
from tests.factories.certification_lists import CANDIDATES, LIST, held
from tests.factories.half_groups import evaluation
from tests.factories.samples.demo_story import morning
from tests.factories.samples.lists import candidate_list

K = ActionKind
SESSION = """\
title = "Certification de Mme Aubin"
date = 2026-03-12
start = "08:30"
room = "Salle 12"
folders = ["téléchargements"]
"""
FIELDS = (
    *("last_name", "first_name", "division", "room", "state", "reasons", "next", "eligibility"),
    *("eligible_competences", "nearest", "extra_time", "present", "redirected_at", "started_at", "ends_at"),
    "incidents",
)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    folder = tmp_path / "téléchargements"
    folder.mkdir()
    (folder / LIST).write_bytes(candidate_list(held("2026-03-12T08:30"), CANDIDATES))
    morning()[0].write_to(folder)
    path = tmp_path / "jeudi.toml"
    path.write_text(SESSION, encoding="utf-8")
    return path


def test_the_document_has_exactly_those_who_are_called(run: Run, session: Path) -> None:
    found = run("check", "--session", session, "--format", "json")
    assert (found.status, found.err) == (1, "")
    told: dict[str, Any] = json.loads(found.out)
    assert set(told) == {"schema", "generated_at", "session", "counts", "students", "others", "warnings"}
    assert told["schema"] == "pixsession/session/1"
    assert told["session"] == {
        "kind": "certification", "title": "Certification de Mme Aubin", "date": "2026-03-12",
        "start": "08:30", "room": "Salle 12", "timezone": "Europe/Paris",
    }  # fmt: skip
    assert {one["last_name"] for one in told["students"]} == {one.last_name for one in CANDIDATES}
    assert told["others"] == 75 - 8
    assert sum(told["counts"].values()) == len(CANDIDATES)
    assert {tuple(one) for one in told["students"]} == {FIELDS}
    first = told["students"][0]
    assert (first["last_name"], first["state"], first["next"]) == (
        "BOURDIER", "to_redirect", "send to the remediation",
    )  # fmt: skip
    assert (first["extra_time"], first["present"], first["ends_at"]) == (0.33, None, None)
    assert [words for words in told["warnings"] if "12 Mar" in words]  # it is not today


def test_every_key_of_a_students_day_has_its_type(run: Run, session: Path) -> None:
    dossier = dossier_of(session)
    dossier.mkdir(parents=True)
    times = iter(["08:20", "08:25", "08:31", "08:40", "08:44", "08:50"])
    kinds = (K.PRESENT, K.START, K.INCIDENT, K.HANDLED, K.INCIDENT, K.EXTRA_TIME)
    who = (Who((), "FERRAND", "Elouan", "3eB"),)
    said: tuple[dict[str, Any], ...] = (
        {},
        {},
        {"code": "E3", "text": "rien"},
        {"code": "E3"},
        {"code": "C6"},
        {"extra_time": 0.5},
    )
    for at, kind, facts in zip(times, kinds, said, strict=True):
        moment = datetime.fromisoformat(f"2026-03-12T{at}")
        action = Action("", moment, kind, who, **facts)
        Journal(dossier / "journal", partial(datetime.fromisoformat, f"2026-03-12T{at}")).append(
            *facts_of(action)
        )
    students = json.loads(run("check", "--session", session, "--format", "json").out)["students"]
    by_name = {one["last_name"]: one for one in students}
    ferrand = by_name["FERRAND"]
    assert ferrand["state"] == "overtime"  # the day is long over
    assert (ferrand["present"], ferrand["extra_time"], ferrand["redirected_at"]) == (True, 0.5, None)
    assert (ferrand["started_at"], ferrand["ends_at"]) == ("2026-03-12T08:25:00", "2026-03-12T11:02:30")
    assert ferrand["incidents"] == [
        {
            "code": "E3", "note": "rien", "at": "2026-03-12T08:31:00", "handled_at": "2026-03-12T08:40:00",
        },
        {"code": "C6", "note": "", "at": "2026-03-12T08:44:00", "handled_at": None},
    ]  # fmt: skip
    bourdier = by_name["BOURDIER"]
    assert bourdier["eligibility"] == "not_eligible"
    assert bourdier["eligible_competences"] == 4
    assert bourdier["nearest"][0] == {"competence": "5.2", "pix_missing": 1}
    assert bourdier["incidents"] == bourdier["reasons"] == []
    assert by_name["DELACROIX"]["eligible_competences"] is None
    for one in students:
        assert all(isinstance(reason, str) for reason in one["reasons"])
        assert one["next"] is None or isinstance(one["next"], str)
    assert by_name["HAMDAOUI"]["reasons"]


@pytest.mark.parametrize(
    ("written", "zone"), [("", "Europe/Paris"), ('timezone = "Indian/Reunion"\n', "Indian/Reunion")]
)
def test_the_zone_in_use_is_told(run: Run, session: Path, written: str, zone: str) -> None:
    session.write_text(written + SESSION, encoding="utf-8")
    assert (
        json.loads(run("check", "--session", session, "--format", "json").out)["session"]["timezone"] == zone
    )


def test_as_text_the_opening_check_stands_over_the_students(run: Run, session: Path) -> None:
    found = run("check", "--session", session)
    head, counts, students, _end = (part.splitlines() for part in (found.out + "\n").split("\n\n"))
    assert head[0] == "Certification de Mme Aubin · Salle 12"
    assert "  9 candidates, 1 with extra time" in head
    assert "  67 other students of the exports, not called" in head
    assert counts == ["4 to redirect · 1 to check · 1 not in the export · 2 not sent · 1 expected"]
    assert len(students) == len(CANDIDATES)
    assert students[0].endswith("→ send to the remediation")
    assert run("check", "--session", session, "--ascii").out.count(" > ") == len(CANDIDATES)
    assert run("check", "--session", session, "--class", "3eB").out.count("→") == 2


def test_a_board_whose_output_is_no_terminal_is_the_session_as_text(run: Run, session: Path) -> None:
    assert run("watch", "--session", session).out == run("check", "--session", session).out
    few = run("watch", "--session", session, "--class", "3eB", "--ascii")
    assert (few.status, few.out.count(" > ")) == (0, 2)


def test_a_lesson_is_a_text_too(run: Run, tmp_path: Path) -> None:
    evaluation("10:20").write_to(tmp_path)  # Ana and Théo are half through, Linh a quarter
    path = tmp_path / "lundi.toml"
    path.write_text(
        'kind = "half-group"\ntitle = "Lundi"\ndate = 2026-03-12\nfolders = ["."]\n', encoding="utf-8"
    )
    found = run("check", "--session", path)
    head, counts, lines = found.out.split("\n\n")
    assert head.startswith("12/03/2026 · Lundi · ")
    assert counts == "3 working"
    assert [line.split(" · ")[:3] for line in lines.splitlines()] == [
        ["► BERNARD Ana 3eA", "working", "50%"],
        ["► NGUYEN Linh 3eA", "working", "25%"],
        ["► ROY Théo 3eB", "working", "50%"],
    ]  # fmt: skip
    assert run("watch", "--session", path).out == found.out


def test_a_list_that_is_not_there_is_a_warning(run: Run, session: Path) -> None:
    session.write_text(SESSION + '[expected]\nlists = ["absente.ods"]\n', encoding="utf-8")
    told = json.loads(run("check", "--session", session, "--format", "json").out)
    assert told["students"] == []
    assert [words for words in told["warnings"] if words.startswith("absente.ods")]


def test_the_doctor_says_what_is_odd_and_names_nobody(run: Run, session: Path) -> None:
    today = paris_now().date().isoformat()
    session.write_text(SESSION.replace("2026-03-12", today), encoding="utf-8")
    found = run("doctor", "--session", session)
    assert (found.status, found.err) == (1, "")
    topics = {line.split()[1] for line in found.out.splitlines()}
    assert {"program", "terminal", "colours", "encoding", "disk", "folder", "database", "clock"} <= topics
    assert {"time", "language", "files", "session"} <= topics
    assert "1 more remark, with names" in found.out  # the list is of another day
    said = found.out.casefold()
    names = ("aubin", "salle 12", "jeudi", "téléchargements", "lune-rousse", session.parent.name, LIST)
    assert [name for name in names if name.casefold() in said] == []
    assert not any(one.last_name.casefold() in said for one in CANDIDATES)


def test_the_doctor_of_what_cannot_work_ends_with_two(run: Run, tmp_path: Path) -> None:
    found = run("doctor", tmp_path / "nulle-part")
    assert found.status == 2
    assert "it is not there" in found.out
    broken = tmp_path / "session.toml"
    broken.write_text("title = Aubin\n", encoding="utf-8")
    found = run("doctor", "--session", broken)
    assert found.status == 2
    assert "Aubin" not in found.out + found.err


def test_the_doctor_of_a_program_packed_without_the_notes_of_pip_says_what_it_can(
    run: Run, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgotten(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("pixsession.cli.health.version", forgotten)
    found = run("doctor", "--session", session)
    assert (found.status, found.err) == (1, "")
    assert f"pixsession {__version__}" in found.out
    assert "textual — · duckdb —" in found.out


def test_a_lesson_is_the_same_document_with_the_states_of_a_lesson(run: Run, tmp_path: Path) -> None:
    evaluation("10:20").write_to(tmp_path)  # Ana and Théo are half through, Linh a quarter
    path = tmp_path / "lundi.toml"
    path.write_text(
        'kind = "half-group"\ntitle = "Lundi"\ndate = 2026-03-12\nroom = "CDI"\nfolders = ["."]\n', "utf-8"
    )
    found = run("check", "--session", path, "--format", "json")
    assert (found.status, found.err) == (run("check", "--session", path).status, "")
    told: dict[str, Any] = json.loads(found.out)
    assert set(told) == {"schema", "generated_at", "session", "counts", "students", "others", "warnings"}
    assert told["schema"] == "pixsession/session/1"
    assert told["session"]["kind"] == "half-group"
    assert told["counts"] == {
        "not_started": 0, "stuck": 0, "not_shared": 0, "behind": 0, "working": 3, "ahead": 0, "finished": 0,
        "absent": 0,
    }  # fmt: skip
    assert {tuple(one) for one in told["students"]} == {(*FIELDS, "progress", "since_start")}
    assert [(one["last_name"], one["room"], one["state"], one["progress"]) for one in told["students"]] == [
        ("BERNARD", "CDI", "working", 0.5),
        ("NGUYEN", "CDI", "working", 0.25),
        ("ROY", "CDI", "working", 0.5),
    ]
    assert [words for words in told["warnings"] if "12 Mar" in words]  # it is not today


def test_a_class_that_no_file_knows_is_a_warning_of_a_lesson(run: Run, tmp_path: Path) -> None:
    evaluation("10:20").write_to(tmp_path)
    path = tmp_path / "lundi.toml"
    path.write_text(
        'kind = "half-group"\ntitle = "Lundi"\ndate = 2026-03-12\nfolders = ["."]\n'
        '[expected]\nclasses = ["6eZ"]\n',
        "utf-8",
    )
    told = json.loads(run("check", "--session", path, "--format", "json").out)
    assert told["students"] == []
    assert [words for words in told["warnings"] if "6eZ" in words]


def test_who_is_absent_from_a_lesson_has_nothing_to_do(run: Run, tmp_path: Path) -> None:
    evaluation("10:20").write_to(tmp_path)
    path = tmp_path / "lundi.toml"
    path.write_text(
        'kind = "half-group"\ndate = 2026-03-12\nfolders = ["."]\n[expected]\n'
        'names = ["BERNARD Ana (3eA)", "ZZYX Nemo (3eA)"]\n',
        "utf-8",
    )
    dossier = dossier_of(path)
    dossier.mkdir(parents=True)
    at = datetime.fromisoformat("2026-03-12T10:15")
    nemo = Who((), "ZZYX", "Nemo", "3eA")
    Journal(dossier / "journal", lambda: at).append(*facts_of(Action("", at, ActionKind.ABSENT, (nemo,))))
    students = json.loads(run("check", "--session", path, "--format", "json").out)["students"]
    found = {one["last_name"]: (one["state"], one["present"], one["next"]) for one in students}
    assert found == {"BERNARD": ("working", None, None), "ZZYX": ("absent", False, None)}
