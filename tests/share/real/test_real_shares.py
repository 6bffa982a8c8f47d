"""One session on two computers, as their people see it; the shares are real, the clocks are set wrong."""

from __future__ import annotations

import time

import pytest

from .conftest import STUDENTS, School, export_of
from .homes import PATIENCE, Home, Post

FIRST, SECOND, THIRD, FOURTH = STUDENTS[:4]
LATECOMER = "IMBERT"
_NEAR = 20.0  # seconds, between a moment shown and the true one on a busy machine
_DURATION = 105 * 60.0  # seconds, of a certification
_SILENT = 150.0  # seconds, after which a post counts as silent


def holding(school: School, name: str) -> list[str] | None:
    """The files on the share that name a student; None while it does not answer."""
    try:
        files = [path for folder in school.place.folders for path in folder.rglob("*") if path.is_file()]
        return [path.name for path in files if name.encode() in path.read_bytes()]
    except OSError:
        return None


def counted(home: Home, kind: str, name: str) -> int:
    return sum(action[1:] == (kind, name) for action in home.actions())


def test_a_gesture_is_on_the_other_screen_in_time(school: School) -> None:
    first, second = school.both_open()
    for acting, watching, name in ((first, second, FIRST), (second, first, SECOND), (first, second, THIRD)):
        pressed = acting.begins("d", name)
        watching.sees(f"► {name}")
        school.took(seconds := time.monotonic() - pressed)
        assert seconds <= school.place.seconds
        acting.shows_everybody()
    assert school.homes[0].states() == school.homes[1].states()


def test_two_posts_that_open_it_first_at_once_are_in_one_session(school: School) -> None:
    first, second = (Post(home) for home in school.homes)
    for post in (first, second):
        post.opens()
        post.sees(f"{len(STUDENTS)} expected")
    second.acts("d", FIRST, "►")
    first.sees(f"► {FIRST}")
    first.acts("d", SECOND, "►")
    second.sees(f"► {SECOND}")
    assert [counted(home, "act.start", name) for home in school.homes for name in STUDENTS[:2]] == [1] * 4


@pytest.mark.parametrize("killed", [0, 1])
def test_a_post_that_is_killed_loses_nothing_and_nothing_counts_twice(school: School, killed: int) -> None:
    posts = list(school.both_open())
    other = 1 - killed
    posts[killed].acts("d", FIRST, "►")
    posts[killed].kill()
    posts[other].acts("d", SECOND, "►")
    posts[killed] = Post(school.homes[killed]).opens()
    for post in posts:
        post.sees(f"► {FIRST}")
        post.sees(f"► {SECOND}")
    posts[killed].acts("d", THIRD, "►")
    posts[other].sees(f"► {THIRD}")
    for home in school.homes:
        states = home.until(lambda states: list(states.values()).count("running") == 3)
        assert {name for name, state in states.items() if state == "running"} == {FIRST, SECOND, THIRD}
        assert [counted(home, "act.start", name) for name in STUDENTS[:4]] == [1, 1, 1, 0]


def test_an_export_saved_on_one_post_is_on_every_board(school: School) -> None:
    first, second = school.both_open()
    school.homes[1].saves(export_of(*STUDENTS, LATECOMER, minute=50))
    for post in (second, first):
        post.sees(f"{len(STUDENTS) + 1} expected")
    for home in school.homes:
        assert set(home.states()) == {*STUDENTS, LATECOMER}


def test_a_share_that_goes_away_and_comes_back_has_everything_once(school: School) -> None:
    first, second = school.both_open()
    first.acts("d", FIRST, "►")
    second.sees(f"► {FIRST}")
    school.place.goes()
    second.acts("d", SECOND, "►")
    second.acts("d", THIRD, "►")
    assert second.sees(f"► {FIRST}") < 1  # the board goes on
    first.acts("d", FOURTH, "►")
    school.place.returns()
    for post in (first, second):
        for name in STUDENTS[:4]:
            post.sees(f"► {name}")
    for home in school.homes:
        home.until(lambda states: list(states.values()).count("running") == 4)
        assert [counted(home, "act.start", name) for name in STUDENTS[:5]] == [1, 1, 1, 1, 0]


def test_what_waits_for_the_share_outlives_a_kill(school: School) -> None:
    first, second = school.both_open()
    school.place.goes()
    second.acts("d", SECOND, "►")
    second.kill()
    school.place.returns()
    second = Post(school.homes[1]).opens()
    for post in (second, first):
        post.sees(f"► {SECOND}")
    assert [counted(home, "act.start", SECOND) for home in school.homes] == [1, 1]


@pytest.mark.parametrize("minutes", [(-5, 5), (10, 0), (0, 10)])
def test_wrong_clocks_change_neither_the_order_nor_an_end(school: School, minutes: tuple[int, int]) -> None:
    """Every post says in how long a test ends; by which clock it tells the hour is its own affair."""
    school = school.with_clocks(*minutes)
    first, second = school.both_open()
    began: dict[str, float] = {}
    for acting, watching, name in (
        (first, second, FIRST), (second, first, SECOND), (first, second, THIRD), (second, first, FOURTH),
    ):  # fmt: skip
        began[name] = time.monotonic()
        acting.acts("d", name, "►")
        watching.sees(f"► {name}")
    logs = [[name for _at, kind, name in home.actions() if kind == "act.start"] for home in school.homes]
    assert logs == [list(began)] * 2
    for post in (first, second):
        for name in began:
            assert post.minutes_left(name) in {_DURATION // 60 - 1, _DURATION // 60}
    for home in school.homes:
        starts, ends, now = home.seconds_to("started_at"), home.seconds_to("ends_at"), time.monotonic()
        for name, moment in began.items():
            assert starts[name] == pytest.approx(moment - now, abs=_NEAR)
            assert ends[name] == pytest.approx(moment - now + _DURATION, abs=_NEAR)


def test_two_posts_that_contradict_agree_on_the_later_gesture(school: School) -> None:
    first, second = school.both_open()
    for post in (first, second):
        post.looks_for(FIRST)
    first.press("a")
    second.press("p")
    for post in (first, second):
        post.shows_everybody()
    end = time.monotonic() + PATIENCE
    while True:
        logs = [
            sorted((kind, name) for _at, kind, name in home.actions() if name == FIRST)
            for home in school.homes
        ]
        states = [home.states()[FIRST] for home in school.homes]
        if logs[0] == logs[1] and len(logs[0]) == 2 and states[0] == states[1]:
            break
        assert time.monotonic() < end, f"{logs} {states}"
    last = school.homes[0].actions()[-1][1]
    assert states[0] == {"act.absent": "absent", "act.present": "ready"}[last]


def test_a_purge_waits_for_the_others_and_is_then_everywhere(school: School) -> None:
    first, second = school.both_open()
    first.acts("d", FIRST, "►")
    second.sees(f"► {FIRST}")
    first.quits()
    refused = school.homes[0].run("purge", str(school.homes[0].session), "--yes")
    assert refused.returncode != 0
    assert school.homes[0].states()[FIRST] == "running"
    second.kill()  # it says no goodbye, and will come back
    end = time.monotonic() + _SILENT + PATIENCE
    while school.homes[0].run("purge", str(school.homes[0].session), "--yes").returncode:
        assert time.monotonic() < end, "the purge is refused for ever"
        time.sleep(5)
    school.arrives()  # opened sooner, a board would be told of the purge while it is open
    second = Post(school.homes[1]).opens()
    second.sees("no export yet")
    second.quits()
    for home in school.homes:
        assert not [action for action in home.actions() if action[2] == FIRST]
    end = time.monotonic() + PATIENCE
    while (left := holding(school, FIRST)) is None:  # rclone refuses a listing while it deletes
        assert time.monotonic() < end, "the share does not answer"
        time.sleep(1)
    assert left == []
