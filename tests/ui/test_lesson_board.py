"""The board of a lesson: states in the order of need, what was won, totals, observations, its campaign."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.lesson.view import CampaignPart, LessonState, Observation
from pixsession.domain.pix.eligibility import Eligibility, Verdict
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import use_language
from pixsession.ui.board.filters import Filters
from pixsession.ui.board.grid.table import BoardGrid
from tests.factories.lesson_screens import EVALUATION, OTHER, ROWS, SEEN, as_of, lesson_board, lesson_view
from tests.factories.screens import Board, board, change
from tests.factories.snapshots import NOW, class_rows, row, snapshot


def line_of(driven: Board, name: str) -> str:
    """The line of a student on the screen."""
    return next(line for line in driven.lines[4:] if name in line[:60])  # left of the panel


def names(driven: Board) -> list[str]:
    """Last names in the table, from the top."""
    return [row.last_name for line in driven.lines[3:] for row in ROWS if row.last_name in line]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_what_matters_stands_on_the_line_of_each_student(size: tuple[int, int]) -> None:
    expected = {
        "PETIT": ("○ not started", "4eB", "0%"),
        "GIRAUD": ("✖ stuck", "30%", "=/+20", "20 min"),
        "MOREL": ("↑ to send", "100%", "=/+70", "10 min"),
        "BARBIER": ("▼ far behind", "35%", "+5/+30", "0 min"),
        "CHEVALIER": ("► working", "62%", "+12/+52"),
        "EL AMRANI": ("▲ ahead", "90%", "+15/+65"),
        "ALLARD": ("■ finished", "100%", "=/+60", "20 min"),
    }
    async with board(lesson_board(), size=size) as driven:
        for name, words in expected.items():
            line = line_of(driven, name)
            assert [word for word in words if word not in line] == []


async def test_a_wider_board_tells_class_mastery_and_competences() -> None:
    async with board(lesson_board(), size=(100, 30)) as driven:
        assert "Mastery" in driven.lines[3]
        assert "72%" in line_of(driven, "ALLARD")
        assert "4eB" in line_of(driven, "ALLARD")
        assert " ✔ " in line_of(driven, "ALLARD")  # the objective of the session file
    async with board(lesson_board(), size=(220, 40)) as driven:
        assert " sent " in line_of(driven, "ALLARD")


async def test_stage_and_badges_stand_where_there_is_room() -> None:
    async with board(lesson_board(), size=(220, 30)) as driven:
        assert "3/5" in line_of(driven, "ALLARD")
        assert "1/2" in line_of(driven, "ALLARD")


async def test_the_head_has_the_totals_the_median_and_its_way() -> None:
    async with board(lesson_board(), size=(100, 30)) as driven:
        assert "Les bases du numérique" in driven.lines[0]
        totals = driven.lines[2]
        # Of 0.3, 0.35, 0.6, 0.62, 0.9, 1 and 1: between 0.35 and 0.6, and between 0.9 and 1.
        assert "7 of 8 started · 5 halfway · 2 finished · 1 sent · median 61% · Q1 48 Q3 95" in totals
        assert "▂▃▄▅▅" in totals


async def test_a_narrow_head_keeps_the_median_the_quartiles_and_the_way() -> None:
    async with board(lesson_board()) as driven:
        assert "7 of 8 started · median 61% · Q1 48 Q3 95  09:05 ▂▃▄▅▅ 09:45" in driven.lines[2]


async def test_the_head_says_which_day_of_the_week_and_which_hour() -> None:
    for size, hour in (((80, 24), ""), ((120, 40), "08:00-08:55 · ")):
        async with board(lesson_board(), size=size) as driven:
            assert driven.lines[0].startswith(f" Thu 12 Mar · {hour}4eB groupe 1 · Les bases")


async def test_a_tall_board_says_how_the_group_is_spread() -> None:
    async with board(lesson_board(), size=(120, 40)) as driven:
        said = "spread  0-20 █ 1 · 20-40 ██ 2 · 40-60 0 · 60-80 ██ 2 · 80-100 █ 1 · 100 ██ 2"
        assert said.replace("0-20 █ 1", "0-20 0") in driven.lines[3]  # who has not begun is not on the way
    async with board(lesson_board(), size=(80, 40)) as driven:
        assert "spread  0-20 0 · 20-40 ██ 2" in driven.lines[3]
        driven.app.filters = Filters(places=frozenset({"4eC"}))
        await driven.settle()
        assert "spread" not in driven.text


async def test_the_line_of_a_student_shows_the_way_of_the_hour() -> None:
    async with board(lesson_board(), size=(80, 24)) as driven:
        assert "▃▅▇██  100%" in line_of(driven, "MOREL")
    async with board(lesson_board(), size=(220, 40)) as driven:
        assert "▂▃▃▃▃ still for 20 min" in line_of(driven, "GIRAUD")
        assert "▃▅▇██ say: Send" in line_of(driven, "MOREL")
        assert "▂▃▄▅▅ █████" in line_of(driven, "CHEVALIER")
    async with board(lesson_board(1), size=(80, 24)) as driven:
        assert "▌░░░░   10%" in line_of(driven, "GIRAUD")


async def test_without_an_evaluation_the_head_says_what_to_export() -> None:
    empty = lesson_board()
    assert empty.lesson is not None
    nothing = empty.lesson._replace(campaign=None, campaigns=(), students={}, group=())
    async with board(empty._replace(lesson=nothing)) as driven:
        assert "no export of an evaluation yet" in driven.lines[2]
        assert "not started" in line_of(driven, "ALLARD")


async def test_a_campaign_that_is_waited_for_is_said_on_the_empty_board() -> None:
    there = lesson_board()
    assert there.lesson is not None
    nothing = there.lesson._replace(campaign=None, campaigns=(OTHER,), students={}, group=())
    async with board(there._replace(rows=(), lesson=nothing)) as driven:
        assert "no export of the campaign of this lesson yet (C: choose another one)" in driven.lines[2]
        assert "The campaign of this lesson has not been exported yet." in driven.text
        assert "1. In Pix Orga, open the campaign of the lesson." in driven.text
        assert "collects profiles" not in driven.text


async def test_at_the_first_export_what_was_won_is_one_figure() -> None:
    async with board(lesson_board(1)) as driven:
        assert not [line for line in driven.lines[4:12] if " /" in line]


async def test_no_profile_sent_is_a_dash_and_what_is_missing_is_unknown() -> None:
    there = lesson_board()
    unsent = ROWS[0]._replace(verdict=Verdict(Eligibility.NOT_SENT), profile=None, pix=None)
    async with board(there._replace(rows=(unsent, *ROWS[1:])), size=(100, 30)) as driven:
        line = line_of(driven, ROWS[0].last_name)
        assert line.rstrip().endswith("?         ?")  # neither the objective nor what is missing
    async with board(there._replace(rows=(unsent, *ROWS[1:])), size=(110, 30)) as driven:
        await driven.press("J", "end", "enter")
        assert line_of(driven, ROWS[0].last_name).rstrip().endswith("?")


async def test_the_panel_of_an_empty_board_tells_of_nobody() -> None:
    there = lesson_board()
    async with board(there, size=(120, 40)) as driven:
        assert "Profiles sent" in driven.text
        await driven.publish(there._replace(revision=there.revision + 1, rows=()))
        assert "Profiles sent" not in driven.text
        await driven.publish(there._replace(revision=there.revision + 2))
        assert "Profiles sent" in driven.text


async def test_a_lesson_tells_the_changes_of_its_own_students() -> None:
    there = lesson_board()
    mine = change(ROWS[0], ChangeKind.BECAME_ELIGIBLE)
    other = change(row(99, "PERSONNE", "Zoé"), ChangeKind.BECAME_ELIGIBLE)
    async with board(there._replace(changes=(mine,))) as driven:
        await driven.publish(there._replace(revision=there.revision + 1, changes=(mine, other)))
        assert f"{ROWS[0].last_name} {ROWS[0].first_name} is now eligible" in driven.lines[-2]
        assert "PERSONNE" not in driven.text


async def test_each_state_is_a_filter_and_the_same_key_shows_everybody_again() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("8")
        assert driven.app.filters.state is LessonState.WORKING
        assert names(driven) == ["CHEVALIER", "NGUYEN"]
        await driven.press("8")
        assert len(names(driven)) == 8
        await driven.press("4", "escape")
        assert len(names(driven)) == 8


async def test_the_board_sorts_by_what_was_won_and_by_idle_minutes() -> None:
    async with board(lesson_board()) as driven:
        grid = driven.app.board.query_one(BoardGrid)
        grid.sort_by("won", descending=True)
        await driven.settle()
        assert names(driven)[:2] == ["MOREL", "EL AMRANI"]
        grid.sort_by("idle", descending=True)
        await driven.settle()
        assert names(driven)[-1] == "PETIT"  # unknown stands last


async def test_a_number_writes_an_observation_down() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("j", "o")
        assert "GIRAUD Léa" in driven.text
        assert "Nothing about health" in driven.text
        await driven.press("3")
        await driven.until(lambda: driven.pipeline.acted)
        assert driven.pipeline.acted == [ActionRequest(ActionKind.OBSERVE, (2,), SEEN[2])]
        assert driven.on_board


async def test_absence_a_note_and_the_helper_of_the_class_are_one_key_each() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("a")
        await driven.until(lambda: len(driven.pipeline.acted) == 1)
        await driven.press("D")
        await driven.until(lambda: len(driven.pipeline.acted) == 2)
        await driven.press("n", *"ok", "enter")
        await driven.until(lambda: len(driven.pipeline.acted) == 3)
        assert driven.pipeline.acted == [
            ActionRequest(ActionKind.ABSENT, (1,)),
            ActionRequest(ActionKind.DELEGATE, (2,)),  # a roll call goes on with the next one
            ActionRequest(ActionKind.NOTE, (2,), "ok"),
        ]


async def test_what_was_noted_has_its_sign_on_the_line_and_in_the_panel() -> None:
    found = lesson_board().lesson
    assert found is not None
    told = Observation(NOW, "casque en panne", "note-1")
    students = {
        **found.students,
        1: found.students[1]._replace(state=LessonState.ABSENT),
        2: found.students[2]._replace(is_delegate=True, notes=(told,)),
    }
    noted = lesson_board()._replace(lesson=found._replace(students=students))
    async with board(noted, size=(140, 40)) as driven:
        assert re.search(r"⊘ absent +PETIT Tom", driven.text)
        assert "⊘ 1 absent" in driven.text
        assert "○ 0 to start" in driven.text
        assert "★✎2" in line_of(driven, "GIRAUD")
        await driven.press("j")
        assert "★ helper of the class" in driven.text
        assert "casque en panne" in driven.text and "clavier" in driven.text
        await driven.press("D")
        await driven.until(lambda: driven.pipeline.acted)
        assert driven.pipeline.acted == [ActionRequest(ActionKind.UNDELEGATE, (2,))]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-7, "this lesson is of 5 Mar, not of today"),
        (7, "this lesson is of 19 Mar, still to come"),
        (0, ""),
    ],
)
async def test_a_session_file_of_another_day_is_said(days: int, words: str) -> None:
    found = lesson_board().lesson
    assert found is not None
    session = found.session._replace(date=found.session.date + timedelta(days=days))
    async with board(lesson_board()._replace(lesson=found._replace(session=session))) as driven:
        assert "change the date in its file" in driven.text or days != -7
        assert words in driven.text
        assert ("this lesson is of" in driven.text) == bool(words)


async def test_exports_from_the_future_are_told_as_a_wrong_clock() -> None:
    found = lesson_board().lesson
    assert found is not None
    for minutes, is_told in ((-600, False), (1, False), (600, True)):
        left_out = found._replace(left_out_until=NOW + timedelta(minutes=minutes))
        async with board(lesson_board()._replace(lesson=left_out)) as driven:
            assert ("still to come, are left out" in driven.text) == is_told


async def test_before_the_first_export_of_today_the_board_says_of_which_day_it_is() -> None:
    found = lesson_board().lesson
    assert found is not None
    group = tuple(one._replace(at=one.at - timedelta(days=3)) for one in found.group)
    async with board(lesson_board()._replace(lesson=found._replace(group=group))) as driven:
        assert "no export of today yet: what is shown is of 9 Mar" in driven.text


async def test_enter_takes_the_line_and_escape_notes_nothing() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("o", "escape")
        assert driven.on_board
        await driven.press("o", "down", "enter")
        await driven.until(lambda: driven.pipeline.acted)
        assert driven.pipeline.acted == [ActionRequest(ActionKind.OBSERVE, (1,), SEEN[1])]


async def test_marked_students_are_observed_together_and_z_takes_it_back() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("x", "x", "o", "1")
        await driven.until(lambda: driven.pipeline.acted)
        assert driven.pipeline.acted == [ActionRequest(ActionKind.OBSERVE, (1, 2), SEEN[0])]
        assert driven.app.board.marked == frozenset()
        await driven.press("z")
        await driven.until(lambda: driven.pipeline.undone)


async def test_an_observation_that_cannot_be_written_is_said() -> None:
    async with board(lesson_board(), toasts=True) as driven:
        driven.pipeline.cannot_write = PixSessionError("the disk is full")
        await driven.press("o", "1")
        await driven.until(lambda: "the disk is full" in str([t.message for t in driven.toasts]))
        assert driven.pipeline.acted == []


async def test_without_a_lesson_nothing_is_observed() -> None:
    async with board(snapshot(class_rows())) as driven:
        await driven.press("o")
        assert driven.on_board
        assert "observe" not in driven.lines[-1]


async def test_the_panel_of_the_student_has_the_observation_with_its_time() -> None:
    async with board(lesson_board(), size=(140, 40)) as driven:
        await driven.press("j")
        assert "09:40  clavier" in driven.text


async def test_the_campaign_to_follow_is_chosen_by_name() -> None:
    async with board(lesson_board(campaigns=(EVALUATION, OTHER)), size=(120, 30)) as driven:
        assert "(C: 2 campaigns)" in driven.lines[0]
        await driven.press("C")
        assert "Protéger ses données" in driven.text
        await driven.press("down", "enter")
        assert driven.pipeline.chosen == [frozenset({OTHER.key})]


async def test_help_explains_the_states_and_why_nothing_about_health_is_noted() -> None:
    async with board(lesson_board(), size=(110, 90)) as driven:
        await driven.press("question_mark")
        assert "no progress over 2 exports and 10 minutes" in driven.text
        assert "Q1 and Q3: between them stands the middle half" in " ".join(driven.text.split())
        assert "Observations say nothing about health: these are minors" in driven.text


async def test_only_the_line_that_changed_is_painted_again() -> None:
    async with board(lesson_board()) as driven:
        grid = driven.app.board.query_one(BoardGrid)
        kept = {row.student_id: grid.lines.cache.line(row, grid.lines.writer) for row in ROWS}
        view = lesson_view()
        moved = view.students[5]._replace(progress=0.7, since_last_export=0.2)
        students = {**view.students, 5: moved}
        await driven.publish(lesson_board()._replace(lesson=view._replace(students=students)))
        lines = {row.student_id: grid.lines.cache.line(row, grid.lines.writer) for row in ROWS}
        changed = [student for student, line in lines.items() if line is not kept[student]]
        assert changed == [5]
        assert "70%" in line_of(driven, "CHEVALIER")


# -- back in time ----------------------------------------------------------------------------------------


async def test_the_board_goes_back_export_by_export_and_live_again() -> None:
    async with board(lesson_board()) as driven:
        driven.pipeline.past = as_of
        await driven.press("left_square_bracket", "left_square_bracket")
        await driven.until(lambda: "STATE AT 09:25 · 2 newer exports" in driven.lines[0])
        assert "median 40%" in driven.lines[2]
        assert "End live" in driven.lines[-1]
        assert driven.app.board.query_one("BoardTitle").has_class("-past")
        await driven.press("right_square_bracket")
        await driven.until(lambda: "STATE AT 09:35 · 1 newer export " in driven.lines[0])
        await driven.press("right_square_bracket")
        await driven.until(lambda: "export of 09:45" in driven.lines[0])
        await driven.until(lambda: "End live" not in driven.lines[-1])
        assert not driven.app.board.query_one("BoardTitle").has_class("-past")
        assert [at and f"{at:%H:%M}" for at in driven.pipeline.looked] == ["09:35", "09:25", "09:35", None]


async def test_end_goes_live_from_the_past_and_to_the_last_student_otherwise() -> None:
    async with board(lesson_board()) as driven:
        driven.pipeline.past = as_of
        await driven.press("left_square_bracket", "left_square_bracket", "end")
        await driven.until(lambda: driven.pipeline.looked[-1:] == [None] and "export of" in driven.lines[0])
        await driven.press("end")
        selected = driven.app.board.query_one(BoardGrid).selected
        assert selected is not None and selected.last_name == "ALLARD"
        assert len(driven.pipeline.looked) == 3


async def test_the_first_export_is_where_the_past_ends() -> None:
    async with board(lesson_board(2), toasts=True) as driven:
        times = lesson_board(2).export_times
        driven.pipeline.past = lambda at: lesson_board(1)._replace(as_of=at, export_times=times)
        await driven.press("left_square_bracket")
        await driven.until(lambda: "STATE AT" in driven.lines[0])
        await driven.press("left_square_bracket")
        assert len(driven.pipeline.looked) == 1
        assert any("no earlier export" in toast.message for toast in driven.toasts)


async def test_live_exports_are_counted_in_the_past_and_nothing_of_it_is_news() -> None:
    async with board(lesson_board(3), toasts=True) as driven:
        times = lesson_board().export_times
        driven.pipeline.past = lambda at: as_of(at or times[-1])._replace(as_of=at, export_times=times[:3])
        await driven.press("left_square_bracket")
        await driven.until(lambda: "1 newer export " in driven.lines[0])
        await driven.publish(as_of(times[1]))  # two more have come
        assert "STATE AT 09:15 · 3 newer exports" in driven.lines[0]
        assert not driven.toasts


async def test_nothing_is_written_down_in_the_past_and_the_reason_is_said() -> None:
    async with board(lesson_board(), toasts=True) as driven:
        driven.pipeline.past = as_of
        await driven.press("left_square_bracket")
        await driven.until(lambda: "STATE AT" in driven.lines[0])
        await driven.press("o", "z")
        await driven.until(lambda: len(driven.toasts) == 2)
        assert driven.on_board
        said = [toast.message for toast in driven.toasts]
        why = "You are looking at the board at 09:35: nothing is written down. The End key goes back to live."
        assert said == [why, why]
        assert driven.pipeline.acted == [] and not driven.pipeline.undone


async def test_a_board_without_a_session_goes_back_too() -> None:
    plain = snapshot(class_rows())._replace(export_times=lesson_board().export_times)
    async with board(plain) as driven:
        driven.pipeline.past = lambda at: plain._replace(as_of=at)
        await driven.press("left_square_bracket")
        await driven.until(lambda: "STATE AT 09:35" in driven.lines[0])
        await driven.press("l")
        assert "STATE AT 09:35" in driven.lines[0]
        await driven.press("end")
        await driven.until(lambda: "STATE AT" not in driven.lines[0])


async def test_a_step_that_fails_leaves_the_board_where_it_was() -> None:
    async with board(lesson_board(), toasts=True) as driven:
        driven.pipeline.cannot_write = PixSessionError("the database is damaged")
        await driven.press("left_square_bracket")
        await driven.until(lambda: driven.toasts)
        assert not driven.app.live.is_back
        assert "export of 09:45" in driven.lines[0]


async def test_the_letters_of_a_search_take_no_step() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("slash")
        await driven.pilot.press("left_square_bracket")
        await driven.settle()
        assert driven.app.filters.search == "["
        assert driven.pipeline.looked == []


async def test_the_totals_are_those_of_the_classes_shown() -> None:
    there = lesson_board()
    other = there.rows[4]._replace(division="4eC")
    rows = (*there.rows[:4], other, *there.rows[5:])
    async with board(there._replace(rows=rows), size=(100, 30)) as driven:
        assert "7 of 8 started" in driven.lines[2]
        driven.app.filters = Filters(places=frozenset({"4eC"}))
        await driven.settle()
        assert "1 of 1 started" in driven.lines[2]
        assert "median 62%" in driven.lines[2]


async def test_the_way_and_the_bar_stand_side_by_side_where_there_is_room() -> None:
    async with board(lesson_board(), size=(119, 30)) as driven:
        assert "▂▃▄▅▅ ███" in line_of(driven, "CHEVALIER")
        assert "▂▃▃▃▃ █▊" in line_of(driven, "GIRAUD")  # the words have no room yet, the idle minutes say it
        assert "20 min" in line_of(driven, "GIRAUD")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_narrow_line_of_keys_has_the_map_help_groups_and_time(language: str) -> None:
    use_language(language)
    async with board(lesson_board(), size=(80, 24)) as driven:
        keys = driven.lines[-1]
        assert [
            key for key in (" o ", " a ", " M ", " E ", " R ", " [ ", " ? ", " q ") if key not in keys
        ] == []


async def test_several_campaigns_stand_with_their_figures_and_leave_the_title_its_hour() -> None:
    there = lesson_board(campaigns=(EVALUATION, OTHER))
    assert there.lesson is not None
    group = there.lesson.group
    parts = (
        CampaignPart(EVALUATION, group, frozenset({1, 2, 3, 4, 5})),
        CampaignPart(OTHER, group, frozenset({6, 7, 8})),
    )
    two = there._replace(lesson=there.lesson._replace(parts=parts))
    async with board(two, size=(120, 40)) as driven:
        assert driven.lines[0].startswith(" Thu 12 Mar · 08:00-08:55 · 4eB groupe 1 · (C: 2 campaigns)")
        figures = "7/8, median 61%, Q1 48 Q3 95"
        assert f"{EVALUATION.name}: {figures} · {OTHER.name}: {figures}" in driven.lines[2]
    async with board(two, size=(80, 24)) as driven:
        assert driven.lines[2].count("7/8, median 61%") == 2


async def test_a_wide_board_says_how_far_each_student_is_from_the_median() -> None:
    points = {"GIRAUD": "−31", "MOREL": "+39", "BARBIER": "−26", "CHEVALIER": "+1", "EL AMRANI": "+29"}
    async with board(lesson_board(), size=(110, 30)) as driven:
        at = driven.lines[3].index("+grp")
        for name, told in points.items():  # of 30, 100, 35, 62 and 90 %, where the median is 61 %
            assert line_of(driven, name)[at : at + 4].strip() == told
        assert not line_of(driven, "PETIT")[at : at + 4].strip()
    async with board(lesson_board(), size=(80, 24)) as driven:
        assert "+grp" not in driven.text
