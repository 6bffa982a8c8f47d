"""What a session says of itself: its kind, how many questions it has, whether it names who is expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.certification.session import ExpectedFrom, Limits, SessionKind
from tests.factories.days import SESSION


@pytest.mark.parametrize(
    ("kind", "minutes", "questions"),
    [
        (SessionKind.CERTIFICATION, 105, 32),
        (SessionKind.CERTIFICATION, 104, None),
        (SessionKind.CERTIFICATION, 60, None),
        (SessionKind.HALF_GROUP, 105, None),
    ],
)
def test_a_certification_of_the_length_of_pix_has_its_questions_and_nothing_else_has(
    kind: SessionKind, minutes: int, questions: int | None
) -> None:
    assert SESSION._replace(kind=kind, duration_minutes=minutes).questions == questions


def test_of_the_kinds_of_hour_a_half_group_is_a_lesson() -> None:
    assert {kind for kind in SessionKind if kind.is_lesson} == {SessionKind.HALF_GROUP}


@pytest.mark.parametrize(
    "said",
    [
        ExpectedFrom(lists=(Path("liste.ods"),)),
        ExpectedFrom(session_number="412207"),
        ExpectedFrom(classes=frozenset({"3eA"})),
        ExpectedFrom(groups=frozenset({"gr1"})),
        ExpectedFrom(names=("PETIT Ana",)),
    ],
)
def test_whatever_says_who_is_expected_says_it(said: ExpectedFrom) -> None:
    assert ExpectedFrom().is_open
    assert not said.is_open


def test_unless_the_file_says_so_the_limits_are_those_of_pix_and_no_start_is_too_late() -> None:
    assert Limits() == Limits(None, profile_days=30, export_minutes=10, authorisation_minutes=15)
