"""A whole certification day asked from outside: files and a journal in, `check --session` out.

The tables are written by hand from what the students of the demo do. States are those of the table in
`tests/store/test_certification_day.py`. At 08:12 nothing is known of anybody but who is there: no verdict,
no count of competences, nobody to send away. At 11:40 each start and end is the one that was noted, a fall
under the rule still stands beside a test that is over, and who never came has neither presence nor start.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pixsession.cli.start import dossier_of
from pixsession.domain.certification.actions import facts_of
from pixsession.domain.certification.day import Action, ActionKind, StopReason, Who
from pixsession.store.journal import Journal
from tests.e2e.runs import Run
from tests.factories.certification_lists import CANDIDATES, DAY_OF_THE_DEMO, LIST, held
from tests.factories.samples.demo_story import morning
from tests.factories.samples.lists import candidate_list

SESSION = f"""\
{DAY_OF_THE_DEMO}[remediation]
code = "SOSPIX123"
collection_code = "KQWBTM347"
[limits]
latest_start = "10:45"
"""
K = ActionKind
DIVISIONS = {
    "BOURDIER": "3eA", "LE GOFF": "3eB", "CASTAING": "3eC", "ROUXEL": "3eC", "FERRAND": "3eB",
    "ABGRALL": "3eA", "PICHON": "3eC", "HAMDAOUI": "3eC", "DELACROIX": None,
}  # fmt: skip

# By moment, in the order of the board: name, state, the next gesture.
CODE, BACK = "have the profile sent", "call back, then mark present"
ENTER = "has to enter the code of the remediation"
REDIRECT, LOOK, HERE = "send to the remediation", "look at the doubt", "mark present"
AWAY = [
    ("ROUXEL", "to_redirect", REDIRECT), ("HAMDAOUI", "to_check", LOOK),
    ("DELACROIX", "not_in_export", CODE), ("PICHON", "not_sent", CODE),
]  # fmt: skip
TABLE: dict[str, list[tuple[str, str, str | None]]] = {
    # The list alone, and no export: the roll call goes on, Bourdier is there.
    "08:12": [
        ("ABGRALL", "not_in_export", HERE),
        ("BOURDIER", "not_in_export", "export the results of the collection in Pix Orga"),
        *((name, "not_in_export", HERE) for name in (
            "CASTAING", "DELACROIX", "FERRAND", "HAMDAOUI", "LE GOFF", "PICHON", "ROUXEL",
        )),
    ],
    # By the pix that are short: 1, 3, 3 (with 59 pix, then 66), 26.
    "08:16": [
        *((name, "to_redirect", REDIRECT) for name in ("BOURDIER", "LE GOFF", "CASTAING", "ROUXEL")),
        ("HAMDAOUI", "to_check", LOOK), ("DELACROIX", "not_in_export", CODE),
        ("ABGRALL", "not_sent", CODE), ("PICHON", "not_sent", CODE), ("FERRAND", "expected", HERE),
    ],
    # Three are redirected; Bourdier has sent from there, Abgrall from the room.
    "08:31": [
        ("BOURDIER", "to_call_back", BACK), *AWAY,
        ("LE GOFF", "in_remediation", ENTER), ("CASTAING", "in_remediation", ENTER),
        ("ABGRALL", "expected", HERE), ("FERRAND", "expected", HERE),
    ],
    # Bourdier and Ferrand have started, and Ferrand's question is blocked.
    "08:37": [
        ("FERRAND", "running",
         "handle the incident in the invigilator screen of Pix, then mark it as handled"), *AWAY,
        ("LE GOFF", "in_remediation", ENTER), ("CASTAING", "in_remediation", ENTER),
        ("ABGRALL", "ready", "authorise to start"), ("BOURDIER", "running", None),
    ],
    # Le Goff (08:53) and Castaing (09:24) have sent, Ferrand has four competences and no more five.
    "09:31": [
        ("CASTAING", "to_call_back", BACK), ("LE GOFF", "to_call_back", BACK),
        ("FERRAND", "running", "let the test go on, and note it"), *AWAY,
        ("ABGRALL", "running", None), ("BOURDIER", "running", None),
    ],
    # A fire drill of eight minutes later, Ferrand's time is over.
    "10:30": [
        ("CASTAING", "to_call_back", BACK), ("LE GOFF", "to_call_back", BACK),
        ("FERRAND", "overtime", "end the test, then mark it as finished"), *AWAY,
        ("ABGRALL", "running", None), ("BOURDIER", "running", None),
    ],
    # Two run until noon; four never came; Bourdier's computer failed.
    "11:40": [
        ("CASTAING", "running", None), ("LE GOFF", "running", None),
        *((name, "absent", None) for name in ("DELACROIX", "HAMDAOUI", "PICHON", "ROUXEL")),
        *((name, "finished", None) for name in ("BOURDIER", "ABGRALL", "FERRAND")),
    ],
}  # fmt: skip
COUNTS = {
    "08:12": {"not_in_export": 9},
    "08:16": {"to_redirect": 4, "to_check": 1, "not_in_export": 1, "not_sent": 2, "expected": 1},
    "08:31": {"to_call_back": 1, "to_redirect": 1, "to_check": 1, "not_in_export": 1, "not_sent": 1,
              "in_remediation": 2, "expected": 2},
    "08:37": {"to_redirect": 1, "to_check": 1, "not_in_export": 1, "not_sent": 1, "in_remediation": 2,
              "ready": 1, "running": 2},
    "09:31": {"to_call_back": 2, "to_redirect": 1, "to_check": 1, "not_in_export": 1, "not_sent": 1,
              "running": 3},
    "10:30": {"to_call_back": 2, "overtime": 1, "to_redirect": 1, "to_check": 1, "not_in_export": 1,
              "not_sent": 1, "running": 2},
    "11:40": {"running": 2, "absent": 4, "finished": 3},
}  # fmt: skip
# 105 minutes from the start, a third more for Bourdier, and the eight minutes of the fire drill.
ENDS = {
    "08:37": {"FERRAND": "10:20:00", "BOURDIER": "10:54:39"},
    "09:31": {"FERRAND": "10:20:00", "BOURDIER": "10:54:39", "ABGRALL": "10:25:00"},
    "10:30": {"FERRAND": "10:28:00", "BOURDIER": "11:02:39", "ABGRALL": "10:33:00"},
    "11:40": {
        "FERRAND": "10:31:00", "ABGRALL": "10:31:00", "BOURDIER": "10:45:00",
        "CASTAING": "12:18:00", "LE GOFF": "12:18:00",
    },
}  # fmt: skip
# What was noted of each by 11:40: there or not, start, end.
NOTED = {
    "BOURDIER": (True, "08:35", "10:45"), "FERRAND": (True, "08:35", "10:31"),
    "ABGRALL": (True, "08:40", "10:31"), "CASTAING": (True, "10:33", "12:18"),
    "LE GOFF": (True, "10:33", "12:18"),
    **dict.fromkeys(("ROUXEL", "HAMDAOUI", "PICHON", "DELACROIX"), (False, None, None)),
}  # fmt: skip
SAID = {
    "08:12": "No export of a collection of profiles yet",
    "08:16": "4 to redirect", "08:31": "1 to call back", "08:37": "2 running",
    "09:31": "2 to call back", "10:30": "1 over time", "11:40": "3 finished",
}  # fmt: skip


class Day:
    """The folder, the session file, and a second computer that notes what is done."""

    def __init__(self, base: Path) -> None:
        self.now = datetime.fromisoformat("2026-03-12T08:10")
        self.exports = base / "exports"
        self.exports.mkdir()
        (self.exports / LIST).write_bytes(candidate_list(held("2026-03-12T08:30"), CANDIDATES))
        self.file = base / "session.toml"
        self.file.write_text(SESSION, encoding="utf-8")
        dossier = dossier_of(self.file)
        dossier.mkdir(parents=True, mode=0o700)
        self._journal = Journal(dossier / "journal", lambda: self.now)
        self._coming = list(morning())

    def at(self, clock: str) -> None:
        self.now = datetime.fromisoformat(f"2026-03-12T{clock}")

    def lands(self, clock: str) -> None:
        """Every export up to this one has come."""
        self.at(clock)
        while self._coming and self._coming[0].exported_at <= self.now:
            self._coming.pop(0).write_to(self.exports)

    def does(self, clock: str, kind: ActionKind, *names: str, **facts: Any) -> None:
        self.at(clock)
        named = {one.last_name: one for one in CANDIDATES}
        who = tuple(Who((), name, named[name].first_name, DIVISIONS[name]) for name in names)
        self._journal.append(*facts_of(Action("", self.now, kind, who, **facts)))


def _live_until(day: Day, moment: str) -> None:
    """What is done before a moment of the table, since the one before it."""
    if moment == "08:12":
        day.does("08:11", K.PRESENT, "BOURDIER")
    elif moment == "08:16":
        day.lands("08:15")
    elif moment == "08:31":
        day.does("08:17", K.REDIRECT, "BOURDIER", "LE GOFF", "CASTAING")
        day.lands("08:30")
    elif moment == "08:37":
        day.does("08:34", K.PRESENT, "BOURDIER", "FERRAND", "ABGRALL")
        day.does("08:35", K.START, "BOURDIER", "FERRAND")
        day.does("08:36", K.INCIDENT, "FERRAND", code="E3", text="Word")
    elif moment == "09:31":
        day.does("08:39", K.HANDLED, "FERRAND", code="E3", text="Mme Aubin")
        day.does("08:40", K.START, "ABGRALL")
        day.lands("09:30")
    elif moment == "10:30":
        day.does("09:40", K.PAUSE, planned=True, text="Fire drill")
        day.does("09:48", K.UNPAUSE)
    else:
        day.does("10:31", K.FINISH, "FERRAND", "ABGRALL")
        day.does("10:32", K.PRESENT, "CASTAING", "LE GOFF")
        day.does("10:33", K.START, "CASTAING", "LE GOFF")
        day.does("10:40", K.ABSENT, "ROUXEL", "HAMDAOUI", "PICHON", "DELACROIX")
        day.does("10:45", K.STOP, "BOURDIER", code=StopReason.TECHNICAL)
    day.at(moment)


def test_the_day_is_the_one_on_paper(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = Day(tmp_path)
    monkeypatch.setattr("pixsession.cli.commands.check.paris_now", lambda: day.now)
    for moment, expected in TABLE.items():
        _live_until(day, moment)
        found = run("check", "--session", day.file, "--format", "json")
        told: dict[str, Any] = json.loads(found.out)
        students = told["students"]
        states = [(one["last_name"], one["state"], one["next"]) for one in students]
        assert states == expected, moment
        assert {state: n for state, n in told["counts"].items() if n} == COUNTS[moment], moment
        if moment == "08:12":
            assert [one["last_name"] for one in students if one["present"]] == ["BOURDIER"]
            facts = ("eligibility", "eligible_competences", "nearest", "started_at", "incidents")
            known = {tuple(map(str, (one[fact] for fact in facts))) for one in students}
            assert known == {("not_in_export", "None", "[]", "None", "[]")}
        ends = {one["last_name"]: one["ends_at"].split("T")[1] for one in students if one["ends_at"]}
        assert ends == ENDS.get(moment, {}), moment
        assert told["warnings"] == []
        assert told["others"] == (0 if moment == "08:12" else 75 - 8)
        text = run("check", "--session", day.file).out
        assert SAID[moment] in text, moment
        assert [line.split(" · ")[0].split(maxsplit=1)[1] for line in text.split("\n\n")[2].splitlines()] == [
            " ".join(filter(None, (one["last_name"], one["first_name"], one["division"]))) for one in students
        ], moment
    by_name = {one["last_name"]: one for one in students}
    (incident,) = by_name["FERRAND"]["incidents"]
    assert (incident["code"], incident["note"], incident["handled_at"]) == (
        "E3",
        "Word",
        "2026-03-12T08:39:00",
    )
    assert {
        name: (one["present"], _clock(one["started_at"]), _clock(one["ends_at"]))
        for name, one in by_name.items()
    } == NOTED
    ferrand = by_name["FERRAND"]
    assert (ferrand["eligibility"], ferrand["eligible_competences"]) == ("not_eligible", 3)
    assert by_name["BOURDIER"]["extra_time"] == 0.33
    assert by_name["LE GOFF"]["redirected_at"] == "2026-03-12T08:17:00"
    assert (by_name["ROUXEL"]["present"], by_name["CASTAING"]["present"]) == (False, True)


def _clock(moment: str | None) -> str | None:
    return moment.split("T")[1][:5] if moment else None
