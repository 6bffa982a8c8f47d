"""A certification day on the exports of the demo, against a table that was made by hand beforehand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.alerts import pix_short
from pixsession.domain.certification.clock import personal_end
from pixsession.domain.certification.day import ActionKind, Alert, DayState, DayView
from pixsession.domain.certification.session import ExpectedFrom, Room
from pixsession.domain.certification.states import extra_time_of
from pixsession.domain.certification.steps import next_step, short_words
from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest
from tests.factories.certification_lists import CANDIDATES, LIST, called, held
from tests.factories.samples.demo_story import morning
from tests.factories.samples.lists import ListedStudent, SampleSession, candidate_list, sessions_import
from tests.factories.sessions import certification

K = ActionKind


class Day:
    """A board without its thread, and a clock that is set by hand."""

    def __init__(self, folder: Path, request: BoardRequest) -> None:
        self.now = datetime.fromisoformat("2026-03-12T08:16")
        self._folder = folder
        self.engine = BoardEngine(request, lambda: self.now, live=True)
        self._exports = iter(morning())

    def at(self, clock: str) -> Snapshot:
        """The board at this time, with every export made until then."""
        self.now = datetime.fromisoformat(f"2026-03-12T{clock}")
        return self.engine.snapshot()

    def export(self, clock: str) -> Snapshot:
        """The board right after the export of this time, and those before."""
        for one in self._exports:
            self.engine.take(one.write_to(self._folder))
            if one.exported_at == datetime.fromisoformat(f"2026-03-12T{clock}"):
                break
        self.engine.look(frozenset(path.name for path in self._folder.iterdir()), frozenset())
        return self.at(f"{clock[:4]}{int(clock[4]) + 1}")

    def act(self, clock: str, kind: ActionKind, *names: str, **facts: object) -> None:
        shown = self.at(clock)
        rows = (*shown.rows, *shown.others)
        ids = tuple(next(row.student_id for row in rows if row.shown_name == name) for name in names)
        self.engine.supervision.act(ActionRequest(kind, ids, **facts))  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "téléchargements"
    found.mkdir()
    (found / LIST).write_bytes(candidate_list(held("2026-03-12T08:30"), CANDIDATES))
    return found


@pytest.fixture
def day(folder: Path) -> Iterator[Day]:
    found = Day(folder, certification(folder, None))
    found.engine.take(folder / LIST)
    yield found
    found.engine.close()


def view_of(snapshot: Snapshot) -> DayView:
    assert snapshot.day is not None
    return snapshot.day


def lines(snapshot: Snapshot, now: datetime) -> list[str]:
    """Each student as the table has it: name, state, alerts, next step."""
    view = view_of(snapshot)
    return [_line(row, view, now) for row in snapshot.rows]


def _line(row: BoardRow, view: DayView, now: datetime) -> str:
    alerts = "".join(f" !{alert}" for alert in view.alerts.get(row.student_id, ()))
    step = next_step(row, view, now)
    return f"{row.last_name} {view.states[row.student_id]}{alerts} > {step.step if step else '-'}"


# What the table says, by hand: from what the students of the demo did, at each export and after each gesture.
BEFORE = [  # 08:16: by the pix that are short 1, 3, 3 (with 59 pix, then 66), 26
    "BOURDIER to_redirect > redirect",
    "LE GOFF to_redirect > redirect",
    "CASTAING to_redirect > redirect",
    "ROUXEL to_redirect > redirect",
    "HAMDAOUI to_check > look",
    "DELACROIX not_in_export > collection_code",
    "ABGRALL not_sent > collection_code",
    "PICHON not_sent > collection_code",
    "FERRAND expected > present",
]
REDIRECTED = [  # 08:31: Bourdier and Abgrall have sent, Bourdier from the remediation
    "BOURDIER to_call_back > back",
    "ROUXEL to_redirect > redirect",
    "HAMDAOUI to_check > look",
    "DELACROIX not_in_export > collection_code",
    "PICHON not_sent > collection_code",
    "LE GOFF in_remediation > enter_code",
    "CASTAING in_remediation > enter_code",
    "ABGRALL expected > present",
    "FERRAND expected > present",
]
BLOCKED = [  # 08:37: an incident of Ferrand's on top; Bourdier back, authorised and started
    "FERRAND running !incident > handled",
    "ROUXEL to_redirect > redirect",
    "HAMDAOUI to_check > look",
    "DELACROIX not_in_export > collection_code",
    "PICHON not_sent > collection_code",
    "LE GOFF in_remediation > enter_code",
    "CASTAING in_remediation > enter_code",
    "ABGRALL ready > authorise",
    "BOURDIER running > -",
]
FALLEN = [  # 09:31: Le Goff (08:53) and Castaing (09:24) have sent, Ferrand has five no more
    "CASTAING to_call_back > back",
    "LE GOFF to_call_back > back",
    "FERRAND running !fallen > note",
    "ROUXEL to_redirect > redirect",
    "HAMDAOUI to_check > look",
    "DELACROIX not_in_export > collection_code",
    "PICHON not_sent > collection_code",
    "ABGRALL running > -",
    "BOURDIER running > -",
]
OVER = [  # 10:25: Ferrand's 105 minutes are over at 10:20, Bourdier's with 33 % more at 10:54
    "CASTAING to_call_back > back",
    "LE GOFF to_call_back > back",
    "FERRAND overtime !fallen > finish",
    "ROUXEL to_redirect > redirect",
    "HAMDAOUI to_check > look",
    "DELACROIX not_in_export > collection_code",
    "PICHON not_sent > collection_code",
    "ABGRALL running > -",
    "BOURDIER running > -",
]

OPENED = [  # 08:12: the list is there, and no export yet: the roll call goes on
    "ABGRALL not_in_export > present",
    "BOURDIER not_in_export > first_export",  # is there
    "CASTAING not_in_export > present",
    "DELACROIX not_in_export > present",
    "FERRAND not_in_export > present",
    "HAMDAOUI not_in_export > present",
    "LE GOFF not_in_export > present",
    "PICHON not_in_export > present",
    "ROUXEL not_in_export > present",
]
# 11:40: the two who came back at 10:28 have until 12:14; four never came; Bourdier's computer failed, and Pix
# asks why at the end of the day; who needs nobody stands by name
ENDED = [
    "CASTAING running > -",
    "LE GOFF running > -",
    "DELACROIX absent > -",
    "HAMDAOUI absent > -",
    "PICHON absent > -",
    "ROUXEL absent > -",
    "BOURDIER finished > -",
    "ABGRALL finished > -",
    "FERRAND finished > -",
]
# How many of the nine are in each state, counted on paper.
COUNTS = {
    "08:12": "9 not_in_export",
    "08:16": "4 to_redirect 1 to_check 1 not_in_export 2 not_sent 1 expected",
    "08:31": "1 to_call_back 1 to_redirect 1 to_check 1 not_in_export 1 not_sent 2 in_remediation 2 expected",
    "08:37": "1 to_redirect 1 to_check 1 not_in_export 1 not_sent 2 in_remediation 1 ready 2 running",
    "09:31": "2 to_call_back 1 to_redirect 1 to_check 1 not_in_export 1 not_sent 3 running",
    "10:25": "2 to_call_back 1 overtime 1 to_redirect 1 to_check 1 not_in_export 1 not_sent 2 running",
    "11:40": "2 running 4 absent 3 finished",
}


def counts(snapshot: Snapshot) -> str:
    """The line of totals of the only room, in the order of need."""
    (totals,) = view_of(snapshot).totals
    assert totals.students == len(snapshot.rows)
    return " ".join(f"{n} {state}" for state in DayState if (n := totals.counts[state]))


def test_the_counts_and_both_ends_of_the_day_are_those_on_paper(day: Day) -> None:
    day.at("08:10")
    day.act("08:11", K.PRESENT, "BOURDIER Naël")
    found = {"08:12": counts(opened := day.at("08:12"))}
    assert lines(opened, day.now) == OPENED
    assert not view_of(opened).has_exports
    day.engine.supervision.undo()
    found["08:16"] = counts(day.export("08:15"))
    assert view_of(day.at("08:16")).has_exports
    day.act("08:17", K.REDIRECT, "BOURDIER Naël", "LE GOFF Maïwenn", "CASTAING Ilyès")
    found["08:31"] = counts(day.export("08:30"))
    day.act("08:34", K.PRESENT, "BOURDIER Naël", "FERRAND Elouan", "ABGRALL Nolwenn")
    day.act("08:35", K.START, "BOURDIER Naël", "FERRAND Elouan")
    found["08:37"] = counts(day.at("08:37"))
    day.act("08:40", K.START, "ABGRALL Nolwenn")
    found["09:31"] = counts(day.export("09:30"))
    found["10:25"] = counts(day.at("10:25"))
    day.act("10:26", K.FINISH, "FERRAND Elouan", "ABGRALL Nolwenn")
    day.act("10:28", K.PRESENT, "CASTAING Ilyès", "LE GOFF Maïwenn")
    day.act("10:29", K.START, "CASTAING Ilyès", "LE GOFF Maïwenn")
    day.act("10:40", K.ABSENT, "ROUXEL Timothée", "HAMDAOUI Yanis", "PICHON Mathéo", "DELACROIX Prune")
    day.act("10:45", K.STOP, "BOURDIER Naël", code="TECHNICAL")
    ended = day.at("11:40")
    found["11:40"] = counts(ended)
    assert found == COUNTS
    assert lines(ended, day.now) == ENDED


def test_the_day_goes_as_the_table_says(day: Day) -> None:
    shown = day.export("08:15")
    assert lines(shown, day.now) == BEFORE
    assert len(shown.others) == 75 - 8
    assert not view_of(shown).calls_everybody
    day.act("08:17", K.REDIRECT, "BOURDIER Naël", "LE GOFF Maïwenn", "CASTAING Ilyès")
    assert lines(day.export("08:30"), day.now) == REDIRECTED
    day.act("08:34", K.PRESENT, "BOURDIER Naël", "FERRAND Elouan", "ABGRALL Nolwenn")
    day.act("08:35", K.START, "BOURDIER Naël", "FERRAND Elouan")
    day.act("08:36", K.INCIDENT, "FERRAND Elouan", code="E3")
    blocked = day.at("08:37")
    assert lines(blocked, day.now) == BLOCKED
    assert list(view_of(blocked).alerts.values()) == [(Alert.INCIDENT,)]
    day.act("08:39", K.HANDLED, "FERRAND Elouan", code="E3", text="Mme Aubin")
    day.act("08:40", K.START, "ABGRALL Nolwenn")
    assert not any(view_of(day.at("08:41")).alerts.values())
    shown = day.export("09:30")
    assert lines(shown, day.now) == FALLEN
    assert lines(day.at("10:25"), day.now) == OVER
    ferrand = next(row for row in shown.rows if row.last_name == "FERRAND")
    incident = view_of(shown).days[ferrand.student_id].incidents[0]
    assert (incident.code, f"{incident.handled_at:%H:%M}", incident.handled_by) == (
        "E3",
        "08:39",
        "Mme Aubin",
    )


def test_the_pix_that_are_short_are_those_of_the_nearest_competences(day: Day) -> None:
    rule = day.export("08:15").rule
    rows = {row.last_name: row for row in day.at("08:16").rows}
    assert [pix_short(rows[name], rule) for name in ("BOURDIER", "LE GOFF", "CASTAING", "ROUXEL")] == [
        8 - 7, (8 - 7) + (8 - 6), (8 - 7) + (8 - 6), (8 - 6) + (8 - 5) + (8 - 3) + 8 + 8,
    ]  # fmt: skip
    assert short_words(rows["LE GOFF"], rule).count("−") == 2


def test_somebody_of_the_exports_and_somebody_of_no_file_are_added_on_the_day(day: Day) -> None:
    day.export("08:15")
    day.act("08:20", K.CALL, "MONIER Jules")
    day.act("08:21", K.CALL, named="ZZYX Nemo (3eA)")
    day.act("08:22", K.ROOM, "MONIER Jules", room="CDI")
    day.act("08:22", K.EXTRA_TIME, "MONIER Jules", extra_time=0.5)
    day.act("08:23", K.PRESENT, "MONIER Jules")
    day.act("08:24", K.START, "MONIER Jules")
    shown = day.at("08:25")
    view = view_of(shown)
    assert len(shown.others) == 75 - 9
    rows = {row.last_name: row for row in shown.rows}
    assert len(rows) == len(CANDIDATES) + 2
    assert (rows["ZZYX"].first_name, rows["ZZYX"].division) == ("Nemo", "3eA")
    monier = rows["MONIER"]
    end = personal_end(view.days[monier.student_id], view.session, extra_time_of(monier))
    assert end == datetime.fromisoformat("2026-03-12T11:01:30")  # 08:24 and 157 min 30
    assert view.rooms[monier.student_id] == "CDI"
    with pytest.raises(PixSessionError, match="MONIER Jules"):
        day.act("08:26", K.CALL, "MONIER Jules")
    day.now = datetime.fromisoformat("2026-03-12T08:27")
    for _gesture in range(5):
        day.engine.supervision.undo()
    assert {row.last_name for row in day.at("08:28").rows} == {one.last_name for one in CANDIDATES} | {
        "MONIER"
    }


def test_without_a_list_everybody_is_called_and_it_is_said(folder: Path) -> None:
    (folder / LIST).unlink()
    found = Day(folder, certification(folder, None))
    shown = found.export("08:15")
    assert (len(shown.rows), len(shown.others)) == (75, 0)
    assert view_of(shown).calls_everybody
    found.engine.close()


ELSEWHERE = (called("MONIER Jules"), called("NOVAK Emma"))
TOMORROW = (called("HAMDAOUI Yanis"), called("SERRANO Alba"))
AT_TEN = (called("ABGRALL Nolwenn"), called("PICHON Mathéo"))


@pytest.mark.parametrize(
    ("rooms", "expected", "warned"),
    [
        ((Room("Salle 12"),), {"BOURDIER": "Salle 12", "LE GOFF": "Salle 12"}, 1),
        (
            (Room("Salle 12"), Room("CDI")),
            {"BOURDIER": "Salle 12", "LE GOFF": "Salle 12", "MONIER": "CDI", "NOVAK": "CDI"},
            0,
        ),
        (
            (Room(""),),
            {"BOURDIER": "Salle 12", "LE GOFF": "Salle 12", "MONIER": "CDI", "NOVAK": "CDI"},
            0,
        ),
        (
            (Room("Salle 12", ExpectedFrom(session_number="412")),),
            {"BOURDIER": "Salle 12", "LE GOFF": "Salle 12"},
            2,
        ),
    ],
    ids=["one-room", "two-rooms", "no-room", "number-of-an-empty-column"],
)
def test_of_a_mass_import_the_slot_of_the_day_and_the_hour_is_called(
    folder: Path, rooms: tuple[Room, ...], expected: dict[str, str], warned: int
) -> None:
    (folder / LIST).unlink()
    slots: Sequence[tuple[SampleSession, Sequence[ListedStudent]]] = (
        (held("2026-03-12T08:30"), CANDIDATES[:2]),
        (held("2026-03-12T08:30", "CDI"), ELSEWHERE),
        (held("2026-03-12T10:30"), AT_TEN),
        (held("2026-03-13T08:30"), TOMORROW),
    )
    (folder / "import-sessions.csv").write_bytes(sessions_import(slots))
    found = Day(folder, certification(folder, None, rooms=rooms))
    found.engine.take(folder / "import-sessions.csv")
    shown = found.export("08:15")
    view = view_of(shown)
    assert {row.last_name: view.rooms.get(row.student_id) for row in shown.rows} == expected
    assert len(view.warnings) == warned, view.warnings
    with suppress(OSError):
        found.engine.close()


def test_a_session_file_that_changes_moves_the_board_at_the_second_look(folder: Path) -> None:
    file = folder / "session.toml"
    file.write_text("1", encoding="utf-8")
    asked = certification(folder, None)
    assert asked.session is not None
    session = asked.session
    reread = asked._replace(reread=lambda: session._replace(duration_minutes=int(file.read_text("utf-8"))))
    day = Day(folder, reread)
    with closing(day.engine):
        for written, minutes in (("1", 105), ("1", 1), ("95", 1), ("95", 95)):
            file.write_text(written, encoding="utf-8")
            os.utime(file, (int(written), int(written)))
            day.engine.look(frozenset(), frozenset())
            assert view_of(day.at("08:17")).session.duration_minutes == minutes
            assert day.engine.supervision.session.duration_minutes == minutes
