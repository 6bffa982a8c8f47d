"""The app, run until the user leaves it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from typing import Any

import click

from pixsession.cli.start import Start, spare_screen
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.clock import Clock
from pixsession.foundation.console import never_frozen
from pixsession.foundation.errors import BadConfiguration, PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui.app import PixSessionApp
from pixsession.ui.asked_for import BoardOptions


def run(
    start: Start,
    settings: Settings,
    request: BoardRequest,
    now: Clock,
    pipeline: Pipeline,
    options: Mapping[str, Any],
) -> str | None:

    remote = bool(start.environ.get("SSH_CONNECTION"))
    shape = BoardOptions(animations=not remote, checks_session=True, **options)
    app = PixSessionApp(request, settings, shape, now=now, pipeline=pipeline)
    if settings.theme not in app.available_themes:
        words = _("no theme “{name}”. The themes are: {known}.")
        known = ", ".join(sorted(app.available_themes))
        raise BadConfiguration(words.format(name=shown(settings.theme), known=known))
    if settings.keys:
        _refuse_unknown(settings.keys)
    wreck = io.StringIO()
    # Textual ends a crash by printing every local variable, and students are among them.
    spare_screen()
    with contextlib.redirect_stderr(wreck), never_frozen():
        asked = app.run(mouse=settings.mouse if settings.mouse is not None else not remote)
    if app.return_code or app.has_failed:
        if start.environ.get("PIXSESSION_DEBUG"):
            click.echo(wreck.getvalue(), err=True)
        raise PixSessionError(
            _(
                "the board has stopped unexpectedly; nothing that was kept is lost.\n"
                "For the details: set PIXSESSION_DEBUG=1 and run the command again."
            )
        )
    return asked


def _refuse_unknown(keys: Mapping[str, str]) -> None:
    from pixsession.cli.keys import key_names  # noqa: PLC0415 - (d): it loads every screen

    if unknown := keys.keys() - {name for name, _keys, _words in key_names()}:
        words = _("[keys]: no action “{name}”. See the end of: pixsession config")
        raise BadConfiguration(words.format(name=shown(min(unknown))))
