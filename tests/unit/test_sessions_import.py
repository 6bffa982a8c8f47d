"""The mass import of sessions: both header sets, and rows that go on with the session above."""

from __future__ import annotations

from datetime import datetime

import pytest

from pixsession.domain.people.expected import SessionFacts
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.export import ExportKind
from pixsession.readers.lists.sessions import looks_like_sessions, read_sessions
from tests.factories.lists import FILE, causes, csv_table, table
from tests.factories.samples.lists import SampleSession, SessionsForm, listed_students, sessions_import

STUDENTS = listed_students(30, seed=11, awkward=0.3)
SITE = "Collège de la Lune-Rousse"


def session(room: str, at: str, *invigilators: str) -> SampleSession:
    return SampleSession("", SITE, room, datetime.fromisoformat(at), invigilators)


SESSIONS = (
    (session("Salle 12", "2026-06-02T08:30", "Mme Aubin", "M. D'Or"), STUDENTS[:10]),
    (session("Salle 12", "2026-06-02T10:30", "Mme Aubin"), STUDENTS[10:20]),
    (session("CDI ; 1er étage", "2026-06-03T08:30", 'M. "Titi" Roc'), STUDENTS[20:]),
)
HEADER = (
    "Numéro de session préexistante", "* Nom du site", "* Nom de la salle",
    "* Date de début (format: JJ/MM/AAAA)", "* Heure de début (heure locale format: HH:MM)",
    "* Surveillant(s)", "* Nom de naissance", "* Prénom", "* Date de naissance (format: JJ/MM/AAAA)",
)  # fmt: skip
FIRST = ("", SITE, "Salle 12", "02/06/2026", "08:30", "Mme Aubin", "BERGER", "Zoé", "03/02/2011")


@pytest.mark.parametrize("form", list(SessionsForm))
def test_every_candidate_of_every_session(form: SessionsForm) -> None:
    content = sessions_import(SESSIONS, form, ("{}%", "{}", ".", ","))
    sheet = csv_table(content)
    assert looks_like_sessions(sheet.header)
    found = read_sessions(sheet, FILE)
    assert (found.kind, found.generation) == (ExportKind.SESSIONS, form.value)
    assert found.sessions == (
        SessionFacts(None, SITE, "Salle 12", "2026-06-02", "08:30", ("Mme Aubin", "M. D'Or")),
        SessionFacts(None, SITE, "Salle 12", "2026-06-02", "10:30", ("Mme Aubin",)),
        SessionFacts(None, SITE, "CDI ; 1er étage", "2026-06-03", "08:30", ('M. "Titi" Roc',)),
    )
    expected = [
        (
            one.last_name.strip(), one.first_name.strip(), one.birth_date.isoformat(), one.sex,
            None if one.extra_percent is None else one.extra_percent / 100, one.external_id or None, place,
        )
        for place, (_session, students) in enumerate(SESSIONS)
        for one in students
    ]  # fmt: skip
    told = [
        (s.last_name, s.first_name, s.birth_date, s.sex, s.extra_time, s.external_id, s.session)
        for s in found.expected
    ]
    assert told == expected
    assert (found.rejects, found.notes) == ((), ())


def test_rows_of_one_session_need_not_follow_each_other() -> None:
    other = ("", SITE, "Salle 12", "02/06/2026", "10:30", "", "MARTY", "Lou", "04/02/2011")
    again = ("", SITE, "Salle 12", "02/06/2026", "08:30", "M. Roc", "FABRE", "Élie", "05/02/2011")
    found = read_sessions(table(HEADER, FIRST, other, again), FILE)
    assert [one.session for one in found.expected] == [0, 1, 0]
    assert [one.invigilators for one in found.sessions] == [("Mme Aubin", "M. Roc"), ()]


def test_a_row_without_session_is_of_none_before_the_first_and_after_a_broken_one() -> None:
    below = ("", "", "", "", "", "", "MARTY", "Lou", "04/02/2011")
    broken = ("", SITE, "", "02/06/2026", "10:30", "", "FABRE", "Élie", "05/02/2011")
    found = read_sessions(table(HEADER, below, FIRST, broken, below), FILE)
    assert [one.last_name for one in found.expected] == ["BERGER"]
    assert causes(found) == {
        2: "no session on this line nor above it",
        4: "part of the session is missing: site, room, date or time",
        5: "no session on this line nor above it",
    }


def test_a_session_that_exists_is_called_by_its_number() -> None:
    named = ("412207", "", "", "", "", "", "MARTY", "Lou", "04/02/2011")
    again = ("412207", "", "", "", "", "", "FABRE", "Élie", "05/02/2011")
    found = read_sessions(table(HEADER, named, FIRST, again), FILE)
    assert [one.number for one in found.sessions] == ["412207", None]
    assert [one.session for one in found.expected] == [0, 1, 0]


def test_a_row_may_bring_an_invigilator_and_nobody_else() -> None:
    found = read_sessions(table(HEADER, FIRST, ("", "", "", "", "", "M. Roc", "", "", "")), FILE)
    assert found.sessions[0].invigilators == ("Mme Aubin", "M. Roc")
    assert found.rejects == ()


def test_a_date_that_cannot_be_read_keeps_sessions_apart() -> None:
    rows = [
        (*FIRST[:3], day, *FIRST[4:6], name, *FIRST[7:]) for day, name in (("2 juin", "A"), ("3 juin", "B"))
    ]
    found = read_sessions(table(HEADER, *rows), FILE)
    assert [one.date for one in found.sessions] == [None, None]
    assert [one.session for one in found.expected] == [0, 1]
    assert found.notes == ("date of the session not read on line 2, 3",)


def test_a_row_that_excel_has_shortened_is_read_one_that_lacks_a_cell_is_not() -> None:
    header = (*HEADER, "* Sexe (M ou F)", "Temps majoré ? (exemple format: 33%)")
    short = ("", "", "", "", "", "", "MARTY", "Lou", "04/02/2011", "M")
    moved = ("", "", "", "", "", "", "FABRE", "Élie", "M", "33%")
    found = read_sessions(table(header, (*FIRST, "F", "33%"), short, moved), FILE)
    assert [one.last_name for one in found.expected] == ["BERGER", "MARTY"]
    assert causes(found) == {4: "10 cells instead of 11"}


def test_a_file_that_is_cut_is_refused_or_its_last_cell_is_not_read() -> None:
    content = sessions_import(SESSIONS).decode("utf-8-sig")
    cut = content[: content.rindex(";")]
    with pytest.raises(UnreadableExport, match="the last line is cut"):
        read_sessions(csv_table(cut), FILE)
    whole = read_sessions(table((*HEADER[:-1], "Temps majoré ?"), (*FIRST[:-1], "3"), ended=False), FILE)
    assert whole.expected[0].extra_time is None
    assert whole.notes == ("last cell perhaps cut, not read on line 2",)
    with pytest.raises(UnreadableExport, match="the header is cut"):
        read_sessions(table(HEADER, ended=False), FILE)
