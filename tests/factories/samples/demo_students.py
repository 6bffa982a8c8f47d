"""The students of the demo morning to whom something happens, and those the story needs around them.

Everything here is invented: nobody of these names, in these classes, of this school, exists.
"""

from __future__ import annotations

from datetime import date, datetime, time

from pixsession.domain.pix.competences import CODES
from tests.factories.samples.students import CERTIFIABLE_FROM, Participation, Send, Student

MORNING = date(2026, 3, 12)  # a Thursday


def at(clock: str, day: date = MORNING) -> datetime:
    """A minute of the morning, or of another day, from "09:31"."""
    return datetime.combine(day, time.fromisoformat(clock))


def pix_of(words: str) -> tuple[int, ...]:
    """Sixteen competences from "1.1:9 2.1:16": those left out have none."""
    known = dict(word.split(":") for word in words.split())
    if unknown := known.keys() - set(CODES):
        raise ValueError(f"no such competences: {sorted(unknown)}")
    return tuple(int(known.get(code, 0)) for code in CODES)


def _before(day: str, clock: str, pix: str, claimed_count: int | None = None) -> Participation:
    """A profile sent on a day of the winter, begun an hour earlier."""
    moment = at(clock, date.fromisoformat(f"2026-{day}"))
    claimed = None if claimed_count is None else claimed_count >= CERTIFIABLE_FROM
    send = Send(moment, pix_of(pix), claimed_count=claimed_count, claimed_certifiable=claimed)
    return Participation(moment.replace(hour=moment.hour - 1), send)


def _today(started: str, sent: str | None = None, pix: str = "") -> Participation:
    return Participation(at(started), Send(at(sent), pix_of(pix)) if sent else None)


def not_eligible_at_first() -> tuple[Student, ...]:
    """Six who cannot sit the certification at 08:15; the first four are saved during the morning."""
    return (
        # One pix short: seen in the second export already.
        Student("BOURDIER", "Naël", (
            _before("02-03", "10:12", "1.1:12 2.1:18 2.2:10 3.1:9 3.2:5 4.1:3 5.2:7"),
            _today("08:17", "08:26", "1.1:12 2.1:18 2.2:10 3.1:9 3.2:5 4.1:3 5.2:10"),
        ), "3eA"),
        # Comes back at 08:38: the export of 08:45 has a line without result above the old one.
        Student("LE GOFF", "Maïwenn", (
            _before("01-22", "14:35", "1.1:9 2.1:14 2.3:6 3.1:17 3.3:7 4.2:4 5.1:2"),
            _today("08:38", "08:53", "1.1:9 2.1:14 2.3:9 3.1:17 3.3:11 4.2:4 5.1:2"),
        ), "3eB"),
        # Two sends: a step at 08:57, there at 09:24.
        Student("CASTAING", "Ilyès", (
            _before("02-10", "09:20", "1.2:8 2.1:21 2.2:16 2.4:7 3.4:5 4.3:6 5.1:3"),
            _today("08:47", "08:57", "1.2:8 2.1:21 2.2:16 2.4:8 3.4:5 4.3:6 5.1:3"),
            _today("09:06", "09:24", "1.2:8 2.1:21 2.2:16 2.4:8 3.4:5 4.3:12 5.1:3"),
        ), "3eC"),
        Student("VAN DER MEERSCH", "Lou-Anne", (
            _before("01-15", "11:05", "1.1:11 2.1:9 2.2:5 3.1:6 3.2:7 4.1:2 4.3:1 5.1:4"),
            _today("09:21", "09:43", "1.1:11 2.1:9 2.2:9 3.1:10 3.2:8 4.1:2 4.3:1 5.1:8"),
        ), "3eA"),
        # Moves forward, not far enough.
        Student("MBARKI", "Sofia", (
            _before("02-26", "15:48", "1.1:8 1.3:13 2.1:10 2.3:24 3.1:4 4.1:3 4.2:5 5.2:1"),
            _today("09:31", "09:49", "1.1:8 1.3:13 2.1:16 2.3:24 3.1:7 4.1:3 4.2:5 5.2:1"),
        ), "3eB"),
        # Comes back at 09:36 and sends nothing more.
        Student("ROUXEL", "Timothée", (
            _before("01-20", "08:44", "1.1:5 2.1:6 3.1:3"),
            _today("09:36"),
        ), "3eC"),
    )  # fmt: skip


def not_sent_at_first() -> tuple[Student, ...]:
    """Six who have entered the campaign and sent nothing at 08:15; the last never does."""
    return (
        Student("ABGRALL", "Nolwenn", (
            _today("08:04", "08:21", "1.1:16 1.2:9 2.1:22 2.2:19 2.3:11 3.1:24 3.2:8 3.3:5 4.1:13 5.1:10"),
        ), "3eA"),
        Student("TEIXEIRA DA COSTA", "Rafael", (
            _today("08:06", "08:41", "1.1:24 1.3:8 2.1:27 2.2:12 2.4:9 3.1:18 3.4:30 4.2:16 5.1:7 5.2:8"),
        ), "3eB"),
        # Of the two BERGER Camille, the one of 3eC; the other one is among the calm.
        Student("BERGER", "Camille", (
            _today("08:09", "09:06", "1.1:17 1.2:10 2.1:13 2.3:8 3.1:11 3.3:6 4.3:9 5.1:4"),
        ), "3eC"),
        Student("D’HAUTEVILLE", "Côme", (
            _today("08:12", "09:28", "1.1:8 2.1:16 2.2:9 3.1:12 3.2:3 4.1:8 4.2:7 5.2:5"),
        ), "3eA"),
        Student("SERRANO", "Alba", (
            _today("08:10", "09:52", "1.1:19 1.2:16 2.1:20 2.2:15 2.3:8 3.1:26 4.1:9 4.2:10 5.1:6"),
        ), "3eB"),
        Student("PICHON", "Mathéo", (_today("08:03"),), "3eC"),
    )  # fmt: skip


def others_with_a_story() -> tuple[Student, ...]:
    """One falls, one is to check, one comes late, one is deleted, one moves; and two names."""
    deleted = _before("01-27", "13:40", "1.1:18 1.2:12 2.1:25 2.2:9 3.1:16 4.1:14 5.1:8 5.2:3")
    return (
        # Reset two competences, sent again at 09:19: five, then three.
        Student("FERRAND", "Elouan", (
            _before("02-24", "16:10", "1.1:9 2.1:17 2.2:8 3.1:12 3.3:2 4.3:10 5.1:6"),
            _today("09:11", "09:19", "1.1:9 2.1:17 3.1:12 3.3:2 5.1:6"),
        ), "3eB"),
        # Pix's own columns say five and certifiable, the sixteen say four.
        Student("HAMDAOUI", "Yanis", (
            _before("02-05", "11:25", "1.1:10 1.2:7 2.1:15 2.2:6 3.1:9 4.2:8", 5),
        ), "3eC"),
        # Arrives after the start: on the board from 09:00 on.
        Student("OKAFOR", "Blessing", (
            _today("08:51", "09:08", "1.1:12 1.3:9 2.1:18 2.3:13 3.1:8 3.2:7 4.1:10 5.2:3"),
        ), "3eA"),
        # Deleted by a teacher at 09:04: gone from the export of 09:15.
        Student("MONIER", "Jules", (
            Participation(deleted.started_at, deleted.send, deleted_at=at("09:04")),
        ), "3eB"),
        # The pupil base is imported anew at 08:52: 3eC from the export of 09:00 on, old lines too.
        Student("NOVAK", "Emma", (
            _before("01-13", "09:05", "1.1:11 2.1:13 2.2:7 3.1:9 4.1:5"),
            _before("03-03", "10:30", "1.1:19 1.2:8 2.1:21 2.2:10 3.1:16 4.1:9 5.1:4"),
        ), "3eA", moved=(at("08:52"), "3eC")),
        Student("DE LA TOUR DU BREUIL-MONTGASCON", "Marie-Apolline-Clémentine", (
            _before("02-12", "15:02", "1.1:28 1.2:19 1.3:9 2.1:33 2.2:24 2.3:17 3.1:30 4.1:22 4.2:12 5.1:18"),
        ), "3eC"),
        Student("BERGER", "Camille", (
            _before("02-19", "10:41", "1.1:25 1.2:16 2.1:30 2.2:20 2.3:9 2.4:8 3.1:27 4.1:17 4.3:11 5.1:13"),
        ), "3eB"),
    )  # fmt: skip
