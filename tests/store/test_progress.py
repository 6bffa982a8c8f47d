"""How far each student of an evaluation came, export after export, from the real database."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.lesson.view import ProgressPoint
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.readers import export_of, read_export
from pixsession.settings.config import BoardRequest
from pixsession.store.database import Database
from pixsession.store.dossier import Dossier
from pixsession.store.opening import open_store
from pixsession.store.store import Store
from tests.factories.dossiers import noon, saved
from tests.factories.exports import moment
from tests.factories.half_groups import ANA, OTHER, THEO, evaluation
from tests.factories.samples.assessments import HALF_GROUP
from tests.factories.samples.writer import Download

KEY = str(HALF_GROUP.number)


@pytest.fixture
def store() -> Store:
    return Store(Database(None))


def take(store: Store, folder: Path, *exports: Download) -> None:
    for one in exports:
        with store.taking_in(read_export(one.write_to(folder))):
            pass


def by_name(store: Store, campaign: str = KEY) -> dict[str, Sequence[ProgressPoint]]:
    """The points of each student, by the last name in the newest export."""
    names = {
        student: line.last_name
        for export in store.exports.all
        for student, line in store.assessments(export.content_id)
    }
    return {names[student]: points for student, points in store.progress(campaign).items()}


def track(points: Sequence[ProgressPoint]) -> list[tuple[str, float | None, bool | None]]:
    return [(f"{point.at:%H:%M}", point.progress, point.shared) for point in points]


def test_each_export_gives_a_point_to_those_it_shows_oldest_first(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, evaluation("10:10"), evaluation("10:20"), evaluation("10:50"))
    points = by_name(store)
    assert track(points["BERNARD"]) == [("10:10", 0.25, False), ("10:20", 0.5, False), ("10:50", 1.0, True)]
    assert track(points["ROY"]) == [("10:20", 0.5, False), ("10:50", 1.0, False)]


def test_of_two_participations_the_newest_started_counts(store: Store, tmp_path: Path) -> None:
    """Her first one is shared and complete: it must hide nothing of the one that she is in."""
    take(store, tmp_path, evaluation("10:04"), evaluation("10:20"), evaluation("10:35"))
    points = by_name(store)["NGUYEN"]
    assert track(points) == [("10:04", 1.0, True), ("10:20", 0.25, False), ("10:35", 0.5, False)]
    assert [point.started_at for point in points] == [
        "2026-03-11T17:00",
        "2026-03-12T10:05",
        "2026-03-12T10:05",
    ]


def test_badges_and_stage_are_known_once_shared_only(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, evaluation("10:20", ANA), evaluation("10:50", ANA))
    before, after = by_name(store)["BERNARD"]
    assert (before.badges, before.badges_max, before.stage, before.mastery) == (None, 0, None, None)
    assert (after.badges, after.badges_max, after.stage_max, after.mastery) == (2, 2, 3, 1.0)


def test_other_campaigns_are_left_out(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, evaluation("10:10"), evaluation("10:30", campaign=OTHER))
    assert {len(points) for points in by_name(store).values()} == {1}
    assert track(by_name(store, str(OTHER.number))["BERNARD"]) == [("10:30", 0.75, False)]
    assert store.progress("no such campaign") == {}


def test_files_that_come_in_any_order_are_told_in_the_order_of_time(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, evaluation("10:30"), evaluation("10:10"), evaluation("10:20"))
    assert [at for at, *_rest in track(by_name(store)["BERNARD"])] == ["10:10", "10:20", "10:30"]


def test_of_two_downloads_of_one_minute_the_last_counts(store: Store, tmp_path: Path) -> None:
    first = read_export(evaluation("10:10", ANA).write_to(tmp_path))
    later = evaluation("10:20", ANA).content
    second = first.file._replace(name=first.file.name.replace(".csv", " (1).csv"))
    with store.taking_in(first):
        pass
    with store.taking_in(export_of(later, second)):
        pass
    assert track(by_name(store)["BERNARD"]) == [("10:10", 0.5, False)]


def test_the_same_bytes_exported_again_are_a_point_of_their_own(store: Store, tmp_path: Path) -> None:
    """Nobody moved in ten minutes: that is what a lesson has to be told."""
    still = evaluation("10:50", ANA)
    first = read_export(still.write_to(tmp_path))
    again = first.file._replace(exported_at=moment("11:00"), name=first.file.name.replace("1050", "1100"))
    for one in (first, export_of(still.content, again)):
        with store.taking_in(one):
            pass
    assert track(by_name(store)["BERNARD"]) == [("10:50", 1.0, True), ("11:00", 1.0, True)]


def test_progress_outlives_the_program_and_the_database(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    paths = saved(folder, evaluation("10:10"), evaluation("10:20", ANA, THEO))
    desk = BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), noon, live=True)
    for path in paths:
        desk.take(path)
    desk.close()
    shutil.rmtree(folder)
    wanted = {
        "BERNARD": [("10:10", 0.25, False), ("10:20", 0.5, False)],
        "NGUYEN": [("10:10", 0.083, False)],
        "ROY": [("10:20", 0.5, False)],
    }
    opened = open_store(Dossier(dossier))
    assert {name: track(points) for name, points in by_name(opened.store).items()} == wanted
    opened.close()
    Dossier(dossier).database.write_bytes(b"This is no database.\n" * 5000)
    desk = BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), noon, live=True)
    for _step in desk.catch_up():
        pass
    desk.close()
    opened = open_store(Dossier(dossier))
    assert {name: track(points) for name, points in by_name(opened.store).items()} == wanted
    opened.close()


def test_what_counted_at_a_time_is_the_newest_export_up_to_then(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, evaluation("10:10"), evaluation("10:30", campaign=OTHER), evaluation("10:40"))

    def counted(at: str) -> list[datetime]:
        kind = store.exports.all[0].kind
        return [export.source.exported_at for export in store.exports.listings(kind, until=moment(at))]

    assert counted("10:09") == []
    assert counted("10:39") == [moment("10:30"), moment("10:10")]
    assert counted("10:40") == [moment("10:40"), moment("10:30")]
