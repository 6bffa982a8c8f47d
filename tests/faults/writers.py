"""Ways in which programs put a file into a folder: each export is read once, whole, and shown."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from pixsession.domain.board.snapshot import Snapshot
from pixsession.store.dossier import Dossier

from ..factories.dossiers import people
from ..factories.exports import export, sent, student
from ..factories.samples import ExportFile
from ..live.boards import Board, board_on
from .tally import Tally, Trial

_OF_A_MORNING = 30  # exports
Way = Callable[[Path, bytes, random.Random], None]


def _renamed(path: Path, content: bytes, dice: random.Random) -> None:
    partial = path.with_name(path.name + dice.choice((".part", ".crdownload", ".tmp")))
    partial.write_bytes(content)
    partial.rename(path)


def _in_place(path: Path, content: bytes, dice: random.Random) -> None:
    with path.open("wb") as stream:
        for start in range(0, len(content), step := dice.choice((100, 700, 5000))):
            stream.write(content[start : start + step])
            stream.flush()
            time.sleep(dice.uniform(0, 0.05))


def _in_closed_pieces(path: Path, content: bytes, dice: random.Random) -> None:
    path.unlink(missing_ok=True)
    for line in content.splitlines(keepends=True):
        with path.open("ab") as stream:
            stream.write(line)
        time.sleep(dice.choice((0, 0.05, 0.6)))


def _copied_with_its_time(path: Path, content: bytes, _dice: random.Random) -> None:
    aside = path.parent.with_name("aside")
    aside.write_bytes(content)
    os.utime(aside, (1_700_000_000,) * 2)
    shutil.copy2(aside, path)


def _linked(path: Path, content: bytes, _dice: random.Random) -> None:
    aside = path.parent.with_name(f"{path.name}.aside")
    aside.write_bytes(content)
    path.unlink(missing_ok=True)
    path.hardlink_to(aside)


def _over_itself_unseen(path: Path, content: bytes, _dice: random.Random) -> None:
    """The same name, size and time as something that was there a moment ago."""
    path.write_bytes(content.replace(b"DURIEUX", b"DURIEUY"))
    status = path.stat()
    time.sleep(0.8)
    with path.open("r+b") as stream:
        stream.write(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


WAYS: tuple[Way, ...] = (
    _renamed, _in_place, _in_closed_pieces, _copied_with_its_time, _linked, _over_itself_unseen,
)  # fmt: skip


def run(trial: Trial) -> Tally:
    """One export after the other, each in a way of its own; each comes to the board, and is kept once.

    A new folder after as many as a morning has: a file that grew makes the board anew from all that are kept.
    """
    tally, goes_on, more = Tally("ways of writing"), trial.rounds(), True
    mornings = 0
    while more:
        mornings += 1
        folder, dossier = trial.folder / f"downloads{mornings}", trial.folder / f"dossier{mornings}"
        folder.mkdir()
        with board_on(folder, dossier) as board:
            board.wait_for(lambda _snapshot: True)
            for number in range(_OF_A_MORNING):
                if not (more := goes_on()):
                    break
                _one_more(tally, (folder, dossier), board, number, trial.dice)
    tally.facts["mornings"] = mornings
    return tally


def _one_more(tally: Tally, where: tuple[Path, Path], board: Board, number: int, dice: random.Random) -> None:
    (folder, dossier), way, one = where, WAYS[number % len(WAYS)], _export(number)
    way(folder / one.name, one.content, dice)
    try:
        board.wait_for(_shows(one))
    except AssertionError as error:
        tally.check(False, f"{way.__name__}: {str(error)[:200]}")
        return
    tally.check(True, "")
    kept = [kept for kept in Dossier(dossier).kept() if kept.file.name == one.name]
    wanted = 2 if way is _over_itself_unseen else 1
    tally.check(len(kept) <= wanted, f"{way.__name__}: {len(kept)} copies")


def _export(number: int) -> ExportFile:
    """Three students; what the first has sent last tells which export this is."""
    first = student("DURIEUX", "Zoé", sent("08:10", 1 + number % 11), sent(_clock(number), 1 + number % 11))
    others = [student(name, "Lou", sent("08:05", 6)) for name in ("MARTIN", "PETIT")]
    return export(first, *others, at=_clock(number + 30))


def _clock(minutes: int) -> str:
    return f"{9 + minutes // 60:02}:{minutes % 60:02}"


def _shows(one: ExportFile) -> Callable[[Snapshot], bool]:
    def shown(snapshot: Snapshot) -> bool:
        sources = {source.file for row in snapshot.rows if (source := snapshot.source_of(row))}
        return sources == {one.name} and {row[1] for row in people(snapshot)} == {
            "DURIEUX",
            "MARTIN",
            "PETIT",
        }

    return shown
