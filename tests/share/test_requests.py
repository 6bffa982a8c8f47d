"""How much a post asks of a share on which nothing happens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.engine.share.sync import IDLE_SECONDS
from pixsession.store.share.exchange import Exchange
from pixsession.store.share.joining import join_session
from tests.factories.dossiers import noon

POSTS, MINUTES = 8, 5
_SESSION_FILE = 6  # looks at the session file a minute, see `engine/certification/session_source.py`


@dataclass
class Watch:
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


def post_on(session_file: Path, home: Path, number: int, watch: Watch) -> Exchange:
    place = join_session(session_file, Post(f"{number:08x}", f"post {number}"), noon())

    def wall(_name: str = "") -> float:
        return watch.seconds

    clock = PostClock(place.post, noon)
    found = Exchange(place, home / f"{number}", clock, "1", watch)
    found.posts._wall = found.shared.modified = wall  # type: ignore[assignment]
    return found


def test_eight_posts_ask_sixty_things_a_minute_at_most_while_nothing_happens(
    tmp_path: Path, session_file: Path
) -> None:
    watch = Watch()
    posts = [post_on(session_file, tmp_path, number, watch) for number in range(POSTS)]
    for _look in range(round(60 / IDLE_SECONDS)):  # the first minute, in which they meet
        for post in posts:
            post.look()
        watch.seconds += IDLE_SECONDS
    for post in posts:
        post.shared.requests = 0
    for _look in range(round(MINUTES * 60 / IDLE_SECONDS)):
        for post in posts:
            post.look()
        watch.seconds += IDLE_SECONDS
    most = max(post.shared.requests for post in posts) / MINUTES
    assert 30 < most + _SESSION_FILE <= 60
    assert all(len(post.posts.seen(noon(), 0)) == POSTS for post in posts)
