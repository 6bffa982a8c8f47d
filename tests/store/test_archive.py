"""The lines of every export come back from the database, in whatever order the exports came."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pixsession.domain.pix.participation import Participation
from pixsession.readers import Export, ExportKind
from pixsession.store.archive import LineArchive, Lines
from pixsession.store.database import Database
from pixsession.store.rows import StoredExport, stored_export
from pixsession.store.store import Store
from tests.factories.dossiers import as_read
from tests.factories.exports import export, pending, sent, student
from tests.factories.half_groups import ANA, LINH, OTHER, THEO, evaluation
from tests.factories.samples.writer import Download
from tests.factories.stored import StoredExports
from tests.factories.stored import pending as named

pytestmark = pytest.mark.usefixtures("one_engine")

ZOE, ZOE_FELL = student("DURIEUX", "Zoé", sent("08:20", 6)), student("DURIEUX", "Zoé", sent("08:50", 3))
TOM, MIA = student("MARTIN", "Tom", sent("08:30", 5)), student("PETIT", "Mia", pending())
PROFILES = (
    export(ZOE, TOM, MIA, at="09:10"),
    export(TOM, ZOE_FELL, at="09:20"),
    export(TOM, ZOE_FELL, MIA, at="09:30"),
)
EVALUATIONS = (evaluation("10:10"), evaluation("10:25", LINH, ANA), evaluation("10:50", ANA, THEO, LINH))


def kept_lines(exports: Sequence[Export]) -> list[Lines]:
    """The lines of each of these exports with their students, as they come back from the database."""
    database = Database(None)
    store = Store(database)
    for one in exports:
        with store.taking_in(one):
            pass
    store.write_down()
    rows = database.ask("exports")
    known = [stored_export(row) for _place, *row in rows]
    archive = LineArchive(database, zip([place for place, *_row in rows], known, strict=True))
    lines = [archive.lines(one.content_id) for one in known]
    assert lines == [store.lines(one.content_id) for one in known]
    store.close()
    return lines


def without_students(lines: Lines) -> list[object]:
    return [line for _student, line in lines]


@pytest.mark.parametrize("files", [PROFILES, EVALUATIONS])
@pytest.mark.parametrize("order", [(2, 1, 0), (1, 0, 2), (0, 2, 1)])
def test_the_lines_of_each_export_are_those_of_its_file(
    files: Sequence[Download], order: Sequence[int]
) -> None:
    exports = [as_read(files[place]) for place in order]
    found = kept_lines(exports)
    assert [without_students(one) for one in found] == [[*one.contents.campaign_lines] for one in exports]


def test_a_campaign_that_is_written_anew_leaves_the_others_alone() -> None:
    elsewhere = evaluation("10:15", campaign=OTHER)
    exports = [as_read(one) for one in (EVALUATIONS[2], elsewhere, PROFILES[1], EVALUATIONS[0], PROFILES[0])]
    found = kept_lines(exports)
    assert [without_students(one) for one in found] == [[*one.contents.campaign_lines] for one in exports]
    students = [{who for who, _line in one} for one in found]
    assert students[3] < students[0]  # one of the three has come since


def test_what_is_written_anew_leaves_no_rows_of_before() -> None:
    database = Database(None)
    store = Store(database)
    for one in (EVALUATIONS[2], EVALUATIONS[0], PROFILES[1], PROFILES[0]):
        with store.taking_in(as_read(one)):
            pass
    store.write_down()

    def count(sql: str) -> int:
        ((found,),) = database.connection.execute(f"SELECT count(*) FROM {sql}").fetchall()
        return int(found)

    assert count("evaluation_mastery") > 0
    assert count("evaluation_mastery WHERE version_id NOT IN (SELECT version_id FROM evaluation)") == 0
    assert count("participation") == 4  # of the four lines each once
    assert count("participation WHERE until_export = 2") == 2
    store.close()


A, B, C, D = ((number, named(name)) for number, name in enumerate("ABCD", 1))


class Chain:
    """A database, the lines of its exports, and the exports of one campaign in their order."""

    def __init__(self, beside: Chain | None = None) -> None:
        """`beside`: of another campaign, in the same database."""
        self.database: Database = beside.database if beside else Database(None)
        self.archive: LineArchive = beside.archive if beside else LineArchive(self.database, ())
        self.exports: StoredExports = beside.exports if beside else StoredExports()
        self.campaign = "802211" if beside else "731958"
        self.order: list[StoredExport] = []

    def put(self, *entries: tuple[int, Participation], at: int | None = None) -> tuple[int, object]:
        """Take in an export of these lines, last or at a place of the order."""
        lines = (line for _student, line in entries)
        one = self.exports.add("file", *lines, stamp="09:10", campaign=self.campaign)
        self.order.insert(len(self.order) if at is None else at, one)
        with self.database.transaction():
            return self.archive.put(one, entries, self.order)

    def lines(self) -> list[Lines]:
        """Of each export in its order."""
        return [[*self.archive.lines(one.export_id)] for one in self.order]

    def again(self) -> LineArchive:
        """The lines as a program that starts now has them."""
        return LineArchive(self.database, [(place, one) for place, one in enumerate(self.order, 1)][::-1])


def test_an_export_that_comes_last_tells_its_place_and_what_it_does_not_repeat() -> None:
    chain = Chain()
    assert chain.put(A, B) == (1, [])
    assert chain.put(A, B, C) == (2, [])
    assert chain.put(D, B) == (3, [A, C])
    assert chain.put(D, B) == (4, [])
    assert chain.lines() == [[A, B], [A, B, C], [D, B], [D, B]]
    assert chain.database.ask("last_version") == [(4,)]  # a line that goes on is kept once


def test_an_export_that_comes_late_has_its_place_and_the_campaign_is_written_anew() -> None:
    chain = Chain()
    chain.put(A, B)
    chain.put(A, C)
    assert chain.put(A, B, C, at=1) == (2, None)
    assert chain.put(D, at=0) == (1, None)
    expected = [[D], [A, B], [A, B, C], [A, C]]
    assert chain.lines() == expected
    chain.archive.let_go(())
    assert chain.lines() == expected  # from the database
    again = chain.again()
    assert [[*again.lines(one.export_id)] for one in chain.order] == expected
    assert chain.put(C, D) == (5, [A])
    assert chain.lines()[-1] == [C, D]


def test_the_lines_of_two_campaigns_are_never_taken_for_each_other() -> None:
    first = Chain()
    other = Chain(first)
    first.put(A, B)
    other.put(C, D)
    first.put(B, at=0)
    other.put(A)
    for _time in range(2):
        assert (first.lines(), other.lines()) == ([[B], [A, B]], [[C, D], [A]])
        first.archive.let_go(())


def test_the_last_export_of_a_campaign_is_that_of_its_order() -> None:
    chain = Chain()
    assert chain.archive.last(ExportKind.PROFILES, "731958") is None
    chain.put(A, B)
    chain.put(C, at=0)
    found = chain.archive.last(ExportKind.PROFILES, "731958")
    assert found is not None
    assert (found[0], [*found[1]]) == (chain.order[1], [A, B])
    assert chain.archive.last(ExportKind.ASSESSMENT, "731958") is None
    assert chain.archive.last(ExportKind.PROFILES, "802211") is None
    again = chain.again().last(ExportKind.PROFILES, "731958")
    assert again is not None
    assert (again[0], [*again[1]]) == (chain.order[1], [A, B])


def test_lines_that_memory_holds_are_the_same_objects_when_another_export_shows_them() -> None:
    chain = Chain()
    chain.put(A, B)
    chain.put(A, B, C)
    again = chain.again()
    first, second = (again.lines(one.export_id) for one in chain.order)
    assert [one is other for one, other in zip(first, second, strict=False)] == [True, True]
    again.let_go([chain.order[1].content_id])
    assert again.lines(chain.order[1].export_id) is second
    back = again.lines(chain.order[0].export_id)
    assert back is not first
    assert back[0] is second[0]


def test_what_is_about_to_be_put_can_be_asked_for() -> None:
    chain = Chain()
    one = chain.exports.add("file", A[1], stamp="09:10")
    chain.archive.expect(one.export_id, [A])
    assert chain.archive.lines(one.export_id) == [A]
