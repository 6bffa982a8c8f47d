"""The lessons of a term side by side: who is who, what changed, who is to be reminded and why."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from pixsession.domain.lesson.calendar import CampaignLine, lines_without_names, tallies_of
from pixsession.domain.lesson.tally import ClassTally
from pixsession.domain.lesson.term import KeptLesson
from pixsession.domain.pix.eligibility import Rule
from pixsession.domain.pix.school_year import period_of
from pixsession.foundation.i18n import LANGUAGES, use_language
from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import kind_of
from pixsession.reports.files import save
from pixsession.reports.lesson.progress import term_progress
from pixsession.reports.lesson.reminders import Reminder, ReminderReason
from pixsession.reports.lesson.term import NothingKept, Term, term_of
from pixsession.reports.put import AlreadyThere
from pixsession.reports.render import rendered
from tests.factories.lesson_sheets import kept, outcome

NOW = datetime(2026, 3, 20, 17, 0)  # noqa: DTZ001 - Paris time, without zone
# Three lessons of 3eB and one of 3eA alone.
LESSONS = (
    kept(
        "12",
        outcome("ALLARD", 0.4, 1.0, True, (3, 5)),
        outcome("BENALI", 0.0, 0.5, False, (2, 2)),
        outcome("HUET"),
        outcome("MARTIN", 0.6, 1.0, False, (None, None)),
        title="Recherche",
    ),
    kept(
        "05",
        outcome("ALLARD", 0.0, 0.4, False, (2, 3)),
        outcome("BENALI"),
        outcome("HUET"),
        outcome("MARTIN", 0.1, 0.6, False),
        outcome("ROUX", 0.0, 0.2, False, (5, 5), place="3eA"),
        title="Rentrée",
    ),
    kept("10", outcome("ROUX", 0.2, 1.0, True, (5, 5), place="3eA"), title="Autre"),
)


def term(lessons: tuple[KeptLesson, ...] = LESSONS, *classes: str) -> Term:
    return term_of(lessons, classes, Rule())


def written(of: Term, form: str = "text") -> str:
    return rendered(term_progress(of, NOW), form)


def reminders(*lessons: KeptLesson) -> dict[str, list[Reminder]]:
    return {one.last_name: list(one.reminders) for one in term(lessons).students}


def reasons(*lessons: KeptLesson) -> dict[str, list[tuple[ReminderReason, date | None]]]:
    """Why each is reminded, and since when; not by which export."""
    return {who: [(one.reason, one.since) for one in mine] for who, mine in reminders(*lessons).items()}


def test_the_whole_text_of_a_class() -> None:
    assert written(term(LESSONS, "3e B"), "text").splitlines() == [
        "Progress over 2 lessons: 3eB",
        "",
        "Eligible competences, all in all: 4 → 7 (2 students)",
        "3 lessons missed, all in all",
        "Per lesson: % done by its last export. ✔ results sent, ↑ finished and not sent, "
        "abs. noted absent, —",
        "in no export of the lesson.",
        "",
        "3eB:",
        "Student              05/03  12/03  Comp.  Over time  Objective 4e-3e",
        "ALLARD Lou             40    100✔      5  ▅█         ?",
        "BENALI Lou               —    50       2   ▄         ?",
        "HUET Lou                 —      —                    ?",
        "MARTIN Lou             60    100↑                    ?",
        "median of the group    50    100     3.5",
        "",
        "3eB: median after each lesson:",
        f"  05/03 Rentrée {'█' * 30} 50% · 2/4 came, 0 sent",
        f"12/03 Recherche {'█' * 60} 100% · 3/4 came, 1 sent",
        "",
        "Objective reached, by the last profile sent:",
        "    ░ unknown  ▒ not yet  █ reached",
        f"3eB {'░' * 78} 0 of 4, 4 unknown",
        "",
        "To remind, one message each:",
        "- BENALI Lou: Lou, on Pix, by the exports of 12/03/2026: to be finished, then sent; profile to be",
        "  sent again.",
        "- HUET Lou: Lou, on Pix, by the exports of 12/03/2026: to be started; profile to be sent.",
        "- MARTIN Lou: Lou, on Pix, by the exports of 12/03/2026: results to be sent; profile to be sent.",
        "",
        "To remind, by the exports of Thursday 12 March 2026 — 3eB:",
        "- Lou BENALI: to be finished, then sent; profile to be sent again",
        "- Lou HUET: to be started; profile to be sent",
        "- Lou MARTIN: results to be sent; profile to be sent",
    ]


def test_the_list_to_be_pasted_holds_no_result() -> None:
    *_others, reminded = written(term(), "text").split("\n\n")
    assert "BENALI" in reminded
    assert not re.search(r"%|→|\bpix\b|competence", reminded.replace("2026", ""))
    assert not re.search(r"\d", re.sub(r"3e[AB]|\d+ March \d+", "", reminded))


def test_classes_stand_beside_the_names_where_there_are_several() -> None:
    text = written(term(), "text")
    assert text.startswith("Progress over 3 lessons: 3eA, 3eB\n")
    assert re.search(r"(?m)^3eA, 3eB:\nStudent .*\n(.*\n){4}ROUX Lou +3eA +20 +100✔ +5 ", text)
    assert "- Lou HUET (3eB): to be started" in text


def test_who_was_not_expected_has_missed_nothing() -> None:
    allard, *_others, roux = term().students
    assert allard.missed == 0
    assert [outcome is None for outcome in allard.outcomes] == [False, True, False]
    assert [outcome is None for outcome in roux.outcomes] == [False, False, True]


def test_who_sent_a_profile_in_the_last_lesson_is_left_in_peace() -> None:
    first = kept("05", outcome("ROUX", 0, 1, True, (2, 2)))
    assert reminders(first, kept("12", outcome("ROUX", 1, 1, True, (2, 3)))) == {"ROUX": []}


def test_who_sent_nothing_since_an_earlier_lesson_is_told_since_when() -> None:
    lessons = (
        kept("05", outcome("ROUX", 0, 1, True, (2, 3))),
        kept("12", outcome("ROUX", 1, 1, True, (3, 3))),
        kept("19", outcome("ROUX", 1, 1, True, (3, 3))),
    )
    assert reasons(*lessons) == {"ROUX": [(ReminderReason.NOT_ELIGIBLE, lessons[0].date)]}
    assert "- Lou ROUX: profile to be sent again (the last one known: 05/03/2026)" in written(
        term(lessons), "text"
    )


def test_a_profile_sent_between_two_lessons_counts_as_sent() -> None:
    first = kept("05", outcome("ROUX", 0, 1, True, (2, 2)))
    assert reminders(first, kept("12", outcome("ROUX", 1, 1, True, (3, 3)))) == {"ROUX": []}


def test_who_is_eligible_is_not_reminded_of_a_profile() -> None:
    assert reminders(kept("05", outcome("ROUX", 0, 1, True, (5, 5)))) == {"ROUX": []}
    strict = term_of([kept("05", outcome("ROUX", 0, 1, True, (5, 5)))], (), Rule(min_competences=16))
    assert [one.reason for one in strict.students[0].reminders] == [ReminderReason.NOT_ELIGIBLE]


def test_where_no_profile_was_collected_nobody_is_asked_for_one() -> None:
    assert reasons(kept("05", outcome("ROUX", 0, 1, True), outcome("HUET", 0, 0.4, False))) == {
        "HUET": [(ReminderReason.NOT_FINISHED, None)], "ROUX": [],
    }  # fmt: skip


def test_the_last_lesson_that_shows_a_student_says_what_is_left() -> None:
    seen = kept("05", outcome("ROUX", 0, 1, False))
    assert reasons(seen, kept("12", outcome("ROUX"))) == {"ROUX": [(ReminderReason.NOT_SENT, None)]}
    assert reminders(seen, kept("12", outcome("ROUX", 1, 1, True))) == {"ROUX": []}


def test_nobody_to_remind_is_said() -> None:
    text = written(term((kept("05", outcome("ROUX", 0, 1, True)),)))
    assert text.endswith("\nNobody is to be reminded.\n")


def test_a_student_is_one_whatever_the_spelling_where_a_key_says_so() -> None:
    lessons = (
        kept("05", outcome("MARTIN", 0, 0.5, False, first="Marie", keys=("n|1", "a|x"))),
        kept("12", outcome("MARTIN", 0.5, 1, True, first="Marie-Anne", keys=("n|1",))),
    )
    assert [(one.first_name, one.missed) for one in term(lessons).students] == [("Marie-Anne", 0)]


def test_a_student_is_one_by_name_and_class_without_any_key() -> None:
    lessons = (
        kept("05", outcome("LE GOFF", 0, 0.5, False, place="3eB", keys=("a",))),
        kept("12", outcome("Le Goff", 0.5, 1, True, place="3e B", keys=("b",))),
    )
    assert len(term(lessons).students) == 1


def test_two_of_one_name_in_one_class_are_never_mixed_up() -> None:
    lessons = (
        kept(
            "05", outcome("MARTIN", 0, 0.1, False, keys=("a",)), outcome("MARTIN", 0, 0.9, False, keys=("b",))
        ),
        kept(
            "12",
            outcome("MARTIN", 0.9, 1, True, keys=("b",)),
            outcome("MARTIN", 0.1, 0.2, False, keys=("a",)),
        ),
    )
    tracks = [[one.progress_after for one in found.outcomes if one] for found in term(lessons).students]
    assert sorted(tracks) == [[0.1, 0.2], [0.9, 1]]


def test_a_key_that_two_students_share_is_no_proof() -> None:
    lessons = (
        kept(
            "05", outcome("MARTIN", 0, 0.1, False, keys=("k",)), outcome("ROUX", 0, 0.9, False, keys=("k",))
        ),
        kept("12", outcome("ROUX", 0.9, 1, True, keys=("k",))),
    )
    assert [(one.last_name, one.outcomes[1] is None) for one in term(lessons).students] == [
        ("MARTIN", True), ("ROUX", False),
    ]  # fmt: skip


def test_nothing_kept_says_what_to_do() -> None:
    for lessons in ((), (kept("05"),)):
        with pytest.raises(NothingKept, match="pixsession watch --session FILE"):
            term(lessons)


def test_a_class_that_has_no_lesson_names_those_that_have() -> None:
    with pytest.raises(NothingKept, match="the classes of the lessons are: 3eA, 3eB"):
        term(LESSONS, "4eC")


def table_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True)
    return [dict(zip(head, cells, strict=True)) for cells in lines]


def test_the_table_has_a_line_for_each_student_and_a_column_for_each_lesson() -> None:
    table = table_of(written(term(LESSONS), "csv"))
    assert list(table[0]) == [
        "Last name called", "First name called", "Class", "05/03/2026 Rentrée", "10/03/2026 Autre",
        "12/03/2026 Recherche", "Eligible competences, first", "Eligible competences, last", "Objective",
        "Missing for the objective", "Lessons missed", "Observations", "To remind",
    ]  # fmt: skip
    assert list(table[0].values()) == [
        "ALLARD", "Lou", "3eB", "40%", "", "100%", "2", "5", "4e-3e", "?", "0", "", "",
    ]  # fmt: skip
    assert list(table[2].values())[3:] == [
        "missed", "", "missed", "", "", "4e-3e", "?", "2", "", "to be started; profile to be sent",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_saved_among_the_exports_is_not_read_as_a_list(lang: str) -> None:
    use_language(lang)
    head = written(term(), "csv").splitlines()[0][1:].replace('"', "").split(";")
    assert kind_of(head) is ExportKind.UNKNOWN


def test_the_file_is_named_after_class_and_day_and_replaces_none(tmp_path: Path) -> None:
    of_class = term_progress(term(LESSONS, "3eB"), NOW)
    path = save(of_class, "csv", tmp_path)
    assert path == tmp_path / "progress-3eb-2026-03-20.csv"
    assert path.read_text(encoding="utf-8-sig").startswith('"Last name called";')
    with pytest.raises(AlreadyThere, match="--force"):
        save(of_class, "csv", tmp_path)
    assert term_progress(term((kept("05", outcome("ROUX", place=None)),)), NOW).name == "progress-2026-03-20"


def test_a_submission_is_told_by_its_own_time_and_not_by_when_it_was_first_seen() -> None:
    """A week after the first lesson, seen for the first time in the third."""
    first, second = kept("05", outcome("ROUX", 0, 1, True)), kept("12", outcome("ROUX", 1, 1, True))
    third = kept("19", outcome("ROUX", 1, 1, True, (3, 3), sent_at="2026-03-12T18:00"))
    assert reminders(first, second, third) == {"ROUX": []}
    old = kept("19", outcome("ROUX", 1, 1, True, (3, 3), sent_at="2026-03-11T18:00"))
    since = date(2026, 3, 11)
    assert reasons(first, second, old) == {"ROUX": [(ReminderReason.NOT_ELIGIBLE, since)]}


def test_who_changed_class_is_one_by_the_profile_and_namesakes_are_two() -> None:
    first = kept("05", outcome("ROUX", 0, 1, True, (2, 2), sent_at="2026-03-02T10:00"))
    moved = outcome("ROUX", 1, 1, True, (2, 2), place="3eA", sent_at="2026-03-02T10:00")
    (roux,) = term((first, kept("12", moved))).students
    assert roux.place == "3eA"
    assert roux.missed == 0
    other = outcome("ROUX", 1, 1, True, (2, 2), place="3eA", sent_at="2026-03-02T10:01")
    assert len(term((first, kept("12", other))).students) == 2


def test_who_left_is_listed_apart_and_reminded_of_nothing() -> None:
    first = kept("05", outcome("ALLARD", 0, 0.4, False), outcome("PARTI", 0, 0.4, False), outcome("ZAC"))
    other_half = kept("06", outcome("ROUX", 0, 1, True))
    told = term((first, other_half, kept("12", outcome("ALLARD", 0.4, 1, True), outcome("ZAC", 0, 1, True))))
    assert [one.last_name for one in told.students] == ["ALLARD", "ROUX", "ZAC"]
    assert [one.last_name for one in told.gone] == ["PARTI"]
    text = written(told)
    assert "No longer in the exports:\n- PARTI Lou: 05/03 40\n" in text
    assert text.endswith("\nNobody is to be reminded.\n")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("T1", "2025-08-01", "2025-11-30"), ("T2", "2025-12-01", "2026-03-31"),
        ("T3", "2026-04-01", "2026-07-31"), ("S1", "2025-08-01", "2026-01-31"),
        ("S2", "2026-02-01", "2026-07-31"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("day", ["2025-08-01", "2025-12-31", "2026-01-01", "2026-07-31"])
def test_the_terms_of_a_school_year(period: str, first: str, last: str, day: str) -> None:
    found = period_of(period, date.fromisoformat(day))
    assert found == (date.fromisoformat(first), date.fromisoformat(last))


def test_classes_of_an_export_are_counted_and_their_counts_tell_the_same_without_names() -> None:
    lines = [
        CampaignLine("ABEL", "Lou", "3eA", True, "2026-03-01", "2026-03-02"),
        CampaignLine("Abel", "lou", "3eA", True, None, "2026-03-05"),
        CampaignLine("BRUN", "Ana", "3eA", False, "2026-02-28", None),
        CampaignLine("COLIN", "Zoé", "3eB", False, None, None),
    ]
    tallies = tallies_of(reversed(lines))
    assert tallies == (
        ClassTally("3eA", 2, 1, "2026-02-28", "2026-03-05"),
        ClassTally("3eB", 1, 0, None, None),
    )
    assert tallies_of(lines_without_names(tallies)) == tallies
