"""Which student each line of an export is of; the database and its archive are fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.runs import Run
from pixsession.readers import Export, ExportKind, FileDescription
from pixsession.readers.export import Contents, ExportedCampaign, Origin, Unchanged
from pixsession.store.history import ExportHistory
from pixsession.store.roll import StudentRoll
from pixsession.store.rows import StoredExport
from tests.factories.stored import DAY, StoredExports, at, begun, sent

CAMPAIGN = "731958"
Line = Participation | AssessmentLine
Entries = Sequence[tuple[int, Line]]


def moved(name: str, clock: str, place: str) -> Participation:
    """Who is in another class; the submission alone says that it is the same student."""
    return sent(name, clock)._replace(division=place)


def export(*lines: Line, clock: str = "09:30", campaign: str | None = CAMPAIGN) -> Export:
    named = ExportedCampaign(campaign, None, "") if campaign else None
    exams = tuple(line for line in lines if isinstance(line, AssessmentLine))
    kind = ExportKind.ASSESSMENT if exams else ExportKind.PROFILES
    profiles = tuple(line for line in lines if isinstance(line, Participation))
    contents = Contents(kind, "", Origin("csv"), campaign=named, participations=profiles, assessments=exams)
    return Export(FileDescription("export", at(clock), True, at(clock)), "digest", b"", contents)


def after(one: Export, digest: str, *runs: Run) -> Export:
    """Of which is known what it has in common with another one."""
    return one._replace(contents=one.contents._replace(unchanged=Unchanged(digest, runs)))


class Archive(StoredExports):
    """Exports with their lines; the last one of each chain is the last that was put."""

    def __init__(self) -> None:
        super().__init__()
        self.chain: dict[tuple[ExportKind, str], tuple[StoredExport, Entries]] = {}

    def put(self, export: StoredExport, entries: Entries) -> None:
        self.chain[export.kind, export.source.campaign.key] = export, entries

    def last(self, kind: ExportKind, key: str) -> tuple[StoredExport, Entries] | None:
        return self.chain.get((kind, key))


class Database:
    """Keeps what it is given, and knows some submissions."""

    def __init__(self, **known: Sequence[tuple[int, str | None, int | None]]) -> None:
        self.known = known
        self.asked: list[tuple[str, object]] = []
        self.kept: list[tuple[Any, ...]] = []

    def append(self, table: str, items: Sequence[tuple[Any, ...]], rows_of: Any) -> None:
        assert table == "student"
        self.kept += rows_of(items)

    def ask(self, query: str, values: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
        self.asked.append((query, values["campaign_key"]))
        return self.known.get(query, ())


def roll_of(
    rows: Sequence[Sequence[Any]] = (),
    *,
    archive: Any = None,
    exports: Sequence[StoredExport] = (),
    database: Any = None,
) -> StudentRoll:
    archive = archive or Archive()
    history = ExportHistory(exports, archive, lambda _query, _values: ())
    kept_by: Any = database or Database()
    return StudentRoll(rows, history, archive, kept_by)


def known(student: int, name: str, place: str = "3eA") -> tuple[Any, ...]:
    """A row of the query of students."""
    key = f"{name.casefold()}|zoe"
    return student, key, place, "", name, "Zoé", [CAMPAIGN], datetime.fromisoformat(f"{DAY}T08:00")


ANA, TOM, MIA = sent("A", "08:10"), sent("BB", "08:20"), sent("CCC", "08:30")


def test_each_line_has_its_student_and_new_ones_are_kept() -> None:
    database = Database()
    roll = roll_of([known(7, "A")], database=database)
    entries, runs = roll.entries_of(export(TOM, ANA, TOM))
    assert (entries, runs) == ([(8, TOM), (7, ANA), (8, TOM)], None)
    assert database.kept == [(8, "bb|zoe", "3eA", "", "BB", "Zoé")]
    assert roll.entries_of(export(MIA, TOM, clock="09:40"))[0] == [(9, MIA), (8, TOM)]


def test_who_changed_class_is_known_by_what_was_sent_in_that_campaign() -> None:
    sent_before = [(7, ANA.sent_at, ANA.pix), (7, f"{DAY}T08:01", 3), (8, TOM.sent_at, TOM.pix)]
    database = Database(participations_known=sent_before)
    roll = roll_of([known(7, "A"), known(8, "BB")], database=database)
    lines = moved("A", "08:10", "3eC"), moved("BB", "08:21", "3eD")
    assert [student for student, _line in roll.entries_of(export(*lines))[0]] == [7, 9]
    assert database.asked == [("participations_known", CAMPAIGN)]  # once for all of them
    assert [row[0] for row in database.kept] == [7, 9]


def test_an_evaluation_is_followed_by_its_starts() -> None:
    database = Database(evaluations_known=[(7, f"{DAY}T08:10", None)])
    roll = roll_of([known(7, "A")], database=database)
    line = begun("A", 0.5, "08:10")._replace(division="3eC")
    assert roll.entries_of(export(line)) == ([(7, line)], None)
    assert database.asked == [("evaluations_known", CAMPAIGN)]


def test_how_a_campaign_that_tells_otherwise_last_showed_a_student_is_remembered() -> None:
    archive = Archive()
    # Since then another campaign has told that she is in 3eB, as the row says.
    shown = archive.add("A", ANA, stamp="09:00")
    exam = archive.add("exam", begun("BB", 0.5, "08:10"), stamp="09:00", campaign="2")
    rows = [known(1, "A", "3eB"), known(2, "BB", "3eB")]
    others = [(student, f"{DAY}T07:00", None) for student in (1, 2)]  # what was sent says nothing
    database = Database(participations_known=others, evaluations_known=others)
    roll = roll_of(rows, archive=archive, exports=[shown, exam], database=database)
    assert roll.entries_of(export(ANA))[0] == [(1, ANA)]
    line = begun("BB", 0.75, "08:40")
    assert roll.entries_of(export(line, campaign="2"))[0] == [(2, line)]
    # Where nothing is remembered it is a student of another class.
    assert roll_of(rows, database=database).entries_of(export(ANA))[0] == [(3, ANA)]


def test_an_export_of_no_known_campaign_is_read_all_the_same() -> None:
    assert roll_of().entries_of(export(ANA, campaign=None)) == ([(1, ANA)], None)


def test_what_the_last_export_has_too_keeps_its_students_and_its_very_lines() -> None:
    archive, database = Archive(), Database()
    roll = roll_of(archive=archive, database=database)
    first = export(ANA, TOM)
    stored = archive.add("export", ANA, TOM, stamp="09:30", digest="before")
    entries, _runs = roll.entries_of(first)
    archive.put(stored, entries)
    more = sent("BB", "09:35")  # he has sent another profile: his lines are looked at, and are his
    again = export(ANA._replace(), MIA, TOM._replace(), more, clock="09:40")
    runs = Run(0, 0, 1), Run(1, 2, 1)
    found, told = roll.entries_of(after(again, "before", *runs))
    assert found == [(1, ANA), (3, MIA), (2, TOM), (2, more)]
    assert found[0] is entries[0]
    assert found[2] is entries[1]
    assert told == [*runs]
    assert [row[0] for row in database.kept] == [1, 2, 3]
    # Known of another export than the last one of its chain, or of none, every line is looked at.
    for other in (after(again, "another", *runs), again):
        assert roll.entries_of(other) == (found, None)
    archive.chain.clear()
    assert roll.entries_of(after(again, "before", *runs)) == (found, None)


def test_a_repeated_line_that_is_of_another_student_now_is_no_longer_the_same() -> None:
    archive, database = Archive(), Database()
    roll = roll_of([known(8, "BB")], archive=archive, database=database)
    loose = TOM._replace(division=None)  # of that name there is one: it is he
    stored = archive.add("export", ANA, loose, stamp="09:30", digest="before")
    entries, _runs = roll.entries_of(export(ANA, loose))
    assert entries == [(9, ANA), (8, loose)]
    archive.put(stored, entries)
    # He is there with his class now: the line without one is of somebody else.
    found, told = roll.entries_of(after(export(ANA, loose, TOM, clock="09:40"), "before", Run(0, 0, 2)))
    assert found == [(9, ANA), (10, loose), (8, TOM)]
    assert told == [Run(0, 0, 1)]
    assert [row[0] for row in database.kept] == [9, 10]
