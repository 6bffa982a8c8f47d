"""Which of several downloads of one list counts, and in which order lists are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

from pixsession.engine.board.downloads import newest_downloads
from pixsession.readers import Export, ExportKind, FileDescription, export_of
from tests.factories.everybody import CALLED, listed
from tests.factories.exports import MORNING
from tests.factories.samples.lists import candidate_list, plain_list

LATER = MORNING + timedelta(minutes=5)
ROSTER = plain_list([listed()])


def roster(name: str, at: datetime = MORNING, modified: datetime = MORNING) -> Export:
    return export_of(ROSTER, FileDescription(name, at, True, modified))


def candidates(name: str, at: datetime = MORNING, number: str = CALLED.number) -> Export:
    content = candidate_list(replace(CALLED, number=number), [listed()])
    return export_of(content, FileDescription(name, at, True, at))


def counted(*exports: Export) -> list[str]:
    """The names of those that count, in their order, which is that of no argument."""
    (names,) = {tuple(one.file.name for one in newest_downloads(order)) for order in permutations(exports)}
    return list(names)


def test_the_newest_list_comes_first_and_class_lists_before_candidates() -> None:
    assert counted(roster("3eA.csv"), roster("3eB.csv", LATER), candidates("a.ods", LATER)) == [
        "3eB.csv", "3eA.csv", "a.ods",
    ]  # fmt: skip


def test_of_downloads_of_one_list_the_newest_counts_by_its_time_then_by_its_mark() -> None:
    assert counted(roster("3eA (1).csv"), roster("3eA.csv", LATER)) == ["3eA.csv"]
    assert counted(roster("3eA (1).csv"), roster("3eA.csv", modified=LATER)) == ["3eA.csv"]
    assert counted(roster("3eA.csv"), roster("3eA (2).csv"), roster("3eA (10).csv")) == ["3eA (10).csv"]


def test_a_session_is_known_by_its_number_whatever_its_files_are_called() -> None:
    assert counted(candidates("a.ods"), candidates("b.ods", LATER)) == ["b.ods"]
    assert counted(candidates("a.ods", number="218735"), candidates("a (1).ods", LATER)) == [
        "a (1).ods", "a.ods",
    ]  # fmt: skip
    assert counted(candidates("a.ods", number=""), candidates("b.ods", LATER, number="")) == [
        "b.ods",
        "a.ods",
    ]


def test_files_that_tell_no_session_or_many_are_known_by_their_names() -> None:
    bare = [candidates(name, at) for name, at in (("a.ods", MORNING), ("b.ods", LATER), ("b (1).ods", LATER))]
    bare = [one._replace(contents=one.contents._replace(sessions=())) for one in bare]
    assert counted(*bare) == ["b (1).ods", "a.ods"]
    many = [
        one._replace(contents=one.contents._replace(kind=ExportKind.SESSIONS))
        for one in (candidates("week.csv"), candidates("month.csv", LATER))
    ]
    assert counted(*many, candidates("a.ods", LATER)) == ["a.ods", "month.csv", "week.csv"]
