"""Students followed from export to export: the log of changes and the history of a live desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.settings.config import BoardRequest
from tests.factories.exports import MORNING, OTHER_CAMPAIGN, export, pending, row_of, sent, student
from tests.factories.samples import ExportFile, Student


class Followed:
    """A live desk in memory, fed one export after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = BoardEngine(BoardRequest(folder, Rule()), lambda: MORNING, live=True)

    def take(self, *files: ExportFile) -> Followed:
        for file in files:
            self.desk.take(file.write_to(self.folder))
        return self

    def changes(self) -> list[tuple[ChangeKind, str]]:
        return [(change.kind, change.last_name) for change in self.desk.snapshot().changes]

    def sends(self, last_name: str = "DURIEUX") -> list[str | None]:
        row = row_of(self.desk.snapshot(), last_name)
        return [profile.sent_at for profile in self.desk.history(row.student_id)]


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    found = Followed(tmp_path)
    yield found
    found.desk.close()


def at_nine(*lines: object, place: str = "3eA") -> Student:
    return student("DURIEUX", "Zoé", sent("09:00", 3), *lines, place=place)  # type: ignore[arg-type]


def test_becoming_eligible_and_ceasing_to_be(followed: Followed) -> None:
    followed.take(export(at_nine(), at="09:10"))
    followed.take(export(at_nine(sent("09:20", 6)), at="09:30"))
    assert followed.changes() == [(ChangeKind.BECAME_ELIGIBLE, "DURIEUX")]
    followed.take(export(at_nine(sent("09:20", 6), sent("09:40", 4)), at="09:45"))
    assert followed.changes()[1:] == [(ChangeKind.NO_LONGER_ELIGIBLE, "DURIEUX")]
    assert followed.sends() == ["2026-03-12T09:40", "2026-03-12T09:20", "2026-03-12T09:00"]


def test_who_changes_class_keeps_the_history(followed: Followed) -> None:
    followed.take(export(at_nine(), student("AUTRE"), at="09:10"))
    before = row_of(followed.desk.snapshot())
    followed.take(export(at_nine(sent("09:20", 4), place="3eC"), student("AUTRE"), at="09:30"))
    after = row_of(followed.desk.snapshot())
    assert (before.student_id, before.place, after.place) == (after.student_id, "3eA", "3eC")
    assert followed.sends() == ["2026-03-12T09:20", "2026-03-12T09:00"]
    assert followed.changes() == [(ChangeKind.PROGRESSED, "DURIEUX")]


def test_a_class_changed_alone_is_told(followed: Followed) -> None:
    followed.take(export(at_nine(), at="09:10"), export(at_nine(place="3eC"), at="09:30"))
    assert followed.changes() == [(ChangeKind.CHANGED_CLASS, "DURIEUX")]


def test_a_namesake_of_another_class_is_not_the_one_who_left(followed: Followed) -> None:
    newcomer = student("DURIEUX", "Zoé", sent("09:20", 6), place="3eC")
    followed.take(export(at_nine(), student("AUTRE"), at="09:10"))
    followed.take(export(newcomer, student("AUTRE"), at="09:30"))
    assert followed.changes() == [(ChangeKind.ARRIVED, "DURIEUX"), (ChangeKind.LEFT, "DURIEUX")]
    assert followed.sends() == ["2026-03-12T09:20"]


def test_who_leaves_is_named_and_comes_back_as_the_same(followed: Followed) -> None:
    followed.take(export(at_nine(), student("AUTRE"), at="09:10"))
    known = row_of(followed.desk.snapshot()).student_id
    followed.take(export(student("AUTRE"), at="09:30"))
    assert followed.changes() == [(ChangeKind.LEFT, "DURIEUX")]
    followed.take(export(at_nine(), student("AUTRE"), at="09:45"))
    assert row_of(followed.desk.snapshot()).student_id == known


def test_an_older_export_that_comes_late_is_history_and_no_news(followed: Followed) -> None:
    followed.take(export(at_nine(sent("09:20", 6)), at="09:30"))
    older = export(student("DURIEUX", "Zoé", sent("2026-01-10T10:00", 2)), at="2026-01-11T10:00")
    followed.take(older)
    assert followed.changes() == []
    assert row_of(followed.desk.snapshot()).eligibility is Eligibility.ELIGIBLE
    assert followed.sends() == ["2026-03-12T09:20", "2026-03-12T09:00", "2026-01-10T10:00"]


def test_a_remediation_campaign_counts_and_is_told(followed: Followed) -> None:
    followed.take(export(at_nine(), at="09:10"))
    started = student("DURIEUX", "Zoé", pending("09:15"))
    followed.take(export(started, at="09:20", campaign=OTHER_CAMPAIGN))
    assert followed.changes() == []
    done = student("DURIEUX", "Zoé", sent("09:31", 5))
    followed.take(export(done, at="09:45", campaign=OTHER_CAMPAIGN))
    assert followed.changes() == [(ChangeKind.BECAME_ELIGIBLE, "DURIEUX")]
    delta = row_of(followed.desk.snapshot()).delta
    assert delta is not None
    assert delta.competences == 2
