"""The opening check, line by line: what is right, what is trouble, and which key shows more of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pixsession.domain.board.snapshot import HiddenCampaigns, HiddenReason, Snapshot
from pixsession.domain.certification.opening import OpeningLine, Topic, opening_check, session_warnings
from pixsession.domain.certification.session import Remediation
from tests.factories.certification_screens import SESSION, SOS, TWO, TWO_ROOMS, supervised
from tests.factories.snapshots import NOW


def checked(board: Snapshot) -> dict[Topic, OpeningLine]:
    assert board.day is not None
    return {line.topic: line for line in opening_check(board, board.day, NOW)}


def test_a_morning_in_order_has_its_hour_and_no_trouble_of_the_session() -> None:
    found = checked(supervised(()))
    assert "08:00 (today)" in found[Topic.DAY].words
    assert not found[Topic.DAY].is_trouble
    assert found[Topic.DOUBTS] == OpeningLine(Topic.DOUBTS, "1 to check", True, "session.only_to_check")
    assert found[Topic.PROFILES].key == "session.only_not_sent"
    assert not {Topic.CODES, Topic.ROOMS, Topic.ORGANISATION, Topic.LISTS, Topic.OTHERS} & found.keys()
    board = supervised(())
    assert board.day is not None
    assert session_warnings(board, board.day, NOW) == ()  # doubts and profiles do not make the board doubtful


@pytest.mark.parametrize(
    ("days", "told"), [(-2, "2 days ago"), (-1, "yesterday"), (1, "tomorrow"), (3, "in 3 days")]
)
def test_another_day_is_trouble_and_a_session_without_an_hour_tells_none(days: int, told: str) -> None:
    day: date = NOW.date() + timedelta(days=days)
    board = supervised((), session=SESSION._replace(date=day, start=None))
    line = checked(board)[Topic.DAY]
    assert line.is_trouble
    assert line.words.endswith(f"({told})")
    assert ":" not in line.words
    assert "," not in line.words
    assert board.day is not None
    assert line.words in session_warnings(board, board.day, NOW)


@pytest.mark.parametrize("field", ["code", "collection_code"])
def test_each_code_that_lacks_is_trouble(field: str) -> None:
    codes = Remediation(code="SOSPIX123", collection_code="KQWBTM347")._replace(**{field: ""})
    found = checked(supervised((), session=SESSION._replace(remediation=codes)))
    assert found[Topic.CODES].is_trouble
    assert "session file" in found[Topic.CODES].words


def test_exports_of_another_organisation_are_trouble_and_those_of_other_campaigns_are_not() -> None:
    hidden = {one: HiddenCampaigns(one, (SOS,), ("Autre collège",)) for one in HiddenReason}
    others = tuple(one for reason, one in hidden.items() if reason is not HiddenReason.OTHER_ORGANISATION)
    assert Topic.ORGANISATION not in checked(supervised(())._replace(hidden=others))
    found = checked(supervised(())._replace(hidden=(hidden[HiddenReason.OTHER_ORGANISATION],)))
    assert found[Topic.ORGANISATION].is_trouble
    assert found[Topic.ORGANISATION].names  # a school: not for everybody


def test_a_room_of_nobody_and_candidates_without_a_room_are_trouble_where_there_are_two() -> None:
    assert Topic.ROOMS not in checked(supervised((), session=TWO_ROOMS, rooms=TWO))
    nowhere = {student: room for student, room in TWO.items() if student > 2}
    line = checked(supervised((), session=TWO_ROOMS, rooms=nowhere))[Topic.ROOMS]
    assert (line.words, line.is_trouble) == ("2 candidates without a room", True)
    assert Topic.ROOMS not in checked(supervised((), rooms={}))
