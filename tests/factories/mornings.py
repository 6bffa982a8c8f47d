"""An invented certification morning in which everything happened, for the tests of the hand-over sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pixsession.domain.board.snapshot import BoardRow, Expectation, FileEntry, FileStatus, Snapshot
from pixsession.domain.certification.day import (
    Action,
    DayState,
    DayView,
    Incident,
    Note,
    Pause,
    Presence,
    StudentDay,
)
from pixsession.domain.certification.session import (
    ExpectedFrom,
    Limits,
    Remediation,
    Room,
    Session,
    SessionKind,
)
from pixsession.domain.people.expected import SessionFacts
from pixsession.domain.pix.eligibility import Eligibility, Rule
from tests.factories.exports import moment
from tests.factories.snapshots import CAMPAIGN, row, snapshot

DAY = date(2026, 3, 12)
SHEET_AT = datetime(2026, 3, 12, 11, 5)  # noqa: DTZ001 - Paris time, without zone
FACTS = SessionFacts(
    "80123", "Collège Jean Moulin", "Salle 12", "2026-03-12", "08:30", ("Mme Roux", "M. Le Gall")
)
_LAST = (
    "ALLARD", "BARBIER", "BENALI", "CHEVALIER", "DA SILVA", "DE LA FONTAINE-MARTINEZ", "EL AMRANI", "FAURE",
    "GIRAUD", "HUET", "LE GOFF", "MARTIN", "MOREL", "NGUYEN", "PETIT", "ROUX", "SANTOS", "TRAORÉ", "VIDAL",
    "ZIANI",
)  # fmt: skip
_FIRST = ("Lou", "Léa", "Enzo", "Adam", "Linh", "Tom", "Lucas", "Youssef", "Manon", "Zoé", "Maël", "Inès")


def session(
    *rooms: str, kind: SessionKind = SessionKind.CERTIFICATION, title: str = "Certification 3e, mars"
) -> Session:
    """A session of 1 h 45 that begins at 8:30."""
    return Session(
        path=Path("session.toml"),
        kind=kind,
        title=title,
        date=DAY,
        start=time(8, 30),
        duration_minutes=105,
        rooms=tuple(Room(name, ExpectedFrom()) for name in rooms or ("Salle 12",)),
        folders=(Path("exports"),),
        rule=Rule(),
        remediation=Remediation(code="SOSPIX123", collection_code="KQWBTM347"),
        limits=Limits(time(9, 45)),
        checklist=(
            "Vérifier l’identité : une pièce pour chaque élève",
            "Pointer les présents",
            "Code : le code d’accès est au tableau",
            "Noter le début : chaque élève présent est autorisé à commencer",
            "Noter la fin : chaque test est terminé, ou sa raison est notée",
            "Finaliser la session dans Pix Certif, incidents signalés",
        ),
        bell=True,
    )  # fmt: skip


def expectation(extra_time: float | None = None, birth_date: str | None = None) -> Expectation:
    """What the candidate list says."""
    return Expectation("candidats.ods", None, birth_date, extra_time, FACTS)


def day_board(
    rows: Iterable[BoardRow],
    days: Mapping[int, StudentDay],
    *,
    of: Session | None = None,
    rooms: Mapping[int, str] | None = None,
    actions: tuple[Action, ...] = (),
    ticked: Mapping[str, datetime] | None = None,
    files: tuple[FileEntry, ...] | None = None,
) -> Snapshot:
    """A board of these students on the day of a session."""
    here = tuple(rows)
    supervised = of or session()
    if rooms is None:
        rooms = {one.student_id: supervised.rooms[0].name for one in here}
    states = {one.student_id: DayState.READY for one in here}
    view = DayView(supervised, days, states, rooms, (), actions, ticked or {}, {})
    return snapshot(here, files=files)._replace(day=view)


def full_morning(*names: str) -> Snapshot:
    """Twenty candidates after a morning in which everything happened; `names` make others of the room."""
    number = len(names) or 20
    rows, days = [], {}
    for rank in range(number):
        student_id = rank + 1
        last = names[rank] if names else _LAST[rank]
        state = Eligibility.NOT_ELIGIBLE if rank in {1, 8} else Eligibility.ELIGIBLE
        one = row(student_id, last, _FIRST[rank * 5 % 12], state=state, place=("3eA", "3eB", "3eC")[rank % 3])
        rows.append(one._replace(expected=expectation(1 / 3 if rank in {4, 11} else None)))
        begun = moment("08:35") + timedelta(seconds=40 * rank)
        days[student_id] = StudentDay(
            Presence.PRESENT,
            moment("08:20"),
            started_at=begun,
            finished_at=begun + timedelta(minutes=70 + 2 * rank % 23),
        )  # fmt: skip
    days.update(_what_happened(days, number))
    entries = tuple(
        FileEntry(
            f"Resultats-Certification 3e - collecte-512407-2026-03-12-{hour:02}{minute:02}.csv",
            FileStatus.READ, "profiles", 76, None, CAMPAIGN, moment(f"{hour:02}:{minute:02}"),
        )
        for hour, minute in ((7, 55), (8, 5), (8, 25), (8, 52), (9, 15), (9, 31), (9, 45))
    )  # fmt: skip
    files = (
        *entries,
        FileEntry("candidats-session-80123.ods", FileStatus.READ, "candidates", 20),
        FileEntry(
            "Resultats-vieux.csv", FileStatus.REFUSED, "profiles", message="ligne 7 : 37 cellules sur 45"
        ),
    )
    ticked = dict(zip(session().checklist, map(moment, ("08:22", "08:31", "08:33", "08:40")), strict=False))
    return day_board(rows, days, ticked=ticked, files=files)


def _what_happened(days: Mapping[int, StudentDay], number: int) -> dict[int, StudentDay]:
    """To whom something happened, as far as there are so many students."""
    waiting = StudentDay(Presence.PRESENT, moment("08:21"))
    found = {
        2: waiting._replace(redirected_at=moment("08:52")),
        3: StudentDay(Presence.ABSENT, moment("08:36")),
        4: waiting._replace(redirected_at=moment("08:49"), eligible_again_at=moment("09:31"),
                            started_at=moment("09:36"),
                            finished_at=moment("11:01")),
        6: StudentDay(Presence.LATE, moment("08:44"), started_at=moment("08:47"), finished_at=moment("10:20"),
                      notes=(Note(moment("08:45"), "Retard de bus, billet de la vie scolaire"),)),
        7: days[1]._replace(incidents=(Incident(moment("09:05"), "E4", "wikipedia.org bloqué",
                                                moment("09:11"), "Mme Roux"),),
                            pauses=(Pause(moment("09:05"), moment("09:11"), False, False),)),
        9: waiting._replace(redirected_at=moment("08:55"), eligible_again_at=moment("09:15")),
        11: days[1]._replace(incidents=(Incident(moment("09:17"), "E9", "LibreOffice fermé"),)),
        12: days[1]._replace(pauses=(Pause(moment("09:20"), moment("09:30"), True, False),)),
        14: days[1]._replace(incidents=(Incident(moment("09:40"), "C6", "téléphone sorti, rangé aussitôt"),)),
        16: StudentDay(Presence.ABSENT, moment("08:36"),
                       notes=(Note(moment("08:38"), "Infirmerie prévenue"),)),
        18: days[1]._replace(incidents=(Incident(moment("08:31"), "C1", "deuxième prénom à corriger"),)),
        19: days[1]._replace(stopped_at=moment("09:50"), finished_at=None,
                             notes=(Note(moment("09:50"), "Est parti, malade ; parents appelés"),)),
    }  # fmt: skip
    return {student_id: day for student_id, day in found.items() if student_id <= number}
