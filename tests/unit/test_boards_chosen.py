"""Boards of some of the exports: those of the campaigns that somebody chose, and those of a past time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import cast

import pytest

from pixsession.domain.board.snapshot import Campaign
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board import looking_back
from pixsession.engine.board.campaign_choice import CampaignChoice
from pixsession.engine.board.looking_back import Moment, PastBoards, export_times
from pixsession.engine.board.scope import Listings, Scope
from pixsession.store.board import Board, board_of
from pixsession.store.evidence import Evidence
from pixsession.store.rows import StoredExport, list_origin
from pixsession.store.store import Store
from tests.factories.stored import StoredExports, at, begun, pending, sent


class Kept:
    """A store in memory of two collections and two evaluations, each with a code, newest first."""

    def __init__(self) -> None:
        self.stored = StoredExports()
        self.asked_until: list[datetime | None] = []
        self.stamp: tuple[object, ...] = ()
        self.let_go: list[set[int]] = []
        self.collections = self._add("K1", sent("A", "08:10")), self._add("K2", pending("BB"))
        self.evaluations = (
            self._add("K3", begun("A", 0.5, "08:20")), self._add("K4", begun("CCC", 1.0, "08:30"))
        )  # fmt: skip
        exports = SimpleNamespace(evidence=self._evidence, evidence_stamp=self._stamp)
        log = lambda until: ((until,), {1: until})  # noqa: E731
        let_go = lambda but: self.let_go.append({*but})  # noqa: E731
        self.store = cast("Store", SimpleNamespace(
            exports=exports, lines=self.stored.lines, assessments=self.stored.assessments, log_until=log,
            let_go=let_go,
        ))  # fmt: skip

    def _add(self, key: str, *lines: object, clock: str = "09:00") -> StoredExport:
        export = self.stored.add(f"{key}.csv", *lines, stamp=clock)  # type: ignore[arg-type]
        return export._replace(source=export.source._replace(campaign=Campaign(key, f"C{key}", key)))

    def newer(self, name: str, clock: str) -> StoredExport:
        """One more export of the first collection, of one student."""
        return self._add("K1", sent(name, "08:10"), clock=clock)

    def _evidence(self, *, until: datetime | None) -> Evidence:
        self.asked_until.append(until)
        return Evidence(self.stamp)

    def _stamp(self, *, until: datetime | None) -> tuple[object, ...]:
        return (until is None, *self.stamp)

    def moment(self, when: datetime | None = None) -> Moment:
        board = board_of(self.store, self.collections, Rule())
        return Moment(when, board, self.evaluations, (), {})


@pytest.mark.parametrize(
    ("asked", "in_lesson", "students", "evaluations"),
    [
        ((), False, [1, 2], ["K3", "K4"]),
        (("K1", "K2"), False, [1, 2], []),
        (("K1",), False, [1], []),
        (("CK2",), False, [2], []),
        (("CK2", "K3"), False, [2], ["K3"]),
        (("K4",), False, [], ["K4"]),
        (("K9",), False, [], []),
        # A lesson chooses its evaluation itself, and this choice hides no profile.
        ((), True, [1, 2], ["K3", "K4"]),
        (("CK2",), True, [2], ["K3", "K4"]),
        (("K4",), True, [1, 2], ["K3", "K4"]),
    ],
)
def test_a_board_is_narrowed_to_the_campaigns_that_are_asked_for(
    asked: tuple[str, ...], in_lesson: bool, students: list[int], evaluations: list[str]
) -> None:
    kept = Kept()
    moment = kept.moment(at("09:30"))
    choice = CampaignChoice(kept.store, Rule(), frozenset(asked), is_lesson=in_lesson)
    board = choice.board(moment)
    assert sorted(board.rows) == students
    assert (board is moment.board) is (len(students) == 2)
    assert kept.asked_until == ([] if len(students) == 2 else [at("09:30")])
    assert choice.board(moment) is board
    found = choice.evaluations(moment)
    assert [one.source.campaign.key for one in found] == evaluations
    assert all(one.lines == kept.stored.assessments(int(one.source.campaign.key[1])) for one in found)


class Past:
    """The past boards of a store whose lists at each time are given by hand."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.lists: dict[datetime, Listings] = {}
        scope = cast("Scope", SimpleNamespace(listings=lambda until: self.lists[until]))
        self.boards = PastBoards(kept.store, scope, Rule())

    def show(self, clock: str, *profiles: StoredExport, evaluations: Iterable[StoredExport] = ()) -> Board:
        self.lists[at(clock)] = Listings(profiles, tuple(evaluations))
        return self.boards.moment(at(clock)).board


def test_a_past_moment_is_what_the_exports_up_to_it_said() -> None:
    kept = Kept()
    past = Past(kept)
    past.show("09:00", kept.collections[0], evaluations=kept.evaluations)
    moment = past.boards.moment(at("09:00"))
    assert (moment.at, moment.evaluations) == (at("09:00"), kept.evaluations)
    assert [moment.changes, moment.deltas] == [(at("09:00"),), {1: at("09:00")}]
    assert list(moment.board.rows) == [1]
    assert kept.asked_until == [at("09:00")]
    shown = (kept.collections[0], *kept.evaluations)
    assert moment.sources == {list_origin(one): one.source for one in shown}
    assert kept.let_go[-1] == {one.content_id for one in shown}


def test_a_past_board_looked_at_again_is_the_same_while_the_exports_say_the_same() -> None:
    kept = Kept()
    past, (one, other) = Past(kept), kept.collections
    board = past.show("09:00", one)
    assert past.show("09:10", other) is not board
    assert past.show("09:20", one) is board
    assert past.show("09:00", one, evaluations=kept.evaluations[:1]) is not past.show("09:10", one, other)
    kept.stamp = ("something came",)
    again = past.show("09:00", one)
    assert again is not board
    assert again.stamp == kept.stamp


def test_the_boards_looked_at_last_are_held_within_a_number_of_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_back, "_MOST_LINES", 2)
    kept = Kept()
    past = Past(kept)
    first, second, third = (kept.newer("A" * n, f"09:{n:02}") for n in (4, 5, 6))
    boards = {one.content_id: past.show("10:00", one) for one in (first, second)}
    assert kept.let_go[-1] == boards.keys()
    assert past.show("10:00", first) is boards[first.content_id]
    past.show("10:00", third)  # the second was looked at before the first
    assert kept.let_go[-1] == {first.content_id, third.content_id}
    assert past.show("10:00", first) is boards[first.content_id]
    assert past.show("10:00", second) is not boards[second.content_id]
    # One that holds too many is held alone, as long as it is shown.
    large = past.show("10:00", first, second, third)
    assert kept.let_go[-1] == {first.content_id, second.content_id, third.content_id}
    assert past.show("10:00", first, second, third) is large
    past.show("10:00", first)
    assert kept.let_go[-1] == {first.content_id}
    # An evaluation counts by its lines too.
    past.show("10:00", second, evaluations=kept.evaluations[:1])
    assert kept.let_go[-1] == {second.content_id, kept.evaluations[0].content_id}


def test_the_times_of_exports_are_told_once_and_in_order() -> None:
    kept = Kept()
    exports = [kept.newer("A", clock) for clock in ("09:20", "09:10", "09:20")]
    assert export_times(exports) == (at("09:10"), at("09:20"))
    assert export_times([]) == ()
