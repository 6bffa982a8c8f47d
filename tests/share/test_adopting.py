"""A session that is in progress, and shared from now on: what was done before is on every post, once."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pixsession.cli.sessions import supervised
from pixsession.cli.start import dossier_of
from pixsession.domain.board.entries import Json
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind, DayState
from pixsession.domain.lesson.tally import ClassTally
from pixsession.domain.people.identities import identity_key, shared_key, use_short_marks
from pixsession.foundation.errors import PixSessionError
from pixsession.readers.export import FileDescription
from pixsession.settings.config import BoardRequest, Settings
from pixsession.store.dossier import Dossier, description_of
from pixsession.store.journal import Journal
from pixsession.store.open_boards import OpenBoard, Watched
from pixsession.store.share.adopting import adopt_private
from tests.factories.dossiers import noon, strangers
from tests.factories.exports import Sheet, export, sent, student
from tests.factories.samples.demo_story import morning
from tests.live.boards import Board
from tests.live.test_session import day_of

from .homes import SESSION, drive_with, opened_at


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("pixsession.cli.shared.paris_now", noon)
    yield drive_with(tmp_path / "drive", SESSION, "ABEL;Lou;17/05/2011;3eA", "BRUN;Ana;02/02/2011;3eA")
    use_short_marks(shared=False)


def share(drive: Path) -> None:
    (drive / "session.toml").write_text(f"share = true\n{SESSION}", encoding="utf-8")


def states(board: Board, actions: int) -> dict[str, DayState]:
    shown = board.wait_for(lambda one: one.day and len(day_of(one).actions) == actions and len(one.rows) == 2)
    return {row.last_name: day_of(shown).states[row.student_id] for row in shown.rows}


def test_gestures_of_before_are_on_every_post_once(
    tmp_path: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = morning()[0].write_to(drive / "dl")
    with opened_at(tmp_path / "office", drive, monkeypatch) as board:
        shown = board.wait_for(lambda one: len(one.rows) == 2 and one.newest_export_at)
        first, second = (row.student_id for row in shown.rows)
        board.pipeline.act(ActionRequest(ActionKind.ABSENT, (first,)))
        board.pipeline.act(ActionRequest(ActionKind.ABSENT, (second,)))
        board.pipeline.undo_action()
        before = states(board, 1)
        assert sorted(before.values(), key=str) == [DayState.ABSENT, DayState.NOT_IN_EXPORT]
    private = dossier_of(drive / "session.toml")
    assert list(private.glob("journal/*.jsonl"))
    kept.unlink()
    share(drive)
    for _start in range(2):
        for home in ("office", "room"):
            with opened_at(tmp_path / home, drive, monkeypatch) as board:
                assert states(board, 1) == before
                assert board.wait_for(lambda one: one.newest_export_at)
                assert board.snapshots[-1].notices == ()
    assert not private.exists()
    on_share = b"".join(path.read_bytes() for path in drive.rglob("*.jsonl"))
    assert on_share.count(b"act.absent") == 2
    for nature, name, first_name, birth_date in (("list", "ABEL", "Lou", "2011-05-17"),):
        use_short_marks(shared=False)
        key = identity_key(nature, name, first_name, place="3eA", birth_date=birth_date)
        assert key.encode() not in on_share
        assert shared_key(key).encode() in on_share


def test_the_order_of_what_was_done_stays_though_a_clock_was_put_back(tmp_path: Path) -> None:
    private, shared_one = tmp_path / "private", tmp_path / "shared"
    times = iter(noon() - timedelta(hours=number) for number in range(9))
    journal = Journal(private / "journal", lambda: next(times))
    for text in ("first", "then", "last"):
        journal.append("act.note", {"text": text})
    before = Journal(private / "journal", noon).read_new()
    adopt_private(private, shared_one, "aaaaaaaa")
    after = Journal(shared_one / "journal", noon).read_new()
    told = [[(one.at, one.order or one.at, one.facts["text"]) for one in found] for found in (before, after)]
    assert told[0] == told[1]
    assert [one.facts["text"] for one in sorted(after, key=lambda one: one.rank)] == ["first", "then", "last"]
    assert before[1].at < before[0].at


OWN = "aaaaaaaa"


def folders(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "private", tmp_path / "shared"


def keeps(private: Path, content: bytes, minute: int = 0, **told: Any) -> tuple[Path, Path]:
    """An export kept in a private dossier; where its bytes and its description are."""
    exports = private / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(content).hexdigest()
    at = noon() + timedelta(minutes=minute)
    name, description = description_of(digest, FileDescription("x.csv", at, False, at), **told)
    (exports / name).write_bytes(description)
    (exports / f"{digest}.csv").write_bytes(content)
    return exports / f"{digest}.csv", exports / name


def test_every_file_becomes_one_of_this_post_and_its_entries_say_what_they_said(tmp_path: Path) -> None:
    private, shared_one = folders(tmp_path)
    key = identity_key("list", "ABEL", "Lou", birth_date="2011-05-17")
    first = Journal(private / "journal", noon).append("act.absent", {"who": [{"keys": [key]}], "at": None})
    facts: dict[str, Json] = {
        "undoes": first.id,
        "said": f"see {first.id}",
        "in": {"list": [[first.id], 2, True]},
        key: key,
    }
    then = Journal(private / "journal", noon)
    for number in range(2):
        then.append("act.undo", {**facts, "number": number})
    before = Journal(private / "journal", noon).read_new()
    adopt_private(private, shared_one, OWN)
    assert not private.exists()
    journal = Journal(shared_one / "journal", noon)
    found = {entry.id: entry for entry in journal.read_new()}
    assert journal.troubles == ()
    own_id, then_id = (
        re.sub(r"-(\w{8}:\d{6})$", rf"-{OWN}\1", one) for one in (first.id, f"{then.origin}:000001")
    )
    assert sorted(found) == sorted([own_id, then_id, f"{then_id[:-1]}2"])
    assert all(entry.origin == f"{known[:-7]}.jsonl" for known, entry in found.items())
    assert found[own_id].facts == {"who": [{"keys": [shared_key(key)]}], "at": None}
    assert found[then_id].facts == {
        "undoes": own_id,
        "said": f"see {first.id}",
        "in": {"list": [[own_id], 2, True]},
        key: shared_key(key),
        "number": 0,
    }
    assert [one.at for one in found.values()] == [one.at for one in before]
    assert all(one.post is None and one.offset is None for one in found.values())


def test_what_is_taken_over_is_its_owners_alone_and_later_starts_leave_it_as_it_is(tmp_path: Path) -> None:
    private, shared_one = folders(tmp_path)
    Journal(private / "journal", noon).append("act.note", {"text": "once"})
    keeps(private, b"Nom\n")
    shutil.copytree(private, tmp_path / "again")
    adopt_private(private, shared_one, OWN)
    if sys.platform != "win32":
        assert strangers(shared_one / "journal") == strangers(shared_one / "exports") == []
    kept = sorted(path for path in shared_one.rglob("*") if path.is_file())
    assert sorted(path.suffix for path in kept) == [".csv", ".json", ".jsonl"]
    for path in kept:
        path.write_bytes(path.read_bytes() + b"\n")
    longer = [path.read_bytes() for path in kept]
    adopt_private(tmp_path / "again", shared_one, OWN)
    assert [path.read_bytes() for path in kept] == longer
    assert not (tmp_path / "again").exists()


def test_an_export_loses_its_numbers_and_keeps_what_is_told_of_it(tmp_path: Path) -> None:
    private, shared_one = folders(tmp_path)
    plain = Sheet.of(export(student("MARTIN", "Lou", sent("08:05", 6))).content)
    numbered = plain.with_column("Numéro étudiant", ["0123456789A"], plain.header[0])
    told: dict[str, Any] = {"is_narrowed": True, "classes": (ClassTally("3eA", 20, 18, "2026-03-02", None),)}
    keeps(private, numbered.content(), **told)
    (before,) = Dossier(private).kept()
    adopt_private(private, shared_one, OWN)
    (after,) = Dossier(shared_one).kept()
    emptied = plain.with_column("Numéro étudiant", [""], plain.header[0])
    assert Sheet.of(after.content() or b"") == emptied
    assert after[3:] == before[3:]
    assert after.is_narrowed


def test_what_is_damaged_keeps_the_private_dossier_and_holds_up_nothing_else(tmp_path: Path) -> None:
    def damaged_export(private: Path) -> None:
        keeps(private, b"damaged\n", minute=-1)[0].write_bytes(b"other bytes")

    def damaged_description(private: Path) -> None:
        keeps(private, b"damaged\n")[1].write_bytes(b"half of")

    def damaged_line(private: Path) -> None:
        (private / "journal" / "20260312T080000-1-00000000.jsonl").write_bytes(b"damaged\n")

    def renamed_journal(private: Path) -> None:
        Journal(private / "other", noon).append("act.note", {"text": "elsewhere"})
        next((private / "other").iterdir()).rename(private / "journal" / "copy.jsonl")

    for number, damage in enumerate((damaged_export, damaged_description, damaged_line, renamed_journal)):
        private, shared_one = folders(tmp_path / f"{number}")
        Journal(private / "journal", noon).append("act.note", {"text": "done"})
        keeps(private, b"Nom\n")
        keeps(private, b"then\n", minute=1)
        damage(private)
        adopt_private(private, shared_one, OWN)
        assert private.exists(), damage.__name__
        assert [kept.content() for kept in Dossier(shared_one).kept()] == [b"Nom\n", b"then\n"]
        entries = Journal(shared_one / "journal", noon).read_new()
        assert [entry.facts["text"] for entry in entries] == ["done"]


def test_a_disk_that_refuses_is_told_and_the_next_start_takes_all_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, shared_one = folders(tmp_path)
    Journal(private / "journal", noon).append("act.note", {"text": "done"})
    shared_one.mkdir()
    (shared_one / "journal").write_text("in the way")
    with pytest.raises(PixSessionError, match="cannot be taken over"):
        adopt_private(private, shared_one, OWN)
    (shared_one / "journal").unlink()
    with monkeypatch.context() as patched:
        patched.setattr("pixsession.store.kept.is_open", lambda _folder: True)  # opened meanwhile
        adopt_private(private, shared_one, OWN)
    assert private.exists()
    adopt_private(private, shared_one, OWN)
    assert not private.exists()
    assert len(Journal(shared_one / "journal", noon).read_new()) == 1


def test_a_board_that_was_opened_before_has_to_be_closed_first(
    tmp_path: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIXSESSION_STATE", str(tmp_path / "office"))
    private = dossier_of(drive / "session.toml")
    private.mkdir(parents=True)
    share(drive)
    asked = BoardRequest(drive / "dl", Settings().rule, dossier=private)
    opened = OpenBoard(private, Watched("x", is_session=True))
    try:
        with pytest.raises(PixSessionError, match="close it first"):
            supervised(drive / "session.toml", Settings(), asked, named=False)
    finally:
        opened.close()
    assert supervised(drive / "session.toml", Settings(), asked, named=False).share is not None


def test_a_key_of_a_shared_session_is_the_one_it_makes_itself() -> None:
    told = {"place": "3eA", "birth_date": "2011-05-17", "number": "123"}
    for nature, shared_told in (
        ("list", told),
        ("result", told),
        ("evaluation", {"place": "3eA"}),
        ("profiles", {"place": "3eA"}),
    ):
        use_short_marks(shared=False)
        key = identity_key(nature, "ABEL", "Lou", **told)
        use_short_marks(shared=True)
        assert shared_key(key) == identity_key(nature, "ABEL", "Lou", **shared_told) != key
        assert shared_key(shared_key(key)) == shared_key(key)
        use_short_marks(shared=False)
    assert shared_key("ABEL Lou") == "ABEL Lou"
