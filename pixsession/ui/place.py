"""Which folder a board is about, in words fit to be painted."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pixsession.settings.config import BoardRequest
from pixsession.ui.board.empty_folder import folder_words


class Place(NamedTuple):
    """The folder, and where its exports are kept; None: nowhere."""

    folder: str
    kept_in: str | None


def place_of(request: BoardRequest) -> Place:
    """With `~` for the user's own folder."""
    home = str(Path.home())
    kept_in = folder_words(str(request.dossier), home) if request.dossier else None
    return Place(folder_words(str(request.folder), home), kept_in)
