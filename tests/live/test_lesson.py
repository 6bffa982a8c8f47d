"""A half-group lesson over its pipeline and its desk: who is there, how far, what is noted, what is kept."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import ExpectedFrom
from pixsession.domain.lesson.term import LessonOutcome
from pixsession.domain.lesson.view import LessonState, LessonView, UnknownPlaces
from pixsession.domain.lesson.words import unknown_words
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.lesson.term import kept_lessons
from pixsession.engine.read_once import session_snapshot
from pixsession.foundation.errors import PixSessionError
from pixsession.reports.render import FORMS
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import noon, read_all, saved, strangers
from tests.factories.exports import export, moment, sent, student
from tests.factories.half_groups import ANA, LINH, OTHER, evaluation, lesson_request
from tests.factories.samples.assessments import HALF_GROUP, AssessmentFile, AssessmentForm, assessment_export
from tests.factories.samples.paths import HALF_GROUP_PATH
from tests.factories.sheet_forms import sheet_as

from .boards import board_for

ROY = student("ROY", "Théo", place="3eB")
OLD = replace(ANA, last_name="OLD")
LIST = "Nom;Prénom;Classe\n"


@contextmanager
def desk_of(request: BoardRequest) -> Iterator[BoardEngine]:
    desk = BoardEngine(request, noon, live=True)
    try:
        for _step in desk.catch_up():
            pass
        yield desk
    finally:
        desk.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "downloads"
    saved(found, evaluation("10:10"), evaluation("10:20"), evaluation("10:30"))
    return found


def lesson_of(snapshot: Snapshot) -> LessonView:
    assert snapshot.lesson is not None
    assert snapshot.day is None
    return snapshot.lesson


def named(snapshot: Snapshot, last_name: str) -> BoardRow:
    (row,) = [row for row in snapshot.rows if row.last_name == last_name]
    return row


def state(snapshot: Snapshot, last_name: str) -> LessonState:
    return lesson_of(snapshot).students[named(snapshot, last_name).student_id].state


def observed(last_name: str, *texts: str) -> Callable[[Snapshot], bool]:
    def look(snapshot: Snapshot) -> bool:
        lesson = lesson_of(snapshot).students[named(snapshot, last_name).student_id]
        return tuple(observation.text for observation in lesson.observations) == texts

    return look


def exports_are(count: int) -> Callable[[Snapshot], bool]:
    return lambda snapshot: len(snapshot.export_times) == count


def test_the_students_of_the_export_stand_in_the_order_of_need(folder: Path) -> None:
    snapshot = session_snapshot(lesson_request(folder, None), noon)
    lesson_view = lesson_of(snapshot)
    assert lesson_view.campaign is not None
    assert lesson_view.campaign.name == HALF_GROUP.name
    # Half past ten: Théo is at the end and has not sent, the two others are at work.
    assert [row.last_name for row in snapshot.rows] == ["ROY", "BERNARD", "NGUYEN"]
    assert state(snapshot, "ROY") is LessonState.NOT_SHARED
    bernard = lesson_view.students[named(snapshot, "BERNARD").student_id]
    assert [point.progress for point in bernard.points] == [0.25, 0.5, 0.75]
    assert (bernard.progress, bernard.since_last_export) == (0.75, 0.25)
    assert [f"{point.at:%H:%M}" for point in lesson_view.group] == ["10:10", "10:20", "10:30"]
    assert snapshot.newest_export_at == moment("10:30")


def test_without_an_hour_and_names_the_evaluation_exported_last_is_shown_or_a_chosen_one(
    folder: Path,
) -> None:
    saved(folder, evaluation("10:40", ANA, campaign=OTHER), export(ROY, at="10:45"))
    request = lesson_request(folder, None)
    assert request.session is not None
    request = request._replace(session=request.session._replace(start=None))
    newest = session_snapshot(request, noon)
    assert [campaign.name for campaign in lesson_of(newest).campaigns] == [OTHER.name, HALF_GROUP.name]
    assert (lesson_of(newest).campaign or HALF_GROUP).name == OTHER.name
    assert [row.last_name for row in newest.rows] == ["BERNARD"]
    chosen = session_snapshot(request._replace(campaigns=frozenset({HALF_GROUP.code})), noon)
    assert (lesson_of(chosen).campaign or OTHER).name == HALF_GROUP.name
    assert {row.last_name for row in chosen.rows} == {"BERNARD", "NGUYEN", "ROY"}
    assert named(chosen, "ROY").pix is not None  # the profile stays, whichever evaluation is shown


def test_who_is_expected_and_not_in_the_export_has_not_started(folder: Path) -> None:
    (folder / "groupe.csv").write_text(LIST + "BERNARD;Ana;3eA\nABSENT;Zoé;3eA\n", "utf-8")
    listed = ExpectedFrom(lists=(folder / "groupe.csv",))
    snapshot = session_snapshot(lesson_request(folder, None, expected=listed), noon)
    assert [row.last_name for row in snapshot.rows] == ["ABSENT", "BERNARD"]
    assert state(snapshot, "ABSENT") is LessonState.NOT_STARTED
    assert lesson_of(snapshot).group[-1].students == 2
    typed = ExpectedFrom(names=("NGUYEN Linh", "ABSENT Zoé (3eA)"))
    snapshot = session_snapshot(lesson_request(folder, None, expected=typed), noon)
    assert [row.last_name for row in snapshot.rows] == ["ABSENT", "NGUYEN"]
    of_class = session_snapshot(
        lesson_request(folder, None, expected=ExpectedFrom(classes=frozenset({"3eB"}))), noon
    )
    assert [row.last_name for row in of_class.rows] == ["ROY"]


def test_who_is_spelt_otherwise_in_the_profiles_keeps_the_progress(folder: Path) -> None:
    """The exports of two campaigns give one student two numbers; the board knows one student."""
    saved(folder, export(student("BERNARD", "Ana Lou", sent("09:00", 3)), at="09:30"))
    snapshot = session_snapshot(lesson_request(folder, None), noon)
    row = named(snapshot, "BERNARD")
    assert (row.first_name, row.pix) == ("Ana Lou", 3 * 9 + 13 * 3)
    assert len(lesson_of(snapshot).students[row.student_id].points) == 3


def test_nothing_read_yet_is_a_lesson_without_campaign(tmp_path: Path) -> None:
    snapshot = session_snapshot(
        lesson_request(tmp_path, None, expected=ExpectedFrom(names=("ROY Théo",))), noon
    )
    assert lesson_of(snapshot).campaign is None
    assert state(snapshot, "ROY") is LessonState.NOT_STARTED


def test_an_observation_is_seen_taken_back_and_outlives_the_program(folder: Path, tmp_path: Path) -> None:
    request = lesson_request(folder, tmp_path / "dossier")
    with board_for(request) as board:
        shown = board.wait_for(exports_are(3))
        ana, linh = named(shown, "BERNARD").student_id, named(shown, "NGUYEN").student_id
        board.pipeline.act(ActionRequest(ActionKind.OBSERVE, (ana, linh), text="stylet"))
        board.wait_for(observed("NGUYEN", "stylet"))
        board.pipeline.act(ActionRequest(ActionKind.OBSERVE, (ana,), text="guidé"))
        board.wait_for(observed("BERNARD", "stylet", "guidé"))
        assert "BERNARD" in board.pipeline.undo_action()
        board.wait_for(observed("BERNARD", "stylet"))
        board.pipeline.act(ActionRequest(ActionKind.NOTE, (linh,), text="à revoir"))
        board.pipeline.act(ActionRequest(ActionKind.TICK, (), text="Identity"))
    with board_for(request) as board:
        board.wait_for(observed("BERNARD", "stylet"))
        board.wait_for(observed("NGUYEN", "stylet"))


def test_two_programs_see_what_the_other_observes_within_two_seconds(folder: Path, tmp_path: Path) -> None:
    request = lesson_request(folder, tmp_path / "dossier")
    with board_for(request) as one, board_for(request) as other:
        for board in (one, other):
            board.wait_for(exports_are(3))
        seen: list[str] = []
        for actor, witness, text in ((one, other, "stylet"), (other, one, "guidé")):
            row = named(actor.wait_for(exports_are(3)), "ROY")
            began = time.monotonic()
            actor.pipeline.act(ActionRequest(ActionKind.OBSERVE, (row.student_id,), text=text))
            seen.append(text)
            witness.wait_for(observed("ROY", *seen))
            assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (ActionKind.REDIRECT, "", "This is for a certification"),
        (ActionKind.START, "", "This is for a certification"),
        (ActionKind.INCIDENT, "", "This is for a certification"),
        (ActionKind.PAUSE, "", "This is for a certification"),
        (ActionKind.UNDO, "", "This is for a certification"),
        (ActionKind.OBSERVE, "fatigué", "“fatigué” is no observation of this session: stylet, guidé."),
        (ActionKind.NOTE, "  ", "There is nothing to write down."),
    ],
)
def test_what_makes_no_sense_in_a_lesson_is_refused_in_words(
    folder: Path, tmp_path: Path, kind: ActionKind, text: str, words: str
) -> None:
    with desk_of(lesson_request(folder, tmp_path / "dossier")) as desk:
        row = named(read_all(desk, folder), "ROY")
        with pytest.raises(PixSessionError, match=words):
            desk.supervision.act(ActionRequest(kind, (row.student_id,), text=text))
        assert not list((tmp_path / "dossier").glob("journal/*"))


def test_presence_is_said_once_and_an_observation_needs_somebody(folder: Path) -> None:
    with desk_of(lesson_request(folder, None)) as desk:
        snapshot = read_all(desk, folder)
        ana, roy = named(snapshot, "BERNARD").student_id, named(snapshot, "ROY").student_id
        desk.supervision.act(ActionRequest(ActionKind.PRESENT, (ana,)))
        with pytest.raises(PixSessionError, match=r"^BERNARD Ana: Already marked present at 12:00\.$"):
            desk.supervision.act(ActionRequest(ActionKind.PRESENT, (ana, roy)))
        with pytest.raises(PixSessionError, match=r"^ROY Théo: Already marked present"):
            desk.supervision.act(ActionRequest(ActionKind.PRESENT, (roy,)))
        with pytest.raises(PixSessionError, match="Choose a student first"):
            desk.supervision.act(ActionRequest(ActionKind.OBSERVE, (), text="guidé"))
        with pytest.raises(PixSessionError, match="not on the board any more"):
            desk.supervision.act(ActionRequest(ActionKind.OBSERVE, (999,), text="guidé"))


def test_the_lesson_of_the_past_is_as_it_was(folder: Path, tmp_path: Path) -> None:
    with desk_of(lesson_request(folder, tmp_path / "dossier")) as desk:
        live = read_all(desk, folder)
        desk.supervision.act(
            ActionRequest(ActionKind.OBSERVE, (named(live, "BERNARD").student_id,), text="guidé")
        )
        past = desk.snapshot_as_of(moment("10:20"))
        assert [row.last_name for row in past.rows] == ["BERNARD", "NGUYEN", "ROY"]
        lessons = lesson_of(past)
        bernard = lessons.students[named(past, "BERNARD").student_id]
        assert (bernard.progress, bernard.observations) == (0.5, ())
        assert [f"{point.at:%H:%M}" for point in lessons.group] == ["10:10", "10:20"]
        assert [row.last_name for row in desk.snapshot_as_of(moment("10:10")).rows] == ["BERNARD", "NGUYEN"]
        assert observed("BERNARD", "guidé")(desk.snapshot())


def test_who_is_in_the_newest_export_no_more_leaves_the_board_and_not_the_report(
    folder: Path, tmp_path: Path
) -> None:
    """Théo was helped, and his participation deleted since; so was one of the evening before."""
    with desk_of(lesson_request(folder, tmp_path / "dossier")) as desk:
        roy = named(read_all(desk, folder), "ROY").student_id
        desk.supervision.act(ActionRequest(ActionKind.OBSERVE, (roy,), text="guidé"))
    saved(folder, evaluation("10:40", ANA, LINH), evaluation("2026-03-11T18:00", OLD, LINH))
    snapshot = session_snapshot(lesson_request(folder, tmp_path / "dossier"), noon)
    assert {row.last_name for row in snapshot.rows} == {"BERNARD", "NGUYEN"}
    (gone,) = lesson_of(snapshot).gone
    assert (gone.last_name, gone.first_name, gone.place, gone.last.at) == (
        "ROY",
        "Théo",
        "3eB",
        moment("10:30"),
    )
    told = {form: sheet_as(form, snapshot, noon()) for form in FORMS}
    assert "no more:\n- ROY Théo, 3eB: 10:30: 100%, results not sent\n" in told["text"]
    assert "ROY Théo: guidé" in told["text"]
    assert "<b>ROY Théo</b> <small>3eB</small> 10:30: 100%, results not sent" in told["html"]
    (line,) = [line for line in told["csv"].splitlines() if "ROY" in line]
    assert '"ROY";"Théo";"";"3eB";"Seen in the lesson, in the newest export no more (10:30)"' in line
    assert "12:00 guidé" in line
    assert not any("OLD" in text for text in told.values())


def test_who_is_called_and_gone_stays_on_the_board_as_not_started(folder: Path) -> None:
    """What an old export said of them is not what stands now: the report says both."""
    saved(folder, export(ROY, at="09:30"), evaluation("10:40", ANA))
    (folder / "groupe.csv").write_text(LIST + "BERNARD;Ana;3eA\nROY;Théo;3eB\n", "utf-8")
    listed = ExpectedFrom(lists=(folder / "groupe.csv",))
    snapshot = session_snapshot(lesson_request(folder, None, expected=listed), noon)
    assert [row.last_name for row in snapshot.rows] == ["ROY", "BERNARD"]
    assert state(snapshot, "ROY") is LessonState.NOT_STARTED
    assert [one.last_name for one in lesson_of(snapshot).gone] == ["ROY"]  # Linh is not called


# -- kept over the term --------------------------------------------------------------------------------------

_BLOCKS_START, _BLOCK = 3 * 4096, 262144  # of a file of DuckDB: three headers, then blocks with a checksum


@pytest.fixture
def term(tmp_path: Path) -> Path:
    """A state folder with one lesson: profiles before it and after it, its folder gone since."""
    state_folder, folder = tmp_path / "state", tmp_path / "lesson"
    before = student("BERNARD", "Ana", sent("08:00", 3))
    after = student("BERNARD", "Ana", sent("08:00", 3), sent("10:45", 6))
    saved(folder, export(before, at="09:00"), evaluation("10:10"), evaluation("10:50"))
    saved(folder, export(after, at="10:55"))
    with desk_of(lesson_request(folder, state_folder / "dossiers" / "lesson-1")) as desk:
        read_all(desk, folder)
    shutil.rmtree(folder)
    return state_folder


def outcomes(state_folder: Path) -> dict[str, LessonOutcome]:
    (kept,) = kept_lessons(state_folder)
    return {outcome.last_name: outcome for outcome in kept.students}


def has_the_term(state_folder: Path) -> None:
    """What the three did: Ana began and sent, three competences more; Linh began anew; Théo sent nothing."""
    (kept,) = kept_lessons(state_folder)
    assert (kept.title, kept.date, kept.path.name) == ("Demi-groupe 3e", date(2026, 3, 12), "session.toml")
    found = outcomes(state_folder)
    assert list(found) == ["BERNARD", "NGUYEN", "ROY"]
    pix = [3 * 9 + 13 * 3, 6 * 9 + 10 * 3]
    assert found["BERNARD"][3:11] == ("3eA", 0.0, 1.0, True, 3, 6, *pix)
    assert found["NGUYEN"][3:11] == ("3eA", 0.0, 0.75, False, None, None, None, None)
    assert found["ROY"][3:11] == ("3eB", 0.0, 1.0, False, None, None, None, None)
    assert all(outcome.keys for outcome in found.values())


def test_a_lesson_is_kept_with_what_each_student_did(term: Path) -> None:
    has_the_term(term)
    if sys.platform != "win32":  # where the folders of a user are private by themselves
        assert strangers(term / "dossiers" / "lesson-1") == []


def test_a_damaged_database_takes_no_lesson_away(term: Path) -> None:
    (term / "dossiers" / "lesson-1" / "board.duckdb").write_bytes(b"This is no database.\n" * 5000)
    has_the_term(term)
    (term / "dossiers" / "lesson-1" / "board.duckdb").unlink()
    has_the_term(term)


def test_a_damaged_block_takes_no_lesson_away_whenever_it_is_met(term: Path) -> None:
    """Opening a database reads little of it: a block of lines shows its damage when they are asked for."""
    database = term / "dossiers" / "lesson-1" / "board.duckdb"
    whole = database.read_bytes()
    for block in range(_BLOCKS_START, len(whole), _BLOCK):
        content = bytearray(whole)
        content[block + _BLOCK // 2 - 1] ^= 0xFF
        database.write_bytes(content)
        has_the_term(term)


def test_a_lesson_that_goes_on_in_another_window_is_told_too(term: Path, tmp_path: Path) -> None:
    with desk_of(lesson_request(tmp_path, term / "dossiers" / "lesson-1")) as desk:
        assert desk.snapshot().rows
        has_the_term(term)
        assert desk.snapshot_as_of(moment("10:10")).rows  # the window still has its database


def test_a_database_behind_the_exports_kept_is_not_believed(term: Path) -> None:
    database = term / "dossiers" / "lesson-1" / "board.duckdb"
    earlier = database.read_bytes()
    folder = term / "again"
    saved(folder, evaluation("11:10"))
    with desk_of(lesson_request(folder, term / "dossiers" / "lesson-1")) as desk:
        read_all(desk, folder)
    database.write_bytes(earlier)
    assert outcomes(term)["NGUYEN"].progress_after == 1.0
    assert outcomes(term)["BERNARD"].competences_after == 6


def test_who_was_called_is_kept_and_nobody_else(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "lesson", tmp_path / "state" / "dossiers" / "x"
    saved(folder, evaluation("10:10"), evaluation("10:30"))
    listed = folder / "groupe.csv"
    listed.write_text(LIST + "BERNARD;Ana;3eA\nABSENT;Zoé;3eA\n", "utf-8")
    request = lesson_request(folder, dossier, expected=ExpectedFrom(lists=(listed,)))
    with desk_of(request) as desk:
        read_all(desk, folder)
    listed.unlink()
    with desk_of(request) as desk:  # opened again at home, without the list
        read_all(desk, folder)
    found = outcomes(tmp_path / "state")
    assert list(found) == ["ABSENT", "BERNARD"]
    assert found["ABSENT"][3:11] == ("3eA", *(None,) * 7)
    assert found["BERNARD"].progress_after == 0.75


def test_one_session_file_serves_many_lessons(tmp_path: Path) -> None:
    """Without a date in the file each opening is a day; a day of mere reading is no lesson."""
    folder, dossier = tmp_path / "lesson", tmp_path / "state" / "dossiers" / "x"
    saved(folder, evaluation("10:10"), evaluation("2026-03-19T10:20"))
    for day in (12, 19, 26):
        with desk_of(lesson_request(folder, dossier, day=date(2026, 3, day), title=f"Le {day}")) as desk:
            read_all(desk, folder)
    first, second = kept_lessons(tmp_path / "state")
    assert (first.title, first.date) == ("Le 12", date(2026, 3, 12))
    assert (second.title, second.date) == ("Le 19", date(2026, 3, 19))
    assert {one.last_name: one.progress_after for one in first.students} == {"BERNARD": 0.25, "NGUYEN": 0.083}
    assert {one.last_name: one.progress_after for one in second.students}["NGUYEN"] == 1.0


def test_profiles_first_collected_in_the_lesson_after_say_nothing_of_the_one_before(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "lesson", tmp_path / "state" / "dossiers" / "x"
    week = export(student("BERNARD", "Ana", sent("2026-03-18T18:00", 3)), at="2026-03-19T09:00")
    saved(folder, evaluation("10:10"), week, evaluation("2026-03-19T10:20"))
    for day in (12, 19):
        with desk_of(lesson_request(folder, dossier, day=date(2026, 3, day))) as desk:
            read_all(desk, folder)
    first, second = (
        {one.last_name: one for one in kept.students}["BERNARD"] for kept in kept_lessons(tmp_path / "state")
    )
    assert (first.competences_before, first.pix_before, first.sent_at_before) == (None, None, None)
    assert (first.competences_after, first.pix_after) == (None, None)
    assert (second.competences_before, second.sent_at_before) == (3, "2026-03-18T18:00")


def test_what_is_no_lesson_or_says_nothing_is_left_out(tmp_path: Path) -> None:
    state_folder = tmp_path / "state"
    assert kept_lessons(state_folder) == ()
    for number, words in enumerate(("", "[]", "{", '{"kind": "half-group", "lessons": [3, {"date": "x"}]}')):
        damaged = state_folder / "dossiers" / str(number)
        damaged.mkdir(parents=True)
        (damaged / "session.json").write_text(words, "utf-8")
    assert kept_lessons(state_folder) == ()
    with desk_of(lesson_request(tmp_path, state_folder / "dossiers" / "empty", title="Rien")):
        pass
    (kept,) = kept_lessons(state_folder)
    assert (kept.title, kept.students) == ("Rien", ())


def grouped(cell: str) -> AssessmentFile:
    """An export of a school whose cells name groups, as Pronote writes them."""
    people = [replace(one, division="", group=cell) for one in (ANA, LINH)]
    form = AssessmentForm(division=False, group=True)
    return assessment_export(people, HALF_GROUP_PATH, form, moment("10:20"), HALF_GROUP)


@pytest.mark.parametrize("cell", ["[5EB GR1], [ANG1]", "5EB_GR1, ANG LV1", "5eB gr1"])
def test_groups_are_split_as_schools_write_them(tmp_path: Path, cell: str) -> None:
    folder = tmp_path / "downloads"
    saved(folder, grouped(cell))
    expected = ExpectedFrom(groups=frozenset({"5EB GR1"}))
    shown = session_snapshot(lesson_request(folder, None, expected=expected), noon)
    assert sorted(row.last_name for row in shown.rows) == ["BERNARD", "NGUYEN"]
    assert lesson_of(shown).unknown is None


def test_an_unknown_group_is_answered_with_those_that_were_read(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    saved(folder, grouped("[5EB GR1], [ANG1]"))
    expected = ExpectedFrom(groups=frozenset({"5EB GR2"}))
    shown = session_snapshot(lesson_request(folder, None, expected=expected), noon)
    unknown = lesson_of(shown).unknown
    assert shown.rows == ()
    assert unknown == UnknownPlaces(("5EB GR2",), (("5EB GR1", 2), ("ANG1", 2)))
    assert unknown is not None
    assert unknown_words(unknown) == "unknown: 5EB GR2; read: 5EB GR1 (2), ANG1 (2)"


def test_the_groups_of_a_class_list_are_among_those_that_were_read(tmp_path: Path) -> None:
    """Exports of Pix hardly ever have groups: Pronote has them."""
    folder = tmp_path / "downloads"
    saved(folder, grouped(""))
    rows = ("MARTIN;Lucas;5eB;[5EB GR1], [ANG1]", "ROUX;Lou;5eB;5EB_GR1", "PETIT;Zoé;5eB;[5EB GR2]")
    listed = folder / "classes.csv"
    listed.write_text("\n".join(("Nom;Prénom;Classe;Groupe", *rows, "")), encoding="utf-8")
    expected = ExpectedFrom(groups=frozenset({"5EB GR9"}))
    unknown = lesson_of(session_snapshot(lesson_request(folder, None, expected=expected), noon)).unknown
    assert unknown is not None
    assert unknown.named == ("5EB GR9",)
    assert {("5eB", 3), ("5EB GR2", 1), ("ANG1", 1)} <= set(unknown.read)
