"""Who is concerned: called without a result, to be entered again, further on than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import CODES, MAX_LEVEL, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.domain.results.certification import Certification
from pixsession.domain.results.figures import FurtherFigures, Group
from pixsession.domain.results.review import BeforeAfter, Called, CompetenceChange, Expected, Near
from pixsession.foundation.text import shown

NEAR_PIX = 2  # of the 8 that make a level: a few questions
_MOST_NEAR = 3


def called_of(rows: Iterable[BoardRow], certifications: Sequence[Certification]) -> Called | None:
    """Who was called to the sessions whose results are here; None without a list of such a session."""
    sessions = {one.session for one in certifications if one.session}
    called = [
        row
        for row in rows
        if row.expected and row.expected.session and row.expected.session.number in sessions
    ]
    if not called:
        return None
    without = [
        Expected(row.shown_name, row.shown_place, shown(row.expected.session.number or ""), None)
        for row in called
        if row.result is None and row.expected and row.expected.session
    ]
    return Called(len(called), len(without), tuple(sorted(without)))


def to_enter_again(certifications: Iterable[Certification]) -> tuple[Expected, ...]:
    """Of the newest year, whoever has no certification obtained: by name and birth date, the last test."""
    tests: dict[tuple[str, str, str | None], list[Certification]] = defaultdict(list)
    newest = ""
    for one in certifications:
        newest = max(newest, one.year)
        tests[name_key(one.last_name), name_key(one.first_name), one.birth_date].append(one)
    found = []
    for several in tests.values():
        last = max(several, key=lambda one: one.day)
        obtained = any(one.status is ResultStatus.VALIDATED for one in several)
        if last.year == newest and last.status is not None and not obtained:
            name = f"{shown(last.last_name)} {shown(last.first_name)}".strip()
            found.append(Expected(name, shown(last.division or ""), shown(last.session or ""), last.status))
    return tuple(
        sorted(found, key=lambda one: (one.status or "", class_key(one.division), name_key(one.name)))
    )


def before_after_of(rows: Sequence[BoardRow], certifications: Sequence[Certification]) -> BeforeAfter | None:
    """Profiles of this year, sent before the test, against the certifications obtained; None without any."""
    obtained = {one.number: one for one in certifications if one.status is ResultStatus.VALIDATED}
    year = max((one.year for one in obtained.values()), default="")
    pairs: list[tuple[BoardRow, Certification]] = []
    doubtful = 0
    for row in rows:
        one = obtained.get(row.result.certification_number) if row.result else None
        if one is None or one.year != year or row.profile is None or row.pix is None or one.score is None:
            continue
        if not row.sent_at or row.sent_at[:10] > one.day:
            continue
        if row.eligibility is Eligibility.TO_CHECK:
            doubtful += 1
        else:
            pairs.append((row, one))
    if not pairs:
        return None
    unsure = {number for row in rows if row.profile for number in row.unsure_results} & obtained.keys()
    doubtful += sum(obtained[number].year == year for number in unsure)
    of_year = sum(one.year == year for one in obtained.values())
    return BeforeAfter(
        year,
        len(pairs),
        sum(row.pix or 0 for row, _one in pairs) / len(pairs),
        sum(one.score or 0 for _row, one in pairs) / len(pairs),
        tuple(_changes(pairs)),
        doubtful,
        of_year - len(pairs) - doubtful,
    )


def _changes(pairs: Sequence[tuple[BoardRow, Certification]]) -> Iterable[CompetenceChange]:
    for place, code in enumerate(CODES):
        both = [
            (before, after)
            for row, one in pairs
            if row.profile and one.levels
            for before, after in [(row.profile.levels[place], one.levels[place])]
            if before is not None and after is not None
        ]
        if both:
            before, after = (sum(levels) / len(both) for levels in zip(*both, strict=True))
            yield CompetenceChange(code, len(both), before, after)


def near_next_level(rows: Sequence[BoardRow], newest: Group | None) -> tuple[Near, ...]:
    """The competences in which most are near the next level, at most three.

    By the pix of the profiles sent where there are any; certifications tell levels alone.
    """
    profiles = [row.profile for row in rows if row.profile is not None]
    found = []
    if profiles:
        for place, code in enumerate(CODES):
            pix = [profile.competence_pix[place] for profile in profiles]
            known = [number for number in pix if number is not None]
            found.append(Near(code, sum(map(_is_near, known)), len(known), by_pix=True))
    elif newest is not None:
        for code, levels in newest.competences_told:
            under = levels.n - levels.at_least_1 + levels.at_least_2 - levels.at_least_3
            found.append(Near(code, under, levels.n, by_pix=False))
    found.sort(key=lambda near: (-near.students, near.code))
    return tuple(near for near in found[:_MOST_NEAR] if near.students)


def _is_near(pix: int) -> bool:
    return pix < MAX_LEVEL * PIX_PER_LEVEL and PIX_PER_LEVEL - pix % PIX_PER_LEVEL <= NEAR_PIX


def further_of(certifications: Iterable[Certification]) -> tuple[FurtherFigures, ...]:
    """The certifications beside that of the CRCN, by their columns and by the kind of a line."""
    taken: dict[tuple[str, str], list[ResultStatus]] = defaultdict(list)
    for one in certifications:
        told = [(label, status) for label, status in one.further if status is not None]
        if one.kind and one.kind != "Pix" and one.status is not None:
            told.append((one.kind, one.status))
        for label, status in dict(told).items():
            taken[one.year, label].append(status)
    return tuple(
        FurtherFigures(year, label, len(statuses), statuses.count(ResultStatus.VALIDATED))
        for (year, label), statuses in sorted(taken.items())
    )
