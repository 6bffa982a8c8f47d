"""The files of a remediation beside the profiles of the morning: invented, and by Pix’s own code."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.factories.exports import moment
from tests.factories.remediation_tables import (
    EVALUATIONS,
    INVENTED,
    INVENTED_NAMED,
    INVENTED_TYPED,
    PIX,
    PIX_NAMED,
    PIX_TYPED,
    Table,
)
from tests.factories.samples.assessments import (
    HALF_GROUP,
    SOS,
    AssessedStudent,
    AssessmentForm,
    Attempt,
    assessed,
    assessment_export,
)
from tests.factories.samples.demo_story import morning
from tests.factories.samples.paths import HALF_GROUP_PATH, SOS_PATH
from tests.factories.samples.writer import Download

FOLDER = "REAL_PIX_EXPORTS"  # names a folder with "assessment-sos" and its like in it


class Morning(NamedTuple):
    """What lands in the folder in the order of its times, and what should be seen."""

    collections: tuple[Download, ...]
    evaluations: tuple[Download, ...]
    september: tuple[Download, ...]  # of another lesson, there before
    code: str  # of the remediation
    september_code: str
    september_end: tuple[int, int, int, int]  # totals of that lesson
    table: Table
    named: Table
    typed: tuple[str, ...]  # who is expected, where names are typed in

    @property
    def landings(self) -> list[Download]:
        """The files of the day, as they come."""
        return sorted((*self.collections, *self.evaluations), key=lambda one: one.exported_at)


def pix_morning() -> Morning:
    """The exports of Pix's own code; the test is skipped where there are none."""
    return Morning(
        _exports("profiles-morning"),
        _exports("assessment-sos"),
        _exports("assessment-half-group"),
        "SOSPXA614",
        "RTRKLM829",
        (13, 13, 12, 9),
        PIX,
        PIX_NAMED,
        PIX_TYPED,
    )


def _exports(name: str) -> tuple[Download, ...]:
    folder = Path(os.environ.get(FOLDER, ""), name)
    files = sorted(folder.glob("*.csv")) if os.environ.get(FOLDER) else []
    if not files:
        pytest.skip(f"no exports of Pix's own code here: {FOLDER} names the folder that has them")
    return tuple(Download(file.name, file.read_bytes(), _time_of(file)) for file in files)


def _time_of(file: Path) -> datetime:
    return datetime.strptime(file.stem[-15:], "%Y-%m-%d-%H%M")  # noqa: DTZ007 - Paris time without zone


def invented_morning() -> Morning:
    """The sample collections, and an evaluation of those who are short of the rule in them."""
    group = remediated()
    evaluations = (
        assessment_export(group, SOS_PATH, AssessmentForm(), moment(at), SOS) for at in EVALUATIONS
    )
    return Morning(
        morning(),
        tuple(evaluations),
        september(),
        SOS.code,
        HALF_GROUP.code,
        (14, 13, 13, 12),
        INVENTED,
        INVENTED_NAMED,
        INVENTED_TYPED,
    )


def september() -> tuple[Download, ...]:
    """The sample lesson, of a class that is in no collection: nobody of it may be one of the morning."""
    begin = moment("2025-09-11T14:00")
    students = assessed(14, 11, HALF_GROUP_PATH, begin, division="4eD")
    times = (begin + timedelta(minutes=10 * number) for number in range(1, 7))
    return tuple(
        assessment_export(students, HALF_GROUP_PATH, AssessmentForm(), at, HALF_GROUP) for at in times
    )


def remediated() -> tuple[AssessedStudent, ...]:
    """Nine students whose progress can be worked out in the head; most are of the sample morning."""
    return (
        _student("BOURDIER", "Naël", "3eA", _attempt("08:20", "08:50", "08:52")),
        _student("LE GOFF", "Maïwenn", "3eB", _attempt("08:25", "08:45", "08:46")),
        _student(
            "CASTAING",
            "Ilyès",
            "3eC",
            _attempt("08:20", "08:40", "08:41"),
            _attempt("09:00", "09:20", "09:21"),
        ),
        _student("MBARKI", "Sofia", "3eB", _attempt("08:20", "09:20", "09:22")),
        _student("BERGER", "Camille", "3eC", _attempt("08:25", "08:55", "09:00")),
        _student("=FAYOLLE", "Rose\nAimée", "3eC", _attempt("08:20", "09:00", "09:01")),
        _student("VAN DER MEERSCH", "Lou-Anne", "3eA", _attempt("08:35", "09:35")),
        _student("ROUXEL", "Timothée", "3eC", _attempt("08:30", "2026-06-30T08:30")),
        _student("SERRANO", "Alba", "3eB", _attempt("08:40", "09:40", "09:40")),
    )


def _student(last_name: str, first_name: str, division: str, *attempts: Attempt) -> AssessedStudent:
    return AssessedStudent(last_name, first_name, attempts, division)


def _attempt(started: str, finished: str, shared: str | None = None) -> Attempt:
    mastered = frozenset(SOS_PATH.skills[:8])
    return Attempt(moment(started), moment(finished), moment(shared) if shared else None, mastered)
