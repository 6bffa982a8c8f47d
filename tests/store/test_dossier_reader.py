"""Dossiers read one after the other: from the database where it holds all, else from the exports kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from pixsession.foundation.errors import UnreadableExport
from pixsession.readers import Export, FileDescription, export_of
from pixsession.store import dossier_reader
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.dossier_reader import DossierContents, DossierReader
from pixsession.store.opening import take_lock
from pixsession.store.store import Store
from tests.factories.dossiers import NOON, as_read
from tests.factories.exports import export, sent, student
from tests.factories.half_groups import ANA, THEO, evaluation
from tests.factories.samples.assessments import HALF_GROUP

KEY = str(HALF_GROUP.number)
FILES = (
    evaluation("10:20"),
    evaluation("10:50", ANA, THEO),
    export(student("DURIEUX", "Zoé", sent("08:20", 6))),
)
TIMES = ("10:20", "10:50", "09:45")


@pytest.fixture(scope="module")
def reader() -> Iterator[DossierReader]:
    found = DossierReader()
    yield found
    found.close()


EXPORTS = tuple(map(as_read, FILES))


@cache
def database_of(count: int) -> bytes:
    """A database that holds so many of these exports; to make it takes longer than all the rest."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "board.duckdb"
        store = Store(Database(path))
        for one in EXPORTS[:count]:
            with store.taking_in(one):
                pass
        store.close()
        return path.read_bytes()


def dossier_in(folder: Path, kept: Sequence[Export] = EXPORTS, *, stored: int = 3) -> Dossier:
    """A dossier that keeps these exports, and whose database holds so many of all; 0: it has none."""
    found = Dossier(folder)
    found.create(NOON)
    for one in kept:
        found.keep(one)
    if stored:
        found.database.write_bytes(database_of(stored))
    return found


def is_free(dossier: Dossier) -> bool:
    """Whether a board could own the dossier now."""
    lock = take_lock(dossier.lock)
    if lock is not None:
        lock.release()
    return lock is not None


def files_in(contents: DossierContents) -> list[str]:
    """The files that were taken in, in their order."""
    return [one.source.file for one in contents.exports.all]


def said_by(contents: DossierContents) -> list[Any]:
    """All that a dossier tells: lines and progress by last name, whichever numbers students have."""
    exam, _later, collection = sorted(
        contents.exports.all, key=lambda one: TIMES.index(f"{one.source.exported_at:%H:%M}")
    )
    names = {student: line.last_name for student, line in contents.assessments(exam.content_id)}
    progress = {names[student]: points for student, points in contents.progress(KEY).items()}
    return [
        [line for _student, line in contents.assessments(exam.content_id)],
        [line for _student, line in contents.lines(collection.content_id)],
        sorted(progress.items()),
        contents.progress("another"),
    ]


def never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_content: bytes, file: FileDescription) -> None:
        raise AssertionError(f"{file.name} was parsed")

    monkeypatch.setattr(dossier_reader, "export_of", never)


def test_a_database_says_what_its_exports_say_and_no_export_is_parsed(
    reader: DossierReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, bare = dossier_in(tmp_path / "whole"), dossier_in(tmp_path / "bare", stored=0)
    expected = reader.answer(bare, said_by)
    assert expected[0] == list(EXPORTS[0].contents.assessments)
    assert len(expected[2]) == 3
    never_parsed(monkeypatch)
    assert reader.answer(whole, said_by) == expected
    assert not bare.database.exists()
    assert is_free(whole)


@pytest.mark.parametrize(("kept", "stored"), [(EXPORTS, 2), (EXPORTS[2:], 0)])
def test_where_the_database_is_behind_or_gone_the_exports_are_read(
    reader: DossierReader, tmp_path: Path, kept: Sequence[Export], stored: int
) -> None:
    found = reader.answer(dossier_in(tmp_path, kept, stored=stored), files_in)
    assert sorted(found) == sorted(one.file.name for one in kept)


def test_a_database_that_holds_more_than_is_kept_counts(reader: DossierReader, tmp_path: Path) -> None:
    assert len(reader.answer(dossier_in(tmp_path, EXPORTS[:1]), files_in)) == 3


def test_while_a_board_owns_the_database_it_is_left_alone(
    reader: DossierReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = dossier_in(tmp_path, EXPORTS[:1])
    lock = take_lock(dossier.lock)
    assert lock is not None
    assert len(reader.answer(dossier, files_in)) == 1
    assert not is_free(dossier)
    lock.release()
    assert len(reader.answer(dossier, files_in)) == 3

    def unsupported(_path: Path) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(dossier_reader, "take_lock", unsupported)
    assert len(reader.answer(dossier, files_in)) == 1


def test_damage_of_one_database_spoils_neither_its_answer_nor_the_next(
    reader: DossierReader, tmp_path: Path
) -> None:
    damaged, sound = dossier_in(tmp_path / "a", stored=0), dossier_in(tmp_path / "b", EXPORTS[:1])
    damaged.database.write_bytes(b"rubbish" * 1000)
    for _time in range(2):
        assert len(reader.answer(damaged, files_in)) == 3
        assert len(reader.answer(sound, files_in)) == 3
    assert is_free(damaged)


def test_damage_that_shows_when_a_line_is_asked_for_has_the_question_asked_again(
    reader: DossierReader, tmp_path: Path
) -> None:
    dossier = dossier_in(tmp_path, EXPORTS[:1], stored=2)
    for error in (DatabaseError("checksum"), KeyError()):
        asked: list[int] = []

        def question(contents: DossierContents, asked: list[int] = asked, error: Exception = error) -> int:
            asked.append(len(contents.exports.all))
            if len(asked) == 1:
                raise error
            return len(asked)

        assert reader.answer(dossier, question) == 2
        assert asked == [2, 1]


def test_another_error_of_whoever_asks_is_given_back_and_leaves_the_dossier_free(
    reader: DossierReader, tmp_path: Path
) -> None:
    def question(_contents: DossierContents) -> None:
        raise ZeroDivisionError

    dossier = dossier_in(tmp_path, EXPORTS[:1])
    with pytest.raises(ZeroDivisionError):
        reader.answer(dossier, question)
    assert is_free(dossier)
    assert len(reader.answer(dossier, files_in)) == 3


def test_an_export_kept_that_is_damaged_or_refused_is_passed_over(
    reader: DossierReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(content: bytes, file: FileDescription) -> Export:
        if file.name == FILES[2].name:
            raise UnreadableExport("of an older version")
        return export_of(content, file)

    dossier = dossier_in(tmp_path, stored=0)
    (tmp_path / "exports" / f"{EXPORTS[0].digest}.csv").write_bytes(b"damaged")
    monkeypatch.setattr(dossier_reader, "export_of", refusing)
    assert reader.answer(dossier, files_in) == [FILES[1].name]
