"""Exports of a morning, desks on a folder and its dossier, and what their boards say."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.files import in_order_of_export
from pixsession.readers import Export, FileDescription, export_of
from pixsession.settings.config import BoardRequest
from pixsession.store.journal_lines import sealed
from tests.factories.exports import OTHER_CAMPAIGN, export, pending, sent, student
from tests.factories.samples import ExportFile
from tests.factories.samples.writer import Download

NOON = datetime.fromisoformat("2026-03-12T12:00")


def noon() -> datetime:
    """The clock of these tests."""
    return NOON


def story() -> tuple[ExportFile, ...]:
    """Four exports of two campaigns: a student becomes eligible, one moves, one leaves, one is in both."""
    first = (
        student("DURIEUX", "Zoé", sent("08:10", 4)),
        student("MARTIN", "Lucas", sent("08:05", 6)),
        student("LEROY", "Ana", pending(), place="3eB"),
        student("BERGER", "Camille", sent("08:00", 5), place="3eB"),
        student("BERGER", "Camille", sent("08:00", 3), place="3eC"),
    )
    second = (
        replace(first[0], participations=(*first[0].participations, sent("09:12", 5))),
        replace(first[1], division="3eD"),
        *first[3:],
    )
    other = (replace(first[0], division="", participations=(sent("09:20", 3),)),)
    third = (replace(second[0], participations=(*second[0].participations, sent("09:41", 8))), *second[1:])
    return (
        export(*first, at="08:45"),
        export(*second, at="09:15"),
        export(*other, at="09:25", campaign=OTHER_CAMPAIGN),
        export(*third, at="09:45"),
    )


def crowded(number: int) -> ExportFile:
    """One of many exports of one campaign, a minute apart: in each a student has sent another profile."""
    at = f"{9 + number // 60:02}:{number % 60:02}"
    newer = sent(f"{8 + (20 + number) // 60:02}:{(20 + number) % 60:02}", 1 + number % 11)
    older = sent("08:10", 3)
    return export(
        student("DURIEUX", "Zoé", older, newer), student("MARTIN", "Lucas", sent("08:05", 6)), at=at
    )


def saved(folder: Path, *exports: Download) -> list[Path]:
    """These exports in this folder, which is made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return [one.write_to(folder) for one in exports]


def as_read(download: Download) -> Export:
    """What a reader makes of this file."""
    at = download.exported_at
    return export_of(download.content, FileDescription(download.name, at, True, at))


@contextmanager
def desk_on(folder: Path, dossier: Path | None, *, rebuild: bool = False) -> Iterator[BoardEngine]:
    """A live desk that has caught up with its dossier."""
    desk = BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), noon, live=True, rebuild=rebuild)
    try:
        for _step in desk.catch_up():
            pass
        yield desk
    finally:
        desk.close()


def read_all(desk: BoardEngine, folder: Path) -> Snapshot:
    """What the board says once every file of the folder was read."""
    paths = in_order_of_export(sorted(folder.iterdir()))
    desk.look(frozenset(path.name for path in paths), frozenset())
    for path in paths:
        desk.take(path)
    return desk.snapshot()


def board_after(folder: Path, dossier: Path | None) -> Snapshot:
    """A desk opened, everything read, and closed again."""
    with desk_on(folder, dossier) as desk:
        return read_all(desk, folder)


def from_dossier(folder: Path, dossier: Path) -> Snapshot:
    """What the board says from the dossier alone, no file being read."""
    with desk_on(folder, dossier) as desk:
        return desk.snapshot()


def people(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """Everything the board says of everybody, students' numbers included, in its order."""
    return [(*_said(row), snapshot.source_of(row)) for row in snapshot.rows]


def without_marks(snapshot: Snapshot) -> list[BoardRow]:
    """The rows of a board, but for what depends on the order in which its exports came."""
    return [row._replace(student_id=0, delta=None) for row in snapshot.rows]


def _said(row: BoardRow) -> tuple[object, ...]:
    return (
        row.student_id,
        row.last_name,
        row.first_name,
        row.place,
        row.verdict,
        row.profile,
        row.pix,
        row.sent_at,
        row.submissions,
        row.campaigns,
        row.delta,
    )


def strangers(folder: Path) -> list[str]:
    """What in this folder others than its owner may read, with its mode."""
    paths = [folder, *folder.rglob("*")]
    modes = ((path, stat.S_IMODE(os.lstat(path).st_mode)) for path in paths)
    return [f"{path.name} {mode:o}" for path, mode in modes if mode != (0o700 if path.is_dir() else 0o600)]


def sealed_lines(*texts: str) -> list[bytes]:
    """The lines of one journal, each with the digest of the one before it."""
    found, seal = [], ""
    for number, text in enumerate(texts, 1):
        line, seal = sealed({"v": 2, "n": number, "text": text}, seal)
        found.append(line)
    return found
