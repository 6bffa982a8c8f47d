"""A supervised session over its pipeline: who is called, what is done, by two programs, on a full disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import BoardRow, FileStatus, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayState, DayView
from pixsession.domain.certification.session import ExpectedFrom, Room
from pixsession.engine.read_once import session_snapshot
from pixsession.foundation.errors import PixSessionError
from pixsession.store.journal import Journal
from tests.factories.dossiers import noon
from tests.factories.samples.demo_story import morning
from tests.factories.sessions import certification
from tests.share.failing import FailingFolder

from .boards import board_for

LIST = "Nom;Prénom;Classe\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "downloads"
    found.mkdir()
    morning()[0].write_to(found)
    return found


def day_of(snapshot: Snapshot) -> DayView:
    assert snapshot.day is not None
    return snapshot.day


def somebody(snapshot: Snapshot, state: DayState) -> BoardRow:
    day = day_of(snapshot)
    return next(row for row in snapshot.rows if day.states[row.student_id] is state)


def state_is(student: int, state: DayState) -> Callable[[Snapshot], bool]:
    return lambda snapshot: day_of(snapshot).states.get(student) is state


def everybody_read(snapshot: Snapshot) -> bool:
    return bool(snapshot.rows)


def test_who_is_not_eligible_stands_first_and_is_redirected_once(folder: Path, tmp_path: Path) -> None:
    with board_for(certification(folder, tmp_path / "dossier")) as board:
        first = board.wait_for(everybody_read)
        row = first.rows[0]
        assert day_of(first).states[row.student_id] is DayState.TO_REDIRECT
        board.pipeline.act(ActionRequest(ActionKind.REDIRECT, (row.student_id,)))
        board.wait_for(state_is(row.student_id, DayState.IN_REMEDIATION))
        with pytest.raises(PixSessionError, match=f"^{row.shown_name}: "):
            board.pipeline.act(ActionRequest(ActionKind.REDIRECT, (row.student_id,)))
        assert row.last_name in board.pipeline.undo_action()
        board.wait_for(state_is(row.student_id, DayState.TO_REDIRECT))


def test_of_several_marked_those_who_may_are_done_and_the_others_named(folder: Path, tmp_path: Path) -> None:
    with board_for(certification(folder, tmp_path / "dossier")) as board:
        shown = board.wait_for(everybody_read)
        to_redirect, calm = somebody(shown, DayState.TO_REDIRECT), somebody(shown, DayState.EXPECTED)
        with pytest.raises(PixSessionError) as refusal:
            board.pipeline.act(ActionRequest(ActionKind.REDIRECT, (to_redirect.student_id, calm.student_id)))
        assert refusal.value.message.startswith(calm.shown_name)
        assert to_redirect.last_name not in refusal.value.message
        board.wait_for(state_is(to_redirect.student_id, DayState.IN_REMEDIATION))


def test_two_programs_act_and_each_sees_the_other_within_two_seconds(folder: Path, tmp_path: Path) -> None:
    request = certification(folder, tmp_path / "dossier")
    with board_for(request) as one, board_for(request) as other:
        shown = one.wait_for(everybody_read)
        other.wait_for(everybody_read)
        row = somebody(shown, DayState.TO_REDIRECT)
        for actor, witness, kind, state in (
            (one, other, ActionKind.REDIRECT, DayState.IN_REMEDIATION),
            (other, one, ActionKind.ABSENT, DayState.ABSENT),
        ):
            student = somebody_like(row, actor.wait_for(everybody_read))
            began = time.monotonic()
            actor.pipeline.act(ActionRequest(kind, (student.student_id,)))
            seen = somebody_like(row, witness.wait_for(everybody_read))
            witness.wait_for(state_is(seen.student_id, state))
            assert time.monotonic() - began < 2


def somebody_like(row: BoardRow, snapshot: Snapshot) -> BoardRow:
    """The same student on another program's board, whose numbers are its own."""
    return next(other for other in snapshot.rows if other.keys == row.keys)


def test_what_cannot_be_written_is_refused_in_words_and_did_not_happen(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = certification(folder, tmp_path / "dossier")
    with board_for(request) as board:
        shown = board.wait_for(everybody_read)
        row, other = [row for row in shown.rows if day_of(shown).states[row.student_id] is DayState.EXPECTED][
            :2
        ]
        board.pipeline.act(ActionRequest(ActionKind.PRESENT, (row.student_id,)))

        def full(*_arguments: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(Journal, "_write", full)
            with pytest.raises(PixSessionError, match="is the disk full"):
                board.pipeline.act(ActionRequest(ActionKind.PRESENT, (other.student_id,)))
        board.wait_for(state_is(row.student_id, DayState.READY))
    again = session_snapshot(request, noon)
    assert day_of(again).states[somebody_like(row, again).student_id] is DayState.READY
    assert day_of(again).states[somebody_like(other, again).student_id] is DayState.EXPECTED


def test_only_the_called_are_on_the_board_each_in_their_room(folder: Path, tmp_path: Path) -> None:
    everybody = session_snapshot(certification(folder, None), noon).rows
    first, second, *_others = everybody
    (folder / "salle.csv").write_text(
        LIST + f"{first.last_name};{first.first_name};{first.division}\n", "utf-8"
    )
    rooms = (
        Room("Salle 12", ExpectedFrom(lists=(folder / "salle.csv",))),
        Room(
            "CDI",
            ExpectedFrom(names=(f"{second.last_name} {second.first_name} ({second.division})", "ZZYX Nemo")),
        ),
    )
    snapshot = session_snapshot(certification(folder, None, rooms=rooms), noon)
    called = {row.last_name: day_of(snapshot).rooms[row.student_id] for row in snapshot.rows}
    assert called == {first.last_name: "Salle 12", second.last_name: "CDI", "ZZYX": "CDI"}
    assert [totals.students for totals in day_of(snapshot).totals] == [1, 2]


def test_a_list_of_the_session_that_is_not_there_is_said(folder: Path) -> None:
    missing = ExpectedFrom(lists=(folder / "absente.csv",))
    snapshot = session_snapshot(certification(folder, None, expected=missing), noon)
    assert snapshot.notices == ("absente.csv: this list of the session is not there",)


def test_a_list_named_outside_the_folders_is_read_and_read_again(folder: Path, tmp_path: Path) -> None:
    everybody = session_snapshot(certification(folder, None), noon).rows
    elsewhere = tmp_path / "listes" / "3e.csv"
    elsewhere.parent.mkdir()
    lines = [f"{row.last_name};{row.first_name};{row.division}\n" for row in everybody[:3]]
    elsewhere.write_text(LIST + lines[0], "utf-8")
    request = certification(folder, tmp_path / "dossier", expected=ExpectedFrom(lists=(elsewhere,)))
    with board_for(request) as board:
        board.wait_for(lambda snapshot: len(snapshot.rows) == 1)
        elsewhere.write_text(LIST + "".join(lines), "utf-8")
        board.wait_for(lambda snapshot: len(snapshot.rows) == 3)


def test_several_folders_are_followed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "partage"
    other.mkdir()
    request = certification(folder, tmp_path / "dossier")
    assert request.session is not None
    both = request._replace(session=request.session._replace(folders=(folder, other)))
    with board_for(both) as board:
        board.wait_for(everybody_read)
        name = morning()[1].write_to(other).name
        board.wait_for(lambda snapshot: name in {entry.name for entry in snapshot.files})


@pytest.mark.usefixtures("quick")
def test_gestures_go_on_while_a_drive_hangs_in_the_middle_of_a_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pixsession.engine.board.file_bytes._ANSWER_SECONDS", 0.05)
    monkeypatch.setattr("pixsession.engine.board.file_bytes.on_network", lambda _folder: True)
    drive, released, landing = (
        FailingFolder(folder, monkeypatch), threading.Event(), morning()[1].write_to(tmp_path)
    )  # fmt: skip

    def hangs(call: str) -> None:
        if call == "read":
            released.wait(60)

    def statuses(snapshot: Snapshot) -> list[FileStatus]:
        return [file.status for file in snapshot.files]

    with board_for(certification(folder, tmp_path / "dossier")) as board:
        student = somebody(board.wait_for(everybody_read), DayState.TO_REDIRECT).student_id
        drive.fault = hangs
        landing.rename(folder / landing.name)
        board.wait_for(lambda snapshot: FileStatus.REFUSED in statuses(snapshot))
        board.pipeline.act(ActionRequest(ActionKind.REDIRECT, (student,)))
        board.wait_for(state_is(student, DayState.IN_REMEDIATION))
        drive.works()
        released.set()
        board.wait_for(lambda snapshot: statuses(snapshot) == [FileStatus.READ] * 2)
