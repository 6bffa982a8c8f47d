"""A last line of a journal without its end: waited for, then told or taken, and never counted twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pixsession.store.journal import Journal

from .test_journal_reading import Watch, line, written


def test_a_torn_line_is_waited_for_ten_seconds_from_the_last_byte(tmp_path: Path) -> None:
    seconds = [100.0]
    journal = Journal(tmp_path, Watch(), monotonic=lambda: seconds[0])
    path = tmp_path / "torn.jsonl"

    def read(after: float, content: str) -> tuple[int, tuple[str, ...]]:
        seconds[0] += after
        if content:
            path.write_text(content, encoding="utf-8")
        return len(journal.read_new()), journal.troubles

    whole = json.dumps(line())
    cut = ("torn.jsonl, line 1: cut short, left out",)
    assert read(0, whole[:10]) == (0, ())
    assert read(9, whole[:20]) == (0, ())
    assert read(9.9, "") == (0, ())
    assert read(0.1, "") == (0, cut)
    assert read(60, "") == (0, cut)
    assert read(0, whole) == (0, cut)  # whole, but for its end: it may go on
    assert read(9, "") == (0, cut)
    assert read(1, "") == (1, ())
    assert read(1, f"{whole}\n") == (0, ())
    assert read(1, f"{whole}\n{json.dumps(line(2))}\n") == (1, ())


def test_the_end_of_a_line_that_was_taken_without_it_is_no_line_of_its_own(tmp_path: Path) -> None:
    seconds = [0.0]
    journal = Journal(tmp_path, Watch(), monotonic=lambda: seconds[0])
    path = tmp_path / "hand.jsonl"
    path.write_text(json.dumps(line(at="soon")), encoding="utf-8")
    assert journal.read_new() == ()
    seconds[0] = 10.0
    assert [entry.id for entry in journal.read_new()] == ["hand:000001"]
    unnumbered = json.dumps(line() | {"n": None})
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{unnumbered}\n\n{unnumbered}\nno json\n")
    found = [entry.id for entry in journal.read_new()]
    assert found == ["hand:000002", "hand:000004"]  # as who reads the file anew calls them
    assert [one.id for one in Journal(tmp_path, Watch()).read_new()] == ["hand:000001", *found]
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\nno json\n")  # an empty line of its own
    assert journal.read_new() == ()
    assert journal.troubles == (
        "hand.jsonl, line 1: the time is unreadable",
        "hand.jsonl, line 5: unreadable, left out",
        "hand.jsonl, line 7: unreadable, left out",
    )


def test_what_goes_on_after_a_line_that_was_taken_is_told_and_empty_lines_count(tmp_path: Path) -> None:
    seconds = [0.0]
    journal = Journal(tmp_path, Watch(), monotonic=lambda: seconds[0])
    (tmp_path / "empty.jsonl").write_text("\nno json\n", encoding="utf-8")
    (tmp_path / "hand.jsonl").write_text(json.dumps(line()), encoding="utf-8")
    journal.read_new()
    seconds[0] = 10.0
    assert [entry.id for entry in journal.read_new()] == ["hand:000001"]
    with (tmp_path / "hand.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(" and more\n")
    assert journal.read_new() == ()
    empty, more = journal.troubles
    assert empty == "empty.jsonl, line 2: unreadable, left out"
    assert more.startswith("hand.jsonl, line ")


def test_a_line_cut_short_is_told_no_more_once_it_was_taken_away(tmp_path: Path) -> None:
    seconds = [0.0]
    journal = Journal(tmp_path, Watch(), monotonic=lambda: seconds[0])
    path = written(tmp_path, line(1))
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"v": 1')
    for _time in range(2):
        journal.read_new()
        seconds[0] += 10
    assert [*journal.troubles] == ["hand.jsonl, line 2: cut short, left out"]
    for content in (whole, whole + b'{"v": 1'):  # the same again: it is waited for anew
        path.write_bytes(content)
        assert journal.read_new() == ()
        assert [*journal.troubles] == []


@pytest.mark.parametrize("text", [b"[]", b"7", b'"x"', b"null", b"true"])
def test_a_line_of_json_that_is_no_object_is_unreadable_with_its_end_or_without(
    tmp_path: Path, text: bytes
) -> None:
    (tmp_path / "ended.jsonl").write_bytes(text + b"\n")
    (tmp_path / "open.jsonl").write_bytes(text)
    seconds = [0.0]
    journal = Journal(tmp_path, Watch(), monotonic=lambda: seconds[0])
    assert journal.read_new() == ()
    seconds[0] = 10.0
    assert journal.read_new() == ()
    assert journal.troubles == (
        "ended.jsonl, line 1: unreadable, left out",
        "open.jsonl, line 1: cut short, left out",
    )
