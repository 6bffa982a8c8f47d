"""The screen of the doubts: confirmed, refused and undone by one key; what is shown was written down."""

from __future__ import annotations

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.people.matches import Decided, OpenDoubt, Suggestion
from pixsession.foundation.errors import PixSessionError
from pixsession.ui.people.screen import MatchesScreen
from pixsession.ui.student.screen import StudentScreen
from tests.factories.people_screens import (
    DECISIONS,
    DIFFERENT,
    DOUBTS,
    LEA,
    LEO,
    LEON,
    LINH,
    LINH_PIX,
    MARIE,
    MARIE_PIX,
    SAME,
    label,
)
from tests.factories.screens import Board, board, change
from tests.factories.snapshots import class_rows, row, snapshot
from tests.ui.test_injection import HOSTILE, assert_clean

ROWS = class_rows()
LOUD = ChangeKind.BECAME_ELIGIBLE


def doubtful(
    doubts: tuple[OpenDoubt, ...] = DOUBTS, decisions: tuple[Decided, ...] = (), revision: int = 1
) -> Snapshot:
    """A board with these doubts and decisions."""
    return snapshot(ROWS, revision=revision)._replace(doubts=doubts, decisions=decisions)


def at(driven: Board) -> tuple[str, str]:
    """The keys of the two under the cursor."""
    screen = driven.app.screen
    assert isinstance(screen, MatchesScreen)
    _kind, key, other = (screen.plain_list.key or "\n\n").split("\n")
    return key, other


def decided(driven: Board) -> list[tuple[str, str, bool | None]]:
    """What the app asked the pipeline to write down."""
    return driven.pipeline.decided


async def test_each_doubt_with_its_candidates_and_why() -> None:
    async with board(doubtful(decisions=DECISIONS)) as driven:
        await driven.press("r")
        words = " ".join(driven.text.split())
        assert "3 doubts to settle, 2 decisions made" in words
        assert (
            "? MARTIN Léo · 3eA Classe 3eA.csv perhaps MARTIN Léa · 3eA Certification 3e, collecte" in words
        )
        assert "Why same class one of the first names is Marie" in words
        assert "✔ same PETIT Thomas · 3eB = PETIT Tom · 3eA 09:41" in words
        assert "≠ different ROUX Zoé · 3eC ≠ ROUX Zoélie · 3eC 11 Mar" in words
        await driven.press("j")
        words = " ".join(driven.text.split())
        assert "First name Léo ≠ Léa Class 3eA = 3eA Born 3 May 2011 = 3 May 2011" in words
        await driven.press("G")
        assert "two different students (11 Mar); z takes it back" in driven.text
        await driven.press("escape")
        assert driven.on_board


async def test_confirmed_by_one_key_and_the_next_doubt_has_the_cursor() -> None:
    async with board(doubtful()) as driven:
        await driven.press("r", "m")
        await driven.until(lambda: decided(driven) == [(MARIE.key, MARIE_PIX.key, True)])
        assert "3 doubts to settle" in driven.text, "nothing is shown before it is written down"
        assert at(driven) == (LEO.key, LEA.key)
        made = Decided(MARIE, MARIE_PIX, same=True, at="2026-03-12T09:48")
        await driven.publish(doubtful(DOUBTS[1:], (made,), revision=2))
        assert "2 doubts to settle, 1 decision made" in driven.text
        assert at(driven) == (LEO.key, LEA.key)


async def test_refusing_goes_to_the_next_candidate_and_confirming_leaves_the_others() -> None:
    async with board(doubtful()) as driven:
        await driven.press("r", "j", "d")
        assert at(driven) == (LEO.key, LEON.key)
        await driven.press("k", "m")
        assert at(driven) == (LINH.key, LINH_PIX.key), "Léo is Léa: nobody asks whether he is Léon"
        await driven.until(lambda: len(decided(driven)) == 2)
        assert decided(driven) == [(LEO.key, LEA.key, False), (LEO.key, LEA.key, True)]


async def test_a_doubt_that_went_away_gives_its_place_to_the_next_one() -> None:
    async with board(doubtful()) as driven:
        await driven.press("r", "j")
        await driven.publish(doubtful((DOUBTS[0], DOUBTS[2]), revision=2))
        assert at(driven) == (LINH.key, LINH_PIX.key)
        await driven.publish(doubtful((DOUBTS[0],), revision=3))
        assert at(driven) == (MARIE.key, MARIE_PIX.key)


async def test_undo_takes_the_last_decision_back_or_the_one_under_the_cursor() -> None:
    async with board(doubtful(decisions=DECISIONS)) as driven:
        await driven.press("r", "z")
        await driven.until(lambda: decided(driven) == [(SAME.person.key, SAME.other.key, None)])
        assert "2 decisions made" in driven.text
        again = OpenDoubt(SAME.person, (Suggestion(SAME.other, ("same last name",), 70),))
        await driven.publish(doubtful((*DOUBTS, again), (DIFFERENT,), revision=2))
        assert at(driven) == (SAME.person.key, SAME.other.key), "one sees what is open again"
        await driven.press("G", "z")
        await driven.until(lambda: len(decided(driven)) == 2)
        assert decided(driven)[-1] == (DIFFERENT.person.key, DIFFERENT.other.key, None)


async def test_a_decision_made_is_not_made_again() -> None:
    async with board(doubtful(decisions=DECISIONS)) as driven:
        await driven.press("r", "G")
        assert "same student" not in driven.lines[-1]
        await driven.press("m", "d")
        assert at(driven) == (DIFFERENT.person.key, DIFFERENT.other.key)
        assert not decided(driven)


async def test_what_cannot_be_written_is_said_and_nothing_changes() -> None:
    async with board(doubtful(), toasts=True) as driven:
        driven.pipeline.cannot_write = PixSessionError("the disk is full: free some room", "Not written down")
        await driven.press("r", "m")
        await driven.until(lambda: "the disk is full: free some room" in driven.text)
        assert "Not written down" in driven.text
        assert "3 doubts to settle" in driven.text
        driven.app.clear_notifications()
        driven.pipeline.cannot_write = None
        await driven.press("k", "m")
        await driven.until(lambda: decided(driven) == [(MARIE.key, MARIE_PIX.key, True)])


async def test_a_frozen_board_says_that_it_is_written_but_not_shown() -> None:
    async with board(doubtful(), toasts=True) as driven:
        await driven.press("space", "r", "m")
        await driven.until(lambda: "The board is frozen" in driven.text)
        assert decided(driven) == [(MARIE.key, MARIE_PIX.key, True)]


async def test_enter_opens_the_one_student_of_that_name() -> None:
    rows = (row(41, "MARTIN", "Léa"), row(42, "Nguyen", "LINH", place="3e B"), row(43, "NGUYEN", "Linh"))
    async with board(doubtful()._replace(rows=rows), toasts=True) as driven:
        await driven.press("r", "enter")
        assert isinstance(driven.app.screen, MatchesScreen)
        await driven.until(lambda: "has no single line for" in driven.text)
        await driven.press("G", "enter")
        assert isinstance(driven.app.screen, StudentScreen)
        assert driven.app.student_id == 42
        await driven.press("escape")
        assert isinstance(driven.app.screen, MatchesScreen)
        assert at(driven) == (LINH.key, LINH_PIX.key)


async def test_no_doubt_is_said_in_friendly_words_and_no_key_does_harm() -> None:
    async with board(doubtful(())) as driven:
        await driven.press("r")
        assert "No doubt: every student is recognised." in driven.text
        await driven.press("m", "d", "z", "enter", "j", "G")
        assert isinstance(driven.app.screen, MatchesScreen)
        assert not decided(driven)
        await driven.publish(doubtful(DOUBTS, revision=2))
        assert "No doubt" not in driven.text
        assert at(driven) == (MARIE.key, MARIE_PIX.key)
        await driven.press("r")
        assert driven.on_board


async def test_the_board_counts_the_doubts_where_there_is_room() -> None:
    async with board(doubtful(), size=(100, 30)) as driven:
        assert "? 3 matches to check (r)" in driven.lines[-2]
        await driven.publish(doubtful((), revision=2))
        assert "match" not in driven.lines[-2]
    long = ROWS[0]._replace(last_name="DE LA ROCHEFOUCAULD")
    longest = ROWS[0]._replace(last_name="DE LA ROCHEFOUCAULD-MONTMORENCY D’ALMEIDA DE BOURBON")
    for student, words in ((ROWS[0], "? 3 matches to check (r)"), (long, "? 3 doubts (r)"), (longest, "")):
        told = (change(ROWS[1], LOUD), change(student, LOUD))
        async with board(doubtful()._replace(changes=told)) as driven:
            line = driven.lines[-2]
            assert "is now eligible (4 → 5)" in line or not words, "the news gives no room away"
            assert words in line if words else "doubt" not in line


async def test_namesakes_are_told_apart_by_their_birth() -> None:
    one, other = (label(f"pix:{n}", "MARTIN", "Leo", place="3eA", born=f"2011-0{n}-01") for n in (1, 2))
    doubt = OpenDoubt(LEO, (Suggestion(one, ("same name",), 100), Suggestion(other, ("same name",), 100)))
    async with board(doubtful((doubt,)), size=(100, 30)) as driven:
        await driven.press("r")
        assert "MARTIN Leo · 3eA · 1 Jan 2011" in driven.text
        assert "MARTIN Leo · 3eA · 1 Feb 2011" in driven.text
        words = " ".join(driven.text.split())
        assert "First name Léo = Leo" in words, "an accent is no difference"
        assert "Born 3 May 2011 ≠ 1 Jan 2011" in words


async def test_nothing_raw_reaches_the_terminal() -> None:
    people = tuple(
        label(f"{n}\ud800", text, text, place=text, born=text, listed_in=text)
        for n, text in enumerate(HOSTILE)
    )
    doubts = tuple(OpenDoubt(one, (Suggestion(one, (one.last_name,), 1),)) for one in people)
    decisions = tuple(Decided(one, one, same=True, at=one.last_name) for one in people)
    for size in ((60, 15), (130, 40)):
        async with board(doubtful(doubts, decisions), size=size) as driven:
            await driven.press("r")
            for _line in range(2 * len(people)):
                assert_clean(driven)
                await driven.press("j")
            assert driven.app.is_running
