"""The store by itself: what is news, what a failure leaves, what is logged, and what goes on in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.readers import Export
from pixsession.store.database import Database, DatabaseError
from pixsession.store.store import LOG_LENGTH, Store
from tests.factories.dossiers import as_read
from tests.factories.exports import OTHER_CAMPAIGN, export, pending, sent, student
from tests.factories.half_groups import ANA, evaluation
from tests.factories.stored import at

pytestmark = pytest.mark.usefixtures("one_engine")

ZOE, TOM = student("DURIEUX", "Zoé", sent("08:20", 6)), student("MARTIN", "Tom", pending())
FIRST, SECOND = as_read(export(ZOE, TOM, at="09:10")), as_read(export(ZOE, at="09:20"))
OTHER, EXAM = as_read(export(TOM, at="09:15", campaign=OTHER_CAMPAIGN)), as_read(evaluation("10:20", ANA))
AGAIN = FIRST._replace(file=FIRST.file._replace(name="again.csv", exported_at=at("09:30")))
UNSTAMPED = AGAIN._replace(file=AGAIN.file._replace(time_from_name=False))


@pytest.fixture
def store() -> Iterator[Store]:
    found = Store(Database(None))
    yield found
    found.close()


def take(store: Store, *exports: Export) -> None:
    for one in exports:
        with store.taking_in(one):
            pass


def change(clock: str, number: int = 1) -> Change:
    return Change(ChangeKind.PROGRESSED, at(clock), number, "DURIEUX", "Zoé", before="1", after="2")


def test_an_export_is_news_once_and_its_bytes_again_only_at_another_time_of_pix(store: Store) -> None:
    def is_news(one: Export) -> bool:
        return store.is_news(one.digest, one.file)

    assert all(map(is_news, (FIRST, AGAIN, UNSTAMPED, SECOND)))
    take(store, FIRST)
    assert [*map(is_news, (FIRST, AGAIN, UNSTAMPED, SECOND))] == [False, True, False, True]
    restarted = Store(store._database)
    assert [restarted.is_news(one.digest, one.file) for one in (AGAIN, UNSTAMPED)] == [True, False]
    take(store, AGAIN, SECOND)
    assert [*map(is_news, (FIRST, AGAIN, UNSTAMPED, SECOND))] == [False] * 4


def test_exports_are_known_by_their_bytes_and_their_time(store: Store) -> None:
    same_time = as_read(export(TOM, at="09:10", campaign=OTHER_CAMPAIGN))
    take(store, FIRST, AGAIN, same_time)
    first, again, third = store.exports.all
    assert [one.export_id for one in (first, again, third)] == [1, 2, 3]
    assert (first.content_id, again.content_id, third.content_id) == (1, 1, 3)  # lines are kept once
    assert store.known(FIRST.digest, at("09:10")) is first
    assert store.known(FIRST.digest, at("09:30")) is again
    assert store.known(FIRST.digest, at("09:31")) is None
    assert store.known(SECOND.digest, at("09:10")) is None
    assert store.known_at(at("09:10")) == [first, third]
    assert store.known_at(at("09:11")) == []
    assert store.lines(again.content_id) == store.lines(first.content_id)
    assert [line for _student, line in store.lines(1)] == [*FIRST.contents.participations]


def test_inside_a_step_the_store_counts_the_export_already(store: Store) -> None:
    with store.taking_in(FIRST):
        assert [one.source.file for one in store.exports.listings()] == [FIRST.file.name]
        assert len(store.lines(1)) == 2


def test_what_fails_leaves_all_as_it_was_and_what_was_forgotten_stays_so(store: Store) -> None:
    take(store, FIRST, OTHER)
    gone = frozenset({(OTHER.digest, at("09:15"))})
    store.exports.forget(gone)
    with pytest.raises(DatabaseError, match="full"), store.taking_in(SECOND):
        store.record([change("09:20")], {1: Delta(1, 8, at("09:20"))})
        raise DatabaseError("full")
    assert [one.export_id for one in store.exports.all] == [1, 2]
    assert store.exports.forgotten == gone
    assert (store.changes, store.deltas, store.known(SECOND.digest, at("09:20"))) == ((), {}, None)
    assert store.is_news(SECOND.digest, SECOND.file)
    take(store, SECOND)
    assert [one.export_id for one in store.exports.all] == [1, 2, 3]


def test_what_waits_is_written_when_that_is_asked(store: Store) -> None:
    assert not store.waits_to_be_written
    store.write_down()
    take(store, FIRST)
    assert store.waits_to_be_written
    store.write_down()
    assert not store.waits_to_be_written


def test_the_log_holds_the_newest_changes_in_order_of_time_and_the_last_gain_of_each(store: Store) -> None:
    gains = {1: Delta(1, 8, at("09:20")), 2: Delta(0, 4, at("09:20"))}
    with store.taking_in(SECOND):
        store.record([change("09:20"), change("09:20", 2)], gains)
    with store.taking_in(FIRST):  # which came late
        store.record([change("09:10")], {1: Delta(-1, -8, at("09:10"))})
    assert [(one.at, one.student_id) for one in store.changes] == [
        (at("09:10"), 1), (at("09:20"), 1), (at("09:20"), 2),
    ]  # fmt: skip
    assert store.deltas == {1: Delta(-1, -8, at("09:10")), 2: gains[2]}
    assert store.log_until(None) == (store.changes, {1: Delta(-1, -8, at("09:10")), 2: gains[2]})
    changes, deltas = store.log_until(at("09:15"))
    assert (changes, deltas) == (store.changes[:1], {1: Delta(-1, -8, at("09:10"))})
    assert Store(store._database).changes == store.changes


def test_a_change_of_a_student_without_a_gain_leaves_the_last_one(store: Store) -> None:
    with store.taking_in(FIRST):
        store.record([change("09:10")], {1: Delta(1, 8, at("09:10"))})
    with store.taking_in(SECOND):
        store.record([change("09:20")], {})
    assert store.deltas == store.log_until(None)[1] == {1: Delta(1, 8, at("09:10"))}


def test_only_so_many_changes_are_held(store: Store) -> None:
    many = [change("09:10", number) for number in range(LOG_LENGTH + 1)]
    with store.taking_in(FIRST):
        store.record(many, {})
    assert store.changes == tuple(many[1:])
    assert store.log_until(None)[0] == store.changes


def test_lines_of_exports_that_count_no_more_are_let_go_but_those_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Database.ask

    def noted(
        database: Database, query: str, values: dict[str, object] | None = None
    ) -> list[tuple[object, ...]]:
        asked.append(query)
        return ask(database, query, values)

    take(store, FIRST, OTHER, EXAM, SECOND)
    monkeypatch.setattr(Database, "ask", noted)
    assert (len(store.lines(4)), len(store.lines(2)), len(store.assessments(3))) == (1, 1, 1)
    assert asked == []  # today's lists
    assert [line for _student, line in store.lines(1)] == [*FIRST.contents.participations]
    assert asked == ["participation_versions", "participations"]
    store.let_go(but=[1])
    store.lines(1)
    assert len(asked) == 2
    store.let_go()
    store.lines(1)
    assert asked[2:] == ["participation_versions", "participations"]


def test_all_goes_on_in_memory_with_what_was_forgotten(tmp_path: Path) -> None:
    on_disk = Store(Database(tmp_path / "board.duckdb"))
    assert (on_disk.path, on_disk.in_memory) == (tmp_path / "board.duckdb", False)
    take(on_disk, FIRST)
    on_disk.write_down()
    take(on_disk, OTHER)
    gone = frozenset({(OTHER.digest, at("09:15"))})
    on_disk.exports.forget(gone)
    on_disk.go_on_in_memory()
    assert (on_disk.path, on_disk.in_memory) == (None, True)
    assert [one.source.file for one in on_disk.exports.counted] == [FIRST.file.name]
    take(on_disk, SECOND)
    assert [one.export_id for one in on_disk.exports.all] == [1, 2, 3]
    history = on_disk.history(1)
    assert [(one.sent_at, one.source.file) for one in history] == [("2026-03-12T08:20", SECOND.file.name)]
    on_disk.close()
    assert on_disk.history(1) == ()


def test_the_progress_of_an_evaluation_is_that_of_its_exports(store: Store) -> None:
    later = as_read(evaluation("10:30", ANA))
    take(store, EXAM, later, FIRST)
    key = store.exports.all[0].source.campaign.key
    ((_student, points),) = store.progress(key).items()
    assert [one.at for one in points] == [at("10:20"), at("10:20") + timedelta(minutes=10)]
    assert store.progress("731958") == {}
