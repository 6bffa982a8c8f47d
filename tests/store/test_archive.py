"""The lines of every export come back from the database, in whatever order the exports came."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pixsession.readers import Export
from pixsession.store.archive import LineArchive, Lines
from pixsession.store.database import Database
from pixsession.store.rows import stored_export
from pixsession.store.store import Store
from tests.factories.dossiers import as_read
from tests.factories.exports import export, pending, sent, student
from tests.factories.half_groups import ANA, LINH, OTHER, THEO, evaluation
from tests.factories.samples.writer import Download

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
