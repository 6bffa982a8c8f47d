"""Which of a student's lines counts, and when nobody can tell."""

from __future__ import annotations

import pytest

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.domain.pix.participation import (
    ExportLine,
    JudgedStudent,
    Participation,
    judge_line,
    judge_student,
    sent_profile,
    unpack,
)

RULE = Rule()


def line(
    count: int | None = 5,
    sent_at: str | None = "2026-03-12T09:31",
    *,
    origin: str = "1",
    one_line_each: bool = False,
    student_number: str | None = None,
    external_id: str | None = None,
    last_name: str = "DURIEUX",
    pix: int | None = None,
) -> ExportLine:
    """A line with so many competences at level 1; None: nothing sent."""
    there = count is not None
    each = [9 if there and place < (count or 0) else 3 for place in range(16)]
    return ExportLine(
        origin,
        one_line_each,
        Participation(
            last_name=last_name,
            first_name="Zoé" if last_name else "",
            division="3eA",
            group=None,
            student_number=student_number,
            external_id=external_id,
            sent=there,
            sent_at=sent_at if there else None,
            pix=(pix if pix is not None else sum(each)) if there else None,
            certifiable=count >= 5 if count is not None else None,
            certifiable_competences=count,
            levels=";".join(str(value // 8) for value in each) if there else None,
            competence_pix=";".join(map(str, each)) if there else None,
        ),
    )


def codes(judged: JudgedStudent) -> list[ReasonCode]:
    return [reason.code for reason in judged.verdict.reasons]


def unreadable(number: int = 3) -> ExportLine:
    """A line of which the cell of the send says neither yes nor no."""
    doubt = Reason(ReasonCode.SEND_STATE_UNKNOWN, (str(number), "?"))
    plain = line(None)
    return plain._replace(participation=plain.participation._replace(sent=None, doubts=(doubt,)))


def test_one_line_is_judged_alone() -> None:
    assert judge_student([line(5)], RULE).verdict.eligibility is Eligibility.ELIGIBLE
    assert judge_student([line(4)], RULE).verdict.eligibility is Eligibility.NOT_ELIGIBLE
    assert judge_student([line(None)], RULE).verdict.eligibility is Eligibility.NOT_SENT
    assert judge_student([line(5)], RULE).submissions == 1
    assert judge_student([line(None)], RULE).submissions == 0


def test_a_total_that_is_not_the_sum_is_no_doubt() -> None:
    for pix in (0, 70, 90):
        assert codes(judge_student([line(5, pix=pix)], RULE)) == []


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_latest_send_counts_whatever_the_order_of_the_lines(newest_first: bool) -> None:
    newer, older = line(4, "2026-03-12T09:31"), line(6, "2026-01-13T10:00")
    judged = judge_student([newer, older] if newest_first else [older, newer], RULE)
    assert judged.verdict.eligibility is Eligibility.NOT_ELIGIBLE
    assert judged.line is newer
    assert judged.submissions == 2


def test_the_latest_send_counts_through_whichever_campaign() -> None:
    here, there = line(4, "2026-03-10T09:00", origin="1"), line(7, "2026-03-12T09:00", origin="2")
    assert judge_student([here, there], RULE).line is there
    assert judge_student([here, there], RULE).verdict.eligibility is Eligibility.ELIGIBLE
    assert judge_student([there, here], RULE).line is there


def test_a_pending_participation_does_not_hide_what_was_sent() -> None:
    judged = judge_student([line(None), line(6)], RULE)
    assert judged.verdict.eligibility is Eligibility.ELIGIBLE
    assert judged.verdict.eligible_competences == 6
    assert codes(judged) == [ReasonCode.PERHAPS_NAMESAKES]


def test_nothing_sent_rests_on_the_first_line_of_the_newest_export() -> None:
    newest, older = line(None, origin="2"), line(None, origin="1")
    judged = judge_student([newest, older], RULE)
    assert judged.line is newest
    assert judged.verdict.eligibility is Eligibility.NOT_SENT


# Ties.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-03-12T09:31", "2026-03-12T09:31"),
        ("2021-12-16", "2021-12-16"),
        ("2026-03-12T09:31", "2026-03-12"),
        ("2026-03-12T09:31:20", "2026-03-12T09:31"),
        ("2026-03-12T09:31", None),
        (None, None),
        # A day is counted in UTC: half past midnight in Paris is the day before.
        ("2024-12-17T00:10", "2024-12-16"),
        ("2024-07-02T01:59", "2024-07-01"),
    ],
)
def test_two_profiles_of_one_moment_are_a_doubt(one: str | None, other: str | None) -> None:
    for first, second in ((line(6, one), line(4, other)), (line(4, one), line(6, other))):
        for lines in ([first, second], [second, first]):
            judged = judge_student(lines, RULE)
            assert judged.verdict.eligibility is Eligibility.TO_CHECK
            assert ReasonCode.SENDS_TIE in codes(judged)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("2026-03-12T09:32", "2026-03-12T09:31"),
        ("2026-03-12T09:31:20", "2026-03-12T09:31:19"),
        ("2021-12-17", "2021-12-16"),
        ("2024-12-17T02:30", "2024-12-16"),
        ("2024-12-17", "2024-12-17T00:10"),
        ("2024-07-02T02:00", "2024-07-01"),
    ],
)
def test_a_day_and_a_time_are_put_in_order(newer: str, older: str) -> None:
    for lines in ([line(4, newer), line(6, older)], [line(6, older), line(4, newer)]):
        judged = judge_student(lines, RULE)
        assert judged.line.participation.sent_at == newer
        assert ReasonCode.SENDS_TIE not in codes(judged)


def test_the_same_profile_twice_is_no_tie() -> None:
    assert codes(judge_student([line(6), line(6)], RULE)) == []
    assert codes(judge_student([line(6), line(6, None)], RULE)) == []


def test_the_same_profile_with_other_claims_of_pix_is_a_tie() -> None:
    plain = line(5)
    other = plain._replace(participation=plain.participation._replace(certifiable=False))
    for lines in ([plain, other], [other, plain]):
        assert judge_student(lines, RULE).verdict.eligibility is Eligibility.TO_CHECK


def test_an_unreadable_line_is_a_doubt_about_the_student() -> None:
    judged = judge_student([line(5), unreadable()], RULE)
    assert judged.verdict.eligibility is Eligibility.TO_CHECK
    assert codes(judged) == [ReasonCode.SEND_STATE_UNKNOWN]
    alone = judge_student([unreadable()], RULE)
    assert (alone.verdict.eligibility, codes(alone)) == (
        Eligibility.TO_CHECK,
        [ReasonCode.SEND_STATE_UNKNOWN],
    )
    with_pending = judge_student([line(None), unreadable()], RULE)
    assert with_pending.verdict.eligibility is Eligibility.TO_CHECK


# Namesakes.


def test_two_pending_lines_are_two_students() -> None:
    judged = judge_student([line(None), line(None)], RULE)
    assert (judged.verdict.eligibility, codes(judged)) == (Eligibility.TO_CHECK, [ReasonCode.NAMESAKES])
    with_send = judge_student([line(6), line(None), line(None)], RULE)
    assert with_send.verdict.eligibility is Eligibility.TO_CHECK


def test_two_lines_before_2024_are_two_students() -> None:
    lines = [line(6, one_line_each=True), line(7, "2021-12-16", one_line_each=True)]
    judged = judge_student(lines, RULE)
    assert judged.verdict.eligibility is Eligibility.TO_CHECK
    assert ReasonCode.NAMESAKES in codes(judged)


def test_pending_lines_of_two_campaigns_are_one_student() -> None:
    judged = judge_student([line(None, origin="1"), line(None, origin="2")], RULE)
    assert (judged.verdict.eligibility, codes(judged)) == (Eligibility.NOT_SENT, [])


def test_nobody_is_called_eligible_without_the_doubt_that_another_line_raises() -> None:
    judged = judge_student([line(6), line(4, "2026-01-13T10:00")], RULE)
    assert judged.verdict.eligibility is Eligibility.ELIGIBLE
    assert codes(judged) == [ReasonCode.PERHAPS_NAMESAKES]


def test_a_student_number_says_that_two_lines_are_one_student() -> None:
    older = line(4, "2026-01-13T10:00", student_number="022104640")
    assert codes(judge_student([line(6, student_number="022104640"), older], RULE)) == []


@pytest.mark.parametrize("typed", ["3eA", "Cycle 4", "0123456", "lou@exemple.fr"])
def test_what_students_typed_does_not(typed: str) -> None:
    older = line(4, "2026-01-13T10:00", external_id=typed)
    assert codes(judge_student([line(6, external_id=typed), older], RULE)) == [ReasonCode.PERHAPS_NAMESAKES]


def test_two_eligible_sends_leave_no_doubt() -> None:
    assert codes(judge_student([line(6), line(5, "2026-01-13T10:00")], RULE)) == []


def test_lines_of_two_campaigns_leave_no_doubt() -> None:
    assert codes(judge_student([line(6, origin="2"), line(4, "2026-01-13T10:00", origin="1")], RULE)) == []


def test_those_without_a_name() -> None:
    alone = judge_student([line(6, last_name="")], RULE)
    assert (alone.verdict.eligibility, codes(alone)) == (Eligibility.ELIGIBLE, [ReasonCode.NAMELESS])
    two = judge_student([line(6, last_name=""), line(6, "2026-01-13T10:00", last_name="")], RULE)
    assert (two.verdict.eligibility, codes(two)) == (Eligibility.TO_CHECK, [ReasonCode.NAMESAKES])


def test_unpacking() -> None:
    assert unpack("1;;12") == (1, None, 12)


def test_an_old_doubtful_send_beside_a_clean_newest_one_is_no_doubt() -> None:
    sound = line(4, "2026-03-10T09:00")
    levels = sound.participation.levels
    assert levels is not None
    unread = sound.participation._replace(levels=levels.replace("1", "5", 1))
    doubtful = sound._replace(participation=unread)
    assert judge_student([doubtful], RULE).verdict.eligibility is Eligibility.TO_CHECK
    clean = line(6, "2026-03-12T09:31")
    for lines in ([doubtful, clean], [clean, doubtful]):
        judged = judge_student(lines, RULE)
        assert judged.line is clean
        assert judged.verdict.eligibility is Eligibility.ELIGIBLE


@pytest.mark.parametrize(
    ("last_name", "first_name", "is_nameless"),
    [("DURIEUX", " ", False), (" ", "Inès", False), (" ", "", True), ("DURIEUX", "Inès", False)],
)
def test_one_name_of_the_two_is_a_name(last_name: str, first_name: str, is_nameless: bool) -> None:
    student = line().participation._replace(last_name=last_name, first_name=first_name)
    assert student.is_nameless is is_nameless


# Dates that a file leaves open.


def packed(*levels: int | None) -> str:
    """Levels of a rival, 0 behind those named."""
    return ";".join("" if level is None else str(level) for level in (*levels, *[0] * (16 - len(levels))))


def ambiguous(shown: ExportLine, *rivals: str) -> ExportLine:
    """The same line with a date of which nobody knows what is the day and what the month."""
    year, month, day = (shown.participation.sent_at or "")[:10].split("-")
    doubt = Reason(
        ReasonCode.SEND_DATE_AMBIGUOUS, (f"{day}/{month}/{year}", f"{month}/{day}/{year}", *rivals)
    )
    return shown._replace(participation=shown.participation._replace(doubts=(doubt,)))


@pytest.mark.parametrize(
    ("count", "rivals", "is_sure"),
    [
        (5, (), True),
        (5, (packed(1, 1, 1, 1, 1),), True),
        (5, (packed(1, 1, 1, 1, 1, 1),), True),
        (5, (packed(1, 1, 1, 1),), False),
        (5, (packed(1, 1, 1, 1, None, None),), False),
        (5, (packed(1, 1, 1, 1, 1, None),), True),
        (5, ("",), False),
        (5, (packed(1, 1, 1, 1, 1), packed()), False),
        (4, (packed(1, 1, 1, 1),), True),
        (4, (packed(8, 8, 8, 8),), True),
        (4, (packed(1, 1, 1, 1, 1),), False),
        (4, (packed(),), True),
    ],
)
def test_an_open_date_is_a_doubt_where_a_rival_would_be_judged_otherwise(
    count: int, rivals: tuple[str, ...], is_sure: bool
) -> None:
    shown = ambiguous(line(count, "2026-03-05T09:31"), *rivals).participation
    verdict = judge_line(shown, RULE)
    plain = Eligibility.ELIGIBLE if count == 5 else Eligibility.NOT_ELIGIBLE
    assert verdict.eligibility is (plain if is_sure else Eligibility.TO_CHECK)
    assert verdict.reasons == (() if is_sure else shown.doubts)
    assert verdict.eligible_competences == count


@pytest.mark.parametrize(
    ("rule", "rival", "is_sure"),
    [
        (Rule(3, 2), packed(2, 2, 2), True),
        (Rule(3, 2), packed(2, 2, 1, 1, 1, 1), False),
        (Rule(2, 3), packed(3, 2, 2, 2), True),
        (Rule(2, 3), packed(3, 3), False),
    ],
)
def test_a_rival_is_judged_by_the_rule_of_the_board(rule: Rule, rival: str, is_sure: bool) -> None:
    levels, pix = packed(2, 2, 2), packed(16, 16, 16)
    profile = line(3, "2026-03-05T09:31").participation._replace(
        levels=levels, competence_pix=pix, certifiable=None, certifiable_competences=None
    )
    verdict = judge_line(ambiguous(ExportLine("1", False, profile), rival).participation, rule)
    assert (verdict.eligibility is not Eligibility.TO_CHECK) is is_sure


EARLY, OPEN, LATE = "2026-02-01T09:00", "2026-03-05T09:00", "2026-04-20T09:00"  # the second may be of 3 May


@pytest.mark.parametrize("other_first", [True, False])
@pytest.mark.parametrize(
    ("latest", "other", "doubtful"),
    [
        (line(4, LATE), ambiguous(line(6, OPEN, origin="2")), 1),
        (line(6, LATE), ambiguous(line(4, OPEN, origin="2")), 1),
        (line(6, LATE), ambiguous(line(5, OPEN, origin="2")), None),  # judged alike
        (line(6, LATE), line(4, OPEN, origin="2"), None),  # sure
        (line(6, "2026-05-03T09:00"), ambiguous(line(4, OPEN, origin="2")), 1),
        (line(6, "2026-05-03T09:01"), ambiguous(line(4, OPEN, origin="2")), None),  # before it either way
        (ambiguous(line(6, "2026-05-03T09:00")), line(4, LATE, origin="2"), 0),
        (ambiguous(line(6, "2026-05-03T09:00")), line(4, EARLY, origin="2"), None),
        (ambiguous(line(6, "2026-05-03T09:00")), ambiguous(line(4, OPEN, origin="2")), 0),
        (ambiguous(line(6, "2026-05-03")), line(4, "2026-03-05T23:00", origin="2"), 0),
    ],
)
def test_an_open_date_is_a_doubt_where_another_campaign_may_show_the_latest_profile(
    latest: ExportLine, other: ExportLine, doubtful: int | None, other_first: bool
) -> None:
    judged = judge_student([other, latest] if other_first else [latest, other], RULE)
    assert judged.line is latest
    plain = judge_line(line(latest.participation.certifiable_competences).participation, RULE)
    doubts = () if doubtful is None else (latest, other)[doubtful].participation.doubts
    assert judged.verdict.reasons == doubts
    assert judged.verdict.eligibility is (Eligibility.TO_CHECK if doubts else plain.eligibility)


def test_an_open_date_in_the_export_of_the_latest_profile_is_the_concern_of_its_reader() -> None:
    judged = judge_student([line(6, LATE), ambiguous(line(5, OPEN))], RULE)
    assert (judged.verdict.eligibility, codes(judged)) == (Eligibility.ELIGIBLE, [])
    judged = judge_student([line(4, LATE), ambiguous(line(6, OPEN))], RULE)
    assert (judged.verdict.eligibility, codes(judged)) == (Eligibility.NOT_ELIGIBLE, [])


def test_of_several_campaigns_any_may_show_the_latest_profile() -> None:
    sure, same = line(4, LATE, origin="3"), ambiguous(line(6, OPEN, origin="2"))
    judged = judge_student(
        [line(6, "2026-04-21T09:00"), sure, same, ambiguous(line(3, OPEN, origin="4"))], RULE
    )
    assert judged.verdict.eligibility is Eligibility.TO_CHECK
    assert codes(judged) == [ReasonCode.SEND_DATE_AMBIGUOUS]


# What a line shows.


def test_a_profile_that_was_not_sent_counts_for_nothing() -> None:
    kept = line(6).participation._replace(sent=False)
    assert judge_line(kept, RULE).eligibility is Eligibility.NOT_SENT
    assert kept.submission_key is None
    assert kept._replace(sent=None).submission_key is None
    assert kept._replace(sent=True).submission_key == ("2026-03-12T09:31", kept.pix)


def test_there_is_a_profile_where_both_its_rows_of_numbers_are() -> None:
    whole = line(6).participation
    assert sent_profile(whole) is not None
    assert sent_profile(whole._replace(levels=None)) is None
    assert sent_profile(whole._replace(competence_pix=None)) is None
    assert judge_line(whole._replace(levels=None), RULE).eligibility is Eligibility.NOT_SENT


def test_a_doubt_is_named_once_and_only_that_of_an_unreadable_line_weighs_by_itself() -> None:
    for lines in ([unreadable(), line(None)], [line(None), unreadable()]):
        assert codes(judge_student(lines, RULE)) == [ReasonCode.SEND_STATE_UNKNOWN]
    two = judge_student([line(6), unreadable(3), unreadable(4)], RULE)
    assert [reason.values[0] for reason in two.verdict.reasons] == ["3", "4"]
