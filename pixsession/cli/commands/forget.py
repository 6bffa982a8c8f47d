"""The command `forget`: have a file count no more, or again, on the board of its folder or of a session."""

from __future__ import annotations

import click

from pixsession.cli.start import Start, dossier_of
from pixsession.cli.words import write
from pixsession.engine.board.taken_back import take_back_once
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import at_home
from pixsession.foundation.text import shown


@click.pass_obj
def forget(start: Start, /, file: str, undo: bool, session: str | None) -> int:
    settings = start.usable()
    path = at_home(file)
    board = at_home(session).absolute() if session else path.absolute().parent
    name = shown(path.name, 400)
    if not take_back_once(dossier_of(board), path, dict(settings.columns), paris_now, counts=undo):
        words = (
            _("{file} counts already: it was not taken back.") if undo else _("{file} was never read here.")
        )
        raise PixSessionError(words.format(file=name))
    done = _("{file} counts again.") if undo else _("{file} counts no more; --undo takes that back.")
    write(done.format(file=name) + "\n")
    return 0
