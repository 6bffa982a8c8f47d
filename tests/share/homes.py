"""Homes of posts that share one session: each with a state folder and a watched folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixsession.domain.share.place import Post
from pixsession.settings.config import BoardRequest
from pixsession.store.share.joining import join_session, post_id, shared_dossier
from tests.factories.dossiers import noon
from tests.factories.sessions import certification
from tests.live.boards import Board, board_for


def request_at(home: Path, session_file: Path, name: str = "") -> BoardRequest:
    """The board of a post whose home this is, on the session beside which the share stands."""
    folder, state = home / "downloads", home / "state"
    folder.mkdir(parents=True, exist_ok=True)
    place = join_session(session_file, Post(post_id(state), name or home.name), noon())
    dossier = shared_dossier(state, session_file, place.session_id)
    return certification(folder, dossier)._replace(share=place)


@contextmanager
def post_at(home: Path, session_file: Path, name: str = "") -> Iterator[Board]:
    """That board, followed."""
    with board_for(request_at(home, session_file, name)) as board:
        yield board
