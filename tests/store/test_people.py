"""Who is who across the files of a folder: spoiled classes, names encoded twice, classes changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.certification.session import ExpectedFrom
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.read_once import check_folder
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import desk_on, noon, read_all
from tests.factories.everybody import BORN, CALLED, listed, one, put_list
from tests.factories.exports import CAMPAIGN, OTHER_CAMPAIGN, Sheet, board, entry, export, put, sent, student
from tests.factories.samples import ExportFile, Layout
from tests.factories.samples.lists import candidate_list
from tests.factories.sessions import certification

ELIGIBLE, NOT_ELIGIBLE, TO_CHECK = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE, Eligibility.TO_CHECK
LAYOUT = Layout(division=True)


def october() -> ExportFile:
    return export(
        student("SOREL", "Ana", sent("08:05", 6)), at="08:45", layout=LAYOUT, campaign=OTHER_CAMPAIGN
    )


def today(place: str = "3eB") -> ExportFile:
    return export(student("SOREL", "Ana", sent("09:05", 3), place=place), at="09:45", layout=LAYOUT)


def test_a_class_changed_between_two_campaigns_is_a_doubt_that_a_person_settles(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "exports", tmp_path / "dossier"
    folder.mkdir()
    for file in (october(), today()):
        file.write_to(folder)
    with desk_on(folder, dossier) as desk:
        snapshot = read_all(desk, folder)
        assert [row.eligibility for row in snapshot.rows] == [TO_CHECK, TO_CHECK]
        (doubt,) = snapshot.doubts
        assert (doubt.person.place, doubt.candidates[0].person.place) == ("3eA", "3eB")
        assert {row.verdict.reasons[-1].values for row in snapshot.rows} == {
            ("SOREL Ana", CAMPAIGN.name),
            ("SOREL Ana", OTHER_CAMPAIGN.name),
        }
        pair = doubt.person.key, doubt.candidates[0].person.key
        desk.students.decide(*pair, same=True)
        (row,) = desk.snapshot().rows
        assert (row.eligibility, row.division, row.submissions, len(row.campaigns)) == (
            NOT_ELIGIBLE,
            "3eB",
            2,
            2,
        )
        assert set(pair) <= set(row.keys)
        assert [profile.sent_at for profile in desk.history(row.student_id)] == [
            "2026-03-12T09:05",
            "2026-03-12T08:05",
        ]
        desk.students.undo_decision(*pair)
        assert len(desk.snapshot().rows) == 2
        desk.students.decide(*pair, same=False)
        assert [row.eligibility for row in desk.snapshot().rows] == [NOT_ELIGIBLE, ELIGIBLE]


def test_one_class_written_in_two_ways_is_no_doubt_in_whatever_order_the_exports_come(tmp_path: Path) -> None:
    for number, files in enumerate([(october(), today("3ème A")), (today("3ème A"), october())]):
        desk = BoardEngine(BoardRequest(tmp_path, Rule()), noon, live=True)
        for file in files:
            desk.take(put(tmp_path, f"{number} {file.name}", file.content, file.exported_at))
        (row,) = desk.snapshot().rows
        desk.close()
        assert (row.eligibility, row.division, row.submissions) == (NOT_ELIGIBLE, "3ème A", 2)


def test_a_spoiled_class_is_that_of_the_list_and_said_once(tmp_path: Path) -> None:
    put_list(tmp_path, "Nom;Prénom;Classe\nSOREL;Ana;3e1\nBENALI;Ali;3e2\n".encode(), "classes.csv")
    found = board(tmp_path, today("3,00E+01"))
    ana, ali = one(found, "SOREL"), one(found, "BENALI")
    assert (ana.eligibility, ana.division, ali.eligibility) == (
        NOT_ELIGIBLE,
        "3e1",
        Eligibility.NOT_IN_EXPORT,
    )
    assert found.doubts == ()
    notes = [note for file in found.files for note in file.notes]
    assert [note for note in notes if "spoiled" in note] == [
        "classes spoiled by a spreadsheet: 3,00E+01 is 3e1"
    ]


def test_a_spoiled_list_is_that_of_the_export(tmp_path: Path) -> None:
    put_list(tmp_path, "Nom;Prénom;Classe\nSOREL;Ana;03-janv\nBENALI;Ali;03-janv\n".encode(), "classes.csv")
    found = board(tmp_path, today("3-1"))
    assert {(row.last_name, row.division) for row in found.rows} == {("SOREL", "3-1"), ("BENALI", "3-1")}
    assert entry(found, "classes.csv").notes == ("classes spoiled by a spreadsheet: 03-janv is 3-1",)


def test_two_campaigns_of_which_one_is_spoiled_are_one_board(tmp_path: Path) -> None:
    both = student("SOREL", "Ana", sent("08:05", 6), place="3e1")
    found = board(
        tmp_path, export(both, at="08:45", layout=LAYOUT, campaign=OTHER_CAMPAIGN), today("3,00E+01")
    )
    (row,) = found.rows
    assert (row.eligibility, row.division) == (NOT_ELIGIBLE, "3e1")


def test_names_encoded_twice_are_shown_repaired_and_matched(tmp_path: Path) -> None:
    file = export(student("MAËL", "Renée", sent("09:05", 6)), layout=LAYOUT)
    rows = Sheet.of(file.content)
    for label, text in (("Nom du Participant", "MAÃ‹L"), ("Prénom du Participant", "RenÃƒÂ©e")):
        rows = rows.with_cell(label, text)
    put(tmp_path, file.name, rows.content(), file.exported_at)
    put_list(tmp_path, "Nom;Prénom;Classe\nMAËL;Renée;3eA\n".encode())
    (row,) = board(tmp_path).rows
    assert (row.last_name, row.first_name, row.eligibility) == ("MAËL", "Renée", ELIGIBLE)


def test_a_file_of_which_all_was_encoded_twice_is_read(tmp_path: Path) -> None:
    file = export(student("MAËL", "Renée", sent("09:05", 6)), layout=LAYOUT)
    text = file.content.decode("utf-8-sig").encode().decode("latin-1")
    put(tmp_path, file.name, text.encode(), file.exported_at)
    (row,) = board(tmp_path).rows
    assert (row.last_name, row.first_name, row.eligibility) == ("MAËL", "Renée", ELIGIBLE)


def test_one_column_in_capitals_is_matched_by_its_words(tmp_path: Path) -> None:
    names = ("SOREL ANA", "DE LA CRUZ LÉA-ROSE", "GARCIA LÉA")
    lines = [f"{name};3eB" for name in names]
    put_list(tmp_path, "\n".join(["Élève;Classe", *lines, ""]).encode())
    others = student("DE LA CRUZ", "Léa-Rose", place="3eB"), student("GARCIA", "Léa", place="3eB")
    found = board(tmp_path, export(student("SOREL", "Ana", place="3eB"), *others, layout=LAYOUT))
    assert [row.eligibility for row in found.rows] == [ELIGIBLE] * 3
    assert all(row.expected for row in found.rows)


def test_a_list_without_classes_finds_whoever_nobody_else_is_called(tmp_path: Path) -> None:
    put_list(tmp_path, candidate_list(CALLED, [listed("SOREL", "Ana")]), "candidats.ods")
    (row,) = board(tmp_path, today()).rows
    assert row.expected
    assert row.expected.birth_date == BORN.isoformat()


@pytest.mark.parametrize("cells", [("G1", "G2"), ("[3EA G1], [ANG1]", "[3EA G2], [ANG1]")])
def test_of_two_namesakes_in_two_half_groups_the_one_who_is_called_is_in_doubt(
    tmp_path: Path, cells: tuple[str, str]
) -> None:
    rows = [f"SOREL;Ana;3eA;{cell}" for cell in cells]
    put_list(tmp_path, "\n".join(["Nom;Prénom;Classe;Groupe", *rows, ""]).encode())
    october().write_to(tmp_path)
    group = cells[0].strip("[]").partition("]")[0]
    request = certification(
        tmp_path, None, expected=ExpectedFrom(classes=frozenset({"3eA"}), groups=frozenset({group}))
    )
    found = check_folder(request, noon)
    assert {row.eligibility for row in found.rows} == {TO_CHECK}
    (doubt,) = found.doubts
    assert (doubt.person.place, doubt.person.listed_in) == ("3eA", "3eA.csv")


def test_classes_that_a_session_names_are_known_too(tmp_path: Path) -> None:
    put_list(tmp_path, "Nom;Prénom;Classe\nSOREL;Ana;3,00E+01\nBENALI;Ali;3,00E+02\n".encode())
    request = certification(tmp_path, None, expected=ExpectedFrom(classes=frozenset({"3e1"})))
    found = check_folder(request, noon)
    assert [(row.last_name, row.division) for row in found.rows] == [("SOREL", "3e1")]
