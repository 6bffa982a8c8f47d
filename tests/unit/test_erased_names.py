"""A name, or all whom a session did not call, is taken out of a dossier, and nothing else is; no database."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.lesson.tally import ClassTally
from pixsession.foundation.clock import with_offset
from pixsession.foundation.errors import PixSessionError
from pixsession.store.dossier import Dossier
from pixsession.store.kept import erase_others, erase_student, holdings_about
from tests.factories.exports import Sheet, moment, sheet, student
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
from tests.factories.workbooks import xlsx


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return nothing_kept(tmp_path)


def noted_in(path: Path) -> list[tuple[object, object]]:
    return [(one["called"], one.get("names")) for one in json.loads(path.read_bytes())["lessons"]]


def test_a_student_leaves_every_export_and_all_else_in_them_stays_as_it_is(folder: Path) -> None:
    mixed, others = lines_of(ZOE, LUCAS, ("DURIEUX", "Ana"), ANA), lines_of(LUCAS, ANA)
    old = [keep(folder, mixed), keep(folder, others, "09:50"), keep(folder, lines_of(ZOE), "09:55")]
    before = Dossier(folder).kept()
    dated(before[1].path, "08:00")
    erase_student(folder, WORDS_OF_ZOE)
    after = Dossier(folder).kept()
    assert [one.file for one in after] == [one.file for one in before]
    first, second, third = contents(folder)
    assert names_in(first) == ["DURIEUX", "LEROY", "MARTIN"]
    assert first is not None
    assert first.splitlines() == [line for line in mixed.splitlines() if "Zoé".encode() not in line]
    assert (second, names_in(third)) == (others, [])
    assert [one.digest in old for one in after] == [False, True, False]
    assert after[1].path.stat().st_mtime == with_offset(moment("08:00")).timestamp()
    assert len(list((folder / "exports").iterdir())) == 6


@pytest.mark.parametrize(
    ("encoding", "delimiter", "above"),
    [("utf-8-sig", ";", ""), ("cp1252", ",", ""), ("utf-16", "\t", ""), ("utf-8", ";", "sep=;\n\nDURIEUX\n")],
)
def test_a_student_leaves_a_file_that_another_program_saved_and_what_stands_above_stays(
    folder: Path, encoding: str, delimiter: str, above: str
) -> None:
    whole = sheet(student(*ZOE), student(*LUCAS)).with_cell("Nom de la campagne", "un\ntitre", 1)
    form: dict[str, Any] = {"delimiter": delimiter, "above": above}
    keep(folder, whole.content(encoding, **form))
    erase_student(folder, WORDS_OF_ZOE)
    left = Sheet(whole.header, tuple(row for row in whole.rows if "DURIEUX" not in row))
    assert contents(folder) == [left.content(encoding, **form)]
    assert len(left.rows) == 1


@pytest.mark.parametrize("order", ["be", "le"])
def test_a_file_of_two_bytes_a_letter_keeps_the_order_of_its_bytes(folder: Path, order: str) -> None:
    whole = sheet(student(*ZOE), student(*LUCAS))
    left = Sheet(whole.header, tuple(row for row in whole.rows if "DURIEUX" not in row))
    contents_of = [
        f"\ufeff{one.content('utf-8').decode()}".encode(f"utf-16-{order}") for one in (whole, left)
    ]
    for content, at in zip(contents_of, ("09:45", "09:50"), strict=True):
        keep(folder, content, at)
    erase_student(folder, WORDS_OF_ZOE)
    assert contents(folder) == [contents_of[1]] * 2


def test_lines_without_the_cells_of_a_name_stay(folder: Path) -> None:
    short = b"".join(b";" * cells + b"\n" for cells in range(9))
    content = lines_of(ZOE, LUCAS) + short
    keep(folder, content)
    erase_student(folder, WORDS_OF_ZOE)
    (left,) = contents(folder)
    assert left is not None
    assert left.endswith(short)
    assert len(left.splitlines()) == len(content.splitlines()) - 1


def test_names_encoded_twice_are_erased_and_other_columns_are_no_names(folder: Path) -> None:
    whole = sheet(student(*ZOE), student(*LUCAS), student(*ANA))
    for row, (label, text) in enumerate(
        (("Prénom du Participant", "ZoÃ©"), ("Nom de la campagne", "Zoé DURIEUX"), ("Classe", "Zoé"))
    ):
        assert label in whole.header
        whole = whole.with_cell(label, text, row)
    keep(folder, whole.content())
    erase_student(folder, WORDS_OF_ZOE)
    assert names_in(*contents(folder)) == ["LEROY", "MARTIN"]


def test_a_workbook_goes_whole_where_it_names_the_student_and_else_stays(folder: Path) -> None:
    sheets = [sheet(student(*one), student(*LUCAS)) for one in (ZOE, ANA)]
    with_zoe, without = (xlsx([one.header, *one.rows]) for one in sheets)
    keep(folder, with_zoe, name="a.xlsx")
    keep(folder, without, "09:50", name="b.xlsx")
    erase_student(folder, WORDS_OF_ZOE)
    assert contents(folder) == [without]


def test_what_is_damaged_or_described_by_nothing_goes_with_a_student(folder: Path) -> None:
    keep(folder, lines_of(LUCAS))
    digest = keep(folder, lines_of(ANA), "09:50")
    exports = folder / "exports"
    (exports / f"{digest}.csv").write_bytes(b"MARTIN;Lucas;damaged")
    for name in ("abandoned.csv", ".half.csv.17", ".x.part"):
        (exports / name).write_text("DURIEUX;Zoé")
    (exports / "damaged.json").write_text("{")
    erase_student(folder, WORDS_OF_ZOE)
    assert contents(folder) == [lines_of(LUCAS)]
    assert {path.suffix for path in exports.iterdir()} == {".csv", ".json"}


def test_what_is_made_of_the_exports_goes_and_all_else_stays(folder: Path) -> None:
    made = ("board.duckdb", "board.duckdb.wal", "damaged.duckdb", "damaged.duckdb.wal", ".pixsession-a.part")
    for name in (*made, "watched.json", "owner.lock"):
        (folder / name).write_text("")
    erase_student(folder, WORDS_OF_ZOE)
    left = {path.name for path in folder.iterdir()}
    assert left - {"owner.lock"} == {"exports", "watched.json"}  # Windows takes the lock away with its holder


def test_lines_that_name_the_student_leave_the_journals_and_the_others_stay_to_the_byte(folder: Path) -> None:
    kept = [who(LUCAS), who(("DURIEUX", "Ana")), {"DURIEUX Zoé": "a key is no text"}, {"n": 3, "b": [True]}]
    gone = [who(ZOE), who(LUCAS, ZOE), {"text": "zoé d'où ? durieux"}, '{"cut": "Zoé DURIEUX', "DURIEUX-Zoé"]
    mixed = journal(folder, kept[0], *gone, *kept[1:])
    other = journal(folder, who(LUCAS), "no JSON", name="20260312T090000-2-0.jsonl")
    dated(other, "08:00")
    untouched = other.read_bytes()
    lines = mixed.read_bytes().splitlines(keepends=True)
    erase_student(folder, WORDS_OF_ZOE)
    assert mixed.read_bytes() == b"".join((lines[0], *lines[len(gone) + 1 :]))
    assert other.read_bytes() == untouched
    assert other.stat().st_mtime == with_offset(moment("08:00")).timestamp()


def test_whoever_is_named_last_in_a_long_line_is_found_and_erased(folder: Path) -> None:
    many = [(f"NOM{number}", f"Prénom{number}") for number in range(200)]
    path = journal(folder, who(*many, ZOE), who(*many))
    assert holdings_about(folder, WORDS_OF_ZOE).gestures == 1
    erase_student(folder, WORDS_OF_ZOE)
    assert [len(json.loads(line)["facts"]["who"]) for line in path.read_bytes().splitlines()] == [200]


def test_a_file_taken_back_stays_so_under_its_new_digest(folder: Path) -> None:
    changed, same = keep(folder, lines_of(ZOE, LUCAS)), keep(folder, lines_of(LUCAS), "09:50")
    path = journal(folder, {"digest": changed}, {"digest": same})
    erase_student(folder, WORDS_OF_ZOE)
    digests = [json.loads(line)["facts"]["digest"] for line in path.read_bytes().splitlines()]
    assert digests == [one.digest for one in Dossier(folder).kept()]
    assert digests != [changed, same]


def test_the_student_leaves_the_notes_of_the_session_and_whoever_else_was_called_stays(folder: Path) -> None:
    zoe_too = lesson(ZOE, LUCAS, names=(("Durieux", "Zoé"), LUCAS))
    path = note(folder, zoe_too, {"called": None, "names": None}, lesson(LUCAS), narrowed_days=["2026-03-12"])
    erase_student(folder, WORDS_OF_ZOE)
    called = [[["key"], *LUCAS, "3eA"]]
    assert noted_in(path) == [(called, [list(LUCAS)]), (None, None), (called, None)]
    assert json.loads(path.read_bytes())["narrowed_days"] == ["2026-03-12"]
    path.unlink()
    erase_student(folder, WORDS_OF_ZOE)
    assert not path.exists()


@pytest.mark.parametrize(
    "noted", ["{", "[]", "3", '{"lessons": 3}', '{"lessons": [3]}', '{"lessons": [{"date": "2026-03-12"}]}']
)
def test_damaged_notes_go_whole_with_a_student(folder: Path, noted: str) -> None:
    (folder / "session.json").write_text(noted)
    erase_student(folder, WORDS_OF_ZOE)
    assert not (folder / "session.json").exists()


def test_notes_without_a_lesson_stay(folder: Path) -> None:
    (folder / "session.json").write_text('{"kind": "certification"}')
    erase_student(folder, WORDS_OF_ZOE)
    assert json.loads((folder / "session.json").read_bytes()) == {"kind": "certification"}


def test_nothing_is_erased_of_a_shared_session_alone(folder: Path) -> None:
    shared = folder.with_name("x-shared-1")
    folder.rename(shared)
    keep(shared, lines_of(ZOE))
    note(shared, lesson(LUCAS))
    with pytest.raises(PixSessionError, match="shared session"):
        erase_student(shared, WORDS_OF_ZOE)
    with pytest.raises(PixSessionError, match="shared session"):
        erase_others(shared, ())
    assert contents(shared) == [lines_of(ZOE)]


@pytest.mark.parametrize("is_student", [True, False])
def test_what_the_disk_refuses_is_told_and_nothing_written_before_is_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, is_student: bool
) -> None:
    keep(folder, lines_of(ZOE, LUCAS))
    note(folder, lesson(LUCAS))

    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PixSessionError, match="the disk is full") as raised:
        erase_student(folder, WORDS_OF_ZOE) if is_student else erase_others(folder, ())
    assert str(folder) in raised.value.message
    assert contents(folder) == [lines_of(ZOE, LUCAS)]


def test_a_session_keeps_whom_it_called_spoke_of_or_may_have_meant(folder: Path) -> None:
    people = [
        ("MARTIN", "Lucas"),  # called
        ("Martin", "Lucas Paul"),  # two words of one called
        ("MARTIN", "Paul"),  # one of two
        ("CHER", ""),  # of one word, and so is one called
        ("CHER", "Lou"),
        ("LEROY", "Ana"),  # spoken of
        ("LEROY", "Tom"),
        ("ROY", "Élise"),  # in the names noted
        ("DURIEUX", "Zoé"),
    ]
    keep(folder, lines_of(*people))
    note(folder, lesson(LUCAS, ("CHER", ""), ("-", "?")), lesson(names=(("Roy", "Elise Anne"),)))
    journal(folder, who(ANA))
    erase_others(folder, ())
    assert names_in(*contents(folder)) == ["CHER", "CHER", "LEROY", "MARTIN", "Martin", "ROY"]


@pytest.mark.parametrize(
    "lessons", [(), (lesson(LUCAS), {"date": "2026-03-13", "called": None}), (lesson(),)]
)
def test_where_it_is_not_known_who_was_called_nobody_is_another(
    folder: Path, lessons: tuple[object, ...]
) -> None:
    keep(folder, lines_of(ZOE))
    note(folder, *lessons)
    with pytest.raises(PixSessionError, match="nobody is noted as called"):
        erase_others(folder, ())
    assert contents(folder) == [lines_of(ZOE)]


def test_whoever_is_spoken_of_last_in_a_long_line_is_no_other(folder: Path) -> None:
    keep(folder, lines_of(ZOE, ANA))
    note(folder, lesson(LUCAS))
    journal(folder, who(*((f"NOM{number}", "Lou") for number in range(200)), ANA))
    erase_others(folder, ())
    assert names_in(*contents(folder)) == ["LEROY"]


def test_an_export_that_loses_others_says_so_and_how_its_classes_stood(folder: Path) -> None:
    keep(folder, lines_of(ZOE, LUCAS, ANA))
    keep(folder, lines_of(LUCAS), "09:50")
    path = note(folder, lesson(LUCAS, ANA))
    board = folder / "board.duckdb"
    board.write_text("")
    erase_others(folder, ())
    assert not board.exists()
    assert json.loads(path.read_bytes())["is_narrowed"] is True
    first, second = Dossier(folder).kept()
    assert (first.is_narrowed, second.is_narrowed, second.classes) == (True, False, ())
    (tally,) = first.classes
    assert (tally.place, tally.begun, tally.sent) == ("3eA", 3, 0)
    note(folder, lesson(LUCAS))
    erase_others(folder, ())
    again = Dossier(folder).kept()[0]
    assert names_in(again.content()) == ["MARTIN"]
    assert (again.is_narrowed, again.classes) == (True, (tally,))


def test_a_student_erased_later_leaves_the_export_as_narrowed_as_it_was(folder: Path) -> None:
    keep(folder, lines_of(ZOE, LUCAS, ANA))
    note(folder, lesson(LUCAS, ZOE))
    erase_others(folder, ())
    (before,) = Dossier(folder).kept()
    erase_student(folder, WORDS_OF_ZOE)
    (after,) = Dossier(folder).kept()
    assert names_in(after.content()) == ["MARTIN"]
    assert (after.is_narrowed, after.classes) == (before.is_narrowed, before.classes)
    assert isinstance(after.classes[0], ClassTally)


def test_exports_taken_back_go_whole_when_the_others_go_and_so_does_what_is_damaged(folder: Path) -> None:
    taken_back, other = keep(folder, lines_of(LUCAS)), keep(folder, lines_of(LUCAS, ANA), "09:50")
    damaged = keep(folder, lines_of(LUCAS, ZOE), "09:55")
    (folder / "exports" / f"{damaged}.csv").write_bytes(b"damaged")
    note(folder, lesson(LUCAS, ANA))
    erase_others(folder, (taken_back, "another"))
    assert [one.digest for one in Dossier(folder).kept()] == [other]
    assert contents(folder) == [lines_of(LUCAS, ANA)]


def test_a_workbook_that_names_one_of_the_session_stays_whole(folder: Path) -> None:
    sheets = [sheet(student(*ZOE), student(*one)) for one in (LUCAS, ANA)]
    with_own, others = (xlsx([one.header, *one.rows]) for one in sheets)
    keep(folder, with_own, name="a.xlsx")
    keep(folder, others, "09:50", name="b.xlsx")
    note(folder, lesson(LUCAS))
    erase_others(folder, ())
    (left,) = Dossier(folder).kept()
    assert (left.content(), left.is_narrowed) == (with_own, False)
    assert left.digest == hashlib.sha256(with_own).hexdigest()
