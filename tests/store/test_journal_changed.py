"""A journal changed after it was written: what does not fit is told, and never obeyed in silence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pixsession.domain.board.entries import Entry
from pixsession.store.journal import Journal

from .test_journal import Stopwatch, Watch, the_file


def three_lines(folder: Path) -> tuple[Path, tuple[Entry, ...]]:
    journal = Journal(folder, Watch())
    for text in ("Zoé", "Lucas", "Ana"):
        journal.append("note", {"text": text})
    return the_file(folder), journal.read_new()


def read_patiently(folder: Path) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """All entries and troubles, also of a last line without its end."""
    watch = Stopwatch()
    journal = Journal(folder, Watch(), monotonic=watch)
    found = journal.read_new()
    for _time in range(2):
        watch.wait(11)
        found += journal.read_new()
    return found, journal.troubles


def test_no_flipped_bit_changes_an_action_in_silence(tmp_path: Path) -> None:
    path, entries = three_lines(tmp_path)
    whole = path.read_bytes()
    lost = 0
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8
        path.write_bytes(damaged)
        found, troubles = read_patiently(tmp_path)
        assert all(entry in entries for entry in found), (at, found)
        assert found == entries or troubles, at
        lost += found != entries
    assert lost > len(whole) * 0.9  # the check was reached


def test_a_line_changed_by_hand_is_named_and_the_others_count(tmp_path: Path) -> None:
    path, entries = three_lines(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"Lucas", b"Sacul"))
    assert read_patiently(tmp_path) == (
        (entries[0], entries[2]),
        (f"{path.name}, line 2: changed after it was written, left out",),
    )


@pytest.mark.parametrize("taken_out", [0, 1])
def test_a_line_taken_out_is_told(tmp_path: Path, taken_out: int) -> None:
    path, entries = three_lines(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for at, line in enumerate(lines) if at != taken_out))
    found, troubles = read_patiently(tmp_path)
    assert found == tuple(entry for at, entry in enumerate(entries) if at != taken_out)
    assert troubles == (f"{path.name}, line {taken_out + 1}: a line before it was taken out or changed",)


def test_a_line_added_by_hand_is_left_out(tmp_path: Path) -> None:
    path, entries = three_lines(tmp_path)
    with path.open("ab") as stream:
        stream.write(b'{"v": 1, "n": 4, "at": "2026-03-12T08:00:00", "kind": "note", "facts": {}}\n')
    assert read_patiently(tmp_path) == (
        entries,
        (f"{path.name}, line 4: changed after it was written, left out",),
    )


def test_a_journal_of_the_first_version_is_read_without_a_word(tmp_path: Path) -> None:
    lines = [
        f'{{"v": 1, "n": {number}, "at": "2026-03-12T08:0{number}:00", "kind": "note", "facts": {{}}}}\n'
        for number in (1, 2)
    ]
    (tmp_path / "old.jsonl").write_text("".join(lines), encoding="utf-8")
    found, troubles = read_patiently(tmp_path)
    assert [entry.id for entry in found] == ["old:000001", "old:000002"]
    assert troubles == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
def test_what_is_called_a_journal_and_is_no_file_is_named(tmp_path: Path) -> None:
    path, entries = three_lines(tmp_path)
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "link.jsonl").symlink_to(path)
    if sys.platform == "win32":
        pytest.skip("of other systems")
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert read_patiently(tmp_path) == (
        entries,
        tuple(f"{name}.jsonl is no file: left out" for name in ("folder", "link", "pipe")),
    )
