"""The session of a command: its file read."""

from __future__ import annotations

from pathlib import Path

from pixsession.cli.shared import shared_place
from pixsession.cli.start import Start, dossier_of, folder_of, request_of
from pixsession.domain.certification.session import Session
from pixsession.domain.people.identities import use_short_marks
from pixsession.foundation.paths import at_home
from pixsession.foundation.room_time import use_room_zone
from pixsession.settings.config import BoardRequest, Settings
from pixsession.settings.session_file import load_session


def board_asked(start: Start, folder: str | None, session: str | None) -> BoardRequest:
    """The board of a session, else of a folder; of every campaign."""
    settings, path = start.usable(), folder_of(folder)
    request = request_of(path, settings, {"campaigns": ()}, dossier_of(path))
    if session is None:
        return request
    return supervised(Path(session), settings, request, named=folder is not None)


def supervised(file: Path, settings: Settings, request: BoardRequest, *, named: bool) -> BoardRequest:
    """The board of a session: its folders (one that was `named` wins), its rule, a dossier of its own."""
    path = at_home(str(file)).absolute()

    def read() -> Session:
        session = load_session(path, settings)
        return session._replace(folders=(request.folder,)) if named else session

    session = read()
    use_room_zone(session.timezone)
    place, dossier = None, dossier_of(path) if request.dossier else None
    if session.share and request.dossier:
        place, dossier = shared_place(path, settings, session)
    use_short_marks(place is not None)
    return request._replace(
        folder=session.folders[0],
        rule=session.rule,
        dossier=dossier,
        session=session,
        reread=read,
        share=place,
    )
