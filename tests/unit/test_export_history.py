"""Which exports count, and what is known beside the lists now and at a past time; the database is a fake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest

from pixsession.readers import ExportKind
from pixsession.store.evidence import Evidence
from pixsession.store.history import ExportHistory
from pixsession.store.rows import StoredExport
from tests.factories.stored import DAY, StoredExports, at, begun, pending, sent

CAMPAIGN = "731958"
ANA, TOM = sent("A", "08:10"), sent("BB", "08:20")
# What the fake database says of every campaign that it is asked about.
ANSWER = (CAMPAIGN, 9, f"{DAY}T08:00", 1, at("09:00"), "asked")


class Database:
    """Answers each question alike, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Sequence[int], Sequence[int]]] = []

    def __call__(self, query: str, values: Mapping[str, object] | None) -> Sequence[tuple[Any, ...]]:
        assert query == "submissions"
        assert values is not None
        exports, lists = values["exports"], values["lists"]
        assert isinstance(exports, list)
        assert isinstance(lists, list)
        self.asked.append((exports, lists))
        return [ANSWER]


@pytest.fixture
def store() -> StoredExports:
    return StoredExports()


@pytest.fixture
def database() -> Database:
    return Database()


def told(evidence: Evidence) -> dict[int, list[tuple[str | None, int | None, datetime, str]]]:
    """By student, the submissions that the list does not show."""
    return {
        student: [(one.sent_at, one.submission.pix, one.exported_at, one.file) for one in mine]
        for student, mine in evidence.latest.get(CAMPAIGN, {}).items()
    }


ASKED = {9: [ANSWER[2:]]}
ANA_BEFORE = {1: [(ANA.sent_at, ANA.pix, at("09:10"), "first")]}


def test_what_a_new_list_does_not_repeat_is_evidence_at_once_and_nothing_is_asked(
    store: StoredExports, database: Database
) -> None:
    history = ExportHistory([], store, database)
    first, second = store.add("first", ANA, TOM, stamp="09:10"), store.add("second", TOM, stamp="09:20")
    history.add(first)
    history.note_gone(first, [])
    assert told(history.evidence()) == {}
    history.add(second)
    history.note_gone(second, [(1, ANA), (4, pending("DDDD"))])  # who had sent nothing hides nothing
    assert told(history.evidence()) == ANA_BEFORE
    third = store.add("third", TOM, stamp="09:30")
    history.add(third)
    history.note_gone(third, [(3, sent("CCC", "09:11", 8))])
    assert told(history.evidence()) == ANA_BEFORE | {3: [(f"{DAY}T09:11", 8, at("09:20"), "second")]}
    assert database.asked == []


def test_the_evidence_of_what_was_there_at_the_start_is_asked_once(
    store: StoredExports, database: Database
) -> None:
    first, second = store.add("first", ANA, stamp="09:10"), store.add("second", ANA, stamp="09:20")
    other = store.add("other", TOM, stamp="09:15", campaign="2")
    history = ExportHistory([first, second, other], store, database)
    assert database.asked == [([1, 2, 3], [2, 3])]
    assert told(history.evidence()) == told(history.evidence()) == ASKED
    assert len(database.asked) == 1
    third = store.add("third", ANA, stamp="09:30")
    history.add(third)
    history.note_gone(third, [(1, sent("A", "08:15"))])
    assert told(history.evidence()) == ASKED | {1: [(f"{DAY}T08:15", 100, at("09:20"), "second")]}
    assert len(database.asked) == 1


def test_lists_alone_have_nothing_beside_them(store: StoredExports, database: Database) -> None:
    one, two = store.add("one", ANA, stamp="09:10"), store.add("two", TOM, stamp="09:10", campaign="2")
    assert told(ExportHistory([one, two], store, database).evidence()) == {}
    assert database.asked == []
    ExportHistory([one, store.add("empty", stamp="09:30", campaign="3")], store, database)
    assert database.asked == [([3, 1], [1])]


@pytest.mark.parametrize(
    ("name", "lines", "stamp", "is_known"),
    [
        ("without stamp", (TOM, sent("A", "09:30")), None, True),
        ("of the same minute", (TOM, sent("A", "08:30")), "09:10", True),
        ("older than the list", (TOM,), "09:00", True),
        ("without a line", (), "09:20", True),
        ("of unknown lines", (TOM,), "09:20", False),
    ],
)
def test_where_the_last_list_is_not_simply_followed_the_database_is_asked(
    store: StoredExports,
    database: Database,
    name: str,
    lines: tuple[Any, ...],
    stamp: str | None,
    is_known: bool,
) -> None:
    history = ExportHistory([store.add("first", ANA, TOM, stamp="09:10")], store, database)
    export = store.add(name, *lines, stamp=stamp, modified="18:00")
    history.add(export)
    history.note_gone(export, [(1, ANA)] if is_known else None)
    assert database.asked == []
    assert told(history.evidence()) == ASKED
    # Nothing was kept of what came in between; from here on it is.
    last = store.add("last", TOM, stamp="09:40")
    history.add(last)
    history.note_gone(last, [])
    assert set(told(history.evidence())) == {9}


def test_behind_an_export_that_was_no_list_the_database_is_asked(
    store: StoredExports, database: Database
) -> None:
    history = ExportHistory([store.add("first", ANA, TOM, stamp="09:10")], store, database)
    for export, gone in (
        (store.add("empty", stamp="09:20"), None),
        (store.add("second", TOM, stamp="09:30"), [(1, ANA)]),
    ):
        history.evidence()
        history.add(export)
        history.note_gone(export, gone)
    assert told(history.evidence()) == ASKED
    assert [exports for exports, _lists in database.asked] == [[1, 2], [1, 2, 3]]


def test_what_follows_an_export_of_unknown_lines_is_asked_too_where_nobody_had_asked(
    store: StoredExports, database: Database
) -> None:
    history = ExportHistory([store.add("first", ANA, TOM, stamp="09:10")], store, database)
    for export in (store.add("second", ANA, stamp="09:20"), store.add("third", TOM, stamp="09:30")):
        history.add(export)
        history.note_gone(export, None if export.source.file == "second" else [(1, ANA)])
    assert told(history.evidence()) == ASKED
    assert database.asked == [([1, 2, 3], [3])]


def test_after_a_file_was_taken_back_the_database_is_asked(store: StoredExports, database: Database) -> None:
    first, second = store.add("first", ANA, TOM, stamp="09:10"), store.add("second", TOM, stamp="09:20")
    history = ExportHistory([first, second], store, database)
    assert not history.forget(frozenset())
    assert history.counted == [first, second]
    back = frozenset({("second", at("09:20")), ("first", at("09:11"))})  # digest and time, both
    assert history.forget(back)
    assert not history.forget(back)
    assert history.counted == [first]
    assert history.all == [first, second]
    assert history.listings() == (first,)
    assert told(history.evidence()) == {}
    third = store.add("third", TOM, stamp="09:30")
    history.add(third)
    history.note_gone(third, [(1, ANA)])
    assert told(history.evidence()) == ASKED
    assert database.asked == [([1, 2], [2]), ([1, 3], [3])]
    assert history.forget(frozenset())
    assert history.listings() == (third,)
    assert history.evidence().stamp == (1, 2, 3)


def test_an_export_of_an_evaluation_changes_nothing_beside_the_lists(
    store: StoredExports, database: Database
) -> None:
    first, second = store.add("first", ANA, stamp="09:10"), store.add("second", ANA, stamp="09:20")
    history = ExportHistory([first, second], store, database)
    exam = store.add("exam", begun("A", 0.5, "08:10"), stamp="09:30")
    history.add(exam)
    history.note_gone(exam, None)
    assert told(history.evidence()) == ASKED
    assert len(database.asked) == 1
    assert history.listings() == (second,)
    assert history.listings(ExportKind.ASSESSMENT) == (exam,)
    history.add(store.add("elsewhere", ANA, stamp="09:25", campaign="2"))
    assert [one.export_id for one in history.chain_of(exam)] == [3]
    assert [one.export_id for one in history.chain_of(second)] == [1, 2]


def test_the_exports_of_a_past_time_and_without_one_of_them(store: StoredExports, database: Database) -> None:
    header = store.add("header", stamp="09:40", campaign="3")
    assert ExportHistory([header], store, Database()).listings() == ()
    exports = [
        store.add("a", ANA, TOM, stamp="09:10"),
        store.add("b", TOM, stamp="09:20"),
        store.add("c", TOM, stamp="09:15", campaign="2"),
    ]
    history = ExportHistory(exports, store, database)

    def names(found: Sequence[StoredExport]) -> str:
        return " ".join(one.source.file for one in found)

    assert names(history.listings()) == "b c"
    assert names(history.listings(until=at("09:20"))) == "b c"
    assert names(history.listings(until=at("09:19"))) == "c a"
    assert names(history.listings(until=at("09:09"))) == ""
    assert names(history.listings(without=3)) == "c a"
    assert names(history.listings(without=2, until=at("09:15"))) == "c"
    assert history.evidence_stamp() == history.evidence().stamp == (2, 3, 4)
    assert history.evidence_stamp(until=at("09:15")) == history.evidence(until=at("09:15")).stamp == (4, 2)
    # Of a past time it is asked each time, and never what is known of today.
    assert told(history.evidence(until=at("09:15"))) == {}
    assert told(history.evidence(without=3)) == {}
    assert len(database.asked) == 1
    assert told(history.evidence(until=at("09:20"))) == told(history.evidence(without=4)) == ASKED
    assert database.asked[1:] == [([2, 3, 4], [3, 4]), ([2, 3], [3])]


def test_students_who_are_in_no_list_are_told_by_campaign(store: StoredExports, database: Database) -> None:
    exports = [
        store.add("one", ANA, stamp="09:10"),
        store.add("two", ANA, sent("BB", "08:40"), stamp="09:10", copy=1),
        store.add("loose", sent("CCC", "08:05")),
        store.add("alone", TOM, stamp="09:15", campaign="2"),
    ]
    history = ExportHistory(exports, store, database)
    for _twice in range(2):
        found = history.evidence().unlisted
        told_of = {
            key: [(one.student_id, one.export.source.file) for one in mine] for key, mine in found.items()
        }
        assert told_of == {CAMPAIGN: [(3, "loose")]}
    assert not history.evidence(without=3).unlisted


@pytest.mark.parametrize(
    ("lines", "stamp", "until"),
    [
        ((ANA,), "09:10", "09:10"),
        ((ANA, TOM), None, "08:20"),
        ((sent("A", DAY),), None, "00:00"),
        ((pending("A"),), None, None),
    ],
)
def test_an_export_shows_what_was_there_until_its_stamp_or_its_latest_submission(
    store: StoredExports, database: Database, lines: tuple[Any, ...], stamp: str | None, until: str | None
) -> None:
    export = store.add("export", *lines, stamp=stamp, modified="18:00")
    history = ExportHistory([export], store, database)
    assert history.shown_until(export) == (at(until) if until else None)


def test_the_steps_of_an_evaluation_are_its_lists_of_known_time(
    store: StoredExports, database: Database
) -> None:
    exports = [
        store.add("first", begun("A", 0.25, "08:10"), stamp="09:10"),
        store.add("second", begun("A", 0.5, "08:10"), stamp="09:20"),
        store.add("old copy", begun("A", 0.1, "08:05")),
        store.add("other", begun("A", 0.5, "08:10"), stamp="09:20", campaign="2"),
        store.add("profiles", ANA, stamp="09:20"),
    ]
    history = ExportHistory(exports, store, database)
    assert history.steps(CAMPAIGN) == [1, 2]
    assert history.steps("2") == [4]
    assert history.steps("3") == []
