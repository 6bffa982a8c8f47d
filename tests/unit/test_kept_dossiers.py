"""What a computer keeps is listed and found by a name, and a dossier is deleted whole; no database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pixsession.foundation.errors import PixSessionError
from pixsession.store.kept import (
    Holdings,
    delete_dossier,
    erase_others,
    erase_student,
    has_words,
    holdings_about,
    kept_dossiers,
    remains,
)
from pixsession.store.open_boards import OpenBoard, Watched
from tests.factories.exports import moment
from tests.factories.kept_dossiers import (
    ANA,
    LUCAS,
    WORDS_OF_ZOE,
    ZOE,
    contents,
    dated,
    journal,
    keep,
    lesson,
    lines_of,
    names_in,
    note,
    nothing_kept,
    who,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return nothing_kept(tmp_path)


@pytest.mark.parametrize(
    ("text", "words", "has"),
    [
        ("DURIEUX Zoé", {"zoe", "durieux"}, True),
        ("Zoé-Marie Du Durieux (3eA)", {"zoe", "durieux"}, True),
        ("DURIEUX Zoé", {"durieux"}, True),
        ("DURIEUX Ana", {"zoe", "durieux"}, False),
        ("DURIEUXZoé", {"zoe", "durieux"}, False),
        ("", {"zoe"}, False),
        ("x " * 3000 + "DURIEUX Zoé", {"zoe", "durieux"}, True),
    ],
    ids=range(7),
)
def test_a_text_has_a_name_where_all_of_its_words_stand_in_it(text: str, words: set[str], has: bool) -> None:
    assert has_words(text, frozenset(words)) is has


def test_dossiers_are_listed_with_what_they_hold_the_one_changed_last_first(folder: Path) -> None:
    state = folder.parent.parent
    digest = keep(folder, lines_of(ZOE, LUCAS))
    keep(folder, lines_of(LUCAS, ANA), "09:50")
    (folder / "owner.lock").write_text("not counted")
    other = folder.with_name("other")
    other.mkdir()
    OpenBoard(other, Watched("/home/me/3e\nA", is_session=False)).close()
    (folder.parent / "no-dossier").write_text("")
    for path in (*folder.rglob("*"), *other.rglob("*")):
        dated(path, "10:00")
    dated(folder / "exports" / f"{digest}.csv", "10:05")
    one, two = kept_dossiers(state)
    assert (one.folder, one.watched, one.changed_at, one.exports) == (folder, None, moment("10:05"), 2)
    assert one.students == {ZOE, LUCAS, ANA}
    assert one.size == sum(path.stat().st_size for path in (folder / "exports").iterdir())
    assert (one.name, two.name) == ("one", "/home/me/3e A")
    assert (two.exports, two.students, two.changed_at) == (0, frozenset(), moment("10:00"))
    dated(other / "watched.json", "10:06")
    assert [kept.folder for kept in kept_dossiers(state)] == [other, folder]


def test_nothing_is_kept_where_no_board_was_ever_open(tmp_path: Path) -> None:
    assert kept_dossiers(tmp_path) == ()
    assert list(remains(tmp_path)) == []


def test_where_dossiers_cannot_be_looked_at_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "dossiers").write_text("no folder")
    with pytest.raises(PixSessionError, match="cannot be read"):
        kept_dossiers(tmp_path)
    assert list(remains(tmp_path)) == []


def test_what_is_left_of_a_dossier_half_deleted_is_given_with_the_dossiers(folder: Path) -> None:
    for name in (".leaving-two", "b"):
        folder.with_name(name).mkdir()
    (folder.parent / "file").write_text("")
    assert [path.name for path in remains(folder.parent.parent)] == [".leaving-two", "b", "one"]


def test_all_that_is_held_about_a_name_is_found(folder: Path) -> None:
    keep(folder, lines_of(ZOE, LUCAS), name="a.csv")
    keep(folder, lines_of(("Durieux", "Zoé Marie")), "09:50", name="b.csv")
    keep(folder, lines_of(LUCAS), "09:55", name="c.csv")
    journal(folder, who(ZOE), who(LUCAS), {"text": "Zoé Durieux: clavier"}, '{"cut": "Zoé DURIEUX')
    journal(folder, who(ZOE, LUCAS), {"n": 3, "said": None}, name="20260312T090000-2-0.jsonl")
    note(folder, lesson(ZOE, LUCAS), lesson(LUCAS), {"called": None}, lesson(ZOE))
    found = holdings_about(folder, WORDS_OF_ZOE)
    assert found == Holdings((("DURIEUX", "Zoé"), ("Durieux", "Zoé Marie")), ("a.csv", "b.csv"), 4, 2)
    assert holdings_about(folder, frozenset({"lucas"})) == Holdings((LUCAS,), ("a.csv", "c.csv"), 2, 2)
    assert holdings_about(folder, frozenset({"nobody"})) == Holdings((), (), 0, 0)


@pytest.mark.parametrize(
    ("held", "is_empty"),
    [
        (Holdings((), (), 0, 0), True),
        (Holdings((ZOE,), (), 0, 0), False),
        (Holdings((), ("a.csv",), 0, 0), False),
        (Holdings((), (), 1, 0), False),
        (Holdings((), (), 0, 1), False),
    ],
)
def test_nothing_is_held_only_where_none_of_it_is(held: Holdings, is_empty: bool) -> None:
    assert held.is_empty is is_empty


@pytest.mark.parametrize("noted", [None, "{", "[]", "{}", '{"lessons": 3}', '{"lessons": [{}]}'])
def test_notes_that_say_nothing_call_nobody(folder: Path, noted: str | None) -> None:
    if noted is not None:
        (folder / "session.json").write_text(noted)
    assert holdings_about(folder, WORDS_OF_ZOE).is_empty


def test_a_name_is_held_by_an_older_export_of_a_file_that_was_saved_again_without_it(folder: Path) -> None:
    keep(folder, lines_of(ZOE, LUCAS), name="export.csv")
    keep(folder, lines_of(LUCAS), "09:50", name="export.csv")
    assert holdings_about(folder, WORDS_OF_ZOE) == Holdings((ZOE,), ("export.csv",), 0, 0)


def test_an_export_that_is_damaged_or_gone_names_nobody(folder: Path) -> None:
    damaged, gone = keep(folder, lines_of(ZOE)), keep(folder, lines_of(ZOE, LUCAS), "09:50")
    (folder / "exports" / f"{damaged}.csv").write_bytes(b"DURIEUX;Zo\xc3\xa9")
    (folder / "exports" / f"{gone}.csv").unlink()
    assert holdings_about(folder, WORDS_OF_ZOE).is_empty
    (found,) = kept_dossiers(folder.parent.parent)
    assert (found.exports, found.students) == (2, frozenset())


def test_a_name_that_only_the_notes_of_a_session_hold_is_found(folder: Path) -> None:
    note(folder, lesson(LUCAS, names=(ZOE, ("DURIEU", "Zoé"))), {"called": [], "names": 3})
    assert holdings_about(folder, WORDS_OF_ZOE) == Holdings((ZOE,), (), 0, 0)


def test_a_dossier_is_deleted_whole_with_what_was_left_of_one_before(folder: Path) -> None:
    keep(folder, lines_of(ZOE))
    leaving, other = folder.with_name(".leaving-one"), folder.with_name("two")
    for path in (leaving, other):
        path.mkdir()
        (path / "file").write_text("DURIEUX")
    delete_dossier(folder)
    assert [path.name for path in folder.parent.iterdir()] == ["two"]
    shutil.copytree(other, leaving)
    delete_dossier(leaving)
    assert [path.name for path in folder.parent.iterdir()] == ["two"]


def test_nothing_is_deleted_or_erased_under_an_open_board(folder: Path) -> None:
    keep(folder, lines_of(ZOE))
    note(folder, lesson(LUCAS))
    board = OpenBoard(folder, Watched("/downloads", is_session=False))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    forgetting: tuple[Callable[[], None], ...] = (
        lambda: delete_dossier(folder),
        lambda: erase_student(folder, WORDS_OF_ZOE),
        lambda: erase_others(folder, ()),
    )
    for forget in forgetting:
        with pytest.raises(PixSessionError, match="close it first"):
            forget()
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    board.close()
    erase_student(folder, WORDS_OF_ZOE)
    assert names_in(*contents(folder)) == []


def test_a_dossier_that_cannot_be_deleted_whole_leaves_what_can_be_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(folder, lines_of(ZOE))
    rmtree = shutil.rmtree

    def refused(path: Path, *, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise PermissionError(13, "held")

    monkeypatch.setattr(shutil, "rmtree", refused)
    with pytest.raises(PixSessionError, match="not everything could be deleted") as raised:
        delete_dossier(folder)
    assert str(folder.parent) in raised.value.message
    assert [path.name for path in remains(folder.parent.parent)] == [".leaving-one"]
    monkeypatch.setattr(shutil, "rmtree", rmtree)
    delete_dossier(folder.with_name(".leaving-one"))
    assert list(remains(folder.parent.parent)) == []
