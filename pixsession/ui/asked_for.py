"""What a board is asked for: its folder, in words, and how it begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pixsession.foundation.paths import state_folder
from pixsession.settings.config import BoardRequest
from pixsession.ui.board.empty_folder import folder_words


class BoardOptions(NamedTuple):
    """How this board was asked for, beyond the settings."""

    places: frozenset[str] = frozenset()  # classes or groups to begin with
    demo: bool = False  # the head says so
    animations: bool = True  # off over SSH: each frame is a repaint
    checks_session: bool = False  # a certification begins with its opening check
    # Called once, when the pipeline is heard, with what says something to the user.
    started: Callable[[Callable[[str], None]], None] = lambda _say: None


class ShownFolder(NamedTuple):
    """The folder, in words fit to be painted, and where its exports are kept; None: nowhere.

    `state`: where the other boards of this user are kept.
    """

    path: str
    kept_in: str | None
    state: Path


def shown_folder(request: BoardRequest) -> ShownFolder:
    """With `~` for the user's own folder."""
    home = os.path.expanduser("~")  # noqa: PTH111 - nobody need have one; Path.home() raises then
    kept_in = folder_words(str(request.dossier), home) if request.dossier else None
    state = request.dossier.parent.parent if request.dossier else state_folder()
    return ShownFolder(folder_words(str(request.folder), home), kept_in, state)
