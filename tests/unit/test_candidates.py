"""Candidate lists and attendance sheets: the session on top, and who is called to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from pixsession.domain.people.expected import SessionFacts
from pixsession.readers.dates import read_day
from pixsession.readers.export import Contents, ExportKind, Origin
from pixsession.readers.lists.candidates import looks_like_candidates, read_candidates
from pixsession.readers.lists.cells import read_clock, read_extra_time, read_sex
from pixsession.readers.table import Table
from tests.factories.lists import FILE, causes, meanings, ods_table, table
from tests.factories.samples.lists import SampleSession, attendance_sheet, candidate_list, listed_students

AT = datetime(2026, 6, 2, 8, 30)  # noqa: DTZ001 - Paris time without zone, as everywhere
SESSION = SampleSession(
    "412207", "Collège de la Lune-Rousse", "Salle 12 ; bât. B", AT, ("Mme Aubin", "M. D'Or")
)
FACTS = SessionFacts("412207", SESSION.site, SESSION.room, "2026-06-02", "08:30", ("Mme Aubin", "M. D'Or"))
STUDENTS = listed_students(26, seed=5, awkward=0.4)
HEADER = (
    "N°",
    "* Nom de naissance",
    "* Prénom",
    "* Date de naissance (format : jj/mm/aaaa)",
    "Temps majoré ?",
)


def read_list(content: bytes) -> Contents:
    return read_candidates(ods_table(content, looks_like_candidates), FILE)


def test_every_candidate_of_a_list_and_its_session() -> None:
    found = read_list(candidate_list(SESSION, STUDENTS))
    assert found.kind is ExportKind.CANDIDATES
    assert found.sessions == (FACTS,)
    expected = [
        (
            one.last_name.strip(), one.first_name.strip(), one.birth_date.isoformat(), one.sex,
            one.external_id or None, None if one.extra_percent is None else one.extra_percent / 100, 0,
        )
        for one in STUDENTS
    ]  # fmt: skip
    told = [
        (s.last_name, s.first_name, s.birth_date, s.sex, s.external_id, s.extra_time, s.session)
        for s in found.expected
    ]
    assert told == expected
    assert found.rejects == ()
    assert found.notes == ()


def test_the_columns_of_a_list_are_told() -> None:
    assert meanings(read_list(candidate_list(SESSION, STUDENTS[:1]))) == {
        "* Nom de naissance": "last_name",
        "* Prénom": "first_name",
        "* Date de naissance (format : jj/mm/aaaa)": "birth_date",
        "* Sexe (M ou F)": "sex",
        "Identifiant local": "external_id",
        "Temps majoré ?": "extra_time",
    }


def test_an_empty_session_block_is_not_filled_with_its_neighbours() -> None:
    blank = replace(SESSION, number="", site="", room="", invigilators=())
    found = read_list(candidate_list(blank, STUDENTS[:2]))
    assert found.sessions == (SessionFacts(None, None, None, "2026-06-02", "08:30", ()),)
    assert found.notes == ("number of the session not found",)


def test_a_list_without_a_session_says_so() -> None:
    found = read_candidates(table(HEADER, ("1", "BERGER", "Zoé", "03/02/2011", "")), FILE)
    assert found.sessions == ()
    assert [one.session for one in found.expected] == [None]
    assert found.notes == ("no session above the list: number, room and time are not known",)


def test_what_cannot_be_read_is_unknown_and_noted() -> None:
    found = read_candidates(
        table(
            HEADER,
            ("1", "BERGER", "Zoé", "03/02/11", "a third"),
            ("2", "", "", "", ""),
            ("3", "", "Lou", "03/02/2011", ""),
            ("4", "", "", "03/02/2011", ""),
            ("5", "MARTY", "", "03/02/2011", ""),
            form="ods",
        ),
        FILE,
    )
    (berger,) = found.expected
    assert (berger.last_name, berger.birth_date, berger.extra_time) == ("BERGER", None, None)
    assert found.notes[:2] == ("birth date not read on line 2", "extra time not read on line 2")
    assert causes(found) == {4: "no last name", 5: "no name", 6: "no first name"}


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [("ods", "1", None), ("ods", "0.33", 0.33), ("ods", "33", 0.33), ("ods", "0", 0.0), ("csv", "1", 0.01)],
)
def test_a_share_of_one_in_a_workbook_may_be_the_whole(form: str, cell: str, value: float | None) -> None:
    found = read_candidates(table(HEADER, ("1", "BERGER", "Zoé", "03/02/2011", cell), form=form), FILE)
    assert found.expected[0].extra_time == value
    assert ("extra time not read on line 2" in found.notes) is (value is None)


def test_a_candidate_twice_is_called_once() -> None:
    row = ("1", "BERGER", "Zoé", "03/02/2011", "")
    other = ("3", "BERGER", "Zoé", "04/02/2011", "")
    found = read_candidates(table(HEADER, row, ("2", *row[1:]), other), FILE)
    assert [one.birth_date for one in found.expected] == ["2011-02-03", "2011-02-04"]
    assert causes(found) == {3: "the same student as on line 2"}


def test_the_attendance_sheet_says_what_it_has_cut() -> None:
    long = replace(
        STUDENTS[0], last_name="DE LA ROCHE-AYMON DE MONTFERRAND", division="3e Défense et Sécurité 1"
    )
    short = replace(STUDENTS[1], last_name="BERGER", first_name="Zoé", division="3eA")
    found = read_list(attendance_sheet(SESSION, (long, short)))
    assert found.sessions == (FACTS,)
    assert found.generation == "attendance"
    assert [(one.last_name, one.division) for one in found.expected] == [
        ("DE LA ROCHE-AYMON DE ...", None),
        ("BERGER", "3eA"),
    ]
    assert found.notes == (
        "name cut short by Pix on line 6",
        "class cut short by Pix, not read on line 6",
    )


@pytest.mark.parametrize(
    ("email", "generation"),
    [
        ("Adresse e-mail du destinataire des résultats", "2020"),
        ("E-mail du destinataire des résultats (formateur, enseignant…)", "2021"),
        ("E-mail du prescripteur (enseignant, formateur), pour la réception des résultats", "2026-06"),
    ],
)
def test_the_label_that_changed_tells_the_generation(email: str, generation: str) -> None:
    found = read_candidates(table((*HEADER, email), ("1", "BERGER", "Zoé", "03/02/2011", "", "")), FILE)
    assert found.generation == generation


@pytest.mark.parametrize(
    "header",
    [
        ("Nom", "Prénom", "E-mail"),
        ("Numéro de certification", "Prénom", "Nom", "Date de naissance", "Identifiant Externe"),
        ("* Nom du site", "* Nom de naissance", "* Prénom", "Temps majoré ?"),
        ("Nom de naissance", "Prénom", "Classe"),
        (),
    ],
)
def test_what_is_no_list_of_candidates(header: tuple[str, ...]) -> None:
    assert not looks_like_candidates(header)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("33%", 0.33), ("33 %", 0.33), ("33", 0.33), ("0.33", 0.33), ("0,33", 0.33), ("33,3", 0.333),
        ("1", 0.01), ("100", 1.0), ("0", 0.0), ("0.5", 0.5), ("300", None), ("oui", None), ("-33", None),
        ("", None), ("٣٣", None),
    ],
)  # fmt: skip
def test_extra_time(cell: str, value: float | None) -> None:
    assert read_extra_time(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("03/02/2011", "2011-02-03"), ("3/2/2011", "2011-02-03"), ("2011-02-03", "2011-02-03"),
        ("2011-02-03T00:00:00", "2011-02-03"), ("03/02/11", None), ("30/02/2011", None), ("40577", None),
        ("2011-02-03T08:30", None), ("03/02/0011", None), ("", None),
    ],
)  # fmt: skip
def test_days(cell: str, value: str | None) -> None:
    assert read_day(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("08:30", "08:30"),
        ("8h30", "08:30"),
        ("9 h", "09:00"),
        ("08:30:00", "08:30"),
        ("24:00", None),
        ("9", None),
    ],
)
def test_times(cell: str, value: str | None) -> None:
    assert read_clock(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"), [("M", "M"), ("f", "F"), ("Féminin", "F"), ("1", None), ("", None)]
)
def test_sex(cell: str, value: str | None) -> None:
    assert read_sex(cell) == value


def test_a_block_with_dates_of_a_workbook() -> None:
    above = ((1, ["Date", "2026-06-02", "Heure locale (début)", "08:30"]), (2, ["N° de session", "41"]))
    sheet = Table(Origin("ods"), HEADER, 3, [(4, ["1", "BERGER", "Zoé", "2011-02-03", "0.33"])], above)
    found = read_candidates(sheet, FILE)
    assert found.sessions == (SessionFacts("41", None, None, "2026-06-02", "08:30", ()),)
    assert found.expected[0].birth_date == date(2011, 2, 3).isoformat()


def test_a_guessed_encoding_is_said() -> None:
    sheet = table(HEADER, ("1", "BERGER", "Zoé", "03/02/2011", ""))
    sheet = sheet._replace(origin=Origin("csv", "cp1252", ";", guessed=True))
    assert "encoding guessed: cp1252" in read_candidates(sheet, FILE).notes


def test_samples_are_the_same_bytes_each_time() -> None:
    again = listed_students(26, seed=5, awkward=0.4)
    assert candidate_list(SESSION, again) == candidate_list(SESSION, STUDENTS)
    assert attendance_sheet(SESSION, again) == attendance_sheet(SESSION, STUDENTS)
