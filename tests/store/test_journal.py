"""The journal: what was confirmed is there after a kill, and nothing that happens to a file is fatal."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.certification.day import ActionKind
from pixsession.engine.certification.supervision import actions_in, undo_last
from pixsession.engine.common.entry_log import KINDS, EntryLog
from pixsession.foundation.clock import paris_now
from pixsession.store.journal import Journal, JournalError

from .test_full_disk import FULL, not_root, posix, tiny

__all__ = ["tiny"]  # a fixture

WRITER = """
import sys
from pathlib import Path
from pixsession.foundation.clock import paris_now
from pixsession.store.journal import Journal
journal = Journal(Path(sys.argv[1]), paris_now)
for number in range(int(sys.argv[2])):
    print(journal.append("note", {"text": "é" * 500, "number": number}).id, flush=True)
"""


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-03-12T08:00:00")

    def __call__(self) -> datetime:
        return self.now

    def put(self, clock: str) -> None:
        """Set it, as a computer does that has found out the time."""
        self.now = datetime.fromisoformat(f"2026-03-12T{clock}")


class Stopwatch:
    """Seconds that pass by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


def writer(folder: Path, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(count)], stdout=subprocess.PIPE, text=True
    )


def the_file(folder: Path) -> Path:
    (path,) = folder.glob("*.jsonl")
    return path


def test_nothing_is_made_before_the_first_entry_and_it_is_the_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    journal = Journal(folder, Watch())
    assert journal.read_new() == ()
    assert not folder.exists()
    entry = journal.append("note", {"text": "Zoé"})
    assert journal.read_new() == (entry,)
    assert journal.read_new() == ()
    assert json.loads(the_file(folder).read_bytes())["v"] == 2
    assert entry.at == "2026-03-12T08:00:00"
    if sys.platform != "win32":
        assert stat.S_IMODE(the_file(folder).stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_journals_see_each_other_and_answers_come_after(tmp_path: Path) -> None:
    watch = Watch()
    one, other = Journal(tmp_path, watch), Journal(tmp_path, watch)
    first = one.append("a", {})
    assert other.read_new() == (first,)
    second = other.append("b", {})
    assert one.read_new() == (first, second)
    third = one.append("c", {})
    assert other.read_new() == (second, third)
    assert Journal(tmp_path, watch).read_new() == (first, second, third)


def test_entries_keep_their_order_whatever_the_clock_does(tmp_path: Path) -> None:
    clock = Watch()
    journal = Journal(tmp_path, clock)
    for moment in ("10:00:00", "09:00:00", "12:00:00", "09:05:00"):
        clock.put(moment)
        journal.append("a", {})
    again = Journal(tmp_path, clock).read_new()
    assert [entry.id[-1] for entry in again] == ["1", "2", "3", "4"]
    assert [entry.at[11:] for entry in again] == ["10:00:00", "09:00:00", "12:00:00", "09:05:00"]
    assert [entry.order for entry in again] == sorted(entry.order for entry in again)
    assert again == journal.read_new()


def test_what_is_done_comes_after_what_was_read_though_one_clock_is_hours_ahead(tmp_path: Path) -> None:
    ahead, right = Watch(), Watch()
    ahead.put("13:00:00")
    right.put("10:00:00")
    colleague, own = Journal(tmp_path, ahead), Journal(tmp_path, right)
    first = colleague.append("a", {})
    assert own.read_new() == (first,)
    second = own.append("b", {})
    assert second.at == "2026-03-12T10:00:00"
    started_again = Journal(tmp_path, right)
    assert started_again.read_new() == (first, second)
    third = started_again.append("c", {})
    assert Journal(tmp_path, right).read_new() == (first, second, third)


def test_a_journal_of_an_older_version_keeps_the_order_of_its_lines(tmp_path: Path) -> None:
    lines = [
        {"v": 1, "n": number, "at": f"2026-03-12T{clock}:00", "kind": "a", "facts": {}}
        for number, clock in enumerate(("10:00", "09:10", "09:20"), 1)
    ]
    (tmp_path / "old.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    other = {"v": 1, "n": 1, "at": "2026-03-12T09:30:00", "kind": "b", "facts": {}}
    (tmp_path / "other.jsonl").write_text(f"{json.dumps(other)}\n")
    found = [entry.id for entry in Journal(tmp_path, Watch()).read_new()]
    assert found == ["other:000001", "old:000001", "old:000002", "old:000003"]


def test_a_journal_of_right_clocks_says_nothing_more_than_before(tmp_path: Path) -> None:
    journal = Journal(tmp_path, Watch())
    journal.append("a", {})
    journal.append("a", {})
    assert b"after" not in the_file(tmp_path).read_bytes()


def test_two_programs_append_at_once(tmp_path: Path) -> None:
    programs = [writer(tmp_path, 40) for _ in range(2)]
    told = [line.strip() for program in programs for line in program.communicate()[0].splitlines()]
    journal = Journal(tmp_path, paris_now)
    found = [entry.id for entry in journal.read_new()]
    assert sorted(found) == sorted(told)
    assert len(found) == 80
    assert journal.troubles == ()


@pytest.mark.slow
def test_what_was_confirmed_before_a_kill_is_there_once(tmp_path: Path) -> None:
    confirmed: list[str] = []
    for kill in range(5):
        program = writer(tmp_path, 100_000)
        assert program.stdout is not None
        confirmed += [program.stdout.readline().strip() for _ in range(1 + 7 * kill)]
        program.kill()
        rest = program.stdout.read()
        confirmed += [line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
        program.wait()
        program.stdout.close()
    found = [entry.id for entry in Journal(tmp_path, paris_now).read_new()]
    assert len(found) == len(set(found))
    assert set(confirmed) <= set(found)
    assert len(found) <= len(confirmed) + 5


def test_a_write_that_fails_half_way_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path, Watch())
    first = journal.append("note", {"number": 1})
    real = os.write

    def half(descriptor: int, content: bytes) -> int:
        if len(content) > 30:
            return real(descriptor, content[:20])
        raise FULL

    for truncate in (os.ftruncate, lambda *_: (_ for _ in ()).throw(FULL)):
        with monkeypatch.context() as patched:
            calls = iter((half, lambda *_: (_ for _ in ()).throw(FULL)))
            patched.setattr(os, "write", lambda d, c, calls=calls: next(calls)(d, c))
            patched.setattr(os, "ftruncate", truncate)
            with pytest.raises(JournalError, match="is the disk full"):
                journal.append("note", {"number": "refused"})
        journal.append("note", {"number": 2})
    found = Journal(tmp_path, Watch()).read_new()
    assert [entry.facts["number"] for entry in found] == [1, 2, 2]
    assert found[0] == first
    assert len(list(tmp_path.glob("*.jsonl"))) == 2  # the torn file was left alone


def test_a_disk_that_is_really_full_refuses_in_words(tiny: Path) -> None:
    journal = Journal(tiny / "journal", Watch())
    kept = [journal.append("note", {"number": 0})]
    with (tiny / "ballast").open("wb", buffering=0) as stream:
        while shutil.disk_usage(tiny).free:
            stream.write(bytes(min(65536, shutil.disk_usage(tiny).free)))
    with pytest.raises(JournalError):
        for number in range(1, 200):
            kept.append(journal.append("note", {"number": number, "text": "x" * 500}))
    assert Journal(tiny / "journal", Watch()).read_new() == tuple(kept)
    (tiny / "ballast").unlink()
    kept.append(journal.append("note", {"number": "after"}))
    again = Journal(tiny / "journal", Watch())
    assert again.read_new() == tuple(kept)
    assert again.troubles == ()


@posix
@not_root
def test_a_folder_that_may_only_be_read_refuses_in_words(tmp_path: Path) -> None:
    entry = Journal(tmp_path, Watch()).append("note", {})
    tmp_path.chmod(0o500)
    try:
        journal = Journal(tmp_path, Watch())
        with pytest.raises(JournalError):
            journal.append("note", {})
        assert journal.read_new() == (entry,)
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_cannot_be_made_refuses_in_words(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file where the folder should be")
    with pytest.raises(JournalError):
        Journal(tmp_path / "journal", Watch()).append("note", {})
    assert Journal(tmp_path / "journal", Watch()).read_new() == ()


def test_a_torn_line_is_waited_for_then_left_out(tmp_path: Path) -> None:
    clock, watch = Watch(), Stopwatch()
    journal = Journal(tmp_path, clock)
    first, _second = journal.append("note", {"text": "x"}), journal.append("note", {"text": "x"})
    path = the_file(tmp_path)
    line, torn = path.read_bytes().splitlines(keepends=True)
    reader = Journal(tmp_path, clock, monotonic=watch)
    path.write_bytes(line + torn[:25])
    assert reader.read_new() == (first,)
    watch.wait(5)
    clock.put("07:00:00")  # set back meanwhile: it measures nothing
    assert reader.read_new() == ()
    assert not reader.troubles
    watch.wait(6)
    assert reader.read_new() == ()
    assert list(reader.troubles) == [f"{path.name}, line 2: cut short, left out"]
    path.write_bytes(line + torn)
    assert [entry.id for entry in reader.read_new()] == [f"{path.stem}:000002"]
    assert reader.troubles == ()


def test_a_last_line_without_its_end_that_is_whole_counts_after_a_while(tmp_path: Path) -> None:
    watch = Stopwatch()
    line = b'{"v": 1, "n": 1, "at": "2026-03-12T08:00:00", "kind": "note", "facts": {}}'
    (tmp_path / "hand.jsonl").write_bytes(line)
    reader = Journal(tmp_path, Watch(), monotonic=watch)
    assert reader.read_new() == ()
    watch.wait(11)
    assert [entry.id for entry in reader.read_new()] == ["hand:000001"]
    assert reader.read_new() == ()


def test_foreign_and_hand_edited_lines_are_read_as_far_as_they_make_sense(tmp_path: Path) -> None:
    lines = (
        '{"v": 3, "n": 1, "at": "2026-03-12T07:00:00+00:00", "kind": "note", "facts": {"a": [1]}, "b": 1}',
        '{"v": 1, "n": 2, "at": "yesterday", "kind": "note", "facts": {}}',
        '{"v": 1, "n": 3, "at": "2026-03-12T08:30:00", "kind": "dance", "facts": {}}',
        '{"v": 1, "n": 4, "at": "2026-03-12T08:31:00", "kind": "note", "facts": ["no"]}',
        "",
        "Zoé est là",
        "[" * 100_000,
        '{"v": 1, "n": 5, "at": "9999-12-31T23:59:59.999999", "kind": "note", "facts": {}}',
        '{"v": 1, "at": "2026-03-12T08:32:00", "kind": "note"}',
    )
    path = tmp_path / "hand.jsonl"
    path.write_bytes("\n".join((*lines, "")).encode("latin-1"))
    journal = Journal(tmp_path, Watch(), kinds={"note"})
    assert [(entry.id, entry.at) for entry in journal.read_new()] == [
        ("hand:000001", "2026-03-12T08:00:00"),
        ("hand:000002", "2026-03-12T08:00:00"),
        ("hand:000003", "2026-03-12T08:30:00"),
        ("hand:000005", "2026-03-12T08:30:00"),
        ("hand:000009", "2026-03-12T08:32:00"),
    ]
    assert journal.troubles == (
        "hand.jsonl, line 1: written by another version of the program",
        "hand.jsonl, line 2: the time is unreadable",
        "hand.jsonl, line 3: an action that this version does not know",
        "hand.jsonl, line 4: says nothing known, left out",
        "hand.jsonl, line 6: unreadable, left out",
        "hand.jsonl, line 7: unreadable, left out",
        "hand.jsonl, line 8: the time is unreadable",
    )
    assert journal.append("note", {}).id


def test_a_file_that_another_hand_changed_is_read_again_and_not_written_any_more(tmp_path: Path) -> None:
    watch = Watch()
    journal = Journal(tmp_path, watch)
    entries = [journal.append("note", {"number": number}) for number in range(3)]
    assert journal.read_new() == tuple(entries)
    path = the_file(tmp_path)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    after = journal.append("note", {"number": "after"})
    assert journal.read_new() == (after,)
    assert after.origin != path.name
    path.unlink()
    assert journal.read_new() == ()
    assert Journal(tmp_path, watch).read_new() == (after,)


def line(kind: str, number: int = 1, facts: str = "{}") -> bytes:
    text = f'{{"v": 1, "n": {number}, "at": "2026-03-12T08:00:00", "kind": "{kind}", "facts": {facts}}}\n'
    return text.encode()


# As they stand in journals that schools keep: none of these words may ever change.
KEPT_KINDS = (
    *("act.present", "act.absent", "act.late", "act.redirect", "act.authorise", "act.start", "act.finish"),
    *("act.stop", "act.resume", "act.pause", "act.unpause", "act.incident", "act.note", "act.tick"),
    *("act.untick", "act.observe", "act.undo"),
    *("act.call", "act.extra_time", "act.room", "act.handled", "act.delegate", "act.undelegate"),
    *("match.same", "match.different", "match.undo", "file.take_back", "file.count"),
)


def test_every_kind_of_entry_that_was_ever_written_is_known(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.mkdir()
    (folder / "old.jsonl").write_bytes(b"".join(line(kind, n) for n, kind in enumerate(KEPT_KINDS)))
    log = EntryLog(tmp_path, Watch())
    assert sorted(entry.kind for entry in log.entries) == sorted(KEPT_KINDS)
    assert log.troubles == ()
    assert sorted(KEPT_KINDS) == sorted(KINDS)


def test_a_kind_of_another_version_is_told_kept_and_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    folder.mkdir()
    facts = '{"who": [{"keys": [], "last_name": "PETIT", "first_name": "Ana", "place": "3eB"}]}'
    written = line("act.present", 1, facts) + line("act.dance", 2, facts)
    (folder / "newer.jsonl").write_bytes(written)
    log = EntryLog(tmp_path, Watch())
    assert log.troubles == ("newer.jsonl, line 2: an action that this version does not know",)
    assert [action.kind for action in actions_in(log)] == [ActionKind.PRESENT]
    undo_last(log, Watch()())
    assert actions_in(log)[-1].undoes == "newer:000001"
    assert (folder / "newer.jsonl").read_bytes() == written
