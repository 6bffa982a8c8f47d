"""The Settler by a clock of ours: when a file is ready, what holds it back; nothing is said twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.readers.file_names import UNFINISHED
from pixsession.watching.names import TEMPORARY_SUFFIXES, Stamp, becomes, counts, is_temporary
from pixsession.watching.settle import (
    CLOSED_SECONDS,
    EMPTY_SECONDS,
    GROWING_SECONDS,
    GROWS_FOR,
    HELD_SECONDS,
    QUIET_SECONDS,
    Settler,
)
from tests.factories.reached import reached

WALL = 1_800_000_000.0


@dataclass
class Folder:
    """Files of a pretended folder under a pretended clock; every file is new unless told otherwise."""

    settler: Settler = field(default_factory=Settler)
    files: dict[str, Stamp] = field(default_factory=dict)
    now: float = 1000.0
    writing: set[str] = field(default_factory=set)

    def write(self, name: str, size: int = 100, *, inode: int = 1, age: float = 0.0) -> None:
        mtime = WALL + self.now - 1000 - age
        self.files[name] = Stamp(1, inode, size, round(mtime * 1e9))

    def look(
        self, after: float = 0.0, closed: tuple[str, ...] = (), renamed: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        self.now += after
        return self.settler.update(
            self.files,
            self.now,
            wall=WALL + self.now - 1000,
            closed=closed,
            renamed=renamed,
            being_written=self.writing.__contains__,
        )


@pytest.fixture
def folder() -> Folder:
    """A folder that was looked at once, empty."""
    folder = Folder()
    assert folder.look() == ()
    return folder


def test_a_new_file_is_ready_when_it_was_still_for_the_quiet_time(folder: Folder) -> None:
    folder.write("x.csv")
    assert folder.look() == ()
    assert folder.settler.due == folder.now + QUIET_SECONDS
    assert folder.look(QUIET_SECONDS - 0.01) == ()
    assert folder.look(0.02) == ("x.csv",)
    assert folder.settler.due == inf


def test_a_file_that_comes_in_closed_pieces_is_read_twice_at_most(folder: Folder) -> None:
    """Its first piece may be all there is; what shows that it was none has the rest waited for."""
    handed = []
    for piece in range(1, 60):
        folder.write("x.csv", 100 * piece)
        handed += [*folder.look(0.3, closed=("x.csv",)), *folder.look(0.3)]
    assert handed == ["x.csv"]
    assert folder.settler.due == folder.now - 0.3 + GROWING_SECONDS[0]
    assert folder.look(GROWING_SECONDS[0]) == ("x.csv",)


def test_what_goes_on_growing_is_waited_for_longer_each_time(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    folder.look(QUIET_SECONDS)
    for size, seconds in enumerate((*GROWING_SECONDS, GROWING_SECONDS[-1]), start=2):
        folder.write("x.csv", 100 * size)
        folder.look(0.1)
        assert folder.look(seconds - 0.01) == ()
        assert folder.look(0.02) == ("x.csv",)


@pytest.mark.parametrize(("size", "inode", "after"), [(200, 2, 1.0), (50, 1, 1.0), (200, 1, GROWS_FOR + 1)])
def test_another_file_under_the_name_and_a_later_addition_are_read_at_once(
    folder: Folder, size: int, inode: int, after: float
) -> None:
    folder.write("x.csv")
    folder.look()
    folder.look(QUIET_SECONDS)
    folder.look(after)
    folder.write("x.csv", size, inode=inode)
    folder.look()
    assert folder.look(QUIET_SECONDS) == ("x.csv",)


def test_each_change_starts_the_quiet_time_again(folder: Folder) -> None:
    for size in range(100, 110):
        folder.write("x.csv", size)
        assert folder.look(QUIET_SECONDS - 0.01) == ()
    assert folder.look(QUIET_SECONDS) == ("x.csv",)


def test_a_close_shortens_the_quiet_time(folder: Folder) -> None:
    folder.write("x.csv")
    assert folder.look(closed=("x.csv",)) == ()
    assert folder.settler.due == pytest.approx(folder.now + CLOSED_SECONDS)
    assert folder.look(CLOSED_SECONDS) == ("x.csv",)


def test_a_close_counts_for_the_bytes_it_closed_only(folder: Folder) -> None:
    folder.write("x.csv", 100)
    assert folder.look(closed=("x.csv",)) == ()
    folder.write("x.csv", 200)  # the writer came back
    assert folder.look(0.05) == ()
    assert folder.look(CLOSED_SECONDS) == ()
    assert folder.look(QUIET_SECONDS) == ("x.csv",)


def test_a_file_renamed_into_place_is_ready_at_once(folder: Folder) -> None:
    folder.write("x.csv")
    assert folder.look(renamed=("x.csv",)) == ("x.csv",)
    folder.write("x.csv", 50)  # written again in place: no rename tells when that is over
    assert folder.look() == ()
    assert folder.look(QUIET_SECONDS) == ("x.csv",)


def test_a_rename_hurries_neither_an_empty_file_nor_one_that_is_written_to(folder: Folder) -> None:
    folder.write("empty.csv", 0)
    folder.write("x.csv")
    folder.writing.add("x.csv")
    assert folder.look(renamed=("x.csv", "empty.csv")) == ()
    folder.writing.clear()
    assert folder.look(QUIET_SECONDS) == ("x.csv",)


def test_the_same_stamp_is_never_handed_out_twice_and_a_new_one_is(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    assert folder.look(1) == ("x.csv",)
    assert [folder.look(60) for _ in range(3)] == [(), (), ()]
    folder.write("x.csv")  # the same size, a later time
    assert folder.look() == ()
    assert folder.look(1) == ("x.csv",)


def test_a_replaced_file_of_the_same_size_and_time_is_new(folder: Folder) -> None:
    folder.write("x.csv", inode=1)
    folder.look()
    folder.look(1)
    folder.files["x.csv"] = Stamp(1, 2, 100, folder.files["x.csv"].mtime_ns)
    folder.look()
    assert folder.look(1) == ("x.csv",)


def test_files_that_vanish_in_a_stall_and_come_back_unchanged_are_not_new(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    assert folder.look(1) == ("x.csv",)
    before = dict(folder.files)
    folder.files.clear()
    assert folder.look(2) == ()
    folder.files.update(before)
    assert folder.look(2) == ()
    assert folder.look(2) == ()


def test_a_file_that_vanished_before_it_was_ready_starts_anew(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    stamp = folder.files.pop("x.csv")
    assert folder.look(0.3) == ()
    assert folder.settler.due == inf
    folder.files["x.csv"] = stamp
    assert folder.look(0.3) == ()
    assert folder.look(QUIET_SECONDS) == ("x.csv",)


def test_at_the_first_look_old_files_are_ready_at_once_oldest_first() -> None:
    folder = Folder()
    folder.write("b.csv", age=10)
    folder.write("a.csv", age=5)
    folder.write("landing.csv", age=0.2)
    folder.write("clock ahead.csv", age=-3600)
    assert folder.look() == ("b.csv", "a.csv")
    assert folder.look(0.31) == ("landing.csv",)
    assert folder.look(0.2) == ("clock ahead.csv",)


def test_old_files_that_appear_later_wait_like_any_other(folder: Folder) -> None:
    folder.write("moved in.csv", age=86400)
    assert folder.look() == ()
    assert folder.look(QUIET_SECONDS) == ("moved in.csv",)


def test_an_empty_file_is_handed_out_late_so_that_the_board_can_name_it(folder: Folder) -> None:
    folder.write("x.csv", 0)
    assert folder.look(closed=("x.csv",)) == ()
    assert folder.look(EMPTY_SECONDS - 0.1) == ()
    assert folder.look(0.2) == ("x.csv",)


def test_the_empty_file_of_firefox_waits_for_its_download(folder: Folder) -> None:
    folder.write("x.csv", 0)
    folder.look()
    for size in range(1, 30):  # 29 s, under a name that says nothing of x.csv
        folder.write("kQ3xZ.csv.part", size)
        assert folder.look(1) == ()
    folder.files["x.csv"] = folder.files.pop("kQ3xZ.csv.part")
    assert folder.look(closed=("x.csv",)) == ()
    assert folder.look(CLOSED_SECONDS) == ("x.csv",)


def test_a_sibling_download_holds_a_file_while_it_moves_and_no_longer(folder: Folder) -> None:
    folder.write("x.csv")
    folder.write("other.csv")
    folder.write("x.csv.crdownload", 10)
    folder.look()
    assert folder.look(1) == ("other.csv",)
    folder.write("x.csv.crdownload", 20)
    assert folder.look(20) == ()
    assert folder.look(HELD_SECONDS - 1) == ()
    assert folder.look(1) == ("x.csv",)  # the download was given up


def test_an_abandoned_download_found_at_the_start_holds_nothing() -> None:
    folder = Folder()
    folder.write("x.csv", age=3600)
    folder.write("x.csv.part", age=3000)
    assert folder.look() == ("x.csv",)


def test_a_temporary_file_is_never_ready(folder: Folder) -> None:
    folder.write("x.csv.part")
    assert folder.look() == ()
    assert folder.look(1000) == ()
    assert folder.settler.due == inf


def test_an_open_writer_holds_a_still_file_and_not_for_ever(folder: Folder) -> None:
    folder.write("x.csv")
    folder.writing.add("x.csv")
    folder.look()
    for _ in range(29):
        assert folder.look(1) == ()
        assert folder.settler.due <= folder.now + QUIET_SECONDS  # it is looked at again soon
    assert folder.look(1) == ("x.csv",)  # a spreadsheet shows it


def test_a_writer_that_lets_go_frees_the_file_at_the_next_look(folder: Folder) -> None:
    folder.write("x.csv")
    folder.writing.add("x.csv")
    folder.look()
    assert folder.look(3) == ()
    folder.writing.clear()
    assert folder.look(0.01, closed=("x.csv",)) == ("x.csv",)


def test_a_file_long_open_in_a_spreadsheet_is_ready_at_the_start() -> None:
    folder = Folder()
    folder.write("x.csv", age=HELD_SECONDS + 1)
    folder.writing.add("x.csv")
    assert folder.look() == ("x.csv",)


def test_nobody_asks_about_writers_of_files_that_are_not_to_be_handed_out(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    assert folder.look(1) == ("x.csv",)

    def asked(name: str) -> bool:
        raise AssertionError(name)

    assert folder.settler.update(folder.files, folder.now + 5, wall=WALL, being_written=asked) == ()


def test_retries_come_after_1_2_4_up_to_30_seconds(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    assert folder.look(1) == ("x.csv",)
    for pause in (1, 2, 4, 8, 16, 30, 30, 30):
        folder.settler.retry("x.csv", folder.now)
        assert folder.settler.due == folder.now + pause
        assert folder.look(pause - 0.1) == ()
        assert folder.look(0.1) == ("x.csv",)
    assert folder.look(100) == ()  # nobody asked for another


def test_a_change_cuts_the_pause_short_and_starts_it_over(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    folder.look(1)
    for _ in range(5):
        folder.settler.retry("x.csv", folder.now)
        folder.look(30)
    folder.settler.retry("x.csv", folder.now)
    folder.write("x.csv", 200)
    folder.look()
    assert folder.look(QUIET_SECONDS) == ("x.csv",)
    folder.settler.retry("x.csv", folder.now)
    assert folder.settler.due == folder.now + 1


def test_a_retry_of_a_file_that_went_keeps_nobody_awake(folder: Folder) -> None:
    folder.write("x.csv")
    folder.look()
    folder.look(1)
    folder.settler.retry("x.csv", folder.now)
    stamp = folder.files.pop("x.csv")
    assert folder.look(5) == ()
    assert folder.settler.due == inf
    folder.files["x.csv"] = stamp
    assert folder.look() == ("x.csv",)
    folder.settler.retry("never seen.csv", folder.now)
    assert folder.settler.due == inf


@pytest.mark.parametrize(
    ("name", "temporary", "counted"),
    [
        ("x.csv", False, True),
        ("X.CSV", False, True),
        ("x.csv.crdownload", True, False),
        ("x.csv.PART", True, False),
        ("x.tmp", True, False),
        ("x.csv.partial", True, False),
        ("x.csv.download", True, False),
        (".x.csv", False, False),
        (".x.csv.tmp", True, False),
        ("~$x.csv", False, False),
        ("Desktop.ini", False, False),
        ("Thumbs.db", False, False),
        ("part", False, True),
        ("\udce9.csv", False, True),
    ],
)
def test_names_that_count(name: str, temporary: bool, counted: bool) -> None:
    assert (is_temporary(name), counts(name)) == (temporary, counted)


@pytest.mark.parametrize("name", ["x.csv.crdownload", "x.csv.part", "X.csv.tmp", ".x.csv.k3.tmp", "x.tmp"])
def test_temporary_names_that_become_a_file(name: str) -> None:
    assert becomes(name, "x.csv")


@pytest.mark.parametrize("name", ["x (1).csv.crdownload", "x-2.csv.part", "xx.tmp", "kQ3.csv.part"])
def test_temporary_names_of_other_files(name: str) -> None:
    assert not becomes(name, "x.csv")


# Days of a folder: pauses, and at each moment what is done to each of three files.
_DEEDS = st.sampled_from(["nothing", "nothing", "write", "write and close", "empty", "remove"])
_STEPS = st.lists(
    st.tuples(st.integers(1, 900), st.tuples(_DEEDS, _DEEDS, _DEEDS), st.booleans()), min_size=1, max_size=40
)
_NAMES = ("a.csv", "b.csv", "b.csv.part")


@given(_STEPS)
def test_never_ready_while_it_changed_within_the_quiet_time_and_always_in_the_end(
    steps: list[tuple[int, tuple[str, str, str], bool]],
) -> None:
    folder = Folder()
    folder.look()
    changed: dict[str, float] = {}
    closed_since: dict[str, bool] = {}
    handed: list[tuple[str, Stamp]] = []

    def check(ready: tuple[str, ...]) -> None:
        for name in ready:
            still = folder.now - changed[name]
            reached()
            assert still >= (CLOSED_SECONDS if closed_since[name] else QUIET_SECONDS) - 1e-6
            assert not is_temporary(name)
            handed.append((name, folder.files[name]))
        reached()
        assert len(set(handed)) == len(handed)

    for inode, (milliseconds, deeds, look_before_due) in enumerate(steps):
        if look_before_due and folder.now < folder.settler.due - 0.002:
            quiet_moment = min(folder.settler.due - folder.now - 0.001, 50.0)
            reached()
            assert folder.look(quiet_moment) == ()  # due is never too late
        closed = []
        folder.now += milliseconds / 1000
        for name, deed in zip(_NAMES, deeds, strict=True):
            if deed in {"write", "write and close", "empty"}:
                folder.write(name, 0 if deed == "empty" else 100, inode=inode)
                changed[name], closed_since[name] = folder.now, deed == "write and close"
                closed += [name] if closed_since[name] else []
            elif deed == "remove":
                folder.files.pop(name, None)
        check(folder.look(closed=tuple(closed)))
    for _ in range(20):
        if folder.settler.due == inf:
            break
        check(folder.look(folder.settler.due - folder.now + 1e-6))
    reached()
    assert folder.settler.due == inf
    assert {name for name in folder.files if counts(name)} <= {name for name, _ in handed}
    assert all((name, stamp) in handed for name, stamp in folder.files.items() if counts(name))


@pytest.mark.parametrize(
    "name", ["x.csv.opdownload", "x.csv~", "~$liste.xlsx", "x.csv.bak", "X.CSV.BAK", "x.csv.download"]
)
def test_names_that_are_never_opened(name: str) -> None:
    assert not counts(name)


def test_the_readers_know_the_same_unfinished_downloads() -> None:
    assert TEMPORARY_SUFFIXES == UNFINISHED


@pytest.mark.parametrize(
    ("noticed", "clock_moved", "credit"),
    [(0.03, 0.0, 0.02), (0.2, 0.0, 0.05), (0.03, 3600.0, 0.03), (0.03, -3600.0, 0.0)],
    ids=["soon", "late", "clock put forward", "clock put back"],
)
def test_a_file_is_still_since_it_was_written_not_since_that_was_noticed(
    noticed: float, clock_moved: float, credit: float
) -> None:
    settler, first = Settler(), {"x.csv": Stamp(1, 1, 50, 0, round(WALL * 1e9))}
    settler.update(first, 999.0, wall=WALL - 1, is_our_clock=True)
    settler.update(first, 1000.0, wall=WALL, is_our_clock=True)
    written = {"x.csv": Stamp(1, 2, 60, 0, round(WALL * 1e9))}  # another file: it has not grown
    at = 1000.0 + noticed
    wall = WALL + noticed + clock_moved
    assert settler.update(written, at, wall=wall, closed=("x.csv",), is_our_clock=True) == ()
    assert settler.due == pytest.approx(at + CLOSED_SECONDS - credit)
