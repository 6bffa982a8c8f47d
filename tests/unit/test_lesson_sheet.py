"""The sheet of a lesson: before and after, who is to be seen again, objectives, competences."""

from __future__ import annotations

import csv
import io

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.foundation.i18n import LANGUAGES, use_language
from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import kind_of
from pixsession.reports.common.facts import NoSession
from pixsession.reports.lesson import words
from pixsession.reports.lesson.facts import Submissions, lesson_sheet_of
from pixsession.reports.lesson.sheet import COLUMNS
from pixsession.reports.render import FORMS
from tests.factories.exports import moment
from tests.factories.lesson_sheets import (
    MADE_AT,
    full_lesson,
    learner,
    lesson_board,
    lesson_session,
    sent_profile,
    steady_track,
)
from tests.factories.lessons import profile
from tests.factories.sheet_forms import Page, sheet_as
from tests.factories.snapshots import row, snapshot

SENDS: Submissions = {
    3: (sent_profile(3), sent_profile(1, "2026-01-10")),
    5: (sent_profile(2, "2026-03-12T14:40"), sent_profile(1)),
    6: (sent_profile(4),),
}


def text_of(board: Snapshot | None = None, sends: Submissions = SENDS) -> str:
    return sheet_as("text", board or full_lesson(), MADE_AT, sends)


def section(text: str, title: str) -> list[str]:
    """The lines under a title of the plain text."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return next(block[1:] for block in blocks if block[0] == f"{title}:")


def table_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True)
    return [dict(zip(head, cells, strict=True)) for cells in lines]


def test_the_head_says_which_lesson_and_where_the_group_was_at_first_and_at_last() -> None:
    assert text_of().splitlines()[:9] == [
        "Lesson sheet — Rentrée 3eA, groupe 1",
        "Date: Thursday 12 March 2026",
        "Start: 14:00",
        "Duration: 55 min",
        "Room: Salle info",
        "Campaign: Rentrée 3eA - groupe 1 (RNTRHG317)",
        "",
        "14:05: 7 of 8 started, 0 halfway, 0 finished, 0 sent, median 20%",
        "14:45: 7 of 8 started, 5 halfway, 3 finished, 2 sent, median 80%",
    ]


def test_students_stand_by_the_alphabet_with_before_and_after() -> None:
    lines = section(text_of(), "Students")
    assert [line.split(",")[0] for line in lines] == [
        "- ALLARD Léa", "- BENALI Maël", "- HUET Inès", "- MARTIN Zoé", "- NGUYEN Linh", "- PETIT Adam",
        "- ROUX Enzo", "- ZIANI Tom",
    ]  # fmt: skip
    assert lines[1].startswith(
        "- BENALI Maël, 3eA; stuck; progress: 0% → 30%; results sent: no; eligible competences: 3;"
    )
    assert "mastery: — → 80%; eligible competences: — → 6; Certifiable: reached" in lines[0]
    assert lines[7] == "- ZIANI Tom, 3eA; not started"


def test_a_profile_sent_during_the_lesson_is_not_what_stood_before() -> None:
    martin = section(text_of(), "Students")[3]
    assert "eligible competences: 1 → 2; Certifiable: 3 still missing" in martin


def test_a_profile_of_the_day_without_its_time_may_be_of_the_lesson() -> None:
    sends = {5: (sent_profile(2, "2026-03-12"), sent_profile(1, "2026-03-11"))}
    assert "eligible competences: 1 → 2" in section(text_of(sends=sends), "Students")[3]


def test_who_is_to_be_seen_again_stands_apart_by_what_is_needed() -> None:
    text = text_of()
    titles = [line for line in text.splitlines() if line.startswith("To see again")]
    assert titles == [
        "To see again — not started:",
        "To see again — stuck:",
        "To see again — far behind the group:",
        "To see again — finished, not sent:",
    ]
    assert section(text, "To see again — not started") == ["- ZIANI Tom, 3eA"]
    assert section(text, "To see again — stuck") == ["- BENALI Maël, 3eA: 30%, no progress for 30 min"]
    assert section(text, "To see again — far behind the group") == ["- MARTIN Zoé, 3eA: 40%"]
    assert section(text, "To see again — finished, not sent") == ["- HUET Inès, 3eA"]


def test_who_was_called_absent_is_told_so_unless_an_export_shows_them() -> None:
    whos = tuple(Who((key,), "", "", None) for key in ("k1", "k3"))
    board = full_lesson((Action("a", moment("14:03"), ActionKind.ABSENT, whos),))
    text = text_of(board)
    assert section(text, "To see again — absent") == ["- ZIANI Tom, 3eA"]
    assert section(text, "Students")[7] == "- ZIANI Tom, 3eA; absent"
    assert "absent" not in section(text, "Students")[1]


def test_each_objective_says_who_reached_it_and_what_the_others_miss() -> None:
    lines = section(text_of(), "Certifiable (5 competences at level 1)")
    assert lines[0] == "- 3 of 7 have reached it"
    assert lines[1:4] == [
        "- ALLARD Léa, 3eA: reached",
        "- HUET Inès, 3eA: reached",
        "- PETIT Adam, 3eA: reached",
    ]
    assert lines[4].startswith("- BENALI Maël, 3eA: 2 competences missing: 2.1 Interagir (8 pix), ")
    assert not [line for line in lines if "ZIANI" in line]
    areas = section(text_of(), "5e (5 competences at level 1, 1 in each area)")
    assert areas[0] == "- 0 of 7 have reached it"


def test_the_competences_of_the_group_stand_weakest_first() -> None:
    lines = section(text_of(), "Competences of the group, weakest first")
    assert len(lines) == 16
    assert lines[-1] == "- 1.1 Mener une recherche et une veille d’information: 7 of 7 at level 1"
    assert lines[-5].endswith("2.2 Partager et publier: 3 of 7 at level 1")
    assert lines[0].endswith(": 0 of 7 at level 1")


def test_what_was_observed_and_noted_is_there_with_its_time() -> None:
    benali = Who(("k3",), "BENALI", "Maël", "3eA")
    actions = (
        Action("a", moment("14:12"), ActionKind.OBSERVE, (benali,), text="clavier"),
        Action("b", moment("14:20"), ActionKind.OBSERVE, (benali,), text="aidé"),
        Action("c", moment("14:21"), ActionKind.UNDO, undoes="b"),
        Action("d", moment("14:30"), ActionKind.NOTE, (benali,), text="à revoir jeudi"),
        Action("e", moment("14:31"), ActionKind.NOTE, text="réseau lent"),
        Action("f", moment("14:32"), ActionKind.NOTE, (Who(("gone",), "GONE", "Zoé", "3eB"),), text="partie"),
    )
    board = full_lesson(actions)
    text = text_of(board)
    assert section(text, "Observations") == ["- 14:12 BENALI Maël: clavier"]
    assert section(text, "Notes") == [
        "- 14:30 BENALI Maël: à revoir jeudi",
        "- 14:31 whole lesson: réseau lent",
        "- 14:32 GONE Zoé: partie",
    ]  # fmt: skip
    assert table_of(sheet_as("csv", board, MADE_AT, SENDS))[1]["Observations"] == "14:12 clavier"
    page = Page(sheet_as("html", board, MADE_AT, SENDS)).text
    assert "14:31 whole lesson réseau lent" in page
    assert "clavier BENALI Maël 14:12" in page


def test_the_table_has_a_line_for_each_student_and_a_column_for_each_objective() -> None:
    table = table_of(sheet_as("csv", full_lesson(), MADE_AT, SENDS))
    assert list(table[0]) == [*COLUMNS, "Objective Certifiable", "Objective 5e"]
    assert {column: text for column, text in table[3].items() if text} == {
        "Last name called": "MARTIN", "First name called": "Zoé", "Class": "3eA",
        "State": "far behind the group",
        "Progress before": "0%", "Progress after": "40%", "Results sent": "no",
        "Eligible competences before": "1", "Eligible competences after": "2", "Eligibility": "not eligible",
        "Minutes without progress": "0", "Objective Certifiable": "3 still missing",
        "Objective 5e": "4 still missing",
    }  # fmt: skip
    assert table[0]["Mastery after"] == "80%"
    assert {column for column, text in table[7].items() if text} == {
        "Last name called", "First name called", "Class", "State",
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_saved_among_the_exports_is_not_read_as_a_list(lang: str) -> None:
    use_language(lang)
    head = sheet_as("csv", full_lesson(), MADE_AT)[1:].split("\r\n", 1)[0].replace('"', "").split(";")
    assert kind_of(head) is ExportKind.UNKNOWN


def test_percentages_are_numbers_to_a_french_spreadsheet() -> None:
    use_language("fr")
    text = sheet_as("csv", full_lesson(), MADE_AT, SENDS)
    assert '"0%";"40%"' in text


def test_the_page_has_the_facts_of_the_text() -> None:
    page = Page(sheet_as("html", full_lesson(), MADE_AT, SENDS))
    assert not page.open
    assert not page.odd
    for asked in (
        "Rentrée 3eA - groupe 1 (RNTRHG317)",
        "14:45: 7 of 8 started",
        "BENALI Maël",
        "0% → 30%",
        "no progress for 30 min",
        "3 of 7 have reached it",
        "BENALI Maël2: 2.1 (8) 2.2 (8)",
        "Competences of the group, weakest first: students at level 1",
        "3/7 2.2 Partager et publier",
        "Resultats-Rentree-498731-2026-03-12-1445.csv",
    ):
        assert asked in page.text


def test_the_page_says_who_is_to_be_seen_again_before_everything_else() -> None:
    page = Page(sheet_as("html", full_lesson(), MADE_AT, SENDS)).text
    order = [
        "14:45: 7 of 8",
        "To see again",
        "not started ZIANI Tom",
        "stuck BENALI Maël (30%, no",
        "ALLARD Léa",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_columns_without_anything_to_say_are_left_out_of_the_page() -> None:
    board = lesson_board(
        [learner(1, "ROUX")], {1: steady_track(0.2, 0.4)}, of=lesson_session(goals=()), files=()
    )
    page = Page(sheet_as("html", board, MADE_AT))
    assert "Progress" in page.text
    assert "Mastery" not in page.text
    assert "Eligible competences" not in page.text
    assert "h2" not in page.tags


@pytest.mark.parametrize("form", FORMS)
def test_a_lesson_before_its_first_export_says_so(form: str) -> None:
    board = lesson_board([learner(1, "ROUX")], {}, campaign=None, files=())
    text = sheet_as(form, board, MADE_AT)
    assert "ROUX" in text
    assert form == "csv" or "No evaluation was read: progress is not known." in text
    assert sheet_as(form, lesson_board([], {}, campaign=None, files=()), MADE_AT)


def test_one_export_alone_tells_nothing_of_before() -> None:
    board = lesson_board([learner(1, "ROUX")], {1: steady_track(1, mastery=0.4)})
    assert "mastery: — → 40%" in text_of(board, {})
    assert [line[:6] for line in text_of(board, {}).splitlines() if ":05: " in line] == ["14:05:"]


@pytest.mark.parametrize("form", FORMS)
def test_a_board_without_a_session_has_no_sheet(form: str) -> None:
    with pytest.raises(NoSession):
        sheet_as(form, snapshot([row()]), MADE_AT, SENDS)


def test_progress_toward_an_objective_is_counted_before_and_after() -> None:
    """By an independent count: who had five competences at level 1 on the day before, and who has now."""
    before, now = {2: 6, 3: 2, 4: 4}, {2: 6, 3: 3, 4: 5}
    rows = [
        learner(number, f"NOM{number}", "Lou", count)._replace(profile=profile(*[8] * count))
        for number, count in now.items()
    ]
    sent = {number: (sent_profile(count),) for number, count in before.items()}
    shown = lesson_board(rows, {number: steady_track(0.2, 0.5) for number in now})
    assert shown.lesson is not None
    sheet = lesson_sheet_of(shown, shown.lesson, sent, MADE_AT)
    first = next(iter(words.toward(sheet)))
    assert (first.reached, first.known) == (sum(n >= 5 for n in now.values()), 3)
    assert first.counts == f"{sum(n >= 5 for n in before.values())}/3 → 2/3"
    unsure = {number: sent[number] for number in (2, 3)}  # of the third nothing is known: no comparison
    assert next(iter(words.toward(lesson_sheet_of(shown, shown.lesson, unsure, MADE_AT)))).counts == "2/3"
