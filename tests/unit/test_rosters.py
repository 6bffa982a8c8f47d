"""Class lists: the bases of schools, plain lists, and the files of others that must not be taken for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.readers.export import Contents, ExportKind
from pixsession.readers.lists.cells import split_student
from pixsession.readers.lists.rosters import looks_like_roster, read_roster
from tests.factories.lists import FILE, causes, csv_table, meanings, ods_table, table
from tests.factories.samples.lists import (
    ListedStudent,
    fregata,
    listed_students,
    onde,
    plain_list,
    sup,
    whole_names_list,
)

STUDENTS = listed_students(40, seed=3, divisions=("3eA", "3e B", "301"), awkward=0.3)
USUAL = tuple(
    replace(one, used_name="D'USAGE" if place % 7 == 0 else "") for place, one in enumerate(STUDENTS)
)
LATIN = tuple(
    one
    for one in USUAL
    if f"{one.last_name}{one.first_name}".encode("latin-1", "ignore").decode("latin-1")
    == f"{one.last_name}{one.first_name}"
)


def told(found: Contents) -> list[tuple[object, ...]]:
    return [
        (s.last_name, s.first_name, s.division, s.group, s.birth_date, s.student_number)
        for s in found.expected
    ]


def names(one: ListedStudent) -> tuple[str, str]:
    return one.last_name.strip(), one.first_name.strip()


def test_fregata() -> None:
    sheet = csv_table(fregata(USUAL))
    assert looks_like_roster(sheet.header)
    found = read_roster(sheet, FILE)
    assert (found.kind, found.generation) == (ExportKind.ROSTER, "fregata")
    assert told(found) == [
        (*names(one), one.division, None, one.birth_date.isoformat(), one.number) for one in USUAL
    ]
    assert [s.used_name for s in found.expected] == [one.used_name or None for one in USUAL]
    assert [s.other_first_names for s in found.expected] == [
        (one.second_name,) if one.second_name else () for one in USUAL
    ]
    assert [s.sex for s in found.expected] == [one.sex for one in USUAL]
    assert (found.rejects, found.notes) == ((), ())


def test_sup() -> None:
    found = read_roster(csv_table(sup(USUAL)), FILE)
    assert found.generation == "sup"
    assert told(found) == [
        (*names(one), None, one.group, one.birth_date.isoformat(), one.number) for one in USUAL
    ]
    assert meanings(found)["Numéro étudiant"] == "student_number"
    assert "Email" not in meanings(found)


def test_onde() -> None:
    sheet = csv_table(onde(LATIN), "iso-8859-1")
    assert " Cycle" in sheet.header
    found = read_roster(sheet, FILE)
    assert found.generation == "onde"
    assert told(found) == [
        (*names(one), one.division, None, one.birth_date.isoformat(), one.number) for one in LATIN
    ]


def test_a_plain_list() -> None:
    found = read_roster(csv_table(plain_list(USUAL)), FILE)
    assert found.generation == "plain"
    assert told(found) == [
        (*names(one), one.division, one.group, one.birth_date.isoformat(), None) for one in USUAL
    ]


def test_names_in_one_column() -> None:
    students = (
        ListedStudent("DE LA ROCHEFOUCAULD-M.", "Marie", "3eA", date(2011, 2, 3), "F"),
        ListedStudent("D'ALMEIDA", "Inès Rose", "3eA", date(2011, 2, 3), "F"),
        ListedStudent("Martin", "Zoé", "3eB", date(2011, 2, 3), "F"),
    )
    found = read_roster(ods_table(whole_names_list(students), looks_like_roster), FILE)
    assert [(s.last_name, s.first_name, s.division) for s in found.expected] == [
        ("DE LA ROCHEFOUCAULD-M.", "Marie", "3eA"),
        ("D'ALMEIDA", "Inès Rose", "3eA"),
        ("Martin Zoé", "", "3eB"),
    ]
    assert found.notes == ("last and first name not told apart on line 4",)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("DUPONT Marie", ("DUPONT", "Marie")),
        ("Marie DUPONT", ("DUPONT", "Marie")),
        ("DE LA ROCHEFOUCAULD-M. Marie", ("DE LA ROCHEFOUCAULD-M.", "Marie")),
        ("de la FONTAINE Jean", ("de la FONTAINE", "Jean")),
        ("Jean de la FONTAINE", ("de la FONTAINE", "Jean")),
        ("d'ALMEIDA Inès", ("d'ALMEIDA", "Inès")),
        ("McDONALD Ian", ("McDONALD", "Ian")),
        ("LE GALL Marie-Lou", ("LE GALL", "Marie-Lou")),
        ("ÉVRARD Élie", ("ÉVRARD", "Élie")),
        ("Dupont, Marie", ("Dupont", "Marie")),
        ("DUPONT Marie B.", ("DUPONT", "Marie B.")),
        ("DUPONT MARIE", None),
        ("Dupont Marie", None),
        ("DUPONT", None),
        ("Marie", None),
        ("Julie D.", None),
        ("DUPONT Marie ROSE", None),
        ("LE GALL de la Tour", ("LE GALL", "de la Tour")),
        ("", None),
        (",", None),
    ],
)
def test_last_and_first_name_of_one_cell(text: str, split: tuple[str, str] | None) -> None:
    assert split_student(text) == split


@pytest.mark.parametrize(
    ("header", "is_roster"),
    [
        (("Nom", "Prénom", "Classe"), True),
        (("NOM", "PRENOM", "CLASSE"), True),
        (("Nom de famille", "Prénom(s)", "Division", "E-mail", "Note"), True),
        (("Élève", "Classe"), True),
        (("Nom et prénom", "Groupe"), True),
        (("Nom", "Prénom", "Groupe"), True),
        (("N°", "Nom", "Prénom", "Né(e) le", "Groupe"), True),
        (("Nom", "Prénom", "INE", "Groupe", "Remarques"), True),
        (("Élève", "Prénom", "Classe"), True),
        (("Nom", "Prénom", "Groupe", "Montant"), False),
        (("Nom", "Prénom", "Groupe", "E-mail"), False),
        (("Nom", "Prénom", "E-mail"), False),
        (("Nom", "Prénom", "Date de naissance"), False),
        (("Nom", "Classe"), False),
        (("Élève", "Note"), False),
        (("Classe", "Nom", "Prénom", "Identifiant", "Mot de passe"), False),
        (("Nom", "Prénom", "Classe", "Mot de passe initial"), False),
        (("Nom", "Prénom", "Classe", "MDP"), False),
        (("Nom", "Prénom", "Classe", "Password"), False),
        (("Numéro de certification", "Prénom", "Nom", "Classe"), False),
        (("Nom du Participant", "Prénom du Participant", "Classe", "Envoi (O/N)", "Nom", "Prénom"), False),
        (("Nom", "Prénom", "Classe", "Partage (O/N)"), False),
        (("* Nom du site", "* Nom de naissance", "* Prénom", "Classe"), False),
        (("Nom de naissance", "Prénom", "Classe", "Signature"), False),
        (("", ""), False),
        ((), False),
    ],
)
def test_what_is_a_roster(header: tuple[str, ...], is_roster: bool) -> None:
    assert looks_like_roster(header) is is_roster
    if not is_roster:
        with pytest.raises(NotPix):
            read_roster(table(header or ("",)), FILE)


def test_headers_that_the_settings_map() -> None:
    columns = {
        "Patronyme": "last_name",
        "Usuel": "first_name",
        "Section": "division",
        "Matricule": "external_id",
    }
    header = ("Patronyme", "USUEL ", "Section", "Matricule")
    assert not looks_like_roster(header)
    assert looks_like_roster(header, columns)
    found = read_roster(table(header, ("BERGER", "Zoé", "3eA", "A12")), FILE, columns)
    assert found.generation == "mapped"
    assert found.expected == (ExpectedStudent(2, "BERGER", "Zoé", division="3eA", external_id="A12"),)


def test_the_settings_go_before_the_dictionary() -> None:
    header = ("Nom", "Classe", "Option")
    found = read_roster(
        table(header, ("BERGER Zoé", "Latin", "3eA")), FILE, {"Nom": "student", "option": "division"}
    )
    assert found.expected == (ExpectedStudent(2, "BERGER", "Zoé", division="3eA"),)
    assert found.notes == ("column “Classe” is not read: another one tells the same",)


def test_a_mapped_list_with_passwords_is_none() -> None:
    assert not looks_like_roster(
        ("Patronyme", "Prénom", "Classe", "Mot de passe"), {"Patronyme": "last_name"}
    )


def test_lines_that_are_nobody_are_left_out() -> None:
    found = read_roster(
        table(
            ("Nom", "Prénom", "Classe"),
            ("BERGER", "Zoé", "3eA"),
            ("Nom", "Prénom", "Classe"),
            ("Berger", "Zoe", "3e A"),
            ("Total", "26", ""),
            ("Total", "", ""),
            ("MARTY", "Lou", ""),
            ("3", "", ""),
            ("FABRE", "Élie", "3eA", "surplus"),
            ("FABRE", "Élie", "3eA", " "),
        ),
        FILE,
    )
    assert [(s.last_name, s.division) for s in found.expected] == [
        ("BERGER", "3eA"), ("MARTY", None), ("FABRE", "3eA")
    ]  # fmt: skip
    assert causes(found) == {
        3: "the header once more",
        4: "the same student as on line 2",
        5: "not a name: “Total 26”",
        6: "not a name: “Total”",
        8: "no first name",
        9: "4 cells instead of 3",
    }
    assert found.notes == ("neither class nor group on line 7",)


def test_titles_and_totals_in_a_column_of_whole_names_are_nobody() -> None:
    rows = (("Professeur PRINCIPAL", ""), ("TOTAL 26", "3eA"), ("BERGER Zoé", "3eA"), ("", "3eA"))
    found = read_roster(table(("Élève", "Classe"), *rows), FILE)
    assert [s.last_name for s in found.expected] == ["BERGER"]
    assert causes(found) == {
        2: "not a name: “Professeur PRINCIPAL”",
        3: "not a name: “TOTAL 26”",
        5: "no name",
    }


def test_one_number_for_two_names_is_noted_and_for_one_name_left_out() -> None:
    header = ("Nom", "Prénom", "Classe", "INE")
    rows = (("A", "Lou", "3eA", "1"), ("B", "Lou", "3eA", "1"), ("A", "Lou", "3eB", "1"))
    found = read_roster(table(header, *rows), FILE)
    assert [(s.last_name, s.division) for s in found.expected] == [("A", "3eA"), ("B", "3eA")]
    assert found.notes == ("number of another student on line 3",)
    assert causes(found) == {4: "the same student as on line 2"}


def test_the_last_line_of_a_file_without_line_end() -> None:
    header = ("Nom", "Prénom", "Classe")
    found = read_roster(table(header, ("A", "Lou", "3eA"), ("B", "Zoé", "3e"), ended=False), FILE)
    assert [(s.last_name, s.division) for s in found.expected] == [("A", "3eA"), ("B", None)]
    assert "last cell perhaps cut, not read on line 3" in found.notes
    with pytest.raises(UnreadableExport, match="the last line is cut"):
        read_roster(table(header, ("A", "Lou", "3eA"), ("B", "Zo"), ended=False), FILE)
    dated = table((*header, "Né(e) le"), ("A", "Lou", "3eA", "03/02/2011"), ended=False)
    assert read_roster(dated, FILE).expected[0].birth_date == "2011-02-03"


def test_a_short_row_is_taken_only_where_every_typed_cell_fits_its_column() -> None:
    header = ("Nom", "Prénom", "Classe", "Sexe", "Né(e) le", "Remarque")
    rows = (
        ("A", "Lou", "3eA", "F", "03/02/2011"),
        ("B", "Zoé", "3eA", "F", "à voir"),  # the date is missing, and what is behind it has moved
        ("C", "Max", "3eA", "03/02/2011", "à voir"),
        ("D", "Léo", "3eA", "?", "03/02/2011"),
    )
    found = read_roster(table(header, *rows), FILE)
    assert [one.last_name for one in found.expected] == ["A"]
    assert causes(found) == dict.fromkeys((3, 4, 5), "5 cells instead of 6")


def test_an_empty_list_says_so() -> None:
    assert read_roster(table(("Nom", "Prénom", "Classe")), FILE).notes == ("no student in this list",)
