"""Stepping back: the whole board as it was after each export, while new exports keep coming."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board import looking_back
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.pipeline import LooksBack
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import crowded, desk_on, noon, read_all, saved, story
from tests.factories.exports import export, moment, sent, student
from tests.factories.half_groups import evaluation, lesson_request
from tests.factories.samples.writer import Download
from tests.factories.sessions import certification

from .boards import board_for, board_on, download

STORY = ("08:45", "09:15", "09:25", "09:45")


def times(snapshot: Snapshot) -> list[str]:
    return [f"{at:%H:%M}" for at in snapshot.export_times]


def said(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """What a board says of everybody, but for the numbers that a program gives them."""
    return [
        (
            row.last_name, row.first_name, row.place, row.verdict, row.pix, row.submissions, row.delta,
            row.participations, row.keys, row.campaigns,
        )
        for row in snapshot.rows
    ]  # fmt: skip


def as_it_was(folder: Path, *exports: Download) -> Snapshot:
    """The live board right after the last of these exports came."""
    saved(folder, *exports)
    with desk_on(folder, None) as desk:
        return read_all(desk, folder)


def test_every_step_shows_what_the_live_engine_showed_then(tmp_path: Path) -> None:
    exports = (*story(), evaluation("10:10"), evaluation("10:20"))
    saved(tmp_path / "all", *exports)
    with desk_on(tmp_path / "all", tmp_path / "dossier") as desk:
        live = read_all(desk, tmp_path / "all")
        assert times(live) == [*STORY, "10:10", "10:20"]
        assert live.as_of is None
        forth = [*enumerate(live.export_times, 1)]
        for count, at in (*forth, *reversed(forth)):
            past, then = desk.snapshot_as_of(at), as_it_was(tmp_path / str(count), *exports[:count])
            assert said(past) == said(then)
            assert (past.changes, past.counts, past.campaigns, past.newest_export_at) == (
                then.changes, then.counts, then.campaigns, then.newest_export_at,
            )  # fmt: skip
            assert (past.as_of, past.export_times) == (at, live.export_times)
        assert said(desk.snapshot()) == said(live)


def test_between_two_exports_the_older_one_counts_and_before_the_first_nobody_is_there(
    tmp_path: Path,
) -> None:
    saved(tmp_path, *story())
    with desk_on(tmp_path, None) as desk:
        read_all(desk, tmp_path)
        assert said(desk.snapshot_as_of(moment("09:20"))) == said(desk.snapshot_as_of(moment("09:15")))
        assert desk.snapshot_as_of(moment("08:00")).rows == ()


def test_the_past_is_there_after_a_restart_and_after_the_database_was_damaged(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    saved(folder, *story())
    at = moment("09:15")
    with desk_on(folder, dossier) as desk:
        read_all(desk, folder)
        wanted = said(desk.snapshot_as_of(at))
    for path in folder.iterdir():
        path.unlink()
    with desk_on(folder, dossier) as desk:
        assert said(desk.snapshot_as_of(at)) == wanted
        with desk_on(folder, dossier) as second:  # the viewer that owns no database
            assert said(second.snapshot_as_of(at)) == wanted
    (dossier / "board.duckdb").write_bytes(b"This is no database.\n" * 5000)
    with desk_on(folder, dossier) as desk:
        assert said(desk.snapshot_as_of(at)) == wanted
        assert times(desk.snapshot()) == list(STORY)


def test_going_back_far_holds_no_more_than_a_bounded_number_of_boards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking_back, "_MOST_LINES", 12)  # four boards of three lines
    made: list[Any] = []
    make = vars(looking_back)["board_of"]

    def counted(*asked: Any) -> Any:
        made.append(make(*asked))
        return made[-1]

    monkeypatch.setattr(looking_back, "board_of", counted)
    saved(tmp_path, *(crowded(number) for number in range(12)))
    with desk_on(tmp_path, None) as desk:
        live = read_all(desk, tmp_path)
        for at in (*reversed(live.export_times), *live.export_times):
            past = desk.snapshot_as_of(at)
            source = past.source_of(past.rows[0])
            assert source is not None
            assert source.exported_at == at
    assert (
        len(made) == 12 + 12 - 4
    )  # there and back: the four looked at last were still held, the others gone


def test_choosing_a_campaign_narrows_the_past_too(tmp_path: Path) -> None:
    saved(tmp_path, *story())
    with desk_on(tmp_path, None) as desk:
        live = read_all(desk, tmp_path)
        other = next(one for one in live.campaigns if one.name == "Remédiation")
        desk.choose_campaigns(frozenset({other.key}))
        assert len(desk.snapshot_as_of(moment("09:45")).rows) == 1
        assert desk.snapshot_as_of(moment("09:15")).rows == ()


def shows(at: str | None, count: int) -> Callable[[Snapshot], bool]:
    wanted: datetime | None = moment(at) if at else None
    return lambda snapshot: snapshot.as_of == wanted and len(snapshot.export_times) == count


def test_while_looking_back_exports_come_in_and_the_board_stays(tmp_path: Path) -> None:
    first, second, third, fourth = story()
    folder = tmp_path / "downloads"
    saved(folder, first, second)
    with board_on(folder, tmp_path / "dossier") as board:
        board.wait_for(shows(None, 2))
        board.pipeline.look_back(moment("08:45"))
        past = board.wait_for(shows("08:45", 2))
        download(folder, third)
        counted = board.wait_for(shows("08:45", 3))
        assert said(counted) == said(past)
        assert counted.revision > past.revision
        board.pipeline.look_back(moment("09:25"))
        board.wait_for(shows("09:25", 3))
        download(folder, fourth)
        board.wait_for(shows("09:25", 4))
        board.pipeline.look_back(None)
        live = board.wait_for(shows(None, 4))
    assert said(live) == said(as_it_was(tmp_path / "again", *story()))


def durieux(snapshot: Snapshot) -> BoardRow:
    return next(row for row in snapshot.rows if row.last_name == "DURIEUX")


def test_nothing_is_done_to_a_board_of_the_past(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    saved(folder, evaluation("10:10"), evaluation("10:20"))
    with board_for(lesson_request(folder, tmp_path / "dossier")) as board:
        live = board.wait_for(shows(None, 2))
        board.pipeline.look_back(moment("10:10"))
        board.wait_for(shows("10:10", 2))
        for act in (
            lambda: board.pipeline.act(ActionRequest(ActionKind.PRESENT, (live.rows[0].student_id,))),
            board.pipeline.undo_action,
            board.pipeline.undo_file,
            lambda: board.pipeline.decide("a", "b", same=False),
            lambda: board.pipeline.take_back_file("Resultats.csv", counts=False),
        ):
            with pytest.raises(LooksBack, match=r"10:10"):
                act()
        board.pipeline.look_back(None)
        board.wait_for(shows(None, 2))
        board.pipeline.act(ActionRequest(ActionKind.PRESENT, (live.rows[0].student_id,)))


def test_the_day_of_a_certification_is_as_it_was_too(tmp_path: Path) -> None:
    zoe = student("DURIEUX", "Zoé", sent("08:10", 4))
    better = replace(zoe, participations=(*zoe.participations, sent("12:05", 6)))
    saved(tmp_path, export(zoe, at="08:45"), export(better, at="12:10"))
    now = [moment("12:00")]
    desk = BoardEngine(certification(tmp_path, None), lambda: now[0], live=True)
    try:
        live = read_all(desk, tmp_path)
        desk.supervision.act(ActionRequest(ActionKind.PRESENT, (durieux(live).student_id,)))
        after, before = desk.snapshot_as_of(moment("12:10")), desk.snapshot_as_of(moment("08:45"))
        student_id = durieux(live).student_id
        assert after.day is not None
        assert before.day is not None
        assert after.day.days[student_id].presence_at == moment("12:00")
        assert before.day.days[student_id].presence_at is None
        assert (durieux(before).pix, len(before.changes)) == (4 * 9 + 12 * 3, 0)
    finally:
        desk.close()


def test_a_board_that_is_not_followed_can_be_stepped_back_too(tmp_path: Path) -> None:
    saved(tmp_path, *story()[:2])
    desk = BoardEngine(BoardRequest(tmp_path, Rule()), noon, live=False)
    try:
        assert times(read_all(desk, tmp_path)) == ["08:45", "09:15"]
        assert desk.snapshot_as_of(moment("08:45")).newest_export_at == moment("08:45")
    finally:
        desk.close()
