"""What the head, the notices and the page say of the posts of a session."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from pixsession.domain.share.place import Post, room_of_post
from pixsession.domain.share.posts import PostSeen, ShareView
from pixsession.domain.share.words import posts_words, share_notices
from pixsession.ui.common.symbols import symbols_for
from pixsession.ui.share.lines import post_lines
from tests.factories.sessions import certification

NOW = datetime(2026, 3, 12, 9, 12)  # noqa: DTZ001 - Paris time has no zone here
OWN = PostSeen(Post("aaaaaaaa", "Bureau"), NOW, offset=0.0, is_own=True)
CDI = PostSeen(Post("bbbbbbbb", "CDI", "Salle 12"), NOW, "1.0", NOW - timedelta(minutes=1), offset=0.0)
SILENT = CDI._replace(post=Post("cccccccc", "Salle 3"), seen_at=NOW - timedelta(minutes=30), gesture_at=None)
LEFT = SILENT._replace(has_left=True)


def test_the_head_says_who_is_there_and_who_did_something_last() -> None:
    assert posts_words(ShareView((OWN, CDI)), NOW) == "2 posts · CDI, last gesture 09:11"
    assert posts_words(ShareView((OWN, CDI)), NOW, short=True) == "2 posts"
    assert posts_words(ShareView((OWN, SILENT, LEFT)), NOW) == "1 post"


def test_the_head_says_since_when_the_share_is_away_and_what_waits() -> None:
    away = ShareView((OWN, CDI), NOW - timedelta(minutes=2), 4)
    assert posts_words(away, NOW) == "share away since 09:10 (4 waiting)"
    assert list(share_notices(away, NOW)) == [
        "the share has been away since 09:10: the board goes on, 4 things wait here to be shared"
    ]


def test_a_post_that_is_silent_is_told_and_one_that_was_closed_is_not() -> None:
    assert list(share_notices(ShareView((OWN, CDI, LEFT)), NOW)) == []
    (words,) = share_notices(ShareView((OWN, CDI, SILENT)), NOW)
    assert words == "the post Salle 3 has been silent since 08:42: what it did stands"


def test_a_clock_that_is_off_is_told() -> None:
    (words,) = share_notices(ShareView((OWN, CDI._replace(offset=-600.0))), NOW)
    assert words == "the clock of this computer and that of CDI are 10 min apart: one of them is wrong"


def test_the_page_lists_this_post_first_with_what_is_known_of_each() -> None:
    waiting = CDI._replace(waiting=2, offset=-600.0)
    lines = post_lines(ShareView((SILENT, waiting, OWN)), NOW, symbols_for(ascii_only=False))
    assert [key for key, _line in lines] == [OWN.post.id, CDI.post.id, SILENT.post.id]
    texts = [" ".join(line.plain.split()) for _key, line in lines]
    assert "this post" in texts[0]
    for words in (
        "CDI Salle 12",
        "last gesture 09:11",
        "2 things not shared yet",
        "clock 10 min ahead",
        "1.0",
    ):
        assert words in texts[1]
    assert "silent since 08:42" in texts[2]


def test_the_session_file_says_in_which_room_a_post_stands() -> None:
    session = certification(Path(), None).session
    assert session is not None
    room = session.rooms[0]
    named = session._replace(rooms=(room._replace(posts=("Poste CDI",)),))
    assert room_of_post(session, "SALLE 12") == room_of_post(named, "poste cdi") == room.name
    assert room_of_post(session, "Bureau") == ""
