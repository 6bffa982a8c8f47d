"""Homes of posts that share one session, beside which the share stands; and a drive with all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pixsession.cli.sessions import supervised
from pixsession.domain.share.place import Post
from pixsession.settings.config import BoardRequest, Settings
from pixsession.store.share.joining import join_session, post_id, shared_dossier
from tests.factories.dossiers import noon
from tests.factories.sessions import certification
from tests.live.boards import Board, board_for

SESSION = """\
title = "Certification 3e"
date = 2026-03-12
start = "08:30"
room = "Salle 12"
folders = ["dl"]
[expected]
lists = ["classe.csv"]
"""


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


def drive_with(folder: Path, session: str, *listed: str) -> Path:
    """A drive with a session file, the folder that is watched, and a class list beside it."""
    (folder / "dl").mkdir(parents=True)
    (folder / "session.toml").write_text(session, encoding="utf-8")
    lines = ("Nom;Prénom;Date de naissance;Classe", *listed)
    (folder / "classe.csv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


@contextmanager
def opened_at(state: Path, drive: Path, patched: pytest.MonkeyPatch) -> Iterator[Board]:
    """The board of a post whose state this is, its session file followed as the program follows it."""
    patched.setenv("PIXSESSION_STATE", str(state))
    asked = BoardRequest(drive / "dl", Settings().rule, dossier=state)  # that is: one is kept
    request = supervised(drive / "session.toml", Settings(post=state.name), asked, named=False)
    with board_for(request) as board:
        yield board
