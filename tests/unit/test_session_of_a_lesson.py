"""The session of a lesson: who is on it, what is noted of whom it called, and what its lists do not know."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from pixsession.domain.certification.session import ExpectedFrom, Room, Session, SessionKind
from pixsession.domain.people.merge import MergedRows
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.engine.board.looking_back import Moment
from pixsession.readers import Export, ExportKind
from pixsession.store.board import Board
from pixsession.store.session_notes import noted_lessons, own_names
from pixsession.store.store import Store
from tests.factories.days import SESSION, clock, row_for, who
from tests.factories.halls import LIST, LISTED, NO_STORE, ONE, THREE, TWO, Hall, about, ids
from tests.factories.lists_read import export
from tests.factories.stored import StoredExports, begun

LESSON = LISTED._replace(kind=SessionKind.HALF_GROUP)


def test_who_is_called_to_a_lesson_is_noted_once_its_lists_have_said_it(tmp_path: Path) -> None:
    hall = Hall(tmp_path / "dossiers" / "one", LESSON)
    (before,) = noted_lessons(tmp_path)
    assert (before.called, before.session.date) == (None, LESSON.date)
    below = row_for(1, Eligibility.NOT_ELIGIBLE)._replace(expected=None)
    seen = hall.see(THREE, TWO, below, called=[1, 3])
    assert (sorted(ids(seen.rows)), seen.day, seen.others) == ([1, 3], None, ())
    (noted,) = noted_lessons(tmp_path)
    assert noted.called == (who(below), who(THREE))
    assert hall.engine.is_lesson


def test_exports_may_tell_of_those_called_to_a_lesson_under_their_other_names(tmp_path: Path) -> None:
    rooms = (*LESSON.rooms, Room("Salle 2"))  # of two rooms one alone says who is expected
    hall = Hall(tmp_path, LESSON._replace(rooms=rooms))
    board = Board(rows={1: ONE._replace(last_name="ELEVÉ-UN"), 2: TWO})
    hall.see(ONE, TWO, called=[1], doubts=(about("key1", "x"), about("key2", "z")), board=board)
    assert own_names(tmp_path) == {
        ("ELEVE", "Numéro1"), ("ELEVÉ-UN", "Numéro1"), ("KEY1", "Lou"), ("X", "Lou"),
    }  # fmt: skip


def test_an_evaluation_may_tell_of_those_called_under_the_names_that_it_has(tmp_path: Path) -> None:
    stored = StoredExports()  # the id of a student there is the length of the last name
    lines = (begun(name, 0.5, "08:35") for name in ("ABC", "ABCD", "ABCDE"))
    moment = Moment(None, Board(), (stored.add("evaluation.csv", *lines),), (), {})
    store = cast("Store", SimpleNamespace(exports=NO_STORE.exports, assessments=stored.assessments))
    everybody = MergedRows((ONE, TWO), merged={3: 1, 4: 2}, called=frozenset({1}))
    Hall(tmp_path, LESSON).engine.see(everybody, moment, store, frozenset())
    assert own_names(tmp_path) == {("ELEVE", "Numéro1"), ("ABC", "Zoé")}


@pytest.mark.parametrize("lists", [(), (LIST,)])
def test_whom_a_lesson_has_called_is_not_noted_of_the_past_nor_without_its_lists(
    tmp_path: Path, lists: Sequence[Export]
) -> None:
    hall = Hall(tmp_path / "dossiers" / "one", LESSON, lists)
    hall.see(ONE, called=[1], at="08:40" if lists else None)
    (noted,) = noted_lessons(tmp_path)
    assert noted.called is None
    everybodys = Hall(tmp_path / "dossiers" / "two", SESSION._replace(kind=SessionKind.HALF_GROUP), ())
    everybodys.see(ONE)
    assert [one.called for one in noted_lessons(tmp_path)] == [None, None]


def test_a_lesson_that_is_over_has_those_who_were_called_where_its_list_has_gone(tmp_path: Path) -> None:
    told = "liste.ods: this list of the session is not there"
    for session, notices in ((LESSON, ()), (LISTED, (told,))):
        dossier = tmp_path / session.kind
        Hall(dossier, session).see(ONE, TWO, called=[1])
        later = Hall(dossier, session)
        later.clock.moment = clock("08:40").replace(day=14)
        assert later.engine.notices([]) == notices
    lesson = Hall(tmp_path / LESSON.kind, LESSON)
    lesson.clock.moment = clock("08:40").replace(day=14)
    (people,) = lesson.engine.people([])
    assert [(one.last_name, one.first_name) for one in people.people] == [("ELEVE", "Numéro1")]
    lesson.see(TWO, called=[2])
    again = Hall(tmp_path / LESSON.kind, LESSON)
    again.clock.moment = clock("08:40").replace(day=14)
    assert again.engine.people([]) == (people,)  # what was noted is not noted anew from the notes


def test_classes_that_nobody_knows_are_told_in_a_lesson_that_has_nobody(tmp_path: Path) -> None:
    room = Room("X", ExpectedFrom(classes=frozenset({"3eZ"})))
    hall = Hall(tmp_path, LESSON._replace(rooms=(room,)), ())
    nobody = hall.see(ONE._replace(division="3eA")).lesson
    assert nobody is not None
    assert nobody.unknown is not None
    assert nobody.unknown.named == ("3eZ",)
    assert nobody.left_out_until is None
    somebody = hall.see(ONE._replace(division="3eA"), TWO, called=[2]).lesson
    assert somebody is not None
    assert somebody.unknown is None


def test_a_lesson_goes_by_its_file_as_it_is_now(tmp_path: Path) -> None:
    file = tmp_path / "session.toml"
    file.write_text("", encoding="utf-8")

    def of(name: str) -> Session:
        room = Room("X", ExpectedFrom(classes=frozenset({name})))
        return LESSON._replace(path=file, rooms=(room,))

    hall = Hall(tmp_path / "one", of("3eY"), (), read=lambda: of("3eZ"))
    assert hall.engine.take_over()
    lesson = hall.see(ONE._replace(division="3eA")).lesson
    assert lesson is not None
    assert lesson.unknown is not None
    assert lesson.unknown.named == ("3eZ",)


def test_a_lesson_tells_when_what_it_left_out_was_made_and_a_certification_leaves_nothing_out(
    tmp_path: Path,
) -> None:
    hall = Hall(tmp_path / "lesson", LESSON)
    assert hall.engine.belonging is not None
    late = export("profils.csv", ExportKind.PROFILES)
    tomorrow = clock("09:00").replace(day=13)
    late = late._replace(file=late.file._replace(exported_at=tomorrow, modified_at=tomorrow))
    assert hall.engine.belonging.refusal(late, ()) is not None
    lesson = hall.see(ONE, called=[1]).lesson
    assert lesson is not None
    assert lesson.left_out_until == tomorrow
    assert Hall(tmp_path / "certification").engine.belonging is None
