"""Two homes and one folder: what is done or read on one post is on the board of the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayState
from tests.factories.samples.demo_story import morning
from tests.live.test_session import day_of, everybody_read

from .homes import post_at, request_at

pytestmark = pytest.mark.usefixtures("quick_exchange")


def in_remediation(snapshot: Snapshot) -> set[str]:
    day = day_of(snapshot)
    return {row.last_name for row in snapshot.rows if day.states[row.student_id] is DayState.IN_REMEDIATION}


def test_an_export_and_a_gesture_reach_the_other_board_both_ways(tmp_path: Path, session_file: Path) -> None:
    with (
        post_at(tmp_path / "office", session_file) as office,
        post_at(tmp_path / "room", session_file) as room,
    ):
        morning()[0].write_to(tmp_path / "office" / "downloads")
        here = office.wait_for(everybody_read)
        there = room.wait_for(everybody_read)
        assert [row.last_name for row in there.rows] == [row.last_name for row in here.rows]
        first, second = here.rows[:2]
        office.pipeline.act(ActionRequest(ActionKind.REDIRECT, (first.student_id,)))
        seen = room.wait_for(lambda one: in_remediation(one) == {first.last_name})
        (student,) = [row.student_id for row in seen.rows if row.last_name == second.last_name]
        room.pipeline.act(ActionRequest(ActionKind.REDIRECT, (student,)))
        office.wait_for(lambda one: in_remediation(one) == {first.last_name, second.last_name})


def test_a_post_that_comes_later_has_all_of_it_and_starts_again_with_each_entry_once(
    tmp_path: Path, session_file: Path
) -> None:
    with post_at(tmp_path / "office", session_file) as office:
        morning()[0].write_to(tmp_path / "office" / "downloads")
        row = office.wait_for(everybody_read).rows[0]
        office.pipeline.act(ActionRequest(ActionKind.REDIRECT, (row.student_id,)))
        office.wait_for(in_remediation)
    for _start in range(2):
        with post_at(tmp_path / "room", session_file) as room:
            seen = room.wait_for(in_remediation)
            assert [action.kind for action in day_of(seen).actions] == [ActionKind.REDIRECT]
    with post_at(tmp_path / "office", session_file) as office:
        seen = office.wait_for(in_remediation)
        assert [action.kind for action in day_of(seen).actions] == [ActionKind.REDIRECT]


def test_no_database_no_lock_and_no_cache_stand_on_the_share(tmp_path: Path, session_file: Path) -> None:
    with post_at(tmp_path / "office", session_file) as office:
        morning()[0].write_to(tmp_path / "office" / "downloads")
        office.wait_for(everybody_read)
    place = request_at(tmp_path / "office", session_file).share
    assert place is not None
    names = {path.suffix for path in place.folder.iterdir()}
    assert names == {".json", ".csv", ".toml"}


def test_a_session_begun_on_two_computers_at_once_is_one(tmp_path: Path) -> None:
    """Each has its own copy of the folder, and the synchroniser brings what the other began later."""
    drives = [tmp_path / f"drive{number}" for number in (0, 1)]
    for drive in drives:
        drive.mkdir()
        (drive / "session.toml").write_text("share = true\n")
    places = [
        request_at(tmp_path / f"post{n}", drive / "session.toml").share for n, drive in enumerate(drives)
    ]
    assert places[0] is not None
    assert places[1] is not None
    with post_at(tmp_path / "post0", drives[0] / "session.toml") as first:
        morning()[0].write_to(tmp_path / "post0" / "downloads")
        row = first.wait_for(everybody_read).rows[0]
        first.pipeline.act(ActionRequest(ActionKind.REDIRECT, (row.student_id,)))
        first.wait_for(in_remediation)
    with post_at(tmp_path / "post1", drives[1] / "session.toml") as second:
        second.wait_for(lambda snapshot: snapshot.share)
        shutil.copytree(places[0].folder, places[1].folder.with_name(places[0].session_id))
        seen = second.wait_for(in_remediation)
        other = next(one for one in seen.rows if one.last_name != row.last_name)
        second.pipeline.act(ActionRequest(ActionKind.ABSENT, (other.student_id,)))
        second.wait_for(lambda snapshot: len(day_of(snapshot).actions) == 2)
    shutil.copytree(places[1].folder.parent, places[0].folder.parent, dirs_exist_ok=True)
    for number, drive in enumerate(drives):
        with post_at(tmp_path / f"post{number}", drive / "session.toml") as board:
            both = board.wait_for(lambda snapshot: len(day_of(snapshot).actions) == 2)
            assert in_remediation(both) == {row.last_name}
