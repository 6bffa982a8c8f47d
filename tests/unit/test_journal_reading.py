"""What the lines of a journal say, and in which order: of other programs, of other posts, of another hand."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.store.journal import Journal, JournalError

DAY = "2026-03-12"
POST = Post("pc1", "Bureau", "B204")


class Watch:
    """A clock that is moved by hand."""

    def __init__(self, clock: str = "08:00:00") -> None:
        self.now = datetime.fromisoformat(f"{DAY}T{clock}")

    def __call__(self) -> datetime:
        return self.now


def line(number: int = 1, at: object = f"{DAY}T08:00:00", **more: object) -> dict[str, Any]:
    return {"v": 1, "n": number, "at": at, "kind": "note", "facts": {}} | more


def written(folder: Path, *lines: dict[str, Any], name: str = "hand.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("post", "offset", "told"),
    [
        (["pc1", "Bureau", "B204"], 2.5, (POST, 2.5)),
        (["pc1", "Bureau", "B204", "more"], -3, (POST, -3.0)),
        (["pc1", "Bureau"], 0, (Post("pc1", "Bureau", ""), 0.0)),
        (["pc1"], None, (Post("pc1", "", ""), None)),
        (["pc1", 7, "B204"], None, (Post("pc1", "B204", ""), None)),
        ([], 2.5, (None, None)),
        ([""], 2.5, (None, None)),
        (["", "Bureau"], 2.5, (None, None)),
        ("pc1", 2.5, (None, None)),
        (None, 2.5, (None, None)),
        (["pc1", "Bureau", "B204"], True, (POST, None)),
        (["pc1", "Bureau", "B204"], "2.5", (POST, None)),
        # Ten years: no clock is that far off.
        (["pc1", "Bureau", "B204"], 3650 * 86_400 - 1, (POST, 3650 * 86_400 - 1.0)),
        (["pc1", "Bureau", "B204"], 3650 * 86_400, (POST, None)),
        (["pc1", "Bureau", "B204"], -3650 * 86_400, (POST, None)),
    ],
)
def test_the_post_and_the_offset_of_a_line(
    tmp_path: Path, post: object, offset: object, told: object
) -> None:
    written(tmp_path, line(post=post, offset=offset))
    (entry,) = Journal(tmp_path, Watch()).read_new()
    assert (entry.post, entry.offset) == told
    assert type(entry.offset) in {float, type(None)}


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (f"{DAY}T08:30:00", f"{DAY}T08:30:00"),
        (f"{DAY}T08:30:00+00:00", f"{DAY}T09:30:00"),
        (f"{DAY}T08:30:00Z", f"{DAY}T09:30:00"),
        ("2000-01-01T00:00:00", "2000-01-01T00:00:00"),
        ("2999-12-31T23:59:59", "2999-12-31T23:59:59"),
        ("1999-12-31T23:59:59", None),
        ("3000-01-01T00:00:00", None),
        ("2026-02-30T08:00:00", None),
        (8, None),
        (None, None),
    ],
)
def test_the_time_of_a_line(tmp_path: Path, at: object, told: str | None) -> None:
    written(tmp_path, line(at=at))
    journal = Journal(tmp_path, Watch())
    (entry,) = journal.read_new()
    assert (entry.at, entry.order) == (told or "0001-01-01T00:00:00",) * 2
    assert bool(journal.troubles) is (told is None)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of Windows is no variable")
def test_the_time_of_a_line_hangs_on_no_zone_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    monkeypatch.setenv("TZ", "Indian/Reunion")
    time.tzset()
    written(tmp_path, line(1, f"{DAY}T08:30:00"), line(2, f"{DAY}T08:30:00+00:00"))
    found = Journal(tmp_path, Watch()).read_new()
    assert [entry.at for entry in found] == [f"{DAY}T08:30:00", f"{DAY}T09:30:00"]


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": ""},
        {"kind": 7},
        {"kind": None},
        {"facts": []},
        {"facts": None},
    ],
)
def test_a_line_that_says_nothing_known_is_left_out_and_told(tmp_path: Path, odd: dict[str, Any]) -> None:
    written(tmp_path, line() | odd, line(2))
    journal = Journal(tmp_path, Watch())
    assert [entry.id for entry in journal.read_new()] == ["hand:000002"]
    assert journal.troubles == ("hand.jsonl, line 1: says nothing known, left out",)


def test_a_line_is_known_by_its_number_else_by_its_place_and_given_once(tmp_path: Path) -> None:
    lines = line(5), line(5), line(True), {**line(), "n": "9"}, line(1_234_567)
    written(tmp_path, *lines)
    journal = Journal(tmp_path, Watch())
    found = [entry.id for entry in journal.read_new()]
    assert found == ["hand:000003", "hand:000004", "hand:000005", "hand:1234567"]
    assert journal.read_new() == ()


def test_lines_of_a_post_stand_where_they_say_others_never_before_what_their_program_did(
    tmp_path: Path,
) -> None:
    after = f"{DAY}T07:30:00"
    post = list(POST)
    written(tmp_path, line(1, post=post, after=after), name="a.jsonl")  # its clock is ahead
    written(tmp_path, line(1, post=post), name="b.jsonl")
    written(tmp_path, line(1, after=f"{DAY}T07:00:00"), name="c.jsonl")
    written(tmp_path, line(1, after=f"{DAY}T09:00:00"), line(2, f"{DAY}T08:30:00"), name="d.jsonl")
    written(tmp_path, line(1, after="later"), line(2, "unreadable"), name="e.jsonl")
    found = {entry.id.replace(":00000", ""): entry.order for entry in Journal(tmp_path, Watch()).read_new()}
    assert found == {
        "a1": after,
        "b1": f"{DAY}T08:00:00",
        "c1": f"{DAY}T08:00:00",
        "d1": f"{DAY}T09:00:00",
        "d2": f"{DAY}T09:00:00",
        "e1": f"{DAY}T08:00:00",
        "e2": f"{DAY}T08:00:00",
    }
    assert list(found) == ["a1", "b1", "c1", "e1", "e2", "d1", "d2"]


@pytest.mark.parametrize(
    ("read", "at", "order"),
    [
        # A little behind what was read: an answer is later. More is a wrong clock: told, and put in order.
        ("08:00:00", "08:00:00.000001", "08:00:00.000001"),
        ("08:00:59", "08:00:59.000001", "08:00:59.000001"),
        ("08:01:00", "08:00:00", "08:01:00.000001"),
        ("07:59:59", "08:00:00", "08:00:00"),
        ("07:59:59.999999", "08:00:00", "08:00:00"),
    ],
)
def test_what_is_done_after_reading_comes_after_it(tmp_path: Path, read: str, at: str, order: str) -> None:
    written(tmp_path, line(at=f"{DAY}T{read}"))
    journal = Journal(tmp_path, Watch())
    journal.read_new()
    entry = journal.append("note", {"text": "x"})
    assert (entry.at, entry.order) == (f"{DAY}T{at}", f"{DAY}T{order}")
    assert journal.read_new() == (entry,)
    assert Journal(tmp_path, Watch()).read_new()[-1] == entry
    raw = json.loads((tmp_path / entry.origin).read_bytes())
    assert raw.get("after") == (None if at == order else entry.order)


def test_what_was_read_before_counts_also_where_nothing_later_came_since(tmp_path: Path) -> None:
    journal = Journal(tmp_path, Watch())
    written(tmp_path, line(at=f"{DAY}T10:00:00"), name="a.jsonl")
    journal.read_new()
    written(tmp_path, line(at=f"{DAY}T09:00:00"), name="b.jsonl")
    journal.read_new()
    assert journal.append("note", {}).order == f"{DAY}T10:00:00.000001"


def test_an_entry_of_a_post_says_who_wrote_it_and_how_far_its_clock_is_off(tmp_path: Path) -> None:
    watch = Watch("08:00:00.250000")
    journal = Journal(tmp_path, watch, clock=PostClock(POST, watch, 3600.0))
    first, second = journal.append("note", {"a": [1]}), journal.append("note", {})
    assert (first.at, first.post, first.offset) == (f"{DAY}T08:00:00.250000", POST, 3600.0)
    assert first.order == f"{DAY}T09:00:00.250000"
    assert second.order == f"{DAY}T09:00:00.250001"
    assert journal.read_new() == (first, second)
    assert Journal(tmp_path, watch).read_new() == (first, second)
    began, process, own = journal.origin.split("-")
    assert (began, process, own[:3]) == ("20260312T080000", str(os.getpid()), "pc1")
    assert first.origin == f"{journal.origin}.jsonl"
    assert (first.id, second.id) == (f"{journal.origin}:000001", f"{journal.origin}:000002")


def test_a_post_whose_clock_nobody_knows_says_so(tmp_path: Path) -> None:
    watch = Watch("08:00:00.250000")
    journal = Journal(tmp_path, watch, clock=PostClock(POST, watch))
    entry = journal.append("note", {})
    assert (entry.post, entry.offset) == (POST, None)
    assert journal.read_new() == (entry,)


def test_the_origin_of_a_program_is_empty_until_it_writes_and_new_where_its_file_is_not_as_it_left_it(
    tmp_path: Path,
) -> None:
    journal = Journal(tmp_path, Watch())
    assert journal.origin == ""
    journal.append("note", {})
    first = journal.origin
    journal.append("note", {})
    assert journal.origin == first
    with (tmp_path / f"{first}.jsonl").open("ab") as stream:
        stream.write(b" ")
    again = journal.append("note", {})
    assert journal.origin != first
    assert again.id.endswith(":000001")
    assert json.loads((tmp_path / again.origin).read_bytes())["before"] == ""
    (tmp_path / again.origin).unlink()
    assert journal.append("note", {}).origin != again.origin


def test_a_file_that_was_put_in_place_of_another_is_read_anew_and_gives_nothing_twice(tmp_path: Path) -> None:
    path = written(tmp_path, line(1), line(2))
    journal = Journal(tmp_path, Watch())
    assert len(journal.read_new()) == 2
    written(tmp_path, line(1), line(2), line(3), name="new")
    (tmp_path / "new").replace(path)
    assert [entry.id for entry in journal.read_new()] == ["hand:000003"]
    written(tmp_path, line(4))  # shorter
    assert [entry.id for entry in journal.read_new()] == ["hand:000004"]
    written(tmp_path, line(5), line(6), name="new")  # longer, and none of its lines known
    (tmp_path / "new").replace(path)
    assert [entry.id for entry in journal.read_new()] == ["hand:000005", "hand:000006"]


def test_only_files_of_journals_are_read_and_what_cannot_be_is_told_until_it_can(tmp_path: Path) -> None:
    written(tmp_path, line(), name="note.json")
    assert Journal(tmp_path, Watch()).read_new() == ()
    assert Journal(tmp_path / "absent", Watch()).read_new() == ()


def test_a_file_that_may_not_be_read_is_named_until_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, line(), name="b.jsonl")
    written(tmp_path, line(), name="a.jsonl")
    journal = Journal(tmp_path, Watch())
    opened = Path.open

    def refused(path: Path, *how: Any) -> Any:
        if path.name == "b.jsonl":
            raise PermissionError(13, "refused")
        return opened(path, *how)

    monkeypatch.setattr(Path, "open", refused)
    assert [entry.id for entry in journal.read_new()] == ["a:000001"]
    (trouble,) = journal.troubles
    assert trouble.startswith("b.jsonl cannot be read (")
    monkeypatch.undo()
    assert [entry.id for entry in journal.read_new()] == ["b:000001"]
    assert journal.troubles == ()


def test_troubles_stand_by_file_and_line(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl"):
        (tmp_path / name).write_bytes(b"x\n" * 11)
    journal = Journal(tmp_path, Watch())
    journal.read_new()
    assert [trouble.partition(":")[0] for trouble in journal.troubles] == [
        f"{name}.jsonl, line {number}" for name in ("a", "b") for number in range(1, 12)
    ]


def test_a_dossier_deleted_under_the_board_is_not_made_again(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    new = Journal(dossier / "journal", Watch())
    assert new.append("note", {}).id  # it was not there, and is made
    journal = Journal(dossier / "journal", Watch())
    journal.append("note", {})
    dossier.rename(tmp_path / "gone")
    with pytest.raises(JournalError, match="has been deleted"):
        journal.append("note", {})
    assert not dossier.exists()


def test_a_refused_entry_leaves_the_next_one_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    journal = Journal(tmp_path, watch)
    first = journal.append("note", {})

    def full(_descriptor: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", full)
    watch.now += timedelta(hours=1)
    with pytest.raises(JournalError, match="Nothing has changed"):
        journal.append("note", {"text": "lost"})
    monkeypatch.undo()
    watch.now -= timedelta(hours=1)
    second = journal.append("note", {})
    assert (second.id, second.at) == (f"{journal.origin}:000002", f"{DAY}T08:00:00.000001")
    again = Journal(tmp_path, watch)
    assert again.read_new() == (first, second)
    assert again.troubles == ()


def test_journals_of_both_versions_that_schools_keep_are_read_without_a_word(tmp_path: Path) -> None:
    written(tmp_path, line(1, v=1), line(2, v=2), line(3, v=3), line(4, v=0), line(5, v=None))
    journal = Journal(tmp_path, Watch())
    assert len(journal.read_new()) == 5
    words = "written by another version of the program"
    assert journal.troubles == tuple(f"hand.jsonl, line {number}: {words}" for number in (3, 4, 5))
    entry = journal.append("note", {})
    assert json.loads((tmp_path / entry.origin).read_bytes())["v"] == 2
