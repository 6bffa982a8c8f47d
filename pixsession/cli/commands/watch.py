"""The command `watch`: the live board; as text, once, where there is no terminal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from pixsession.cli.live import show
from pixsession.cli.start import (
    Start,
    asked_of_drive,
    dossier_of,
    folder_of,
    has_terminal,
    request_of,
    with_options,
)
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import ngettext
from pixsession.foundation.paths import state_folder
from pixsession.foundation.retention import dossiers_unchanged_for, sessions_over
from pixsession.watching.listing import list_files


@click.pass_obj
def watch(start: Start, /, folder: str | None, ephemeral: bool, session: str | None, **chosen: Any) -> int:
    settings = with_options(start.usable(), chosen)
    path = folder_of(folder)
    request = request_of(path, settings, chosen, dossier_of(path))
    if ephemeral:
        request = request._replace(dossier=None, decisions_from=request.dossier if session is None else None)
    narrowed = _narrow(paris_now()) if has_terminal(start.environ) else 0
    if session is not None:
        from pixsession.cli.sessions import supervised  # noqa: PLC0415 - (d): most boards have no session

        request = supervised(Path(session), settings, request, named=folder is not None)
    if not has_terminal(start.environ):
        from pixsession.cli.once import print_once  # noqa: PLC0415 - (d): the engine loads beside the screen

        print_once(start, settings, request, chosen)
        return 0
    for followed in request.folders:
        asked_of_drive(
            followed, partial(list_files, followed)
        )  # a folder that cannot be watched is said before the screen opens
    words = [_narrowed_words(narrowed), _kept_long_words(settings.keep_days, paris_now())]
    if request.share is not None and request.share.is_first:
        from pixsession.domain.share.words import rights_words  # noqa: PLC0415 - (d): few sessions are shared

        words.append(rights_words(request.share))

    def opened(say: Callable[[str], None]) -> None:
        for word in filter(None, words):
            say(word)

    asked = show(start, settings, request, paris_now, places=frozenset(chosen["classes"]), started=opened)
    _narrow(paris_now())
    if asked == "demo":
        from pixsession.cli.commands.demo import play  # noqa: PLC0415 - (d): few boards are left for it

        return play(start, settings, speed=None)
    return 0


def _narrow(now: datetime) -> int:
    """Have each session whose day is over keep its own students alone; of how many that was done.

    What cannot be done now is left for the next board.
    """
    done = 0
    for dossier in sessions_over(state_folder(), now):
        from pixsession.engine.certification.own_students import keep_own_students  # noqa: PLC0415 - (d): once

        with suppress(PixSessionError):
            keep_own_students(dossier, paris_now)
            done += 1
    return done


def _narrowed_words(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "{n} session is over: of its exports only the students that it called are kept.",
        "{n} sessions are over: of their exports only the students that they called are kept.",
        count,
    )
    return words.format(n=count)


def _kept_long_words(days: int, now: datetime) -> str:
    """What is to be said at the start about old dossiers; empty where there are none, or `days` is 0."""
    count = sum(1 for _dossier in dossiers_unchanged_for(days, state_folder(), now)) if days else 0
    if not count:
        return ""
    words = ngettext(
        "{n} board has been kept for over {days} days. To see: pixsession kept. "
        "To delete: pixsession purge --older-than {days}d",
        "{n} boards have been kept for over {days} days. To see: pixsession kept. "
        "To delete: pixsession purge --older-than {days}d",
        count,
    )
    return words.format(n=count, days=days)
