"""`pixsession sql`: questions about a folder, from the outside."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import _duckdb as duckdb
import pytest

from pixsession.cli.program import main
from pixsession.domain.board.view_words import EXAMPLES, VIEWS
from pixsession.engine.questions import described_views
from tests.factories.dossiers import board_after, saved
from tests.factories.exports import export, pending, sent, student
from tests.factories.samples import Layout

CLASSES = Layout(division=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two exports of one campaign: a student of two sends another profile."""
    monkeypatch.setenv("PIXSESSION_LANG", "en")
    here = tmp_path / "exports"
    zoe, lou = student("DURIEUX", "Zoé", sent("08:50", 4)), student("BARBIER", "Lou", pending(), place="3eB")
    again = student("DURIEUX", "Zoé", sent("09:10", 6), sent("08:50", 4))
    saved(here, export(zoe, lou, at="09:00", layout=CLASSES), export(again, lou, at="09:30", layout=CLASSES))
    return here


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, output and complaints of the command."""
    with pytest.raises(SystemExit) as leaving:
        main(["sql", *arguments])
    told = capsys.readouterr()
    return int(leaving.value.code or 0), told.out, told.err


def rows(capsys: pytest.CaptureFixture[str], folder: Path, question: str) -> list[dict[str, object]]:
    status, out, err = asked(capsys, question, str(folder), "--format", "json")
    assert (status, err) == (0, "")
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_the_students_as_the_board_shows_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "select last_name, class, state, pix, delta_competences from students order by last_name"
    assert rows(capsys, folder, question) == [
        {"last_name": "BARBIER", "class": "3eB", "state": "not_sent", "pix": None, "delta_competences": None},
        {"last_name": "DURIEUX", "class": "3eA", "state": "eligible", "pix": 84, "delta_competences": 2},
    ]


def test_every_profile_sent_and_its_levels(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "select sent_at, competences_at_level_1 as n, counts from submissions order by sent_at"
    assert rows(capsys, folder, question) == [
        {"sent_at": "2026-03-12T08:50", "n": 4, "counts": False},
        {"sent_at": "2026-03-12T09:10", "n": 6, "counts": True},
    ]
    question = "select competence, level from levels where counts and level = 1 order by all"
    reached = [row["competence"] for row in rows(capsys, folder, question)]
    assert reached == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]


def test_what_a_dossier_keeps_is_asked_too_and_stays_as_it_was(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = tmp_path / "dossier"
    monkeypatch.setattr("pixsession.cli.sessions.dossier_of", lambda _path: dossier)
    board_after(folder, dossier)
    for path in folder.iterdir():
        path.unlink()
    before = {path: path.stat().st_mtime_ns for path in dossier.rglob("*")}
    assert rows(capsys, folder, "select count(*) as n from submissions") == [{"n": 2}]
    assert {path: path.stat().st_mtime_ns for path in dossier.rglob("*")} == before


def test_the_examples_of_the_help_have_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(EXAMPLES) == 5
    answers = [rows(capsys, folder, question) for _words, question in EXAMPLES]
    assert answers[0] == [
        {"class": "3eA", "state": "eligible", "students": 1},
        {"class": "3eB", "state": "not_sent", "students": 1},
    ]
    assert [len(answer) for answer in (*answers[1:3], answers[4])] == [16, 0, 1]
    assert "BARBIER" in {row["last_name"] for row in answers[3]}


# Names that stand in other people's questions: one may be added, none changed or taken away.
STABLE = {
    "students": {
        "student_id",
        "last_name",
        "first_name",
        "class",
        "state",
        "eligible_competences",
        "pix",
        "sent_at",
    },
    "submissions": {"student_id", "campaign_code", "sent_at", "pix", "counts"},
    "levels": {"student_id", "sent_at", "counts", "competence", "area", "level", "pix"},
    "evaluations": {
        "student_id",
        "campaign_code",
        "progress",
        "shared",
        "mastery",
        "stage",
        "stage_max",
        "badges",
    },
    "results": {"student_id", "status", "score", "date"},
    "actions": {"at_time", "kind", "student_id", "room", "code", "text"},
}


def test_views_and_columns_keep_their_names_and_each_says_what_it_holds() -> None:
    answer = described_views()
    found: dict[str, set[str]] = {}
    for view, column, _type, told in answer.rows:
        assert told, (view, column)
        found.setdefault(view, set()).add(column)
    assert found == {view: set(columns) for view, columns in VIEWS.items()}
    assert all(columns <= found[view] for view, columns in STABLE.items())


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("selec 1", "Parser Error"),
        ("select nothing from students", "nothing"),
        ("select * from read_csv('/etc/passwd')", "disabled by configuration"),
        ("select * from '/etc/passwd'", "does not exist"),
        ("select 1; select 2", "one question at a time"),
        ("delete from board.student", "one question at a time"),
        ("copy students to 'x.csv'", "one question at a time"),
        ("attach 'x.duckdb'", "one question at a time"),
        ("set enable_external_access = true", "one question at a time"),
        ("load httpfs", "one question at a time"),
    ],
)
def test_what_is_no_question_is_refused_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str], question: str, why: str
) -> None:
    status, out, err = asked(capsys, question, str(folder))
    assert (status, out) == (2, "")
    assert why in err


def test_a_question_without_end_is_given_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = "select count(*) from range(1000000000000)"
    status, _out, err = asked(capsys, question, str(folder), "--seconds", "1")
    assert status == 2
    assert "no answer within 1 second" in err


def test_parquet_goes_to_a_file_of_its_owner(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "levels.parquet"
    assert asked(capsys, "select * from levels -- all", str(folder), "--format", "parquet")[0] == 2
    arguments = ("select * from levels -- all", str(folder), "--format", "parquet", "--output", str(target))
    assert asked(capsys, *arguments)[0] == 0
    assert sys.platform == "win32" or stat.S_IMODE(target.stat().st_mode) == 0o600
    assert duckdb.connect().execute(f"select count(*) from '{target}'").fetchall() == [(32,)]
    status, _out, err = asked(capsys, *arguments)
    assert (status, "--force" in err) == (2, True)


def test_nothing_of_a_file_is_obeyed_by_a_terminal_or_a_spreadsheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIXSESSION_LANG", "en")
    saved(tmp_path, export(student("\x1b[2JMARTIN", "=CMD()", sent("08:50", 5))))
    question = "select last_name, first_name from students"
    _status, table, _err = asked(capsys, question, str(tmp_path))
    assert "\x1b" not in table
    assert "MARTIN" in table
    _status, sheet, _err = asked(capsys, question, str(tmp_path), "--format", "csv")
    assert '"\'=CMD()"' in sheet
    _status, _out, err = asked(capsys, "select last_name::integer from students", str(tmp_path))
    assert "\x1b" not in err
