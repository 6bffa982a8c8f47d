"""What a dossier notes of its session: each day held, who was called and by which lists."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.certification.day import Who
from pixsession.domain.certification.session import Limits, Remediation, Room, Session, SessionKind
from pixsession.domain.pix.eligibility import Rule
from pixsession.store.session_notes import (
    CallingLists,
    NotedCall,
    NotedSession,
    is_narrowed_before,
    note_narrowed,
    note_session,
    noted_call,
    noted_lessons,
    noted_sessions,
    own_names,
)

FIRST, SECOND, THIRD = date(2026, 3, 12), date(2026, 3, 19), date(2026, 3, 26)
ANA = Who(("n:1", "x:2"), "LEROY", "Ana", "3eB")
TOM = Who((), "MARTIN", "Tom", None)
LISTS = CallingLists("asked", ("d1", "d2"))
NAMES = {("LEROY", "Ana"), ("MARTIN", "Tom")}


def lesson(day: date = FIRST, **more: Any) -> Session:
    session = Session(
        path=Path("3eB.toml"),
        kind=SessionKind.HALF_GROUP,
        title="3eB",
        date=day,
        start=time(8, 30),
        duration_minutes=55,
        rooms=(Room(""),),
        folders=(),
        rule=Rule(4, 2),
        remediation=Remediation(),
        limits=Limits(),
        checklist=(),
        bell=False,
    )
    return session._replace(**more)


def record_of(dossier: Path) -> dict[str, Any]:
    record = json.loads((dossier / "session.json").read_bytes())
    assert isinstance(record, dict)
    return record


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "dossiers" / "one"
    folder.mkdir(parents=True)
    return folder


def test_each_lesson_of_each_dossier_is_given_back_as_it_was_held(dossier: Path, tmp_path: Path) -> None:
    held = lesson(SECOND, start=None, timezone="Indian/Reunion")
    note_session(dossier, held)
    note_session(dossier, lesson(title="3eB again"), [ANA, TOM])
    other = dossier.with_name("other")
    other.mkdir()
    note_session(other, lesson(THIRD, path=None), [])
    exam = dossier.with_name("exam")
    exam.mkdir()
    note_session(exam, lesson(kind=SessionKind.CERTIFICATION))
    found = noted_lessons(tmp_path)
    assert [(one.dossier, one.session, one.called) for one in found] == [
        (dossier, lesson(title="3eB again"), (ANA, TOM)),
        (dossier, held, None),
        (other, lesson(THIRD, path=Path()), ()),
    ]


def test_a_damaged_lesson_is_left_out_and_the_others_stay(dossier: Path, tmp_path: Path) -> None:
    for day in (FIRST, SECOND, THIRD):
        note_session(dossier, lesson(day), [TOM])
    whole = record_of(dossier)
    for damage in (
        {"date": "soon"},
        {"date": None},
        {"start": "8h"},
        {"duration_minutes": "long"},
        {"min_level": None},
        {"called": 7},
        {"called": [["too", "few"]]},
    ):
        record = json.loads(json.dumps(whole))
        record["lessons"][1] |= damage
        (dossier / "session.json").write_text(json.dumps(record))
        assert [one.session.date for one in noted_lessons(tmp_path)] == [FIRST, THIRD]
        del record["lessons"][1]["title"]
        record["lessons"].append("no lesson")
        (dossier / "session.json").write_text(json.dumps(record))
        assert [one.session.date for one in noted_lessons(tmp_path)] == [FIRST, THIRD]
    for zone, told in (("Mars/Olympus", None), (7, None), ("America/Cayenne", "America/Cayenne")):
        record = json.loads(json.dumps(whole))
        record["lessons"][0]["timezone"] = zone
        (dossier / "session.json").write_text(json.dumps(record))
        assert noted_lessons(tmp_path)[0].session.timezone == told


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"lessons": 7, "kind": "half_group"}', '{"kind": 7}', "{}"]
)
def test_damaged_notes_say_nothing_and_are_written_anew(dossier: Path, tmp_path: Path, content: str) -> None:
    (dossier / "session.json").write_text(content)
    assert (noted_lessons(tmp_path), noted_sessions(tmp_path)) == ((), ())
    assert noted_call(dossier, lesson()) is None
    assert own_names(dossier) == frozenset()
    assert not is_narrowed_before(dossier, THIRD)
    note_session(dossier, lesson(), [TOM], lists=LISTS)
    assert noted_call(dossier, lesson()) == NotedCall((TOM,), LISTS)


def test_what_is_no_lesson_among_the_lessons_is_left_out_by_all(dossier: Path, tmp_path: Path) -> None:
    note_session(dossier, lesson(), [TOM], lists=LISTS)
    record = record_of(dossier)
    record["lessons"] = ["no lesson", 7, None, [], *record["lessons"]]
    (dossier / "session.json").write_text(json.dumps(record))
    assert noted_call(dossier, lesson()) == NotedCall((TOM,), LISTS)
    assert own_names(dossier) == {("MARTIN", "Tom")}
    assert [one.called for one in noted_lessons(tmp_path)] == [(TOM,)]
    note_session(dossier, lesson(SECOND), [ANA])
    assert [one.session.date for one in noted_lessons(tmp_path)] == [FIRST, SECOND]


def test_who_was_called_by_lists_is_given_back_for_their_day(dossier: Path) -> None:
    assert noted_call(dossier, lesson()) is None
    note_session(dossier, lesson(), [ANA, TOM], lists=LISTS)
    note_session(dossier, lesson(SECOND), [TOM])
    note_session(dossier, lesson(THIRD), None, lists=LISTS)
    assert noted_call(dossier, lesson()) == NotedCall((ANA, TOM), LISTS)
    assert noted_call(dossier, lesson(SECOND)) is None  # by no list
    assert noted_call(dossier, lesson(THIRD)) is None  # of all of the export
    record = record_of(dossier)
    record["lessons"][0]["called"] = [["damaged"]]
    (dossier / "session.json").write_text(json.dumps(record))
    assert noted_call(dossier, lesson()) is None
    damages: list[dict[str, Any]] = [
        {"called": {}},
        {"called": None},
        {"called": [], "lists": {"asked": "x"}},
    ]
    for damage in damages:
        record["lessons"][0] |= damage
        (dossier / "session.json").write_text(json.dumps(record))
        assert noted_call(dossier, lesson()) is None
    record["lessons"][0] |= {"called": [], "lists": {"asked": "x", "digests": []}}
    (dossier / "session.json").write_text(json.dumps(record))
    assert noted_call(dossier, lesson()) == NotedCall((), CallingLists("x", ()))
    del record["lessons"][0]["called"]
    (dossier / "session.json").write_text(json.dumps(record))
    assert noted_call(dossier, lesson()) is None


@pytest.mark.parametrize(
    ("lists", "called", "told"),
    [
        # Nothing said of lists, or lists that are away just now: as it was.
        (None, None, NotedCall((ANA,), LISTS)),
        (None, [TOM], NotedCall((TOM,), LISTS)),
        (CallingLists("asked", ()), None, NotedCall((ANA,), LISTS)),
        # Other lists answered, or something else was asked for and nothing answered.
        (CallingLists("asked", ("d3",)), [TOM], NotedCall((TOM,), CallingLists("asked", ("d3",)))),
        (CallingLists("other", ("d3",)), None, NotedCall((ANA,), CallingLists("other", ("d3",)))),
        (CallingLists("other", ()), [TOM], None),
        (CallingLists("other", ()), None, None),
    ],
)
def test_the_lists_that_called_stay_noted_while_the_same_is_asked_for(
    dossier: Path, lists: CallingLists | None, called: list[Who] | None, told: NotedCall | None
) -> None:
    note_session(dossier, lesson(), [ANA], lists=LISTS)
    note_session(dossier, lesson(), called, lists=lists)
    assert noted_call(dossier, lesson()) == told


def test_lists_that_never_answered_are_not_noted(dossier: Path) -> None:
    note_session(dossier, lesson(), [ANA], lists=CallingLists("asked", ()))
    assert noted_call(dossier, lesson()) is None
    assert "lists" not in record_of(dossier)["lessons"][0]


def test_the_names_of_a_session_are_all_that_were_called_or_noted_on_any_day(dossier: Path) -> None:
    assert own_names(dossier) == frozenset()
    note_session(dossier, lesson(), [ANA], {("LEROY", "Anna")})
    note_session(dossier, lesson(), None, {("LE ROY", "Ana")})  # whoever was called stays, and the names too
    note_session(dossier, lesson(SECOND), [TOM])
    told = {("LEROY", "Ana"), ("LEROY", "Anna"), ("LE ROY", "Ana"), ("MARTIN", "Tom")}
    assert own_names(dossier) == told
    note_session(dossier, lesson(SECOND), [])
    assert own_names(dossier) == told - {("MARTIN", "Tom")}
    note_session(dossier, lesson(THIRD))  # everybody: no names hold
    assert own_names(dossier) == frozenset()


def test_damaged_names_are_left_out(dossier: Path) -> None:
    note_session(dossier, lesson(), [ANA, TOM], {("A", "B")})
    record = record_of(dossier)
    record["lessons"][0]["names"] = [["A", "B"], ["A"], ["A", "B", "C"], "AB", 7]
    record["lessons"][0]["called"] += ["nobody", 7, None, {"last_name": "DUPONT"}]
    (dossier / "session.json").write_text(json.dumps(record))
    assert own_names(dossier) == NAMES | {("A", "B")}
    record["lessons"][0]["names"] = {"A": "B"}
    (dossier / "session.json").write_text(json.dumps(record))
    assert own_names(dossier) == NAMES


def test_exports_are_narrowed_before_a_day_that_follows_the_one_of_which_it_was_noted(dossier: Path) -> None:
    note_narrowed(dossier)  # of nothing noted: nothing is made
    assert not (dossier / "session.json").exists()
    note_session(dossier, lesson(SECOND), [ANA])
    assert not is_narrowed_before(dossier, THIRD)
    note_narrowed(dossier)
    assert record_of(dossier)["is_narrowed"] is True
    assert [is_narrowed_before(dossier, day) for day in (FIRST, SECOND, THIRD)] == [False, False, True]
    note_session(dossier, lesson(THIRD), [TOM])  # the board opens again
    assert "is_narrowed" not in record_of(dossier)
    note_narrowed(dossier)
    assert record_of(dossier)["narrowed_days"] == ["2026-03-19", "2026-03-26"]
    assert is_narrowed_before(dossier, THIRD)
    assert own_names(dossier) == NAMES
    record = record_of(dossier)
    for days in ([7, None], "2026-03-19", None):
        (dossier / "session.json").write_text(json.dumps(record | {"narrowed_days": days}))
        assert not is_narrowed_before(dossier, THIRD)


def test_notes_that_say_the_same_are_not_written_again(dossier: Path) -> None:
    path = dossier / "session.json"
    note_session(dossier, lesson(), [ANA], NAMES, LISTS)
    inode, content = path.stat().st_ino, path.read_bytes()
    kept = path.with_name("kept")
    kept.hardlink_to(path)  # so that its number is not given to another file
    note_session(dossier, lesson(), None)
    assert (path.stat().st_ino, path.read_bytes()) == (inode, content)
    note_session(dossier, lesson(duration_minutes=50), None)
    assert path.stat().st_ino != inode
    assert own_names(dossier) == NAMES


def test_the_sessions_of_all_dossiers_are_given_the_newest_day_first(tmp_path: Path) -> None:
    told = [
        ("a", lesson(SECOND, title="B", path=Path("2"))),
        ("b", lesson(THIRD, title="Z", kind=SessionKind.CERTIFICATION)),
        ("c", lesson(SECOND, title="B", path=Path("1"))),
        ("d", lesson(SECOND, title="A", path=Path("9"))),
        ("e", lesson(path=None)),  # of no file: nothing to open
        ("f", lesson()),
    ]
    for name, session in told:
        folder = tmp_path / "dossiers" / name
        folder.mkdir(parents=True)
        note_session(folder, session)
    record = record_of(tmp_path / "dossiers" / "f")
    for damage in ({"date": "soon"}, {"kind": "party"}, {"path": ""}):
        (tmp_path / "dossiers" / "f" / "session.json").write_text(json.dumps(record | damage))
        assert noted_sessions(tmp_path) == (
            NotedSession(SessionKind.CERTIFICATION, "Z", THIRD, Path("3eB.toml")),
            NotedSession(SessionKind.HALF_GROUP, "A", SECOND, Path("9")),
            NotedSession(SessionKind.HALF_GROUP, "B", SECOND, Path("1")),
            NotedSession(SessionKind.HALF_GROUP, "B", SECOND, Path("2")),
        )
