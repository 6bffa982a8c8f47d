"""Whom a session of the demo morning calls: nine of its students, one of them in no export."""

from __future__ import annotations

from datetime import date, datetime

from tests.factories.samples.lists import ListedStudent, SampleSession

SITE = "Collège de la Lune-Rousse"
LIST = "liste-candidats-session-412207.ods"
DAY_OF_THE_DEMO = """\
title = "Certification 3e"
date = 2026-03-12
start = "08:30"
duration_minutes = 105
room = "Salle 12"
folders = ["exports"]
"""  # its session file; what further it says goes below


def called(name: str, extra: int | None = None) -> ListedStudent:
    last, _space, first = name.rpartition(" ")
    return ListedStudent(last, first, "", date(2011, 3, 2), "F", extra_percent=extra)


CANDIDATES = (
    called("BOURDIER Naël", 33), called("LE GOFF Maïwenn"), called("CASTAING Ilyès"),
    called("ROUXEL Timothée"), called("FERRAND Elouan"), called("ABGRALL Nolwenn"), called("PICHON Mathéo"),
    called("HAMDAOUI Yanis"), called("DELACROIX Prune"),
)  # fmt: skip


def held(at: str, room: str = "Salle 12", number: str = "412207") -> SampleSession:
    return SampleSession(number, SITE, room, datetime.fromisoformat(at), ("Mme Aubin",))
