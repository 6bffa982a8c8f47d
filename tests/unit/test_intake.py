"""Files taken in: read once, kept, stored, and counted until they are taken back; the disk may refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from pixsession.domain.board.snapshot import FileRole, FileStatus
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board import file_bytes
from pixsession.engine.board.intake import Intake
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.common.revision import Revision
from pixsession.foundation.errors import FileHeld
from pixsession.readers import read_export
from pixsession.settings.config import BoardRequest
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.opening import OpenStore
from tests.factories.dossiers import noon
from tests.factories.everybody import listed
from tests.factories.exports import MORNING, export, put, sent, student
from tests.factories.samples.lists import plain_list

if TYPE_CHECKING:
    from pixsession.engine.lesson.belonging import Belonging

pytestmark = pytest.mark.usefixtures("one_engine")

ZOE, LUCAS = student("DURIEUX", "Zoé", sent("08:10", 4)), student("MARTIN", "Lucas", sent("08:05", 6))
LATER = replace(ZOE, participations=(*ZOE.participations, sent("09:12", 5)))
FIRST, SECOND = export(ZOE, LUCAS, at="08:45"), export(LATER, LUCAS, at="09:15")
ROLES = {FIRST.name: FileRole.LIST}
FULL = DatabaseError("Failed to commit: No space left on device")


class Taking(Intake):
    """An intake whose revision can be looked at."""

    def __init__(self, request: BoardRequest, **more: bool) -> None:
        self.revision = Revision()
        taken_back = TakenBack(EntryLog(request.dossier, noon))
        super().__init__(request, taken_back, self.revision, noon, **{"live": True, "rebuild": False, **more})

    def is_news(self, step: Callable[[], object]) -> bool:
        """Whether this step leaves something new to show."""
        before = self.revision.number
        step()
        return self.revision.number > before


@contextmanager
def intake(folder: Path, dossier: Path | None = None, **more: bool) -> Iterator[Taking]:
    """One that has caught up with its dossier."""
    found = Taking(BoardRequest(folder, Rule(), dossier=dossier), **more)
    try:
        assert len(list(found.catch_up())) >= 0
        yield found
    finally:
        found.close()


def last_names(taking: Intake) -> list[str]:
    """Of the board as it is now, without what was taken back."""
    taking.look_for_decisions()
    return sorted(one.line.participation.last_name for one in taking.current_board().judged.values())


def test_a_file_that_has_grown_is_one_export_and_the_board_begins_anew(tmp_path: Path) -> None:
    dossier, path = tmp_path / "dossier", tmp_path / FIRST.name
    lines = FIRST.content.splitlines(keepends=True)
    with intake(tmp_path, dossier) as taking:
        put(tmp_path, path.name, b"".join(lines[:-1]))
        assert taking.take(path).rows == 1
        taking.write_down()
        assert not taking.starts_anew
        put(tmp_path, path.name, FIRST.content)
        assert taking.take(path).rows == 2
        assert taking.starts_anew
    assert not (dossier / "board.duckdb").exists()
    with intake(tmp_path, dossier) as again:
        assert last_names(again) == ["DURIEUX", "MARTIN"]
        assert [one.line_count for one in again.store.exports.all] == [2]
        assert not again.starts_anew
    assert [kept.content() for kept in Dossier(dossier).kept()] == [FIRST.content]


def test_a_list_of_people_counts_while_its_file_is_there_and_is_never_kept(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    path = put(tmp_path, "3eA.csv", plain_list([listed()]))
    with intake(tmp_path, dossier) as taking:
        assert taking.is_news(lambda: taking.take(path))
        assert len(taking.lists.exports()) == 1
        assert not taking.is_news(lambda: taking.look([path.name], []))
        taking.take_back_file(path.name)
        taking.look_for_decisions()
        assert taking.lists.exports() == []
        taking.take_back_file(path.name, counts=True)
        taking.look_for_decisions()
        assert len(taking.lists.exports()) == 1
        assert taking.is_news(lambda: taking.look([], []))
        assert taking.lists.exports() == []
    assert Dossier(dossier).count() == 0


def test_a_file_is_taken_back_with_every_export_of_its_name_or_bytes_and_no_other(tmp_path: Path) -> None:
    again = replace(FIRST, name=FIRST.name.replace("0845", "0900"))
    with intake(tmp_path) as taking:
        for one in (FIRST, again, SECOND):
            taking.take(one.write_to(tmp_path))
        taking.take_back_file("unknown.csv")
        assert not taking.taken_back.files
        taking.take_back_file(again.name)
        assert [one.exported_at.minute for one in taking.taken_back.files] == [45, 0]
        taking.look_for_decisions()
        assert [one.source.file for one in taking.store.exports.counted] == [SECOND.name]
        taking.take_back_file(SECOND.name, counts=True)
        assert len(taking.taken_back.files) == 2
        taking.take_back_file(FIRST.name, counts=True)
        assert not taking.taken_back.files


def test_what_an_overwritten_file_was_read_as_is_taken_back_too(tmp_path: Path) -> None:
    with intake(tmp_path) as taking:
        for content in (FIRST.content, SECOND.content):
            taking.take(put(tmp_path, "export.csv", content))
        taking.take_back_file("export.csv")
        assert len(taking.taken_back.files) == 2
        assert last_names(taking) == []


def test_a_file_known_by_its_bytes_is_not_parsed_again_and_has_the_name_it_has_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(path: Path, *_given: object) -> None:
        raise AssertionError(f"{path.name} was read")

    path = FIRST.write_to(tmp_path)
    with intake(tmp_path, tmp_path / "dossier") as taking:
        before = taking.take(path)
        renamed = path.rename(tmp_path / f"copie {path.name}")
        monkeypatch.setattr(file_bytes, "read_bytes", never)
        assert taking.take(renamed) == before._replace(name=renamed.name)
        assert taking.take(tmp_path / "gone.csv").status is FileStatus.REFUSED


def test_a_copy_without_a_time_in_its_name_is_read_and_is_no_export_of_its_own(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    with intake(tmp_path, dossier) as taking:
        taking.take(FIRST.write_to(tmp_path))
        copy = put(tmp_path, "copy.csv", FIRST.content, MORNING)
        entry = taking.take(copy)
        assert (entry.status, entry.rows) == (FileStatus.READ, 2)
        assert len(taking.store.exports.all) == Dossier(dossier).count() == 1


def test_a_board_that_is_not_live_tells_what_its_newest_export_changed(tmp_path: Path) -> None:
    with intake(tmp_path, live=False) as taking:
        assert taking.changes_of_newest() == {}
        taking.take(FIRST.write_to(tmp_path))
        assert taking.changes_of_newest() == {}  # nothing was before it
        taking.take(SECOND.write_to(tmp_path))
        deltas = taking.changes_of_newest()
        assert [(delta.competences, delta.at.minute) for delta in deltas.values()] == [(1, 15)]
        assert not taking.store.changes
        taking.take_back_file(SECOND.name)
        assert taking.changes_of_newest() == {}


def test_a_live_board_notes_what_each_export_changed_but_not_the_first(tmp_path: Path) -> None:
    with intake(tmp_path) as taking:
        taking.take(FIRST.write_to(tmp_path))
        assert not taking.store.changes  # not everybody has just arrived
        assert taking.is_news(lambda: taking.take(SECOND.write_to(tmp_path)))
        assert {(one.last_name, one.at.minute) for one in taking.store.changes} == {("DURIEUX", 15)}
        assert len(taking.store.deltas) == 1


def refuse_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no database on disk take anything."""
    write_down = Database.write_down

    def refused(database: Database) -> None:
        if database.path is not None:
            raise FULL
        write_down(database)

    monkeypatch.setattr(Database, "write_down", refused)


@pytest.mark.parametrize(
    ("is_damaged", "is_whole", "rebuild", "anew"),
    [
        (True, True, False, True),
        (False, True, False, False),  # the disk is full: the database is sound
        (True, False, False, False),  # some exports could not be kept: the database has what they had not
        (True, True, True, False),  # it was made anew already
    ],
)
def test_a_database_is_made_anew_once_where_it_is_at_fault_and_else_left_for_memory(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_damaged: bool,
    is_whole: bool,
    rebuild: bool,
    anew: bool,
) -> None:
    monkeypatch.setattr(OpenStore, "is_damaged_by", lambda _opened, _error: is_damaged)
    with intake(tmp_path, tmp_path / "dossier", rebuild=rebuild) as taking:
        taking.take(FIRST.write_to(tmp_path))
        with monkeypatch.context() as patched:
            if not is_whole:
                patched.setattr("pixsession.engine.board.kept_exports.KeptExports.is_whole", False)
            refuse_to_write(patched)
            if anew:
                with pytest.raises(DatabaseError):
                    taking.write_down()
            else:
                assert taking.is_news(taking.write_down)
        assert (taking.is_damaged, taking.store.in_memory) == (anew, not anew)
        if anew:  # the board is still shown, until another one has the database made anew
            refuse_to_write(monkeypatch)
            taking.write_down()
            assert (taking.is_damaged, taking.store.in_memory) == (False, True)
        assert last_names(taking) == ["DURIEUX", "MARTIN"]
        assert any("goes on in memory" in words for words in taking.notices())


def test_what_memory_refuses_is_told_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: Any) -> None:
        raise FULL

    with intake(tmp_path) as taking:
        with monkeypatch.context() as patched:
            patched.setattr(Database, "insert", refused)
            entry = taking.take(FIRST.write_to(tmp_path))
            assert (entry.status, taking.is_damaged) == (FileStatus.REFUSED, False)
            assert last_names(taking) == []
        assert taking.take(FIRST.write_to(tmp_path)).status is FileStatus.READ
        assert last_names(taking) == ["DURIEUX", "MARTIN"]


@pytest.mark.parametrize("live", [True, False])
def test_files_are_listed_with_those_the_board_rests_on_and_who_looks_once_is_told_what_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, live: bool
) -> None:
    def held(*_given: object) -> None:
        raise FileHeld("held")

    with intake(tmp_path, live=live) as taking:
        taking.take(FIRST.write_to(tmp_path))
        taking.current_board()
        taking.look([FIRST.name], ["pipe.csv"])
        monkeypatch.setattr(file_bytes, "read_bytes", held)
        taking.take(tmp_path / "a.csv")
        found = {one.name: (one.status, one.present, one.role) for one in taking.listed((), ROLES)}
        told = {} if live else {"a.csv": (FileStatus.REFUSED, True, None)}
        ignored = {"pipe.csv": (FileStatus.IGNORED, True, None)}
        assert found == {FIRST.name: (FileStatus.READ, True, FileRole.LIST), **ignored, **told}
        taking.look([], [])
        taking.take_back_file(FIRST.name)
        (entry,) = (one for one in taking.listed((), ROLES) if one.status is FileStatus.READ)
        assert (entry.present, entry.role) == (False, FileRole.TAKEN_BACK)


def test_what_belongs_to_no_lesson_is_ignored_until_it_names_a_student_of_it(tmp_path: Path) -> None:
    path, other = FIRST.write_to(tmp_path), SECOND.write_to(tmp_path)
    with intake(tmp_path) as taking:
        assert not taking.take_held(())
        taking.take(other)
        held = read_export(path)
        belonging = SimpleNamespace(
            refusal=lambda one, known: f"of {len(known)}" if one.digest == held.digest else None,
            told_late=lambda entry, _known: entry._replace(rejects=((1, "late"),)),
            late=lambda known: frozenset({(known[0].digest, known[0].source.exported_at)}),
            now_named=lambda rows, _known: rows,
        )
        taking.belonging = cast("Belonging", belonging)
        entry = taking.take(path)
        assert (entry.status, entry.message, entry.rejects) == (FileStatus.IGNORED, "of 1", ((1, "late"),))
        assert len(taking.store.exports.all) == 1
        assert last_names(taking) == []  # what came is late, and does not count
        assert not taking.take_held(())
        assert taking.take_held(cast("Any", (held,)))
        assert [one.digest for one in taking.store.exports.all][1:] == [held.digest]
        assert [one.status for one in taking.listed((), {}) if one.name == path.name] == [FileStatus.READ]


def test_a_copy_that_was_damaged_is_mended_by_its_file(tmp_path: Path) -> None:
    path = FIRST.write_to(tmp_path)
    with intake(tmp_path, tmp_path / "dossier") as taking:
        taking.take(path)
        (kept,) = Dossier(tmp_path / "dossier").kept()
        kept.path.write_bytes(b"damaged")
        taking.take(path)
        assert kept.content() == FIRST.content
        assert len(taking.store.exports.all) == 1


def test_a_second_window_says_so_and_what_is_not_kept(tmp_path: Path) -> None:
    with intake(tmp_path, tmp_path / "dossier") as first, intake(tmp_path, tmp_path / "dossier") as second:
        assert first.notices() == ()
        assert second.notices() == ("another window follows this folder too",)
