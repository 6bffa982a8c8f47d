"""What each export is for the board, by the name of its file; no database."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import cast

import pytest

from pixsession.domain.board.snapshot import Campaign, FileRole, HiddenCampaigns, HiddenReason
from pixsession.engine.board.file_roles import roles_of
from pixsession.engine.board.scope import Listings
from pixsession.engine.board.taken_back import TakenBackFile
from pixsession.store.history import ExportHistory
from pixsession.store.rows import StoredExport
from pixsession.store.store import Store
from tests.factories.stored import StoredExports, begun, sent

ANA, TOM, EVA = sent("A", "08:10"), sent("BB", "08:20"), sent("CCC", "08:30")
LIST, EARLIER, UNDATED, PART = FileRole.LIST, FileRole.EARLIER, FileRole.UNDATED, FileRole.PART
TAKEN_BACK = FileRole.TAKEN_BACK


@pytest.fixture
def store() -> StoredExports:
    return StoredExports()


def roles(
    store: StoredExports,
    *exports: StoredExport,
    hidden: dict[str, HiddenReason] | None = None,
    taken_back: Iterable[StoredExport] = (),
) -> dict[str, FileRole]:
    """`hidden`: campaigns kept off the board, and why."""
    gone = [TakenBackFile(one.digest, one.source.exported_at, "", "") for one in taken_back]
    history = ExportHistory(exports, store, lambda _query, _values: [])
    history.forget(frozenset((one.digest, one.exported_at) for one in gone))
    groups = [HiddenCampaigns(why, (Campaign(key, None, ""),)) for key, why in (hidden or {}).items()]
    known = cast("Store", SimpleNamespace(exports=history))
    return dict(roles_of(known, Listings((), (), tuple(groups)), gone))


def test_the_newest_whole_export_is_the_list_and_those_before_are_earlier(store: StoredExports) -> None:
    first, last = store.add("first", ANA, stamp="09:10"), store.add("last", ANA, TOM, stamp="09:40")
    exam = store.add("exam", begun("A", 0.5, "08:10"), stamp="09:30", campaign="4")
    other = store.add("other", EVA, stamp="09:00", campaign="2")
    found = {"first": EARLIER, "last": LIST, "exam": LIST, "other": LIST}
    assert roles(store, last, first, exam, other) == found


def test_a_part_of_another_export_is_no_list_and_one_that_shows_less_is_undated(store: StoredExports) -> None:
    whole = store.add("whole", ANA, TOM, stamp="09:10")
    part, empty = store.add("part", ANA, stamp="09:10", copy=1), store.add("empty", stamp="09:20")
    loose = store.add("loose", ANA, EVA, modified="18:00")
    renamed = store.add("renamed", TOM, modified="18:00")
    late = store.add("late", sent("A", "09:30"), stamp="09:40")
    assert roles(store, whole, part, empty, loose, renamed, late) == {
        "whole": EARLIER, "part": PART, "empty": EARLIER, "loose": UNDATED, "renamed": PART, "late": LIST,
    }  # fmt: skip


def test_an_export_without_a_line_is_no_part_and_no_list(store: StoredExports) -> None:
    assert roles(store, store.add("empty", stamp="09:20")) == {"empty": EARLIER}
    assert roles(store, store.add("loose")) == {"loose": UNDATED}


def test_what_was_overwritten_under_its_name_is_the_list_that_stands_there_now(store: StoredExports) -> None:
    early = store.add("file", ANA, stamp="09:10", modified="10:00", digest="a")
    late = store.add("file", TOM, stamp="09:10", modified="11:00", digest="b")
    assert roles(store, late, early) == {"file": LIST}
    newer = store.add("newer", sent("A", "09:30"), stamp="09:40")
    assert roles(store, late, early, newer) == {"file": EARLIER, "newer": LIST}


def test_campaigns_kept_off_the_board_say_why(store: StoredExports) -> None:
    exports = [
        store.add("a1", ANA, stamp="09:10", campaign="1"),
        store.add("a2", ANA, TOM, stamp="09:20", campaign="1"),
        store.add("b", ANA, stamp="09:10", campaign="2"),
        store.add("c", ANA, stamp="09:10", campaign="3"),
    ]
    hidden = {"1": HiddenReason.EARLIER_YEAR, "2": HiddenReason.OTHER_ORGANISATION}
    assert roles(store, *exports, hidden=hidden) == {
        "a1": FileRole.EARLIER_YEAR,
        "a2": FileRole.EARLIER_YEAR,
        "b": FileRole.OTHER_ORGANISATION,
        "c": LIST,
    }


def test_what_was_taken_back_is_that_and_the_one_before_is_the_list(store: StoredExports) -> None:
    first, last = store.add("first", ANA, stamp="09:10"), store.add("last", TOM, stamp="09:40")
    again = store.add("again", TOM, stamp="09:50", digest="last")
    exam = store.add("exam", begun("A", 0.5, "08:10"), stamp="09:30", campaign="4")
    found = {"first": LIST, "last": TAKEN_BACK, "exam": LIST}
    assert roles(store, first, last, exam, taken_back=[last]) == found
    # The same bytes exported again later are another export.
    assert roles(store, first, last, again, taken_back=[last])["again"] is LIST
    assert roles(store, first, last, again, taken_back=[last, again])["again"] is TAKEN_BACK
