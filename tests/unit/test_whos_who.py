"""What is told of students who are one, and of classes that a spreadsheet spoiled."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.entries import Entry, FileEntryKind, Json, MatchEntry
from pixsession.domain.board.snapshot import FileEntry, FileStatus, SentProfile
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.matches import Decisions, PersonLabel
from pixsession.domain.people.resolver import Evaluation, PeopleList, ResultsList, SpoiledPlaces
from pixsession.domain.pix.certification import CertificationResult
from pixsession.engine.board.lists import Lists
from pixsession.engine.board.taken_back import TakenBack
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.people.decisions import DecisionBook
from pixsession.engine.people.whos_who import (
    deltas_of,
    evaluations_read,
    exports_read,
    history_of,
    lists_read,
    with_spoiled_told,
)
from pixsession.readers import Contents, Export, ExportKind, FileDescription
from pixsession.readers.export import Origin
from tests.factories.snapshots import NOW, SOURCE
from tests.factories.stored import begun

SPOILED = SpoiledPlaces({"3,00E+01": "3e1"}, {"liste.csv": ("3,00E+01",)})


def gained(pix: int, minutes: int) -> Delta:
    return Delta(0, pix, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("deltas", "unions", "found"),
    [
        ({}, {2: 1}, {}),
        ({1: gained(4, 0)}, {2: 1}, {1: gained(4, 0)}),
        ({2: gained(4, 0)}, {2: 1}, {1: gained(4, 0), 2: gained(4, 0)}),
        ({1: gained(4, 0), 2: gained(5, 1)}, {2: 1}, {1: gained(5, 1), 2: gained(5, 1)}),
        ({1: gained(4, 2), 2: gained(5, 1)}, {2: 1}, {1: gained(4, 2), 2: gained(5, 1)}),
        ({1: gained(4, 1), 2: gained(5, 1)}, {2: 1}, {1: gained(4, 1), 2: gained(5, 1)}),
        (
            {2: gained(4, 1), 3: gained(5, 0)},
            {2: 1, 3: 1},
            {1: gained(4, 1), 2: gained(4, 1), 3: gained(5, 0)},
        ),
        ({2: gained(4, 0), 3: gained(5, 0)}, {}, {2: gained(4, 0), 3: gained(5, 0)}),
    ],
)
def test_what_one_student_last_gained_is_the_latest_of_all_ids(
    deltas: dict[int, Delta], unions: dict[int, int], found: dict[int, Delta]
) -> None:
    assert deltas_of(deltas, unions) == found


def test_the_profiles_of_one_student_by_all_ids_are_told_newest_first() -> None:
    def sent(at: str | None) -> SentProfile:
        return SentProfile(at, 1, (), SOURCE)

    known = {
        1: (sent("2026-03-12"), sent("2026-01-12")),
        2: (sent("2026-02-12"), sent(None)),
        3: (sent("2026"),),
    }
    told = [one.sent_at for one in history_of(1, {2: 1}, known.__getitem__)]
    assert told == ["2026-03-12", "2026-02-12", "2026-01-12", None]
    assert history_of(3, {2: 1}, known.__getitem__) == known[3]
    assert history_of(2, {2: 1}, known.__getitem__) == known[2]


def test_spoiled_classes_of_lists_and_results_are_read_as_they_were_meant() -> None:
    def listed(division: str | None, group: str | None) -> PeopleList:
        return PeopleList("liste.csv", (ExpectedStudent(2, "MARTIN", "Léo", division=division, group=group),))

    def result(division: str | None) -> ResultsList:
        fields = dict.fromkeys(CertificationResult._fields)
        told = CertificationResult(**fields)._replace(division=division)  # type: ignore[arg-type]
        return ResultsList("resultats.csv", (told,))

    lists = Lists((listed("3,00E+01", "gr1"), listed(None, "3,00E+01")), (result("3,00E+01"), result("3e2")))
    sound = Lists((listed("3e1", "gr1"), listed(None, "3e1")), (result("3e1"), result("3e2")))
    called = (listed("3,00E+01", None),)  # a session has read its own
    assert lists_read(lists, None, SPOILED) == sound
    assert lists_read(lists, called, SPOILED) == Lists(called, sound.results)
    assert lists_read(lists, (), SPOILED) == Lists((), sound.results)
    assert lists_read(lists, None, SpoiledPlaces()) is lists
    assert lists_read(lists, called, SpoiledPlaces()) == Lists(called, lists.results)


@pytest.mark.parametrize(
    ("division", "group", "read"),
    [
        ("3,00E+01", "gr1", ("3e1", "gr1")),
        (None, "3,00E+01", (None, "3e1")),
        ("3e2", None, ("3e2", None)),
    ],
)
def test_spoiled_classes_of_evaluations_and_files_are_read_as_they_were_meant(
    division: str | None, group: str | None, read: tuple[str | None, str | None]
) -> None:
    line = begun("ROUX", 0.5, "08:10")._replace(division=division, group=group)
    evaluation = Evaluation(SOURCE, [(3, line), (4, line)])
    student = ExpectedStudent(2, "ROUX", "Eva", division=division, group=group)
    contents = Contents(ExportKind.ROSTER, "", Origin("csv"), expected=(student,))
    file = Export(FileDescription("3eA.csv", NOW, False, NOW), "", b"", contents)
    sound, known = (one._replace(division=read[0], group=read[1]) for one in (line, student))
    (found,) = evaluations_read([evaluation], SPOILED)
    assert found == (SOURCE, [(3, sound), (4, sound)])
    (as_meant,) = exports_read([file], SPOILED)
    assert as_meant.contents.expected == (known,)
    assert as_meant._replace(contents=contents) == file
    assert [*evaluations_read([evaluation], SpoiledPlaces())] == [evaluation]
    assert [*exports_read([file], SpoiledPlaces())] == [file]


def test_a_file_with_spoiled_classes_says_so_beside_what_it_says_already() -> None:
    file = FileEntry("liste.csv", FileStatus.READ, notes=("two lines",), message="two lines")
    other = FileEntry("autre.csv", FileStatus.READ)
    told, same = with_spoiled_told([file, other], SPOILED)
    assert same is other
    assert told.notes == ("two lines", "classes spoiled by a spreadsheet: 3,00E+01 is 3e1")
    assert told.message == " · ".join(told.notes)


class Log:
    """The entries of a journal in memory."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = entries

    def append(self, kind: str, facts: dict[str, Json]) -> None:
        self.entries += (Entry(f"{len(self.entries) + 1}", "2026-03-12T09:00:00", kind, facts, "one.jsonl"),)


def log(*entries: Entry) -> tuple[Log, EntryLog]:
    found = Log(*entries)
    return found, cast("EntryLog", found)


def label(key: str, born: str | None = "2011-01-02") -> PersonLabel:
    return PersonLabel(key, "MARTIN", "Léo", "3eA", born, "liste.csv")


def test_a_decision_stands_until_it_is_taken_back_or_another_one_is_made_of_the_pair() -> None:
    told, entries = log()
    book = DecisionBook(entries)
    assert book.decisions == Decisions()
    book.decide(label("b"), label("a"), same=True)
    assert book.decisions == Decisions(frozenset({("a", "b")}))
    assert "2011" not in str(told.entries)
    book.decide(label("d"), label("c"), same=False)
    assert book.decisions == Decisions(frozenset({("a", "b")}), frozenset({("c", "d")}))
    assert [(one.person, one.other, one.same) for one in book.listed()] == [
        (label("d", None), label("c", None), False),
        (label("b", None), label("a", None), True),
    ]
    book.decide(label("a"), label("b"), same=False)
    assert book.decisions == Decisions(different=frozenset({("b", "a"), ("c", "d")}))
    for pair in (("a", "d"), ("a", "c")):
        book.undo(*pair)
    assert len(book.listed()) == 2
    book.undo("b", "a")
    assert book.decisions == Decisions(frozenset({("a", "b")}), frozenset({("c", "d")}))
    book.undo("a", "b")
    book.undo("c", "d")
    assert book.decisions == Decisions()
    assert not book.listed()


def test_a_decision_is_taken_back_right_after_it_was_made_and_by_whoever_has_not_looked_before() -> None:
    _told, entries = log()
    book = DecisionBook(entries)
    book.decide(label("b"), label("a"), same=True)
    book.undo("a", "b")
    assert book.decisions == Decisions()
    book.decide(label("b"), label("a"), same=False)
    DecisionBook(entries).undo("b", "a")
    assert book.decisions == Decisions()
    assert not book.listed()


@pytest.mark.parametrize(
    "labels",
    [None, [], "ab", [["b", "MARTIN"], 3], [[1, 2, 3], None], [{}, {}]],
)
def test_who_was_decided_on_is_told_by_the_key_where_the_line_was_edited(labels: Json) -> None:
    facts: dict[str, Json] = {"incoming": "list|martin|leo|3ea|", "base": "x", "labels": labels}
    _told, entries = log(Entry("1", "2026-03-12T09:00:00", MatchEntry.SAME, facts, "one.jsonl"))
    (decided,) = DecisionBook(entries).listed()
    assert decided.person == PersonLabel("list|martin|leo|3ea|", "martin", "leo", None, None, "")
    assert decided.other == PersonLabel("x", "", "", None, None, "")


def test_what_is_no_text_in_a_label_is_not_shown() -> None:
    labels: Json = [["b", 1, "Léo", 3, None, 5], ["a", "MARTIN", None, "3eA", "2011", "liste.csv"]]
    facts: dict[str, Json] = {"incoming": "b", "base": "a", "labels": labels}
    _told, entries = log(Entry("1", "2026-03-12T09:00:00", MatchEntry.DIFFERENT, facts, "one.jsonl"))
    (decided,) = DecisionBook(entries).listed()
    assert decided.person == PersonLabel("b", "", "Léo", None, None, "")
    assert decided.other == PersonLabel("a", "MARTIN", "", "3eA", "2011", "liste.csv")


def test_a_file_taken_back_does_not_count_until_that_is_undone() -> None:
    _told, entries = log()
    files = TakenBack(entries)
    assert not files.files
    assert files.undo() == ""
    for digest, name in (("d1", "a.csv"), ("d2", "b.csv"), ("d1", "c.csv")):
        files.take_back(digest, NOW, name)
    assert [(one.digest, one.name, one.exported_at) for one in files.files] == [
        ("d1", "a.csv", NOW), ("d2", "b.csv", NOW), ("d1", "c.csv", NOW),
    ]  # fmt: skip
    assert files.undo() == "c.csv"
    assert [one.name for one in files.files] == ["a.csv", "b.csv"]
    files.take_back("d1", NOW, "c.csv")
    files.count_again("d9")
    assert len(files.files) == 3
    files.count_again("d1")
    assert [one.name for one in files.files] == ["b.csv"]
    assert files.undo() == "b.csv"
    assert not files.files


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ({"digest": "d", "exported_at": "2026-03-12T09:48:00", "name": "a.csv"}, ["a.csv"]),
        ({"digest": "d", "exported_at": "2026-03-12T09:48:00", "name": 3}, [""]),
        ({"digest": "d", "exported_at": "2026-03-12T09:48:00"}, [""]),
        ({"digest": "", "exported_at": "2026-03-12T09:48:00"}, []),
        ({"digest": 3, "exported_at": "2026-03-12T09:48:00"}, []),
        ({"exported_at": "2026-03-12T09:48:00"}, []),
        ({"digest": "d", "exported_at": 3}, []),
        ({"digest": "d"}, []),
        ({"digest": "d", "exported_at": "yesterday"}, []),
    ],
)
def test_an_entry_that_does_not_say_which_file_takes_none_back(
    facts: dict[str, Json], names: list[str]
) -> None:
    _told, entries = log(Entry("1", "2026-03-12T10:00:00", FileEntryKind.TAKE_BACK, facts, "one.jsonl"))
    assert [one.name for one in TakenBack(entries).files] == names
