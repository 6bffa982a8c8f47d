"""A remediation beside the profiles of the morning and an old lesson, all in one folder, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import BoardRow, FileStatus, Snapshot
from pixsession.domain.certification.session import ExpectedFrom
from pixsession.domain.lesson.view import LessonState, LessonView
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.engine.read_once import session_snapshot
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import noon, saved
from tests.factories.exports import moment
from tests.factories.half_groups import lesson_request
from tests.factories.lessons import LETTERS
from tests.factories.remediation_tables import PIX_SEPTEMBER, Table
from tests.factories.remediations import Morning, invented_morning, pix_morning

from .boards import board_on, download

SEPTEMBER = date(2025, 9, 11)


@pytest.fixture(params=[invented_morning, pix_morning], ids=["invented", "pix"])
def exports(request: pytest.FixtureRequest) -> Morning:
    made: Callable[[], Morning] = request.param
    return made()


@pytest.fixture
def folder(tmp_path: Path, exports: Morning) -> Path:
    """A folder for downloads that has the files of September already."""
    found = tmp_path / "téléchargements"
    saved(found, *exports.september)
    return found


def remediation(folder: Path, *codes: str, expected: ExpectedFrom | None = None) -> BoardRequest:
    """The lesson of those who were sent to the remediation, from twenty past eight on."""
    request = lesson_request(folder, None, expected=expected, title="SOS 3e")
    assert request.session is not None
    session = request.session._replace(start=time(8, 20))
    return request._replace(session=session, campaigns=frozenset(codes))


def rentree(folder: Path, *codes: str) -> BoardRequest:
    """The lesson of September, opened again from a folder that has gone on."""
    request = lesson_request(folder, None, day=SEPTEMBER, title="Rentrée 3eA")
    assert request.session is not None
    session = request.session._replace(start=time(14, 0))
    return request._replace(session=session, campaigns=frozenset(codes))


# -- what a board shows, in the words of the tables ----------------------------------------------------------


def lesson_of(snapshot: Snapshot) -> LessonView:
    assert snapshot.lesson is not None
    return snapshot.lesson


def letters(snapshot: Snapshot) -> dict[str, str]:
    students = lesson_of(snapshot).students
    return {row.shown_name: LETTERS[students[row.student_id].state] for row in snapshot.rows}


def competences(snapshot: Snapshot) -> dict[str, str]:
    return {row.shown_name: _competences(row) for row in snapshot.rows}


def _competences(row: BoardRow) -> str:
    count = row.verdict.eligible_competences
    if row.eligibility is Eligibility.NOT_SENT:
        assert count is None
        return "-"
    if row.eligibility is Eligibility.NOT_IN_EXPORT:
        assert count is None
        return "."
    assert count is not None
    assert row.eligibility is (Eligibility.ELIGIBLE if count >= 5 else Eligibility.NOT_ELIGIBLE)
    return str(count)


def totals(snapshot: Snapshot) -> list[tuple[int, int, int, int, float | None]]:
    points = lesson_of(snapshot).group
    assert {point.students for point in points} <= {len(snapshot.rows)}
    return [
        (point.started, point.halfway, point.finished, point.shared, point.median and round(point.median, 4))
        for point in points
    ]


def column(cells: Mapping[str, str], place: int, names: Mapping[str, str]) -> dict[str, str]:
    """What the table says of these names at one export; who has no line yet is not on the board."""
    return {name: cells[name].split()[place] for name in names if names[name] != "."}


def column_of(table: Table, cells: Mapping[str, str], place: int, evaluation: int) -> dict[str, str]:
    there = {name: words.split()[evaluation] for name, words in table.letters.items()}
    return column(cells, place, there)


def agrees(snapshot: Snapshot, table: Table, collections: int, evaluations: int) -> None:
    """The board after so many exports of each kind is what the table says."""
    evaluation = evaluations - 1
    assert letters(snapshot) == column_of(table, table.letters, evaluation, evaluation)
    assert competences(snapshot) == column_of(table, table.competences, collections - 1, evaluation)
    assert totals(snapshot) == list(table.totals[:evaluations])
    need = list(LessonState)
    ranks = [need.index(lesson_of(snapshot).students[row.student_id].state) for row in snapshot.rows]
    assert ranks == sorted(ranks)


def has_taken(count: int) -> Callable[[Snapshot], bool]:
    return lambda snapshot: len(snapshot.export_times) == count


# -- step by step --------------------------------------------------------------------------------------------


def test_each_file_that_lands_in_the_remediation(exports: Morning, folder: Path) -> None:
    """Fourteen files, one by one, under the eyes of a live board."""
    request = remediation(folder, exports.code)
    there = len(exports.september)
    with board_on(folder, session=request.session, campaigns=request.campaigns) as board:
        before = board.wait_for(has_taken(there))
        assert before.rows == ()  # nobody of September is in this lesson
        assert lesson_of(before).group == ()
        seen = {"collections": 0, "evaluations": 0}
        for number, file in enumerate(exports.landings, start=1):
            seen["evaluations" if file in exports.evaluations else "collections"] += 1
            download(folder, file)
            shown = board.wait_for(has_taken(there + number))
            if not seen["evaluations"]:
                assert shown.rows == ()  # a profile alone brings nobody into a lesson
                continue
            agrees(shown, exports.table, **seen)
            assert shown.newest_export_at is not None


def test_the_names_that_a_teacher_typed(exports: Morning, folder: Path) -> None:
    """The lesson is theirs alone; who is in no export has not started, with the profile all the same."""
    typed = ExpectedFrom(names=exports.typed)
    seen = {"collections": 0, "evaluations": 0}
    for file in exports.landings:
        saved(folder, file)
        seen["evaluations" if file in exports.evaluations else "collections"] += 1
        if file in exports.evaluations:
            shown = session_snapshot(remediation(folder, exports.code, expected=typed), noon)
            agrees(shown, exports.named, **seen)


def test_the_campaign_of_the_lesson_is_chosen_by_itself(exports: Morning, folder: Path) -> None:
    """That of the day of the lesson, whichever other evaluations lie there; both are offered."""
    saved(folder, *exports.landings)
    day = session_snapshot(remediation(folder), noon)
    campaign = lesson_of(day).campaign
    assert campaign is not None
    assert campaign.code == exports.code
    agrees(day, exports.table, len(exports.collections), len(exports.evaluations))
    assert {one.code for one in lesson_of(day).campaigns} == {exports.code, exports.september_code}
    again = session_snapshot(rentree(folder), noon)
    campaign = lesson_of(again).campaign
    assert campaign is not None
    assert campaign.code == exports.september_code


def test_the_other_evaluation_can_be_followed_too(exports: Morning, folder: Path) -> None:
    saved(folder, *exports.landings)
    other = session_snapshot(remediation(folder, exports.september_code), noon)
    campaign = lesson_of(other).campaign
    assert campaign is not None
    assert campaign.code == exports.september_code
    assert totals(other)[-1][:4] == exports.september_end
    assert {f"{point.at:%Y-%m-%d}" for point in lesson_of(other).group} == {"2025-09-11"}


def test_to_choose_the_collection_chooses_no_evaluation(exports: Morning, folder: Path) -> None:
    """Whose code is that of the profiles has asked for those profiles, not for another lesson."""
    saved(folder, *exports.landings)
    (collection,) = session_snapshot(remediation(folder), noon).campaigns
    day = session_snapshot(remediation(folder, collection.key), noon)
    agrees(day, exports.table, len(exports.collections), len(exports.evaluations))


def test_a_second_participation_is_followed_and_the_first_one_forgotten(
    exports: Morning, folder: Path
) -> None:
    """Sent, and begun anew in the same lesson: what counts is the second one."""
    again = "CASTAING Ilyès" if exports.table.letters.get("CASTAING Ilyès") else "EL AMRANI Youssef"
    saved(folder, *[one for one in exports.landings if one.exported_at <= moment("09:10")])
    shown = session_snapshot(remediation(folder, exports.code), noon)
    (row,) = [row for row in shown.rows if row.shown_name == again]
    student = lesson_of(shown).students[row.student_id]
    expected = 0.5 if again.startswith("CASTAING") else 0.25
    assert (student.progress, student.since_last_export, student.since_start) == (expected,) * 3
    assert student.idle_minutes == 0


# -- the lesson of September, in a folder that has gone on ---------------------------------------------------


@pytest.mark.parametrize("exports", [pix_morning], ids=["pix"], indirect=True)
def test_the_lesson_of_september_is_as_it_was(exports: Morning, folder: Path) -> None:
    saved(folder, *exports.landings)
    request = rentree(folder)
    with board_on(folder, session=request.session) as board:
        every = len(exports.september) + len(exports.landings)
        live = board.wait_for(lambda snapshot: len(snapshot.files) == every)
        ignored = [file for file in live.files if file.status is FileStatus.IGNORED]
        assert len(ignored) == len(exports.landings)  # made half a year after the lesson
        last = len(exports.september) - 1
        assert letters(live) == column_of(PIX_SEPTEMBER, PIX_SEPTEMBER.letters, last, last)
        assert set(competences(live).values()) == {"."}  # what was sent in March says nothing of September
        assert totals(live) == list(PIX_SEPTEMBER.totals)
        for place, file in enumerate(exports.september):
            board.pipeline.look_back(file.exported_at)
            past = board.wait_for(_as_of(file.exported_at))
            assert letters(past) == column_of(PIX_SEPTEMBER, PIX_SEPTEMBER.letters, place, place)
            assert totals(past) == list(PIX_SEPTEMBER.totals[: place + 1])
            assert set(competences(past).values()) == {"."}  # no profile was there to be read


def _as_of(at: datetime) -> Callable[[Snapshot], bool]:
    return lambda snapshot: snapshot.as_of == at


def test_the_invented_lesson_of_september_ends_as_it_did(tmp_path: Path) -> None:
    exports = invented_morning()
    saved(tmp_path, *exports.september, *exports.landings)
    shown = session_snapshot(rentree(tmp_path), noon)
    assert totals(shown)[-1][:4] == exports.september_end
    assert sorted(letters(shown).values()) == sorted("FFFFFFFFFFFUFS")
