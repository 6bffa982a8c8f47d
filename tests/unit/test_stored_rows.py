"""What the database is given of exports, lines, students and changes, and what is made of it; no database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import Campaign, Source
from pixsession.domain.people.students import KnownStudent, StudentLook
from pixsession.domain.pix.assessment import AssessmentLine, Mastery, SkillState
from pixsession.domain.pix.competences import CODES
from pixsession.readers import Contents, Export, ExportKind, FileDescription
from pixsession.readers.export import ExportedCampaign, Origin
from pixsession.store.rows import (
    StoredExport,
    campaign_key,
    change_row,
    evaluation_row,
    export_row,
    list_origin,
    mastery_rows,
    origin_beside,
    participation_row,
    read_evaluation,
    read_participation,
    stored_export,
    student_row,
)
from tests.factories.stored import StoredExports, at, begun, sent

CAMPAIGN = ExportedCampaign("731958", "FDVRGZ586", "Collecte", None, "Collège")
DOUBTS = (Reason(ReasonCode.SENDS_TIE), Reason(ReasonCode.CELL_UNREADABLE, ("Niveau", "é;x")))
LEVELS, PIX = ";".join(["3", "", *["1"] * 14]), ";".join(["24", "0", *["8"] * 14])
DELTA = Delta(-1, -20, at("09:45"))


def read_export(campaign: ExportedCampaign | None = CAMPAIGN, **more: Any) -> Export:
    """An export of two lines, read from a file called like a second download."""
    contents = Contents(
        ExportKind.PROFILES, "2024-12", Origin("csv"), campaign=campaign,
        participations=(sent("A", "08:10"), sent("B", "08:20")), notes=("guessed", "left out"),
    )  # fmt: skip
    file = FileDescription("a (2).csv", at("09:45"), True, at("10:00"))
    return Export(file, "d" * 64, b"", contents._replace(**more))


def test_an_export_is_given_back_as_it_was_read() -> None:
    campaign = Campaign("731958", "FDVRGZ586", "Collecte")
    source = Source("a (2).csv", campaign, at("09:45"), True)
    facts = source, at("10:00"), 2, False, 2, "Collège", ("guessed", "left out")
    assert stored_export(export_row(7, 5, read_export())) == StoredExport(
        7, 5, ExportKind.PROFILES, "d" * 64, *facts
    )
    other = stored_export(export_row(7, 5, read_export(one_line_each=True, kind=ExportKind.ASSESSMENT)))
    assert (other.one_line_each, other.kind, other.has_stamp) == (True, ExportKind.ASSESSMENT, True)


def test_an_export_of_an_unknown_campaign_or_time_says_neither() -> None:
    one = read_export(None)
    one = one._replace(file=one.file._replace(time_from_name=False, name="caf\udce9.csv"))
    found = stored_export(export_row(1, 1, one))
    assert (found.source.campaign, found.organisation) == (Campaign("", None, ""), "")
    assert (found.has_stamp, found.source.file) == (False, "caf\ufffd.csv")
    assert (campaign_key(one), campaign_key(read_export())) == ("", "731958")


def test_the_list_of_a_campaign_has_one_name_and_each_export_beside_it_its_own() -> None:
    store = StoredExports()
    exports = [
        store.add("a", sent("A", "08:10"), stamp="09:10"),
        store.add("a", sent("A", "08:10"), stamp="09:20"),
        store.add("b", sent("A", "08:10"), stamp="09:10"),
        store.add("a", sent("A", "08:10"), stamp="09:10", campaign="2"),
        store.add("a", begun("A", 0.5, "08:10"), stamp="09:10"),
    ]
    first, again, other, elsewhere, exam = map(list_origin, exports)
    assert first == again == other
    assert len({first, elsewhere, exam}) == 3
    assert len({*map(list_origin, exports), *map(origin_beside, exports)}) == 3 + 5


@pytest.mark.parametrize("doubts", [(), DOUBTS[:1], DOUBTS])
def test_a_profile_sent_is_a_number_a_column_and_its_doubts_are_given_back(
    doubts: tuple[Reason, ...],
) -> None:
    line = sent("A", "08:10")._replace(levels=LEVELS, competence_pix=PIX, doubts=doubts)
    row = participation_row(line)
    assert row[:11] == line[:11]
    assert row[11:-1] == (3, None, *[1] * 14, 24, 0, *[8] * 14)
    assert (row[-1] is None) is (not doubts)
    assert read_participation([*line[:-1], row[-1]]) == line


@pytest.mark.parametrize("missing", [{"levels": None}, {"competence_pix": None}, {}])
def test_a_line_without_a_whole_profile_has_no_numbers(missing: dict[str, Any]) -> None:
    line = sent("A", None)
    if missing:
        line = line._replace(levels=LEVELS, competence_pix=PIX)._replace(**missing)
    assert participation_row(line)[11:] == (None,) * (2 * len(CODES) + 1)
    assert read_participation([*line[:-1], ""]) == line


def evaluated() -> AssessmentLine:
    return begun("A", 0.5, "08:10", "08:40")._replace(
        mastery=0.25,
        stage=2,
        badges=(("Badge é", True), ("Autre", None), ("Non", False)),
        competences=(("1.1", Mastery(0.5, 4, 2)), ("2.3", Mastery(None, None, 0))),
        areas=(("1", Mastery(0.5, 8, 4)),),
        skills=(("@web1", SkillState.OK), ("@web2", None)),
        doubts=DOUBTS,
    )


def as_asked(line: AssessmentLine, masteries: object) -> list[object]:
    """The row of a line as a query gives it, with what it says of competences and areas at its end."""
    return [*evaluation_row(line), masteries]


def test_a_line_of_an_evaluation_is_given_back_with_its_competences_and_areas() -> None:
    line = evaluated()
    rows = list(mastery_rows(9, line))
    assert rows == [
        (9, False, 0, "1.1", 0.5, 4, 2),
        (9, False, 1, "2.3", None, None, 0),
        (9, True, 0, "1", 0.5, 8, 4),
    ]
    asked = [(is_area, code, *numbers) for _version, is_area, _place, code, *numbers in rows]
    assert read_evaluation(as_asked(line, asked)) == line
    bare = begun("A", 0.5, "08:10")
    assert list(mastery_rows(9, bare)) == []
    assert read_evaluation(as_asked(bare, None)) == bare


def test_a_student_is_what_the_newest_export_showed() -> None:
    look = StudentLook("durieux|zoe", "3ea", "7", ("DURIEUX", "Zoé"))
    one = KnownStudent(4, look, frozenset({"731958"}), at("09:45"))
    assert student_row(one) == (4, "durieux|zoe", "3ea", "7", "DURIEUX", "Zoé")
    assert student_row(replace(one, student_id=5))[0] == 5


@pytest.mark.parametrize(("delta", "gained"), [(None, (None, None)), (DELTA, (-1, -20))])
def test_a_change_is_a_row_with_what_the_student_gained(
    delta: Delta | None, gained: tuple[int | None, int | None]
) -> None:
    change = Change(ChangeKind.REGRESSED, at("09:45"), 4, "DURIEUX", "Zoé", "3eA", "5", "4", "08:10")
    row = change_row(change, delta)
    assert row == ("regressed", *change[1:], *gained)
    assert Change(ChangeKind(str(row[0])), *cast("Any", row[1:-2])) == change
