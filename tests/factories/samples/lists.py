"""Invented lists of who is expected: candidates, sessions, and the class lists that schools have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from xml.sax.saxutils import escape

from tests.factories.samples.names import draw_name
from tests.factories.samples.ods import OdsCell, Share, ods, zipped
from tests.factories.samples.seeded_random import Dice

_OLDEST = date(2010, 1, 1)
_EMPTY_ROWS = 20  # Pix Certif numbers so many rows after the last candidate
_EMAIL = "E-mail du destinataire des résultats (formateur, enseignant…)"
_CANDIDATE_HEADER = (
    "N°", "* Nom de naissance", "* Prénom", "* Date de naissance (format : jj/mm/aaaa)", "* Sexe (M ou F)",
    "Code Insee", "Code postal", "Nom de la\u00a0commune", "Pays", _EMAIL, "E-mail de convocation",
    "Identifiant local", "Temps majoré ?", 'CléA Numérique\n("oui" ou laisser vide)',
)  # fmt: skip
_ATTENDANCE_HEADER = (
    "Nom de naissance", "Prénom", "Date de naissance (jj/mm/aaaa)", "Classe", "Signature",
)  # fmt: skip
_CUT_AT = 21  # characters of a name or class that an attendance sheet has room for


class SessionsForm(StrEnum):
    """The header sets of the mass import of sessions, by when they came."""

    FIRST = "before 2023-04"
    SINCE_2023 = "2023-04"


_SESSION_HEADERS = {
    SessionsForm.FIRST: (
        "N° de session", "* Nom du site", "* Nom de la salle", "* Date de début",
        "* Heure de début (heure locale)", "* Surveillant(s)", "Observations (optionnel)",
        "* Nom de naissance", "* Prénom", "* Date de naissance (format: jj/mm/aaaa)", "* Sexe (M ou F)",
        "Code Insee", "Code postal", "Nom de la commune", "* Pays", _EMAIL, "E-mail de convocation",
        "Identifiant local", "Temps majoré ?",
    ),
    SessionsForm.SINCE_2023: (
        "Numéro de session préexistante", "* Nom du site", "* Nom de la salle",
        "* Date de début (format: JJ/MM/AAAA)", "* Heure de début (heure locale format: HH:MM)",
        "* Surveillant(s)", "Observations (optionnel)", "* Nom de naissance", "* Prénom",
        "* Date de naissance (format: JJ/MM/AAAA)", "* Sexe (M ou F)",
        "Code INSEE de la commune de naissance", "Code postal de la commune de naissance",
        "Nom de la commune de naissance", "* Pays de naissance",
        _EMAIL, "E-mail de convocation", "Identifiant externe", "Temps majoré ? (exemple format: 33%)",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedStudent:
    """An invented student as lists know them; empty texts where a list would have none."""

    last_name: str
    first_name: str
    division: str
    birth_date: date
    sex: str
    number: str = ""  # INE, or number of the establishment
    group: str = ""
    external_id: str = ""
    extra_percent: int | None = None
    used_name: str = ""
    second_name: str = ""


@dataclass(frozen=True, slots=True)
class SampleSession:
    """An invented session of certification; Paris time."""

    number: str
    site: str
    room: str
    starts_at: datetime
    invigilators: tuple[str, ...]


def listed_students(
    count: int, seed: int, divisions: Sequence[str] = ("3eA", "3eB"), awkward: float = 0.0
) -> tuple[ListedStudent, ...]:
    """So many students, class after class; `awkward` is how often a name is one that hurts readers."""
    dice = Dice(seed)
    return tuple(
        _draw(dice, place, divisions[place * len(divisions) // count], awkward) for place in range(count)
    )


def _draw(dice: Dice, place: int, division: str, awkward: float) -> ListedStudent:
    last, first = draw_name(dice, awkward)
    return ListedStudent(
        last,
        first,
        division,
        _OLDEST + timedelta(days=dice.between(0, 700)),
        dice.pick("MF"),
        number=f"0{dice.between(10, 99)}{place:06}{dice.pick('ABCDEFGH')}{dice.pick('ABCDEFGH')}",
        group=f"{division} G{1 + place % 2}",
        external_id=f"EXT-{place:03}" if dice.chance(0.3) else "",
        extra_percent=dice.pick((33, 33, 50)) if dice.chance(0.2) else None,
        second_name="Marie" if dice.chance(0.2) else "",
    )


def candidate_list(session: SampleSession, students: Sequence[ListedStudent]) -> bytes:
    """The ODS of a session as Pix Certif fills it in: block on top, typed cells, numbered empty rows."""
    at = session.starts_at
    above: list[list[OdsCell]] = [
        [None, "Liste des candidats"],
        [None, "La session de certification", None, None, "N° de session", session.number],
        [None, "Date", f"{at:%d/%m/%Y}", None, "Session surveillée par :", None, "- Candidat né en France :"],
        [None, "Heure locale (début)", f"{at:%H:%M}", None, ", ".join(session.invigilators)],
        [None, "Nom du site", session.site, None, "Signature des surveillant(s) :"],
        [None, "Nom de la salle", session.room],
        [],
        [None, "Participants"],
        [None, None, None, None, None, "* Lieu de naissance"],
        [],
        [],
    ]
    rows: list[list[OdsCell]] = [
        [
            str(place), student.last_name, student.first_name, student.birth_date, student.sex, "69387", None,
            None, "FRANCE", None, None, student.external_id,
            None if student.extra_percent is None else Share(student.extra_percent / 100), None,
        ]
        for place, student in enumerate(students, 1)
    ]  # fmt: skip
    empty: list[list[OdsCell]] = [[str(len(students) + place)] for place in range(1, _EMPTY_ROWS + 1)]
    return ods([*above, list(_CANDIDATE_HEADER), *rows, *empty], "Candidats")


def attendance_sheet(session: SampleSession, students: Sequence[ListedStudent]) -> bytes:
    """The sheet to sign, as an ODS: names and classes cut where they are long."""

    def cut(text: str) -> str:
        return text if len(text) <= _CUT_AT else f"{text[:_CUT_AT]}..."

    at = session.starts_at
    above: list[list[OdsCell]] = [
        ["Feuille d'émargement"],
        ["N° de session", session.number, None, "Date", at.date()],
        ["Nom du site", session.site, None, "Heure locale (début)", f"{at:%H:%M}"],
        ["Nom de la salle", session.room, None, "Surveillant(s) :", ", ".join(session.invigilators)],
    ]
    rows: list[list[OdsCell]] = [
        [cut(student.last_name), cut(student.first_name), student.birth_date, cut(student.division)]
        for student in students
    ]
    return ods([*above, list(_ATTENDANCE_HEADER), *rows], "Émargement")


def sessions_import(
    sessions: Sequence[tuple[SampleSession, Sequence[ListedStudent]]],
    form: SessionsForm = SessionsForm.SINCE_2023,
    shares: Sequence[str] = ("{}%",),
) -> bytes:
    """The CSV of several sessions: their cells on their first line only.

    The second invigilator stands on the second line, and so on. `shares` are the ways in which extra time is
    typed, in turn: of "{}%", "{}", and "," or "." for a fraction with that mark.
    """
    rows: list[Sequence[str]] = [_SESSION_HEADERS[form]]
    for session, students in sessions:
        at = session.starts_at
        for place, student in enumerate(students):
            cells = ["", session.site, session.room, f"{at:%d/%m/%Y}", f"{at:%H:%M}"]
            watching = session.invigilators[place : place + 1]
            rows.append(
                [
                    *(cells if place == 0 else [""] * 5), "".join(watching), "", student.last_name,
                    student.first_name, f"{student.birth_date:%d/%m/%Y}", student.sex, "69387", "", "",
                    "FRANCE", "", "", student.external_id,
                    _share(student.extra_percent, shares[place % len(shares)]),
                ]
            )  # fmt: skip
    return _csv(rows)


def _share(percent: int | None, form: str) -> str:
    if percent is None:
        return ""
    return f"0{form}{percent}" if form in {".", ","} else form.format(percent)


def siecle_xml(students: Sequence[ListedStudent], encoding: str = "ISO-8859-15") -> bytes:
    """The base of a school: pupils first, then where each belongs; a class of last year stands with each."""
    pupils, places = [], []
    for place, student in enumerate(students):
        pupil_id = f'ELEVE_ID="{7000 + place}"'
        told = (
            ("ID_NATIONAL", student.number),
            ("NOM_DE_FAMILLE", student.last_name),
            ("NOM_USAGE", student.used_name),
            ("PRENOM", student.first_name),
            ("PRENOM2", student.second_name),
            ("DATE_NAISS", f"{student.birth_date:%d/%m/%Y}"),
            ("CODE_SEXE", "1" if student.sex == "M" else "2"),
        )
        cells = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in told if text)
        before = "<SCOLARITE_AN_DERNIER><CODE_STRUCTURE>4A</CODE_STRUCTURE></SCOLARITE_AN_DERNIER>"
        pupils.append(f"<ELEVE {pupil_id}>{cells}{before}</ELEVE>\n")
        belongs = (("G", student.group), ("D", student.division))
        codes = "".join(_structure(kind, code) for kind, code in belongs if code)
        places.append(f"<STRUCTURES_ELEVE {pupil_id}>{codes}</STRUCTURES_ELEVE>\n")
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<BEE_ELEVES VERSION="2.1">\n<PARAMETRES><UAJ>0750000X</UAJ></PARAMETRES>\n<DONNEES>\n'
        f"<ELEVES>\n{''.join(pupils)}</ELEVES>\n<STRUCTURES>\n{''.join(places)}</STRUCTURES>\n"
        "</DONNEES>\n</BEE_ELEVES>\n"
    )
    return text.encode(encoding, "xmlcharrefreplace")


def _structure(kind: str, code: str) -> str:
    return (
        f"<STRUCTURE><CODE_STRUCTURE>{escape(code)}</CODE_STRUCTURE>"
        f"<TYPE_STRUCTURE>{kind}</TYPE_STRUCTURE></STRUCTURE>"
    )


def siecle_zip(students: Sequence[ListedStudent], encoding: str = "ISO-8859-15") -> bytes:
    """The base as SIECLE hands it out, with what macOS adds to a ZIP."""
    base = siecle_xml(students, encoding)
    return zipped({"ElevesSansAdresses.xml": base, "__MACOSX/._ElevesSansAdresses.xml": b"\x00\x05"})


def fregata(students: Sequence[ListedStudent]) -> bytes:
    """The base of an agricultural school."""
    header = (
        "Identifiant unique*", "Premier prénom*", "Deuxième prénom", "Troisième prénom", "Nom de famille*",
        "Nom d'usage", "Code sexe*", "Date de naissance (jj/mm/aaaa)*", "Code commune naissance**",
        "Libellé commune naissance**", "Code département naissance*", "Code pays naissance*", "Statut*",
        "Code MEF*", "Division*",
    )  # fmt: skip
    rows = [
        (
            one.number, one.first_name, one.second_name, "", one.last_name, one.used_name, one.sex,
            f"{one.birth_date:%d/%m/%Y}", "69387", "", "69", "100", "ST", "2211", one.division,
        )
        for one in students
    ]  # fmt: skip
    return _csv([header, *rows])


def sup(students: Sequence[ListedStudent]) -> bytes:
    """The base of a university: groups instead of classes."""
    header = (
        "Premier prénom", "Deuxième prénom", "Troisième prénom", "Nom de famille", "Nom d'usage",
        "Date de naissance (jj/mm/aaaa)", "Email", "Numéro étudiant", "Composante", "Équipe pédagogique",
        "Groupe", "Diplôme", "Régime",
    )  # fmt: skip
    rows = [
        (
            one.first_name, one.second_name, "", one.last_name, one.used_name, f"{one.birth_date:%d/%m/%Y}",
            "", one.number, "UFR Sciences", "", one.group, "Licence", "FI",
        )
        for one in students
    ]  # fmt: skip
    return _csv([header, *rows])


def onde(students: Sequence[ListedStudent]) -> bytes:
    """The base of a primary school, with the space that ONDE puts before one label, in its encoding."""
    header = ("Nom élève", "Prénom élève", "INE", " Cycle", "Niveau", "Libellé classe", "Date naissance")
    rows = [
        (
            one.last_name,
            one.first_name,
            one.number,
            "CYCLE III",
            "CM2",
            one.division,
            one.birth_date.isoformat(),
        )
        for one in students
    ]
    return _csv([header, *rows], "iso-8859-1")


def plain_list(students: Sequence[ListedStudent]) -> bytes:
    """A list that a teacher keeps: names, class, half-group, birth date."""
    rows = [
        (one.last_name, one.first_name, one.division, one.group, f"{one.birth_date:%d/%m/%Y}")
        for one in students
    ]
    return _csv([("Nom", "Prénom", "Classe", "Groupe", "Né(e) le"), *rows])


def whole_names_list(students: Sequence[ListedStudent]) -> bytes:
    """A list with last and first name in one column, as an ODS."""
    rows = [(f"{one.last_name} {one.first_name}", one.division) for one in students]
    return ods([("Élève", "Classe"), *rows], "Classe")


def _csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding, "replace")
