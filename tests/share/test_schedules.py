"""Three posts under any schedule: in the end all have each gesture once, in one order."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.examples import examples
from tests.factories.reached import reached

from .simulated import SimulatedPost

_POSTS = 3
_WAYS = ("whole", "torn", "zeros", "conflict", "syncthing", "onedrive", "case", "older")

_posts = st.integers(0, _POSTS - 1)
_steps = st.one_of(
    st.tuples(st.just("act"), _posts, st.just(0), st.just("")),
    st.tuples(st.just("look"), _posts, st.just(0), st.just("")),
    *[st.tuples(st.just("bring"), _posts, _posts, st.sampled_from(_WAYS))] * 2,
    st.tuples(st.just("away"), _posts, st.integers(0, 4), st.just("")),
    st.tuples(st.just("back"), _posts, st.just(0), st.just("")),
    st.tuples(st.just("kill"), _posts, st.integers(0, 1), st.just("")),
    st.tuples(st.just("wait"), _posts, st.integers(1, 30), st.just("")),
)
_clocks = st.tuples(*[st.integers(-600, 600)] * _POSTS)


@contextmanager
def three_posts(clocks: tuple[int, ...]) -> Iterator[list[SimulatedPost]]:
    memory = Path("/dev/shm")  # noqa: S108 - each schedule flushes a hundred times
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    try:
        yield [SimulatedPost(folder / f"{number}", number, off) for number, off in enumerate(clocks)]
    finally:
        shutil.rmtree(folder)


def bring(source: SimulatedPost, target: SimulatedPost, way: str) -> None:
    """What a synchroniser makes of the files of one post on the replica of another."""
    for name, content in source.own_files().items():
        stem, suffix = name.removesuffix(".jsonl"), ".jsonl"
        match way:
            case "whole":
                target.replica.put(name, content)
            case "torn":
                target.replica.put(name, content[: len(content) * 2 // 3])
            case "zeros":  # the room is taken first, and filled later
                target.replica.put(
                    name, content[: len(content) // 2] + bytes(len(content) - len(content) // 2)
                )
            case "conflict":
                target.replica.put(f"{stem} (conflicted copy 2026-03-12 083000){suffix}", content)
            case "syncthing":
                target.replica.put(f"{stem}.sync-conflict-20260312-083000-ABCDEFG{suffix}", content)
            case "onedrive":
                target.replica.put(f"{stem}-PC1{suffix}", content)
            case "case":
                target.replica.put(unicodedata.normalize("NFD", name.upper()), content)
            case _:
                target.replica.put(name, content[: content.find(b"\n") + 1])


def play(posts: list[SimulatedPost], steps: list[tuple[str, int, int, str]]) -> None:
    for number, (kind, at, other, way) in enumerate(steps):
        post = posts[at]
        match kind:
            case "act":
                post.act(f"{number}")
            case "look":
                post.look()
            case "bring" if at != other:
                post.look()
                bring(post, posts[other], way)
                posts[other].look()
            case "away":
                post.replica.left = other
            case "back":
                post.replica.left = None
            case "kill":
                if other:
                    post.tear_own_file()
                post.start()
            case "wait":
                for one in posts:
                    one.seconds += other
        for one in posts:
            one.seconds += 0.3


def settle(posts: list[SimulatedPost]) -> None:
    """The share is there again, and everything arrives."""
    for _round in range(4):
        for post in posts:
            post.replica.left = None
            post.seconds += 11
            post.look()
        for source in posts:
            for target in posts:
                if source is not target:
                    bring(source, target, "whole")


@examples(100)
@given(_clocks, st.lists(_steps, min_size=25, max_size=50))
def test_all_boards_end_equal_with_each_gesture_once(
    clocks: tuple[int, ...], steps: list[tuple[str, int, int, str]]
) -> None:
    with three_posts(clocks) as posts:
        play(posts, steps)
        settle(posts)
        confirmed = sorted(entry.id for post in posts for entry in post.confirmed)
        told = [
            [(entry.id, entry.order, entry.facts["text"]) for entry in post.log.entries] for post in posts
        ]
        reached(len(confirmed))
        assert told[0] == told[1] == told[2]
        assert sorted(entry_id for entry_id, _order, _text in told[0]) == confirmed
        assert [post.log.troubles for post in posts if not any(step[0] == "kill" for step in steps)] in (
            [],
            [()] * _POSTS,
        )
        for post in posts:
            orders = [entry.order for entry in post.confirmed]
            reached(len(orders))
            assert orders == sorted(set(orders))
