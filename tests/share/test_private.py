"""What stays on this computer: numbers of students, and birth dates that lists tell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pixsession.domain.people.identities import identity_key, use_short_marks
from pixsession.readers import export_of
from pixsession.readers.campaign.private_columns import is_private, without_numbers
from pixsession.readers.documents import document_of
from pixsession.readers.export import Export, FileDescription
from tests.factories.dossiers import noon
from tests.factories.exports import Sheet, export, sent, student
from tests.factories.samples import Layout
from tests.factories.samples.demo_story import morning


def read(content: bytes) -> Export:
    return export_of(content, FileDescription("x.csv", noon(), False, noon()))


def with_column(content: bytes, label: str, value: str) -> bytes:
    """The export with one more column behind the first name, as where a campaign asks for a number."""
    lines = content.decode("utf-8-sig").splitlines()
    at = [cell.strip('"') for cell in lines[0].split(";")].index("Prénom du Participant") + 1
    rows = [line.split(";") for line in lines]
    new = [[*row[:at], label if place == 0 else value, *row[at:]] for place, row in enumerate(rows)]
    return ("\ufeff" + "\n".join(";".join(row) for row in new) + "\n").encode()


@pytest.fixture
def shared() -> Iterator[None]:
    use_short_marks(True)
    yield
    use_short_marks(False)


def test_an_export_without_numbers_is_the_same_to_the_letter() -> None:
    content = morning()[0].content
    assert without_numbers(content) == content


@pytest.mark.parametrize("label", ["Identifiant externe", "Numéro étudiant", "Date de naissance"])
def test_numbers_are_taken_out_and_all_else_stays(label: str) -> None:
    content = with_column(morning()[0].content, f'"{label}"', '"2011-05-17"')
    assert b"2011-05-17" in content
    found = without_numbers(content)
    assert b"2011-05-17" not in found
    plain, before = read(found).contents.participations, read(morning()[0].content).contents.participations
    assert [line._replace(external_id=None, student_number=None) for line in plain] == list(before)
    assert without_numbers(found) == found


def test_a_column_of_the_school_is_emptied_wherever_it_stands_before_the_results() -> None:
    plain = Sheet.of(export(student("MARTIN", "Lou", sent("08:05", 6)), layout=Layout(division=True)).content)
    at = plain.header.index("Classe")
    for before in (plain.header[at], plain.header[at + 1]):

        def with_two(cell: str, before: str = before) -> Sheet:
            return plain.with_column("Né le", [cell], before).with_column("Ville", [cell], before)

        assert Sheet.of(without_numbers(with_two("17/05/2011 Dax").content())) == with_two("")
    backwards = list(reversed(range(len(plain.header))))
    numbered = plain.with_column("Numéro étudiant", ["0123456789A"], "Classe").in_order([*backwards, -1])
    assert b"0123456789A" not in without_numbers(numbered.content())


def test_what_is_no_campaign_export_comes_back_as_it_is() -> None:
    for content in (b"", b"Nom;Prenom\nMARTIN;Lou\n", b"PK\x03\x04rest", b"\xff\xfe\x00"):
        assert without_numbers(content) == content


def test_one_cell_is_enough_for_a_file_to_be_private_and_so_is_what_nobody_has_read() -> None:
    students = (student(name, "Lou", sent("08:05", 6)) for name in ("MARTIN", "NOEL", "ROY"))
    plain = Sheet.of(export(*students).content)
    for cells, found in ((["", "", ""], False), (["", "17/05/2011", ""], True)):
        for label, before in (("Né le", "Classe"), ("Numéro étudiant", "Envoi (O/N)")):
            document = document_of(plain.with_column(label, cells, before).content())
            assert is_private(document) == found
            assert is_private(document._replace(notes=("a sheet that is not read",)))
    assert is_private(document._replace(table=None))
    assert is_private(document_of("Nom;Prénom;Date de naissance;Classe\nROY;Lou;;3eA\n".encode()))


def test_a_key_of_a_shared_session_tells_no_birth_date(shared: None) -> None:
    keys = {
        identity_key("list", "MARTIN", "Lou", birth_date=f"2011-{m:02}-{d:02}")
        for m in range(1, 13)
        for d in range(1, 29)
    }
    assert len(keys) <= 16


def test_keys_of_other_sessions_are_as_they_were() -> None:
    marks = {identity_key("list", "MARTIN", "Lou", birth_date=f"2011-01-{d:02}") for d in range(1, 29)}
    assert len(marks) == 28
