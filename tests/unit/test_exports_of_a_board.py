"""The exports that a board keeps: read again, known by bytes, or pieces that have grown; no database."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from pixsession.engine.board import kept_exports
from pixsession.engine.board.kept_exports import KeptExports
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers import Export, FileDescription, export_of
from pixsession.store.dossier import Dossier
from pixsession.store.rows import StoredExport, export_row, stored_export
from pixsession.store.store import Store
from tests.factories.dossiers import NOON, noon
from tests.factories.exports import put
from tests.factories.kept_dossiers import ANA, LUCAS, ZOE, lines_of
from tests.factories.stored import at

WHOLE = lines_of(ZOE, LUCAS, ANA)
PIECE = b"".join(WHOLE.splitlines(keepends=True)[:-1])
NAME = "Resultats-Collecte-731958-2026-03-12-0945.csv"


def file(name: str = NAME, stamp: str = "09:45", modified: str = "09:45") -> FileDescription:
    return FileDescription(name, at(stamp), True, at(modified))


def store_of(*exports: Export) -> Store:
    """A store that has taken these in."""
    stored = [
        stored_export(export_row(number, number, export)) for number, export in enumerate(exports, start=1)
    ]
    found = SimpleNamespace(
        exports=SimpleNamespace(all=stored),
        known=lambda digest, when: next((one for one in stored if _name(one) == (digest, when)), None),
        known_at=lambda when: [one for one in stored if one.source.exported_at == when],
    )
    return cast("Store", found)


def _name(one: StoredExport) -> tuple[object, object]:
    return one.digest, one.source.exported_at


@pytest.fixture
def kept(tmp_path: Path) -> KeptExports:
    return KeptExports(tmp_path / "dossier", noon)


def of(kept: KeptExports) -> list[str]:
    """The names of the files whose exports are kept."""
    assert kept.dossier is not None
    return [one.file.name for one in kept.dossier.kept()]


def caught_up(
    kept: KeptExports,
    store: Store,
    read: Callable[[bytes, FileDescription], Export] = export_of,
    copies: Dossier | None = None,
) -> list[str]:
    """The names of the files that are taken in again."""
    taken: list[str] = []
    steps = sum(1 for _step in kept.catch_up(store, lambda one: taken.append(one.file.name), read, copies))
    assert steps >= len(taken)
    return taken


def test_nothing_is_kept_or_known_without_a_dossier(tmp_path: Path) -> None:
    kept, one = KeptExports(None, noon), export_of(WHOLE, file())
    kept.keep(one)
    kept.flush()
    assert (kept.dossier, kept.notices(), kept.is_whole) == (None, (), False)
    assert caught_up(kept, store_of()) == []
    piece = export_of(PIECE, file())
    assert not kept.replaces_piece(one, store_of(piece))
    assert kept.export_at(put(tmp_path, NAME, WHOLE), store_of(one)) is None


def test_what_the_disk_refuses_is_told_until_it_takes_it(
    kept: KeptExports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    assert kept.is_whole
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        kept.keep(export_of(WHOLE, file()))
        assert not kept.is_whole
        assert kept.notices() == ("exports are shown but could not be kept (the disk is full)",)
    kept.flush()
    assert (kept.is_whole, kept.notices(), of(kept)) == (True, (), [NAME])


def test_each_export_that_the_store_lacks_is_taken_in_again_once(kept: KeptExports, tmp_path: Path) -> None:
    early, late = export_of(PIECE, file("early.csv", "09:10")), export_of(WHOLE, file("late.csv", "09:20"))
    other = export_of(lines_of(LUCAS), file("other.csv", "09:15"))
    for one in (late, other, early):
        kept.keep(one)
    assert caught_up(kept, store_of(other)) == ["early.csv", "late.csv"]
    assert caught_up(kept, store_of()) == []
    again = export_of(WHOLE, file("again.csv", "09:30"))  # the same bytes at another time
    kept.keep(again)
    assert caught_up(kept, store_of(early, late)) == ["again.csv"]
    copies = Dossier(tmp_path / "other")
    copies.create(NOON)
    copies.keep(export_of(WHOLE, file("theirs.csv", "09:50")))
    assert caught_up(kept, store_of(), copies=copies) == ["theirs.csv"]
    assert caught_up(KeptExports(None, noon), store_of(), copies=copies) == ["theirs.csv"]


def test_what_is_kept_and_cannot_be_read_again_is_named_until_it_is_saved_once_more(
    kept: KeptExports,
) -> None:
    whole, bad, gone = (
        export_of(content, file(f"{name}.csv", stamp))
        for content, name, stamp in (
            (WHOLE, "a", "09:10"),
            (PIECE, "c", "09:20"),
            (lines_of(ANA), "b", "09:30"),
        )
    )
    for one in (whole, bad, gone):
        kept.keep(one)
    assert kept.dossier is not None
    kept.dossier.kept()[2].path.unlink()

    def read(content: bytes, described: FileDescription) -> Export:
        if content == PIECE:
            raise UnreadableExport("no such column")
        return export_of(content, described)

    assert caught_up(kept, store_of(), read) == ["a.csv"]
    sentence = "{}, an export kept, cannot be read again ({}): save it in the folder once more"
    said = [
        sentence.format("b.csv", "its copy is damaged or gone"),
        sentence.format("c.csv", "no such column"),
    ]
    assert list(kept.notices()) == said
    kept.keep(gone)
    assert list(kept.notices()) == said[1:]


@pytest.mark.parametrize(
    ("piece", "replaces"),
    [
        (export_of(PIECE, file()), True),
        (export_of(PIECE, file(modified="09:44:00")), True),
        (export_of(PIECE, file(modified="09:46:00")), True),
        (export_of(PIECE, file(modified="09:43:59")), False),  # another export under the same name
        (export_of(PIECE, file(modified="09:46:01")), False),
        (export_of(PIECE, file("other.csv")), False),
        (export_of(WHOLE, file()), False),
        (export_of(lines_of(LUCAS, ANA, ("ROY", "Tom")), file()), False),  # no beginning of it
    ],
)
def test_a_piece_is_what_the_file_began_with_a_moment_before(
    kept: KeptExports, piece: Export, replaces: bool
) -> None:
    beside = export_of(lines_of(LUCAS), file())
    for one in (piece, beside):
        kept.keep(one)
    whole = export_of(WHOLE, file())
    assert kept.replaces_piece(whole, store_of(piece, beside)) is replaces
    assert of(kept) == [beside.file.name] if replaces else [piece.file.name, beside.file.name]
    assert len(of(kept)) == (1 if replaces else 2)
    assert not kept.replaces_piece(whole, store_of())


def test_all_pieces_of_a_file_go_at_once_and_one_whose_copy_is_damaged_is_none(kept: KeptExports) -> None:
    lines = WHOLE.splitlines(keepends=True)
    pieces = [export_of(b"".join(lines[:count]), file()) for count in (1, 2, 3)]
    for one in pieces:
        kept.keep(one)
    assert kept.dossier is not None
    damaged = kept.dossier.described(pieces[1].digest, at("09:45"))
    assert damaged is not None
    damaged.path.write_bytes(b"")
    unkept = export_of(lines_of(LUCAS), file())
    assert kept.replaces_piece(export_of(WHOLE, file()), store_of(unkept, *pieces))
    assert [one.digest for one in kept.dossier.kept()] == [pieces[1].digest]


def test_a_file_is_known_by_its_time_and_bytes_whatever_it_is_called(
    kept: KeptExports, tmp_path: Path
) -> None:
    one, other = export_of(WHOLE, file()), export_of(PIECE, file("b.csv"))
    for export in (one, other):
        kept.keep(export)
    store = store_of(other, one)
    path = put(tmp_path, NAME, WHOLE, at("10:30"))
    assert kept.export_at(path, store) == store.exports.all[1]
    assert kept.export_at(put(tmp_path, "renamed.csv", WHOLE, at("09:45")), store) == store.exports.all[1]
    assert kept.export_at(put(tmp_path, "renamed.csv", PIECE, at("09:45")), store) == store.exports.all[0]
    assert kept.export_at(put(tmp_path, "renamed.csv", WHOLE, at("09:46")), store) is None
    assert kept.export_at(put(tmp_path, NAME, WHOLE + b"\n", at("09:45")), store) is None
    assert kept.export_at(path, store_of()) is None
    with pytest.raises(OSError, match="gone"):
        kept.export_at(tmp_path / "gone.csv", store)


def test_an_export_with_notes_or_without_its_copy_is_read_again(kept: KeptExports, tmp_path: Path) -> None:
    one = export_of(WHOLE, file())
    path = put(tmp_path, NAME, WHOLE)
    assert kept.export_at(path, store_of(one)) is None  # nothing is kept yet
    kept.keep(one)
    assert kept.export_at(path, store_of(one)) is not None
    noted = one._replace(contents=one.contents._replace(notes=("encoding guessed",)))
    assert kept.export_at(path, store_of(noted)) is None
    assert kept.dossier is not None
    put(
        path.parent / "dossier" / "exports",
        kept.dossier.kept()[0].path.name,
        WHOLE.replace(b"MARTIN", b"MARTIX"),
    )
    assert kept.export_at(path, store_of(one)) is None  # of one size and time on the disk, and other bytes


def test_a_file_that_would_be_downloaded_is_known_by_its_size(
    kept: KeptExports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(_status: os.stat_result) -> bool:
        return True

    one, unkept = export_of(WHOLE, file()), export_of(lines_of(LUCAS), file())
    kept.keep(one)
    monkeypatch.setattr(kept_exports, "is_placeholder", elsewhere)
    store = store_of(unkept, one)
    assert kept.export_at(put(tmp_path, NAME, b"?" * len(WHOLE)), store) == store.exports.all[1]
    assert kept.export_at(put(tmp_path, NAME, b"?" * (len(WHOLE) + 1)), store) is None
    assert kept.export_at(put(tmp_path, NAME, b"?" * len(WHOLE)), store_of(unkept)) is None


def test_a_dossier_is_made_where_there_is_none_and_what_a_kill_left_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / "dossier" / "exports" / ".half.csv"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    KeptExports(tmp_path / "dossier", lambda: NOON - timedelta(days=9999))
    assert left.exists()
    KeptExports(tmp_path / "dossier", lambda: NOON + timedelta(days=9999))
    assert not left.exists()
