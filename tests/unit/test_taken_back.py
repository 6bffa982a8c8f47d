"""Files that were taken back: as the journal says, with a board and without; no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.board.entries import FileEntryKind, Json
from pixsession.engine.board.taken_back import TakenBack, TakenBackFile, take_back_once
from pixsession.engine.common.entry_log import EntryLog
from tests.factories.dossiers import NOON, noon
from tests.factories.exports import export, pending, student
from tests.factories.kept_dossiers import LUCAS, ZOE, keep, lines_of
from tests.factories.stored import at

FIRST, SECOND = ("a" * 64, at("09:10"), "first.csv"), ("b" * 64, at("09:20"), "second.csv")
SAME_BYTES = (FIRST[0], at("09:30"), "again.csv")


@pytest.fixture
def log() -> EntryLog:
    """Of a board that keeps nothing."""
    return EntryLog(None, noon)


def said(taken_back: TakenBack) -> list[tuple[str, datetime, str]]:
    return [(one.digest, one.exported_at, one.name) for one in taken_back.files]


def test_files_do_not_count_until_that_is_undone_the_last_one_first(log: EntryLog) -> None:
    found = TakenBack(log)
    assert (found.files, found.undo()) == ((), "")
    for one in (FIRST, SECOND):
        found.take_back(*one)
    assert said(found) == [FIRST, SECOND]
    assert (found.undo(), said(found)) == ("second.csv", [FIRST])
    found.take_back(*SECOND)
    assert said(found) == [FIRST, SECOND]
    assert (found.undo(), found.undo(), found.undo(), said(found)) == ("second.csv", "first.csv", "", [])
    assert [entry.kind for entry in log.entries].count(FileEntryKind.COUNT) == 3


def test_all_exports_of_the_same_bytes_count_again_together_and_no_others(log: EntryLog) -> None:
    found = TakenBack(log)
    for one in (FIRST, SECOND, SAME_BYTES):
        found.take_back(*one)
    found.count_again(FIRST[0])
    assert said(found) == [SECOND]
    found.count_again("c" * 64)
    assert len(log.entries) == 5
    log.append("act.undo", {"entry": found.files[0].entry_id})  # of another kind: about no file
    assert said(found) == [SECOND]


def test_what_another_window_writes_is_seen_and_what_did_not_change_is_not_read_again(log: EntryLog) -> None:
    one, other = TakenBack(log), TakenBack(log)
    one.take_back(*FIRST)
    assert said(other) == [FIRST]
    assert other.files is other.files
    one.count_again(FIRST[0])
    assert other.files == ()


FACTS: dict[str, Json] = {"digest": "a" * 64, "exported_at": "2026-03-12T09:10:00", "name": "first.csv"}


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({}, "first.csv"),
        ({"name": 3}, ""),
        ({"name": None}, ""),
        ({"digest": ""}, None),
        ({"digest": 3}, None),
        ({"exported_at": 3}, None),
        ({"exported_at": "yesterday"}, None),
    ],
)
def test_an_entry_that_does_not_say_which_file_takes_none_back(
    log: EntryLog, changed: Mapping[str, Json], name: str | None
) -> None:
    entry = log.append(FileEntryKind.TAKE_BACK, {**FACTS, **changed})
    log.append("act.note", FACTS)
    found = [] if name is None else [TakenBackFile("a" * 64, at("09:10"), name, entry.id)]
    assert list(TakenBack(log).files) == found


def taken_back_in(dossier: Path) -> list[tuple[str, datetime, str]]:
    return said(TakenBack(EntryLog(dossier, noon)))


def once(dossier: Path, path: Path, *, counts: bool = False) -> bool:
    return take_back_once(dossier, path, {}, lambda: NOON, counts=counts)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    found = tmp_path / "dossier"
    (found / "exports").mkdir(parents=True)
    return found


def test_a_file_is_taken_back_without_a_board_as_it_is_and_as_it_was_kept(
    dossier: Path, tmp_path: Path
) -> None:
    there = export(student(*ZOE, pending()), at="09:40")
    path = tmp_path / there.name
    assert not once(dossier, path)  # neither there nor kept
    keep(dossier, lines_of(LUCAS), "09:50", name="other.csv")
    older = keep(dossier, lines_of(ZOE, LUCAS), "09:30", name=there.name)
    assert not once(dossier, tmp_path / "third.csv")
    assert taken_back_in(dossier) == []
    there.write_to(tmp_path)
    assert once(dossier, path)
    (kept, read) = taken_back_in(dossier)
    assert kept == (older, at("09:30"), there.name)
    assert read[1:] == (at("09:40"), there.name)
    assert read[0] != older


def test_a_file_kept_as_it_is_there_is_taken_back_once_and_counts_again(
    dossier: Path, tmp_path: Path
) -> None:
    there = export(student(*ZOE, pending()), at="09:40")
    path = there.write_to(tmp_path)
    digest = keep(dossier, there.content, "09:40", name=there.name)
    assert once(dossier, path)
    assert taken_back_in(dossier) == [(digest, at("09:40"), there.name)]
    assert not once(dossier, tmp_path / "other.csv", counts=True)
    assert taken_back_in(dossier) != []
    assert once(dossier, path, counts=True)
    assert taken_back_in(dossier) == []
    assert not once(dossier, path, counts=True)
