"""Files of every kind in, one board out: who is expected, who is absent, who is whom, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unicodedata import combining, normalize

import pytest

from pixsession.domain.board.snapshot import BoardRow, FileStatus, Snapshot
from pixsession.domain.people.matches import MatchRule
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.read_once import check_folder
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import board_after, desk_on, noon, read_all
from tests.factories.everybody import (
    BORN,
    CALLED,
    assessed_student,
    certified_student,
    listed,
    one,
    put_list,
    sos_export,
)
from tests.factories.exports import (
    CAMPAIGN,
    MORNING,
    OTHER_CAMPAIGN,
    board,
    entry,
    export,
    pending,
    reason_codes,
    sent,
    states,
    student,
)
from tests.factories.samples.demo_story import morning
from tests.factories.samples.lists import (
    ListedStudent,
    candidate_list,
    fregata,
    onde,
    plain_list,
    sessions_import,
    siecle_xml,
    siecle_zip,
    whole_names_list,
)
from tests.factories.samples.results import SESSION, ResultForm, class_results, session_results
from tests.factories.workbooks import xlsx

NOT_IN_EXPORT, TO_CHECK, ELIGIBLE = Eligibility.NOT_IN_EXPORT, Eligibility.TO_CHECK, Eligibility.ELIGIBLE
ZOE, ALI = listed(), listed("BENALI", "Ali")


def as_xlsx(students: Sequence[ListedStudent]) -> bytes:
    rows = [(one.last_name, one.first_name, one.division) for one in students]
    return xlsx([("Nom", "Prénom", "Classe"), *rows])


FORMS: dict[str, Callable[[Sequence[ListedStudent]], bytes]] = {
    "3eA.csv": plain_list,
    "3eA.xlsx": as_xlsx,
    "3eA.ods": whole_names_list,
    "ExportXML_ElevesSansAdresses.zip": siecle_zip,
    "ElevesSansAdresses.xml": siecle_xml,
    "fregata.csv": fregata,
    "onde.csv": onde,
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_who_is_on_a_class_list_and_in_no_export_is_absent(tmp_path: Path, name: str) -> None:
    put_list(tmp_path, FORMS[name]([ZOE, ALI]), name)
    found = board(tmp_path, export(student()))
    assert entry(found, name).status is FileStatus.READ
    assert len(found.rows) == 2
    zoe, ali = one(found, "DURIEUX"), one(found, "BENALI")
    assert (zoe.eligibility, ali.eligibility) == (ELIGIBLE, NOT_IN_EXPORT)
    assert zoe.expected
    assert (zoe.expected.listed_in, zoe.expected.matched_by) == (name, MatchRule.CLASS_AND_NAME)
    assert ali.expected
    assert (ali.expected.listed_in, ali.expected.matched_by) == (name, None)
    assert ali.division == "3eA"
    assert found.doubts == ()


def in_capitals(students: Iterable[BoardRow]) -> bytes:
    """A class list as schools print it: one column, capitals without accents, and the class."""
    names = [normalize("NFD", f"{one.last_name} {one.first_name}").upper() for one in students]
    plain = ["".join(letter for letter in name if not combining(letter)) for name in names]
    rows = [(name, one.division) for name, one in zip(plain, students, strict=True)]
    return xlsx([("Élève", "Classe"), *rows])


def test_a_class_list_in_capitals_with_one_column_of_names_changes_no_verdict(tmp_path: Path) -> None:
    """A whole morning of 75 students, among them namesakes of two classes and names of several words."""
    morning()[0].write_to(tmp_path)
    before = check_folder(BoardRequest(tmp_path, Rule()), noon)
    pupils = [row for row in before.rows if row.division]
    assert len(pupils) > 60
    (tmp_path / "3e.xlsx").write_bytes(
        in_capitals([*pupils, pupils[0]._replace(last_name="ZZYX", first_name="Nemo")])
    )
    found = check_folder(BoardRequest(tmp_path, Rule()), noon)
    assert found.doubts == before.doubts == ()
    added = {row.student_id for row in found.rows} - {row.student_id for row in before.rows}
    assert [(row.last_name, row.eligibility) for row in found.rows if row.student_id in added] == [
        ("ZZYX NEMO", NOT_IN_EXPORT)
    ]
    told = {row.student_id: (row.eligibility, reason_codes(row)) for row in found.rows}
    assert {
        row.student_id: (row.eligibility, reason_codes(row)) for row in before.rows
    }.items() <= told.items()
    assert sum(row.expected is not None for row in found.rows) == len(pupils) + 1


def test_who_is_in_the_export_and_on_no_list_stays_as_they_are(tmp_path: Path) -> None:
    put_list(tmp_path, plain_list([ALI]))
    found = one(board(tmp_path, export(student())), "DURIEUX")
    assert (found.eligibility, found.expected) == (ELIGIBLE, None)


def test_a_list_alone_is_a_board_of_absent_students(tmp_path: Path) -> None:
    put_list(tmp_path, plain_list([ZOE, ALI]))
    assert set(map(tuple, states(board(tmp_path)).values())) == {(NOT_IN_EXPORT,)}


def test_candidates_bring_extra_time_birth_date_and_session(tmp_path: Path) -> None:
    put_list(tmp_path, candidate_list(CALLED, [listed(extra_percent=33), ALI]), "liste-candidats.ods")
    found = board(tmp_path, export(student()))
    expected = one(found, "DURIEUX").expected
    assert expected
    assert expected.matched_by is MatchRule.NAME_ALONE
    assert (expected.extra_time, expected.birth_date) == (0.33, BORN.isoformat())
    assert expected.session
    assert (expected.session.number, expected.session.room) == ("218734", "Salle 12")
    absent = one(found, "BENALI").expected
    assert absent
    assert (absent.extra_time, absent.session) == (None, expected.session)


def test_an_import_of_sessions_tells_each_student_their_own(tmp_path: Path) -> None:
    second = replace(CALLED, number="", room="Salle 14")
    put_list(tmp_path, sessions_import([(CALLED, [ZOE]), (second, [listed("BENALI", "Ali")])]), "import.csv")
    found = board(tmp_path, export(student(), student("BENALI", "Ali")))
    rooms = [row.expected and row.expected.session and row.expected.session.room for row in found.rows]
    assert [row.last_name for row in found.rows] == ["BENALI", "DURIEUX"]
    assert rooms == ["Salle 14", "Salle 12"]


@pytest.mark.parametrize("form", list(ResultForm))
def test_results_stand_on_the_right_student(tmp_path: Path, form: ResultForm) -> None:
    session_results([certified_student(), certified_student("INCONNUE", "Ève", 7)], form).write_to(tmp_path)
    found = board(tmp_path, export(student(), student("DURIEUX", "Zoélie"), student("BENALI", "Ali")))
    assert [row.first_name for row in found.rows if row.result] == ["Zoé"]
    result = one(found, "DURIEUX", "Zoé").result
    assert result
    assert result.score == 266
    assert {row.eligibility for row in found.rows} == {ELIGIBLE}  # a result is no verdict on the profile
    assert found.doubts == ()
    assert len(found.rows) == 3


def test_results_of_a_class_are_not_those_of_a_namesake_elsewhere(tmp_path: Path) -> None:
    class_results([certified_student()], ResultForm.ONE_RESULT, "3eB", MORNING).write_to(tmp_path)
    found = board(tmp_path, export(student(place="3eA"), student(place="3eB")))
    assert [row.place for row in found.rows if row.result] == ["3eB"]


def test_of_two_tests_the_later_one_counts_whichever_file_is_newer(tmp_path: Path) -> None:
    earlier, later = (certified_student(number=number, pix=pix) for number, pix in ((1, 90), (2, 300)))
    first = session_results([earlier], ResultForm.WITH_STATUS)
    day = first.exported_at + timedelta(days=60)
    retake = replace(SESSION, number=500001, start=SESSION.start + timedelta(days=60))
    second = session_results([later], ResultForm.WITH_STATUS, retake)
    for files in ((first, second), (second, first)):
        for number, file in enumerate(files):
            put_list(tmp_path, file.content, file.name, day + timedelta(days=number))
        result = one(board(tmp_path, export(student())), "DURIEUX").result
        assert result
        assert result.score == 300


def test_an_evaluation_never_makes_anyone_eligible(tmp_path: Path) -> None:
    sos_export(
        assessed_student(),
        assessed_student("BENALI", "Ali"),
        assessed_student("PETIT", "Tom"),
        assessed_student("ROUX", "Eva"),
    ).write_to(tmp_path)
    found = board(
        tmp_path,
        export(
            student("DURIEUX", "Zoé", sent("09:31", 3)),
            student("BENALI", "Ali", pending()),
            student("ROUX", "Eva"),
        ),
    )
    assert states(found) == {
        ("DURIEUX", "3eA"): [Eligibility.NOT_ELIGIBLE],
        ("BENALI", "3eA"): [Eligibility.NOT_SENT],
        ("PETIT", "3eA"): [NOT_IN_EXPORT],
        ("ROUX", "3eA"): [ELIGIBLE],
    }
    for row in found.rows:
        (progress,) = [part for part in row.participations if part.kind == "assessment"]
        assert (progress.progress, progress.mastery, progress.shared) == (1, 1, True)


def test_a_newer_download_of_a_list_takes_the_place_of_the_older(tmp_path: Path) -> None:
    put_list(tmp_path, plain_list([ZOE, ALI]), "3eA.csv", MORNING - timedelta(hours=1))
    put_list(tmp_path, plain_list([ZOE]), "3eA (1).csv", MORNING)
    assert len(board(tmp_path, export(student())).rows) == 1
    put_list(tmp_path, plain_list([ZOE, ALI]), "3eA.csv", MORNING + timedelta(hours=1))
    assert len(board(tmp_path).rows) == 2


def test_lists_of_two_names_are_added_up(tmp_path: Path) -> None:
    put_list(tmp_path, plain_list([ZOE]), "un.csv")
    put_list(tmp_path, plain_list([ZOE, ALI]), "deux.csv")
    found = board(tmp_path)
    assert len(found.rows) == 2
    assert found.doubts == ()


def test_a_list_counts_while_its_file_is_there(tmp_path: Path) -> None:
    path = put_list(tmp_path, plain_list([ZOE, ALI]))
    export(student()).write_to(tmp_path)
    with desk_on(tmp_path, None) as desk:
        assert len(read_all(desk, tmp_path).rows) == 2
        path.unlink()
        after = read_all(desk, tmp_path)
        assert [row.last_name for row in after.rows] == ["DURIEUX"]
        assert after.rows[0].expected is None
        assert not desk.has_news


def test_of_a_list_and_of_results_nothing_is_copied(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    folder.mkdir()
    people = [listed(number="123456789AB"), listed("BENALI", "Ali", number="987654321CD")]
    put_list(folder, siecle_zip(people), "base.zip")
    put_list(folder, candidate_list(CALLED, people), "candidats.ods")
    session_results([certified_student()], ResultForm.WITH_STATUS).write_to(folder)
    export(student(), student("BENALY", "Ali")).write_to(folder)
    with desk_on(folder, dossier) as desk:
        found = read_all(desk, folder)
        assert one(found, "DURIEUX").result
        doubt = found.doubts[0]
        desk.students.decide(doubt.person.key, doubt.candidates[0].person.key, same=False)
        desk.snapshot()
    kept = b"".join(path.read_bytes() for path in dossier.rglob("*") if path.is_file())
    for number in (person.number for person in people):
        for secret in (number, number.lower(), number.lower().lstrip("0")):
            assert secret.encode() not in kept
    for secret in ("2011-05-03", "20110503", "03/05/2011", "Salle 12", "3900500", "218734"):
        assert secret.encode() not in kept
    for told in ("DURIEUX", "BENALI"):  # of the export and of the decision: what is looked for is found
        assert told.encode() in kept


def test_passwords_are_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    folder.mkdir()
    header = "Nom;Prénom;Classe;Identifiant;Mot de passe"
    text = f"{header}\nSECRETTE;Anna;3eA;anna.secrette0305;fugato42\n"
    put_list(folder, text.encode("utf-8-sig"), "identifiants.csv")
    export(student()).write_to(folder)
    with caplog.at_level(0):
        found = board_after(folder, dossier)
    refused = entry(found, "identifiants.csv")
    assert (refused.status, refused.kind, refused.rows) == (FileStatus.REFUSED, "credentials", 0)
    kept = "".join(path.read_bytes().decode("latin-1") for path in dossier.rglob("*") if path.is_file())
    said = capsys.readouterr()
    for place in (kept, repr(found), caplog.text, said.out, said.err):
        assert "fugato42" not in place
        assert "SECRETTE" not in place


def test_of_a_whole_school_only_the_classes_of_the_exports_are_shown(tmp_path: Path) -> None:
    elsewhere = [listed("AUTRE", "Élève", f"6e{number}") for number in range(5)]
    put_list(tmp_path, siecle_zip([ZOE, ALI, *elsewhere]), "base.zip")
    assert set(states(board(tmp_path, export(student())))) == {("DURIEUX", "3eA"), ("BENALI", "3eA")}


def test_namesakes_of_a_list_are_told_apart_by_birth_date_or_checked(tmp_path: Path) -> None:
    twice = [listed(), listed(birth_date=BORN + timedelta(days=40))]
    put_list(tmp_path, plain_list(twice))
    found = board(tmp_path, export(student()))
    assert {row.eligibility for row in found.rows} == {TO_CHECK}  # which of the two has sent the profile?
    assert len(found.rows) == 3
    lines = "Nom;Prénom;Classe;Groupe\nDURIEUX;Zoé;3eA;G1\nDURIEUX;Zoé;3eA;G2\n"
    put_list(tmp_path, lines.encode("utf-8-sig"))
    again = board(tmp_path)
    assert all("perhaps_same" in reason_codes(row) for row in again.rows)
    assert {row.eligibility for row in again.rows} == {TO_CHECK}
    assert {doubt.candidates[0].person.listed_in for doubt in again.doubts} == {CAMPAIGN.name}


def test_a_candidate_is_found_by_birth_date_among_namesakes(tmp_path: Path) -> None:
    put_list(tmp_path, plain_list([listed(), listed(division="3eB", birth_date=BORN + timedelta(days=40))]))
    put_list(tmp_path, candidate_list(CALLED, [listed(extra_percent=33)]), "candidats.ods")
    found = board(tmp_path, export(student(place="3eA"), student(place="3eB")))
    told = {row.place: row.expected and row.expected.extra_time for row in found.rows}
    assert told == {"3eA": 0.33, "3eB": None}
    assert found.doubts == ()


# -- doubts and decisions ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Léa has sent a profile, and Léo is on the list: one letter apart."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    put_list(folder, plain_list([listed("MARTIN", "Léo")]))
    export(student("MARTIN", "Léa")).write_to(folder)
    return folder


Verdicts = dict[str, tuple[Eligibility, list[str]]]


def verdicts(snapshot: Snapshot) -> Verdicts:
    return {row.first_name: (row.eligibility, reason_codes(row)) for row in snapshot.rows}


IN_DOUBT: Verdicts = {"Léa": (TO_CHECK, ["perhaps_same"]), "Léo": (TO_CHECK, ["perhaps_same"])}
TWO: Verdicts = {"Léa": (ELIGIBLE, []), "Léo": (NOT_IN_EXPORT, [])}
ONE: Verdicts = {"Léa": (ELIGIBLE, [])}


def checked(folder: Path, dossier: Path) -> Snapshot:
    return check_folder(BoardRequest(folder, Rule(), dossier=dossier), noon)


def test_a_likeness_is_a_doubt_on_both_sides_and_never_a_merge(folder: Path) -> None:
    found = board(folder)
    assert verdicts(found) == IN_DOUBT
    (doubt,) = found.doubts
    assert (doubt.person.first_name, doubt.candidates[0].person.first_name) == ("Léo", "Léa")
    assert doubt.candidates[0].reasons
    sentence = one(found, "MARTIN", "Léa").verdict.reasons[0].sentence()
    assert sentence == "perhaps the same student as MARTIN Léo (3eA.csv)"


def test_a_decision_settles_it_until_it_is_undone(folder: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    with desk_on(folder, dossier) as desk:
        doubt = read_all(desk, folder).doubts[0]
        key, other = doubt.person.key, doubt.candidates[0].person.key
        for same, wanted in ((True, ONE), (False, TWO)):
            desk.students.decide(key, other, same=same)
            assert desk.has_news
            settled = desk.snapshot()
            assert verdicts(settled) == wanted
            assert settled.doubts == ()
            assert [decided.same for decided in settled.decisions] == [same]
            desk.students.undo_decision(key, other)
            assert verdicts(desk.snapshot()) == IN_DOUBT


@pytest.mark.parametrize(("same", "wanted"), [(True, ONE), (False, TWO)])
def test_a_decision_survives_restarts_and_later_files(
    folder: Path, tmp_path: Path, same: bool, wanted: Verdicts
) -> None:
    dossier = tmp_path / "dossier"
    with desk_on(folder, dossier) as desk:
        doubt = read_all(desk, folder).doubts[0]
        desk.students.decide(doubt.person.key, doubt.candidates[0].person.key, same=same)
        with desk_on(folder, dossier) as second:  # a second window on the same dossier
            assert verdicts(read_all(second, folder)) == wanted
    assert verdicts(board_after(folder, dossier)) == wanted
    assert verdicts(checked(folder, dossier)) == wanted
    put_list(folder, plain_list([listed("MARTIN", "Léo")]), "3eA.csv", MORNING + timedelta(minutes=20))
    export(student("MARTIN", "Léa", sent("09:50", 6)), at="10:00").write_to(folder)
    export(student("MARTIN", "Léa", sent("08:50", 6)), at="10:05", campaign=OTHER_CAMPAIGN).write_to(folder)
    assert verdicts(board_after(folder, dossier)) == wanted


def test_a_second_window_sees_a_decision_as_it_is_made(folder: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    with desk_on(folder, dossier) as first, desk_on(folder, dossier) as second:
        doubt = read_all(first, folder).doubts[0]
        assert verdicts(read_all(second, folder)) == IN_DOUBT
        first.students.decide(doubt.person.key, doubt.candidates[0].person.key, same=False)
        assert list(second.catch_up()) == []
        assert second.has_news
        assert verdicts(second.snapshot()) == TWO


def test_a_look_alone_makes_no_dossier_and_writes_nothing_into_one(folder: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    assert verdicts(checked(folder, dossier)) == IN_DOUBT
    assert not dossier.exists()
    with desk_on(folder, dossier) as desk:
        doubt = read_all(desk, folder).doubts[0]
        desk.students.decide(doubt.person.key, doubt.candidates[0].person.key, same=False)
    before = {path: path.read_bytes() for path in dossier.rglob("*") if path.is_file()}
    assert verdicts(checked(folder, dossier)) == TWO
    assert {path: path.read_bytes() for path in dossier.rglob("*") if path.is_file()} == before


def test_a_board_that_keeps_nothing_heeds_the_journal_and_leaves_it_alone(
    folder: Path, tmp_path: Path
) -> None:
    dossier = tmp_path / "dossier"
    with desk_on(folder, dossier) as desk:
        doubt = read_all(desk, folder).doubts[0]
        key, other = doubt.person.key, doubt.candidates[0].person.key
        desk.students.decide(key, other, same=False)
    before = {path.name for path in dossier.rglob("*")}
    passing = BoardEngine(BoardRequest(folder, Rule(), decisions_from=dossier), noon, live=True)
    try:
        assert verdicts(read_all(passing, folder)) == TWO
        passing.students.undo_decision(key, other)
        assert verdicts(passing.snapshot()) == IN_DOUBT
    finally:
        passing.close()
    assert {path.name for path in dossier.rglob("*")} == before
    assert verdicts(checked(folder, dossier)) == TWO
