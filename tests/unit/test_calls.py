"""Who is called to a room: lists narrowed by class, group and number of session."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.certification.session import ExpectedFrom, Room
from pixsession.engine.certification.calls import called_people
from pixsession.readers import Export, read_export
from tests.factories.days import SESSION
from tests.factories.samples.lists import SampleSession, candidate_list, listed_students, sessions_import

AT = datetime.fromisoformat("2026-06-02T08:30")
MORNING = SampleSession("412207", "Collège de la Lune-Rousse", "Salle 12", AT, ("Mme Aubin",))
LATER = SampleSession("412208", "Collège de la Lune-Rousse", "CDI", AT.replace(hour=10), ("M. D'Or",))
STUDENTS = listed_students(8, seed=3)
GROUPS = """Nom;Prénom;Classe;Groupe
DURIEUX;Zoé;3eA;3eA GR1
MARTIN;Lucas;3eA;3eA GR2
LEROY;Ana;3eB;3eB GR1
"""


@pytest.fixture
def half_groups(tmp_path: Path) -> Export:
    path = tmp_path / "groupes.csv"
    path.write_text(GROUPS, encoding="utf-8")
    return read_export(path)


def candidates(folder: Path, session: SampleSession = MORNING, name: str = "candidats.ods") -> Export:
    path = folder / name
    path.write_bytes(candidate_list(session, STUDENTS))
    return read_export(path)


def called(source: ExpectedFrom, *exports: Export) -> list[tuple[str, list[str]]]:
    """The name of each list of the room, and the last names that it calls."""
    session = SESSION._replace(rooms=(Room("Salle 1", source),))
    return [
        (found.name, [student.last_name for student in found.people])
        for found in called_people(session, exports).people
    ]


def test_of_two_half_groups_the_one_that_is_named_is_called(half_groups: Export) -> None:
    assert called(ExpectedFrom(groups=frozenset({"3eA GR1"})), half_groups) == [("groupes.csv", ["DURIEUX"])]
    assert called(ExpectedFrom(groups=frozenset({"3eA GR2"})), half_groups) == [("groupes.csv", ["MARTIN"])]


def test_a_class_and_a_group_call_who_is_in_both(half_groups: Export) -> None:
    both = ExpectedFrom(classes=frozenset({"3eB"}), groups=frozenset({"3eA GR1", "3eB GR1"}))
    assert called(both, half_groups) == [("groupes.csv", ["LEROY"])]


def test_groups_alone_leave_a_list_of_candidates_out(half_groups: Export, tmp_path: Path) -> None:
    found = called(ExpectedFrom(groups=frozenset({"3eB GR1"})), candidates(tmp_path), half_groups)
    assert found == [("groupes.csv", ["LEROY"])]


def test_the_number_of_a_session_calls_its_candidates_alone(tmp_path: Path) -> None:
    path = tmp_path / "import.csv"
    path.write_bytes(sessions_import(((MORNING, STUDENTS[:3]), (LATER, STUDENTS[3:]))))
    imported = read_export(path)
    numbers = [session.number for session in imported.contents.sessions]
    lists = [candidates(tmp_path, MORNING, "un.ods"), candidates(tmp_path, LATER, "deux.ods")]
    assert [name for name, _people in called(ExpectedFrom(session_number="412208"), *lists)] == ["deux.ods"]
    found = called(ExpectedFrom(session_number="999999"), *lists, imported)
    assert found == [], numbers


def test_a_session_under_two_names_of_files_is_called_from_both(tmp_path: Path) -> None:
    lists = [candidates(tmp_path, name="liste.ods"), candidates(tmp_path, name="liste (1).ods")]
    everybody = [student.last_name for student in STUDENTS]
    found = called(ExpectedFrom(session_number="412207"), *lists)
    assert found == [("liste.ods", everybody), ("liste (1).ods", everybody)]


def test_a_room_with_two_lists_calls_both_and_no_third(half_groups: Export, tmp_path: Path) -> None:
    first, third = candidates(tmp_path, name="un.ods"), candidates(tmp_path, name="trois.ods")
    source = ExpectedFrom(lists=(tmp_path / "un.ods", tmp_path / "groupes.csv"))
    found = called(source, first, third, half_groups)
    assert sorted(name for name, _people in found) == ["groupes.csv", "un.ods"]
    assert dict(found)["groupes.csv"] == ["DURIEUX", "MARTIN", "LEROY"]


def test_names_in_the_session_call_nobody_of_any_list(half_groups: Export) -> None:
    found = called(ExpectedFrom(names=("PETIT Ana (3eB)",)), half_groups)
    assert [people for _name, people in found] == [["PETIT"]]
