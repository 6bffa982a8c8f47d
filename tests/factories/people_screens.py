"""Invented files of every kind, and invented doubts between two lists, for the tests of their screens."""

from __future__ import annotations

from datetime import timedelta

from pixsession.domain.board.snapshot import Campaign, FileEntry, FileStatus
from pixsession.domain.people.matches import Decided, OpenDoubt, PersonLabel, Suggestion
from tests.factories.snapshots import CAMPAIGN, NOW, SOURCE

_CLASS_LIST, _COLLECTION = "Classe 3eB.csv", "Certification 3e, collecte"
SOS = Campaign("SOSPIX123", "SOSPIX123", "SOS élève non certifiable")
EARLIER = NOW - timedelta(hours=1)

PASSWORDS = FileEntry(
    "identifiants-eleves-3eB.csv", FileStatus.REFUSED, "credentials", message="usernames and passwords"
)
TORN = FileEntry(
    "Resultats-coupe.csv", FileStatus.REFUSED, "profiles", message="line 12: the file stops in the middle"
)
PARTLY = FileEntry(
    "Liste des élèves de 3e du collège Simone-Veil, rentrée 2025, version corrigée.xlsx",
    FileStatus.READ,
    "roster",
    27,
    exported_at=EARLIER,
    notes=("saved by a spreadsheet: written in Windows-1252, as its French words show",),
    rejects=((4, "no name"), (17, "the class is missing")),
)
PROFILES = FileEntry(SOURCE.file, FileStatus.READ, "profiles", 10, None, CAMPAIGN, SOURCE.exported_at)
EVALUATION = FileEntry(
    "Resultats-SOS-2026-03-12-0931.csv", FileStatus.READ, "assessment", 3, None, SOS, EARLIER, present=False
)
KINDS = tuple(
    FileEntry(name, FileStatus.READ, kind, 16, exported_at=EARLIER)
    for name, kind in (
        ("20260312_0900_resultats_3eA.csv", "results"),
        ("session-1234.ods", "candidates"),
        ("import-sessions.csv", "sessions"),
    )
)
IGNORED = tuple(
    FileEntry(f"facture {number:04}.pdf.csv", FileStatus.IGNORED, message="not an export of Pix")
    for number in range(2000)
)
FILES = (*IGNORED, EVALUATION, *KINDS, PROFILES, PARTLY, TORN, PASSWORDS)


def label(
    key: str,
    last_name: str,
    first_name: str,
    *,
    place: str | None = "3eB",
    born: str | None = None,
    listed_in: str = _COLLECTION,
) -> PersonLabel:
    """One entry of a list."""
    return PersonLabel(key, last_name, first_name, place, born, listed_in)


MARIE = label("list:marie", "DE LA ROCHEFOUCAULD-M.", "Marie", listed_in=_CLASS_LIST)
MARIE_PIX = label("pix:marie", "DE LA ROCHEFOUCAULD-MONTMORENCY D’ALMEIDA", "Marie-Antoinette-Joséphine")
LEO = label("list:leo", "MARTIN", "Léo", place="3eA", born="2011-05-03", listed_in="Classe 3eA.csv")
LEA = label("pix:lea", "MARTIN", "Léa", place="3eA", born="2011-05-03")
LEON = label("pix:leon", "MARTIN", "Léon", place="3eA")
LINH = label("list:linh", "NGUYEN", "Linh", place=None, born="2011-02-12", listed_in="session-1234.ods")
LINH_PIX = label("pix:linh", "NGUYEN", "Linh")
DOUBTS = (
    OpenDoubt(MARIE, (Suggestion(MARIE_PIX, ("same class", "one of the first names is Marie"), 78),)),
    OpenDoubt(
        LEO,
        (
            Suggestion(LEA, ("same class and last name, but the first names differ by one letter",), 92),
            Suggestion(LEON, ("same class and last name",), 90),
        ),
    ),
    OpenDoubt(LINH, (Suggestion(LINH_PIX, ("the name is the same, the class is not known",), 100),)),
)
SAME = Decided(
    label("list:tom", "PETIT", "Thomas", listed_in=_CLASS_LIST),
    label("pix:tom", "PETIT", "Tom", place="3eA"),
    same=True,
    at="2026-03-12T09:41",
)
DIFFERENT = Decided(
    label("list:zoe", "ROUX", "Zoé", place="3eC", listed_in="Classe 3eC.csv"),
    label("pix:zoelie", "ROUX", "Zoélie", place="3eC"),
    same=False,
    at="2026-03-11T16:02",
)
DECISIONS = (SAME, DIFFERENT)
