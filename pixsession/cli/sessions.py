"""The session of a command: its file read."""

from __future__ import annotations

import platform
from pathlib import Path

from pixsession.cli.start import dossier_of
from pixsession.domain.certification.session import Session
from pixsession.domain.share.place import Post, SharePlace, room_of_post
from pixsession.foundation.clock import paris_now
from pixsession.foundation.paths import at_home, state_folder
from pixsession.foundation.room_time import use_room_zone
from pixsession.settings.config import BoardRequest, Settings
from pixsession.settings.session_file import load_session
from pixsession.store.share.joining import join_session, post_id, shared_dossier


def supervised(file: Path, settings: Settings, request: BoardRequest, *, named: bool) -> BoardRequest:
    """The board of a session: its folders (one that was `named` wins), its rule, a dossier of its own."""
    path = at_home(str(file)).absolute()

    def read() -> Session:
        session = load_session(path, settings)
        return session._replace(folders=(request.folder,)) if named else session

    session = read()
    use_room_zone(session.timezone)
    place = _shared(path, session, settings) if session.share and request.dossier else None
    dossier = dossier_of(path) if request.dossier else None
    return request._replace(
        folder=session.folders[0],
        rule=session.rule,
        dossier=shared_dossier(state_folder(), path, place.session_id) if place else dossier,
        session=session,
        reread=read,
        share=place,
    )


def _shared(path: Path, session: Session, settings: Settings) -> SharePlace:
    """The folder on the share, and this post: its name from the settings, its room from the session file."""
    name = settings.post.strip() or platform.node() or "?"
    post = Post(post_id(state_folder()), name, room_of_post(session, name))
    return join_session(path, post, paris_now())
