"""The cells of an export that a share is not to hold: which are emptied; all else stays to the letter."""

from __future__ import annotations

import csv

import pytest

from pixsession.readers.campaign.private_columns import without_numbers
from tests.factories.exports import MORNING, Sheet, export, sent, student
from tests.factories.samples import Layout
from tests.factories.samples.assessments import (
    SOS,
    AssessedStudent,
    AssessmentForm,
    Attempt,
    assessment_export,
)
from tests.factories.samples.paths import SOS_PATH

OWN_TEXT = "0123456789A"
FULL = Layout(
    division=True, group=True, student_number=True, external_id="Matricule", extra_columns=("Ville",)
)
PLAIN = Sheet.of(
    export(student("MARTIN", "Lou", sent("08:05", 6)), student("PETIT", "Ana"), layout=FULL).content
)
SCHOOLS_OWN = ("Ville", "Numéro Étudiant", "Matricule")


def filled(sheet: Sheet, text: str, labels: tuple[str, ...] = SCHOOLS_OWN) -> Sheet:
    """The sheet with this text in its private cells, and a class and a group for everybody."""
    for row in range(len(sheet.rows)):
        for label in labels:
            sheet = sheet.with_cell(label, text, row)
        sheet = sheet.with_cell("Classe", "3eA", row).with_cell("Groupe", "GR1", row)
    return sheet


def emptied(sheet: Sheet, encoding: str = "utf-8-sig", delimiter: str = ";") -> Sheet:
    """The sheet without its numbers, read back."""
    content = without_numbers(sheet.content(encoding, delimiter=delimiter))
    header, *rows = csv.reader(content.decode(encoding).splitlines(), delimiter=delimiter)
    return Sheet(tuple(header), tuple(map(tuple, rows)))


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", ",")]
)
def test_numbers_and_columns_of_a_school_are_emptied_in_any_form(encoding: str, delimiter: str) -> None:
    assert emptied(filled(PLAIN, OWN_TEXT), encoding, delimiter) == filled(PLAIN, "")


def test_a_number_goes_wherever_its_column_was_moved() -> None:
    backwards = PLAIN.in_order(list(reversed(range(len(PLAIN.header)))))
    found = emptied(filled(backwards, OWN_TEXT))
    place = found.header.index("Numéro Étudiant")
    assert {row[place] for row in found.rows} == {""}
    names = found.header.index("Nom du Participant")
    assert [row[names] for row in found.rows] == ["MARTIN", "PETIT"]


@pytest.mark.parametrize("count", [1, 2])
def test_cells_whose_label_pix_has_dropped_are_emptied_and_move_the_others(count: int) -> None:
    def with_surplus(text: str) -> Sheet:
        plain = filled(PLAIN, text)
        for _column in range(count):
            plain = plain.with_column("", [text] * 2, "Ville")
        return plain

    assert emptied(with_surplus(OWN_TEXT)) == with_surplus("")


def test_a_row_that_ends_early_keeps_what_it_has() -> None:
    plain = filled(PLAIN, OWN_TEXT)
    at = plain.header.index("Numéro Étudiant")
    short = Sheet(plain.header, (plain.rows[0][:at], plain.rows[1]))
    expected = filled(PLAIN, "")
    assert emptied(short) == Sheet(plain.header, (expected.rows[0][:at], expected.rows[1]))


def test_lines_that_hold_nothing_private_stay_to_the_letter() -> None:
    ends = filled(PLAIN, "").content(end="\r\n").splitlines(keepends=True)
    other = filled(PLAIN, OWN_TEXT).content(end="\r\n").splitlines(keepends=True)
    found = without_numbers(b"".join([*ends[:2], other[2]]))
    assert found.splitlines(keepends=True)[:2] == ends[:2]
    assert found.endswith(b"\r\n")
    assert OWN_TEXT.encode() not in found
    titled = b"Collecte de mars\r\n" + ends[0] + other[1]
    assert without_numbers(titled).startswith(b"Collecte de mars\r\n" + ends[0])
    assert OWN_TEXT.encode() not in without_numbers(titled)


def test_the_last_line_gets_no_end_that_it_had_not() -> None:
    content = filled(PLAIN, OWN_TEXT).content().removesuffix(b"\n")
    assert not without_numbers(content).endswith(b"\n")


def test_numbers_of_an_evaluation_are_emptied_too() -> None:
    form = AssessmentForm(student_number=True, external_id="Matricule", extra_columns=("Ville",), group=True)
    done = Attempt(MORNING, MORNING, MORNING, frozenset(SOS_PATH.skills[:2]))
    file = assessment_export([AssessedStudent("MARTIN", "Lou", (done,))], SOS_PATH, form, MORNING, SOS)
    plain = Sheet.of(file.content)
    assert emptied(filled(plain, OWN_TEXT)) == filled(plain, "")


def test_without_columns_of_a_school_nothing_is_emptied() -> None:
    for layout in (Layout(division=False), Layout(), Layout(group=True)):
        content = export(student("MARTIN", "Lou", sent("08:05", 6)), layout=layout).content
        assert without_numbers(content) == content


CAMPAIGN = ["Nom de l'organisation", "ID Campagne", "Code", "Nom de la campagne"]
NAMES = ["Nom du Participant", "Prénom du Participant"]
OF_PROFILES = ["Envoi (O/N)", "Date et heure de l'envoi (Europe/Paris)", "Nombre de pix total"]
OF_EVALUATIONS = ["% de progression", "Partage (O/N)", "% maitrise de l'ensemble des acquis du profil"]


def cells_after(header: list[str], *rows: list[str]) -> list[list[str]]:
    """What is left of the cells of these rows."""
    text = "".join(";".join(row) + "\n" for row in (header, *rows))
    lines = without_numbers(text.encode()).decode().splitlines()
    assert lines[0] == ";".join(header)
    return list(csv.reader(lines[1:], delimiter=";"))


@pytest.mark.parametrize("results", [OF_PROFILES, OF_EVALUATIONS])
@pytest.mark.parametrize(
    ("free", "kept"),
    [
        ([], set()),
        (["Classe"], {"Classe"}),
        (["Matricule"], set()),
        (["Ville", "Né le"], set()),
        (["Né le", "Classe"], {"Classe"}),
        (["Groupe", "Né le"], {"Groupe"}),
        (["Classe", "Né le", "Ville"], {"Classe"}),
        (["Ville", "Groupe", "Classe", "Numéro Étudiant", "Matricule"], {"Groupe", "Classe"}),
        (["Ville", "Classe", "Classe"], {"Classe"}),  # the second one was typed
    ],
)
def test_of_the_columns_of_a_school_a_share_keeps_class_and_group(
    results: list[str], free: list[str], kept: set[str]
) -> None:
    header = [*CAMPAIGN, *NAMES, *free, *results]
    row = [f"c{place}" for place in range(len(header))]
    (found,) = cells_after(header, row)
    named = [label if free.index(label) == place else "" for place, label in enumerate(free)]
    between = [row[6 + place] if label in kept else "" for place, label in enumerate(named)]
    assert found == [*row[:6], *between, *row[6 + len(free) :]]


@pytest.mark.parametrize("surplus", [1, 2])
@pytest.mark.parametrize(
    ("free", "expected"), [(["Classe"], "c"), (["Né le"], " "), ([], ""), (["Classe", "Né le"], "c ")]
)
def test_cells_without_a_label_stand_right_behind_the_first_name(
    surplus: int, free: list[str], expected: str
) -> None:
    header = [*CAMPAIGN, *NAMES, *free, *OF_PROFILES]
    before, behind = ["x"] * 6, ["Oui", "y", "z"]
    (found,) = cells_after(header, [*before, *["birth"] * surplus, *["c"] * len(free), *behind])
    assert found == [*before, *[""] * surplus, *(cell.strip() for cell in expected), *behind]


@pytest.mark.parametrize("surplus", [0, 1])
@pytest.mark.parametrize("more", [[""], ["", ""], [" ", ""]])
def test_empty_cells_that_a_spreadsheet_adds_at_the_end_move_nothing(surplus: int, more: list[str]) -> None:
    """Else a number would stay, and what was sent would be emptied in its place."""
    header = [*CAMPAIGN, *NAMES, "Classe", "Numéro Étudiant", "Matricule", *OF_PROFILES]
    before, behind = ["x"] * 6, ["Oui", "y", "z"]
    (found,) = cells_after(header, [*before, *["birth"] * surplus, "3eA", "0221", "m-7", *behind, *more])
    assert found == [*before, *[""] * surplus, "3eA", "", "", *behind, *more]


@pytest.mark.parametrize("more", [[], [""]])
def test_a_row_whose_own_last_cell_is_empty_has_as_many_cells_without_a_label_as_the_others(
    more: list[str],
) -> None:
    header = [*CAMPAIGN, *NAMES, "Classe", "Numéro Étudiant", *OF_PROFILES]
    before = ["x"] * 6
    rows = [[*before, "birth", "3eA", "0221", "Oui", "y", last, *more] for last in ("z", "")]
    found = cells_after(header, *rows)
    assert found == [[*before, "", "3eA", "", "Oui", "y", last, *more] for last in ("z", "")]


def test_where_the_columns_were_moved_no_cell_without_a_label_is_looked_for() -> None:
    header = [*NAMES, "Classe", *OF_PROFILES, "Numéro Étudiant", *CAMPAIGN]
    row = [f"c{place}" for place in range(len(header))]
    found = cells_after(header, row, [*row, ""], [*row, "x"], row[:7], row[:6])
    emptied_row = [*row[:6], "", *row[7:]]
    assert found == [emptied_row, [*emptied_row, ""], [*emptied_row, "x"], emptied_row[:7], row[:6]]


def test_files_of_other_kinds_come_back_as_they_are() -> None:
    results = ["Numéro de certification", "Prénom", "Nom", "Identifiant Externe", "Statut", "Nombre de Pix"]
    for content in (
        b"", b"PK\x03\x04" + b"Num\xc3\xa9ro" * 9, b"Date;Montant\nA;B\n", b"\xff\x00\xfe" * 9,
        (";".join([*results, *(f"{area}.{n}" for area in range(1, 6) for n in range(1, 5))]) + "\n").encode()
        + b"1;A;B;0221;V;55\n",
        b"Classe;Nom;Pr\xc3\xa9nom;Identifiant;Mot de passe\n3A;A;B;c;d\n",
    ):  # fmt: skip
        assert without_numbers(content) == content
