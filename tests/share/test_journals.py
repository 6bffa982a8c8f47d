"""Journals between a dossier and the share: sound lines come, every own line goes, and nothing is lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from errno import EACCES
from pathlib import Path

import pytest

from pixsession.store.share.journals import JournalExchange
from tests.factories.dossiers import sealed_lines, strangers

from .simulated import Replica

_POST = "aaaaaaaa"
_OWN = f"20260312T080000-77-{_POST}00000000.jsonl"
_THEIRS = "20260312T080000-77-bbbbbbbb00000000.jsonl"


ONE, TWO, THREE = sealed_lines("one", "two", "three")
OTHER, MORE = sealed_lines("another", "more")


class Recorded(Replica):
    """A share that notes what is asked of it, and refuses some of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.refused: set[str] = set()

    def _note(self, what: str, name: str) -> None:
        self.asked.append((what, name))
        if name in self.refused:
            raise OSError(EACCES, os.strerror(EACCES))

    def read(self, name: str) -> bytes:
        self._note("read", name)
        return super().read(name)

    def write(self, name: str, content: bytes) -> None:
        self._note("write", name)
        super().write(name, content)

    def append(self, name: str, length: int, more: bytes) -> None:
        self._note("append", name)
        super().append(name, length, more)


class Desk:
    """The exchange of a post, with a watch that the test sets."""

    def __init__(self, home: Path) -> None:
        self.seconds, self.share = 100.0, Recorded()
        self.folder = home / "dossier" / "journal"
        self.exchange = self.again()

    def again(self) -> JournalExchange:
        """That of a program that is started now."""
        return JournalExchange(self.folder.parent, _POST, lambda: self.seconds)

    def has(self, name: str, *lines: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(b"".join(lines))

    def held(self, name: str = _THEIRS) -> bytes:
        return (self.folder / name).read_bytes()

    def pull(self, at: float | None = None) -> bool:
        self.seconds = self.seconds if at is None else 100.0 + at
        return self.exchange.pull(self.share.contents(), self.share)

    def push(self, at: float | None = None) -> list[str]:
        """Bring what there is; what the share was asked for."""
        self.seconds = self.seconds if at is None else 100.0 + at
        self.share.asked.clear()
        self.exchange.push(self.share.contents(), self.share)
        return [what for what, _name in self.share.asked]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_another_post_writes_comes_line_by_line_and_is_read_again_only_once_it_changes(
    desk: Desk,
) -> None:
    for lines in ((ONE,), (ONE, TWO, THREE)):
        desk.share.put(_THEIRS, b"".join(lines))
        assert desk.pull()
        assert desk.held() == b"".join(lines)
        desk.share.asked.clear()
        assert not desk.pull()
        assert desk.share.asked == []
    assert desk.exchange.troubles == ()
    if sys.platform != "win32":
        assert strangers(desk.folder) == []


def test_what_was_here_already_is_no_news(desk: Desk) -> None:
    desk.has(_THEIRS, ONE, TWO)
    for content in (ONE + TWO, ONE, ONE + TWO[:9], b""):
        desk.share.put(_THEIRS, content)
        assert not desk.pull()
        desk.share.asked.clear()
        desk.pull()
        assert desk.share.asked == [], "an older copy is nothing that one waits for"
    assert desk.held() == ONE + TWO
    desk.seconds += 11
    assert desk.exchange.troubles == ()


@pytest.mark.parametrize(
    ("held", "content", "taken", "words"),
    [
        (b"", ONE + TWO[:9], ONE, f"{_THEIRS}, line 2: what follows was not written by the program"),
        (ONE, ONE + TWO + b"?\n" + THREE, ONE + TWO, f"{_THEIRS}, line 3: what follows"),
        (ONE, OTHER + MORE, ONE, f"{_THEIRS}: not what it was, left out from where it differs"),
        (ONE + TWO, ONE + MORE, ONE + TWO, f"{_THEIRS}, line 2: what follows"),
    ],
)
def test_what_does_not_fit_is_left_out_and_told_ten_seconds_later(
    desk: Desk, held: bytes, content: bytes, taken: bytes, words: str
) -> None:
    if held:
        desk.has(_THEIRS, held)
    desk.share.put(_THEIRS, content)
    assert desk.pull(at=0) == (taken != held)
    for at, told in ((9.9, False), (10.0, True)):
        assert not desk.pull(at)
        assert [one.startswith(words) for one in desk.exchange.troubles] == [True] * told
    desk.share.asked.clear()
    assert not desk.pull(at=20)
    assert desk.share.asked == [], "it is read again once it changes"
    assert len(desk.exchange.troubles) == 1
    assert desk.held() == taken


def test_what_a_synchroniser_brings_under_the_same_size_and_time_is_read_while_one_waits(desk: Desk) -> None:
    desk.share.put(_THEIRS, ONE + bytes(len(TWO)))
    assert desk.pull(at=0)
    desk.share.files[_THEIRS] = ONE + TWO
    assert desk.pull(at=9)
    assert desk.held() == ONE + TWO
    desk.seconds += 30
    assert desk.exchange.troubles == ()


def test_a_file_that_changes_is_waited_for_anew_and_no_trouble_once_it_is_whole(desk: Desk) -> None:
    for at, content in ((0.0, ONE[:5]), (8.0, ONE[:9])):
        desk.share.put(_THEIRS, content)
        desk.pull(at)
    told = []
    for at in (17.9, 18.0):
        desk.pull(at)
        told.append(len(desk.exchange.troubles))
    assert told == [0, 1]
    desk.share.put(_THEIRS, ONE)
    assert desk.pull()
    assert desk.exchange.troubles == ()


def test_what_is_wrong_with_a_copy_is_told_until_somebody_deletes_it(desk: Desk) -> None:
    copy = _THEIRS.replace(".jsonl", " (1).jsonl")
    desk.share.put(copy, ONE + b"damaged\n")
    desk.pull(at=0)
    desk.pull(at=10)
    assert [words.startswith(copy) for words in desk.exchange.troubles] == [True]
    del desk.share.files[copy]
    desk.pull()
    assert desk.exchange.troubles == ()
    assert desk.held() == ONE


def test_every_copy_of_a_file_is_read_and_the_troubles_are_in_order(desk: Desk) -> None:
    copy = _THEIRS.replace(".jsonl", "-PC1.jsonl")
    desk.share.put(copy, ONE + TWO)
    desk.share.put(_THEIRS, ONE)
    assert desk.pull()
    assert desk.held() == ONE + TWO
    held = _THEIRS.replace("-77-", "-99-")
    for name in (_THEIRS, copy, held):
        desk.share.put(name, b"damaged\n")
    desk.share.refused = {held}
    desk.pull(at=0)
    desk.pull(at=10)
    told = [words.split(",")[0].split(":")[0].split(" ")[0] for words in desk.exchange.troubles]
    assert told == [copy, _THEIRS, held]
    assert desk.held() == ONE + TWO, "what came is never lost again"


def test_a_file_that_is_held_is_told_and_the_others_come(desk: Desk) -> None:
    other = _THEIRS.replace("-77-", "-99-")
    for name in (_THEIRS, other):
        desk.share.put(name, ONE)
    desk.share.refused = {_THEIRS}
    assert desk.pull(at=0)
    assert desk.held(other) == ONE
    assert not desk.pull(at=10)
    (words,) = desk.exchange.troubles
    assert words.startswith(f"{_THEIRS} cannot be read")
    desk.share.refused = set()
    assert desk.pull()
    assert desk.exchange.troubles == ()


def test_an_own_file_comes_only_where_it_is_not_here_or_in_a_conflict_copy(desk: Desk) -> None:
    desk.has(_OWN, ONE)
    desk.share.put(_OWN, ONE + TWO)
    assert not desk.pull()
    assert desk.share.asked == []
    desk.share.put(_OWN.replace(".jsonl", " (1).jsonl"), ONE + TWO)
    assert desk.pull()
    assert desk.held(_OWN) == ONE + TWO
    (desk.folder / _OWN).unlink()
    desk.has(_OWN)
    assert not desk.pull(), "an empty file is there"
    (desk.folder / _OWN).unlink()
    assert desk.pull()
    assert desk.held(_OWN) == ONE + TWO


def test_own_lines_are_written_then_appended_and_asked_for_no_more(desk: Desk) -> None:
    desk.has(_OWN, ONE)
    assert desk.push() == ["write"]
    assert desk.push() == []
    desk.has(_OWN, ONE, TWO, THREE)
    assert desk.push() == ["append"]
    assert desk.push() == []
    assert desk.share.files[_OWN] == ONE + TWO + THREE


def test_how_many_entries_wait_is_counted_over_all_files_of_this_post(desk: Desk) -> None:
    assert desk.exchange.waiting == 0
    desk.has(_OWN, ONE, TWO, THREE[:9])
    desk.has(_OWN.replace("-77-", "-78-"), OTHER)
    for name in (_THEIRS, "20260312T080000-77-aaaaaaaa.jsonl", _OWN.replace(".jsonl", " (1).jsonl"), "x.txt"):
        desk.has(name, ONE)
    assert desk.exchange.waiting == 3
    desk.push()
    assert sorted(set(desk.share.files) - {"session.json"}) == [_OWN, _OWN.replace("-77-", "-78-")]
    assert desk.exchange.waiting == 0
    desk.has(_OWN, ONE, TWO, THREE)
    desk.share.left = 1
    with pytest.raises(OSError, match="away"):
        desk.push()
    assert desk.exchange.waiting == 1, "of a file that has to be compared again"
    desk.share.left = None
    desk.push()
    assert desk.exchange.waiting == 0


def test_a_line_that_is_half_written_stays_here_until_it_is_whole(desk: Desk) -> None:
    for lines, asked in (((ONE[:9],), []), ((ONE, TWO[:9]), ["write"]), ((ONE, TWO), ["append"])):
        desk.has(_OWN, *lines)
        assert desk.push() == asked
        assert desk.push() == []
        assert desk.exchange.waiting == 0
    assert desk.share.files[_OWN] == ONE + TWO


@pytest.mark.parametrize(
    ("there", "asked", "here"),
    [
        (ONE + TWO, ["read"], ONE + TWO),
        (ONE, ["read", "append"], ONE + TWO),
        (ONE + TWO[:9], ["read", "append"], ONE + TWO),  # cut on the way
        (b"", ["read", "write"], ONE + TWO),
        (b"damaged\n", ["read", "write"], ONE + TWO),
        (ONE + b"damaged\n", ["read", "write"], ONE + TWO),
        (OTHER + MORE + ONE + TWO + THREE, ["read", "write"], ONE + TWO),
        (ONE + TWO + b"damaged\n", ["read", "write"], ONE + TWO),
        (ONE + TWO + THREE, ["read"], ONE + TWO + THREE),  # this computer was set back to an older day
        (ONE + TWO + THREE + b"damaged\n", ["read"], ONE + TWO + THREE),
    ],
)
def test_after_a_start_what_the_share_holds_is_compared(
    desk: Desk, there: bytes, asked: list[str], here: bytes
) -> None:
    desk.has(_OWN, ONE, TWO)
    desk.share.put(_OWN, there)
    assert desk.push() == asked
    assert desk.held(_OWN) == here
    assert desk.share.files[_OWN].startswith(here)
    assert desk.push() == []
    assert desk.exchange.waiting == 0


@pytest.mark.parametrize("here", [b"", ONE[:9], ONE + TWO[:9], ONE + b"cut short"])
def test_what_a_disk_has_lost_of_an_own_file_comes_back_from_the_share(desk: Desk, here: bytes) -> None:
    desk.has(_OWN, here)
    desk.share.put(_OWN, ONE + TWO + THREE)
    desk.push()
    assert desk.held(_OWN) == ONE + TWO + THREE
    assert desk.push() == []
    assert desk.share.files[_OWN] == ONE + TWO + THREE


def test_what_is_done_while_the_share_is_read_stays_here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = desk.share.read

    def slowly(name: str) -> bytes:
        desk.has(_OWN, ONE, OTHER)
        return read(name)

    monkeypatch.setattr(desk.share, "read", slowly)
    desk.has(_OWN, ONE)
    desk.share.put(_OWN, ONE + TWO)
    desk.push()
    assert OTHER in desk.held(_OWN)
    assert TWO in desk.held(_OWN)


def spoilt(desk: Desk) -> None:
    desk.share.put(_OWN, b"")


def deleted(desk: Desk) -> None:
    del desk.share.files[_OWN]


def cut(desk: Desk) -> None:
    desk.share.put(_OWN, ONE[:9])


@pytest.mark.parametrize("loss", [spoilt, deleted, cut])
def test_what_is_lost_on_the_share_is_brought_again_ten_seconds_later(
    desk: Desk, loss: Callable[[Desk], None]
) -> None:
    desk.has(_OWN, ONE)
    desk.push(at=0)
    loss(desk)
    assert desk.push(at=1) == []
    assert desk.push(at=10.9) == [], "a listing may be old"
    assert desk.push(at=11)
    assert desk.share.files[_OWN] == ONE
    assert desk.push(at=12) == []


def test_a_listing_that_was_old_for_a_while_is_no_loss(desk: Desk) -> None:
    desk.has(_OWN, ONE)
    desk.push(at=0)
    for at, content in ((1, b""), (9, ONE), (10, b""), (19.9, b"")):
        desk.share.put(_OWN, content)
        assert desk.push(at) == []
    assert desk.push(at=20) == ["read", "write"]


@pytest.mark.parametrize("loss", [spoilt, deleted, cut])
def test_what_a_synchroniser_has_moved_is_compared_before_more_is_appended(
    desk: Desk, loss: Callable[[Desk], None]
) -> None:
    desk.has(_OWN, ONE)
    desk.push()
    loss(desk)
    desk.has(_OWN, ONE, TWO)
    assert desk.push() == ["append"], "which is refused"
    desk.push()
    assert desk.share.files[_OWN] == ONE + TWO
    assert desk.push() == []


def test_an_own_file_that_is_held_is_told_and_the_others_go(desk: Desk) -> None:
    other = _OWN.replace("-77-", "-78-")
    for name in (_OWN, other):
        desk.has(name, ONE)
    desk.share.refused = {_OWN}
    desk.push(at=0)
    assert desk.share.files[other] == ONE
    desk.push(at=10)
    (words,) = desk.exchange.troubles
    assert words.startswith(f"{_OWN} cannot be written")
    assert desk.exchange.waiting == 1
    desk.share.refused = set()
    desk.push()
    assert (desk.exchange.troubles, desk.exchange.waiting) == ((), 0)
    assert desk.share.files[_OWN] == ONE
