"""The command `guide`."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path

import click

from pixsession.cli.start import Start, has_terminal
from pixsession.cli.words import complain, write
from pixsession.foundation.atomic import write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, language
from pixsession.foundation.paths import downloads_folder, state_folder
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.reports.handbook import handbook_page, handbook_text, keys_page, keys_text, register_entry


@click.pass_obj
def guide(start: Start, /, text: bool, keys: bool, register: bool) -> int:
    if register:
        state, downloads = (shown(str(path), 1000) for path in (state_folder(), downloads_folder()))
        write(register_entry(state, downloads, start.usable().keep_days))
        return 0
    if text:
        write(keys_text() if keys else handbook_text())
        return 0
    path = _written("keys", keys_page()) if keys else _written("handbook", handbook_page())
    if has_terminal(start.environ) and _has_browser(start.environ) and webbrowser.open(path.as_uri()):
        opened = (
            _("The card of keys is open in the browser.")
            if keys
            else _("The handbook is open in the browser.")
        )
        complain(opened)
    write(shown(str(path), 1000) + "\n")
    return 0


def _written(name: str, page: str) -> Path:
    """The page, beside what is kept: the program may be in an archive, or on a disk that is read-only."""
    path = state_folder() / f"{name}-{language()}.html"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, page.encode())
    except OSError as error:
        words = _("the handbook could not be written ({cause}). To read it here: pixsession guide --text")
        raise PixSessionError(words.format(cause=cause_words(error))) from None
    return path


def _has_browser(environ: Mapping[str, str]) -> bool:
    """Whether a window can open here; over SSH it would open elsewhere, or in the terminal."""
    if environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in {"win32", "darwin"} or any(map(environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
