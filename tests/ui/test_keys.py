"""The keys of every board: digits of a French keyboard, one digit a state, other keys from the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import combinations

import pytest
from textual.binding import Binding

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import Action, ActionKind
from pixsession.domain.lesson.view import LessonState
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import Settings
from pixsession.ui.certification.dialogs.projection import ProjectionScreen
from pixsession.ui.certification.groups import GROUP_KEYS, DayGroup
from pixsession.ui.common.digit_keys import SECOND_KEYS, STATE_KEYS
from pixsession.ui.common.key_bar import key_sign
from pixsession.ui.common.keymap import completed
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.leaving import LeavingScreen
from pixsession.ui.lesson.keys import LESSON_KEYS
from pixsession.ui.log.screen import ChangesScreen
from pixsession.ui.modes import LiveBoard
from tests.factories.certification_screens import ACTIONS, did, supervised
from tests.factories.lesson_screens import SEEN, as_of, lesson_board
from tests.factories.screens import Board, board, change
from tests.factories.snapshots import class_rows, snapshot

FRENCH = dict(
    zip("1234567890", ("&", "é", '"', "'", "(", "-", "è", "_", "ç", "à"), strict=True)
)  # what the keys of the digits write without Shift
# The states that more than one board has, each with its names there.
SHARED: tuple[tuple[object, ...], ...] = (
    (Eligibility.NOT_ELIGIBLE, DayGroup.TO_REDIRECT),
    (Eligibility.TO_CHECK, DayGroup.TO_CHECK),
    (Eligibility.NOT_SENT, DayGroup.NOT_SENT, LessonState.NOT_SHARED),
    (DayGroup.TO_START, LessonState.NOT_STARTED),
    (DayGroup.RUNNING, LessonState.WORKING),
    (DayGroup.FINISHED, LessonState.FINISHED),
)
BOARDS: tuple[Mapping[object, str], ...] = (
    dict(STATE_KEYS.items()),
    dict(GROUP_KEYS.items()),
    dict(LESSON_KEYS.items()),
)


def digits(states: tuple[object, ...]) -> set[str]:
    """On whichever boards these states are."""
    return {keys[one] for keys in BOARDS for state in states for one in keys if one is state}


@pytest.mark.parametrize(
    ("keys", "states"),
    [
        (STATE_KEYS, Eligibility),
        (GROUP_KEYS, DayGroup),
        # Who is absent from a lesson is counted, and nobody's next step.
        (LESSON_KEYS, {*LessonState} - {LessonState.ABSENT}),
    ],
)
def test_every_state_has_a_digit_of_its_own(keys: Mapping[object, str], states: Iterable[object]) -> None:
    assert set(keys) == set(states)
    assert len(set(keys.values())) == len(keys)
    assert list(keys.values()) == sorted(keys.values()), "the counts stand in the order of their keys"


@pytest.mark.parametrize("states", SHARED)
def test_the_same_state_has_the_same_digit_on_every_board(states: tuple[object, ...]) -> None:
    assert len(digits(states)) == 1


@pytest.mark.parametrize(("one", "other"), list(combinations(SHARED, 2)))
def test_two_shared_states_never_have_the_same_digit(
    one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    assert not digits(one) & digits(other)


def test_what_one_board_alone_knows_takes_no_digit_of_a_shared_state() -> None:
    shared = [state for states in SHARED for state in states]
    taken = {digit for states in SHARED for digit in digits(states)}
    alone = [
        digit for keys in BOARDS for state, digit in keys.items() if not any(state is one for one in shared)
    ]
    assert alone
    assert not taken & set(alone)


@pytest.mark.parametrize(("digit", "sign"), FRENCH.items())
def test_the_second_keys_are_those_of_a_french_keyboard(digit: str, sign: str) -> None:
    assert key_sign(SECOND_KEYS[digit].split(",")[0]) == sign


def test_no_key_that_is_shared_has_two_meanings_by_mistake() -> None:
    """A second key is bound where its digit is, and nowhere else."""
    seconds = {key for keys in SECOND_KEYS.values() for key in keys.split(",")}
    for binding in (*LiveBoard.BINDINGS, *ChangesScreen.BINDINGS):
        assert isinstance(binding, Binding)
        first, *others = binding.key.split(",")
        if set(others) & seconds:
            assert SECOND_KEYS[first] == ",".join(others)
        else:
            assert first not in seconds


async def filtered_by_each(driven: Board, keys: Iterable[tuple[StrEnum, str]], back: str) -> None:
    """Each of these is what its digit shows alone, and its second keys; `back` shows everybody again."""
    tried = 0
    for state, digit in keys:
        for key in (digit, *SECOND_KEYS[digit].split(",")):
            await driven.press(key)
            assert driven.app.filters.state is state, key
            await driven.press(back)
            assert driven.app.filters.state is None, key
            tried += 1
    assert tried > 4


async def test_both_keys_filter_the_board_of_profiles() -> None:
    async with board(snapshot(class_rows())) as driven:
        await filtered_by_each(driven, STATE_KEYS.items(), "à")


@pytest.mark.slow
async def test_both_keys_filter_the_board_of_a_day() -> None:
    digits = [(group, key) for group, key in GROUP_KEYS.items() if key.isdigit()]
    async with board(supervised()) as driven:
        await filtered_by_each(driven, digits, "0")


async def test_both_keys_filter_the_board_of_a_lesson() -> None:
    async with board(lesson_board()) as driven:
        await filtered_by_each(driven, LESSON_KEYS.items(), "à")


async def test_the_counts_show_the_digits_that_filter() -> None:
    async with board(supervised(), size=(160, 30)) as driven:
        line = driven.lines[1]
        found = [line.index(f"{digit} {sign}") for digit, sign in (("1", "✖"), ("2", "?"), ("3", "…"))]
        assert found == sorted(found)


async def test_both_keys_filter_the_log() -> None:
    news = change(class_rows()[3], ChangeKind.BECAME_ELIGIBLE)
    async with board(supervised(changes=(news,)), size=(100, 30)) as driven:
        await driven.press("l")
        assert isinstance(driven.app.screen, ChangesScreen)
        listed = driven.app.screen.query_one(PlainList)
        everything = listed.keys
        await driven.press("quotation_mark")
        assert "is now eligible" not in driven.text
        assert 0 < len(listed.keys) < len(everything)
        await driven.press("à")
        assert "is now eligible" in driven.text
        assert listed.keys == everything


async def test_both_keys_choose_an_observation() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("j", "o", "quotation_mark")
        await driven.until(lambda: driven.pipeline.acted)
        assert driven.pipeline.acted == [ActionRequest(ActionKind.OBSERVE, (2,), SEEN[2])]


async def test_a_digit_without_an_observation_chooses_nothing() -> None:
    async with board(lesson_board()) as driven:
        await driven.press("o", "0", "à", "9", "ç")
        assert not driven.on_board
        assert driven.pipeline.acted == []


@pytest.mark.parametrize(
    ("earlier", "later"), [("left_square_bracket", "right_square_bracket"), ("comma", "semicolon")]
)
async def test_two_pairs_of_keys_step_through_the_exports(earlier: str, later: str) -> None:
    async with board(lesson_board()) as driven:
        driven.pipeline.past = as_of
        await driven.press(earlier, earlier, later)
        await driven.until(lambda: len(driven.pipeline.looked) == 3)
        first, second, third = driven.pipeline.looked
        assert first is not None and second is not None
        assert second < first
        assert third == first


async def test_help_and_menu_name_every_key_by_its_sign() -> None:
    async with board(supervised(), size=(120, 90)) as driven:
        commands = {one.title: one.help for one in driven.app.get_system_commands(driven.app.screen)}
        assert commands["Session: Only the students to redirect (filter)"] == "Key: 1 &"
        await driven.press("question_mark")
        assert '3 "  Only the students who sent no profile' in driven.text
        assert "6 - §  Only the absent students" in driven.text
        assert "same digit on every board" in driven.text
        assert "_" not in driven.text.replace("8 _ !", "")
    async with board(lesson_board(), size=(120, 90)) as driven:
        await driven.press("question_mark")
        assert "[ ,  The board as it was one export earlier" in driven.text
        assert "] ;  One export later" in driven.text


# -- other keys from the settings -----------------------------------------------------------------------


async def test_a_filter_with_another_key_takes_none_from_the_other_boards() -> None:
    settings = Settings(keys={"board.only_not_sent": "f3"})
    async with board(snapshot(class_rows()), settings=settings) as driven:
        await driven.press("3", "quotation_mark")
        assert driven.app.filters.state is None
        await driven.press("f3")
        assert driven.app.filters.state is Eligibility.NOT_SENT
    async with board(supervised(), settings=settings) as driven:
        await driven.press("quotation_mark")
        assert driven.app.filters.state is DayGroup.NOT_SENT


@pytest.mark.parametrize("written", ["-", "minus"])
async def test_a_second_key_gives_way_to_the_settings_and_its_digit_stays(written: str) -> None:
    settings = Settings(keys={"app.changes": written})
    async with board(supervised(), settings=settings) as driven:
        await driven.press("6")
        assert driven.app.filters.state is DayGroup.ABSENT
        await driven.press("minus")
        assert isinstance(driven.app.screen, ChangesScreen)


async def test_a_second_key_can_be_given_back_in_the_settings() -> None:
    settings = Settings(keys={"session.only_absent": "6", "board.freeze": "f9"})
    async with board(supervised(), settings=settings) as driven:
        await driven.press("minus")
        assert driven.app.filters.state is None
        await driven.press("6")
        assert driven.app.filters.state is DayGroup.ABSENT


def test_settings_without_keys_change_none() -> None:
    assert completed({}, LiveBoard.BINDINGS) == {}
    only = completed({"board.freeze": "f9"}, LiveBoard.BINDINGS)
    assert only == {"board.freeze": "f9"}


# -- leaving while tests run ------------------------------------------------------------------------------


async def test_leaving_asks_once_while_tests_run() -> None:
    async with board(supervised()) as driven:
        await driven.press("q")
        assert isinstance(driven.app.screen, LeavingScreen)
        assert "2 tests are running: quit all the same?" in driven.text
        await driven.press("q", "a", "n")
        assert driven.on_board, "the key that slipped does not answer"
        assert driven.pipeline.acted == []
        assert driven.app.is_running
        await driven.press("q", "enter")
        await driven.until(lambda: driven.is_leaving)


async def test_the_question_is_in_french_with_its_number() -> None:
    ended = did(ActionKind.STOP, 14, minutes_ago=1)
    use_language("fr")
    async with board(supervised((*ACTIONS, ended))) as driven:
        await driven.press("q")
        assert "1 test en cours\xa0: quitter quand même\xa0?" in driven.text
        await driven.press("o")
        await driven.until(lambda: driven.is_leaving)


async def test_leaving_from_anywhere_is_asked_once_too() -> None:
    async with board(supervised()) as driven:
        await driven.press("slash", "ctrl+q")
        assert isinstance(driven.app.screen, LeavingScreen)
        await driven.press("ctrl+q")
        await driven.until(lambda: driven.is_leaving)


async def test_the_projection_asks_before_it_is_left_with_the_board() -> None:
    async with board(supervised(), size=(100, 30)) as driven:
        await driven.press("P", "q")
        assert isinstance(driven.app.screen, LeavingScreen)
        await driven.press("escape")
        assert isinstance(driven.app.screen, ProjectionScreen)


ENDED: tuple[tuple[Action, ...], ...] = (
    (),
    (*ACTIONS, did(ActionKind.FINISH, 12, minutes_ago=2), did(ActionKind.STOP, 14, minutes_ago=1)),
)


@pytest.mark.parametrize("actions", ENDED)
async def test_nothing_is_asked_when_no_test_runs(actions: tuple[Action, ...]) -> None:
    async with board(supervised(actions)) as driven:
        await driven.press("q")
        await driven.until(lambda: driven.is_leaving)


async def test_a_board_that_has_stopped_is_left_without_a_question() -> None:
    async with board(supervised()) as driven:
        driven.pipeline.fail(PixSessionError("the disk is full"))
        await driven.settle()
        await driven.press("q")
        await driven.until(lambda: driven.is_leaving)


async def test_tests_that_began_behind_a_freeze_are_asked_about() -> None:
    async with board(supervised(())) as driven:
        await driven.press("space")
        await driven.publish(supervised(revision=2))
        await driven.press("q")
        assert isinstance(driven.app.screen, LeavingScreen)
