"""Invented students and boards for the tests of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from pixsession.domain.board.changes import Change, Delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import (
    BoardRow,
    Campaign,
    FileEntry,
    FileStatus,
    Snapshot,
    Source,
    count_states,
    need,
)
from pixsession.domain.pix.competences import CODES, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Eligibility, Gap, Profile, Rule, Verdict

NOW = datetime(2026, 3, 12, 9, 48)  # noqa: DTZ001 - times on the board are those of Paris, without zone
CAMPAIGN = Campaign("KQWBTM347", "KQWBTM347", "Certification 3e, collecte")
ORIGIN = "profiles:512407"
SOURCE = Source(
    "Resultats-Certification 3e - collecte-512407-2026-03-12-0945.csv",
    CAMPAIGN,
    NOW - timedelta(minutes=3),
)

_LAST = (
    "BARBIER",
    "GIRAUD",
    "MOREL",
    "CHEVALIER",
    "NGUYEN",
    "PETIT",
    "MARTIN",
    "EL AMRANI",
    "ALLARD",
    "ROUX",
)
_FIRST = ("Lou", "Léa", "Enzo", "Adam", "Linh", "Tom", "Lucas", "Youssef", "Manon", "Zoé", "Maël", "Inès")
_CLASSES = ("3eA", "3eB", "3eC", "3eD")
_WITHOUT_PROFILE = frozenset({Eligibility.NOT_SENT, Eligibility.NOT_IN_EXPORT})


def row(
    student_id: int = 1,
    last_name: str = "MARTIN",
    first_name: str = "Lucas",
    *,
    state: Eligibility = Eligibility.ELIGIBLE,
    place: str | None = "3eA",
    count: int | None = 5,
    pix: int | None = 106,
    nearest: str = "",
    sent_at: str | None = "2026-03-12T08:52",
    delta: Delta | None = None,
    reasons: tuple[Reason, ...] = (),
    origin: str | None = ORIGIN,
) -> BoardRow:
    """One student; `nearest` is written as on the board, "2.2-1 4.3-3". Without a profile, nothing of one."""
    if state in _WITHOUT_PROFILE:
        verdict = Verdict(state, reasons=reasons)
        return BoardRow(student_id, last_name, first_name, place, None, verdict, origin=origin)
    if state is Eligibility.TO_CHECK and not reasons:
        reasons = (Reason(ReasonCode.SENDS_TIE),)
    gaps = tuple(Gap(code, int(pix)) for code, pix in (word.split("-") for word in nearest.split()))
    return BoardRow(
        student_id,
        last_name,
        first_name,
        place,
        None,
        Verdict(state, count, gaps, reasons),
        profile=_profile(count or 0, gaps),
        pix=pix,
        sent_at=sent_at,
        submissions=1,
        origin=origin,
        campaigns=(CAMPAIGN.key,),
        delta=delta,
    )


def _profile(count: int, gaps: tuple[Gap, ...]) -> Profile:
    """Level 1 in the first `count` competences that have no gap."""
    missing = {gap.competence: gap.pix_missing for gap in gaps}
    pix, left = [], count
    for code in CODES:
        reached = code not in missing and left > 0
        left -= reached
        pix.append(PIX_PER_LEVEL if reached else max(0, PIX_PER_LEVEL - missing.get(code, PIX_PER_LEVEL)))
    return Profile(tuple(value // PIX_PER_LEVEL for value in pix), tuple(pix))


def gain(competences: int = 1, pix: int = 12, *, minutes_ago: int = 3) -> Delta:
    """A change since the export before; negative numbers are a loss."""
    return Delta(competences, pix, NOW - timedelta(minutes=minutes_ago))


def class_rows() -> tuple[BoardRow, ...]:
    """The board of the sketch: somebody in each state, in the order of need."""
    not_eligible, to_check, not_sent = Eligibility.NOT_ELIGIBLE, Eligibility.TO_CHECK, Eligibility.NOT_SENT
    rows = (
        row(1, "BARBIER", "Lou", state=not_eligible, place="3eC", count=2, pix=62,
            nearest="2.2-1 4.3-3 1.2-5", sent_at="2026-03-12T09:31", delta=gain(-1, -8)),
        row(2, "GIRAUD", "Léa", state=not_eligible, place="3eB", count=0, pix=14,
            nearest="1.1-2 3.1-4 5.2-6", sent_at="2026-02-12T10:00"),
        row(3, "MOREL", "Enzo", state=not_eligible, place="3eC", count=4, pix=118,
            nearest="5.2-3", sent_at="2026-03-12T09:24", delta=gain(-1, -8)),
        row(4, "CHEVALIER", "Adam", state=not_eligible, count=3, pix=87,
            nearest="3.3-1 5.2-1 2.4-7", sent_at="2026-02-21T11:05", delta=gain(0, 12)),
        row(5, "NGUYEN", "Linh", state=to_check, place="3eB", pix=140),
        row(6, "PETIT", "Tom", state=not_sent),
        row(7, "MARTIN", "Lucas", delta=gain(1, 12)),
        row(8, "EL AMRANI", "Youssef", place="3eB", pix=122, sent_at="2026-03-12T09:38", delta=gain(1, 24)),
        row(9, "ALLARD", "Manon", place="3eB", count=11, pix=287, sent_at="2026-03-03T14:10"),
        row(10, "ROUX", "Zoé", place="3eC", count=6, pix=151, sent_at="2025-03-21"),
    )  # fmt: skip
    return tuple(sorted(rows, key=need))


def many_rows(count: int, *, first_id: int = 1) -> tuple[BoardRow, ...]:
    """`count` students with different names, in the order of need; the same ones each time."""
    rows = []
    for student_id in range(first_id, first_id + count):
        reached = student_id * 7 % 9
        state = Eligibility.ELIGIBLE if reached >= 5 else Eligibility.NOT_ELIGIBLE
        if student_id % 13 == 0:
            state = Eligibility.NOT_SENT
        elif student_id % 29 == 0:
            state = Eligibility.TO_CHECK
        rows.append(
            row(
                student_id,
                f"{_LAST[student_id % len(_LAST)]} {student_id}",
                _FIRST[student_id * 5 % len(_FIRST)],
                state=state,
                place=_CLASSES[student_id % len(_CLASSES)],
                count=reached,
                pix=reached * 17 + student_id % 40,
                nearest="" if reached >= 5 else "2.2-1 4.3-3 5.2-6",
                sent_at=f"2026-03-{1 + student_id % 12:02}T{8 + student_id % 2:02}:{student_id % 60:02}",
            )
        )
    return tuple(sorted(rows, key=need))


def snapshot(
    rows: Iterable[BoardRow] = (),
    *,
    revision: int = 1,
    built_at: datetime = NOW,
    files: tuple[FileEntry, ...] | None = None,
    changes: tuple[Change, ...] = (),
    newest_export_at: datetime | None = SOURCE.exported_at,
    folder_missing_since: datetime | None = None,
    rule: Rule | None = None,
) -> Snapshot:
    """A board of these rows, read from one export."""
    shown = tuple(rows)
    if files is None:
        files = (
            FileEntry(
                SOURCE.file, FileStatus.READ, "profiles", len(shown), None, CAMPAIGN, SOURCE.exported_at
            ),
        )
    return Snapshot(
        revision=revision,
        built_at=built_at,
        folder="/home/prof/Téléchargements",
        rule=rule or Rule(),
        rows=shown,
        files=files,
        campaigns=(CAMPAIGN,),
        newest_export_at=newest_export_at,
        changes=changes,
        folder_missing_since=folder_missing_since,
        counts=count_states(shown),
        sources={ORIGIN: SOURCE},
    )
