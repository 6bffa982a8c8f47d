"""What may be asked in SQL, what is refused, and that no door is open while it is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import _duckdb as duckdb
import pytest

from pixsession.domain.board.view_words import VIEWS
from pixsession.domain.pix.competences import COMPETENCES
from pixsession.foundation.i18n import use_language
from pixsession.store.database import Database
from pixsession.store.questions import BadQuestion, Questions

DOORS = "select current_setting('enable_external_access') as external, current_setting('lock_configuration')"
SAME: dict[str, list[tuple[object, ...]]] = {"same_student": [(3, 4), (5, 4)], "student": []}


@pytest.fixture
def questions() -> Iterator[Questions]:
    """They serve for one answer; what is refused before is none."""
    database = Database(None)
    yield Questions(database, SAME)
    database.close()


def refused(questions: Questions, sql: str) -> str:
    with pytest.raises(BadQuestion) as told:
        questions.answer(sql, 60)
    return str(told.value)


def test_one_question_is_answered_with_its_titles_and_nobody_is_left_waiting(questions: Questions) -> None:
    before = {*threading.enumerate()}
    answer = questions.answer("select student_id, whom as other from board.same_student; ", 60)
    assert answer == (("student_id", "other"), SAME["same_student"])
    for watch in {*threading.enumerate()} - before:
        watch.join(1)
        assert not watch.is_alive()


def test_while_it_is_answered_no_file_and_no_setting_can_be_reached(
    questions: Questions, tmp_path: Path
) -> None:
    assert questions.answer(DOORS, 60).rows == [(False, True)]
    connection = duckdb.connect()
    database = Database(None)
    (tmp_path / "answer.parquet").write_bytes(Questions(database, {}).parquet(f"{DOORS};", 60))
    database.close()
    written = connection.execute(f"select * from '{tmp_path / 'answer.parquet'}'").fetchall()
    assert written == [(False, True)]
    connection.close()


def test_what_waits_to_be_written_down_is_asked_too() -> None:
    database = Database(None)
    with database.transaction():
        database.insert("student", (7, "durieux|zoe", "3eA", "", "DURIEUX", "Zoé"))
    assert Questions(database, {}).answer("select student_id from student", 60).rows == [(7,)]
    database.close()


def test_a_file_of_the_computer_is_not_read(questions: Questions, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    assert "disabled" in refused(questions, f"select * from read_csv('{tmp_path / 'secret.csv'}')")


def test_nothing_but_one_question_is_taken_and_the_next_one_may_be(questions: Questions) -> None:
    for sql in (
        "", " ", ";", "select 1; select 2", "delete from board.same_student", "drop view students",
        "create table x as select 1", "set threads = 2", "copy students to 'x.csv'", "attach 'x.duckdb'",
        "explain select 1; delete from board.same_student", "pragma threads",
    ):  # fmt: skip
        assert refused(questions, sql).startswith("one question at a time"), sql
        with pytest.raises(BadQuestion, match="one question at a time"):
            questions.parquet(sql, 60)
    assert "Parser Error" in refused(questions, "selec 1")
    # How one would be answered may be asked.
    assert questions.answer("explain select 1", 60).columns == ("explain_key", "explain_value")


def test_the_words_of_a_refusal_stand_in_lines_that_a_terminal_can_show(questions: Questions) -> None:
    told = refused(questions, "select\n'\x1b[2J'::integer").splitlines()
    assert told[0].startswith("Conversion Error")
    assert len(told) > 1
    assert all(line.strip() and "\x1b" not in line for line in told)


def test_the_competences_of_pix_are_there_with_their_areas(questions: Questions) -> None:
    asked = "select code, name, area, area_name from board.competence order by code"
    rows: Sequence[tuple[Any, ...]] = questions.answer(asked, 60).rows
    assert [row[:3] for row in rows] == [(one.code, one.name, one.area) for one in COMPETENCES]
    areas = {code: area for code, _name, _number, area in rows}
    assert (areas["1.1"], areas["4.3"]) == ("Information et données", "Protection et sécurité")


def test_what_a_view_holds_is_said_in_the_language_in_use_with_its_apostrophes() -> None:
    use_language("fr")
    database = Database(None)
    answer = Questions(database, {}).described()
    database.close()
    assert len(answer.columns) == len(answer.rows[0]) == 4
    about = {(view, column): told for view, column, _type, told in answer.rows}
    assert {*about} == {(view, column) for view, columns in VIEWS.items() for column in columns}
    assert any("'" in told or "’" in told for told in about.values())
    assert not any("''" in told for told in about.values())
